"""All keys of a name."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.match.keys import VERSIONS, keys, split_tail, tr39_key, words
from bot.match.units import units


def test_every_key_has_a_version() -> None:
    assert set(VERSIONS) == {"fold", "tr39", "look", "translit", "tail"}
    assert all(version >= 1 for version in VERSIONS.values())


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        pytest.param("JohnB", ("john", "b"), id="initial after a name"),
        pytest.param("TheRealDeal", ("the", "real", "deal"), id="capitals"),
        pytest.param("NASAFan", ("nasa", "fan"), id="capitals in a row"),
        pytest.param("Ann-Marie 1990 K.", ("ann", "marie", "k"), id="punctuation and digits"),
        pytest.param("Müller_Jürgen", ("muller", "jurgen"), id="accents"),
        pytest.param("ИванПетров", ("иван", "петров"), id="Cyrillic capitals"),
        pytest.param("स्वागत है", ("स्वागत", "है"), id="vowel signs belong to the word"),
        pytest.param("Gr\u200bey", ("grey",), id="the invisible parts nothing"),
        pytest.param("2001", (), id="no letters"),
        pytest.param("", (), id="empty"),
    ],
)
def test_words(name: str, parts: tuple[str, ...]) -> None:
    assert words(name) == parts


@pytest.mark.parametrize(
    ("name", "stem", "tail"),
    [
        pytest.param("Name2", "Name", "2", id="number"),
        pytest.param("Name 20 24", "Name", "2024", id="spaced"),
        pytest.param("Name٢", "Name", "2", id="other digits"),
        pytest.param("Name", "Name", "", id="none"),
        pytest.param("1234", "1234", "", id="all number"),
        pytest.param("2Name", "2Name", "", id="in front"),
    ],
)
def test_split_tail(name: str, stem: str, tail: str) -> None:
    rest, number = split_tail(units(name))
    assert ("".join(u.text for u in rest), number) == (stem, tail)


@pytest.mark.parametrize(
    ("name", "looks"),
    [
        pytest.param("Plain", (), id="nothing to read otherwise"),
        pytest.param("H4x0r", ("haxor", "hax0r", "h4xor"), id="each run alone and together"),
        pytest.param("Name77", ("namett", "namet7"), id="at the end also the first digit alone"),
        pytest.param("$am", ("sam",), id="symbol"),
    ],
)
def test_looks(name: str, looks: tuple[str, ...]) -> None:
    assert keys(name).looks == looks


def test_tr39_key_minds_case_and_not_punctuation() -> None:
    assert tr39_key("Аdаm-1") == tr39_key("Adam l") == "Adarnl"
    assert tr39_key("adam") != tr39_key("Adam")


@settings(max_examples=200)
@given(st.text(alphabet=st.characters(exclude_categories=()), max_size=60))
def test_any_text_has_keys(name: str) -> None:
    found = keys(name)
    assert found.name == name
    assert len(found.looks) <= 16
    assert keys(name) == found
