"""One table of a roster (a TOML table, a CSV row) and how its values are taken out; knows no names of keys.

Law: a value that cannot be taken is a problem of its line, and reading goes on as if the roster did not say it.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TypeVar

from bot.errors import BadInputError
from bot.parse.contact_fields import day, quoted, spaced

_T = TypeVar("_T")
_MOMENT = re.compile(r"(\d{4}-\d\d-\d\d)[ T](\d?\d:\d\d)(?::\d\d)?( ?(?:[Zz]|UTC|[-+]\d\d:?\d\d))?", re.ASCII)
_YES = frozenset({"yes", "true", "1"})
_NO = frozenset({"no", "false", "0"})


@dataclass(slots=True)
class Problems:
    """What is wrong with a file, each with its line; ``partly_read``: not all lines could be.

    ``unsettled`` are the lines of entries of which it is not known when they hold.
    """

    found: list[tuple[int, str]] = field(default_factory=list)
    partly_read: bool = False
    unsettled: set[int] = field(default_factory=set)

    def add(self, line: int, text: str) -> None:
        """Remember the sentence ``text`` about ``line``."""
        self.found.append((line, text))

    def missing(self, line: int, text: str) -> None:
        """Remember that something is not there, unless it may stand in what could not be read."""
        if not self.partly_read:
            self.add(line, text)

    def check(self, what: str) -> None:
        """Raise BadInputError with a sentence for each problem, in the order of lines, if there is one."""
        if self.found:
            problems = tuple(f"line {line}: {text}" for line, text in sorted(dict.fromkeys(self.found)))
            count = "a problem" if len(problems) == 1 else f"{len(problems)} problems"
            raise BadInputError(f"{what} has {count}; nothing of it is used until that is put right:", problems)


@dataclass(frozen=True, slots=True)
class Record:
    """The values of one table; ``where`` is what to call it, ``line_of`` tells where a key, or its element, stands."""

    values: Mapping[str, object]
    where: str
    line: int
    line_of: Callable[[str, int | None], int]
    problems: Problems

    def refuse_unknown(self, known: Collection[str]) -> None:
        """Name each key that is not ``known``, and the known one that is nearest."""
        for key in self.values:
            if key not in known:
                self.wrong(key, f"There is no {quoted(key)} in {self.where}; {nearest(key, known)}")

    def refuse_missing(self, key: str, what: str) -> None:
        """Name the table if its ``key`` is not there or empty; ``what`` is to be written."""
        value = self.values.get(key, "")
        if isinstance(value, str) and not value.strip():
            self.problems.missing(self.line, f'{self.where} has no "{key}"; write {what}.')

    def wrong(self, key: str, text: str, element: int | None = None) -> None:
        """Remember what is wrong with the value of ``key``."""
        self.problems.add(self.line_of(key, element), text)

    def texts(self, key: str) -> list[tuple[str, int | None]]:
        """Return the text of ``key``, or all of a list of texts with their numbers."""
        value = self.values.get(key, ())
        if isinstance(value, str):
            return [(value, None)]
        if not isinstance(value, (list, tuple)):
            self.wrong(key, f'"{key}" must be text or a list of texts, not {_kind(value)}.')
            return []
        for number, one in enumerate(value):
            if not isinstance(one, str):
                self.wrong(key, f'"{key}" must hold texts, not {_kind(one)}.', number)
        return [(one, number) for number, one in enumerate(value) if isinstance(one, str)]

    def all_of(self, key: str, read: Callable[[str], Iterable[_T]]) -> list[tuple[_T, int]]:
        """Return what ``read`` makes of each text of ``key``, with its line."""
        found: list[tuple[_T, int]] = []
        for text, number in self.texts(key):
            try:
                found += [(one, self.line_of(key, number)) for one in read(text)]
            except ValueError as error:
                self.wrong(key, str(error), number)
        return found

    def text(self, key: str) -> str:
        """Return the text of ``key`` on one line, or nothing."""
        value = self.values.get(key, "")
        if isinstance(value, str):
            return spaced(value)
        self.wrong(key, f'"{key}" must be text, not {_kind(value)}.')
        return ""

    def one_of(self, key: str, read: Callable[[str], _T]) -> _T | None:
        """Return what ``read`` makes of the text of ``key``, None where there is none."""
        text = self.text(key)
        try:
            return read(text) if text else None
        except ValueError as error:
            self.wrong(key, str(error))
            return None

    def flag(self, key: str) -> bool | None:
        """Return yes or no, None where the roster does not say."""
        value = self.values.get(key)
        if value is None or isinstance(value, bool):
            return value
        word = value.strip().lower() if isinstance(value, str) else None
        if word in _YES or word in _NO:
            return word in _YES
        if word != "":
            self.wrong(key, f'"{key}" must be true or false, not {_kind(value)}.')
        return None

    def number(self, key: str, lowest: int, highest: int) -> int | None:
        """Return the whole number of ``key``, None where there is none."""
        value = self.values.get(key)
        if isinstance(value, str) and re.fullmatch(r"-?\d{1,9}", value.strip(), re.ASCII):
            value = int(value)
        if value is None or value == "":
            return None
        if isinstance(value, int) and not isinstance(value, bool) and lowest <= value <= highest:
            return value
        self.wrong(key, f'"{key}" must be a whole number from {lowest} to {highest}, not {_kind(value)}.')
        return None

    def date(self, key: str) -> date | None:
        """Return the day of ``key``, a TOML date or text, None where there is none."""
        value = self.values.get(key)
        if isinstance(value, datetime):
            self.wrong(key, f'"{key}" must be a day without a time; write "{value.date()}".')
            return None
        return value if isinstance(value, date) else self.one_of(key, day)

    def moment(self, key: str) -> datetime | None:
        """Return the day and time of ``key`` as clocks at the event show it, None where there is none."""
        value = self.values.get(key)
        if isinstance(value, datetime):
            return self._local(key, value.isoformat(" ", "minutes"))
        if isinstance(value, date):
            self.wrong(key, f'"{key}" needs a time beside the day; write "{value} 09:00".')
            return None
        text = self.text(key)
        return self._local(key, text) if text else None

    def _local(self, key: str, text: str) -> datetime | None:
        match = _MOMENT.fullmatch(text)
        if match and match[3]:
            self.wrong(
                key,
                f'"{key}" holds the offset "{match[3].strip()}"; write the time that clocks at the event show,'
                ' and name their zone in "timezone".',
            )
            return None
        try:
            if match:
                return datetime.fromisoformat(f"{match[1]} {match[2]:0>5}")
        except ValueError:
            pass
        self.wrong(key, f'{quoted(text)} is no day and time; write "{key}" as "2026-12-24 13:00".')
        return None


def nearest(word: str, known: Collection[str]) -> str:
    """Return the end of a sentence that says what of ``known`` may have been meant by ``word``."""
    close = difflib.get_close_matches(word.lower()[:100], known, 1)
    return f'do you mean "{close[0]}"?' if close else "there are " + ", ".join(f'"{one}"' for one in known) + "."


def _kind(value: object) -> str:
    """Return what ``value`` is in the words of the person who wrote it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return f"the number {value}" if -1e9 < value < 1e9 else "a number as large as that"
    if isinstance(value, str):
        return quoted(value)
    if isinstance(value, Mapping):
        return "a table"
    return "a list" if isinstance(value, (list, tuple)) else "a date or time"
