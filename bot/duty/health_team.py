"""Whether the team as a whole is independent, understood, trained and shown; knows no hours and no accounts."""

from __future__ import annotations

from collections.abc import Iterable

from bot.duty import courses, phases, spoken
from bot.duty.health_facts import HealthFacts, listing, people
from bot.model import Contact, Grade, Health, Phase, Role

# What people write who belong to no affiliate; two of them have nothing in common by that.
NO_AFFILIATE = frozenset({"-", "–", "—", "none", "no", "n/a", "independent", "unaffiliated", "no affiliation"})


def points(facts: HealthFacts) -> Iterable[Health]:
    """Yield what is wrong with the team as a whole, and what is not on record."""
    yield from _affiliation(facts)
    yield from _languages(facts)
    yield from _training(facts)
    yield from _organizer(facts)
    yield from _listed(facts)
    yield from _emergency(facts)


def _affiliation(facts: HealthFacts) -> Iterable[Health]:
    during = tuple(one for one in facts.team if Phase.DURING in one.phases)
    for team, whom in ((facts.team, "on the team"), (during, "who is there during the event")):
        if found := _one_affiliate(team, whom):
            yield found
            return


def _one_affiliate(team: tuple[Contact, ...], whom: str) -> Health | None:
    by_name = {name: _affiliates(one for one in team if one.name == name) for name in people(team)}
    if len(by_name) < 2:
        return None
    unknown = tuple(name for name, found in by_name.items() if not found)
    known = [found for found in by_name.values() if found]
    common = known[0].intersection(*known[1:]) - NO_AFFILIATE if known else set()
    if known and not common:
        return None
    advice = "Add somebody from elsewhere, to whom one can turn about people of that affiliate."
    if not unknown:
        shown = next(one.affiliation for one in team if _folded(one.affiliation) in common)
        text = f'Everybody {whom} belongs to "{shown}": a report about one of its people reaches only its people.'
        return Health("affiliation", Grade.WARNING, text, advice)
    text = (
        f"The affiliation of {listing(unknown)} is not on record, so whether everybody {whom} belongs to the same one"
    )
    return Health("affiliation", Grade.UNKNOWN, f"{text} cannot be told.", 'Write it down, or "none".')


def _affiliates(entries: Iterable[Contact]) -> set[str]:
    return {folded for one in entries if (folded := _folded(one.affiliation))}


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())


def _languages(facts: HealthFacts) -> Iterable[Health]:
    if not facts.languages:
        text = "The event's languages are not known, so whether somebody on the team speaks them cannot be told."
        yield Health("language", Grade.UNKNOWN, text, "Add them to the roster.")
        return
    silent = people(one for one in facts.team if not one.languages)
    taken = any(Role.REPORTS in one.roles for one in facts.team)
    for code in {spoken.language(code): code for code in reversed(facts.languages)}.values():
        able = [one for one in facts.team if spoken.speaks(one.languages, code)]
        advice = f'Add somebody who speaks "{code}", or say who interprets.'
        if not able and silent:
            text = (
                f'Whether anybody on the team speaks "{code}", a language of the event, cannot be told: the languages'
            )
            yield Health(
                "language", Grade.UNKNOWN, f"{text} of {listing(silent)} are not on record.", "Write them down."
            )
        elif not able:
            text = f'Nobody on the team speaks "{code}", a language of the event.'
            yield Health("language", Grade.SERIOUS, text, advice)
        elif taken and not any(Role.REPORTS in one.roles for one in able):
            text = f'Nobody who takes reports speaks "{code}", a language of the event.'
            yield Health("language", Grade.WARNING, text, advice)


def _training(facts: HealthFacts) -> Iterable[Health]:
    trained = {one.name for one in facts.team if courses.trainings(one, facts.completed, facts.today)}
    without = tuple(name for name in people(facts.team) if name not in trained)
    if without:
        whom = listing(without) if trained else "anybody on the team"
        advice = "Ask them to take the course on keeping events safe, or write down what they have completed."
        who = without[0] if len(without) == 1 else ""
        yield Health("training", Grade.WARNING, f"No training is on record for {whom}.", advice, who)


def _organizer(facts: HealthFacts) -> Iterable[Health]:
    if not facts.organizers:
        text = "Who organizes the event is not known, so whether a contact is also the only organizer cannot be told."
        yield Health("only-organizer", Grade.UNKNOWN, text, "Try again later, or add the organizers to the roster.")
    elif len(set(facts.organizers)) == 1 and facts.organizers[0] in people(facts.team):
        name = facts.organizers[0]
        text = f'"{name}" is a safety contact and the only organizer: a report about the organizing would go to them.'
        yield Health("only-organizer", Grade.WARNING, text, "Have somebody take reports who does not organize.", name)


def _listed(facts: HealthFacts) -> Iterable[Health]:
    expected = people(phases.of(facts.team, facts.phase, facts.today))
    if facts.listed is None:
        text = "The list of contacts on the event's page was not read, so whether it names the team cannot be told."
        yield Health("not-on-page", Grade.UNKNOWN, text, "Look at the list on the page.")
    elif missing := tuple(name for name in expected if name not in facts.listed):
        grade = Grade.SERIOUS if len(missing) == len(expected) else Grade.WARNING
        text = f"The event's page does not name {listing(missing)} as a safety contact."
        again = "where somebody took the list off the page, put {{Event safety contacts}} there by hand first"
        advice = f"Run `eventsafety plan` with --task contacts, or add them to the page by hand; {again}."
        yield Health("not-on-page", grade, text, advice, missing[0] if len(missing) == 1 else "")


def _emergency(facts: HealthFacts) -> Iterable[Health]:
    if not facts.emergency_number and facts.in_person is not False and facts.to_come:
        text = "The roster has no emergency number for the place of the event, so the page can show none."
        known = f" This program knows {facts.known_number} for the country." if facts.known_number else ""
        advice = f"Find out whom to call there, and set emergency_number in the roster.{known}"
        yield Health("emergency", Grade.WARNING, text, advice)
