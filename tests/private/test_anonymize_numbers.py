"""Numbers that lead to somebody go; numbers that count things stay."""

from __future__ import annotations

import time

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
        pytest.param("DNI 12345678Z lost", "12345678Z", NUMBER, id="identity card"),
        pytest.param("ORCID 0000-0002-1825-0097", "0000-0002-1825-0097", NUMBER, id="ORCID"),
        pytest.param("plate B-MW 1234.", "B-MW 1234", NUMBER, id="German plate"),
        pytest.param("a car, 12-AB-34", "12-AB-34", NUMBER, id="Portuguese plate"),
        pytest.param("a car, AB12 CDE", "AB12 CDE", NUMBER, id="British plate"),
        pytest.param("Police ref 123/26.", "123/26", NUMBER, id="number of a case"),
        pytest.param("NUIPC 123/26.4PSP", "123/26.4PSP", NUMBER, id="number of a case, Portugal"),
        pytest.param("ul. Nowa 5", "ul. Nowa 5", "[address]", id="number of a house"),
        pytest.param("at 52.5163, 13.3777 we", "52.5163, 13.3777", COORDINATES, id="place on the earth"),
        pytest.param("52°30′59″N 13°22′39″E", "52°30′59″N 13°22′39″E", COORDINATES, id="place in degrees"),
    ],
)
def test_numbers_that_go(text: str, number: str, shown: str) -> None:
    assert found(text) == [(number, shown)]


@pytest.mark.parametrize(
    "text",
    [
        "2025-2026",
        "2025/2026",
        "10 000 people",
        "1.000.000 edits",
        "120",
        "3.2",
        "12345",
        "COVID-19",
        "UTC+02",
        "in case 3 come",
        "the file is big",
    ],
)
def test_numbers_that_stay(text: str) -> None:
    assert found(text) == []


@given(st.from_regex(r"\+[1-9][0-9]{1,2}( ?[0-9]{2,4}){2,3}", fullmatch=True))
def test_every_international_number_goes_whole(number: str) -> None:
    assert found(f"call {number} now") == [(number, PHONE)]


@pytest.mark.parametrize("piece", ["-", "A-", "A1", "1 ", "1-", "ref ", "A", "52.5163 "])
def test_long_runs_are_gone_through_once(piece: str) -> None:
    began = time.perf_counter()
    list(claims(piece * (40_000 // len(piece))))
    assert time.perf_counter() - began < 3  # a line of dashes once took a minute


@given(st.text(max_size=80))
def test_any_text_is_taken(text: str) -> None:
    for claim in claims(text):
        assert 0 <= claim.start < claim.end <= len(text)
