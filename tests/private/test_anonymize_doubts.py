"""What only a person can decide is shown with its line and a reason; plain sentences are not."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.private.anonymize_doubts import ADDRESS, AGE, CHAT, DATE, NUMBER, PLACE, WHO, doubts
from bot.private.anonymize_hints import LookAt


def marked(text: str, known: tuple[LookAt, ...] = ()) -> list[tuple[str, str]]:
    return [(one.excerpt.partition("»")[2].partition("«")[0], one.why) for one in doubts(text, known)]


@pytest.mark.parametrize(
    ("text", "piece", "why"),
    [
        pytest.param("It was 12/09 or so.", "12/09", DATE, id="day and month"),
        pytest.param("It was 12.9, yes", "12.9", DATE, id="day and month, dot"),
        pytest.param("By 20.15 all left.", "20.15", DATE, id="time"),
        pytest.param("Arrivée le 12.", "le 12.", DATE, id="a day"),
        pytest.param("On the 12th Bo ran", "12th", DATE, id="ordinal"),
        pytest.param("It was 17 lut then", "17 lut", DATE, id="abbreviated month"),
        pytest.param("After Christmas Eve they", "Christmas Eve", DATE, id="feast"),
        pytest.param("the session on day 2 was", "day 2", DATE, id="day of the event"),
        pytest.param("into room 412 again", "room 412", NUMBER, id="room"),
        pytest.param("er war in Zimmer 23", "Zimmer 23", NUMBER, id="room, German"),
        pytest.param("she sat on 14C there", "14C", NUMBER, id="seat"),
        pytest.param("на поезде 741А.", "741А", NUMBER, id="train, Russian"),
        pytest.param("with KL587 home", "KL587", NUMBER, id="flight"),
        pytest.param("with ICE 279 home", "ICE 279", NUMBER, id="train"),
        pytest.param("eine 34-jährige Frau", "34-jährige", AGE, id="age, German"),
        pytest.param("ей 19 лет", "19 лет", AGE, id="age, Russian"),
        pytest.param("de 19 anos", "19 anos", AGE, id="age, Portuguese"),
        pytest.param("she was the only woman there", "the only woman", WHO, id="the only one"),
        pytest.param("he is the treasurer of it", "treasurer", WHO, id="office"),
        pytest.param("a guest of Wikimedians of Nepal", "Wikimedians of Nepal", WHO, id="affiliate"),
        pytest.param("the walk along Rua Augusta", "Rua Augusta", ADDRESS, id="street without a number"),
        pytest.param("they met at Elm Grove.", "Elm Grove", ADDRESS, id="street, English"),
        pytest.param("two years ago in Katowice", "Katowice", PLACE, id="town"),
        pytest.param("er kommt aus Nepal", "Nepal", PLACE, id="country"),
    ],
)
def test_doubts(text: str, piece: str, why: str) -> None:
    assert (piece, why) in marked(text)


@pytest.mark.parametrize(
    "text",
    [
        "User A shouted at User B in the [place] in December 2026.",
        "== In Paris ==",
        "Two people were there at once; they took notes. Trust and Safety was told.",
        "User B was told to leave at [time], and 3.5 % of 20 km did.",
        "[time] User C: no",
    ],
)
def test_no_doubts(text: str) -> None:
    assert marked(text) == []


def test_lines_of_a_chat_are_told_once_in_a_row() -> None:
    text = "x\n[time] User C: meet me at the door\n<User B> no, I will not do that\ny"
    assert doubts(text) == (LookAt(2, "»[time] User C: meet me at the door« and 1 more below it", CHAT),)


def test_what_is_known_is_not_told_again() -> None:
    known = (LookAt(1, "in »Katowice«", "may be somebody's name"),)
    assert doubts("We were in Katowice", known) == known


@pytest.mark.parametrize("piece", ["-", "1 ", "A ", "Aa", "a ", "of A", "12-", "A1", "the ", "User A: ", "room 1", " "])
def test_long_runs_are_gone_through_once(piece: str) -> None:
    began = time.perf_counter()
    doubts(piece * (20_000 // len(piece)))
    assert time.perf_counter() - began < 3


@given(st.text(max_size=80))
def test_each_doubt_stands_in_its_line(text: str) -> None:
    lines = text.split("\n")
    for one in doubts(text):
        assert one.excerpt.partition("»")[2].partition("«")[0] in lines[one.line - 1]
