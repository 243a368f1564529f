"""What user pages are called: Meta's own names for a run without a wiki, and every language's; asks no wiki.

The names of all languages come from ``data/names.json``, which ``scripts/make_names`` writes from MediaWiki.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

from bot.model import SiteInfo

USER, USER_TALK, SPECIAL = 2, 3, -1


@dataclass(frozen=True, slots=True)
class Names:
    """Lookups of one wiki, in lower case: its own names go before another wiki's prefix, other languages' after it.

    ``own`` and ``foreign`` map a namespace name to 2, 3 or -1; ``other`` are the wiki's remaining namespaces;
    ``pages`` maps the alias of a special page to "contribs", "centralauth" or "email".
    """

    language: str
    own: Mapping[str, int]
    other: frozenset[str]
    foreign: Mapping[str, int]
    pages: Mapping[str, str]
    interwikis: frozenset[str]


def fold(name: str) -> str:
    """Return a namespace or special page name in the form in which the lookups hold it."""
    return " ".join(name.replace("_", " ").split()).lower()


def multilingual(site: SiteInfo) -> Names:
    """Return the lookups of ``site``, with the names of every language beside its own."""
    kept = _kept.get(id(site))
    if kept is None or kept[0] is not site:
        names = _names(
            site.language, tuple(site.namespaces.items()), tuple(site.special_pages.items()), frozenset(site.interwikis)
        )
        _kept.clear()
        kept = _kept[id(site)] = (site, names)
    return kept[1]


# The site that was asked about last: every link of a page asks, and hashing all its names each time would be felt.
_kept: dict[int, tuple[SiteInfo, Names]] = {}


@lru_cache(maxsize=16)
def _names(
    language: str,
    namespaces: tuple[tuple[int, tuple[str, ...]], ...],
    special_pages: tuple[tuple[str, tuple[str, ...]], ...],
    interwikis: frozenset[str],
) -> Names:
    wanted = {USER, USER_TALK, SPECIAL}
    kinds = {"contributions": "contribs", "centralauth": "centralauth", "emailuser": "email"}
    own = {fold(name): number for number, names in namespaces if number in wanted for name in names}
    own |= {"user": USER, "user talk": USER_TALK, "special": SPECIAL}
    pages = {
        fold(name): kinds[page.lower()] for page, names in special_pages if page.lower() in kinds for name in names
    }
    return Names(
        language=language,
        own=own,
        other=frozenset(fold(name) for number, names in namespaces if number not in wanted for name in names if name),
        foreign={name: number for name, number in _foreign().items() if name not in own},
        pages=_pages() | pages,
        interwikis=frozenset(prefix.lower() for prefix in interwikis) or INTERWIKIS,
    )


@lru_cache(maxsize=1)
def _data() -> Mapping[str, list[str]]:
    text = resources.files("bot.parse").joinpath("data/names.json").read_text(encoding="utf-8")
    loaded: Mapping[str, list[str]] = json.loads(text)
    return loaded


def _foreign() -> dict[str, int]:
    kinds = {"special": SPECIAL, "user_talk": USER_TALK, "user": USER}
    return {fold(name): number for key, number in kinds.items() for name in _data()[key]}


def _pages() -> dict[str, str]:
    kinds = {"email_user": "email", "contributions": "contribs", "central_auth": "centralauth"}
    return {fold(name): kind for key, kind in kinds.items() for name in _data()[key]}


def user_words() -> frozenset[str]:
    """Return the user namespace's name in every language, in lower case: templates for users are often called so."""
    return frozenset(fold(name) for name in _data()["user"])


# Where no wiki was asked: language codes and Wikimedia's names for its projects.
INTERWIKIS = frozenset(_data()["languages"]) | frozenset(_data()["projects"])


def _ordinary(names: Iterable[tuple[int, str]]) -> dict[int, tuple[str, ...]]:
    return {number: tuple(text.split("|")) for number, text in names}


META = SiteInfo(
    dbname="metawiki",
    server="https://meta.wikimedia.org",
    article_path="/wiki/$1",
    script_path="/w",
    language="en",
    namespaces=_ordinary(
        [
            (-2, "Media"),
            (-1, "Special"),
            (0, ""),
            (1, "Talk"),
            (2, "User"),
            (3, "User talk"),
            (4, "Meta|Project"),
            (5, "Meta talk|Project talk"),
            (6, "File|Image"),
            (7, "File talk|Image talk"),
            (8, "MediaWiki"),
            (9, "MediaWiki talk"),
            (10, "Template"),
            (11, "Template talk"),
            (12, "Help"),
            (13, "Help talk"),
            (14, "Category"),
            (15, "Category talk"),
            (200, "Grants"),
            (201, "Grants talk"),
            (202, "Research"),
            (203, "Research talk"),
            (206, "Iberocoop"),
            (207, "Iberocoop talk"),
            (208, "Programs"),
            (209, "Programs talk"),
            (470, "Schema"),
            (471, "Schema talk"),
            (828, "Module"),
            (829, "Module talk"),
            (1198, "Translations"),
            (1199, "Translations talk"),
            (1728, "Event"),
            (1729, "Event talk"),
        ]
    ),
    special_pages={
        "Contributions": ("Contributions", "Contribs"),
        "CentralAuth": ("CentralAuth", "GlobalAccount", "CA"),
        "Emailuser": ("EmailUser", "Email", "Emailuser"),
        "EventDetails": ("EventDetails",),
        "RegisterForEvent": ("RegisterForEvent",),
    },
    interwikis=INTERWIKIS,
)
