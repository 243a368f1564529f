"""Talk pages as read: all that forbids a message there, in few requests, and nothing taken for an answer that is none."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from bot.errors import AnswerError, BusyError
from bot.model import Revision, TalkPage
from bot.parse.sites import META
from bot.read import talkpages
from bot.read.session import Session
from tests.read.memory import MemoryWiki, Reply, Sent, from_sample, sample

CATEGORY = "Category:Opted-out of message delivery"
WHEN = "2026-11-21T00:00:00Z"


class Pages:
    """Answers for talk pages and their accounts, as the real wiki does."""

    def __init__(self, wiki: MemoryWiki, *, optout: str = "allmessages_optout_category") -> None:
        self.pages: dict[str, dict[str, Any]] = {}
        self.redirects: list[dict[str, Any]] = []
        self.users: dict[str, dict[str, Any]] = {}
        self.optout = optout
        wiki.on(self.answer)

    def answer(self, sent: Sent) -> Reply | None:
        if sent.params.get("meta") == "allmessages":
            return from_sample(self.optout)
        if "revisions" not in sent.values("prop"):
            return None
        moved = {step["from"]: step["to"] for step in self.redirects}
        titles = [moved.get(title, title) for title in sent.values("titles")]
        rows = [{"title": title, **self.pages.get(title, {"missing": True})} for title in dict.fromkeys(titles)]
        users = [{"name": name, **self.users.get(name, {"groups": ["*", "user"]})} for name in sent.values("ususers")]
        query = {"pages": rows, "users": users, "redirects": self.redirects}
        return Reply({"batchcomplete": True, "query": query})


def page(text: str | None = "Hello.", **more: Any) -> dict[str, Any]:
    """A page's row as the API gives it; ``text`` None is hidden."""
    main = {"contentmodel": "wikitext", **({"texthidden": True} if text is None else {"content": text})}
    revision = {"revid": 7, "timestamp": WHEN, "slots": {"main": main}}
    return {"contentmodel": "wikitext", "lastrevid": 7, "revisions": [revision], **more}


def known(**more: Any) -> TalkPage:
    """What is made of the row of Ada."""
    usual: dict[str, Any] = {"has_account": True, "groups": frozenset({"*", "user"})}
    return TalkPage("Ada", "User talk:Ada", **{**usual, **more})


def one(session: Session) -> TalkPage:
    return talkpages.read(session, ["Ada"], META)["Ada"]


HELLO = Revision("User talk:Ada", 7, datetime(2026, 11, 21, tzinfo=UTC), "Hello.")


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        pytest.param(page(), known(revision=HELLO), id="a page"),
        pytest.param({"missing": True}, known(absent=True), id="none"),
        pytest.param(
            page(categories=[{"ns": 14, "title": CATEGORY}]), known(revision=HELLO, opted_out=True), id="opted out"
        ),
        pytest.param(
            page(templates=[{"ns": 10, "title": "Template:Nobots"}]),
            known(revision=HELLO, uses_bots=True),
            id="bots are denied, be it by another page that it shows",
        ),
        pytest.param(
            page(contentmodel="flow-board"), known(content_model="flow-board"), id="a board, though it has a text"
        ),
        pytest.param({"contentmodel": "json"}, known(content_model="json"), id="data"),
        pytest.param(
            page(None), known(trouble='The text of the page "User talk:Ada" is hidden.'), id="the text is hidden"
        ),
        pytest.param(
            {"contentmodel": "wikitext"},
            known(trouble='The text of the page "User talk:Ada" is hidden.'),
            id="no revision came",
        ),
        pytest.param(
            {"invalid": True},
            known(trouble='No page can have the title "User talk:Ada".'),
            id="no title",
        ),
        pytest.param(
            {"title": "User talk:Somebody else"},
            known(trouble='The wiki gave no answer about the page "User talk:Ada".'),
            id="an answer about another page",
        ),
    ],
)
def test_what_a_page_is(wiki: MemoryWiki, session: Session, row: dict[str, Any], expected: TalkPage) -> None:
    Pages(wiki).pages["User talk:Ada"] = row
    assert one(session) == expected


@pytest.mark.parametrize("to", ["User talk:Bea", "de:User talk:Ada"])
def test_a_redirect_is_not_followed_to_another_persons_page(wiki: MemoryWiki, session: Session, to: str) -> None:
    pages = Pages(wiki)
    pages.redirects.append({"from": "User talk:Ada", "to": to})
    pages.pages["User talk:Bea"] = page("Of Bea.")
    read = talkpages.read(session, ["Ada", "Bea"], META)
    assert read["Ada"] == known(redirect_to=to)
    bea = read["Bea"].revision
    assert bea is not None
    assert bea.text == "Of Bea."


@pytest.mark.parametrize(
    ("row", "has_account", "groups"),
    [
        pytest.param({"groups": ["*", "bot"]}, True, frozenset({"*", "bot"}), id="a bot"),
        pytest.param({"missing": True}, False, None, id="no account here"),
        pytest.param({"invalid": True}, False, None, id="no account at all"),
        pytest.param({"name": "ada", "groups": ["bot"]}, None, None, id="an answer about another account"),
    ],
)
def test_the_account_comes_with_the_page(
    wiki: MemoryWiki, session: Session, row: dict[str, Any], has_account: bool | None, groups: frozenset[str] | None
) -> None:
    Pages(wiki).users["Ada"] = row
    assert one(session) == known(absent=True, has_account=has_account, groups=groups)


