"""The look at the wiki just before an edit: the stop switches, the page, a token; and what came after a revision.

It must not judge what it sees, and saves nothing.
"""

from __future__ import annotations

import msgspec

from bot.plan.edits import text_digest
from bot.plan.gate import Later, Seen
from bot.read.batches import joined
from bot.read.session import Session


class _User(msgspec.Struct):
    """``blockpartial`` stands there for every block, ``blockid`` is null where several hold together (CompositeBlock).

    A partial block is the page's matter, and the wiki itself says so when the edit is sent.
    """

    name: str
    messages: bool
    blockid: int | None = None
    blockpartial: bool | None = None


class _Main(msgspec.Struct):
    content: str | None = None


class _Slots(msgspec.Struct):
    main: _Main = msgspec.field(default_factory=_Main)


class _Revision(msgspec.Struct):
    revid: int
    parentid: int = 0
    user: str | None = None
    sha1: str | None = None
    slots: _Slots = msgspec.field(default_factory=_Slots)


class _Page(msgspec.Struct):
    title: str
    missing: bool = False
    revisions: list[_Revision] = []


class _Step(msgspec.Struct, rename={"old": "from", "new": "to"}):
    old: str
    new: str


class _Tokens(msgspec.Struct):
    csrftoken: str = ""


class _Look(msgspec.Struct):
    userinfo: _User
    tokens: _Tokens = msgspec.field(default_factory=_Tokens)
    pages: list[_Page] = []
    normalized: list[_Step] = []


class _Pages(msgspec.Struct):
    pages: list[_Page] = []


def look(session: Session, title: str, stop_page: str) -> Seen:
    """Return what one request shows; raises WikiError when it is not answered."""
    found = session.read(
        _Look,
        meta="userinfo|tokens",
        uiprop="blockinfo|hasmsg",
        type="csrf",
        titles=joined(dict.fromkeys((stop_page, title))),
        prop="revisions",
        rvprop="ids|content",
        rvslots="main",
    )
    names = {step.old: step.new for step in found.normalized}
    pages = {page.title: page for page in found.pages}
    user, page = found.userinfo, pages.get(names.get(title, title))
    return Seen(
        user=user.name,
        is_blocked=user.blockpartial is False or (user.blockid is not None and not user.blockpartial),
        has_message=user.messages,
        stop_text=_text(pages.get(names.get(stop_page, stop_page))),
        revid=_revid(page),
        digest="" if (text := _text(page)) is None else text_digest(text),
        token=found.tokens.csrftoken,
    )


def after(session: Session, title: str, base_revid: int) -> tuple[tuple[Later, ...], bool]:
    """Return the first revisions of a page after ``base_revid`` (0: its first ones), and whether the page exists.

    A base that belongs to another page, because the page was moved or deleted, is nobody's parent here.
    """
    start = {"rvstartid": base_revid} if base_revid else {}
    found = session.read(
        _Pages, titles=title, prop="revisions", rvprop="ids|user|sha1", rvdir="newer", rvlimit=3, **start
    )
    page = found.pages[0] if found.pages else _Page(title, missing=True)
    later = (Later(r.revid, r.parentid, r.user, r.sha1) for r in page.revisions if r.revid != base_revid)
    return tuple(later), not page.missing


def _text(page: _Page | None) -> str | None:
    return page.revisions[0].slots.main.content if page and page.revisions else None


def _revid(page: _Page | None) -> int | None:
    if page is None:
        return None
    if page.missing:
        return 0
    return page.revisions[0].revid if page.revisions else None
