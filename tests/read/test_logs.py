"""Locks and deletions: from the very entries that are meant, or not at all."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from bot.errors import AnswerError
from bot.read import logs
from bot.read.session import Session
from tests.read.memory import MemoryWiki, Reply

SET = "2026-08-01T11:44:00Z"


def log(*rows: dict[str, Any]) -> Reply:
    return Reply({"query": {"logevents": list(rows)}})


def row(logid: int, timestamp: str = SET) -> dict[str, Any]:
    return {"logid": logid, "timestamp": timestamp, "comment": "never read"}


def test_the_entry_is_asked_for_by_the_name_and_its_reason_is_not_asked_for(wiki: MemoryWiki, session: Session) -> None:
    wiki.script(log(row(9, "2026-09-01T00:00:00Z"), row(8), row(7, "2026-07-01T00:00:00Z")), list="logevents")
    assert logs.time_of_lock(session, "Tin Whistle", "log 8") == SET
    [sent] = wiki.asked(list="logevents")
    asked = {"letype": "globalauth", "letitle": "User:Tin Whistle@global", "leprop": "ids|timestamp"}
    assert asked.items() <= sent.params.items()


@pytest.mark.parametrize(
    "found",
    [
        pytest.param(log(), id="an empty log"),
        pytest.param(log(row(9)), id="another entry"),
        pytest.param(log({"logid": 8}), id="an entry without a time"),
        pytest.param(log({"actionhidden": True}), id="a hidden entry"),
        pytest.param(Reply({"error": {"code": "permissiondenied", "info": "No."}}), id="refused"),
        pytest.param(Reply({"query": {"logevents": 3}}), id="another shape"),
        pytest.param(AnswerError("lost"), id="lost"),
    ],
)
def test_what_is_not_told_stays_empty(wiki: MemoryWiki, session: Session, found: Any) -> None:
    wiki.script(found, list="logevents")
    assert logs.time_of_lock(session, "Tin Whistle", "log 8") == ""


@pytest.mark.parametrize("where", ["global account", "", "log ", "log x", "log 8, 9", "block 8"])
def test_where_no_entry_is_named_nothing_is_asked(wiki: MemoryWiki, session: Session, where: str) -> None:
    before = len(wiki.sent)
    assert logs.time_of_lock(session, "Tin Whistle", where) == ""
    assert len(wiki.sent) == before


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        pytest.param(log({"timestamp": SET}), "2026-08-01", id="deleted"),
        pytest.param(log(), "", id="never"),
    ],
)
def test_the_day_of_a_deletion(wiki: MemoryWiki, session: Session, found: Reply, expected: str) -> None:
    wiki.script(found, list="logevents")
    assert logs.day_of_deletion(session, "User:TestBot/X") == expected
    [sent] = wiki.asked(list="logevents")
    asked = {"leaction": "delete/delete", "letitle": "User:TestBot/X", "leprop": "timestamp", "lelimit": "1"}
    assert asked.items() <= sent.params.items()


def test_a_deletion_that_cannot_be_read_is_an_error(wiki: MemoryWiki, session: Session) -> None:
    wiki.script(Reply({"error": {"code": "permissiondenied", "info": "No."}}), list="logevents")
    with pytest.raises(AnswerError):
        logs.day_of_deletion(session, "User:TestBot/X")


SINCE = datetime(2026, 11, 1, 9, 5, tzinfo=UTC)
NAMES = ("User talk:Ada", "User talk:Bea", "User talk:Cem", "User talk:Dan")


def part(*titles: str, more: str = "") -> Reply:
    """One answer about deletions; ``more`` is where the next one begins."""
    return Reply(
        {"query": {"logevents": [{"title": t} for t in titles]}, **({"continue": {"lecontinue": more}} if more else {})}
    )


def test_which_pages_were_deleted_since(wiki: MemoryWiki, session: Session) -> None:
    hidden = Reply(
        {"query": {"logevents": [{"actionhidden": True}, {"title": NAMES[0]}]}, "continue": {"lecontinue": "x"}}
    )
    wiki.script(hidden, part("User talk:Eve", NAMES[1], NAMES[0]), list="logevents")
    assert logs.deleted_since(session, NAMES, 3, SINCE) == set(NAMES[:2])
    one, two = wiki.asked(list="logevents")
    asked = {"leaction": "delete/delete", "lenamespace": "3", "leend": "2026-11-01T09:05:00Z", "leprop": "title"}
    assert asked.items() <= one.params.items()
    assert (one.params.get("lecontinue"), two.params.get("lecontinue")) == (None, "x")


def test_where_deletions_are_many_each_page_is_asked_for(wiki: MemoryWiki, session: Session) -> None:
    wiki.script(part(NAMES[3], more="x"), part("User talk:Eve", more="y"), list="logevents", lenamespace="3")
    for title, reply in zip(NAMES, (part(), part(NAMES[1]), part()), strict=False):
        wiki.script(reply, list="logevents", letitle=title)
    assert logs.deleted_since(session, NAMES, 3, SINCE) == {NAMES[1], NAMES[3]}
    assert [sent.params["leend"] for sent in wiki.asked(list="logevents")] == ["2026-11-01T09:05:00Z"] * (2 + 3)


def test_one_page_is_asked_for_by_its_title_and_none_is_not_asked_for(wiki: MemoryWiki, session: Session) -> None:
    wiki.script(part(NAMES[0]), list="logevents", letitle=NAMES[0])
    assert logs.deleted_since(session, NAMES[:1], 3, SINCE) == {NAMES[0]}
    before = len(wiki.sent)
    assert logs.deleted_since(session, (), 3, SINCE) == frozenset()
    assert len(wiki.sent) == before


REFUSED = Reply({"error": {"code": "permissiondenied", "info": "No."}})


@pytest.mark.parametrize(
    ("names", "found"),
    [
        pytest.param(NAMES, REFUSED, id="refused"),
        pytest.param(NAMES[:1], REFUSED, id="refused for one page"),
        pytest.param(NAMES, part(more="x"), id="the same again and again"),
    ],
)
def test_deletions_that_cannot_be_read_are_an_error(
    wiki: MemoryWiki, session: Session, names: tuple[str, ...], found: Reply
) -> None:
    wiki.script(found, found, list="logevents")
    with pytest.raises(AnswerError):
        logs.deleted_since(session, names, 3, SINCE)
