"""The talk pages of accounts, as who wants to leave a message there has to know them; must not know the message."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from types import MappingProxyType
from typing import Any

import msgspec

from bot.errors import AnswerError
from bot.model import Revision, SiteInfo, TalkPage
from bot.parse import titles
from bot.read import messages
from bot.read.batches import cut, joined
from bot.read.session import Session

_USER_TALK, _TEMPLATE, _CATEGORY = 3, 10, 14
_EXCLUSIONS = ("Bots", "Nobots")
_OPTOUT = "massmessage-optout-category"
_NO_TITLE = 'No page can have the title "{}".'
_NO_ANSWER = 'The wiki gave no answer about the page "{}".'
_HIDDEN = 'The text of the page "{}" is hidden.'


class _Main(msgspec.Struct):
    content: str | None = None


class _Slots(msgspec.Struct):
    main: _Main


class _Revision(msgspec.Struct):
    revid: int
    timestamp: datetime
    slots: _Slots | None = None


class _Used(msgspec.Struct):
    """A category that a page is in, or a template that it uses."""

    title: str


class _Page(msgspec.Struct):
    title: str
    missing: bool = False
    invalid: bool = False
    contentmodel: str = ""
    revisions: list[_Revision] = []
    categories: list[_Used] = []
    templates: list[_Used] = []


class _Step(msgspec.Struct, rename={"old": "from", "new": "to"}):
    old: str
    new: str


class _User(msgspec.Struct):
    name: str = ""
    missing: bool = False
    invalid: bool = False
    groups: list[str] | None = None


class _Batch(msgspec.Struct):
    pages: list[_Page] = []
    redirects: list[_Step] = []
    users: list[_User] = []


@dataclass(slots=True)
class _Answers:
    """What all parts of the answer about one batch said, by title and by name."""

    pages: dict[str, _Page] = field(default_factory=dict)
    redirects: dict[str, str] = field(default_factory=dict)
    users: dict[str, _User] = field(default_factory=dict)
    opted_out: set[str] = field(default_factory=set)
    use_bots: set[str] = field(default_factory=set)

    def add(self, part: _Batch) -> None:
        """Take in one part: of each page it may hold the revision, or the rest, or nothing new."""
        for page in part.pages:
            known = self.pages.setdefault(page.title, page)
            known.revisions = page.revisions or known.revisions
            known.contentmodel = page.contentmodel or known.contentmodel
            self.opted_out |= {page.title} if page.categories else set()
            self.use_bots |= {page.title} if page.templates else set()
        self.redirects |= {step.old: step.new for step in part.redirects}
        self.users |= {user.name: user for user in part.users}


def title_of(name: str, site: SiteInfo) -> str:
    """Return the title of somebody's talk page as this wiki writes it."""
    return f"{site.namespaces.get(_USER_TALK, ('User talk',))[0]}:{name}"


def read(session: Session, names: Sequence[str], site: SiteInfo) -> Mapping[str, TalkPage]:
    """Return the talk page of each canonical name, and what is told of its account with it.

    One request for the name of the category of those who opted out of MassMessage, and one for each ``session.limit``
    names; more where an answer would be too large. Raises WikiError when they cannot be read.
    """
    names = tuple(dict.fromkeys(names))
    category = _category(session, site) if names else ""
    found: dict[str, TalkPage] = {}
    for batch in cut(names, session.limit):
        answers = _Answers()
        for part in _parts(session, batch, category, site):
            answers.add(part)
        found |= {name: _talk_page(name, title_of(name, site), answers) for name in batch}
    return MappingProxyType(found)


def _category(session: Session, site: SiteInfo) -> str:
    """Return the title of the category of those who opted out, empty where the wiki has no such message."""
    name = messages.texts(session, site, [_OPTOUT]).get(_OPTOUT, "")
    return titles.normal(f"{site.namespaces.get(_CATEGORY, ('Category',))[0]}:{name}", site.namespaces) or ""


def _parts(session: Session, names: Sequence[str], category: str, site: SiteInfo) -> Iterator[_Batch]:
    more: dict[str, Any] = {}
    props = ["revisions", "info", "templates", *(["categories"] if category else [])]
    optional = {"clcategories": category, "cllimit": "max"} if category else {}
    space = site.namespaces.get(_TEMPLATE, ("Template",))[0]
    asked = {
        "titles": joined(title_of(name, site) for name in names),
        "redirects": True,
        "rvprop": "ids|timestamp|content",
        "rvslots": "main",
        "tltemplates": joined(f"{space}:{template}" for template in _EXCLUSIONS),
        "tllimit": "max",
        "ususers": joined(names),
        "usprop": "groups",
        **optional,
    }
    while True:
        answer = session.query(prop=joined(props), list="users", **asked, **more)
        yield session.shaped(answer.get("query", {}), _Batch)
        if "continue" not in answer:
            return
        if answer["continue"] == more:
            raise AnswerError(f"{session.api} repeats itself while reading {len(names)} talk pages.")
        more = dict(answer["continue"])


def _talk_page(name: str, title: str, answers: _Answers) -> TalkPage:
    known = TalkPage(name, title, opted_out=title in answers.opted_out, uses_bots=title in answers.use_bots)
    if user := answers.users.get(name):
        groups = None if user.groups is None else frozenset(user.groups)
        known = replace(known, has_account=not (user.missing or user.invalid), groups=groups)
    if title in answers.redirects:
        return replace(known, redirect_to=answers.redirects[title])
    page = answers.pages.get(title)
    if page is None or page.invalid:
        return replace(known, trouble=(_NO_TITLE if page else _NO_ANSWER).format(title))
    if page.missing:
        return replace(known, absent=True)
    if page.contentmodel != "wikitext":
        return replace(known, content_model=page.contentmodel)
    newest = page.revisions[0] if page.revisions else None
    if newest is None or newest.slots is None or newest.slots.main.content is None:
        return replace(known, trouble=_HIDDEN.format(title))
    return replace(known, revision=Revision(title, newest.revid, newest.timestamp, newest.slots.main.content))
