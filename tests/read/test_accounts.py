"""States of accounts: matched by name, and nothing that was not answered is ever an answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest
import requests

from bot.config import Network, Settings
from bot.model import AccountState, Existence, NotKnown, Restriction, Severity, SourceState
from bot.read import accounts
from bot.read.accounts import AccountsRead
from bot.read.session import Session
from tests.read.memory import Account, Accounts, MemoryWiki, Reply, Sent, from_sample, sample

PARTIAL = {
    "blockid": 3,
    "blockedby": "Steward",
    "blockreason": "Edit warring (sample)",
    "blockedtimestamp": "2026-11-21T00:18:46Z",
    "blockexpiry": "2027-11-21T00:24:48Z",
    "blockpartial": True,
}
SITEWIDE = {**PARTIAL, "blockid": 2, "blockexpiry": "infinite", "blockpartial": False}
BLOCK = {"id": "1", "timestamp": "2026-01-01T00:00:00Z", "expiry": "infinity"}


def one(session: Session, name: str = "Ada", **how: Any) -> AccountState:
    return accounts.states(session, [name], **how).states[name]


def causes(state: AccountState) -> dict[str, str]:
    return {source: fact.cause for source, fact in state.facts.items() if isinstance(fact, NotKnown)}


def details(read: AccountsRead) -> dict[str, str]:
    return {source.id: source.detail for source in read.sources}


def states_of(read: AccountsRead) -> dict[str, SourceState]:
    return {source.id: source.state for source in read.sources}


CLEAN: Mapping[str, None] = {"global-lock": None, "global-block": None, "local-block": None}


def test_a_clean_account_has_three_answers(wiki: MemoryWiki, session: Session) -> None:
    Accounts(wiki, Account("Ada", 5))
    state = one(session)
    assert (state.existence, state.central_id, state.facts) == (Existence.EXISTS, 5, CLEAN)


def test_the_sources_say_how_they_asked(wiki: MemoryWiki, session: Session) -> None:
    Accounts(wiki, Account("Ada", 5))
    read = accounts.states(session, ["Ada"])
    assert details(read) == {
        "global-lock": "list=globalusers",
        "global-block": "list=globalblocks",
        "local-block": "list=users",
    }
    assert set(states_of(read).values()) == {SourceState.OK}


RESTRICTED = [
    pytest.param(
        Account("Ada", 5, locked=12),
        "global-lock",
        Restriction(Severity.LOCK, "log 12", url="https://meta.wikimedia.org/w/index.php?title=Special:Log&logid=12"),
        id="locked",
    ),
    pytest.param(
        Account("Ada", 5, locked=True),
        "global-lock",
        Restriction(
            Severity.LOCK,
            "global account",
            url="https://meta.wikimedia.org/w/index.php?title=Special:CentralAuth/Ada",
        ),
        id="renamed after the lock, so without log entry",
    ),
    pytest.param(
        Account("Ada", 5, block=SITEWIDE),
        "local-block",
        Restriction(
            Severity.SITEWIDE_BLOCK,
            "block 2",
            since="2026-11-21T00:18:46Z",
            url="https://meta.wikimedia.org/w/index.php?title=Special:BlockList&wpTarget=Ada",
        ),
        id="sitewide, endless",
    ),
    pytest.param(
        Account("Ada", 5, block=PARTIAL),
        "local-block",
        Restriction(
            Severity.PARTIAL_BLOCK,
            "block 3",
            since="2026-11-21T00:18:46Z",
            expiry="2027-11-21T00:24:48Z",
            url="https://meta.wikimedia.org/w/index.php?title=Special:BlockList&wpTarget=Ada",
        ),
        id="partial",
    ),
    pytest.param(
        Account("Ada", 5, block={k: v for k, v in SITEWIDE.items() if k != "blockpartial"}),
        "local-block",
        Restriction(
            Severity.SITEWIDE_BLOCK,
            "block 2",
            since="2026-11-21T00:18:46Z",
            url="https://meta.wikimedia.org/w/index.php?title=Special:BlockList&wpTarget=Ada",
        ),
        id="a wiki that only mentions blockpartial when it is so",
    ),
    pytest.param(
        Account("Ada", 5, block={"blockid": None, "blockcomponents": [{"blockid": 7}, {"blockid": 8}]}),
        "local-block",
        Restriction(
            Severity.SITEWIDE_BLOCK,
            "block 7, 8",
            url="https://meta.wikimedia.org/w/index.php?title=Special:BlockList&wpTarget=Ada",
        ),
        id="several blocks at once",
    ),
    pytest.param(
        Account("Ada", 5, global_block=BLOCK),
        "global-block",
        Restriction(
            Severity.GLOBAL_BLOCK,
            "global block 1",
            since="2026-01-01T00:00:00Z",
            url="https://meta.wikimedia.org/w/index.php?title=Special:GlobalBlockList/Ada",
        ),
        id="globally blocked",
    ),
]


@pytest.mark.parametrize(("account", "source", "fact"), RESTRICTED)
def test_what_is_known_of_an_account(
    wiki: MemoryWiki, session: Session, account: Account, source: str, fact: Restriction
) -> None:
    Accounts(wiki, account)
    state = one(session)
    assert state.facts == {**CLEAN, source: fact}
    assert "sample" not in repr(state), "no reason is copied from a log"


def test_a_lock_seen_from_another_wiki_links_where_it_can_be_seen(
    wiki: MemoryWiki, open_session: Callable[..., Session]
) -> None:
    settings = Settings(site="commons:commons", central_site="meta:meta", network=Network(between_reads=0))
    session = open_session(settings)
    Accounts(wiki, Account("Ada", 5, locked=12))
    lock = one(session).facts["global-lock"]
    assert isinstance(lock, Restriction)
    assert (lock.where, lock.url) == (
        "log 12",
        "https://commons.wikimedia.org/w/index.php?title=Special:CentralAuth/Ada",
    )


EXISTENCE = [
    pytest.param("Nobody", Existence.MISSING, None, {}, id="unknown, hidden, suppressed or renamed away: all alike"),
    pytest.param("a<b", Existence.INVALID, None, {}, id="a name that cannot be"),
    pytest.param("Elsewhere", Existence.EXISTS, 8, CLEAN, id="no account here: it cannot be blocked here"),
    pytest.param("~2026-1", Existence.TEMPORARY, 84, CLEAN, id="temporary"),
    pytest.param(
        "Alone",
        Existence.EXISTS,
        None,
        {
            "global-lock": NotKnown("No global account of this name is visible."),
            "global-block": NotKnown("No global account of this name is visible."),
            "local-block": None,
        },
        id="here only, its global account is gone or hidden",
    ),
    pytest.param(
        "Usurped",
        Existence.EXISTS,
        10,
        {
            **CLEAN,
            "local-block": NotKnown(
                "The account of this name on this wiki does not belong to the global account of this name."
            ),
        },
        id="the account here is another person's",
    ),
    pytest.param(
        "Moving",
        Existence.EXISTS,
        11,
        dict.fromkeys(
            CLEAN,
            NotKnown("The wiki's two answers about this account disagree; it may have been renamed during this check."),
        ),
        id="the two answers disagree",
    ),
]


@pytest.mark.parametrize(("name", "existence", "central_id", "facts"), EXISTENCE)
def test_what_an_account_is(
    wiki: MemoryWiki,
    session: Session,
    name: str,
    existence: Existence,
    central_id: int | None,
    facts: Mapping[str, object],
) -> None:
    Accounts(
        wiki,
        Account("Elsewhere", 8, local=False),
        Account("~2026-1", 84, groups=("temp",)),
        Account("Alone", None),
        Account("Usurped", 10, attached_to=0, block=SITEWIDE),
        Account("Moving", 11, attached_to=12, locked=3, block=SITEWIDE),
    )
    state = one(session, name)
    assert (state.existence, state.central_id, state.facts) == (existence, central_id, facts)


def test_accounts_of_other_wikis_are_mentioned(wiki: MemoryWiki, session: Session) -> None:
    Accounts(wiki, Account("Elsewhere", 8, local=False))
    said = details(accounts.states(session, ["Elsewhere"]))["local-block"]
    assert said == "list=users; names without an account on this wiki: 1"


@pytest.mark.parametrize(
    ("names", "batches"),
    [([], []), (["Ada"], [1]), (["Ada", "Ada"], [1]), ([f"P{n}" for n in range(137)], [50, 50, 37])],
)
def test_one_request_for_each_fifty_names(
    wiki: MemoryWiki, session: Session, names: list[str], batches: list[int]
) -> None:
    Accounts(wiki, *(Account(name, number + 1) for number, name in enumerate(dict.fromkeys(names))))
    before = session.requests["api"]
    accounts.states(session, names)
    assert [len(sent.values("ususers")) for sent in wiki.asked(list="users|globalusers")] == batches
    assert [len(sent.values("bgtargets")) for sent in wiki.asked(list="globalblocks")] == batches
    assert {sent.params["bglimit"] for sent in wiki.asked(list="globalblocks")} <= {"max"}
    assert session.requests["api"] - before == 1 + 2 * len(batches)


def test_five_hundred_with_high_limits(wiki: MemoryWiki, open_session: Callable[..., Session]) -> None:
    wiki.user = {"id": 6, "name": "TestBot", "rights": ["apihighlimits"]}
    session = open_session()
    world = Accounts(wiki, *(Account(f"P{n}", n + 1) for n in range(1000)))
    world.limit = 500
    read = accounts.states(session, list(world.by_name))
    assert session.requests["api"] == 1 + 1 + 2 + 2
    assert {state.existence for state in read.states.values()} == {Existence.EXISTS}


def test_a_right_without_its_grant_falls_back_to_small_batches(
    wiki: MemoryWiki, open_session: Callable[..., Session]
) -> None:
    wiki.user = {"id": 6, "name": "TestBot", "rights": ["apihighlimits"]}
    session = open_session()
    world = Accounts(wiki, *(Account(f"P{n}", n + 1) for n in range(120)))
    read = accounts.states(session, list(world.by_name))
    assert {state.existence for state in read.states.values()} == {Existence.EXISTS}
    assert session.limit == 50


def test_progress_ends_with_all(wiki: MemoryWiki, session: Session) -> None:
    world = Accounts(wiki, *(Account(f"P{n}", n + 1) for n in range(120)))
    seen: list[tuple[int, int]] = []
    accounts.states(session, list(world.by_name), progress=lambda done, all_: seen.append((done, all_)))
    assert seen == [(50, 120), (100, 120), (120, 120)]


def test_a_pipe_in_a_name_does_not_become_two_names(wiki: MemoryWiki, session: Session) -> None:
    Accounts(wiki, Account("A", 1), Account("B", 2), Account("C", 3))
    read = accounts.states(session, ["A|B", "C"])
    assert {name: state.existence for name, state in read.states.items()} == {
        "A|B": Existence.MISSING,
        "C": Existence.EXISTS,
    }


def test_recorded_answers_together(wiki: MemoryWiki, session: Session) -> None:
    rows = sample("users_blockinfo_mix")["query"] | sample("globalusers_mix")["query"]
    wiki.script(Reply({"query": rows}), list="users|globalusers")
    wiki.script(Reply({"query": {"globalblocks": []}}), list="globalblocks")
    names = ["Sitewide Example", "Partial Example", "Vandal Example One", "Hidden Example", "Ordinal Heron", "a<b"]
    read = accounts.states(session, names).states
    assert {name: state.existence for name, state in read.items()} == {
        "Sitewide Example": Existence.EXISTS,  # only list=users answered about these two
        "Partial Example": Existence.EXISTS,
        "Vandal Example One": Existence.EXISTS,
        "Hidden Example": Existence.MISSING,
        "Ordinal Heron": Existence.EXISTS,
        "a<b": Existence.INVALID,
    }
    assert causes(read["Sitewide Example"]) == {"global-lock": "The wiki gave no answer about this account."}
    assert isinstance(read["Vandal Example One"].facts["global-lock"], Restriction)
    assert read["Ordinal Heron"].facts == CLEAN


def test_a_name_that_does_not_come_back_is_unanswered(wiki: MemoryWiki, session: Session) -> None:
    wiki.on(lambda sent: Reply({"query": {"users": [], "globalusers": []}}) if sent.params.get("list") else None)
    state = one(session)
    assert state.existence is Existence.UNANSWERED
    assert set(causes(state)) == set(CLEAN)


def test_an_answer_cut_short_is_asked_for_again(wiki: MemoryWiki, session: Session) -> None:
    world = Accounts(wiki, *(Account(f"P{n}", n + 1) for n in range(40)))
    world.most_rows = 12
    read = accounts.states(session, list(world.by_name), off=frozenset({"global-block"}))
    assert {state.existence for state in read.states.values()} == {Existence.EXISTS}
    sizes = [len(sent.values("gususers")) for sent in wiki.asked(list="users|globalusers")]
    assert sizes == [40, 28, 16, 4]


def test_a_continuation_that_never_shrinks_ends(wiki: MemoryWiki, session: Session) -> None:
    wiki.on(lambda sent: from_sample("globalusers_continue_1") if sent.params.get("list") else None)
    names = [f"Nobody Continuation Example {n:02}" for n in range(1, 41)]
    read = accounts.states(session, names, off=frozenset({"global-block"}))
    assert len(wiki.asked(list="users|globalusers")) <= 3
    assert read.states[names[0]].existence is Existence.MISSING
    assert read.states[names[39]].existence is Existence.UNANSWERED


def test_an_account_without_an_explicit_no_is_not_unlocked(wiki: MemoryWiki, session: Session) -> None:
    row = {"centralid": 5, "name": "Ada"}
    local = {"name": "Ada", "userid": 1, "centralids": {"CentralAuth": 5}, "attachedlocal": {"CentralAuth": True}}
    wiki.script(Reply({"query": {"users": [local], "globalusers": [row]}}), list="users|globalusers")
    assert "did not say whether" in causes(one(session, off=frozenset({"global-block"})))["global-lock"]


FAILURES = [
    pytest.param(requests.exceptions.ReadTimeout(), "did not answer in time", id="timeouts"),
    pytest.param(Reply("", 503, {"Retry-After": "600"}), "asks to wait 600 seconds", id="503"),
    pytest.param(Reply("<html>"), "text/html", id="HTML"),
    pytest.param(Reply({"query": {"users": {}, "globalusers": {}}}), "cannot be understood", id="another shape"),
    pytest.param(
        Reply({"error": {"code": "internal_api_error_X", "info": "x"}}), "internal_api_error_X", id="API error"
    ),
]


@pytest.mark.parametrize(("trouble", "says"), FAILURES)
def test_a_failure_in_the_middle_spares_what_was_read(
    wiki: MemoryWiki, session: Session, trouble: Reply | Exception, says: str
) -> None:
    world = Accounts(wiki, *(Account(f"P{n}", n + 1) for n in range(120)))
    wiki.on(lambda sent: trouble if "P50" in (*sent.values("ususers"), *sent.values("gususers")) else None)
    read = accounts.states(session, list(world.by_name))
    assert read.states["P49"].facts == CLEAN
    assert read.states["P50"].existence is Existence.UNANSWERED
    assert says in causes(read.states["P50"])["global-lock"]
    assert says in causes(read.states["P50"])["local-block"]
    assert states_of(read) == {
        "global-lock": SourceState.FAILED,
        "global-block": SourceState.OK,
        "local-block": SourceState.FAILED,
    }
    assert says in details(read)["global-lock"]


def test_global_blocks_fail_alone(wiki: MemoryWiki, session: Session) -> None:
    Accounts(wiki, Account("Ada", 5, locked=1))
    wiki.on(lambda sent: Reply("<html>") if sent.params.get("list") == "globalblocks" else None)
    read = accounts.states(session, ["Ada"])
    assert states_of(read)["global-block"] is SourceState.FAILED
    assert isinstance(read.states["Ada"].facts["global-lock"], Restriction)
    assert list(causes(read.states["Ada"])) == ["global-block"]


@pytest.mark.parametrize(("broken", "works"), [("globalusers", "local-block"), ("users", "global-lock")])
def test_one_of_two_modules_in_a_request_may_fail_alone(
    wiki: MemoryWiki, session: Session, broken: str, works: str
) -> None:
    Accounts(wiki, Account("Ada", 5, locked=1, block=SITEWIDE))
    error = Reply({"error": {"code": "internal_api_error_X", "info": "x"}})
    wiki.on(lambda sent: error if broken in sent.values("list") else None)
    read = accounts.states(session, ["Ada"])
    assert isinstance(read.states["Ada"].facts[works], Restriction)
    assert [source.id for source in read.sources if source.state is SourceState.FAILED] == [
        "global-lock" if broken == "globalusers" else "local-block"
    ]


def test_a_name_that_only_one_module_knows_as_missing_is_not_missing(wiki: MemoryWiki, session: Session) -> None:
    Accounts(wiki, Account("Elsewhere", 8, local=False))
    wiki.on(lambda sent: Reply("<html>") if "globalusers" in sent.values("list") else None)
    assert one(session, "Elsewhere").existence is Existence.UNANSWERED


def test_without_the_new_module_each_name_costs_a_request(wiki: MemoryWiki, session: Session) -> None:
    wiki.modules = ["globaluserinfo", "globalblocks"]
    Accounts(wiki, Account("Ada", 5, locked=8), Account("Bo", 6), Account("Cy", None))
    before, seen = session.requests["api"], list[tuple[int, int]]()
    read = accounts.states(
        session, ["Ada", "Bo", "Cy", "Nobody", "a<b"], progress=lambda done, all_: seen.append((done, all_))
    )
    assert session.requests["api"] - before == 1 + 1 + 5 + 1
    assert seen[-1] == (5, 5)
    assert details(read)["global-lock"] == "meta=globaluserinfo, one request for each name"
    assert isinstance(read.states["Ada"].facts["global-lock"], Restriction)
    assert read.states["Bo"].facts == CLEAN
    assert {name: state.existence for name, state in read.states.items()} == {
        "Ada": Existence.EXISTS,
        "Bo": Existence.EXISTS,
        "Cy": Existence.EXISTS,
        "Nobody": Existence.MISSING,
        "a<b": Existence.INVALID,
    }


def test_single_requests_that_fail_in_the_middle(wiki: MemoryWiki, session: Session) -> None:
    wiki.modules = ["globaluserinfo"]
    Accounts(wiki, Account("Ada", 5), Account("Bo", 6), Account("Cy", 7))
    wiki.on(lambda sent: Reply("<html>") if sent.params.get("guiuser") == "Bo" else None)
    read = accounts.states(session, ["Ada", "Bo", "Cy"], off=frozenset({"global-block"}))
    assert read.states["Ada"].facts["global-lock"] is None
    assert "text/html" in causes(read.states["Cy"])["global-lock"]
    assert read.states["Cy"].central_id == 7, "the local answer knows it"


def test_an_account_that_answers_under_another_name_is_unanswered(wiki: MemoryWiki, session: Session) -> None:
    wiki.modules = ["globaluserinfo"]
    Accounts(wiki, Account("Ada", 5))
    other = Reply({"query": {"globaluserinfo": {"id": 9, "name": "Bo"}}})
    wiki.on(lambda sent: other if sent.params.get("meta") == "globaluserinfo" else None)
    state = one(session, off=frozenset({"global-block"}))
    assert causes(state) == {"global-lock": "The wiki gave no answer about this account."}


def test_a_wiki_without_global_accounts(wiki: MemoryWiki, session: Session) -> None:
    wiki.modules = []
    Accounts(wiki, Account("Ada", None, block=SITEWIDE))
    read = accounts.states(session, ["Ada", "Nobody"])
    assert states_of(read) == {
        "global-lock": SourceState.FAILED,
        "global-block": SourceState.FAILED,
        "local-block": SourceState.OK,
    }
    assert "CentralAuth" in causes(read.states["Ada"])["global-lock"]
    assert "GlobalBlocking" in causes(read.states["Ada"])["global-block"]
    assert isinstance(read.states["Ada"].facts["local-block"], Restriction)


def test_a_probe_without_answer_fails_what_it_was_for(wiki: MemoryWiki, session: Session) -> None:
    Accounts(wiki, Account("Ada", 5, block=SITEWIDE))
    wiki.on(lambda sent: Reply("<html>") if sent.params.get("action") == "paraminfo" else None)
    read = accounts.states(session, ["Ada"])
    assert "text/html" in details(read)["global-lock"]
    assert isinstance(read.states["Ada"].facts["local-block"], Restriction)


@pytest.mark.parametrize("off", accounts.SOURCE_IDS)
def test_a_source_that_is_off_is_not_asked_and_has_no_fact(wiki: MemoryWiki, session: Session, off: str) -> None:
    Accounts(wiki, Account("Ada", 5, locked=1, block=SITEWIDE, global_block=BLOCK))
    read = accounts.states(session, ["Ada"], off=frozenset({off}))
    assert states_of(read)[off] is SourceState.OFF
    assert set(read.states["Ada"].facts) == set(accounts.SOURCE_IDS) - {off}
    assert read.states["Ada"].central_id == 5
    assert bool(wiki.asked(list="globalblocks")) == (off != "global-block")


def test_locks_that_are_off_do_not_cost_a_request_for_each_name(wiki: MemoryWiki, session: Session) -> None:
    wiki.modules = ["globaluserinfo", "globalblocks"]
    Accounts(wiki, Account("Ada", 5))
    read = accounts.states(session, ["Ada"], off=frozenset({"global-lock"}))
    assert not wiki.asked(meta="globaluserinfo")
    assert read.states["Ada"].facts == {"global-block": None, "local-block": None}


def test_a_dead_wiki_is_no_exception_here(wiki: MemoryWiki, session: Session) -> None:
    def dead(_sent: Sent) -> Exception:
        return requests.exceptions.ConnectionError("Connection refused")

    wiki.on(dead)
    read = accounts.states(session, ["Ada"])
    assert set(states_of(read).values()) == {SourceState.FAILED}
    assert read.states["Ada"].existence is Existence.UNANSWERED
