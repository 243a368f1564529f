"""Exemptions hold for one pair, on the facts of their day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import msgspec
import pytest

from bot.config import Exemption
from bot.match.exemptions import apply, facts_digest
from bot.match.likeness import Match
from bot.model import BanEntry, Tier

TODAY = date(2026, 5, 1)
LATER = date(2026, 6, 1)
ENTRY = BanEntry("Greybeard", 3, "Banned", "wmf", since="1 May 2020", source="list")
MATCH = Match(ENTRY, Tier.FOLD, "text", name="Grey beard")
EXEMPTION = Exemption(
    central_id=7,
    source=ENTRY.source,
    entry=ENTRY.name,
    who="Reviewer",
    why="met in person",
    when=TODAY,
    facts=facts_digest(7, MATCH.name, ENTRY),
)


def test_the_pair_is_set_aside_with_its_reason() -> None:
    found = apply([MATCH], [EXEMPTION], 7, today=LATER)
    assert found.kept == ()
    assert found.set_aside == ((MATCH, EXEMPTION),)
    assert (EXEMPTION.who, EXEMPTION.why, EXEMPTION.when, EXEMPTION.until) == ("Reviewer", "met in person", TODAY, None)


@pytest.mark.parametrize(
    "changed",
    [
        pytest.param(replace(MATCH, entry=replace(ENTRY, since="1 May 2024")), id="listed anew"),
        pytest.param(replace(MATCH, entry=replace(ENTRY, authority="community")), id="another authority"),
        pytest.param(replace(MATCH, entry=replace(ENTRY, central_id=9)), id="the entry's account is known"),
        pytest.param(replace(MATCH, entry=replace(ENTRY, now_named="Grey beard")), id="renamed"),
        pytest.param(replace(MATCH, entry=replace(ENTRY, until="2030-01-01")), id="another end"),
        pytest.param(replace(MATCH, name="Greybeard 2"), id="the registrant has another name"),
    ],
)
def test_changed_facts_void_it(changed: Match) -> None:
    found = apply([changed], [EXEMPTION], 7, today=LATER)
    assert found.kept == (changed,)
    assert found.void == ((EXEMPTION, "The facts have changed since it was made."),)


def test_another_line_or_tier_is_no_other_fact() -> None:
    moved = replace(MATCH, entry=replace(ENTRY, line=99), tier=Tier.CONFUSABLE)
    assert apply([moved], [EXEMPTION], 7, today=LATER).kept == ()


@pytest.mark.parametrize(
    ("until", "kept"),
    [
        pytest.param(date(2026, 5, 31), 1, id="over"),
        pytest.param(LATER, 0, id="last day"),
        pytest.param(None, 0, id="without end"),
    ],
)
def test_time(until: date | None, kept: int) -> None:
    found = apply([MATCH], [msgspec.structs.replace(EXEMPTION, until=until)], 7, today=LATER)
    assert len(found.kept) == len(found.void) == kept


@pytest.mark.parametrize(
    ("match", "central_id"),
    [
        pytest.param(replace(MATCH, entry=replace(ENTRY, name="Greybeards")), 7, id="another entry"),
        pytest.param(replace(MATCH, entry=replace(ENTRY, source="other")), 7, id="the same name on another list"),
        pytest.param(MATCH, 8, id="another account"),
        pytest.param(MATCH, None, id="an account that is not known"),
    ],
)
def test_it_hides_nothing_else(match: Match, central_id: int | None) -> None:
    assert apply([match], [EXEMPTION], central_id, today=TODAY).kept == (match,)


def test_a_second_match_stays() -> None:
    second = replace(MATCH, entry=replace(ENTRY, name="Greybeards"))
    assert apply([MATCH, second], [EXEMPTION], 7, today=TODAY).kept == (second,)


def test_a_newer_exemption_lives_beside_a_void_one() -> None:
    old = msgspec.structs.replace(EXEMPTION, facts="facts1:0")
    found = apply([MATCH], [old, EXEMPTION], 7, today=TODAY)
    assert (found.kept, [e for e, _ in found.void]) == ((), [old])


def test_the_digest_has_a_version() -> None:
    assert facts_digest(7, "Grey beard", ENTRY) == EXEMPTION.facts
    assert EXEMPTION.facts.startswith("facts1:")
