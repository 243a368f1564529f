"""What of a list holds for an event, and when the right to use it is over."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import UsageError
from bot.private import force
from bot.private.force import IN_PERSON_ONLY, OTHER_EVENT, OTHER_NAME, RAN_OUT, InForce, in_force
from bot.private.model import BanList, Entry, Field, Occasion, Scope, UnreadRow

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
START = datetime(2026, 12, 4, 9, tzinfo=UTC)
END = datetime(2026, 12, 6, 17, tzinfo=UTC)
EVENT = Occasion("Event:Riverside Meetup", 12, START, END, in_person=True)
ONLINE = Occasion("Event:Riverside Meetup", 12, START, END, in_person=False)
UNSAID = Occasion("Event:Riverside Meetup", 12, START, END)


def entry(row: int = 2, until: date | None = None, scope: Scope | None = Scope.ALL, event: str = "") -> Entry:
    return Entry(row, user=f"Invented {row}", until=until, scope=scope, event=event)


def held(*entries: Entry, occasion: Occasion = EVENT, now: datetime = NOW, online_anyway: bool = False) -> InForce:
    return in_force(BanList(entries), occasion, now=now, online_anyway=online_anyway)


def rows(found: InForce) -> list[int]:
    return [one.row for one in found.entries]


@pytest.mark.parametrize(
    ("until", "holds"),
    [
        pytest.param(None, True, id="for ever"),
        pytest.param(date(2026, 12, 6), True, id="until the last day of the event"),
        pytest.param(date(2026, 12, 4), True, id="until the day on which the event starts"),
        pytest.param(date(2026, 12, 3), True, id="the day before has not ended everywhere on Earth"),
        pytest.param(date(2026, 12, 2), False, id="two days before the event"),
        pytest.param(date(2019, 1, 1), False, id="years ago"),
        pytest.param(date(9999, 12, 31), True, id="a spreadsheet's for ever"),
        pytest.param(date.max, True, id="the last day there is"),
    ],
)
def test_an_entry_that_runs_out_before_the_event_starts_is_left_out_and_counted(
    until: date | None, holds: bool
) -> None:
    found = held(entry(2), entry(3, until=until))
    assert rows(found) == ([2, 3] if holds else [2])
    assert dict(found.left_out) == ({} if holds else {RAN_OUT: 1})


def test_an_entry_may_run_out_while_nobody_knows_when_the_event_starts() -> None:
    occasion = Occasion("Event:Riverside Meetup", end=END, in_person=True)
    found = held(entry(2), entry(3, until=date(2026, 11, 21)), entry(4, until=date(2026, 11, 19)), occasion=occasion)
    assert rows(found) == [2, 3]
    assert any("When the event starts is not known" in note for note in found.notes)


@pytest.mark.parametrize(
    ("scope", "occasion", "online_anyway", "holds"),
    [
        pytest.param(Scope.ALL, EVENT, False, True, id="all events, in person"),
        pytest.param(Scope.ALL, ONLINE, False, True, id="all events, online"),
        pytest.param(Scope.IN_PERSON, EVENT, False, True, id="in person, in person"),
        pytest.param(Scope.IN_PERSON, ONLINE, False, False, id="in person, online"),
        pytest.param(Scope.IN_PERSON, ONLINE, True, True, id="in person, online, and wished all the same"),
        pytest.param(Scope.IN_PERSON, UNSAID, False, True, id="in person, and nobody knows"),
        pytest.param(None, EVENT, False, True, id="no scope, in person"),
        pytest.param(None, ONLINE, False, False, id="no scope, online"),
        pytest.param(None, UNSAID, False, True, id="no scope, and nobody knows"),
        pytest.param(Scope.EVENT, ONLINE, False, True, id="this very event, online"),
    ],
)
def test_scope(scope: Scope | None, occasion: Occasion, online_anyway: bool, holds: bool) -> None:
    found = held(entry(2), entry(3, scope=scope), occasion=occasion, online_anyway=online_anyway)
    assert rows(found) == ([2, 3] if holds else [2])
    assert dict(found.left_out) == ({} if holds else {IN_PERSON_ONLY: 1})


@pytest.mark.parametrize(
    ("scope", "occasion", "online_anyway", "told"),
    [
        pytest.param(None, EVENT, False, "Row 3 of the list: without a word on which events", id="no scope is said"),
        pytest.param(Scope.IN_PERSON, UNSAID, False, "Nobody said whether people meet", id="no kind of event is said"),
        pytest.param(Scope.IN_PERSON, ONLINE, True, "counted all the same, as asked", id="online anyway is said"),
    ],
)
def test_what_was_taken_for_granted_is_told(
    scope: Scope | None, occasion: Occasion, online_anyway: bool, told: str
) -> None:
    (note,) = held(entry(2), entry(3, scope=scope), occasion=occasion, online_anyway=online_anyway).notes
    assert told in note


def test_what_was_asked_for_and_not_needed_is_not_told() -> None:
    assert held(entry(2), entry(3, scope=Scope.IN_PERSON), online_anyway=True).notes == ()


@pytest.mark.parametrize("scope", [Scope.IN_PERSON, None])
def test_an_online_event_is_refused_where_all_bans_are_in_person(scope: Scope | None) -> None:
    with pytest.raises(UsageError, match="add --online-anyway"):
        held(entry(2, scope=scope), occasion=ONLINE)
    assert rows(held(entry(2, scope=scope), occasion=ONLINE, online_anyway=True)) == [2]


def test_an_expired_entry_for_all_events_does_not_open_the_list_for_an_online_event() -> None:
    with pytest.raises(UsageError, match="add --online-anyway"):
        held(entry(2, until=date(2020, 1, 1)), entry(3, scope=None), occasion=ONLINE)


@pytest.mark.parametrize(
    ("occasion", "now", "told"),
    [
        pytest.param(EVENT, END, "The event ended at 2026-12-06 17:00 UTC", id="at the end of the event"),
        pytest.param(EVENT, END + timedelta(days=400), "event-bans purge", id="long after, with what to delete"),
        pytest.param(Occasion("E"), NOW, "say it with --event-ends", id="no end is known"),
        pytest.param(Occasion("E", start=END, end=START), NOW, "end before it starts", id="an end before the start"),
    ],
)
def test_without_an_event_to_come_the_list_may_not_be_used(occasion: Occasion, now: datetime, told: str) -> None:
    with pytest.raises(UsageError, match=told):
        held(entry(), occasion=occasion, now=now)


@pytest.mark.parametrize(
    ("own", "told", "delete_after"),
    [
        pytest.param(None, None, END, id="with the event"),
        pytest.param(date(2027, 1, 1), None, END, id="the list ends later"),
        pytest.param(date(2026, 12, 6), None, END, id="the list ends on the same day"),
        pytest.param(date(2026, 12, 5), None, datetime(2026, 12, 6, tzinfo=UTC), id="the list ends before"),
        pytest.param(None, date(2026, 12, 1), datetime(2026, 12, 2, tzinfo=UTC), id="as told at the terminal"),
        pytest.param(date(2026, 12, 1), date(2027, 1, 1), datetime(2026, 12, 2, tzinfo=UTC), id="no lengthening"),
        pytest.param(date(2027, 1, 1), date(2026, 12, 1), datetime(2026, 12, 2, tzinfo=UTC), id="but shortening"),
        pytest.param(date.max, None, END, id="the last day there is"),
    ],
)
def test_everything_must_be_gone_when_the_event_or_the_list_ends(
    own: date | None, told: date | None, delete_after: datetime
) -> None:
    found = in_force(BanList((entry(),), ends=own), EVENT, now=NOW, list_ends=told)
    assert found.delete_after == delete_after
    assert any("before the event" in note for note in found.notes) is (delete_after < END)


def test_a_list_that_ends_with_the_event_does_not_end_before_it() -> None:
    midnight = datetime(2026, 12, 7, tzinfo=UTC)
    found = in_force(BanList((entry(),), ends=date(2026, 12, 6)), Occasion("E", end=midnight, in_person=True), now=NOW)
    assert (found.delete_after, found.notes) == (midnight, ())


def test_the_lists_own_end_is_its_midnight() -> None:
    banlist = BanList((entry(),), ends=date(2026, 11, 21))
    last = datetime(2026, 11, 21, 23, 59, 59, tzinfo=UTC)
    assert in_force(banlist, EVENT, now=last).delete_after == datetime(2026, 11, 22, tzinfo=UTC)
    with pytest.raises(UsageError, match=r"The list itself ended on 2026-11-21 .* delete the list"):
        in_force(banlist, EVENT, now=last + timedelta(seconds=1))


def test_an_empty_list_is_the_wrong_file() -> None:
    with pytest.raises(UsageError, match="has no entry"):
        held()


def test_a_list_of_nothing_but_unread_rows_is_no_empty_list() -> None:
    found = in_force(BanList((), unread=(UnreadRow(2, "no name"),)), EVENT, now=NOW)
    assert found.entries == ()
    assert any("held against nothing" in note for note in found.notes)


def test_that_every_entry_ran_out_is_told() -> None:
    found = held(entry(until=date(2020, 1, 1)))
    assert (rows(found), dict(found.left_out)) == ([], {RAN_OUT: 1})
    assert any("held against nothing" in note for note in found.notes)


def test_a_list_for_another_event_is_refused() -> None:
    with pytest.raises(UsageError, match="Every entry of the list"):
        held(entry(2, scope=Scope.EVENT, event="Event:Hill Camp"), entry(3, until=date(2020, 1, 1)))


def test_many_rows_are_told_by_the_first_twenty() -> None:
    found = held(*(entry(row, scope=None) for row in range(2, 40)))
    assert any(note.startswith("Rows 2, 3, ") and "21 and 18 more of the list" in note for note in found.notes)


def test_two_rows_are_told_as_two() -> None:
    (note,) = held(entry(7, scope=None), entry(3, scope=None)).notes
    assert note.startswith("Rows 3 and 7 of the list")


def test_what_is_in_force_shows_no_name_by_mistake() -> None:
    assert "Invented" not in repr(held(entry()))


def test_comparable_counts_by_what_can_be_compared() -> None:
    entries = [
        Entry(1, user="Grim Lantern"),
        Entry(2, user="Tall Heron", central_id=5),
        Entry(3, user="Dim Heron", central_id=6),
        Entry(4, real_name="Ada Abacus", email="ada@example.org"),
        Entry(5, real_name="N/A", email="none"),
    ]
    assert force.comparable(entries) == {
        frozenset({Field.USER}): 1,
        frozenset({Field.USER, Field.CENTRAL_ID}): 2,
        frozenset({Field.REAL_NAME, Field.EMAIL}): 1,
        frozenset(): 1,
    }


MANY = st.builds(
    Entry,
    row=st.integers(1, 50),
    user=st.just("Grim Lantern"),
    until=st.none() | st.dates(date(2026, 11, 1), date(2027, 1, 31)),
    scope=st.none() | st.sampled_from(Scope),
    event=st.sampled_from(["", "Event:Riverside Meetup", "#12", "#13", "Riverside", "Hill Camp"]),
)


@given(st.lists(MANY, max_size=12), st.sampled_from([EVENT, ONLINE, UNSAID]), st.booleans())
def test_every_entry_holds_or_is_counted(entries: list[Entry], occasion: Occasion, online_anyway: bool) -> None:
    try:
        found = held(*entries, occasion=occasion, online_anyway=online_anyway)
    except UsageError:
        return
    assert len(found.entries) + sum(found.left_out.values()) == len(entries)
    assert set(found.left_out) <= {RAN_OUT, OTHER_EVENT, OTHER_NAME, IN_PERSON_ONLY}
    assert found.delete_after <= END
    assert not any("Grim Lantern" in note or "Hill Camp" in note for note in found.notes)


@given(st.lists(MANY, max_size=12))
def test_not_to_know_the_kind_of_event_is_as_strict_as_an_event_in_person(entries: list[Entry]) -> None:
    try:
        known = held(*entries)
    except UsageError:
        with pytest.raises(UsageError):
            held(*entries, occasion=UNSAID)
        return
    assert held(*entries, occasion=UNSAID).entries == known.entries
