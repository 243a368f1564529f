"""What readiness is judged from, as plain values, and what follows from them at once; judges no item itself."""

from __future__ import annotations

import shlex
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta, tzinfo

from bot.config import Contacts, Notices
from bot.duty import hours
from bot.duty.named_pages import NamedPage
from bot.model import (
    CheckSeen,
    Contact,
    Event,
    Grade,
    Health,
    ItemState,
    PolicyKind,
    Roster,
    RosterEvent,
    Training,
)


@dataclass(frozen=True, slots=True)
class PageSeen:
    """What an event page tells its readers, no matter whether the bot or people wrote it.

    ``policies`` are those that the page links to, ``people`` everybody whom it names as somebody to report to (in
    {{Event safety contacts}} or elsewhere). ``emergency``: it shows an emergency number or address.
    """

    title: str = ""
    policies: Mapping[PolicyKind, str] = field(default_factory=dict)
    people: tuple[str, ...] = ()
    public_report: bool = False
    private_report: bool = False
    emergency: bool = False
    has_contacts_template: bool = False


@dataclass(frozen=True, slots=True)
class ReadinessFacts:
    """Everything that is known of an event's preparation; ``now`` is UTC.

    ``team`` is the response team of the roster or of the page, whichever is right by the settings. None of ``roster``,
    ``health``, ``page`` and ``check``: there is none, or it could not be read. ``completed`` are the courses that a
    platform says were completed, by canonical user name. ``absent`` are the pages that the roster names and that the
    wiki does not have. ``review_page`` is the title of the page on which flags are decided, empty for none.
    """

    event: Event
    now: datetime
    roster: Roster | None = None
    team: tuple[Contact, ...] = ()
    health: tuple[Health, ...] | None = None
    page: PageSeen | None = None
    check: CheckSeen | None = None
    completed: Mapping[str, tuple[Training, ...]] = field(default_factory=dict)
    absent: tuple[NamedPage, ...] = ()
    review_page: str = ""
    settings: Contacts = field(default_factory=Contacts)
    notices: Notices = field(default_factory=Notices)

    @property
    def said(self) -> RosterEvent:
        """Return what the roster says of the event, nothing where there is no roster."""
        return self.roster.event if self.roster else RosterEvent()

    @property
    def source(self) -> str:
        """Return where the team is written down; the side that the settings do not prefer counts where it is alone."""
        shown = self.page is not None and self.page.has_contacts_template
        if self.roster and self.roster.contacts and (self.settings.source == "roster" or not shown):
            return self.roster.source or "the roster"
        return f'the page "{self.page.title}"' if self.page and self.page.title else "the page"

    @property
    def people(self) -> tuple[Contact, ...]:
        """Return the team with everybody once: who has several entries, for several phases, with all that these say."""
        entries: dict[str, list[Contact]] = {}
        for one in self.team:
            entries.setdefault(one.name, []).append(one)
        return tuple(_merged(own) for own in entries.values())

    @property
    def timezone(self) -> str:
        """Return the name of the event's time zone, UTC where none is known."""
        return next((name for name in (self.said.timezone, self.event.timezone) if hours.zone(name)), "UTC")

    @property
    def zone(self) -> tzinfo:
        """Return the event's time zone."""
        return hours.zone(self.timezone) or UTC

    @property
    def start(self) -> datetime | None:
        """Return when the event begins, UTC."""
        return self.event.start or self._utc(self.said.start)

    @property
    def end(self) -> datetime | None:
        """Return when the event is over, UTC; for want of an end, a day after its start."""
        end = self.event.end or self._utc(self.said.end)
        return end or (self.start + timedelta(days=1) if self.start else None)

    @property
    def today(self) -> date:
        """Return the day where the event is."""
        return self.day(self.now)

    @property
    def in_person(self) -> bool | None:
        """Return whether people meet in one place, None where nobody says; one source that says so is enough."""
        both = (self.said.in_person, self.event.in_person)
        return True if True in both else False if False in both else None

    @property
    def is_to_come(self) -> bool:
        """Return whether the event is not over yet, as far as is known."""
        return self.end is None or self.now < self.end

    @property
    def is_small(self) -> bool:
        """Return whether the roster calls the event small."""
        return self.said.small is True

    def command(self, verb: str, options: str = "") -> str:
        """Return a command line about this event, to be run as it is but for the FILE of a roster not yet written."""
        name = shlex.quote(self.event.title) if self.event.title else "EVENT"
        return " ".join(part for part in ("eventsafety", verb, name, options) if part)

    def plan(self, options: str) -> str:
        """Return the command line that plans a task, which needs the roster, into a file that can be applied."""
        return self.command("plan", f"{options} {self.given} -o plan.json")

    @property
    def given(self) -> str:
        """Return the option that gives the roster."""
        source = self.roster.source if self.roster else ""
        return f"--roster {shlex.quote(source) if source not in ('', 'standard input') else 'FILE'}"

    def points(self, *codes: str) -> tuple[Health, ...]:
        """Return the points of the team's health with one of the codes that are more than a hint."""
        return tuple(p for p in self.health or () if p.code in codes and p.grade in (Grade.SERIOUS, Grade.WARNING))

    def doubts(self, *codes: str) -> tuple[Health, ...]:
        """Return the points of the team's health with one of the codes that could not be checked."""
        return tuple(p for p in self.health or () if p.code in codes and p.grade is Grade.UNKNOWN)

    def day(self, moment: datetime) -> date:
        """Return the day of a moment where the event is."""
        return moment.astimezone(self.zone).date()

    def _utc(self, local: datetime | None) -> datetime | None:
        return None if local is None else hours.moment(local, self.zone)


@dataclass(frozen=True, slots=True)
class Seen:
    """What facts say of an item: the state, a sentence about it, and what to do if that is special to the case.

    What is ``settled`` stands against a declaration that says something else.
    """

    state: ItemState
    text: str = ""
    advice: str = ""
    settled: bool = False


def _merged(entries: Sequence[Contact]) -> Contact:
    return replace(
        entries[0],
        roles=tuple(dict.fromkeys(role for one in entries for role in one.roles)),
        languages=tuple(dict.fromkeys(code for one in entries for code in one.languages)),
        channels=tuple(dict.fromkeys(channel for one in entries for channel in one.channels)),
        phases=tuple(dict.fromkeys(phase for one in entries for phase in one.phases)),
        training=tuple(dict.fromkeys(course for one in entries for course in one.training)),
        affiliation=next((one.affiliation for one in entries if one.affiliation), ""),
        order=min((one.order for one in entries if one.order is not None), default=None),
    )


def phrase(words: Sequence[str]) -> str:
    """Return words in one phrase: "A", "A and B", "A, B and C"."""
    return f"{', '.join(words[:-1])} and {words[-1]}" if len(words) > 1 else "".join(words)


def sentences(points: Sequence[Health]) -> str:
    """Return what points of the team's health say, one behind the other."""
    return " ".join(point.text for point in points)
