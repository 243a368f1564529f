"""What is kept of a check: numbers that call nobody checked who was not, and nobody's name."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.check import remembered
from bot.model import (
    Agreed,
    CheckResult,
    CheckSeen,
    Coverage,
    Decision,
    Event,
    Evidence,
    Judged,
    Origin,
    Registrant,
    Severity,
    Status,
    Tier,
    Unparsed,
    VerdictKind,
)

NOW = datetime(2026, 11, 21, tzinfo=UTC)
FLAG, REVIEW, UNKNOWN, CLEAR = VerdictKind.FLAG, VerdictKind.REVIEW, VerdictKind.UNKNOWN, VerdictKind.CLEAR
BASE = CheckResult(Event("Event:X"), (), (), (), (), Coverage(0, 0, 0), {}, NOW)


def evidence(status: Status | None, tier: Tier = Tier.IDENTICAL) -> Evidence:
    decision = None if status is None else Decision("f", status, "Rae", 5, NOW, "x")
    return Evidence("list", tier, Severity.BAN, "Ada", "Ada", "L", "Ada is on it.", decision=decision)


def judged(
    verdict: VerdictKind = CLEAR, *found: Evidence, agreed: Agreed = Agreed.AGREED, withdrawn: bool = False
) -> Judged:
    person = Registrant("Ada", Origin("signature", line=3), withdrawn=withdrawn, agreed=agreed)
    return Judged(person, verdict, found)


def result(*rows: Judged, private: int | None = 0, **more: object) -> CheckResult:
    return replace(BASE, judged=rows, coverage=Coverage(len(rows), len(rows), private), **more)  # type: ignore[arg-type]


def test_a_check_is_remembered_as_numbers() -> None:
    rows = (judged(FLAG), judged(REVIEW), judged(UNKNOWN), judged(), judged())
    assert remembered.seen(result(*rows)) == CheckSeen(NOW, 5, 5, flagged=1, to_review=1, unknown=1, unread=0)


@pytest.mark.parametrize(
    ("found", "flagged"),
    [
        pytest.param([evidence(None)], 1, id="nobody decided"),
        pytest.param([evidence(Status.OPEN)], 1, id="open"),
        pytest.param([evidence(Status.CONFIRMED)], 0, id="confirmed"),
        pytest.param([evidence(Status.HANDLED)], 0, id="handled"),
        pytest.param([evidence(Status.CONFIRMED), evidence(Status.OPEN)], 1, id="one of two is open"),
        pytest.param([evidence(Status.CONFIRMED), evidence(None)], 1, id="one of two was never decided"),
        pytest.param([evidence(Status.CONFIRMED), evidence(None, Tier.NEAR)], 0, id="nobody decides about likeness"),
        pytest.param([], 1, id="flagged for nothing that could be decided"),
    ],
)
def test_a_flag_counts_until_somebody_decided_all_of_it(found: list[Evidence], flagged: int) -> None:
    assert remembered.seen(result(judged(FLAG, *found))).flagged == flagged


@pytest.mark.parametrize(
    ("given", "registrants", "unknown", "unread"),
    [
        pytest.param(result(judged()), 1, 0, 0, id="everybody"),
        pytest.param(result(judged(), private=3), 4, 3, 0, id="registered privately: with the terms"),
        pytest.param(result(judged(), private=None), 1, 0, 0, id="the page does not say how many"),
        pytest.param(result(unparsed=(Unparsed(3, "?"), Unparsed(4, "?"))), 2, 2, 2, id="lines"),
        pytest.param(result(judged(UNKNOWN)), 1, 1, 0, id="an account of which nothing is known, but who agreed"),
        pytest.param(result(judged(UNKNOWN), unread=("A page was not read.",)), 2, 2, 1, id="a page, and somebody"),
    ],
)
def test_whoever_may_have_been_missed_is_not_called_checked(
    given: CheckResult, registrants: int, unknown: int, unread: int
) -> None:
    seen = remembered.seen(given)
    assert (seen.registrants, seen.unknown, seen.unread) == (registrants, unknown, unread)
    assert seen.registrants - seen.checked <= seen.unknown


@pytest.mark.parametrize(
    ("agreed", "numbers"),
    [
        pytest.param(Agreed.AGREED, (0, 0), id="agreed"),
        pytest.param(Agreed.REGISTERED, (0, 0), id="by registering"),
        pytest.param(Agreed.NOT_AGREED, (1, 0), id="not agreed"),
        pytest.param(Agreed.UNKNOWN, (1, 0), id="cannot be told: not called agreed"),
        pytest.param(Agreed.NOT_ASKED, (0, 1), id="not asked"),
    ],
)
def test_nobody_is_called_agreed_who_may_not_have(agreed: Agreed, numbers: tuple[int, int]) -> None:
    seen = remembered.seen(result(judged(agreed=agreed)))
    assert (seen.not_agreed, seen.not_asked) == numbers
    gone = remembered.seen(result(judged(agreed=agreed, withdrawn=True)))
    assert (gone.not_agreed, gone.not_asked) == (0, 0)


rows = st.builds(
    judged,
    st.sampled_from(VerdictKind),
    agreed=st.sampled_from(Agreed),
    withdrawn=st.booleans(),
)


@given(st.lists(rows, max_size=6), st.integers(0, 3))
def test_no_name_is_kept_and_every_number_fits(people: list[Judged], private: int) -> None:
    seen = remembered.seen(result(*people, private=private))
    assert "Ada" not in repr(seen)
    numbers = [getattr(seen, field.name) for field in fields(seen) if field.name != "at"]
    assert all(0 <= number <= seen.registrants for number in numbers)
    assert seen.flagged + seen.to_review + seen.unknown <= seen.registrants
