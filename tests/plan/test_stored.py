"""A plan survives its file, and no file passes in which anything differs from what was shown."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given

from bot.errors import BadInputError
from bot.plan.edits import Plan
from bot.plan.stored import from_json, to_json
from tests.plan.invented import edit, plan, plans

STORED = to_json(plan())
Path = tuple[str | int, ...]


@given(plans)
def test_a_plan_survives_its_file(made: Plan) -> None:
    again = from_json(to_json(made).encode(), "plan.json")
    assert again == made
    assert again.digest == made.digest
    assert to_json(again) == to_json(made)


def test_the_file_says_what_a_person_wants_to_know() -> None:
    document = json.loads(STORED)
    assert list(document)[:2] == ["schema", "digest"]
    assert document["schema"] == "eventsafety/plan@1"
    assert document["digest"] == plan().digest
    assert [row["guard"] for row in document["edits"]] == ["nocreate", "createonly"]
    assert [row["old_digest"] for row in document["edits"]] == ["e9d71f5ee7c92d6dc9e92ffdad17b8bd49418f98", ""]
    assert document["edits"][0]["new_digest"] == edit().new_digest
    registration = {"kind": "registration", "title": "#12", "revid": None, "site": "meta:meta"}
    assert document["inputs"][1] == registration
    assert STORED.endswith("}\n")


def test_what_can_be_read_by_a_person_stays_readable() -> None:
    assert '\n      "summary": "Café 東京",' in to_json(plan(edit(summary="Café 東京")))


def test_a_file_harms_no_terminal() -> None:
    hostile = plan(edit(text="\x1b[2J\u202eabc", summary="\u200b"))
    document = to_json(hostile)
    assert all(character == "\n" or character.isprintable() for character in document)
    assert from_json(document.encode(), "plan.json") == hostile


def leaves(value: Any, path: Path = ()) -> Iterator[Path]:
    """Give the place of every value in a document, the composed ones too."""
    if path:
        yield path
    for key, inner in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        yield from leaves(inner, (*path, key))


def another(value: Any) -> Any:
    """Return a value of the same kind that is not the same."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, int | float):
        return value + 1 if value != 1.0 else 0.5
    if isinstance(value, str):
        return value[:-1] + ("0" if value[-1:] != "0" else "1") if value else "x"
    if isinstance(value, list):
        return value[:-1] or [*value, "x"]
    return 7 if value is None else {}


def changed(path: Path, change: Callable[[Any, Any], None]) -> bytes:
    """Return the stored plan with a change to the container and the key at ``path``."""
    document = json.loads(STORED)
    place = document
    for key in path[:-1]:
        place = place[key]
    change(place, path[-1])
    return json.dumps(document).encode()


PATHS = [pytest.param(path, id=".".join(map(str, path))) for path in leaves(json.loads(STORED))]


def test_every_field_is_tampered_with_below() -> None:
    names = {str(parameter.id) for parameter in PATHS}
    assert {"schema", "digest", "user", "read_at", "inputs.0.revid", "limits.review.new_pages"} <= names
    assert {"edits.0.guard", "edits.0.old_digest", "edits.1.new_digest", "edits.0.text", "notes.0"} <= names
    assert len(names) > 50


@pytest.mark.parametrize("path", PATHS)
def test_a_changed_field_is_refused(path: Path) -> None:
    def change(place: Any, key: Any) -> None:
        place[key] = another(place[key])

    with pytest.raises(BadInputError):
        from_json(changed(path, change), "plan.json")


@pytest.mark.parametrize("path", PATHS)
def test_a_field_of_another_kind_is_refused(path: Path) -> None:
    def change(place: Any, key: Any) -> None:
        place[key] = [] if isinstance(place[key], str | int | None) else "text"

    with pytest.raises(BadInputError):
        from_json(changed(path, change), "plan.json")


@pytest.mark.parametrize("path", PATHS)
def test_a_field_that_is_missing_is_refused(path: Path) -> None:
    def change(place: Any, key: Any) -> None:
        del place[key]

    with pytest.raises(BadInputError):
        from_json(changed(path, change), "plan.json")


@pytest.mark.parametrize(
    "path",
    [
        pytest.param(("more",), id="in the plan"),
        pytest.param(("edits", 0, "more"), id="in an edit"),
        pytest.param(("inputs", 0, "more"), id="in an input"),
        pytest.param(("limits", "review", "more"), id="in limits"),
        pytest.param(("limits", "more"), id="limits of another task"),
    ],
)
def test_a_field_that_was_added_is_refused(path: Path) -> None:
    def change(place: Any, key: Any) -> None:
        place[key] = json.loads(STORED)["limits"][""] if path == ("limits", "more") else "text"

    with pytest.raises(BadInputError):
        from_json(changed(path, change), "plan.json")


