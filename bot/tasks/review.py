"""The task "review": the page on which reviewers decide about the flags of an event; reads and plans, saves nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot import check, escape, tasks
from bot.check import CheckRequest, Progress
from bot.check.reviewed import Reviewed
from bot.errors import WikiError
from bot.model import ACCOUNT_GAP, CheckResult, Judged, Revision, SiteInfo, Source, SourceState
from bot.plan import flags, review
from bot.plan.edits import Edit, Input, as_saved
from bot.plan.flags import Flag
from bot.plan.wanted import Page, Present, Wanted
from bot.read import logs
from bot.read.session import Session

LOCK = "global-lock"


def planned(
    event: str, session: Session, site: SiteInfo, *, now: datetime, progress: Progress = check.silent
) -> tasks.Planned:
    """Return what makes the review page of ``event`` true; ``now`` is UTC.

    Raises EventSafetyError for an event that cannot be found, a review page whose decisions cannot be read. A source
    that fails takes nothing off the page.
    """
    result, reviewed = check.look(CheckRequest(event=event), session, now=now, progress=progress)
    if reviewed.trouble:
        raise WikiError(f"{reviewed.trouble} Nothing can be planned for it.")
    if reviewed.title is None:
        raise WikiError(f'No page can have the title of the review page of "{result.event.title}"; set review.page.')
    wanted = _wanted(session, site, result, reviewed)
    page = review.next_page(reviewed.revision.text if reviewed.revision else None, site, wanted, reviewed.decisions)
    text = as_saved(page.text)
    edits: tuple[Edit, ...] = ()
    if text != (reviewed.revision.text if reviewed.revision else ""):
        edits = (_edit(session, site, reviewed, text, page),)
    inputs = _inputs(result, reviewed.revision, session)
    return tasks.Planned(edits, inputs, (*page.notes, *_notes(result)))


def _edit(session: Session, site: SiteInfo, reviewed: Reviewed, text: str, page: Page) -> Edit:
    title, revision = reviewed.title or "", reviewed.revision
    return Edit(
        title=title,
        namespace=tasks.namespace(title, site),
        task=tasks.REVIEW,
        base_revid=revision.revid if revision else 0,
        old_text=revision.text if revision else "",
        text=text,
        summary=page.summary,
        reasons=page.reasons,
        tags=session.settings.writing.tags,
    )


def _inputs(result: CheckResult, page: Revision | None, session: Session) -> tuple[Input, ...]:
    event, home = result.event, session.name
    central = session.settings.central_site or home
    lists = (source for source in result.sources if source.title and source.revid)
    return (
        *([Input(tasks.EVENT_PAGE, event.title, event.revid, home)] if event.title else []),
        *([Input("registration", f"#{event.id}", None, home)] if event.id is not None else []),
        *(Input("list", source.title or "", source.revid, central) for source in lists),
        *([Input("review page", page.title, page.revid, home)] if page else []),
    )


def _notes(result: CheckResult) -> tuple[str, ...]:
    """Return what the check has to say, without its remarks: they name people who look like somebody, and no more."""
    named = {remark for judged in result.judged for remark in judged.remarks}
    return tuple(note for note in result.notes if note not in named)


def _wanted(session: Session, site: SiteInfo, result: CheckResult, reviewed: Reviewed) -> Wanted:
    found = tuple(_with_time(session, flag, reviewed) for flag in flags.of(result))
    has_central = "CentralAuth" in site.extensions
    urls = {flag.id: session.url(f"Special:CentralAuth/{flag.name}") for flag in found if has_central}
    return Wanted(
        title=result.event.title,
        registration=result.event.id,
        date=result.event.start.date().isoformat() if result.event.start else "",
        flags=found,
        account_urls=urls,
        presence={flag: _present(judged, source) for flag, (judged, source) in flags.presence(result).items()},
        unsure=frozenset(map(escape.terminal, flags.names_without_account(result))),
        everybody_read=not result.unread,
        unread_lines=escape.terminal(" ".join(line.text.replace("_", " ") for line in result.unparsed)),
        unchecked=flags.unchecked(result),
        stop_page=session.settings.writing.stop_page.replace("{bot}", tasks.account(session)),
        hidden=frozenset(map(escape.terminal, flags.names_without_existence(result))),
        registered=frozenset(map(escape.terminal, flags.names_to_be_seen(result))),
    )


def _present(judged: Judged, source: Source) -> Present:
    asked = source.state is SourceState.OK and source.id not in judged.gaps and ACCOUNT_GAP not in judged.gaps
    return Present(registered=flags.may_be_seen(judged), known=asked)


def _with_time(session: Session, flag: Flag, reviewed: Reviewed) -> Flag:
    """Add since when a lock stands, which its log entry alone tells; one request for a lock that is new to the page."""
    known = reviewed.revision is not None and flag.facts in reviewed.revision.text
    if flag.source != LOCK or flag.since or known or not session.holds_logs:
        return flag
    return replace(flag, since=logs.time_of_lock(session, flag.name, flag.where))
