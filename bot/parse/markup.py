"""Which parts of a wikitext are seen: hides comments, nowiki and their like and keeps every offset; knows no page.

Hidden characters become ``HIDDEN`` (NUL, which no wiki page can hold), line ends stay, so that an offset in the
masked text is an offset in the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

HIDDEN = "\x00"
LONGEST_PLAIN = 2000  # nobody reads more of a heading, a label or a cell

# Elements whose content is not wikitext, and elements (Translate, inclusion) that are only brackets around wikitext.
_OPAQUE = (
    "nowiki|pre|syntaxhighlight|source|math|chem|ce|score|timeline|hiero|graph|mapframe|templatedata|inputbox|"
    "templatestyles|section|categorytree|rss"
)
_BRACKETS = "translate|tvar|languages|noinclude|onlyinclude|includeonly"
_START = re.compile(
    rf"<!--|<(?P<opaque>{_OPAQUE})\b(?P<attributes>[^<>]*)>|</?(?:{_BRACKETS})\b[^<>]*>|</>", re.IGNORECASE
)
_VISIBLE = re.compile(r"[^\n]")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a page: ``number`` from 1, ``start`` its offset, ``text`` masked, ``raw`` as it stands."""

    number: int
    start: int
    text: str
    raw: str


def mask(text: str) -> str:
    """Return ``text`` with everything hidden that MediaWiki does not read as wikitext; same length, same lines.

    An unclosed comment hides the rest, an unclosed ``<nowiki>`` hides nothing, as in MediaWiki; CR is a line end.
    """
    text = text.replace(HIDDEN, " ").replace("\r\n", HIDDEN + "\n").replace("\r", "\n")
    pieces: list[str] = []
    done = 0
    for start, end in hidden_spans(text):
        pieces.append(text[done:start])
        pieces.append(_VISIBLE.sub(HIDDEN, text[start:end]))
        done = end
    pieces.append(text[done:])
    return "".join(pieces)


def hidden_spans(text: str) -> Iterator[tuple[int, int]]:
    """Return what ``mask`` hides, in order: comments, elements that are no wikitext, single tags that are brackets."""
    position = 0
    unclosed: set[str] = set()
    while match := _START.search(text, position):
        position = match.end()
        if match[0] == "<!--":
            closed = text.find("-->", position)
            position = closed + 3 if closed >= 0 else len(text)
        elif match["opaque"] and not match["attributes"].endswith("/"):
            tag = match["opaque"].lower()
            end = None if tag in unclosed else re.compile(rf"</{tag}\s*>", re.IGNORECASE).search(text, position)
            if end is None:
                unclosed.add(tag)
                continue
            position = end.end()
        yield match.start(), position


def lines(text: str, masked: str) -> list[Line]:
    """Return the lines of a page; ``masked`` is ``mask(text)``."""
    found: list[Line] = []
    start = 0
    for number, part in enumerate(masked.split("\n"), 1):
        found.append(Line(number, start, part, text[start : start + len(part)]))
        start += len(part) + 1
    return found


def visible(text: str) -> str:
    """Return masked ``text`` without what is hidden."""
    return text.replace(HIDDEN, "")


_LINK = re.compile(r"\[\[(?:[^\[\]|]*\|)?([^\[\]]*)\]\]")
_EXTERNAL = re.compile(r"\[(?:https?:)?//[^\s\[\]]*\s*([^\[\]]*)\]")
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_QUOTES = re.compile(r"'{2,}")
_BRACES = re.compile(r"\{\{+|\}\}+")


def plain(text: str) -> str:
    """Return what a reader sees of a short masked wikitext: links as their label, templates and tags left out."""
    text = visible(text)[:LONGEST_PLAIN]
    text = _EXTERNAL.sub(r"\1", _LINK.sub(r"\1", without_templates(text)))
    return " ".join(_QUOTES.sub("", _TAG.sub(" ", text)).split())


def without_templates(text: str) -> str:
    """Return ``text`` without its balanced templates; braces that are never closed stay."""
    if "{{" not in text:
        return text
    kept: list[str] = []
    opened: list[tuple[int, int]] = []  # where a template opens, and how many pieces were kept before it
    done = 0
    for match in _BRACES.finditer(text):
        if match[0].startswith("{"):
            kept.append(text[done : match.start()])
            opened.append((match.start(), len(kept)))
            kept.append(match[0])
        elif opened:
            _, count = opened.pop()
            del kept[count:]
        else:
            kept.append(text[done : match.end()])
        done = match.end()
    kept.append(text[done:])
    return "".join(kept)
