"""Whose a global block is: the rows carry the name of the day of the block."""

from __future__ import annotations

from typing import Any

import pytest

from bot.model import NotKnown, Restriction
from bot.read import globalblocks
from bot.read.globalblocks import BlocksRead
from bot.read.session import Session
from tests.read.memory import Account, Accounts, MemoryWiki, Reply, from_sample

OLD, NEW = "Old Name Example", "New Name Example"


def row(number: int, target: str | None, timestamp: str = "2026-11-21T00:18:26Z") -> dict[str, Any]:
    return {"id": str(number), "target": target, "timestamp": timestamp, "expiry": "infinity"}


def read(session: Session, world: Accounts) -> BlocksRead:
    return globalblocks.read(session, {a.name: a.registration for a in world.by_name.values()})


def where(blocks: BlocksRead) -> dict[str, str]:
    return {name: fact.where for name, fact in blocks.facts.items() if isinstance(fact, Restriction)}


def unknown(blocks: BlocksRead) -> set[str]:
    return {name for name, fact in blocks.facts.items() if isinstance(fact, NotKnown)}


def people(count: int, *more: Account) -> list[Account]:
    return [*(Account(f"P{n}", n + 1) for n in range(count)), *more]


def renamed_block(*names: str) -> Account:
    return Account(NEW, 999, global_block=row(2, OLD))


def test_blocks_belong_to_the_names_in_the_rows(wiki: MemoryWiki, session: Session) -> None:
    world = Accounts(wiki, Account("Ada", 5, global_block=row(1, "Ada")), Account("Bo", 6))
    blocks = read(session, world)
    assert (where(blocks), blocks.facts["Bo"], blocks.failed) == ({"Ada": "global block 1"}, None, "")


def test_a_block_under_an_older_name_is_found_by_the_rename_log(wiki: MemoryWiki, session: Session) -> None:
    world = Accounts(wiki, *people(49, renamed_block()))
    world.rename(OLD, NEW, 23, "2026-11-21T00:18:27Z")
    before = session.requests["api"]
    blocks = read(session, world)
    assert where(blocks) == {NEW: "global block 2"}
    assert unknown(blocks) == set()
    assert session.requests["api"] - before == 1 + 2 + 1, "one batch, two looks into the log, one proof"


def test_a_recorded_batch_with_a_renamed_account(wiki: MemoryWiki, session: Session) -> None:
    names = ["Ordinal Heron", NEW, "Globally Blocked Example", "Quillfeather"]
    Accounts(wiki).rename(OLD, NEW, 23, "2026-11-21T00:18:27Z")
    wiki.script(
        from_sample("globalblocks_mixed_batch"), from_sample("globalblocks_renamed_by_new_name"), list="globalblocks"
    )
    blocks = globalblocks.read(session, dict.fromkeys(names, ""))
    assert where(blocks) == {"Globally Blocked Example": "global block 1", NEW: "global block 2"}
    fact = blocks.facts[NEW]
    assert isinstance(fact, Restriction)
    assert (fact.since, fact.expiry) == ("2026-11-21T00:18:26Z", "2027-12-31T00:00:00Z")


def test_without_a_rename_log_it_is_found_by_asking_about_ever_fewer(wiki: MemoryWiki, session: Session) -> None:
    world = Accounts(wiki, *people(49, renamed_block()))
    before = session.requests["api"]
    blocks = read(session, world)
    assert where(blocks) == {NEW: "global block 2"}
    assert session.requests["api"] - before <= 1 + 1 + 7


def test_two_blocks_under_older_names(wiki: MemoryWiki, session: Session) -> None:
    world = Accounts(
        wiki, *people(20, renamed_block(), Account("Bo", 998, global_block=row(3, "Bo before"))), *people(0)
    )
    assert where(read(session, world)) == {NEW: "global block 2", "Bo": "global block 3"}


