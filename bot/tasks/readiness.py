"""How ready an event is: gathers what is judged in bot/duty/readiness; reads, and plans nothing."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from bot import memory as memories
from bot.check import reviewed
from bot.duty import readiness
from bot.duty.readiness import PageSeen, Readiness, ReadinessFacts
from bot.model import CheckSeen, PolicyKind
from bot.plan import notice_memory
from bot.read.session import Session
from bot.tasks import team
from bot.tasks.event import About
from bot.tasks.team import TeamReport


@dataclass(frozen=True, slots=True)
class Preparation:
    """The judged list, and the state of the team on which it rests."""

    readiness: Readiness
    team: TeamReport


def look(session: Session, about: About) -> Preparation:
    """Return how ready the event is. Requests: those of ``team.look``."""
    report = team.look(session, about)
    facts = ReadinessFacts(
        event=about.event,
        now=about.now,
        roster=about.roster,
        team=report.contacts,
        health=report.health,
        page=_page(about),
        check=_last_check(session, about),
        completed=about.completed,
        absent=about.absent,
        review_page=reviewed.title_of(session, about.site, about.event.title) or "",
        settings=session.settings.contacts,
        notices=session.settings.notices,
    )
    return Preparation(readiness.judge(facts), report)


def _page(about: About) -> PageSeen:
    """Return what the page tells its readers, in the bot's templates or in the words of people."""
    page, listed = about.safety, about.team.roster.contacts
    own = notice_memory.own(page, [about.event.title], about.site)
    said = {name: value for notice in own for name, value in notice.values.items() if value}
    policies = {kind: said[kind.value] for kind in PolicyKind if kind.value in said}
    named = tuple(value for name, value in said.items() if name.startswith("contact "))
    return PageSeen(
        title=about.page.title,
        policies={**policies, **page.policies},
        people=tuple(dict.fromkeys((*(one.name for one in listed), *named, *page.people))),
        public_report=page.public_report or "public" in said,
        private_report=page.private_report or bool(named or listed),
        emergency=page.emergency or "emergency" in said or "number" in said or bool(listed),
        has_contacts_template=about.team.call is not None,
    )


def _last_check(session: Session, about: About) -> CheckSeen | None:
    settings = session.settings
    path = Path(settings.state_file) if settings.state_file else memories.default_path()
    return memories.load(path).checks.get(memories.event_key(session.name, about.event.title))
