"""Which decisions on a review page count: who really set each status, by the page's history; fetches nothing.

The setter is whoever made the oldest revision of the unbroken run, back from the present one, in which the flag had its
status; a signature proves nothing. What was hidden or could not be read in between may have set it as well, so the run
goes on behind it. Nobody decides about themselves.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from bot import escape
from bot.model import Decision, Status
from bot.parse.reviews import OPEN, SETTLED, ReviewPage, Row
from bot.plan import flagrow

# How many revisions more are looked at for the text that a revert brought back.
_REVERTED = 50

_STATUSES = {status.value: status for status in Status}


@dataclass(frozen=True)
class Version:
    """A revision of a review page; ``user`` and ``page`` are None where they are hidden, ``timestamp`` is UTC.

    ``digest`` is that of its text, by which a revert is known; empty where the text is hidden.
    """

    revid: int
    user: str | None
    timestamp: datetime
    page: ReviewPage | None
    digest: str = ""

    @cached_property
    def rows(self) -> Mapping[tuple[str, str], Row]:
        """Return the flags on the page and those that have left it, by kind and id."""
        page = self.page or ReviewPage()
        return {(row.call.name, row.id): row for row in (*page.rows, *page.settled)}


@dataclass(frozen=True, slots=True)
class Uncounted:
    """A status that does not count: who set it may not decide, or it is no status at all; ``revid`` set it.

    ``settled``: it is of a flag that has left the page.
    """

    flag: str
    revid: int
    status: str
    why: str
    settled: bool = False


@dataclass(frozen=True, slots=True)
class Decisions:
    """What counts, by flag, for those on the page and those that have left it, and what does not."""

    accepted: Mapping[str, Decision]
    settled: Mapping[str, Decision]
    uncounted: tuple[Uncounted, ...]


def undecided(page: ReviewPage) -> bool:
    """Tell whether nobody has said anything, so that no history is needed."""
    return not page.settled and all(row.status == OPEN for row in page.rows)


def is_complete(history: Sequence[Version], bot: str, *, whole: bool) -> bool:
    """Tell whether ``history``, newest first, goes back to every setter and to what the bot had written before.

    ``whole``: it goes back to the beginning.
    """
    rows = [row for row in (history[0].page or ReviewPage()).rows if row.status != OPEN]
    return whole or (
        all(len(run) + _REVERTED <= len(history) for run in _runs(history))
        and all(_written(history, _run(history, row), row, bot) for row in rows)
    )


def people(history: Sequence[Version], bot: str) -> frozenset[str]:
    """Return the accounts whose right to decide must be known: everybody who edited the page."""
    return frozenset(version.user for version in history if version.user not in (None, bot, ""))


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
    history = _without_reverts(history, may_decide)
    present = history[0].page or ReviewPage()
    for row in present.rows:
        if row.status == OPEN:
            continue
        run = _run(history, row)
        setter = run[-1]
        why = _why_not(row, setter, may_decide, _names(history, row, bot)) or _misled(
            history, run, row, bot, may_decide
        )
        if why:
            uncounted.append(Uncounted(row.id, setter.revid, row.status, why))
        else:
            comment = _comment(history, row, may_decide)
            accepted[row.id] = _decision(run, row, setter, setter.revid, comment, diff_url)
    for row in present.settled:
        run = _run(history, row)
        setter = run[-1]
        if row.status != Status.HANDLED:
            uncounted.append(
                Uncounted(row.id, setter.revid, row.status, "only what was handled is settled", settled=True)
            )
        elif setter.user == bot or (setter.user and may_decide(setter.user)):
            decided = row.call.get("revision")
            revid = int(decided) if decided.isdecimal() else setter.revid
            by = next((version for version in history if version.revid == revid), setter)
            settled[row.id] = _decision(run, row, by, revid, "", diff_url)
        else:
            uncounted.append(
                Uncounted(row.id, setter.revid, row.status, "it was not put there by the bot", settled=True)
            )
    return Decisions(accepted, settled, tuple(uncounted))


def _without_reverts(history: Sequence[Version], may_decide: Callable[[str], bool]) -> Sequence[Version]:
    """Return ``history`` without what was taken back, and with the earlier revision in place of the one that did it.

    Who undoes vandalism says nothing of what stood there before. What a reviewer said in between is not taken back by
    others: that goes on from who brought the old text back.
    """
    kept: list[Version] = []
    at = 0
    while at < len(history):
        same = at
        for number in range(at + 1, len(history)):
            if history[at].digest and history[number].digest == history[at].digest:
                same = number
            if history[number].user is None or may_decide(history[number].user or ""):
                break
        kept.append(history[same])
        at = same + 1
    return kept


def _why_not(row: Row, setter: Version, may_decide: Callable[[str], bool], names: frozenset[str]) -> str:
    if row.status not in _STATUSES:
        return "it is none of: " + ", ".join(_STATUSES)
    if setter.user is None:
        return "who set it is hidden"
    if escape.terminal(setter.user) in names:
        return "nobody decides about themselves"
    return "" if may_decide(setter.user) else "who set it is in no reviewer group"


def _misled(
    history: Sequence[Version], run: Sequence[Version], row: Row, bot: str, may_decide: Callable[[str], bool]
) -> str:
    """Return that the flag did not say what the bot had written when somebody decided about it.

    Who swaps the ids of two flags would have a reviewer decide about the wrong person. A reviewer may also have written
    the row: with the decision, or before it.
    """
    earlier = [(version, then) for version in history[len(run) :] if (then := _find(version, row))]
    shown = _find(run[-1], row)
    if shown is None or not earlier or earlier[0][0] is not history[len(run)]:
        return ""
    written = _written(history, run, row, bot)
    if written is None:
        first, written = earlier[-1]
        if first.user is None or not may_decide(first.user):
            return "the bot did not write this flag"
    return "" if _tells(shown) == _tells(written) else "somebody had changed what the flag says"


def _written(history: Sequence[Version], run: Sequence[Version], row: Row, bot: str) -> Row | None:
    """Return the flag as the bot left it last before its status was set."""
    rows = (_find(version, row) for version in history[len(run) :] if version.user == bot)
    return next((one for one in rows if one), None)


def _tells(row: Row) -> tuple[str, ...]:
    return tuple(row.call.get(name) for name in flagrow.PARAMETERS if name not in flagrow.OF_PEOPLE)


def _names(history: Sequence[Version], row: Row, bot: str) -> frozenset[str]:
    """Return the names that a flag has now and had whenever the bot left it; people can write any name into a row."""
    then = (_find(version, row) for version in history if version.user == bot)
    return frozenset(one.call.get("name") for one in (row, *then) if one)


def _decision(
    run: Sequence[Version], row: Row, setter: Version, revid: int, comment: str, diff_url: Callable[[int], str]
) -> Decision:
    """Return what ``setter`` decided in ``revid``, on the facts that the oldest readable revision of the run shows."""
    then = (_find(version, row) for version in reversed(run))
    return Decision(
        flag=row.id,
        status=_STATUSES[row.status],
        by=setter.user or "",
        revid=revid,
        when=setter.timestamp,
        facts=next((one for one in then if one), row).call.get("facts"),
        comment=comment,
        url=diff_url(revid),
    )


def _runs(history: Sequence[Version]) -> list[Sequence[Version]]:
    """Return the runs of everything on the present page that somebody must have set."""
    present = history[0].page or ReviewPage()
    rows = [row for row in present.rows if row.status != OPEN]
    comments = (_run(history, row, comment=True) for row in rows if row.comment)
    return [*(_run(history, row) for row in (*rows, *present.settled)), *comments]


def _comment(history: Sequence[Version], row: Row, may_decide: Callable[[str], bool]) -> str:
    writer = _run(history, row, comment=True)[-1].user
    return row.comment if row.comment and writer and may_decide(writer) else ""


def _run(history: Sequence[Version], row: Row, *, comment: bool = False) -> Sequence[Version]:
    """Return the unbroken run of newest revisions in which a flag has, or may have, its present status (or comment)."""
    count = 1
    for version in history[1:]:
        then = _find(version, row)
        hidden = version.page is None or row.id in version.page.unreadable_ids
        if not hidden and (then is None or _said(then, comment=comment) != _said(row, comment=comment)):
            break
        count += 1
    return history[:count]


def _said(row: Row, *, comment: bool) -> tuple[str, ...]:
    if comment:
        return (row.comment,)
    if row.call.name == SETTLED:  # nothing of it is for people to change
        return row.status, row.call.get("facts"), row.call.get("revision")
    return (row.status,)


def _find(version: Version, row: Row) -> Row | None:
    """Return the same flag in another revision, of the same kind: on the page, or among those that have left it."""
    return version.rows.get((row.call.name, row.id))
