from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.duty import phases
from bot.model import Contact, Phase

SECOND = timedelta(seconds=1)
START, END = datetime(2026, 12, 24, 8, tzinfo=UTC), datetime(2026, 12, 26, 17, tzinfo=UTC)
OVER = END + timedelta(days=14)
FAR_OFF = datetime(2999, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("start", "end", "now", "wanted"),
    [
        pytest.param(START, END, START - SECOND, Phase.BEFORE, id="a second before"),
        pytest.param(START, END, START, Phase.DURING, id="as it begins"),
        pytest.param(START, END, END - SECOND, Phase.DURING, id="its last second"),
        pytest.param(START, END, END, Phase.AFTER, id="as it ends"),
        pytest.param(START, END, OVER - SECOND, Phase.AFTER, id="the last second of the days after"),
        pytest.param(START, END, OVER, None, id="nobody answers any longer"),
        pytest.param(START, None, START, Phase.DURING, id="without an end, begun"),
        pytest.param(START, None, FAR_OFF, Phase.DURING, id="without an end it does not end"),
        pytest.param(None, END, START, Phase.BEFORE, id="without a start it has not begun"),
        pytest.param(None, END, END, Phase.AFTER, id="without a start it ends all the same"),
        pytest.param(None, None, FAR_OFF, Phase.BEFORE, id="without any times"),
        pytest.param(END, START, START, Phase.AFTER, id="an end before the start is an end"),
    ],
)
def test_the_phase_of_a_moment(
    start: datetime | None, end: datetime | None, now: datetime, wanted: Phase | None
) -> None:
    assert phases.now(start, end, 14, now) is wanted


def test_a_team_may_answer_for_no_day_after_the_event_or_without_end() -> None:
    assert phases.now(START, END, 0, END) is None
    assert phases.now(START, END, 10**12, FAR_OFF) is Phase.AFTER


def who(name: str, *, begins: str = "", ends: str = "", order: int | None = None, during: bool = True) -> Contact:
    return Contact(
        name,
        phases=(Phase.DURING,) if during else (Phase.BEFORE, Phase.AFTER),
        begins=date.fromisoformat(begins) if begins else None,
        ends=date.fromisoformat(ends) if ends else None,
        order=order,
    )


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text + "+00:00")


@pytest.mark.parametrize(
    ("contacts", "zone", "now", "wanted"),
    [
        pytest.param([], "", "2026-12-01", START, id="the event begins"),
        pytest.param([], "", "2026-12-24T08:00", END, id="begun just now, it ends next"),
        pytest.param([], "", "2026-12-26T17:00", OVER, id="the days after end"),
        pytest.param([], "", "2027-01-09T17:00", None, id="nothing changes any more"),
        pytest.param(
            [who("A", begins="2026-12-10")], "", "2026-12-01", moment("2026-12-10T00:00"), id="a first day begins"
        ),
        pytest.param(
            [who("A", ends="2026-12-10")], "", "2026-12-01", moment("2026-12-11T00:00"), id="a last day is over"
        ),
        pytest.param(
            [who("A", begins="2026-12-10")],
            "Asia/Kolkata",
            "2026-12-01",
            moment("2026-12-09T18:30"),
            id="a day begins at midnight there",
        ),
        pytest.param(
            [who("A", begins="2026-12-10")], "No/Where", "2026-12-01", moment("2026-12-10T00:00"), id="no such zone"
        ),
        pytest.param([who("A", begins="2026-12-10")], "", "2026-12-10", START, id="a first day that has begun"),
        pytest.param([who("A", ends="2027-02-01")], "", "2027-01-01", OVER, id="a last day long after everything"),
        pytest.param([who("A", ends="2027-02-01")], "", "2027-01-10", None, id="that changes nothing when all is over"),
        pytest.param(
            [who("A", begins="0001-01-01", ends="9999-12-31")], "Pacific/Kiritimati", "2026-12-01", START, id="always"
        ),
        pytest.param([who("A", ends="9999-12-30")], "Pacific/Pago_Pago", "2026-12-01", START, id="as good as always"),
    ],
)
def test_the_next_moment_at_which_the_page_falls_due(
    contacts: list[Contact], zone: str, now: str, wanted: datetime | None
) -> None:
    assert phases.next_change(START, END, 14, moment(now + "T00:00"[: 16 - len(now)]), contacts, zone) == wanted


def test_an_event_without_times_changes_with_its_contacts_alone() -> None:
    now = moment("2026-12-01T00:00")
    assert phases.next_change(None, None, 14, now) is None
    assert phases.next_change(None, None, 14, now, [who("A", ends="2026-12-03")]) == moment("2026-12-04T00:00")


days = st.none() | st.dates(date(2026, 12, 1), date(2027, 1, 20))
times = st.none() | st.datetimes(
    datetime.fromisoformat("2026-12-05"), datetime.fromisoformat("2027-01-10"), timezones=st.just(UTC)
)
contacts_of_all_kinds = st.lists(
    st.builds(
        Contact,
        st.sampled_from("ABCD"),
        phases=st.sets(st.sampled_from(Phase)).map(tuple),
        begins=days,
        ends=days,
        order=st.none() | st.integers(1, 5),
    )
)


@given(times, times, st.integers(0, 20), st.integers(0, 60 * 24), contacts_of_all_kinds)
def test_between_two_changes_the_page_shows_the_same_people(
    start: datetime | None, end: datetime | None, after_days: int, hour: int, contacts: list[Contact]
) -> None:
    def shown(at: datetime) -> tuple[Contact, ...]:
        return phases.of(contacts, phases.now(start, end, after_days, at), at.date())

    now = moment("2026-11-25T00:30") + timedelta(hours=hour)
    following = phases.next_change(start, end, after_days, now, contacts) or now + timedelta(days=90)
    assert following > now
    assert shown(following - SECOND) == shown(now)


def test_contacts_of_a_phase_come_in_the_order_of_escalation_then_of_their_source() -> None:
    team = [
        who("D"),
        who("C", order=2),
        who("X", during=False, order=1),
        who("B", order=1),
        who("A"),
        who("E", order=1),
    ]
    assert [one.name for one in phases.of(team, Phase.DURING)] == ["B", "E", "C", "D", "A"]
    assert [one.name for one in phases.of(team, Phase.AFTER)] == ["X"]


def test_who_is_gone_is_left_out_and_who_comes_later_stays() -> None:
    team = [who("Gone", ends="2026-12-24"), who("Last day", ends="2026-12-25"), who("Later", begins="2026-12-26")]
    assert [one.name for one in phases.of(team, Phase.DURING, date(2026, 12, 25))] == ["Last day", "Later"]
    assert len(phases.of(team, Phase.DURING)) == 3


def test_when_nobody_answers_any_longer_nobody_is_shown() -> None:
    assert phases.of([who("A"), who("B", during=False)], None) == ()
