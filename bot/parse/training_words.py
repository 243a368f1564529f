"""What the columns and cells of course completions are called on the platforms that export them; reads no file.

Open edX (WikiLearn runs on it): the grade report and the progress report of
lms/djangoapps/instructor_task. Moodle: report/completion. IOMAD: its import of completions. Programs & Events
Dashboard: lib/analytics/course_students_csv_builder.rb.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

COURSE = frozenset(
    {"course", "course name", "coursename", "course title", "course full name", "course fullname", "course short name"}
)
COURSE_ID = frozenset({"course id", "courseid", "course shortname", "course key"})
STATUS = frozenset(
    {"status", "completion status", "course status", "course completion status", "completed", "complete", "finished"}
    | {"passed", "course completed", "state", "is complete", "is completed", "completion"}
)
CERTIFICATE = frozenset({"certificate eligible", "certificate delivered", "certificate", "certificate issued"})
DAY = frozenset(
    {"completion date", "date completed", "date of completion", "completed on", "completed at", "completed date"}
    | {"time completed", "timecompleted", "course complete", "course completion date", "course complete date"}
    | {"course passing date", "course completed date", "pass date", "passed on", "date passed", "completion time"}
)
USER = frozenset({"username", "user name"})
DONE_COUNT = frozenset({"completed training modules count"})
ALL_COUNT = frozenset({"assigned training modules count"})

_YES = re.compile(
    r"y|yes|true|1|1\.0|100(\.0+)? ?%|complete|completed|completed \(achieved pass grade\)|passed?|finished|done"
    r"|certified|downloadable"
)
_NO = re.compile(
    r"|[-\u2013\u2014]|n|no|false|0|0\.0|\d\d?(\.\d+)? ?%|n/a|none|null|incomplete|in progress|open|pending|overdue"
    r"|not (complete|completed|passed|started|finished|certified)|started|enrolled|active|audit(ing)?|never|notpassing"
    r"|failed?|withdrawn|dropped|unenrolled|completed \(did not achieve pass grade\)"
)
_ISO = re.compile(r"(\d{4})[-/.](\d\d?)[-/.](\d\d?)(?!\d).*", re.ASCII)
_NUMBERS = re.compile(r"(\d\d?)[-/.](\d\d?)[-/.](\d{4}|\d\d)\b.*", re.ASCII)
_DAY_FIRST = re.compile(r"(?:[a-z]+,? )?(\d\d?)\.? ([a-z]{3})[a-z]*\.?,? (\d{4})\b.*", re.ASCII)
_MONTH_FIRST = re.compile(r"(?:[a-z]+,? )?([a-z]{3})[a-z]*\.? (\d\d?),? (\d{4})\b.*", re.ASCII)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def folded(header: str) -> str:
    """Return the header of a column in the form in which the sets above hold it."""
    return " ".join(re.sub(r"[_\W]+", " ", header).lower().split())


def is_yes(cell: str) -> bool | None:
    """Return whether a cell says that a course is complete, None when it says neither yes nor no."""
    word = " ".join(cell.lower().split())
    return True if _YES.fullmatch(word) else False if _NO.fullmatch(word) else None


def months_first(cells: Sequence[str]) -> bool | None:
    """Return whether the days of a column, such as 1/31/26, have the month in front; None when none of them tells."""
    found = [match for cell in cells if (match := _NUMBERS.fullmatch(cell.strip()))]
    if any(int(match[1]) > 12 or "." in match[0][:3] for match in found):
        return False
    return True if any(int(match[2]) > 12 for match in found) else None


def day(cell: str, *, month_first: bool | None) -> date | str | None:
    """Return the day of ``cell``, None for one that may be either of two, and the text itself if it is no day."""
    text = cell.strip().lower()
    try:
        if match := _NUMBERS.fullmatch(text):
            return _in_numbers(int(match[1]), int(match[2]), int(match[3]), month_first=month_first)
        if match := _ISO.fullmatch(text):
            return date(int(match[1]), int(match[2]), int(match[3]))
        if match := _DAY_FIRST.fullmatch(text):
            return date(int(match[3]), _MONTHS.index(match[2]) + 1, int(match[1]))
        if match := _MONTH_FIRST.fullmatch(text):
            return date(int(match[3]), _MONTHS.index(match[1]) + 1, int(match[2]))
    except ValueError:
        pass
    return cell


def _in_numbers(one: int, other: int, year: int, *, month_first: bool | None) -> date | None:
    """Return the day of three numbers; raises ValueError for one that no order makes a day."""
    year += 2000 if year < 100 else 0
    found = date(year, one, other) if month_first else date(year, other, one)
    return None if month_first is None and one != other else found
