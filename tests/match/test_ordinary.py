"""Names and words that many people share."""

from __future__ import annotations

import pytest

from bot.match import ordinary


@pytest.mark.parametrize("word", ["martin", "kowalska", "мария", "محمد", "राहुल", "김", "k"])
def test_names(word: str) -> None:
    assert ordinary.is_name(word)


@pytest.mark.parametrize(
    ("word", "is_ordinary"),
    [
        pytest.param("teacher", True, id="word"),
        pytest.param("teachers", True, id="plural"),
        pytest.param("watching", True, id="ing"),
        pytest.param("baker", True, id="er after e"),
        pytest.param("runner", True, id="doubled"),
        pytest.param("wikipedia", True, id="half of all user names"),
        pytest.param("modem", True, id="twin of modern"),
        pytest.param("hoaxington", False, id="nobody's"),
        pytest.param("", False, id="empty"),
    ],
)
def test_is_ordinary(word: str, is_ordinary: bool) -> None:
    assert ordinary.is_ordinary(word) is is_ordinary


@pytest.mark.parametrize(
    ("text", "is_made"),
    [
        pytest.param("moonlight", True, id="two words"),
        pytest.param("bluecatfish", True, id="three words"),
        pytest.param("teacher", True, id="one word"),
        pytest.param("moonlghit", False, id="misspelt"),
        pytest.param("moon" * 9, False, id="endless"),
    ],
)
def test_is_made_of_words(text: str, is_made: bool) -> None:
    assert ordinary.is_made_of_words(text) is is_made


def test_plain_words_are_nobodys_names() -> None:
    assert ordinary.is_plain_word("teacher")
    assert not ordinary.is_plain_word("martin")


def test_all_ordinary_needs_words() -> None:
    assert ordinary.all_ordinary(("martin", "teacher"))
    assert not ordinary.all_ordinary(())


def test_returns_are_said_in_many_languages() -> None:
    assert all(map(ordinary.is_return, ("back", "снова", "wieder", "新")))
    assert not ordinary.is_return("martin")


def test_the_corpus_is_large_varied_and_always_the_same() -> None:
    corpus = ordinary.corpus()
    assert len(corpus) > 4_000
    assert corpus == ordinary.corpus()
    assert any("а" <= name[0] <= "я" or "А" <= name[0] <= "Я" for name in corpus)
    assert all(name == name.strip() for name in corpus)


@pytest.mark.parametrize(("word", "expected"), [("hunt", True), ("hunting", True), ("grace", True), ("ivana", False)])
def test_words_are_words_whoever_is_called_so(word: str, expected: bool) -> None:
    assert ordinary.is_word(word) is expected
