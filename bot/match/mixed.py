"""Names that mix scripts inside a word: a signal of its own, with or without a listed twin; knows no list."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from itertools import groupby

from bot.match.align import spelt
from bot.match.characters import is_invisible, plain, script

# Scripts that one language writes together inside a word (UTS 39, "highly restrictive").
_WRITTEN_TOGETHER = (
    frozenset({"HAN", "HIRAGANA", "KATAKANA", "LATIN"}),
    frozenset({"HAN", "HANGUL", "LATIN"}),
    frozenset({"HAN", "BOPOMOFO", "LATIN"}),
)


@dataclass(frozen=True, slots=True)
class MixedWord:
    """A word of a name with letters of scripts that no language writes together; ``strange`` are the rarer ones."""

    word: str
    scripts: tuple[str, ...]
    strange: tuple[str, ...]
    text: str


def mixed_words(name: str) -> tuple[MixedWord, ...]:
    """Return the words of ``name`` that mix scripts, each with a sentence for a person."""
    if name.isascii():
        return ()
    return tuple(found for word in _words(name) if (found := _mixed(word)) is not None)


def _words(name: str) -> list[str]:
    seen = [c for c in unicodedata.normalize("NFC", name) if not is_invisible(c)]
    grouped = groupby(seen, key=lambda c: unicodedata.category(plain(c)[:1] or " ")[0] in "LMN")
    return ["".join(group) for is_word, group in grouped if is_word]


def _mixed(word: str) -> MixedWord | None:
    letters = [(c, script(c)) for c in word if script(c)]
    found = sorted({s for _, s in letters}, key=lambda s: (-sum(s == other for _, other in letters), s))
    if len(found) < 2 or any(set(found) <= together for together in _WRITTEN_TOGETHER):
        return None
    strange = tuple(dict.fromkeys(c for c, s in letters if s != found[0]))
    names = " and ".join(s.capitalize() for s in found)
    text = f"The word “{word}” mixes {names} letters: {', '.join(map(spelt, strange[:8]))}."
    return MixedWord(word, tuple(found), strange, text)
