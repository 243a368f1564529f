from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.config import Contacts, Notices
from bot.duty import readiness
from bot.duty.items import ITEMS
from bot.duty.named_pages import NamedPage
from bot.duty.readiness import JUDGES, PageSeen, ReadinessFacts, checklist_values, judge
from bot.model import (
    CheckSeen,
    Contact,
    Course,
    Declared,
    Event,
    Grade,
    Health,
    ItemState,
    Phase,
    PolicyKind,
    Role,
    Roster,
    RosterEvent,
    Training,
)
from tests.duty.prepared import (
    ADA,
    BEN,
    CHECK,
    CHI,
    END,
    EVENT,
    FACTS,
    NOW,
    PAGE,
    ROSTER,
    SAFE,
    SAID,
    START,
    facts,
    item,
    state,
)

DONE, MISSING, CANNOT_TELL, NOT_APPLICABLE = ItemState
NOTHING = ReadinessFacts(event=Event("Event:River Meetup"), now=NOW)
ONLINE = replace(EVENT, in_person=False)
IDS = tuple(one.id for one in ITEMS)


def declared(name: str, said: ItemState = DONE, text: str = "", line: int = 30) -> Declared:
    return Declared(name, said, text, line)


def point(code: str, grade: Grade = Grade.WARNING, who: str = "") -> Health:
    return Health(code, grade, f"Something about {code}.", f"Mend {code}.", who)


def test_the_prepared_event_is_done_wherever_facts_can_tell() -> None:
    states = {one.id: one.state for one in judge(FACTS).items}
    assert states == {
        "responsible": DONE,
        "team-size": DONE,
        "independence": CANNOT_TELL,
        "diversity": CANNOT_TELL,
        "tasks": DONE,
        "chain": DONE,
        "escalation": CANNOT_TELL,
        "team-known": DONE,
        "visible": CANNOT_TELL,
        "training": DONE,
        "venue-security": CANNOT_TELL,
        "information": CANNOT_TELL,
        "quiet-room": CANNOT_TELL,
        "signup-reviewed": DONE,
        "agreement": DONE,
        "policies": DONE,
        "printed": CANNOT_TELL,
        "refusals": CANNOT_TELL,
        "self-care": NOT_APPLICABLE,
        "post-review": NOT_APPLICABLE,
    }


@pytest.mark.parametrize("name", IDS)
def test_where_nothing_is_known_nothing_is_done_and_something_is_to_do(name: str) -> None:
    found = item(name, NOTHING)
    assert found.state is CANNOT_TELL
    assert found.where
    assert found.advice


@pytest.mark.parametrize("name", IDS)
def test_done_needs_no_advice_and_all_else_that_is_asked_has_some(name: str) -> None:
    for given_facts in (FACTS, NOTHING, facts(team=(ADA,), page=PageSeen("Event:X"))):
        found = item(name, given_facts)
        assert bool(found.advice) is (found.state in (MISSING, CANNOT_TELL))
        assert found.where.endswith((".", '"'))


