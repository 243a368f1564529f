"""A record as text and as JSON, and the form that can be filled in."""

from __future__ import annotations

import json
import unicodedata
from datetime import UTC, date, datetime, timedelta
from importlib import resources

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.private import incident_fields, incident_json, incident_text
from bot.private.incident import Incident, IncidentEntry, merge

START = datetime(2026, 12, 24, 13, 0, tzinfo=UTC)
TODAY = date(2026, 12, 30)
SCHEMA = json.loads(resources.files("bot.private").joinpath("schema/incident.json").read_text(encoding="utf-8"))


def merged(*lines: tuple[str, str] | tuple[str, str, int] | tuple[str, str, int, int], by: str = "Ada") -> Incident:
    entries = [
        IncidentEntry(number, START + timedelta(minutes=number), by, *line) for number, line in enumerate(lines, 1)
    ]
    return merge("2026-12-24-k7m2", entries)


FULL = merged(
    ("danger", "no"),
    ("reported", "Dieter"),
    ("reported", "Dieter Dachs = User:DD", 2),
    ("what", "He said"),
    ("what", "\nthings", 0, 4),
    ("kind", "threat, banned"),
    ("police", "called"),
    ("police", "", 7),
    ("follow-up", "call Carla"),
    ("follow-up-who", "Bob", 0, 9),
    ("follow-up-due", "2026-12-29", 0, 9),
    ("follow-up", "hand over\nthe badge"),
    ("follow-up-done", "it is there", 0, 12),
    ("follow-up", "nothing"),
    ("follow-up", "", 14),
)
EXPECTED = """\
Incident record 2026-12-24-k7m2 (open)
Confidential: for the few who handle this report; not for a wiki, a chat or a mailing list.
15 entries, from 2026-12-24 13:01 +0000 to 2026-12-24 13:15 +0000.

Immediate danger  [entry 1, 2026-12-24 13:01 +0000, Ada]
  no

Reported person  [entry 3, 2026-12-24 13:03 +0000, Ada]
  Dieter Dachs = User:DD
    before that  [entry 2, 2026-12-24 13:02 +0000, Ada]
      Dieter

What happened  [entry 4, 2026-12-24 13:04 +0000, Ada]
  He said

  things

Police  [entry 8, 2026-12-24 13:08 +0000, Ada]
  (taken back)
    before that  [entry 7, 2026-12-24 13:07 +0000, Ada]
      called

Applies  [entry 6, 2026-12-24 13:06 +0000, Ada]
  somebody threatened to harm others or themselves; somebody came who is banned from events

People, as the names were understood
  Dieter Dachs = DD = Dieter: reported person
  Bob: does a follow-up

Follow-ups
  [ ] 9  call Carla; who: Bob; by 2026-12-29 (OVERDUE)
  [x] 12  hand over / the badge; done: it is there (2026-12-24 13:13 +0000)
  [-] 14  taken back
"""


def test_text() -> None:
    assert incident_text.text(FULL, today=TODAY, width=100) == EXPECTED


def test_history_has_every_entry() -> None:
    history = incident_text.text(FULL, today=TODAY, width=100, history=True)[len(EXPECTED) :]
    assert [line.split()[1].rstrip(",") for line in history.splitlines() if line.startswith("  entry ")] == [
        str(number) for number in range(1, 16)
    ]
    assert "  entry 3, 2026-12-24 13:03 +0000, Ada: Reported person, in place of entry 2\n" in history
    assert "  entry 10, 2026-12-24 13:10 +0000, Ada: Who does it, on entry 9\n" in history


def test_what_is_missing_is_said_at_the_beginning() -> None:
    found = merge("2026-12-24-k7m2", [], ("Entry 1 is missing: it was removed.",))
    assert incident_text.text(found, today=TODAY, width=100).splitlines()[2:] == [
        "It has no entries yet.",
        "! Entry 1 is missing: it was removed.",
    ]


def test_a_closed_record_says_so() -> None:
    shown = incident_text.text(merged(("closed", "nothing is left to do")), today=TODAY, width=100)
    assert shown.startswith("Incident record 2026-12-24-k7m2 (closed)\n")
    assert "1 entry, of 2026-12-24 13:01 +0000." in shown


