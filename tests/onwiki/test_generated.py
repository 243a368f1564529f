"""The pages of messages: every language has every message, none is markup, and each code leads to the right page."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.onwiki import message_pages, messages, templates
from bot.onwiki.messages import Catalogue

TITLE = "Template:Event safety/i18n"
OURS = messages.catalogue()
ENGLISH = OURS.messages["en"]

each_language = pytest.mark.parametrize("code", messages.languages())
each_page = pytest.mark.parametrize("title", list(message_pages.pages()))


def cases(wikitext: str) -> dict[str, str]:
    """What a language page has for each key, with its arguments as $1 …."""
    body = wikitext.partition("</includeonly>")[0]
    lines = [line[1:].partition("=") for line in body.split("\n") if line.startswith("|")]
    found = {key: re.sub(r"\{\{\{(\d)\|\}\}\}", lambda n: f"${int(n[1]) - 1}", value) for key, _, value in lines}
    assert len(found) == len(lines), "a key stands there twice"
    return found


def leads() -> Mapping[str, str]:
    """The page that each code is shown, as the dispatcher has it."""
    lines = re.findall(r"^\|(.+)=(.+)$", message_pages.pages()[TITLE].partition("</includeonly>")[0], re.MULTILINE)
    pairs = [(code, page) for codes, page in lines for code in codes.split("|")]
    assert len(dict(pairs)) == len(pairs), "a code stands there twice"
    return dict(pairs)


# --- what there is


def test_there_is_a_page_for_each_language_and_one_that_finds_it() -> None:
    assert list(message_pages.pages()) == [TITLE, *(f"{TITLE}/{code}" for code in messages.languages())]


def test_they_are_installed_with_the_templates() -> None:
    assert message_pages.pages().items() <= templates().items()


def test_nobody_can_change_what_others_get() -> None:
    with pytest.raises(TypeError):
        message_pages.pages()[TITLE] = ""  # type: ignore[index]


@each_page
def test_a_page_shows_itself_where_it_is_used_and_its_note_on_its_own(title: str) -> None:
    shown, _, note = message_pages.pages()[title].partition("</includeonly>")
    assert shown.startswith("<includeonly>{{")
    assert shown.endswith("}}")
    assert re.fullmatch(r"<noinclude>(?!.*</noinclude>.).*</noinclude>", note)
    assert "bot/onwiki/i18n" in note


@each_page
def test_braces_are_balanced(title: str) -> None:
    body = message_pages.pages()[title]
    assert body.count("{") == body.count("}")
    assert not re.search(r"#(?!switch:|default=|\d+;)", body.partition("</includeonly>")[0])


# --- languages


@each_language
def test_a_page_has_every_message_in_its_language(code: str) -> None:
    found = cases(message_pages.pages()[f"{TITLE}/{code}"])
    assert (found.pop("@lang"), found.pop("@dir")) == (code, messages.direction(code))
    assert found.pop("#default") == "⧼$0⧽"  # the key itself
    assert {key: html.unescape(value) for key, value in found.items()} == dict(OURS.messages[code])


def test_every_code_of_mediawiki_leads_to_the_language_that_is_chosen_for_it() -> None:
    found = leads()
    for code in {*OURS.chains, *OURS.messages}:
        for group in messages.GROUPS:
            assert found.get(code, found["#default"]) == messages.chosen(code, group), code


def test_no_code_leads_to_a_page_that_is_not_there() -> None:
    assert set(leads().values()) == set(messages.languages())
    assert leads()["#default"] == "en"


def test_every_argument_that_a_message_uses_is_passed_on() -> None:
    passed = re.findall(r"\{\{\{(\d+)\|\}\}\}", message_pages.pages()[TITLE])
    used = {int(number) + 1 for text in ENGLISH.values() for number in re.findall(r"\$(\d)", text)}
    assert [int(number) for number in passed] == list(range(1, max(used) + 1))


# --- half translated


def some(**languages: Mapping[str, str]) -> Catalogue:
    english = {"notice-x": "N", "policy-x": "P", "reminder-x": "R", "contacts-x": "C $1", "item-x": "I"}
    return Catalogue({"en": english, **languages}, {"b": ("a",), "z": ("b",), "y": ("a", "b")}, frozenset("b"))


def test_what_is_half_translated_comes_as_a_whole_from_the_language_that_stands_in() -> None:
    catalogue = some(
        a={"notice-x": "an", "policy-x": "ap", "reminder-x": "ar", "item-x": "ai"},
        b={"notice-x": "bn", "policy-x": "bp", "contacts-x": "bc $1", "item-x": "bi"},
    )
    pages = message_pages.of(catalogue)
    found = cases(pages[f"{TITLE}/b"])
    assert [found[key] for key in ("notice-x", "policy-x", "reminder-x")] == ["an", "ap", "ar"]
    assert (found["contacts-x"], found["item-x"]) == ("bc $1", "bi")
    assert found["@lang"] == "{{#switch:$1|contacts=b|checklist=b|#default=a}}"
    assert found["@dir"] == "{{#switch:$1|contacts=rtl|checklist=rtl|#default=ltr}}"
    assert cases(pages[f"{TITLE}/a"])["contacts-x"] == "C $1"


def test_a_language_without_a_whole_group_has_no_page_and_its_code_leads_on() -> None:
    pages = message_pages.of(some(a={"item-x": "ai"}, b={"notice-x": "bn"}))
    assert list(pages) == [TITLE, f"{TITLE}/a", f"{TITLE}/en"]
    assert "\n|a|b|y=a\n" in pages[TITLE]  # z has only b: MediaWiki does not go on with the fallbacks of fallbacks


TEXTS = st.text(st.sampled_from("ab {}[]<>|=&'~_#*:;-/$12\"\n\u200f\u200dक") | st.characters(), min_size=1, max_size=30)


@given(TEXTS.filter(lambda text: text.strip() == text and text))
def test_whatever_a_message_says_is_text(message: str) -> None:
    catalogue = some(a=dict.fromkeys(("notice-x", "policy-x", "reminder-x", "contacts-x", "item-x"), message))
    page = message_pages.of(catalogue)[f"{TITLE}/a"]
    (value,) = {line.partition("=")[2] for line in page.split("\n") if line.startswith("|item-x=")}
    without = re.sub(r"\{\{\{\d\|\}\}\}|&#\d+;", "", value)
    assert not re.search(r"[][{}|=<>'\"~_*#;!$&\n\u200f\u200d]", without)
    assert len([line for line in page.split("\n") if line.startswith("|item-x=")]) == 1


@pytest.mark.parametrize(
    ("message", "wikitext"),
    [
        pytest.param("$1", "{{{2|}}}", id="an argument alone"),
        pytest.param("$1$2", "{{{2|}}}{{{3|}}}", id="two in a row"),
        pytest.param("a $1.", "a {{{2|}}}.", id="within"),
        pytest.param("$0 $", "&#36;0 &#36;", id="no argument"),
        pytest.param("{{a|b}}", "&#123;&#123;a&#124;b&#125;&#125;", id="a template"),
        pytest.param("* a", "&#42; a", id="a list"),
        pytest.param("a=b", "a&#61;b", id="an equals sign"),
        pytest.param("l'a", "l&#39;a", id="an apostrophe"),
        pytest.param("क\u200dष", "क&#8205;ष", id="a joiner"),
        pytest.param("\u0645\u06cc\u200c\u0634", "\u0645\u06cc&#8204;\u0634", id="a non-joiner"),
    ],
)
def test_a_message_as_wikitext(message: str, wikitext: str) -> None:
    catalogue = some(a=dict.fromkeys(("notice-x", "policy-x", "reminder-x", "contacts-x", "item-x"), message))
    assert f"\n|item-x={wikitext}\n" in message_pages.of(catalogue)[f"{TITLE}/a"]
