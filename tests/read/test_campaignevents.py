"""Registrations and registrants: all pages or an error, hidden people never named, private things never kept."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import requests

from bot.errors import (
    AnswerError,
    BusyError,
    EventSafetyError,
    NoCampaignEventsError,
    NoSuchPageError,
    RegistrationGoneError,
    UnknownRegistrationError,
    UnreachableError,
)
from bot.model import NameState
from bot.parse.sites import META
from bot.read import campaignevents as events
from bot.read.session import Session
from tests.read.memory import Answer, MemoryWiki, Reply, Sent, from_sample, sample

ROUTE = "/w/rest.php/campaignevents/v0/event_registration/3"
HTML = Path(__file__).parents[1] / "parse" / "html"


def on_route(wiki: MemoryWiki, path: str, answer: Answer) -> None:
    wiki.on(lambda sent: answer if sent.path == path else None)


def event(**fields: Any) -> Reply:
    return Reply({**sample("ce_event_online_open"), **fields})


def test_an_event_recorded(wiki: MemoryWiki, session: Session) -> None:
    on_route(wiki, ROUTE, from_sample("ce_event_online_open"))
    found = events.registration(session, 3)
    assert (found.page_title, found.page_wiki, found.status) == ("Event:Sample Safety Workshop", "metawiki", "open")
    assert found.event.id == 3
    assert found.event.name == "Sample Safety Workshop"
    assert found.event.start == datetime(2026, 12, 5, 3, 30, tzinfo=UTC)
    assert found.event.end == datetime(2026, 12, 5, 11, 30, tzinfo=UTC)
    assert (found.event.in_person, found.event.is_test) == (False, False)
    assert found.event.url == "https://meta.wikimedia.org/w/index.php?title=Event:Sample_Safety_Workshop"
    assert found.notes == ()
    assert "meet.example.org" not in repr(found)
    assert session.requests["rest"] == 1


TIMES = [
    pytest.param("UTC", 9, id="UTC"),
    pytest.param("+05:30", 3.5, id="an offset"),
    pytest.param("-03:00", 12, id="an offset to the west"),
    pytest.param("+0100", 8, id="an offset without a colon"),
    pytest.param("Europe/Berlin", 8, id="winter time"),
    pytest.param("America/St_Johns", 12.5, id="half an hour"),
    pytest.param("Asia/Kathmandu", 3.25, id="a quarter of an hour"),
]


@pytest.mark.parametrize(("zone", "hour"), TIMES)
def test_local_times_become_utc(wiki: MemoryWiki, session: Session, zone: str, hour: float) -> None:
    on_route(wiki, ROUTE, event(timezone=zone))
    start = events.registration(session, 3).event.start
    assert start is not None
    assert (start.hour + start.minute / 60, start.tzinfo) == (hour, UTC)


@pytest.mark.parametrize("zone", ["Mars/Olympus", "", "../../etc/passwd", "+99:99", "+25:00", "Europe", "\x00"])
def test_a_time_zone_that_is_not_known_costs_the_times_only(wiki: MemoryWiki, session: Session, zone: str) -> None:
    on_route(wiki, ROUTE, event(timezone=zone))
    found = events.registration(session, 3)
    assert (found.event.start, found.event.end) == (None, None)
    assert "time zone" in found.notes[0]


def test_newer_and_older_answers_are_both_read(wiki: MemoryWiki, session: Session) -> None:
    newer = {"types": [], "wikis": ["*"], "is_test_event": True, "meeting_country_code": None, "inperson_meeting": True}
    on_route(wiki, ROUTE, event(**newer))
    found = events.registration(session, 3).event
    assert (found.is_test, found.in_person) == (True, True)


EVENT_FAILS = [
    pytest.param(
        from_sample("ce_event_deleted_404"), RegistrationGoneError, "Registration 3 was deleted", id="deleted"
    ),
    pytest.param(from_sample("ce_event_unknown_404"), UnknownRegistrationError, "no registration 3", id="unknown"),
    pytest.param(
        from_sample("ce_no_such_route_404"), NoCampaignEventsError, "does not have the Camp", id="no extension"
    ),
    pytest.param(Reply("<html>Not found", 404), NoCampaignEventsError, "does not have", id="no REST at all"),
    pytest.param(from_sample("ce_event_bad_id_400"), AnswerError, "badinteger", id="400"),
    pytest.param(from_sample("ce_events_of_private_participant_500"), AnswerError, "HTTP 500", id="500"),
    pytest.param(Reply("<html>"), AnswerError, "text/html", id="HTML"),
    pytest.param(Reply({"id": "three"}), AnswerError, "cannot be understood", id="another shape"),
    pytest.param(event(start_time="tomorrow"), AnswerError, '"tomorrow" as a time', id="a time that is none"),
    pytest.param(Reply("", 503), BusyError, "HTTP 503", id="503 that stays"),
]


@pytest.mark.parametrize(("reply", "kind", "says"), EVENT_FAILS)
def test_each_way_to_have_no_event_has_its_own_error(
    wiki: MemoryWiki, session: Session, reply: Reply, kind: type[EventSafetyError], says: str
) -> None:
    on_route(wiki, ROUTE, reply)
    with pytest.raises(kind, match=says):
        events.registration(session, 3)


def recorded(sent: Sent) -> Reply | None:
    if sent.path != f"{ROUTE}/participants":
        return None
    page = {None: "page1", "24": "page2", "44": "page3_last"}[sent.params.get("last_participant_id")]
    return from_sample(f"ce_participants_{page}")


def test_participants_recorded(wiki: MemoryWiki, session: Session) -> None:
    wiki.on(recorded)
    seen: list[int] = []
    people = events.participants(session, 3, META, seen.append)
    rows = [row for name in ("page1", "page2", "page3_last") for row in sample(f"ce_participants_{name}")]
    assert [p.central_id for p in people] == [row["user_id"] for row in rows]
    assert [p.name for p in people] == [row.get("user_name") for row in rows]
    assert session.requests["rest"] == 3
    assert seen == [20, 40, len(rows)]
    assert {sent.params["include_private"] for sent in wiki.sent if "rest.php" in sent.path} == {"false"}
    assert {p.why_unnamed for p in people} == {"", "the account is hidden", "the account is gone"}
    assert all(p.origin.kind == "campaignevents" and p.origin.line is None for p in people)


def row(number: int, **fields: Any) -> dict[str, Any]:
    named = {"participant_id": number, "user_id": number + 100, "private": False, "user_name": f"Person {number}"}
    return {**named, **fields}


def serve(wiki: MemoryWiki, count: int, size: int = 20) -> None:
    def rule(sent: Sent) -> Reply | None:
        if not sent.path.endswith("/participants"):
            return None
        after = int(sent.params.get("last_participant_id", "0"))
        return Reply([row(n) for n in range(1, count + 1) if n > after][:size])

    wiki.on(rule)


@pytest.mark.parametrize(("count", "requests_"), [(0, 1), (1, 1), (19, 1), (20, 2), (21, 2), (137, 7), (1000, 51)])
def test_how_many_requests_a_list_costs(wiki: MemoryWiki, session: Session, count: int, requests_: int) -> None:
    serve(wiki, count)
    assert len(events.participants(session, 3, META)) == count
    assert session.requests["rest"] == requests_ == count // 20 + 1


def test_ten_thousand_registrants(wiki: MemoryWiki, session: Session) -> None:
    serve(wiki, 10_000)
    assert len(events.participants(session, 3, META)) == 10_000


PEOPLE = [
    pytest.param({"user_name": "quill_feather"}, "Quill feather", NameState.ACCOUNT, "", id="made canonical"),
    pytest.param({"user_name": "~2026-31415"}, "~2026-31415", NameState.TEMPORARY, "", id="temporary"),
    pytest.param({"user_name": "192.0.2.1"}, "192.0.2.1", NameState.IP, "", id="an address"),
    pytest.param({"user_name": None, "hidden": True}, None, NameState.ACCOUNT, "the account is hidden", id="hidden"),
    pytest.param(
        {"hidden": True}, None, NameState.ACCOUNT, "the account is hidden", id="hidden and yet named: not told"
    ),
    pytest.param({"user_name": None, "not_found": True}, None, NameState.ACCOUNT, "the account is gone", id="gone"),
    pytest.param({"user_name": None}, None, NameState.ACCOUNT, "no name was given", id="no name and no reason"),
]


@pytest.mark.parametrize(("fields", "name", "state", "why"), PEOPLE)
def test_who_a_row_is(
    wiki: MemoryWiki, session: Session, fields: dict[str, Any], name: str | None, state: NameState, why: str
) -> None:
    on_route(wiki, f"{ROUTE}/participants", Reply([row(1, **fields)]))
    (person,) = events.participants(session, 3, META)
    assert (person.name, person.state, person.why_unnamed, person.central_id) == (name, state, why, 101)


def test_private_rows_are_not_read_even_if_they_come(wiki: MemoryWiki, session: Session) -> None:
    rows = sample("ce_participants_organizer_last_private_rows")
    private = [r["user_name"] for r in rows if r["private"]]
    assert private
    on_route(wiki, f"{ROUTE}/participants", Reply(rows))
    people = events.participants(session, 3, META)
    assert not {p.name for p in people} & set(private)
    assert "No response" not in repr(people)


@pytest.mark.parametrize(
    "second",
    [
        pytest.param([row(n) for n in range(1, 21)], id="the same page again"),
        pytest.param([row(20)], id="the last row again"),
        pytest.param([row(22), row(21)], id="out of order"),
        pytest.param([row(5)], id="backwards"),
    ],
)
def test_a_server_that_repeats_itself_does_not_hold_us_for_ever(
    wiki: MemoryWiki, session: Session, second: list[dict[str, Any]]
) -> None:
    first = [row(n) for n in range(1, 21)]
    wiki.on(
        lambda sent: (
            Reply(second if "last_participant_id" in sent.params else first)
            if sent.path.endswith("/participants")
            else None
        )
    )
    with pytest.raises(AnswerError, match="repeats itself"):
        events.participants(session, 3, META)
    assert session.requests["rest"] == 2


MIDDLE = [
    pytest.param(requests.exceptions.ReadTimeout("slow"), UnreachableError, id="timeouts"),
    pytest.param(Reply("", 429, {"Retry-After": "600"}), BusyError, id="429 for ten minutes"),
    pytest.param(Reply("<html>"), AnswerError, id="HTML"),
    pytest.param(Reply("[{", 200, {"Content-Type": "application/json"}), AnswerError, id="cut JSON"),
    pytest.param(Reply({"rows": []}), AnswerError, id="an object for a list"),
    pytest.param(Reply([{"user_name": "Ada"}]), AnswerError, id="a row without its id"),
    pytest.param(Reply([{"participant_id": "21"}]), AnswerError, id="an id that is no number"),
    pytest.param(from_sample("ce_participants_unknown_event_404"), UnknownRegistrationError, id="gone meanwhile"),
]


@pytest.mark.parametrize(("trouble", "kind"), MIDDLE)
def test_a_part_is_never_taken_for_the_whole(
    wiki: MemoryWiki, session: Session, trouble: Answer, kind: type[EventSafetyError]
) -> None:
    serve(wiki, 45)
    wiki.on(lambda sent: trouble if sent.params.get("last_participant_id") == "20" else None)
    with pytest.raises(kind):
        events.participants(session, 3, META)


def test_one_bad_moment_in_the_middle_loses_nobody(wiki: MemoryWiki, session: Session) -> None:
    serve(wiki, 45)
    wiki.script(Reply("", 503, {"Retry-After": "1"}), last_participant_id="20")
    assert len(events.participants(session, 3, META)) == 45
    assert session.requests["rest"] == 4


def test_the_event_page_is_read_as_html(wiki: MemoryWiki, session: Session) -> None:
    html = (HTML / "open.html").read_text(encoding="utf-8")
    wiki.script(Reply(html), title="Event:Sample Safety Workshop")
    found = events.event_page(session, "Event:Sample Safety Workshop")
    assert (found.event_id, found.page_name) == (3, "Event:Sample Safety Workshop")
    assert (wiki.sent[-1].params["uselang"], session.requests["html"]) == ("en", 1)


def test_no_event_page(wiki: MemoryWiki, session: Session) -> None:
    wiki.script(Reply("<html>", 404), title="Event:Gone")
    with pytest.raises(NoSuchPageError):
        events.event_page(session, "Event:Gone")


def organizer(number: int) -> dict[str, Any]:
    return {"organizer_id": number, "user_id": number + 100, "user_name": f"Person {number}", "roles": ["organizer"]}


def test_organizers_recorded(wiki: MemoryWiki, session: Session) -> None:
    recorded = [from_sample("ce_organizers"), Reply([])]
    wiki.on(lambda sent: recorded.pop(0) if sent.path == f"{ROUTE}/organizers" else None)
    assert events.organizers(session, 3, META) == ("Admin", "Coorganizer Example", "Second Coorganizer Example")
    asked = [sent.params.get("last_organizer_id") for sent in wiki.sent if sent.path == f"{ROUTE}/organizers"]
    assert asked == [None, "7"]


def test_a_page_from_which_hidden_organizers_are_left_out_is_not_the_last(wiki: MemoryWiki, session: Session) -> None:
    pages = {None: [organizer(1), organizer(9)], "9": [organizer(12)], "12": []}
    wiki.on(
        lambda sent: Reply(pages[sent.params.get("last_organizer_id")]) if sent.path == f"{ROUTE}/organizers" else None
    )
    assert events.organizers(session, 3, META) == ("Person 1", "Person 9", "Person 12")
    assert session.requests["rest"] == 3


ORGANIZERS_FAIL = [
    pytest.param(from_sample("ce_event_unknown_404"), UnknownRegistrationError, "no registration 3", id="unknown"),
    pytest.param(from_sample("ce_no_such_route_404"), NoCampaignEventsError, "does not have", id="no extension"),
    pytest.param(Reply([organizer(2), organizer(1)]), AnswerError, "repeats itself", id="another order"),
    pytest.param(Reply([{"organizer_id": 3}]), AnswerError, "cannot be understood", id="another shape"),
    pytest.param(Reply("", 503), BusyError, "HTTP 503", id="503 that stays"),
]


@pytest.mark.parametrize(("reply", "kind", "says"), ORGANIZERS_FAIL)
def test_organizers_that_cannot_be_read_are_an_error(
    wiki: MemoryWiki, session: Session, reply: Reply, kind: type[EventSafetyError], says: str
) -> None:
    on_route(wiki, f"{ROUTE}/organizers", reply)
    with pytest.raises(kind, match=says):
        events.organizers(session, 3, META)
