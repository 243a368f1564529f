"""Site information and pages: by the title asked, with the cause for each that cannot be read."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from bot.errors import AnswerError
from bot.read import wiki as reader
from bot.read.session import Session
from tests.read.memory import MemoryWiki, Reply, from_sample, sample


def page(title: str, text: str | None, revid: int = 1, **more: Any) -> dict[str, Any]:
    main = {"contentmodel": "wikitext"} | ({"texthidden": True} if text is None else {"content": text})
    revision = {"revid": revid, "timestamp": "2026-11-21T00:18:27Z", "slots": {"main": main}}
    return {"pageid": revid, "ns": 0, "title": title, "revisions": [revision], **more}


def answer(wiki: MemoryWiki, *answers: dict[str, Any]) -> None:
    wiki.script(*[Reply(body) for body in answers], prop="revisions")


def test_site_info_is_one_request(wiki: MemoryWiki, session: Session) -> None:
    before = session.requests["api"]
    site = reader.site_info(session)
    assert session.requests["api"] - before == 1
    assert (site.dbname, site.language, site.article_path, site.script_path) == ("metawiki", "en", "/wiki/$1", "")
    assert site.server == "http://127.0.0.1:8143"
    assert site.namespaces[2][0] == "User"
    assert set(site.namespaces[4]) >= {"Meta", "Project"}
    assert site.namespaces[1728] == ("Event",)
    assert "CentralAuth" in site.special_pages["CentralAuth"]
    assert "CampaignEvents" in site.extensions


def test_a_server_without_protocol_is_https(wiki: MemoryWiki, session: Session) -> None:
    general = {"wikiid": "metawiki", "server": "//meta.wikimedia.org", "articlepath": "/wiki/$1", "scriptpath": "/w"}
    rest = {"namespaces": {}, "namespacealiases": [{"id": 4, "alias": "M"}], "specialpagealiases": []}
    interwikis = {"interwikimap": [{"prefix": "w", "url": "x"}]}
    wiki.script(Reply({"query": {"general": {**general, "lang": "en"}, **rest, **interwikis}}), meta="siteinfo")
    site = reader.site_info(session)
    assert site.server == "https://meta.wikimedia.org"
    assert site.namespaces[4] == ("M",)
    assert site.interwikis == {"w"}


def test_pages_recorded(wiki: MemoryWiki, session: Session) -> None:
    wiki.script(from_sample("revisions_content_main_slot"), prop="revisions")
    read = reader.pages(session, ["Sample sign-up list", "Sample_page_A", "No such page"])
    signups = read.found["Sample sign-up list"]
    assert (signups.revid, signups.timestamp) == (18, datetime(2026, 11, 21, 0, 24, 23, tzinfo=UTC))
    assert signups.text.startswith("Participants:\n# [[User:Ordinal Heron]]")
    assert read.found["Sample_page_A"].title == "Sample page A"
    assert list(read.missing) == ["No such page"]
    assert "never made, was deleted, or was moved" in read.missing["No such page"]


def test_all_pages_together_cost_one_request(wiki: MemoryWiki, session: Session) -> None:
    titles = [f"Page {n}" for n in range(50)]
    answer(wiki, {"query": {"pages": [page(title, "x") for title in reversed(titles)]}})
    before = session.requests["api"]
    read = reader.pages(session, [*titles, "Page 1"])
    assert list(read.found) == titles
    assert session.requests["api"] - before == 1


def test_more_pages_than_the_limit_go_in_batches(wiki: MemoryWiki, session: Session) -> None:
    wiki.on(
        lambda sent: (
            Reply({"query": {"pages": [page(t, "x") for t in sent.values("titles")]}})
            if sent.params.get("prop")
            else None
        )
    )
    assert len(reader.pages(session, [f"Page {n}" for n in range(101)]).found) == 101
    assert [len(sent.values("titles")) for sent in wiki.asked(prop="revisions")] == [50, 50, 1]


def test_redirects_are_followed_and_told(wiki: MemoryWiki, session: Session) -> None:
    steps = {
        "normalized": [{"fromencoded": False, "from": "old_list", "to": "Old list"}],
        "redirects": [{"from": "Old list", "to": "Older list"}, {"from": "Older list", "to": "New list"}],
    }
    answer(wiki, {"query": {**steps, "pages": [page("New list", "text", 9)]}})
    read = reader.pages(session, ["old_list"])
    assert (read.found["old_list"].title, read.found["old_list"].revid) == ("New list", 9)
    assert wiki.sent[-1].params["redirects"] == ""


CAUSES = [
    pytest.param([{"title": "X", "missing": True}], [], "There is no page", id="missing"),
    pytest.param([{"title": "X", "invalid": True, "invalidreason": "…"}], [], "No page can have", id="invalid"),
    pytest.param([page("X", None)], [], "hidden", id="text hidden"),
    pytest.param([{"title": "X", "revisions": []}], [], "hidden", id="no revision"),
    pytest.param(
        [{"title": "Y", "missing": True}], [{"from": "X", "to": "Y"}], 'leads to "Y"', id="moved, then deleted"
    ),
    pytest.param([], [{"from": "X", "to": "Y"}, {"from": "Y", "to": "X"}], "no answer", id="a circle of redirects"),
    pytest.param([page("Z", "x")], [], "no answer", id="another page came"),
]


@pytest.mark.parametrize(("pages", "redirects", "says"), CAUSES)
def test_a_page_that_cannot_be_read_has_a_cause(
    wiki: MemoryWiki, session: Session, pages: list[dict[str, Any]], redirects: list[dict[str, str]], says: str
) -> None:
    answer(wiki, {"query": {"pages": pages, "redirects": redirects}})
    read = reader.pages(session, ["X"])
    assert read.found == {}
    assert says in read.missing["X"]


def test_invalid_titles_recorded(wiki: MemoryWiki, session: Session) -> None:
    invalid = sample("revisions_invalid_title")["query"]["pages"][0]
    answer(wiki, {"query": {"pages": [invalid, page("Sample page A", "a")]}})
    assert "No page can have the title" in reader.pages(session, ["Bad[title]"]).missing["Bad[title]"]


def test_a_title_that_was_sent_encoded_is_found(wiki: MemoryWiki, session: Session) -> None:
    answer(
        wiki,
        {
            "query": {
                "normalized": [{"fromencoded": True, "from": "Caf%C3%A9", "to": "Café"}],
                "pages": [page("Café", "x")],
            }
        },
    )
    assert "Café" in reader.pages(session, ["Café"]).found


def test_a_pipe_in_a_title_does_not_become_two_titles(wiki: MemoryWiki, session: Session) -> None:
    answer(wiki, {"query": {"pages": []}})
    reader.pages(session, ["A|B", "C"])
    assert wiki.sent[-1].values("titles") == ["A|B", "C"]


def test_an_answer_that_would_be_too_large_is_continued(wiki: MemoryWiki, session: Session) -> None:
    bare = {"pageid": 2, "ns": 0, "title": "B"}
    answer(
        wiki,
        {"continue": {"rvcontinue": "5|6", "continue": "||"}, "query": {"pages": [page("A", "a"), bare]}},
        {"query": {"pages": [{"pageid": 1, "ns": 0, "title": "A"}, page("B", "b")]}},
    )
    read = reader.pages(session, ["A", "B"])
    assert {title: revision.text for title, revision in read.found.items()} == {"A": "a", "B": "b"}
    assert wiki.sent[-1].params["rvcontinue"] == "5|6"


def test_a_continuation_that_never_ends_is_an_error(wiki: MemoryWiki, session: Session) -> None:
    more = {"continue": {"rvcontinue": "5|6", "continue": "||"}, "query": {"pages": []}}
    wiki.on(lambda sent: Reply(more) if sent.params.get("prop") else None)
    with pytest.raises(AnswerError, match="repeats itself"):
        reader.pages(session, ["A"])


def test_two_megabytes_of_text_are_no_matter(wiki: MemoryWiki, session: Session) -> None:
    answer(wiki, {"query": {"pages": [page("A", "é" * 1_000_000)]}})
    assert len(reader.pages(session, ["A"]).found["A"].text) == 1_000_000
