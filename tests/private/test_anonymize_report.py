"""The public version of a record: which fields, who is what, and nothing of those who wrote it down."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.private import anonymize_report, incident_fields
from bot.private.anonymize_report import ON_REQUEST, PUBLIC, REVIEWED
from bot.private.incident import Incident, IncidentEntry, merge
from bot.private.incident_people import PersonNamed

START = datetime(2026, 12, 24, 13, 0, tzinfo=UTC)
ANSWERS = (
    ("taken-by", "Greta Quill"),
    ("reporting", "Ada Byrd = User:Ada"),
    ("reported", "Bo Lindqvist"),
    ("when", "24 December 2026, 14:30"),
    ("where", "Kaiserhof, hall 2"),
    ("what", "Bo shouted at Ada in the Kaiserhof on 24 December 2026. Ada left."),
    ("agreed", "Ada wants to be called at +49 30 1234567."),
    ("medical", "no"),
    ("evidence", "A picture on Ada's phone."),
    ("escalation", "Greta wrote to Trust and Safety."),
    ("told", "Only Maja Sund."),
    ("outcome", "Bo was asked to leave and did."),
    ("review-worked", "Two people were there at once; Hostwriter took notes."),
)


def record(*answers: tuple[str, str]) -> Incident:
    entries = [
        IncidentEntry(number, START + timedelta(minutes=number), "Hostwriter", name, text)
        for number, (name, text) in enumerate(answers or ANSWERS, 1)
    ]
    return merge("2026-12-24-k7m2", entries)


def test_the_whole() -> None:
    found = anonymize_report.public(record())
    assert found.left == ()
    assert found.text == (
        "Incident report (public version)\n\n"
        "User A: reported person; User B: reporting person; User C: took the report.\n\n"
        "== What happened ==\n\nUser A shouted at User B in the [place] in December 2026. User B left.\n\n"
        "== Escalation ==\n\nUser C wrote to Trust and Safety.\n\n"
        "== Outcome ==\n\nUser A was asked to leave and did.\n\n"
        "== What worked ==\n\nTwo people were there at once; User D took notes.\n"
    )


def test_fields_that_concern_only_those_involved_are_left_out() -> None:
    text = anonymize_report.public(record()).text
    assert not [word for word in ("picture", "Maja", "called at", "14:30", "hall 2") if word in text]


def test_fields_on_request() -> None:
    text = anonymize_report.public(record(), added=["when", "where", "agreed", "medical"]).text
    assert "== When ==\n\nDecember 2026" in text
    assert "== Where ==\n\n[place]" in text
    assert "to be called at [phone number]" in text
    assert "== Medical care ==\n\nno" in text


def test_further_names_and_places() -> None:
    found = anonymize_report.public(
        record(("what", "Zora Pym came from Uppsala.")), names=[PersonNamed(("Zora Pym",), "")], places=["Uppsala"]
    )
    assert "User A came from [place]." in found.text


def test_the_coarseness_is_chosen() -> None:
    assert "in 2026. User B" in anonymize_report.public(record(), coarseness="year").text


def test_names_of_corrected_answers_go_too() -> None:
    entries = [
        IncidentEntry(1, START, "", "witnesses", "Petronella Vance"),
        IncidentEntry(2, START, "", "witnesses", "", corrects=1),
        IncidentEntry(3, START, "", "what", "Petronella saw it."),
    ]
    assert "User A saw it." in anonymize_report.public(merge("x", entries)).text


def test_follow_ups_are_told_on_request() -> None:
    entries = [
        IncidentEntry(1, START, "", "follow-up", "Talk to Bo Lindqvist"),
        IncidentEntry(2, START, "", "follow-up-who", "Greta Quill", about=1),
        IncidentEntry(3, START, "", "what", "Bo Lindqvist shouted at Greta Quill."),
        IncidentEntry(4, START, "", "reported", "Bo Lindqvist"),
    ]
    found = anonymize_report.public(merge("x", entries), added=["follow-up"])
    assert "* Talk to User A (open)" in found.text
    assert "Greta" not in found.text


@pytest.mark.parametrize("answers", [[], [("reporting", "Ada"), ("evidence", "a picture")]])
def test_nothing_to_publish(answers: list[tuple[str, str]]) -> None:
    entries = [IncidentEntry(n, START, "Ada", name, text) for n, (name, text) in enumerate(answers, 1)]
    assert anonymize_report.public(merge("x", entries)).text == ""


def test_every_field_is_public_on_request_or_never() -> None:
    fields = {*PUBLIC, *REVIEWED, *ON_REQUEST}
    assert fields <= set(incident_fields.ALL)
    assert not fields & {"taken-by", "handlers", "reporting", "reported", "target", "witnesses", "evidence", "told"}


def test_lines_are_those_of_the_public_version() -> None:
    found = anonymize_report.public(record(*ANSWERS, ("outcome", "Petrova wrote it down.\nPetrova sent it.")))
    (told,) = [one for one in found.look_at if "Petrova" in one.excerpt]
    lines = found.text.split("\n")
    assert lines[told.line - 1] == "Petrova wrote it down."
    assert told.why.endswith(f"1 more in line {told.line + 1}")


def test_lines_where_nobody_has_a_role() -> None:
    found = anonymize_report.public(record(("what", "Petrova saw it.")))
    assert [one.line for one in found.look_at if "Petrova" in one.excerpt] == [5]
    assert found.text.split("\n")[4] == "Petrova saw it."


def test_a_role_is_told_once_and_never_empty() -> None:
    entries = [
        IncidentEntry(1, START, "", "handlers", "Ada Byrd"),
        IncidentEntry(2, START, "Ada Byrd", "what", "Ada Byrd saw it."),
    ]
    assert "User A: handler.\n" in anonymize_report.public(merge("x", entries)).text


@pytest.mark.parametrize(
    ("text", "public"),
    [
        pytest.param("At WikiCamp Lviv 2026 it was.", "At [event] it was.", id="title"),
        pytest.param("At wikicamp  lviv it was.", "At [event] it was.", id="without the year"),
        pytest.param("At [[Event:WikiCamp_Lviv_2026|the camp]] it was.", "At [event] it was.", id="link"),
    ],
)
def test_the_title_of_the_event_goes(text: str, public: str) -> None:
    found = anonymize_report.public(record(("event", "Event:WikiCamp Lviv 2026"), ("what", text)))
    assert public in found.text


def test_words_of_the_title_of_the_event_are_listed() -> None:
    found = anonymize_report.public(record(("event", "WikiCamp Lviv 2026"), ("what", "One.\nThe WikiCamp was big.")))
    assert (6, "The »WikiCamp« was big.") in [(one.line, one.excerpt) for one in found.look_at]


def test_the_title_stays_on_request() -> None:
    answers = record(("event", "WikiCamp Lviv 2026"), ("what", "At WikiCamp Lviv 2026."))
    assert "At WikiCamp Lviv 2026." in anonymize_report.public(answers, added=["event"]).text


def test_fields_that_may_name_staff_are_listed() -> None:
    found = anonymize_report.public(record(("what", "x"), ("escalation", "The desk was told.")))
    assert [one.excerpt for one in found.look_at if "people who were told" in one.why] == ["»Escalation«"]


def test_what_a_reader_would_miss() -> None:
    assert len(anonymize_report.gaps(record(("security", "The desk came.")))) == 3
    assert anonymize_report.gaps(record(("what", "x"), ("outcome", "y"), ("closed", "closed"))) == ()
