"""A whole text: who is who, what wins where claims overlap, what is refused, and that nothing is left."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.match.ordinary import corpus
from bot.match.units import fold_key
from bot.private import incident_people
from bot.private.anonymize import Anonymized, anonymize
from bot.private.incident_people import PersonNamed


def made(text: str, people: str = "", *places: str, **more: object) -> Anonymized:
    return anonymize(text, incident_people.read(people, ""), places, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("people", "text", "public"),
    [
        pytest.param("Ada; Bo Li", "Bo Li, Ada, Bo", "User A, User B, User A", id="letters by first appearance"),
        pytest.param("Ada", "Ada (ADA) and Ada [ada]", "User A and User A", id="told once in a row"),
        pytest.param("Ada Byrd = adab", "Ada Byrd (adab)'s idea", "User A's idea", id="two names in a row"),
        pytest.param("Ada; Ada", "Ada left", "User A or User B left", id="two of one name"),
        pytest.param(
            "Ada Byrd; Ada Quist", "Ada Byrd, Ada, Ada Quist", "User A, User A or User B, User B", id="shared"
        ),
        pytest.param("Ada", "User A and User C saw Ada", "User A and User C saw User B", id="letters that are taken"),
        pytest.param("User:Ada = [[User:Ada Byrd|x]]", "Ada Byrd", "User A", id="names given as links"),
        pytest.param("ada.byrd@x.org", "ada.byrd@x.org; Ada Byrd", "User A; User A", id="a person known by an address"),
        pytest.param("", "[[User:Quill]] said; Quill went", "User A said; User A went", id="whom only a link names"),
        pytest.param("Ada Byrd", "{{ping|Ada Byrd|Quill}}", "User A, User B", id="ping"),
        pytest.param(
            "~2026-12-3", "~2026-12-3 and ~2026-99-9", "User A and [temporary account]", id="temporary account"
        ),
        pytest.param("192.0.2.9", "192.0.2.9 and 192.0.2.1", "User A and [IP address]", id="IP"),
        pytest.param("Ada", "https://meta.wikimedia.org/wiki/Talk:Ada", "[link]", id="name in a page's address"),
        pytest.param("Ada", "[[Requests/Ada|page]]", "[[[link]|page]]", id="name in a title"),
        pytest.param("May", "May 12, 2026: May left", "May 2026: User A left", id="dates go before common names"),
        pytest.param("Apo Martins", "since 30 Martins came", "since 30 User A came", id="no month"),
        pytest.param("Ada", "a\r\nb \u202eAda\u0000\ufeff", "a\nb User A", id="control characters"),
        pytest.param("Ada", "\ue000¤Ada", "*User A", id="marks of our own"),
    ],
)
def test_people(people: str, text: str, public: str) -> None:
    found = made(text, people)
    assert (found.text, found.left) == (public, ())


@pytest.mark.parametrize(
    ("place", "text", "public"),
    [
        pytest.param("Hotel Kaiserhof", "at the hotel kaiserhof", "at the [place]", id="whole"),
        pytest.param("Hotel Kaiserhof", "behind the Kaiserhof's door", "behind the [place]'s door", id="part, capital"),
        pytest.param(
            "in der Küche", "in einer Küche in der Stadt", "in einer [place] in der Stadt", id="small words stay"
        ),
        pytest.param("hall 2; the hotel", "hall 2, hall 3, The Hotel", "[place], hall 3, [place]", id="several"),
        pytest.param("会议中心", "在会议中心门口", "在[place]门口", id="Chinese"),
    ],
)
def test_places(place: str, text: str, public: str) -> None:
    assert made(text, "", place).text == public


@pytest.mark.parametrize(
    ("people", "text", "marked", "why"),
    [
        pytest.param("Will", "We met. Will he?", "Will", "begins the sentence", id="a word at the beginning"),
        pytest.param("Ada Byrd", "AdaByrd2019 wrote", "AdaByrd", "within other words", id="number behind"),
        pytest.param("Ada Byrd", "Byrd77 wrote", "Byrd77", "with a number", id="part with a number"),
        pytest.param("Otto Lindqvist", "Lindqist wrote", "Lindqist", "may stand for", id="misspelt"),
        pytest.param("Otto Lindqvist", "Lindqvistian", "Lindqvistian", "begins with", id="an ending nobody knows"),
        pytest.param("Ada Byrdsong", "xxadabyrdsongxx", "adabyrdsong", "within other words", id="within a word"),
        pytest.param("Ada Byrdsong", "a/d/a/b/y/r/d/s/o/n/g", "a/d/a/b/y/r/d/s/o/n/g", "within", id="letters apart"),
    ],
)
def test_refused(people: str, text: str, marked: str, why: str) -> None:
    found = made(f"One.\n{text}", people)
    assert [(one.line, f"»{marked}«" in one.excerpt, why in one.why) for one in found.left] == [(2, True, True)]


def test_what_a_person_keeps_is_no_name() -> None:
    text = "Will he? Will did."
    assert len(made(text, "Will").left) == 2
    kept = made(text, "Will", keep=["Will he", "Will did"])
    assert (kept.text, kept.left, kept.letters) == (text, (), ())


@pytest.mark.parametrize(
    ("people", "keep", "text", "public", "listed"),
    [
        pytest.param(
            *("Markus Stein", "Mark", "The Mark was shown. Then Markus Stein and Markus came."),
            *("The Mark was shown. Then User A and User A came.", []),
            id="a word within a name",
        ),
        pytest.param("T. Brandt", "an", "T. Brandt had an axe", "User A had an axe", [], id="letters within a name"),
        pytest.param("Rosemary Hunter", "Rose", "A Rose for Rosemary", "A Rose for User A", [], id="how a name begins"),
        pytest.param("Ada Byrd", "Byrd came", "Ada Byrd came", "User A came", [], id="half a name and more"),
        pytest.param("May Young", "May I", "May I ask May", "May I ask User A", ["May"], id="a word and a name"),
        pytest.param(
            "May Young", "May", "May I ask? May saw it", "May I ask? May saw it", ["May"], id="a name alone"
        ),
        pytest.param("Otto Lindqvist", "Lindqist", "Lindqist rose", "Lindqist rose", ["Lindqist"], id="nearly a name"),
        pytest.param("李小龙", "小龙虾", "小龙虾和小龙", "小龙虾和User A", ["小龙"], id="no blanks"),
    ],
)  # fmt: skip
def test_what_is_kept_keeps_no_more(people: str, keep: str, text: str, public: str, listed: list[str]) -> None:
    found = made(text, people, keep=[keep])
    assert (found.text, found.left) == (public, ())
    assert [one.excerpt for one in found.look_at if one.why.startswith("kept as you said")] == listed


def test_what_is_kept_keeps_no_address() -> None:
    assert made("mail ada@x.org", "Ada", keep=["mail ada@x.org"]).text == "mail [e-mail address]"


@pytest.mark.parametrize(
    ("text", "excerpt", "why"),
    [
        pytest.param("Maria saw it", "»Maria« saw it", "somebody's name", id="another name"),
        pytest.param("Adaline saw it", "»Adaline« saw it", "begins as", id="a longer name"),
        pytest.param("the AB file", "the »AB« file", "initials", id="initials"),
        pytest.param("a 34-year-old", "»34-year-old«", "age", id="age"),
        pytest.param("about 4711 and 2026", "»4711«", "number", id="number"),
        pytest.param('said "you will never edit here again"', "»\"you will", "searched", id="quotation"),
        pytest.param("Byrdd saw it", "»Byrdd«", "", id="nearly a name"),
        pytest.param("Ádák saw it; Byrdille", "Byrdille", "a form of a name", id="an ending"),
    ],
)  # fmt: skip
def test_look_at(text: str, excerpt: str, why: str) -> None:
    found = made(text, "Ada Byrd").look_at
    assert any(excerpt in one.excerpt and why in one.why for one in found)


def test_letters_say_who_is_who() -> None:
    found = made("Bo and Ada", "Ada = ada.b; Bo; Cy")
    assert [(label, person.names) for label, person in found.letters] == [
        ("User A", ("Bo",)),
        ("User B", ("Ada", "Ada.b")),
    ]


def test_nothing_of_it_is_printed_by_mistake() -> None:
    found = made("Ada and Will? Will Adaline", "Ada; Will")
    assert "Ada" not in repr((found, found.left, found.look_at))


def test_after_z_comes_aa() -> None:
    people = [PersonNamed((f"Qx{chr(97 + n // 26)}{chr(97 + n % 26)}zu",), "") for n in range(28)]
    found = anonymize("; ".join(person.names[0] for person in people), people)
    assert found.text.endswith("User Y; User Z; User AA; User AB")


GUISES: dict[str, Callable[[str], str]] = {
    "as it is": str,
    "capitals": str.upper,
    "underscores": lambda name: name.replace(" ", "_"),
    "possessive": lambda name: f"{name}'s",
    "link": lambda name: f"[[User:{name}|x]]",
    "bold": lambda name: f"'''{name}'''",
    "spaced": " ".join,
    "zero width": "\u200b".join,
    "decomposed": lambda name: unicodedata.normalize("NFD", name),
    "references": lambda name: "".join(f"&#{ord(c)};" for c in name),
    "percent": lambda name: "".join(f"%{byte:02X}" for byte in name.encode()),
    "turned": lambda name: ", ".join(reversed(name.split(" ", 1))),
    "Cyrillic letters": lambda name: name.replace("a", "а").replace("o", "о"),
    "numbered": lambda name: f"{name}77",
}


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(corpus()), st.sampled_from(sorted(GUISES)), st.sampled_from(["We saw {} there.", "мы видели {}"])
)
@example("Ada Byrd", "spaced", "{}")
def test_no_name_is_left_in_any_guise_or_it_is_refused(name: str, guise: str, sentence: str) -> None:
    found = anonymize(sentence.replace("{}", GUISES[guise](name)), [PersonNamed((name,), "")])
    rest = fold_key(found.text.replace("User A", " ").replace("User", " "))
    words = [fold_key(word) for word in name.replace("_", " ").split()]
    if not found.left:
        assert fold_key(name) not in rest
        assert not [word for word in words if len(word) > 3 and not word.isdigit() and word in rest]


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=60), st.text(min_size=1, max_size=12))
def test_any_text_and_any_name_are_taken(text: str, name: str) -> None:
    found = anonymize(f"{text} {name} {text}", [PersonNamed((name,), "")])
    folded = fold_key(unicodedata.normalize("NFC", name))
    telling = len(folded) > 6 and folded.isalpha() and folded.isascii()
    assert found.left or not telling or folded not in fold_key(found.text)


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=80))
def test_a_public_text_stays_as_it_is(text: str) -> None:
    once = anonymize(text, ()).text
    assert anonymize(once, ()).text == once
