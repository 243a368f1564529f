"""What each item of the preparation list asks for, where that is written, and what to do about it; judges nothing.

Taken from the training module "Keeping events safe" (https://meta.wikimedia.org/wiki/Training_modules/
Keeping_events_safe), its pages "Before the event: Event organizing team" and "After the event".
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

BEFORE = "Before the event: Event organizing team"
REVIEW = "After the event: Conduct a post-incident review"
SELF_CARE = "After the event: Get self-care"


class Told(StrEnum):
    """How it can be known whether an item is done."""

    FACTS = "facts"
    BOTH = "facts and declaration"
    DECLARED = "declaration"


@dataclass(frozen=True, slots=True)
class Item:
    """One item of the list: what is to be there, which part of the training module says so, what to do if it is not.

    ``in_person_only`` means nothing online; a small event may leave out what is ``for_larger`` ones ("you can only do
    what you have the capacity for").
    """

    id: str
    title: str
    source: str
    advice: str
    told: Told
    in_person_only: bool = False
    for_larger: bool = False


ITEMS: tuple[Item, ...] = (
    Item(
        "responsible",
        "Somebody takes reports, somebody responds on site, somebody decides, somebody removes people.",
        BEFORE,
        'Give every one of these tasks to a [[contact]] of the roster, for example roles = ["reports", "on site"].',
        Told.FACTS,
    ),
    Item(
        "team-size",
        "The response team is large enough at every moment of the event.",
        BEFORE,
        "Add people or hours to the [[contact]] tables of the roster, so that nobody is ever alone with a report.",
        Told.FACTS,
    ),
    Item(
        "independence",
        "The team has no other duties at the event, and nobody in it would have to judge a report about themselves.",
        BEFORE,
        "Take somebody into the team who organizes nothing and belongs to no affiliate that the others belong to.",
        Told.BOTH,
    ),
    Item(
        "diversity",
        "The team has people of different backgrounds, so that everybody finds somebody they can talk to.",
        BEFORE,
        "Take people of different cultures, genders and languages into the team; at least two even at a small event.",
        Told.BOTH,
    ),
    Item(
        "tasks",
        "Every member of the team knows what they are to do.",
        BEFORE,
        "Write the roles of every [[contact]] into the roster and go through them with the team.",
        Told.BOTH,
    ),
    Item(
        "chain",
        "There is a chain of command: who is told what, when, and by whom.",
        BEFORE,
        'Give at least two [[contact]] tables an order (order = 1, order = 2 …), one of them with the role "decides".',
        Told.BOTH,
    ),
    Item(
        "escalation",
        "There is a quick and discreet way to call more of the team, or the venue's security.",
        BEFORE,
        "Agree on telephones or a chat, and on code words for what others may hear.",
        Told.DECLARED,
    ),
    Item(
        "team-known",
        "Everybody can find out whom to report to, and how.",
        BEFORE,
        "Put the team on the event page with {{Event safety contacts}}.",
        Told.FACTS,
    ),
    Item(
        "visible",
        "The team is easily recognised at the event.",
        BEFORE,
        "Choose shirts, hats or badges for the team, in colours that people with impaired sight can tell apart.",
        Told.DECLARED,
        in_person_only=True,
        for_larger=True,
    ),
    Item(
        "training",
        "Every member of the team is trained.",
        BEFORE,
        'Let everybody take the training module or a course, and write training = ["Keeping events safe (2026-01-02)"] '
        "into their [[contact]]; refresh it on the day.",
        Told.BOTH,
    ),
    Item(
        "venue-security",
        "It is known whether the venue has security, and what more is needed.",
        BEFORE,
        "Ask the venue before it is booked; where it has no security, judge the risk and hire some if need be.",
        Told.DECLARED,
        in_person_only=True,
        for_larger=True,
    ),
    Item(
        "information",
        "What is needed in an emergency is at hand: numbers, hotlines, police, hospital, escape routes.",
        BEFORE,
        "Set emergency_number in [event] of the roster, and put the other numbers and ways where all can see them.",
        Told.BOTH,
    ),
    Item(
        "quiet-room",
        "There is a quiet room where somebody can calm down and speak without being heard.",
        BEFORE,
        "Reserve a room that keeps sound in, and tell the team where it is.",
        Told.DECLARED,
        in_person_only=True,
        for_larger=True,
    ),
    Item(
        "signup-reviewed",
        "The sign-up list was looked through for people who may not attend.",
        BEFORE,
        "Check the list, and decide what it found.",
        Told.FACTS,
    ),
    Item(
        "agreement",
        "Everybody agrees to the rules of conduct when they sign up.",
        BEFORE,
        "Ask for it where people sign up: by a registration of CampaignEvents, or a column or parameter of the list.",
        Told.BOTH,
    ),
    Item(
        "policies",
        "The event page names the rules of conduct that hold at the event.",
        BEFORE,
        "Put {{Event safety notice}} on the event page.",
        Told.FACTS,
    ),
    Item(
        "printed",
        "The rules of conduct are there in print, to be handed out with badge or information pack.",
        BEFORE,
        "Print the friendly space policy with the names of the team.",
        Told.DECLARED,
        in_person_only=True,
        for_larger=True,
    ),
    Item(
        "refusals",
        "Whoever is refused is told in writing, with at least two people in copy.",
        BEFORE,
        "Agree on who writes and which two are in copy. About a ban by the Wikimedia Foundation, its Trust and Safety "
        "team tells the person, not you.",
        Told.DECLARED,
    ),
    Item(
        "self-care",
        "Those who dealt with incidents are looked after.",
        SELF_CARE,
        "Plan a talk for the team, and find out who offers counselling.",
        Told.DECLARED,
    ),
    Item(
        "post-review",
        "After the event the team reviews what happened, and shares an anonymized report.",
        REVIEW,
        "Meet, write down what worked and what did not, and give the organizers a version that names nobody.",
        Told.DECLARED,
    ),
)
BY_ID = {item.id: item for item in ITEMS}


# What to write into the roster for an item that no page shows; a report says it once.
DECLARE = (
    'What no page shows is declared in the roster: a [[declared]] table with item = "quiet-room", state = "done" (or '
    '"missing", or "not applicable") and text = "where it is".'
)


def how_to_declare(item: Item) -> str:
    """Return that an item has to be declared, and under which id, empty where facts tell."""
    if item.told is Told.BOTH:
        return f'If it is done and shows nowhere, declare "{item.id}" in the roster.'
    return "" if item.told is Told.FACTS else f'Then declare "{item.id}" in the roster.'


# What to do before anything else where nobody gave a roster.
BEGIN = (
    "No roster was given. It is one file in which you write down the team and what is prepared (the README shows one); "
    "give it with --roster FILE, and most of this list is read from it."
)
