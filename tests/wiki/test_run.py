"""``eventsafety run`` on a real wiki: what falls due by date is saved without being asked twice, if it is approved."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from tests.sandbox.sandbox import Sandbox
from tests.sandbox.world import World
from tests.wiki.preparing import ADA, BO, CY, EVENT, MEMBERS, TALK, Preparing

CONTACTS = "Event safety contacts"


@pytest.fixture
def event(wiki: Sandbox, world: World, tmp_path: Path) -> Preparing:
    return Preparing(wiki, tmp_path)


def rostered(event: Preparing, *, approved: str, others: str = "") -> None:
    event.command.add(f'[run]\napproved = [{approved}]\n[contacts.rosters]\n{others}"{EVENT}" = "{event.roster}"\n')


def names(event: Preparing) -> list[str]:
    return re.findall(r"\| name = (.*)", event.text())


def test_the_contacts_follow_the_phases_of_the_event(event: Preparing) -> None:
    rostered(event, approved='"notices", "contacts"')
    event.reviewing.run("run")
    text = event.text()
    assert (names(event), f"{CONTACTS}\n" in text, "| phase = before" in text) == ([ADA, BO], True, True)
    assert event.reviewing.run("run").endswith("nothing is left to do.\n")
    assert event.text() == text
    event.begins(-2)
    event.reviewing.run("run")
    assert (names(event), "| phase = after" in event.text()) == ([ADA, BO, CY], True)
    event.begins(-100)
    assert "nothing is left to do" in event.reviewing.run("run")


def test_what_nobody_approved_is_shown_and_not_saved(event: Preparing) -> None:
    before = event.text()
    rostered(event, approved="")
    shown = event.reviewing.run("run", code=99)
    assert (event.text(), event.text(TALK)) == (before, "")
    assert "The page gets a list of safety contacts" in shown
    assert f"eventsafety plan '{EVENT}' --task notices --task contacts --roster {event.roster} -o plan.json\n" in shown
    assert shown.endswith(f"{EVENT}: edits are proposed.\n")


def test_a_banned_contact_is_not_shown_without_a_look(event: Preparing) -> None:
    before = event.text()
    event.write((replace(MEMBERS[0], name="Sour Almanac"), MEMBERS[1]))
    rostered(event, approved='"notices", "contacts"')
    done = event.command("run")
    assert done.returncode == 99
    assert "without a person's look" in done.stderr
    assert "is on the list" in done.stderr
    assert "--task notices --task contacts --roster" in done.stdout
    assert (event.text(), event.text(TALK)) == (before, "")


def test_an_event_that_fails_does_not_stop_the_others(event: Preparing) -> None:
    rostered(event, approved='"contacts"', others='"Event:Nowhere" = "none.toml"\n')
    done = event.command("run")
    assert done.returncode == 1
    assert "Event:Nowhere: Cannot read none.toml: No such file" in done.stderr
    assert names(event) == [ADA, BO]
    assert event.calls("Event safety notice") == []


def test_without_a_roster_there_is_nothing_to_run(event: Preparing) -> None:
    done = event.command("run")
    assert (done.returncode, done.stdout) == (2, "")
    assert "[contacts.rosters]" in done.stderr
