"""Where the bot has left a message, told by its own contributions wherever their pages are now; knows no message."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from bot.errors import AnswerError, LoginError
from bot.model import SiteInfo
from bot.parse import titles, usernames
from bot.read.batches import joined
from bot.read.session import Session

_USER_PAGES = "2|3"
_STEPS = 4  # from redirect to redirect; a bot mends them sooner or later


class _Row(msgspec.Struct):
    title: str
    comment: str = ""
    commenthidden: bool = False


class _Rows(msgspec.Struct):
    usercontribs: list[_Row] = []


class _Redirect(msgspec.Struct):
    title: str


class _Page(msgspec.Struct):
    redirects: list[_Redirect] = []


class _Pages(msgspec.Struct):
    pages: list[_Page] = []


def to(session: Session, site: SiteInfo, *summary_keys: str) -> frozenset[str]:
    """Return the names of those on whose talk pages the bot has saved an edit with one of the keys in its summary.

    The wiki gives each contribution with the title that its page has now, so a page that was moved away to an archive
    ("User talk:Ada/Archive 1", "User:Ada/Old talk") counts for its owner, and that of a renamed account for its new
    name. A summary that was hidden since may have held the key, so it counts. One request for each 500 contributions
    to user pages and their talk pages (5,000 with ``apihighlimits``). Raises WikiError when they cannot be read,
    LoginError when nobody is logged in.
    """
    pages = _pages(session, _USER_PAGES, summary_keys)
    return frozenset(usernames.canonical(_base(title).partition(":")[2], site).name for title in pages)


def to_page(session: Session, site: SiteInfo, title: str, *summary_keys: str) -> bool:
    """Tell whether the bot has saved such an edit on a talk page, or on what is an archive of it now (a subpage).

    As ``to`` otherwise, for the namespace of ``title``.
    """
    head = title.partition(":")[0]
    number = next((number for number, known in site.namespaces.items() if number and head in known), 0)
    wanted = titles.normal(title, site.namespaces)
    return any(f"{page}/".startswith(f"{wanted}/") for page in _pages(session, str(number), summary_keys))


def leading_to(session: Session, title: str) -> frozenset[str]:
    """Return the titles that redirect to a page, also by way of each other: those that it had before are among them.

    One request, and one more for each step of such a way, up to four in all. Of more than ``session.limit`` redirects
    the rest is left out. Raises WikiError when they cannot be read.
    """
    known = fresh = frozenset({title})
    for _ in range(_STEPS):
        asked = joined(sorted(fresh)[: session.limit])
        read = session.read(_Pages, prop="redirects", titles=asked, rdprop="title", rdlimit="max")
        fresh = frozenset(row.title for page in read.pages for row in page.redirects) - known
        if not fresh:
            break
        known |= fresh
    return known - {title}


def _pages(session: Session, namespaces: str, keys: tuple[str, ...]) -> Iterator[str]:
    """Yield the present titles of the pages to which the bot contributed with such a summary."""
    bot = session.username
    if bot is None:
        raise LoginError("Nobody is logged in, so it cannot be told where the bot has written before.")
    asked = {"ucuser": bot, "ucnamespace": namespaces, "ucprop": "title|comment", "uclimit": "max"}
    more: dict[str, Any] = {}
    while True:
        answer = session.query(list="usercontribs", **asked, **more)
        for row in session.shaped(answer.get("query", {}), _Rows).usercontribs:
            if row.commenthidden or any(key in row.comment for key in keys):
                yield row.title
        if "continue" not in answer:
            return
        if answer["continue"] == more:
            raise AnswerError(f"{session.api} repeats itself while reading the contributions of {bot}.")
        more = dict(answer["continue"])


def _base(title: str) -> str:
    return title.partition("/")[0]
