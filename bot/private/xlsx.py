"""Reads one sheet of a workbook (XLSX) as a Grid; must not know what its columns mean.

It reads the few parts that a table needs with the standard library alone. Nothing is computed, run or fetched: of
macros, links to other files, pictures and comments only their being there is said.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from bot.errors import BadInputError, UsageError
from bot.private import xlsx_values
from bot.private.model import Grid
from bot.private.xlsx_sheet import MOST_CHARACTERS, Shared, Sheet, Spent
from bot.private.xlsx_text import Texts, strikes
from bot.private.xlsx_xml import Walker
from bot.private.xlsx_zip import DAMAGED, Archive

LINK = "hyperlink"
MOST_SHEETS = 255  # what Excel used to allow; each is read to see whether it is empty
# What else comes as a ZIP archive, told by a part that it has, and what to do.
_OTHERS = (
    ("xl/workbook.bin", "The file is a binary Excel workbook (.xlsb): open it and save it as .xlsx."),
    ("word/document.xml", "The file is a Word document: copy its table into a spreadsheet and save that as .xlsx."),
    ("ppt/presentation.xml", "The file is a presentation: ask for the spreadsheet itself."),
    ("content.xml", "The file is an OpenDocument file (.ods): open it and save it as .xlsx."),
    ("index/document.iwa", "The file is made by Numbers: open it and export it as Excel (.xlsx)."),
)
# What a workbook may hold besides its cells, told by the name of a part, and what to say of it.
_ASIDES = (
    (r".*/vbaproject\.bin|xl/macrosheets/.*", "The file holds macros; they were not run."),
    (
        r"xl/externallinks/.*|xl/connections\.xml",
        "The file refers to other files or to data elsewhere; nothing was fetched.",
    ),
    (r"xl/(threaded)?comments.*\.xml", "The file holds comments on cells; they were not read."),
    (r"xl/media/.*", "The file holds pictures; what they show was not read."),
)


@dataclass(frozen=True, slots=True, repr=False)
class _Tab:
    """A sheet with cells as the workbook names it: ``number`` is its place among all ``of`` them, from 1."""

    number: int
    of: int
    name: str
    is_hidden: bool
    part: str


def read(data: bytes, sheet: str | None = None) -> Grid:
    """Return the rows of one sheet of the workbook ``data``: of the one called ``sheet``, or of that number from 1.

    Without ``sheet`` it is the only one that is not empty. Raises BadInputError for everything that is no such
    workbook, UsageError for a sheet that is not there.
    """
    archive = Archive(data)
    _refuse_others(archive.names)
    walker = Walker()
    tabs, shared = _book(archive, walker)
    spent = Spent()
    sheets = []
    for tab in tabs:
        sheets.append(Sheet(shared, spent, _targets(archive, walker, tab.part, LINK)))
        walker.walk(archive.pieces(tab.part), sheets[-1])
    index = _choose(tabs, sheets, sheet)
    notes = [*_of_sheet(tabs, sheets, index), *_asides(archive.names)]
    return Grid(sheets[index].rows(), tuple(notes))


def _refuse_others(names: frozenset[str]) -> None:
    for part, problem in _OTHERS:
        if part in names:
            raise BadInputError(problem)
    if not any(name.startswith("xl/") for name in names) and "_rels/.rels" not in names:
        raise BadInputError("The file is a ZIP archive: unpack it and give the spreadsheet inside.")


def _book(archive: Archive, walker: Walker) -> tuple[list[_Tab], Shared]:
    """Return the sheets of the workbook, and what they share."""
    book = next(iter(_targets(archive, walker, "", "officeDocument").values()), "xl/workbook.xml")
    workbook = _Workbook()
    walker.walk(archive.pieces(book), workbook)
    parts = _targets(archive, walker, book, "worksheet")
    tabs = [
        _Tab(number, len(workbook.sheets), name, is_hidden, parts[relation])
        for number, (name, is_hidden, relation) in enumerate(workbook.sheets, 1)
        if relation in parts
    ]
    if not tabs or any(tab.part.casefold() not in archive.names for tab in tabs):
        raise BadInputError(DAMAGED)
    texts, styles = _SharedTexts(), _Styles()
    for kind, handler in (("sharedStrings", texts), ("styles", styles)):
        for part in list(_targets(archive, walker, book, kind).values())[:1]:
            walker.walk(archive.pieces(part), handler)
    return tabs, Shared(
        texts.texts, styles.shapes(), frozenset(styles.struck), frozenset(texts.struck), workbook.from_1904
    )


def _targets(archive: Archive, walker: Walker, part: str, kind: str) -> dict[str, str]:
    """Return the parts that ``part`` has as its ``kind``, by the ids of the relations."""
    folder, _, name = part.rpartition("/")
    relations = _Relations(kind, folder)
    walker.walk(archive.pieces(f"{folder}/_rels/{name}.rels".lstrip("/")), relations)
    return relations.targets


class _Part:
    """A part of which only the beginnings of elements matter."""

    def end(self, tag: str) -> None:
        """Take its end."""

    def text(self, text: str) -> None:
        """Take a piece of the text between."""


class _Relations(_Part):
    """Collects where the relations of one kind lead to: links out of the archive, all others inside it alone."""

    def __init__(self, kind: str, folder: str) -> None:
        self._kind = f"/{kind}"
        self._folder = folder
        self.targets: dict[str, str] = {}

    def start(self, tag: str, attributes: Mapping[str, str], /) -> None:
        if tag != "Relationship" or not attributes.get("Type", "").endswith(self._kind):
            return
        target, is_out = attributes.get("Target", ""), attributes.get("TargetMode") == "External"
        if is_out == (self._kind == f"/{LINK}"):
            self.targets[attributes.get("Id", "")] = target if is_out else self._resolved(target)

    def _resolved(self, target: str) -> str:
        steps: list[str] = []
        for step in (target if target.startswith("/") else f"{self._folder}/{target}").split("/"):
            if step == "..":
                steps = steps[:-1]
            elif step not in {"", "."}:
                steps.append(step)
        return "/".join(steps)


class _Workbook(_Part):
    """Collects the names of the sheets, whether they are hidden, and the ids of their relations."""

    def __init__(self) -> None:
        self.sheets: list[tuple[str, bool, str]] = []
        self.from_1904 = False

    def start(self, tag: str, attributes: Mapping[str, str], /) -> None:
        if tag == "workbookPr":
            self.from_1904 = attributes.get("date1904") in {"1", "true"}
        elif tag == "sheet":
            relation = next((value for name, value in attributes.items() if name.endswith(" id")), "")
            self.sheets.append((attributes.get("name", ""), attributes.get("state", "visible") != "visible", relation))
            if len(self.sheets) > MOST_SHEETS:
                raise BadInputError(f"The spreadsheet has more than {MOST_SHEETS} sheets: is it the right one?")


class _Styles(_Part):
    """Collects how each style of cells shows numbers, and which styles strike their text through."""

    def __init__(self) -> None:
        self._own: dict[int, str] = {}
        self._numbers: list[int] = []
        self._in_cells = False
        self._font = -1
        self._struck_fonts: set[str] = set()
        self.struck: set[int] = set()

    def start(self, tag: str, attributes: Mapping[str, str], /) -> None:
        number = attributes.get("numFmtId", "0")
        number = number if re.fullmatch("[0-9]{1,9}", number) else "0"
        if tag == "numFmt":
            self._own[int(number)] = attributes.get("formatCode", "")
        elif tag == "xf" and self._in_cells:
            if attributes.get("fontId") in self._struck_fonts:
                self.struck.add(len(self._numbers))
            self._numbers.append(int(number))
        elif tag in {"cellXfs", "cellStyleXfs"}:
            self._in_cells = tag == "cellXfs"
        elif tag == "font" and not self._numbers:  # conditional formats have fonts too, behind the cells' own
            self._font += 1
        elif tag == "strike" and strikes(attributes):
            self._struck_fonts.add(str(self._font))

    def end(self, tag: str) -> None:
        if tag == "cellXfs":
            self._in_cells = False

    def shapes(self) -> tuple[str, ...]:
        """Return them by the number of the style."""
        by_number = {number: xlsx_values.shape(number, self._own) for number in set(self._numbers)}
        return tuple(by_number[number] for number in self._numbers)


class _SharedTexts(_Part):
    """Collects the texts that cells refer to by their number."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.struck: set[int] = set()
        self._texts = Texts()
        self._left = MOST_CHARACTERS

    def start(self, tag: str, attributes: Mapping[str, str], /) -> None:
        if tag != "si":
            self._texts.start(tag, attributes)

    def end(self, tag: str) -> None:
        self._texts.end(tag)
        if tag == "si":
            if self._texts.is_struck:
                self.struck.add(len(self.texts))
            self.texts.append(xlsx_values.text(self._texts.take()))
            self._left -= len(self.texts[-1])
            if self._left < 0:
                raise BadInputError("The spreadsheet holds too much text for a list of names: is it the right one?")

    def text(self, text: str) -> None:
        self._texts.add(text)


