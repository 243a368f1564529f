"""The preparation list of the training module, judged item by item from facts and declarations; reads nothing itself.

A fact beats a declaration only where the two contradict each other, and then both are said. What nobody can know from
here is "cannot tell" until somebody declares it: nothing is done by default.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.duty import courses, items, reports
from bot.duty.courses import CourseNeed
from bot.duty.readiness_facts import PageSeen, ReadinessFacts, Seen
from bot.duty.reports import ReportTo
from bot.model import Event, ItemState, ReadinessItem

__all__ = ["PageSeen", "Readiness", "ReadinessFacts", "checklist_values", "judge"]

_CHECKLIST = {
    ItemState.DONE: "done",
    ItemState.MISSING: "missing",
    ItemState.CANNOT_TELL: "unknown",
    ItemState.NOT_APPLICABLE: "na",
}


@dataclass(frozen=True, slots=True)
class Readiness:
    """How ready an event is: every item, whom to report to after it, who needs which course, the emergency number.

    ``emergency`` is a sentence that names the number and says to check it; ``at`` is UTC.
    """

    event: Event
    at: datetime
    items: tuple[ReadinessItem, ...]
    report_to: tuple[ReportTo, ...]
    courses: tuple[CourseNeed, ...]
    emergency: str

    @property
    def counts(self) -> Mapping[ItemState, int]:
        """Return how many items stand how, with each state, also where it did not occur."""
        found = Counter(item.state for item in self.items)
        return {state: found[state] for state in ItemState}


def judge(facts: ReadinessFacts) -> Readiness:
    """Return how ready the event is, by everything that is known."""
    start = facts.start
    roster_courses = facts.roster.courses if facts.roster else ()
    today = facts.now.astimezone(facts.zone).date()
    day = start.astimezone(facts.zone).date() if start else None
    return Readiness(
        event=facts.event,
        at=facts.now,
        items=tuple(ReadinessItem(item.id, item.title, ItemState.CANNOT_TELL, "", item.advice) for item in items.ITEMS),
        report_to=reports.whom(facts.said, facts.settings),
        courses=courses.needs(roster_courses, facts.team, facts.completed, today, day),
        emergency="",
    )


def checklist_values(readiness: Readiness) -> Mapping[str, str]:
    """Return the parameters of {{Event safety checklist}}: the state of each item by its id, and nothing else."""
    return {item.id: _CHECKLIST[item.state] for item in readiness.items}
