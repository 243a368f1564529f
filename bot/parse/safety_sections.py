"""The sections of an event page that are about conduct or safety, and which lines speak to participants of it.

A section begins with a heading, a bold line or a bold label. On a page whose subject is a policy, a section named
after that policy counts only if it tells people to follow it. Must not know what a link leads to.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.model import PolicyKind
from bot.parse import safety_words as words
from bot.parse.headings import PSEUDO_LEVEL, Heading, bold_line, real_heading, tagged_headings
from bot.parse.markup import Line, plain, visible
from bot.parse.signup_words import COUNTED, classify

_LABEL = re.compile(
    r"[*#:;\s]*(?:<[^<>]*>\s*)*(?:'''+|<b>|<strong>)(.{1,120}?)[:：]?\s*(?:'''+|</b>|</strong>)\s*[:：.–—-]?\s*(?=\S)"
)
_PLAIN_LABEL = re.compile(r"[*#:|!\s]*([^:：=\[\]{}|<>\n]{2,60}?)\s*[:：=]\s*(?=\S)")
_CELLS = re.compile(r"\|\||!!|^[|!]|\|")
_LIST = "*#:;"
_NO_PROSE = "*#:;|!{=<"
_ENDS = re.compile(r"[.!?。।؟！？]\s*$")


@dataclass(frozen=True, slots=True)
class SafetySection:
    """A section about conduct or safety: ``start`` and ``end`` are the offsets of its body.

    ``level`` is 7 for a bold line or label instead of a heading, whose body is the paragraph or list that follows.
    """

    heading: str
    level: int
    line: int
    start: int
    end: int


def sections(lines: Sequence[Line], subject: str) -> tuple[SafetySection, ...]:
    """Return the sections in the order of the page; ``subject`` is what the page is about: title, display title."""
    headings = _headings(lines)
    found: list[SafetySection] = []
    named = frozenset(words.policies(subject)) - {PolicyKind.OWN}
    about = named | {PolicyKind.OWN} if named else frozenset()
    for index, heading in headings.items():
        title = plain(heading.text).strip(" :：")
        if not words.is_heading(title):
            continue
        first, last = _body(index, heading, headings, lines)
        body = lines[first:last]
        if about & set(words.policies(title)) and not _binds(body):
            continue
        start = lines[index].start + (0 if index == first else len(lines[index].text))
        found.append(SafetySection(title, heading.level, heading.line.number, start, _end(lines, last)))
    return tuple(found)


def _binds(body: Sequence[Line]) -> bool:
    return any(words.obliges(plain(line.text), strictly=True) for line in body)


def addressed(lines: Sequence[Line], found: Sequence[SafetySection], *, strictly: bool) -> frozenset[int]:
    """Return the numbers of the lines that put something to participants.

    They stand in a section about safety, carry a label of that kind, or tell to follow something; so do the items of a
    list after such a line, and the next line of the same sentence. ``strictly``: the page is about a policy.
    """
    numbers = set(inside(lines, found)) | {one.line for one in found}
    previous = ""
    carried = False
    for line in lines:
        text = visible(line.text).strip()
        says = bool(text) and (words.obliges(plain(text), strictly=strictly) or (not strictly and _labelled(text)))
        carried = says or (carried and _goes_on(previous, text))
        if carried:
            numbers.add(line.number)
        previous = text
    return frozenset(numbers)


def inside(lines: Sequence[Line], found: Sequence[SafetySection]) -> Iterator[int]:
    """Give the numbers of the lines in the bodies of sections, which are in order."""
    place = 0
    end = -1
    for line in lines:
        while place < len(found) and found[place].start <= line.start:
            end = max(end, found[place].end)
            place += 1
        if line.start < end:
            yield line.number


def _goes_on(previous: str, text: str) -> bool:
    """Tell whether a line belongs to the one before it, which speaks to participants."""
    if not text or not previous:
        return False
    if text[0] in _LIST:
        return previous[0] in _LIST or previous.endswith((":", "："))
    if previous[0] in "|!" and text[0] == "|":
        return not text.startswith(("|-", "|}"))
    return text[0] not in _NO_PROSE and previous[0] not in _NO_PROSE and not _ENDS.search(previous)


def _labelled(text: str) -> bool:
    """Tell whether a line begins with a label about safety, or has it in a cell of its own."""
    if match := _LABEL.match(text) or _PLAIN_LABEL.match(text):
        label = plain(match[1]).replace("_", " ")
        if words.is_heading(label):
            return True
    return text[0] in "|!" and any(words.is_heading(plain(cell)) for cell in _CELLS.split(text)[:20])


def _headings(lines: Sequence[Line]) -> dict[int, Heading]:
    """Return the headings, bold lines and bold labels by the index of their line."""
    found: dict[int, Heading] = {}
    tagged = tagged_headings(lines)
    for index, line in enumerate(lines):
        text = visible(line.text).strip()
        if not text:
            continue
        if heading := tagged.get(index) or real_heading(text, line):
            found[index] = heading
        elif label := bold_line(text):
            found[index] = Heading(PSEUDO_LEVEL, label, line)
        elif (match := _LABEL.match(text)) and words.is_heading(plain(match[1])):
            found[index] = Heading(PSEUDO_LEVEL, match[1], line)
    return found


def _body(index: int, heading: Heading, headings: dict[int, Heading], lines: Sequence[Line]) -> tuple[int, int]:
    """Return the first line of a section's body and the line behind it."""
    if heading.level == PSEUDO_LEVEL:
        return _paragraph(index, headings, lines)
    policy = bool(words.policies(plain(heading.text)))
    for after in range(index + 1, len(lines)):
        other = headings.get(after)
        if other and (other.level <= heading.level or classify(plain(other.text)) in COUNTED):
            return index + 1, after
        if policy and lines[after].text.startswith("{|") and not lines[after - 1].raw.strip():
            return index + 1, after  # a programme behind the policy has nothing to do with it
    return index + 1, len(lines)


def _paragraph(index: int, headings: dict[int, Heading], lines: Sequence[Line]) -> tuple[int, int]:
    """Return the label's own paragraph, or what follows a bold line up to a blank line behind it."""
    text = visible(lines[index].text).strip()
    first = index if not bold_line(text) else index + 1
    seen = first == index
    last = index + 1
    while last < len(lines) and last not in headings:
        following = visible(lines[last].text).strip()
        if not following and seen and not _list_behind(last, lines):
            break
        if following.startswith(("{|", "|", "}}", "</", "<div")):
            break
        seen = seen or bool(following)
        last += 1
    return first, last


def _list_behind(index: int, lines: Sequence[Line]) -> bool:
    following = next((text for line in lines[index:] if (text := visible(line.text).strip())), "")
    return following.startswith("*")


def _end(lines: Sequence[Line], last: int) -> int:
    return lines[last].start if last < len(lines) else lines[-1].start + len(lines[-1].text)
