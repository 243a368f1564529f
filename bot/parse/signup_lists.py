"""Who signed up in one section: walks its list items, paragraphs and tables, and accounts for every mark in it.

What is found goes to the ledger; nothing here knows of other sections.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.model import SiteInfo
from bot.parse.markup import HIDDEN, Line, plain, visible
from bot.parse.signup_entries import read_entry
from bot.parse.signup_ledger import Ledger
from bot.parse.signup_marks import Marks, list_items, scan
from bot.parse.signup_people import LONGEST_NAME, PLAIN_NAME, Reading, plain_reading
from bot.parse.signup_strikes import Span, within
from bot.parse.signup_words import COUNTED, Part, classify, folded

REPLY = "reply or claim under an entry"


@dataclass(frozen=True, slots=True)
class Context:
    """What the walk needs to know: the wiki, the struck spans of the page, the section's heading and meaning."""

    site: SiteInfo
    struck: list[Span]
    section: str
    part: Part
    has_list: bool = False

    def marks(self, line: Line) -> Marks:
        """Return the marks of a line."""
        return scan(line.text, self.site)

    def read(self, marks: Marks, line: Line, *, prose: bool = False) -> Reading:
        """Read a line as one entry."""
        if not marks.mentions:
            return plain_reading(marks)
        return read_entry(marks, self.site, within(self.struck, line.start, line.start + len(line.text)), prose=prose)


@dataclass(slots=True)
class _Above:
    """An item under which others may stand: ``part`` is what it announces for them, OTHER if it names a person."""

    level: int
    part: Part
    owner: bool


_PREFIX = re.compile(rf"[{HIDDEN}]*([*#:;][*#:;{HIDDEN}]*)")
_LIST_LINE = re.compile(rf"^[{HIDDEN}]*[*#][^\n]*(?:\[\[|\{{\{{|[:：]|//)", re.MULTILINE)
_MARKUP_LINE = re.compile(rf"[\s{HIDDEN}]*(?:\{{\||\|\}}|\|-|\|\+)")
_ANY_MARK = re.compile(r"\[|\{\{|~~~~|[:：]|\d")


def has_list(lines: Sequence[Line]) -> bool:
    """Tell whether a section keeps a list, so that its paragraphs are instructions and remarks."""
    return any(line.text.lstrip(HIDDEN)[:1] in ("*", "#") and _LIST_LINE.match(line.text) for line in lines) or any(
        line.text.lstrip(HIDDEN + " :").startswith("{|") or "<li" in line.text for line in lines
    )


def walk(lines: Sequence[Line], context: Context, ledger: Ledger) -> None:
    """Read the lines of a sign-up section that stand in no table."""
    walker = _Walker(context, ledger)
    for line in joined(lines):
        walker.take(line)


def joined(lines: Sequence[Line]) -> list[Line]:
    """Join the lines of a template call that goes over several lines and holds no list."""
    found: list[Line] = []
    index = 0
    while index < len(lines):
        line = lines[index]
        last = index
        text = line.text
        if "{{" in text and text.count("{{") > text.count("}}"):
            last = _end_of_call(lines, index)
        if last > index:
            parts = lines[index : last + 1]
            line = Line(
                line.number, line.start, " ".join(part.text for part in parts), "\n".join(part.raw for part in parts)
            )
        found.append(line)
        index = last + 1
    return found


def _end_of_call(lines: Sequence[Line], index: int) -> int:
    depth = lines[index].text.count("{{") - lines[index].text.count("}}")
    for following in range(index + 1, min(index + 12, len(lines))):
        text = lines[following].text
        if text.lstrip(HIDDEN)[:1] in ("*", "#", ":", ";", "=", "") or "{|" in text:
            return index
        depth += text.count("{{") - text.count("}}")
        if depth <= 0:
            return following
    return index


