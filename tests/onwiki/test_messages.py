"""The message files say the same in every language, and a group is shown in one language or not at all in it."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Mapping
from importlib import resources
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.onwiki import messages
from bot.onwiki.messages import Catalogue

FILES = {
    file.name.removesuffix(".json"): file.read_text("utf-8")
    for file in (resources.files("bot.onwiki") / "i18n").iterdir()
    if file.name.endswith(".json")
}
ENGLISH: dict[str, str] = dict(messages.read(FILES["en"]))
NOTES: dict[str, str] = dict(messages.read(FILES["qqq"]))
TRANSLATED = sorted(set(FILES) - {"en", "qqq"})
SCRIPTS = {
    "ar": "ARABIC",
    "bn": "BENGALI",
    "hi": "DEVANAGARI",
    "ru": "CYRILLIC",
    "zh-hans": "CJK UNIFIED IDEOGRAPH",
    "zh-hant": "CJK UNIFIED IDEOGRAPH",
}
# Words that are the same in English: "Chat", "Version", "Team".
AS_IN_ENGLISH = 3

each_file = pytest.mark.parametrize("code", sorted(FILES))
each_language = pytest.mark.parametrize("code", ["en", *TRANSLATED])
each_translation = pytest.mark.parametrize("code", TRANSLATED)


def written(code: str) -> Mapping[str, str]:
    return messages.read(FILES[code])


def arguments(text: str) -> set[str]:
    return set(re.findall(r"\$\d*", text))


# --- the files


def test_the_languages_of_the_largest_communities_at_events_are_there() -> None:
    wanted = {"en", "es", "fr", "de", "pt", "ar", "hi", "bn", "id", "sw", "ru", "zh-hans", "zh-hant"}
    assert wanted <= set(messages.languages())


@each_file
def test_a_file_is_written_as_translators_tools_write_it(code: str) -> None:
    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        assert len(dict(pairs)) == len(pairs), "a key stands there twice"
        return dict(pairs)

    loaded = json.loads(FILES[code], object_pairs_hook=once)
    assert FILES[code] == json.dumps(loaded, indent="\t", ensure_ascii=False) + "\n"
    assert next(iter(loaded)) == "@metadata"
    assert loaded["@metadata"]["authors"]
    assert all(isinstance(author, str) and author for author in loaded["@metadata"]["authors"])


@each_file
def test_no_file_has_a_key_that_is_not_english_or_misses_one(code: str) -> None:
    assert list(written(code)) == list(ENGLISH)


@pytest.mark.parametrize("key", list(ENGLISH))
def test_every_key_belongs_to_a_group(key: str) -> None:
    assert messages.group_of(key) in messages.GROUPS
    assert re.fullmatch(r"[a-z]+(-[a-z]+)+", key)


@each_language
def test_every_language_is_complete_and_chosen(code: str) -> None:
    assert {messages.chosen(code, group) for group in messages.GROUPS} == {code}


@each_language
def test_a_message_is_one_line_of_plain_text(code: str) -> None:
    for key, text in written(code).items():
        assert text == " ".join(text.split(" ")).strip(), key
        assert text, key
        assert text == unicodedata.normalize("NFC", text), key
        assert not re.search(r"\{\{|\}\}|\[\[|\]\]|[<>|=*#_~\\]|''|\t|https?:|&#?\w+;", text), key
        assert "  " not in text, key


@each_language
def test_no_message_has_a_character_that_shows_nothing_or_turns_the_line(code: str) -> None:
    for key, text in written(code).items():
        for before, character, after in zip(" " + text, text, text[1:] + " ", strict=False):
            joins = character in "\u200c\u200d" and before.isalpha() and after.isalpha()
            quiet = unicodedata.category(character) in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
            assert joins or not quiet, (key, hex(ord(character)))


@each_file
def test_a_message_has_the_arguments_of_the_english_one(code: str) -> None:
    for key, text in written(code).items():
        wanted = arguments(ENGLISH[key])
        assert arguments(text) >= wanted if code == "qqq" else arguments(text) == wanted, key
        assert wanted <= {"$1", "$2"}, "templates pass on no more"


@each_translation
def test_nothing_is_left_in_english(code: str) -> None:
    same = [key for key, text in written(code).items() if text == ENGLISH[key]]
    assert len(same) <= AS_IN_ENGLISH, same
    assert not re.search(
        r"\b(the|and|event|safety|report)\b",
        " ".join(written(code).values()).replace("Trust and Safety", "").replace("Friendly Space Policy", ""),
    )


@pytest.mark.parametrize("code", SCRIPTS)
def test_a_language_is_in_its_script(code: str) -> None:
    for key, text in written(code).items():
        letters = [letter for letter in text if letter.isalpha()]
        assert letters or not re.search(r"[^\W\d]", ENGLISH[key].replace("$1", "")), key
        assert all(unicodedata.name(letter).startswith(SCRIPTS[code]) for letter in letters), key


@pytest.mark.parametrize("code", sorted(set(FILES) - set(SCRIPTS)))
def test_every_other_language_is_in_latin(code: str) -> None:
    assert all(
        unicodedata.name(letter).startswith(("LATIN", "MASCULINE", "FEMININE"))
        for text in written(code).values()
        for letter in text
        if letter.isalpha()
    )


def test_the_two_scripts_of_chinese_are_not_mixed_up() -> None:
    simplified, traditional = (" ".join(written(code).values()) for code in ("zh-hans", "zh-hant"))
    assert not set("這請報團責關聯對個與讓為說據") & set(simplified)
    assert not set("这请报团责关联对个与让为说据") & set(traditional)


@each_language
def test_a_message_has_room_where_it_is_shown(code: str) -> None:
    for key, text in written(code).items():
        if limit := re.search(r"p to about (\d+) characters", NOTES[key]):
            assert len(text) <= int(limit[1]) * 1.5, key


@each_language
def test_a_summary_and_a_heading_leave_room_for_the_title(code: str) -> None:
    # MediaWiki cuts a summary at 500 characters, and the longest title has 255 bytes.
    for key in (key for key in ENGLISH if key.endswith("-summary")):
        assert len(messages.text(code, key, "T" * 255, "1" * 20)) <= 400, key
    for key in (key for key in ENGLISH if key.endswith("-heading")):
        assert len(messages.text(code, key, "")) <= 70, key


@each_language
def test_the_words_for_unknown_are_those_that_the_checklist_explains(code: str) -> None:
    texts = written(code)
    (quoted,) = re.findall(r"[“«„「][ \u00a0]?(.*?)[ \u00a0]?[”»“」]", texts["checklist-intro"])
    assert quoted == texts["state-unknown"]


@each_language
def test_the_same_is_said_the_same_way_in_the_notice_and_among_the_contacts(code: str) -> None:
    texts = written(code)
    for name in ("danger", "danger-number", "threats"):
        assert texts[f"notice-{name}"] == texts[f"contacts-{name}"]
    assert texts["page-summary"] == texts["talk-summary"]
    assert texts["notice-danger-number"].startswith(texts["notice-danger"].rstrip(".。।"))


@each_language
def test_a_way_to_report_ends_with_whom_to_report_to(code: str) -> None:
    for key in ("notice-report-private", "notice-report-public", "notice-danger-number", "notice-threats"):
        assert re.search(r"[:：] ?\$1$", written(code)[key]), key


def test_every_note_explains_its_arguments() -> None:
    for key, text in ENGLISH.items():
        for argument in arguments(text):
            assert re.search(re.escape(argument) + r"(, \$\d)?:", NOTES[key]), key


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("ar", "مدونة قواعد السلوك العالمية"),
        ("bn", "সর্বজনীন আচরণবিধি"),
        ("de", "Universeller Verhaltenskodex"),
        ("es", "Código Universal de Conducta"),
        ("fr", "Code de conduite universel"),
        ("hi", "सार्वभौमिक आचार संहिता"),
        ("id", "Kode Etik Universal"),
        ("pt", "Código Universal de Conduta"),
        ("ru", "Универсальный кодекс поведения"),
        ("sw", "Mwongozo wa Kimataifa wa Mwenendo na Maadili"),
        ("zh", "通用行为准则"),
        ("zh-hk", "通用行為準則"),
    ],
)
def test_the_universal_code_of_conduct_has_the_name_of_its_published_translation(code: str, name: str) -> None:
    assert messages.text(code, "policy-ucoc") == name


# --- fallbacks and directions, as MediaWiki has them


@pytest.mark.parametrize(
    ("language", "chain"),
    [
        pytest.param("en", (), id="English stands in for itself"),
        pytest.param("en-gb", ("en",), id="English once"),
        pytest.param("de", ("en",), id="none of its own"),
        pytest.param("de-at", ("de", "en"), id="one"),
        pytest.param("DE_at ", ("de", "en"), id="other spelling"),
        pytest.param("zh", ("zh-hans", "zh-hant", "zh-cn", "zh-tw", "zh-hk", "en"), id="many"),
        pytest.param("zh-tw", ("zh-hant", "zh-hk", "zh", "zh-hans", "en"), id="traditional first"),
        pytest.param("tlh-x", ("en",), id="unknown to MediaWiki"),
        pytest.param("", ("en",), id="none"),
    ],
)
def test_fallbacks(language: str, chain: tuple[str, ...]) -> None:
    assert messages.fallbacks(language) == chain


@pytest.mark.parametrize(
    ("language", "code"),
    [
        ("de-ch", "de"),
        ("pt-br", "pt-br"),
        ("gl", "pt"),
        ("zh", "zh-hans"),
        ("zh-sg", "zh-hans"),
        ("zh-hk", "zh-hant"),
        ("arz", "ar"),
        ("jv", "id"),
        ("tt", "ru"),
        ("en-gb", "en"),
        ("ja", "en"),
        ("../data/languages", "en"),
        ("qqq", "en"),
        ("", "en"),
    ],
)
def test_the_language_that_is_shown(language: str, code: str) -> None:
    assert {messages.chosen(language, group) for group in messages.GROUPS} == {code}


@pytest.mark.parametrize(
    ("language", "direction"),
    [("ar", "rtl"), ("AR", "rtl"), ("fa", "rtl"), ("he", "rtl"), ("ks-arab", "rtl"), ("ks-deva", "ltr"), ("hi", "ltr"),
     ("en", "ltr"), ("xx", "ltr"), ("", "ltr")],
)  # fmt: skip
def test_directions(language: str, direction: str) -> None:
    assert messages.direction(language) == direction


@given(st.text(max_size=12) | st.sampled_from([*messages.catalogue().chains, *messages.languages()]))
def test_whatever_is_asked_for_there_is_a_language(language: str) -> None:
    for group in messages.GROUPS:
        code = messages.chosen(language, group)
        assert code in messages.languages()
        assert code in (language.strip().lower().replace("_", "-"), *messages.fallbacks(language))


# --- groups


def some(**languages: str) -> Catalogue:
    """A catalogue of four messages, one a group, for languages with those that are named; "b" falls back to "a"."""
    names = {"n": "notice-x", "p": "policy-x", "r": "reminder-x", "c": "contacts-x", "i": "item-x"}
    texts = {code: {names[letter]: f"{code} {names[letter]}" for letter in there} for code, there in languages.items()}
    return Catalogue(
        {"en": {name: f"en {name}" for name in names.values()}, **texts}, {"b": ("a", "c")}, frozenset("a")
    )


@pytest.mark.parametrize(
    ("catalogue", "expected"),
    [
        pytest.param(some(), ("en", "en", "en"), id="nothing"),
        pytest.param(some(b="nprci"), ("b", "b", "b"), id="all"),
        pytest.param(some(b="n"), ("en", "en", "en"), id="half a notice"),
        pytest.param(some(b="npr"), ("b", "en", "en"), id="a whole notice"),
        pytest.param(some(b="npc"), ("en", "b", "en"), id="no reminder, no notice: they name the same policies"),
        pytest.param(some(b="c", a="nprci"), ("a", "b", "a"), id="the rest from the first fallback"),
        pytest.param(some(b="i", a="c", c="nprci"), ("c", "a", "b"), id="each from the first that has it"),
        pytest.param(some(c="nprci"), ("c", "c", "c"), id="the second fallback"),
    ],
)
def test_a_group_is_shown_in_the_first_language_that_has_all_of_it(
    catalogue: Catalogue, expected: tuple[str, ...]
) -> None:
    assert tuple(catalogue.chosen("b", group) for group in ("notice", "contacts", "checklist")) == expected
    assert catalogue.chosen("b", "reminder") == catalogue.chosen("b", "notice")
    shown = [catalogue.message("b", key) for key in ("notice-x", "policy-x", "reminder-x")]
    assert {text.partition(" ")[0] for text in shown} == {expected[0]}


def test_a_language_counts_as_soon_as_one_group_is_whole() -> None:
    assert some(a="np", b="c").languages() == ("b", "en")


def test_an_empty_message_is_none() -> None:
    catalogue = Catalogue({"en": {"item-x": "A"}, "de": {"item-x": " "}}, {}, frozenset())
    assert catalogue.chosen("de", "checklist") == "en"


@pytest.mark.parametrize("call", [lambda: messages.chosen("de", "nothing"), lambda: messages.text("de", "nothing-x"),
                                  lambda: messages.text("de", "notice-unheard"), lambda: messages.group_of("noticex")])  # fmt: skip
def test_what_is_not_there_is_an_error(call: Any) -> None:
    with pytest.raises(KeyError):
        call()


def test_nobody_can_change_what_others_get() -> None:
    with pytest.raises(TypeError):
        messages.catalogue().messages["en"]["notice-title"] = ""  # type: ignore[index]


# --- arguments


@pytest.mark.parametrize(
    ("given_arguments", "expected"),
    [
        pytest.param(("A", "B"), "A to B", id="in order"),
        pytest.param(("$2", "$1"), "$2 to $1", id="not read again"),
        pytest.param((r"\1", r"\g<0>"), r"\1 to \g<0>", id="no pattern"),
        pytest.param(("[[A]]", "{{B}}"), "[[A]] to {{B}}", id="as they are"),
        pytest.param(("A",), "A to $2", id="one is missing"),
        pytest.param((), "$1 to $2", id="none"),
        pytest.param(("A", "B", "C"), "A to B", id="one more"),
    ],
)
def test_arguments(given_arguments: tuple[str, ...], expected: str) -> None:
    assert messages.text("en", "contacts-from-until", *given_arguments) == expected


def test_an_argument_may_stand_anywhere() -> None:
    assert messages.text("hi", "contacts-from-until", "1", "2") == "1 से 2 तक"
    assert messages.text("zh-hant", "notice-intro-talk", "A") == "所有線上或親身參加A的人都遵守："


@given(st.sampled_from(list(ENGLISH)), st.sampled_from(["en", *TRANSLATED]), st.text(), st.text())
def test_a_text_is_the_message_with_its_arguments_and_nothing_else(key: str, code: str, one: str, two: str) -> None:
    pieces = re.split(r"(\$[12])", written(code)[key])
    expected = "".join({"$1": one, "$2": two}.get(piece, piece) for piece in pieces)
    assert messages.text(code, key, one, two) == expected
