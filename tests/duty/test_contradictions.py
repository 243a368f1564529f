"""Where roster and registration differ: both are named, with which one counts, and what is the same is not told."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.duty import contradictions, hours
from bot.model import Event, RosterEvent

KOLKATA, BERLIN = "Asia/Kolkata", "Europe/Berlin"
EVENT = Event(
    "Event:Clinic",
    id=1,
    start=datetime(2026, 12, 24, 13, tzinfo=UTC),
    end=datetime(2026, 12, 24, 14, tzinfo=UTC),
    in_person=False,
    timezone="UTC",
)
AT_KOLKATA = replace(EVENT, timezone=KOLKATA)
START, END = datetime.fromisoformat("2026-12-24 18:30"), datetime.fromisoformat("2026-12-24 19:30")
SAME = RosterEvent(start=START, end=END, timezone=KOLKATA, in_person=False)
ZONE = (
    f"The roster says that the time zone is {KOLKATA} (UTC+05:30); the registration says UTC (UTC+00:00). "
    "The roster's zone counts for the team's hours."
)


@pytest.mark.parametrize(
    ("event", "said"),
    [
        pytest.param(AT_KOLKATA, SAME, id="the same"),
        pytest.param(replace(EVENT, timezone="+05:30"), SAME, id="the same zone under another name"),
        pytest.param(AT_KOLKATA, replace(SAME, timezone=""), id="the registration's zone"),
        pytest.param(AT_KOLKATA, RosterEvent(), id="the roster says nothing"),
        pytest.param(AT_KOLKATA, replace(SAME, start=START + timedelta(seconds=59)), id="less than a minute"),
        pytest.param(replace(EVENT, id=None), RosterEvent(start=END, timezone=KOLKATA), id="no registration"),
        pytest.param(Event("Event:X", id=1), SAME, id="a registration that says nothing"),
        pytest.param(replace(EVENT, timezone="", in_person=None), replace(SAME, in_person=True), id="nor of the place"),
        pytest.param(replace(EVENT, timezone=""), RosterEvent(start=END), id="times that cannot be compared"),
    ],
)
def test_what_is_the_same_or_said_on_one_side_alone_is_no_contradiction(event: Event, said: RosterEvent) -> None:
    assert contradictions.between(event, said) == ()


@pytest.mark.parametrize(
    ("event", "said", "told"),
    [
        pytest.param(
            AT_KOLKATA,
            replace(SAME, start=START - timedelta(hours=5.5), end=END - timedelta(hours=1.5)),
            "The roster says that the event begins on 2026-12-24 13:00 (UTC+05:30) and ends on 2026-12-24 18:00 "
            "(UTC+05:30); the registration says that it begins on 2026-12-24 18:30 (UTC+05:30) and ends on "
            "2026-12-24 19:30 (UTC+05:30). The registration's times count.",
            id="begin and end",
        ),
        pytest.param(
            AT_KOLKATA,
            replace(SAME, end=END + timedelta(minutes=1)),
            "The roster says that the event ends on 2026-12-24 19:31 (UTC+05:30); the registration says that it "
            "ends on 2026-12-24 19:30 (UTC+05:30). The registration's times count.",
            id="the end alone, by a minute",
        ),
        pytest.param(EVENT, SAME, ZONE, id="the zone, with the same times"),
        pytest.param(
            AT_KOLKATA,
            replace(SAME, in_person=True),
            "The roster says that people meet in person; the registration says online only. Here it counts as in "
            "person, but a check of the sign-up list goes by the registration alone.",
            id="in person by the roster",
        ),
        pytest.param(
            replace(AT_KOLKATA, in_person=True),
            SAME,
            "The roster says that people meet online only; the registration says in person. Here it counts as in "
            "person.",
            id="in person by the registration",
        ),
    ],
)
def test_each_contradiction_names_both_sides_and_which_one_counts(event: Event, said: RosterEvent, told: str) -> None:
    assert contradictions.between(event, said) == (told,)


def test_all_contradictions_are_told_at_once() -> None:
    found = contradictions.between(EVENT, replace(SAME, start=END, in_person=True))
    assert [sentence.partition(" says that ")[2].split()[0] for sentence in found] == ["the", "the", "people"]


def test_zones_are_compared_as_the_event_ends_too() -> None:
    changing = replace(
        EVENT,
        start=datetime(2026, 10, 24, 12, tzinfo=UTC),
        end=datetime(2026, 10, 25, 12, tzinfo=UTC),
        timezone="+02:00",
    )
    [found] = contradictions.between(changing, RosterEvent(timezone=BERLIN))
    assert "Europe/Berlin (UTC+01:00); the registration says +02:00 (UTC+02:00)" in found


@pytest.mark.parametrize(
    ("event", "words"),
    [
        pytest.param(EVENT, "by the registration", id="registered"),
        pytest.param(replace(EVENT, id=None), "by the roster", id="not registered"),
    ],
)
def test_whence_the_times_are_known(event: Event, words: str) -> None:
    assert contradictions.whence(event) == words


locals_ = st.datetimes(datetime.fromisoformat("2020-01-01"), datetime.fromisoformat("2030-01-01"))


@given(locals_, st.sampled_from([KOLKATA, BERLIN, "UTC", "America/New_York"]), st.timedeltas(max_value=timedelta(9)))
def test_times_contradict_each_other_if_and_only_if_they_are_a_minute_apart(
    local: datetime, zone: str, away: timedelta
) -> None:
    where = hours.zone(zone)
    assert where is not None
    away = max(away, -timedelta(9))
    event = Event("Event:X", id=1, start=hours.moment(local, where) + away, timezone=zone)
    found = contradictions.between(event, RosterEvent(start=local))
    assert bool(found) is (abs(away) >= timedelta(minutes=1))
