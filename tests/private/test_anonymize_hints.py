"""What no rule can decide is listed, each word once with all its lines, and little else is."""

from __future__ import annotations

import pytest

from bot.private import incident_people
from bot.private.anonymize import anonymize


def listed(text: str, people: str = "", *places: str) -> list[tuple[str, str]]:
    found = anonymize(text, incident_people.read(people, ""), places)
    assert found.left == ()
    return [(one.excerpt.partition("»")[2].partition("«")[0], one.why.partition(";")[0]) for one in found.look_at]


STRANGER, NEAR, BEGINS = "may be somebody's name", "nearly a known name", "begins as a known name does"
ENGLISH = "We were at the door of the room when {} came to us."
GERMAN = "Wir waren an der Haltestelle, und dann kam {} zu uns in das Treppenhaus."
RUSSIAN = "Мы были у двери, и потом {} пришёл к нам, а он не был там."
SPANISH = "Estaban en la puerta y luego {} vino con los demás por la tarde."


@pytest.mark.parametrize(
    ("people", "text", "expected"),
    [
        pytest.param("Derek Fyfe", ENGLISH.format("Dereck"), [("Dereck", NEAR)], id="a letter more"),
        pytest.param("Derek Fyfe", ENGLISH.format("Deek"), [("Deek", NEAR)], id="a letter less"),
        pytest.param("Derek Fyfe", ENGLISH.format("Deerk"), [("Deerk", NEAR)], id="two letters turned"),
        pytest.param("Omar Fyfe", ENGLISH.format("Omer"), [("Omer", NEAR)], id="four letters"),
        pytest.param("Derek Fyfe", ENGLISH.format("dark"), [], id="a word that is near it"),
        pytest.param("Марта Белых", RUSSIAN.format("Мартышке"), [("Мартышке", BEGINS)], id="a rare ending"),
        pytest.param("Ignacio Sanz", SPANISH.format("Ignatius"), [("Ignatius", BEGINS)], id="begins as it"),
        pytest.param("S. Adeyemi", ENGLISH.format("skadeyemi"), [("skadeyemi", "has a known name in it")], id="within"),
        pytest.param("", ENGLISH.format("Halloran"), [("Halloran", STRANGER)], id="stranger"),
        pytest.param("", "Halloran came. " + ENGLISH, [("Halloran", STRANGER)], id="stranger, at the beginning"),
        pytest.param("", SPANISH.format("Ilve"), [("Ilve", STRANGER)], id="stranger in Spanish"),
        pytest.param("", RUSSIAN.format("Шурик"), [("Шурик", STRANGER)], id="stranger in Russian"),
        pytest.param("", GERMAN.format("Zimtstern"), [], id="nouns have capitals"),
        pytest.param("", GERMAN.format("Frau Zimtstern"), [("Zimtstern", STRANGER)], id="German, with a title"),
        pytest.param("", ENGLISH.format("a Wikimedian from Wikimania on Friday"), [], id="nobody's names"),
        pytest.param("", "Estaban con los demás. Cuando vino, estaban.", [], id="a sentence begins"),
        pytest.param("", "אתמול Yael הלכה", [("Yael", STRANGER)], id="letters of another script"),
        pytest.param("", "后来王先生走了", [("王先生", STRANGER)], id="Chinese title"),
        pytest.param("", "森さんが来た。皆さんも", [("森さん", STRANGER)], id="Japanese title"),
        pytest.param("La Fleur", "La puerta de la casa. " + SPANISH, [("La", "a known name, or the word")], id="joins"),
    ],
)  # fmt: skip
def test_names(people: str, text: str, expected: list[tuple[str, str]]) -> None:
    assert listed(text, people) == expected


@pytest.mark.parametrize(
    ("place", "text", "expected"),
    [
        pytest.param("Lahti", "Olimme Lahdessa", [("Lahdessa", "begins as a known place does")], id="Finnish"),
        pytest.param("München", "es war in Muenchen", [("Muenchen", "resembles a known place")], id="German"),
        pytest.param("圓山大飯店", "在圆山大饭店", [("圆山大饭店", "nearly a known place")], id="Chinese"),
        pytest.param("圓山大飯店", "在台北喝茶吃饭店", [], id="another place"),
    ],
)
def test_places(place: str, text: str, expected: list[tuple[str, str]]) -> None:
    assert listed(text, "", place) == expected


@pytest.mark.parametrize("age", ["34-jährige", "19 лет", "de 19 anos", "30 років", "17 years old", "aged 34", "20歳"])
def test_ages(age: str) -> None:
    assert [why for _, why in listed(f"x {age} x")] == ["an age tells who somebody is"]


@pytest.mark.parametrize("text", ["19 lets", "3 lathes", "30 anosmia", "12 answers"])
def test_no_ages(text: str) -> None:
    assert listed(text) == []


def test_a_long_word_takes_no_long_time() -> None:
    assert listed("a" * 100_000, "Ada Byrd") == []


def test_a_word_is_told_once_with_every_line() -> None:
    found = anonymize("We saw Halloran and the Halloran car.\nYou saw HALLORAN.\nNo.\nWe saw Halloran.", ()).look_at
    assert [(one.line, one.why) for one in found] == [(1, f"{STRANGER}; 3 more in lines 1, 2, 4")]


def test_a_long_list_of_lines_is_cut() -> None:
    found = anonymize("We saw Halloran at the door.\n" * 30, ()).look_at
    assert [one.why for one in found] == [f"{STRANGER}; 29 more in lines {', '.join(map(str, range(2, 14)))} …"]
