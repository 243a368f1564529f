"""Where roster and page differ is told from both sides, in a sentence, and without a private channel."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings

from bot.model import Channel, ChannelKind, Contact, Phase, Role, Roster, RosterEvent, Training
from bot.plan import drift
from bot.plan.contacts import WantedTeam
from bot.plan.drift import Difference
from tests.plan.contact_pages import (
    ADA,
    BOB,
    CEM,
    SECRET_MAIL,
    SECRET_PHONE,
    ada,
    bob,
    cem,
    has_secret,
    listed,
    plan,
    read,
)
from tests.plan.test_contacts_properties import lives

EVENT = RosterEvent(title="Event:Learning Clinic", timezone="Asia/Kolkata", emergency_number="112")


def between(
    text: str, *contacts: Contact, phase: Phase | None = Phase.DURING, event: RosterEvent = EVENT
) -> list[Difference]:
    return list(drift.between(Roster(event, contacts), read(text), phase))


def test_nothing_differs_from_what_was_planned() -> None:
    assert between(listed(ADA, BOB, CEM), cem(), ada(), bob()) == []
    assert between(listed(BOB, ADA).replace("Ada\n", "User:ada\n").replace("&#64;", "{{@}}"), ada(), bob()) == []
    assert between("") == []


def test_a_page_without_a_list() -> None:
    assert between("Welcome!", ada()) == [Difference("", "list", "", "", "The page has no list of safety contacts.")]
    assert between("Welcome!", bob(), phase=Phase.AFTER) == []
    assert between("{{Event safety contacts|team=", ada()) == []


@pytest.mark.parametrize(
    ("rows", "contacts", "expected"),
    [
        pytest.param(
            (ADA,),
            (ada(), cem()),
            Difference("Cem", "row", "Cem", "", "Cem is in the roster and not on the page."),
            id="not on the page",
        ),
        pytest.param(
            (ADA, CEM),
            (ada(),),
            Difference("Cem", "row", "", "Cem", "Cem is on the page (line 24) and not in the roster."),
            id="not in the roster",
        ),
        pytest.param(
            (ADA, CEM),
            (ada(), cem(phases=(Phase.AFTER,))),
            Difference(
                "Cem", "row", "", "Cem", "Cem is on the page (line 24) and in the roster only for another time."
            ),
            id="in the roster for another phase",
        ),
        pytest.param(
            (CEM, CEM),
            (cem(),),
            Difference("Cem", "row", "", "Cem", "Cem stands more often on the page than in the roster (line 15)."),
            id="twice on the page",
        ),
    ],
)
def test_who_is_only_on_one_side(rows: tuple[str, ...], contacts: tuple[Contact, ...], expected: Difference) -> None:
    assert between(listed(*rows), *contacts) == [expected]


def test_nobody_is_missing_from_a_list_that_cannot_be_read() -> None:
    assert between(listed(ADA, "{{Event safety contact}}"), ada(), cem()) == []


@pytest.mark.parametrize(
    ("change", "field", "roster", "page"),
    [
        pytest.param({"roles": (Role.REPORTS, Role.VENUE)}, "roles", "reports, venue", "reports, decides", id="roles"),
        pytest.param({"languages": ("hi",)}, "languages", "hi", "en, hi", id="languages"),
        pytest.param({"hours": ()}, "hours", "", "09:00-18:00", id="hours"),
        pytest.param({"phases": (Phase.DURING,)}, "phases", "during", "before, during, after", id="phases"),
        pytest.param({"begins": date(2026, 12, 1)}, "from", "2026-12-01", "", id="first day"),
        pytest.param({"ends": date(2026, 12, 1)}, "until", "2026-12-01", "", id="last day"),
        pytest.param(
            {"training": (Training("First aid"),)},
            "training",
            "First aid",
            "Keeping events safe (2026-01-02)",
            id="training",
        ),
        pytest.param({"affiliation": "WMDE"}, "affiliation", "WMDE", "Wikimedia India", id="affiliation"),
        pytest.param({"order": None}, "order", "", "1", id="order"),
        pytest.param({"channels": ()}, "email", "", "ada@example.org", id="address"),
        pytest.param(
            {"channels": (Channel(ChannelKind.EMAIL, "ada@example.org", public=True),)}, "mail", "no", "yes", id="mail"
        ),
    ],
)
def test_what_differs_of_a_contact(change: dict[str, object], field: str, roster: str, page: str) -> None:
    [one] = between(listed(ADA), ada(**change))
    assert (one.who, one.field, one.roster, one.page) == ("Ada", field, roster, page)
    sides = [f'"{side}"' if side else "nothing" for side in (roster, page)]
    assert one.text == f"Ada, {field}: {sides[0]} in the roster, {sides[1]} on the page."


@pytest.mark.parametrize(
    ("event", "field", "roster", "page"),
    [
        pytest.param(RosterEvent(timezone="Asia/Dhaka"), "timezone", "Asia/Dhaka", "Asia/Kolkata", id="time zone"),
        pytest.param(RosterEvent(emergency_number="911"), "number", "911", "112", id="emergency number"),
    ],
)
def test_what_differs_of_the_event(event: RosterEvent, field: str, roster: str, page: str) -> None:
    text = f'{field.capitalize()}: "{roster}" in the roster, "{page}" on the page.'
    assert between(listed(ADA), ada(), event=event) == [Difference("", field, roster, page, text)]


def test_what_a_roster_does_not_say_of_the_event_does_not_differ() -> None:
    assert between(listed(ADA), ada(), event=RosterEvent()) == []


def test_the_phase_of_the_page() -> None:
    assert between(listed(ADA), ada(), phase=Phase.AFTER) == [
        Difference(
            "",
            "phase",
            "after",
            "during",
            "The page shows who is there during the event, and it is after the event.",
        )
    ]


def test_when_the_team_answers_no_longer_nobody_should_be_on_the_page() -> None:
    [one] = between(listed(ADA), ada(), phase=None)
    assert one.text == "Ada is on the page (line 11) and in the roster only for another time."


def test_contacts_whose_last_day_is_past_should_not_be_on_the_page() -> None:
    roster = Roster(EVENT, (cem(ends=date(2026, 12, 1)),))
    assert drift.between(roster, read(listed()), Phase.DURING, date(2026, 12, 2)) == ()
    assert len(drift.between(roster, read(listed()), Phase.DURING, date(2026, 12, 1))) == 1


@pytest.mark.parametrize(
    ("name", "value"),
    [
        pytest.param("phone", SECRET_PHONE, id="phone"),
        pytest.param("email", SECRET_MAIL.replace("@", "{{@}}"), id="address"),
        pytest.param("affiliation", f"call {SECRET_PHONE}", id="free text"),
    ],
)
def test_a_private_channel_on_the_page_is_told_and_not_shown(name: str, value: str) -> None:
    text = listed(CEM.replace("\n}}", f"\n| {name} = {value}\n}}}}"))
    hidden = (Channel(ChannelKind.PHONE, SECRET_PHONE), Channel(ChannelKind.EMAIL, SECRET_MAIL))
    why = f"Cem: the page shows a channel ({name}) that the roster does not make public."
    assert between(text, cem(channels=hidden)) == [Difference("Cem", name, "", "(not shown here)", why)]


@settings(deadline=None, max_examples=60)
@given(lives())
def test_nothing_differs_after_a_plan_and_no_private_channel_is_told(life: tuple[str, WantedTeam, int]) -> None:
    text, world, at = life
    phase = Phase(world.phase)
    roster = Roster(RosterEvent(timezone=world.timezone, emergency_number=world.number), world.contacts)
    before = drift.between(roster, read(text), phase)
    assert not any(has_secret(said) for one in before for said in (one.roster, one.page, one.text))
    everybody = all(phase in one.phases for one in world.contacts)
    once = len({one.name for one in world.contacts}) == len(world.contacts)
    page = read(plan(text, world, at).text)
    if not page.broken and everybody and once:
        assert drift.between(roster, page, phase) == ()
