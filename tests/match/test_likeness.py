"""A likeness as a value and as a sentence."""

from __future__ import annotations

from datetime import date

import pytest

from bot.match.align import Taken
from bot.match.likeness import Match, folded, lower, told
from bot.model import BanEntry, Tier

TODAY = date(2026, 5, 1)


def match(tier: Tier, until: str = "", *, in_person_only: bool = False) -> Match:
    entry = BanEntry("Greybeard", 3, "", "wmf", source="list", until=until, in_person_only=in_person_only)
    return Match(entry, tier, "“Greybaerd” is nearly the listed “Greybeard”.", name="Greybaerd")


@pytest.mark.parametrize(
    ("tier", "key", "parts", "text"),
    [
        pytest.param(
            Tier.FOLD,
            "fold",
            (Taken("\u200b", ""),),
            "“A” is the same, once accents, case, spacing, punctuation and invisible characters are set aside, as the "
            "listed “B”: U+200B for nothing (fold key v1).",
            id="fold",
        ),
        pytest.param(
            Tier.CONFUSABLE,
            "look",
            (Taken("rn", "m"),),
            "“A” looks like the listed “B”: rn for m (look key v1).",
            id="look",
        ),
        pytest.param(
            Tier.TRANSLIT,
            "translit:a:mhmd",
            (),
            "“A” may be another spelling of the listed “B”: both can be written “mhmd” (translit key v1).",
            id="skeleton",
        ),
        pytest.param(Tier.NEAR, "near", (Taken("", "o"),), "“A” is nearly the listed “B”: nothing for o.", id="near"),
        pytest.param(Tier.CONTAINS, "contains", (), "“A” contains the listed “B”.", id="contains"),
        pytest.param(Tier.CONTAINS, "contained", (), "“A” is a part of the listed “B”.", id="contained"),
        pytest.param(
            Tier.CONTAINS,
            "tail",
            (Taken("2", ""),),
            "“A” has another number at its end than the listed “B”: 2 for none (tail key v1).",
            id="tail",
        ),
    ],
)
def test_told(tier: Tier, key: str, parts: tuple[Taken, ...], text: str) -> None:
    assert told("A", "B", tier, key, parts) == text


def test_long_lists_of_parts_are_cut() -> None:
    assert told("A", "B", Tier.CONFUSABLE, "look", (Taken("1", "l"),) * 9).endswith("1 for l and more (look key v1).")


def test_folded_tells_what_was_dressed_up() -> None:
    assert folded("G\u200brëy", "Grey") == (Taken("\u200b", ""), Taken("ë", "e"))
    assert folded("Grey", "Ｇrey") == (Taken("g", "Ｇ"),)
    assert folded("Ёж", "Ёж") == ()


@pytest.mark.parametrize(
    ("given", "is_in_person", "tier", "lowered"),
    [
        pytest.param(match(Tier.FOLD), False, Tier.FOLD, (), id="nothing against it"),
        pytest.param(
            match(Tier.FOLD, "2026-04-30"), None, Tier.CONFUSABLE, ("the entry ran out on 2026-04-30",), id="expired"
        ),
        pytest.param(match(Tier.FOLD, "2026-05-01"), None, Tier.FOLD, (), id="last day"),
        pytest.param(
            match(Tier.NEAR, in_person_only=True),
            False,
            Tier.CONTAINS,
            ("the entry is for events in person and this one is online",),
            id="online event",
        ),
        pytest.param(match(Tier.NEAR, in_person_only=True), True, Tier.NEAR, (), id="event in person"),
        pytest.param(match(Tier.NEAR, in_person_only=True), None, Tier.NEAR, (), id="nobody knows"),
        pytest.param(
            match(Tier.FOLD, "2020-01-01", in_person_only=True),
            False,
            Tier.TRANSLIT,
            ("the entry ran out on 2020-01-01", "the entry is for events in person and this one is online"),
            id="both",
        ),
        pytest.param(
            match(Tier.CONTAINS, "2020-01-01"),
            None,
            Tier.CONTAINS,
            ("the entry ran out on 2020-01-01",),
            id="lowest already",
        ),
    ],
)
def test_lower(given: Match, is_in_person: bool | None, tier: Tier, lowered: tuple[str, ...]) -> None:
    found = lower(given, today=TODAY, is_in_person=is_in_person)
    assert (found.tier, found.lowered) == (tier, lowered)
    assert all(reason in found.text for reason in lowered)


def test_without_a_date_nothing_runs_out() -> None:
    assert lower(match(Tier.FOLD, "2020-01-01"), today=None, is_in_person=None).lowered == ()
