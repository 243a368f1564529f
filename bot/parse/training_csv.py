"""Reads course completions from a table that a course platform exported; knows its columns by name, not by platform."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from bot.model import Training
from bot.parse import training_words as words
from bot.parse.contact_fields import quoted, spaced
from bot.parse.csv_column import rank
from bot.parse.csv_table import Row, Table
from bot.parse.roster_record import Problems


@dataclass(frozen=True, slots=True)
class Completion:
    """That somebody completed a course; ``name`` is as the table has it."""

    line: int
    name: str
    training: Training


def read(tables: Sequence[Table], course: str, problems: Problems) -> Iterator[Completion]:
    """Yield the completions of the table, whichever of ``tables`` (one text, several delimiters) it is.

    ``course`` is what the course is called where no column says so. What cannot be taken is added to ``problems``.
    """
    table = max(tables, key=lambda one: (max(map(rank, one.rows[0].cells)) > 1, _known(one), len(one.rows[0].cells)))
    columns = _Columns(table)
    if trouble := columns.trouble(course):
        problems.add(table.rows[0].line, trouble)
        return
    for row in table.rows[1:]:
        if found := columns.completion(row, course, problems):
            yield found


def _known(table: Table) -> int:
    every = words.COURSE | words.COURSE_ID | words.STATUS | words.CERTIFICATE | words.DAY | words.DONE_COUNT
    return sum(words.folded(cell) in every for cell in table.rows[0].cells)


class _Columns:
    """Which column of a table says what."""

    def __init__(self, table: Table) -> None:
        self._header = table.rows[0].cells
        self._people = self._of_users()
        self._course = self._of(words.COURSE) or self._of(words.COURSE_ID)
        self._said = self._of(words.STATUS)
        self._also = self._of(words.CERTIFICATE)
        self._days = self._of(words.DAY)
        self._counts = [*self._of(words.DONE_COUNT)[:1], *self._of(words.ALL_COUNT)[:1]]
        cells = [row.cells[number] for row in table.rows[1:] for number in self._days if number < len(row.cells)]
        self._month_first = words.months_first(cells)

    def _of(self, names: Collection[str]) -> list[int]:
        return [number for number, cell in enumerate(self._header) if words.folded(cell) in names]

    def _of_users(self) -> list[int]:
        """Return the columns that are most surely of user names; the number of an account is none of them."""
        ranks = [0 if words.folded(cell).endswith(" id") else rank(cell) for cell in self._header]
        best = [number for number, one in enumerate(ranks) if one == max(ranks) and one > 1]
        return best if len(best) < 2 else [number for number in self._of(words.USER) if number in best] or best

    def trouble(self, course: str) -> str:
        """Return why this table cannot be used, a sentence or nothing."""
        listed = ", ".join(map(quoted, self._header[:30]))
        if len(self._people) != 1:
            return f'No column, or more than one, is for user names: call one "username"; there are {listed}.'
        if not (self._said or self._also or self._days or len(self._counts) == 2):
            return (
                f'No column says who completed the course: call one "completion date" or "status"; there are {listed}.'
            )
        if not (self._course or course):
            return (
                'Nothing says which course this is: add a column "course", or rename the file to the course\'s name,'
                " as in Keeping events safe.csv."
            )
        return ""

    def completion(self, row: Row, course: str, problems: Problems) -> Completion | None:
        """Return what ``row`` says, None when it is of somebody who has not completed the course."""
        unread: list[str] = []
        said = [self._says(_cell(row, number), unread) for number in self._said]
        also = [self._says(_cell(row, number), unread) for number in self._also]
        days = [self._day(_cell(row, number), unread) for number in self._days]
        if unread:
            text = f"{quoted(unread[0])} says neither a day nor whether the course is complete."
            problems.add(row.line, f'{text[:-1]}; write "2026-12-24", "completed" or "in progress".')
            return None
        on = [one for one in (*said, *days) if isinstance(one, date)]
        if any(one is False for one, number in zip(said, self._said, strict=True) if _cell(row, number)):
            return None
        if not any(one is not False for one in (*said, *also, *days)) and not self._counted(row):
            return None
        return self._completed(row, course, on[0] if on else None, problems)

    def _completed(self, row: Row, course: str, on: date | None, problems: Problems) -> Completion | None:
        name = _cell(row, self._people[0])
        own = next((cell for number in self._course if (cell := spaced(_cell(row, number)))), "") or course
        if name and own:
            return Completion(row.line, name, Training(own, on))
        problems.add(row.line, f"The row names no {'course' if name else 'user'}; write it, or leave the row out.")
        return None

    def _says(self, cell: str, unread: list[str]) -> bool | date | None:
        """Return yes or no, or the day that stands in the place of a yes."""
        plain = words.is_yes(cell)
        return self._day(cell, unread) if plain is None else plain

    def _day(self, cell: str, unread: list[str]) -> bool | date | None:
        """Return the day, False for none, None for one that is not sure."""
        plain = words.is_yes(cell)
        if plain is not None:
            return plain
        found = words.day(cell, month_first=self._month_first)
        if isinstance(found, str):
            unread.append(cell)
            return False
        return found

    def _counted(self, row: Row) -> bool:
        """Whether all of the modules of the course, and at least one, are done."""
        if len(self._counts) < 2:
            return False
        done, every = (_cell(row, number) for number in self._counts)
        return done.isdecimal() and every.isdecimal() and 0 < int(every[:9]) <= int(done[:9])


def _cell(row: Row, number: int) -> str:
    return row.cells[number] if number < len(row.cells) else ""
