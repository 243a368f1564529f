"""Single characters: what is left of them when folded, and what they may be taken for."""

from __future__ import annotations

import pytest

from bot.match import characters


@pytest.mark.parametrize(
    ("character", "folded"),
    [
        pytest.param("A", "a", id="case"),
        pytest.param("é", "e", id="accent"),
        pytest.param("Ｇ", "g", id="width"),
        pytest.param("𝕽", "r", id="mathematical style"),
        pytest.param("ⓑ", "b", id="circled"),
        pytest.param("ß", "ss", id="sharp s"),
        pytest.param("Æ", "ae", id="ligature"),
        pytest.param("ﬁ", "fi", id="typographic ligature"),
        pytest.param("ё", "е", id="Cyrillic accent"),
        pytest.param("أ", "ا", id="Arabic hamza"),
        pytest.param("٣", "3", id="digit of another script"),
        pytest.param("²", "2", id="superscript"),
        pytest.param("\u200b", "", id="zero-width space"),
        pytest.param("\u202e", "", id="bidi override"),
        pytest.param("\u3164", "", id="Hangul filler is a letter to Unicode and draws nothing"),
        pytest.param("ـ", "", id="tatweel only stretches"),
        pytest.param("\ud800", "", id="lone surrogate"),
        pytest.param("\x00", "", id="NUL"),
        pytest.param(" ", "", id="space"),
        pytest.param("★", "", id="ornament"),
        pytest.param("_", "", id="underscore"),
    ],
)
def test_fold(character: str, folded: str) -> None:
    assert characters.fold(character) == folded


@pytest.mark.parametrize(
    "character",
    [
        pytest.param("ि", id="vowel sign of Devanagari"),
        pytest.param("ु", id="vowel sign that is a non-spacing mark"),
        pytest.param("が", id="voiced kana"),
        pytest.param("ั", id="Thai vowel"),
        pytest.param("9", id="digit"),
    ],
)
def test_fold_keeps_what_makes_another_word(character: str) -> None:
    assert characters.fold(character) == character


@pytest.mark.parametrize(
    ("left", "right"),
    [
        pytest.param("а", "a", id="Cyrillic a"),
        pytest.param("В", "b", id="Cyrillic capital beside a small Latin letter"),
        pytest.param("к", "k", id="small Cyrillic ka, which TR39 leaves apart"),
        pytest.param("ρ", "p", id="Greek rho"),
        pytest.param("I", "l", id="capital i and small l"),
        pytest.param("1", "l", id="one and l"),
        pytest.param("1", "i", id="one and i"),
        pytest.param("|", "I", id="bar"),
        pytest.param("Ӏ", "l", id="palochka"),
        pytest.param("ӏ", "i", id="small palochka"),
        pytest.param("0", "о", id="zero and Cyrillic o"),
        pytest.param("3", "з", id="three and Cyrillic ze"),
        pytest.param("4", "A", id="leet"),
        pytest.param("$", "s", id="symbol"),
        pytest.param("ø", "o", id="stroke, which does not decompose"),
        pytest.param("ʙ", "b", id="small capital"),
        pytest.param("🅱", "B", id="squared"),
        pytest.param("🇦", "a", id="regional indicator"),
        pytest.param("ی", "ي", id="Persian and Arabic yeh"),
        pytest.param("張", "张", id="traditional and simplified"),
        pytest.param("ニ", "二", id="katakana and Han"),
    ],
)
def test_alike_both_ways(left: str, right: str) -> None:
    assert characters.alike(left, right)
    assert characters.alike(right, left)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        pytest.param("i", "l", id="small letters: Ali and All"),
        pytest.param("I", "L", id="capital letters: Ian and Lan"),
        pytest.param("6", "8", id="digits are alike only when equal, though both are read as b"),
        pytest.param("0", "9", id="digits"),
        pytest.param("и", "п", id="two Cyrillic letters that both resemble n"),
        pytest.param("ο", "σ", id="two Greek letters that both resemble o"),
        pytest.param("a", "b", id="Latin letters"),
        pytest.param("ث", "ب", id="Arabic letters that differ in their dots"),
        pytest.param("s", "b", id="no closing over 5 and 6"),
        pytest.param("★", "☆", id="what says nothing"),
    ],
)
def test_not_alike(left: str, right: str) -> None:
    assert not characters.alike(left, right)


@pytest.mark.parametrize(
    ("character", "shown"),
    [
        pytest.param("m", "rn", id="m"),
        pytest.param("I", "l", id="capital i"),
        pytest.param("0", "O", id="zero"),
        pytest.param("9", "9", id="other digits are themselves"),
        pytest.param("\u00e9", "e", id="accents are gone"),
        pytest.param("А", "A", id="case stays"),
    ],
)
def test_prototype(character: str, shown: str) -> None:
    assert characters.prototype(character) == shown


@pytest.mark.parametrize(
    ("character", "script"),
    [
        pytest.param("a", "LATIN", id="Latin"),
        pytest.param("Ａ", "LATIN", id="full width"),
        pytest.param("ж", "CYRILLIC", id="Cyrillic"),
        pytest.param("中", "HAN", id="CJK"),
        pytest.param("7", "", id="digit"),
        pytest.param("-", "", id="punctuation"),
        pytest.param("\u200b", "", id="invisible"),
    ],
)
def test_script(character: str, script: str) -> None:
    assert characters.script(character) == script


def test_first_reading_prefers_latin() -> None:
    assert [characters.first_reading(c) for c in "Вз中"] == ["b", "3", "中"]
