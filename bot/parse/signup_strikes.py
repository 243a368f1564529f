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
    for match in _TAG.finditer(masked):
        name = (match[2] or match[3] or match[4]).lower()
        if match[3] or not (match[1] or match[4]):
            opened.append((name, match.end()))
            continue
        index = next((i for i in range(len(opened) - 1, max(-1, len(opened) - 20), -1) if opened[i][0] == name), None)
        if index is None:
            continue
        start = opened.pop(index)[1]
        heading = _HEADING.search(masked, start, match.start())
        spans.append((start, heading.start() if heading else match.start()))
    for _, start in opened:
        end = masked.find("\n", start)
        spans.append((start, end if end >= 0 else len(masked)))
    return _merged(sorted(spans))


def _merged(spans: list[Span]) -> list[Span]:
    merged: list[Span] = []
    for start, end in spans:
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return merged


def within(spans: list[Span], start: int, end: int) -> list[Span]:
    """Return the parts of ordered ``spans`` between two offsets, counted from ``start``."""
    found: list[Span] = []
    for left, right in spans[max(0, bisect_right(spans, (start,)) - 1) :]:
        if left >= end:
            break
        if right > start:
            found.append((max(left, start) - start, min(right, end) - start))
    return found
