"""Global blocks of accounts, by ``list=globalblocks``, whose rows name an account as it was called when blocked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import quote

import msgspec

from bot.errors import AnswerError, WikiError
from bot.model import Fact, NotKnown, Restriction, Severity
from bot.read import renames
from bot.read.batches import cut, joined
from bot.read.session import Session

_GONE = frozenset({"nosuchuser", "nosuchusershort", "baduser", "invaliduser"})
_ENDLESS = frozenset({"infinite", "infinity", "indefinite", "never"})
# How many requests beyond one a batch may be spent on blocks under older names and on batches that were refused.
_MOST_EXTRA = 60


class _Row(msgspec.Struct):
    id: int | str
    target: str | None = None
    timestamp: str = ""
    expiry: str = ""


class _Rows(msgspec.Struct):
    globalblocks: list[_Row]


@dataclass(slots=True)
class BlocksRead:
    """A fact for each name that was answered, and why the others were not."""

    facts: dict[str, Fact] = field(default_factory=dict)
    failed: str = ""


def read(session: Session, registered: Mapping[str, str]) -> BlocksRead:
    """Ask about accounts that are known to exist; ``registered`` maps their present names to their registration times.

    One request for each ``session.limit`` names, and a few more for each block under an older name.
    """
    return _Reader(session, registered).read()


def endless(expiry: str) -> bool:
    """Tell whether a block never ends, in the words of any module."""
    return expiry in _ENDLESS


class _Reader:
    def __init__(self, session: Session, registered: Mapping[str, str]) -> None:
        self._session = session
        self._registered = registered
        self._extra = _MOST_EXTRA + len(registered) // session.limit + 1
        self._read = BlocksRead()

    def read(self) -> BlocksRead:
        try:
            for batch in cut(list(self._registered), self._session.limit):
                for part, rows in self._answers(batch):
                    if isinstance(rows, NotKnown):
                        self._read.facts |= dict.fromkeys(part, rows)
                    else:
                        self._assign(part, rows)
        except WikiError as error:
            self._read.failed = str(error)
        return self._read

    def _answers(self, names: Sequence[str]) -> Iterator[tuple[Sequence[str], list[_Row] | NotKnown]]:
        """Ask about names together; where the wiki refuses one of them or cuts its answer, in ever smaller parts."""
        trouble = "The wiki cut its answer about global blocks."
        try:
            rows, complete = self._ask(names)
            if complete:
                yield names, rows
                return
        except AnswerError as error:
            if error.code not in _GONE:
                raise
            trouble = "The wiki knows no global account of this name any more, so a global block cannot be ruled out."
        if len(names) == 1:
            yield names, NotKnown(trouble)
            return
        half = len(names) // 2
        yield from self._answers(names[:half])
        yield from self._answers(names[half:])

    def _ask(self, names: Sequence[str]) -> tuple[list[_Row], bool]:
        self._extra -= 1
        if self._extra < 0:
            raise AnswerError(f"{self._session.api} needs too many requests to tell whose global blocks it names.")
        answer = self._session.query(
            list="globalblocks", bgtargets=joined(names), bgprop="id|target|timestamp|expiry", bglimit="max"
        )
        return self._session.shaped(answer.get("query", {}), _Rows).globalblocks, "continue" not in answer

    def _assign(self, names: Sequence[str], rows: Sequence[_Row]) -> None:
        """Give each row to its account; automatic blocks of addresses have no target and are nobody's."""
        rest = dict.fromkeys(names)
        strays: list[_Row] = []
        for row in (row for row in rows if row.target):
            # A block older than the account of that name belongs to another account, which was called so then.
            if row.target in rest and row.timestamp >= self._registered[row.target]:
                self._give(row, row.target)
                del rest[row.target]
            else:
                strays.append(row)
        for row in strays:
            owner = self._owner(row, list(rest))
            if owner is None:
                unsure = NotKnown("A global block under an older name was found, and it cannot be told whose it is.")
                self._read.facts |= dict.fromkeys(rest, unsure)
                return
            self._give(row, owner)
            rest.pop(owner, None)
        self._read.facts |= dict.fromkeys(rest)

    def _give(self, row: _Row, name: str) -> None:
        self._read.facts[name] = Restriction(
            Severity.GLOBAL_BLOCK,
            f"global block {row.id}",
            since=row.timestamp,
            expiry="" if endless(row.expiry) else row.expiry,
            url=self._session.url(f"Special:GlobalBlockList/{quote(name, safe=' :')}"),
        )

    def _owner(self, row: _Row, names: Sequence[str]) -> str | None:
        """Find whose block a row is, by the rename log or by asking about ever fewer names; asking singly proves it."""
        for step in reversed(renames.chain(self._session, row.target or "")):
            if step.new in names and self._has(row, [step.new]):
                return step.new
        while len(names) > 1:
            half = names[: len(names) // 2]
            names = half if self._has(row, half) else names[len(names) // 2 :]
        return names[0] if names and self._has(row, names) else None

    def _has(self, row: _Row, names: Sequence[str]) -> bool:
        found = (rows for _, rows in self._answers(names) if not isinstance(rows, NotKnown))
        return any(str(other.id) == str(row.id) for rows in found for other in rows)
