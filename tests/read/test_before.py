"""The look before an edit: one request for all of it, and nothing unreadable is taken for a yes."""

from __future__ import annotations

import re
from typing import Any

import pytest

from bot.errors import AnswerError, BusyError, UnreachableError, WikiError
from bot.plan.edits import text_digest
from bot.plan.gate import Later, Seen
from bot.read.before import after, look
from bot.read.session import Session
from tests.read.memory import Answer, MemoryWiki, Reply, from_sample

TITLE, STOP = "Event:Learning Clinic", "User:TestBot/Run"
USER = {"id": 6, "name": "TestBot", "messages": False, "rights": ["edit", "bot"]}
BLOCK = {
    "blockid": 5,
    "blockedby": "Steward",
    "blockedbyid": 4,
    "blockreason": "A sample.",
    "blockexpiry": "infinite",
    "blockpartial": False,
    "blocknocreate": True,
}


def page(title: str, revid: int, text: str = "run") -> dict[str, Any]:
    slot = {"contentmodel": "wikitext", "contentformat": "text/x-wiki", "content": text}
    return {
        "pageid": 1,
        "ns": 2,
        "title": title,
        "revisions": [{"revid": revid, "parentid": 3, "slots": {"main": slot}}],
    }


def answer(*pages: dict[str, Any], user: dict[str, Any] | None = None, **query: Any) -> Reply:
    """Return what the wiki says of these pages, by default of both as they should be."""
    both = pages or (page(STOP, 4), page(TITLE, 9, "b"))
    known = {"userinfo": USER | (user or {}), "tokens": {"csrftoken": "0123+\\"}, "pages": list(both)}
    return Reply({"batchcomplete": True, "query": known | query})


def seen(wiki: MemoryWiki, session: Session, reply: Answer, title: str = TITLE, stop_page: str = STOP) -> Seen:
    wiki.on(lambda sent: reply if "titles" in sent.params else None)
    return look(session, title, stop_page)


def test_one_request_shows_everything(wiki: MemoryWiki, session: Session) -> None:
    before = len(wiki.sent)
    found = seen(wiki, session, answer())
    assert found == Seen(
        user="TestBot",
        is_blocked=False,
        has_message=False,
        stop_text="run",
        revid=9,
        digest=text_digest("b"),
        token="0123+\\",
    )
    (sent,) = wiki.sent[before:]
    assert {key: set(sent.values(key)) for key in ("meta", "uiprop", "titles", "rvprop")} == {
        "meta": {"userinfo", "tokens"},
        "uiprop": {"blockinfo", "hasmsg"},
        "titles": {TITLE, STOP},
        "rvprop": {"ids", "content"},
    }
    assert (sent.params["type"], sent.params["prop"], sent.params["rvslots"]) == ("csrf", "revisions", "main")
    assert "redirects" not in sent.params, "a redirect is not the page itself"


COMPOSITE = BLOCK | {"blockid": None, "blockcomponents": [BLOCK]}
BLOCKS = [
    pytest.param({}, False, id="none"),
    pytest.param(BLOCK, True, id="sitewide"),
    pytest.param(BLOCK | {"blockpartial": True}, False, id="partial: the page's matter"),
    pytest.param(COMPOSITE, True, id="several at once, which have no id together"),
    pytest.param(COMPOSITE | {"blockpartial": True}, False, id="several partial ones"),
    pytest.param(BLOCK | {"blockid": None, "systemblocktype": "proxy", "blockedby": ""}, True, id="by the system"),
    pytest.param({"blockid": 5}, True, id="of which nothing else is said"),
]


@pytest.mark.parametrize(("block", "blocked"), BLOCKS)
def test_a_block_of_the_bot(wiki: MemoryWiki, session: Session, block: dict[str, Any], blocked: bool) -> None:
    assert seen(wiki, session, answer(user=block)).is_blocked is blocked


@pytest.mark.parametrize("messages", [True, False])
def test_a_message_for_the_bot(wiki: MemoryWiki, session: Session, messages: bool) -> None:
    assert seen(wiki, session, answer(user={"messages": messages})).has_message is messages


def test_whom_the_wiki_takes_us_for(wiki: MemoryWiki, session: Session) -> None:
    assert seen(wiki, session, answer(user={"id": 0, "name": "192.0.2.7", "anon": True})).user == "192.0.2.7"


