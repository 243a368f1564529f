"""CONTAINS: a listed name inside a longer one, or with another number at its end; says when that is only chance."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from bot.config import MatchRules
from bot.match.characters import first_reading
from bot.match.keys import Keys
from bot.match.ordinary import all_ordinary, is_name, is_ordinary, is_return


def texts_of(keys: Keys) -> tuple[str, ...]:
    """Return the name as one text, as it is folded, as its letters look, and with its digits read as letters."""
    if keys.name.isascii() and not keys.looks:
        return (keys.fold,)
    looks = "".join(first_reading(u.text) if not u.fold.isdigit() else u.fold for u in keys.units if u.fold)
    leet = "".join(first_reading(u.text) for u in keys.units)
    return tuple(dict.fromkeys((keys.fold, looks, leet)))


class ContainsIndex:
    """Texts by their first letters; a longer text is searched for them from each of its places."""

    def __init__(self, shortest: int) -> None:
        self._shortest = shortest
        self._lengths: dict[str, set[int]] = defaultdict(set)
        self._by_text: dict[str, list[int]] = defaultdict(list)

    def add(self, number: int, text: str) -> None:
        """Remember ``text`` as ``number`` if it is long enough to say something."""
        if len(text) >= self._shortest:
            self._lengths[text[: self._shortest]].add(len(text))
            self._by_text[text].append(number)

    def found_in(self, text: str) -> Iterator[int]:
        """Yield the numbers of the remembered texts that stand in ``text`` without being all of it."""
        for at in range(len(text) - self._shortest + 1):
            for length in self._lengths.get(text[at : at + self._shortest], ()):
                piece = text[at : at + length]
                if len(piece) == length < len(text) and not _cuts_number(text, at, at + length):
                    yield from self._by_text.get(piece, ())


def _cuts_number(text: str, start: int, end: int) -> bool:
    """Whether a run of digits goes on outside of the piece."""
    before = start > 0 and text[start - 1].isdigit() and text[start].isdigit()
    return before or (end < len(text) and text[end - 1].isdigit() and text[end].isdigit())


def is_telling(longer: Keys, shorter: Keys) -> bool:
    """Whether it says something that the longer name contains the shorter one.

    One word of the dictionary or common name does not, nor does a name with nothing but other people's names beside it;
    but what people add who come back ("again", "the real") always does.
    """
    inner, outer = shorter.words, longer.words
    if len(longer.fold) - len(shorter.fold) == 1:
        return False  # one letter more is NEAR, or chance
    rest = [w for w in outer if w not in inner]
    if any(map(is_return, rest)):
        return True
    if set(inner) <= set(outer) and any(len(w) > 2 for w in rest) and all(map(_is_someones, rest)):
        return False
    return len(inner) > 1 or not is_ordinary(shorter.fold)


def _is_someones(word: str) -> bool:
    """Whether a word of a name may be a family name; the dictionary is English, so only Latin words can be strange."""
    return is_name(word) or len(word) <= 2 or (word.isascii() and not is_ordinary(word))


def other_number(left: Keys, right: Keys, rules: MatchRules) -> bool:
    """Whether two names with the same stem and other numbers at the end say something of each other.

    Years and ordinary names do not; one short number beside none does (Name2 beside Name).
    """
    stem = len(left.stem)
    if left.tail == right.tail or stem < rules.tail_shortest:
        return False
    ordinary = all_ordinary(left.words) or all_ordinary(right.words)
    if left.tail and right.tail:
        return not ordinary and stem >= rules.contains_shortest and _is_count(left.tail) and _is_count(right.tail)
    tail = left.tail or right.tail
    if len(tail) > 3:
        return not ordinary and stem >= rules.tail_shortest_before_year
    return not ordinary or len(tail) == 1


def _is_count(tail: str) -> bool:
    """Whether a number counts accounts rather than giving a year of birth, in full or in short."""
    return len(tail) <= 2 and int(tail) < 50
