import json
import unicodedata
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from bot.duty import health
from bot.duty.hours import Gap
from bot.model import Channel, ChannelKind, Contact, Event, Grade, Health, Hours, Phase, Training
from bot.plan.drift import Difference
from bot.render import team
from tests.duty.teams import ADA, BO, GOOD
from tests.render.hostile import texts
from tests.render.test_jsons import only_known_keys, schema
from tests.render.test_terminal import SGR, harmless


@dataclass(frozen=True, slots=True)
class Found:
    contacts: tuple[Contact, ...] = (ADA, BO)
    source: str = "roster.toml"
    phase: Phase | None = Phase.BEFORE
    next_change: datetime | None = GOOD.start
    health: tuple[Health, ...] = ()
    gaps: tuple[Gap, ...] | None = ()
    differences: tuple[Difference, ...] = ()


EVENT = Event("Event:Learning Clinic", start=GOOD.start, end=GOOD.end, timezone="Europe/Berlin")
WELL = Found()
SECRET = "0171 2345678"
BAD_CONTACTS = (
    replace(ADA, hours=(Hours(time(9), time(18)),), order=2),
    replace(
        BO,
        order=None,
        roles=(),
        phases=(Phase.DURING,),
        begins=date(2026, 12, 24),
        ends=date(2026, 12, 25),
        channels=(Channel(ChannelKind.PHONE, SECRET), Channel(ChannelKind.EMAIL, "bo@example.org", public=True)),
        training=(Training("First aid"),),
    ),
)
FACTS = replace(GOOD, contacts=BAD_CONTACTS, organizers=None)
BAD = Found(
    contacts=BAD_CONTACTS,
    health=health.judge(FACTS),
    gaps=health.gaps(FACTS),
    differences=(
        Difference(
            "Ada", "languages", "de, en-gb", "de", 'Ada, languages: "de, en-gb" in the roster, "de" on the page.'
        ),
        Difference("", "list", "", "", "The page has no list of safety contacts."),
    ),
)
NOT_KNOWN = Found((), "", None, None, (Health("coverage", Grade.UNKNOWN, "No times."),), None)


def shown(found: Found, width: int = 100, event: Event = EVENT, *, colour: bool = False) -> str:
    return team.terminal(event, found, width, colour=colour)


def test_a_team_with_which_all_is_well_gets_one_calm_sentence() -> None:
    assert shown(WELL) == (
        "Safety contacts of Event:Learning Clinic\n"
        "the event is yet to come · from 2026-12-24 09:00 to 2026-12-26 18:00 (UTC+01:00), by the roster · 2\n"
        "contacts in roster.toml · the list on the page has to be renewed on 2026-12-24 09:00 (UTC+01:00)\n"
        "\n"
        "All is well with the response team: everything was looked at, and there is nothing to do.\n"
        "\n"
        "The team (2)\n"
        "  - 1. Ada: reports, decides\n"
        "  - 2. Bo: reports, on site, removes\n"
    )


def test_what_is_wrong_comes_gravest_first_with_what_to_do() -> None:
    text = shown(BAD)
    parts = [
        "1 serious point, 4 points to be put right, ",
        "Serious (1)\n  - Nobody of the team is there from 2026-12-26 00:00",
        "    -> Give somebody hours for that time",
        "To be put right (",
        "Not known (1)\n  - Who organizes the event",
        "When too few are there (local time, Europe/Berlin)",
        "Roster and page: 2 differences\n  - Ada, languages:",
        "The team (2)\n  - 2. Ada: reports, decides; 09:00-18:00\n  - Bo: no role; during the event; from 2026-12-24; until",
    ]
    places = [text.find(part) for part in parts]
    assert -1 not in places
    assert places == sorted(places)


def test_that_roster_and_registration_differ_comes_before_all_that_rests_on_them() -> None:
    facts = replace(FACTS, contradictions=("The roster says 1; the registration says 2.", "Another."))
    text = shown(replace(BAD, health=health.judge(facts)), event=replace(EVENT, id=12), width=200)
    told = "The roster says 1; the registration says 2.\n  - Another.\n    -> Correct the roster, or let an organizer"
    assert f"\nRoster and registration differ (2)\n  - {told}" in text
    assert text.index("Roster and registration differ") < text.index("Serious (1)")
    assert text.count("Another.") == 1
    assert "2026-12-26 18:00 (UTC+01:00), by the registration · " in text


