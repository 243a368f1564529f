import json
import re
from collections import Counter
from importlib import resources

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.duty import emergency
from bot.model import RosterEvent

DATA: dict[str, list[str]] = json.loads(resources.files("bot.duty").joinpath("data/emergency.json").read_text())
EU = [
    "AT",
    "BE",
    "BG",
    "HR",
    "CY",
    "CZ",
    "DK",
    "EE",
    "FI",
    "FR",
    "DE",
    "GR",
    "HU",
    "IE",
    "IT",
    "LV",
    "LT",
    "LU",
    "MT",
    "NL",
    "PL",
    "PT",
    "RO",
    "SK",
    "SI",
    "ES",
    "SE",
]

SOME = st.builds(
    RosterEvent, country=st.sampled_from(["", "IN", "US", "XX"]), emergency_number=st.sampled_from(["", "1"])
)


@pytest.mark.parametrize(
    ("country", "number"),
    [
        pytest.param("US", "911", id="United States"),
        pytest.param("CA", "911", id="Canada"),
        pytest.param("GB", "999 / 112", id="United Kingdom"),
        pytest.param("KE", "999 / 112", id="Kenya"),
        pytest.param("IN", "112", id="India: behind a slash it would be the ambulance, and 100 is the police"),
        pytest.param("NO", "112 / 113", id="Norway: 112 is the police alone"),
        pytest.param("UA", "102 / 103", id="Ukraine: 112 does not answer everywhere"),
        pytest.param("JP", "110 / 119", id="Japan, police and then ambulance"),
        pytest.param("AU", "000", id="Australia, with its zeros"),
        pytest.param(" de ", "112", id="written otherwise"),
        pytest.param("XX", "", id="no such country"),
        pytest.param("", "", id="no country"),
        *(pytest.param(code, "", id=f"{code}: in doubt") for code in ("AL", "AQ", "DM", "NF", "NG", "SM", "XK", "ZW")),
    ],
)
def test_the_number_of_a_country(country: str, number: str) -> None:
    assert emergency.number(country) == number


@pytest.mark.parametrize("country", EU)
def test_112_holds_in_all_of_the_european_union(country: str) -> None:
    assert "112" in emergency.number(country).split(" / ")


def test_the_data_are_short_numbers_and_each_country_once() -> None:
    countries = Counter(country for found in DATA.values() for country in found)
    assert set(countries.values()) == {1}
    assert all(re.fullmatch("[A-Z]{2}", country) for country in countries)
    assert all(re.fullmatch(r"\d{2,5}( / \d{2,5})?", number) for number in DATA)


@pytest.mark.parametrize(
    ("event", "expected"),
    [
        pytest.param(
            RosterEvent(emergency_number="112"),
            "Emergency number: 112, as the roster says; check",
            id="from the roster",
        ),
        pytest.param(RosterEvent(country="us"), "Emergency number: 911, which this program knows for US", id="country"),
        pytest.param(
            RosterEvent(country="US", emergency_number="+1 555 0100"),
            "Emergency number: +1 555 0100, as the roster says (for US this program knows 911); check",
            id="the roster has another",
        ),
        pytest.param(
            RosterEvent(country="JP", emergency_number="119"),
            "Emergency number: 119, as the roster says; check",
            id="one of two",
        ),
        pytest.param(
            RosterEvent(country="AQ"), "Emergency number: not known. Find out whom to call in AQ", id="unknown"
        ),
        pytest.param(RosterEvent(), "not known. Find out whom to call where the event is held", id="no country"),
    ],
)
def test_which_number_to_call_and_whence_it_is_known(event: RosterEvent, expected: str) -> None:
    assert expected in emergency.sentence(event)


@given(SOME)
def test_a_number_that_the_roster_does_not_have_is_to_be_written_there(event: RosterEvent) -> None:
    assert ("set emergency_number in the roster" in emergency.sentence(event)) is not bool(event.emergency_number)


@given(SOME)
def test_whoever_reads_a_number_is_told_to_check_it(event: RosterEvent) -> None:
    said = emergency.sentence(event)
    assert emergency.CHECK in said or "Find out" in said
    assert said.endswith(".")
