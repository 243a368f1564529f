"""What each column of one table holds, by its heading, by its cells or as a person said; it must show no cell.

Errors and notes name columns by their letters, and say of cells only of what kind they are.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.errors import BadInputError
from bot.model import SiteInfo
from bot.parse import usernames
from bot.private import cells, dates
from bot.private.column_words import FIELDS, PEOPLE, Kind, Meaning, folded, is_close, meaning
from bot.private.model import Field, Row
from bot.private.tables import letters

NOT_READ = "-"
_MOST = 0.6  # of the cells of a column, to be taken for what most of them are
_USERS = frozenset({Kind.USER})
_KIND_OF = {
    Field.USER: Kind.USER,
    Field.REAL_NAME: Kind.REAL_NAME,
    Field.EMAIL: Kind.EMAIL,
    Field.CENTRAL_ID: Kind.CENTRAL_ID,
    Field.UNTIL: Kind.UNTIL,
    Field.SCOPE: Kind.SCOPE,
    Field.EVENT: Kind.EVENT,
}


@dataclass(frozen=True, slots=True)
class Source:
    """How to speak of the file: its name at the beginning of a sentence, the option that says its columns."""

    name: str
    option: str


class Table:
    """The rows below a header, and what their columns are."""

    def __init__(self, header: Row | None, rows: Sequence[Row], site: SiteInfo, source: Source) -> None:
        self._header = header
        self._rows = rows
        self._site = site
        self._source = source
        self._width = max(len(row.cells) for row in (*rows, *((header,) if header else ())))
        self._filled = [
            [text for row in rows if not cells.is_blank(text := cells.at(row.cells, index))]
            for index in range(self._width)
        ]
        self._notes: list[str] = []

    def kinds(self, said: Mapping[Field, str]) -> tuple[dict[int, Kind], tuple[str, ...]]:
        """Return what each column that is read holds, and what to say of the choice."""
        found = self._by_headings() if self._header else self._by_cells(is_said=bool(said))
        for field, value in said.items():
            found = {index: kind for index, kind in found.items() if FIELDS.get(kind) is not field}
            if value.strip() != NOT_READ:
                found |= dict.fromkeys(self._named(field, value), _KIND_OF[field])
        found = self._settled(found)
        if not any(kind in PEOPLE for kind in found.values()):
            raise self._unsure()
        if not _has_names(found):
            self._tell_of_names(found)
        return {index: kind for index, kind in found.items() if kind in FIELDS}, tuple(self._notes)

    def _tell_of_names(self, found: Mapping[int, Kind]) -> None:
        """Say which columns may hold the names in a table of which none is read."""
        open_ = [letters(index) for index in range(self._width) if index not in found and self._are(index, _may_name)]
        if open_:
            self._notes.append(
                f"No column is read as names; if {' or '.join(open_[:5])} holds them, say"
                f' {self._source.option} "user name={open_[0]}" or "real name={open_[0]}".'
            )

    def _by_headings(self) -> dict[int, Kind]:
        """Return what the headings say; one that only speaks of an event among other things limits no entry to it."""
        header = self._header.cells if self._header else ()
        found = {index: said for index, one in enumerate(header) if (said := meaning(cells.tidy(one)))}
        for index in [index for index, said in found.items() if self._is_beside(index, said, found.values())]:
            del found[index]
        return {
            index: said.kind
            for index, said in found.items()
            if said.kind is not Kind.OTHER and (said.is_whole or said.kind is not Kind.EVENT)
        }

    def _is_beside(self, index: int, said: Meaning, all_: Iterable[Meaning]) -> bool:
        """Whether a heading is known in part, beside one that is known as a whole: "user who reported" is not "user".

        So with users, and with the ends of bans; of both it is told, for the words that are not known may be harmless.
        """
        as_what = {Kind.USER: _USERS, Kind.NUMBER: _USERS, Kind.UNTIL: frozenset({Kind.UNTIL})}.get(said.kind)
        if said.is_whole or as_what is None or not any(one.is_whole and one.kind in as_what for one in all_):
            return False
        if said.kind is Kind.USER and is_close(cells.at(self._header.cells if self._header else (), index)):
            return False
        name, field = letters(index), FIELDS.get(said.kind, Field.USER)
        what = "names of users" if field is Field.USER else "an end"
        self._notes.append(
            f"The heading of column {name} speaks of {what} among other words, and another column is just that: it is"
            f' not read; if it counts too, say {self._source.option} "{field}=…" with all letters, such as A+{name}.'
        )
        return True

    def _by_cells(self, *, is_said: bool) -> dict[int, Kind]:
        """Return what the columns of a table without header hold, as far as their cells say.

        A day may be the first one as well as the last one, and a number may count the rows: both are left.
        """
        found: dict[int, Kind] = {}
        for index in range(self._width):
            if self._are(index, _is_email):
                found[index] = Kind.EMAIL
            elif self._are(index, self._is_link):
                found[index] = Kind.USER
        if Kind.USER not in found.values():
            open_ = [index for index in range(self._width) if index not in found and self._are(index, _may_name)]
            if len(open_) == 1:
                found[open_[0]] = Kind.USER
            elif open_ and not is_said:
                raise self._unsure()
        return found

    def _settled(self, found: dict[int, Kind]) -> dict[int, Kind]:
        """Return ``found`` with what depends on the other columns and on the cells decided."""
        for index in [index for index, kind in found.items() if kind is Kind.NUMBER]:
            if self._are(index, str.isdecimal):
                del found[index]
                self._notes.append(
                    f"Column {letters(index)} holds numbers and does not say of which register: it is not read; if they"
                    f' are ids of global accounts, say {self._source.option} "central id={letters(index)}".'
                )
            else:
                found[index] = Kind.USER
        has = set(found.values())
        for index in sorted(index for index, kind in found.items() if kind is Kind.NAME):
            found[index] = self._name(index, has)
            has.add(found[index])
        return found

    def _name(self, index: int, has: set[Kind]) -> Kind:
        """Return whose name a column called "name" holds: the account's where nothing else says so."""
        if Kind.FAMILY in has and Kind.GIVEN not in has:
            return Kind.GIVEN
        if Kind.GIVEN in has and Kind.FAMILY not in has:
            return Kind.FAMILY  # Name, Vorname; Nom, Prénom
        if self._are(index, self._is_link):
            return Kind.USER
        if has & {Kind.USER, Kind.ALSO}:
            return Kind.REAL_NAME
        if self._are(index, _is_turned) or (Kind.EMAIL in has and not self._are(index, _is_handle)):
            self._notes.append(self._taken(index, "real names", Field.USER))
            return Kind.REAL_NAME
        if not has & {Kind.REAL_NAME, Kind.GIVEN, Kind.FAMILY}:
            self._notes.append(self._taken(index, "user names", Field.REAL_NAME))
        return Kind.USER

    def _taken(self, index: int, as_what: str, other: Field) -> str:
        name = letters(index)
        return (
            f'Column {name} is called "name" only and is read as {as_what}; if it is not, say'
            f' {self._source.option} "{other}={name}".'
        )

    def _are(self, index: int, test: Callable[[str], bool]) -> bool:
        filled = self._filled[index]
        return bool(filled) and sum(map(test, filled)) >= _MOST * len(filled)

    def _is_link(self, text: str) -> bool:
        if "//" in text or re.match(r"[\w.-]+\.org/", text):
            return usernames.from_url(text, self._site) is not None
        inner = text[2:-2].partition("|")[0] if text.startswith("[[") and text.endswith("]]") else text
        return usernames.from_target(inner, self._site) is not None

    def _named(self, field: Field, value: str) -> list[int]:
        """Return the columns that a person named; raises BadInputError where there is none of this name."""
        parts = [value] if self._heading_is(value) else value.split("+")
        return [self._one(field, part.strip()) for part in parts]

    def _heading_is(self, value: str) -> list[int]:
        header = self._header.cells if self._header else ()
        return [index for index, one in enumerate(header) if folded(one) == folded(value) and folded(value)]

    def _one(self, field: Field, value: str) -> int:
        if len(same := self._heading_is(value)) == 1:
            return same[0]
        if len(same) > 1:
            raise BadInputError(
                f'{self._source.name} has several columns of the heading given for "{field}": say the letter of one.'
            )
        index = int(value) - 1 if value.isascii() and value.isdecimal() and len(value) < 6 else _index(value)
        if not 0 <= index < self._width:
            last = letters(self._width - 1)
            raise BadInputError(
                f'{self._source.name} has no column as given for "{field}": say its letter, A to {last}.'
            )
        return index

    def _unsure(self) -> BadInputError:
        seem = "; ".join(f"{letters(index)}: {self._seems(index)}" for index in range(min(self._width, 26)))
        return BadInputError(
            f"{self._source.name} does not tell which column names people: say it, such as"
            f' {self._source.option} "user name=A" or "real name=B" ({seem}).'
        )

    def _seems(self, index: int) -> str:
        """Say of what kinds the cells of a column are, without their content."""
        counted = Counter(_seems(text, is_link=self._is_link(text)) for text in self._filled[index])
        told = ", ".join(f"{count} {kind}" for kind, count in counted.most_common(2)) or "empty"
        known = meaning(self._header.cells[index]) if self._header and index < len(self._header.cells) else None
        return f"“{cells.at(self._header.cells, index)}”, {told}" if known and known.is_whole and self._header else told