def test_an_older_block_is_not_the_one_of_a_newer_account_of_that_name(wiki: MemoryWiki, session: Session) -> None:
    """Blocked as X, renamed to Y, and then somebody else registered X: the block is Y's."""
    newer = Account(OLD, 7, registration="2026-12-01T00:00:00Z")
    world = Accounts(wiki, newer, renamed_block())
    world.rename(OLD, NEW, 23, "2026-11-22T00:00:00Z")
    blocks = read(session, world)
    assert where(blocks) == {NEW: "global block 2"}
    assert blocks.facts[OLD] is None


def test_a_block_that_cannot_be_placed_leaves_nobody_clear(wiki: MemoryWiki, session: Session) -> None:
    world = Accounts(wiki, *people(3), Account("Ada", 50, global_block=row(1, "Ada")))
    stray = {"query": {"globalblocks": [row(1, "Ada"), row(9, "Somebody before")]}}
    wiki.script(Reply(stray), list="globalblocks")
    blocks = read(session, world)
    assert where(blocks) == {"Ada": "global block 1"}
    assert unknown(blocks) == {"P0", "P1", "P2"}


def test_automatic_blocks_of_addresses_are_nobodys(wiki: MemoryWiki, session: Session) -> None:
    world = Accounts(wiki, Account("Ada", 5))
    rows = [{**row(4, None), "automatic": True}, {"id": 5, "timestamp": "x", "automatic": True}]
    wiki.script(Reply({"query": {"globalblocks": rows}}), list="globalblocks")
    assert read(session, world).facts == {"Ada": None}


def test_a_name_that_went_away_does_not_cost_the_batch(wiki: MemoryWiki, session: Session) -> None:
    world = Accounts(wiki, *people(49))
    world.nosuchuser = True
    asked = dict.fromkeys([*world.by_name, "Gone meanwhile"], "")
    blocks = globalblocks.read(session, asked)
    assert unknown(blocks) == {"Gone meanwhile"}
    assert list(blocks.facts.values()).count(None) == 49
    assert len(wiki.asked(list="globalblocks")) <= 13


def test_a_wiki_that_refuses_everything_is_not_asked_for_ever(wiki: MemoryWiki, session: Session) -> None:
    world = Accounts(wiki)
    world.nosuchuser = True
    blocks = globalblocks.read(session, {f"P{n}": "" for n in range(200)})
    assert "too many requests" in blocks.failed
    assert len(wiki.asked(list="globalblocks")) <= 70


def test_an_answer_cut_at_its_limit_is_asked_in_parts(wiki: MemoryWiki, session: Session) -> None:
    world = Accounts(wiki, *(Account(f"P{n}", n + 1, global_block=row(n, f"P{n}")) for n in range(12)))
    world.most_rows = 10
    assert len(where(read(session, world))) == 12


def test_an_answer_about_one_name_that_is_still_cut_is_not_believed(wiki: MemoryWiki, session: Session) -> None:
    cut = Reply({"continue": {"bgstart": "x"}, "query": {"globalblocks": []}})
    wiki.on(lambda sent: cut if sent.params.get("list") == "globalblocks" else None)
    blocks = globalblocks.read(session, {"Ada": ""})
    assert unknown(blocks) == {"Ada"}


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(Reply({"query": {"globalblocks": [{"target": "Ada"}]}}), id="a row without id"),
        pytest.param(Reply({"batchcomplete": True}), id="no list"),
        pytest.param(Reply({"error": {"code": "readapidenied", "info": "x"}}), id="refused"),
    ],
)
def test_failures_are_told(wiki: MemoryWiki, session: Session, answer: Reply) -> None:
    wiki.script(answer, list="globalblocks")
    blocks = globalblocks.read(session, {"Ada": ""})
    assert (bool(blocks.failed), blocks.facts) == (True, {})


@pytest.mark.parametrize("word", ["infinite", "infinity", "indefinite", "never"])
def test_words_for_endless(word: str) -> None:
    assert globalblocks.endless(word)
    assert not globalblocks.endless("2027-12-31T00:00:00Z")
