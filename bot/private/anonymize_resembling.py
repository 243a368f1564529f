"""Capital words that are nearly a known name, or begin as one does, in any language; decides nothing.

It is the net under the rules for endings and misspellings: what those do not know is at least told.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bot.private.anonymize_check import words_in
from bot.private.anonymize_view import Common, View, humps_of, script, words_of

_SHORTEST, _SHORTEST_WITHOUT_CAPITALS = 4, 5
# How much longer than the name a word may be that begins as it does: "Sarkozystan".
_LONGEST_ENDING = 5
_SHORTEST_WITHIN, _LONGEST = 5, 40
_CASED = frozenset(["LATIN", "CYRILLIC", "GREEK", "ARMENIAN"])


class Resembling:
    """The words of some names, by how they begin and by what is left of them without a letter."""

    def __init__(self, names: Iterable[str], known: Common) -> None:
        words = {word for name in names for word in (*words_of(name), *humps_of(name)) if not word.isdigit()}
        self._words = {word for word in words if len(word) >= _shortest(word)}
        self._known = known
        self._near = {short for word in self._words for short in _shorter(word)}
        self._begins: dict[str, int] = {}
        for word in words:
            if len(word) >= 3 and script(word[0]) in _CASED and not known.is_plain(word):
                beginning = word[: max(3 + known.has_capital_nouns, len(word) - 3)]
                self._begins[beginning] = max(self._begins.get(beginning, 0), len(word) + _LONGEST_ENDING)

    def places(self, of: View, what: str) -> Iterator[tuple[int, int, str]]:
        """Yield where such words stand in a view, and why each is told; ``what`` they are nearly: a name or a place."""
        told: dict[str, str] = {}
        for start, end in words_in(of.folded):
            word = of.folded[start:end]
            if word not in told:
                told[word] = self._why(word, what)
            if (
                told[word]
                and word not in self._words
                and (of.is_capital(start) or told[word] == self._within(word, what))
            ):
                yield *of.piece(start, end), told[word]

    def _why(self, word: str, what: str) -> str:
        if self._known.holds(word) or not 3 <= len(word) <= _LONGEST:
            return ""
        if len(word) >= _shortest(word) and not self._near.isdisjoint(_shorter(word)):
            return f"nearly a known {what}"
        sizes = range(3, len(word))
        if any(len(word) <= self._begins.get(word[:size], 0) for size in (*sizes, len(word))):
            return f"begins as a known {what} does"
        return self._within(word, what)

    def _within(self, word: str, what: str) -> str:
        """Return what is said of a word that has one of the words within it: skadeyemi."""
        sizes = range(_SHORTEST_WITHIN, len(word))
        pieces = (word[at : at + size] for size in sizes for at in range(len(word) - size + 1))
        return f"has a known {what} in it" if any(p in self._words for p in pieces) else ""


def _shortest(word: str) -> int:
    return _SHORTEST if script(word[0]) in _CASED else _SHORTEST_WITHOUT_CAPITALS


def _shorter(word: str) -> set[str]:
    """Return a word, and it without each of its letters: words of one slip have one of these in common."""
    return {word, *(word[:at] + word[at + 1 :] for at in range(len(word)))}
