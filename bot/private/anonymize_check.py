"""What is left of known names in a text that is to be public; writes nothing.

It looks by other means than those that took the names out: the look-alikes of ``bot.match`` over every few words, and
the bare letters of each line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from itertools import pairwise
from typing import NamedTuple

from bot.config import MatchRules
from bot.match.screen import Index
from bot.model import BanEntry, Tier
from bot.parse.usernames import first_upper
from bot.private import anonymize_names
from bot.private.anonymize_names import Form, Named
from bot.private.anonymize_view import Common, View, humps_of, is_boundary, is_word_character, script, view, words_of

_LONGEST_WINDOW = 5
_SHORTEST_HIDDEN = 5
_SURE = frozenset([Tier.FOLD, Tier.CONFUSABLE, Tier.TRANSLIT])


@dataclass(frozen=True, slots=True, repr=False)
class Leftover:
    """A known name that still stands in a line (from 1) of the public text: nothing is to be written then."""

    line: int
    excerpt: str
    why: str


class Likeness(IntEnum):
    """What becomes of words that are like a name: HINT is shown, NEAR refuses the text, TAKEN is taken for the name."""

    NONE, HINT, NEAR, TAKEN = range(4)


class Window(NamedTuple):
    """Some words in a row: where they stand in the text, and how they are folded."""

    start: int
    end: int
    words: tuple[str, ...]


class Alike:
    """The names of people as ``bot.match`` compares them, each with whose it is; asked for words in a row."""

    def __init__(self, people: Sequence[Named], known: Common, *, whole_only: Iterable[int] = ()) -> None:
        whole, by_name = set(whole_only), dict[str, set[int]]()
        self._words: set[str] = set()  # parts of names that are words: only a disguise of them tells
        for owner, person in enumerate(people):
            for name in person.names:
                parts = re.split(r"[\s_.,]+", name) if owner not in whole and len(words_of(name)) > 1 else []
                self._words |= {first_upper(part) for part in parts if part and not _tells(part, known)}
                for way in (name, *parts):
                    if sum(map(is_word_character, way)) > 1:
                        by_name.setdefault(first_upper(way.strip()), set()).add(owner)
        self._words -= {first_upper(name) for person in people for name in person.names}
        self._owners = {name: frozenset(owners) for name, owners in by_name.items()}
        self._known = known
        self._index = Index.build([BanEntry(name, 0, "", "") for name in self._owners], MatchRules())
        self._longest = max((len(words_of(name)) for name in self._owners), default=1)
        self._asked: dict[str, tuple[frozenset[int], Likeness]] = {}

    def windows(self, of: View) -> Iterator[Window]:
        """Yield every few words in a row of a view, the longest first at each place; none goes over a line's end."""
        words = list(words_in(of.folded))
        for n, (start, _) in enumerate(words):
            row = [words[n]]
            for before, after in pairwise(words[n : n + min(self._longest + 1, _LONGEST_WINDOW)]):
                gap = of.folded[before[1] : after[0]]
                if len(gap) > 3 or "\n" in gap or "¤" in gap:
                    break
                row.append(after)
            for size in range(len(row), 0, -1):
                at, to = of.piece(start, row[size - 1][1])
                yield Window(at, to, tuple(of.folded[s:e] for s, e in row[:size]))

    def ask(self, text: str, window: Window) -> tuple[frozenset[int], Likeness]:
        """Return whose name a window of ``text`` may be, and how sure that is."""
        written = text[window.start : window.end]
        if written not in self._asked:
            self._asked[written] = self._ask(written, window)
        return self._asked[written]

    def _ask(self, written: str, window: Window) -> tuple[frozenset[int], Likeness]:
        letters = "".join(window.words)
        is_small = written[:1] == written[:1].lower() != written[:1].upper()
        if len(letters) < 2 or letters.isdigit() or not any(c.isalpha() for c in letters):
            return frozenset(), Likeness.NONE
        if all(self._known.holds(word) or word.isdigit() for word in window.words) and (
            is_small or len(window.words) > 1 or self._known.holds(letters)
        ):
            return frozenset(), Likeness.NONE
        name = first_upper(written)
        found = [(Likeness.TAKEN, self._owners[name])] if name in self._owners and name not in self._words else []
        for match in self._index.look_alikes(name):
            entry, key = match.entry.name, match.key
            if entry in self._words and not _is_disguise(match.tier, written, entry):
                continue
            if match.tier in _SURE and self._is_sure(match.tier, key, letters, entry, is_small=is_small):
                found.append((Likeness.TAKEN, self._owners[entry]))
            elif not is_small:
                found.append((Likeness.NEAR if match.tier is Tier.NEAR else Likeness.HINT, self._owners[entry]))
        best = max((likeness for likeness, _ in found), default=Likeness.NONE)
        return frozenset().union(*(owners for likeness, owners in found if likeness is best)), best

    def _is_sure(self, tier: Tier, key: str, letters: str, name: str, *, is_small: bool) -> bool:
        shortest = min(len(letters), len("".join(words_of(name))))
        if tier is Tier.FOLD:
            return True
        if is_small and letters.isascii():
            return tier is Tier.CONFUSABLE and shortest > 4
        if tier is Tier.CONFUSABLE:
            return shortest > 2
        is_bare = ":" in key.removeprefix("translit:")  # consonants alone
        return len(key.removeprefix("translit:").partition(":")[2]) > 3 if is_bare else shortest > 2


