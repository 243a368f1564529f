"""Which claims on a text count where several overlap, and which pieces of it stay; knows no name and no language.

Each look-up is a bisection, so that a text of many claims takes time by its length and not by its square.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable, Iterator

from bot.private import anonymize_marks
from bot.private.anonymize_view import Claim, Rank, is_boundary


class Spans:
    """Pieces of a text that do not overlap, in order."""

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        self._spans: list[tuple[int, int]] = []
        for span in sorted(spans):
            if self._spans and span[0] < self._spans[-1][1]:
                before = self._spans.pop()
                self._spans.append((before[0], max(before[1], span[1])))
            else:
                self._spans.append(span)

    def hold(self, claim: Claim) -> bool:
        """Whether a claim stands wholly within one of the pieces; one that only touches it does not."""
        return self.around(claim) is not None

    def around(self, claim: Claim) -> tuple[int, int] | None:
        """Return the piece in which a claim stands wholly."""
        at = bisect_right(self._spans, claim.start, key=lambda span: span[0]) - 1
        return self._spans[at] if at >= 0 and claim.end <= self._spans[at][1] else None

    def between(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """Yield the pieces that stand wholly between two places."""
        for at in range(bisect_left(self._spans, start, key=lambda span: span[0]), len(self._spans)):
            if self._spans[at][0] >= end:
                return
            if self._spans[at][1] <= end:
                yield self._spans[at]


def kept_spans(text: str, keep: Iterable[str]) -> Spans:
    """Return where the phrases of ``keep`` stand in ``text`` as whole words: "Mark" does not keep "Markus"."""
    phrases = [bare for phrase in keep if (bare := phrase.strip())]
    found = (m.span() for phrase in dict.fromkeys(phrases) for m in re.finditer(re.escape(phrase), text))
    return Spans((start, end) for start, end in found if _is_whole(text, start, end))


def _is_whole(text: str, start: int, end: int) -> bool:
    begins = start == 0 or is_boundary(text[start - 1], text[start])
    return begins and (end == len(text) or is_boundary(text[end - 1], text[end]))


def chosen_of(text: str, claims: Iterable[Claim]) -> list[Claim]:
    """Return claims that do not overlap, in order; a name within the address of a page takes the whole address."""
    same: dict[tuple[int, int, int], Claim] = {}
    for claim in claims:
        key = (claim.rank, claim.start, claim.end)
        before = same.get(key)
        same[key] = claim._replace(owners=claim.owners | before.owners) if before and not claim.shown else claim
    pages = Spans(anonymize_marks.pages(text))
    ordered = [_whole_page(claim, pages) for claim in sorted(same.values(), key=_precedence)]
    kept: list[Claim] = []
    for claim in sorted(ordered, key=_precedence):
        over = _over(kept, claim.start, claim.end)
        if not over:
            insort(kept, claim, key=_start)
        elif len(over) == 1 and claim.rank == Rank.NAME > over[0].rank:
            del kept[bisect_left(kept, over[0].start, key=_start)]
            insort(kept, _around(over[0], claim, kept), key=_start)
    return kept


def _precedence(claim: Claim) -> tuple[int, int, int]:
    return claim.rank, claim.start - claim.end, claim.start


def _start(claim: Claim) -> int:
    return claim.start


def _over(kept: list[Claim], start: int, end: int) -> list[Claim]:
    """Return those of ``kept``, which are in order and apart, that overlap a piece of the text."""
    at = bisect_left(kept, start, key=_start)
    first = at - 1 if at and kept[at - 1].end > start else at
    return kept[first : bisect_left(kept, end, key=_start)]


def _around(claim: Claim, name: Claim, kept: list[Claim]) -> Claim:
    """Return a claim with what stands out of it of a name that begins or ends within it."""
    start, end = min(claim.start, name.start), max(claim.end, name.end)
    return claim if _over(kept, start, end) else claim._replace(start=start, end=end)


def _whole_page(claim: Claim, pages: Spans) -> Claim:
    if not claim.owners or claim.rank == Rank.LINK:
        return claim
    around = pages.around(claim)
    return claim if around is None else Claim(*around, Rank.LINK, shown=anonymize_marks.LINK)
