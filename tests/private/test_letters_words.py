"""The words of letters: every language has all of them, and none that could hurt or tell."""

import re
import tomllib
from importlib import resources

import pytest

from bot.errors import UsageError
from bot.onwiki import messages
from bot.private import letter_words

ENGLISH = letter_words.words("en")
PLACES = re.compile(r"\$\w+", re.ASCII)


def test_there_is_a_letter_in_every_language_of_the_notices() -> None:
    assert letter_words.languages() == messages.languages()


@pytest.mark.parametrize("language", letter_words.languages())
def test_a_language_has_every_text_with_its_places(language: str) -> None:
    words = letter_words.words(language)
    for texts, wanted in ((words.texts, ENGLISH.texts), (words.reasons, ENGLISH.reasons)):
        assert list(texts) == list(wanted)
        for key, text in texts.items():
            assert PLACES.findall(text.replace("$event", "$event ")) == PLACES.findall(wanted[key]), key
            assert text == text.strip() != ""
            assert "\n" not in text
            assert "<" not in text
    assert list(words.reasons) == list(letter_words.REASONS)
    assert len(set(words.reasons.values())) == len(words.reasons)


@pytest.mark.parametrize("language", letter_words.languages())
def test_no_translation_is_english(language: str) -> None:
    words = letter_words.words(language)
    same = {key for key, text in words.texts.items() if text == ENGLISH.texts[key]}
    assert language == "en" or not same
    assert language == "en" or not set(words.reasons.values()) & set(ENGLISH.reasons.values())


# Words of accusation, and of lists that nobody may hear of; what they stand for is no matter of a letter.
HURTFUL = r"harass|violat|incident|victim|complain|accus|\bban|block|list|trust and safety|danger|threat|safe"


@pytest.mark.parametrize("text", [*ENGLISH.texts.values(), *ENGLISH.reasons.values()])
def test_no_text_accuses(text: str) -> None:
    assert not re.search(HURTFUL, text, re.IGNORECASE)


def test_the_subject_does_not_say_what_was_decided() -> None:
    for language in letter_words.languages():
        words = letter_words.words(language).texts
        assert words["registration"] not in words["subject"]
        assert len(words["subject"]) <= 50


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        pytest.param("de", "de", id="there is one"),
        pytest.param(" DE ", "de", id="blanks and capitals"),
        pytest.param("de-at", "de", id="a fallback"),
        pytest.param("pt_BR", "pt-br", id="an underscore"),
        pytest.param("zh-tw", "zh-hant", id="a script"),
        pytest.param("arz", "ar", id="a language near it"),
        pytest.param("en-gb", "en", id="English of a country"),
    ],
)
def test_a_language_is_chosen(asked: str, found: str) -> None:
    assert letter_words.chosen(asked) == found


@pytest.mark.parametrize("asked", ["fi", "xx", "", "../en", "he"])
def test_nobody_gets_english_who_was_not_to_be_written_to_in_it(asked: str) -> None:
    with pytest.raises(UsageError, match=r"There is no letter in the language .* there are ar, bn, de, en,"):
        letter_words.chosen(asked)


@pytest.mark.parametrize(
    ("code", "tag"),
    [
        pytest.param("de", "de", id="a language"),
        pytest.param("pt-br", "pt-BR", id="a country"),
        pytest.param("zh-hans", "zh-Hans", id="a script"),
    ],
)
def test_codes_as_others_write_them(code: str, tag: str) -> None:
    assert letter_words.tag(code) == tag


@pytest.mark.parametrize("code", letter_words.REASONS)
def test_a_reason_is_taken(code: str) -> None:
    assert letter_words.reason(code) == code


@pytest.mark.parametrize("code", ["event-ban", "ban", "", "Policy", "harassment"])
def test_other_reasons_are_refused(code: str) -> None:
    sentence = "Trust and Safety alone" if code == letter_words.EVENT_BAN else "there are policy, earlier,"
    with pytest.raises(UsageError, match=sentence):
        letter_words.reason(code)


def test_the_files_hold_texts_and_reasons_alone() -> None:
    for file in (resources.files("bot.private") / "letters").iterdir():
        if file.name.endswith(".toml"):
            data = tomllib.loads(file.read_text("utf-8"))
            assert {key for key, value in data.items() if not isinstance(value, str)} == {"reasons"}
            assert all(isinstance(text, str) for text in data["reasons"].values())
