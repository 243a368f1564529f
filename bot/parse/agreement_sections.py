"""Agreement in the sections of a sign-up page: conditions above a list, lists of those who agree, remarks of people."""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from dataclasses import dataclass

from bot.model import Agreed
from bot.parse import agreement_words as words
from bot.parse.agreement_entries import Page, Said, seen, without_people
from bot.parse.headings import PSEUDO_LEVEL, bold_line, real_heading, tagged_headings
from bot.parse.markup import HIDDEN, Line, plain, visible, without_templates
from bot.parse.safety_words import reports
from bot.parse.signup_entries import read_entry
from bot.parse.signup_strikes import within
from bot.parse.signup_words import Part, classify

_LINKED = re.compile(r"\[\[[^\[\]]*\]\]|\{\{[^{}]*\}\}|\d+|<[^<>]*>")
_ITEM = re.compile(rf"[{HIDDEN}\s]*[*#:]+")
_BULLET = re.compile(rf"[{HIDDEN}\s]*[*#][{HIDDEN}]*(?![*#:{HIDDEN}])")  # what stands below an item is a reply
_STARTS_OTHERWISE = ("|", "!", "*", "#", ":", "{", "=")


@dataclass(frozen=True, slots=True)
class _Section:
    """``heading`` and ``start`` … ``end`` are indexes of lines; ``reach`` is where its subsections end, too."""

    level: int
    title: str
    heading: int
    start: int
    end: int
    reach: int


class Agreeing:
    """Remembers what was asked of the same text before: sign-up pages repeat themselves."""

    def __init__(self) -> None:
        self._known: dict[str, bool] = {}

    def __call__(self, text: str, *, anywhere: bool = False) -> bool:
        """Tell whether a line of masked text holds a word of agreement; in links and templates only if ``anywhere``."""
        rest = visible(text) if anywhere else _LINKED.sub(" ", visible(text))
        key = " ".join(rest.split())
        if key not in self._known:
            self._known[key] = words.agrees(key)
        return self._known[key]


def read(page: Page, said: Said) -> None:
    """Read all sections."""
    agreeing = Agreeing()
    remarks = _remarks(page, agreeing)
    for line, remark in remarks.items():
        said.own[line].append(remark)
    for section in _sections(page):
        if (meant := _list_meaning(section)) is not None:
            _read_list(section, meant, page, said)
        if section.level < PSEUDO_LEVEL:
            _read_conditions(section, page, said, agreeing, remarks.keys())


def _sections(page: Page) -> list[_Section]:
    tagged = tagged_headings(page.lines)
    found: list[tuple[int, str, int]] = [(0, "", -1)]
    for index, line in enumerate(page.lines):
        text = visible(line.text).strip()
        if not text or text[0] not in "=<;':":
            continue
        if heading := tagged.get(index) or real_heading(text, line):
            found.append((heading.level, plain(heading.text), index))
        elif label := bold_line(text):
            found.append((PSEUDO_LEVEL, seen(label), index))
    sections = []
    for number, (level, title, index) in enumerate(found):
        later = found[number + 1 :]
        end = next((start for _, _, start in later), len(page.lines))
        reach = end
        if level < PSEUDO_LEVEL:
            end = next((start for other, _, start in later if other < PSEUDO_LEVEL), len(page.lines))
            # the lead and a title of the page do not speak for the sections of the page
            reach = end if level <= 1 else next((s for other, _, s in later if other <= level), len(page.lines))
        sections.append(_Section(level, title, index, index + 1, end, reach))
    return sections


def _remarks(page: Page, agreeing: Agreeing) -> dict[int, Agreed]:
    """Return what people say beside their own names."""
    found: dict[int, Agreed] = {}
    for line in page.lines:
        if line.number not in page.entries.names or not agreeing(line.text):
            continue
        withdrawn = page.entries.counted[line.number] in page.entries.withdrawn
        text = page.standing(line, withdrawn=withdrawn)
        if text.lstrip(HIDDEN + " ")[:1] in ("|", "!"):
            continue
        marks = page.marks(line)
        meant = words.remark(seen(without_templates(visible(without_people(text, marks)))))
        if meant is not None:
            alone = {mention.name for mention in marks.mentions} <= set(page.entries.names[line.number])
            sure = meant is Agreed.NOT_AGREED or (alone and page.entries.alone(line.number))
            found[line.number] = meant if sure else Agreed.UNKNOWN
    return found


def _list_meaning(section: _Section) -> Agreed | None:
    if not section.title or not words.agrees(section.title):
        return None
    if section.level == PSEUDO_LEVEL and not words.is_own_word(section.title):
        return None  # a condition in bold, which is read as such
    return words.list_heading(section.title)


