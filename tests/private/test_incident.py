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
            [(1, "witnesses", "Ada"), (2, "reported", "Bob", 1)],
            [("reported", "Bob"), ("witnesses", "Ada")],
            id="a correction of another question stands beside it",
        ),
        pytest.param([(1, "police", "no"), (2, "police", "", 1)], [("police", "")], id="taken back"),
        pytest.param(
            [(1, "told", "a"), (2, "told", "b", 1), (3, "told", "", 2)], [("told", "a")], id="a correction taken back"
        ),
        pytest.param(
            [(1, "told", "a"), (2, "told", "b", 1), (3, "told", "", 1)],
            [("told", "")],
            id="the answer itself taken back",
        ),
        pytest.param(
            [(1, "told", "a"), (2, "told", "", 1), (3, "told", "", 2)], [("told", "a")], id="the taking back taken back"
        ),
        pytest.param(
            [(1, "told", "a"), (2, "told", "b", 1), (3, "told", "", 2), (4, "told", "", 3)],
            [("told", "b")],
            id="a correction again",
        ),
        pytest.param(
            [(1, "told", "a"), (2, "told", "b", 1), (3, "told", "c", 1), (4, "told", "", 2)],
            [("told", "c")],
            id="an older correction taken back",
        ),
        pytest.param(
            [(1, "where", "a"), (2, "where", "b"), (3, "where", "", 2)],
            [("where", "a")],
            id="the later answer taken back",
        ),
        pytest.param(
            [(1, "what", "a"), (2, "what", "b", 0, 1), (3, "what", "A", 1, 1)],
            [("what", "A\nb")],
            id="the first line alone",
        ),
        pytest.param(
            [(1, "what", "a"), (2, "what", "b", 0, 1), (3, "what", "A", 1, 1), (4, "what", "", 3, 3)],
            [("what", "a\nb")],
            id="the first line alone, taken back",
        ),
        pytest.param(
            [(1, "what", "a"), (2, "what", "b", 0, 1), (3, "what", "", 1, 1)],
            [("what", "b")],
            id="no first line any more",
        ),
        pytest.param(
            [(1, "what", "a"), (2, "what", "b", 0, 1), (3, "what", "new", 1), (4, "what", "", 3)],
            [("what", "a\nb")],
            id="a new text taken back: the old one with its lines",
        ),
        pytest.param(
            [
                (1, "what", "a"),
                (2, "what", "b", 0, 1),
                (3, "what", "c", 0, 1),
                (4, "what", "B", 2),
                (5, "what", "2", 0, 4),
            ],
            [("what", "a\nB\n2\nc")],
            id="a line that becomes several",
        ),
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
        pytest.param([(1, "told", "a"), (2, "told", "b", 1), (3, "told", "", 2)], ["b", ""], id="taken back"),
    ],
)
def test_what_was_there_before(lines: list[tuple[int | str, ...]], earlier: list[str]) -> None:
    (answer,) = merged(*lines).answers
    assert [one.text for one in answer.earlier] == earlier


@pytest.mark.parametrize(
    ("lines", "doubts"),
    [
        pytest.param(
            [(1, "told", "a"), (2, "told", "b", 1), (3, "follow-up", "c"), (4, "follow-up-who", "d", 0, 3)],
            [],
            id="none",
        ),
        pytest.param(
            [(1, "what", "a"), (2, "what", "b", 9)],
            ["Entry 2 was to stand for entry 9, which is not there before it."],
            id="a correction of nothing",
        ),
        pytest.param(
            [(1, "taken-by", "a"), (2, "what", "b", 1)],
            ["Entry 2 was to stand for entry 1, which is of “Report taken by”: both stand."],
            id="a correction of another question",
        ),
        pytest.param(
            [(1, "told", "a"), (2, "follow-up-done", "b", 0, 1)],
            ["Entry 2 speaks of follow-up 1; entry 1 is no follow-up."],
            id="an end of no follow-up",
        ),
        pytest.param(
            [(2, "follow-up-done", "b", 0, 77)],
            ["Entry 2 speaks of follow-up 77; entry 77 is not there."],
            id="an end of nothing",
        ),
        pytest.param(
            [(1, "closed", "all done"), (2, "note", "a"), (3, "note", "b")],
            ["The record was closed with entry 1; entry 2 came after that."],
            id="more behind the end",
        ),
        pytest.param([(1, "closed", "all done"), (2, "review-better", "a")], [], id="a review behind the end"),
        pytest.param([(1, "closed", "all done"), (2, "reopened", "a"), (3, "note", "b")], [], id="opened again"),
    ],
)
def test_what_speaks_of_something_else_is_told(lines: list[tuple[int | str, ...]], doubts: list[str]) -> None:
    assert list(merged(*lines).doubts) == doubts


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
        pytest.param("Badge: Ada", [("Badge: Ada",)], id="a colon"),
        pytest.param(
            "Ana Sousa, Jürgen Weiß and Inês", [("Ana Sousa",), ("Jürgen Weiß",), ("Inês",)], id="commas, and"
        ),
        pytest.param("ada, bob & carla", [("ada",), ("bob",), ("carla",)], id="in small letters"),
        pytest.param("Ana, Bo, and Inês", [("Ana",), ("Bo",), ("Inês",)], id="a comma before and"),
        pytest.param("Иван и Мария", [("Иван",), ("Мария",)], id="and in Russian"),
        pytest.param("مريم، علي", [("مريم",), ("علي",)], id="an Arabic comma"),
        pytest.param("R&D", [("R&D",)], id="no blanks around &"),
        pytest.param(
            "Tom Halloran (User:Tom_H), tall guy with a badge", [("Tom Halloran", "Tom_H")], id="user name and looks"
        ),
        pytest.param("Ana (aka Nana)", [("Ana", "Nana")], id="another name in brackets"),
        pytest.param("Ana (WMF)", [("Ana (WMF)",)], id="brackets of a user name"),
        pytest.param("Ana Sousa (me)", [("Ana Sousa",)], id="a remark in brackets"),
        pytest.param("Petra Klein from the hotel", [("Petra Klein",)], id="a remark behind a name"),
        pytest.param("[[User:Ada, and Bob|x]]; Eve", [("Ada, and Bob",), ("Eve",)], id="a link stays whole"),
        pytest.param("a man with a badge, perhaps called Tom", [("Tom",)], id="a name in a description"),
        pytest.param("the guy called tom_h", [("tom_h",)], id="a user name in a description"),
        pytest.param("She would rather not be named", [], id="no name in a sentence"),
        pytest.param("Ana and two others", [("Ana",)], id="others"),
        pytest.param("The Anome; An Nguyen", [("The Anome",), ("An Nguyen",)], id="names that begin as descriptions"),
        pytest.param("Ёжик в тумане", [("Ёжик в тумане",)], id="a user name of several words"),
        pytest.param("გიორგი მაისურაძე", [("გიორგი მაისურაძე",)], id="a script that writes no capitals"),
        *(
            pytest.param(word, [], id=word)
            for word in ("nobody", "Unknown", "none", "no one", "herself", "No.", "me", "niemand", "никто", "不明", "?")
        ),
        pytest.param("艾达；鲍勃", [("艾达",), ("鲍勃",)], id="a wide semicolon"),
        pytest.param("Ada\nBob", [("Ada",), ("Bob",)], id="lines"),
        pytest.param("= ; =", [], id="only signs"),
    ],
)
def test_people_of_an_answer(text: str, names: list[tuple[str, ...]]) -> None:
    assert [one.names for one in incident_people.read(text, "witness")] == names


