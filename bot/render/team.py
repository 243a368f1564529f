"""How a response team does, for a terminal or as JSON: its health, its hours, and where roster and page differ.

The gravest comes first, with what to do, once for points that ask for the same; a team with which all is well gets one
sentence. Of channels that are not public only the kind is shown, in either form.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, tzinfo
from itertools import groupby
from typing import Protocol

from rich.table import Table
from rich.text import Text

from bot import escape
from bot.duty import hours
from bot.duty.contradictions import whence
from bot.duty.health_coverage import between, length, local, offset
from bot.duty.hours import Gap
from bot.model import Channel, Contact, Event, Grade, Health, Phase
from bot.paper import Page
from bot.parse import contact_fields as fields
from bot.plan.drift import Difference
from bot.render import words
from bot.render.jsons import Json

SCHEMA = "eventsafety/contacts@1"
STYLES = {
    Grade.SERIOUS: "bold red",
    Grade.WARNING: "bold yellow",
    Grade.UNKNOWN: "bold magenta",
    Grade.HINT: "bold",
}
TITLES = {
    Grade.SERIOUS: "Serious",
    Grade.WARNING: "To be put right",
    Grade.UNKNOWN: "Not known",
    Grade.HINT: "Good to know",
}
COUNTED = {
    Grade.SERIOUS: ("serious point", "serious points"),
    Grade.WARNING: ("point to be put right", "points to be put right"),
    Grade.UNKNOWN: ("thing that is not known", "things that are not known"),
    Grade.HINT: ("hint", "hints"),
}
WELL = "All is well with the response team: everything was looked at, and there is nothing to do."
PHASES = {
    Phase.BEFORE: "the event is yet to come",
    Phase.DURING: "the event is on",
    Phase.AFTER: "the event is over, the team still answers",
    None: "the event is over, and the team answers no longer",
}
GAPS_SHOWN = 30
LONGEST = 1000
NARROW = 76  # the table of gaps with a name in it is as wide


class Team(Protocol):
    """What is told of a team, as bot/tasks/team.py finds it out."""

    @property
    def contacts(self) -> tuple[Contact, ...]:
        """Return the contacts, as they are written down."""

    @property
    def source(self) -> str:
        """Return where they are written down."""

    @property
    def phase(self) -> Phase | None:
        """Return the phase of the event, None when the team answers no longer."""

    @property
    def next_change(self) -> datetime | None:
        """Return when the list on the page has to be renewed (UTC)."""

    @property
    def health(self) -> tuple[Health, ...]:
        """Return the points of the team's health, gravest first."""

    @property
    def gaps(self) -> tuple[Gap, ...] | None:
        """Return when too few people are there, None where that cannot be told."""

    @property
    def differences(self) -> tuple[Difference, ...]:
        """Return where roster and page differ."""


def terminal(event: Event, team: Team, width: int, *, colour: bool) -> str:
    """Return how a team does for a person: what is wrong, what to do, when too few are there, where lists differ."""
    where = hours.zone(event.timezone) or UTC
    page = Page(width, colour=colour)
    page.line(_text(f"Safety contacts of {event.name or event.title or 'the event'}", "bold"))
    page.address(event.url)
    page.line(" · ".join(_facts(event, team, where)))
    page.heading(headline(team), _style(team))
    apart = [point for point in team.health if point.code == "roster"]
    _points(page, "Roster and registration differ", Grade.WARNING, apart)
    for grade in Grade:
        _points(page, TITLES[grade], grade, [one for one in team.health if one.grade is grade and one not in apart])
    if team.gaps:
        zone = event.timezone if hours.zone(event.timezone) else "UTC"
        page.heading(f"When too few are there (local time, {zone})")
        _gaps(page, team.gaps[:GAPS_SHOWN], where)
        if rest := team.gaps[GAPS_SHOWN:]:
            page.line(f"and {words.count(len(rest), 'more time', 'more times')} (--json lists all)")
    number = words.count(len(team.differences), "difference", "differences")
    page.sentences(f"Roster and page: {number}", [words.cut(one.text) for one in team.differences])
    page.sentences(f"The team ({len(team.contacts):,})", [_contact(one) for one in _ordered(team.contacts)])
    return str(page)


def headline(team: Team) -> str:
    """Return how a team does in one sentence."""
    counts = Counter(point.grade for point in team.health)
    parts = [words.count(counts[grade], *COUNTED[grade]) for grade in Grade if counts[grade]]
    if team.differences:
        parts.append(words.count(len(team.differences), "difference", "differences") + " between roster and page")
    if not parts:
        return WELL
    return f"{', '.join(parts)}."


