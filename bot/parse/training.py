"""Reads who completed which course, from what course platforms give out; knows no wiki page and fetches nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from bot.errors import BadInputError
from bot.model import NameState, SiteInfo, Training
from bot.parse import csv_table, training_csv, training_dashboard, usernames
from bot.parse.contact_fields import quoted, spaced
from bot.parse.roster_record import Problems
from bot.parse.training_csv import Completion

LARGEST = 20_000_000
# What platforms put around the name of a course in the name of a file, and names that say nothing.
_AROUND = re.compile(
    r"^completion-|[_-](grade_report|problem_grade_report|progress|completions?|users|students|course_students)"
    r"([_-]\d{4}-\d\d-\d\d[-\d]*)?$|[_-]\d{4}-\d\d-\d\d[-\d]*$"
)
_NOTHING = frozenset(
    {"", "-", "users", "course", "courses", "export", "report", "grades", "grade report", "completion", "completions"}
    | {"download", "data", "table", "training", "trainings", "list", "progress", "stdin", "standard input", "students"}
)


def read(data: bytes, name: str, site: SiteInfo) -> Mapping[str, tuple[Training, ...]]:
    """Return the completed courses by canonical user name, each course once with its last day; those in progress not.

    A document that begins with a brace is a Programs & Events Dashboard course's users.json, all else a CSV table with
    a header. ``name`` is the file's name or address, which names the course where nothing in the file does. Raises
    BadInputError, whose problems each begin with "line N: ", if anything in it cannot be read.
    """
    what = f"The list of completed courses {name}"
    if len(data) > LARGEST:
        raise BadInputError(f"{what} has more than {LARGEST} bytes; give the export of one course.")
    text = csv_table.decode(data, what)
    problems = Problems()
    course = training_dashboard.title_in(name) or _course_in(name)
    completions = (
        training_dashboard.read(text, course, problems)
        if training_dashboard.is_json(text)
        else training_csv.read(csv_table.tables(text, what), course, problems)
    )
    found = _by_person(completions, site, problems)
    problems.check(what)
    return found


def _by_person(
    completions: Iterable[Completion], site: SiteInfo, problems: Problems
) -> dict[str, tuple[Training, ...]]:
    people: dict[str, dict[str, Training]] = {}
    for one in completions:
        user = usernames.canonical(one.name, site)
        if user.state in (NameState.IMPOSSIBLE, NameState.IP):
            problems.add(one.line, f"{quoted(one.name)} cannot be a user name; the export must hold those of the wiki.")
            continue
        courses = people.setdefault(user.name, {})
        key = one.training.course.casefold()
        before = courses.get(key)
        if before is None or (one.training.on and (before.on is None or before.on < one.training.on)):
            courses[key] = one.training
    return {name: tuple(courses.values()) for name, courses in people.items()}


def _course_in(name: str) -> str:
    """Return the name of the course that a file is named after, or nothing."""
    stem = re.sub(r"\.(csv|tsv|txt|json)$", "", re.split(r"[/\\]", name)[-1], flags=re.IGNORECASE)
    plain = spaced(_AROUND.sub("", stem).replace("_", " "))
    return "" if plain.casefold() in _NOTHING or not re.search(r"[^\W\d_]", plain) else plain
