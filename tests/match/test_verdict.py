"""What makes a FLAG, a REVIEW, an UNKNOWN, and that nothing unanswered is ever CLEAR."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.match.verdict import Facts, Judge, verdict_of
from bot.model import (
    AccountState,
    BanEntry,
    Evidence,
    Existence,
    Fact,
    NameState,
    NotKnown,
    Origin,
    Registrant,
    Rename,
    Restriction,
    Severity,
    Source,
    SourceKind,
    SourceState,
    Tier,
    VerdictKind,
)

BANS = Source("bans", SourceKind.LIST, "wmf", Severity.BAN, SourceState.OK, title="Ban list", revid=640, entries=1)
LOCKS = Source("global-lock", SourceKind.ACCOUNT, "stewards", Severity.LOCK, SourceState.OK)
BLOCKS = Source("local-block", SourceKind.ACCOUNT, "administrators", None, SourceState.OK)
SOURCES = (BANS, LOCKS, BLOCKS)
LOCK = Restriction(Severity.LOCK, "log 8", since="2026-01-01T00:00:00Z")
SITEWIDE = Restriction(Severity.SITEWIDE_BLOCK, "block 2")
PARTIAL = Restriction(Severity.PARTIAL_BLOCK, "block 3")


def account(name: str, central_id: int | None = 5, lock: Fact = None, block: Fact = None) -> AccountState:
    return AccountState(name, Existence.EXISTS, central_id, {"global-lock": lock, "local-block": block})


def gone(name: str) -> AccountState:
    return AccountState(name, Existence.MISSING, None, {})


def entry(name: str) -> BanEntry:
    return BanEntry(name, 12, "", "wmf", "March 2014", "bans")


def registrant(name: str | None = "Ada", **more: object) -> Registrant:
    return replace(Registrant(name, Origin("campaignevents")), **more)  # type: ignore[arg-type]  # a test's keywords


def facts(*states: AccountState, **more: object) -> Facts:
    base = Facts(SOURCES, (), {state.name: state for state in states})
    return replace(base, **more)  # type: ignore[arg-type]  # a test's keywords


@pytest.mark.parametrize(
    ("state", "who", "verdict", "severities"),
    [
        pytest.param(account("Ada"), registrant(), "CLEAR", [], id="every source answered and nothing is there"),
        pytest.param(account("Ada", lock=LOCK), registrant(), "FLAG", ["lock"], id="locked"),
        pytest.param(account("Ada", block=SITEWIDE), registrant(), "FLAG", ["sitewide block"], id="sitewide block"),
        pytest.param(
            account("Ada", block=PARTIAL), registrant(), "REVIEW", ["partial block"], id="partial block is weak"
        ),
        pytest.param(
            account("Ada", lock=LOCK, block=PARTIAL),
            registrant(),
            "FLAG",
            ["lock", "partial block"],
            id="gravest first, the milder one is kept",
        ),
        pytest.param(gone("Ada"), registrant(), "UNKNOWN", [], id="missing, hidden and renamed look alike"),
        pytest.param(AccountState("Ada", Existence.INVALID), registrant(), "UNKNOWN", [], id="invalid"),
        pytest.param(AccountState("Ada", Existence.UNANSWERED), registrant(), "UNKNOWN", [], id="no answer"),
        pytest.param(account("Bo"), registrant(), "UNKNOWN", [], id="not among the answers"),
        pytest.param(
            account("Ada", lock=NotKnown("timeout")), registrant(), "UNKNOWN", [], id="one source failed for it"
        ),
        pytest.param(
            account("Ada", lock=NotKnown("timeout"), block=SITEWIDE),
            registrant(),
            "FLAG",
            ["sitewide block"],
            id="a flag beats a gap",
        ),
        pytest.param(account("Ada", central_id=None), registrant(), "UNKNOWN", [], id="local account only"),
        pytest.param(account("Ada", central_id=0), registrant(), "UNKNOWN", [], id="central account deleted"),
        pytest.param(account("Ada"), registrant(central_id=6), "UNKNOWN", [], id="renamed during the check"),
        pytest.param(
            AccountState("Ada", Existence.EXISTS, 5, {"local-block": None}),
            registrant(),
            "UNKNOWN",
            [],
            id="lock not told",
        ),
        pytest.param(account("Ada"), registrant(None, why_unnamed="hidden"), "UNKNOWN", [], id="hidden row"),
        pytest.param(
            account("~2026-1"), registrant("~2026-1", state=NameState.TEMPORARY), "UNKNOWN", [], id="temporary"
        ),
        pytest.param(gone("192.0.2.1"), registrant("192.0.2.1", state=NameState.IP), "UNKNOWN", [], id="IP address"),
        pytest.param(gone("A/b"), registrant("A/b", state=NameState.IMPOSSIBLE), "UNKNOWN", [], id="impossible name"),
    ],
)
def test_account_states(state: AccountState, who: Registrant, verdict: str, severities: list[str]) -> None:
    judged = Judge(facts(state)).judge(who)
    assert judged.verdict == verdict
    assert [e.severity for e in judged.evidence] == severities
    assert bool(judged.unknown) == (
        verdict == "UNKNOWN" or "no answer" in str(judged.unknown) or "timeout" in judged.unknown
    )


RENAME = (Rename("Old", "New", "log 23"),)


@pytest.mark.parametrize(
    ("who", "listed", "states", "renames", "tier"),
    [
        pytest.param("Ada", "Ada", [account("Ada")], {}, "IDENTICAL", id="same name"),
        pytest.param("Ada", "Ada", [gone("Ada")], {}, "IDENTICAL", id="same name though the account is hidden"),
        pytest.param(
            "New", "Old", [account("New"), gone("Old")], {"Old": RENAME}, "RENAMED", id="listed under the old name"
        ),
        pytest.param(
            "Old", "New", [account("New"), gone("Old")], {"Old": RENAME}, "RENAMED", id="signed up under the old"
        ),
        pytest.param("Old", "Old", [account("New"), gone("Old")], {"Old": RENAME}, "IDENTICAL", id="both the old name"),
        pytest.param("Ada", "Bo", [account("Ada"), account("Bo", 6)], {}, None, id="somebody else"),
        pytest.param(
            "Old",
            "Ada",
            [account("Old", 6), account("Ada", 5)],
            {"Old": RENAME},
            None,
            id="old name belongs to a new account",
        ),
        pytest.param(
            "ada", "Ada", [account("Ada"), gone("ada")], {}, None, id="names are compared as the wiki has them"
        ),
    ],
)
def test_lists(
    who: str, listed: str, states: list[AccountState], renames: dict[str, tuple[Rename, ...]], tier: str | None
) -> None:
    judged = Judge(facts(*states, entries=(entry(listed),), renames=renames)).judge(registrant(who))
    assert [e.tier for e in judged.evidence] == ([tier] if tier else [])
    assert (judged.verdict is VerdictKind.FLAG) == bool(tier)


def test_a_registration_is_met_by_its_central_id_whatever_its_name() -> None:
    known = facts(account("Listed", 5), gone("Shown"), entries=(entry("Listed"),))
    judged = Judge(known).judge(registrant("Shown", central_id=5))
    assert [(e.left, e.right) for e in judged.evidence] == [("Shown", "Listed")]
    assert judged.verdict is VerdictKind.FLAG


def test_the_account_after_a_rename_is_the_one_that_is_asked() -> None:
    judged = Judge(facts(gone("Old"), account("New", lock=LOCK), renames={"Old": RENAME})).judge(registrant("Old"))
    assert [(e.tier, e.right) for e in judged.evidence] == [(Tier.RENAMED, "New")]
    assert 'renamed to "New" (log 23)' in judged.evidence[0].text


def test_one_entry_makes_one_piece_of_evidence() -> None:
    known = facts(account("Ada", 5), entries=(entry("Ada"),))
    assert len(Judge(known).judge(registrant(central_id=5)).evidence) == 1


def test_evidence_says_where_it_stands() -> None:
    [evidence] = Judge(facts(account("Ada"), entries=(entry("Ada"),))).judge(registrant()).evidence
    assert evidence.where == "Ban list, revision 640, line 12"
    assert evidence.text == '"Ada" is on the list "Ban list" (line 12, by the Wikimedia Foundation, since March 2014).'


@pytest.mark.parametrize("state", [s for s in SourceState if s not in (SourceState.OK, SourceState.OFF)])
@pytest.mark.parametrize("which", range(3))
def test_nobody_is_clear_while_a_source_is_not_ok(which: int, state: SourceState) -> None:
    sources = tuple(replace(s, state=state, detail="it fell") if i == which else s for i, s in enumerate(SOURCES))
    judged = Judge(facts(account("Ada"), sources=sources)).judge(registrant())
    assert judged.verdict is VerdictKind.UNKNOWN
    assert "it fell" in judged.unknown[0]


def test_a_source_that_is_off_is_not_missed_but_all_off_checks_nothing() -> None:
    off = replace(LOCKS, state=SourceState.OFF)
    state = AccountState("Ada", Existence.EXISTS, 5, {"local-block": None})
    assert Judge(facts(state, sources=(BANS, off, BLOCKS))).judge(registrant()).verdict is VerdictKind.CLEAR
    nothing = tuple(replace(s, state=SourceState.OFF) for s in SOURCES)
    assert Judge(facts(state, sources=nothing)).judge(registrant()).verdict is VerdictKind.UNKNOWN


def test_an_account_of_another_wiki_must_be_shown_to_be_the_same() -> None:
    known = facts(account("Ada"), unattached={("es", "Ada"): "not attached"})
    assert Judge(known).judge(registrant(prefix="es")).verdict is VerdictKind.UNKNOWN
    assert Judge(known).judge(registrant(prefix="m")).verdict is VerdictKind.CLEAR


def test_a_lock_is_not_called_a_ban_and_no_reason_is_told() -> None:
    [evidence] = Judge(facts(account("Ada", lock=LOCK))).judge(registrant()).evidence
    assert "A lock alone is not a ban" in evidence.text
    assert evidence.text.startswith('"Ada" is globally locked')


FACTS = st.one_of(st.none(), st.just(NotKnown("x")), st.just(LOCK), st.just(PARTIAL), st.just(SITEWIDE))


@given(
    st.sampled_from(Existence), st.sampled_from((None, 0, 5)), FACTS, FACTS, st.sampled_from(SourceState), st.booleans()
)
def test_clear_means_that_everything_was_asked_and_answered(
    existence: Existence, central_id: int | None, lock: Fact, block: Fact, state: SourceState, listed: bool
) -> None:
    sources = (replace(BANS, state=state), LOCKS, BLOCKS)
    told = AccountState("Ada", existence, central_id, {"global-lock": lock, "local-block": block})
    entries = (entry("Ada"),) if listed else ()
    judged = Judge(facts(told, sources=sources, entries=entries)).judge(registrant())
    everything = existence is Existence.EXISTS and central_id and lock is None and block is None and not listed
    ok = state in (SourceState.OK, SourceState.OFF)
    assert (judged.verdict is VerdictKind.CLEAR) == bool(everything and ok)


@given(
    st.lists(st.builds(Evidence, st.just("s"), st.sampled_from(Tier), st.sampled_from(Severity), *[st.just("")] * 4))
)
def test_only_identity_makes_a_flag(evidence: list[Evidence]) -> None:
    facts_only = [
        e for e in evidence if e.tier in ("IDENTICAL", "RENAMED") and e.severity is not Severity.PARTIAL_BLOCK
    ]
    expected = "FLAG" if facts_only else "REVIEW" if evidence else "CLEAR"
    assert verdict_of(evidence, ()) == expected


@pytest.mark.parametrize(
    ("state", "who", "gaps"),
    [
        pytest.param(account("Ada"), registrant(), (), id="everything was asked"),
        pytest.param(account("Ada", lock=LOCK), registrant(), (), id="locked, and everything was asked"),
        pytest.param(gone("Ada"), registrant(), ("account",), id="no such account"),
        pytest.param(account("Bo"), registrant(), ("account",), id="not among the answers"),
        pytest.param(account("Ada", central_id=None), registrant(), ("account",), id="local account only"),
        pytest.param(account("Ada"), registrant(central_id=6), ("account",), id="renamed during the check"),
        pytest.param(account("Ada", lock=NotKnown("x")), registrant(), ("global-lock",), id="one source failed"),
        pytest.param(
            account("Ada", lock=NotKnown("x"), block=NotKnown("y")),
            registrant(),
            ("global-lock", "local-block"),
            id="two",
        ),
        pytest.param(
            AccountState("Ada", Existence.EXISTS, None, {"local-block": NotKnown("x")}),
            registrant(),
            ("account", "local-block", "global-lock"),
            id="the account, a source that failed and one that was not asked",
        ),
        pytest.param(account("Ada"), registrant(None), ("account",), id="without a name"),
        pytest.param(account("Ada"), registrant(state=NameState.TEMPORARY), ("account",), id="temporary"),
        pytest.param(account("Ada"), registrant(prefix="es"), ("account",), id="of another wiki, not attached"),
    ],
)
def test_gaps_name_what_could_not_be_asked(state: AccountState, who: Registrant, gaps: tuple[str, ...]) -> None:
    judged = Judge(facts(state, unattached={("es", "Ada"): "not attached"})).judge(who)
    assert judged.gaps == gaps
    assert bool(judged.unknown) == bool(gaps)


@pytest.mark.parametrize("state", SourceState)
@pytest.mark.parametrize("who", [registrant(), registrant(None)], ids=["named", "without a name"])
def test_a_source_that_is_bad_is_a_gap_of_everybody_and_one_that_is_off_of_nobody(
    state: SourceState, who: Registrant
) -> None:
    known = facts(account("Ada"), sources=(replace(BANS, state=state), LOCKS, BLOCKS))
    bad = state not in (SourceState.OK, SourceState.OFF)
    assert ("bans" in Judge(known).judge(who).gaps) is bad


def test_a_gap_stands_once() -> None:
    failed = replace(LOCKS, state=SourceState.FAILED)
    known = facts(account("Ada", lock=NotKnown("x")), sources=(BANS, failed, BLOCKS))
    assert Judge(known).judge(registrant()).gaps == ("global-lock",)


@pytest.mark.parametrize(
    ("state", "who", "central_id", "exists"),
    [
        pytest.param(account("Ada"), registrant(), 5, True, id="of the account that was asked"),
        pytest.param(account("Ada", 5), registrant(central_id=6), 6, True, id="of the registration, if it has one"),
        pytest.param(gone("Ada"), registrant(central_id=6), 6, False, id="of a registration without an account"),
        pytest.param(gone("Ada"), registrant(), None, False, id="missing"),
        pytest.param(account("Bo"), registrant(), None, False, id="not answered"),
        pytest.param(AccountState("Ada", Existence.UNANSWERED), registrant(), None, False, id="unanswered"),
        pytest.param(account("Ada", central_id=None), registrant(), None, True, id="local account only"),
        pytest.param(account("Ada"), registrant(None, central_id=7), 7, False, id="hidden, with a number"),
    ],
)
def test_the_account_that_was_met(
    state: AccountState, who: Registrant, central_id: int | None, *, exists: bool
) -> None:
    judged = Judge(facts(state)).judge(who)
    assert (judged.central_id, judged.exists) == (central_id, exists)


def test_after_a_rename_the_new_account_is_the_one_that_was_met() -> None:
    judged = Judge(facts(gone("Old"), account("New", 9), renames={"Old": RENAME})).judge(registrant("Old"))
    assert (judged.central_id, judged.exists) == (9, True)


def test_evidence_says_since_when_and_until_when() -> None:
    lock = replace(LOCK, expiry="2027-01-01T00:00:00Z")
    listed = replace(entry("Ada"), until="2030-01-01")
    judged = Judge(facts(account("Ada", lock=lock, block=SITEWIDE), entries=(listed,))).judge(registrant())
    assert [(e.source, e.since, e.until) for e in judged.evidence] == [
        ("bans", "March 2014", "2030-01-01"),
        ("global-lock", "2026-01-01T00:00:00Z", "2027-01-01T00:00:00Z"),
        ("local-block", "", ""),
    ]
    assert all(e.decision is None for e in judged.evidence)
