"""Of claims that overlap the surest and longest counts; what is kept is kept as whole words; both in time by length."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.private.anonymize_choice import Spans, chosen_of, kept_spans
from bot.private.anonymize_view import Claim, Rank

_PLACES = st.tuples(st.integers(0, 40), st.integers(1, 8)).map(lambda at: (at[0], at[0] + at[1]))


def claim(start: int, end: int, rank: int = Rank.PART) -> Claim:
    return Claim(start, end, rank, frozenset({0}))


@pytest.mark.parametrize(
    ("claims", "expected"),
    [
        pytest.param([claim(4, 6), claim(0, 2)], [(0, 2), (4, 6)], id="in order"),
        pytest.param([claim(0, 2), claim(0, 5)], [(0, 5)], id="the longer"),
        pytest.param([claim(0, 5), claim(3, 5, Rank.LINK)], [(3, 5)], id="the surer"),
        pytest.param([claim(0, 2), claim(2, 4)], [(0, 2), (2, 4)], id="side by side"),
        pytest.param([claim(0, 4, Rank.LINK), claim(2, 6, Rank.NAME)], [(0, 6)], id="a name that stands out"),
        pytest.param(
            [claim(0, 4, Rank.LINK), claim(2, 6, Rank.NAME), claim(5, 8, Rank.ADDRESS)],
            [(0, 4), (5, 8)],
            id="a name between two",
        ),
    ],
)
def test_what_counts(claims: list[Claim], expected: list[tuple[int, int]]) -> None:
    assert [(c.start, c.end) for c in chosen_of("x" * 50, claims)] == expected


@given(st.lists(st.tuples(_PLACES, st.integers(0, 8)), max_size=30))
def test_claims_are_in_order_and_apart_and_none_is_lost(given_claims: list[tuple[tuple[int, int], int]]) -> None:
    claims = [claim(*place, rank) for place, rank in given_claims]
    chosen = chosen_of("x" * 60, claims)
    assert all(before.end <= after.start for before, after in pairwise(chosen))
    assert all(any(c.start < one.end and one.start < c.end for c in chosen) for one in claims)


@given(st.lists(_PLACES, max_size=12), _PLACES)
def test_spans_hold_what_stands_wholly_within_them(spans: list[tuple[int, int]], place: tuple[int, int]) -> None:
    covered = {at for start, end in spans for at in range(start, end)}
    touching = {end for _, end in spans} & {start for start, _ in spans}
    holds = Spans(spans).hold(claim(*place))
    if any(start <= place[0] and place[1] <= end for start, end in spans):
        assert holds
    if holds:
        assert covered.issuperset(range(*place))
    elif covered.issuperset(range(*place)):
        assert touching


@given(st.lists(_PLACES, max_size=12), _PLACES)
def test_spans_between_are_wholly_between(spans: list[tuple[int, int]], place: tuple[int, int]) -> None:
    found = list(Spans(spans).between(*place))
    assert all(place[0] <= start < end <= place[1] for start, end in found)
    assert found == sorted(found)


@pytest.mark.parametrize(
    ("text", "keep", "expected"),
    [
        pytest.param("Mark, Markus, Mark", "Mark", [(0, 4), (14, 18)], id="whole words"),
        pytest.param("may may I ask", "may I", [(4, 9)], id="phrase"),
        pytest.param("他说小龙", "小", [(2, 3)], id="no blanks"),
        pytest.param("a", " ", [], id="nothing"),
    ],
)
def test_what_is_kept(text: str, keep: str, expected: list[tuple[int, int]]) -> None:
    assert list(kept_spans(text, [keep]).between(0, len(text))) == expected


def test_many_claims_take_time_by_their_number() -> None:
    claims = [claim(at, at + 2) for at in range(0, 200_000, 2)]
    assert len(chosen_of("x" * 200_000, claims)) == 100_000