@given(st.sampled_from(sorted(incident_fields.ALL)), st.text(min_size=1), st.integers(20, 120))
def test_no_line_of_a_record_rules_the_terminal(name: str, words: str, width: int) -> None:
    found = merged((name, words), ("follow-up", words), by=words)
    shown = incident_text.text(found, today=TODAY, width=width, history=True)
    assert not {character for character in shown if unicodedata.category(character) in {"Cc", "Cf", "Cs"}} - {"\n"}


@given(st.sampled_from(sorted(incident_fields.ALL)), st.text(), st.integers(0, 3), st.integers(0, 3))
def test_json_follows_its_schema(name: str, words: str, corrects: int, about: int) -> None:
    found = merged(("danger", "no"), ("follow-up", "call"), (name, words, corrects, about), ("reporting", "Ada; Bob"))
    document = incident_json.document(found)
    jsonschema.validate(json.loads(document), SCHEMA, format_checker=jsonschema.FormatChecker())
    assert json.loads(document)["entries"][2]["text"] == words


def test_json() -> None:
    found = json.loads(incident_json.document(FULL))
    assert (found["schema"], found["record"], found["state"]) == ("eventsafety/incident@1", "2026-12-24-k7m2", "open")
    assert found["answers"][1] == {
        "field": "reported",
        "label": "Reported person",
        "text": "Dieter Dachs = User:DD",
        "entry": 3,
        "earlier": [2],
    }
    assert found["follow_ups"][0] == {
        "number": 9,
        "what": "call Carla",
        "who": "Bob",
        "due": "2026-12-29",
        "done": None,
        "due_on": "2026-12-29",
        "open": True,
    }
    assert {"names": ["Dieter Dachs", "DD", "Dieter"], "role": "reported person"} in found["people"]
    assert len(found["entries"]) == 15


def test_the_schema_is_closed() -> None:
    document = json.loads(incident_json.document(FULL)) | {"more": 1}
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(document, SCHEMA)


@pytest.mark.parametrize(
    ("form", "answers"),
    [
        pytest.param("", (), id="empty"),
        pytest.param("reported: Dieter\n", (("reported", "Dieter"),), id="one"),
        pytest.param("what: a\nWhen: noon\n where: b", (("what", "a\nWhen: noon\n where: b"),), id="as a mail has it"),
        pytest.param("reported:\nwhere: hall 2\n", (("where", "hall 2"),), id="one left empty"),
        pytest.param(
            "what: one\n two\n\nthree\n\nwhere: x", (("what", "one\n two\n\nthree"), ("where", "x")), id="lines"
        ),
        pytest.param("#? hint\nwhat:\n#? hint: x\n# no hint", (("what", "# no hint"),), id="hints are left out"),
        pytest.param("what: he said: no\nHe: yes", (("what", "he said: no\nHe: yes"),), id="other colons"),
        pytest.param("told by phone\nwhere: x", (("note", "told by phone"), ("where", "x")), id="before any field"),
        pytest.param("told: a\ntold: b", (("told", "a"), ("told", "b")), id="one field twice"),
        pytest.param("\ufeffwhere: x", (("note", "\ufeffwhere: x"),), id="nothing is guessed"),
        pytest.param("closed: yes", (("note", "closed: yes"),), id="what is no question of the form"),
    ],
)
def test_a_form_is_read(form: str, answers: tuple[tuple[str, str], ...]) -> None:
    assert incident_text.read_form(form) == answers


def test_the_empty_form_holds_no_answer_and_every_question() -> None:
    form = incident_text.blank_form()
    assert not incident_text.read_form(form)
    filled = "\n".join(f"{line} x" if line.endswith(":") and line[0] != "#" else line for line in form.splitlines())
    names = [one.id for one in (*incident_fields.QUESTIONS, incident_fields.FOLLOW_UP, incident_fields.NOTE)]
    assert incident_text.read_form(filled) == tuple((name, "x") for name in names)


@given(st.text())
def test_no_word_of_a_form_is_lost(form: str) -> None:
    kept = "".join(f"{name}:{text}" for name, text in incident_text.read_form(form))
    words = [word for line in form.splitlines() if not line.startswith("#?") for word in line.split()]
    assert all(word in kept for word in words if ":" not in word)
