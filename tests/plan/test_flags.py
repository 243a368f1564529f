"""Only facts from public sources about people who can be seen become flags; by what a flag is known again."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.match.verdict import Facts, Judge
from bot.model import (
    ACCOUNT_GAP,
    AccountState,
    BanEntry,
    CheckResult,
    Coverage,
    Event,
    Evidence,
    Existence,
    Judged,
    Origin,
    Registrant,
    Rename,
    Restriction,
    Severity,
    Source,
    SourceKind,
    SourceState,
    Tier,
    Unparsed,
    VerdictKind,
)
from bot.parse.sites import META
from bot.plan import flags, review
from bot.plan.decisions import Decisions
from bot.plan.flags import Flag
from bot.plan.wanted import Page, Present, Wanted

START = datetime(2026, 12, 24, 13, tzinfo=UTC)
EVENT = Event("Event:Learning Clinic", 12, 871, START)
BANS = Source("bans", SourceKind.LIST, "wmf", Severity.BAN, SourceState.OK, title="Ban list", revid=640)
LOCKS = Source("global-lock", SourceKind.ACCOUNT, "stewards", Severity.LOCK, SourceState.OK)
BLOCKS = Source("local-block", SourceKind.ACCOUNT, "administrators", None, SourceState.OK)
SECRET = replace(BANS, id="secret-bans", title="A list that nobody may know", visibility="confidential")
LOCK = Evidence("global-lock", Tier.IDENTICAL, Severity.LOCK, "Ada", "Ada", "log 8", "locked", since="2026-01-01")
LISTED = Evidence("bans", Tier.IDENTICAL, Severity.BAN, "Ada", "Ada", "Ban list, revision 640, line 12", "on the list")


def person(*evidence: Evidence, **other: Any) -> Judged:
    """Return somebody who registered and is flagged for the evidence (by default a lock)."""
    usual: dict[str, Any] = {
        "registrant": Registrant("Ada", Origin("campaignevents")),
        "verdict": VerdictKind.FLAG,
        "evidence": evidence or (LOCK,),
        "central_id": 5,
        "exists": True,
    }
    return Judged(**usual | other)


def result(*judged: Judged, **other: Any) -> CheckResult:
    usual: dict[str, Any] = {
        "event": EVENT,
        "sources": (BANS, LOCKS, BLOCKS, SECRET),
        "judged": judged,
        "unparsed": (),
        "excluded": (),
        "coverage": Coverage(len(judged), len(judged), None),
        "requests": {},
        "checked_at": START,
    }
    return CheckResult(**usual | other)


def found(*judged: Judged, **other: Any) -> tuple[Flag, ...]:
    return flags.of(result(*judged, **other))


def named(name: str | None, **other: Any) -> Registrant:
    return Registrant(name, **{"origin": Origin("campaignevents")} | other)


@pytest.mark.parametrize(
    "severity", [Severity.BAN, Severity.LOCK, Severity.GLOBAL_BLOCK, Severity.SITEWIDE_BLOCK], ids=str
)
@pytest.mark.parametrize("tier", [Tier.IDENTICAL, Tier.RENAMED])
def test_a_grave_fact_about_this_very_account_is_a_flag(severity: Severity, tier: Tier) -> None:
    [flag] = found(person(replace(LOCK, severity=severity, tier=tier)))
    assert (flag.name, flag.source, flag.severity, flag.where) == ("Ada", "global-lock", severity, "log 8")


@pytest.mark.parametrize(
    "judged",
    [
        *(
            pytest.param(person(replace(LISTED, tier=tier)), id=f"a likeness: {tier}")
            for tier in Tier
            if tier not in (Tier.IDENTICAL, Tier.RENAMED)
        ),
        pytest.param(person(replace(LOCK, severity=Severity.PARTIAL_BLOCK)), id="a partial block"),
        pytest.param(person(replace(LOCK, severity=Severity.NAME_FORM)), id="what the name itself shows"),
        pytest.param(person(verdict=VerdictKind.REVIEW), id="a review"),
        pytest.param(person(verdict=VerdictKind.UNKNOWN), id="unknown"),
        pytest.param(person(verdict=VerdictKind.CLEAR), id="clear"),
        pytest.param(person(replace(LISTED, source="secret-bans")), id="a confidential source"),
        pytest.param(person(replace(LISTED, source="elsewhere")), id="a source that is not told of"),
        pytest.param(person(registrant=named("Ada", origin=Origin("csv"))), id="read from a CSV file"),
        pytest.param(person(registrant=named("Ada", withdrawn=True)), id="withdrawn"),
        pytest.param(person(registrant=named(None)), id="without a name"),
        pytest.param(person(exists=False), id="an account that is missing or hidden"),
    ],
)
def test_no_flag(judged: Judged) -> None:
    assert found(judged) == ()


@pytest.mark.parametrize("visibility", ["confidential", "", "Public", "internal"])
def test_any_visibility_but_public_is_none(visibility: str) -> None:
    sources = (replace(LOCKS, visibility=visibility),)
    assert found(person(), sources=sources) == ()
    assert flags.presence(result(person(), sources=sources)) == {}


def test_a_milder_or_confidential_fact_beside_a_public_one_is_left_out() -> None:
    judged = person(
        LISTED, replace(LISTED, source="secret-bans"), LOCK, replace(LOCK, source="local-block", tier=Tier.FOLD)
    )
    assert [(flag.source, flag.severity) for flag in found(judged)] == [("bans", "ban"), ("global-lock", "lock")]


def test_of_several_facts_from_one_source_the_first_stands() -> None:
    twice = person(LOCK, replace(LOCK, where="log 9", severity=Severity.GLOBAL_BLOCK))
    assert [flag.where for flag in found(twice)] == ["log 8"]


def test_who_registered_twice_has_one_flag() -> None:
    assert len(found(person(), person(registrant=named("Ada", origin=Origin("signature"))))) == 1


def test_a_flag_says_the_event_its_day_and_its_source() -> None:
    evidence = replace(LISTED, url="https://meta.example.org/x", since="May 2015", until="2030-01-01", right="Old name")
    [flag] = found(person(evidence))
    assert (flag.event, flag.date, flag.label) == ("Event:Learning Clinic", "2026-12-24", "Ban list")
    assert (flag.url, flag.since, flag.until, flag.listed) == (evidence.url, "May 2015", "2030-01-01", "Old name")
    [bare] = found(person(), event=Event("Event:X"))
    assert (bare.date, bare.url, bare.label, bare.listed) == ("", "", "global-lock", "")


def test_only_a_list_has_another_name_for_an_account() -> None:
    """A lock is of the account after a rename; that it has another name now is no name on a list."""
    assert found(person(replace(LOCK, right="New")))[0].listed == ""
    assert found(person(LISTED))[0].listed == ""


ID = found(person())[0].id


@pytest.mark.parametrize(
    ("judged", "other"),
    [
        pytest.param(person(registrant=named("Bea")), {}, id="the account has another name now"),
        pytest.param(person(registrant=named("Ada", origin=Origin("signature"))), {}, id="read elsewhere"),
        pytest.param(person(replace(LOCK, where="log 9")), {}, id="another log entry"),
        pytest.param(person(replace(LOCK, severity=Severity.BAN)), {}, id="another severity of the same source"),
        pytest.param(person(), {"event": replace(EVENT, title="Event:Moved", start=None)}, id="the event was moved"),
        pytest.param(person(), {"sources": (LOCKS,)}, id="without the other sources"),
    ],
)
def test_an_id_stays(judged: Judged, other: dict[str, Any]) -> None:
    assert [flag.id for flag in found(judged, **other)] == [ID]


@pytest.mark.parametrize(
    ("judged", "other"),
    [
        pytest.param(person(central_id=6), {}, id="another account"),
        pytest.param(person(central_id=None), {}, id="an account that is only local"),
        pytest.param(person(replace(LOCK, source="local-block")), {}, id="another source"),
        pytest.param(person(), {"event": replace(EVENT, id=13)}, id="another event"),
        pytest.param(person(), {"event": replace(EVENT, id=None)}, id="an event without a registration"),
    ],
)
def test_an_id_is_another(judged: Judged, other: dict[str, Any]) -> None:
    [flag] = found(judged, **other)
    assert flag.id != ID


def test_without_a_central_id_the_name_decides() -> None:
    ids = {found(person(central_id=None, registrant=named(name)))[0].id for name in ("Ada", "Bea", "5")}
    assert len({*ids, ID}) == 4


@given(st.text(st.characters(codec=None)), st.none() | st.integers(0), st.text(st.characters(codec=None)), st.text())
def test_every_id_is_one_that_is_read_back(name: str, central_id: int | None, title: str, source: str) -> None:
    judged = person(central_id=central_id, registrant=named(name))
    assert re.fullmatch("[a-z0-9]{6,32}", flags.flag_id(Event(title), judged, source))


@given(st.lists(st.tuples(st.integers(1, 3000), st.integers(1, 9), st.sampled_from(("a", "b"))), unique=True))
def test_no_two_ids_are_the_same(those: list[tuple[int, int, str]]) -> None:
    ids = {
        flags.flag_id(replace(EVENT, id=event), person(central_id=central), source) for central, event, source in those
    }
    assert len(ids) == len(those)


def facts(evidence: Evidence, source: Source | None = None) -> str:
    """Return what a decision about this evidence would rest on."""
    sources = {one.id: one for one in (BANS, LOCKS, BLOCKS)} | ({source.id: source} if source else {})
    [flag] = found(person(evidence), sources=tuple(sources.values()))
    return flag.facts


@pytest.mark.parametrize(
    ("before", "after", "source"),
    [
        pytest.param(
            LISTED,
            replace(LISTED, where="Ban list, revision 700, line 40", url="https://x.example/?oldid=700", text="moved"),
            replace(BANS, revid=700, entries=99),
            id="the list has a new revision, and the entry stands on another line",
        ),
        pytest.param(LISTED, replace(LISTED, left="New name", tier=Tier.RENAMED), None, id="the person has a new name"),
        pytest.param(LOCK, replace(LOCK, left="New", right="New"), None, id="the locked account has a new name"),
        pytest.param(LOCK, replace(LOCK, url="https://x.example/", text="said otherwise"), None, id="said otherwise"),
    ],
)
def test_facts_that_stay(before: Evidence, after: Evidence, source: Source | None) -> None:
    assert facts(after, source) == facts(before)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param(LOCK, replace(LOCK, where="log 9"), id="another log entry"),
        pytest.param(
            replace(LOCK, source="local-block", where="block 2"),
            replace(LOCK, source="local-block", where="block 3"),
            id="another block",
        ),
        pytest.param(LOCK, replace(LOCK, since="2026-02-02"), id="since another day"),
        pytest.param(LOCK, replace(LOCK, until="2027-01-01"), id="until a day"),
        pytest.param(LOCK, replace(LOCK, severity=Severity.GLOBAL_BLOCK), id="another severity"),
        pytest.param(LISTED, replace(LISTED, right="Other name"), id="another name on the list"),
        pytest.param(LISTED, replace(LISTED, since="2014"), id="on the list since another day"),
        pytest.param(LISTED, replace(LISTED, until="2027-01-01"), id="on the list until a day"),
        pytest.param(replace(LOCK, since="a", until=""), replace(LOCK, since="", until="a"), id="since becomes until"),
    ],
)
def test_facts_that_change(before: Evidence, after: Evidence) -> None:
    assert facts(before) != facts(after)
    assert re.fullmatch("[0-9a-f]{12}", facts(after))


def test_the_gravest_come_first_then_the_earlier_event_then_the_name() -> None:
    def flag(severity: str, date: str, name: str) -> Flag:
        return Flag(id=name, name=name, source="s", label="s", severity=Severity(severity), facts="", date=date)

    ordered = [
        flag("ban", "2027-01-01", "Z"),
        flag("lock", "2026-01-01", "B"),
        flag("lock", "2026-01-02", "A"),
        flag("lock", "2026-01-02", "C"),
        flag("lock", "", "A"),
        flag("global block", "2026-01-01", "A"),
        flag("sitewide block", "2026-01-01", "A"),
    ]
    backwards = ordered[::-1]
    assert sorted(backwards, key=lambda one: one.order) == ordered
    mixed = (person(central_id=6, registrant=named("Zoe")), person(replace(LISTED, left="Zoe"), LOCK))
    assert [(one.severity, one.name) for one in found(*mixed)] == [("ban", "Ada"), ("lock", "Ada"), ("lock", "Zoe")]


def test_everybody_who_registered_is_present_with_every_public_source() -> None:
    clear = person(verdict=VerdictKind.CLEAR, evidence=())
    gone = person(central_id=6, registrant=named("Bea", withdrawn=True))
    there = flags.presence(result(clear, gone))
    assert {(judged.central_id, source.id) for judged, source in there.values()} == {
        (who, source) for who in (5, 6) for source in ("bans", "global-lock", "local-block")
    }
    assert flags.flag_id(EVENT, clear, "bans") in there


@pytest.mark.parametrize("turn", [1, -1], ids=["seen last", "seen first"])
@pytest.mark.parametrize(
    "unseen",
    [
        pytest.param(named("Ada", withdrawn=True), id="struck out on a page"),
        pytest.param(named("Ada", origin=Origin("csv")), id="in a file"),
    ],
)
def test_who_left_one_of_two_lists_is_registered(unseen: Registrant, turn: int) -> None:
    both = (person(registrant=unseen), person())[::turn]
    assert all(flags.may_be_seen(judged) for judged, _ in flags.presence(result(*both)).values())


def test_names_whose_account_is_not_known() -> None:
    people = (
        person(),
        person(central_id=None, registrant=named("Bea")),
        person(central_id=None, registrant=named(None)),
    )
    assert flags.names_without_account(result(*people)) == {"Bea"}


def test_what_could_not_be_checked_is_counted_without_names() -> None:
    people = (
        person(gaps=("global-lock", ACCOUNT_GAP)),
        person(gaps=("global-lock",)),
        person(gaps=("secret-bans", "bans")),
        person(gaps=("elsewhere",)),
        person(),
    )
    unparsed = (Unparsed(3, "secret words"), Unparsed(4, "more"))
    told = result(*people, unparsed=unparsed, coverage=Coverage(5, 5, 9))
    assert list(flags.unchecked(told).items()) == [
        ("bans", 1),
        ("global-lock", 2),
        ("account", 1),
        ("line", 2),
        ("private", 9),
    ]


@pytest.mark.parametrize("private", [None, 0])
def test_nothing_unchecked_is_not_told(private: int | None) -> None:
    assert flags.unchecked(result(person(), coverage=Coverage(1, 1, private))) == {}


# No leak: whoever and whatever must not be told of has a name that nothing else contains.

_FACT = st.builds(
    Evidence,
    st.sampled_from(("bans", "global-lock", "local-block", "secret-bans", "secret-locks")),
    st.sampled_from(Tier),
    st.sampled_from(Severity),
    st.just("left"),
    st.just("right"),
    st.sampled_from(("log 8", "block 2")),
    st.just("text"),
    since=st.sampled_from(("", "May 2015")),
)


def _unique(number: int) -> str:
    return f"Person {number:03} whose name stands nowhere else"


@st.composite
def crowds(draw: st.DrawFn) -> list[Judged]:
    """Give people of every kind; evidence has the name of its person, as the judge makes it."""
    people = []
    for number in range(draw(st.integers(1, 6))):
        name = _unique(number)
        evidence = tuple(
            replace(one, left=name, right=draw(st.sampled_from((name, f"{name}, as listed"))), text=f"About {name}.")
            for one in draw(st.lists(_FACT, max_size=3))
        )
        registrant = Registrant(
            name if draw(st.booleans()) else None,
            Origin(draw(st.sampled_from(("campaignevents", "csv", "signature")))),
            withdrawn=draw(st.booleans()),
            why_unnamed=f"Hidden: {name}",
        )
        people.append(
            Judged(
                registrant,
                draw(st.sampled_from(VerdictKind)),
                evidence,
                unknown=(f"Of {name} nothing is known.",),
                remarks=(f"{name} was set aside.",),
                gaps=tuple(draw(st.lists(st.sampled_from(("bans", "secret-bans", ACCOUNT_GAP)), unique=True))),
                central_id=draw(st.sampled_from((None, number + 100))),
                exists=draw(st.booleans()),
            )
        )
    return people


def _may_be_told(judged: Judged) -> bool:
    """Say it once more, and otherwise than the code does."""
    registrant = judged.registrant
    grave = [
        one
        for one in judged.evidence
        if one.tier in ("IDENTICAL", "RENAMED")
        and one.severity not in ("partial block", "name form")
        and not one.source.startswith("secret")
    ]
    hidden = registrant.name is None or registrant.withdrawn or registrant.origin.kind == "csv" or not judged.exists
    return judged.verdict == "FLAG" and bool(grave) and not hidden


def _wanted(told: CheckResult) -> Wanted:
    everybody = flags.presence(told)
    return Wanted(
        title=told.event.title,
        registration=told.event.id,
        date="2026-12-24",
        flags=flags.of(told),
        account_urls={},
        presence={flag: Present(flags.may_be_seen(judged), known=True) for flag, (judged, _) in everybody.items()},
        registered=flags.names_to_be_seen(told),
        unsure=flags.names_without_account(told),
        hidden=flags.names_without_existence(told),
        everybody_read=True,
        unread_lines="",
        unchecked=flags.unchecked(told),
        stop_page="User:TestBot/Run",
    )


def _everything_written(told: CheckResult, text: str | None) -> tuple[Page, str]:
    page = review.next_page(text, META, _wanted(told), Decisions({}, {}, ()))
    return page, "\n".join((page.text, page.summary, *page.reasons, *page.notes))


@given(crowds(), crowds(), st.lists(st.text(min_size=1), max_size=2))
def test_nothing_leaks(before: list[Judged], after: list[Judged], lines: list[str]) -> None:
    secret = (SECRET, replace(SECRET, id="secret-locks", kind=SourceKind.ACCOUNT, title=None, severity=Severity.LOCK))
    old: str | None = None
    for crowd in (before, after):
        unparsed = tuple(Unparsed(7, f"{_unique(900)} {line}") for line in lines)
        told = result(*crowd, sources=(BANS, *secret, LOCKS, BLOCKS), unparsed=unparsed)
        page, written = _everything_written(told, old)
        names = {_unique(number): judged for number, judged in enumerate(crowd)}
        shown = {name for name in names if name in page.text}
        assert shown == {name for name, judged in names.items() if _may_be_told(judged)}
        assert {name for name in names if name in written} <= shown | _names_on(old)
        assert _unique(900) not in written
        assert "secret" not in written
        assert "nobody may know" not in written
        old = page.text


def _names_on(text: str | None) -> set[str]:
    return {name for name in map(_unique, range(10)) if name in (text or "")}


@given(crowds())
def test_what_is_confidential_changes_nothing(crowd: list[Judged]) -> None:
    """Byte for byte the same page whether a confidential list is loaded or not."""
    open_sources = (BANS, LOCKS, BLOCKS)
    bare = [
        replace(
            judged,
            evidence=tuple(one for one in judged.evidence if not one.source.startswith("secret")),
            gaps=tuple(gap for gap in judged.gaps if gap != "secret-bans"),
        )
        for judged in crowd
    ]
    with_secret = _everything_written(result(*crowd, sources=(SECRET, *open_sources)), None)
    assert with_secret == _everything_written(result(*bare, sources=open_sources), None)


def test_from_the_judge_to_the_flag() -> None:
    """A lock and a list entry of a renamed account, judged for real."""
    steps = (Rename("Old", "New", "log 23"),)
    lock = Restriction(Severity.LOCK, "log 8", since="2026-01-01T00:00:00Z")
    state = AccountState("New", Existence.EXISTS, 5, {"global-lock": lock, "local-block": None})
    entry = BanEntry("Old", 12, "", "wmf", "March 2014", "bans")
    known = Facts((BANS, LOCKS, BLOCKS), (entry,), {"New": state}, {"Old": steps})
    judge = Judge(known)
    as_new, as_old = judge.judge(named("New")), judge.judge(named("Old"))
    by_new, by_old = found(as_new), found(as_old)
    assert [(flag.source, flag.since, flag.listed) for flag in by_new] == [
        ("bans", "March 2014", "Old"),
        ("global-lock", "2026-01-01T00:00:00Z", ""),
    ]
    assert [flag.id for flag in by_new] == [flag.id for flag in by_old]


def _present(judged: Sequence[Judged]) -> set[str]:
    return set(flags.presence(result(*judged)))


@given(crowds())
def test_every_flag_is_of_somebody_present(crowd: list[Judged]) -> None:
    assert {flag.id for flag in found(*crowd)} <= _present(crowd)
