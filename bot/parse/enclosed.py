"""Which parts of a page are inside something that a new block must not be put into; must not know what the block is.

Inside are: calls, links, language variants, tables, lists, elements (those of Translate and of inclusion too),
comments, text that is no wikitext, labelled sections, marked lists, and boxes that one template opens and another one
closes.
An element of HTML that is never closed holds nothing, as there is no end before which a block could stand; one that
strikes out or hides goes on to the end.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.parse.calls import bracketed
from bot.parse.markup import HIDDEN, hidden_spans, lines, mask, visible
from bot.parse.signup_markers import marked_regions

Span = tuple[int, int]

_NOWIKI = re.compile(r"<nowiki>.*?</nowiki>", re.DOTALL)
_TRANSLATE = re.compile(r"<(/?)translate(?: nowrap)?>")
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)\b[^<>]*?(/?)>")
_VOID = frozenset({"br", "hr", "img", "wbr", "p", "li", "dt", "dd", "tr", "td", "th", "languages", "section"})
_TO_THE_END = frozenset({"s", "del", "strike", "noinclude", "includeonly", "onlyinclude"})
_INCLUSION = re.compile(r"<(/?)(noinclude|includeonly|onlyinclude)\b[^<>]*?(/?)>", re.IGNORECASE)
_SECTION = re.compile(r"<section\s+(begin|end)\s*=\s*[\"']?([^<>\"'/]{1,100}?)[\"']?\s*/>", re.IGNORECASE)
_NAME = re.compile(r"\{\{\s*([^|{}\n]{1,100})")
_OPENS = re.compile(r"[ _/-]*\b(?:top|start|begin|beginn|inicio|début|debut)$")
_CLOSES = re.compile(r"[ _/-]*\b(?:bottom|end|fin|final|ende|close)$|^end (?:of )?")
_PAIRS = {"cob": "cot", "hab": "hat", "archive bottom": "archive top"}
_ITEM = "*#:;"


@dataclass(frozen=True, slots=True)
class Enclosed:
    """``spans`` are merged and in order; an offset strictly between a start and its end is inside.

    ``trouble`` is a sentence where the page's markup does not say what is inside what, so that no place is safe.
    """

    spans: tuple[Span, ...]
    trouble: str = ""

    def holds(self, offset: int) -> bool:
        """Tell whether ``offset`` is inside something."""
        index = bisect_left(self.spans, (offset,)) - 1
        return index >= 0 and offset < self.spans[index][1]


def enclosed(text: str) -> Enclosed:
    """Return what is inside something on the page ``text``."""
    masked = mask(text)
    translated = _translate(text)
    if translated is None:
        return Enclosed((), "its <translate> tags are not balanced")
    beyond = len(text) + 1
    brackets = bracketed(text, masked)
    hidden = [(start, beyond if _is_open_comment(text, start, end) else end) for start, end in hidden_spans(text)]
    flat = _blanked(masked, brackets)
    spans = [*translated, *brackets, *hidden, *_tables(text, flat), *_tags(flat, beyond), *_inclusion(text, hidden)]
    spans += [*_labelled(text, hidden), *_boxes(text, brackets), *_lists(text, masked)]
    begins, ends = {end: start for start, end in hidden}, dict(hidden)
    spans += [(begins.get(start, start), ends.get(end, end)) for _, start, end in marked_regions(text)]
    return Enclosed(_merged(spans))


def translated(text: str) -> tuple[str, ...] | None:
    """Return what stands inside ``<translate>``, with its tags; None where they are not balanced."""
    spans = _translate(text)
    return None if spans is None else tuple(text[start:end] for start, end in spans)


def _is_open_comment(text: str, start: int, end: int) -> bool:
    return text.startswith("<!--", start) and (end - start < 7 or not text.endswith("-->", start, end))


def _translate(text: str) -> list[Span] | None:
    """Return the units' surroundings as Translate sees them (comments do not count, nowiki does); None: unbalanced."""
    armoured = _NOWIKI.sub(lambda found: HIDDEN * len(found[0]), text)
    found: list[Span] = []
    opened: int | None = None
    for match in _TRANSLATE.finditer(armoured):
        if (opened is None) == bool(match[1]):
            return None
        if opened is None:
            opened = match.start()
        else:
            found.append((opened, match.end()))
            opened = None
    return found if opened is None else None


