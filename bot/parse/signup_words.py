"""What the words of a sign-up page mean, in many languages: headings, labels, columns, remarks; knows no wikitext.

The words are data (``data/headings.json``, ``data/signup_words.json``); here is only how they are compared.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib import resources


class Part(StrEnum):
    """What a section of a page holds; OTHER says nothing, so that it takes after the section around it."""

    JOIN = "sign-up section"
    MAYBE = "section of people who may come"
    NOT = "section of people who do not come"
    WITHDRAWN = "section of people who withdrew"
    ROLE = "section of organizers, jury or helpers"
    TALK = "discussion section"
    PAST = "list of an earlier event"
    INFO = "information section"
    OTHER = "other section"


COUNTED = frozenset({Part.JOIN, Part.MAYBE, Part.WITHDRAWN})

# Scripts that are written without blanks between words: there a word may stand anywhere in the text.
_UNSPACED = re.compile("[\u0e00-\u0eff\u0f00-\u0fff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
_VARIANTS = str.maketrans({"ك": "ک", "ي": "ی", "ى": "ی", "ة": "ه", "’": "'", "ı": "i", "ł": "l", "đ": "d", "ø": "o"})
_LATIN_MARKS = re.compile("[\u0300-\u036f\u0653-\u0655\u064b-\u0652\u0670\u0640]")


def folded(text: str) -> str:
    """Return ``text`` as words in lower case between single blanks, without accents and punctuation: " a b "."""
    if not text or text.isspace():
        return "  "
    text = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", text).casefold())
    text = unicodedata.normalize("NFC", _LATIN_MARKS.sub("", text)).translate(_VARIANTS)
    return f" {' '.join(''.join(c if _in_word(c) else ' ' for c in text).split())} "


def _in_word(char: str) -> bool:
    return char.isalnum() or unicodedata.category(char)[0] == "M"


@dataclass(frozen=True, slots=True)
class Words:
    """A set of phrases: whole words, beginnings of words, and phrases that must be the whole text.

    The phrases are found by their first two characters, those of unspaced scripts anywhere, the others at a word's
    beginning.
    """

    spaced: Mapping[str, tuple[str, ...]]
    unspaced: Mapping[str, tuple[str, ...]]
    whole: frozenset[str]

    @classmethod
    def of(cls, found: Iterable[str]) -> Words:
        """Build the set from entries as the data files write them (``word``, ``word*``, ``=text``)."""
        spaced: defaultdict[str, dict[str, None]] = defaultdict(dict)
        unspaced: defaultdict[str, dict[str, None]] = defaultdict(dict)
        whole = set()
        for entry in found:
            phrase = folded(entry.strip("=*"))
            if entry.startswith("="):
                whole.add(phrase)
            elif _UNSPACED.search(phrase):
                unspaced[phrase[1]][phrase.strip()] = None
            else:
                spaced[phrase[1:3]][phrase[1:-1] if entry.endswith("*") else phrase[1:]] = None
        return cls(
            {key: tuple(phrases) for key, phrases in spaced.items()},
            {key: tuple(phrases) for key, phrases in unspaced.items()},
            frozenset(whole),
        )

    def match(self, words: str) -> bool:
        """Tell whether ``words`` (as ``folded`` gives them) hold one of the phrases."""
        if words.isspace():
            return False
        if words in self.whole or self._match_spaced(words):
            return True
        if words.isascii():
            return False
        return any(phrase in words for char in set(words) for phrase in self.unspaced.get(char, ()))

    def _match_spaced(self, words: str) -> bool:
        position = words.find(" ") + 1
        while 0 < position < len(words):
            phrases = self.spaced.get(words[position : position + 2])
            if phrases and words.startswith(phrases, position):
                return True
            position = words.find(" ", position) + 1
        return False


def _load(name: str) -> dict[str, object]:
    loaded: dict[str, object] = json.loads(
        resources.files("bot.parse").joinpath(f"data/{name}.json").read_text(encoding="utf-8")
    )
    return loaded


@cache
def headings(part: str) -> Words:
    """Return the words of one class of headings ("join", "maybe", …)."""
    languages = _load("headings")[part]
    return (
        Words.of(entry for entries in languages.values() for entry in entries)
        if isinstance(languages, dict)
        else Words({}, {}, frozenset())
    )


@cache
def words(use: str) -> Words:
    """Return the words of one use inside a list ("withdrawn", "role_columns", …)."""
    return Words.of(entries(use))


@cache
def entries(use: str) -> tuple[str, ...]:
    """Return the entries of one use as the data file writes them."""
    found = _load("signup_words")[use]
    return tuple(str(entry) for entry in found) if isinstance(found, list) else ()


_AND = re.compile(r"[&/+,，、·]")
# In this order: a heading that says two things is the first of them.
_ORDER = (
    ("past", Part.PAST),
    ("withdrawn", Part.WITHDRAWN),
    ("not", Part.NOT),
    ("maybe", Part.MAYBE),
    ("info", Part.INFO),
    ("talk", Part.TALK),
    ("role", Part.ROLE),
    ("join", Part.JOIN),
    ("weak", Part.INFO),
)
_SHARED = frozenset({Part.INFO, Part.TALK, Part.ROLE})


def classify(text: str, extra: frozenset[str] = frozenset()) -> Part:
    """Return what the plain heading or label ``text`` announces; ``extra`` are further folded sign-up headings.

    "Participants and organizers" is a sign-up section, "Comments of participants" is not.
    """
    phrase = folded(text)
    if phrase in extra:
        return Part.JOIN
    found = next((part for key, part in _ORDER if headings(key).match(phrase)), Part.OTHER)
    if found in _SHARED and headings("join").match(phrase) and _joins(text, phrase):
        return Part.JOIN
    return found


def _joins(text: str, phrase: str) -> bool:
    return bool(_AND.search(text)) or any(word in conjunctions() for word in phrase.split())


@cache
def conjunctions() -> frozenset[str]:
    """Return the words for "and", folded."""
    return frozenset(folded(entry).strip() for entry in entries("conjunctions"))


_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


def year_of(text: str) -> int | None:
    """Return the latest year that ``text`` names, in any digits."""
    plain = "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in text)
    years = [int(year) for year in _YEAR.findall(plain)]
    return max(years, default=None)


def without_years(text: str) -> str:
    """Return ``text`` folded, its numbers of four digits left out."""
    return " ".join(word for word in folded(text).split() if not (len(word) == 4 and word.isdecimal()))
