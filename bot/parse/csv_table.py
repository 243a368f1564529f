"""Turns the bytes of a table of any common form into rows with their line numbers; must not know what the cells mean.

The delimiter is found by trying each of them on the whole file; csv.Sniffer guesses from letter frequencies and fails
on lists of names.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from dataclasses import dataclass

from bot.errors import BadInputError

REGISTRANTS = "The list of registrants"
NO_DELIMITER = "\x1f"  # never in a file that is let through: each line is one cell
DELIMITERS = (",", ";", "\t", "|")
_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_NOT_TEXT = (
    (b"PK\x03\x04", "a spreadsheet or ZIP file"),
    (b"\xd0\xcf\x11\xe0", "an old Excel file"),
    (b"%PDF", "a PDF"),
)


@dataclass(frozen=True, slots=True)
class Row:
    """A row that is not blank: ``line`` is where it begins, from 1; cells are trimmed."""

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of a file under one delimiter, blank rows left out; at least one row."""

    delimiter: str
    rows: tuple[Row, ...]

    @property
    def width(self) -> int:
        """How many cells most rows have."""
        return Counter(len(row.cells) for row in self.rows).most_common(1)[0][0]

    @property
    def even(self) -> bool:
        """Whether every row has the same number of cells, and that is more than one."""
        return self.width > 1 and all(len(row.cells) == self.width for row in self.rows)


def decode(data: bytes, what: str = REGISTRANTS) -> str:
    """Return the text of ``data`` (UTF-8, or UTF-16 with a byte order mark), without the mark; ``what`` names the file.

    Raises BadInputError for everything else, since a wrong guess would make other names of names.
    """
    for start, kind in _NOT_TEXT:
        if data.startswith(start):
            raise BadInputError(f'{what} is {kind}: save it as "CSV UTF-8" and try again.')
    mark, encoding = next(((mark, name) for mark, name in _BOMS if data.startswith(mark)), (b"", "utf-8"))
    try:
        text = data[len(mark) :].decode(encoding)
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise BadInputError(f'{what} is not UTF-8 (line {line}): save it as "CSV UTF-8" and try again.') from error
    if "\x00" in text or NO_DELIMITER in text:
        raise BadInputError(f'{what} is not a text file: save it as "CSV UTF-8" and try again.')
    if text.lstrip()[:9].lower().startswith(("<!doctype", "<html")):
        raise BadInputError(f"{what} is a web page: download the table itself as CSV.")
    return text


def tables(text: str, what: str = REGISTRANTS) -> list[Table]:
    """Return ``text`` read with each delimiter that it can be read with, the one-column reading last.

    A first line ``sep=;``, as spreadsheets write it, decides. Raises BadInputError for a text without rows and for one
    whose quotation marks no delimiter makes sense of.
    """
    first, _, rest = text.partition("\n")
    skipped = 0
    delimiters: tuple[str, ...] = (*DELIMITERS, NO_DELIMITER)
    if first.lower().startswith("sep=") and len(first.rstrip("\r")) == 5:
        delimiters, text, skipped = (first[4],), rest, 1
    found: list[Table] = []
    errors: dict[str, str] = {}
    for delimiter in delimiters:
        try:
            rows = _rows(text, delimiter, skipped)
        except csv.Error as error:
            errors[delimiter] = str(error)
            continue
        if not rows:
            raise BadInputError(f"{what} is empty.")
        found.append(Table(delimiter, rows))
    if not found:
        likely = max(errors, key=text.count)  # the others' errors speak of a delimiter that the file does not have
        raise BadInputError(f"{what} cannot be read as CSV: {errors[likely]}.")
    return found


def _rows(text: str, delimiter: str, skipped: int) -> tuple[Row, ...]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True, skipinitialspace=True)
    rows: list[Row] = []
    begin = 1
    try:
        for cells in reader:
            trimmed = [cell.strip("\ufeff \t\r\n\u00a0\u200b") for cell in cells]
            if any(trimmed):
                rows.append(Row(begin + skipped, tuple(trimmed)))
            begin = reader.line_num + 1
    except csv.Error as error:
        raise csv.Error(f"line {begin + skipped}: {error}") from error
    return tuple(rows)
