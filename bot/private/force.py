"""Which entries of a list hold for one event, and until when the list may be used at all; knows no names of people.

Laws: what is not known never makes an entry less strict; what is left out is counted and said. Event ban policy
(foundation.wikimedia.org): bans are for events in person, and access to the list ends with the event.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta

from bot.errors import UsageError
from bot.private.matching import mailboxes
from bot.private.model import BanList, Entry, Field, Occasion, Scope
from bot.private.realnames import words
from bot.private.same_event import Same, same

RAN_OUT = "ran out before the event"
OTHER_EVENT = "for another event"
# One event has many names: who is left out for this may be banned here all the same, and a run with it has a gap.
OTHER_NAME = "for another event, so far as its name tells"
IN_PERSON_ONLY = "for events in person only, and this one is online"

_DELETE = (
    "delete the list, the results of checks and sealed lists now (eventsafety event-bans purge deletes the last two)"
)
# The last place on Earth where a day ends (UTC-12).
_DAY_EVERYWHERE = timedelta(days=1, hours=12)
_FOR_EVER = 9999  # spreadsheets write so what has no end
_ROWS_SHOWN = 20


@dataclass(frozen=True, slots=True, repr=False)
class InForce:
    """The entries that hold, why others do not, what to say of it, and when (UTC) all that comes of it must be gone."""

    entries: tuple[Entry, ...]
    delete_after: datetime
    left_out: Mapping[str, int] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


def in_force(
    banlist: BanList,
    occasion: Occasion,
    *,
    now: datetime,
    online_anyway: bool = False,
    list_ends: date | None = None,
) -> InForce:
    """Return what of ``banlist`` holds for ``occasion``; ``list_ends`` is the list's end as told at the terminal.

    The earlier of two ends counts. Raises UsageError where the right to use the list is over or has no known end, where
    the list is for other events, and for an online event that nothing but bans in person would be held against.
    """
    delete_after, notes = time_left(occasion, now, [day for day in (banlist.ends, list_ends) if day is not None])
    if not banlist.entries and not banlist.unread:
        raise UsageError("The list has no entry: nobody can be checked with it; see whether it is the right file.")
    holding, ran_out = _parted(banlist.entries, lambda entry: not _is_over(entry.until, occasion.start or now))
    sames = {entry: same(entry, occasion) for entry in holding}
    holding, other = _parted(holding, lambda entry: sames[entry] in (Same.YES, Same.PERHAPS))
    if other and not holding:
        raise UsageError(
            "Every entry of the list that has not run out is for another event than this one, so far as their names "
            "tell; give the right list, or the event by the name that the list has for it."
        )
    everywhere, in_person = _parted(holding, lambda entry: entry.scope in (Scope.ALL, Scope.EVENT))
    is_left_out = occasion.in_person is False and not online_anyway
    if is_left_out and in_person and not everywhere:
        raise UsageError(
            "The event is online and the list is for events in person only, so nobody is to be held against it; if its "
            "holder says that it counts here too, add --online-anyway."
        )
    shared = {entry.row for entry in holding}  # a row may name several events
    by_name, sure = _parted(other, lambda entry: sames[entry] is Same.OTHER_NAME and entry.row not in shared)
    notes += _about_events(
        by_name,
        [entry for entry in sure if entry.row not in shared],
        [entry for entry in holding if sames[entry] is Same.PERHAPS],
    )
    unsaid = [entry for entry in holding if entry.scope is None]
    notes += _about_scope(in_person, unsaid, occasion, online_anyway=online_anyway)
    if ran_out and occasion.start is None:
        notes.append("When the event starts is not known: the entries that have run out by now were left out.")
    entries = everywhere if is_left_out else holding
    if not entries:
        notes.append("No entry of the list holds for this event: everybody was held against nothing.")
    left_out = {
        RAN_OUT: ran_out,
        OTHER_EVENT: sure,
        OTHER_NAME: by_name,
        IN_PERSON_ONLY: in_person if is_left_out else [],
    }
    counts = {why: len(those) for why, those in left_out.items() if those}
    return InForce(tuple(entries), delete_after, counts, tuple(notes))


def time_left(occasion: Occasion, now: datetime, list_ends: Sequence[date]) -> tuple[datetime, list[str]]:
    """Return until when a list that ends on the first of ``list_ends`` may be used, and what to say of that.

    Raises UsageError where that is over, or not known.
    """
    if occasion.end is None:
        raise UsageError(
            "When the event ends is not known, and a list may be used only until then: say it with --event-ends DATE."
        )
    if occasion.start is not None and occasion.end < occasion.start:
        raise UsageError("The event would end before it starts: give the right day with --event-ends DATE.")
    if now >= occasion.end:
        raise UsageError(
            f"The event ended at {_moment(occasion.end)}, and the right to use the list ended with it: {_DELETE}."
        )
    ends = min(list_ends, default=None)
    if ends is None or ends.year >= _FOR_EVER:
        return occasion.end, []
    over = datetime.combine(ends, time(), UTC) + timedelta(days=1)
    if now >= over:
        raise UsageError(f"The list itself ended on {ends.isoformat()} (at 24:00 UTC): {_DELETE}.")
    if over >= occasion.end:
        return occasion.end, []
    return over, [f"The list ends on {ends.isoformat()} (at 24:00 UTC), before the event: ask its holder for the next."]


def comparable(entries: Iterable[Entry]) -> Mapping[frozenset[Field], int]:
    """Return by what entries can be told, and how many by just that: a person without any of it cannot be checked."""
    return Counter(frozenset(_fields(entry)) for entry in entries)


def _fields(entry: Entry) -> Iterable[Field]:
    if entry.user:
        yield Field.USER
    if entry.central_id is not None:
        yield Field.CENTRAL_ID
    if words(entry.real_name):
        yield Field.REAL_NAME
    if mailboxes(entry.email):
        yield Field.EMAIL


def _is_over(until: date | None, start: datetime) -> bool:
    """Whether an entry's last day is past everywhere on Earth when the event starts."""
    if until is None or until.year >= _FOR_EVER:
        return False
    return datetime.combine(until, time(), UTC) + _DAY_EVERYWHERE <= start


