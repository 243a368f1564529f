"""Messages of a wiki's own interface, in the language of its content; must not know what they are for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from bot.errors import AnswerError
from bot.model import SiteInfo
from bot.read.batches import joined
from bot.read.session import Session

_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)


class _Message(msgspec.Struct):
    name: str
    missing: bool = False
    content: str = ""


class _Messages(msgspec.Struct):
    allmessages: list[_Message] = []


def texts(session: Session, site: SiteInfo, keys: Sequence[str]) -> Mapping[str, str]:
    """Return messages by key, with what they hold of magic words expanded, by one request; a missing one is left out.

    Raises WikiError when they cannot be read.
    """
    asked = {"ammessages": joined(keys), "amlang": site.language, "amenableparser": True}
    read = session.read(_Messages, meta="allmessages", **asked)
    return {row.name: row.content.strip() for row in read.allmessages if not row.missing}


def months(session: Session, site: SiteInfo) -> tuple[str, ...]:
    """Return the names of the twelve months as they stand in a date, by one request.

    Raises AnswerError when one is missing, and WikiError when they cannot be read.
    """
    keys = [f"{month}-gen" for month in _MONTHS]
    found = texts(session, site, keys)
    if missing := [key for key in keys if not found.get(key)]:
        raise AnswerError(f"{session.api} does not know the message {missing[0]}, so no date can be written.")
    return tuple(found[key] for key in keys)
