"""A response team with which all is well, made up, and what is known of it; each test spoils one thing."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from bot.duty.health import HealthFacts
from bot.model import Channel, ChannelKind, Contact, Grade, Health, Member, Phase, Role, Training

NOW = datetime(2026, 12, 1, 12, tzinfo=UTC)
START, END = datetime(2026, 12, 24, 8, tzinfo=UTC), datetime(2026, 12, 26, 17, tzinfo=UTC)
COURSE = Training("Keeping events safe", date(2026, 6, 1))
PHONE = Channel(ChannelKind.PHONE, "+49 30 1234567")
MAIL = Channel(ChannelKind.EMAIL, "ada@example.org")

ADA = Contact(
    "Ada",
    (Role.REPORTS, Role.DECIDES),
    ("de", "en-gb"),
    training=(COURSE,),
    affiliation="Wikimedia Example",
    order=1,
)
BO = Contact(
    "Bo",
    (Role.REPORTS, Role.ON_SITE, Role.REMOVES),
    ("en",),
    training=(COURSE,),
    affiliation="Heron User Group",
    order=2,
)


def member(name: str, **changes: Any) -> Member:
    return replace(
        Member(name, exists=True, emailable=True, last_active=NOW - timedelta(days=3)),
        **changes,
    )


GOOD = HealthFacts(
    contacts=(ADA, BO),
    now=NOW,
    start=START,
    end=END,
    timezone="Europe/Berlin",
    languages=("en", "de"),
    organizers=("Cleo", "Dot"),
    members={"Ada": member("Ada"), "Bo": member("Bo")},
    listed=("Ada", "Bo"),
    addresses=("emergency@wikimedia.org", "team@example.org"),
    emergency_number="112",
    in_person=True,
)


def team(*contacts: Contact, **changes: Any) -> HealthFacts:
    """Return the good facts with other contacts, whose accounts are all in order and who are all on the page."""
    names = [one.name for one in contacts]
    facts: dict[str, Any] = {"members": {name: member(name) for name in names}, "listed": tuple(names), **changes}
    return replace(GOOD, contacts=contacts, **facts)


def found(points: tuple[Health, ...], code: str) -> list[tuple[Grade, str]]:
    return [(point.grade, point.text) for point in points if point.code == code]


PHASES = tuple(Phase)