TWICE = [
    pytest.param('  "user": "TestBot",', '  "user": "Somebody", "user": "TestBot",', id="in the plan"),
    pytest.param('"summary": "Bot: sample"', '"summary": "Harmless", "summary": "Bot: sample"', id="in an edit"),
]


@pytest.mark.parametrize(("once", "twice"), TWICE)
def test_a_field_that_is_given_twice_is_refused(once: str, twice: str) -> None:
    assert once in STORED
    with pytest.raises(BadInputError, match="was changed"):
        from_json(STORED.replace(once, twice, 1).encode(), "plan.json")


def test_edits_in_another_order_are_refused() -> None:
    def change(place: Any, key: Any) -> None:
        place[key].reverse()

    with pytest.raises(BadInputError, match="was changed"):
        from_json(changed(("edits",), change), "plan.json")


def test_other_spacing_is_no_change() -> None:
    assert from_json(json.dumps(json.loads(STORED)).encode(), "plan.json") == plan()
    assert from_json(STORED.replace("\n", "\r\n").encode(), "plan.json") == plan()


def test_a_file_that_was_cut_off_is_refused() -> None:
    data = STORED.encode()
    for length in (*range(0, len(data) - 2, 97), len(data) - 3, len(data) - 2):
        with pytest.raises(BadInputError, match=r"plan\.json is not a plan"):
            from_json(data[:length], "plan.json")


EMPTY, NO_JSON = "it is empty", "it holds no JSON that can be read, or its end is missing"
NO_SCHEMA = 'it has no "schema" that says so'
LACKING = "something in it is missing, or is not what a plan has there"
NO_PLANS = [
    pytest.param(b"", EMPTY, id="nothing"),
    pytest.param(b" \n", EMPTY, id="blanks"),
    pytest.param(b"\0\0", NO_JSON, id="zeros"),
    pytest.param(b"== A page ==", NO_JSON, id="wikitext"),
    pytest.param(b'[event]\ntitle = "Event:A"', NO_JSON, id="a roster"),
    pytest.param(b"[]", NO_SCHEMA, id="a list"),
    pytest.param(b"null", NO_SCHEMA, id="null"),
    pytest.param(b"{}", NO_SCHEMA, id="an object without anything"),
    pytest.param(b'{"schema": 1}', NO_SCHEMA, id="a schema that is a number"),
    pytest.param(b'{"schema": "eventsafety/plan@1"}', LACKING, id="a schema alone"),
    pytest.param(b'{"schema": "eventsafety/plan@1", "digest": "\xff"}', NO_JSON, id="no UTF-8"),
    pytest.param(STORED.encode("utf-16"), NO_JSON, id="UTF-16"),
    pytest.param(STORED.replace("TestBot", "\\ud800").encode(), NO_JSON, id="half a character"),
    pytest.param(STORED.replace('"b"', "[" * 100_000 + "]" * 100_000, 1).encode(), NO_JSON, id="nested without end"),
    pytest.param((STORED + "{}").encode(), NO_JSON, id="something behind it"),
]


@pytest.mark.parametrize(("data", "why"), NO_PLANS)
def test_what_is_no_plan_is_named_in_words_of_our_own(data: bytes, why: str) -> None:
    with pytest.raises(BadInputError) as caught:
        from_json(data, "plan.json")
    assert str(caught.value) == (
        f"plan.json is not a plan of eventsafety: {why}; give the file that `eventsafety plan -o FILE` stored."
    )


@pytest.mark.parametrize(
    "document",
    [
        pytest.param(STORED.replace("plan@1", "plan@0"), id="an older plan of the same form"),
        pytest.param('{"schema": "eventsafety/plan@0", "pages": []}', id="an older plan of another form"),
        pytest.param('{"schema": "eventsafety/check@1", "event": {}}', id="the result of a check"),
    ],
)
def test_another_schema_is_named_and_says_what_to_do(document: str) -> None:
    named = json.loads(document)["schema"]
    with pytest.raises(BadInputError, match=f"holds {named}, and this version reads eventsafety/plan@1: make a new"):
        from_json(document.encode(), "plan.json")


def test_a_time_without_a_zone_is_not_the_same_time() -> None:
    with pytest.raises(BadInputError, match="was changed"):
        from_json(STORED.replace("12:00:00Z", "12:00:00").encode(), "plan.json")
    made = plan(read_at=datetime(2026, 11, 21, 12, 0, 0, 123456, tzinfo=UTC))
    assert from_json(to_json(made).encode(), "plan.json").read_at == made.read_at
