import json
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.private import marks
from bot.private.marks import Mark

END = datetime(2026, 12, 24, 14, tzinfo=UTC)
NAIVE = END.replace(tzinfo=None)
HEAD = "eventsafety confidential event-bans | delete after 2026-12-24T14:00:00Z | Event:Learning Clinic"
RESULT = {
    "schema": "eventsafety/event-bans@1",
    "delete_after": "2026-12-24T14:00:00Z",
    "event": {"title": "Event:Learning Clinic", "id": 12},
    "findings": [{"name": 'A "delete_after": "2020-01-01T00:00:00Z" B'}],
}
SEALED = {
    "format": "eventsafety/sealed-list@1",
    "event": {"title": "Event:Learning Clinic", "id": 12, "wiki": "metawiki"},
    "expires": "2026-12-24T14:00:00Z",
    "buckets": ["00" * 200],
}
TIMES = st.datetimes(min_value=NAIVE.replace(year=2), max_value=NAIVE.replace(year=9998), timezones=st.just(UTC))


def test_the_first_line_says_what_it_is_until_when_and_of_which_event() -> None:
    assert marks.head(marks.EVENT_BANS, END, "Event:Learning Clinic") == HEAD
    assert marks.read(f"{HEAD}\nAda Abacus\n".encode()) == Mark("event-bans", END, "Event:Learning Clinic")


@given(st.sampled_from(["event-bans", "sealed-list", "x"]), TIMES, st.text(), st.binary())
def test_whatever_the_title_and_the_rest_are_the_line_is_one_and_is_read(
    kind: str, when: datetime, title: str, rest: bytes
) -> None:
    line = marks.head(kind, when, title)
    assert len(line.splitlines()) == 1
    mark = marks.read(line.encode() + b"\n" + rest)
    assert mark
    assert (mark.kind, mark.delete_after) == (kind, when.replace(microsecond=0))
    assert marks.head(kind, when, mark.title) == line


@given(TIMES, st.integers(-14 * 60, 14 * 60))
def test_a_time_is_never_later_than_it_is(when: datetime, minutes: int) -> None:
    local = when.astimezone(timezone(timedelta(minutes=minutes)))
    read = datetime.fromisoformat(marks.time_text(local))
    assert timedelta(0) <= when - read < timedelta(seconds=1)


@pytest.mark.parametrize("kind", ["", "Event-bans", "event bans", "e\n", "e|", "1", "x" * 41])
def test_a_kind_is_a_word(kind: str) -> None:
    with pytest.raises(ValueError, match="A kind is made of"):
        marks.head(kind, END, "E")