def to_json(event: Event, team: Team) -> str:
    """Return ``eventsafety/contacts@1``; "gaps" is null where the hours cannot be computed."""
    where = hours.zone(event.timezone) or UTC
    counts = Counter(point.grade for point in team.health)
    document: Json = {
        "schema": SCHEMA,
        "event": {
            "title": event.title,
            "id": event.id,
            "start": words.utc(event.start),
            "end": words.utc(event.end),
            "timezone": event.timezone,
        },
        "source": team.source,
        "phase": team.phase and team.phase.value,
        "next_change": words.utc(team.next_change),
        "contacts": [_contact_json(contact) for contact in team.contacts],
        "health": [
            {"code": one.code, "grade": one.grade.value, "who": one.who or None, "text": one.text, "advice": one.advice}
            for one in team.health
        ],
        "gaps": None if team.gaps is None else [_gap_json(gap, where) for gap in team.gaps],
        "differences": [
            {"who": one.who or None, "field": one.field, "roster": one.roster, "page": one.page, "text": one.text}
            for one in team.differences
        ],
        "summary": {grade.value: counts[grade] for grade in Grade},
    }
    return escape.json_text(json.dumps(document, ensure_ascii=False, indent=2)) + "\n"


def _facts(event: Event, team: Team, where: tzinfo) -> Iterable[str]:
    yield PHASES[team.phase] if event.start or event.end else "it is not known when the event is"
    if event.start and event.end:
        yield f"{between(Gap(event.start, event.end), where)}, {whence(event)}"
    yield f"{words.count(len(team.contacts), 'contact', 'contacts')} in {team.source or 'no roster and on no page'}"
    if team.next_change:
        yield f"the list on the page has to be renewed on {local(team.next_change, where)}"


def _style(team: Team) -> str:
    grades = {point.grade for point in team.health}
    found = next((grade for grade in Grade if grade in grades), None)
    if team.differences and found in (None, Grade.UNKNOWN, Grade.HINT):
        return STYLES[Grade.WARNING]
    return STYLES[found] if found else "green"


def _points(page: Page, title: str, grade: Grade, points: Sequence[Health]) -> None:
    if points:
        page.heading(f"{title} ({len(points):,})", STYLES[grade])
        for advice, alike in groupby(points, key=lambda point: point.advice):
            for point in alike:
                page.item(words.cut(point.text, LONGEST))
            if advice:
                page.line(f"-> {advice}", indent=4)


def _gaps(page: Page, gaps: Sequence[Gap], where: tzinfo) -> None:
    if page.width < NARROW:
        for gap in gaps:
            page.item(f"{between(gap, where)}, {length(gap.end - gap.start)}: {_there(gap)}")
        return
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style="underline")
    for heading in ("From", "To", "UTC", "How long", "There"):
        table.add_column(heading, overflow="fold")
    for gap in gaps:
        start, end = gap.start.astimezone(where), gap.end.astimezone(where)
        offsets = dict.fromkeys(offset(moment).removeprefix("UTC") for moment in (start, end))
        cells = (
            f"{start:%Y-%m-%d %H:%M}",
            f"{end:%Y-%m-%d %H:%M}",
            ", then ".join(offsets),
            length(gap.end - gap.start),
            _there(gap),
        )
        table.add_row(*(_text(cell) for cell in cells))
    page.table(table)


def _there(gap: Gap) -> str:
    return f"only {', '.join(gap.there)}" if gap.there else "nobody"


def _ordered(contacts: Iterable[Contact]) -> list[Contact]:
    return sorted(contacts, key=lambda one: (one.order is None, one.order or 0))


def _contact(contact: Contact) -> str:
    """Return a contact in one line: place, name, roles, and when they are there."""
    when = [
        "" if set(contact.phases) == set(Phase) else f"{fields.phases_text(contact.phases) or 'never'} the event",
        fields.hours_text(contact.hours),
        f"from {contact.begins}" if contact.begins else "",
        f"until {contact.ends}" if contact.ends else "",
    ]
    place = f"{contact.order}. " if contact.order is not None else ""
    told = "; ".join(part for part in (fields.roles_text(contact.roles) or "no role", *when) if part)
    return words.cut(f"{place}{contact.name}: {told}")


def _contact_json(contact: Contact) -> Json:
    return {
        "name": contact.name,
        "roles": [role.value for role in contact.roles],
        "languages": list(contact.languages),
        "channels": [_channel(channel) for channel in contact.channels],
        "phases": [phase.value for phase in contact.phases],
        "hours": [fields.hours_text([one]) for one in contact.hours],
        "from": words.day(contact.begins),
        "until": words.day(contact.ends),
        "training": [{"course": one.course, "on": words.day(one.on)} for one in contact.training],
        "affiliation": contact.affiliation,
        "order": contact.order,
    }


def _channel(channel: Channel) -> Json:
    """Return a channel, without its value where that is not public."""
    return {
        "kind": channel.kind.value,
        "value": channel.value if channel.public else None,
        "public": channel.public,
    }


def _gap_json(gap: Gap, where: tzinfo) -> Json:
    return {
        "start": words.utc(gap.start),
        "end": words.utc(gap.end),
        "local_start": gap.start.astimezone(where).isoformat(timespec="minutes"),
        "local_end": gap.end.astimezone(where).isoformat(timespec="minutes"),
        "there": list(gap.there),
    }


def _text(text: str, style: str = "") -> Text:
    return Text(escape.terminal(text), style)
