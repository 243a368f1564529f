"""Whether the response team can do its work, point by point in plain sentences; asks no wiki and has no clock.

The codes are stable: roster (contradicts the registration) · nobody · coverage, phase · reports, escalation · missing,
renamed, blocked, no-mail, inactive, unknown (of an account) · affiliation, language, training, only-organizer,
not-on-page, emergency · address · page.
Whatever could not be looked at has the code of its matter and the grade UNKNOWN.
"""

from __future__ import annotations

from bot.duty import contradictions, health_accounts, health_addresses, health_coverage, health_roles, health_team
from bot.duty.health_coverage import gaps
from bot.duty.health_facts import HealthFacts
from bot.model import Grade, Health

__all__ = ["HealthFacts", "gaps", "judge"]

PARTS = (health_coverage, health_roles, health_accounts, health_team, health_addresses)


def judge(facts: HealthFacts) -> tuple[Health, ...]:
    """Return every point, gravest first; none means that everything was looked at and is well.

    Of points alike those come first on which the others rest, that roster and registration differ.
    What could not be looked at is a point of the grade UNKNOWN. A team of nobody is one point: the rest follows.
    """
    unread = tuple(Health("page", Grade.UNKNOWN, text, "Correct it on the page.") for text in facts.unread)
    apart = tuple(Health("roster", Grade.WARNING, text, contradictions.ADVICE) for text in facts.contradictions)
    if not facts.team:
        gone = "any longer: everybody's last day is past" if facts.contacts else "for this event"
        text = f"There is no safety contact {gone}, so participants have nobody to turn to."
        advice = f"Name at least {facts.settings.minimum} people in a roster, and give it with --roster."
        return (Health("nobody", Grade.SERIOUS, text, advice), *apart, *unread)
    grades = list(Grade)
    found = (*apart, *(point for part in PARTS for point in part.points(facts)), *unread)
    return tuple(sorted(dict.fromkeys(found), key=lambda point: grades.index(point.grade)))