def _blanked(masked: str, spans: Iterable[Span]) -> str:
    """Return the page with what stands in brackets hidden, line ends too."""
    pieces: list[str] = []
    done = 0
    for start, end in _merged(spans):
        pieces += (masked[done:start], HIDDEN * (end - start))
        done = end
    return "".join((*pieces, masked[done:]))


def _tables(text: str, flat: str) -> list[Span]:
    """Return the tables; one that is never closed goes on to the end."""
    found: list[Span] = []
    opened: list[int] = []
    for line in lines(text, flat):
        words = visible(line.text).strip()
        if words.lstrip(":").lstrip().startswith("{|"):
            opened.append(line.start)
        elif words.startswith("|}") and opened:
            start = opened.pop()
            if not opened:
                found.append((start, line.start + line.text.index("|}") + 2))
    return [*found, (opened[0], len(text) + 1)] if opened else found


def _tags(flat: str, beyond: int) -> list[Span]:
    """Return the elements that are closed, and those that need no end to work on."""
    found: list[Span] = []
    opened: list[tuple[str, int]] = []
    open_now: Counter[str] = Counter()
    for match in _TAG.finditer(flat):
        name = match[2].lower()
        if name in _VOID or (match[3] and not match[1]):
            continue
        if not match[1]:
            opened.append((name, match.start()))
            open_now[name] += 1
        elif open_now[name]:
            while True:
                other, start = opened.pop()
                open_now[other] -= 1
                if other == name:
                    found.append((start, match.end()))
                    break
                found += [(start, beyond)] if other in _TO_THE_END else []
    return [*found, *((start, beyond) for name, start in opened if name in _TO_THE_END)]


def _inclusion(text: str, hidden: Sequence[Span]) -> list[Span]:
    """Return the halves of a page that are for transclusion or against it."""
    found: list[Span] = []
    opened: dict[str, int] = {}
    for start, end in hidden:
        match = _INCLUSION.fullmatch(text, start, end) if end <= len(text) else None
        if match is None or match[3]:
            continue
        name = match[2].lower()
        if not match[1]:
            opened.setdefault(name, start)
        elif name in opened:
            found.append((opened.pop(name), end))
    return [*found, *((start, len(text) + 1) for start in opened.values())]


def _labelled(text: str, hidden: Sequence[Span]) -> list[Span]:
    """Return the labelled sections, which other pages show."""
    found: list[Span] = []
    opened: dict[str, int] = {}
    for start, end in hidden:
        match = _SECTION.fullmatch(text, start, end) if end <= len(text) else None
        if match and match[1].lower() == "begin":
            opened.setdefault(match[2], start)
        elif match and match[2] in opened:
            found.append((opened.pop(match[2]), end))
    return found


def _boxes(text: str, brackets: Sequence[Span]) -> list[Span]:
    """Return what stands between a template that opens a box and the one that closes it."""
    found: list[Span] = []
    opened: list[tuple[str, int]] = []
    open_now: Counter[str] = Counter()
    for start, end in brackets:
        match = _NAME.match(text, start, end)
        name = " ".join(match[1].replace("_", " ").lower().split()) if match else ""
        base = _PAIRS.get(name) or _CLOSES.sub("", name)
        if base != name:
            while open_now[base]:
                other, first = opened.pop()
                open_now[other] -= 1
                if other == base:
                    found.append((first, end))
                    break
        elif name:
            opened.append((name if name in _PAIRS.values() else _OPENS.sub("", name), start))
            open_now[opened[-1][0]] += 1
    return found


def _lists(text: str, masked: str) -> list[Span]:
    """Return what stands from the first to the last item of each list, blank lines between items too."""
    found: list[Span] = []
    items: Span | None = None
    for line in lines(text, masked):
        words = visible(line.text).lstrip()
        if words and visible(line.text)[0] in _ITEM and line.text.startswith(tuple(_ITEM)):
            items = (items[0] if items else line.start, line.start + len(line.text))
        elif words or HIDDEN in line.text:
            found += [items] if items else []
            items = None
    return [*found, items] if items else found


def _merged(spans: Iterable[Span]) -> tuple[Span, ...]:
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)
