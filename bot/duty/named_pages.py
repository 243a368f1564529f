"""Which pages of its own wiki a roster names, and what to say where there is none; asks no wiki.

Pages of other wikis cannot be asked about here, and files and messages are there without a page.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from urllib.parse import urlsplit

from bot.model import RosterEvent, SiteInfo
from bot.parse import titles
from bot.parse.sites import fold

SPECIAL = -1
_WITHOUT_A_PAGE = frozenset({-2, SPECIAL, 6, 8})
_KINDS = {"policy": "the event's own policy", "report_page": "the page for reports in public"}


@dataclass(frozen=True, slots=True)
class NamedPage:
    """A page that a roster names: under which key, as it is written there, and the title that this wiki has for it."""

    key: str
    written: str
    title: str

    @property
    def text(self) -> str:
        """Return that there is no such page."""
        return f'The roster names "{self.written}" as {_KINDS[self.key]}, but there is no such page on this wiki.'

    @property
    def advice(self) -> str:
        """Return what to do where there is no such page."""
        return f"Make that page, or correct {self.key} in [event] of the roster."


def of(said: RosterEvent, site: SiteInfo) -> tuple[NamedPage, ...]:
    """Return the pages of ``site`` that a roster names."""
    written = (("policy", said.policy), ("report_page", said.report_page))
    found = ((key, text, _title(text, site)) for key, text in written if text)
    return tuple(NamedPage(key, text, title) for key, text, title in found if title)


def absent(named: Collection[NamedPage], missing: Collection[str], made: Collection[str] = ()) -> tuple[NamedPage, ...]:
    """Return those that are among the titles that do not exist; ``made`` are pages that are begun when needed."""
    return tuple(one for one in named if one.title in missing and one.title not in made)


def _title(written: str, site: SiteInfo) -> str:
    """Return the title on this wiki, empty for another wiki's page and for what is there without a page."""
    host, rest = titles.without_interwiki(written, site)
    prefix, colon, _ = rest.lstrip(": ").partition(":")
    if written.startswith("/") or (host or urlsplit(site.server).netloc) != urlsplit(site.server).netloc:
        return ""
    if colon and fold(prefix) in site.interwikis and not _is_local(prefix, site):
        return ""
    title = titles.normal(rest, site.namespaces) or ""
    number = _namespace(title, site)
    if number == SPECIAL:
        name, _, behind = title.partition(":")[2].partition("/")
        return _title(behind, site) if behind and fold(name) in _in_any_language(site) else ""
    return "" if number in _WITHOUT_A_PAGE else title


def _in_any_language(site: SiteInfo) -> set[str]:
    """Return the names of the special page that leads to a page in the reader's language."""
    local = (name for page, names in site.special_pages.items() if fold(page) == "mylanguage" for name in names)
    return {"mylanguage", *map(fold, local)}


def _is_local(prefix: str, site: SiteInfo) -> bool:
    return fold(prefix) in {fold(name) for names in site.namespaces.values() for name in names}


def _namespace(title: str, site: SiteInfo) -> int:
    head, colon, _ = title.partition(":")
    return next((number for number, names in site.namespaces.items() if colon and head in names), 0)
