"""On whose talk pages the bot has left a message, told by its own contributions; must not know what it says."""

from __future__ import annotations

from typing import Any

import msgspec

from bot.errors import AnswerError, LoginError
from bot.model import SiteInfo
from bot.parse import usernames
from bot.read.session import Session

_USER_PAGES = "2|3"


class _Row(msgspec.Struct):
    ns: int
    title: str
    comment: str = ""
    commenthidden: bool = False


class _Rows(msgspec.Struct):
    usercontribs: list[_Row] = []


def to(session: Session, site: SiteInfo, *summary_keys: str) -> frozenset[str]:
    """Return the names of those on whose talk pages the bot has saved an edit with one of the keys in its summary.

    The wiki gives each contribution with the title that its page has now, so a page that was moved away to an archive
    ("User talk:Ada/Archive 1", "User:Ada/Old talk") counts for its owner, and one that was renamed for the new name. A
    summary that was hidden since may have held the key, so it counts. One request for each 500 contributions there
    (5,000 with ``apihighlimits``). Raises WikiError when they cannot be read, LoginError when nobody is logged in.
    """
    bot = session.username
    if bot is None:
        raise LoginError("Nobody is logged in, so it cannot be told to whom the bot has written before.")
    found: set[str] = set()
    more: dict[str, Any] = {}
    while True:
        answer = session.query(
            list="usercontribs", ucuser=bot, ucnamespace=_USER_PAGES, ucprop="title|comment", uclimit="max", **more
        )
        for row in session.shaped(answer.get("query", {}), _Rows).usercontribs:
            if row.commenthidden or any(key in row.comment for key in summary_keys):
                found.add(_owner(row.title, site))
        if "continue" not in answer:
            return frozenset(found)
        if answer["continue"] == more:
            raise AnswerError(f"{session.api} repeats itself while reading the contributions of {bot}.")
        more = dict(answer["continue"])


def _owner(title: str, site: SiteInfo) -> str:
    return usernames.canonical(title.partition(":")[2].partition("/")[0], site).name
