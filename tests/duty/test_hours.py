from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.duty import hours
from bot.duty.hours import Gap
from bot.model import Contact, Hours, Phase

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
BERLIN = "Europe/Berlin"

# Moments at which clocks changed, UTC: in spring, in autumn, at midnight, by half an hour, by a whole day, or never.
CHANGES = [
    (BERLIN, datetime(2026, 3, 29, 1, tzinfo=UTC)),
    (BERLIN, datetime(2026, 10, 25, 1, tzinfo=UTC)),
    ("America/Sao_Paulo", datetime(2018, 11, 4, 3, tzinfo=UTC)),
    ("America/Sao_Paulo", datetime(2019, 2, 17, 2, tzinfo=UTC)),
    ("America/New_York", datetime(2026, 11, 1, 6, tzinfo=UTC)),
    ("Australia/Lord_Howe", datetime(2026, 4, 4, 15, tzinfo=UTC)),
    ("Australia/Lord_Howe", datetime(2026, 10, 3, 15, 30, tzinfo=UTC)),
    ("Africa/Cairo", datetime(2026, 4, 23, 22, tzinfo=UTC)),
    ("Africa/Casablanca", datetime(2026, 2, 15, 2, tzinfo=UTC)),
    ("Pacific/Apia", datetime(2011, 12, 30, 10, tzinfo=UTC)),
    ("Asia/Kolkata", datetime(2026, 12, 24, 3, tzinfo=UTC)),
    ("", datetime(2026, 12, 31, 23, tzinfo=UTC)),
]


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[misc,arg-type]  # year to minute, at most


def at(text: str) -> Hours:
    *day, span = text.split()
    start, end = (time.fromisoformat(part) for part in span.split("-"))
    return Hours(start, end, date.fromisoformat(day[0]) if day else None)


def who(name: str, *spans: str, begins: str = "", ends: str = "", phases: tuple[Phase, ...] = tuple(Phase)) -> Contact:
    return Contact(
        name,
        phases=phases,
        hours=tuple(map(at, spans)),
        begins=date.fromisoformat(begins) if begins else None,
        ends=date.fromisoformat(ends) if ends else None,
    )


@pytest.mark.parametrize(
    ("local", "wanted"),
    [
        pytest.param("2026-07-01 12:00", utc(2026, 7, 1, 10), id="an ordinary time in summer"),
        pytest.param("2026-01-01 00:00", utc(2025, 12, 31, 23), id="a midnight in winter"),
        pytest.param("2026-03-29 01:59", utc(2026, 3, 29, 0, 59), id="just before clocks go forward"),
        pytest.param("2026-03-29 02:00", utc(2026, 3, 29, 1), id="the first time that is skipped"),
        pytest.param("2026-03-29 02:30", utc(2026, 3, 29, 1), id="in the middle of what is skipped"),
        pytest.param("2026-03-29 03:00", utc(2026, 3, 29, 1), id="the first time that is there again"),
        pytest.param("2026-10-25 02:00", utc(2026, 10, 25, 0), id="the first time that exists twice"),
        pytest.param("2026-10-25 02:59", utc(2026, 10, 25, 0, 59), id="the last time that exists twice"),
        pytest.param("2026-10-25 03:00", utc(2026, 10, 25, 2), id="the first time that exists once again"),
    ],
)
def test_a_local_time_is_the_first_moment_at_which_a_clock_shows_it(local: str, wanted: datetime) -> None:
    assert hours.moment(datetime.fromisoformat(local), ZoneInfo(BERLIN)) == wanted


def test_a_day_that_a_place_skipped_is_over_as_it_begins() -> None:
    skipped, next_day = datetime.fromisoformat("2011-12-30 09:00"), datetime.fromisoformat("2011-12-31")
    apia = ZoneInfo("Pacific/Apia")
    assert hours.moment(skipped, apia) == hours.moment(next_day, apia) == utc(2011, 12, 30, 10)


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(CHANGES), st.integers(-2000, 2000), st.integers(0, 600))
def test_later_on_the_clock_is_never_earlier_in_truth(change: tuple[str, datetime], minutes: int, more: int) -> None:
    where = ZoneInfo(change[0] or "UTC")
    local = change[1].astimezone(where).replace(tzinfo=None, fold=0) + minutes * MINUTE
    first, second = hours.moment(local, where), hours.moment(local + more * MINUTE, where)
    assert first <= second
    assert first.astimezone(where).replace(tzinfo=None) >= local
    assert (first - timedelta(seconds=1)).astimezone(where).replace(tzinfo=None) < local


