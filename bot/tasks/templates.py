"""The task "templates": the bot's templates on the wiki as the software has them; reads and plans, saves nothing."""

from __future__ import annotations

from bot import onwiki, tasks
from bot.errors import WikiError
from bot.model import Revision
from bot.plan.edits import Edit, Input, Plan, as_saved
from bot.read import history, wiki
from bot.read.session import Session

SUMMARY = "Templates of Event Safety Bot"


def plan(session: Session, *, replace_changed: bool = False) -> Plan:
    """Return the plan that installs or renews the templates.

    One that somebody else changed since the bot saved it is left alone, and a note says so; ``replace_changed``
    overwrites it all the same. Raises WikiError, ConfigError (nobody is logged in) and BadInputError (limits).
    """
    user = tasks.account(session)
    read_at = wiki.clock(session)
    site = wiki.site_info(session)
    # The wiki stores TemplateData when it saves the template itself, so its documentation has to be there first.
    texts = sorted(onwiki.templates().items(), key=lambda pair: (not pair[0].endswith("/doc"), pair[0]))
    wanted = {tasks.local(title, site): text for title, text in texts}
    read = wiki.pages(session, list(wanted), redirects=False)
    if unread := [why for title, why in read.missing.items() if title not in read.absent]:
        raise WikiError(unread[0])
    edits: list[Edit] = []
    notes: list[str] = []
    for title, text in wanted.items():
        page = read.found.get(title)
        if page is not None and page.text == as_saved(text):
            continue
        if page is not None and not replace_changed and not _is_ours(session, title, page, user):
            notes.append(
                f'"{title}" was changed by somebody else (revision {page.revid}) and was left alone; --replace-changed '
                "takes the text of this version instead."
            )
            continue
        edits.append(
            Edit(
                title=title,
                namespace=tasks.namespace(title, site),
                task=tasks.TEMPLATES,
                base_revid=page.revid if page else 0,
                old_text=page.text if page else "",
                text=as_saved(text),
                summary=SUMMARY,
                reasons=("The page is not there." if page is None else "This version has another text.",),
                tags=session.settings.writing.tags,
            )
        )
    inputs = tuple(Input("template", page.title, page.revid, session.name) for page in read.found.values())
    planned = tasks.Planned(tuple(edits), inputs, tuple(notes))
    return tasks.finish(session, site, read_at, planned, insist=replace_changed)


def _is_ours(session: Session, title: str, page: Revision, user: str) -> bool:
    """Tell whether the bot itself saved the present text."""
    for batch, _ in history.batches(session, title):
        return any(past.revid == page.revid and past.user == user for past in batch)
    return False
