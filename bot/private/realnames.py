"""Which listed real names a name may stand for; knows no accounts, and never says that two names are one person.

People write their names in any order, with and without their middle names, accents and titles, in several scripts; and
two people can have the same name. So there is no IDENTICAL here: what is found is for a person to look at.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations, groupby, permutations

from bot.config import MatchRules
from bot.match.likeness import Match, told
from bot.match.screen import Index
from bot.match.sounds import scripts
from bot.match.units import composed, fold_key, ways_shown
from bot.model import BanEntry, Tier

# A row of the list, how alike, and in which words that is told.
Likeness = tuple[int, Tier, str]

_ALL_ORDERS = 3
_ENDS = 3  # of a very long name, so many words at each end
_LONGEST = 255
# Chinese, Japanese and Korean names are written without a blank, the family name (of one to three signs) first.
_UNPARTED = re.compile(
    "[\u3005\u3041-\u3096\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff\U00020000-\U0003ffff]{2,6}"
)
_LONGEST_FAMILY_NAME = 3
_WHOLE = 3  # signs; two beside one word may be a given name alone
_WITHIN = frozenset("'’ʼ`´")
_TITLES = frozenset(
    {"dr", "prof", "professor", "mr", "mrs", "ms", "miss", "mx", "herr", "frau", "ing", "phd", "msc", "jr", "sr", "sra"}
    | {"先生", "女士", "小姐", "博士", "教授", "様", "さん", "氏", "씨", "님", "박사", "교수"}
)
_NOBODY = frozenset({"na", "nil", "none", "unknown", "anonymous", "anon", "private", "nn", "xx", "xxx", "test", "tbd"})


def words(text: str) -> tuple[str, ...]:
    """Return the words of a real name as they are written, without titles and numbers; none of a mere placeholder."""
    every = [word for word in _split(composed(text[:_LONGEST])) if fold_key(word)]
    named = [word for word in every if not word.isdecimal() and fold_key(word) not in _TITLES]
    found = named if len(named) > 1 or any(map(_UNPARTED.fullmatch, named)) else every
    if any(c.isalpha() for word in found for c in word) and fold_key("".join(found)) not in _NOBODY:
        return tuple(found)
    return ()


def _split(text: str) -> list[str]:
    """Return the runs of letters, marks and digits; an apostrophe or an invisible character parts no word."""
    seen = "".join(c for c in text if c not in _WITHIN and unicodedata.category(c) != "Cf")
    grouped = groupby(seen, key=lambda c: unicodedata.category(c)[0] in "LMN")
    return ["".join(group) for is_word, group in grouped if is_word]


class RealNames:
    """The real names of a list, in every order of their words; ``listed`` maps a row to the names that stand there."""

    def __init__(self, listed: Sequence[tuple[int, str]], rules: MatchRules) -> None:
        self._text = {at: text for at, (_, text) in enumerate(listed)}
        self._row = {at: row for at, (row, _) in enumerate(listed)}
        self._words = {at: words(text) for at, text in self._text.items()}
        entries = [
            BanEntry(name, at, "", "") for at, given in self._words.items() for name in dict.fromkeys(orders(given))
        ]
        self._index = Index.build(entries, rules)
        self._whole: dict[tuple[str, ...], list[int]] = defaultdict(list)
        self._parts: dict[tuple[str, ...], list[int]] = defaultdict(list)
        self._short: dict[tuple[str, ...], list[int]] = defaultdict(list)
        for at, given in self._words.items():
            self._whole[_key(given)].append(at)
            for part in _parts(given):
                self._parts[part].append(at)
            for short in _with_initial(given):
                self._short[short].append(at)

    def like(self, text: str) -> Iterator[Likeness]:
        """Yield what may be the name ``text`` among the listed ones, with a sentence for a person."""
        for shown in ways_shown(text):
            if given := words(shown):
                yield from self._like(text, given)

    def like_user(self, name: str) -> Iterator[Likeness]:
        """Yield what a user name may have been made of; a single word inside it says nothing."""
        for same in self._index.identical(name):
            yield self._row[same.line], Tier.FOLD, told(name, self._text[same.line], Tier.FOLD, "fold", ())
        for match in self._index.look_alikes(name):
            is_part = match.tier is Tier.CONTAINS
            if not is_part or (match.key != "contained" and len(self._words[match.entry.line]) > 1):
                yield self._told(name, match)

    def _like(self, text: str, given: tuple[str, ...]) -> Iterator[Likeness]:
        parts = map(" ".join, in_scripts(given))
        for way in dict.fromkeys((*parts, *(orders(given) if len(given) > _ALL_ORDERS else ()))):
            for same in self._index.identical(way):
                yield self._same(text, same.line)
            for match in self._index.look_alikes(way):
                if match.tier is Tier.FOLD:
                    yield self._same(text, match.entry.line)
                elif match.tier is not Tier.CONTAINS:
                    yield self._told(text, match)
        yield from self._partly(text, given)

    def _same(self, text: str, at: int) -> Likeness:
        other = self._text[at]
        if text == other:
            return self._row[at], Tier.FOLD, f"“{text}” is the listed name."
        if fold_key(text) == fold_key(other):
            return self._row[at], Tier.FOLD, told(text, other, Tier.FOLD, "fold", ())
        mine, theirs = words(text), self._words[at]
        if _key(mine) != _key(theirs) and max(len(in_scripts(mine)), len(in_scripts(theirs))) > 1:
            return self._row[at], Tier.FOLD, f"“{text}” and the listed “{other}” have a name in one script in common."
        return self._row[at], Tier.FOLD, f"“{text}” has the same words as the listed “{other}”, in another order."

    def _told(self, text: str, match: Match) -> Likeness:
        at = match.entry.line
        return self._row[at], match.tier, told(text, self._text[at], match.tier, match.key, match.parts)

    def _partly(self, text: str, given: tuple[str, ...]) -> Iterator[Likeness]:
        """Yield names that have one part more or less, or an initial for one; each has two words at least in common."""
        if len(given) < 2:
            return
        longer = self._parts.get(_key(given), ())
        yield from self._contained(longer, f"“{text}” lacks a part of the listed")
        shorter = [at for part in _parts(given) for at in self._whole.get(part, ())]
        yield from self._contained(shorter, f"“{text}” has every part of the listed")
        initials = [*self._short.get(_key(given), ())]
        initials += [at for short in _with_initial(given) for at in self._whole.get(short, ())]
        yield from self._contained(initials, f"“{text}” may be, with an initial for a name, the listed")

    def _contained(self, found: Sequence[int], how: str) -> Iterator[Likeness]:
        for at in dict.fromkeys(found):
            yield self._row[at], Tier.CONTAINS, f"{how} “{self._text[at]}”."


def orders(given: tuple[str, ...]) -> Iterator[str]:
    """Yield the orders in which the words of a name may stand: all of a few, the usual ones of many.

    A name without a blank, as Chinese and Korean ones are, may also stand with its family name last. A name that is
    written in several scripts may also stand in one of them.
    """
    for part in in_scripts(given):
        yield from _orders(part)


def in_scripts(given: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """Return a name, and what of it stands in each of several scripts, where that is a name: “Wang Xiaoming (王小明)”.

    It is with two words or more, or with a whole name without a blank.
    """
    by_script: dict[frozenset[str], list[str]] = defaultdict(list)
    for word in given:
        by_script[scripts(word)].append(word)
    if len(by_script) == 1:
        return (given,)
    return (given, *(tuple(part) for script, part in by_script.items() if len(script) == 1 and _is_name(part, given)))


def _is_name(part: Sequence[str], given: Sequence[str]) -> bool:
    if len(part) > 1:  # a single sign that has no capital is a word, else it is an initial
        return sum(len(word) > 1 or word.lower() == word.upper() for word in part) > 1
    is_whole = len(part[0]) >= _WHOLE or len(given) > 2
    return bool(_UNPARTED.fullmatch(part[0])) and is_whole


def _orders(given: tuple[str, ...]) -> Iterator[str]:
    if not given:
        return
    if len(given) == 1 and _UNPARTED.fullmatch(given[0]):
        yield from _turned(given[0])
        return
    if len(given) <= _ALL_ORDERS:
        yield from (" ".join(way) for way in permutations(given))
        return
    yield from (" ".join(way) for way in (given, (given[-1], *given[:-1]), (*given[1:], given[0])))
    yield " ".join(sorted(given, key=fold_key))


def _turned(name: str) -> Iterator[str]:
    """Yield an unparted name as it is, then with each of its possible family names behind a blank at its end."""
    yield name
    for at in range(1, min(_LONGEST_FAMILY_NAME, len(name) - 1) + 1):
        yield f"{name[at:]} {name[:at]}"


def _key(given: Sequence[str]) -> tuple[str, ...]:
    return tuple(sorted(map(fold_key, given)))


def _parts(given: tuple[str, ...]) -> set[tuple[str, ...]]:
    """Return the keys of what is left of a name without some of its words: two at least, and no mere initials."""
    ends = given if len(given) <= 2 * _ENDS else (*given[:_ENDS], *given[-_ENDS:])
    telling = [word for word in ends if len(fold_key(word)) > 1 or not word.isascii()]
    return {_key(part) for size in range(2, len(telling) + 1) for part in combinations(telling, size)} - {_key(given)}


def _with_initial(given: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Yield the keys of a name with one of its words shortened to its first letter."""
    if not 1 < len(given) <= 2 * _ENDS:
        return
    for at, word in enumerate(given):
        rest = (*given[:at], *given[at + 1 :])
        if len(word) > 1 and any(len(w) > 1 for w in rest):
            yield _key((word[0], *rest))
