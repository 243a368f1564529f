"""Collects the rows of one sheet of a workbook from its XML; must not know which sheet it is, nor what columns mean."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.errors import BadInputError
from bot.private import xlsx_values
from bot.private.model import Row
from bot.private.tables import MOST_CELLS, MOST_COLUMNS, MOST_ROWS, letters, trouble
from bot.private.xlsx_text import TOO_LONG, Texts
from bot.private.xlsx_zip import DAMAGED

MOST_CHARACTERS = 32 * 2**20
MOST_MERGED = 50_000
MOST_LINKS = 65_530  # in a sheet (Excel's specifications and limits)
MOST_WIDTHS = 16_384  # a workbook has no more columns, and says the width of each once
_PLACE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
_TRIM = "\ufeff \t\r\n\u00a0\u200b"
_TRUE = frozenset({"1", "true"})


@dataclass(frozen=True, slots=True, repr=False)
class Shared:
    """What all sheets of a workbook share: texts, how each style shows numbers, the calendar, and what is struck.

    ``struck`` are the styles that strike text through, ``struck_texts`` the texts of which a part is.
    """

    texts: Sequence[str] = ()
    shapes: Sequence[str] = ()
    struck: frozenset[int] = frozenset()
    struck_texts: frozenset[int] = frozenset()
    from_1904: bool = False


@dataclass(slots=True)
class Spent:
    """How much the rows of all sheets together take so far."""

    rows: int = 0
    cells: int = 0
    characters: int = 0

    def add(self, row: dict[int, str]) -> None:
        """Count one row; raises BadInputError when it is one too many."""
        self.rows += 1
        self.add_cells(max(row) + 1, sum(map(len, row.values())))

    def add_cells(self, cells: int, characters: int) -> None:
        """Count cells of a row that was counted."""
        self.cells += cells
        self.characters += characters
        if self.rows > MOST_ROWS or self.cells > MOST_CELLS or self.characters > MOST_CHARACTERS:
            raise BadInputError(
                f"The spreadsheet holds more than {MOST_ROWS:,} rows, or too much in them: is it the right one?"
            )


class Sheet:
    """The rows of one sheet that are not blank, as a handler of xlsx_xml; ``rows`` may be asked when all was told."""

    def __init__(self, shared: Shared, spent: Spent, targets: Mapping[str, str]) -> None:
        self._shared = shared
        self._spent = spent
        self._texts = Texts()
        self._cells: dict[int, dict[int, str]] = {}
        self._doubts: dict[int, dict[int, str]] = {}
        self._struck: dict[int, set[int]] = {}
        self._merged: list[tuple[int, int, int]] = []
        self._targets = targets
        self._links: list[tuple[tuple[int, int], tuple[int, int], str]] = []
        self._hidden_columns: list[tuple[int, int]] = []
        self._row = 0
        self._is_hidden = False
        self._column = -1
        self._type = "n"
        self._shape = ""
        self._has_formula = False
        self._is_struck = False
        self.hidden_rows = 0

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Take the beginning of an element."""
        if tag == "c":
            self._begin_cell(attributes)
        elif tag == "row":
            self._begin_row(attributes)
        elif tag == "f":
            self._has_formula = True
        elif tag == "mergeCell":
            self._merge(attributes.get("ref", ""))
        elif tag == "hyperlink":
            self._link(attributes)
        elif tag == "col" and attributes.get("hidden") in _TRUE:
            self._hide(_whole(attributes.get("min")) - 1, _whole(attributes.get("max")) - 1)
        else:
            self._texts.start(tag, attributes)

    def end(self, tag: str) -> None:
        """Take its end."""
        if tag == "c":
            self._end_cell()
        elif tag == "row":
            self._end_row()
        else:
            self._texts.end(tag)

    def text(self, text: str) -> None:
        """Take a piece of the text between."""
        self._texts.add(text)

    @property
    def count(self) -> int:
        """How many rows are not blank."""
        return len(self._cells)

    @property
    def struck_rows(self) -> list[int]:
        """The rows in which something is struck through."""
        return sorted(self._struck)

    @property
    def has_links(self) -> bool:
        """Whether some cells lead out of the workbook."""
        return bool(self._links)

    @property
    def is_merged(self) -> bool:
        """Whether some cells reach over several rows."""
        return bool(self._merged)

    @property
    def hidden_columns(self) -> int:
        """How many columns that hold something are hidden."""
        used = {column for row in self._cells.values() for column in row}
        return sum(any(first <= column <= last for first, last in self._hidden_columns) for column in used)

    def rows(self) -> tuple[Row, ...]:
        """Return the rows; what stands in cells that were made one counts for every row that they reach over."""
        numbers = sorted(self._cells)
        for column, first, last in self._merged:
            for number in numbers[bisect_right(numbers, first) : bisect_right(numbers, last)]:
                self._repeat(column, first, number)
        links = self._linked(numbers)
        return tuple(self._finished(number, links.get(number, {})) for number in numbers)

    def _repeat(self, column: int, source: int, number: int) -> None:
        for values in (self._cells, self._doubts):
            value = values.get(source, {}).get(column)
            if value and not values.get(number, {}).get(column):
                values.setdefault(number, {})[column] = value
        if column in self._struck.get(source, ()):
            self._struck.setdefault(number, set()).add(column)
        self._spent.add_cells(1, len(self._cells[number].get(column, "")))

    def _linked(self, numbers: Sequence[int]) -> dict[int, dict[int, str]]:
        """Return where the cells of each row lead to; the first cell of merged ones has their link."""
        found: dict[int, dict[int, str]] = {}
        for (first, left), (last, right), target in self._links:
            for number in numbers[bisect_left(numbers, first) : bisect_right(numbers, last)]:
                cells = self._cells[number]
                few = cells if len(cells) < right - left else range(left, right + 1)
                here = [column for column in few if left <= column <= right and column in cells]
                found.setdefault(number, {}).update(dict.fromkeys(here, target))
                self._spent.add_cells(1 + len(here), 0)
        for column, first, last in self._merged:
            if target := found.get(first, {}).get(column, ""):
                for number in numbers[bisect_right(numbers, first) : bisect_right(numbers, last)]:
                    found.setdefault(number, {}).setdefault(column, target)
        return found

    def _finished(self, number: int, links: Mapping[int, str]) -> Row:
        cells, doubts = self._cells[number], self._doubts.get(number, {})
        width = max((*cells, *doubts)) + 1
        texts = tuple(cells.get(column, "") for column in range(width))
        struck = tuple(sorted(self._struck.get(number, ())))
        return Row(number, texts, trouble(doubts), tuple(sorted(doubts)), struck, tuple(sorted(links.items())))

    def _begin_row(self, attributes: Mapping[str, str]) -> None:
        number = _whole(attributes["r"]) if "r" in attributes else self._row + 1
        if number <= self._row:
            raise BadInputError(DAMAGED)
        self._row, self._column = number, -1
        self._is_hidden = attributes.get("hidden") in _TRUE

    def _end_row(self) -> None:
        if self._row in self._cells:
            self.hidden_rows += self._is_hidden
            self._spent.add(self._cells[self._row])

    def _begin_cell(self, attributes: Mapping[str, str]) -> None:
        self._column += 1
        if "r" in attributes:
            row, self._column = place(attributes["r"])
            if row != self._row:
                raise BadInputError(DAMAGED)
        if not self._row:
            raise BadInputError(DAMAGED)
        style = _whole(attributes["s"]) if "s" in attributes else 0
        self._shape = self._shared.shapes[style] if style < len(self._shared.shapes) else ""
        self._is_struck = style in self._shared.struck
        self._type = attributes.get("t", "n")
        self._has_formula = False

    def _end_cell(self) -> None:
        self._is_struck |= self._texts.is_struck
        stored = self._texts.take()
        shown, why = self._shown(stored) if stored or self._has_formula else ("", "")
        shown = shown.strip(_TRIM)
        if not shown and not why:
            return
        if self._column >= MOST_COLUMNS:
            where = f"row {self._row}, beyond column {letters(MOST_COLUMNS - 1)}"
            raise BadInputError(
                f"The spreadsheet holds something in {where}: delete what does not belong to the table."
            )
        cells = self._cells.setdefault(self._row, {})
        if self._column in cells:
            raise BadInputError(DAMAGED)
        cells[self._column] = shown
        if self._is_struck:
            self._struck.setdefault(self._row, set()).add(self._column)
        if why:
            self._doubts.setdefault(self._row, {})[self._column] = why

    def _shown(self, stored: str) -> tuple[str, str]:
        """Return what the cell shows, and why it cannot be believed."""
        if self._has_formula:
            return "", "is a formula"
        if self._type == "s":
            index = _whole(stored)
            if index >= len(self._shared.texts):
                raise BadInputError(DAMAGED)
            stored = self._shared.texts[index]
            self._is_struck |= index in self._shared.struck_texts
        if stored == TOO_LONG:
            return "", "holds more than a cell can"
        return xlsx_values.shown(self._type, stored, self._shape, from_1904=self._shared.from_1904)

    def _hide(self, first: int, last: int) -> None:
        self._hidden_columns.append((first, last))
        if len(self._hidden_columns) > MOST_WIDTHS:
            raise BadInputError(DAMAGED)

    def _link(self, attributes: Mapping[str, str]) -> None:
        relation = next((value for name, value in attributes.items() if name.endswith(" id")), "")
        if target := self._targets.get(relation, ""):  # else it leads to another cell
            begin, _, end = attributes.get("ref", "").partition(":")
            self._links.append((place(begin), place(end or begin), target))
        if len(self._links) > MOST_LINKS:
            raise BadInputError(f"The spreadsheet has more than {MOST_LINKS:,} links: is it the right one?")

    def _merge(self, ref: str) -> None:
        begin, _, end = ref.partition(":")
        (first, column), (last, _) = place(begin), place(end or begin)
        if first < last:
            self._merged.append((column, first, last))
        if len(self._merged) > MOST_MERGED:
            raise BadInputError(f"The spreadsheet has more than {MOST_MERGED:,} merged cells: is it the right one?")


def place(ref: str) -> tuple[int, int]:
    """Return the row, from 1, and the column, from 0, of a place like "B7"; raises BadInputError for what is none."""
    found = _PLACE.fullmatch(ref)
    if found is None:
        raise BadInputError(DAMAGED)
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(found[2]), column - 1


def _whole(text: str | None) -> int:
    """Return a number from 0 as XML writes one; raises BadInputError for everything else."""
    if text is None or not re.fullmatch("[0-9]{1,9}", text.strip()):
        raise BadInputError(DAMAGED)
    return int(text)
