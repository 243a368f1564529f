"""Whoever stands behind "User:" in plain text goes, in every language's word for it and in every script."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.parse.sites import user_words
from bot.private import incident_people
from bot.private.anonymize import anonymize
from bot.private.anonymize_users import UNSURE, claims, names


@pytest.mark.parametrize(
    ("people", "text", "public"),
    [
        pytest.param("", "User:田中太郎 spoke.", "User A spoke.", id="Chinese"),
        pytest.param("", "User:Ёжик в тумане was there", "User A was there", id="several words of another script"),
        pytest.param("", "Участник:Иван, Benutzerin:Käthe K, Usuária:Inês", "User A, User B, User C", id="languages"),
        pytest.param("", "was here (User:مريم ٩) too", "was here (User A) too", id="Arabic in brackets"),
        pytest.param("", "由用户:小龙，说", "由User A，说", id="no blanks"),
        pytest.param("", "see User talk:Quill/Archive 1", "see User A 1", id="talk page"),
        pytest.param("", "user_talk:Quill#top.", "User A.", id="section"),
        pytest.param("", "User:Quill said; Quill went", "User A said; User A went", id="elsewhere too"),
        pytest.param("", "User: Quill Abacus said", "User A said", id="blank"),
        pytest.param("Nova Pessoa", "User:Nova Pessoa bela came", "User A bela came", id="known"),
        pytest.param("nova of oz", "User:Nova of oz came", "User A came", id="known, with small words"),
        pytest.param("", "The user: he said, end user:\n", "The user: he said, end user:\n", id="no name"),
        pytest.param("", "Username:x or a power-user\n:x", "Username:x or a power-user\n:x", id="no word for a user"),
        pytest.param("", "[[User:Quill|x]] and User:Quill", "User A and User A", id="as in a link"),
    ],
)
def test_people(people: str, text: str, public: str) -> None:
    found = anonymize(text, incident_people.read(people, ""))
    assert (found.text, found.left) == (public, ())


@pytest.mark.parametrize(
    ("text", "unsure"),
    [
        pytest.param("User:Quill came.", UNSURE, id="words behind it"),
        pytest.param("by User:Quill.", "", id="nothing behind it"),
        pytest.param("by User:Quill Abacus, who", "", id="capitals go with it"),
    ],
)
def test_where_a_name_may_go_on_is_told(text: str, unsure: str) -> None:
    found = list(claims(text, lambda name: frozenset({0} if name in names(text) else ())))
    assert [one.unsure for one in found] == [unsure]


def test_nobody_stands_behind_user_in_an_address() -> None:
    assert names("https://meta.wikimedia.org/wiki/User:Quill [[:de:Benutzer:Quill]] {{u|User:Quill}}") == ()


@given(
    st.sampled_from(sorted(user_words())),
    st.sampled_from(["Quill", "Ёжик", "田中太郎", "مريم", "मीरा", "สมชาย", "김철수"]),
)
def test_every_word_for_a_user_counts(word: str, name: str) -> None:
    text = f"({word}:{name})"
    assert name not in anonymize(text, ()).text
    assert names(text) != ()
