"""Tables for tests of lists, written as text."""

from __future__ import annotations

from bot.private.model import Grid, Row


def grid(text: str) -> Grid:
    """Return the table in ``text``: a row a line, cells between "|", "¶" for a new line in a cell."""
    rows = [tuple(cell.strip().replace("¶", "\n") for cell in line.split("|")) for line in text.strip().split("\n")]
    return Grid(tuple(Row(number, cells) for number, cells in enumerate(rows, 1) if any(cells)))