@given(st.text(alphabet=st.sampled_from("AbÉ田я ,;=&()[]:|_1'-\n"), max_size=40))
def test_no_letter_of_a_name_is_made_up(text: str) -> None:
    for one in incident_people.read(text, "witness"):
        assert one.names
        for name in one.names:
            assert name.strip()
            assert set(name) <= {*text, " "}
    assert incident_people.understood(text)


@given(st.lists(st.sampled_from(["Ana", "Ana Sousa", "Ana Lopes", "Bo", "Bo = Ana", "Eve; Ana"]), max_size=6))
def test_nobody_is_lost_when_people_are_joined(answers: list[str]) -> None:
    read = [incident_people.read(one, f"role {n}") for n, one in enumerate(answers)]
    joined = incident_people.together(read)
    assert {name for one in joined for name in one.names} == {
        name for people in read for one in people for name in one.names
    }
    assert {role for one in joined for role in one.role.split(", ")} == {one.role for people in read for one in people}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        pytest.param("Ana Sousa, Bo and Inês", "3 people: Ana Sousa; Bo; Inês", id="several"),
        pytest.param("Tom (User:Tom_H), tall guy", "1 person: Tom = Tom_H (no name: tall guy)", id="one"),
        pytest.param("nobody", "nobody by name (no name: nobody)", id="none"),
    ],
)
def test_what_was_understood_is_told(text: str, told: str) -> None:
    assert incident_people.understood(text) == told


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
            [(("Dietmar", "Dieter"), "reported person")],
            id="a name that was misheard is one of the same person",
        ),
        pytest.param(
            [
                (1, "reported", "Tom Halloran (User:Tom_H), tall guy"),
                (2, "reported", "Tom Halloran = User:Tom_H = Thomas", 1),
                (3, "target", "Priya Raman"),
            ],
            [(("Tom Halloran", "Tom_H", "Thomas"), "reported person"), (("Priya Raman",), "person affected")],
            id="a correction with more names",
        ),
        pytest.param(
            [(1, "reported", "Tom"), (2, "reported", "Bob", 1)],
            [(("Bob",), "reported person"), (("Tom",), "")],
            id="somebody else: the one before has no role any more",
        ),
        pytest.param(
            [(1, "witnesses", "Petra; Ana"), (2, "witnesses", "Ana", 1)],
            [(("Ana",), "witness"), (("Petra",), "")],
            id="one of two taken out",
        ),
        pytest.param(
            [(1, "handlers", "Ana Sousa; Bob"), (2, "follow-up", "call"), (3, "follow-up-who", "Ana", 0, 2)],
            [(("Ana Sousa", "Ana"), "handler, does a follow-up"), (("Bob",), "handler")],
            id="a short form of a name",
        ),
        pytest.param(
            [(1, "taken-by", "Ana"), (2, "handlers", "Ana Sousa; Ana Lopes")],
            [(("Ana",), "took the report"), (("Ana Sousa",), "handler"), (("Ana Lopes",), "handler")],
            id="a short form of two names",
        ),
        pytest.param(
            [(1, "taken-by", "Nan"), (2, "handlers", "Ana Sousa"), (3, "reporting", "Ana Sousa = Nan")],
            [(("Nan", "Ana Sousa"), "took the report, handler, reporting person")],
            id="two that are said to be one",
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
        pytest.param("in two days", "2026-12-26", id="a number in words"),
        pytest.param("yesterday", "2026-12-23", id="yesterday"),
        pytest.param("on Monday", "2026-12-28", id="a weekday: the next"),
        pytest.param("Thursday", "2026-12-31", id="the weekday of today: in a week"),
        pytest.param("today 18:00", "2026-12-24 18:00", id="a time"),
        pytest.param("2026-02-30", "2026-02-30", id="a day that is none"),
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