RESPONSIBLE = [
    pytest.param(facts(team=(ADA,)), MISSING, "nobody responds on site and nobody removes people", id="two lacking"),
    pytest.param(
        facts(team=(replace(ADA, roles=tuple(Role)),)), DONE, "takes reports: Ada; responds", id="one for all"
    ),
    pytest.param(
        facts(team=(ADA, replace(BEN, roles=(Role.REMOVES,))), event=ONLINE), DONE, "removes people: Ben", id="online"
    ),
    pytest.param(
        facts(team=(ADA, replace(BEN, roles=(Role.REMOVES,))), event=replace(EVENT, in_person=None)),
        CANNOT_TELL,
        "whether people meet in person is not known",
        id="perhaps online",
    ),
    pytest.param(
        facts(health=(point("missing", who="Ben"),)), MISSING, "nobody responds on site", id="no such account"
    ),
    pytest.param(
        facts(health=(point("coverage", who="Ben"),)),
        MISSING,
        "nobody responds on site and nobody removes people. Not counted: Ben, whose hours are outside the event.",
        id="there at no moment of the event",
    ),
    pytest.param(facts(health=(point("coverage"),)), DONE, "responds on site: Ben", id="alone at times"),
    pytest.param(
        facts(
            team=(
                replace(ADA, roles=(Role.REPORTS,)),
                replace(ADA, roles=(Role.DECIDES,), phases=(Phase.DURING, Phase.AFTER)),
                BEN,
            )
        ),
        DONE,
        "decides: Ada",
        id="two entries of one person",
    ),
    pytest.param(
        facts(team=(replace(ADA, roles=(Role.REPORTS,)), replace(ADA, phases=(Phase.AFTER,)), BEN)),
        MISSING,
        "nobody decides",
        id="who decides comes after the event only",
    ),
    pytest.param(facts(team=(), page=replace(PAGE, people=())), MISSING, "Nobody is named", id="nobody"),
    pytest.param(facts(team=()), CANNOT_TELL, "but not what they do", id="names on the page only"),
    pytest.param(facts(team=(), page=None), CANNOT_TELL, "could not be read", id="no roster and no page"),
]
TEAM_SIZE = [
    pytest.param(
        facts(team=(ADA, BEN), health=(Health("missing", Grade.SERIOUS, "No account.", who="Ada"),)),
        MISSING,
        "one contact only: Ben; 2 are needed. Not counted: Ada, whose account cannot be used.",
        id="one has no account",
    ),
    pytest.param(facts(team=(ADA,)), MISSING, "roster.toml names one contact only: Ada; 2 are needed.", id="one"),
    pytest.param(facts(team=(ADA, replace(ADA, line=11))), MISSING, "one contact only", id="one person twice"),
    pytest.param(
        facts(team=(ADA, replace(BEN, phases=(Phase.AFTER,)))), MISSING, "one contact only: Ada", id="the other later"
    ),
    pytest.param(
        facts(team=(replace(BEN, phases=(Phase.AFTER,)),)), MISSING, "nobody who could be there", id="all later"
    ),
    pytest.param(
        facts(team=(ADA, BEN), health=(point("blocked", who="Ben"),)), MISSING, "one contact only", id="blocked"
    ),
    pytest.param(facts(health=(point("coverage"),)), MISSING, "Something about coverage.", id="a gap in the hours"),
    pytest.param(facts(health=(point("coverage", Grade.HINT),)), DONE, "at every moment", id="a hint is no gap"),
    pytest.param(facts(health=(point("coverage", Grade.UNKNOWN),)), CANNOT_TELL, "about coverage", id="not computed"),
    pytest.param(facts(health=None), CANNOT_TELL, "is open", id="health not looked at"),
    pytest.param(facts(now=END), NOT_APPLICABLE, "The event is over; roster.toml names Ada", id="the event is over"),
    pytest.param(facts(event=replace(EVENT, start=None, end=None)), CANNOT_TELL, "is open", id="no times"),
    pytest.param(
        facts(settings=Contacts(minimum=4)), MISSING, "3 contacts only: Ada, Ben and Chi; 4", id="more wanted"
    ),
    pytest.param(
        facts(team=(), page=replace(PAGE, people=("Ada",))), MISSING, "one contact only: Ada", id="one on page"
    ),
    pytest.param(facts(team=()), CANNOT_TELL, "names Ada, Ben and Chi", id="names on the page have no hours"),
]
INDEPENDENCE = [
    pytest.param(facts(team=(ADA,)), MISSING, "Ada is the only one", id="alone"),
    pytest.param(facts(health=(point("affiliation"),)), MISSING, "about affiliation", id="one affiliation"),
    pytest.param(facts(health=(point("only-organizer"),)), MISSING, "about only-organizer", id="the only organizer"),
    pytest.param(facts(health=(point("affiliation", Grade.UNKNOWN),)), CANNOT_TELL, "about affil", id="not on record"),
    pytest.param(facts(replace(SAID, organizers=("Ada", "Ben", "Chi"))), MISSING, "All of the team", id="all organize"),
    pytest.param(
        facts(replace(SAID, organizers=("Ada", "Ben", "Chi"), small=True)), CANNOT_TELL, "organize", id="all, but small"
    ),
    pytest.param(
        facts(replace(SAID, organizers=("Ada",))), CANNOT_TELL, "Ada also organizes the event.", id="one does"
    ),
]
DIVERSITY = [
    pytest.param(facts(team=(ADA,)), MISSING, "no choice of whom", id="alone"),
    pytest.param(facts(health=(point("language"),)), MISSING, "about language", id="nobody speaks the language"),
    pytest.param(FACTS, CANNOT_TELL, "languages: en, hi; affiliations: River User Group", id="what is on record"),
    pytest.param(facts(team=(CHI, replace(CHI, name="Dee"))), CANNOT_TELL, "No page tells", id="nothing on record"),
]
TASKS = [
    pytest.param(facts(team=(ADA, replace(BEN, roles=()))), MISSING, "gives no role to Ben", id="no role"),
    pytest.param(facts(team=(ADA, replace(ADA, roles=()))), DONE, "everybody a role", id="a role in another entry"),
]
CHAIN = [
    pytest.param(facts(team=(ADA, replace(BEN, order=None))), MISSING, "no order", id="one step is no chain"),
    pytest.param(facts(team=(BEN, replace(CHI, order=1))), MISSING, "1. Chi, 2. Ben, nobody decides", id="no decision"),
    pytest.param(facts(health=(point("escalation"),)), MISSING, "about escalation", id="a hole"),
    pytest.param(FACTS, DONE, "roster.toml: 1. Ada, 2. Ben.", id="in order"),
]
COURSE = Course("First aid", roles=(Role.VENUE,))
TRAINING = [
    pytest.param(facts(team=(ADA, replace(BEN, training=()))), MISSING, "on record for Ben", id="one has none"),
    pytest.param(
        facts(team=(ADA, replace(BEN, training=())), completed={"Ben": (SAFE,)}),
        DONE,
        "Ben: Keeping",
        id="by a platform",
    ),
    pytest.param(
        facts(team=(ADA, replace(BEN, training=(replace(SAFE, on=NOW.date() + timedelta(1)),)))),
        MISSING,
        "on record for Ben",
        id="only tomorrow",
    ),
    pytest.param(
        facts(roster=replace(ROSTER, courses=(COURSE,))), MISSING, "Chi: First aid", id="a course of the roster"
    ),
    pytest.param(
        facts(roster=replace(ROSTER, courses=(COURSE,)), completed={"Chi": (Training("first aid"),)}),
        DONE,
        "On record",
        id="that course completed",
    ),
]
KNOWN = [
    pytest.param(facts(page=None), CANNOT_TELL, "could not be read", id="no page"),
    pytest.param(facts(page=replace(PAGE, people=())), MISSING, "names nobody", id="nobody"),
    pytest.param(facts(page=replace(PAGE, people=("Ada",))), MISSING, "one contact only: Ada", id="one"),
    pytest.param(
        facts(page=replace(PAGE, private_report=False, has_contacts_template=False)), MISSING, "in private", id="no way"
    ),
    pytest.param(facts(page=replace(PAGE, private_report=False)), DONE, "names Ada", id="the template has a way"),
    pytest.param(
        facts(health=(point("not-on-page"),), page=replace(PAGE, people=("Ada", "Ben"))),
        MISSING,
        "about not-on-page",
        id="somebody not shown",
    ),
    pytest.param(
        facts(health=(point("not-on-page"),)), DONE, "names Ada, Ben and Chi", id="named in people's own words"
    ),
    pytest.param(FACTS, DONE, 'The page "Event:River Meetup" names Ada, Ben and Chi.', id="all"),
]
RULES = NamedPage("policy", "Event:X/Rules", "Event:X/Rules")
TWO_LATER = (ADA, replace(BEN, phases=(Phase.DURING, Phase.AFTER)), replace(CHI, phases=(Phase.AFTER,)))
ADA_ALONE = replace(PAGE, people=("Ada",))
POLICIES = [
    pytest.param(facts(page=None), CANNOT_TELL, "could not be read", id="no page"),
    pytest.param(
        facts(page=replace(PAGE, policies={})), MISSING, "Universal Code of Conduct and the friendly", id="none"
    ),
    pytest.param(
        facts(page=replace(PAGE, policies={PolicyKind.UCOC: "x", PolicyKind.FRIENDLY: ""})),
        MISSING,
        "link to the friendly space policy.",
        id="an empty link is none",
    ),
    pytest.param(facts(replace(SAID, technical=True)), MISSING, "technical spaces", id="a technical event"),
    pytest.param(facts(replace(SAID, policy="Event:X/Rules")), MISSING, "the event's own policy", id="its own policy"),
    pytest.param(
        facts(absent=(RULES,)),
        MISSING,
        'names "Event:X/Rules" as the event\'s own policy, but',
        id="a policy not there",
    ),
    pytest.param(
        facts(absent=(RULES,), page=replace(PAGE, policies={})),
        MISSING,
        "friendly space policy. The roster names",
        id="neither linked nor there",
    ),
    pytest.param(
        facts(notices=Notices(ucoc="", friendly="")), CANNOT_TELL, "no policy", id="settings without policies"
    ),
    pytest.param(
        facts(notices=Notices(friendly=""), page=replace(PAGE, policies={PolicyKind.UCOC: "x"})),
        DONE,
        "links to the Universal Code of Conduct.",
        id="all that the settings want",
    ),
]
INFORMATION = [
    pytest.param(facts(event=ONLINE), DONE, "there is no venue", id="online, with a line on the page"),
    pytest.param(
        facts(event=ONLINE, page=replace(PAGE, emergency=False)), MISSING, "where to turn", id="online, without"
    ),
    pytest.param(facts(event=ONLINE, page=None), CANNOT_TELL, "could not be read", id="online, no page"),
    pytest.param(FACTS, CANNOT_TELL, "escape routes", id="a number is not all"),
    pytest.param(facts(replace(SAID, emergency_number="")), CANNOT_TELL, "escape routes", id="a line on the page"),
    pytest.param(
        facts(replace(SAID, emergency_number=""), page=replace(PAGE, emergency=False)),
        MISSING,
        "Neither",
        id="no number",
    ),
    pytest.param(facts(replace(SAID, emergency_number=""), page=None), CANNOT_TELL, "no roster has", id="nothing read"),
]
DUE = START - timedelta(days=7)
SIGNUP = [
    pytest.param(facts(check=None), CANNOT_TELL, "No check", id="no check"),
    pytest.param(facts(check=replace(CHECK, registrants=0, checked=0)), CANNOT_TELL, "found nobody", id="nobody"),
    pytest.param(facts(check=replace(CHECK, unknown=2)), MISSING, "left 2 who could not be checked.", id="unknown"),
    pytest.param(facts(check=replace(CHECK, checked=37)), MISSING, "left 3 who could not", id="not all were checked"),
    pytest.param(facts(check=replace(CHECK, flagged=1)), MISSING, "left 1 to be decided.", id="a flag"),
    pytest.param(facts(check=replace(CHECK, to_review=4)), MISSING, "left 4 to be looked at.", id="a look-alike"),
    pytest.param(facts(check=replace(CHECK, at=DUE)), DONE, "read all 40 and left nobody open", id="just fresh"),
    pytest.param(
        facts(check=replace(CHECK, at=DUE - timedelta(seconds=1))), MISSING, "older than 7 days", id="too old"
    ),
    pytest.param(
        facts(event=replace(EVENT, start=None, end=None)), CANNOT_TELL, "when the event begins", id="no start"
    ),
]
AGREEMENT = [
    pytest.param(facts(check=None), CANNOT_TELL, "No check", id="no check"),
    pytest.param(facts(check=replace(CHECK, registrants=0, checked=0)), CANNOT_TELL, "nobody has signed", id="nobody"),
    pytest.param(facts(check=replace(CHECK, not_asked=40)), MISSING, "40 of 40 were not asked", id="not asked"),
    pytest.param(facts(check=replace(CHECK, not_agreed=3)), MISSING, "3 of 40 have not agreed", id="not agreed"),
    pytest.param(
        facts(check=replace(CHECK, unknown=2, unread=2)), CANNOT_TELL, "2 lines and pages could not", id="lines"
    ),
    pytest.param(facts(check=replace(CHECK, unknown=9, unread=1)), CANNOT_TELL, "1 line or page could", id="one line"),
    pytest.param(facts(check=replace(CHECK, checked=26, unknown=14, unread=0)), DONE, "all 40", id="14 in private"),
    pytest.param(
        facts(check=replace(CHECK, unknown=2, unread=None)), CANNOT_TELL, "not on record who", id="an old check"
    ),
    pytest.param(facts(check=replace(CHECK, unread=None)), DONE, "all 40", id="an old check of everybody"),
    pytest.param(facts(check=replace(CHECK, unread=2, not_asked=1)), MISSING, "1 of 40", id="who was not asked first"),
    pytest.param(
        facts(check=replace(CHECK, not_agreed=3, not_asked=9)), MISSING, "3 of 40", id="who did not comes first"
    ),
    pytest.param(FACTS, DONE, "As of the check of 2026-12-19 08:30 UTC, all 40", id="all"),
]
AFTER = [
    pytest.param(facts(now=END), CANNOT_TELL, "No page", id="over"),
    pytest.param(facts(now=END - timedelta(seconds=1)), NOT_APPLICABLE, "ends on 2026-12-25", id="not yet over"),
    pytest.param(facts(event=replace(EVENT, end=None), now=START), NOT_APPLICABLE, "2026-12-25", id="no end is a day"),
    pytest.param(facts(event=replace(EVENT, start=None, end=None)), CANNOT_TELL, "No page", id="no times"),
]
CASES = {
    "responsible": RESPONSIBLE,
    "team-size": TEAM_SIZE,
    "independence": INDEPENDENCE,
    "diversity": DIVERSITY,
    "tasks": TASKS,
    "chain": CHAIN,
    "training": TRAINING,
    "team-known": KNOWN,
    "policies": POLICIES,
    "information": INFORMATION,
    "signup-reviewed": SIGNUP,
    "agreement": AGREEMENT,
    "post-review": AFTER,
}