@pytest.mark.parametrize(
    "name",
    [
        "",
        "+24:00",
        "+05:60",
        "Europe",
        "Nowhere/Atall",
        "../etc/passwd",
        "/etc/localtime",
        "Europe/Ber\0lin",
        "x" * 300,
    ],
)
def test_what_is_no_time_zone_is_none(name: str) -> None:
    assert hours.zone(name) is None


def test_a_time_zone_is_found_by_its_name() -> None:
    assert hours.zone("Asia/Kolkata") == ZoneInfo("Asia/Kolkata")


@pytest.mark.parametrize(
    ("offset", "wanted"),
    [
        pytest.param("+05:30", utc(2026, 12, 24, 3, 30), id="to the east"),
        pytest.param("-0330", utc(2026, 12, 24, 12, 30), id="to the west, without a colon"),
        pytest.param("+00:00", utc(2026, 12, 24, 9), id="nowhere"),
    ],
)
def test_an_offset_is_a_zone_in_which_clocks_never_change(offset: str, wanted: datetime) -> None:
    where = hours.zone(offset)
    assert where
    assert hours.moment(datetime.fromisoformat("2026-12-24 09:00"), where) == wanted


EVENT = (utc(2026, 12, 24, 8), utc(2026, 12, 24, 17))  # 09:00 to 18:00 in Berlin

TABLE = [
    pytest.param([], [(EVENT, ())], id="nobody at all"),
    pytest.param([who("A"), who("B")], [], id="two without hours are always there"),
    pytest.param([who("A"), who("A", "09:00-18:00")], [(EVENT, ("A",))], id="the same person twice is one"),
    pytest.param([who("A"), who("B", phases=(Phase.BEFORE,))], [(EVENT, ("A",))], id="before the event is not there"),
    pytest.param([who("A"), who("B", "09:00-18:00")], [], id="just the hours of the event"),
    pytest.param(
        [who("A"), who("B", "09:00-12:00", "13:00-18:00")],
        [((utc(2026, 12, 24, 11), utc(2026, 12, 24, 12)), ("A",))],
        id="a lunch break",
    ),
    pytest.param(
        [who("A"), who("B", "09:00-12:00"), who("C", "12:00-18:00")], [], id="who goes and who comes meet at noon"
    ),
    pytest.param(
        [who("A", "09:00-12:00"), who("B", "12:00-18:00"), who("C")],
        [],
        id="one of two changes",
    ),
    pytest.param(
        [who("B", "12:00-18:00"), who("A", "09:00-12:00")],
        [
            ((utc(2026, 12, 24, 8), utc(2026, 12, 24, 11)), ("A",)),
            ((utc(2026, 12, 24, 11), utc(2026, 12, 24, 17)), ("B",)),
        ],
        id="gaps side by side with different people are two",
    ),
    pytest.param(
        [who("A", "09:00-12:00", "12:00-18:00")], [(EVENT, ("A",))], id="gaps side by side with the same people are one"
    ),
    pytest.param([who("A"), who("B", "2026-12-24 09:00-18:00")], [], id="hours of that very day"),
    pytest.param([who("A"), who("B", "2026-12-25 09:00-18:00")], [(EVENT, ("A",))], id="hours of another day"),
    pytest.param([who("A"), who("B", begins="2026-12-24", ends="2026-12-24")], [], id="first and last day are both in"),
    pytest.param([who("A"), who("B", ends="2026-12-23")], [(EVENT, ("A",))], id="gone the day before"),
    pytest.param([who("A"), who("B", begins="2026-12-25")], [(EVENT, ("A",))], id="not there yet"),
    pytest.param([who("A"), who("B", begins="0001-01-01", ends="9999-12-31")], [], id="the whole calendar"),
    pytest.param([who("A"), who("B", begins="2027-01-01", ends="2026-01-01")], [(EVENT, ("A",))], id="ends too early"),
    pytest.param([who("A"), who("B", "22:00-20:00")], [], id="past midnight, begun the day before"),
    pytest.param(
        [who("A"), who("B", "22:00-20:00", begins="2026-12-24")],
        [(EVENT, ("A",))],
        id="past midnight, but the night before is not theirs",
    ),
    pytest.param(
        [who("A"), who("B", "22:00-20:00", ends="2026-12-23")], [], id="past midnight, after the last day has begun"
    ),
    pytest.param([who("A"), who("B", "00:00-00:00")], [], id="midnight to midnight is a whole day"),
    pytest.param([who("A"), who("B", "09:00-09:00")], [], id="nine to nine is a whole day too"),
]


