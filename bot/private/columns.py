"""Which columns of a table hold what: from headings in many languages, from cells, or as a person said; must show none.

Errors and notes name columns by their letters, and say of cells only of what kind they are: a heading is shown only
where it is one by its words.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile

from bot.errors import BadInputError
from bot.model import SiteInfo
from bot.private import cells, titles
from bot.private.column_words import FIELDS, Kind, meaning
from bot.private.columns_guess import Source, Table
from bot.private.columns_header import parts, upright
from bot.private.model import ColumnUse, Field, Grid, Row
from bot.private.tables import letters


@dataclass(frozen=True, slots=True, repr=False)
class Layout:
    """A table as it is to be read: what stands above its header, its columns and its rows.

    ``counters`` are columns that number the rows one by one; ``last`` are rows at its end that may be words on it.
    """

    above: tuple[Row, ...]
    kinds: Mapping[int, Kind]
    header: Row | None
    rows: tuple[Row, ...]
    notes: tuple[str, ...] = ()
    counters: frozenset[int] = frozenset()
    last: frozenset[Row] = frozenset()

    @property
    def uses(self) -> tuple[ColumnUse, ...]:
        """The columns that are read, from the left."""
        return tuple(ColumnUse(FIELDS[kind], index, self.heading(index)) for index, kind in sorted(self.kinds.items()))

    def heading(self, index: int) -> str:
        """Return the heading of a column, empty where there is none."""
        return cell(self.header, index) if self.header else ""

    def cells(self, row: Row, *wanted: Kind) -> tuple[str, ...]:
        """Return the cells of ``row`` in the columns that are of the kinds ``wanted``, from the left."""
        return tuple(cell(row, index) for index, kind in sorted(self.kinds.items()) if kind in wanted)


def cell(row: Row, index: int) -> str:
    """Return a cell, empty where the row is too short for it."""
    return cells.at(row.cells, index)


def find(grid: Grid, site: SiteInfo, said: Mapping[Field, str], source: Source) -> tuple[Layout, ...]:
    """Return how to read the tables in ``grid``, which are in the file ``source``, one below the other.

    ``said`` is what the person said of columns: a heading, a letter or a number from 1, several with "+"; "-" reads
    none as this. Raises BadInputError, without any content, for an empty table and where nothing tells which column
    names people.
    """
    if not grid.rows:
        raise BadInputError(f"{source.name} is empty.")
    named = {part for value in said.values() for part in (value, *value.split("+"))}
    found = list(parts(upright(grid), named))
    above = found.pop(0)[1] if len(found) > 1 and found[0][0] is None else ()
    tables = [(header, rows) for header, rows in found if rows]
    if not tables:
        raise BadInputError(f"{source.name} holds a header and no rows.")
    layouts: list[Layout] = []
    for header, rows in tables:
        kinds, notes = Table(header, rows, site, source).kinds(said)
        layouts.append(Layout(above if not layouts else (), kinds, header, rows, notes, _counters(rows), _last(rows)))
    return tuple(layouts)


def _is_strange(index: int, uses: Sequence[ColumnUse], grid: Grid) -> bool:
    """Whether a column has a heading that says nothing known, where the headings of ``uses`` stand in one row."""
    known = {use.index: use.heading for use in uses if use.heading}
    header = next((row for row in grid.rows if known and all(cell(row, at) == one for at, one in known.items())), None)
    return header is not None and bool(cell(header, index)) and meaning(cell(header, index)) is None


def _last(rows: Sequence[Row]) -> frozenset[Row]:
    """Return the rows at the end that may be words on the table; its first row is a row."""
    return frozenset(takewhile(lambda row: titles.may_be_footer(row) or titles.is_footer(row), reversed(rows[1:])))


def _counters(rows: Sequence[Row]) -> frozenset[int]:
    """Return the columns in which each number is by one more than the one above."""
    width = max(len(row.cells) for row in rows)
    columns = {index: [text for row in rows if (text := cell(row, index))] for index in range(width)}
    return frozenset(
        index
        for index, texts in columns.items()
        if len(texts) > 1
        and all(text.isdecimal() and len(text) < 7 for text in texts)
        and all(int(text) == int(texts[0]) + number for number, text in enumerate(texts))
    )


def describe(uses: Sequence[ColumnUse], grid: Grid) -> str:
    """Say in one sentence, for the terminal, which columns are read as what and which are not.

    A heading that is not known is told by its letter: what stands there may be anything.
    """
    width = max((len(row.cells) for row in grid.rows), default=0)
    filled = {index for row in grid.rows for index, one in enumerate(row.cells) if one}
    told = [
        f"column {letters(use.index)}"
        + (f" (heading “{use.heading}”)" if use.heading else "")
        + f" is read as {use.meaning}"
        for use in uses
    ]
    used = {use.index for use in uses}
    rest = [letters(index) for index in range(width) if index in filled and index not in used]
    if rest:
        told.append(f"column{'s' * (len(rest) > 1)} {', '.join(rest)} {'are' if len(rest) > 1 else 'is'} not read")
    if strange := [letters(index) for index in sorted(filled - used) if _is_strange(index, uses, grid)]:
        told.append(f"what the heading of {', '.join(strange)} says is not known")
    text = "; ".join(told) + "."
    return text[:1].upper() + text[1:]