def _has_names(found: Mapping[int, Kind]) -> bool:
    """Whether any column holds names of users or of people."""
    return any(FIELDS.get(kind) in {Field.USER, Field.REAL_NAME} for kind in found.values())


def _index(letters: str) -> int:
    index = 0
    if not re.fullmatch("[A-Za-z]{1,3}", letters):
        return -1
    for one in letters.upper():
        index = index * 26 + ord(one) - ord("A") + 1
    return index - 1


def _is_email(text: str) -> bool:
    return bool(cells.emails(text)[0])


def _is_turned(text: str) -> bool:
    return bool(re.fullmatch(r"[^,\d]+,\s*[^,\d]+", text))


def _is_handle(text: str) -> bool:
    """Whether a text is rather the name of an account: one word, with a figure or of letters that have capitals."""
    return len(text.split()) == 1 and (text.lower() != text.upper() or bool(re.search(r"[\d_]", text)))


def _may_name(text: str) -> bool:
    return _seems(text, is_link=False) == _NAMES


_NAMES = "cells that may be names"


def _seems(text: str, *, is_link: bool) -> str:
    if is_link:
        return "links to users"
    if _is_email(text):
        return "e-mail addresses"
    if re.fullmatch(r"[\d\s.,:/+()-]+", text) and not dates.days_in(text):
        return "numbers"
    if dates.days_in(text):
        return "dates"
    return _NAMES if len(text) <= 100 and "\n" not in text else "long texts"
