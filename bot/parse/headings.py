"""The headings of a page, found line by line whatever decorates or wraps them; must not know what they say.

A scan of lines finds headings where a parser's tree does not: in ``<translate>``, ``<div>``, table cells and template
arguments, as ``<h2>``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.parse.markup import Line, visible

PSEUDO_LEVEL = 7  # below every real heading
LONGEST_HEADING = 1000


@dataclass(frozen=True, slots=True)
class Heading:
    """One heading: ``text`` without its signs, ``line`` where it begins.

    ``closes`` and ``box`` are for templates that stand for one: it ends a part of the page, it is a collapsed box.
    """

    level: int
    text: str
    line: Line
    closes: bool = False
    box: bool = False


_HEADING = re.compile(r"(={1,6})(.+?)(={1,6})\s*(?:<[^<>]*>\s*|\{\{[^{}]*\}\}\s*)*$")
_WRAPPED = re.compile(r"^\s*(?:<[^<>]*>\s*|\{\{[^{}]*\}\}\s*)*(?==)")
_H_TAG = re.compile(r"<h([1-6])\b[^<>]*>(.{0,500}?)</h\1\s*>", re.IGNORECASE | re.DOTALL)
_BOLD_LINE = re.compile(
    r"[:\s]*(?:<[^<>]*>\s*)*(?:'''+|<b>|<big>|<u>)(.{1,200}?)(?:'''+|</b>|</big>|</u>)[\s:：.]*(?:<[^<>]*>\s*)*$"
)
_DEFINITION = re.compile(r";\s*(.{1,200}?)[\s:：]*$")


def real_heading(text: str, line: Line) -> Heading | None:
    """Return the heading that ``text``, what is seen of ``line`` without the blanks around it, is."""
    if "=" not in text or len(text) > LONGEST_HEADING or text[0] not in "=<{":
        return None
    match = _HEADING.match(_WRAPPED.sub("", text, count=1))
    if match is None or not match[2].strip("= "):
        return None
    return Heading(min(len(match[1]), len(match[3])), match[2].strip(), line)


def tagged_headings(lines: Sequence[Line]) -> dict[int, Heading]:
    """Return the headings that are written as ``<h2>``, by the index of the line on which they end."""
    found: dict[int, Heading] = {}
    for index, line in enumerate(lines):
        lower = line.text.lower()
        if "<h" not in lower:
            continue
        joined = "\n".join(following.text for following in lines[index : index + 4])[:4000]
        match = _H_TAG.search(visible(joined))
        if match and match.start() <= len(line.text):
            last = index + visible(joined)[: match.end()].count("\n")
            found[last] = Heading(int(match[1]), " ".join(match[2].split()), line)
    return found


def bold_line(text: str) -> str:
    """Return what a bold line or a definition term of its own says, with its markup; empty for any other line."""
    match = (_DEFINITION if text.startswith(";") else _BOLD_LINE).match(text) if len(text) < 300 else None
    return match[1] if match else ""