MISSING = {"ns": 2, "title": STOP, "missing": True}
HIDDEN = page(STOP, 4) | {"revisions": [{"revid": 4, "parentid": 3, "slots": {"main": {"texthidden": True}}}]}
STOP_PAGES = [
    pytest.param(page(STOP, 4, "stop"), "stop", id="its text"),
    pytest.param(page(STOP, 4, ""), "", id="empty"),
    pytest.param(page(STOP, 4, "#REDIRECT [[X]]"), "#REDIRECT [[X]]", id="a redirect is not followed"),
    pytest.param(MISSING, None, id="missing"),
    pytest.param(HIDDEN, None, id="its text is hidden"),
    pytest.param({"title": STOP, "ns": 2, "pageid": 1}, None, id="cut out of a long answer"),
    pytest.param(page(STOP, 4) | {"revisions": [{"revid": 4}]}, None, id="no slots"),
    pytest.param({"title": STOP, "invalid": True, "invalidreason": "x"}, None, id="no title at all"),
    pytest.param(page("User:Somebody/Run", 4), None, id="another page came"),
]


@pytest.mark.parametrize(("shown", "text"), STOP_PAGES)
def test_the_stop_page(wiki: MemoryWiki, session: Session, shown: dict[str, Any], text: str | None) -> None:
    found = seen(wiki, session, answer(page(TITLE, 9), shown))
    assert (found.stop_text, found.revid) == (text, 9)


PAGES = [
    pytest.param([page(TITLE, 9)], 9, id="its revision"),
    pytest.param([{"ns": 1728, "title": TITLE, "missing": True}], 0, id="missing"),
    pytest.param([{"ns": 8, "title": TITLE, "missing": True, "known": True}], 0, id="missing, with a default text"),
    pytest.param([], None, id="not in the answer"),
    pytest.param([{"ns": 1728, "title": TITLE, "pageid": 7}], None, id="cut out of a long answer"),
    pytest.param([{"title": TITLE, "invalid": True, "invalidreason": "x"}], None, id="no title at all"),
    pytest.param([page("Event:Another", 9)], None, id="another page came"),
]


@pytest.mark.parametrize(("shown", "revid"), PAGES)
def test_the_page(wiki: MemoryWiki, session: Session, shown: list[dict[str, Any]], revid: int | None) -> None:
    found = seen(wiki, session, answer(page(STOP, 4), *shown))
    assert (found.stop_text, found.revid) == ("run", revid)


def test_pages_are_told_apart_by_name_whatever_their_order(wiki: MemoryWiki, session: Session) -> None:
    found = seen(wiki, session, answer(page(TITLE, 9, "stop"), page(STOP, 4, "run")))
    assert (found.stop_text, found.revid) == ("run", 9)


def test_titles_that_the_wiki_spells_otherwise(wiki: MemoryWiki, session: Session) -> None:
    steps = [
        {"fromencoded": False, "from": "event:Learning_Clinic", "to": TITLE},
        {"fromencoded": False, "from": "user:testBot/Run", "to": STOP},
    ]
    reply = answer(normalized=steps)
    found = seen(wiki, session, reply, "event:Learning_Clinic", "user:testBot/Run")
    assert (found.stop_text, found.revid) == ("run", 9)


def test_the_stop_page_itself_is_asked_for_once(wiki: MemoryWiki, session: Session) -> None:
    found = seen(wiki, session, answer(page(STOP, 4)), STOP, STOP)
    assert (found.stop_text, found.revid) == ("run", 4)
    assert wiki.sent[-1].values("titles") == [STOP]


FAILS = [
    pytest.param(Reply({"query": {"userinfo": {"id": 6, "name": "TestBot"}}}), AnswerError, id="nothing of messages"),
    pytest.param(Reply({"query": {"pages": []}}), AnswerError, id="no userinfo"),
    pytest.param(Reply({"query": {"userinfo": {"id": 1, "messages": False}}}), AnswerError, id="a user without a name"),
    pytest.param(answer(page(STOP, 4) | {"revisions": "x"}), AnswerError, id="revisions of another kind"),
    pytest.param(Reply({"batchcomplete": True}), AnswerError, id="no query"),
    pytest.param(Reply("<html>"), AnswerError, id="HTML"),
    pytest.param(Reply({"error": {"code": "readapidenied", "info": "x"}}), AnswerError, id="an error"),
    pytest.param(Reply("", 502), UnreachableError, id="a broken gateway"),
    pytest.param(from_sample("maxlag_error"), BusyError, id="lag"),
    pytest.param(answer(), None, id="nothing wrong"),
]


