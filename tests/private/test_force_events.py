"""Whether an entry that is for one event is for this one: what its words do not tell counts."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.private.force import OTHER_EVENT, in_force
from bot.private.model import BanList, Entry, Occasion, Scope

NOW = datetime(2026, 11, 21, tzinfo=UTC)


def outcome(listed: str, title: str, number: int | None = None) -> str:
    """Say whether the entry counts, and whether that is told as uncertain."""
    occasion = Occasion(title, number, end=datetime(2026, 12, 1, tzinfo=UTC), in_person=True)
    banlist = BanList((Entry(2, user="A", scope=Scope.ALL), Entry(3, user="B", scope=Scope.EVENT, event=listed)))
    found = in_force(banlist, occasion, now=NOW)
    is_told = any(note.startswith("Row 3 ") for note in found.notes)
    if found.left_out:
        assert dict(found.left_out) == {OTHER_EVENT: 1}
        assert is_told
        return "no"
    return "perhaps" if is_told else "yes"


@pytest.mark.parametrize(
    ("listed", "title", "number", "expected"),
    [
        pytest.param("", "Event:Riverside Meetup", 12, "yes", id="for one event, and not which"),
        pytest.param("Event:Riverside Meetup", "Event:Riverside Meetup", 12, "yes", id="its title"),
        pytest.param("event:riverside_meetup", "Event:Riverside Meetup", None, "yes", id="its title as typed"),
        pytest.param("Riverside Meetup", "Event:Riverside Meetup", 12, "yes", id="without the namespace"),
        pytest.param("Event:Riverside Meetup", "Riverside Meetup", None, "yes", id="told without the namespace"),
        pytest.param("Veranstaltung:Riverside Meetup", "Event:Riverside Meetup", 12, "yes", id="in another language"),
        pytest.param("Event:Riverside Meetup/de", "Event:Riverside Meetup", 12, "yes", id="its translation"),
        pytest.param("RIVERSIDE  MEETUP!", "Event:Riverside Meetup", 12, "yes", id="in capitals"),
        pytest.param(
            "https://meta.wikimedia.org/wiki/Event:Riverside_Meetup", "Event:Riverside Meetup", 12, "yes", id="address"
        ),
        pytest.param("[[Event:Riverside Meetup]]", "Event:Riverside Meetup", 12, "yes", id="link"),
        pytest.param("#12", "Event:Riverside Meetup", 12, "yes", id="its number"),
        pytest.param(" 12 ", "Event:Riverside Meetup", 12, "yes", id="its number without a sign"),
        pytest.param("Special:EventDetails/12", "Event:Riverside Meetup", 12, "yes", id="its special page"),
        pytest.param("#13", "Event:Riverside Meetup", 12, "no", id="another number"),
        pytest.param("Special:EventDetails/13", "Event:Riverside Meetup", 12, "no", id="another special page"),
        pytest.param("#13", "Riverside Meetup", None, "perhaps", id="a number, and ours is not known"),
        pytest.param("2026", "Event:Riverside Meetup 2026", 12, "perhaps", id="the year of it"),
        pytest.param("2025", "Event:Riverside Meetup 2026", 12, "no", id="another year"),
        pytest.param("Riverside", "Event:Riverside Meetup", 12, "perhaps", id="a part of its title"),
        pytest.param("Riverside Meetup Berlin", "Event:Riverside Meetup", 12, "perhaps", id="more than its title"),
        pytest.param("Riverside Meetup 2026", "Event:Riverside Meetup", 12, "perhaps", id="with a year"),
        pytest.param("Riverside Meetup 2025", "Event:Riverside Meetup 2026", 12, "no", id="another edition"),
        pytest.param("WikiConf North", "Event:WikiConference 2026", 12, "perhaps", id="short for a longer word"),
        pytest.param("Hill Camp", "Event:Riverside Meetup", 12, "no", id="another event"),
        pytest.param("Wikimedia Meetup Hills", "Event:Wikimedia Meetup Lakes", 12, "no", id="only general words"),
        pytest.param("Wikimedia Meetup", "Event:Wikimedia Meetup Lakes", 12, "perhaps", id="nothing but general words"),
        pytest.param("Викимарафон Самара", "Event:Викимарафон Самара 2026", 12, "perhaps", id="Cyrillic"),
        pytest.param("https://example.org/hill-camp", "Event:Riverside Meetup", 12, "no", id="an address elsewhere"),
        pytest.param("|||", "Event:Riverside Meetup", 12, "perhaps", id="no words at all"),
        pytest.param("Hill Camp", "", None, "perhaps", id="our own event has no title"),
    ],
)
def test_named_events(listed: str, title: str, number: int | None, expected: str) -> None:
    assert outcome(listed, title, number) == expected


def test_a_row_for_several_events_is_not_said_to_be_left_out() -> None:
    occasion = Occasion("Event:Riverside Meetup", end=datetime(2026, 12, 1, tzinfo=UTC), in_person=True)
    entries = [Entry(2, user="A", scope=Scope.EVENT, event=event) for event in ("Hill Camp", "Riverside Meetup")]
    found = in_force(BanList((*entries, Entry(3, user="B", scope=Scope.EVENT, event="Lake Camp"))), occasion, now=NOW)
    assert [entry.event for entry in found.entries] == ["Riverside Meetup"]
    assert dict(found.left_out) == {OTHER_EVENT: 2}
    assert [note.partition(" of ")[0] for note in found.notes] == ["Row 3"]


def test_an_event_that_an_entry_names_beside_another_scope_says_nothing() -> None:
    occasion = Occasion("Event:Riverside Meetup", end=datetime(2026, 12, 1, tzinfo=UTC), in_person=True)
    banlist = BanList((Entry(2, user="A", scope=Scope.IN_PERSON, event="Hill Camp"),))
    assert len(in_force(banlist, occasion, now=NOW).entries) == 1