@pytest.mark.parametrize(("contacts", "wanted"), TABLE)
def test_gaps(contacts: list[Contact], wanted: list[tuple[tuple[datetime, datetime], tuple[str, ...]]]) -> None:
    assert hours.gaps(contacts, *EVENT, BERLIN, 2) == tuple(Gap(*span, there) for span, there in wanted)


def test_the_nights_of_an_event_of_several_days_are_gaps_of_their_own() -> None:
    found = hours.gaps([who("A", "09:00-18:00")], utc(2026, 12, 24, 8), utc(2026, 12, 26, 17), BERLIN, 1)
    assert found == (
        Gap(utc(2026, 12, 24, 17), utc(2026, 12, 25, 8)),
        Gap(utc(2026, 12, 25, 17), utc(2026, 12, 26, 8)),
    )


def test_a_campaign_of_three_years_is_worked_out_night_by_night() -> None:
    team = [who(name, "09:00-12:00", "11:00-18:00") for name in "AB"]
    found = hours.gaps(team, utc(2026, 1, 1, 8), utc(2028, 12, 31, 17), BERLIN, 2)
    assert len(found) == 365 + 365 + 366 - 1
    assert {gap.end - gap.start for gap in found} == {timedelta(hours=number) for number in (14, 15, 16)}


def test_a_night_in_spring_is_an_hour_shorter_and_one_in_autumn_longer() -> None:
    nights = [(utc(2026, 3, 28, 20), utc(2026, 3, 29, 8)), (utc(2026, 10, 24, 20), utc(2026, 10, 25, 8))]
    found = [hours.gaps([who("A", "06:00-22:00")], *night, BERLIN, 1) for night in nights]
    assert [gap.end - gap.start for (gap,) in found] == [timedelta(hours=7), timedelta(hours=9)]


def test_who_leaves_in_the_hour_that_exists_twice_leaves_the_first_time_and_meets_who_comes() -> None:
    night = utc(2026, 10, 24, 22), utc(2026, 10, 25, 4)
    assert hours.gaps([who("A", "20:00-02:30"), who("B", "02:30-08:00")], *night, BERLIN, 1) == ()
    assert hours.gaps([who("A", "20:00-02:30")], *night, BERLIN, 1) == (Gap(utc(2026, 10, 25, 0, 30), night[1]),)


@pytest.mark.parametrize(
    ("start", "end"),
    [
        pytest.param(EVENT[0], EVENT[0], id="no time at all"),
        pytest.param(EVENT[1], EVENT[0], id="over before it begins"),
    ],
)
def test_an_event_without_any_time_has_no_gaps(start: datetime, end: datetime) -> None:
    assert hours.gaps([], start, end, BERLIN, 2) == ()


def test_hours_are_utc_where_no_zone_is_known_and_times_may_come_in_any() -> None:
    kolkata = ZoneInfo("Asia/Kolkata")
    event = tuple(moment.astimezone(kolkata) for moment in EVENT)
    assert hours.gaps([who("A", "08:00-17:00")], event[0], event[1], "Nowhere/Atall", 1) == ()


