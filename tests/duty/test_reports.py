import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.config import Contacts
from bot.duty import reports
from bot.duty.reports import ReportTo, whom
from bot.model import RosterEvent

SETTINGS = Contacts()


def named(event: RosterEvent, settings: Contacts = SETTINGS) -> dict[str, ReportTo]:
    return {one.name: one for one in whom(event, settings)}


@pytest.mark.parametrize(
    ("event", "expected"),
    [
        pytest.param(
            RosterEvent(technical=False),
            [reports.TRUST_AND_SAFETY, reports.NO_AFFILIATE, reports.AFFILIATIONS, reports.EMERGENCY],
            id="an ordinary event",
        ),
        pytest.param(
            RosterEvent(technical=True),
            [
                reports.TRUST_AND_SAFETY,
                reports.TECHNICAL,
                reports.NO_AFFILIATE,
                reports.AFFILIATIONS,
                reports.EMERGENCY,
            ],
            id="a hackathon",
        ),
        pytest.param(
            RosterEvent(technical=False, affiliates=("River User Group", "Wikimedia Hills")),
            [
                reports.TRUST_AND_SAFETY,
                "River User Group",
                "Wikimedia Hills",
                reports.AFFILIATIONS,
                reports.EMERGENCY,
            ],
            id="affiliates that the roster names",
        ),
    ],
)
def test_reports_go_where_the_training_module_sends_them(event: RosterEvent, expected: list[str]) -> None:
    assert [one.name for one in whom(event, SETTINGS)] == expected


def test_the_technical_committee_is_named_with_a_condition_where_the_roster_does_not_say() -> None:
    assert "does not say" in named(RosterEvent())[reports.TECHNICAL].why
    assert "does not say" not in named(RosterEvent(technical=True))[reports.TECHNICAL].why
    assert reports.TECHNICAL not in named(RosterEvent(technical=False))


def test_addresses_are_those_of_the_settings() -> None:
    settings = Contacts(trust_and_safety="ts@example.org", technical="tc@example.org", affiliations="ac@example.org")
    found = named(RosterEvent(technical=True), settings)
    assert found[reports.TRUST_AND_SAFETY].address == "ts@example.org"
    assert found[reports.TECHNICAL].address == "tc@example.org"
    assert found[reports.AFFILIATIONS].address == "ac@example.org"


def test_who_has_no_address_in_the_settings_is_named_without_one() -> None:
    assert named(RosterEvent())[reports.AFFILIATIONS].address == ""
    assert named(RosterEvent(affiliates=("River User Group",)))["River User Group"].address == ""


def test_whose_address_the_settings_can_keep_is_told_with_the_key_that_they_know() -> None:
    for name, one in named(RosterEvent(technical=True)).items():
        table, _, key = one.setting.partition(".")
        assert (table, hasattr(SETTINGS, key)) == ("contacts", True) if key else name == reports.NO_AFFILIATE
        assert not key or getattr(SETTINGS, key) == one.address


def test_the_committee_of_affiliates_is_for_cases_among_affiliates_only() -> None:
    assert named(RosterEvent())[reports.AFFILIATIONS].why.startswith("Only if all people involved are members")


@given(
    st.builds(
        RosterEvent,
        technical=st.sampled_from([None, True, False]),
        affiliates=st.lists(st.text(min_size=1, max_size=10), max_size=3).map(tuple),
    )
)
def test_the_emergency_address_is_for_threats_of_harm_and_for_nothing_else(event: RosterEvent) -> None:
    holders = [one for one in whom(event, SETTINGS) if one.address == SETTINGS.emergency]
    assert len(holders) == 1
    assert holders[0].why.startswith("Only threats of harm")
    assert "local emergency services first" in holders[0].why
    assert whom(event, SETTINGS)[0].address == SETTINGS.trust_and_safety
