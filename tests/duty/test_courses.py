from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.duty import courses
from bot.duty.courses import needs
from bot.model import Contact, Course, Role, Training

TODAY = date(2021, 1, 10)
FIRST = Course("Identifying harassment", "1", "https://example.org/apply", date(2021, 2, 1), date(2021, 1, 14))
ADA = Contact("Ada", roles=(Role.REPORTS,))
BEN = Contact("Ben", roles=(Role.VENUE,))
DAYS = st.none() | st.dates(date(2020, 12, 1), date(2021, 3, 1))


def text(*cohorts: Course, today: date = TODAY, event_day: date | None = None) -> str:
    (need,) = needs(cohorts, [ADA], {}, today, event_day)
    return need.text


def course(cohort: str = "", begins: date | None = None, until: date | None = None) -> Course:
    return Course("Course", cohort=cohort, begins=begins, apply_until=until)


@pytest.mark.parametrize(
    ("roles", "who"),
    [
        pytest.param((), ["Ada", "Ben"], id="without roles it is for all"),
        pytest.param((Role.REPORTS,), ["Ada"], id="for one role"),
        pytest.param((Role.REPORTS, Role.VENUE), ["Ada", "Ben"], id="for either role"),
        pytest.param((Role.DECIDES,), [], id="for nobody in the team"),
    ],
)
def test_a_course_is_for_those_with_its_roles(roles: tuple[Role, ...], who: list[str]) -> None:
    assert [need.who for need in needs([Course("A", roles=roles)], [ADA, BEN], {}, TODAY)] == who


@pytest.mark.parametrize(
    ("completed", "is_needed"),
    [
        pytest.param(Training("Identifying harassment", date(2020, 5, 1)), False, id="completed"),
        pytest.param(Training("Identifying harassment"), False, id="completed, the day is not on record"),
        pytest.param(Training("identifying  HARASSMENT "), False, id="case and blanks do not count"),
        pytest.param(Training("“Identifying harassment”"), False, id="in quotation marks"),
        pytest.param(Training("Identifying harassment", TODAY), False, id="completed today"),
        pytest.param(Training("Identifying harassment", TODAY + timedelta(1)), True, id="not completed yet"),
        pytest.param(Training("Identifying"), True, id="another course"),
    ],
)
def test_what_is_completed_is_not_needed(completed: Training, is_needed: bool) -> None:
    in_roster = Contact("Ada", training=(completed,))
    assert bool(needs([FIRST], [in_roster], {}, TODAY)) is is_needed
    assert bool(needs([FIRST], [ADA], {"Ada": (completed,)}, TODAY)) is is_needed


def test_what_others_completed_does_not_help() -> None:
    assert needs([FIRST], [ADA], {"Ben": (Training("Identifying harassment"),)}, TODAY)


@pytest.mark.parametrize(
    ("cohort", "today", "expected"),
    [
        pytest.param(
            FIRST, TODAY, 'Apply for the cohort "1" until 2021-01-14; it begins on 2021-02-01.', id="open until a day"
        ),
        pytest.param(
            FIRST,
            date(2021, 1, 14),
            'Apply for the cohort "1" today, 2021-01-14, which is the last day; it begins on 2021-02-01.',
            id="the last day",
        ),
        pytest.param(
            FIRST,
            date(2021, 1, 15),
            "Applications closed on 2021-01-14, and the roster has no cohort that takes applications: look for the "
            "next one.",
            id="closed",
        ),
        pytest.param(
            course(begins=date(2021, 2, 1)),
            TODAY,
            "Apply; the roster has no last day for it; it begins on 2021-02-01.",
            id="no last day",
        ),
        pytest.param(
            course(begins=TODAY),
            TODAY,
            "It began on 2021-01-10, and the roster has no cohort that takes applications: look for the next one.",
            id="begun",
        ),
        pytest.param(course(until=TODAY + timedelta(3)), TODAY, "Apply until 2021-01-13.", id="no beginning"),
    ],
)
def test_until_when_one_can_apply(cohort: Course, today: date, expected: str) -> None:
    assert text(cohort, today=today) == expected


