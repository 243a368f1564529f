"""Before, during and after an event: which contacts its page shows, and when it falls due again; has no clock."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta

from bot.duty import hours
from bot.model import Contact, Phase

# Dates beyond are as good as none: "until 9999-12-31".
FAR = timedelta(days=36_500)


def now(event_start: datetime | None, event_end: datetime | None, after_days: int, now: datetime) -> Phase | None:
    """Return the phase of the moment ``now``; None when the team answers no longer. All times are aware.

    An event without a start counts as not begun, and with neither start nor end never begins; one without an end
    does not end.
    """
    if event_end is not None and now >= event_end:
        over = _over(event_end, after_days)
        return Phase.AFTER if over is None or now < over else None
    return Phase.DURING if event_start is not None and now >= event_start else Phase.BEFORE


def next_change(
    event_start: datetime | None,
    event_end: datetime | None,
    after_days: int,
    now: datetime,
    contacts: Sequence[Contact] = (),
    timezone: str = "",
) -> datetime | None:
    """Return the next moment at which the page falls due again, None when nothing will change any more.

    These are the beginning and the end of the event, the end of the days after it, and up to then the beginning of
    each contact's first day and the end of the last one, at midnight in ``timezone`` (UTC where there is none).
    """
    over = _over(event_end, after_days)
    moments = [event_start, event_end, over, *_days(contacts, timezone, now)]
    return min(
        (one for one in moments if one is not None and one > now and (over is None or one <= over)), default=None
    )


def of(contacts: Sequence[Contact], phase: Phase | None, day: date | None = None) -> tuple[Contact, ...]:
    """Return the contacts of a phase in the order of escalation, then of their source; nobody for no phase.

    With a ``day`` (local to the event) those whose last day is past are left out; who begins later stays, as a page
    shows from when on.
    """
    there = (one for one in contacts if phase in one.phases and not (day and one.ends and one.ends < day))
    return tuple(sorted(there, key=lambda one: (one.order is None, one.order or 0)))


def _over(event_end: datetime | None, after_days: int) -> datetime | None:
    try:
        return None if event_end is None else event_end + timedelta(days=after_days)
    except OverflowError:
        return None


def _days(contacts: Sequence[Contact], timezone: str, now: datetime) -> Iterable[datetime]:
    where = hours.zone(timezone) or UTC
    midnights = [one.begins for one in contacts]
    # The last day ends as the next begins; the calendar itself ends with date.max.
    midnights += [one.ends + hours.DAY for one in contacts if one.ends and one.ends < date.max]
    for day in midnights:
        if day is not None and abs(day - now.date()) < FAR:
            yield hours.moment(datetime.combine(day, time()), where)
