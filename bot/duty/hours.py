"""When the response team is there: exact moments in UTC from local hours; knows no page, no file and no clock.

A local time stands for the first moment at which a clock on the wall shows it or, where it is skipped in spring, a
later time. So who leaves and who comes at the same local time meet, also in the hour that exists twice.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from datetime import timezone as fixed
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.model import Contact, Hours, Phase

DAY = timedelta(days=1)
SECOND = timedelta(seconds=1)
_OFFSET = re.compile(r"([+-])(\d\d):?([0-5]\d)", re.ASCII)

Span = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True)
class Gap:
    """A time of the event with too few people; ``start`` and ``end`` are UTC, ``there`` who is there, in order."""

    start: datetime
    end: datetime
    there: tuple[str, ...] = ()


def zone(name: str) -> tzinfo | None:
    """Return the time zone of the IANA database with that name or the offset ("+05:30"), None where there is none.

    CampaignEvents lets organizers set either.
    """
    if offset := _OFFSET.fullmatch(name):
        away = timedelta(hours=int(offset[2]), minutes=int(offset[3]))
        return fixed(-away if offset[1] == "-" else away) if away < DAY else None
    try:
        return ZoneInfo(name) if name else None
    except (ZoneInfoNotFoundError, ValueError, OSError):  # a folder of the database ("Europe") is an OSError
        return None


def moment(local: datetime, where: tzinfo) -> datetime:
    """Return the first moment, UTC, at which the clocks there show ``local`` (without a zone) or a later time."""
    found = local.replace(tzinfo=where, fold=0).astimezone(UTC)
    if _clock(found, where) == local:
        return found
    # The time is skipped: by the offset after the change it is before the change, by the one before it behind it.
    low, high = local.replace(tzinfo=where, fold=1).astimezone(UTC), found
    while high - low > SECOND:
        middle = low + (high - low) // SECOND // 2 * SECOND
        low, high = (low, middle) if _clock(middle, where) >= local else (middle, high)
    return high


def gaps(contacts: Sequence[Contact], start: datetime, end: datetime, timezone: str, minimum: int) -> tuple[Gap, ...]:
    """Return every time between ``start`` and ``end`` (aware) with fewer than ``minimum`` different people, in order.

    Only contacts of the phase "during" count; neighbouring gaps with the same people are one. Hours are those of
    ``timezone``, of UTC where there is no such zone.
    """
    where = zone(timezone) or UTC
    start, end = start.astimezone(UTC), end.astimezone(UTC)
    if start >= end:
        return ()
    changes: dict[datetime, Counter[str]] = {start: Counter(), end: Counter()}
    for one in contacts:
        for begins, ends in _spans(one, start, end, where) if Phase.DURING in one.phases else ():
            if max(begins, start) < min(ends, end):
                changes.setdefault(max(begins, start), Counter())[one.name] += 1
                changes.setdefault(min(ends, end), Counter())[one.name] -= 1
    names = tuple(dict.fromkeys(one.name for one in contacts))
    present: Counter[str] = Counter()
    found: list[Gap] = []
    for left, right in itertools.pairwise(sorted(changes)):
        present.update(changes[left])
        there = tuple(name for name in names if present[name])
        if len(there) >= minimum:
            continue
        if found and found[-1].end == left and found[-1].there == there:
            found[-1] = Gap(found[-1].start, right, there)
        else:
            found.append(Gap(left, right, there))
    return tuple(found)


def touches(contact: Contact, start: datetime, end: datetime, timezone: str) -> bool:
    """Return whether a contact's hours and days have any moment between ``start`` and ``end`` (aware) in them."""
    where = zone(timezone) or UTC
    start, end = start.astimezone(UTC), end.astimezone(UTC)
    return any(max(begins, start) < min(ends, end) for begins, ends in _spans(contact, start, end, where))


def _spans(contact: Contact, start: datetime, end: datetime, where: tzinfo) -> Iterable[Span]:
    """Yield when a contact is there, as far as it touches the event; hours past midnight belong to the day before."""
    first = max(_clock(start, where).date() - DAY, contact.begins or date.min)
    last = min(_clock(end, where).date() + DAY, contact.ends or date.max)
    if first > last:
        return
    if not contact.hours:
        yield moment(datetime.combine(first, time()), where), moment(datetime.combine(last + DAY, time()), where)
        return
    for number in range((last - first).days + 1):
        day = first + number * DAY
        for hours in contact.hours:
            if hours.day in (None, day):
                yield _span(hours, day, where)


def _span(hours: Hours, day: date, where: tzinfo) -> Span:
    until = day if hours.end > hours.start else day + DAY
    return moment(datetime.combine(day, hours.start), where), moment(datetime.combine(until, hours.end), where)


def _clock(at: datetime, where: tzinfo) -> datetime:
    return at.astimezone(where).replace(tzinfo=None, fold=0)