@pytest.mark.parametrize(("reply", "kind"), FAILS)
def test_a_look_that_fails_shows_nothing(
    wiki: MemoryWiki, session: Session, reply: Reply, kind: type[WikiError] | None
) -> None:
    if kind is None:
        assert seen(wiki, session, reply).user == "TestBot"
        return
    with pytest.raises(kind):
        seen(wiki, session, reply)


def test_a_look_without_a_token_has_none(wiki: MemoryWiki, session: Session) -> None:
    assert seen(wiki, session, answer(tokens={})).token == ""


def revision(revid: int, parentid: int, **other: Any) -> dict[str, Any]:
    return {"revid": revid, "parentid": parentid, "user": "TestBot", "sha1": "a" * 40, **other}


def history(*revisions: dict[str, Any], **other: Any) -> Reply:
    found = {"pageid": 7, "ns": 1728, "title": TITLE, "revisions": list(revisions)}
    return Reply({"query": {"pages": [found | other]}})


def came(wiki: MemoryWiki, session: Session, reply: Reply, base: int = 9) -> tuple[tuple[Later, ...], bool]:
    wiki.on(lambda sent: reply if "titles" in sent.params else None)
    return after(session, TITLE, base)


def test_what_came_after_the_base(wiki: MemoryWiki, session: Session) -> None:
    reply = history(revision(9, 3), revision(12, 9), revision(13, 12, user="Ada", sha1="b" * 40))
    assert came(wiki, session, reply) == (
        (Later(12, 9, "TestBot", "a" * 40), Later(13, 12, "Ada", "b" * 40)),
        True,
    )
    sent = wiki.sent[-1]
    wanted = {"titles": TITLE, "prop": "revisions", "rvdir": "newer", "rvstartid": "9"}
    assert {key: sent.params.get(key) for key in wanted} == wanted
    assert set(sent.values("rvprop")) == {"ids", "user", "sha1"}
    assert int(sent.params["rvlimit"]) > 1, "the base itself is the first"


def test_a_page_that_was_to_be_made_is_read_from_its_beginning(wiki: MemoryWiki, session: Session) -> None:
    assert came(wiki, session, history(revision(12, 0)), 0) == ((Later(12, 0, "TestBot", "a" * 40),), True)
    assert "rvstartid" not in wiki.sent[-1].params


HISTORIES = [
    pytest.param(history({"revid": 12}), (Later(12, 0, None, None),), True, id="nothing but a number"),
    pytest.param(history(revision(9, 3)), (), True, id="nothing came"),
    pytest.param(history(ns=1728, missing=True), (), False, id="deleted"),
    pytest.param(Reply({"query": {}}), (), False, id="no page in the answer"),
    pytest.param(Reply({"query": {"pages": []}}), (), False, id="no pages at all"),
    pytest.param(history(revision(30, 0)), (Later(30, 0, "TestBot", "a" * 40),), True, id="the base is elsewhere"),
    pytest.param(
        history({"revid": 12, "parentid": 9, "userhidden": True, "sha1hidden": True}),
        (Later(12, 9, None, None),),
        True,
        id="hidden",
    ),
]


@pytest.mark.parametrize(("reply", "later", "exists"), HISTORIES)
def test_a_page_s_later_revisions(
    wiki: MemoryWiki, session: Session, reply: Reply, later: tuple[Later, ...], exists: bool
) -> None:
    assert came(wiki, session, reply) == (later, exists)


def test_a_base_that_the_wiki_does_not_know_is_an_error(wiki: MemoryWiki, session: Session) -> None:
    with pytest.raises(AnswerError, match=re.escape("badid_rvstartid")):
        came(wiki, session, Reply({"error": {"code": "badid_rvstartid", "info": "No revision was found."}}))
