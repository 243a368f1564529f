"""A likeness is a REVIEW with its reason, never a FLAG; exemptions set it aside, and only it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import msgspec
import pytest

from bot.config import Exemption, MatchRules
from bot.match.hints import Hints
from bot.match.verdict import NAME_FORM, Facts, Judge
from bot.model import (
    AccountState,
    BanEntry,
    Existence,
    Judged,
    NameState,
    Origin,
    Registrant,
    Severity,
    Source,
    SourceKind,
    SourceState,
    Tier,
    VerdictKind,
)

BANS = Source("bans", SourceKind.LIST, "wmf", Severity.BAN, SourceState.OK, title="Ban list", revid=640, entries=2)
TODAY = date(2026, 11, 21)
LANTERN = BanEntry("Grim Lantern", 12, "", "wmf", "", "bans")
ROOK = BanEntry("Obsidian rook", 13, "", "wmf", "", "bans")


def judge(
    name: str, exempted: tuple[Exemption, ...] = (), entries: tuple[BanEntry, ...] = (LANTERN, ROOK), *, form: str = ""
) -> Judged:
    names = dict.fromkeys((name, "Grim Lantern", "Obsidian rook"))
    states = {one: AccountState(one, Existence.EXISTS, number) for number, one in enumerate(names, 5)}
    hints = Hints(entries, MatchRules(), exempted, today=TODAY, is_in_person=False)
    registrant = Registrant(name, Origin("campaignevents"), 5, NameState(form or "account"))
    return Judge(Facts((BANS,), entries, states), hints).judge(registrant)


@pytest.mark.parametrize(
    ("name", "verdict", "right"),
    [
        pytest.param("Grim Lаntern", "REVIEW", "Grim Lantern", id="a Cyrillic letter"),
        pytest.param("Grim Lantem", "REVIEW", "Grim Lantern", id="m for rn"),
        pytest.param("Grim Lantern", "FLAG", "Grim Lantern", id="the same name is no likeness"),
        pytest.param("Quiet Harbour", "CLEAR", None, id="somebody else"),
    ],
)
def test_a_likeness_is_a_review(name: str, verdict: str, right: str | None) -> None:
    judged = judge(name)
    assert judged.verdict == verdict
    assert {e.right for e in judged.evidence if e.source == "bans"} == ({right} if right else set())


def test_a_likeness_says_what_was_taken_for_what_and_where_it_stands() -> None:
    evidence = judge("Grim Lаntern").evidence[0]
    assert (evidence.tier, evidence.where) == (Tier.CONFUSABLE, "Ban list, revision 640, line 12")
    assert "U+0430" in evidence.text
    assert evidence.facts.startswith("facts1:")


def test_letters_of_two_scripts_in_one_word_are_a_review_without_any_listed_twin() -> None:
    judged = judge("Hаrmless")
    assert [(e.source, e.severity) for e in judged.evidence] == [(NAME_FORM, Severity.NAME_FORM)]
    assert judged.verdict is VerdictKind.REVIEW


def test_the_account_itself_comes_before_what_it_looks_like() -> None:
    twin = BanEntry("Grim Lantem", 14, "", "wmf", "", "bans")
    judged = judge("Grim Lantern", entries=(twin, LANTERN))
    assert [e.tier for e in judged.evidence] == [Tier.IDENTICAL, Tier.CONFUSABLE]


def exempt(name: str, entry: BanEntry, **changes: object) -> Exemption:
    facts = next(e.facts for e in judge(name).evidence if e.right == entry.name)
    said = {"who": "Steward Ina", "why": "met in person", "when": date(2026, 11, 1)}
    pair = {"central_id": 5, "source": "bans", "entry": entry.name, "facts": facts}
    return msgspec.convert(pair | said | changes, Exemption)


def test_not_this_person_sets_the_likeness_aside_and_says_who_said_so() -> None:
    judged = judge("Grim Lantem", (exempt("Grim Lantem", LANTERN),))
    assert (judged.verdict, judged.evidence) == (VerdictKind.CLEAR, ())
    assert judged.remarks == ('"Grim Lantem" is not "Grim Lantern", said Steward Ina on 2026-11-01: met in person',)


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"facts": "facts1:0"}, id="the facts have changed"),
        pytest.param({"until": date(2026, 11, 20)}, id="its time is over"),
    ],
)
def test_an_exemption_that_holds_no_more_is_told_and_hides_nothing(changes: dict[str, object]) -> None:
    judged = judge("Grim Lantem", (exempt("Grim Lantem", LANTERN, **changes),))
    assert judged.verdict is VerdictKind.REVIEW
    assert "this counts no more" in judged.remarks[0]


def test_an_exemption_hides_no_other_entry_and_no_other_account() -> None:
    other = replace(LANTERN, line=40, source="bans", name="Grim Lanterm")
    judged = judge("Grim Lantem", (exempt("Grim Lantem", LANTERN),), (LANTERN, other))
    assert [e.right for e in judged.evidence] == ["Grim Lanterm"]
    somebody_else = judge("Grim Lantem", (exempt("Grim Lantem", LANTERN, central_id=6),))
    assert somebody_else.verdict is VerdictKind.REVIEW


@pytest.mark.parametrize("form", ["temporary", "ip"])
def test_names_that_nobody_chose_look_like_nobody(form: str) -> None:
    assert judge("Grim Lantem", form=form).evidence == ()


def test_a_list_for_events_in_person_counts_less_online() -> None:
    [evidence] = judge("Grim Lantem", entries=(replace(LANTERN, in_person_only=True),)).evidence
    assert evidence.tier is Tier.TRANSLIT
    assert "for events in person and this one is online" in evidence.text
