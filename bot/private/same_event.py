"""Whether the event that an entry of a list names is the one that is checked; knows no list and nobody's name.

Law: what the words do not tell is PERHAPS. Only another number, or another year of the very same name, is surely
another event; another name is OTHER_NAME, because one event has names in many languages, short ones and old ones.
"""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from enum import Enum
from functools import lru_cache
from itertools import pairwise

from bot.errors import UsageError
from bot.match.sounds import scripts
from bot.match.units import fold_key
from bot.parse import eventref, sites
from bot.parse.eventref import EventRef
from bot.private.column_words import folded, pattern, words
from bot.private.model import Entry, Occasion, Scope

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_SHORT_YEAR = re.compile(r"(?<!\d)\d\d(?!\d)")
# "> 2024", "2024+", "2024 →", "2019-", "(2019 –)", "2020s": where the years end is not said.
_OPEN_YEARS = re.compile(
    r"[<>≥≤＞＜→⇒+＋…?~～〜*]|\.\.|\d\s*[-‐-―−]\s*(?:$|[^\s\w])|(?<!\d)(?:19|20)\d\d['’]?[^\W\d_年년]"
)
_NUMBER = re.compile(r"(#?)\s*(\d{1,18})")
_DIGITS = re.compile(r"\d+")
_WORD = re.compile(r"[^\W\d_]+")
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
_COMMON_START = 5
_SHORTEST_TELLING = 3
_SHORTEST_ALONE = 7  # "Wikimania 2026" is a name in full, "WMCon 2026" is not
_SHORTEST_WITHIN = 4
_LONGEST = 300
_MOST_WORDS = 20
_ALIKE = 0.8


class Same(Enum):
    """Whether two events are one."""

    YES = "yes"
    PERHAPS = "perhaps"
    OTHER_NAME = "no, so far as its name tells"
    NO = "no"


def same(entry: Entry, occasion: Occasion) -> Same:
    """Return whether an entry that is for one event is for this one; YES for an entry that is for others too."""
    text = entry.event.strip()
    if entry.scope is not Scope.EVENT or not text:
        return Same.YES
    if number := _NUMBER.fullmatch(text):
        return _same_number(number[2], occasion, is_sure=bool(number[1]))
    named = _named(text)
    if named.event_id is not None:
        return _same_number(str(named.event_id), occasion, is_sure=True)
    return _same_title(named.title or text, occasion)


def _named(text: str) -> EventRef:
    """Return what ``text`` names where it is an address or a link, else the text as a title."""
    try:
        return eventref.read(text, sites.META)
    except UsageError:
        return EventRef(title=text)


def _same_number(digits: str, occasion: Occasion, *, is_sure: bool) -> Same:
    """Compare with a registration's number; a bare number may also be a year, or the number of an edition."""
    if occasion.id is not None and int(digits) == occasion.id:
        return Same.YES
    if occasion.id is None or digits in _DIGITS.findall(occasion.title):
        return Same.PERHAPS
    return Same.NO if is_sure else Same.OTHER_NAME


def _same_title(listed: str, occasion: Occasion) -> Same:
    title = occasion.title
    if _titles(listed) & _titles(title):
        return Same.YES
    if len(listed) > _LONGEST or _is_vague(listed) or str(occasion.id) in _DIGITS.findall(listed):
        return Same.PERHAPS
    mine, theirs = _years(title), _years(listed)
    if mine and theirs:
        mine |= {at.year for at in (occasion.start, occasion.end) if at is not None}
        if max(theirs) < min(mine) or max(mine) < min(theirs):
            return Same.NO if len(theirs) == 1 and _yearless(listed) & _yearless(title) else Same.OTHER_NAME
    return Same.PERHAPS if _may_be_one(title, listed) else Same.OTHER_NAME


def _titles(text: str) -> set[str]:
    """Return the keys of a title: as it is, without its namespace, and without the language of a translation."""
    base = eventref.base_of_translation(text) or text
    return {fold_key(part) for part in (text, base, base.partition(":")[2]) if fold_key(part)}


