"""Which decisions on a review page count: who really set each status, by the page's history; fetches nothing.

The setter is whoever made the oldest revision of the unbroken run, back from the present one, in which the flag had its
status; a signature proves nothing. Nobody decides about themselves.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.model import Decision, Status
from bot.parse.reviews import OPEN, ReviewPage, Row

_STATUSES = {status.value: status for status in Status}


@dataclass(frozen=True, slots=True)
class Version:
    """A revision of a review page as it was read; ``user`` is None where it is hidden, ``timestamp`` is UTC."""

    revid: int
    user: str | None
    timestamp: datetime
    page: ReviewPage


@dataclass(frozen=True, slots=True)
class Uncounted:
    """A status that does not count: who set it may not decide, or it is no status at all; ``revid`` set it."""

    flag: str
    revid: int
    status: str
    why: str


@dataclass(frozen=True, slots=True)
class Decisions:
    """What counts, by flag, for those on the page and those that have left it, and what does not."""

    accepted: Mapping[str, Decision]
    settled: Mapping[str, Decision]
    uncounted: tuple[Uncounted, ...]


def undecided(page: ReviewPage) -> bool:
    """Tell whether nobody has said anything, so that no history is needed."""
    return not page.settled and all(row.status == OPEN for row in page.rows)


def is_complete(history: Sequence[Version], *, whole: bool) -> bool:
    """Tell whether ``history``, newest first, goes back to every setter; ``whole``: it goes back to the beginning."""
    present = history[0].page
    rows = [row for row in (*present.rows, *present.settled) if row.status != OPEN]
    return whole or all(len(_run(history, row)) < len(history) for row in rows)


def setters(history: Sequence[Version]) -> frozenset[str]:
    """Return the accounts whose right to decide must be known."""
    present = history[0].page
    rows = (row for row in (*present.rows, *present.settled) if row.status != OPEN)
    runs = [_run(history, row) for row in rows]
    comments = [_run(history, row, comment=True) for row in present.rows if row.comment]
    return frozenset(run[-1].user for run in (*runs, *comments) if run[-1].user)


def read(
    history: Sequence[Version],
    may_decide: Callable[[str], bool],
    bot: str,
    diff_url: Callable[[int], str],
) -> Decisions:
    """Return the decisions of the page's present revision, ``history[0]``, newest first.

    ``may_decide`` tells of an account whether it is in a reviewer group; ``bot`` is the account that keeps the page.
    """
    accepted: dict[str, Decision] = {}
    settled: dict[str, Decision] = {}
    uncounted: list[Uncounted] = []
    present = history[0].page
    for row in present.rows:
        if row.status == OPEN:
            continue
        run = _run(history, row)
        setter = run[-1]
        if why := _why_not(row, setter, may_decide):
            uncounted.append(Uncounted(row.id, setter.revid, row.status, why))
        else:
            comment = _comment(history, row, may_decide)
            accepted[row.id] = _decision(row, setter, setter.revid, comment, diff_url)
    for row in present.settled:
        setter = _run(history, row)[-1]
        if setter.user == bot or (setter.user and may_decide(setter.user)):
            decided = row.call.get("revision")
            revid = int(decided) if decided.isdecimal() else setter.revid
            by = next((version for version in history if version.revid == revid), setter)
            settled[row.id] = _decision(row, by, revid, "", diff_url)
        else:
            uncounted.append(Uncounted(row.id, setter.revid, row.status, "it was not put there by the bot"))
    return Decisions(accepted, settled, tuple(uncounted))


def _why_not(row: Row, setter: Version, may_decide: Callable[[str], bool]) -> str:
    if row.status not in _STATUSES:
        return "it is none of: " + ", ".join(_STATUSES)
    if setter.user is None:
        return "who set it is hidden"
    if setter.user == row.call.get("name"):
        return "nobody decides about themselves"
    return "" if may_decide(setter.user) else "who set it is in no reviewer group"


def _decision(row: Row, setter: Version, revid: int, comment: str, diff_url: Callable[[int], str]) -> Decision:
    then = _find(setter.page, row)
    return Decision(
        flag=row.id,
        status=_STATUSES.get(row.status, Status.OPEN),
        by=setter.user or "",
        revid=revid,
        when=setter.timestamp,
        facts=(then or row).call.get("facts"),
        comment=comment,
        url=diff_url(revid),
    )


def _comment(history: Sequence[Version], row: Row, may_decide: Callable[[str], bool]) -> str:
    writer = _run(history, row, comment=True)[-1].user
    return row.comment if row.comment and writer and may_decide(writer) else ""


def _run(history: Sequence[Version], row: Row, *, comment: bool = False) -> Sequence[Version]:
    """Return the unbroken run of newest revisions in which a flag has its present status (or comment)."""
    count = 1
    for version in history[1:]:
        then = _find(version.page, row)
        if then is None or (then.comment != row.comment if comment else then.status != row.status):
            break
        count += 1
    return history[:count]


def _find(page: ReviewPage, row: Row) -> Row | None:
    """Return the same flag in another revision, of the same kind: on the page, or among those that have left it."""
    same = (other for other in (*page.rows, *page.settled) if other.id == row.id)
    return next((other for other in same if other.call.name == row.call.name), None)
