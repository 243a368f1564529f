"""What the health of a response team is judged from, and what follows from it at once; judges nothing itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from bot.config import Contacts
from bot.duty import hours, phases
from bot.model import Contact, Member, Phase, Training

# Nobody's hours are worked out for longer than a campaign of three years, nor by the clocks of an unknown century.
LONGEST = timedelta(days=1100)
YEARS = range(1970, 2200)


@dataclass(frozen=True, slots=True)
class HealthFacts:
    """What is known of a team and its event; times are aware.

    ``organizers`` is None where they could not be read, ``listed`` (the names in the page's own list of contacts) and
    ``addresses`` (on the page, as a@b) where no page was read. ``members`` and ``completed`` are by canonical name.
    ``emergency_number`` is the one that the event's page shows or will show, ``known_number`` that of its country,
    which nobody has checked; ``in_person`` None: not known. ``unread`` has a sentence for each thing in the page's list
    that could not be read, ``contradictions`` one for each matter in which roster and registration differ.
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
    known_number: str = ""
    in_person: bool | None = None
    unread: tuple[str, ...] = ()
    contradictions: tuple[str, ...] = ()
    settings: Contacts = field(default_factory=Contacts)

    @property
    def today(self) -> date:
        """Return the day that it is at the event, by UTC where no zone is known."""
        return self.now.astimezone(hours.zone(self.timezone) or UTC).date()

    @property
    def phase(self) -> Phase | None:
        """Return the phase that the event is in, None when the team answers no longer."""
        return phases.now(self.start, self.end, self.after_days, self.now)

    @property
    def to_come(self) -> tuple[Phase, ...]:
        """Return the phases that are not past yet; "after" only where the team answers after the event."""
        all_of_them = [phase for phase in Phase if phase is not Phase.AFTER or self.after_days > 0]
        return tuple(all_of_them[all_of_them.index(self.phase) :]) if self.phase in all_of_them else ()

    @property
    def team(self) -> tuple[Contact, ...]:
        """Return the contacts whose last day is not past, each entry of a person."""
        return tuple(one for one in self.contacts if one.ends is None or one.ends >= self.today)

    @property
    def span(self) -> tuple[datetime, datetime] | None:
        """Return start and end of the event, UTC, where both are known and can be worked with."""
        if self.start is None or self.end is None:
            return None
        start, end = self.start.astimezone(UTC), self.end.astimezone(UTC)
        return (start, end) if start.year in YEARS and end.year in YEARS and end - start <= LONGEST else None


def people(contacts: Iterable[Contact]) -> tuple[str, ...]:
    """Return the different names, in order."""
    return tuple(dict.fromkeys(one.name for one in contacts))


def listing(names: Sequence[str], longest: int = 10) -> str:
    """Return names in quotation marks in one phrase: "A", "B" and "C"; of many the first and how many more."""
    shown = [f'"{name}"' for name in names[:longest]]
    if rest := len(names) - len(shown):
        return f"{', '.join(shown)} and {rest:,} more"
    return " and ".join((", ".join(shown[:-1]), shown[-1])) if len(shown) > 1 else "".join(shown)
