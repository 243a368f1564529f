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
_GAP = re.compile(r"[\s_\-\u2010-\u2015]+")


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
    broken = list(ruins)
    unreadable = set(_ids_in_ruins(text, calls, ruins))
    nested = _with_calls_inside(calls)
    headers = [call for call in calls if call.name == HEADER and call.start not in nested]
    broken += [_broken(text, call, "the page has a header already") for call in headers[1:]]
    broken += [
        _broken(text, call, "a row stands inside the header")
        for call in calls
        if call.name == HEADER and call.start in nested
    ]
    kept: dict[str, tuple[Row, ...]] = {}
    for name in (FLAG, SETTLED):
        whole: list[Row] = []
        for row in (_row(call) for call in calls if call.name == name):
            if why := _why_unreadable(row, nested):
                broken.append(_broken(text, row.call, why))
                unreadable |= {row.id} if _ID.fullmatch(row.id) else set()
            else:
                whole.append(row)
        doubtful = list(_repeated(whole))
        broken += [_broken(text, row.call, why) for row, why in doubtful]
        twice = {row.id for row, _ in doubtful}
        unreadable |= twice
        kept[name] = tuple(row for row in whole if row.id not in twice)
    for name, rows in kept.items():
        broken += [_broken(text, row.call, _also_broken(row)) for row in rows if row.id in unreadable]
        kept[name] = tuple(row for row in rows if row.id not in unreadable)
    return ReviewPage(
        header=headers[0] if headers else None,
        rows=kept[FLAG],
        settled=kept[SETTLED],
        broken=tuple(sorted(broken, key=lambda entry: entry.start)),
        unreadable_ids=frozenset(unreadable),
    )


def status_of(value: str) -> str:
    """Return a status as it is compared: lower case, with single spaces; "open" where nothing is given."""
    return _GAP.sub(" ", _UNSEEN.sub("", value)).strip().lower() or OPEN


def _row(call: Call) -> Row:
    return Row(call.get("id"), status_of(call.get("status")), call.get("comment"), call)


def _why_unreadable(row: Row, nested: frozenset[int]) -> str:
    if not row.id:
        return "it has no id"
    if not _ID.fullmatch(row.id):
        return "its id is none that the bot gives: 6 to 32 of a-z and 0-9"
    if row.call.start in nested:
        return f"another row stands inside it; its id is {row.id}"
    return ""


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


def _also_broken(row: Row) -> str:
    return f"the id {row.id} stands also in a row that cannot be read; repair or take away that one"


def _with_calls_inside(calls: tuple[Call, ...]) -> frozenset[int]:
    """Return the starts of the calls that hold another one; calls come by offset and never cross."""
    return frozenset(outer.start for outer, inner in pairwise(calls) if inner.start < outer.end)


def _ids_in_ruins(text: str, calls: tuple[Call, ...], ruins: tuple[Broken, ...]) -> Iterator[str]:
    """Give the ids between the start of each broken call and the next call."""
    starts = sorted({*(call.start for call in calls), *(ruin.start for ruin in ruins), len(text)})
    after = dict(pairwise(starts))
    for ruin in ruins:
        yield from _ID_IN_RUINS.findall(without_comments(text[ruin.start : after[ruin.start]]))


def _broken(text: str, call: Call, why: str) -> Broken:
    return Broken(call.line, text[call.start : min(call.end, call.start + _SHOWN)], call.start, why)
