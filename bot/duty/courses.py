"""Who of the response team still needs which course, and until when one can apply; reads no platform and no clock."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bot.model import Contact, Course, Training


@dataclass(frozen=True, slots=True)
class CourseNeed:
    """A course that ``who`` has not completed; ``cohort`` is the one to apply for, None where none takes applications.

    ``text`` says until when one can apply, or why one cannot.
    """

    who: str
    course: str
    cohort: Course | None
    text: str


def needs(
    courses: Sequence[Course],
    team: Sequence[Contact],
    completed: Mapping[str, Sequence[Training]],
    today: date,
    event_day: date | None = None,
) -> tuple[CourseNeed, ...]:
    """Return which courses are still to be taken by whom, by person in the team's order, then as the roster has them.

    A course is for those with one of its roles, or for all; what is completed after ``today`` is not completed.
    ``event_day`` is the event's first day: a course that begins no sooner comes too late for it.
    """
    return tuple(
        _need(person, own, today, event_day)
        for person in team
        for own in _for(person, courses)
        if own[0].name and not _has(person, completed, own[0], today)
    )


def key(name: str) -> str:
    """Return a course's name as it is compared: blanks, case and quotation marks do not count."""
    return " ".join(name.casefold().replace('"', " ").replace("“", " ").replace("”", " ").split())


def trainings(person: Contact, completed: Mapping[str, Sequence[Training]], today: date) -> tuple[Training, ...]:
    """Return what a contact has completed, by the roster or by the records of a platform."""
    return tuple(
        one for one in (*person.training, *completed.get(person.name, ())) if one.on is None or one.on <= today
    )


def _for(person: Contact, courses: Sequence[Course]) -> Iterable[list[Course]]:
    """Return the courses that a contact is to take, each as the cohorts that are for them."""
    cohorts: dict[str, list[Course]] = {}
    for course in courses:
        if not course.roles or set(course.roles) & set(person.roles):
            cohorts.setdefault(key(course.name), []).append(course)
    return cohorts.values()


def _has(person: Contact, completed: Mapping[str, Sequence[Training]], course: Course, today: date) -> bool:
    return key(course.name) in {key(one.course) for one in trainings(person, completed, today)}


def _need(person: Contact, cohorts: Sequence[Course], today: date, event_day: date | None) -> CourseNeed:
    possible = [one for one in cohorts if _takes_applications(one, today)]
    if possible:
        best = min(possible, key=lambda one: (_is_late(one, event_day), one.apply_until or one.begins or date.max))
        return CourseNeed(person.name, best.name, best, _open_text(best, today, event_day))
    return CourseNeed(person.name, cohorts[0].name, None, _closed_text(cohorts))


def _takes_applications(course: Course, today: date) -> bool:
    if course.apply_until is not None:
        return today <= course.apply_until
    return course.begins is not None and today < course.begins


def _is_late(course: Course, event_day: date | None) -> bool:
    return event_day is not None and course.begins is not None and course.begins >= event_day


def _open_text(course: Course, today: date, event_day: date | None) -> str:
    which = f' for the cohort "{course.cohort}"' if course.cohort else ""
    if course.apply_until is None:
        text = f"Apply{which}; the roster has no last day for it"
    elif course.apply_until == today:
        text = f"Apply{which} today, {course.apply_until}, which is the last day"
    else:
        text = f"Apply{which} until {course.apply_until}"
    text += f"; it begins on {course.begins}" if course.begins else ""
    return f"{text}, too late for the event." if _is_late(course, event_day) else f"{text}."


def _closed_text(cohorts: Sequence[Course]) -> str:
    last = max((one.apply_until for one in cohorts if one.apply_until), default=None)
    begun = max((one.begins for one in cohorts if one.begins), default=None)
    if last is not None:
        why = f"Applications closed on {last}"
    elif begun is not None:
        why = f"It began on {begun}"
    else:
        return (
            "The roster has no open date for it: ask who gives it, and put `apply_until` or `begins` in its [[course]]."
        )
    return f"{why}, and the roster has no cohort that takes applications: look for the next one."
