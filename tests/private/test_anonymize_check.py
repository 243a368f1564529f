"""Nothing that stands for a known name is left, however it is disguised; words that only look so are no names."""

from __future__ import annotations

import pytest

from bot.private import incident_people
from bot.private.anonymize import anonymize


@pytest.mark.parametrize(
    ("people", "text", "public"),
    [
        pytest.param("Rose Hunter", "We saw that Rоse came.", "We saw that User A came.", id="Cyrillic о in a word"),
        pytest.param("Rose Hunter", "We saw that R0se came.", "We saw that User A came.", id="digit in a word"),
        pytest.param("Rose Hunter", "We saw Huntеr.", "We saw User A.", id="Cyrillic е in a word"),
        pytest.param("May Young", "They saw Mаy there.", "They saw User A there.", id="Cyrillic а in a short word"),
        pytest.param("Rose Hunter", "We rose and hunt.", "We rose and hunt.", id="the words themselves"),
        pytest.param("Will Hunt", "The wall and a hint.", "The wall and a hint.", id="words that are near them"),
    ],
)
def test_disguised_words(people: str, text: str, public: str) -> None:
    found = anonymize(text, incident_people.read(people, ""))
    assert (found.text, found.left) == (public, ())
