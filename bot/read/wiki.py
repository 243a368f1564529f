"""What a wiki is (its site information) and what its pages say; knows nothing of events and accounts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any
from urllib.parse import unquote, urlsplit

import msgspec

from bot.errors import AnswerError
from bot.model import Revision, SiteInfo
from bot.read.batches import cut, joined
from bot.read.session import Session


@dataclass(frozen=True, slots=True)
class PagesRead:
    """Pages by the title that was asked; ``missing`` gives a sentence for each that could not be read.

    ``absent`` are those of them that surely do not exist. A page whose Revision has another title than the one asked
    was moved, or the title is a redirect.
    """

    found: Mapping[str, Revision]
    missing: Mapping[str, str]
    absent: frozenset[str] = frozenset()


class _General(msgspec.Struct):
    wikiid: str
    server: str
    articlepath: str
    scriptpath: str
    lang: str


class _Namespace(msgspec.Struct):
    id: int
    name: str
    canonical: str = ""


class _Alias(msgspec.Struct):
    id: int
    alias: str


class _SpecialPage(msgspec.Struct):
    realname: str
    aliases: list[str]


class _Named(msgspec.Struct):
    prefix: str = ""
    name: str = ""


class _Site(msgspec.Struct):
    general: _General
    namespaces: dict[str, _Namespace]
    namespacealiases: list[_Alias]
    specialpagealiases: list[_SpecialPage]
    interwikimap: list[_Named] = []
    extensions: list[_Named] = []


class _Main(msgspec.Struct):
    content: str | None = None


class _Slots(msgspec.Struct):
    main: _Main


class _PageRevision(msgspec.Struct):
    revid: int
    timestamp: datetime
    slots: _Slots | None = None


class _Page(msgspec.Struct):
    title: str
    missing: bool = False
    invalid: bool = False
    revisions: list[_PageRevision] = []


class _Step(msgspec.Struct, rename={"old": "from", "new": "to"}):
    old: str
    new: str
    fromencoded: bool = False


class _Pages(msgspec.Struct):
    pages: list[_Page] = []
    normalized: list[_Step] = []
    redirects: list[_Step] = []


class _Info(msgspec.Struct):
    title: str
    lastrevid: int = 0
    pagelanguage: str = ""


class _Newest(msgspec.Struct):
    pages: list[_Info] = []
    normalized: list[_Step] = []
    redirects: list[_Step] = []


def site_info(session: Session) -> SiteInfo:
    """Return what the pure rooms need to know of the wiki, by one request."""
    site = session.read(
        _Site,
        meta="siteinfo",
        siprop="general|namespaces|namespacealiases|specialpagealiases|interwikimap|extensions",
    )
    names: dict[int, list[str]] = {n.id: [n.name, n.canonical] for n in site.namespaces.values()}
    for alias in site.namespacealiases:
        names.setdefault(alias.id, []).append(alias.alias)
    general = site.general
    server = general.server if urlsplit(general.server).scheme else f"https:{general.server}"
    return SiteInfo(
        dbname=general.wikiid,
        server=server,
        article_path=general.articlepath,
        script_path=general.scriptpath,
        language=general.lang,
        namespaces=MappingProxyType({number: _distinct(known) for number, known in names.items()}),
        special_pages=MappingProxyType({page.realname: _distinct(page.aliases) for page in site.specialpagealiases}),
        interwikis=frozenset(row.prefix for row in site.interwikimap if row.prefix),
        extensions=frozenset(row.name for row in site.extensions if row.name),
    )


def clock(session: Session) -> datetime:
    """Return the wiki's time in UTC; raises AnswerError when it does not say."""
    answer = session.query(meta="siteinfo", siprop="general", curtimestamp=True)
    try:
        return datetime.fromisoformat(answer["curtimestamp"])
    except (KeyError, TypeError, ValueError) as error:
        raise AnswerError(f"{session.api} did not say what time it is.") from error


def pages(session: Session, titles: Sequence[str], *, redirects: bool = True) -> PagesRead:
    """Return the newest text of pages, redirects followed or not, by one request for each ``session.limit`` titles.

    Raises WikiError when they cannot be read; a page that is missing or hidden is no error.
    """
    found: dict[str, Revision] = {}
    missing: dict[str, str] = {}
    absent: set[str] = set()
    for batch in cut(list(dict.fromkeys(titles)), session.limit):
        steps, by_title = _read_batch(session, batch, redirects=redirects)
        for asked in batch:
            page = by_title.get(_destination(asked, steps))
            revision = _revision(page) if page else None
            if revision:
                found[asked] = revision
            else:
                missing[asked] = _cause(asked, page)
                absent |= {asked} if page and page.missing else set()
    return PagesRead(found, missing, frozenset(absent))


def newest(session: Session, titles: Sequence[str]) -> dict[str, int]:
    """Return the newest revision of each page that there is, redirects followed; ``session.limit`` titles a request."""
    found: dict[str, int] = {}
    for batch in cut(titles, session.limit):
        read = session.read(_Newest, titles=joined(batch), prop="info", redirects=True)
        steps = {step.old: step.new for step in (*read.normalized, *read.redirects)}
        revids = {page.title: page.lastrevid for page in read.pages if page.lastrevid}
        found |= {title: revid for title in batch if (revid := revids.get(_destination(title, steps)))}
    return found


def language(session: Session, title: str) -> str:
    """Return the language (MediaWiki's code) of a page, or of a page that would be made there, by one request."""
    read = session.read(_Newest, titles=title, prop="info")
    return next((page.pagelanguage for page in read.pages), "")


def _read_batch(session: Session, titles: Sequence[str], *, redirects: bool) -> tuple[dict[str, str], dict[str, _Page]]:
    """Read titles, following the continuation of an answer that would have been too large."""
    steps: dict[str, str] = {}
    by_title: dict[str, _Page] = {}
    more: dict[str, Any] = {}
    while True:
        answer = session.query(
            prop="revisions",
            titles=joined(titles),
            redirects=redirects,
            rvprop="ids|timestamp|content",
            rvslots="main",
            **more,
        )
        part = session.shaped(answer.get("query", {}), _Pages)
        steps |= {unquote(s.old) if s.fromencoded else s.old: s.new for s in (*part.normalized, *part.redirects)}
        for page in part.pages:
            if page.revisions or page.title not in by_title:
                by_title[page.title] = page
        if "continue" not in answer:
            return steps, by_title
        if answer["continue"] == more:
            raise AnswerError(f"{session.api} repeats itself while reading {len(titles)} pages.")
        more = dict(answer["continue"])


def _destination(asked: str, steps: Mapping[str, str]) -> str:
    """Follow normalisation and redirects to the title of the page that was read."""
    title, seen = asked, {asked}
    while (following := steps.get(title)) and following not in seen:
        title = following
        seen.add(title)
    return title


def _revision(page: _Page) -> Revision | None:
    if not page.revisions or not page.revisions[0].slots or page.revisions[0].slots.main.content is None:
        return None
    newest, slots = page.revisions[0], page.revisions[0].slots
    return Revision(page.title, newest.revid, newest.timestamp, slots.main.content or "")


def _cause(asked: str, page: _Page | None) -> str:
    if page is None:
        return f'The wiki gave no answer about the page "{asked}".'
    if page.invalid:
        return f'No page can have the title "{asked}".'
    if page.missing:
        moved = f' (it leads to "{page.title}")' if page.title != asked.replace("_", " ") else ""
        return f'There is no page "{asked}"{moved}: it was never made, was deleted, or was moved.'
    return f'The text of the page "{asked}" is hidden or is not wikitext.'


def _distinct(names: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for name in names if name))
