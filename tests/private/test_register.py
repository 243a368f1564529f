import json
from datetime import UTC, date, datetime
from importlib import resources
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.private import register
from bot.private.register import Entry

FIRST = Entry(
    datetime(2026, 11, 21, 20, 30, tzinfo=UTC), "Clinic", "Quiet Harbour", "registration", "policy", "en", 2, "<1@a.b>"
)
SECOND = Entry(
    datetime(2026, 11, 22, tzinfo=UTC), "Meetup", "Ærø\n\u202e", "attendance", "capacity", "de", 3, "<2@a.b>"
)
BOTH = register.line(FIRST) + register.line(SECOND)


def test_a_line_holds_what_was_decided_and_when_and_not_who_was_in_copy() -> None:
    assert json.loads(register.line(FIRST)) == {
        "schema": "eventsafety/refusal@1",
        "when": "2026-11-21T20:30:00Z",
        "event": "Clinic",
        "name": "Quiet Harbour",
        "decision": "registration",
        "reason": "policy",
        "language": "en",
        "copies": 2,
        "message_id": "<1@a.b>",
    }


def test_what_was_written_is_read() -> None:
    found = register.read(BOTH)
    assert found.entries == (FIRST, SECOND)
    assert found.unread == ()
    assert register.read(b"") == register.Register(())


GOOD = json.loads(register.line(FIRST))


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("x", id="no JSON"),
        pytest.param("[]", id="no object"),
        pytest.param("{}", id="nothing in it"),
        pytest.param("[" * 100_000, id="nested without end"),
        pytest.param(json.dumps({**GOOD, "schema": "eventsafety/refusal@2"}), id="of a later version"),
        pytest.param(json.dumps({**GOOD, "more": 1}), id="with more"),
        pytest.param(json.dumps({key: GOOD[key] for key in GOOD if key != "name"}), id="with less"),
        pytest.param(json.dumps({**GOOD, "name": 1}), id="a number for a name"),
        pytest.param(json.dumps({**GOOD, "copies": "2"}), id="a text for a number"),
        pytest.param(json.dumps({**GOOD, "copies": True}), id="a truth for a number"),
        pytest.param(json.dumps({**GOOD, "when": "yesterday"}), id="no time"),
        pytest.param(json.dumps({**GOOD, "when": "2026-11-21T20:30:00"}), id="a time without a zone"),
        pytest.param(json.dumps({**GOOD, "when": "0001-01-01T00:00:00+23:00"}), id="before all time"),
        pytest.param(json.dumps({**GOOD, "when": 1}), id="a number for a time"),
        pytest.param("\udcff", id="no UTF-8"),
    ],
)
def test_a_line_that_is_no_entry_is_numbered_and_loses_no_other(line: str) -> None:
    bad = line.encode(errors="surrogateescape")
    found = register.read(register.line(FIRST) + b"\n" + bad + b"\n" + register.line(SECOND))
    assert found.entries == (FIRST, SECOND)
    assert found.unread == (3,)


@given(st.integers(min_value=0, max_value=len(BOTH)))
def test_a_file_that_was_cut_off_anywhere_takes_one_more_entry(cut: int) -> None:
    before = BOTH[:cut]
    whole = register.read(before).entries
    found = register.read(before + register.added(before, SECOND))
    assert found.entries == (*whole, SECOND)
    assert len(found.unread) <= 1


@given(st.binary(max_size=200))
def test_anything_is_read(data: bytes) -> None:
    found = register.read(data)
    assert found.entries == ()
    assert len(found.unread) == sum(bool(line.strip()) for line in data.split(b"\n"))


@pytest.mark.parametrize(
    ("event", "name", "count"),
    [
        pytest.param("Clinic", "Quiet Harbour", 1, id="the same"),
        pytest.param("Event:clinic", "quiet harbour", 1, id="other letters and a namespace"),
        pytest.param("Clinic", "Somebody", 0, id="another person"),
        pytest.param("Meetup", "Quiet Harbour", 0, id="another event"),
    ],
)
def test_a_second_letter_is_noticed(event: str, name: str, count: int) -> None:
    assert len(register.earlier((FIRST, SECOND), event, name)) == count


@pytest.mark.parametrize(
    ("event", "before", "left"),
    [
        pytest.param("Clinic", None, (SECOND,), id="of an event"),
        pytest.param("Event:Clinic", None, (SECOND,), id="with its namespace"),
        pytest.param(None, date(2026, 11, 22), (SECOND,), id="before a day, which is not in it"),
        pytest.param(None, date(2026, 11, 23), (), id="both"),
        pytest.param("Meetup", date(2026, 11, 22), (FIRST, SECOND), id="both must be so"),
        pytest.param("Other", None, (FIRST, SECOND), id="none"),
    ],
)
def test_entries_are_deleted(event: str | None, before: date | None, left: tuple[Entry, ...]) -> None:
    data = BOTH + b"torn\n"
    kept, count = register.without(data, event, before)
    assert kept == b"".join(map(register.line, left)) + b"torn\n"
    assert count == 2 - len(left)
    assert set(register.chosen((FIRST, SECOND), event, before)) == {FIRST, SECOND} - set(left)


def test_the_day_of_an_entry_is_that_of_utc() -> None:
    row = json.dumps({**GOOD, "when": "2026-11-22T01:00:00+05:00"}).encode()
    (entry,) = register.read(row).entries
    assert register.chosen((entry,), None, date(2026, 11, 22)) == (entry,)


def test_lines_for_a_person() -> None:
    assert register.rows((FIRST,)) == (
        "2026-11-21 20:30 UTC  Clinic · Quiet Harbour · registration, policy · en, 2 in copy",
    )
    assert register.rows(()) == ("There is no such letter in the register.",)


def document_of(text: str) -> dict[str, Any]:
    rules = json.loads(resources.files("bot.private").joinpath("schema/refusals.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(rules)
    found: dict[str, Any] = json.loads(text)
    jsonschema.Draft202012Validator(rules).validate(found)
    return found


@pytest.mark.parametrize(
    ("data", "letters", "unread"),
    [
        pytest.param(b"", 0, [], id="no letter"),
        pytest.param(BOTH, 2, [], id="two letters"),
        pytest.param(b"torn\n" + BOTH + b"{}", 2, [1, 4], id="lines that are none"),
        pytest.param(json.dumps({**GOOD, "when": "0001-01-01T00:00:00Z"}).encode(), 1, [], id="an odd year"),
    ],
)
def test_every_register_is_as_its_schema_says(data: bytes, letters: int, unread: list[int]) -> None:
    found = register.read(data)
    document = document_of(register.as_json(found, found.entries))
    assert (len(document["refusals"]), document["unread_lines"]) == (letters, unread)


def test_as_json() -> None:
    document = document_of(register.as_json(register.Register((FIRST, SECOND), (7,)), (SECOND,)))
    assert document["schema"] == "eventsafety/refusals@1"
    assert [one["name"] for one in document["refusals"]] == [SECOND.name]
    assert document["unread_lines"] == [7]


def test_an_entry_has_no_repr() -> None:
    assert "Harbour" not in repr(FIRST) + repr(register.read(BOTH))
