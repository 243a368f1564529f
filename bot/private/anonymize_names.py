"""The ways to write a name, and where they stand in a text; knows no markup, no dates and no record.

Forms are patterns over a view. The full name counts before its parts, and what is written exactly so before what only
has an ending that names take in some languages.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Protocol

from bot.match.ordinary import is_plain_word
from bot.private.anonymize_endings import inflected
from bot.private.anonymize_view import (
    UNSPACED,
    Claim,
    Common,
    Rank,
    View,
    begins_sentence,
    humps_of,
    is_boundary,
    script,
    titles_behind,
    view,
    words_of,
    words_of_data,
)

_BETWEEN = r"(?:[ ,\-'’·・]{0,3}\n?[ >]{0,2}|\.)"
# Behind a word: nothing of a script that parts words by blanks.
_OVER = r"(?![^\W\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff])"
_SPACED = r"[ .\-*·]{1,3}"
_POSSESSIVE = re.compile(r"['’ʼ′`](?!['’])[^\W\d_]{0,5}")
_OF_SHORT = ("s", "nin", "nun", "lle", "lla", "lta", "ssa", "nak", "nek", "val", "vel", "hoz", "ra", "re")
_APPENDED = frozenset(["HANGUL", "BENGALI", "DEVANAGARI", "GUJARATI", "GURMUKHI", "TELUGU", "KANNADA"])
# What joins names in some and is a whole name in others, but no word of the languages in which sentences begin with it.
_NAMES_TOO = frozenset(["ben", "bin", "ibn", "bint", "abu", "mac", "san"])


class Named(Protocol):
    """Somebody with all names that are known for them, and what they are in the incident."""

    @property
    def names(self) -> tuple[str, ...]:
        """Every name, the fullest first or not."""
        ...

    @property
    def role(self) -> str:
        """What they are in it ("witness")."""
        ...


@dataclass(frozen=True, slots=True, repr=False)
class Form:
    """One way to write somebody: a pattern over views; what counts of a match is its group ``name``, if it has one.

    ``needs_capital`` where the word is also a word of the language, ``is_small`` where that begins sentences; ``glued``
    where words are not parted by blanks; ``may_begin`` where a sentence may begin with it and nothing be left of a name
    ("La", of La Fleur).
    """

    pattern: re.Pattern[str]
    owner: int
    rank: int
    needs_capital: bool = False
    is_small: bool = False
    glued: bool = False
    unsure: str = ""
    may_begin: bool = False


def forms(people: Sequence[Named], known: Common, *, whole_only: Iterable[int] = ()) -> tuple[Form, ...]:
    """Return the ways to write ``people``; of the people at ``whole_only`` no part of a name alone."""
    whole = set(whole_only)
    found: list[Form] = []
    for owner, person in enumerate(people):
        longer = {word for name in person.names if len(words_of(name)) > 1 for word in humps_of(name)}
        for name in dict.fromkeys(person.names):
            given = list(_forms(name, owner, known, with_parts=owner not in whole))
            if "".join(words_of(name)) in longer and given[0].rank == Rank.NAME:
                given[0] = replace(given[0], rank=Rank.PART)  # "Ada", where "Abacus, Ada" counts first
            found += given
    return tuple(found)


def _forms(name: str, owner: int, known: Common, *, with_parts: bool) -> Iterator[Form]:
    folded = view(name).folded.strip()
    words = words_of(name)
    letters = "".join(words)
    if len(letters) < 2:
        if folded:
            yield Form(re.compile(re.escape(folded)), owner, Rank.PART if letters else Rank.NAME, bool(letters))
        return
    humps = humps_of(name)
    cut = humps if len(humps) > len(words) else words
    are_words = all(map(known.holds, cut))
    is_common = len(cut) == 1 and are_words
    needs_capital = is_common or (are_words and not known.small.isdisjoint(cut))  # "I will hunt"
    glued = _is_unspaced(letters)
    pattern = re.compile(_BETWEEN.join(map(_word, cut)))
    rank = Rank.PART if is_common else Rank.NAME
    yield Form(pattern, owner, rank, needs_capital, letters in known.small, glued)
    for spaced in {letters, *(cut if with_parts else ())}:
        if len(spaced) > 2:
            yield Form(re.compile(_SPACED.join(map(re.escape, spaced))), owner, Rank.FORM)
    people = [word for word in cut if not word.isdigit()]
    if len(people) >= 2:
        yield from _turned(people, owner, needs_capital=are_words)
        yield from _initials(people, owner)
    if with_parts and len(cut) >= 2:
        yield from _singles(cut, owner, known)
    if with_parts and len(cut) == 1:
        yield from _halves(letters, owner, known)
    yield from _ending(words, owner, known)


def _halves(letters: str, owner: int, known: Common) -> Iterator[Form]:
    """Yield the given name of a Chinese or Korean full name, and both names of a Japanese one of four characters.

    A family name of one character, and a given name of one, count only with a title: 王先生, 老王, 健さん, 김씨.
    """
    of = {script(c) for c in letters}
    if not 2 <= len(letters) <= 4 or of not in ({"HAN"}, {"HANGUL"}):
        return
    halves = [letters[-2:], *([letters[:2]] if len(letters) == 4 else [])] if len(letters) > 2 else []
    for half in dict.fromkeys(halves):
        yield Form(re.compile(_word(half)), owner, Rank.PART, glued=_is_unspaced(half), unsure="taken for a given name")
        yield from _ending((half,), owner, known)
    unsure = "taken for a name by the title beside it"
    for short in dict.fromkeys((letters[:1], letters[:2], letters[-1:], letters[-2:])):
        titled = re.compile(rf"(?P<name>{short})(?={titles_behind(script(short[0]))})")
        yield Form(titled, owner, Rank.PART, glued=True, unsure=unsure)
    if of == {"HAN"}:
        called = re.compile(rf"[老小阿](?P<name>{letters[0]})")
        yield Form(called, owner, Rank.PART, glued=True, unsure=unsure)


def _is_unspaced(letters: str) -> bool:
    return len(letters) > 1 and all(script(c) in UNSPACED for c in (letters[0], letters[-1]))


@cache
def _word(folded: str) -> str:
    """Return a pattern for a folded word."""
    return re.escape(folded)


def _turned(words: Sequence[str], owner: int, *, needs_capital: bool) -> Iterator[Form]:
    """Yield the last word first ("Abacus, Ada"), and the name without what stands in the middle."""
    turned = [words[-1], *words[:-1]]
    yield Form(re.compile(_BETWEEN.join(map(_word, turned))), owner, Rank.FORM, needs_capital)
    if len(words) > 2:
        yield Form(re.compile(_BETWEEN.join(map(_word, (words[0], words[-1])))), owner, Rank.FORM, needs_capital)


def _initials(words: Sequence[str], owner: int) -> Iterator[Form]:
    """Yield the name with initials; bare initials only where they stand for a speaker ("AA: yes")."""
    first, last = _word(words[0]), _word(words[-1])
    a, b = re.escape(words[0][0]), re.escape(words[-1][0])
    dotted = r"\. ?".join(re.escape(word[0]) for word in words) + r"\."
    yield Form(re.compile(dotted), owner, Rank.FORM, needs_capital=True)
    yield Form(re.compile(rf"{a}\.? ?{last}"), owner, Rank.FORM, needs_capital=True)
    yield Form(re.compile(rf"{first} {b}\."), owner, Rank.FORM, needs_capital=True)
    bare = "".join(re.escape(word[0]) for word in words)
    speaker = rf"(?:^|\n)[ *#>\-•\[\]()0-9.:–]*(?P<name>{bare})(?= ?[:>\])])"
    yield Form(re.compile(speaker), owner, Rank.PART, needs_capital=True)


def _singles(words: Sequence[str], owner: int, known: Common) -> Iterator[Form]:
    """Yield each word of a name of several, but for what joins them ("von"); ordinary words ask for a person."""
    for at, word in enumerate(words):
        joins = word in _particles() and (0 < at < len(words) - 1 or word in _titles())
        if len(word) < 2 or word.isdigit() or joins:
            continue
        is_small = is_plain_word(word) or word in known.small
        needs_capital = known.holds(word) or len(word) < 4 or word in _particles()
        may_begin = word in _particles()
        is_small = is_small or (may_begin and word not in _NAMES_TOO and not known.is_english)
        unsure = "taken for a name, or the word" if is_small and may_begin else ""
        alone, glued = re.compile(_word(word)), _is_unspaced(word)
        yield Form(alone, owner, Rank.PART, needs_capital, is_small, glued, unsure, may_begin=may_begin)
        if word not in _particles():
            yield from _ending((word,), owner, known)
    for size in range(2, min(len(words), 5)):
        for at in range(len(words) - size + 1):
            if _particles().issuperset(words[at : at + size]):
                continue
            pattern = _BETWEEN.join(map(_word, words[at : at + size]))
            yield Form(re.compile(pattern), owner, Rank.PART, needs_capital=words[at] not in _particles())


@cache
def _particles() -> frozenset[str]:
    return frozenset(words_of_data()["particles"]["all"])


@cache
def _titles() -> frozenset[str]:
    return frozenset(words_of_data()["titles"]["all"])


def _ending(words: Sequence[str], owner: int, known: Common) -> Iterator[Form]:
    """Yield a name of which each word may have an ending of a language that inflects names, or a prefix."""
    of = script(words[-1][-1])
    endings, before = (_folded(key, of) for key in ("endings", "glued_before"))
    if of == "LATIN" and len(words[-1]) == 3:
        endings = _OF_SHORT
    if len(words[-1]) < (3 if endings and of not in _APPENDED else 2) or (len(words) == 1 and known.is_plain(words[0])):
        return
    if endings and of in _APPENDED:
        every = "|".join(sorted(map(re.escape, endings), key=lambda e: (-len(e), e)))
        name = _BETWEEN.join(map(_word, words))
        yield Form(re.compile(rf"(?P<name>{name})(?:{every}){_OVER}"), owner, Rank.ENDING)
    elif endings:
        pattern = _BETWEEN.join(inflected(word, endings) for word in words)
        yield Form(
            re.compile(rf"{pattern}{_OVER}"),
            owner,
            Rank.ENDING,
            needs_capital=True,
            unsure="taken for a form of a name",
        )
    if before:
        pattern = rf"(?:{'|'.join(before)})(?P<name>{_BETWEEN.join(map(_word, words))})"
        yield Form(re.compile(pattern), owner, Rank.ENDING, glued=True)


@cache
def _folded(key: str, of: str) -> tuple[str, ...]:
    return tuple(view(one).folded for one in words_of_data()[key].get(of, []))


def find(of: View, wanted: Iterable[Form], known: Common, *, undecided: bool = False) -> Iterator[Claim]:
    """Yield the places of ``wanted`` in a view; with ``undecided`` those that only a person can tell from a word.

    These are names that are small words too, at the beginning of a sentence: "Will grabbed my arm".
    """
    for form in wanted:
        if undecided and not form.is_small:
            continue
        for match in form.pattern.finditer(of.folded):
            start, end = match.span("name") if "name" in form.pattern.groupindex else match.span()
            after = _end(of.folded, match.end(), form)
            if after is None or not (start > match.start() or _begins(of.folded, start)):
                continue
            if form.needs_capital and not of.is_capital(start):
                continue
            if form.rank == Rank.ENDING and form.unsure and _is_word(of, start, end, known):
                continue
            if form.is_small and begins_sentence(of.folded, start) is not undecided:
                continue
            if undecided and not form.is_small:
                continue
            if end < match.end():  # an ending that stays behind the name
                after = end
            at, to = of.piece(start, end)
            mark = of.text[to : of.ends[after - 1]] if after > end else ""
            yield Claim(at, of.ends[after - 1], form.rank, frozenset({form.owner}), mark=mark, unsure=form.unsure)


def _begins(folded: str, start: int) -> bool:
    return start == 0 or is_boundary(folded[start - 1], folded[start])


def _end(folded: str, end: int, form: Form) -> int | None:
    """Return where a match ends with its possessive ("'s", "s'"), None where it ends within a word."""
    found = _POSSESSIVE.match(folded, end)
    if found and found[0] and _ends(folded, found.end()):
        return found.end()
    if _ends(folded, end):
        return end
    return end if form.glued and script(folded[end]) != "KATAKANA" else None


def _ends(folded: str, end: int) -> bool:
    return end >= len(folded) or is_boundary(folded[end - 1], folded[end])


def _is_word(of: View, start: int, end: int, known: Common) -> bool:
    """Whether what could be a name with an ending is a word that begins a sentence ("Markets")."""
    at, to = of.piece(start, end)
    return of.text[at:to].isascii() and known.holds(of.folded[start:end]) and begins_sentence(of.folded, start)
