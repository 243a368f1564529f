"""Reads the review page of an event back: its flags and what reviewers set; must not know who set it, nor judge it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from bot.model import SiteInfo
from bot.parse.calls import Broken, Call, find, without_comments

HEADER = "Event safety review"
FLAG = "Event safety flag"
SETTLED = "Event safety settled"
OPEN = "open"
_SHOWN = 200
_NAMED = 5  # lines in one sentence

_ID = re.compile(r"[a-z0-9]{6,32}")
_ID_IN_RUINS = re.compile(r"\|\s*id\s*=\s*([a-z0-9]{6,32})(?![A-Za-z0-9])")
_UNSEEN = re.compile("[\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")


@dataclass(frozen=True, slots=True)
class Row:
    """One flag as it stands on the page; ``status`` is normalised, "open" where none is given."""

    id: str
    status: str
    comment: str
    call: Call


@dataclass(frozen=True, slots=True)
class ReviewPage:
    """What a review page says; ``unreadable_ids`` stand on it in a form that must not be touched, each with a Broken.

    No row of ``rows`` or ``settled`` has an unreadable id, contains another call of the three, or shares its id within
    its kind.
    """

    header: Call | None = None
    rows: tuple[Row, ...] = ()
    settled: tuple[Row, ...] = ()
    broken: tuple[Broken, ...] = ()
    unreadable_ids: frozenset[str] = frozenset()


def read(text: str, site: SiteInfo) -> ReviewPage:
    """Read a review page; never raises, whatever people made of the page."""
    calls, ruins = find(text, (HEADER, FLAG, SETTLED), site)
    broken = [*ruins, *_unusable(text, calls)]
    unreadable = set(_ids_in_ruins(text, calls, broken))
    left = {entry.start for entry in broken}
    whole = [call for call in calls if call.start not in left]
    rows = {name: [_row(call) for call in whole if call.name == name] for name in (FLAG, SETTLED)}
    for same_kind in rows.values():
        doubtful = list(_repeated(same_kind))
        broken += [_broken(text, row.call, why) for row, why in doubtful]
        unreadable |= {row.id for row, _ in doubtful}
    left = {entry.start for entry in broken}
    broken += [
        _broken(
            text, row.call, f"the id {row.id} stands also in a row that cannot be read; repair or take away that one"
        )
        for row in (*rows[FLAG], *rows[SETTLED])
        if row.id in unreadable and row.call.start not in left
    ]
    return ReviewPage(
        header=next((call for call in whole if call.name == HEADER), None),
        rows=tuple(row for row in rows[FLAG] if row.id not in unreadable),
        settled=tuple(row for row in rows[SETTLED] if row.id not in unreadable),
        broken=tuple(sorted(broken, key=lambda entry: entry.start)),
        unreadable_ids=frozenset(unreadable),
    )


def status_of(value: str) -> str:
    """Return a status as the template compares it: lower case; "open" where nothing is given."""
    return _UNSEEN.sub("", value).strip().lower() or OPEN


def _row(call: Call) -> Row:
    return Row(call.get("id"), status_of(call.get("status")), call.get("comment"), call)


def _unusable(text: str, calls: tuple[Call, ...]) -> Iterator[Broken]:
    """Give the complete calls that are no row and no header of their own."""
    nested = _with_calls_inside(calls)
    headers = 0
    for call in calls:
        identity = call.get("id")
        if call.start in nested:
            yield _broken(text, call, "another row or header stands inside it: a }} is missing")
        elif call.name == HEADER:
            headers += 1
            if headers > 1:
                yield _broken(text, call, "the page has a header already")
        elif not identity:
            yield _broken(text, call, "it has no id")
        elif not _ID.fullmatch(identity):
            yield _broken(text, call, "its id is none that the bot gives: 6 to 32 of a-z and 0-9")


def _repeated(rows: Iterable[Row]) -> Iterator[tuple[Row, str]]:
    """Give the rows whose id is not theirs alone, each with the sentence that names the lines."""
    of_id: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        of_id[row.id].append(row)
    for same in of_id.values():
        if len(same) > 1:
            lines = " and ".join(str(row.call.line) for row in same[:_NAMED]) + (" and more" if same[_NAMED:] else "")
            why = f"the id {same[0].id} stands in more than one row: lines {lines}; take one away"
            yield from ((row, why) for row in same)


def _with_calls_inside(calls: tuple[Call, ...]) -> frozenset[int]:
    """Return the starts of the calls that hold another one; calls come by offset and never cross."""
    return frozenset(outer.start for outer, inner in pairwise(calls) if inner.start < outer.end)


def _ids_in_ruins(text: str, calls: Iterable[Call], ruins: Iterable[Broken]) -> Iterator[str]:
    """Give what looks like an id between the start of each broken call and the next call."""
    starts = sorted({*(call.start for call in calls), *(ruin.start for ruin in ruins), len(text)})
    after = dict(pairwise(starts))
    for ruin in ruins:
        yield from _ID_IN_RUINS.findall(without_comments(text[ruin.start : after[ruin.start]]))


def _broken(text: str, call: Call, why: str) -> Broken:
    return Broken(call.line, text[call.start : min(call.end, call.start + _SHOWN)], call.start, why)