class _Walker:
    """Goes through the lines of a section and remembers under which item it is."""

    def __init__(self, context: Context, ledger: Ledger) -> None:
        self._context = context
        self._ledger = ledger
        self._above: list[_Above] = []
        self._seen_item = False
        self._under_paragraph = False

    def take(self, line: Line) -> None:
        """Read one line."""
        text = line.text
        if "<li" in text:
            for offset, inner in list_items(text):
                raw = line.raw[offset : offset + len(inner)]
                self._item(Line(line.number, line.start + offset, inner, raw), 1)
            return
        prefix = _PREFIX.match(text)
        if prefix:
            marker = visible(prefix[1])
            content = _part_of(line, prefix.end(), len(text))
            if marker.strip(":;") or (";" in marker and not self._context.has_list):
                self._item(content, len(marker), reply=marker.endswith(":"))
                self._under_paragraph = ";" in marker and bool(self._above) and self._above[-1].owner
            else:
                self._indented(content, len(marker))
        elif text.strip(HIDDEN + " "):
            self._paragraph(line)

    def _item(self, line: Line, level: int, *, reply: bool = False) -> None:
        while self._above and self._above[-1].level >= level:
            self._above.pop()
        marks = self._context.marks(line)
        self._under_paragraph = False
        if any(above.owner for above in self._above) or (reply and self._seen_item):
            self._reply(marks, line)
            return
        part = next((above.part for above in reversed(self._above) if above.part is not Part.OTHER), self._context.part)
        if part not in COUNTED:
            self._leave_out(marks, line, str(part))
            return
        reading = self._context.read(marks, line, prose=bool(self._above) and not marks.times)
        announced = Part.OTHER
        if not reading.people and not marks.mentions:
            announced = _announced(plain(line.text))
            if not visible(line.text).strip():
                reading = Reading(excluded={line.raw.strip("*#:; ")[:LONGEST_NAME]: "empty list item"})
        self._ledger.add(reading, line, self._context.section, part)
        owner = bool(reading.people) or reading.unparsed or announced is Part.TALK
        self._above.append(_Above(level, announced if announced is not Part.TALK else Part.OTHER, owner))
        self._seen_item = self._seen_item or bool(reading.people)

    def _indented(self, line: Line, level: int) -> None:
        """Read a line that is only indented: an entry where the section has no other list, else a reply."""
        marks = self._context.marks(line)
        signed = bool(marks.mentions and marks.times)
        if self._under_paragraph or (self._context.has_list and (self._seen_item or not signed)):
            self._reply(marks, line)
        else:
            self._item(line, level)

    def _reply(self, marks: Marks, line: Line) -> None:
        self._leave_out(marks, line, REPLY)

    def _leave_out(self, marks: Marks, line: Line, why: str) -> None:
        names = [mention.name for mention in marks.mentions] or [plain(line.text)[:LONGEST_NAME]]
        self._ledger.exclude(names, line, why, self._context.section)

    def _paragraph(self, line: Line) -> None:
        if _MARKUP_LINE.match(line.text):
            return
        content = line.text.lstrip(HIDDEN + " ")
        if content[:1] in "|!":
            line = _part_of(line, len(line.text) - len(content) + 1, len(line.text))
        if not _ANY_MARK.search(line.text):
            if not self._context.has_list:
                self._above.clear()
            return
        marks = self._context.marks(line)
        self._under_paragraph = False
        if not (marks.mentions or marks.broken or marks.times):
            return
        self._above.clear()
        if marks.mentions:
            reading = self._context.read(marks, line, prose=self._context.has_list or not marks.times)
        else:
            reading = Reading(unparsed=True)
        self._under_paragraph = bool(reading.signed)
        self._ledger.add(reading, line, self._context.section, self._context.part)


def _announced(text: str) -> Part:
    """Return what an item that names nobody says of the items under it; TALK for a remark that gets replies."""
    count = len(folded(text).split())
    if count > 8 or text.rstrip().endswith(("?", "？", "؟")):
        return Part.TALK
    part = classify(text)
    return part if part is not Part.TALK or count <= 3 else Part.OTHER


def _part_of(line: Line, start: int, end: int) -> Line:
    return Line(line.number, line.start + start, line.text[start:end], line.raw)


def leave_out(lines: Sequence[Line], context: Context, ledger: Ledger, why: str, *, items: bool) -> None:
    """Note everybody who is named where nobody signs up; with ``items`` the list items that name nobody, too."""
    for line in lines:
        names: list[str] = []
        if "[[" in line.text or "{{" in line.text or ":" in line.text:
            names = [mention.name for mention in context.marks(line).mentions]
        prefix = _PREFIX.match(line.text) if items and not names else None
        if prefix:
            names = [plain(line.text[prefix.end() :])[:LONGEST_NAME]]
        ledger.exclude(names, line, why, context.section)


_LABELLED = re.compile(r"^[\W_]{0,12}([^:：\[\]{}|]{2,60}?)\s*[:：](.*)$")


def labelled(lines: Sequence[Line], context: Context, ledger: Ledger) -> list[str]:
    """Read lines like "Participants: [[User:A]], [[User:B]]" outside sign-up sections; return their labels."""
    labels: list[str] = []
    for line in lines:
        if ":" not in line.text and "：" not in line.text:
            continue
        match = _LABELLED.match(visible(line.text).replace("'''", ""))
        if match is None or len(match[1].split()) > 4 or classify(match[1]) is not Part.JOIN:
            continue
        marks = context.marks(line)
        if marks.mentions:
            reading = context.read(marks, line, prose=True)
            if reading.signed:
                ledger.add(reading, line, match[1], Part.JOIN)
                labels.append(match[1].strip())
        else:
            names = [name.strip() for name in re.split(r"[,;،、，]", plain(match[2]))]
            if len(names) > 1 and all(name and len(name.split()) <= 3 for name in names):
                ledger.exclude(names, line, PLAIN_NAME, match[1])
    return labels