def test_what_to_do_about_points_that_ask_for_the_same_stands_once_below_them() -> None:
    points = [Health("no-mail", Grade.SERIOUS, f"{name} has no mail.", "Ask them.", name) for name in ("Ada", "Bo")]
    points.append(Health("blocked", Grade.SERIOUS, "Cy is blocked.", "Look."))
    told = "  - Ada has no mail.\n  - Bo has no mail.\n    -> Ask them.\n  - Cy is blocked.\n    -> Look.\n"
    assert told in shown(replace(WELL, health=tuple(points)))


def table(found: Found, event: Event = EVENT) -> list[str]:
    lines = shown(found, event=event).splitlines()
    first = next(number for number, line in enumerate(lines) if line.startswith("When too few"))
    return [" ".join(line.split()) for line in lines[first : lines.index("", first)]]


def test_gaps_are_told_by_the_clocks_at_the_event() -> None:
    assert table(BAD) == [
        "When too few are there (local time, Europe/Berlin)",
        "From To UTC How long There",
        "2026-12-24 18:00 2026-12-25 09:00 +01:00 15 h only Bo",
        "2026-12-25 18:00 2026-12-26 00:00 +01:00 6 h only Bo",
        "2026-12-26 00:00 2026-12-26 09:00 +01:00 9 h nobody",
        "2026-12-26 09:00 2026-12-26 18:00 +01:00 9 h only Ada",
    ]


@pytest.mark.parametrize(
    ("zone", "row"),
    [
        pytest.param(
            "Europe/Berlin", "2026-10-25 00:00 2026-10-25 04:00 +02:00, then +01:00 5 h nobody", id="clocks go back"
        ),
        pytest.param("+05:30", "2026-10-25 03:30 2026-10-25 08:30 +05:30 5 h nobody", id="an offset"),
        pytest.param("Mars/Crater", "2026-10-24 22:00 2026-10-25 03:00 +00:00 5 h nobody", id="no such zone"),
    ],
)
def test_offsets_are_those_of_the_moment(zone: str, row: str) -> None:
    start = datetime(2026, 10, 24, 22, tzinfo=UTC)
    found = table(replace(WELL, gaps=(Gap(start, start + timedelta(hours=5)),)), replace(EVENT, timezone=zone))
    assert found[0].endswith(f"(local time, {'UTC' if 'Mars' in zone else zone})")
    assert found[2:] == [row]


def test_of_very_many_gaps_the_rest_is_counted() -> None:
    start = datetime(2026, 1, 1, tzinfo=UTC)
    gaps = tuple(Gap(start + timedelta(days=n), start + timedelta(days=n, hours=1)) for n in range(32))
    assert table(replace(WELL, gaps=gaps))[-1] == "and 2 more times (--json lists all)"
    assert table(replace(WELL, gaps=gaps[:30]))[-1].startswith("2026-01-30")


@pytest.mark.parametrize(
    ("found", "wanted"),
    [
        pytest.param(WELL, team.WELL, id="well"),
        pytest.param(
            replace(WELL, differences=BAD.differences[:1]), "1 difference between roster and page.", id="drift alone"
        ),
        pytest.param(NOT_KNOWN, "1 thing that is not known.", id="not known is never well"),
        pytest.param(
            replace(WELL, health=(Health("coverage", Grade.HINT, "Over."),) * 2), "2 hints.", id="nothing but hints"
        ),
    ],
)
def test_the_headline(found: Found, wanted: str) -> None:
    assert team.headline(found) == wanted


@pytest.mark.parametrize(
    ("phase", "words"),
    [
        pytest.param(Phase.BEFORE, "the event is yet to come", id="before"),
        pytest.param(Phase.DURING, "the event is on", id="during"),
        pytest.param(Phase.AFTER, "the event is over, the team still answers", id="after"),
        pytest.param(None, "the event is over, and the team answers no longer", id="over"),
    ],
)
def test_the_phase_is_told(phase: Phase | None, words: str) -> None:
    assert f"\n{words} · " in shown(replace(WELL, phase=phase), 200)


def test_a_point_with_a_novel_in_it_is_cut() -> None:
    novel = Health("affiliation", Grade.WARNING, f'Everybody belongs to "{"x" * 50_000}".')
    assert len(shown(replace(WELL, health=(novel,)))) < 2000


def test_an_event_without_times_is_not_said_to_come() -> None:
    timeless = Event("Event:Learning Clinic")
    assert "\nit is not known when the event is · 2 contacts" in shown(WELL, event=timeless)


def test_in_a_narrow_window_gaps_stand_one_below_the_other() -> None:
    lines = shown(BAD, 75).splitlines()
    assert "  - from 2026-12-24 18:00 to 2026-12-25 09:00 (UTC+01:00), 15 h: only Bo" in lines
    assert not any(line.startswith("From ") for line in lines)


