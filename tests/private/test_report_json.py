"""The result for other programs: its schema, its mark for deletion, and who does not stand in it."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from importlib import resources
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.model import NameState, Tier, VerdictKind
from bot.private import confidentiality, marks, report_json
from bot.private.model import Field, Finding, Hit, Person, Screening, UnreadRow
from tests.private.test_report import ADDRESS, ALIKE, END, FINE, HIDDEN, LISTED, NOW, OCCASION, screening


def rules() -> dict[str, Any]:
    text = resources.files("bot.private").joinpath("schema/event-bans.json").read_text(encoding="utf-8")
    found: dict[str, Any] = json.loads(text)
    return found


def document(found: Screening) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(report_json.text(found, contact=ADDRESS))
    jsonschema.Draft202012Validator(rules()).validate(data)
    return data


def test_the_schema_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(rules())


def test_everything_that_was_found() -> None:
    found = screening(
        LISTED,
        ALIKE,
        HIDDEN,
        FINE,
        left_out={"ran out": 2},
        unread_entries=(UnreadRow(4, "no name"),),
        unread_people=(UnreadRow(5, "two names"),),
        unread_pages=("No answer.",),
        notes=("A note.",),
        private_unseen=3,
    )
    assert document(found) == {
        "schema": "eventsafety/event-bans@1",
        "delete_after": "2026-12-06T17:00:00Z",
        "event": {
            "title": "Event:Riverside Meetup",
            "id": 12,
            "start": "2026-12-04T09:00:00Z",
            "end": "2026-12-06T17:00:00Z",
            "in_person": True,
        },
        "checked_at": "2026-11-21T12:00:00Z",
        "sealed": False,
        "entries": 40,
        "confidential": list(confidentiality.lines(ADDRESS)),
        "summary": {"FLAG": 1, "REVIEW": 1, "UNKNOWN": 1, "CLEAR": 1},
        "findings": [
            {
                "name": "Grim Lantern",
                "where": "registration",
                "real_name": None,
                "central_id": None,
                "state": "account",
                "private": False,
                "verdict": "FLAG",
                "hits": [
                    {
                        "entry": "row 12",
                        "tier": "IDENTICAL",
                        "by": "user name",
                        "text": "“Grim Lantern” is the listed user name.",
                    }
                ],
                "unknown": [],
            },
            {
                "name": "Grіm Heron",
                "where": "row 7",
                "real_name": "Ada Abacus",
                "central_id": None,
                "state": "account",
                "private": True,
                "verdict": "REVIEW",
                "hits": [
                    {
                        "entry": "reference 7K2Q",
                        "tier": "CONFUSABLE",
                        "by": "user name",
                        "text": "“Grіm Heron” looks like a listed name.",
                    }
                ],
                "unknown": [],
            },
            {
                "name": None,
                "where": "row 8",
                "real_name": None,
                "central_id": None,
                "state": "account",
                "private": False,
                "verdict": "UNKNOWN",
                "hits": [],
                "unknown": ["The registration names no account."],
            },
        ],
        "coverage": {"registrants": 8, "checked": 3, "private_unseen": 3, "former_names_unknown": 0},
        "left_out": {"ran out": 2},
        "unread_entries": [{"row": 4, "why": "no name"}],
        "unread_people": [{"row": 5, "why": "two names"}],
        "unread_pages": ["No answer."],
        "notes": ["A note."],
    }


def test_who_is_clear_is_a_number_and_no_name() -> None:
    text = report_json.text(screening(FINE, LISTED), contact=ADDRESS)
    assert "Quiet Pine" not in text
    assert json.loads(text)["summary"]["CLEAR"] == 1


def test_no_address_of_a_registrant_is_repeated() -> None:
    person = Person("Tall Heron", "row 2", email="heron@example.org")
    text = report_json.text(screening(Finding(person, VerdictKind.UNKNOWN, unknown=("Why.",))), contact=ADDRESS)
    assert "heron@example.org" not in text


@pytest.mark.parametrize(
    ("finding", "own_list", "first"),
    [
        pytest.param(FINE, False, confidentiality.NOBODY, id="nobody"),
        pytest.param(LISTED, False, confidentiality.lines(ADDRESS)[0], id="somebody"),
    ],
)
def test_the_rules_stand_in_it(finding: Finding, own_list: bool, first: str) -> None:
    assert (
        json.loads(report_json.text(screening(finding), contact=ADDRESS, own_list=own_list))["confidential"][0] == first
    )


def test_own_lists_have_their_own_rules() -> None:
    data = json.loads(report_json.text(screening(LISTED), contact=ADDRESS, own_list=True))
    assert data["confidential"] == list(confidentiality.lines(ADDRESS, own_list=True))


def test_purge_knows_it() -> None:
    mark = marks.read(report_json.text(screening(LISTED), contact=ADDRESS).encode())
    assert mark == marks.Mark("event-bans", END, "Event:Riverside Meetup")


FINDINGS = st.builds(
    Finding,
    person=st.builds(
        Person,
        name=st.none() | st.text(max_size=10),
        where=st.text(max_size=10),
        real_name=st.text(max_size=10),
        central_id=st.none() | st.integers(1),
        state=st.sampled_from(NameState),
        is_private=st.booleans(),
    ),
    verdict=st.sampled_from(VerdictKind),
    hits=st.lists(
        st.builds(
            Hit,
            entry=st.text(max_size=9),
            tier=st.sampled_from(Tier),
            by=st.sampled_from([Field.USER, Field.REAL_NAME, Field.EMAIL, Field.CENTRAL_ID]),
            text=st.text(max_size=20),
        ),
        max_size=2,
    ).map(tuple),
    unknown=st.lists(st.text(max_size=9), max_size=2).map(tuple),
)


@given(st.lists(FINDINGS, max_size=3), st.booleans(), st.none() | st.integers(0, 9))
def test_every_result_is_of_the_schema(findings: list[Finding], is_sealed: bool, private_unseen: int | None) -> None:
    found = Screening(OCCASION, tuple(findings), 3, END, NOW, is_sealed=is_sealed, private_unseen=private_unseen)
    data = document(found)
    assert len(data["findings"]) + data["summary"]["CLEAR"] == len(findings)
    assert "\x1b" not in report_json.text(found, contact=ADDRESS)


def test_an_hour_elsewhere_is_told_in_utc() -> None:
    local = datetime.fromisoformat("2026-12-06T18:00:00.9+01:00")
    data = document(screening(FINE, delete_after=local))
    assert data["delete_after"] == "2026-12-06T17:00:00Z"
    assert local.astimezone(UTC) >= END