def _choose(tabs: list[_Tab], sheets: list[Sheet], wanted: str | None) -> int:
    """Return the place of the sheet to read; sheets are listed by their numbers, since names may be content."""
    full = [index for index, sheet in enumerate(sheets) if sheet.count]
    if not full:
        raise BadInputError("The spreadsheet is empty.")
    listed = ", ".join(_listed(tabs[index], sheets[index]) for index in full)
    if wanted is None:
        if len(full) > 1:
            raise BadInputError(f"The spreadsheet has several sheets: say which with --sheet NUMBER, of {listed}.")
        return full[0]
    found = _named(tabs, wanted)
    if found is None:
        raise UsageError(f"The spreadsheet has no such sheet: those with rows are {listed}.")
    if found not in full:
        raise UsageError(f"Sheet {tabs[found].number} of the spreadsheet is empty: those with rows are {listed}.")
    return found


def _listed(tab: _Tab, sheet: Sheet) -> str:
    rows = "1 row" if sheet.count == 1 else f"{sheet.count} rows"
    return f"{tab.number} ({'hidden, ' if tab.is_hidden else ''}{rows})"


def _named(tabs: list[_Tab], wanted: str) -> int | None:
    for same in (
        lambda tab: tab.name == wanted,
        lambda tab: tab.name.casefold() == wanted.strip().casefold(),
        lambda tab: str(tab.number) == wanted.strip(),
    ):
        found = [index for index, tab in enumerate(tabs) if same(tab)]
        if found:
            return found[0]
    return None


