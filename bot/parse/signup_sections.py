"""The sections of a sign-up page and what each of them holds, found line by line; reads nobody's name but a heading's.

A scan of lines finds headings where a parser's tree does not: in ``<translate>``, ``<div>``, table cells and template
arguments, as ``<h2>``, as a bold or definition line of their own.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from bot.model import SiteInfo
from bot.parse.agreement_words import condition
from bot.parse.headings import PSEUDO_LEVEL, Heading, bold_line, real_heading, tagged_headings
from bot.parse.markup import HIDDEN, Line, plain, visible
from bot.parse.signup_entries import read_entry
from bot.parse.signup_marks import scan
from bot.parse.signup_people import Reading
from bot.parse.signup_templates import Use, use_of
from bot.parse.signup_times import stamps
from bot.parse.signup_words import COUNTED, Part, classify, without_years, year_of

PARAMETER_LEVEL = 8  # a parameter of a template that holds a list


@dataclass(frozen=True, slots=True)
class Block:
    """The lines between two headings; ``owner`` is what a heading that names participants says.

    ``claims``: the section belongs to the participant in the heading above, so that nobody signs up in it.
    ``inside``: the section is a part of a sign-up section.
    """

    title: str
    part: Part
    heading: Line | None = None
    owner: Reading | None = None
    claims: bool = False
    inside: bool = False
    lines: list[Line] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Level:
    level: int
    part: Part
    claims: bool
    title: str


_LONGEST_LABEL = 6  # words
_TEMPLATE = re.compile(r"\{\{\s*([^{}|]{1,60})")
_TEMPLATE_LINE = re.compile(r"\s*\{\{([^{}|]{1,80})(?:\|([^{}]{0,300}))?\}\}\s*$")
_PARAMETER = re.compile(r"\|\s*([^|=\[\]{}<>]{2,40}?)\s*=\s*(.{0,200})")
_COLLAPSE = re.compile(r"(?:collapse|hidden|cot$|hat$|boîte déroulante|desplegable|navframe|scroll box)", re.IGNORECASE)
_CLOSING = re.compile(r"\b(?:end|bottom|cob|hab|fin|footer)\b|/fin|終", re.IGNORECASE)
_NUMBERING = re.compile(r"^[\W\d_]*(?=\D)|[\s(\[（]*\d*[\s)\]）:：.…!?？！]*$")


def blocks(lines: Sequence[Line], site: SiteInfo, extra: frozenset[str], root: Part) -> list[Block]:
    """Return the blocks of a page in order; ``root`` is what the lead and its unknown subsections are.

    ``extra`` are further folded sign-up headings.
    """
    headings = _boxed(_headings(lines), lines)
    past = _earlier_years([item for item in headings.items() if item[1].level < PSEUDO_LEVEL], lines)
    found = [Block("", root)]
    path: list[_Level] = []
    for index, line in enumerate(lines):
        heading = headings.get(index)
        if heading is None:
            found[-1].lines.append(line)
            continue
        while path and path[-1].level >= heading.level:
            path.pop()
        around = path[-1] if path else _Level(0, root, claims=False, title="")
        if heading.closes:
            found.append(Block(around.title, around.part, line, None, around.claims, around.part in COUNTED))
            continue
        title = plain(heading.text)
        own = Part.PAST if id(heading) in past else classify(_NUMBERING.sub("", title), extra)
        part = _effective(own, around.part)
        owner = None if around.claims else _owner(heading, part, site, inner=bool(path) or root in COUNTED)
        if owner:
            title = owner.people[0].name
        path.append(_Level(heading.level, part, claims=around.claims or owner is not None, title=title))
        found.append(Block(title, part, line, owner, around.claims, around.part in COUNTED))
    return [replace(block, claims=True) if block.owner else block for block in found]


def _effective(own: Part, around: Part) -> Part:
    """Return what a section is inside another one."""
    if around is Part.PAST or own is Part.OTHER:
        return around
    if own is Part.JOIN and around in (Part.NOT, Part.MAYBE, Part.WITHDRAWN):
        return around
    return own


def _owner(heading: Heading, part: Part, site: SiteInfo, *, inner: bool) -> Reading | None:
    """Return the participants whom a heading inside a sign-up section names."""
    if part not in COUNTED or not inner or not ("[[" in heading.text or "{{" in heading.text or ":" in heading.text):
        return None
    reading = read_entry(scan(heading.text, site), site, [])
    return reading if reading.people else None


def _headings(lines: Sequence[Line]) -> dict[int, Heading]:
    found: dict[int, Heading] = {}
    table = 0
    parameter = False
    tagged = tagged_headings(lines)
    for index, line in enumerate(lines):
        text = visible(line.text).strip() if HIDDEN in line.text else line.text.strip()
        if not text:
            continue
        if heading := tagged.get(index) or real_heading(text, line):
            found[index] = heading
            table = 0
        elif text == "}}" and parameter:
            found[index] = Heading(PARAMETER_LEVEL, "", line, closes=True)
            parameter = False
        elif text[0] in "{:|!":
            table = max(0, table + text.lstrip(":").startswith("{|") - text.startswith("|}"))
            if text[0] == "|" and not table:
                pseudo = _parameter(text, line)
                if pseudo and (parameter or not pseudo.closes):
                    found[index] = pseudo
                    parameter = not pseudo.closes
            elif text.startswith("{{"):
                _add_pseudo(found, index, _template_heading(text, line))
        elif not table and text[0] in ";'<":
            _add_pseudo(found, index, _pseudo_heading(text, line))
    return found


def _add_pseudo(found: dict[int, Heading], index: int, heading: Heading | None) -> None:
    if heading:
        found[index] = heading


def _pseudo_heading(text: str, line: Line) -> Heading | None:
    """Return a bold or definition line of its own that announces something.

    A condition for those who sign below, or a whole sentence that happens to speak of rules, announces nothing.
    """
    label = bold_line(text)
    if not label or "[[User" in label or (part := classify(said := plain(label))) is Part.OTHER:
        return None
    if part is Part.INFO and (len(said.split()) > _LONGEST_LABEL or condition(said) is not None):
        return None
    if any(use_of(name) is Use.USER for name in _TEMPLATE.findall(label)):
        return None
    return Heading(PSEUDO_LEVEL, label, line)


def _template_heading(text: str, line: Line) -> Heading | None:
    """Return a template line that opens or closes a list or a collapsed box."""
    match = _TEMPLATE_LINE.match(text) if len(text) < 400 else None
    if match is None:
        return None
    name, arguments = match[1].strip(), match[2] or ""
    box = bool(_COLLAPSE.search(name)) or name.lower() in ("cob", "hab")
    label = arguments if _COLLAPSE.search(name) else name
    if _CLOSING.search(name) and (box or classify(name) is not Part.OTHER):
        return Heading(PSEUDO_LEVEL, name, line, closes=True, box=box)
    opens = box or re.search(r"\b(?:table|list|start|begin|header|top)\b", name, re.IGNORECASE)
    titles = [value.partition("=")[2] or value for value in label.split("|")]
    title = next((value for value in titles if classify(plain(value)) is not Part.OTHER), "")
    return Heading(PSEUDO_LEVEL, title, line, box=box) if opens and title and not name.endswith("row") else None


def _boxed(headings: Mapping[int, Heading], lines: Sequence[Line]) -> dict[int, Heading]:
    """Put the headings in a collapsed box of an earlier event below the box, which they would end otherwise.

    A box that is never closed holds none: the rest of the page is not given up for it.
    """
    found = dict(headings)
    opened: list[tuple[bool, int]] = []  # whether the box is of an earlier event, and the line where it opens
    for index, line in enumerate(lines):
        heading = headings.get(index)
        if heading and heading.box and heading.closes:
            past, start = opened.pop() if opened else (False, index)
            if past and not any(outer for outer, _ in opened):
                inner = [at for at in range(start + 1, index) if at in found]
                found.update({at: replace(found[at], level=PSEUDO_LEVEL + found[at].level) for at in inner})
        elif heading and heading.box:
            opened.append((classify(plain(heading.text)) is Part.PAST, index))
        elif not heading and _opens_box(line):
            opened.append((False, index))
    return found


def _opens_box(line: Line) -> bool:
    """Tell whether a line opens a collapsed box whose title announces nothing."""
    match = _TEMPLATE_LINE.match(visible(line.text)) if "{{" in line.text and len(line.text) < 400 else None
    return match is not None and bool(_COLLAPSE.search(match[1].strip()))


def _parameter(text: str, line: Line) -> Heading | None:
    """Return a template's parameter whose value is the list on the lines that follow."""
    match = _PARAMETER.match(text)
    if match is None:
        return None
    opens = not match[2] and classify(match[1].replace("_", " ")) is not Part.OTHER
    return Heading(PARAMETER_LEVEL, match[1], line, closes=not opens)


