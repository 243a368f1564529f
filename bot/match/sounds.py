"""TRANSLIT keys: how a name of any script may be written in Latin letters, as a set of keys; knows no list.

Letter by letter romanisation comes from the package anyascii (ISC licence; unidecode is GPL); data/romanisation.json
adds the other usual ways. Two names meet when their sets do, and only if they are of different scripts, or if one of
them has Latin letters that are commonly written as two (ü as ue).
"""

from __future__ import annotations

import json
import re
import unicodedata
from functools import cache
from importlib import resources
from itertools import islice, product

from anyascii import anyascii

from bot.match.characters import fold, is_invisible, script

_ONLY_LATIN = frozenset({"LATIN"})
_MOST_WAYS = 48
_WITHOUT_VOWELS = frozenset(["ARABIC", "HEBREW", "SYRIAC"])
_INHERENT_VOWELS = frozenset(
    [
        "DEVANAGARI",
        "BENGALI",
        "GURMUKHI",
        "GUJARATI",
        "ORIYA",
        "TAMIL",
        "TELUGU",
        "KANNADA",
        "MALAYALAM",
        "SINHALA",
        "THAI",
        "LAO",
        "KHMER",
        "MYANMAR",
    ]
)
_KANA = frozenset({"HIRAGANA", "KATAKANA"})
_SHORTEST_SKELETON = {"a": 2, "i": 3}
_SMALL_Y = {**dict(zip("ゃゅょ", "auo", strict=True)), **dict(zip("ャュョ", "auo", strict=True))}
_NOT_LATIN = re.compile("[^a-z]+")
_DOUBLED = re.compile(r"(.)\1+")
# In this order: what is written with several letters becomes one, then what is written in several ways becomes one way.
_SOUND = (
    *(("shch", "S"), ("tsch", "C"), ("tch", "C"), ("sch", "S"), ("sh", "S"), ("ch", "C"), ("zh", "Z"), ("kh", "h")),
    *(("ph", "f"), ("th", "t"), ("dh", "d"), ("bh", "b"), ("gh", "g"), ("ck", "k"), ("tz", "ts"), ("x", "ks")),
    *(("ou", "u"), ("oo", "u"), ("ee", "i"), ("c", "k"), ("q", "k"), ("w", "v"), ("y", "i"), ("j", "i")),
)
_CONSONANTS = (
    *(("sch", "S"), ("sh", "S"), ("ch", "k"), ("kh", "k"), ("zh", "z"), ("ph", "f"), ("th", "t"), ("dh", "d")),
    *(("gh", "g"), ("bh", "b"), ("x", "ks"), ("c", "k"), ("q", "k"), ("w", "v"), ("tz", "ts")),
)


@cache
def _table(kind: str) -> dict[str, tuple[str, ...]]:
    text = resources.files("bot.match").joinpath("data/romanisation.json").read_text(encoding="utf-8")
    return {letter: tuple(ways.split(" ")) for letter, ways in json.loads(text)[kind].items()}


def scripts(name: str) -> frozenset[str]:
    """Return the scripts of the letters of ``name``."""
    return _ONLY_LATIN if name.isascii() else frozenset(map(script, name)) - {""}


def spellings(name: str) -> frozenset[str]:
    """Return the ways of writing a Latin name in plain letters; empty where there is no other way than its fold."""
    lower = unicodedata.normalize("NFC", name.lower())
    if lower.isascii() or _table("latin").keys().isdisjoint(lower):
        return frozenset()
    ways = [(fold(c), *_table("latin").get(c, ())) for c in lower if fold(c)]
    return frozenset("".join(way) for way in _combined(ways))


def sounds(name: str) -> frozenset[str]:
    """Return the sound keys of ``name``; keys with ":" are consonant skeletons, for scripts that write no vowels."""
    if name.isascii():
        latin = _NOT_LATIN.sub("", name.lower())
        return frozenset({_sound(latin), *_skeletons(latin, "ai")}) - {""}
    found = scripts(name)
    written = romanised(name)
    kinds = "ai" if found <= {"LATIN"} else "a" * bool(found & _WITHOUT_VOWELS) + "i" * bool(found & _INHERENT_VOWELS)
    keys = {k for way in written for k in _skeletons(way, kinds)}
    if not found & _WITHOUT_VOWELS:
        keys |= {_sound(way) for way in written}
    return frozenset(keys) - {""}


def romanised(name: str) -> list[str]:
    """Return ``name`` in Latin letters, in the usual ways."""
    letters = [
        c
        for c in unicodedata.normalize("NFC", name.lower())
        if unicodedata.category(c)[0] in "LM" and not is_invisible(c)
    ]
    table = _all_ways()
    ways: list[tuple[str, ...]] = []
    at = 0
    while at < len(letters):
        pair = "".join(letters[at : at + 2])
        size = 2 if len(pair) == 2 and (pair in table or pair[1] in _SMALL_Y) else 1
        ways.append(_ways(pair[:size]))
        at += size
    written = {_NOT_LATIN.sub("", way) for way in _combined(ways)}
    is_kana = any(script(c) in _KANA for c in letters)
    return list(written | {way.replace("ou", "o").replace("uu", "u") for way in written} if is_kana else written)


@cache
def _all_ways() -> dict[str, tuple[str, ...]]:
    return _table("other") | {c: (fold(c), *ways) for c, ways in _table("latin").items()}


@cache
def _ways(letters: str) -> tuple[str, ...]:
    table = _all_ways()
    if letters in table:
        return table[letters]
    if len(letters) == 2:
        first = anyascii(letters[0]).lower()[:-1]
        return (first + ("" if first in {"sh", "ch", "j"} else "y") + _SMALL_Y[letters[1]],)
    bare = unicodedata.normalize("NFD", letters)[:1] if script(letters) in {"GREEK", "CYRILLIC"} else letters
    if letters not in {bare, "й"} and bare in table:
        return table[bare]
    return (anyascii(letters).lower(),)


def _combined(ways: list[tuple[str, ...]]) -> set[str]:
    """Return every combination where there are few; else the ways in which each letter keeps to one habit."""
    count = 1
    for way in ways:
        count *= len(way)
    if count <= _MOST_WAYS:
        return {"".join(way) for way in product(*ways)}
    most = max(map(len, ways))
    habits = ("".join(way[min(n, len(way) - 1)] for way in ways) for n in range(most))
    return set(habits) | {"".join(way) for way in islice(product(*ways), _MOST_WAYS)}


def _sound(latin: str) -> str:
    for written, sound in _SOUND:
        if written in latin:
            latin = latin.replace(written, sound)
    squeezed = _DOUBLED.sub(r"\1", latin.replace("ie", "e").removesuffix("h"))
    return squeezed if len(squeezed) > 1 else ""


def _skeletons(latin: str, kinds: str) -> set[str]:
    """Return the consonants of ``latin``, a key for each kind of script: "a" without vowel letters, "i" Indic."""
    if not kinds:
        return set()
    for written, sound in _CONSONANTS:
        if written in latin:
            latin = latin.replace(written, sound)
    latin = _DOUBLED.sub(r"\1", latin.removesuffix("h"))
    bare = "".join(c for c in latin if c not in "aeiouy")
    every = {kind: bare if kind == "i" else bare.replace("v", "") for kind in kinds}
    return {f"{kind}:{bones}" for kind, bones in every.items() if len(bones) >= _SHORTEST_SKELETON[kind]}
