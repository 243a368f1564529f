"""What the headings of lists of people say, in many languages; it knows words alone, no table and no cell.

The words stand in ``data/headings.json``, under what they mean; beside them those of headings that are not read.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from importlib import resources

from bot.parse.sites import user_words
from bot.private.model import Field

LONGEST_HEADING = 300
_MARKS_FROM = 10  # combining classes from here on: accents, vowel points, tone marks; not nukta, dakuten, virama
_SAME = str.maketrans(
    {
        "ı": "i",
        "ى": "ي",
        "ی": "ي",
        "ک": "ك",
        "ة": "ه",
        "ۀ": "ه",
        "\u0640": "",
        "\u200c": " ",
        "\u200b": "",
        "\ufeff": "",
    }
)
_DIRECTIONS = re.compile("[\u061c\u200d-\u200f\u202a-\u202e\u2060\u2066-\u2069]")
_BRACKETS = re.compile(r"[(（\[][^()（）\[\]]*[)）\]]")
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]")
_SHORTEST, _SHORTEST_UNSPACED = 4, 2


class Kind(StrEnum):
    """What a heading says of its column, more finely than Field; the order is that of preference."""

    CENTRAL_ID = "central id"
    NUMBER = "number"
    EMAIL = "email"
    UNTIL = "until"
    SCOPE = "scope"
    EVENT = "event"
    ALSO = "also"
    USER = "user"
    REAL_NAME = "real name"
    NAME = "name"
    GIVEN = "given"
    MIDDLE = "middle"
    FAMILY = "family"
    OTHER = "other"


# NUMBER and NAME depend on the other columns and on the cells; OTHER is not read.
FIELDS: Mapping[Kind, Field] = {
    Kind.CENTRAL_ID: Field.CENTRAL_ID,
    Kind.EMAIL: Field.EMAIL,
    Kind.UNTIL: Field.UNTIL,
    Kind.SCOPE: Field.SCOPE,
    Kind.EVENT: Field.EVENT,
    Kind.ALSO: Field.USER,
    Kind.USER: Field.USER,
    Kind.REAL_NAME: Field.REAL_NAME,
    Kind.GIVEN: Field.REAL_NAME,
    Kind.MIDDLE: Field.REAL_NAME,
    Kind.FAMILY: Field.REAL_NAME,
}
PEOPLE = frozenset(Kind) - {Kind.UNTIL, Kind.SCOPE, Kind.EVENT, Kind.OTHER, Kind.NUMBER}


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a heading says; ``is_whole``: the heading is known as it stands, not only some words in it."""

    kind: Kind
    is_whole: bool


def plain(text: str) -> str:
    """Return ``text`` as all words here are compared: lower case, without accents, vowel points and invisible marks."""
    decomposed = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", _DIRECTIONS.sub("", text)).casefold())
    bare = "".join(c for c in decomposed if unicodedata.combining(c) < _MARKS_FROM)
    return unicodedata.normalize("NFC", bare).translate(_SAME)


def folded(text: str) -> str:
    """Return the words of ``text``, plain and with one space between them, without punctuation."""
    return " ".join("".join(c if unicodedata.category(c)[0] in "LMN" else " " for c in plain(text)).split())


@lru_cache(maxsize=4)
def words(file: str) -> Mapping[str, frozenset[str]]:
    """Return the lists of words in ``data/<file>.json``, each word folded."""
    text = resources.files("bot.private").joinpath(f"data/{file}.json").read_text(encoding="utf-8")
    lists: dict[str, list[str]] = json.loads(text)
    return {name: frozenset(filter(None, map(folded, these))) for name, these in lists.items()}


@lru_cache(maxsize=64)
def pattern(phrases: frozenset[str]) -> re.Pattern[str]:
    """Return what finds ``phrases`` (folded) as whole words, the longest first; in scripts without spaces anywhere."""
    ordered = sorted(phrases, key=lambda phrase: (-len(phrase), phrase))
    spaced = "|".join(re.escape(phrase) for phrase in ordered if not _UNSPACED.search(phrase))
    unspaced = "|".join(re.escape(phrase) for phrase in ordered if _UNSPACED.search(phrase))
    return re.compile("|".join(filter(None, (rf"(?<!\S)(?:{spaced})(?!\S)" if spaced else "", unspaced))) or "(?!)")


@lru_cache(maxsize=1)
def _exact() -> Mapping[str, Kind]:
    return {word: kind for kind in reversed(Kind) for word in _words_of(kind)}


def _words_of(kind: Kind) -> frozenset[str]:
    """Return the headings of ``kind``; those of user names are also what other lists of people and wikis call them."""
    own = words("headings")[kind.value]
    if kind is not Kind.USER:
        return own
    text = resources.files("bot.parse").joinpath("data/username_headers.json").read_text(encoding="utf-8")
    by_language: dict[str, list[str]] = json.loads(text)
    also = {folded(word) for these in by_language.values() for word in these} | set(map(folded, user_words()))
    return own | (also - {""})


@lru_cache(maxsize=1)
def _within() -> Mapping[Kind, re.Pattern[str]]:
    """Return the words that say something within a longer heading too; short ones say too little."""
    long = {kind: frozenset(filter(_is_long, _words_of(kind))) for kind in Kind if kind is not Kind.OTHER}
    return {kind: pattern(these) for kind, these in long.items() if these}


def _is_long(phrase: str) -> bool:
    return len(phrase) >= (_SHORTEST_UNSPACED if _UNSPACED.search(phrase) else _SHORTEST)


def meaning(heading: str) -> Meaning | None:
    """Return what ``heading`` says of its column, None where it says nothing that is known."""
    if not heading or len(heading) > LONGEST_HEADING:
        return None
    whole, outside = folded(heading), folded(_BRACKETS.sub(" ", heading))
    if kind := _exact().get(whole):
        return Meaning(kind, is_whole=True)
    if _has("others", whole):
        return Meaning(Kind.OTHER, is_whole=False)
    if kind := _exact().get(outside):
        return Meaning(kind, is_whole=True)
    if _has("veto", whole):
        return Meaning(Kind.OTHER, is_whole=False)
    return _in_part(outside or whole)


def _in_part(text: str) -> Meaning | None:
    """Return what the words say that are known in a longer heading; an end of something else is none of a ban."""
    found = [(len(match[0]), kind) for kind, these in _within().items() if (match := these.search(text))]
    longest = max((length for length, _ in found), default=0)
    if not found:
        return None
    kind = next(kind for length, kind in found if length == longest)
    kinds, is_of_ban = {one for _, one in found}, _has("ban", text)
    is_of_event = Kind.EVENT in kinds and not is_of_ban
    if kind is Kind.EVENT and Kind.UNTIL in kinds and is_of_ban:  # "banned from events until"
        kind = Kind.UNTIL
    if kind is Kind.UNTIL and (is_of_event or _has("other ends", text)):
        kind = Kind.OTHER
    return Meaning(kind, is_whole=False)


def is_close(heading: str) -> bool:
    """Whether a heading that is known in part has no other words but such as leave its meaning ("your username 2")."""
    text = folded(_BRACKETS.sub(" ", heading)) or folded(heading)
    known = frozenset(word for kind in (Kind.USER, Kind.ALSO) for word in _words_of(kind))
    for these in (known, words("headings")["beside"]):
        text = pattern(these).sub(" ", text)
    return not any(one.isalpha() for one in text)


def _has(name: str, text: str) -> bool:
    return bool(pattern(words("headings")[name]).search(text))
