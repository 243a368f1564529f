"""To whom an incident is reported on."""

from __future__ import annotations

from itertools import combinations

import pytest

from bot.config import Contacts
from bot.duty import reports
from bot.private import incident_text, incident_where
from bot.private.incident_where import CIRCUMSTANCES

CONTACTS = Contacts(affiliations="affcom@example.org")
EMERGENCY, TRUST, TECHNICAL = reports.EMERGENCY, reports.TRUST_AND_SAFETY, reports.TECHNICAL
AFFILIATE, AFFCOM, TEAM = reports.NO_AFFILIATE, reports.AFFILIATIONS, "The organizing team"


@pytest.mark.parametrize(
    ("ids", "first"),
    [
        pytest.param(None, [TRUST, TECHNICAL, AFFILIATE, AFFCOM, EMERGENCY], id="nobody said: all, with when"),
        pytest.param((), [TRUST], id="none of it"),
        pytest.param(("threat",), [EMERGENCY, TRUST], id="a threat: the emergency address first"),
        pytest.param(("technical",), [TRUST, TECHNICAL], id="a technical event"),
        pytest.param(("affiliate",), [TRUST, AFFILIATE], id="a member of an affiliate"),
        pytest.param(("all-affiliate",), [TRUST, AFFILIATE, AFFCOM], id="all are members"),
        pytest.param(("board",), [TRUST, AFFILIATE], id="a board member"),
        pytest.param(("team",), [TRUST, TEAM], id="one of the team"),
        pytest.param(
            ("threat", "technical", "all-affiliate", "team"),
            [EMERGENCY, TRUST, TECHNICAL, AFFILIATE, AFFCOM, TEAM],
            id="all at once",
        ),
    ],
)
def test_whom(ids: tuple[str, ...] | None, first: list[str]) -> None:
    told = incident_where.whom(CONTACTS, None if ids is None else set(ids))
    assert [one.name for one in told] == first
    assert "roster" not in "".join(one.why for one in told)


@pytest.mark.parametrize("count", range(len(CIRCUMSTANCES) + 1))
def test_trust_and_safety_is_always_told_and_nobody_twice(count: int) -> None:
    for chosen in combinations([one.id for one in CIRCUMSTANCES], count):
        names = [one.name for one in incident_where.whom(CONTACTS, set(chosen))]
        assert len(names) == len(set(names))
        assert TRUST in names


@pytest.mark.parametrize(
    ("circumstance", "words"),
    [
        pytest.param("minor", "not of age|minor", id="minor"),
        pytest.param("staff", "staff", id="staff"),
        pytest.param("banned", "banned", id="banned"),
        pytest.param("board", "decides for an affiliate", id="board"),
    ],
)
def test_trust_and_safety_is_told_what_matters(circumstance: str, words: str) -> None:
    plain, told = (incident_where.whom(CONTACTS, ids)[0].why for ids in (set[str](), {circumstance}))
    assert any(word in told and word not in plain for word in words.split("|"))


def test_addresses_are_those_of_the_settings_and_none_is_guessed() -> None:
    contacts = Contacts(trust_and_safety="", emergency="now@example.org", technical="")
    lines = incident_text.addresses(incident_where.whom(contacts, {"threat", "all-affiliate", "technical"}), 200)
    said = dict(line.strip().split(": ", 1) for line in lines[::2])
    assert said == {
        EMERGENCY: "now@example.org",
        TRUST: "look it up (contacts.trust_and_safety of the settings is empty)",
        AFFILIATE: incident_where.LOOK_UP,
        AFFCOM: "look it up (contacts.affiliations of the settings is empty)",
        TECHNICAL: "look it up (contacts.technical of the settings is empty)",
    }


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        pytest.param("1", {"threat"}, id="a number"),
        pytest.param("1 5", {"threat", "all-affiliate"}, id="numbers"),
        pytest.param("2,3;1.", {"minor", "technical", "threat"}, id="other signs between"),
        pytest.param("threat, Minor", {"threat", "minor"}, id="words"),
        pytest.param("no", set(), id="no"),
        pytest.param("None", set(), id="none"),
        pytest.param("0", set(), id="zero"),
        pytest.param("10", None, id="a number too high"),
        pytest.param("1 maybe", None, id="in words"),
        pytest.param("", None, id="nothing"),
        pytest.param("١", None, id="digits of another script"),
    ],
)
def test_an_answer(text: str, ids: set[str] | None) -> None:
    assert incident_where.read(text) == ids


@pytest.mark.parametrize("count", range(len(CIRCUMSTANCES) + 1))
def test_what_is_kept_is_read_again(count: int) -> None:
    ids = frozenset(one.id for one in CIRCUMSTANCES[:count])
    assert incident_where.read(incident_where.written(ids)) == ids


@pytest.mark.parametrize(
    ("kept", "shown"),
    [
        pytest.param(
            "threat, minor",
            "somebody threatened to harm others or themselves; somebody involved is not of age",
            id="ids",
        ),
        pytest.param("none", "none", id="none"),
        pytest.param("ask Bob", "ask Bob", id="in words"),
    ],
)
def test_in_words(kept: str, shown: str) -> None:
    assert incident_where.in_words(kept) == shown
