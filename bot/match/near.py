"""NEAR: one letter more, less, other or swapped, or letters stretched; says when that is only chance; knows no list.

Candidates come from an index of the names with one letter left out, so that no name is compared with every other.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from bot.config import MatchRules
from bot.match.align import Taken
from bot.match.characters import first_reading
from bot.match.keys import Keys, split_tail
from bot.match.ordinary import all_ordinary, is_made_of_words, is_ordinary, is_plain_word

_VOWELS = frozenset("aeiouyаеиоуыэюяіїєαεηιουω")
_STRETCHED = re.compile(r"([^\W\d])\1+")
# Family names of Slavic and Baltic languages end otherwise for women and men.
_BY_GENDER = re.compile(
    r"(?:(?:ov|ev|yov|in|yn|sk|ck|zk|dzk|ow|n|ov|ий|ов|ев|ёв|ин|ын|ск|цк)(?:a|y|i|ij|yj|iy|а|ая|я|ий|ій|ый)?)$"
)


@dataclass(frozen=True, slots=True)
class Edit:
    """How one text becomes another: at ``at``, ``left`` stands where the other has ``right``."""

    at: int
    left: str
    right: str


def text_of(keys: Keys) -> str:
    """Return the letters of the name without the number at its end; those of a name in mixed scripts read as Latin."""
    stem, _ = split_tail(keys.units)
    if len(keys.scripts) > 1:
        return "".join(first_reading(u.text) or u.fold for u in stem)
    return "".join(u.fold for u in stem)


def squeezed(text: str) -> str:
    """Return ``text`` with each run of one letter as one letter."""
    return _STRETCHED.sub(r"\1", text)


def single_edit(left: str, right: str) -> Edit | None:
    """Return the one letter that is inserted, left out, changed, or the two neighbours that are swapped; else None."""
    if left == right or abs(len(left) - len(right)) > 1:
        return None
    at = 0
    while at < min(len(left), len(right)) and left[at] == right[at]:
        at += 1
    a, b = left[at:], right[at:]
    if a[1:] == b[1:]:
        return Edit(at, a[:1], b[:1])
    if a[1:] == b:
        return Edit(at, a[:1], "")
    if a == b[1:]:
        return Edit(at, "", b[:1])
    if len(a) == len(b) and a[:2] == b[:2][::-1] and a[2:] == b[2:]:
        return Edit(at, a[:2], b[:2])
    return None


class NearIndex:
    """Different texts by everything that is left when one letter is left out, and by what is left of their runs.

    Names that share a text and differ in the number at their end share its place here.
    """

    def __init__(self, rules: MatchRules) -> None:
        self._rules = rules
        self._numbers: dict[str, dict[str, list[int]]] = {}
        self._by_rest: dict[int, list[str]] = defaultdict(list)
        self._by_squeezed: dict[str, list[str]] = defaultdict(list)

    def add(self, number: int, keys: Keys) -> None:
        """Remember a name as ``number``."""
        text = text_of(keys)
        if text not in self._numbers:
            self._numbers[text] = defaultdict(list)
            self._by_squeezed[squeezed(text)].append(text)
            for rest in _rests(text) if len(text) >= self._rules.near_shortest - 1 else ():
                self._by_rest[rest].append(text)
        self._numbers[text][keys.tail].append(number)

    def near(self, keys: Keys) -> list[int]:
        """Return the numbers of the names that may be one edit away, in order."""
        text = text_of(keys)
        rests = _rests(text) if len(text) >= self._rules.near_shortest - 1 else ()
        return self._with_tail({t for rest in rests for t in self._by_rest.get(rest, ()) if t != text}, keys.tail)

    def stretched(self, keys: Keys) -> list[int]:
        """Return the numbers of the names that are equal but for repeated letters, in order."""
        text = text_of(keys)
        return self._with_tail({t for t in self._by_squeezed.get(squeezed(text), ()) if t != text}, keys.tail)

    def _with_tail(self, texts: set[str], tail: str) -> list[int]:
        """Return the names of ``texts`` whose number at the end does not contradict ``tail``; of a crowd nobody."""
        found: list[int] = []
        for by_tail in map(self._numbers.__getitem__, texts):
            tails = {tail, ""} if tail else by_tail.keys()
            found += [n for t in tails for n in by_tail.get(t, ())] if len(tails) <= self._rules.crowd else []
        return sorted(found)


def _rests(text: str) -> Iterator[int]:
    """Yield a hash of ``text`` and of each text with one letter left out; digits stay: another number is no slip."""
    yield hash(text)
    for at in range(len(text)):
        if not text[at].isdigit() and (at == 0 or text[at] != text[at - 1]):
            yield hash(text[:at] + text[at + 1 :])


def near(left: Keys, right: Keys, rules: MatchRules) -> Taken | None:
    """Return the one difference between two names, if it is one that a person might make on purpose, else None."""
    a, b = text_of(left), text_of(right)
    if max(len(a), len(b)) < rules.near_shortest or (left.tail and right.tail and left.tail != right.tail):
        return None
    edit = single_edit(a, b)
    if edit is None or any(c.isdigit() for c in edit.left + edit.right) or _is_chance(left, right, a, b, edit, rules):
        return None
    return Taken(edit.left, edit.right)


def stretched(left: Keys, right: Keys, rules: MatchRules) -> Taken | None:
    """Return what is stretched if the names are equal but for letters that are repeated, else None."""
    a, b = text_of(left), text_of(right)
    short = squeezed(a)
    if a == b or len(short) < rules.stretched_shortest or short != squeezed(b):
        return None
    if left.tail != right.tail or (is_ordinary(a) and is_ordinary(b)):
        return None
    longest = max(_STRETCHED.finditer(max(a, b, key=len)), key=lambda m: len(m[0]))
    if len(longest[0]) < 3 and min(len(a), len(b)) < rules.near_shortest:
        return None
    return Taken(longest[0], longest[1]) if len(a) > len(b) else Taken(longest[1], longest[0])


def _is_chance(left: Keys, right: Keys, a: str, b: str, edit: Edit, rules: MatchRules) -> bool:
    """Whether ordinary people come to have these two names: other initials, given names, forms for women and men."""
    one, other = left.words, right.words
    changed = _changed(one, other)
    if changed is None:
        return _is_initial(a, b, edit) or (all_ordinary(one) and all_ordinary(other))
    x, y = changed
    if min(len(x), len(y)) < rules.near_shortest_word or (is_made_of_words(x) and is_made_of_words(y)):
        return True
    if len(one) > 1 and not any(map(is_plain_word, one + other)):
        shortest = rules.near_shortest_beside if is_ordinary(x) or is_ordinary(y) else rules.near_shortest
        if max(len(x), len(y)) < shortest:
            return True
    here = single_edit(x, y) or edit
    is_last_other = bool(here.left and here.right) and here.at == len(x) - 1 and is_plain_word(x) == is_plain_word(y)
    return is_last_other or (len(one) == 1 and _is_initial(x, y, here)) or _is_other_gender(x, y)


def _changed(one: tuple[str, ...], other: tuple[str, ...]) -> tuple[str, str] | None:
    """Return the only two words that differ, an added word beside nothing; None if the names are not built alike."""
    if len(one) == len(other):
        pairs = [(x, y) for x, y in zip(one, other, strict=True) if x != y]
        return pairs[0] if len(pairs) == 1 else None
    longer, shorter = (one, other) if len(one) > len(other) else (other, one)
    added = [w for at, w in enumerate(longer) if longer[:at] + longer[at + 1 :] == shorter]
    return (added[0], "") if added else None


def _is_initial(x: str, y: str, edit: Edit) -> bool:
    """Whether a letter at the very end or beginning of an ordinary name is another one, or is added."""
    rest = x[: edit.at] + x[edit.at + len(edit.left) :]
    at_edge = edit.at == 0 or edit.at + max(len(edit.left), len(edit.right)) >= max(len(x), len(y))
    repeats = bool(rest) and (edit.left or edit.right) == rest[-1]
    return len(edit.left) <= 1 and len(edit.right) <= 1 and at_edge and not repeats and is_ordinary(rest)


def _is_other_gender(x: str, y: str) -> bool:
    stem_x, stem_y = x.rstrip("".join(_VOWELS)), y.rstrip("".join(_VOWELS))
    return stem_x == stem_y and (
        bool(_BY_GENDER.search(x) and _BY_GENDER.search(y)) or is_ordinary(x) or is_ordinary(y)
    )