def walked(contacts: Sequence[Contact], start: datetime, end: datetime, zone: str, minimum: int) -> list[Gap]:
    """Step from minute to minute and look at the clock on the wall, which nobody goes by while it is set back."""
    found: list[Gap] = []
    for moment, clock in clocks(start, end, ZoneInfo(zone or "UTC")):
        present = {one.name for one in contacts if is_there(one, clock)}
        there = tuple(name for name in dict.fromkeys(one.name for one in contacts) if name in present)
        if len(there) >= minimum:
            continue
        if found and found[-1].end == moment and found[-1].there == there:
            found[-1] = Gap(found[-1].start, moment + MINUTE, there)
        else:
            found.append(Gap(moment, moment + MINUTE, there))
    return found


def clocks(start: datetime, end: datetime, where: ZoneInfo) -> Iterator[tuple[datetime, datetime]]:
    latest, moment = datetime.fromisoformat("0001-01-01"), start - timedelta(hours=3)
    while moment < end:
        latest = max(latest, moment.astimezone(where).replace(tzinfo=None, fold=0))
        if moment >= start:
            yield moment, latest
        moment += MINUTE


def is_there(one: Contact, clock: datetime) -> bool:
    if Phase.DURING not in one.phases:
        return False
    if not one.hours:
        return (one.begins or date.min) <= clock.date() <= (one.ends or date.max)
    for day in (clock.date() - DAY, clock.date()):
        if (one.begins or date.min) <= day <= (one.ends or date.max):
            for span in one.hours:
                begins = datetime.combine(day, span.start)
                ends = datetime.combine(day if span.end > span.start else day + DAY, span.end)
                if span.day in (None, day) and begins <= clock < ends:
                    return True
    return False


@st.composite
def cases(draw: st.DrawFn) -> tuple[list[Contact], datetime, datetime, str, int]:
    zone, change = draw(st.sampled_from(CHANGES))
    start = change + draw(st.integers(-1000, 400)) * MINUTE
    end = start + draw(st.integers(1, 1500)) * MINUTE
    near = change.astimezone(ZoneInfo(zone or "UTC")).date()
    days = st.sampled_from([near + number * DAY for number in (-2, -1, 0, 1)])
    # Half of the times are in the small hours, at which clocks change.
    times = st.builds(time, st.integers(0, 4) | st.integers(0, 23), st.sampled_from([0, 15, 30, 59]))
    spans = st.builds(Hours, times, times, st.none() | days)
    contacts = st.builds(
        Contact,
        st.sampled_from("ABC"),
        phases=st.sampled_from([tuple(Phase), (Phase.DURING,), (Phase.DURING, Phase.AFTER), (Phase.BEFORE,)]),
        hours=st.lists(spans, max_size=3).map(tuple),
        begins=st.none() | days,
        ends=st.none() | days,
    )
    return draw(st.lists(contacts, max_size=5)), start, end, zone, draw(st.integers(1, 3))


@settings(max_examples=250, deadline=None)
@given(cases())
def test_it_is_what_somebody_would_find_who_looked_every_minute(
    case: tuple[list[Contact], datetime, datetime, str, int],
) -> None:
    assert list(hours.gaps(*case)) == walked(*case)


@settings(max_examples=100, deadline=None)
@given(cases())
def test_gaps_are_in_order_within_the_event_and_never_side_by_side_with_the_same_people(
    case: tuple[list[Contact], datetime, datetime, str, int],
) -> None:
    _, start, end, _, minimum = case
    found = hours.gaps(*case)
    assert all(start <= gap.start < gap.end <= end and len(gap.there) < minimum for gap in found)
    assert all(a.end < b.start or (a.end == b.start and a.there != b.there) for a, b in pairwise(found))


@settings(max_examples=100, deadline=None)
@given(cases())
def test_who_touches_an_event_leaves_less_than_all_of_it_empty(
    case: tuple[list[Contact], datetime, datetime, str, int],
) -> None:
    contacts, start, end, zone, _ = case
    for one in contacts:
        during = replace(one, phases=(Phase.DURING,))
        empty = [Gap(start, end)]
        assert hours.touches(one, start, end, zone) is (list(hours.gaps([during], start, end, zone, 1)) != empty)