def _read_list(section: _Section, meant: Agreed, page: Page, said: Said) -> None:
    """Read a list of those who agree: everybody else on the page was asked as well and does not stand there."""
    body = page.lines[section.start : section.end]
    if section.level < PSEUDO_LEVEL:
        body = page.lines[section.start : _next_label(section, page)]
    if any(reports(plain(line.text)) for line in body if line.number not in page.entries.names):
        return
    listed = set(_people(body, page))
    if not listed:
        return
    inside = {line.number for line in body} & page.entries.names.keys()
    for line in inside | {line for name in listed for line in page.entries.lines.get(name, ())}:
        sure = line in inside or listed.issuperset(page.entries.names[line])
        said.own[line].append(meant if sure else Agreed.UNKNOWN)
    if meant is not Agreed.NOT_AGREED and classify(section.title) is not Part.JOIN:
        said.absent.update(page.entries.names)


def _next_label(section: _Section, page: Page) -> int:
    for index in range(section.start, section.end):
        text = visible(page.lines[index].text).strip()
        if text and text[0] in "<;':" and bold_line(text):
            return index
    return section.end


def _people(body: list[Line], page: Page) -> Iterator[str]:
    """Give the names of those who stand or signed in a list."""
    has_items = any(_BULLET.match(line.text) for line in body)
    for line in body:
        if not ("[[" in line.text or "{{" in line.text) or (has_items and not _BULLET.match(line.text)):
            continue
        marks = page.marks(line)
        if not marks.mentions or not (has_items or marks.times):
            continue
        struck = within(page.struck, line.start, line.start + len(line.text))
        reading = read_entry(marks, page.site, struck)
        yield from (person.name for person in reading.people if not person.withdrawn)


def _read_conditions(section: _Section, page: Page, said: Said, agreeing: Agreeing, remarked: Set[int]) -> None:
    """Read what instructions in a section make of those who sign there, below them and above them."""
    people = [(index, line.number) for index, line in _entry_lines(page, section.start, section.reach)]
    if not people and not _may_list(section, page):
        return
    conditions = list(_conditions(section, page, agreeing))
    if not conditions:
        return
    first = min(index for index, _ in conditions)
    sure = min((index for index, meant in conditions if meant is Agreed.AGREED), default=len(page.lines))
    if not people and sure < len(page.lines):
        # a section only for agreeing: nobody who signs there signs up there
        own_list = _Section(PSEUDO_LEVEL, section.title, section.heading, sure + 1, section.end, section.end)
        _read_list(own_list, Agreed.AGREED, page, said)
    for index, entry in people:
        if said.under.get(entry) is not Agreed.AGREED:
            said.under[entry] = Agreed.AGREED if index > sure else Agreed.UNKNOWN
    asked = {entry for index, entry in people if index > first}
    if sure == len(page.lines) and asked & remarked:
        said.absent.update(asked - remarked)


def _conditions(section: _Section, page: Page, agreeing: Agreeing) -> Iterator[tuple[int, Agreed]]:
    for index in range(section.start, section.end):
        line = page.lines[index]
        if line.number in page.entries.names or not agreeing(line.text, anywhere=True):
            continue
        if (meant := _condition(index, section, page)) is not None:
            yield index, meant


def _may_list(section: _Section, page: Page) -> bool:
    """Tell whether a section where nobody signs up may be a list of something."""
    lines = page.lines[section.start : section.end]
    return any(("[[" in line.text or "{{" in line.text) and _ITEM.match(line.text) for line in lines)


def _entry_lines(page: Page, start: int, end: int) -> Iterator[tuple[int, Line]]:
    for index in range(start, end):
        if page.lines[index].number in page.entries.names:
            yield index, page.lines[index]


def _condition(index: int, section: _Section, page: Page) -> Agreed | None:
    """Return what the instructions that begin on a line say; a colon takes in the items that follow."""
    line = page.lines[index]
    text = page.standing(line)
    marks = page.marks(line)
    if marks.times:
        return None
    said = seen(without_people(text, marks))
    if said.rstrip().endswith((":", "：")):
        for following in page.lines[index + 1 : min(index + 8, section.end)]:
            if following.number in page.entries.names or not _ITEM.match(following.text):
                break
            said = f"{said.rstrip()} {seen(page.standing(following)).lstrip('*#: ')},"
    meant = words.condition(said)
    if meant is Agreed.AGREED and words.is_own_word(said):
        begins = visible(line.text).lstrip()[:1]
        return None if marks.mentions or begins in _STARTS_OTHERWISE else meant
    return meant
