"""Decides which parts of a ban list page are read, by headings alone; must not look at whom the lines name.

The trap of such pages is a section of people who are *not* banned, in the same form as the sections of those who are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.parse import banlist_words, markup
from bot.parse.banlist_words import Kind

_HEADING = re.compile(r"(={1,6})(.+?)\1\s*$")
_HTML_HEADING = re.compile(r"<h([1-6])\b[^<>]*>(.*?)</h\1\s*>", re.IGNORECASE)
_PSEUDO_HEADING = re.compile(r"\s*;([^:\[{]+)$|\s*'''([^'\[{]+)'''\s*:?\s*$")
_OPENS_BLOCK = re.compile(
    r"\{\{\s*(?:div[ -]?col(?![ -]?end)|columns-list|columns-start|col-?begin)|<div\b[^<>]*\bcolumn", re.IGNORECASE
)
_CLOSES_BLOCK = re.compile(
    r"\{\{\s*(?:div[ -]?col[ -]?end|end[ -]?div[ -]?col|columns-end|col-?end)\s*\}\}|^\s*(?:</div>|\}\})\s*$",
    re.IGNORECASE,
)
_NOT_READ = frozenset({Kind.OTHER, Kind.PROCEDURE})
_COUNT = re.compile(r"\s*(?:[(（]\s*\d+\s*[)）])?\s*[:：]?\s*$")


@dataclass(frozen=True, slots=True)
class Zone:
    """What becomes of the accounts in a part of the page.

    With an ``authority`` they are entries, without one they are ignored because of ``why``; if ``suspect``, a list
    line with an account there makes the page unrecognised, for it may list bans under words that are not known.
    """

    section: str
    authority: str = ""
    why: str = ""
    suspect: bool = False


@dataclass(frozen=True, slots=True)
class Heading:
    """A section heading: ``level`` 1 to 6, ``title`` without markup, ``key`` as headings are compared."""

    level: int
    title: str
    key: str


@dataclass(frozen=True, slots=True)
class Placed:
    """A line of the page and its zone."""

    line: markup.Line
    zone: Zone
    heading: bool = False


def heading_key(text: str) -> str:
    """Return a heading in the form in which headings are compared: no markup, case, anchors or count."""
    return _COUNT.sub("", markup.plain(markup.mask(text))).casefold()


def heading(line: markup.Line) -> Heading | None:
    """Return the heading that ``line`` is, None for other lines."""
    text = markup.visible(line.text).strip()
    wiki = _HEADING.match(text)
    found = wiki or _HTML_HEADING.match(text)
    if found is None:
        return None
    title = markup.plain(found[2])
    return Heading(len(found[1]) if wiki else int(found[1]), title, _COUNT.sub("", title).casefold())


def by_sections(lines: Sequence[markup.Line], wanted: Mapping[str, str]) -> Iterator[Placed]:
    """Place the lines of a page of which only the sections ``wanted`` (heading key to authority) are read.

    Subsections belong to their section unless they speak of something else. Every other section is suspect unless its
    heading surely names nobody who is banned: a list may have got a section that the settings do not know.
    """
    zone = Zone("", why="before the first section", suspect=True)
    kinds: list[tuple[int, Kind]] = [(0, Kind.LIST)]
    reading, level = Zone(""), 0  # the wanted section that is being read, and how deep it is
    for line in lines:
        found = heading(line)
        inner = found if found and found.level > level else _pseudo_heading(line)
        if found and found.key in wanted:
            zone = reading = _wanted_zone(found, wanted[found.key])
            kinds, level = [(0, Kind.LIST), (found.level, Kind.BANS)], found.level
        elif inner and reading.section:
            kinds = _nested(kinds, inner)
            zone = reading if kinds[-1][1] not in _NOT_READ else _ignored(inner, kinds[-1][1])
        elif found:
            kinds, reading = _nested(kinds, found), Zone("")
            zone = _ignored(found, kinds[-1][1])
        yield Placed(line, zone, heading=found is not None)


def flat(lines: Sequence[markup.Line], authority: str) -> Iterator[Placed]:
    """Place the lines of a page that is one list of ``authority``: in its column blocks if it has any, else all of it.

    Sections that speak of something else are ignored, sections that are not understood are suspect.
    """
    blocks = any(_OPENS_BLOCK.search(line.text) for line in lines)
    inside = False
    kinds: list[tuple[int, Kind]] = [(0, Kind.LIST)]
    title = ""
    for line in lines:
        found = heading(line) or _pseudo_heading(line)
        if found:
            kinds = _nested(kinds, found)
            title = found.title
        inside = inside or bool(_OPENS_BLOCK.search(line.text))
        kind = kinds[-1][1]
        if kind in _NOT_READ or (kind is Kind.UNKNOWN and not inside):
            zone = Zone(title, why=_why(title), suspect=kind is Kind.UNKNOWN)
        elif blocks and not inside:
            zone = Zone(title, why="outside of the list", suspect=True)
        else:
            zone = Zone(title, authority)
        inside = inside and not _CLOSES_BLOCK.search(line.text)
        yield Placed(line, zone, heading=found is not None)


def _nested(kinds: list[tuple[int, Kind]], found: Heading) -> list[tuple[int, Kind]]:
    """Return the kinds of the sections around and under ``found``: a part of something else is something else too."""
    around = [(level, kind) for level, kind in kinds if level < found.level]
    kind, parent = banlist_words.kind(found.key), around[-1][1]
    if parent is Kind.OTHER or (parent in (Kind.UNKNOWN, Kind.PROCEDURE) and kind is Kind.LIST):
        kind = parent
    return [*around, (found.level, kind)]


def _pseudo_heading(line: markup.Line) -> Heading | None:
    """Return the heading that a ``;`` line or a bold line is, as deep as can be."""
    found = _PSEUDO_HEADING.match(markup.visible(line.text))
    if found is None:
        return None
    title = markup.plain(found[1] or found[2])
    return Heading(7, title, _COUNT.sub("", title).casefold()) if title else None


def _wanted_zone(found: Heading, authority: str) -> Zone:
    return Zone(found.title, authority, "" if authority else _why(found.title))


def _ignored(found: Heading, kind: Kind) -> Zone:
    return Zone(found.title, why=_why(found.title), suspect=kind is not Kind.OTHER)


def _why(title: str) -> str:
    return f'the section "{title}" is not read'
