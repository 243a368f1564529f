"""The marks by which a message is found again: one for each event, message and version, under whatever title."""

from __future__ import annotations

import pytest

from bot.model import Event
from bot.plan import notices
from bot.tasks import told

REGISTERED = Event(title="Event:Clinic", id=12, name="Clinic")
PLAIN = Event(title="Event:Clinic")


def marks(event: Event = REGISTERED, kind: str = "notice", version: str = "1", *formerly: str) -> set[str]:
    return set(told.keys(event, kind, version, formerly))


def test_the_first_mark_is_the_one_that_is_written_and_holds_the_number_of_the_registration() -> None:
    assert told.keys(REGISTERED, "notice", "1", ())[0] == "(event-safety talk notice 12:1)"


@pytest.mark.parametrize(
    ("other", "same"),
    [
        pytest.param(marks(PLAIN), True, id="before it had a registration"),
        pytest.param(marks(Event(title="Event:Workshop", id=12)), True, id="moved"),
        pytest.param(
            marks(Event(title="Event:Workshop"), "notice", "1", "Event:Clinic"), True, id="moved, unregistered"
        ),
        pytest.param(marks(Event(title="Event:Workshop")), False, id="another event"),
        pytest.param(marks(Event(title="Event:Workshop", id=112)), False, id="another number"),
        pytest.param(marks(REGISTERED, "reminder"), False, id="another message"),
        pytest.param(marks(REGISTERED, "notice", "11"), False, id="another version"),
        pytest.param({notices.key(REGISTERED, "notice", "1")}, False, id="the notice on the event's own page"),
        pytest.param({notices.key(PLAIN, "notice", "1")}, False, id="that of an event without registration"),
    ],
)
def test_which_marks_are_of_the_same_message(other: set[str], *, same: bool) -> None:
    assert bool(marks() & other) is same
    assert not any(one in two for one in marks() for two in other if one != two), "a mark holds no other"
