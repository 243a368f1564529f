"""The rename logs, followed in both directions; what an account does or is now is read elsewhere.

A row is believed only when its title and its parameters say the same as what was asked: a wiki that does not know a
parameter answers the unfiltered log.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import msgspec

from bot.errors import AnswerError
from bot.model import Rename
from bot.read.session import Session

_USER, _SPECIAL = 2, -1
_LONGEST_CHAIN = 10


class _Params(msgspec.Struct):
    olduser: str = ""
    newuser: str = ""


class _Row(msgspec.Struct):
    """``params`` is an empty list, not an object, where a row has none or hides them."""

    logid: int = 0
    ns: int = 0
    title: str = ""
    type: str = ""
    timestamp: str = ""
    params: _Params | list[object] = []


class _Log(msgspec.Struct):
    logevents: list[_Row] = []


def chain(session: Session, name: str) -> tuple[Rename, ...]:
    """Return the steps from ``name`` to the present name of the account that was last called so, oldest first.

    Empty when the log knows of no rename. One request for each step and one more. Raises WikiError.
    """
    return _follow(name, lambda current, after: _renamed_from(session, current, after), lambda step: step.new)


def earlier_names(session: Session, name: str) -> tuple[Rename, ...]:
    """Return the renames that led to ``name``, newest first, by the global rename log. Raises WikiError."""
    return _follow(name, lambda current, before: _renamed_to(session, current, before), lambda step: step.old)


def _follow(
    name: str, find: Callable[[str, str], tuple[Rename, str] | None], onwards: Callable[[Rename], str]
) -> tuple[Rename, ...]:
    """Take step after step until the log ends or leads back to a name that was met."""
    steps: list[Rename] = []
    met, when = {name}, ""
    while len(steps) < _LONGEST_CHAIN and (found := find(name, when)):
        step, when = found
        steps.append(step)
        name = onwards(step)
        if name in met:
            break
        met.add(name)
    return tuple(steps)


def _renamed_from(session: Session, name: str, after: str) -> tuple[Rename, str] | None:
    """Return the rename away from ``name``: the newest, or the first one at or after the time of the step before."""
    rows = [
        row
        for row in _rows(session, "renameuser", f"User:{name}")
        if row.ns == _USER and row.title.partition(":")[2] == name and _params(row).olduser == name
    ]
    return _step(session, [row for row in rows if row.timestamp >= after][-1:] if after else rows[:1])


def _renamed_to(session: Session, name: str, before: str) -> tuple[Rename, str] | None:
    """Return the newest rename to ``name``, not later than the time of the step before."""
    rows = [
        row
        for row in _rows(session, "gblrename", f"Special:CentralAuth/{name}")
        if row.ns == _SPECIAL and row.title.partition("/")[2] == name and _params(row).newuser == name
    ]
    return _step(session, [row for row in rows if not before or row.timestamp <= before][:1])


def _rows(session: Session, kind: str, title: str) -> Sequence[_Row]:
    """Return the newest rows of a log about a title, newest first; none for a title that cannot exist."""
    try:
        log = session.read(
            _Log, list="logevents", letype=kind, letitle=title, lelimit="max", leprop="ids|title|type|timestamp|details"
        )
    except AnswerError as error:
        if error.code in ("invalidtitle", "bad_title", "bad-title"):
            return ()
        raise
    return sorted((row for row in log.logevents if row.type == kind), key=lambda row: row.timestamp, reverse=True)


def _step(session: Session, rows: Sequence[_Row]) -> tuple[Rename, str] | None:
    for row in rows:
        params = _params(row)
        url = session.url("Special:Log", logid=str(row.logid))
        return Rename(params.olduser, params.newuser, f"log {row.logid}", url), row.timestamp
    return None


def _params(row: _Row) -> _Params:
    return row.params if isinstance(row.params, _Params) else _Params()
