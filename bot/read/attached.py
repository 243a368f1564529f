"""Whether an account that was named through another wiki ("w:de:User:X") is the global account of that name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from urllib.parse import urlsplit

import msgspec

from bot.errors import WikiError
from bot.read.batches import cut, joined
from bot.read.session import Session

# Wikimedia's second-level domains and the endings of their wikis' database names.
_PROJECTS = {
    "wikipedia": "wiki",
    "wiktionary": "wiktionary",
    "wikibooks": "wikibooks",
    "wikinews": "wikinews",
    "wikiquote": "wikiquote",
    "wikisource": "wikisource",
    "wikiversity": "wikiversity",
    "wikivoyage": "wikivoyage",
}
# Of the hosts NAME.wikimedia.org those whose database is NAMEwiki; the others are chapters ("sewikimedia").
_SHARED = frozenset({"commons", "incubator", "meta", "outreach", "species", "wikimania"})
# Wikis that were renamed and kept the name of their database.
_KEPT = {
    "be_tarask": "be_x_old",
    "gsw": "als",
    "lzh": "zh_classical",
    "nan": "zh_min_nan",
    "nb": "no",
    "rup": "roa_rup",
    "sgs": "bat_smg",
    "vro": "fiu_vro",
    "yue": "zh_yue",
}


class _Interwiki(msgspec.Struct):
    prefix: str
    url: str


class _Map(msgspec.Struct):
    interwikimap: list[_Interwiki]


class _Row(msgspec.Struct):
    name: str
    attachedwiki: dict[str, bool] = {}


class _Rows(msgspec.Struct):
    users: list[_Row] = []


def attached(session: Session, named: Iterable[tuple[str, str]]) -> Mapping[tuple[str, str], bool | None]:
    """Return for each (prefix, name) whether that wiki's account belongs to the global account of the name.

    None: it cannot be told (an unknown prefix, no account here to ask about, no answer). A prefix that leads back to
    this wiki ("m" on Meta) names its own account. One request for the interwiki map, and one for each
    ``session.limit`` names of a wiki.
    """
    wanted = tuple(dict.fromkeys(named))
    answers: dict[tuple[str, str], bool | None] = dict.fromkeys(wanted)
    if not wanted:
        return MappingProxyType(answers)
    try:
        sites = {row.prefix: row.url for row in session.read(_Map, meta="siteinfo", siprop="interwikimap").interwikimap}
        by_wiki: dict[str, list[tuple[str, str]]] = defaultdict(list)
        here = urlsplit(session.api).netloc
        for prefix, name in wanted:
            if urlsplit(sites.get(prefix.strip(": ").lower(), "")).netloc == here:
                answers[prefix, name] = True
            elif dbname := dbname_of(prefix, sites):
                by_wiki[dbname].append((prefix, name))
        for dbname, group in by_wiki.items():
            answers |= _on_wiki(session, dbname, group)
    except WikiError:
        return MappingProxyType(answers)
    return MappingProxyType(answers)


def dbname_of(prefix: str, sites: Mapping[str, str]) -> str | None:
    """Return the database name of the Wikimedia wiki that an interwiki prefix ("w:de", "m") leads to.

    ``sites`` maps the prefixes of the wiki where the link stands to addresses. A prefix after the first may be a
    language of the project reached so far.
    """
    host = ""
    for part in prefix.strip(": ").lower().split(":"):
        project = ".".join(host.split(".")[1:])
        url = sites.get(part, "")
        found = urlsplit(url).hostname or ""
        is_language = project.split(".")[0] in _PROJECTS and found.split(".")[1:2] == ["wikipedia"]
        host = f"{part}.{project}" if is_language else found
        if not host:
            return None
    return _dbname(host)


def _dbname(host: str) -> str | None:
    labels = host.removesuffix(".org").split(".")
    if not host.endswith(".org") or len(labels) != 2:
        return None
    name, domain = labels[0].replace("-", "_"), labels[1]
    if domain in _PROJECTS and name != "www":
        return _KEPT.get(name, name) + _PROJECTS[domain]
    if domain == "wikimedia":
        return f"{name}wiki" if name in _SHARED else None
    return f"{domain}wiki" if domain in ("wikidata", "mediawiki", "wikifunctions") and name == "www" else None


def _on_wiki(session: Session, dbname: str, group: Sequence[tuple[str, str]]) -> dict[tuple[str, str], bool | None]:
    found: dict[str, bool] = {}
    for batch in cut([name for _, name in group], session.limit):
        rows = session.read(_Rows, list="users", ususers=joined(batch), usprop="centralids", usattachedwiki=dbname)
        found |= {row.name: row.attachedwiki["CentralAuth"] for row in rows.users if "CentralAuth" in row.attachedwiki}
    return {(prefix, name): found.get(name) for prefix, name in group}
