"""Page titles as MediaWiki writes them, and the interwiki prefixes of Wikimedia; must not know what a page holds."""

from __future__ import annotations

import re
from collections.abc import Mapping

from bot.model import SiteInfo
from bot.parse.languages import LANGUAGES
from bot.parse.sites import fold
from bot.parse.usernames import cleaned, first_upper

# MediaWikiTitleCodec::splitTitleString refuses these.
_ILLEGAL = re.compile(r"[\x00-\x1f\x7f<>\[\]{}|#\ud800-\udfff\ufffd]|%[0-9A-Fa-f]{2}|~~~|(?:^|/)\.\.?(?:/|$)")

CANONICAL_EVENTS: Mapping[int, tuple[str, ...]] = {1728: ("Event",), 1729: ("Event talk",)}

_WIKIS = {
    "meta.wikimedia.org": ("m", "meta", "metawiki", "metawikimedia", "metawikipedia"),
    "commons.wikimedia.org": ("c", "commons", "commonswiki"),
    "www.wikidata.org": ("d", "wikidata"),
    "www.mediawiki.org": ("mw", "mediawikiwiki"),
    "species.wikimedia.org": ("species", "wikispecies"),
    "wikimania.wikimedia.org": ("wikimania",),
    "outreach.wikimedia.org": ("outreach", "outreachwiki"),
    "incubator.wikimedia.org": ("incubator",),
    "foundation.wikimedia.org": ("foundation", "foundationwiki", "wmf", "wikimedia"),
    "www.wikifunctions.org": ("f", "wikifunctions"),
}
_HOST_OF = {prefix: host for host, prefixes in _WIKIS.items() for prefix in prefixes}
_PROJECT_OF = {
    "w": "wikipedia",
    "wikt": "wiktionary",
    "b": "wikibooks",
    "n": "wikinews",
    "q": "wikiquote",
    "s": "wikisource",
    "v": "wikiversity",
    "voy": "wikivoyage",
}
_PROJECT_OF |= {project: project for project in _PROJECT_OF.values()}


def normal(title: str, namespaces: Mapping[int, tuple[str, ...]]) -> str | None:
    """Return ``title`` as MediaWiki writes it (with spaces), None when it can be no title.

    A namespace gets its first name in ``namespaces``, which maps numbers to all names; first letters are upper case, as
    on every Wikimedia wiki but the Wiktionaries.
    """
    text = cleaned(title).partition("#")[0].removeprefix(":").strip(" ")
    names = {fold(name): known[0] for known in namespaces.values() for name in known if name}
    head, colon, rest = text.partition(":")
    space = names.get(fold(head)) if colon else None
    page = rest.strip(" ") if space else text
    if not page or page.startswith(":") or _ILLEGAL.search(page) or len(page.encode(errors="replace")) > 255:
        return None
    page = first_upper(page)
    return f"{space}:{page}" if space else page


def without_interwiki(title: str, site: SiteInfo) -> tuple[str | None, str]:
    """Return the host that the interwiki prefixes of ``title`` lead to (None: there is no prefix) and the rest."""
    local = {fold(name) for names in site.namespaces.values() for name in names}
    host, project, rest = None, "", title
    while True:
        head, colon, behind = rest.lstrip(": ").partition(":")
        prefix = fold(head)
        if not colon or (prefix in local and not host):
            return host, rest
        if prefix in _HOST_OF:
            host = _HOST_OF[prefix]
        elif prefix in _PROJECT_OF:
            project = _PROJECT_OF[prefix]
            host = f"en.{project}.org"
        elif prefix in LANGUAGES and (project or not host):
            host = f"{prefix}.{project or 'wikipedia'}.org"
        else:
            return host, rest
        rest = behind
