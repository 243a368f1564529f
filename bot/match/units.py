"""A name cut into the characters that count, each with what stands in the name; knows no other name and no list."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import NamedTuple

from bot.match import characters

_HALF_WIDTH = re.compile("[\uff65-\uff9f]+")
LONGEST = 1000  # characters; MediaWiki's own limit is 255 bytes
_OVERRIDE = re.compile("\u202e([^\u202c\u2069]*)[\u202c\u2069]?")


class Unit(NamedTuple):
    """One character as written, its fold, and the coarse key parts when taken at its word and when read otherwise."""

    text: str
    fold: str
    literal: str
    other: str


def units(name: str) -> tuple[Unit, ...]:
    """Return the characters of ``name`` (NFC) that are letters, digits or may be read as letters."""
    return tuple(u for c in composed(name) if (u := _unit(c)) is not None)


def composed(name: str) -> str:
    """Return ``name`` in NFC, half-width kana (voiced by a letter of its own) in full width, cut if endless."""
    cut = name[:LONGEST]
    return cut if cut.isascii() else _HALF_WIDTH.sub(_full_width, unicodedata.normalize("NFC", cut))


def _full_width(match: re.Match[str]) -> str:
    return unicodedata.normalize("NFKC", match[0])


def ways_shown(name: str) -> tuple[str, ...]:
    """Return ``name`` and, if it has a right-to-left override, what that makes of it on a screen."""
    if "\u202e" not in name:
        return (name,)
    return (name, _OVERRIDE.sub(lambda m: m[1][::-1], name))


def fold_key(name: str) -> str:
    """Return the fold of a whole name; its compatibility form where that would leave less than two characters."""
    cut = composed(name)
    folded = "".join(filter(str.isalnum, cut)).lower() if cut.isascii() else "".join(map(characters.fold, cut))
    return folded if len(folded) > 1 else unicodedata.normalize("NFKC", name).casefold().strip()


# Readings that one character may have both of; only to find candidates, which are then compared pair by pair.
_CLASSES = str.maketrans("lǀgq", "iibb")
_RUNS = (("rn", "m"), ("nn", "m"), ("vv", "w"), ("uu", "w"), ("ci", "d"))


def coarse(text: str) -> str:
    """Return a text of readings with look-alike sequences as one letter."""
    for run, letter in _RUNS:
        if run in text:
            text = text.replace(run, letter)
    return text


@cache
def _unit(c: str) -> Unit | None:
    folded = characters.fold(c)
    letters = sorted((r for r in characters.readings(c) if r.isascii() and r.isalpha()), key=lambda r: (len(r), r))
    if not folded and not letters:
        return None
    single = characters.first_reading(c)
    shown = single if not folded.isdigit() else folded
    literal = (shown if folded else "").translate(_CLASSES)
    other = (letters[0] if letters and (folded.isdigit() or not folded or len(single) > 1) else single).translate(
        _CLASSES
    )
    return Unit(c, folded, literal, other)
