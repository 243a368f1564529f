"""How many steps a regular expression takes, counted, so that a test can tell a slow one without a clock."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from re import _constants as codes  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

# Goes on behind a position: whether the rest matches from there.
_Then = Callable[[int], bool]


class TooManyStepsError(Exception):
    """More steps than a search of such a text may take."""


class Steps:
    """Runs a pattern by trying every way in turn, as re does without its short cuts, and counts the tries."""

    def __init__(self, pattern: re.Pattern[str], text: str, most: int) -> None:
        self._tree = _tree(pattern)
        self._text = text.casefold() if pattern.flags & re.IGNORECASE else text
        self._fold = bool(pattern.flags & re.IGNORECASE)
        self._groups: dict[int, tuple[int, int]] = {}
        self._most = most
        self.count = 0

    def search(self) -> int:
        """Return how many steps it takes to look for the pattern at every place of the text, found or not."""
        for start in range(len(self._text) + 1):
            self._groups.clear()
            self._run(self._tree, 0, start, lambda _: True)
        return self.count

    def _run(self, ops: list[Any], at: int, where: int, then: _Then) -> bool:
        self.count += 1
        if self.count > self._most:
            raise TooManyStepsError
        if at == len(ops):
            return then(where)
        code, given = ops[at]
        return bool(self._one(code, given, where, lambda end: self._run(ops, at + 1, end, then)))

    def _one(self, code: Any, given: Any, where: int, then: _Then) -> bool:
        if code in _REPEATS:
            return self._repeat(code, given, where, then)
        if code is codes.BRANCH:
            return any(self._run(list(way), 0, where, then) for way in given[1])
        if code is codes.SUBPATTERN:
            return self._group(given, where, then)
        if code in (codes.ASSERT, codes.ASSERT_NOT):
            return self._around(given, where) is (code is codes.ASSERT) and then(where)
        if code is codes.AT:
            return self._is_place(given, where) and then(where)
        end = self._behind(code, given, where)
        return end is not None and then(end)

    def _behind(self, code: Any, given: Any, where: int) -> int | None:
        """Return where a character, or what a group has found before, ends; None where it does not stand there."""
        if code is codes.GROUPREF:
            begin, end = self._groups.get(given, (0, -1))
            same = end >= begin and self._text.startswith(self._text[begin:end], where)
            return where + end - begin if same else None
        return where + 1 if where < len(self._text) and self._is(code, given, self._text[where]) else None

    def _repeat(self, code: Any, given: Any, where: int, then: _Then) -> bool:
        least, most, body = given
        ops = list(body)
        if code is codes.POSSESSIVE_REPEAT:
            ends = [where]
            while len(ends) <= most and self._run(ops, 0, ends[-1], lambda end: not ends.append(end)):  # type: ignore[func-returns-value]
                if ends[-1] == ends[-2]:
                    break
            return len(ends) > least and then(ends[-1])

        def more(end: int, done: int, before: int) -> bool:
            if done < most and end != before and self._run(ops, 0, end, lambda far: more(far, done + 1, end)):
                return True
            return done >= least and then(end)

        return more(where, 0, -1)

    def _group(self, given: Any, where: int, then: _Then) -> bool:
        number, _, _, body = given

        def close(end: int) -> bool:
            if number is not None:
                self._groups[number] = where, end
            return then(end)

        return self._run(list(body), 0, where, close)

    def _around(self, given: Any, where: int) -> bool:
        direction, body = given
        if direction > 0:
            return self._run(list(body), 0, where, lambda _: True)
        width = body.getwidth()[0]
        return where >= width and self._run(list(body), 0, where - width, lambda end: end == where)

    def _is_place(self, place: Any, where: int) -> bool:
        if place in (codes.AT_BOUNDARY, codes.AT_NON_BOUNDARY):
            sides = [bool(re.match(r"\w", side)) for side in (self._text[where - 1 : where], self._text[where:])]
            return (sides[0] != sides[1]) is (place is codes.AT_BOUNDARY)
        return where == (0 if place in (codes.AT_BEGINNING, codes.AT_BEGINNING_STRING) else len(self._text))

    def _is(self, code: Any, given: Any, char: str) -> bool:
        """Whether a character is the one, or one of those, that a part of a pattern allows."""
        if code is codes.IN:
            negated = given[0][0] is codes.NEGATE
            return any(self._is(one, of, char) for one, of in given[negated:]) is not negated
        if code is codes.RANGE:
            return bool(given[0] <= ord(char) <= given[1])
        if code is codes.CATEGORY:
            return bool(re.match(_CATEGORIES[given], char))
        same = ord(char) == given or (self._fold and char == chr(given or 0).casefold())
        return code is codes.ANY or same is (code is codes.LITERAL)


_REPEATS = (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT)
_CATEGORIES = {
    codes.CATEGORY_DIGIT: r"\d",
    codes.CATEGORY_NOT_DIGIT: r"\D",
    codes.CATEGORY_SPACE: r"\s",
    codes.CATEGORY_NOT_SPACE: r"\S",
    codes.CATEGORY_WORD: r"\w",
    codes.CATEGORY_NOT_WORD: r"\W",
}


@lru_cache(maxsize=256)
def _tree(pattern: re.Pattern[str]) -> list[Any]:
    return list(parser.parse(pattern.pattern, pattern.flags))


@contextmanager
def _deep() -> Iterator[None]:
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(100_000)
    try:
        yield
    finally:
        sys.setrecursionlimit(before)


def steps(pattern: re.Pattern[str], text: str, most: int = 2_000_000) -> int:
    """Return how many steps it takes to look for ``pattern`` in ``text``; raises TooManyStepsError beyond ``most``."""
    with _deep():
        return Steps(pattern, text, most).search()