def test_a_time_has_a_time_zone() -> None:
    with pytest.raises(ValueError, match="without a time zone"):
        marks.head("event-bans", NAIVE, "E")


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        pytest.param(f"{HEAD}\n".encode(), "event-bans", id="a text"),
        pytest.param(f"{HEAD}\r\nx".encode(), "event-bans", id="with the line ends of another system"),
        pytest.param(f"\ufeff{HEAD}\nx".encode(), "event-bans", id="with a byte order mark"),
        pytest.param(json.dumps(RESULT).encode(), "event-bans", id="JSON"),
        pytest.param(b"\n " + json.dumps(RESULT, indent=2).encode() + b"\n", "event-bans", id="JSON, written anew"),
        pytest.param(json.dumps(dict(reversed(RESULT.items()))).encode(), "event-bans", id="JSON in another order"),
        pytest.param(json.dumps(SEALED).encode(), "sealed-list", id="a sealed list"),
        pytest.param(json.dumps(SEALED, sort_keys=True).encode(), "sealed-list", id="a sealed list in another order"),
        pytest.param(
            json.dumps(SEALED | {"format": "eventsafety/sealed-list@27"}).encode(), "sealed-list", id="a later one"
        ),
        pytest.param(
            json.dumps(SEALED | {"expires": "2026-12-24T14:00:00.000Z"}).encode(), "sealed-list", id="to a part"
        ),
    ],
)
def test_what_is_ours_is_known(data: bytes, kind: str) -> None:
    assert marks.read(data) == Mark(kind, END, "Event:Learning Clinic")
    assert all(marks.may_be_ours(data[:length]) for length in range(64, len(data)))


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(HEAD.encode(), id="the line alone, without its end"),
        pytest.param(f" {HEAD}\n".encode(), id="a line that begins otherwise"),
        pytest.param(f"\n{HEAD}\n".encode(), id="a line further below"),
        pytest.param(f"> {HEAD}\n".encode(), id="a line that is quoted"),
        pytest.param(f"Subject: x\n\n{HEAD}\n".encode(), id="a letter that holds one"),
        pytest.param(f"{HEAD}\n".encode("utf-16"), id="another encoding"),
        pytest.param(HEAD.upper().encode() + b"\n", id="capitals"),
        pytest.param(HEAD.replace("-12-24", "-02-30").encode() + b"\n", id="a day that there is not"),
        pytest.param(HEAD.replace("Z |", "+01:00 |").encode() + b"\n", id="another time zone"),
        pytest.param(HEAD.replace(" | Event:Learning Clinic", "").encode() + b"\n", id="no event"),
        pytest.param(HEAD.replace("event-bans", "Event bans").encode() + b"\n", id="no kind"),
        pytest.param(HEAD.encode() + b"\xff\n", id="no text"),
        pytest.param(HEAD.encode() + b"x" * 9000 + b"\n", id="too long a line"),
        pytest.param(b"eventsafety confidential event-bans\n", id="half a line"),
        pytest.param(json.dumps([RESULT]).encode(), id="a list of results"),
        pytest.param(json.dumps({"result": RESULT}).encode(), id="a result within"),
        pytest.param(json.dumps(RESULT | {"schema": "eventsafety/check@1"}).encode(), id="a public result"),
        pytest.param(json.dumps(RESULT | {"schema": "eventsafety/event-bans"}).encode(), id="no version"),
        pytest.param(
            json.dumps(RESULT | {"schema": "eventsafety/event-bans@1 "}).encode(), id="a version with a blank"
        ),
        pytest.param(json.dumps(RESULT | {"schema": ["eventsafety/event-bans@1"]}).encode(), id="a list of schemas"),
        pytest.param(json.dumps(RESULT | {"delete_after": None}).encode(), id="no time"),
        pytest.param(json.dumps(RESULT | {"delete_after": 1}).encode(), id="a number for a time"),
        pytest.param(json.dumps(RESULT | {"delete_after": "2026-12-24"}).encode(), id="a day for a time"),
        pytest.param(json.dumps({**SEALED, "format": "eventsafety/event-bans@1"}).encode(), id="one for the other"),
        pytest.param(
            json.dumps({"$schema": "x", "description": "eventsafety/event-bans@1", "delete_after": "x"}).encode(),
            id="our JSON Schema",
        ),
        pytest.param(b'{"a": ' + json.dumps(RESULT).encode(), id="damaged, and not from its beginning"),
        pytest.param(json.dumps(RESULT).encode() + b"}", id="damaged, with an end"),
        pytest.param(b"[" * 100_000, id="deep"),
        pytest.param(b'{"a":' * 100_000, id="deeper"),
        pytest.param(b"\xff" * 100, id="bytes"),
        pytest.param(b"PK\x03\x04" + HEAD.encode(), id="an archive"),
    ],
)
def test_what_is_of_somebody_else_is_left_alone(data: bytes) -> None:
    assert marks.read(data) is None


@given(
    st.binary()
    | st.text().map(str.encode)
    | st.dictionaries(st.text(), st.text()).map(lambda x: json.dumps(x).encode())
)
def test_nothing_else_is_taken_for_ours(data: bytes) -> None:
    assert marks.read(data) is None


@pytest.mark.parametrize("document", [RESULT, SEALED], ids=["result", "sealed"])
@pytest.mark.parametrize("indent", [None, 2])
def test_what_a_killed_process_left_is_known_wherever_it_was_cut(
    document: dict[str, object], indent: int | None
) -> None:
    data = json.dumps(document, indent=indent).encode()
    begun = data.index(b",") + 1
    whole = data.index(b"2026") + len("2026-12-24T14:00:00Z") + 1
    for cut in range(len(data) - 1):
        mark = marks.read(data[:cut])
        if cut < begun:
            assert mark is None
        else:
            assert mark
            assert mark.is_cut
            assert mark.delete_after == (END if cut >= whole else datetime.min.replace(tzinfo=UTC))


@pytest.mark.parametrize("data", [b"\0" * 64, b"user name\nAda", b"eventsafety", b"[{", b"PK\x03\x04"])
def test_most_files_need_not_be_read_whole(data: bytes) -> None:
    assert not marks.may_be_ours(data)


def test_a_title_of_a_file_cannot_write_to_the_terminal() -> None:
    mark = marks.read(json.dumps(RESULT | {"event": {"title": "\x1b[2J\u202eX\n"}}).encode())
    assert mark
    assert mark.title == "<U+001B>[2J<U+202E>X<U+000A>"
    strange: tuple[object, ...] = ({}, {"title": ""}, {"title": 5}, [], None, "X")
    for event in strange:
        mark = marks.read(json.dumps(RESULT | {"event": event}).encode())
        assert mark
        assert mark.title == "an event without a title"
