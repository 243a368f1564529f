"""Numbers that lead to somebody go; numbers that count things stay."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.private.anonymize_numbers import COORDINATES, NUMBER, PHONE, claims


def found(text: str) -> list[tuple[str, str]]:
    """Return what is claimed; of what overlaps the first rank."""
    every = sorted(claims(text), key=lambda claim: (claim.rank, claim.start))
    chosen = [c for n, c in enumerate(every) if not any(o.start < c.end and c.start < o.end for o in every[:n])]
    return [(text[claim.start : claim.end], claim.shown) for claim in sorted(chosen)]


@pytest.mark.parametrize(
    ("text", "number", "shown"),
    [
        pytest.param("call +49 30 1234567 now", "+49 30 1234567", PHONE, id="international"),
        pytest.param("call 0049-30-1234567", "0049-30-1234567", PHONE, id="with 00"),
        pytest.param("call (030) 123 45 67.", "(030) 123 45 67", PHONE, id="area code"),
        pytest.param("Tel. 030/1234567", "030/1234567", PHONE, id="slash"),
        pytest.param("tel 06.12.34.56.78", "06.12.34.56.78", PHONE, id="French"),
        pytest.param("600 123 456", "600 123 456", PHONE, id="nine digits"),
        pytest.param("(555) 123-4567", "(555) 123-4567", PHONE, id="American"),
        pytest.param("电话：13800138000。", "13800138000", PHONE, id="Chinese"),
        pytest.param("फ़ोन +९१ ९८७६५ ४३२१०", "+९१ ९८७६५ ४३२१०", PHONE, id="other digits"),
        pytest.param("badge 1234567", "1234567", NUMBER, id="a long number"),
        pytest.param("badge B-004512", "B-004512", NUMBER, id="a number of a badge"),
        pytest.param("IBAN DE89 3704 0044 0532 0130 00", "DE89 3704 0044 0532 0130 00", NUMBER, id="bank account"),
        pytest.param("passport C01X00T47 lost", "C01X00T47", NUMBER, id="passport"),
        pytest.param("at 52.5163, 13.3777 we", "52.5163, 13.3777", COORDINATES, id="place on the earth"),
        pytest.param("52°30′59″N 13°22′39″E", "52°30′59″N 13°22′39″E", COORDINATES, id="place in degrees"),
    ],
)
def test_numbers_that_go(text: str, number: str, shown: str) -> None:
    assert found(text) == [(number, shown)]


@pytest.mark.parametrize(
    "text", ["2025-2026", "2025/2026", "10 000 people", "1.000.000 edits", "120", "3.2", "12345", "COVID-19", "UTC+02"]
)
def test_numbers_that_stay(text: str) -> None:
    assert found(text) == []


@given(st.from_regex(r"\+[1-9][0-9]{1,2}( ?[0-9]{2,4}){2,3}", fullmatch=True))
def test_every_international_number_goes_whole(number: str) -> None:
    assert found(f"call {number} now") == [(number, PHONE)]


@given(st.text(max_size=80))
def test_any_text_is_taken(text: str) -> None:
    for claim in claims(text):
        assert 0 <= claim.start < claim.end <= len(text)