@pytest.mark.parametrize(
    ("name", "given_facts", "expected", "where"),
    [pytest.param(name, *case.values, id=f"{name}: {case.id}") for name, cases in CASES.items() for case in cases],
)
def test_an_item_stands_as_the_facts_say(
    name: str, given_facts: ReadinessFacts, expected: ItemState, where: str
) -> None:
    found = item(name, given_facts)
    assert (found.state, where in found.where) == (expected, True), found


@pytest.mark.parametrize(
    ("name", "given_facts", "advice"),
    [
        pytest.param("signup-reviewed", facts(check=None), "eventsafety check 'Event:River Meetup'", id="check"),
        pytest.param(
            "signup-reviewed",
            facts(check=replace(CHECK, flagged=1), review_page="User:Bot/Event review/River"),
            "on the page \"User:Bot/Event review/River\", which eventsafety plan 'Event:River Meetup' --task review "
            "-o plan.json makes and keeps, in private, with at least two people; then run",
            id="decide, and what makes the page",
        ),
        pytest.param(
            "signup-reviewed",
            facts(check=replace(CHECK, flagged=1)),
            "Decide about them, in private",
            id="decide where no page is known",
        ),
        pytest.param(
            "agreement",
            facts(check=replace(CHECK, unread=2)),
            "eventsafety check 'Event:River Meetup', which names them; put them right on the wiki",
            id="mend what cannot be read",
        ),
        pytest.param(
            "signup-reviewed",
            facts(now=DUE - timedelta(days=5), check=replace(CHECK, at=DUE - timedelta(days=5))),
            "again on 2026-12-17 or later",
            id="check again later",
        ),
        pytest.param(
            "signup-reviewed", facts(check=replace(CHECK, at=DUE - timedelta(1))), "again now", id="check now"
        ),
        pytest.param(
            "agreement",
            facts(check=replace(CHECK, not_agreed=1)),
            "--remind --roster roster.toml -o plan.json",
            id="remind",
        ),
        pytest.param(
            "policies", facts(page=replace(PAGE, policies={})), "plan 'Event:River Meetup' --task notices", id="plan"
        ),
        pytest.param("policies", facts(absent=(RULES,)), "Make that page, or correct policy in", id="make the page"),
        pytest.param(
            "policies", facts(page=replace(PAGE, policies={})), "put {{Event safety notice}} there", id="taken off"
        ),
        pytest.param("team-known", facts(page=replace(PAGE, people=())), "--task contacts", id="plan the contacts"),
        pytest.param(
            "team-known",
            facts(team=TWO_LATER, page=ADA_ALONE),
            "The roster has no more people for the time before the event (Ben and Chi for another time only, by their "
            "phases): give it some, then run eventsafety plan",
            id="a plan alone would change nothing: phases",
        ),
        pytest.param(
            "team-known",
            facts(team=(ADA,), page=ADA_ALONE),
            "The roster has no more people for the time before the event: give it some, then run",
            id="a plan alone would change nothing: nobody else",
        ),
        pytest.param(
            "team-known",
            facts(team=TWO_LATER, page=replace(ADA_ALONE, has_contacts_template=False)),
            "Run eventsafety plan",
            id="a plan puts up the list",
        ),
        pytest.param(
            "team-known",
            facts(team=TWO_LATER, now=START, page=ADA_ALONE),
            "Run eventsafety plan",
            id="during the event",
        ),
        pytest.param("team-size", facts(health=(point("coverage"),)), "Mend coverage.", id="what health advises"),
        pytest.param("team-size", facts(health=None), "eventsafety contacts", id="look at the health"),
        pytest.param("responsible", facts(team=(), page=None), "--roster FILE", id="give a roster"),
        pytest.param("visible", FACTS, 'Then declare "visible" in the roster.', id="declare"),
        pytest.param(
            "information",
            facts(replace(SAID, emergency_number=""), page=replace(PAGE, emergency=False)),
            "112, which this program knows for IN; check it",
            id="which number",
        ),
    ],
)
def test_advice_is_something_to_do(name: str, given_facts: ReadinessFacts, advice: str) -> None:
    assert advice in item(name, given_facts).advice


