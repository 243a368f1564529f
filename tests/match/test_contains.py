"""A listed name inside a longer one, and other numbers at the end."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.config import MatchRules
from bot.match.contains import ContainsIndex, is_telling, other_number, texts_of
from bot.match.keys import keys

RULES = MatchRules()


def index_of(*texts: str) -> ContainsIndex:
    index = ContainsIndex(6)
    for number, text in enumerate(texts):
        index.add(number, text)
    return index


@pytest.mark.parametrize(
    ("listed", "text", "found"),
    [
        pytest.param("greybeard", "therealgreybeard", [0], id="at the end"),
        pytest.param("greybeard", "xxgreybeardxx", [0], id="in the middle"),
        pytest.param("greybeard", "greybeard", [], id="all of it"),
        pytest.param("grey", "greybeard", [], id="too short"),
        pytest.param("user12", "user123x", [], id="would cut a number at its end"),
        pytest.param("2wheels", "12wheels", [], id="would cut a number at its beginning"),
        pytest.param("user12", "user12x", [0], id="ends with the number"),
    ],
)
def test_found_in(listed: str, text: str, found: list[int]) -> None:
    assert list(index_of(listed).found_in(text)) == found


@settings(max_examples=100)
@given(
    st.lists(st.text(alphabet="ab", min_size=6, max_size=8), max_size=6, unique=True),
    st.text(alphabet="ab", max_size=14),
)
def test_found_in_is_containment(listed: list[str], text: str) -> None:
    assert {listed[n] for n in index_of(*listed).found_in(text)} == {t for t in listed if t in text and t != text}


@pytest.mark.parametrize(
    ("longer", "shorter", "telling"),
    [
        pytest.param("TheRealGreybeard", "Greybeard", True, id="coming back"),
        pytest.param("xXGreybeardxX", "Greybeard", True, id="decorated"),
        pytest.param("Greybeard Wikipedia", "Greybeard", True, id="beside a word"),
        pytest.param("Robert is back", "Robert", True, id="even an ordinary name, if it says so"),
        pytest.param("Laura Ossowitz returns", "Laura Ossowitz", True, id="a full name"),
        pytest.param("Провокатор вернулся", "Провокатор", True, id="in Russian"),
        pytest.param("Anna Kowalska", "Kowalska", False, id="shared family name"),
        pytest.param("Ewa Ossowitz", "Ossowitz", False, id="strange family name beside a given name"),
        pytest.param("Ana Maria Lopez", "Ana Maria", False, id="more names"),
        pytest.param("MathTeacher", "Teacher", False, id="word of the dictionary"),
        pytest.param("oldroberting", "Robert", False, id="ordinary name"),
        pytest.param("Priya Sharma", "Riya Sharma", False, id="one letter more"),
    ],
)
def test_is_telling(longer: str, shorter: str, telling: bool) -> None:
    assert is_telling(keys(longer), keys(shorter)) is telling


@pytest.mark.parametrize(
    ("left", "right", "telling"),
    [
        pytest.param("Name2", "Name", True, id="one digit"),
        pytest.param("Name", "Name2", True, id="the other way round"),
        pytest.param("Robert2", "Robert", True, id="one digit after an ordinary name"),
        pytest.param("Robert77", "Robert", False, id="two digits after an ordinary name"),
        pytest.param("Robert1985", "Robert", False, id="year of birth"),
        pytest.param("Hoaxington2024", "Hoaxington", True, id="a year after a name of nobody"),
        pytest.param("Zork2024", "Zork", False, id="a year after a short name"),
        pytest.param("Hoaxington1", "Hoaxington2", True, id="counted"),
        pytest.param("Hoaxington88", "Hoaxington89", False, id="years of birth"),
        pytest.param("Robert1", "Robert2", False, id="ordinary and counted"),
        pytest.param("Bob2", "Bob", False, id="too short"),
        pytest.param("Name2", "Name2", False, id="same number"),
    ],
)
def test_other_number(left: str, right: str, telling: bool) -> None:
    assert other_number(keys(left), keys(right), RULES) is telling


@pytest.mark.parametrize(
    ("name", "texts"),
    [
        pytest.param("Grey", ("grey",), id="one way"),
        pytest.param("Gr3y", ("gr3y", "grey"), id="digits read as letters"),
        pytest.param("Grеy", ("grеy", "grey"), id="Cyrillic letter"),
    ],
)
def test_texts_of(name: str, texts: tuple[str, ...]) -> None:
    assert texts_of(keys(name)) == texts
