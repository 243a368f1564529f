"""Tells on which line of a TOML file a key stands, which tomllib does not say; must not know what the keys mean.

tomllib stays the only one that knows TOML: a statement is the shortest run of lines that it reads by itself, since no
beginning of an array or of a string on several lines is a document.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

Path = tuple[str | int, ...]
_AT_THE_END = "(at end of document)"
_AT_LINE = re.compile(r" ?\(at line (\d+), column \d+\)$")
_LIKE_A_DAY = re.compile(r"[=\[,]\s*\d+-\d+-\d+|^\s*\d+-\d+-\d+", re.ASCII)
_OF_VALUES = ("Expected newline", "Invalid date", "Invalid value", "Unclosed array")
_NO_DAY = 'This is no day or time of TOML; write "2026-12-24" or "2026-12-24 13:00", in quotation marks.'
_MAY_END = re.compile("]|\"\"\"|'''")  # what began on a line above can end only on a line with one of these
_MOST_ATTEMPTS = 1000  # to find the end of an array: one with more lines that look like its end gets no lines
_MOST_MISTAKES = 50
_BEGINS_STATEMENT = re.compile(r"""\[|[\w."'-]+[ \t]*=""", re.ASCII)


@dataclass(frozen=True, slots=True)
class Mistake:
    """What TOML does not allow: the line, from 1, and a sentence."""

    line: int
    text: str


@dataclass(frozen=True, slots=True)
class _Statement:
    """A run of lines that is a document by itself; ``first`` is the number of its first line, from 1."""

    first: int
    lines: tuple[str, ...]
    values: Mapping[str, object]


def read(text: str) -> tuple[dict[str, object], TomlLines, tuple[Mistake, ...]]:
    """Return what the document says, where it says it, and its mistakes, whose lines count as blank.

    After a mistake that takes more than its own line with it (an array or a string without an end, a broken header of
    a table) nothing can be said of the rest: then there are no values.
    """
    lines = text.replace("\r\n", "\n").split("\n")
    mistakes: list[Mistake] = []
    while len(mistakes) < _MOST_MISTAKES:
        try:
            values = tomllib.loads("\n".join(lines))
        except (ValueError, RecursionError) as error:
            mistake = _mistake(error, lines)
            goes_back = bool(mistakes) and mistake.line <= mistakes[-1].line
            mistakes.append(mistake)
            if goes_back or not _stands_alone(lines[mistake.line - 1]):
                break
            lines[mistake.line - 1] = ""
        else:
            return values, TomlLines(lines), tuple(mistakes)
    return {}, TomlLines([]), tuple(mistakes)


def looks_like_toml(text: str) -> bool:
    """Return whether at least half of the lines that say anything begin as a table or as a key with a value."""
    lines = [line for line in map(str.strip, text.splitlines()) if line and not line.startswith("#")]
    return 2 * sum(bool(_BEGINS_STATEMENT.match(line)) for line in lines) >= len(lines)


class TomlLines:
    """The lines on which the keys, tables and array elements of one document begin."""

    def __init__(self, lines: Sequence[str]) -> None:
        self._lines: dict[Path, int] = {(): 1}
        self._last: dict[Path, int] = {}
        table: Path = ()
        for statement in _statements(lines):
            if statement.lines[0].lstrip(" \t").startswith("["):
                table = self._opened(statement)
            else:
                self._note(table, statement.values, statement.first, statement)

    def of(self, path: Path) -> int:
        """Return the line, from 1, of what stands at ``path``, or of the nearest thing that would hold it."""
        while path not in self._lines:
            path = path[:-1]
        return self._lines[path]

    def _opened(self, header: _Statement) -> Path:
        """Return the path of the table that ``header`` opens, with its number where it is one of several."""
        found: Path = ()
        inner: object = header.values
        while isinstance(inner, Mapping) and inner:
            key, inner = next(iter(inner.items()))
            found = (*found, key)
            if isinstance(inner, list):
                self._lines.setdefault(found, header.first)
                self._last[found] = self._last.get(found, -1) + 1
            if found in self._last:
                found = (*found, self._last[found])
        self._lines.setdefault(found, header.first)
        return found

    def _note(self, path: Path, value: object, line: int, statement: _Statement | None) -> None:
        """Remember ``line`` for ``path`` and for all below; elements of the statement's own array get their own."""
        self._lines.setdefault(path, line)
        if isinstance(value, Mapping):
            for key, one in value.items():
                self._note((*path, key), one, line, statement)
        elif isinstance(value, list):
            own = _element_lines(statement) if statement and len(statement.lines) > 1 else ()
            for number, one in enumerate(value):
                self._note((*path, number), one, own[number] if len(own) == len(value) else line, None)


def _statements(lines: Sequence[str]) -> Iterator[_Statement]:
    """Yield the statements of ``lines``; what cannot be read ends them."""
    begin = 0
    while begin < len(lines):
        found = _shortest(lines, begin, "", "")
        if found is None:
            return
        end, values = found
        yield _Statement(begin + 1, tuple(lines[begin:end]), values)
        begin = end


def _element_lines(statement: _Statement) -> Sequence[int]:
    """Return the line of each element of the array that ``statement`` holds; nothing if that cannot be told."""
    found: list[int] = []
    lines = list(statement.lines)
    begin, opening = 0, ""
    while begin < len(lines):
        lines[begin] = lines[begin].lstrip(" \t").removeprefix(",")
        run = _shortest(lines, begin, opening, "\n]") or _shortest(lines, begin, opening, "") or (len(lines), {"x": []})
        inner: object = run[1]
        while isinstance(inner, Mapping):
            inner = next(iter(inner.values()))
        found += [statement.first + begin] * (len(inner) if isinstance(inner, list) else 0)
        begin, opening = run[0], "x = [\n"
    return found


def _shortest(lines: Sequence[str], begin: int, before: str, behind: str) -> tuple[int, dict[str, object]] | None:
    """Return where the shortest run of lines from ``begin`` ends that is a document between the two, and its values."""
    attempts = 0
    for end in range(begin + 1, len(lines) + 1):
        if attempts and not _MAY_END.search(lines[end - 1]):
            continue
        if (attempts := attempts + 1) > _MOST_ATTEMPTS:
            break
        try:
            return end, tomllib.loads(before + "\n".join(lines[begin:end]) + behind)
        except (ValueError, RecursionError) as error:
            if not str(error).endswith(_AT_THE_END):
                return None
    return None


def _mistake(error: ValueError | RecursionError, lines: Sequence[str]) -> Mistake:
    """Return the mistake that tomllib found: of an open end, the line on which that begins."""
    text = str(error)
    if isinstance(error, RecursionError):
        return Mistake(1, "This is no TOML that can be read: arrays stand in each other too deep.")
    at = _AT_LINE.search(text)
    line = int(at[1]) if at else _unfinished(lines)
    if text.startswith(_OF_VALUES) and _LIKE_A_DAY.search(lines[line - 1]):
        return Mistake(line, _NO_DAY)
    if not isinstance(error, tomllib.TOMLDecodeError):
        return Mistake(line, "This is no TOML that can be read: a number is too long.")
    return Mistake(line, f"This is no TOML: {_AT_LINE.sub('', text).removesuffix(_AT_THE_END).rstrip()}.")


def _unfinished(lines: Sequence[str]) -> int:
    """Return the line on which the statement begins that is not finished when the file is."""
    last = 1
    for statement in _statements(lines):
        last = statement.first + len(statement.lines)
    return min(last, len(lines))


def _stands_alone(line: str) -> bool:
    """Whether a mistake on ``line`` leaves the lines around it what they are."""
    return (
        not line.lstrip().startswith("[")
        and line.count("[") == line.count("]")
        and not any(quotes in line for quotes in ('"""', "'''"))
    )