@pytest.mark.parametrize("name", ["visible", "venue-security", "quiet-room", "printed"])
@pytest.mark.parametrize(
    ("given_facts", "why"),
    [
        pytest.param(facts(event=ONLINE), "The event is online.", id="online"),
        pytest.param(
            facts(replace(SAID, in_person=False), event=replace(EVENT, in_person=None)), "online", id="roster"
        ),
        pytest.param(facts(replace(SAID, small=True)), "The event is small.", id="small"),
    ],
)
def test_small_and_online_events_have_fewer_items(name: str, given_facts: ReadinessFacts, why: str) -> None:
    found = item(name, given_facts)
    assert found.state is NOT_APPLICABLE
    assert why in found.where
    said = replace(given_facts, roster=replace(ROSTER, event=given_facts.said, declared=(declared(name),)))
    assert state(name, said) is DONE


@pytest.mark.parametrize(
    ("registered", "said", "name", "expected"),
    [
        pytest.param(True, False, "visible", CANNOT_TELL, id="the registration says in person"),
        pytest.param(False, True, "visible", CANNOT_TELL, id="the roster says in person"),
        pytest.param(None, None, "visible", CANNOT_TELL, id="nobody says"),
        pytest.param(False, None, "visible", NOT_APPLICABLE, id="online"),
    ],
)
def test_an_event_is_online_only_if_nobody_says_that_people_meet(
    registered: bool | None, said: bool | None, name: str, expected: ItemState
) -> None:
    assert state(name, facts(replace(SAID, in_person=said), event=replace(EVENT, in_person=registered))) is expected


