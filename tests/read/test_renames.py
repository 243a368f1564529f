"""Rename logs, followed in both directions and believed only where a row says what was asked."""

from __future__ import annotations

from typing import Any

import pytest

from bot.errors import AnswerError
from bot.model import Rename
from bot.read import renames
from bot.read.session import Session
from tests.read.memory import Accounts, MemoryWiki, Reply, from_sample

DAY = "2026-01-{:02}T00:00:00Z"


def names(steps: tuple[Rename, ...]) -> list[tuple[str, str]]:
    return [(step.old, step.new) for step in steps]


def world(wiki: MemoryWiki, *steps: tuple[str, str, int], kind: str = "renameuser") -> None:
    """Write renames (old, new, day) into the log, newest first as the wiki gives them."""
    accounts = Accounts(wiki)
    for number, (old, new, day) in sorted(enumerate(steps, 1), key=lambda step: -step[1][2]):
        accounts.rename(old, new, number, DAY.format(day), kind)


def test_a_recorded_rename(wiki: MemoryWiki, session: Session) -> None:
    log = from_sample("logevents_renameuser").body["query"]["logevents"]
    wiki.script(Reply({"query": {"logevents": [log[1]]}}), letitle="User:Old Name Example")
    wiki.script(Reply({"query": {"logevents": []}}), letitle="User:New Name Example")
    url = "https://meta.wikimedia.org/w/index.php?title=Special:Log&logid=23"
    assert renames.chain(session, "Old Name Example") == (
        Rename("Old Name Example", "New Name Example", "log 23", url),
    )


def test_a_recorded_global_rename(wiki: MemoryWiki, session: Session) -> None:
    log = from_sample("logevents_gblrename").body["query"]["logevents"]
    wiki.script(Reply({"query": {"logevents": [log[0]]}}), letype="gblrename")
    wiki.script(Reply({"query": {"logevents": []}}), letitle="Special:CentralAuth/Relisted Example")
    assert names(renames.earlier_names(session, "Renamed After Lock Example")) == [
        ("Relisted Example", "Renamed After Lock Example")
    ]


CHAINS = [
    pytest.param([], [], id="never renamed"),
    pytest.param([("A", "B", 1)], [("A", "B")], id="one step"),
    pytest.param([("A", "B", 1), ("B", "C", 2)], [("A", "B"), ("B", "C")], id="two steps"),
    pytest.param([("A", "X", 1), ("A", "B", 3)], [("A", "B")], id="two accounts had the name: the last one"),
    pytest.param(
        [("A", "B", 5), ("B", "C", 2)], [("A", "B")], id="an earlier owner of the new name is another account"
    ),
    pytest.param(
        [("A", "B", 1), ("B", "C", 2), ("B", "D", 9)], [("A", "B"), ("B", "C")], id="the next owner of B went elsewhere"
    ),
    pytest.param([("A", "B", 1), ("B", "A", 2)], [("A", "B"), ("B", "A")], id="there and back: the log ends there"),
    pytest.param([("A", "A", 1)], [("A", "A")], id="to itself"),
    pytest.param([("A", "B", 1), ("B", "C", 1)], [("A", "B"), ("B", "C")], id="within one second"),
]


@pytest.mark.parametrize(("log", "steps"), CHAINS)
def test_following_forwards(
    wiki: MemoryWiki, session: Session, log: list[tuple[str, str, int]], steps: list[tuple[str, str]]
) -> None:
    world(wiki, *log)
    before = session.requests["api"]
    assert names(renames.chain(session, "A")) == steps
    assert session.requests["api"] - before <= len(steps) + 1


BACK = [
    pytest.param([], [], id="never renamed"),
    pytest.param([("A", "B", 1), ("B", "Z", 2)], [("B", "Z"), ("A", "B")], id="two steps, newest first"),
    pytest.param([("A", "Z", 1), ("B", "Z", 2)], [("B", "Z")], id="the last to get the name"),
    pytest.param([("A", "B", 5), ("B", "Z", 2)], [("B", "Z")], id="a later owner of the old name is another account"),
    pytest.param([("Z", "B", 1), ("B", "Z", 2)], [("B", "Z"), ("Z", "B")], id="there and back"),
]


@pytest.mark.parametrize(("log", "steps"), BACK)
def test_following_backwards(
    wiki: MemoryWiki, session: Session, log: list[tuple[str, str, int]], steps: list[tuple[str, str]]
) -> None:
    world(wiki, *log, kind="gblrename")
    assert names(renames.earlier_names(session, "Z")) == steps


def test_a_chain_without_end_ends(wiki: MemoryWiki, session: Session) -> None:
    world(wiki, *((f"N{n}", f"N{n + 1}", n + 1) for n in range(28)))
    assert len(renames.chain(session, "N0")) == 10


def row(**fields: Any) -> dict[str, Any]:
    base = {"logid": 1, "ns": 2, "title": "User:A", "type": "renameuser", "timestamp": DAY.format(1)}
    return {**base, "params": {"olduser": "A", "newuser": "B"}, **fields}


DOUBTS = [
    pytest.param(row(title="User:X"), id="the unfiltered log: another title"),
    pytest.param(row(params={"olduser": "X", "newuser": "B"}), id="title and parameters disagree"),
    pytest.param(row(params=[]), id="no parameters"),
    pytest.param(row(params={"0": "User:B"}), id="an old form of the log"),
    pytest.param(row(type="move"), id="another log"),
    pytest.param(row(ns=0), id="not a user page"),
    pytest.param({"logid": 1, "type": "renameuser", "actionhidden": True}, id="a hidden row"),
]


@pytest.mark.parametrize("doubtful", DOUBTS)
def test_rows_that_are_not_believed(wiki: MemoryWiki, session: Session, doubtful: dict[str, Any]) -> None:
    wiki.on(lambda sent: Reply({"query": {"logevents": [doubtful]}}) if sent.params.get("letype") else None)
    assert renames.chain(session, "A") == ()


def test_the_name_of_the_namespace_may_be_in_any_language(wiki: MemoryWiki, session: Session) -> None:
    wiki.script(Reply({"query": {"logevents": [row(title="Benutzerin:A")]}}), letitle="User:A")
    wiki.script(Reply({"query": {"logevents": []}}), letitle="User:B")
    assert names(renames.chain(session, "A")) == [("A", "B")]


def test_a_wiki_that_does_not_filter_is_not_believed(wiki: MemoryWiki, session: Session) -> None:
    warned = {"warnings": {"main": {"warnings": "Unrecognized parameter: letitle."}}, "query": {"logevents": [row()]}}
    wiki.on(lambda sent: Reply(warned) if sent.params.get("letype") else None)
    with pytest.raises(AnswerError, match="did not understand"):
        renames.chain(session, "A")


def test_a_title_that_cannot_be_has_no_renames(wiki: MemoryWiki, session: Session) -> None:
    refused = Reply({"error": {"code": "invalidtitle", "info": "Bad title"}})
    wiki.on(lambda sent: refused if sent.params.get("letype") else None)
    assert renames.chain(session, "a<b") == ()


def test_other_refusals_are_errors(wiki: MemoryWiki, session: Session) -> None:
    refused = Reply({"error": {"code": "permissiondenied", "info": "x"}})
    wiki.on(lambda sent: refused if sent.params.get("letype") else None)
    with pytest.raises(AnswerError, match="permissiondenied"):
        renames.chain(session, "A")
