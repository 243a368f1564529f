"""What the bot may be asked to write, one task a file: reads, plans, and saves nothing.

Each task says which pages are its own; a plan with any other page is refused, also when it is applied.
"""

from __future__ import annotations

import importlib.metadata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from bot import onwiki
from bot.config import Limits, Settings
from bot.errors import BadInputError, ConfigError
from bot.model import NameState, SiteInfo
from bot.parse import reviewpage, usernames
from bot.parse import titles as naming
from bot.parse.sites import USER_TALK
from bot.plan import gate, safety
from bot.plan.edits import Edit, Input, Plan
from bot.read import history, logs, reviewers, wiki
from bot.read.session import Session

REVIEW, NOTICES, CONTACTS, CHECKLIST = "review", "notices", "contacts", "checklist"
REGISTRANTS, TEMPLATES = "registrants", "templates"
TASKS = (REVIEW, NOTICES, CONTACTS, CHECKLIST, REGISTRANTS, TEMPLATES)

# The kind of the Input that names the page of an event.
EVENT_PAGE = "event page"
_NO_EVENTS = frozenset({6, 8, 10, 828})  # files, messages and gadgets, templates, modules


@dataclass(frozen=True, slots=True)
class Planned:
    """What one task would write, what it was made from, and what it saw and left alone."""

    edits: tuple[Edit, ...] = ()
    inputs: tuple[Input, ...] = ()
    notes: tuple[str, ...] = ()


def titles(settings: Settings, site: SiteInfo, plan: Plan) -> Mapping[str, Callable[[str], bool]]:
    """Return for each task whether it may write a page, by its title.

    What is about an event goes to the page that the plan was made for and to its talk page; what is for registrants
    goes to talk pages of users, and to none of their subpages.
    """
    pages = (one.title for one in plan.inputs if one.kind == EVENT_PAGE and one.site == plan.site)
    events = frozenset(title for title in pages if namespace(title, site) not in _NO_EVENTS)
    talks = frozenset(talk_page(title, site) for title in events)
    return {
        REVIEW: lambda title: reviewpage.is_own(title, settings.review.page, plan.user, site),
        NOTICES: (events | talks).__contains__,
        CONTACTS: events.__contains__,
        CHECKLIST: events.__contains__,
        REGISTRANTS: lambda title: _is_talk_page_of_a_user(title, site),
        TEMPLATES: frozenset(local(title, site) for title in onwiki.templates()).__contains__,
    }


def _is_talk_page_of_a_user(title: str, site: SiteInfo) -> bool:
    """Tell whether this is how the wiki writes the title of the talk page that an account can have."""
    space, _, name = title.partition(":")
    found = usernames.canonical(name, site)
    return space == site.namespaces[USER_TALK][0] and found.state is NameState.ACCOUNT and found.name == name


def local(title: str, site: SiteInfo) -> str:
    """Return a canonical title as this wiki writes it ("Template:X" as "Vorlage:X")."""
    return naming.normal(title, site.namespaces) or title


def namespace(title: str, site: SiteInfo) -> int:
    """Return the number of the namespace that a title of this wiki is in."""
    head, colon, _ = title.partition(":")
    return next((number for number, names in site.namespaces.items() if colon and head in names), 0)


def talk_page(title: str, site: SiteInfo) -> str:
    """Return the title of the talk page of a page of this wiki; that of a talk page is itself."""
    number = namespace(title, site)
    if number % 2 or number + 1 not in site.namespaces:
        return title
    page = title.partition(":")[2] if number else title
    return f"{site.namespaces[number + 1][0]}:{page}"


def limits(settings: Settings) -> dict[str, Limits]:
    """Return the limits of a whole plan under "" and those of each task."""
    return {"": settings.limits, **{task: settings.limits_of(task) for task in TASKS}}


def refuse_unsafe(plan: Plan, settings: Settings, site: SiteInfo) -> None:
    """Raise BadInputError, with every reason, for a plan that goes beyond the limits of these settings."""
    if why := safety.refusals(plan, limits(settings), titles(settings, site, plan)):
        raise BadInputError(
            "The plan is refused as a whole, and nothing is written. The limits are in the settings.", why
        )


