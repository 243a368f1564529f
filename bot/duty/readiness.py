"""The preparation list of the training module, judged item by item from facts and declarations; reads nothing itself.

A fact beats a declaration only where the two contradict each other, and then both are said. What nobody can know from
here is "cannot tell" until somebody declares it: nothing is done by default.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.duty import courses, emergency, event_items, items, reports, team_items
from bot.duty.courses import CourseNeed
from bot.duty.items import Item, how_to_declare
from bot.duty.readiness_facts import PageSeen, ReadinessFacts, Seen
from bot.duty.reports import ReportTo
from bot.model import Declared, Event, ItemState, ReadinessItem, Roster

__all__ = ["PageSeen", "Readiness", "ReadinessFacts", "checklist_values", "judge"]

_CHECKLIST = {
    ItemState.DONE: "done",
    ItemState.MISSING: "missing",
    ItemState.CANNOT_TELL: "unknown",
    ItemState.NOT_APPLICABLE: "na",
}
_REVIEWED = "signup-reviewed"
_WORST_FIRST = (ItemState.MISSING, ItemState.CANNOT_TELL, ItemState.NOT_APPLICABLE, ItemState.DONE)
_NO_PAGE = Seen(ItemState.CANNOT_TELL, "No page shows it.")
# The items of which facts say something; the others can only be declared.
JUDGES: Mapping[str, Callable[[ReadinessFacts], Seen]] = {
    "responsible": team_items.responsible,
    "team-size": team_items.team_size,
    "independence": team_items.independence,
    "diversity": team_items.diversity,
    "tasks": team_items.tasks,
    "chain": team_items.chain,
    "escalation": team_items.escalation,
    "team-known": event_items.team_known,
    "training": team_items.training,
    "venue-security": team_items.venue_security,
    "information": event_items.information,
    _REVIEWED: event_items.signup_reviewed,
    "agreement": event_items.agreement,
    "policies": event_items.policies,
    "self-care": event_items.self_care,
    "post-review": event_items.post_review,
}


@dataclass(frozen=True, slots=True)
class Readiness:
    """How ready an event is: every item, whom to report to after it, who needs which course, the emergency number.

    ``contradictions`` are sentences about where roster and registration differ. ``emergency`` is a sentence that names
    the number and says to check it; ``at`` is UTC. ``words`` are names and texts of others that may stand within
    sentences, longest first, so that each can be set apart. ``was_checked``: the sign-up list was looked through late
    enough, whatever was found.
    """

    event: Event
    at: datetime
    items: tuple[ReadinessItem, ...]
    report_to: tuple[ReportTo, ...]
    courses: tuple[CourseNeed, ...]
    emergency: str
    contradictions: tuple[str, ...] = ()
    has_roster: bool = True
    words: tuple[str, ...] = ()
    was_checked: bool = False

    @property
    def counts(self) -> Mapping[ItemState, int]:
        """Return how many items stand how, with each state, also where it did not occur."""
        found = Counter(item.state for item in self.items)
        return {state: found[state] for state in ItemState}


def judge(facts: ReadinessFacts) -> Readiness:
    """Return how ready the event is, by everything that is known."""
    asked = facts.roster.courses if facts.roster else ()
    day = facts.day(facts.start) if facts.start else None
    return Readiness(
        event=facts.event,
        at=facts.now,
        items=tuple(_judged(item, facts) for item in items.ITEMS),
        report_to=reports.whom(facts.said, facts.settings),
        courses=courses.needs(asked, facts.people, facts.completed, facts.today, day),
        emergency=emergency.ONLINE if facts.in_person is False else emergency.sentence(facts.said),
        contradictions=tuple(point.text for point in facts.points("roster")),
        has_roster=facts.roster is not None,
        words=_words(facts),
        was_checked=event_items.was_checked(facts),
    )


def checklist_values(readiness: Readiness) -> Mapping[str, str]:
    """Return the parameters of {{Event safety checklist}}: the state of each item by its id, and nothing else.

    Of the sign-up list it tells whether it was looked through, never what was found: a likeness is no public matter.
    """
    values = {item.id: _CHECKLIST[item.state] for item in readiness.items}
    if values[_REVIEWED] != _CHECKLIST[ItemState.NOT_APPLICABLE]:
        values[_REVIEWED] = _CHECKLIST[ItemState.DONE if readiness.was_checked else ItemState.CANNOT_TELL]
    return values


def _judged(item: Item, facts: ReadinessFacts) -> ReadinessItem:
    said = _declared(item, facts)
    if said is None and (why := _not_for(item, facts)):
        return ReadinessItem(item.id, item.title, ItemState.NOT_APPLICABLE, why)
    seen = JUDGES[item.id](facts) if item.id in JUDGES else _NO_PAGE
    if said is None:
        return _row(item, seen.state, seen.text, _advice(item, seen))
    if _beats(seen, said):
        return _row(
            item, seen.state, f"{seen.text} The roster says otherwise: {_quoted(said, facts)}", _advice(item, seen)
        )
    also = f" {seen.text}" if seen.state not in (said.state, ItemState.CANNOT_TELL) else ""
    return _row(item, said.state, f"Declared {_quoted(said, facts)}{also}", _advice(item, _NO_PAGE))


def _advice(item: Item, seen: Seen) -> str:
    """Return what to do about an item; what facts settle, no declaration will help."""
    told = seen.advice or item.advice
    return told if seen.settled else f"{told} {how_to_declare(item)}".rstrip()


def _declared(item: Item, facts: ReadinessFacts) -> Declared | None:
    """Return what the roster declares of an item; the least good of it, if it declares several things."""
    found = [one for one in (facts.roster.declared if facts.roster else ()) if one.item == item.id]
    return min(found, key=lambda one: _WORST_FIRST.index(one.state), default=None)


def _not_for(item: Item, facts: ReadinessFacts) -> str:
    """Return why an item is not asked of this event, empty when it is."""
    if item.in_person_only and facts.in_person is False:
        return "The event is online."
    return "The event is small." if item.for_larger and facts.is_small else ""


def _beats(seen: Seen, said: Declared) -> bool:
    """Return whether a fact stands against what is declared: only one that settles the matter, and differently.

    What facts leave open, "done" cannot be declared of such an item, but that it is missing or does not apply can.
    """
    if not seen.settled or seen.state is said.state:
        return False
    return seen.state is not ItemState.CANNOT_TELL or said.state is ItemState.DONE


def _quoted(said: Declared, facts: ReadinessFacts) -> str:
    source = (facts.roster.source if facts.roster else "") or "the roster"
    where = f"{source}, line {said.line}" if said.line else source
    return f'{said.state.value} ({where}): "{said.text}"' if said.text else f"{said.state.value} ({where})."


def _row(item: Item, state: ItemState, where: str, advice: str) -> ReadinessItem:
    is_open = state in (ItemState.MISSING, ItemState.CANNOT_TELL)
    return ReadinessItem(item.id, item.title, state, where, advice if is_open else "")


def _words(facts: ReadinessFacts) -> tuple[str, ...]:
    roster = facts.roster or Roster()
    said = {
        facts.event.title,
        facts.review_page,
        roster.source,
        *(facts.page.people if facts.page else ()),
        *([facts.page.title] if facts.page else ()),
        *(one.name for one in facts.team),
        *(one.affiliation for one in facts.team),
        *(training.course for one in facts.team for training in one.training),
        *(training.course for taken in facts.completed.values() for training in taken),
        *(page.written for page in facts.absent),
        *(course.name for course in roster.courses),
        *(course.cohort for course in roster.courses),
        *(one.text for one in roster.declared),
        roster.event.emergency_number,
    }
    return tuple(sorted(said - {""}, key=lambda word: (-len(word), word)))
