"""A text as names are looked for in it, and what may be claimed of it; knows no name and no markup.

In a view letters are folded as matching folds them, entities and percent codes decoded, what is invisible left out, and
each character knows where it came from.
"""

from __future__ import annotations

import html
import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import NamedTuple
from urllib.parse import unquote

from bot.match import characters
from bot.match.ordinary import is_plain_word, is_word
from bot.match.units import composed

_CODED = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});|(?:%[0-9A-Fa-f]{2})+")
# What parts a word without being seen to: a hyphen at the end of a line, and markup in the midst of it.
_WITHIN_WORD = re.compile(
    r"(?<=[^\W\d_])(?:[-\u2010\u00ad]\n[ >]{0,4}(?=[^\W\d_])"
    r"|(?:</?(?:abbr|b|bdi|big|em|font|i|mark|nowiki|s|small|span|strong|sub|sup|u)\b[^<>\n]{0,200}>){1,4}(?=[^\W\d_])"
    r"|'{2,5}(?=[^\W\d_]))"
)
# Letters of these are written for each other, by mistake or to be taken for them.
_ALPHABETS = frozenset(["LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "COPTIC", "CHEROKEE", "LISU", "GEORGIAN"])
UNSPACED = frozenset(["HAN", "HIRAGANA", "KATAKANA", "THAI", "LAO", "KHMER", "MYANMAR", "TIBETAN"])


class Rank:
    """Which claim counts where several overlap, the lowest first."""

    LINK, ADDRESS, NAME, DATE, FORM, PART, NUMBER, ENDING, ALIKE = range(9)


class Claim(NamedTuple):
    """A piece of the text that must not be public: whose it is, or what stands in its place.

    Several ``owners`` are any of them, or all with ``is_all``. ``mark`` goes behind the replacement ("'s"); ``unsure``
    says why a person should look at the choice.
    """

    start: int
    end: int
    rank: int
    owners: frozenset[int] = frozenset()
    shown: str = ""
    mark: str = ""
    unsure: str = ""
    is_all: bool = False


@dataclass(frozen=True, slots=True, repr=False)
class View:
    """A text as names are looked for in it; ``starts`` and ``ends`` say where each character stands in ``text``."""

    text: str
    folded: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def piece(self, start: int, end: int) -> tuple[int, int]:
        """Return where a piece of ``folded`` stands in the text."""
        return self.starts[start], self.ends[end - 1]

    def is_capital(self, at: int) -> bool:
        """Whether the character of ``folded`` is written with a capital, or in a script without small letters."""
        c = next((c for c in self.text[self.starts[at] : self.ends[at]] if unicodedata.category(c)[0] == "L"), "")
        if self.text[self.starts[at]] in "&%" and self.ends[at] - self.starts[at] > 1:
            return True
        return c.title() == c  # Georgian has capitals, and writes no word with one


def view(text: str) -> View:
    """Return the view of any text."""
    letters: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for c, start, end in _decoded(text):
        for folded in _folded(c):
            letters.append(folded)
            starts.append(start)
            ends.append(end)
        if not _folded(c) and ends and ends[-1] == start:
            ends[-1] = end  # what decorates a letter goes with it
    return View(text, "".join(letters), tuple(starts), tuple(ends))


def _decoded(text: str) -> Iterator[tuple[str, int, int]]:
    at = 0
    for parted in _WITHIN_WORD.finditer(text):
        if parted[0][0] in "<'" or text[parted.end()].lower() == text[parted.end()]:
            yield from _decoded_in(text, at, parted.start())
            at = parted.end()
    yield from _decoded_in(text, at, len(text))


def _decoded_in(text: str, at: int, over: int) -> Iterator[tuple[str, int, int]]:
    for found in _CODED.finditer(text, at, over):
        yield from ((c, n, n + 1) for n, c in enumerate(text[at : found.start()], at))
        yield from _decode(found)
        at = found.end()
    yield from ((c, n, n + 1) for n, c in enumerate(text[at:over], at))


def _decode(found: re.Match[str]) -> Iterator[tuple[str, int, int]]:
    if found[0].startswith("&"):
        yield from ((c, *found.span()) for c in html.unescape(found[0]))
        return
    at = found.start()
    for c in unquote(found[0], errors="replace"):
        size = 3 * len(c.encode(errors="replace")) if c != "\ufffd" else 3
        yield c, at, min(at + size, found.end())
        at += size


@cache
def _folded(c: str) -> str:
    """Return a character as it counts: folded letters and digits, a blank for all blanks, nothing for the invisible."""
    if c in "\n\r":
        return "\n"
    if c == "_" or c.isspace():
        return " "
    if characters.is_invisible(c):
        return ""
    return characters.fold(c) or (c.casefold() if not c.isalpha() else "")


@cache
def words_of_data() -> dict[str, dict[str, list[str]]]:
    """Return the endings and small words of the languages."""
    text = resources.files("bot.private").joinpath("data/anonymize_words.json").read_text(encoding="utf-8")
    loaded: dict[str, dict[str, list[str]]] = json.loads(text)
    return loaded


@cache
def names_of_data() -> dict[str, list[str]]:
    """Return words that are nobody's name, titles that stand beside names, and family names of one character."""
    text = resources.files("bot.private").joinpath("data/anonymize_names.json").read_text(encoding="utf-8")
    loaded: dict[str, list[str]] = json.loads(text)
    return loaded


def titles_behind(of: str) -> str:
    """Return a pattern for the titles that stand behind a name of this script."""
    keys = ("korean_titles",) if of == "HANGUL" else ("han_titles", "japanese_titles")
    return "|".join(title for key in keys for title in names_of_data()[key])


def is_word_character(c: str) -> bool:
    """Whether a character of a view is part of a word."""
    return bool(c) and unicodedata.category(c)[0] in "LNM"


@cache
def script(c: str) -> str:
    """Return the script of a letter, "" for other characters."""
    return characters.script(c)


def usual_script(text: str) -> str:
    """Return the script of most letters of a text."""
    return max(((n, of) for of, n in Counter(script(c) for c in text if c.isalpha()).items()), default=(0, ""))[1]


def is_boundary(before: str, after: str) -> bool:
    """Whether a word may end between two characters: blanks, and where scripts meet that are written without them."""
    if not (is_word_character(before) and is_word_character(after)):
        return True
    left, right = script(before), script(after)
    if left == right:
        return left in UNSPACED - {"KATAKANA", "HIRAGANA"}
    return bool({left, right} & UNSPACED) or (bool(left and right) and not {left, right} <= _ALPHABETS)


@dataclass(frozen=True, slots=True)
class Common:
    """What is a word, and no name, in the languages of a text: ``small`` are those that begin sentences everywhere."""

    words: frozenset[str] = frozenset()
    small: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()

    @property
    def has_capital_nouns(self) -> bool:
        """Whether nouns have capitals, so that a capital says nothing."""
        return "de" in self.languages

    @property
    def is_english(self) -> bool:
        """Whether the dictionary, which is English, knows the words of the text."""
        return self.languages == {"en"}

    def holds(self, word: str) -> bool:
        """Whether a folded word counts as a name only where it is written as one."""
        return self.is_plain(word) or is_word(word)

    def is_plain(self, word: str) -> bool:
        """Whether a folded word is more of a word than a name."""
        return word in self.words or word in self.small or is_plain_word(word)


def common(of: View, names: Iterable[str] = ()) -> Common:
    """Return the common words of the languages that a text seems to be in by its words, but for ``names``."""
    sought = set(names)
    words = [word for word in words_alone(of.folded).split() if word not in sought]
    small = words_of_data()["small"]
    share = {language: sum(w in known for w in words) for language, known in _small().items()}
    best = max(share.values(), default=0)
    found = {
        language for language, count in share.items() if count and count * 3 >= best * 2 and best * 12 >= len(words)
    }
    return Common(
        frozenset(w for language in found for w in words_of_data()["also_words"].get(language, ())),
        frozenset(w for language in found for w in small[language]),
        frozenset(found),
    )


@cache
def _small() -> dict[str, frozenset[str]]:
    return {language: frozenset(words) for language, words in words_of_data()["small"].items()}


def words_of(name: str) -> tuple[str, ...]:
    """Return the words of a name as they stand in a view."""
    return tuple(words_alone(view(name).folded).split())


def humps_of(name: str) -> tuple[str, ...]:
    """Return the words of a name, parted at capitals within a word too."""
    return words_of(re.sub(r"(?<=[^\W\d_A-ZÀ-ÞА-Я])(?=[A-ZÀ-ÞА-Я])", " ", composed(name)))


def words_alone(folded: str) -> str:
    """Return a folded text with blanks for all that is no part of a word."""
    return "".join(c if is_word_character(c) else " " for c in folded)


def begins_sentence(folded: str, start: int) -> bool:
    """Whether a word of a view stands where every word has a capital."""
    bare = folded[max(0, start - 80) : start].rstrip(" ")
    before = bare.rstrip(" \"'“”„«»‘’(*#:-–—>=|")
    return not before or before[-1] in ".!?\n…。؟" or bare[-1] in '"“„«‘'