def refuse_stale(plan: Plan, session: Session, now: datetime) -> None:
    """Raise BadInputError for a plan that is too old, or of which something that it was made from has changed since.

    The pages that it edits itself are left out: their bases guard them, and some may have been saved by an earlier run.
    Raises WikiError when that cannot be read.
    """
    hours = (now - plan.read_at).total_seconds() / 3600
    if hours > session.settings.writing.plan_hours:
        raise BadInputError(
            f"The plan is {hours:,.0f} hours old; make a new plan. (The limit is writing.plan_hours, "
            f"{session.settings.writing.plan_hours:g}.)"
        )
    own = {edit.title for edit in plan.edits}
    for site in dict.fromkeys(one.site for one in plan.inputs):
        made_from = {o.title: o.revid for o in plan.inputs if o.site == site and o.revid and o.title not in own}
        if site == session.name:
            moved = _moved(session, made_from)
        else:
            with Session.open(session.settings, site) as other:
                moved = _moved(other, made_from)
        if moved:
            pages = ", ".join(f'"{title}"' for title in moved)
            raise BadInputError(f"{pages} changed after the plan was made, which rests on it; make a new plan.")


def _moved(session: Session, made_from: Mapping[str, int]) -> list[str]:
    present = wiki.newest(session, tuple(made_from))
    return [title for title, revid in made_from.items() if present.get(title) != revid]


def account(session: Session) -> str:
    """Return the account that would save; raises ConfigError when nobody is logged in."""
    if session.username is None:
        raise ConfigError(
            "Planning edits needs the account that is to make them: put its bot password into user-config.py "
            "(user-config.example.py shows how)."
        )
    return session.username


def respecting(session: Session, site: SiteInfo, planned: Planned) -> Planned:
    """Return ``planned`` without what somebody undid when the bot made it, deleted, or wants no bot to edit.

    From a review page only a reviewer takes flags: others may be those who are flagged. One request for each edit; none
    for those of the task "registrants", which leaves out whoever was told before, whatever became of it.
    """
    asked = [edit for edit in planned.edits if edit.task != REGISTRANTS]
    undone = {edit.title: why for edit in asked if (why := _undone(session, site, edit))}
    kept = tuple(edit for edit in planned.edits if edit.title not in undone)
    notes = (f'"{title}" is left alone: {why}' for title, why in undone.items())
    return replace(planned, edits=kept, notes=(*planned.notes, *notes))


def _undone(session: Session, site: SiteInfo, edit: Edit) -> str:
    if unwanted := gate.unwanted(edit, site, account(session)):
        return unwanted.text
    if edit.creates:
        day = logs.day_of_deletion(session, edit.title)
        return f"it was deleted on {day}. Make it anew by hand if the bot is to keep it." if day else ""
    undone = history.undone(session, edit.title, edit.old_digest, edit.new_digest, account(session))
    if undone is None or (edit.task == REVIEW and not _is_reviewer(session, site, undone[1])):
        return ""
    return f"the bot had made this very edit, and somebody undid it in revision {undone[0]}."


def _is_reviewer(session: Session, site: SiteInfo, user: str | None) -> bool:
    has_global = "CentralAuth" in site.extensions
    return bool(user and reviewers.among(session, [user], session.settings.review, has_global=has_global))


def finish(session: Session, site: SiteInfo, read_at: datetime, planned: Planned, *, insist: bool = False) -> Plan:
    """Return the plan of what a task would write; raises BadInputError when it goes beyond the limits.

    What somebody undid before is not proposed again, unless the operator wants the bot to ``insist``.
    """
    planned = planned if insist else respecting(session, site, planned)
    settings = session.settings
    plan = Plan(
        site=session.name,
        server=site.server,
        user=account(session),
        software=f"eventsafety {importlib.metadata.version('eventsafety')}",
        read_at=read_at,
        inputs=planned.inputs,
        limits=limits(settings),
        edits=planned.edits,
        notes=planned.notes,
    )
    refuse_unsafe(plan, settings, site)
    return plan
