"""Names cut into characters, and their fold."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.match.units import LONGEST, coarse, composed, fold_key, units, ways_shown


@pytest.mark.parametrize(
    ("name", "key"),
    [
        pytest.param("Grey Beard", "greybeard", id="spacing"),
        pytest.param("G.r_e-y", "grey", id="punctuation"),
        pytest.param("Gre\u0301y", "grey", id="combining accent"),
        pytest.param("ｶﾞﾝｺ", "ガンコ", id="half-width kana with its voicing"),
        pytest.param("C++", "c++", id="too little would be left: nothing is taken away"),
        pytest.param("★★", "★★", id="nothing but ornaments"),
        pytest.param("", "", id="empty"),
        pytest.param("\ud800", "\ud800", id="lone surrogate"),
        pytest.param("Ｃ＃", "c#", id="short names still lose their width"),
    ],
)
def test_fold_key(name: str, key: str) -> None:
    assert fold_key(name) == key


def test_coarse_takes_sequences_for_letters() -> None:
    assert [coarse(t) for t in ("admin", "adrnin", "vvarp", "cioud", "anna")] == [
        "admin",
        "admin",
        "warp",
        "doud",
        "ama",
    ]


def test_units_keep_what_stands_in_the_name() -> None:
    assert [(u.text, u.fold, u.literal, u.other) for u in units("А1 $ß")] == [
        ("А", "а", "a", "a"),
        ("1", "1", "1", "i"),
        ("$", "", "", "s"),
        ("ß", "ss", "ss", "b"),
    ]


@pytest.mark.parametrize(
    ("name", "ways"),
    [
        pytest.param("plain", ("plain",), id="no override"),
        pytest.param("\u202eyerg", ("\u202eyerg", "grey"), id="to the end"),
        pytest.param("ab\u202edc\u202cef", ("ab\u202edc\u202cef", "abcdef"), id="up to the pop"),
    ],
)
def test_ways_shown(name: str, ways: tuple[str, ...]) -> None:
    assert ways_shown(name) == ways


def test_endless_names_are_cut() -> None:
    assert len(composed("x" * 5_000)) == len(fold_key("x" * 5_000)) == LONGEST


@settings(max_examples=200)
@given(st.text(alphabet=st.characters(exclude_categories=()), max_size=40))
def test_any_text_has_units_and_a_fold_in_one_case(name: str) -> None:
    assert all(u.fold or u.other for u in units(name))
    assert fold_key(fold_key(name)) == fold_key(name) or not name.isascii()
