"""User names that stand behind "User:" in plain text, in every language's word for it; knows no person.

Where such a name ends nobody can tell: what is taken is told, so that a person reads on behind it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from bot.model import NameState
from bot.parse.sites import META, USER, multilingual
from bot.parse.sites import fold as fold_title
from bot.parse.usernames import canonical
from bot.private import anonymize_marks
from bot.private.anonymize_marks import Owners
from bot.private.anonymize_view import Claim, Rank, is_boundary, usual_script, words_of_data

UNSURE = "taken for a user name, which may be longer"
_COLON = re.compile(r"[:：]")
_LONGEST_HEAD, _MOST_WORDS = 40, 6
_WORD = re.compile(r"[^\s,;:：.!?()\[\]{}<>|/#@&\"“”„«»…、。，；！？（）「」『』]+(?:[.'’&@-][^\W_]+)*")
_SUBPAGE = re.compile(r"(?:[/#][^\s,;:!?()\[\]{}<>|\"“”«»、。，（）]*[^\s,;:.!?()\[\]{}<>|\"“”«»、。，（）])?")


class Written(NamedTuple):
    """Somebody who is named behind "User:": where that stands, where the words of the name end, and what it is."""

    start: int
    at: int
    ends: tuple[int, ...]
    likely: int


def names(text: str) -> tuple[str, ...]:
    """Return the user names that stand behind "User:" in plain text, as far as each is likely to go."""
    found = (_account(text[one.at : one.likely]) for one in _written(text))
    return tuple(dict.fromkeys(name for name in found if name))


def claims(text: str, owners: Owners) -> Iterator[Claim]:
    """Yield what has to go: the word for a user with the longest name behind it that is somebody's."""
    for one in _written(text):
        known = ((end, owned) for end in reversed(one.ends) if (owned := owners(_account(text[one.at : end]))))
        end, owned = next(known, (one.likely, frozenset[int]()))
        subpage = _SUBPAGE.match(text, end)
        unsure = UNSURE if end < one.ends[-1] else ""
        shown = "" if owned else anonymize_marks.LINK
        yield Claim(one.start, subpage.end() if subpage else end, Rank.LINK, owned, shown, unsure=unsure)


def _account(name: str) -> str:
    user = canonical(name, META)
    return user.name if user.state in {NameState.ACCOUNT, NameState.TEMPORARY} else ""


def _written(text: str) -> Iterator[Written]:
    plain = _without_links(text)
    usual = usual_script(plain)
    for colon in _COLON.finditer(plain):
        start = _head(plain, colon.start())
        if start is None:
            continue
        at = colon.end()
        spaced = plain[at : at + 1] == " "
        ends = _ends(plain, at + spaced)
        first = plain[at + spaced : ends[0]] if ends else ""
        if not first or (spaced and (first[0] == first[0].lower() or first.lower() in _small())):
            continue
        yield Written(start, at + spaced, ends, _likely(plain, at + spaced, ends, usual))


def _without_links(text: str) -> str:
    """Return the text with blanks for its links, templates and addresses: who stands there is read by other rules."""
    hidden = list(text)
    spans = [(c.start, c.end) for c in anonymize_marks.claims(text, lambda _: frozenset()) if c.rank == Rank.LINK]
    for start, end in (*spans, *anonymize_marks.pages(text)):
        hidden[start:end] = ["\n"] * (end - start)
    return "".join(hidden)


def _head(text: str, colon: int) -> int | None:
    """Return where the word for a user begins that ends at a colon."""
    end = colon - (text[colon - 1 : colon] == " ")
    for start in range(max(0, end - _LONGEST_HEAD), end):
        if text[start].isspace() or (start and not is_boundary(text[start - 1], text[start])):
            continue
        if text[end - 1].isspace():
            return None
        if _folded(text[start:end]) in _heads():
            return start
    return None


def _folded(head: str) -> str:
    return unicodedata.normalize("NFC", fold_title(head).replace("\u200c", ""))


@cache
def _heads() -> frozenset[str]:
    of = multilingual(META)
    return frozenset(
        _folded(head) for heads in (of.own, of.foreign) for head, number in heads.items() if number in {USER, USER + 1}
    )


@cache
def _small() -> frozenset[str]:
    return frozenset(word for words in words_of_data()["small"].values() for word in words)


def _ends(text: str, at: int) -> tuple[int, ...]:
    """Return where each of the first words behind a place ends, as long as only blanks part them."""
    ends: list[int] = []
    while len(ends) < _MOST_WORDS and (word := _WORD.match(text, at)):
        ends.append(word.end())
        at = word.end() + 1
        if text[word.end() : at] not in {" ", "_"}:
            break
    return tuple(ends)


def _likely(text: str, at: int, ends: tuple[int, ...], usual: str) -> int:
    """Return how far a name goes: on over capital words, and over words of its script, where the text has another."""
    of = usual_script(text[at : ends[0]])
    last = ends[0]
    for before, end in pairwise(ends):
        word = text[before + 1 : end]
        goes_on = word[0].isdigit() or (word[0] != word[0].lower() and word.lower() not in _small())
        if not goes_on and not (of != usual and usual_script(word) == of):
            break
        last = end
    return last