def test_a_course_without_any_date_says_what_to_write() -> None:
    assert "no open date" in text(course())
    assert "`apply_until`" in text(course())


def test_a_course_that_begins_after_the_event_comes_too_late() -> None:
    assert text(FIRST, event_day=date(2021, 1, 20)).endswith("begins on 2021-02-01, too late for the event.")
    assert text(FIRST, event_day=date(2021, 2, 1)).endswith("too late for the event.")
    assert "too late" not in text(FIRST, event_day=date(2021, 2, 2))


@pytest.mark.parametrize(
    ("cohorts", "event_day", "chosen"),
    [
        pytest.param(
            [course("a", None, date(2021, 1, 20)), course("b", None, date(2021, 1, 12))], None, "b", id="the next"
        ),
        pytest.param(
            [course("a", None, date(2021, 1, 2)), course("b", None, date(2021, 3, 1))], None, "b", id="open one"
        ),
        pytest.param(
            [course("a", date(2021, 6, 1), date(2021, 1, 12)), course("b", date(2021, 2, 1), date(2021, 1, 20))],
            date(2021, 5, 1),
            "b",
            id="the one before the event",
        ),
        pytest.param(
            [course("a", date(2021, 2, 1)), course("b", None, date(2021, 1, 12))], None, "b", id="with a last day"
        ),
    ],
)
def test_of_several_cohorts_the_one_to_apply_for_is_named(
    cohorts: list[Course], event_day: date | None, chosen: str
) -> None:
    (need,) = needs(cohorts, [ADA], {}, TODAY, event_day)
    assert need.cohort is not None
    assert need.cohort.cohort == chosen


def test_of_several_closed_cohorts_the_last_closing_day_is_told() -> None:
    assert "closed on 2021-01-05" in text(course("a", None, date(2021, 1, 5)), course("b", None, date(2021, 1, 2)))


def test_of_several_cohorts_that_have_begun_the_last_beginning_is_told() -> None:
    assert text(course("a", date(2021, 1, 5)), course("b", date(2020, 12, 2))).startswith("It began on 2021-01-05")


def test_of_several_cohorts_without_a_last_day_the_next_one_is_named() -> None:
    (need,) = needs([course("a", date(2021, 3, 1)), course("b", date(2021, 2, 1))], [ADA], {}, TODAY)
    assert need.cohort is not None
    assert need.cohort.cohort == "b"


def test_a_cohort_for_other_roles_is_not_offered() -> None:
    cohorts = [Course("A", "x", apply_until=TODAY, roles=(Role.VENUE,)), Course("A", "y", roles=(Role.REPORTS,))]
    (need,) = needs(cohorts, [ADA], {}, TODAY)
    assert need.cohort is None


def test_needs_stand_by_person_and_then_by_course() -> None:
    found = needs([Course("B"), Course("A")], [BEN, ADA], {}, TODAY)
    assert [(need.who, need.course) for need in found] == [("Ben", "B"), ("Ben", "A"), ("Ada", "B"), ("Ada", "A")]


def test_records_with_a_day_to_come_are_no_trainings_yet() -> None:
    later = Training("A", TODAY + timedelta(5))
    assert courses.trainings(Contact("Ada", training=(later,)), {"Ada": (Training("B"),)}, TODAY) == (Training("B"),)


@given(
    st.lists(st.builds(course, cohort=st.sampled_from("abc"), begins=DAYS, until=DAYS), min_size=1, max_size=4), DAYS
)
def test_nobody_is_sent_to_a_cohort_that_is_closed(cohorts: list[Course], event_day: date | None) -> None:
    (need,) = needs(cohorts, [ADA], {}, TODAY, event_day)
    open_ones = [one for one in cohorts if one.apply_until is not None and one.apply_until >= TODAY]
    if need.cohort is None:
        assert not open_ones
        assert "Apply" not in need.text.split(":")[0].split("Applications")[0]
    else:
        last = need.cohort.apply_until
        assert last is None or last >= TODAY
        assert need.text.startswith("Apply")
    assert need.text.endswith(".")