def _parted(entries: Iterable[Entry], keep: Callable[[Entry], bool]) -> tuple[list[Entry], list[Entry]]:
    """Return the entries that ``keep`` takes, and the others."""
    every = [(entry, keep(entry)) for entry in entries]
    return [entry for entry, kept in every if kept], [entry for entry, kept in every if not kept]


def _about_events(by_name: Sequence[Entry], sure: Sequence[Entry], unsure: Sequence[Entry]) -> Iterator[str]:
    if sure:
        yield f"{_rows(sure)} of the list: for another event, and left out."
    if by_name:
        yield (
            f"{_rows(by_name)} of the list: for another event, so far as its name tells, and left out; if it is this "
            "one under another name, whoever stands there was not looked for: see what the list calls it."
        )
    if unsure:
        yield f"{_rows(unsure)} of the list: for an event that may be this one under another name; counted as this one."


def _about_scope(
    in_person: Sequence[Entry], unsaid: Sequence[Entry], occasion: Occasion, *, online_anyway: bool
) -> Iterator[str]:
    if unsaid:
        yield (
            f"{_rows(unsaid)} of the list: without a word on which events; taken as for events in person, as the event "
            "bans of the Foundation are."
        )
    if in_person and occasion.in_person is None:
        yield "Nobody said whether people meet in person: bans that are for events in person were counted."
    if in_person and occasion.in_person is False and online_anyway:
        yield "The event is online; bans that are for events in person were counted all the same, as asked."


def _rows(entries: Sequence[Entry], one: str = "Row", many: str = "Rows") -> str:
    """Return "Rows 3, 5 and 8", the first twenty of many; numbers only."""
    numbers = sorted({entry.row for entry in entries})
    shown = [str(number) for number in numbers[:_ROWS_SHOWN]]
    if rest := len(numbers) - len(shown):
        shown.append(f"{rest:,} more")
    listed = ", ".join(shown[:-1]) + " and " + shown[-1] if len(shown) > 1 else shown[0]
    return f"{one if len(numbers) == 1 else many} {listed}"


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%d %H:%M UTC")