def _yearless(text: str) -> set[str]:
    return _titles(" ".join(_YEAR.sub(" ", text).split()))


def _is_vague(text: str) -> bool:
    """Whether words for "all", "several", "other" or "except" stand in a text: it is then no name of one event."""
    said = folded(text)
    return any(pattern(these).search(said) for these in (words("list_words")["all"], words("event_words")["vague"]))


def _years(text: str) -> set[int]:
    """Return the years that a name gives; those of a range are all between its ends. None: not known, or without end.

    A number of two digits behind a year may be a later year ("2025/26", "2025 & 26").
    """
    found = {int(year) for year in _YEAR.findall(text)}
    if not found or _OPEN_YEARS.search(text) or pattern(words("event_words")["open"]).search(folded(text)):
        return set()
    last = max(found)
    later = {2000 + int(short) for short in _SHORT_YEAR.findall(text)}
    return found | {year for year in later if year > last}


def _words(text: str) -> list[str]:
    space, colon, rest = text.partition(":")
    return _WORD.findall(rest if colon and rest.strip() else space)[:_MOST_WORDS]


def _may_be_one(title: str, listed: str) -> bool:
    """Whether two names may be of one event; not where both are full, of one script, and have nothing in common."""
    mine, theirs = _words(title), _words(listed)
    folds = [frozenset(map(fold_key, these)) for these in (mine, theirs)]
    if folds[0] <= folds[1] or folds[1] <= folds[0]:
        return True
    if scripts(" ".join(mine)) != scripts(" ".join(theirs)) or not _is_full(listed, theirs):
        return True
    return not _is_full(title, mine, is_ours=True) or _have_in_common(mine, theirs)


def _is_full(text: str, these: list[str], *, is_ours: bool = False) -> bool:
    """Whether a name says which event it is: with a telling word, no abbreviation, and more than one word or a year.

    Our own is what the event is called, also where that is one word. Where words are not parted nothing is sure.
    """
    telling = _telling(these)
    if not telling or _UNSPACED.search(text) or any(_is_short(word) for word in these):
        return False
    if is_ours or len([word for word in these if len(word) >= _SHORTEST_TELLING]) > 1:
        return True
    return bool(_YEAR.search(text)) and len(telling[0]) >= _SHORTEST_ALONE


def _is_short(word: str) -> bool:
    """Whether a word has two capitals one after the other, as abbreviations have (WMCon, GLAMwiki)."""
    is_known = fold_key(word) in words("event_words")["general"]
    return not is_known and any(a.isupper() and b.isupper() for a, b in pairwise(word))


def _telling(these: list[str]) -> list[str]:
    """Return the words, folded, that not all kinds of events and of remarks share."""
    return [w for w in map(fold_key, these) if len(w) >= _SHORTEST_TELLING and w not in _untelling()]


@lru_cache(maxsize=1)
def _untelling() -> frozenset[str]:
    lists = words("list_words")
    return words("event_words")["general"].union(*(lists[name] for name in ("filler", "in person", "online", "nobody")))


def _have_in_common(mine: list[str], theirs: list[str]) -> bool:
    """Whether two names share a telling word, its beginning, or one that is nearly the same, or one is in the other."""
    whole = [fold_key("".join(these)) for these in (mine, theirs)]
    if min(map(len, whole)) >= _SHORTEST_WITHIN and (whole[0] in whole[1] or whole[1] in whole[0]):
        return True
    pairs = [(a, b) for a in _telling(mine) for b in _telling(theirs)]
    return any(a[:_COMMON_START] == b[:_COMMON_START] or _is_alike(a, b) for a, b in pairs)


def _is_alike(a: str, b: str) -> bool:
    compared = SequenceMatcher(None, a, b, autojunk=False)
    return compared.quick_ratio() >= _ALIKE and compared.ratio() >= _ALIKE
