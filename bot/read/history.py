"""The revisions of one page with their texts, from newest on, as far back as is wanted; must not know what they say."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any

import msgspec

from bot.errors import AnswerError
from bot.read.session import Session


@dataclass(frozen=True, slots=True)
class Past:
    """One revision; ``user``, ``text`` are None where they are hidden, ``timestamp`` is UTC, ``parent`` 0 for none."""

    revid: int
    parent: int
    user: str | None
    timestamp: datetime
    text: str | None


class _Main(msgspec.Struct):
    content: str | None = None


class _Slots(msgspec.Struct):
    main: _Main = msgspec.field(default_factory=_Main)


class _Revision(msgspec.Struct):
    revid: int
    timestamp: datetime
    parentid: int = 0
    user: str | None = None
    slots: _Slots = msgspec.field(default_factory=_Slots)


class _Page(msgspec.Struct):
    title: str
    missing: bool = False
    revisions: list[_Revision] = []


class _Pages(msgspec.Struct):
    pages: list[_Page] = []


class _Text(msgspec.Struct):
    revid: int
    slots: _Slots = msgspec.field(default_factory=_Slots)


class _TextsOfPage(msgspec.Struct):
    revisions: list[_Text] = []


class _Texts(msgspec.Struct):
    pages: list[_TextsOfPage] = []


class _Saving(msgspec.Struct):
    revid: int
    user: str | None = None
    sha1: str | None = None


class _Saved(msgspec.Struct):
    revisions: list[_Saving] = []


class _Savings(msgspec.Struct):
    pages: list[_Saved] = []


def batches(session: Session, title: str, user: str | None = None) -> Iterator[tuple[tuple[Past, ...], bool]]:
    """Yield revisions (of ``user`` alone, if given), one request a batch, and whether it is the last.

    They come by their times, which may not be the order in which they replaced each other: that is in ``parent``.
    Nothing is yielded for a page that does not exist. Raises WikiError when they cannot be read.
    """
    more: dict[str, Any] = {} if user is None else {"rvuser": user}
    while True:
        answer = session.query(
            prop="revisions",
            titles=title,
            rvprop="ids|user|timestamp|content",
            rvslots="main",
            rvlimit="max",
            **more,
        )
        pages = session.shaped(answer.get("query", {}), _Pages).pages
        rows = [row for page in pages for row in page.revisions]
        last = "continue" not in answer
        if rows:
            yield tuple(_past(row) for row in rows), last
        if last:
            return
        following = {**more, **answer["continue"]}
        if following == more or not rows:
            raise AnswerError(f'{session.api} repeats itself while reading the history of "{title}".')
        more = following


def steps(session: Session, title: str, user: str) -> tuple[tuple[str | None, str], ...]:
    """Return every edit that ``user`` made of a page, oldest first, as the text before it and the one after it.

    The text before is None where it cannot be told any more; one after it that is hidden is empty. One request for each
    ``session.limit`` of these edits, and as many again for what they were made of. Raises WikiError when they cannot be
    read.
    """
    found: list[tuple[str | None, str]] = []
    for batch, _ in batches(session, title, user=user):
        texts = {0: "", **_texts(session, {past.parent for past in batch})}
        found += [(texts.get(past.parent), past.text or "") for past in batch]
    return tuple(reversed(found))


def _texts(session: Session, revids: Collection[int]) -> dict[int, str | None]:
    """Return the texts of revisions by their numbers; a long answer is asked for in parts."""
    found: dict[int, str | None] = {}
    while left := sorted({*revids} - {0, *found}):
        answer = session.query(prop="revisions", revids="|".join(map(str, left)), rvprop="ids|content", rvslots="main")
        rows = [row for page in session.shaped(answer.get("query", {}), _Texts).pages for row in page.revisions]
        found |= {row.revid: row.slots.main.content for row in rows}
        if "continue" not in answer:
            break
        if not rows:
            raise AnswerError(f"{session.api} repeats itself while reading {len(left)} revisions.")
    return found


def begun(session: Session, title: str) -> datetime | None:
    """Return when the first revision of a page was saved (UTC), by one request; None where there is no page.

    A page that was moved took it along. Raises WikiError when it cannot be read.
    """
    asked = {"rvdir": "newer", "rvlimit": 1, "rvprop": "ids|timestamp"}
    pages = session.read(_Pages, prop="revisions", titles=title, **asked).pages
    return next((row.timestamp for page in pages for row in page.revisions), None)


def undone(session: Session, title: str, old: str, new: str, user: str) -> tuple[int, str | None] | None:
    """Return the revision by which somebody took back a step that ``user`` had made, from one text to another, and who.

    ``old`` and ``new`` are the digests of those texts. One request, for the newest 50 revisions; None unless ``old`` is
    what stands there again, and not by ``user``.
    """
    answer = session.query(prop="revisions", titles=title, rvprop="ids|user|sha1", rvlimit=50)
    rows = [row for page in session.shaped(answer.get("query", {}), _Savings).pages for row in page.revisions]
    same = next((number for number, row in enumerate(rows) if row.sha1 != old), len(rows))
    if not same or rows[same - 1].user == user:
        return None
    steps = ((after.user, before.sha1, after.sha1) for after, before in pairwise(rows[same:]))
    return (rows[same - 1].revid, rows[same - 1].user) if (user, old, new) in steps else None


def _past(row: _Revision) -> Past:
    return Past(row.revid, row.parentid, row.user, row.timestamp, row.slots.main.content)
