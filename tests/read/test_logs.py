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


def test_all_pages_that_were_deleted_since(wiki: MemoryWiki, session: Session) -> None:
    first = {
        "query": {"logevents": [{"title": "User talk:Ada"}, {"actionhidden": True}]},
        "continue": {"lecontinue": "x"},
    }
    wiki.script(Reply(first), log({"title": "User talk:Bea"}, {"title": "User talk:Ada"}), list="logevents")
    assert logs.deleted_since(session, 3, SINCE) == {"User talk:Ada", "User talk:Bea"}
    one, two = wiki.asked(list="logevents")
    asked = {"leaction": "delete/delete", "lenamespace": "3", "leend": "2026-11-01T09:05:00Z", "leprop": "title"}
    assert asked.items() <= one.params.items()
    assert (one.params.get("lecontinue"), two.params.get("lecontinue")) == (None, "x")


@pytest.mark.parametrize(
    "found",
    [
        pytest.param(Reply({"error": {"code": "permissiondenied", "info": "No."}}), id="refused"),
        pytest.param(
            Reply({"query": {"logevents": []}, "continue": {"lecontinue": "x"}}), id="the same again and again"
        ),
    ],
)
def test_deletions_that_cannot_be_read_are_an_error(wiki: MemoryWiki, session: Session, found: Reply) -> None:
    wiki.script(found, found, found, list="logevents")
    with pytest.raises(AnswerError):
        logs.deleted_since(session, 3, SINCE)
