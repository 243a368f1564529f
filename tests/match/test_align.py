"""Two names side by side."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.match.align import Taken, align, spelt
from bot.match.units import units


def aligned(left: str, right: str) -> tuple[Taken, ...] | None:
    return align(units(left), units(right))


@pytest.mark.parametrize(
    ("left", "right", "taken"),
    [
        pytest.param("Grey", "grey", (), id="case says nothing"),
        pytest.param("Grеy", "Grey", (Taken("е", "e"),), id="Cyrillic letter"),
        pytest.param("Adarn", "Adam", (Taken("rn", "m"),), id="sequence on the left"),
        pytest.param("Rowdy", "Rovvdy", (Taken("w", "vv"),), id="sequence on the right"),
        pytest.param("Bu11", "Bull", (Taken("1", "l"), Taken("1", "l")), id="digits"),
        pytest.param("Adm!n!", "Admin", (Taken("!", "i"),), id="a symbol for a letter, another for nothing"),
        pytest.param("ßaker", "Baker", (Taken("ß", "B"),), id="sharp s as b"),
        pytest.param("Straße", "Strasse", (), id="sharp s as ss"),
        pytest.param("Ыad", "blad", (Taken("Ы", "bl"),), id="a letter that looks like two"),
    ],
)
def test_align(left: str, right: str, taken: tuple[Taken, ...]) -> None:
    assert aligned(left, right) == taken


@pytest.mark.parametrize(
    ("left", "right"),
    [
        pytest.param("Ali", "All", id="i and l"),
        pytest.param("User68", "User86", id="digits"),
        pytest.param("Grey", "Greys", id="longer"),
        pytest.param("Нина", "Нипа", id="one script"),
        pytest.param("", "a", id="empty"),
    ],
)
def test_align_refuses(left: str, right: str) -> None:
    assert aligned(left, right) is None
    assert aligned(right, left) is None


@settings(max_examples=100)
@given(st.text(alphabet="rnmvw1Il|!$аес", max_size=24), st.text(alphabet="rnmvw1Il|!$аес", max_size=24))
def test_align_is_the_same_both_ways(left: str, right: str) -> None:
    assert (aligned(left, right) is None) == (aligned(right, left) is None)


@given(st.text(max_size=30))
@settings(max_examples=100)
def test_every_name_is_like_itself(name: str) -> None:
    assert aligned(name, name) is not None


@pytest.mark.parametrize(
    ("text", "told"),
    [
        pytest.param("rn", "rn", id="ASCII"),
        pytest.param("а", "а (U+0430)", id="a letter that cannot be told apart"),
        pytest.param("\u200b", "U+200B", id="invisible"),
        pytest.param("", "", id="nothing"),
    ],
)
def test_spelt(text: str, told: str) -> None:
    assert spelt(text) == told