def _is_disguise(tier: Tier, written: str, name: str) -> bool:
    """Whether a word is written with letters that only look like those of a name: "Rоse" with a Cyrillic о, "R0se"."""
    shortest = 3 if not written.isascii() else 4
    foreign = not written.isascii() if name.isascii() else any(c.isascii() and c.isalpha() for c in written)
    return tier is Tier.CONFUSABLE and len(name) >= shortest and (foreign or any(c.isdigit() for c in written))


def _tells(part: str, known: Common) -> bool:
    folded = "".join(words_of(part))
    return len(folded) > 3 - (not folded.isascii()) and not known.is_plain(folded) and not folded.isdigit()


def words_in(folded: str) -> Iterator[tuple[int, int]]:
    """Yield where words stand in a view; text of scripts without blanks is one word up to the next mark."""
    start = None
    for at, c in enumerate(folded):
        if not is_word_character(c):
            if start is not None:
                yield start, at
            start = None
        elif start is None:
            start = at
        elif is_boundary(folded[at - 1], c) and (script(c) != script(folded[at - 1])):
            yield start, at
            start = at
    if start is not None:
        yield start, len(folded)


def left(
    text: str, shown: str, people: Sequence[Named], forms: Sequence[Form], alike: Alike, known: Common
) -> tuple[Leftover, ...]:
    """Return what is left of the names of ``people`` in ``text``.

    ``shown`` is the text with "¤" for each character that the program itself put there; both have one length.
    """
    of = view(shown)
    found: list[tuple[int, int, str]] = []
    found += [(c.start, c.end, "a known name") for c in anonymize_names.find(of, forms, known)]
    sure = [form for form in forms if not form.may_begin]
    undecided = anonymize_names.find(of, sure, known, undecided=True)
    found += [(c.start, c.end, "a name, or the word that begins the sentence") for c in undecided]
    for window in alike.windows(of):
        if alike.ask(shown, window)[1] in {Likeness.TAKEN, Likeness.NEAR}:
            found.append((window.start, window.end, "what may stand for a known name"))
    found += [*_hidden(of, people, known), *_numbered(of, people, known)]
    return tuple(Leftover(line_of(text, at), excerpt_of(text, at, to), why) for at, to, why in apart(found))


def _hidden(of: View, people: Sequence[Named], known: Common) -> Iterator[tuple[int, int, str]]:
    """Yield full names that stand within other words, whatever is between their letters."""
    names = {"".join(humps_of(name)) for person in people for name in person.names if len(words_of(name)) < 8}
    wanted = {name for name in names if _is_telling(name, known)}
    letters = [(c, at) for at, c in enumerate(of.folded) if is_word_character(c) or c in "\n¤"]
    bare = "".join(c for c, _ in letters)
    for name in wanted:
        for match in re.finditer(re.escape(name), bare):
            start, end = letters[match.start()][1], letters[match.end() - 1][1] + 1
            begins = not start or is_boundary(of.folded[start - 1], of.folded[start])
            ends = end == len(of.folded) or is_boundary(of.folded[end - 1], of.folded[end])
            inside = all(map(is_word_character, of.folded[start:end]))
            if len(name) > 6 or (inside and (begins or ends)):
                yield *of.piece(start, end), "a known name within other words"


def _numbered(of: View, people: Sequence[Named], known: Common) -> Iterator[tuple[int, int, str]]:
    """Yield words that begin with a part of a name: with a number behind it, or letters that no rule knows."""
    wanted = parts_of(people, known)
    for start, end in words_in(of.folded):
        word = of.folded[start:end]
        bare = word.rstrip("0123456789")
        if start + len(bare) < end and bare in wanted:
            yield *of.piece(start, end), "a known name with a number"
        elif of.is_capital(start) and not known.is_plain(word) and _begins_with(word, wanted):
            yield *of.piece(start, end), "begins with a known name"


def _begins_with(word: str, wanted: frozenset[str]) -> bool:
    return any(word[:size] in wanted for size in range(_SHORTEST_HIDDEN, len(word)))


def parts_of(people: Sequence[Named], known: Common) -> frozenset[str]:
    """Return the words of names that are no words of the language, folded."""
    words = (word for person in people for name in person.names for word in (*words_of(name), *humps_of(name)))
    return frozenset(
        word for word in words if len(word) > 1 + word.isascii() and not known.is_plain(word) and not word.isdigit()
    )


def _is_telling(name: str, known: Common) -> bool:
    return len(name) >= _SHORTEST_HIDDEN and not known.is_plain(name) and not name.isdigit()


def apart(found: Iterable[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """Return places in order, of those that overlap the first and longest."""
    kept: list[tuple[int, int, str]] = []
    for place in sorted(found, key=lambda f: (f[0], -f[1])):
        if not kept or place[0] >= kept[-1][1]:
            kept.append(place)
    return kept


def line_of(text: str, at: int) -> int:
    """Return in which line, from 1, a place stands."""
    return text.count("\n", 0, at) + 1


def excerpt_of(text: str, start: int, end: int) -> str:
    """Return the place with some words around it, on one line."""
    before = text[max(0, start - 25) : start].rpartition("\n")[2]
    after = text[end : end + 25].partition("\n")[0]
    return f"{before}»{' '.join(text[start:end].split())[:120]}«{after}".strip()
