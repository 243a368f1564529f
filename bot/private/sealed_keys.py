"""What a name is compared by in a sealed list: its tries and its readings; knows no digest, no entry and no secret.

A try has a coarse text, which names that look or fold alike have in common; nearly every name has one. What is compared
once a try was made costs nothing and says how two names are alike.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby, islice, product

from bot.config import MatchRules
from bot.match.characters import readings
from bot.match.keys import VERSIONS, keys, split_tail
from bot.match.ordinary import all_ordinary
from bot.match.sounds import romanised, sounds, spellings
from bot.match.units import Unit, coarse, fold_key, units
from bot.private.sealed_hash import Try

# The first is raised when the same name would get other tries or readings; the others are those of bot/match.
RULES = {"sealed": 2, **VERSIONS}
UNICODE = unicodedata.unidata_version
NAME, SOUND, CENTRAL_ID, EMAIL = "name", "sound", "central id", "e-mail"
LENGTHS = MatchRules()
LATIN = "LATIN"

_MOST_WAYS = 64
_MOST_MASKS = 16
_RUNS = (("rn", "m"), ("nn", "m"), ("vv", "w"), ("uu", "w"), ("cl", "d"), ("cǀ", "d"))
_HEARD_AS = str.maketrans("zZSCeo", "sssh" + "iu")
_DOUBLED = re.compile(r"(.)\1+")

_Options = list[tuple[str, ...]]


@dataclass(frozen=True, slots=True, repr=False)
class Form:
    """A name by what is compared of it.

    ``literal`` are the ways of reading it with digits at their word, ``leet`` those with digits or symbols as letters,
    both None where there are too many; ``own`` are the readings in its own script, empty for a Latin or mixed name.
    """

    tries: tuple[Try, ...]
    coarse: str
    fold: str
    tr39: str
    literal: frozenset[str] | None
    leet: frozenset[str] | None
    own: frozenset[str]
    is_ordinary: bool
    script: str
    ends_in_5: bool


def form(name: str) -> Form:
    """Return what is compared of ``name`` in one of the ways in which it is shown."""
    of = keys(name)
    script = "+".join(sorted(of.scripts))
    literal, leet = _readings(of.units)
    length = len(of.units)
    is_short, is_short_for_leet = length < LENGTHS.look_shortest, length < LENGTHS.leet_shortest
    says_nothing = is_short or (is_short_for_leet and any(u.literal != u.other for u in of.units))
    return Form(
        tries=look_tries(name),
        coarse="" if is_short else coarse_text(of.units),
        fold=of.fold,
        tr39="" if says_nothing else of.tr39,
        literal=frozenset() if is_short else literal,
        leet=frozenset() if is_short_for_leet else leet,
        own=_own(of.units) if script and "+" not in script and script != LATIN else frozenset(),
        is_ordinary=all_ordinary(of.words),
        script=script,
        ends_in_5=of.tail == "5",
    )


def coarse_text(parts: Iterable[Unit]) -> str:
    """Return the text that names which look alike have in common; digits and symbols are letters in it."""
    return coarse("".join(u.other for u in parts))


def look_tries(name: str) -> tuple[Try, ...]:
    """Return the tries by which a name is found that looks or folds like ``name``: one for nearly every name."""
    texts = (coarse_text(units(name)), coarse_text(units(fold_key(name))))
    return tuple(Try(NAME, text) for text in dict.fromkeys(texts))


def spelled(name: str, most: int) -> tuple[str, ...]:
    """Return at most so many ways of writing a Latin name in plain letters, the fullest first."""
    return tuple(sorted(spellings(name) or {fold_key(name)}, key=lambda s: (-len(s), s))[:most])


def latin(name: str, most: int) -> tuple[str, ...]:
    """Return at most so many ways of writing a name of another script in Latin letters, the shortest first."""
    tail = _tail(name)
    ways = {way for way in romanised(name) if len(way) > 1}
    return tuple(way + tail for way in sorted(ways, key=lambda s: (len(s), s))[:most])


def sound_tries(name: str) -> dict[Try, tuple[str, ...]]:
    """Return the tries by sound, each with its sounds; they say something across scripts only.

    Letters that are often written for each other are one in a try. Consonants alone are none: so few texts would be
    left that all could be tried. For the same reason the number at the end of a name belongs to it.
    """
    heard: dict[Try, tuple[str, ...]] = {}
    for sound in sorted((s for s in sounds(name) if ":" not in s), key=lambda s: (len(s), s)):
        one = Try(SOUND, f"{_DOUBLED.sub(chr(92) + '1', sound.replace('ts', 's').translate(_HEARD_AS))} {_tail(name)}")
        heard[one] = (*heard.get(one, ()), sound)
    return heard


def merged(ways: Iterable[str]) -> frozenset[str]:
    """Return ways of reading with each sequence that looks like one letter as that letter."""
    return frozenset(map(_merged, ways))


def script_byte(script: str) -> int:
    """Return the byte by which a row tells scripts apart without naming them."""
    return hashlib.sha256(script.encode()).digest()[0]


def _tail(name: str) -> str:
    return split_tail(units(name))[1]


def _readings(parts: tuple[Unit, ...]) -> tuple[frozenset[str] | None, frozenset[str] | None]:
    groups = [list(group) for _, group in groupby(parts, key=lambda u: _literal(u) != _lettered(u))]
    at_its_word, *others = islice(
        product(*(_masks(group, is_last=n == len(groups)) for n, group in enumerate(groups, 1))), _MOST_MASKS
    )
    literal = _ways(at_its_word)
    leet: frozenset[str] | None = frozenset()
    for mask in others:
        ways = _ways(mask)
        leet = None if leet is None or ways is None or len(leet | ways) > _MOST_WAYS else leet | ways
    return literal, leet


def _masks(group: list[Unit], *, is_last: bool) -> list[_Options]:
    """Return a run at its word, as letters, and at the end of a name with its first digit alone as a letter."""
    literal, lettered = list(map(_literal, group)), list(map(_lettered, group))
    if literal == lettered:
        return [literal]
    return [literal, lettered] + ([lettered[:1] + literal[1:]] if is_last and len(group) > 1 else [])


def _ways(mask: Iterable[_Options]) -> frozenset[str] | None:
    options = [option for part in mask for option in part]
    count = 1
    for option in options:
        count *= len(option)
    return frozenset(map("".join, product(*options))) if count <= _MOST_WAYS else None


def _literal(unit: Unit) -> tuple[str, ...]:
    return (unit.fold,) if not unit.fold or unit.fold.isdigit() else _letters(unit.text)


def _lettered(unit: Unit) -> tuple[str, ...]:
    return _letters(unit.text)


def _letters(c: str) -> tuple[str, ...]:
    """Return the Latin letters that ``c`` may be, else everything that it may be."""
    every = sorted(readings(c))
    letters = [r for r in every if r == "ǀ" or (r.isascii() and r.isalpha())]
    return tuple(dict.fromkeys(map(_merged, letters or every)))


def _own(parts: tuple[Unit, ...]) -> frozenset[str]:
    """Return the readings of a name in the letters of its own script, in which Latin look-alikes say nothing."""
    options = [tuple(sorted(r for r in readings(u.text) if not r.isascii() and r != "ǀ")) or (u.fold,) for u in parts]
    return _ways([options]) or frozenset({"".join(u.fold for u in parts)})


def _merged(way: str) -> str:
    for run, letter in _RUNS:
        way = way.replace(run, letter)
    return way
