"""Scripts mixed inside a word."""

from __future__ import annotations

import pytest

from bot.match.align import spelt
from bot.match.mixed import mixed_words


@pytest.mark.parametrize(
    ("name", "word", "scripts", "strange"),
    [
        pytest.param("Grеybeard", "Grеybeard", ("LATIN", "CYRILLIC"), ("е",), id="one Cyrillic letter"),
        pytest.param("Great Νick", "Νick", ("LATIN", "GREEK"), ("Ν",), id="only the word that mixes"),
        pytest.param("Пpивет", "Пpивет", ("CYRILLIC", "LATIN"), ("p",), id="Latin letter among Cyrillic"),
        pytest.param("Gr\u200bеy", "Grеy", ("LATIN", "CYRILLIC"), ("е",), id="the invisible is left out"),
    ],
)
def test_mixed(name: str, word: str, scripts: tuple[str, ...], strange: tuple[str, ...]) -> None:
    (found,) = mixed_words(name)
    assert (found.word, found.scripts, found.strange) == (word, scripts, strange)
    assert all(spelt(c) in found.text for c in strange)


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("Greybeard 7", id="Latin"),
        pytest.param("Anna Иванова", id="two words of one script each"),
        pytest.param("東京タワーxひ", id="Japanese writes four scripts together"),
        pytest.param("한국漢字ABC", id="Korean"),
        pytest.param("Müller", id="accents"),
        pytest.param("Ａnna", id="width is no script"),
        pytest.param("★Иван★", id="ornaments"),
        pytest.param("", id="empty"),
    ],
)
def test_not_mixed(name: str) -> None:
    assert mixed_words(name) == ()