@pytest.mark.parametrize("name", [one.id for one in ITEMS if one.told.value != "facts" and one.id != "post-review"])
def test_what_no_page_shows_is_as_declared(name: str) -> None:
    for said in ItemState:
        found = item(name, facts(declared=(declared(name, said, "by Ada"),)))
        assert found.state is said
        assert found.where.startswith(f'Declared {said.value} (roster.toml, line 30): "by Ada"')


@pytest.mark.parametrize(
    ("name", "said", "given_facts", "expected", "told"),
    [
        pytest.param(
            "team-size",
            DONE,
            {"team": (ADA,)},
            MISSING,
            'roster.toml names one contact only: Ada; 2 are needed. The roster says otherwise: done (roster.toml, line 30): "so"',
            id="declared done, and one contact only",
        ),
        pytest.param(
            "team-known",
            DONE,
            {"page": replace(PAGE, people=("Ada",))},
            MISSING,
            "says otherwise",
            id="one on the page",
        ),
        pytest.param("policies", DONE, {"page": replace(PAGE, policies={})}, MISSING, "says otherwise", id="no policy"),
        pytest.param("policies", MISSING, {}, DONE, "says otherwise", id="declared missing, and it is there"),
        pytest.param("policies", DONE, {"page": None}, DONE, "Declared done", id="a page that was not read is no fact"),
        pytest.param("signup-reviewed", DONE, {"check": None}, CANNOT_TELL, "says otherwise", id="no check, no review"),
        pytest.param(
            "signup-reviewed", MISSING, {"check": None}, MISSING, "Declared missing", id="known to be missing"
        ),
        pytest.param("signup-reviewed", NOT_APPLICABLE, {"check": None}, NOT_APPLICABLE, "Declared", id="no sign-up"),
        pytest.param(
            "signup-reviewed",
            NOT_APPLICABLE,
            {"check": replace(CHECK, unknown=1)},
            MISSING,
            "left 1",
            id="no sign-up, and somebody signed up",
        ),
        pytest.param("signup-reviewed", MISSING, {}, DONE, "left nobody open", id="the check says otherwise"),
        pytest.param("agreement", DONE, {"check": replace(CHECK, not_agreed=2)}, MISSING, "2 of 40", id="not agreed"),
        pytest.param(
            "independence", DONE, {"health": (point("affiliation"),)}, MISSING, "affil", id="same affiliation"
        ),
        pytest.param(
            "chain", DONE, {"team": (CHI, CHI)}, DONE, "no order in which", id="the chain is written elsewhere"
        ),
        pytest.param("chain", MISSING, {}, MISSING, "roster.toml: 1. Ada", id="an order is not yet agreed"),
        pytest.param(
            "training", DONE, {"team": (ADA, replace(CHI, training=()))}, DONE, "for Chi", id="trained in person"
        ),
        pytest.param("post-review", DONE, {}, NOT_APPLICABLE, "Not yet", id="reviewed before it happened"),
        pytest.param("post-review", DONE, {"now": END}, DONE, "Declared done", id="reviewed after it happened"),
        pytest.param("self-care", DONE, {}, DONE, "Declared done", id="planned"),
    ],
)
def test_a_fact_beats_a_declaration_only_where_they_contradict_and_both_are_said(
    name: str, said: ItemState, given_facts: dict[str, Any], expected: ItemState, told: str
) -> None:
    found = item(name, facts(declared=(declared(name, said, "so"),), **given_facts))
    assert (found.state, told in found.where) == (expected, True), found
    assert f'{said.value} (roster.toml, line 30): "so"' in found.where


