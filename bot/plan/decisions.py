"""Which decisions on a review page count: who really set each status, by the page's history; fetches nothing.

The setter is whoever made the oldest revision of the unbroken run, back from the present one, in which the flag had its
status; a signature proves nothing. What was hidden or could not be read in between may have set it as well, so the run
goes on behind it, and so it does behind what was merely taken back. Nobody decides about themselves.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
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
    past = _Past(history, lambda _: False)
    rows = [row for row in past.present.rows if row.status != OPEN]
    return whole or (
        all(run[-1] + 1 + _REVERTED <= len(history) for run in past.runs())
        and all(past.written(past.run(row)[-1], row, bot) for row in rows)
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
    past = _Past(history, may_decide)
    for row in past.present.rows:
        if row.status == OPEN:
            continue
        run = past.run(row)
        setter = history[run[-1]]
        why = _why_not(row, setter, may_decide, past.names(row, bot)) or _misled(past, run[-1], row, bot, may_decide)
        if why:
            uncounted.append(Uncounted(row.id, setter.revid, row.status, why))
        else:
            comment = _comment(past, row, may_decide)
            accepted[row.id] = _decision(past, run, row, setter, comment, diff_url)
    for row in past.present.settled:
        run = past.run(row)
        setter = history[run[-1]]
        if row.status != Status.HANDLED:
            why = "only what was handled is settled"
            uncounted.append(Uncounted(row.id, setter.revid, row.status, why, settled=True))
        elif setter.user == bot or (setter.user and may_decide(setter.user)):
            decided = row.call.get("revision")
            revid = int(decided) if decided.isdecimal() else setter.revid
            by = next((version for version in history if version.revid == revid), replace(setter, revid=revid))
            settled[row.id] = _decision(past, run, row, by, "", diff_url)
        else:
            why = "it was not put there by the bot"
            uncounted.append(Uncounted(row.id, setter.revid, row.status, why, settled=True))
    return Decisions(accepted, settled, tuple(uncounted))


class _Past:
    """A history, newest first, with the way back through it; places in it are numbers, 0 the present."""

    def __init__(self, history: Sequence[Version], may_decide: Callable[[str], bool]) -> None:
        self.history = history
        self.present = history[0].page or ReviewPage()
        self._may_decide = may_decide
        self._brought_back = [self._origin(at) for at in range(len(history))]

    def run(self, row: Row, *, comment: bool = False) -> list[int]:
        """Return where a flag has, or may have, had its present status (or comment), back to who set it."""
        run = [0]
        while True:
            at = self._source(run[-1], row)
            if at != run[-1]:
                run.append(at)
            if at + 1 == len(self.history) or self._says_otherwise(at + 1, row, comment=comment):
                return run
            run.append(at + 1)

    def runs(self) -> list[list[int]]:
        """Return the runs of everything on the present page that somebody must have set."""
        rows = [row for row in self.present.rows if row.status != OPEN]
        comments = [self.run(row, comment=True) for row in rows if row.comment]
        return [*(self.run(row) for row in (*rows, *self.present.settled)), *comments]

    def find(self, at: int, row: Row) -> Row | None:
        """Return the same flag at another place, of the same kind: on the page, or among those that have left it."""
        return self.history[at].rows.get((row.call.name, row.id))

    def written(self, setter: int, row: Row, bot: str) -> Row | None:
        """Return the flag as the bot left it last before its status was set."""
        places = range(setter + 1, len(self.history))
        rows = (self.find(at, row) for at in places if self.history[at].user == bot)
        return next((one for one in rows if one), None)

    def names(self, row: Row, bot: str) -> frozenset[str]:
        """Return the names that a flag has now and had whenever the bot left it; people can write any name into it."""
        then = (self.find(at, row) for at, version in enumerate(self.history) if version.user == bot)
        return frozenset(one.call.get("name") for one in (row, *then) if one)

    def _source(self, at: int, row: Row) -> int:
        """Return where the text came from, if it was only brought back.

        Who may decide and changes the status of a flag that stands there decides, whatever text comes of it.
        """
        user = self.history[at].user
        decides = user is not None and self._may_decide(user)
        stood = at + 1 < len(self.history) and self.find(at + 1, row) is not None
        return at if decides and stood else self._brought_back[at]

    def _origin(self, at: int) -> int:
        """Return the earliest place of the same text that no reviewer's edit lies before; mostly the place itself."""
        found = at
        for number in range(at + 1, len(self.history)):
            if self.history[at].digest and self.history[number].digest == self.history[at].digest:
                found = number
            user = self.history[number].user
            if user is None or self._may_decide(user):
                break
        return found

    def _says_otherwise(self, at: int, row: Row, *, comment: bool) -> bool:
        page, then = self.history[at].page, self.find(at, row)
        if page is None or row.id in page.unreadable_ids:
            return False
        return then is None or _said(then, comment=comment) != _said(row, comment=comment)


def _why_not(row: Row, setter: Version, may_decide: Callable[[str], bool], names: frozenset[str]) -> str:
    if row.status not in _STATUSES:
        return "it is none of: " + ", ".join(_STATUSES)
    if setter.user is None:
        return "who set it is hidden"
    if escape.terminal(setter.user) in names:
        return "nobody decides about themselves"
    return "" if may_decide(setter.user) else "who set it is in no reviewer group"


def _misled(past: _Past, setter: int, row: Row, bot: str, may_decide: Callable[[str], bool]) -> str:
    """Return that the flag did not say what the bot had written when somebody decided about it.

    Who swaps the ids of two flags would have a reviewer decide about the wrong person. A reviewer may also have written
    the row: with the decision, or before it.
    """
    shown = past.find(setter, row)
    earlier = [at for at in range(setter + 1, len(past.history)) if past.find(at, row)]
    if shown is None or earlier[:1] != [setter + 1]:
        return ""
    written = past.written(setter, row, bot)
    if written is None:
        first = past.history[earlier[-1]].user
        if first is None or not may_decide(first):
            return "the bot did not write this flag"
        written = past.find(earlier[-1], row)
    return "" if written is None or _tells(shown) == _tells(written) else "somebody had changed what the flag says"


def _tells(row: Row) -> tuple[str, ...]:
    return tuple(row.call.get(name) for name in flagrow.PARAMETERS if name not in flagrow.OF_PEOPLE)


def _decision(
    past: _Past, run: Sequence[int], row: Row, setter: Version, comment: str, diff_url: Callable[[int], str]
) -> Decision:
    """Return what ``setter`` decided, on the facts that the oldest readable revision of the run shows."""
    then = (past.find(at, row) for at in reversed(run))
    return Decision(
        flag=row.id,
        status=_STATUSES[row.status],
        by=setter.user or "",
        revid=setter.revid,
        when=setter.timestamp,
        facts=next((one for one in then if one), row).call.get("facts"),
        comment=comment,
        url=diff_url(setter.revid),
    )


def _comment(past: _Past, row: Row, may_decide: Callable[[str], bool]) -> str:
    writer = past.history[past.run(row, comment=True)[-1]].user
    return row.comment if row.comment and writer and may_decide(writer) else ""


def _said(row: Row, *, comment: bool) -> tuple[str, ...]:
    if comment:
        return (row.comment,)
    if row.call.name == SETTLED:  # nothing of it is for people to change
        return row.status, row.call.get("facts"), row.call.get("revision")
    return (row.status,)
