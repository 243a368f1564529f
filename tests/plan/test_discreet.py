"""Free text shows no address that nobody made public, and everything else as it is."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.model import Channel, ChannelKind, Contact, Declared, ItemState, Training
from bot.plan import discreet
from bot.plan.contacts_values import Secrets

PRIVATE, PUBLIC = "+47 555 01 99", "ada@example.org"
CHANNELS = (Channel(ChannelKind.PHONE, PRIVATE), Channel(ChannelKind.EMAIL, PUBLIC, public=True))
ADA = Contact("Ada", channels=CHANNELS, training=(Training("First aid"),), affiliation="Wikimedia Norge")
HIDDEN = "(of Ada, not shown here)"
SECRETS = Secrets((ADA,))


@pytest.mark.parametrize(
    ("affiliation", "shown"),
    [
        pytest.param("Wikimedia Norge", "Wikimedia Norge", id="nothing to hide"),
        pytest.param(f"Norge, {PUBLIC}", f"Norge, {PUBLIC}", id="public"),
        pytest.param(f"Norge, {PRIVATE}", HIDDEN, id="private"),
        pytest.param("Norge, 4755501 99", HIDDEN, id="private, spaced otherwise"),
        pytest.param("Norge, bo@example.org", HIDDEN, id="somebody's, that nobody made public"),
    ],
)
def test_an_affiliation(affiliation: str, shown: str) -> None:
    assert discreet.contacts([replace(ADA, affiliation=affiliation)], SECRETS) == (replace(ADA, affiliation=shown),)


def test_only_the_course_that_gives_something_away_is_hidden() -> None:
    told = replace(ADA, training=(Training("First aid"), Training(f"Call {PRIVATE}")))
    [found] = discreet.contacts([told], SECRETS)
    assert found == replace(ADA, training=(Training("First aid"), Training(HIDDEN)))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        pytest.param("Room 5, hospital 22 11 80 80", "Room 5, hospital 22 11 80 80", id="other numbers stay"),
        pytest.param(f"Call {PRIVATE}", "(not shown here)", id="private"),
        pytest.param("", "", id="nothing"),
    ],
)
def test_a_declaration(text: str, shown: str) -> None:
    [found] = discreet.declared([Declared("quiet-room", ItemState.DONE, text, 4)], SECRETS)
    assert found == Declared("quiet-room", ItemState.DONE, shown, 4)


def test_a_channel_that_a_page_shows_and_the_roster_does_not_make_public_is_none_to_show() -> None:
    there = replace(ADA, channels=tuple(replace(one, public=True) for one in CHANNELS))
    assert discreet.contacts([there], SECRETS) == (ADA,)


@given(st.text(max_size=20), st.text(max_size=20), st.text(max_size=20))
def test_nothing_private_is_left_and_who_is_there_stays(before: str, after: str, course: str) -> None:
    told = replace(ADA, affiliation=f"{before}{PRIVATE}{after}", training=(Training(f"{course} {PRIVATE}"),))
    [found] = discreet.contacts([told], SECRETS)
    assert not SECRETS.are_in(f"{found.affiliation}{found.training}")
    assert (found.name, found.channels) == (ADA.name, CHANNELS)
