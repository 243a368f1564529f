"""What a record says as a whole: entries, corrections, people, follow-ups."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.private import incident_fields, incident_people
from bot.private.incident import Incident, IncidentEntry, due, merge

START = datetime(2026, 12, 24, 13, 0, tzinfo=UTC)
# number, field, text, corrects, about
Line = tuple[int, str, str, int, int]


def entry(number: int, name: str, text: str, corrects: int = 0, about: int = 0) -> IncidentEntry:
    return IncidentEntry(number, START + timedelta(minutes=number), "Ada", name, text, corrects, about)


def merged(*lines: tuple[int | str, ...]) -> Incident:
    return merge("2026-12-24-k7m2", [entry(*line) for line in lines])  # type: ignore[arg-type]


def said(found: Incident) -> list[tuple[str, str]]:
    return [(one.entry.field, one.text) for one in found.answers]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        pytest.param([], [], id="nothing"),
        pytest.param([(1, "where", "hall 2")], [("where", "hall 2")], id="one answer"),
        pytest.param(
            [(1, "what", "b"), (2, "danger", "no")], [("danger", "no"), ("what", "b")], id="in the order of the form"
        ),
        pytest.param([(2, "danger", "yes"), (1, "danger", "no")], [("danger", "yes")], id="entries in any order"),
        pytest.param(
            [(1, "where", "hall 2"), (2, "where", "hall 3")], [("where", "hall 3")], id="one answer: the latest"
        ),
        pytest.param(
            [(1, "witnesses", "Ada"), (2, "witnesses", "Bob")],
            [("witnesses", "Ada"), ("witnesses", "Bob")],
            id="many answers: beside each other",
        ),
        pytest.param(
            [(1, "witnesses", "Ada"), (2, "witnesses", "Bob"), (3, "witnesses", "Eve", 1)],
            [("witnesses", "Eve"), ("witnesses", "Bob")],
            id="a correction takes the place of what it corrects",
        ),
        pytest.param(
            [(1, "witnesses", "Ada"), (2, "witnesses", "Eve", 1), (3, "witnesses", "Mae", 2)],
            [("witnesses", "Mae")],
            id="a correction of a correction",
        ),
        pytest.param(
            [(1, "witnesses", "Ada"), (2, "witnesses", "Eve", 1), (3, "witnesses", "Mae", 1)],
            [("witnesses", "Mae")],
            id="two corrections of one entry",
        ),
        pytest.param(
            [(1, "witnesses", "Ada"), (2, "reported", "Ada", 1)], [("reported", "Ada")], id="moved to another question"
        ),
        pytest.param([(1, "police", "no"), (2, "police", "", 1)], [("police", "")], id="taken back"),
        pytest.param([(2, "police", "called", 1)], [("police", "called")], id="a correction of what is missing"),
        pytest.param([(1, "police", "called", 1)], [("police", "called")], id="a correction of itself"),
        pytest.param([(1, "police", "called", 7)], [("police", "called")], id="a correction of what comes later"),
        pytest.param(
            [(1, "what", "one"), (2, "what", "two", 0, 1), (3, "what", "\nthree", 0, 1)],
            [("what", "one\ntwo\n\nthree")],
            id="a text goes on",
        ),
        pytest.param(
            [(1, "what", "one"), (2, "what", "two", 0, 1), (3, "what", "2", 2, 1)],
            [("what", "one\n2")],
            id="a line of a text",
        ),
        pytest.param(
            [(1, "what", "one"), (2, "what", "two", 0, 1), (3, "what", "", 2, 1)],
            [("what", "one")],
            id="a line of a text taken back",
        ),
        pytest.param(
            [(1, "what", "one"), (2, "what", "two", 0, 1), (3, "what", "new", 1), (4, "what", "lines", 0, 3)],
            [("what", "new\nlines")],
            id="a text as a whole",
        ),
        pytest.param(
            [(1, "what", "one"), (2, "what", "two", 0, 1), (3, "what", "", 1)], [("what", "")], id="a text taken back"
        ),
        pytest.param([(2, "what", "two", 0, 1)], [("what", "two")], id="a further line of a text that is missing"),
        pytest.param(
            [(1, "what", "one"), (2, "what", "another")], [("what", "one"), ("what", "another")], id="two accounts"
        ),
        pytest.param(
            [(1, "shoe-size", "44"), (2, "danger", "no")], [("danger", "no"), ("shoe-size", "44")], id="unknown"
        ),
    ],
)
def test_answers(lines: list[tuple[int | str, ...]], expected: list[tuple[str, str]]) -> None:
    assert said(merged(*lines)) == expected


@pytest.mark.parametrize(
    ("lines", "earlier"),
    [
        pytest.param([(1, "where", "a"), (2, "where", "b"), (3, "where", "c")], ["a", "b"], id="of one answer"),
        pytest.param([(1, "told", "a"), (2, "told", "b", 1)], ["a"], id="corrected"),
        pytest.param([(1, "what", "a"), (2, "what", "b", 0, 1), (3, "what", "c", 1)], ["a\nb"], id="a whole text"),
        pytest.param([(1, "what", "a"), (2, "what", "b", 0, 1), (3, "what", "c", 2, 1)], ["b"], id="a line of one"),
    ],
)
def test_what_was_there_before(lines: list[tuple[int | str, ...]], earlier: list[str]) -> None:
    (answer,) = merged(*lines).answers
    assert [one.text for one in answer.earlier] == earlier


ENTRIES = st.lists(
    st.tuples(
        st.sampled_from(sorted(incident_fields.ALL)),
        st.sampled_from(["", "a", "b"]),
        st.integers(0, 12),
        st.integers(0, 12),
    ),
    max_size=12,
)


@given(ENTRIES)
def test_nothing_is_lost(lines: list[tuple[str, str, int, int]]) -> None:
    """Whatever refers to whatever: all entries are in the history, and every word of one is shown somewhere."""
    found = merged(*((number, *line) for number, line in enumerate(lines, 1)))
    assert [one.number for one in found.entries] == list(range(1, len(lines) + 1))
    shown = {one.number for answer in found.answers for one in (answer.entry, *answer.earlier)}
    texts = "\n".join(one.text for answer in found.answers for one in (answer.entry, *answer.earlier))
    parts = {part.id for part in incident_fields.FOLLOW_UPS}
    for one in found.entries:
        assert one.number in shown or one.field in parts or one.about or one.text in texts


@pytest.mark.parametrize(
    ("lines", "is_closed"),
    [
        pytest.param([(1, "closed", "all done")], True, id="closed"),
        pytest.param([(1, "closed", "all done"), (2, "note", "more")], True, id="a note behind it"),
        pytest.param([(1, "closed", "all done"), (2, "reopened", "again")], False, id="opened again"),
        pytest.param([(1, "closed", ""), (2, "reopened", ""), (3, "closed", "")], True, id="closed again"),
        pytest.param([(1, "note", "closed")], False, id="never closed"),
    ],
)
def test_state(lines: list[tuple[int | str, ...]], is_closed: bool) -> None:
    assert merged(*lines).is_closed is is_closed


def test_a_follow_up_with_its_parts() -> None:
    found = merged(
        (3, "follow-up", "call Carla"),
        (4, "follow-up-who", "Bob", 0, 3),
        (5, "follow-up-due", "2026-12-31", 0, 3),
        (6, "follow-up", "hand over the badge"),
        (7, "follow-up-done", "she is well", 0, 3),
        (8, "follow-up", "call Carla and Dora", 3),
        (9, "follow-up-due", "2027-01-02", 0, 8),
    )
    first, second = found.follow_ups
    assert (first.number, first.what.text, first.who and first.who.text) == (3, "call Carla and Dora", "Bob")
    assert first.due_on == date(2027, 1, 2), "also what was said of its correction"
    assert not first.is_open
    assert (second.number, second.who, second.due_on, second.is_open) == (6, None, None, True)
    assert not said(found), "follow-ups are not among the answers"


def test_a_follow_up_that_was_taken_back_is_not_open() -> None:
    (one,) = merged((1, "follow-up", "call"), (2, "follow-up", "", 1)).follow_ups
    assert not one.is_open


def test_a_follow_up_is_open_again_when_its_end_is_taken_back() -> None:
    (one,) = merged(
        (1, "follow-up", "call"), (2, "follow-up-done", "called", 0, 1), (3, "follow-up-done", "", 2, 1)
    ).follow_ups
    assert one.is_open


@pytest.mark.parametrize(
    ("text", "names"),
    [
        pytest.param("", [], id="nobody"),
        pytest.param("Ada", [("Ada",)], id="one"),
        pytest.param(" Ada ;Bob; ", [("Ada",), ("Bob",)], id="two"),
        pytest.param("Ada Abacus = User:Ada=Ada", [("Ada Abacus", "Ada")], id="one with several names, each once"),
        pytest.param("Ada = Ada L.; Ada = Ada M.", [("Ada", "Ada L."), ("Ada", "Ada M.")], id="two of one name"),
        pytest.param("[[User:Ada|the A]]", [("Ada",)], id="a link"),
        pytest.param("[[:w:de:Benutzerin:Ada]]", [("Ada",)], id="a link to another wiki"),
        pytest.param("Участник:Вася/sub", [("Вася",)], id="another language"),
        pytest.param("user:ada", [("ada",)], id="lower case"),
        pytest.param("Mr. User: the tall one", [("Mr. User: the tall one",)], id="no prefix"),
        pytest.param("badge: 44", [("badge: 44",)], id="a colon"),
        pytest.param("艾达；鲍勃", [("艾达",), ("鲍勃",)], id="a wide semicolon"),
        pytest.param("Ada\nBob", [("Ada",), ("Bob",)], id="lines"),
        pytest.param("= ; =", [], id="only signs"),
    ],
)
def test_people_of_an_answer(text: str, names: list[tuple[str, ...]]) -> None:
    assert [one.names for one in incident_people.read(text, "witness")] == names


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        pytest.param(
            [(1, "handlers", "Ada; Bob"), (2, "taken-by", "User:ada")],
            [(("Ada",), "handler, took the report"), (("Bob",), "handler")],
            id="one person in two answers",
        ),
        pytest.param(
            [(1, "reporting", "Ada = Ada L."), (2, "witnesses", "Ada M. = Ada")],
            [(("Ada", "Ada L.", "Ada M."), "reporting person, witness")],
            id="joined by one name",
        ),
        pytest.param(
            [(1, "witnesses", "Kim = Kim A; Kim = Kim B"), (2, "target", "Kim")],
            [(("Kim",), "person affected"), (("Kim", "Kim A"), "witness"), (("Kim", "Kim B"), "witness")],
            id="two people who are called alike stay two",
        ),
        pytest.param(
            [(1, "reported", "Dieter"), (2, "reported", "Dietmar", 1)],
            [(("Dietmar",), "reported person"), (("Dieter",), "reported person")],
            id="a name that was corrected is still known",
        ),
        pytest.param(
            [(1, "follow-up", "call"), (2, "follow-up-who", "Bob", 0, 1)],
            [(("Bob",), "does a follow-up")],
            id="of a follow-up",
        ),
        pytest.param([(1, "what", "Ada; Bob")], [], id="not from a text"),
    ],
)
def test_people_of_a_record(lines: list[tuple[int | str, ...]], expected: list[tuple[tuple[str, ...], str]]) -> None:
    found = [(one.names, one.role) for one in merged(*lines).people]
    assert sorted(found) == sorted(expected)


def test_places_and_dates_are_all_that_were_ever_said() -> None:
    found = merged((1, "where", "hall 2"), (2, "where", "hall 3", 1), (3, "when", "today"), (4, "where", "", 2))
    assert (found.places, found.dates) == (("hall 2", "hall 3"), ("today",))


def test_texts_of_a_field() -> None:
    found = merged((1, "told", "Ada"), (2, "told", "Bob"), (3, "told", "", 1))
    assert (found.texts("told"), found.texts("what")) == (("Bob",), ())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("2026-12-31", "2026-12-31", id="a date"),
        pytest.param("today", "2026-12-24", id="today"),
        pytest.param(" Tomorrow ", "2026-12-25", id="tomorrow"),
        pytest.param("in 3 days", "2026-12-27", id="days"),
        pytest.param("2 weeks", "2027-01-07", id="weeks"),
        pytest.param("1.2.2027", "2027-02-01", id="dots: the day first"),
        pytest.param("31.2.2027", "31.2.2027", id="no such day"),
        pytest.param("3/4/2027", "3/4/2027", id="the day or the month first?"),
        pytest.param("in 999 weeks", "2046-02-15", id="far away"),
        pytest.param("2026-12-31 at noon", "2026-12-31 at noon", id="with more"),
        pytest.param("when she is back", "when she is back", id="in words"),
    ],
)
def test_due(text: str, expected: str) -> None:
    assert due(text, date(2026, 12, 24)) == expected


def test_values_show_nothing_of_what_they_hold() -> None:
    found = merged((1, "reported", "Dieter"), (2, "follow-up", "call Dieter"))
    for value in (found, found.entries[0], found.answers[0], found.people[0], found.follow_ups[0]):
        assert "Dieter" not in f"{value!r}{value}"


def test_questions_are_told_apart_and_explain_themselves() -> None:
    for one in incident_fields.ALL.values():
        assert one.ask
        assert one.help
        assert one.label
        assert (one.form is incident_fields.Form.PEOPLE) == bool(one.role), one.id
    assert len(incident_fields.ALL) == len({one.label for one in incident_fields.ALL.values()})
