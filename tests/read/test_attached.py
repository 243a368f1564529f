"""Accounts named through another wiki: whose they are, or that it cannot be told."""

from __future__ import annotations

from typing import Any

import pytest

from bot.read.attached import attached, dbname_of
from bot.read.session import Session
from tests.read.memory import MemoryWiki, Reply, Sent, from_sample

SITES = {
    "m": "https://meta.wikimedia.org/wiki/$1",
    "c": "https://commons.wikimedia.org/wiki/$1",
    "d": "https://www.wikidata.org/wiki/$1",
    "mw": "https://www.mediawiki.org/wiki/$1",
    "w": "https://en.wikipedia.org/wiki/$1",
    "wikt": "https://en.wiktionary.org/wiki/$1",
    "s": "//en.wikisource.org/wiki/$1",
    "de": "https://de.wikipedia.org/wiki/$1",
    "fr": "https://fr.wikipedia.org/wiki/$1",
    "zh-min-nan": "https://zh-min-nan.wikipedia.org/wiki/$1",
    "be-tarask": "https://be-tarask.wikipedia.org/wiki/$1",
    "wmse": "https://se.wikimedia.org/wiki/$1",
    "oldwikisource": "https://wikisource.org/wiki/$1",
    "wikihow": "https://www.wikihow.com/$1",
    "portal": "https://www.wikipedia.org/$1",
}

PREFIXES = [
    ("m", "metawiki"),
    (":m", "metawiki"),
    ("C", "commonswiki"),
    ("d", "wikidatawiki"),
    ("mw", "mediawikiwiki"),
    ("w", "enwiki"),
    ("de", "dewiki"),
    ("w:de", "dewiki"),
    ("wikt", "enwiktionary"),
    ("wikt:fr", "frwiktionary"),
    ("s:fr", "frwikisource"),
    ("zh-min-nan", "zh_min_nanwiki"),
    ("be-tarask", "be_x_oldwiki"),
    ("w:m", "metawiki"),
]


@pytest.mark.parametrize(("prefix", "dbname"), PREFIXES)
def test_where_a_prefix_leads(prefix: str, dbname: str) -> None:
    assert dbname_of(prefix, SITES) == dbname


UNKNOWN = [
    pytest.param("xyz", id="no such prefix"),
    pytest.param("", id="no prefix"),
    pytest.param("w:xyz", id="no such language"),
    pytest.param("wikihow", id="not Wikimedia"),
    pytest.param("wmse", id="a chapter's wiki, whose database is not that of the Wikipedia of the same code"),
    pytest.param("oldwikisource", id="an address of another form"),
    pytest.param("portal", id="not a wiki"),
]


@pytest.mark.parametrize("prefix", UNKNOWN)
def test_prefixes_that_lead_to_no_known_wiki(prefix: str) -> None:
    assert dbname_of(prefix, SITES) is None


def serve(wiki: MemoryWiki, rule: Any) -> None:
    rows = [{"prefix": prefix, "url": url} for prefix, url in SITES.items()]
    wiki.on(lambda sent: Reply({"query": {"interwikimap": rows}}) if sent.params.get("meta") == "siteinfo" else None)
    wiki.on(rule)


def test_accounts_recorded(wiki: MemoryWiki, session: Session) -> None:
    serve(wiki, lambda sent: from_sample("users_blockinfo_attached") if sent.params.get("list") else None)
    asked = [("w:de", "Ordinal Heron"), ("w:de", "Unmerged Example"), ("w:de", "Nobody"), ("xyz", "Ordinal Heron")]
    assert attached(session, asked) == dict(zip(asked, (True, False, None, None), strict=True))
    assert wiki.sent[-1].params["usattachedwiki"] == "dewiki"


def test_one_request_for_each_wiki_and_fifty_names(wiki: MemoryWiki, session: Session) -> None:
    def rule(sent: Sent) -> Reply | None:
        if not sent.params.get("list"):
            return None
        rows = [{"name": name, "attachedwiki": {"CentralAuth": True}} for name in sent.values("ususers")]
        return Reply({"query": {"users": rows}})

    serve(wiki, rule)
    before = session.requests["api"]
    asked = [("w:de", f"P{n}") for n in range(60)] + [("de", "P0"), ("w", "P1"), ("w", "P1")]
    assert set(attached(session, asked).values()) == {True}
    assert session.requests["api"] - before == 1 + 2 + 1


def test_nobody_to_ask_about_costs_nothing(wiki: MemoryWiki, session: Session) -> None:
    before = session.requests["api"]
    assert attached(session, []) == {}
    assert session.requests["api"] == before


def test_no_answer_means_that_it_cannot_be_told(wiki: MemoryWiki, session: Session) -> None:
    serve(wiki, lambda sent: Reply("<html>") if sent.params.get("list") else None)
    assert attached(session, [("w", "Ada")]) == {("w", "Ada"): None}


def test_unattached_is_not_the_same_as_unknown_to_a_wiki_without_global_accounts(
    wiki: MemoryWiki, session: Session
) -> None:
    row = {"name": "Ada", "attachedwiki": {"local": True}}
    serve(wiki, lambda sent: Reply({"query": {"users": [row]}}) if sent.params.get("list") else None)
    assert attached(session, [("w", "Ada")]) == {("w", "Ada"): None}