def test_colour_tells_how_grave_it_is_and_changes_no_word() -> None:
    assert "\x1b[1;31m1 serious point," in shown(BAD, 200, colour=True)
    assert "\x1b[32mAll is well" in shown(WELL, 200, colour=True)
    assert "\x1b[1;33m1 difference" in shown(replace(WELL, differences=BAD.differences[:1]), colour=True)
    plain = [line.rstrip() for line in SGR.sub("", shown(BAD, colour=True)).splitlines()]
    assert plain == shown(BAD).splitlines()


@pytest.mark.parametrize("width", [20, 40, 60, 80, 132])
@pytest.mark.parametrize("found", [BAD, WELL, NOT_KNOWN])
def test_no_line_is_wider_than_the_window(found: Found, width: int) -> None:
    assert all(cell_len(line) <= width for line in shown(found, width).splitlines())


def test_what_is_not_public_is_in_neither_form() -> None:
    for text in (shown(BAD), team.to_json(EVENT, BAD)):
        assert SECRET not in text
    channels = json.loads(team.to_json(EVENT, BAD))["contacts"][1]["channels"]
    assert channels == [
        {"kind": "phone", "value": None, "public": False},
        {"kind": "email", "value": "bo@example.org", "public": True},
    ]


@pytest.mark.parametrize("found", [BAD, WELL, NOT_KNOWN])
def test_json_is_what_its_schema_says_with_keys_in_order(found: Found) -> None:
    document, rules = json.loads(team.to_json(EVENT, found)), schema("contacts")
    jsonschema.Draft202012Validator.check_schema(rules)
    jsonschema.validate(document, rules, cls=jsonschema.Draft202012Validator)
    only_known_keys(document, rules)
    for gap in document["gaps"] or ():
        assert list(gap) == list(rules["properties"]["gaps"]["items"]["properties"])


def test_the_schema_lets_nobody_show_a_private_channel() -> None:
    document = json.loads(team.to_json(EVENT, BAD))
    document["contacts"][1]["channels"][0]["value"] = SECRET
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(document, schema("contacts"), cls=jsonschema.Draft202012Validator)


def test_json_has_times_in_utc_and_by_the_clocks_at_the_event() -> None:
    document = json.loads(team.to_json(EVENT, BAD))
    assert document["next_change"] == "2026-12-24T08:00:00Z"
    assert document["gaps"][0] == {
        "start": "2026-12-24T17:00:00Z",
        "end": "2026-12-25T08:00:00Z",
        "local_start": "2026-12-24T18:00+01:00",
        "local_end": "2026-12-25T09:00+01:00",
        "there": ["Bo"],
    }
    assert json.loads(team.to_json(EVENT, NOT_KNOWN))["gaps"] is None


def test_json_counts_every_grade_also_those_that_did_not_occur() -> None:
    assert json.loads(team.to_json(EVENT, NOT_KNOWN))["summary"] == {
        "serious": 0,
        "warning": 0,
        "unknown": 1,
        "hint": 0,
    }


def spoilt(text: str) -> tuple[Event, Found]:
    contact = replace(BAD_CONTACTS[1], name=text, affiliation=text, languages=(text,), training=(Training(text),))
    channel = Channel(ChannelKind.CHAT, text, public=True)
    start = datetime(2026, 12, 24, tzinfo=UTC)
    return Event(text, name=text, timezone=text, url=text), Found(
        contacts=(replace(contact, channels=(channel,)),),
        source=text,
        health=(Health("blocked", Grade.SERIOUS, text, text, text),),
        gaps=(Gap(start, start + timedelta(hours=1), (text,)),),
        differences=(Difference(text, "hours", text, text, text),),
    )


@settings(max_examples=60, deadline=None)
@given(texts, st.sampled_from([20, 40, 80, 200]), st.booleans())
def test_hostile_words_harm_no_terminal(text: str, width: int, colour: bool) -> None:
    event, found = spoilt(text)
    assert harmless(SGR.sub("", team.terminal(event, found, width, colour=colour)))


@settings(max_examples=40, deadline=None)
@given(texts)
def test_hostile_words_arrive_unchanged_in_json(text: str) -> None:
    document = team.to_json(*spoilt(text))
    assert json.loads(document)["contacts"][0]["name"] == json.loads(document)["differences"][0]["page"] == text
    assert not any(unicodedata.category(c) in {"Cc", "Cf", "Cs"} for c in document.replace("\n", ""))
