"""What rows outside of the table say of a whole list: until when it may be kept, for which events it is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.private import dates, scopes
from bot.private.cells import is_blank, tidy
from bot.private.column_words import Kind, folded, meaning, pattern, words
from bot.private.model import Row, Scope

_LABELLED = re.compile(r"([^:：=]{1,80})[:：=]\s*(.+)", re.DOTALL)
_LONGEST = 2000
_TELLING = 9  # letters of words that speak of an end and are no name; in scripts without spaces fewer will do


@dataclass(frozen=True, slots=True, repr=False)
class Whole:
    """What is said of the list: its last day, the earliest of several, and what holds where an entry says nothing."""

    ends: date | None = None
    is_doubtful: bool = False
    scope: Scope | None = None
    event: str = ""


def read(rows: Sequence[Row]) -> Whole:
    """Return what ``rows``, which are no entries, say of the whole list."""
    ends = [day for row in rows for day in _ends(row)]
    event = next((found for row in rows if (found := _event(row))), "")
    texts = [" ".join(filter(None, row.cells)) for row in rows]
    in_person = Scope.IN_PERSON if any(map(scopes.in_person_only, texts)) else None
    return Whole(min(ends, default=None), len(set(ends)) > 1, Scope.EVENT if event else in_person, event)


def is_statement(row: Row) -> bool:
    """Whether ``row`` says something of the whole list that is understood."""
    return bool(_ends(row) or _event(row) or scopes.in_person_only(" ".join(filter(None, row.cells))))


def is_sentence(row: Row, columns: int) -> bool:
    """Whether ``row`` is a sentence on the whole list, no entry; ``columns`` are read there, 0 above the table."""
    filled = [one for one in row.cells if one]
    if len(filled) == 1 and _event(row):
        return True
    if len(filled) > 2 or not _ends(row):
        return False
    said = folded(filled[0])
    match = pattern(words("list_words")["list ends"]).search(said)
    if match is None or (columns == 1 and match.start() > 0):
        return False
    if len(filled) == columns > 1:
        return " " in match[0] and match.end() == len(said)
    return " " in match[0] or not match[0].isascii() or len(match[0]) >= _TELLING


def _ends(row: Row) -> tuple[date, ...]:
    """Return the days on which ``row`` says that the list ends, in all readings."""
    text = " ".join(filter(None, row.cells))[:_LONGEST]
    if not pattern(words("list_words")["list ends"]).search(folded(text)):
        return ()
    return dates.days_in(text)


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
