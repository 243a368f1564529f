"""What is known of a wiki that is not asked, by its name in Pywikibot's words; asks nothing and reads no page."""

from __future__ import annotations

from dataclasses import replace

from bot.model import SiteInfo
from bot.parse.sites import META

_PROJECTS = ("wiktionary", "wikibooks", "wikinews", "wikiquote", "wikisource", "wikiversity", "wikivoyage")
_OWN_DOMAIN = ("mediawiki", "wikidata", "wikifunctions")


def wiki(site: str) -> SiteInfo:
    """Return database and address of a wiki, by Pywikibot's "family:code".

    Its names are by Wikimedia's rules; namespaces are those of Meta, with the user namespace of every language.
    """
    family, _, code = site.partition(":")
    database = f"{code.replace('-', '_')}{family if family in _PROJECTS else 'wiki'}"
    domain = f"{code}.{family}" if family in (*_PROJECTS, "wikipedia") else f"{code}.wikimedia"
    if family in _OWN_DOMAIN:
        domain = f"www.{family}"
    return replace(META, dbname=database, server=f"https://{domain}.org")
