"""What rows outside of the table say of a whole list: until when it may be kept, for which events it is."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from bot.private import dates, scopes
from bot.private.cells import is_blank, tidy
from bot.private.column_words import Kind, folded, meaning, pattern, plain, words
from bot.private.model import Row, Scope

_LABELLED = re.compile(r"([^:：=]{1,80})[:：=]\s*(.+)", re.DOTALL)
_SENTENCE = re.compile(r"[!?。！？;；\n]|(?<!\d)\.(?=\s+\D|\s*$)|(?<=\d{4})\.(?=\s|$)")
_LABEL_OF_END = re.compile(r"[^:：=]{3,60}[:：=]")
_YEAR_ALONE = re.compile(r"^\D*\d{4}\D*$")
_LONGEST = 2000
_TELLING = 9  # letters of words that speak of an end and are no name; in scripts without spaces fewer will do


@dataclass(frozen=True, slots=True, repr=False)
class Whole:
    """What is said of the list: its last day, the earliest of several, and what holds where an entry says nothing.

    ``is_event_doubtful`` is whether events are named, and not surely one.
    """

    ends: date | None = None
    is_doubtful: bool = False
    scope: Scope | None = None
    event: str = ""
    is_event_doubtful: bool = False


def read(rows: Sequence[Row]) -> Whole:
    """Return what ``rows``, which are no entries, say of the whole list; events that are not the same name none."""
    ends = [day for row in rows for day in _ends(row)]
    events = dict.fromkeys(found for row in rows if (value := _event(row)) and (found := _one(value)))
    is_one = len(events) == 1 and all(_one(value) for row in rows if (value := _event(row)))
    said = {scopes.whole(_text(row)) for row in rows} - {None}
    scope = Scope.ALL if Scope.ALL in said else next(iter(said), None)
    event = next(iter(events)) if is_one and scope is not Scope.ALL else ""
    return Whole(
        min(ends, default=None), len(set(ends)) > 1, Scope.EVENT if event else scope, event, bool(events) and not event
    )


def is_statement(row: Row) -> bool:
    """Whether ``row`` says something of the whole list that is understood."""
    return bool(_ends(row) or _one(_event(row)) or scopes.whole(_text(row)))


def is_sentence(row: Row, columns: int) -> bool:
    """Whether ``row`` is a sentence on the whole list, no entry; ``columns`` are read there, 0 above the table."""
    filled = [one for one in row.cells if one]
    if len(filled) == 1 and _event(row):
        return True
    match = pattern(words("list_words")["list ends"]).search(said := folded(filled[0])) if filled else None
    if len(filled) > 2 or match is None or not _ends(row):
        return False
    label = _LABEL_OF_END.match(filled[0])
    if (label and _ends_are_in(label[0])) or (len(filled) == 1 and _is_end_alone(filled[0])):
        return True
    if len(filled) == columns > 1:
        return " " in match[0] and match.end() == len(said)
    is_telling = " " in match[0] or not match[0].isascii() or len(match[0]) >= _TELLING
    return is_telling and (columns != 1 or match.start() == 0)


def _is_end_alone(text: str) -> bool:
    """Whether ``text`` is words for the end of a list and a day with its month, and nothing else."""
    said = folded(text)
    if _YEAR_ALONE.search(said):
        return False
    lists = words("list_words")
    known = lists["list ends"] | lists["before a day"] | lists["after a day"] | lists["weekdays"] | lists["title"]
    rest = [word for word in pattern(known).sub(" ", said).split() if not word.isdecimal()]
    return all(dates.days_in(f"1 {word} 2026") for word in rest[:2]) and len(rest) < 2


def _ends_are_in(text: str) -> bool:
    return bool(pattern(words("list_words")["list ends"]).search(folded(text)))


def _text(row: Row) -> str:
    return " ".join(filter(None, row.cells))[:_LONGEST]


def _ends(row: Row) -> tuple[date, ...]:
    """Return the days on which ``row`` says that the list ends, in all readings."""
    return tuple(day for sentence in _SENTENCE.split(_text(row)) for day in _ends_in(sentence))


def _ends_in(sentence: str) -> tuple[date, ...]:
    """Return the days behind the words for an end; the one in front where the words close the sentence.

    Some languages say "on … delete": there, and in scripts without spaces, the day stands in front.
    """
    text = plain(sentence)
    match = _end_words().search("".join(c if unicodedata.category(c)[0] in "LMN" else " " for c in text))
    if match is None:
        return ()
    behind = dates.days_in(text[match.end() :])
    is_last = not folded(text[match.end() :]) or not match[0].isascii()
    return behind or (dates.days_in(text[: match.start()]) if is_last else ())


@lru_cache(maxsize=1)
def _end_words() -> re.Pattern[str]:
    """Return what finds the words for an end in a text in which signs have become spaces."""
    return re.compile(pattern(words("list_words")["list ends"]).pattern.replace("\\ ", r"\s+"))


def _one(value: str) -> str:
    """Return ``value`` if it surely names one event, else nothing."""
    return value if scopes.is_one_event(value) and not scopes.are_several(value) else ""


def _event(row: Row) -> str:
    """Return the event that a row such as "Event: WikiExample 2026" names, or nothing."""
    filled = [tidy(one) for one in row.cells if one]
    match = _LABELLED.fullmatch(filled[0]) if len(filled) == 1 else None
    if match:
        label, value = match[1], match[2]
    elif len(filled) == 2:
        label, value = filled[0].rstrip(":：= "), filled[1]
    else:
        return ""
    said = meaning(label)
    if not said or not said.is_whole or said.kind is not Kind.EVENT:
        return ""
    return "" if is_blank(value) or scopes.scope(value).is_sure else value.strip()
