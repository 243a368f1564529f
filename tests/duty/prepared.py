"""A made-up event of which everything is known and well, for tests to take something away from."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from bot.duty.readiness import PageSeen, ReadinessFacts, judge
from bot.model import (
    Channel,
    ChannelKind,
    CheckSeen,
    Contact,
    Declared,
    Event,
    ItemState,
    PolicyKind,
    ReadinessItem,
    Role,
    Roster,
    RosterEvent,
    Training,
)

NOW = datetime(2026, 12, 20, 12, tzinfo=UTC)
START, END = datetime(2026, 12, 24, 9, tzinfo=UTC), datetime(2026, 12, 25, 17, tzinfo=UTC)
EVENT = Event("Event:River Meetup", id=12, start=START, end=END, in_person=True, name="River Meetup")
SAFE = Training("Keeping events safe", date(2026, 1, 2))
ADA = Contact(
    "Ada",
    roles=(Role.REPORTS, Role.DECIDES),
    languages=("en",),
    channels=(Channel(ChannelKind.PHONE, "+91 1 234"),),
    training=(SAFE,),
    affiliation="River User Group",
    order=1,
    line=10,
)
BEN = Contact("Ben", roles=(Role.ON_SITE, Role.REMOVES), languages=("hi",), training=(SAFE,), order=2, line=20)
CHI = Contact("Chi", roles=(Role.VENUE,), training=(SAFE,), line=25)
TEAM = (ADA, BEN, CHI)
SAID = RosterEvent(timezone="UTC", country="IN", technical=False, emergency_number="112", organizers=("Org",))
ROSTER = Roster(event=SAID, contacts=TEAM, source="roster.toml")
PAGE = PageSeen(
    title="Event:River Meetup",
    policies={PolicyKind.UCOC: "foundation:UCoC", PolicyKind.FRIENDLY: "foundation:FSP"},
    people=("Ada", "Ben", "Chi"),
    public_report=True,
    private_report=True,
    emergency=True,
    has_contacts_template=True,
)
CHECK = CheckSeen(
    at=datetime(2026, 12, 19, 8, 30, tzinfo=UTC), registrants=40, checked=40, flagged=0, to_review=0, unknown=0
)
FACTS = ReadinessFacts(event=EVENT, now=NOW, roster=ROSTER, team=TEAM, health=(), page=PAGE, check=CHECK)


def facts(said: RosterEvent = SAID, declared: tuple[Declared, ...] = (), **changes: Any) -> ReadinessFacts:
    """Return the facts of the prepared event with changes; ``team`` also changes the roster's contacts."""
    team = changes.get("team", TEAM)
    changes.setdefault("roster", replace(ROSTER, event=said, contacts=team, declared=declared))
    return replace(FACTS, **changes)


def item(name: str, given: ReadinessFacts) -> ReadinessItem:
    """Return how an item stands."""
    return next(one for one in judge(given).items if one.id == name)


def state(name: str, given: ReadinessFacts) -> ItemState:
    """Return the state of an item."""
    return item(name, given).state
