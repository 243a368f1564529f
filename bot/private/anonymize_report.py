"""The public version of an incident record: the fields that may be public, without the people; knows no file.

What is in the record for the sake of those involved (what was agreed with them, evidence, who knows of it) is left out.
So is the event: its title often says the day and the place; whoever publishes the report says it where they want to.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from bot.private import incident_fields, incident_people
from bot.private.anonymize import Anonymized, anonymize
from bot.private.anonymize_dates import Coarseness
from bot.private.incident import FollowUp, Incident
from bot.private.incident_people import PersonNamed

PUBLIC = ("what", "security", "escalation", "outcome")
REVIEWED = (
    "review-issues",
    "review-effective",
    "review-worked",
    "review-better",
    "review-learned",
    "review-suggestions",
)
# What may be added when whoever publishes it decides so: it can show who was involved.
ON_REQUEST = ("event", "when", "where", "danger", "agreed", "medical", "police", "follow-up", "note")
TITLE = "Incident report (public version)"
REMINDERS = (
    "No rule sees everything. Before it is public, read it as somebody would who was there, and ask:",
    "do a role, an affiliate, a language, a country, a session or the looks of somebody say who it is?",
    "could the words that are quoted be found by a search on the wiki?",
    "do those it happened to agree that it is published?",
)


def public(
    incident: Incident,
    *,
    names: Sequence[PersonNamed] = (),
    places: Sequence[str] = (),
    added: Iterable[str] = (),
    coarseness: Coarseness = "month",
    keep: Sequence[str] = (),
) -> Anonymized:
    """Return the public version of a record; ``names`` and ``places`` are further ones, ``added`` fields on request."""
    body = "\n\n".join(_sections(incident, frozenset(added)))
    if not body:
        return Anonymized("", (), (), ())
    known = incident_people.together([(person,) for person in (*incident.people, *names, *_writers(incident))])
    made = anonymize(
        f"{TITLE}\n\n{body}\n", known, (*incident.places, *places), coarseness=coarseness, keep=(TITLE, *keep)
    )
    return Anonymized(_with_people(made), made.letters, made.left, made.look_at)


def _sections(incident: Incident, added: frozenset[str]) -> Iterator[str]:
    wanted = [*(one for one in ON_REQUEST if one in added), *PUBLIC, *REVIEWED]
    for name in (one for one in incident_fields.ALL if one in wanted):
        texts = incident.texts(name) if name != incident_fields.FOLLOW_UP.id else _follow_ups(incident.follow_ups)
        label = incident_fields.question(name).label.removeprefix("Review: ")
        if texts:
            yield "\n\n".join((f"== {label[:1].upper()}{label[1:]} ==", *texts))


def _follow_ups(given: Iterable[FollowUp]) -> tuple[str, ...]:
    return tuple(f"* {one.what.text} ({'open' if one.is_open else 'done'})" for one in given if one.what.text)


def _writers(incident: Incident) -> tuple[PersonNamed, ...]:
    """Return whoever wrote entries: their names may stand in the text as well."""
    return tuple(PersonNamed((name,), "") for name in dict.fromkeys(one.by for one in incident.entries) if name)


def _with_people(made: Anonymized) -> str:
    """Return the public text with a line on who is what in it; a name of a role says nothing of the person."""
    told = [f"{label}: {person.role}" for label, person in made.letters if person.role not in {"", "mentioned"}]
    if not told:
        return made.text
    head, _, rest = made.text.partition("\n\n")
    return f"{head}\n\n{'; '.join(told)}.\n\n{rest}"