@pytest.mark.parametrize(
    ("name", "given_facts"),
    [
        pytest.param("responsible", {"team": (ADA,)}, id="a task is nobody's"),
        pytest.param("responsible", {"team": (), "page": replace(PAGE, people=())}, id="nobody is named"),
        pytest.param("team-size", {"team": (ADA,)}, id="one person"),
        pytest.param("team-size", {"health": (point("coverage"),)}, id="a gap in the hours"),
        pytest.param("independence", {"team": (ADA,)}, id="independent of nobody"),
        pytest.param("independence", {"said": replace(SAID, organizers=("Ada", "Ben", "Chi"))}, id="all organize"),
        pytest.param("diversity", {"team": (ADA,)}, id="one is not diverse"),
        pytest.param("diversity", {"health": (point("language"),)}, id="nobody speaks the language"),
        pytest.param("tasks", {"team": (ADA, replace(BEN, roles=()))}, id="a member without a role"),
        pytest.param(
            "team-known",
            {"health": (point("not-on-page"),), "page": replace(PAGE, people=("Ada", "Ben"))},
            id="not on the page",
        ),
        pytest.param("team-known", {"page": replace(PAGE, people=("Ada",))}, id="one on the page"),
        pytest.param(
            "team-known",
            {"page": replace(PAGE, private_report=False, has_contacts_template=False)},
            id="no private way",
        ),
        pytest.param("signup-reviewed", {"check": replace(CHECK, at=DUE - timedelta(1))}, id="an old check"),
    ],
)
def test_what_contradicts_a_declaration_stays_missing(name: str, given_facts: dict[str, Any]) -> None:
    found = item(name, facts(declared=(declared(name),), **given_facts))
    assert found.state is MISSING
    assert "The roster says otherwise: done" in found.where


def test_a_check_that_found_nobody_is_no_review_even_if_declared() -> None:
    check = replace(CHECK, registrants=0, checked=0)
    assert state("signup-reviewed", facts(check=check, declared=(declared("signup-reviewed"),))) is CANNOT_TELL


def test_a_course_that_the_roster_asks_for_is_not_declared_away() -> None:
    roster = replace(ROSTER, courses=(COURSE,), declared=(declared("training"),))
    assert state("training", facts(roster=roster)) is MISSING


def test_what_facts_settle_is_not_advised_to_be_declared() -> None:
    roster = replace(ROSTER, courses=(COURSE,))
    assert "declare" not in item("training", facts(roster=roster)).advice
    assert "declare" in item("training", facts(team=(CHI, replace(CHI, name="Dee", training=())))).advice
    said = facts(declared=(declared("printed", MISSING),))
    assert item("printed", said).advice == item("printed", FACTS).advice


