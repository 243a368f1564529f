"""What the wiki calls the months, as they stand in the dates of its signatures; writes no date."""

from __future__ import annotations

from bot.errors import AnswerError
from bot.model import SiteInfo
from bot.read import messages
from bot.read.session import Session

_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)


def names(session: Session, site: SiteInfo) -> tuple[str, ...]:
    """Return the names of the twelve months in the language of the wiki's content, by one request.

    Raises AnswerError when one is missing, and WikiError when they cannot be read.
    """
    keys = [f"{month}-gen" for month in _MONTHS]
    found = messages.texts(session, site, keys)
    if missing := [key for key in keys if not found.get(key)]:
        raise AnswerError(f"{session.api} does not know the message {missing[0]}, so no date can be written.")
    return tuple(found[key] for key in keys)