def _of_sheet(tabs: list[_Tab], sheets: list[Sheet], index: int) -> list[str]:
    """Return what to say of the sheet that was chosen, and of those that were not."""
    sheet, notes = sheets[index], []
    others = [tabs[other].number for other, one in enumerate(sheets) if one.count and other != index]
    hidden = ", which is hidden," if tabs[index].is_hidden else ""
    if tabs[index].of > 1 or hidden:
        rest = f"not read: {', '.join(map(str, others))}" if others else "the others are empty"
        notes.append(f"Sheet {tabs[index].number} of {tabs[index].of}{hidden} was read; {rest}.")
    if sheet.hidden_rows or sheet.hidden_columns:
        notes.append(f"Hidden rows ({sheet.hidden_rows}) and hidden columns ({sheet.hidden_columns}) were read too.")
    if sheet.struck_rows:
        numbers = ", ".join(map(str, sheet.struck_rows[:10])) + (" …" if len(sheet.struck_rows) > 10 else "")
        notes.append(
            f"Something is struck through in rows {numbers}; people there were read like all others, but an end, a "
            "scope or an event that is struck through limits nothing."
        )
    if sheet.is_merged:
        notes.append("What stands in a merged cell was read for each of its rows.")
    if sheet.has_links:
        notes.append(
            "Cells hold links: those of people's columns to pages of users and to mailboxes were read, no others."
        )
    return notes


def _asides(names: frozenset[str]) -> list[str]:
    return [note for pattern, note in _ASIDES if any(re.fullmatch(pattern, name) for name in names)]
