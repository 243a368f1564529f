"""Whether each task of a response team is somebody's and the next to call is known; knows no hours and no accounts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice

from bot.duty import phases
from bot.duty.health_facts import HealthFacts, listing, people
from bot.model import Contact, Grade, Health, Phase, Role

ESCALATION = "escalation"
MANY = 10
TASKS = {
    Role.REPORTS: ("reports", Grade.SERIOUS, "taking reports", 'Give at least two people the role "reports".'),
    Role.DECIDES: (
        ESCALATION,
        Grade.WARNING,
        "deciding what follows from a report",
        'Give somebody the role "decides".',
    ),
    Role.REMOVES: (ESCALATION, Grade.WARNING, "removing people", 'Give somebody the role "removes".'),
}
# What each task is needed in: reports come at any time, and nobody has to leave an event that is not on.
NEEDED = {Role.REPORTS: tuple(Phase), Role.DECIDES: tuple(Phase), Role.REMOVES: (Phase.DURING,)}
PLACES = "Number the team in the order in which they are called: order 1, 2, 3 …"


def points(facts: HealthFacts) -> Iterable[Health]:
    """Yield which tasks nobody has, and where the order of escalation has no beginning, a hole or two of a kind."""
    teams = {phase: team for phase in facts.to_come if (team := phases.of(facts.team, phase))}
    if not teams:
        return
    if not any(one.roles for team in teams.values() for one in team):
        text = "Nobody on the team has a task: who takes reports, decides and removes people is not said."
        yield Health("reports", Grade.SERIOUS, text, "Give each contact their roles.")
    else:
        for role, (code, grade, what, advice) in TASKS.items():
            without = [
                phase
                for phase, team in teams.items()
                if phase in NEEDED[role] and not any(role in one.roles for one in team)
            ]
            if without:
                yield Health(code, grade, f"Nobody has the task of {what} {_when(without)}.", advice)
        yield from _alone(teams.get(Phase.DURING, ()))
    yield from _order(teams)


def _alone(team: Sequence[Contact]) -> Iterable[Health]:
    takers = people(one for one in team if Role.REPORTS in one.roles)
    if len(takers) == 1 and len(people(team)) > 1:
        why = "who has something to say of them has nobody to turn to"
        text = f"Only {listing(takers)} takes reports during the event: {why}."
        yield Health("reports", Grade.WARNING, text, 'Give a second person the role "reports".', takers[0])


def _order(teams: dict[Phase, tuple[Contact, ...]]) -> Iterable[Health]:
    """Yield each trouble once, with the phases that it holds for."""
    found: dict[tuple[Grade, str, str], list[Phase]] = {}
    for phase, team in teams.items():
        for trouble in _path(team):
            found.setdefault(trouble, []).append(phase)
    for (grade, text, advice), when in found.items():
        yield Health(ESCALATION, grade, f"{text} {_when(when)}.", advice)


def _path(team: Sequence[Contact]) -> Iterable[tuple[Grade, str, str]]:
    places = _places(team)
    if not places:
        yield Grade.WARNING, "Nobody has a place in the escalation, so whom to call next is not clear", PLACES
        return
    if 1 not in places:
        yield Grade.WARNING, "Nobody is called first: no contact has order 1", PLACES
    holes = list(islice((place for place in range(2, max(places)) if place not in places), MANY))
    if holes:
        text = f"The escalation has a hole: nobody has order {', '.join(map(str, holes))}"
        yield Grade.HINT, text, PLACES
    for place, names in places.items():
        if len(names) > 1:
            yield Grade.WARNING, f"{listing(names)} have the same place {place} in the escalation", PLACES


def _places(team: Sequence[Contact]) -> dict[int, tuple[str, ...]]:
    orders = sorted({one.order for one in team if one.order is not None})
    return {order: people(one for one in team if one.order == order) for order in orders}


def _when(found: Sequence[Phase]) -> str:
    *others, last = (phase.value for phase in found)
    words = f"{', '.join(others)} and {last}" if others else last
    return f"{words} the event"
