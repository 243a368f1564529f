"""The labelled pairs: what the matching promises, and that no change goes unseen."""

from __future__ import annotations

import json

import pytest

from bot.model import Tier
from tests.match.cases import DRAWN, FROZEN, SURE, Case, cases, share, tier, used_instead

JUDGED = {case: tier(case.left, case.right) for case in cases()}


def test_the_pairs_are_many_varied_and_half_of_them_benign() -> None:
    benign = [case for case in JUDGED if not case.is_evasion]
    assert len(JUDGED) >= 300
    assert 0.45 <= len(benign) / len(JUDGED) <= 0.55
    assert len({script for case in JUDGED for script in case.script.split("/")}) >= 8
    assert all((case.expected is None) is not case.is_evasion for case in JUDGED)


def test_no_benign_pair_looks_sure() -> None:
    assert [case for case, found in JUDGED.items() if not case.is_evasion and found in SURE] == []


@pytest.mark.parametrize("group", sorted(DRAWN))
def test_what_is_drawn_alike_is_caught(group: str) -> None:
    assert share(JUDGED[c] in SURE for c in JUDGED if c.is_evasion and c.group == group) >= 0.95


def test_most_evasions_are_caught_and_few_benign_pairs_hit() -> None:
    assert share(found is not None for case, found in JUDGED.items() if case.is_evasion) >= 0.9
    assert share(found is not None for case, found in JUDGED.items() if not case.is_evasion) <= 0.1


def test_it_is_better_than_what_people_use_instead() -> None:
    ours = balance(lambda case: JUDGED[case] is not None)
    assert all(ours > balance(lambda c, f=f: f(c.left, c.right)) for f in used_instead().values())


def balance(hits: object) -> float:
    assert callable(hits)
    return share(hits(c) for c in JUDGED if c.is_evasion) - share(hits(c) for c in JUDGED if not c.is_evasion)


def test_the_result_is_the_frozen_one() -> None:
    now = {f"{c.left!a} | {c.right!a}": str(found) if found else "none" for c, found in JUDGED.items()}
    assert now == json.loads(FROZEN.read_text(encoding="utf-8")), "look at the change, then freeze the new result"


def test_pairs_are_read_with_what_cannot_be_seen() -> None:
    assert Case("Grey\u200bbeard", "Greybeard", "evasion", "zero-width", "Latin", Tier.FOLD) in JUDGED
