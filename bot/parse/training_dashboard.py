"""Reads course completions from the public JSON of a Programs & Events Dashboard course; fetches nothing.

The shape is that of app/views/courses/_users.json.jbuilder and course.json.jbuilder: {"course": {"users": […]}}, each
user with course_training_progress_assigned_count and …_completed_count; before 2021 one course_training_progress,
"2/3 training modules completed". Neither says when.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from urllib.parse import unquote

from bot.model import Training
from bot.parse.contact_fields import quoted, spaced
from bot.parse.roster_record import Problems
from bot.parse.training_csv import Completion

_PROGRESS = re.compile(r"(\d{1,6}) ?/ ?(\d{1,6})\b", re.ASCII)
_FIRST_USER = re.compile(r'"users"\s*:\s*\[')
_SLUG = re.compile(r"(?:^|/)courses/[^/]+/([^/]+)(?:/|\.json)")


def is_json(text: str) -> bool:
    """Whether ``text`` is meant as JSON."""
    return text.lstrip()[:1] in ("{", "[")


def title_in(name: str) -> str:
    """Return the title of the course whose address ``name`` is, or nothing."""
    match = _SLUG.search(name)
    return spaced(re.sub(r"[_ ]\([^()]*\)$", "", unquote(match[1])).replace("_", " ")) if match else ""


def read(text: str, course: str, problems: Problems) -> Iterator[Completion]:
    """Yield who has done all of the modules of the course; ``course`` is its title where the document has none.

    What cannot be taken is added to ``problems``. Courses without modules give nobody.
    """
    try:
        document = json.loads(text)
    except json.JSONDecodeError as error:
        problems.add(error.lineno, f"This is no JSON: {error.msg}.")
        return
    except (ValueError, RecursionError):
        problems.add(
            1, "This is no JSON that can be read: a number is too long, or lists stand in each other too deep."
        )
        return
    inner = document.get("course") if isinstance(document, Mapping) else None
    users = inner.get("users") if isinstance(inner, Mapping) else None
    if not isinstance(inner, Mapping) or not isinstance(users, list):
        problems.add(1, 'This is not a Dashboard course\'s users.json: there is no "users" in "course".')
        return
    title = inner.get("title")
    own = (spaced(title) if isinstance(title, str) else "") or course
    if not own:
        problems.add(
            1,
            "Nothing says which course this is: rename the file to the course's name, as in Keeping events safe.json.",
        )
        return
    lines = _lines(text, len(users))
    for number, user in enumerate(users):
        name = user.get("username") if isinstance(user, Mapping) else None
        if not isinstance(user, Mapping) or not isinstance(name, str) or not name.strip():
            problems.add(lines[number], f'User {number + 1} has no "username".')
        elif _done(user, problems, lines[number]):
            yield Completion(lines[number], name, Training(own))


def _done(user: Mapping[str, object], problems: Problems, line: int) -> bool:
    """Whether the user has done all modules of a course that has some."""
    every = user.get("course_training_progress_assigned_count")
    done = user.get("course_training_progress_completed_count")
    if type(every) is int and type(done) is int:  # true is an int to isinstance
        return 0 < every <= done
    progress = user.get("course_training_progress")
    if progress is None and every is None and done is None:
        return False
    if isinstance(progress, Mapping):
        return _done({f"course_training_progress_{key}": value for key, value in progress.items()}, problems, line)
    match = _PROGRESS.match(progress) if isinstance(progress, str) else None
    if match is None and not isinstance(progress, str):
        problems.add(line, f"The progress of {quoted(str(user['username']))} holds no counts of modules.")
    return match is not None and 0 < int(match[2]) <= int(match[1])


def _lines(text: str, count: int) -> list[int]:
    """Return the line on which each user begins."""
    match = _FIRST_USER.search(text)
    decoder = json.JSONDecoder()
    found: list[int] = []
    at = match.end() if match else 0
    line, counted = 1, 0
    while match and len(found) < count:
        at += len(text[at:]) - len(text[at:].lstrip(" \t\r\n,"))
        line, counted = line + text.count("\n", counted, at), at
        found.append(line)
        try:
            _, at = decoder.raw_decode(text, at)
        except ValueError:
            break
    return found + [1] * (count - len(found))