def test_who_opted_out_as_recorded(wiki: MemoryWiki, session: Session) -> None:
    wiki.script(from_sample("categories_of_talk_pages"), prop="revisions|info|templates|categories")
    wiki.script(from_sample("allmessages_optout_category"), meta="allmessages")
    read = talkpages.read(session, ["Optout Example", "Ordinal Heron", "Quillfeather"], META)
    assert {name: (row.opted_out, row.absent) for name, row in read.items()} == {
        "Optout Example": (True, False),
        "Ordinal Heron": (False, False),
        "Quillfeather": (False, True),
    }
    [sent] = wiki.asked(prop="revisions|info|templates|categories")
    assert sent.params["clcategories"] == CATEGORY
    assert sent.params["tltemplates"] == "Template:Bots|Template:Nobots"
    assert sent.params["titles"] == sample_titles()
    [message] = wiki.asked(meta="allmessages")
    assert message.params["amlang"] == "en"


def sample_titles() -> str:
    titles = ["User talk:Optout Example", "User talk:Ordinal Heron", "User talk:Quillfeather"]
    assert {row["title"] for row in sample("categories_of_talk_pages")["query"]["pages"]} == set(titles)
    return "|".join(titles)


def test_without_the_message_no_category_is_asked_for(wiki: MemoryWiki, session: Session) -> None:
    Pages(wiki, optout="allmessages_missing").pages["User talk:Ada"] = page()
    assert one(session) == known(revision=HELLO)
    [sent] = wiki.asked(prop="revisions|info|templates")
    assert not {"clcategories", "cllimit"} & sent.params.keys()


@pytest.mark.parametrize("content", ["", " ", "a<b"])
def test_a_message_that_names_no_category_is_none(wiki: MemoryWiki, session: Session, content: str) -> None:
    Pages(wiki)
    row = {"name": "massmessage-optout-category", "content": content}
    wiki.script(Reply({"query": {"allmessages": [row]}}), meta="allmessages")
    assert not one(session).opted_out
    assert wiki.asked(prop="revisions|info|templates")


def test_each_name_once_and_so_many_a_request(wiki: MemoryWiki, session: Session) -> None:
    Pages(wiki)
    names = [f"Person {number}" for number in range(session.limit + 1)]
    before = len(wiki.sent)
    read = talkpages.read(session, [*names, names[0]], META)
    assert tuple(read) == tuple(names)
    sizes = [(len(sent.values("titles")), len(sent.values("ususers"))) for sent in wiki.sent[before + 1 :]]
    assert sizes == [(session.limit, session.limit), (1, 1)]


def test_nobody_costs_nothing(wiki: MemoryWiki, session: Session) -> None:
    before = len(wiki.sent)
    assert talkpages.read(session, [], META) == {}
    assert len(wiki.sent) == before


def test_an_answer_in_parts_is_put_together(wiki: MemoryWiki, session: Session) -> None:
    Pages(wiki)
    bare = {"title": "User talk:Ada", "contentmodel": "wikitext", "categories": [{"title": CATEGORY}]}
    first = {"pages": [bare], "users": [{"name": "Ada", "groups": ["*", "user"]}]}
    rest = {"pages": [{"title": "User talk:Ada", "revisions": page()["revisions"]}]}
    wiki.script(
        Reply({"continue": {"rvcontinue": "7|7", "continue": "||"}, "query": first}),
        Reply({"batchcomplete": True, "query": rest}),
        prop="revisions|info|templates|categories",
    )
    assert one(session) == known(revision=HELLO, opted_out=True)
    assert wiki.sent[-1].params["rvcontinue"] == "7|7"


def test_a_wiki_that_repeats_itself_is_an_error(wiki: MemoryWiki, session: Session) -> None:
    Pages(wiki)
    again = Reply({"continue": {"rvcontinue": "7|7", "continue": "||"}, "query": {"pages": []}})
    wiki.script(*[again] * 3, prop="revisions|info|templates|categories")
    with pytest.raises(AnswerError, match="repeats itself while reading 1 talk pages"):
        one(session)
    assert len(wiki.asked(prop="revisions|info|templates|categories")) == 2


@pytest.mark.parametrize("asked", [{"meta": "allmessages"}, {"prop": "revisions|info|templates|categories"}])
def test_what_cannot_be_read_is_an_error(wiki: MemoryWiki, session: Session, asked: dict[str, str]) -> None:
    Pages(wiki)
    wiki.script(*[Reply("", 503)] * 9, **asked)
    with pytest.raises(BusyError):
        one(session)


def test_another_shape_is_an_error(wiki: MemoryWiki, session: Session) -> None:
    Pages(wiki)
    wiki.script(Reply({"query": {"pages": [{"title": 3}]}}), prop="revisions|info|templates|categories")
    with pytest.raises(AnswerError, match="cannot be understood"):
        one(session)