def _earlier_years(headings: Sequence[tuple[int, Heading]], lines: Sequence[Line]) -> set[int]:
    """Return the ids of headings that differ from a sibling only by an earlier year.

    A sibling that names no year is of the year of its newest signature.
    """
    groups: dict[tuple[str, ...], list[tuple[int, Heading]]] = {}
    undated: dict[tuple[str, ...], list[int]] = {}
    path: list[tuple[int, str]] = []
    for position, (_, heading) in enumerate(headings):
        while path and path[-1][0] >= heading.level:
            path.pop()
        text = plain(heading.text)
        path.append((heading.level, without_years(text)))
        stems = tuple(stem for _, stem in path)
        if year := year_of(text):
            groups.setdefault(stems, []).append((year, heading))
        elif stems[-1]:
            undated.setdefault(stems, []).append(position)
    past: set[int] = set()
    for stems, siblings in groups.items():
        signed = [_year_signed(headings, position, lines) for position in undated.get(stems, [])]
        newest = max([year for year, _ in siblings] + signed)
        past.update(id(heading) for year, heading in siblings if year < newest)
    return past


def _year_signed(headings: Sequence[tuple[int, Heading]], position: int, lines: Sequence[Line]) -> int:
    """Return the year of the newest signature in the section of the heading at ``position``, 0 without any."""
    start, heading = headings[position]
    following = (headings[later] for later in range(position + 1, len(headings)))
    end = next((index for index, other in following if other.level <= heading.level), len(lines))
    years = [year_of(line.text[first:last]) for line in lines[start:end] for first, last in stamps(line.text)]
    return max((year for year in years if year), default=0)
