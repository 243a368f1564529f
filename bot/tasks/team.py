"""How the response team of an event does: its health, its hours, and drift; reads, and plans nothing."""

from __future__ import annotations

import html
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.duty import emergency, health, health_accounts, phases
from bot.duty.health import HealthFacts
from bot.duty.hours import Gap
from bot.errors import WikiError
from bot.model import Contact, Grade, Health, Member, Phase, Roster
from bot.parse import contact_fields as fields
from bot.plan import drift, notice_memory
from bot.plan.contacts_values import Secrets
from bot.plan.drift import Difference
from bot.read import campaignevents, members
from bot.read.session import Session
from bot.tasks import event as events
from bot.tasks import listed
from bot.tasks.event import About

# Points of health about an account, by their codes.
_UNFIT = frozenset({"missing", "renamed", "blocked", "unknown"})


@dataclass(frozen=True, slots=True)
class TeamReport:
    """What is known of a team: ``source`` is where it stands, ``next_change`` when its list has to be renewed (UTC).

    ``gaps`` is None where the hours cannot be computed or are nobody's; ``differences`` are between roster and page.
    """

    contacts: tuple[Contact, ...]
    source: str
    phase: Phase | None
    next_change: datetime | None
    health: tuple[Health, ...]
    gaps: tuple[Gap, ...] | None
    differences: tuple[Difference, ...]


def look(session: Session, about: About) -> TeamReport:
    """Return how the team does.

    Requests: those of ``accounts_of``, and one for each eleven organizers. What cannot be read becomes a point of its
    health that says so.
    """
    team = events.team(session, about)
    event, said = about.event, (about.roster or Roster()).event
    facts = HealthFacts(
        contacts=team,
        now=about.now,
        start=event.start,
        end=event.end,
        timezone=event.timezone,
        after_days=about.after_days,
        languages=said.languages or (about.language,),
        organizers=_organizers(session, about),
        members=accounts_of(session, about, team),
        completed=about.completed,
        listed=None if about.team.broken else tuple(contact.name for contact in about.team.roster.contacts),
        addresses=about.safety.addresses,
        emergency_number=said.emergency_number or about.team.roster.event.emergency_number,
        known_number=emergency.number(said.country),
        in_person=event.in_person,
        unread=_unread(about),
        contradictions=about.contradictions,
        settings=session.settings.contacts,
    )
    return TeamReport(
        contacts=team,
        source=_source(session, about),
        phase=about.phase,
        next_change=_next_change(about, team),
        health=health.judge(facts),
        gaps=health.gaps(facts) if team else None,
        differences=_differences(about),
    )


def accounts_of(session: Session, about: About, team: Sequence[Contact]) -> Mapping[str, Member]:
    """Return what is known of the accounts of contacts, public lists of bans included.

    Requests: those of ``read.members`` and of a check of as many names; none for nobody.
    """
    names = [contact.name for contact in team]
    return listed.looked_up(session, members.read(session, names, about.site), now=about.now) if names else {}


def warnings(session: Session, about: About) -> tuple[str, ...]:
    """Return what a plan says of the contacts that it shows: who is gone, locked, blocked, banned, or out of reach.

    Requests: those of ``accounts_of``.
    """
    grave = (point for point in _of_accounts(session, about) if point.grade is Grade.SERIOUS)
    return tuple(f"{point.text} {point.advice}".strip() for point in grave)


def unfit(session: Session, about: About) -> tuple[str, ...]:
    """Return why nobody may show these contacts without a person's look: gone, locked, blocked, banned, not checked.

    Requests: those of ``accounts_of``.
    """
    return tuple(point.text for point in _of_accounts(session, about) if point.code in _UNFIT)


def _of_accounts(session: Session, about: About) -> Iterable[Health]:
    shown = phases.of(events.team(session, about), about.phase, about.today)
    known = accounts_of(session, about, shown)
    return health_accounts.points(HealthFacts(shown, about.now, members=known, settings=session.settings.contacts))


def _differences(about: About) -> tuple[Difference, ...]:
    """Return where roster and page differ; none once the team answers no longer, as the page then stays as it is."""
    if about.roster is None or about.phase is None:
        return ()
    return (*drift.between(about.roster, about.team, about.phase, about.today), *_numbers(about))


def _numbers(about: About) -> Iterable[Difference]:
    """Yield that the notice on the page has another emergency number than the roster: two of them confuse."""
    wanted = fields.spaced((about.roster or Roster()).event.emergency_number)
    for notice in notice_memory.own(about.safety, [about.event.title], about.site):
        shown = fields.spaced(html.unescape(notice.values.get("number", "")))
        if wanted and shown and shown != wanted:
            text = f"The notice on the page has the emergency number {shown}, the roster {wanted}"
            yield Difference("", "number", wanted, shown, f"{text}: what somebody changed there stays; correct one.")


def _next_change(about: About, team: tuple[Contact, ...]) -> datetime | None:
    event = about.event
    if not team:
        return None
    return phases.next_change(event.start, event.end, about.after_days, about.now, team, event.timezone)


def _organizers(session: Session, about: About) -> tuple[str, ...] | None:
    """Return who organizes the event, by its registration or the roster; None where nobody says."""
    said = (about.roster or Roster()).event.organizers
    if about.event.id is None:
        return said or None
    try:
        return campaignevents.organizers(session, about.event.id, about.site)
    except WikiError:
        return said or None


def _unread(about: About) -> tuple[str, ...]:
    """Return a sentence for each thing that people wrote about contacts on the page and that is not understood."""
    secrets = Secrets((about.roster or Roster()).contacts)
    said = ((one.line, one.why or one.text) for one in about.team.unparsed)
    told = ((line, drift.NOT_SHOWN if secrets.are_in(why) else why) for line, why in said)
    strays = () if about.team.broken else about.team.strays  # of a broken list every row is one
    return (
        *(f"The list of contacts on the page cannot be read in line {line}: {why.rstrip('.')}." for line, why in told),
        *(f"The page has another list of contacts in line {line}, which was not read." for line in about.team.again),
        *(f"A contact in line {line} of the page stands in no list, and was not read." for line in strays),
    )


def _source(session: Session, about: About) -> str:
    rostered = about.roster is not None and bool(about.roster.contacts)
    if rostered and (session.settings.contacts.source == "roster" or not about.team.roster.contacts):
        return about.roster.source if about.roster else ""
    return about.page.title
