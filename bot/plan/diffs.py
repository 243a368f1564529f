"""What a plan changes, as unified diffs and equal ones once; must not know how a diff is shown.

Python's difflib alone is quadratic: with every other of 50,000 lines changed it takes minutes. So lines that both texts
share are found first, as in the patience diff of Bram Cohen, and difflib gets the small gaps in between: about a second
for such a page, and for every bad case that the tests know.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import Match, SequenceMatcher
from itertools import pairwise

from bot.plan.edits import Edit

_CONTEXT = 3
_SMALL = 2_500  # pairs of lines that difflib may compare
_DEPTH = 8  # how often a gap is divided again before it counts as replaced

_Range = tuple[int, int, int, int]  # of the old lines from, to; of the new lines from, to


@dataclass(frozen=True, slots=True)
class Diff:
    """The hunks of a unified diff without file names, and all pages that it changes or makes in this way."""

    titles: tuple[str, ...]
    creates: bool
    lines: tuple[str, ...]


def grouped(edits: Sequence[Edit]) -> tuple[Diff, ...]:
    """Return the diffs in order of first occurrence; a new page is compared with nothing."""
    found: dict[tuple[bool, tuple[str, ...]], list[str]] = {}
    for edit in edits:
        lines = unified("" if edit.creates else edit.old_text, edit.text)
        found.setdefault((edit.creates, lines), []).append(edit.title)
    return tuple(Diff(tuple(titles), creates, lines) for (creates, lines), titles in found.items())


def unified(old: str, new: str) -> tuple[str, ...]:
    """Return the hunks that make ``new`` of ``old``; only line feeds end a line, and a text without any has none."""
    return tuple(_hunks(_lines(old), _lines(new)))


def _lines(text: str) -> list[str]:
    return text.split("\n") if text else []


class _Matcher(SequenceMatcher[str]):
    """difflib's, but with blocks that are found quickly; they need not be the longest."""

    def __init__(self, old: list[str], new: list[str]) -> None:
        super().__init__(None, old, new)
        self._blocks = [*_merged(sorted(_matches(old, new))), Match(len(old), len(new), 0)]

    def get_matching_blocks(self) -> list[Match]:
        return self._blocks


def _hunks(old: list[str], new: list[str]) -> Iterable[str]:
    if old == new:
        return
    for group in _Matcher(old, new).get_grouped_opcodes(_CONTEXT):
        (_, a0, _, b0, _), (_, _, a1, _, b1) = group[0], group[-1]
        yield f"@@ -{_span(a0, a1)} +{_span(b0, b1)} @@"
        for tag, i0, i1, j0, j1 in group:
            if tag == "equal":
                yield from (f" {line}" for line in old[i0:i1])
            else:
                yield from (f"-{line}" for line in old[i0:i1])
                yield from (f"+{line}" for line in new[j0:j1])


def _span(start: int, end: int) -> str:
    """Return a range as diff writes it: from 1, and the line before where the range is empty."""
    if end - start == 1:
        return str(start + 1)
    return f"{start + (end > start)},{end - start}"


def _matches(old: list[str], new: list[str]) -> Iterable[Match]:
    """Yield blocks of equal lines that do not cross, in no order."""
    todo = [((0, len(old), 0, len(new)), 0)]
    while todo:
        (a0, a1, b0, b1), depth = todo.pop()
        start = a0
        while a0 < a1 and b0 < b1 and old[a0] == new[b0]:
            a0, b0 = a0 + 1, b0 + 1
        yield Match(start, b0 - (a0 - start), a0 - start)
        end = a1
        while a0 < a1 and b0 < b1 and old[a1 - 1] == new[b1 - 1]:
            a1, b1 = a1 - 1, b1 - 1
        yield Match(a1, b1, end - a1)
        if a0 == a1 or b0 == b1:
            continue
        if (a1 - a0) * (b1 - b0) <= _SMALL:
            for block in SequenceMatcher(None, old[a0:a1], new[b0:b1], autojunk=False).get_matching_blocks():
                yield Match(a0 + block.a, b0 + block.b, block.size)
        elif depth < _DEPTH:
            anchors = _anchors(old, new, (a0, a1, b0, b1))
            yield from (Match(a, b, 1) for a, b in anchors)
            if anchors:
                ends = [(a0 - 1, b0 - 1), *anchors, (a1, b1)]
                todo += [((a + 1, x, b + 1, y), depth + 1) for (a, b), (x, y) in pairwise(ends)]


def _anchors(old: list[str], new: list[str], where: _Range) -> list[tuple[int, int]]:
    """Return pairs of equal lines, in order in both: lines that occur once in both, or else any by their number."""
    a0, a1, b0, b1 = where
    once = _once(old[a0:a1]) & _once(new[b0:b1])
    if once:
        place = {line: b for b, line in enumerate(new[b0:b1], b0) if line in once}
        return _ascending([(a, place[line]) for a, line in enumerate(old[a0:a1], a0) if line in once])
    numbered = {key: b for b, key in enumerate(_numbered(new[b0:b1]), b0)}
    return _ascending([(a, numbered[key]) for a, key in enumerate(_numbered(old[a0:a1]), a0) if key in numbered])


def _once(lines: list[str]) -> set[str]:
    return {line for line, number in Counter(lines).items() if number == 1}


def _numbered(lines: list[str]) -> Iterable[tuple[str, int]]:
    """Yield each line with how many equal ones stand before it."""
    seen: Counter[str] = Counter()
    for line in lines:
        yield line, seen[line]
        seen[line] += 1


def _ascending(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the longest choice of ``pairs`` whose second number also ascends (patience sorting)."""
    tops: list[int] = []
    heads: list[int] = []
    before: list[int] = []
    for index, (_, b) in enumerate(pairs):
        pile = bisect_left(tops, b)
        before.append(heads[pile - 1] if pile else -1)
        tops[pile : pile + 1] = [b]
        heads[pile : pile + 1] = [index]
    chosen = []
    index = heads[-1] if heads else -1
    while index >= 0:
        chosen.append(pairs[index])
        index = before[index]
    return chosen[::-1]


def _merged(blocks: Iterable[Match]) -> Iterable[Match]:
    """Yield the blocks, those that touch in both texts as one, and no empty ones."""
    last = Match(0, 0, 0)
    for block in blocks:
        if (last.a + last.size, last.b + last.size) == (block.a, block.b):
            last = Match(last.a, last.b, last.size + block.size)
        else:
            if last.size:
                yield last
            last = block
    if last.size:
        yield last
