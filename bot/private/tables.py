"""Turns the bytes of a CSV file into a Grid; must not know what its columns mean."""

from __future__ import annotations

import re

from bot.errors import BadInputError
from bot.parse import csv_table
from bot.private.model import Grid, Row

MOST_ROWS = 100_000
MOST_COLUMNS = 500
MOST_CELLS = 1_000_000
_FILE = "The file"
_TOO_LARGE = f"{_FILE} is larger than {MOST_ROWS:,} rows or {MOST_CELLS:,} cells: is it the right one?"
TOO_WIDE = "it has more cells than the others, as behind a comma in a name without quotation marks"
ROWS_WITHIN = "a cell of it seems to hold further rows, as behind a quotation mark that is never closed"
_GUARDED = re.compile(r"'(?=[=+\-@\t\r\n])")  # how spreadsheets and bot.escape keep a text from being a formula
_TEXT_FORMULA = re.compile(r'="([^"]*)"')
# What a spreadsheet writes instead of what somebody typed.
_DOUBTS = (
    (re.compile(r"=.*\(.*", re.DOTALL), "is a formula"),
    (re.compile(r"#(?:NAME|REF|VALUE|NULL|NUM|DIV/0|N/A)[!?]?|#{3,}"), "is an error"),
    (re.compile(r"[0-9](?:[.,][0-9]+)?E\+[0-9]{2}"), "is a number that was rounded"),
)


def read(data: bytes) -> Grid:
    """Return the rows of ``data`` that are not blank, with the numbers of their lines.

    Cells that hold a formula, an error or a rounded number are doubtful and come empty; of a row that is wider than the
    others, and of one that seems to hold further rows in a cell, all is. Raises BadInputError for what is not UTF-8 (or
    UTF-16 with its mark), empty, no CSV, or too large.
    """
    lines = max(data.count(b"\n"), data.count(b"\r"))
    cells = sum(data.count(mark.encode()) for mark in csv_table.DELIMITERS)  # whichever will turn out to be the one
    if lines > 2 * MOST_ROWS or cells > MOST_CELLS:
        raise BadInputError(_TOO_LARGE)
    try:
        found = csv_table.tables(csv_table.decode(data, _FILE), _FILE)
    except BadInputError as error:
        problem = str(error)
    else:
        best = _best(found)
        problem = _TOO_LARGE
        if len(best.rows) <= MOST_ROWS:
            width, mark = _width(best), _mark(best, data)
            return Grid(tuple(_row(row, _shifted(row, width, mark)) for row in best.rows))
    raise BadInputError(problem)


def trouble(doubts: dict[int, str]) -> str:
    """Return what to say of the cells that cannot be believed, by their columns from 0: at most of three."""
    whys = [f"column {letters(column)} {why}" for column, why in sorted(doubts.items())]
    more = f" and {len(whys) - 3} more" if len(whys) > 3 else ""
    return "; ".join(whys[:3]) + more


def letters(column: int) -> str:
    """Return the letters that spreadsheets show above a column, which is counted from 0."""
    shown = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        shown = chr(ord("A") + rest) + shown
    return shown


def _best(found: list[csv_table.Table]) -> csv_table.Table:
    """Return the reading in which most rows have as many cells as each other, and that is more than one."""

    def likelihood(table: csv_table.Table) -> tuple[bool, float, int]:
        width = table.width
        alike = sum(len(row.cells) == width for row in table.rows) / len(table.rows)
        return width > 1, alike, width

    return max(found, key=likelihood)


def _filled(row: csv_table.Row) -> int:
    """Return how wide a row is without the empty cells at its end."""
    return max((index for index, cell in enumerate(row.cells, 1) if cell), default=0)


def _width(table: csv_table.Table) -> int:
    """Return how many cells a row may have: as most rows, or as the first one that is more than a line of text."""
    return max(table.width, next((wide for row in table.rows if (wide := _filled(row)) > 1), 1))


def _mark(table: csv_table.Table, data: bytes) -> re.Pattern[str]:
    """Return what finds a delimiter as this file writes it: in most files no blank follows it, as in a sentence."""
    one = table.delimiter.encode()
    is_spaced = data.count(one + b" ") * 2 > data.count(one)
    return re.compile(re.escape(table.delimiter) + ("" if is_spaced else r"(?!\s)"))


def _shifted(row: csv_table.Row, width: int, mark: re.Pattern[str]) -> str:
    """Return why the cells of a row may stand in the wrong columns, or hold other rows, empty where they do not."""
    if 1 < width < _filled(row):
        return TOO_WIDE
    for index, cell in enumerate(row.cells, 1):
        marks = [len(mark.findall(line)) for line in cell.splitlines()[1:]]
        is_end_of_one = bool(marks and marks[-1]) and marks[-1] + len(row.cells) - index == width - 1
        if is_end_of_one or any(count >= width - 1 > 0 for count in marks):
            return ROWS_WITHIN
    return ""


def _row(row: csv_table.Row, why_shifted: str) -> Row:
    if len(row.cells) > MOST_COLUMNS:
        return Row(row.line, (), f"the line has more than {MOST_COLUMNS} cells")
    cells, doubts = [], {}
    for column, cell in enumerate(row.cells):
        typed = cell[1:] if _GUARDED.match(cell) else _TEXT_FORMULA.sub(r"\1", cell) if cell[:2] == '="' else cell
        why = next((why for pattern, why in _DOUBTS if pattern.fullmatch(typed)), "") if typed is cell else ""
        cells.append("" if why else typed)
        if why:
            doubts[column] = why
    if why_shifted:
        return Row(row.line, tuple(cells), why_shifted)
    return Row(row.line, tuple(cells), trouble(doubts), tuple(doubts))
