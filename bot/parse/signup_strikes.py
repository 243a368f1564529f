"""Which parts of a page are struck out by tags; knows nothing of who stands there."""

from __future__ import annotations

import re
from bisect import bisect_right

Span = tuple[int, int]

_TAG = re.compile(r"<(/?)(s|del|strike)\b[^<>]*>|<(span)\b[^<>]*line-through[^<>]*>|</(span)\s*>", re.IGNORECASE)
_HEADING = re.compile(r"\n=")


def struck_spans(masked: str) -> list[Span]:
    """Return the struck spans of a masked page in order; a tag that is never closed strikes its own line.

    A strike does not reach over a heading, whatever a browser shows.
    """
    spans: list[Span] = []
    opened: list[tuple[str, int]] = []
    headings = [match.start() for match in _HEADING.finditer(masked)]
    for match in _TAG.finditer(masked):
        name = (match[2] or match[3] or match[4]).lower()
        if match[3] or not (match[1] or match[4]):
            opened.append((name, match.end()))
            continue
        index = next((i for i in range(len(opened) - 1, max(-1, len(opened) - 20), -1) if opened[i][0] == name), None)
        if index is None:
            continue
        start = opened.pop(index)[1]
        limit = bisect_right(headings, start)
        spans.append((start, min([match.start(), *headings[limit : limit + 1]])))
    for _, start in opened:
        end = masked.find("\n", start)
        spans.append((start, end if end >= 0 else len(masked)))
    return merged(spans)


def merged(spans: list[Span]) -> list[Span]:
    """Return the same spans in order and without overlaps."""
    found: list[Span] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return found


def inside(offset: int, spans: list[Span]) -> bool:
    """Tell whether one of the ordered spans, which do not overlap, holds ``offset``."""
    index = bisect_right(spans, (offset + 1,)) - 1
    return index >= 0 and spans[index][0] <= offset < spans[index][1]


def within(spans: list[Span], start: int, end: int) -> list[Span]:
    """Return the parts of ordered ``spans`` between two offsets, counted from ``start``."""
    found: list[Span] = []
    for index in range(max(0, bisect_right(spans, (start,)) - 1), len(spans)):
        left, right = spans[index]
        if left >= end:
            break
        if right > start:
            found.append((max(left, start) - start, min(right, end) - start))
    return found
