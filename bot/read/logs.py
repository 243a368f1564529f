"""Single entries of public logs; must not copy a reason out of them."""

from __future__ import annotations

import msgspec

from bot.errors import WikiError
from bot.read.session import Session


class _Row(msgspec.Struct):
    logid: int = 0
    timestamp: str = ""


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
