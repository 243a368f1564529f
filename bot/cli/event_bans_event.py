"""The options that say which event a confidential list is used for, and when and where it is; reads no list."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING

from bot.cli import console
from bot.cli.kept import Kept, together
from bot.errors import UsageError

if TYPE_CHECKING:
    from bot.private.model import Occasion

END_OF_DAY = time(23, 59, 59, tzinfo=UTC)


@dataclass(slots=True)
class When:
    """What the options say of the event and the list."""

    event_ends: str | None = None
    list_ends: str | None = None
    in_person: bool | None = None
    online_anyway: bool = False


_WHEN = Kept("bot.event_bans_event", When)
options = together(
    _WHEN.option(
        "--event-ends",
        metavar="DATE",
        help="The last day of the event (2026-12-24), where its registration does not say.",
    ),
    _WHEN.option(
        "--list-ends", metavar="DATE", help="The last day on which the list may be used, as it was said to you."
    ),
    _WHEN.option("--in-person/--online", default=None, help="What the event is, where its registration does not say."),
    _WHEN.option(
        "--online-anyway", is_flag=True, help="Use entries for events in person although this event is online."
    ),
)


def given() -> When:
    """Return what the options say."""
    return _WHEN.value()


def list_ends() -> date | None:
    """Return the day of --list-ends; raises UsageError for what is no date."""
    return _date("--list-ends", given().list_ends)


def completed(occasion: Occasion) -> Occasion:
    """Return the event with what the options say of it; its own registration is believed first, and that is said.

    Raises UsageError for what is no date.
    """
    when = given()
    ends = _date("--event-ends", when.event_ends)
    if occasion.end and ends and occasion.end.date() != ends:
        console.diagnostic(f"The registration says that the event ends on {occasion.end:%Y-%m-%d}: that day counts.")
    if occasion.in_person is not None and when.in_person not in (None, occasion.in_person):
        kind = "in person" if occasion.in_person else "online"
        console.diagnostic(f"The registration says that the event is {kind}: that counts.")
    end = occasion.end or (datetime.combine(ends, END_OF_DAY) if ends else None)
    in_person = occasion.in_person if occasion.in_person is not None else when.in_person
    return replace(occasion, end=end, in_person=in_person)


def _date(option: str, text: str | None) -> date | None:
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UsageError(f'{option} "{text}" is no date; write it as 2026-12-24.') from None
