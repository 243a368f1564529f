"""Reads registrants from a table that a person exported; must not know where the file came from."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.model import Agreed, Excluded, NameState, Origin, Registrant, Signups, SiteInfo, Unparsed
from bot.parse import agreement_words, usernames
from bot.parse.csv_column import Column, choose
from bot.parse.csv_table import Row, decode, tables

_GUARDED = re.compile(r"'(?=[=+\-@\t\r\n])")  # how spreadsheets and bot.escape keep a text from being a formula
_TEXT_FORMULA = re.compile(r'="([^"]*)"')
_FORMULA = re.compile(r"=.*\(", re.DOTALL)
_ADDRESS = re.compile(r"(?:https?:)?//|[\w.-]+\.(?:org|com|net)/", re.IGNORECASE)
_NOBODY = frozenset({"-", "–", "—", "--", "---", ".", "?", "n/a", "N/A", "#N/A"})


def read(data: bytes, site: SiteInfo, column: str | None = None) -> Signups:
    """Return the registrants in ``data``: one name a row, in the column called ``column`` (or of that number, from 1).

    Without ``column`` it is guessed from the header, or from the cells when only one column can hold names. Cells may
    hold a name, ``User:`` and a name, a link or the address of a user page. Each row ends as a registrant, in
    ``excluded`` (header, duplicates) or in ``unparsed`` with its reason. A column whose header asks for agreement to a
    policy says who agreed; rows of one person that say different things are UNKNOWN. Raises BadInputError for a file
    that cannot be used: not UTF-8, empty, no such column, or no way to tell which column it is.
    """
    chosen = choose(tables(decode(data)), column, lambda cell: _points_to_user(cell, site))
    reader = _Reader(site, chosen)
    for row in chosen.rows:
        reader.take(row)
    return reader.signups()


class _Reader:
    """Collects what the rows of one table say."""

    def __init__(self, site: SiteInfo, column: Column) -> None:
        self._site = site
        self._column = column
        self._asked = _asked(column)
        self._registrants: dict[tuple[str, str], Registrant] = {}
        self._unparsed: list[Unparsed] = []
        self._excluded = [Excluded(column.label, line, "header of the column") for line in column.header_lines]

    def take(self, row: Row) -> None:
        """Sort ``row`` into one of the three lists."""
        column = self._column
        if column.width and any(row.cells[column.width :]):
            self._unread(row, "has more cells than the header")
            return
        cell = row.cells[column.index] if column.index < len(row.cells) else ""
        found = _name(cell, self._site)
        if isinstance(found, str):
            self._unread(row, found)
            return
        key = (found.prefix, found.name)
        if key in self._registrants:
            first = self._registrants[key]
            self._excluded.append(Excluded(found.name, row.line, f"listed before, on line {first.origin.line}"))
            agreed = agreement_words.together((first.agreed, self._agreed(row)))
            self._registrants[key] = replace(first, agreed=agreed)
            return
        origin = Origin("csv", line=row.line, section=column.label)
        self._registrants[key] = Registrant(
            found.name, origin, state=found.state, prefix=found.prefix, agreed=self._agreed(row)
        )

    def _agreed(self, row: Row) -> Agreed:
        """Return what the columns that ask for agreement say; an empty or missing cell is no agreement."""
        said = []
        for index, meant in self._asked.items():
            cell = row.cells[index] if index < len(row.cells) else ""
            given = agreement_words.answer(cell[1:] if _GUARDED.match(cell) else cell)
            said.append(meant if given is Agreed.AGREED else given)
        return agreement_words.to_all(said) if said else Agreed.NOT_ASKED

    def _unread(self, row: Row, why: str) -> None:
        self._unparsed.append(Unparsed(row.line, ", ".join(row.cells), why=why))

    def signups(self) -> Signups:
        """Return what has been sorted so far."""
        return Signups(
            tuple(self._registrants.values()), tuple(self._excluded), tuple(self._unparsed), (self._column.label,)
        )


def _asked(column: Column) -> dict[int, Agreed]:
    """Return the columns that ask for agreement, with what a "yes" says there."""
    headings = ((index, agreement_words.heading(cell)) for index, cell in enumerate(column.header))
    return {index: meant for index, meant in headings if meant is not None and index != column.index}


def _name(cell: str, site: SiteInfo) -> usernames.UserTarget | str:
    """Return whom ``cell`` names, or why it names nobody."""
    text = cell[1:] if _GUARDED.match(cell) else cell
    if formula := _TEXT_FORMULA.fullmatch(text):
        text = formula[1].strip()
    if not text or text in _NOBODY:
        return "holds no user name"
    if "\n" in text or "\r" in text:
        return "holds several lines in the cell for the user name"
    if _FORMULA.match(text):
        return "holds a formula instead of a user name"
    target = _target(text, site)
    if target is None:
        return "holds an address that is not a user page's"
    return target if target.state is not NameState.IMPOSSIBLE else "holds what cannot be a user name"


def _target(text: str, site: SiteInfo) -> usernames.UserTarget | None:
    """Return the user that ``text`` names, None for an address of something else."""
    if _ADDRESS.match(text):
        return usernames.from_url(text, site)
    if link := _link(text, site):
        return link
    name = usernames.canonical(text, site)
    return usernames.UserTarget(name.name, name.state, "user")


def _link(text: str, site: SiteInfo) -> usernames.UserTarget | None:
    """Return the user whom a wikilink or a prefixed name leads to, None for plain text."""
    inner = text[2:-2].partition("|")[0] if text.startswith("[[") and text.endswith("]]") else text
    return usernames.from_target(inner, site)


def _points_to_user(cell: str, site: SiteInfo) -> bool:
    found = usernames.from_url(cell, site) if _ADDRESS.match(cell) else _link(cell, site)
    return found is not None
