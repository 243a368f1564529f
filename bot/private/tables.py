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

    Cells that hold a formula, an error or a rounded number are doubtful and come empty. Raises BadInputError for what
    is not UTF-8 (or UTF-16 with its mark), empty, no CSV, or too large.
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
        rows = _best(found).rows
        problem = _TOO_LARGE
        if len(rows) <= MOST_ROWS:
            return Grid(tuple(_row(row) for row in rows))
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


def _row(row: csv_table.Row) -> Row:
    if len(row.cells) > MOST_COLUMNS:
        return Row(row.line, (), f"the line has more than {MOST_COLUMNS} cells")
    cells, doubts = [], {}
    for column, cell in enumerate(row.cells):
        typed = cell[1:] if _GUARDED.match(cell) else _TEXT_FORMULA.sub(r"\1", cell) if cell[:2] == '="' else cell
        why = next((why for pattern, why in _DOUBTS if pattern.fullmatch(typed)), "") if typed is cell else ""
        cells.append("" if why else typed)
        if why:
            doubts[column] = why
    return Row(row.line, tuple(cells), trouble(doubts), tuple(doubts))
