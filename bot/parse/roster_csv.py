"""Reads a roster in CSV, which holds contacts only; knows what a row holds by bot.parse.roster_entries."""

from __future__ import annotations

from collections.abc import Sequence

from bot.model import Contact, Roster, SiteInfo
from bot.parse import csv_table
from bot.parse.contact_fields import quoted
from bot.parse.csv_table import Row, Table
from bot.parse.roster_entries import CONTACT_KEYS, contact
from bot.parse.roster_record import Problems, Record, nearest


def read(text: str, what: str, site: SiteInfo, problems: Problems) -> Roster:
    """Return the roster that the table ``text`` holds; what cannot be taken is added to ``problems``.

    Raises BadInputError for what is no table at all.
    """
    table = max(csv_table.tables(text, what), key=_known_columns)
    header, *rows = table.rows
    columns = [_folded(cell) for cell in header.cells]
    if "name" not in columns:
        listed = ", ".join(map(quoted, header.cells[:20]))
        problems.add(header.line, f'The header has no column "name"; it has {listed}.')
        return Roster()
    _check_header(header, columns, problems)
    if not rows:
        problems.add(header.line, "There is a header and no row; write a row for each member of the response team.")
    contacts = [_contact(row, columns, site, problems) for row in rows]
    return Roster(contacts=tuple(one for one in contacts if one))


def _known_columns(table: Table) -> tuple[int, int]:
    columns = [_folded(cell) for cell in table.rows[0].cells]
    return sum(column in CONTACT_KEYS for column in columns), len(columns)


def _check_header(header: Row, columns: Sequence[str], problems: Problems) -> None:
    for number, column in enumerate(columns):
        if column and column not in CONTACT_KEYS:
            text = f"There is no column {quoted(header.cells[number])}; {nearest(column, CONTACT_KEYS)}"
            problems.add(header.line, text)
        elif column and column in columns[:number]:
            problems.add(header.line, f'There are two columns "{column}"; leave one out.')


def _contact(row: Row, columns: Sequence[str], site: SiteInfo, problems: Problems) -> Contact | None:
    beyond = [cell for number, cell in enumerate(row.cells) if cell and not (columns[number:] or [""])[0]]
    if beyond:
        text = f"{quoted(beyond[0])} stands in no column of the header; put a cell with the delimiter in quotes."
        problems.add(row.line, text)
    values = {column: cell for column, cell in zip(columns, row.cells, strict=False) if column in CONTACT_KEYS}
    return contact(Record(values, "The row", row.line, lambda _key, _element: row.line, problems), site)


def _folded(cell: str) -> str:
    return cell.strip().lower()
