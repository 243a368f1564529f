"""Romanisation with variants, compared as sets."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.match.sounds import scripts, sounds, spellings


@pytest.mark.parametrize(
    ("name", "latin"),
    [
        pytest.param("Юлия", "Yulia", id="Cyrillic, English"),
        pytest.param("Юлия", "Julia", id="Cyrillic, German"),
        pytest.param("Чехов", "Tschechow", id="Cyrillic, German sch"),
        pytest.param("Хрущёв", "Khrushchev", id="yo written e"),
        pytest.param("Микола", "Mykola", id="Ukrainian"),
        pytest.param("Юрий", "Jurij", id="scientific"),
        pytest.param("Владимир", "Wladimir", id="Polish w"),
        pytest.param("Γιώργος", "Giorgos", id="Greek"),
        pytest.param("Παπαδόπουλος", "Papadopoulos", id="Greek ou"),
        pytest.param("محمد", "Mohammed", id="Arabic writes no vowels"),
        pytest.param("محمد", "Muhammad", id="Arabic, other vowels"),
        pytest.param("דוד", "David", id="Hebrew"),
        pytest.param("राहुल शर्मा", "Rahul Sharma", id="Devanagari"),
        pytest.param("முருகன்", "Murugan", id="Tamil"),
        pytest.param("たなか", "タナカ", id="two kinds of kana"),
        pytest.param("サトウ", "Sato", id="long vowel"),
        pytest.param("きょうこ", "Kyoko", id="small kana"),
        pytest.param("しゃちょう", "Shacho", id="small kana after shi"),
        pytest.param("박지성", "Park Jisung", id="Korean family name"),
        pytest.param("张伟", "Zhang Wei", id="pinyin"),
        pytest.param("გიორგი", "Giorgi", id="Georgian"),
        pytest.param("Müller", "Мюллер", id="umlaut beside Cyrillic"),
        pytest.param("Ίων Καλός", "Ion Kalos", id="accented capital"),
    ],
)
def test_sounds_meet(name: str, latin: str) -> None:
    assert sounds(name) & sounds(latin)


@pytest.mark.parametrize(
    ("name", "latin"),
    [
        pytest.param("Марина", "Marta", id="other name"),
        pytest.param("Сергей", "Andrei", id="same ending"),
        pytest.param("علي", "Omar", id="short Arabic name"),
        pytest.param("王", "Wei", id="one character"),
    ],
)
def test_sounds_do_not_meet(name: str, latin: str) -> None:
    assert not sounds(name) & sounds(latin)


@pytest.mark.parametrize(
    ("name", "ways"),
    [
        pytest.param("Müller", {"muller", "mueller"}, id="umlaut"),
        pytest.param("Weiß", {"weiss", "weis", "weisz"}, id="sharp s"),
        pytest.param("Miller", set(), id="nothing to write otherwise"),
        pytest.param("Юлия", set(), id="not Latin"),
        pytest.param(
            "Peña Ñu", {f"pe{a}a{b}u" for a in ("n", "ny", "nh", "gn") for b in ("n", "ny", "nh", "gn")}, id="all ways"
        ),
    ],
)
def test_spellings(name: str, ways: set[str]) -> None:
    assert spellings(name) == ways


def test_very_many_ways_are_cut_to_consistent_ones() -> None:
    found = spellings("ñ" * 12)
    assert {"n" * 12, "ny" * 12, "nh" * 12, "gn" * 12} <= found
    assert len(found) < 60


@pytest.mark.parametrize(
    ("name", "found"),
    [
        pytest.param("Anna 5", {"LATIN"}, id="ASCII"),
        pytest.param("Аnna", {"LATIN", "CYRILLIC"}, id="mixed"),
        pytest.param("★♥", set(), id="none"),
        pytest.param("東京タワー", {"HAN", "KATAKANA"}, id="Japanese"),
    ],
)
def test_scripts(name: str, found: set[str]) -> None:
    assert scripts(name) == found


@given(st.text(alphabet=st.characters(exclude_categories=()), max_size=40))
@settings(max_examples=200)
def test_any_text_sounds_somehow(name: str) -> None:
    assert "" not in sounds(name)
    assert len(sounds(name)) < 600