def test_of_several_declarations_the_least_good_holds() -> None:
    said = (declared("printed", DONE), declared("printed", MISSING, line=31), declared("printed", NOT_APPLICABLE))
    assert item("printed", facts(declared=said)).where == "Declared missing (roster.toml, line 31)."


def test_a_declaration_without_line_or_text_names_the_roster() -> None:
    roster = Roster(declared=(Declared("printed", DONE),))
    assert item("printed", replace(NOTHING, roster=roster)).where == "Declared done (the roster)."


def test_whose_account_cannot_be_used_covers_no_hour() -> None:
    found = item("team-size", facts(health=(point("blocked", who="Chi"),), team=(ADA, BEN, CHI)))
    assert found.state is DONE
    early = tuple(replace(one, ends=START.date()) for one in (ADA, BEN))
    found = item("team-size", facts(health=(point("blocked", who="Chi"),), team=(*early, CHI)))
    assert found.state is CANNOT_TELL
    assert "Without Chi, whose account cannot be used" in found.where


@pytest.mark.parametrize(
    ("start", "end"),
    [
        pytest.param(None, END, id="no start"),
        pytest.param(None, None, id="neither"),
        pytest.param(START, None, id="no end"),
    ],
)
def test_hours_that_cannot_be_counted_are_not_counted(start: datetime | None, end: datetime | None) -> None:
    event = replace(EVENT, start=start, end=end)
    found = item("team-size", facts(health=(point("blocked", who="Chi"),), event=event))
    assert "Without Chi" not in found.where
    assert found.state is (DONE if start else CANNOT_TELL)


def test_a_person_with_several_entries_is_one_with_all_that_they_say() -> None:
    later = replace(ADA, roles=(Role.REMOVES,), order=3, affiliation="", languages=("bn",), phases=(Phase.AFTER,))
    (found,) = facts(team=(replace(later, order=5), later, ADA)).people
    assert found.order == 1
    assert found.affiliation == "River User Group"
    assert found.languages == ("bn", "en")
    assert set(found.roles) == {Role.REMOVES, *ADA.roles}
    assert set(found.phases) == set(Phase)


@pytest.mark.parametrize(
    ("source", "given_facts", "expected"),
    [
        pytest.param("roster", FACTS, "roster.toml", id="roster"),
        pytest.param("page", FACTS, 'the page "Event:River Meetup"', id="page"),
        pytest.param(
            "page", facts(page=replace(PAGE, has_contacts_template=False)), "roster.toml", id="a page without contacts"
        ),
        pytest.param("page", facts(page=None), "roster.toml", id="a page that was not read"),
        pytest.param(
            "roster", replace(FACTS, roster=Roster(SAID)), 'the page "Event:River Meetup"', id="roster of none"
        ),
        pytest.param("roster", facts(roster=None), 'the page "Event:River Meetup"', id="no roster"),
        pytest.param("roster", facts(roster=None, page=None), "the page", id="neither"),
        pytest.param("roster", facts(roster=replace(ROSTER, source="")), "the roster", id="a roster without a name"),
    ],
)
def test_where_the_team_is_written_down(source: str, given_facts: ReadinessFacts, expected: str) -> None:
    settings = Contacts(source="page" if source == "page" else "roster")
    assert replace(given_facts, settings=settings).source == expected


def test_times_of_the_roster_are_local_to_its_time_zone() -> None:
    start, end = map(datetime.fromisoformat, ("2026-12-24T00:30", "2026-12-24T18:00"))
    said = RosterEvent(timezone="Asia/Kolkata", start=start, end=end)
    found = ReadinessFacts(event=Event("X"), now=datetime(2026, 12, 23, 19, tzinfo=UTC), roster=Roster(event=said))
    assert found.start == datetime(2026, 12, 23, 19, tzinfo=UTC)
    assert found.end == datetime(2026, 12, 24, 12, 30, tzinfo=UTC)
    assert str(found.today) == "2026-12-24"


def test_a_title_in_a_command_is_one_word_for_a_shell() -> None:
    assert replace(NOTHING, event=Event("Event:A'; rm -rf $HOME")).command("check") == (
        "eventsafety check 'Event:A'\"'\"'; rm -rf $HOME'"
    )
    assert replace(NOTHING, event=Event("")).command("check") == "eventsafety check EVENT"


def test_no_private_address_of_the_team_is_told() -> None:
    assert "+91 1 234" not in repr(judge(FACTS))
    assert "With telephone or chat: Ada." in item("escalation", FACTS).where


def test_the_rest_of_a_judgement() -> None:
    found = judge(facts(roster=replace(ROSTER, courses=(COURSE,))))
    assert [(need.who, need.course) for need in found.courses] == [("Chi", "First aid")]
    assert found.report_to[0].address == "ca@wikimedia.org"
    assert found.emergency.startswith("Emergency number: 112")
    assert judge(facts(event=ONLINE)).emergency.startswith("The event is online: in immediate danger")
    assert found.at == NOW
    assert found.contradictions == ()
    apart = judge(facts(health=(point("roster"), point("coverage"))))
    assert apart.contradictions == (point("roster").text,)
    assert sum(found.counts.values()) == len(ITEMS)
    assert list(found.counts) == list(ItemState)
    assert found.words == tuple(sorted(found.words, key=len, reverse=True))
    assert {"Ada", "Event:River Meetup", "First aid"} <= set(found.words)


