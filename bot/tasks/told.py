"""Who had a message before, wherever it went since: read from the bot's edits and from logs; knows no text."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace

from bot.model import Event, TalkPage
from bot.parse.sites import USER_TALK
from bot.plan import notices
from bot.read import delivered, history, logs, renames, talkpages
from bot.read.session import Session
from bot.tasks import notices as notice_task
from bot.tasks.event import About


def keys(event: Event, kind: str, version: str, formerly: Collection[str]) -> tuple[str, ...]:
    """Return the mark of a message, and after it those that it had before the event was registered or moved.

    They are none of the marks of the event's own notices, whose pages may be subpages of somebody's user page.
    """
    unregistered = [replace(event, id=None, title=title) for title in sorted({event.title, *formerly})]
    return tuple(dict.fromkeys(notices.key(one, f"talk {kind}", version) for one in (event, *unregistered)))


def former_titles(session: Session, about: About) -> frozenset[str]:
    """Return what the page of the event was called before: by its own notices, and by the redirects that moves left."""
    title = about.page.title
    said = notice_task.before(session, about, title).events | delivered.leading_to(session, title)
    return said - {about.event.title}


def names(session: Session, about: About, registered: Collection[str], marks: Iterable[str]) -> frozenset[str]:
    """Return the names of those who had a message with one of the ``marks``, as they are called now.

    The talk page of a renamed account may have stayed where it was. Who is not among ``registered`` is looked up, by
    two requests for all, and by two for each of them who has no account any more.
    """
    told = delivered.to(session, about.site, *marks)
    others = sorted(told - set(registered))
    gone = [name for name, page in talkpages.read(session, others, about.site).items() if page.has_account is False]
    return told.union(step.new for name in gone for step in renames.chain(session, name)[-1:])


def deleted(session: Session, about: About, pages: Iterable[TalkPage]) -> frozenset[str]:
    """Return the titles of talk pages that were deleted since the event has a page; before that none had its notice.

    One request and those of ``logs.deleted_since``; none where everybody has a talk page.
    """
    absent = [page.title for page in pages if page.absent]
    since = history.begun(session, about.page.title) if absent else None
    return logs.deleted_since(session, absent, USER_TALK, since) if since else frozenset()
