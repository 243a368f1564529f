"""Turns the bytes of a CSV file into a Grid; must not know what its columns mean."""

from __future__ import annotations

import re

from bot.errors import BadInputError
from bot.parse import csv_table
from bot.private.model import Grid, Row

MOST_ROWS = 100_000
MOST_COLUMNS = 500
MOST_CELLS = 2_000_000
_FILE = "The file"


def read(data: bytes) -> Grid:
    """Return the rows of ``data`` that are not blank, with the numbers of their lines.

    A row whose formula was not computed, or that has more cells than a table can have, is in trouble. Raises
    BadInputError for what is not UTF-8 (or UTF-16 with its mark), empty, no CSV, or too large.
    """
    _refuse_large(data)
    try:
        found = csv_table.tables(csv_table.decode(data, _FILE), _FILE)
    except BadInputError as error:
        problem = str(error)
    else:
        return Grid(tuple(_row(row) for row in _best(found).rows))
    raise BadInputError(problem)


def _refuse_large(data: bytes) -> None:
    """Refuse before anything is taken apart: a million delimiters make a million cells."""
    marks = sum(data.count(mark.encode()) for mark in csv_table.DELIMITERS)
    if marks > MOST_CELLS or data.count(b"\n") + data.count(b"\r") > 2 * MOST_ROWS:
        raise BadInputError(f"{_FILE} is larger than {MOST_ROWS} rows or {MOST_CELLS} cells: is it the right one?")


def _best(found: list[csv_table.Table]) -> csv_table.Table:
    """Return the reading in which most rows have as many cells as each other, and that is more than one."""

    def share(table: csv_table.Table) -> tuple[bool, float, int]:
        width = table.width
        alike = sum(len(row.cells) == width for row in table.rows) / len(table.rows)
        return width > 1, alike, width

    return max(found, key=share)


def _row(row: csv_table.Row) -> Row:
    if len(row.cells) > MOST_COLUMNS:
        return Row(row.line, row.cells[:MOST_COLUMNS], f"it has more than {MOST_COLUMNS} cells")
    formula = any(re.match(r"=.*\(", cell, re.DOTALL) for cell in row.cells)
    return Row(row.line, row.cells, "a cell is a formula that was not computed" if formula else "")