def test_the_checklist_holds_states_and_nothing_else() -> None:
    values = checklist_values(judge(facts(declared=(declared("printed", NOT_APPLICABLE, "secret"),))))
    assert tuple(values) == IDS
    assert values["printed"] == "na"
    assert values["visible"] == "unknown"
    assert values["policies"] == "done"
    assert checklist_values(judge(facts(team=(ADA,))))["team-size"] == "missing"
    assert set(values.values()) <= {"done", "missing", "unknown", "na"}


def test_a_page_does_not_tell_what_a_check_found() -> None:
    found = [replace(CHECK, flagged=f, to_review=r, unknown=u) for f in (0, 2) for r in (0, 1) for u in (0, 3)]
    shown = {checklist_values(judge(facts(check=one)))["signup-reviewed"] for one in found}
    assert shown == {"done"}
    assert checklist_values(judge(facts(check=None)))["signup-reviewed"] == "unknown"
    assert checklist_values(judge(facts(check=replace(CHECK, at=DUE - timedelta(1)))))["signup-reviewed"] == "unknown"


names = st.sampled_from(["Ada", "Ben", "Chi", "Dee"])
contacts = st.builds(
    Contact,
    name=names,
    roles=st.lists(st.sampled_from(Role), max_size=5, unique=True).map(tuple),
    phases=st.lists(st.sampled_from(Phase), max_size=3, unique=True).map(tuple),
    training=st.sampled_from([(), (SAFE,)]),
    order=st.none() | st.integers(1, 3),
)
numbers = st.integers(0, 3)
any_facts = st.builds(
    ReadinessFacts,
    event=st.sampled_from([EVENT, ONLINE, Event("Event:X"), replace(EVENT, in_person=None)]),
    now=st.sampled_from([NOW, DUE - timedelta(days=3), START, END + timedelta(days=1)]),
    roster=st.none()
    | st.builds(
        Roster,
        event=st.sampled_from([SAID, RosterEvent(), RosterEvent(small=True, technical=True, timezone="No/Where")]),
        declared=st.lists(
            st.builds(Declared, item=st.sampled_from(IDS), state=st.sampled_from(ItemState)), max_size=4
        ).map(tuple),
        courses=st.sampled_from([(), (COURSE,)]),
    ),
    team=st.lists(contacts, max_size=4).map(tuple),
    health=st.none()
    | st.lists(
        st.builds(
            point,
            st.sampled_from(["coverage", "blocked", "missing", "affiliation", "language", "not-on-page", "escalation"]),
            st.sampled_from(Grade),
            names,
        ),
        max_size=3,
    ).map(tuple),
    page=st.sampled_from([None, PAGE, PageSeen("Event:X"), PageSeen("Event:X", people=("Ada",))]),
    check=st.none()
    | st.builds(
        CheckSeen,
        at=st.sampled_from([CHECK.at, DUE - timedelta(1)]),
        registrants=numbers,
        checked=numbers,
        flagged=numbers,
        to_review=numbers,
        unknown=numbers,
        not_agreed=numbers,
        not_asked=numbers,
    ),
)


@given(any_facts)
def test_every_item_is_judged_whatever_is_known(given_facts: ReadinessFacts) -> None:
    found = judge(given_facts)
    assert tuple(one.id for one in found.items) == IDS
    for one in found.items:
        assert one.where
        assert bool(one.advice) is (one.state in (MISSING, CANNOT_TELL))


@given(any_facts)
def test_done_is_seen_or_declared_and_never_a_default(given_facts: ReadinessFacts) -> None:
    said = {one.item for one in given_facts.roster.declared} if given_facts.roster else set()
    for one in judge(given_facts).items:
        if one.state is DONE and one.id not in said:
            assert one.id in JUDGES
            assert JUDGES[one.id](given_facts).state is DONE


@given(any_facts)
def test_a_sign_up_list_is_reviewed_only_by_a_check_that_left_nobody(given_facts: ReadinessFacts) -> None:
    if state("signup-reviewed", given_facts) is DONE:
        check = given_facts.check
        assert check is not None
        assert check.registrants == check.checked > 0
        assert (check.flagged, check.to_review, check.unknown) == (0, 0, 0)
        assert given_facts.start is not None
        assert check.at >= given_facts.start - timedelta(days=7)


@given(any_facts)
def test_a_team_of_one_is_never_large_enough(given_facts: ReadinessFacts) -> None:
    if len({one.name for one in given_facts.team}) == 1:
        assert state("team-size", given_facts) in (MISSING, NOT_APPLICABLE) or "team-size" in {
            one.item for one in (given_facts.roster or Roster()).declared
        }
        assert state("team-size", replace(given_facts, roster=None)) is MISSING


def test_the_public_names_of_the_module_are_there() -> None:
    assert all(hasattr(readiness, name) for name in readiness.__all__)
