"""One edit, letters stretched, and when that is only chance."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from bot.config import MatchRules
from bot.match.align import Taken
from bot.match.keys import keys
from bot.match.near import Edit, NearIndex, near, single_edit, squeezed, stretched, text_of

RULES = MatchRules()


def judged(left: str, right: str) -> Taken | None:
    return near(keys(left), keys(right), RULES)


@pytest.mark.parametrize(
    ("left", "right", "edit"),
    [
        pytest.param("abcd", "abxd", Edit(2, "c", "x"), id="changed"),
        pytest.param("abcd", "abd", Edit(2, "c", ""), id="left out"),
        pytest.param("abd", "abcd", Edit(2, "", "c"), id="put in"),
        pytest.param("abcd", "acbd", Edit(1, "bc", "cb"), id="swapped"),
        pytest.param("abc", "abcd", Edit(3, "", "d"), id="at the end"),
        pytest.param("abcd", "abcd", None, id="equal"),
        pytest.param("abcd", "axxd", None, id="two changed"),
        pytest.param("ab", "abcd", None, id="two more"),
    ],
)
def test_single_edit(left: str, right: str, edit: Edit | None) -> None:
    assert single_edit(left, right) == edit


@settings(max_examples=200)
@given(st.text(alphabet="abc", max_size=8), st.text(alphabet="abc", max_size=8))
def test_single_edit_is_distance_one(left: str, right: str) -> None:
    assert (single_edit(left, right) is not None) == (OSA.distance(left, right) == 1)


@settings(max_examples=200)
@given(st.text(alphabet="abcde", min_size=7, max_size=9), st.text(alphabet="abcde", min_size=7, max_size=9))
def test_the_index_finds_every_single_edit(left: str, right: str) -> None:
    index = NearIndex(RULES)
    index.add(0, keys(right))
    if OSA.distance(left, right) == 1:
        assert index.near(keys(left)) == [0]


@pytest.mark.parametrize(
    ("left", "right", "taken"),
    [
        pytest.param("Greybaerd", "Greybeard", Taken("ae", "ea"), id="swapped"),
        pytest.param("Harrasser", "Harasser", Taken("r", ""), id="doubled"),
        pytest.param("Sockdrawar Man", "Sockdrawer Man", Taken("a", "e"), id="in one of two words"),
        pytest.param("Grеybaerd", "Greybeard", Taken("ae", "ea"), id="Cyrillic letter besides"),
        pytest.param("Провакатор", "Провокатор", Taken("а", "о"), id="Cyrillic"),
        pytest.param("Greybaerd7", "Greybeard", Taken("ae", "ea"), id="number besides"),
        pytest.param("Bandwagom", "Bandwagon", Taken("m", "n"), id="last letter of a word of the dictionary"),
        pytest.param("Grey beard man", "Greybeardd man", Taken("", "d"), id="spaced otherwise"),
    ],
)
def test_near(left: str, right: str, taken: Taken) -> None:
    assert judged(left, right) == taken


@pytest.mark.parametrize(
    ("left", "right"),
    [
        pytest.param("Marvin", "Martin", id="too short"),
        pytest.param("MartinB", "MartinC", id="initials"),
        pytest.param("kevinsm", "kevinsn", id="an unknown initial"),
        pytest.param("Martinas", "Martina", id="a letter after a name"),
        pytest.param("J Martinez", "K Martinez", id="initial of its own"),
        pytest.param("Martinez J", "Martinez", id="initial added"),
        pytest.param("Maria Garcia", "Marta Garcia", id="two given names"),
        pytest.param("Jonathan", "Jonathon", id="two forms of a name"),
        pytest.param("Merqa Ossowitz", "Marqa Ossowitz", id="short name beside a family name"),
        pytest.param("Ossowitzov", "Ossowitzova", id="forms for women and men"),
        pytest.param("Иванова", "Иванов", id="Russian forms"),
        pytest.param("Colombo", "Colomba", id="another last letter"),
        pytest.param("Sockdrawer8", "Sockdrawar9", id="numbers that differ too"),
        pytest.param("Moonlight", "Moonflight", id="words written as one"),
        pytest.param("Coffee Lover", "Toffee Lover", id="words"),
        pytest.param("Nama0001xyz", "Nama0002xyz", id="numbers inside"),
        pytest.param("Ab Greybeard", "Ax Greybeard", id="word of two letters"),
        pytest.param("Greybeard", "Bluebeard", id="far"),
    ],
)
def test_chance_is_not_near(left: str, right: str) -> None:
    assert judged(left, right) is None
    assert judged(right, left) is None


@pytest.mark.parametrize(
    ("left", "right", "taken"),
    [
        pytest.param("Raaaaider", "Raider", Taken("aaaa", "a"), id="stretched"),
        pytest.param("Raider", "Raaaaider", Taken("a", "aaaa"), id="the listed one is stretched"),
        pytest.param("Outlawwyer", "Outlawyer", Taken("ww", "w"), id="doubled in a long name"),
        pytest.param("Raiider", "Raider", None, id="doubled in a short name"),
        pytest.param("Aaron", "Aron", None, id="two ordinary names"),
        pytest.param("Boo", "Bo", None, id="too short"),
        pytest.param("Raaaaider2", "Raider", None, id="another number"),
        pytest.param("Raider", "Raider", None, id="equal"),
    ],
)
def test_stretched(left: str, right: str, taken: Taken | None) -> None:
    assert stretched(keys(left), keys(right), RULES) == taken


def test_squeezed_keeps_digits() -> None:
    assert squeezed("aab1100c") == "ab1100c"


def test_names_in_mixed_scripts_are_read_as_latin() -> None:
    assert [text_of(keys(n)) for n in ("Grеy7", "Грей", "7")] == ["grey", "греи", "7"]


def test_a_crowd_of_numbers_is_nobody() -> None:
    index = NearIndex(RULES)
    for number in range(30):
        index.add(number, keys(f"Greybeard{number}"))
    index.add(30, keys("Greybeard"))
    assert index.near(keys("Greybaerd")) == []
    assert index.near(keys("Greybaerd7")) == [7, 30]
    assert index.stretched(keys("Greybeeeard7")) == [7, 30]
