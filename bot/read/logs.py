"""Entries of public logs; must not copy a reason out of them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

import msgspec

from bot.errors import AnswerError, WikiError
from bot.read.session import Session

_MOST_BATCHES = 20


class _Row(msgspec.Struct):
    logid: int = 0
    timestamp: str = ""
    title: str = ""


class _Log(msgspec.Struct):
    logevents: list[_Row] = []


def time_of_lock(session: Session, name: str, where: str) -> str:
    """Return when the lock that "log 8" names was set (ISO, UTC), by one request; empty when that cannot be told."""
    number = where.removeprefix("log ")
    if not number.isdecimal():
        return ""
    try:
        log = session.read(
            _Log,
            list="logevents",
            letype="globalauth",
            letitle=f"User:{name}@global",
            leprop="ids|timestamp",
            lelimit=50,
        )
    except WikiError:
        return ""
    return next((row.timestamp for row in log.logevents if row.logid == int(number)), "")


def day_of_deletion(session: Session, title: str) -> str:
    """Return the day (ISO) on which a page of this title was last deleted, by one request; empty if it never was.

    Raises WikiError when that cannot be read.
    """
    asked = {"leaction": "delete/delete", "letitle": title, "leprop": "timestamp", "lelimit": 1}
    log = session.read(_Log, list="logevents", **asked)
    return log.logevents[0].timestamp[:10] if log.logevents else ""


def deleted_since(session: Session, titles: Collection[str], namespace: int, since: datetime) -> frozenset[str]:
    """Return under which of the ``titles``, all in one namespace, a page was deleted since then (UTC).

    One request for each 500 deletions in the namespace (5,000 with ``apihighlimits``); where those are very many, after
    20 of them one for each title. Raises WikiError when they cannot be read.
    """
    wanted = frozenset(titles)
    asked = {"leaction": "delete/delete", "leprop": "title", "leend": f"{since:%Y-%m-%dT%H:%M:%SZ}"}
    found: set[str] = set()
    more: dict[str, Any] = {}
    for _ in range(min(_MOST_BATCHES, len(wanted) // 2)):
        answer = session.query(list="logevents", lenamespace=namespace, lelimit="max", **asked, **more)
        found |= {row.title for row in session.shaped(answer.get("query", {}), _Log).logevents}
        if "continue" not in answer:
            return wanted & found
        if answer["continue"] == more:
            raise AnswerError(f"{session.api} repeats itself while reading the log of deletions.")
        more = dict(answer["continue"])
    return frozenset(
        title
        for title in wanted
        if title in found or session.read(_Log, list="logevents", letitle=title, lelimit=1, **asked).logevents
    )
