"""Which policy a link on an event page leads to, under any of its names; must not know what stands around the link."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import parse_qs, unquote, urlsplit

from bot.config import Notices
from bot.model import PolicyKind, SiteInfo
from bot.parse.languages import LANGUAGES
from bot.parse.markup import plain, visible
from bot.parse.safety_words import is_own_page, names_only, policies
from bot.parse.sites import fold
from bot.parse.titles import without_interwiki
from bot.parse.usernames import cleaned, first_upper, host_of

_MEDIAWIKI = "www.mediawiki.org"
_WIKI_LINK = re.compile(r"\[\[([^\[\]|\n]{1,500})(?:\|([^\[\]\n]{0,500}))?\]\]")
_EXTERNAL = re.compile(r"\[((?:https?:)?//[^\s\[\]<>]+)(\s[^\[\]\n]*)?\]|https?://[^\s\[\]<>|{}]+")
_NAMESPACE = re.compile(r"[^:/]{1,40}:\s*")
_MY_LANGUAGE = re.compile(r"[^:/]{1,40}:\s*my[ _]?language/", re.IGNORECASE)
# Subpages that hold the text itself.
_TEXT = re.compile(r"(?:policy|full|revised)?[ _]*text", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Link:
    """A link: ``target`` as it is written, a URL where ``external``; ``label`` is plain text."""

    start: int
    end: int
    target: str
    label: str
    external: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """A page that a link leads to: ``host`` is empty for this wiki, ``title`` has no language code at its end."""

    host: str
    title: str

    @property
    def last(self) -> str:
        """Return the last part of the title, without a namespace."""
        return _NAMESPACE.sub("", self.title.rpartition("/")[2], count=1)


def links(text: str) -> Iterator[Link]:
    """Give the links in masked ``text``."""
    for match in _WIKI_LINK.finditer(text):
        target = visible(match[1]).strip()
        yield Link(match.start(), match.end(), target, plain(match[2] or target))
    for match in _EXTERNAL.finditer(text):
        url = visible(match[1] or match[0])
        yield Link(match.start(), match.end(), url, plain(match[2] or ""), external=True)


def page_of(link: Link, site: SiteInfo, title: str) -> Page:
    """Return the page that ``link`` leads to from the page ``title``; an empty title for what is no wiki page."""
    own = host_of(site.server)
    if link.external:
        host, text = host_of(link.target), _title_of(link.target)
    else:
        target = cleaned(link.target).partition("#")[0].strip()
        if target.startswith("/"):
            target = f"{title}/{target.strip('/')}"
        elif target.startswith("../"):
            target = f"{title.rpartition('/')[0]}/{target.removeprefix('../').strip('/')}"
        found, text = without_interwiki(target, site)
        host = found or ""
    text = _MY_LANGUAGE.sub("", text.lstrip(": "), count=1).strip("/ ")
    base, slash, code = text.rpartition("/")
    return Page("" if host == own else host, first_upper(base if slash and code in LANGUAGES else text))


def _title_of(url: str) -> str:
    parts = urlsplit(url) if "]" not in url and "[" not in url else urlsplit("")
    titles = parse_qs(parts.query).get("title")
    found = titles[0] if titles else unquote(parts.path.partition("/wiki/")[2])
    return cleaned(found).partition("#")[0].strip()


class Policies:
    """Tells of links which policy they lead to, as the settings and the words of all languages name it."""

    def __init__(self, site: SiteInfo, notices: Notices, title: str) -> None:
        self._site, self._title = site, title
        named = {
            PolicyKind.UCOC: notices.ucoc,
            PolicyKind.FRIENDLY: notices.friendly,
            PolicyKind.TECHNICAL: notices.technical,
        }
        self._named: Mapping[Page, PolicyKind] = {
            page_of(Link(0, 0, target, ""), site, title): kind for kind, target in named.items() if target
        }
        self._above = _ancestors(title) | _ancestors(_subject(title, site))

    def kind(self, link: Link) -> PolicyKind | None:
        """Return the policy that ``link`` leads to, by its target or, where that says nothing, by its label."""
        page = page_of(link, self._site, self._title)
        if page in self._named:
            return self._named[page]
        base, slash, last = page.title.rpartition("/")
        if slash and names_only(_NAMESPACE.sub("", base, count=1)) is not None:
            return self._generic(page, base) if _TEXT.fullmatch(last) else None
        if slash and is_own_page(page.last):
            return PolicyKind.OWN
        if slash or policies(page.title):
            return self._generic(page, page.title)
        return names_only(link.label) if link.label else None

    def _generic(self, page: Page, title: str) -> PolicyKind | None:
        kind = names_only(_NAMESPACE.sub("", title, count=1))
        here = page.host or host_of(self._site.server)
        return PolicyKind.TECHNICAL if kind is PolicyKind.OWN and here == _MEDIAWIKI else kind

    def is_events_own(self, link: Link) -> bool:
        """Tell whether ``link`` leads to a policy below the event's page or a page above it."""
        page = page_of(link, self._site, self._title)
        parent = page.title.rpartition("/")[0]
        return not page.host and parent.casefold() in self._above and is_own_page(page.last)


def _subject(title: str, site: SiteInfo) -> str:
    """Return the page that a talk page is about; any other page is its own."""
    head, colon, rest = cleaned(title).partition(":")
    for number, names in site.namespaces.items():
        if colon and number > 0 and number % 2 and fold(head) in {fold(name) for name in names}:
            space = next(iter(site.namespaces.get(number - 1, ())), "")  # the main namespace has no name
            return f"{space}:{rest}" if space else rest
    return title


def _ancestors(title: str) -> frozenset[str]:
    """Return the event's page and the pages above it."""
    found = set()
    rest = cleaned(title).strip().casefold()
    while rest:
        found.add(rest)
        rest = rest.rpartition("/")[0]
    return frozenset(found)
