"""Which rows above and below a table are words on it, such as a title or a total; it knows no entry and no end.

A row that may be a name is none of them: only words that are all known are taken for a title below a table, and above
it only such as say so.
"""

from __future__ import annotations

import re

from bot.private import cells, dates, scopes
from bot.private.column_words import PEOPLE, folded, meaning, pattern, words
from bot.private.model import Row

_LABEL = re.compile(r"[^:：=]{1,80}[:：=]")
_LONGEST_NAME = 85  # letters; a user name has at most as many bytes
_YEAR_ALONE = re.compile(r"\D*\d{4}\D*")
_FIGURES = re.compile(r"\d+")


def filled(row: Row) -> list[str]:
    """Return the texts of the cells that are not blank."""
    return [text for one in row.cells if (text := cells.tidy(one))]


def is_label(row: Row) -> bool:
    """Whether ``row`` begins with words and a colon, as no user name does: "Contact: …", "Total: 3"."""
    texts = filled(row)
    match = _LABEL.match(texts[0]) if texts else None
    if match is None or len(texts) > 2 or "//" in texts[0][: match.end() + 2]:
        return False
    said = meaning(match[0][:-1])
    if said and said.is_whole:
        return said.kind not in PEOPLE
    return _speaks(match[0])


def is_title(row: Row) -> bool:
    """Whether ``row``, which stands above a table, says by its words or its length that it is none of its rows."""
    texts = filled(row)
    if not texts or len(texts) > 2:
        return False
    said = meaning(texts[0])
    return (
        is_label(row)
        or _speaks(texts[0])
        or len(texts[0]) > _LONGEST_NAME
        or bool(said and said.is_whole)
        or (len(texts) == 1 and _is_of_events(texts[0]))
        or _has_day(texts[0])
    )


def is_footer(row: Row) -> bool:
    """Whether ``row``, which stands below a table, is surely no row of it: words on lists alone, and several."""
    texts = filled(row)
    if not texts or len(texts) > 2 or not _speaks(texts[0]):
        return False
    label = _LABEL.match(texts[0])
    if label and (known := meaning(label[0][:-1])) and known.is_whole and known.kind in PEOPLE:
        return False
    said = folded(" ".join(texts))
    for name in ("title", "title filler", "filler"):
        said = pattern(words("list_words")[name]).sub(" ", said)
    is_known = not _FIGURES.sub(" ", said).strip()
    return is_known and (is_label(row) or len(folded(texts[0]).split()) > 1 or len(texts) > 1)


def may_be_footer(row: Row) -> bool:
    """Whether ``row``, which stands below a table, may be words on it, although it may be a name as well."""
    texts = filled(row)
    return len(texts) == 1 and (_speaks(texts[0]) or is_label(row) or _has_day(texts[0]) or _has_end(texts[0]))


def _is_of_events(text: str) -> bool:
    """Whether ``text`` names an event, or is a sentence on events in person."""
    return scopes.is_one_event(text) or (scopes.whole(text) is not None and len(folded(text).split()) > 2)


def _has_day(text: str) -> bool:
    """Whether a day stands in ``text``, and not only a year, as in the names of some users."""
    return bool(dates.days_in(text)) and not _YEAR_ALONE.fullmatch(folded(text))


def _has_end(text: str) -> bool:
    return bool(pattern(words("list_words")["list ends"]).search(folded(text)) and dates.days_in(text))


def _speaks(text: str) -> bool:
    """Whether words are in ``text`` that people write on lists."""
    return bool(pattern(words("list_words")["title"]).search(folded(text)))
