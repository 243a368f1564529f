"""Finds hours of one contact that overlap; must not know where they were written but for their lines."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from bot.model import Hours
from bot.parse import contact_fields as fields
from bot.parse.roster_record import Record

MOST = 500
_DAY = timedelta(days=1)


def refuse_overlaps(record: Record, hours: Sequence[tuple[Hours, int]]) -> None:
    """Name each of ``hours`` that overlaps with one before it.

    Hours of one day may lie in those of every day: they stand in their place on that day.
    """
    if len(hours) > MOST:
        record.wrong("hours", f"There are {len(hours)} hours; a contact has {MOST} at most.")
        return
    for number, (one, line) in enumerate(hours):
        for other, other_line in hours[:number]:
            if _overlap(one, other):
                texts = fields.hours_text((one,)), fields.hours_text((other,))
                where = "" if line == other_line else f" of line {other_line}"
                record.problems.add(line, f'"{texts[0]}" overlaps with "{texts[1]}"{where}; put both in one.')
                break


def _overlap(one: Hours, other: Hours) -> bool:
    """Whether two ranges, both of a day or both of every day, share a moment."""
    if (one.day is None) != (other.day is None):
        return False
    start, length = _span(one)
    other_start, other_length = _span(other)
    after = other_start - start
    if one.day is None:
        return after % _DAY < length or -after % _DAY < other_length
    return after < length and -after < other_length


def _span(one: Hours) -> tuple[timedelta, timedelta]:
    """Return when a range begins, counted from some midnight that is the same for all, and how long it is."""
    begin = timedelta(hours=one.start.hour, minutes=one.start.minute)
    end = timedelta(hours=one.end.hour, minutes=one.end.minute)
    days = timedelta(days=one.day.toordinal() if one.day else 0)
    return days + begin, end - begin if end > begin else end - begin + _DAY
