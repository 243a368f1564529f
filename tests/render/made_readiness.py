"""A made-up event with some of everything on its preparation list, and a way to put hostile text into all of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime

from bot.config import Contacts
from bot.duty.readiness import PageSeen, Readiness, ReadinessFacts, judge
from bot.model import (
    CheckSeen,
    Contact,
    Course,
    Declared,
    Event,
    Grade,
    Health,
    ItemState,
    PolicyKind,
    Role,
    Roster,
    RosterEvent,
    Training,
)
from tests.render.made_up import same

NOW = datetime(2026, 12, 20, 12, tzinfo=UTC)
APART = "The roster says that people meet online only; the registration says in person. Here it counts as in person."


def readiness(word: Callable[[str], str] = same) -> Readiness:
    """Return a judged list; ``word`` is called on every text that can come from a wiki or a file."""
    ada, omar = word("Ada"), word("محمد الميناء")
    team = (
        Contact(
            ada,
            roles=(Role.REPORTS, Role.DECIDES),
            languages=(word("en"), word("hi")),
            training=(Training(word("Keeping events safe"), date(2026, 1, 2)),),
            affiliation=word("River User Group"),
            order=1,
        ),
        Contact(omar, roles=(Role.ON_SITE, Role.REMOVES), languages=(word("ar"),), order=2),
    )
    said = RosterEvent(
        country="IN",
        timezone="Asia/Kolkata",
        technical=True,
        affiliates=(word("River User Group"),),
        organizers=(ada,),
        emergency_number=word("112"),
    )
    courses = (
        Course(
            word("First aid"),
            cohort=word("spring"),
            where="https://learn.example.org/first-aid",
            begins=date(2027, 1, 10),
            apply_until=date(2026, 12, 31),
        ),
        Course(
            word("Identifying harassment"),
            where=word("Meta:Courses"),
            apply_until=date(2026, 12, 1),
            roles=(Role.ON_SITE,),
        ),
        Course(
            word("Talking to the police"), where=word("Meta:Police"), begins=date(2026, 12, 22), roles=(Role.ON_SITE,)
        ),
    )
    declared = (
        Declared("visible", ItemState.DONE, word("Orange badges with a star"), 40),
        Declared("policies", ItemState.DONE, word("They are in the footer"), 44),
        Declared("printed", ItemState.NOT_APPLICABLE, "", 48),
    )
    return judge(
        ReadinessFacts(
            event=Event(
                word("Event:River Meetup"),
                id=12,
                start=datetime(2026, 12, 24, 9, tzinfo=UTC),
                end=datetime(2026, 12, 25, 17, tzinfo=UTC),
                in_person=True,
                name=word("River Meetup: নদী"),
                url="https://meta.example.org/wiki/Event:River_Meetup",
            ),
            now=NOW,
            roster=Roster(said, team, courses, declared, word("roster.toml")),
            team=team,
            health=(
                Health("roster", Grade.WARNING, APART, "Correct the roster."),
                Health("coverage", Grade.WARNING, f"{omar} is alone at times.", "Give somebody hours."),
            ),
            page=PageSeen(
                word("Event:River Meetup"),
                {PolicyKind.UCOC: "x"},
                people=(ada, omar),
                private_report=True,
                emergency=True,
            ),
            check=CheckSeen(datetime(2026, 12, 19, 8, 30, tzinfo=UTC), 40, 38, 1, 0, 2, not_agreed=3),
            review_page=word("User:Bot/Event review/River Meetup"),
            settings=Contacts(),
        )
    )


READINESS = readiness()
# An event of which nothing is known but its page's title.
UNKNOWN = judge(ReadinessFacts(event=Event("Event:X"), now=NOW))
