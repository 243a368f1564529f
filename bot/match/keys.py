"""The keys of one name, each a way of being the same name; computed once per name; knows no list and no thresholds.

Each key has a version, raised when the same name would get another key: what was stored under an old one is void then.
The two CONFUSABLE keys stay apart: what Unicode TR39 calls one and what the table of look-alikes calls one are never
closed over each other, which would make s, o, 0, 5, b and g one letter.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from itertools import groupby, islice, product

from bot.match import characters
from bot.match.sounds import scripts
from bot.match.units import LONGEST, Unit, coarse, composed, fold_key, units

VERSIONS = {"fold": 1, "tr39": 1, "look": 1, "translit": 1, "tail": 1}
_MOST_LOOKS = 16
_ASCII_WORD = re.compile("[a-z]+")
_HUMP = re.compile(r"(?<=[a-zß-öø-ÿа-яα-ω])(?=[A-ZÀ-ÖØ-ÞА-ЯΑ-Ω])|(?<=[A-ZÀ-ÖØ-ÞА-Я])(?=[A-ZÀ-ÖØ-ÞА-Я][a-zß-öø-ÿа-я])")


@dataclass(frozen=True, slots=True)
class Keys:
    """What a name is compared by; ``look`` takes digits and symbols at their word, ``looks`` reads them as letters.

    ``stem`` is the look key without the number at the end, ``tail`` that number.
    """

    name: str
    units: tuple[Unit, ...]
    fold: str
    tr39: str
    look: str
    looks: tuple[str, ...]
    stem: str
    tail: str
    scripts: frozenset[str]
    words: tuple[str, ...]


def keys(name: str, shown: str | None = None) -> Keys:
    """Return all keys of ``name``, which may be any text at all; ``shown`` is another way in which it is displayed."""
    shown = name if shown is None else shown
    parts = units(shown)
    stem, tail = split_tail(parts)
    look = coarse("".join(u.literal for u in parts))
    return Keys(
        name=name,
        units=parts,
        fold=fold_key(shown),
        tr39=tr39_key(shown),
        look=look,
        looks=tuple(k for k in _looks(parts) if k != look),
        stem=coarse("".join(u.literal for u in stem)),
        tail=tail,
        scripts=scripts(shown),
        words=words(shown),
    )


def tr39_key(name: str) -> str:
    """Return the TR39 skeleton of the letters and digits of ``name``; case matters in it."""
    if name.isascii():
        name = "".join(filter(str.isalnum, name))
    else:
        name = "".join(c for c in composed(name) if characters.fold(c))
    return "".join(map(characters.prototype, name))


def split_tail(parts: tuple[Unit, ...]) -> tuple[tuple[Unit, ...], str]:
    """Return the name without the number at its end, and the number; a name that is all number has no tail."""
    end = len(parts)
    while end and parts[end - 1].fold.isdigit():
        end -= 1
    if not end:
        return parts, ""
    return parts[:end], "".join(u.fold for u in parts[end:])


def words(name: str) -> tuple[str, ...]:
    """Return the words of ``name`` (spaces, punctuation, digits and capitals part them), folded, the empty left out."""
    if name.isascii():
        return tuple(_ASCII_WORD.findall(_HUMP.sub(" ", name[:LONGEST]).casefold()))
    seen = "".join(c for c in composed(name) if unicodedata.category(c) != "Cf")
    return tuple(w for part in _cut(_HUMP.sub(" ", seen)) if (w := "".join(map(characters.fold, part))))


def _cut(text: str) -> list[str]:
    grouped = groupby(text, key=lambda c: unicodedata.category(c)[0] in "LM")
    return ["".join(group) for is_word, group in grouped if is_word]


def _looks(parts: tuple[Unit, ...]) -> list[str]:
    """Return the coarse keys with each run of digits and symbols taken at its word or read as letters, in all ways."""
    if all(u.literal == u.other for u in parts):
        return []
    groups = _grouped(parts)
    ways = [_ways(group, is_last=n == len(groups)) for n, group in enumerate(groups, 1)]
    return [coarse("".join(way)) for way in islice(product(*ways), _MOST_LOOKS)]


def _ways(group: list[Unit], *, is_last: bool) -> tuple[str, ...]:
    """Return a run as letters and as it is; at the end of a name also its first digit alone as a letter."""
    literal, other = "".join(u.literal for u in group), "".join(u.other for u in group)
    if literal == other:
        return (literal,)
    if is_last and len(group) > 1:
        return other, literal, group[0].other + literal[len(group[0].literal) :]
    return other, literal


def _grouped(parts: tuple[Unit, ...]) -> list[list[Unit]]:
    return [list(group) for _, group in groupby(parts, key=lambda u: u.literal != u.other)]
