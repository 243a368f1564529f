"""The plan of everything that is wanted for one event, whatever tasks that takes; reads and plans, saves nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot import check, tasks
from bot.check import Progress
from bot.plan.edits import Input, Plan
from bot.read import wiki
from bot.read.session import Session
from bot.tasks import event, eventpage, registrants, review
from bot.tasks.event import About, InputFile
from bot.tasks.registrants import Kind

PAGE_TASKS = (tasks.NOTICES, tasks.CONTACTS, tasks.CHECKLIST)


@dataclass(frozen=True, slots=True)
class PlanRequest:
    """What is wanted: ``chosen`` are tasks about pages of the event, ``message`` is for its registrants' talk pages."""

    event: str
    chosen: tuple[str, ...]
    roster: InputFile | None = None
    training: tuple[InputFile, ...] = ()
    message: Kind | None = None


def plan(request: PlanRequest, session: Session, *, now: datetime, progress: Progress = check.silent) -> Plan:
    """Return one plan for all that is wanted; ``now`` is UTC.

    Raises EventSafetyError for an event that cannot be found, a roster that cannot be used, a page whose state cannot
    be read, a plan beyond its limits.
    """
    tasks.account(session)
    read_at = wiki.clock(session)
    parts: list[tasks.Planned] = []
    site = wiki.site_info(session)
    if tasks.REVIEW in request.chosen:
        parts.append(review.planned(request.event, session, site, now=now, progress=progress))
    if request.message or set(PAGE_TASKS) & set(request.chosen):
        progress("Reading the event's page", 0, None)
        about = event.read(session, request.event, request.roster, request.training, site=site, now=now)
        parts.append(eventpage.planned(session, about, request.chosen))
        if request.message:
            about = _once_written(session, about, parts[-1])
            parts.append(registrants.planned(session, about, request.message, progress))
    return tasks.finish(session, site, read_at, _together(parts))


def delivery(
    request: PlanRequest, sender: str, session: Session, *, now: datetime, progress: Progress = check.silent
) -> registrants.Delivery:
    """Return the message of ``request`` for ``sender``, who may send MassMessages; raises as ``plan`` does."""
    tasks.account(session)
    about = event.read(session, request.event, request.roster, request.training, now=now)
    return registrants.delivery(session, about, request.message or Kind.NOTICE, sender, progress)


def _once_written(session: Session, about: About, planned: tasks.Planned) -> About:
    """Return the event as it will be once its page is written: a message can then point to the contacts there."""
    text = next((edit.text for edit in planned.edits if edit.title == about.page.title), about.page.text)
    return event.with_text(session, about, text)


def _together(parts: list[tasks.Planned]) -> tasks.Planned:
    inputs: dict[tuple[str, str, str], Input] = {}
    for one in (one for part in parts for one in part.inputs):
        inputs.setdefault((one.kind, one.title, one.site), one)
    return tasks.Planned(
        edits=tuple(edit for part in parts for edit in part.edits),
        inputs=tuple(inputs.values()),
        notes=tuple(dict.fromkeys(note for part in parts for note in part.notes)),
    )
