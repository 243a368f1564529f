"""The public version of an incident record: the fields that may be public, without the people; knows no file.

What is in the record for the sake of those involved (what was agreed with them, evidence, who knows of it) is left out.
So is the event: its title often says the day and the place, in its own field as within the account; whoever publishes
the report says it where they want to.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from bot.match.ordinary import is_plain_word
from bot.private import anonymize_doubts, incident_fields, incident_people
from bot.private.anonymize import Anonymized, anonymize
from bot.private.anonymize_dates import Coarseness
from bot.private.anonymize_hints import LookAt
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
# Fields in which people write who was told, and who of the house came.
_OF_STAFF = ("security", "escalation", "medical", "police")
EVENT = "[event]"
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
    """Return the public version of a record; ``names`` and ``places`` are further ones, ``added`` fields on request.

    Lines in ``left`` and ``look_at`` are those of the text that is returned.
    """
    wanted = frozenset(added)
    body = "\n\n".join(_sections(incident, wanted))
    if not body:
        return Anonymized("", (), (), ())
    titles = () if "event" in wanted else incident.texts("event")
    known = incident_people.together([(person,) for person in (*incident.people, *names, *_writers(incident))])
    body = _without(titles, body)

    def made_with(gap: str) -> Anonymized:
        text, everywhere = f"{TITLE}\n\n{gap}{body}\n", (*incident.places, *places)
        return anonymize(text, known, everywhere, coarseness=coarseness, keep=(TITLE, *keep))

    whole = made_with("\n\n")  # room for the line of roles, so that each number of a line is that of the result
    roles = _roles(whole)
    whole = replace(whole, text=whole.text.replace("\n\n\n\n", f"\n\n{roles}\n\n", 1)) if roles else made_with("")
    more = tuple(sorted((*whole.look_at, *_of_staff(whole.text), *_of_event(titles, whole.text)), key=_line))
    return replace(whole, look_at=anonymize_doubts.doubts(whole.text, more))


def of_text(
    text: str,
    people: Sequence[PersonNamed],
    places: Sequence[str] = (),
    *,
    coarseness: Coarseness = "month",
    keep: Sequence[str] = (),
) -> Anonymized:
    """Return the public version of a text that is no record."""
    made = anonymize(text, people, places, coarseness=coarseness, keep=keep)
    return replace(made, look_at=anonymize_doubts.doubts(made.text, made.look_at))


def gaps(incident: Incident) -> tuple[str, ...]:
    """Return what a reader of the public version would miss: it may not be time for it yet."""
    told = []
    if not incident.texts("what"):
        told.append(
            "The record does not say what happened, or that was taken back; the public version will not either."
        )
    if not incident.texts("outcome"):
        told.append("The record has no outcome; the public version does not say how it ended.")
    if not incident.is_closed:
        told.append("The record is still open; `eventsafety incident close` closes it.")
    if any(one.is_open for one in incident.follow_ups):
        told.append("There are follow-ups that are not done.")
    return tuple(told)


def _without(titles: Iterable[str], body: str) -> str:
    """Return the body with the titles of the event, with or without namespace and year, taken out."""
    for title in titles:
        bare = re.sub(r"\s*(?:19|20)\d\d$", "", name := " ".join(title.rpartition(":")[2].replace("_", " ").split()))
        for one in (name, bare):
            if len(one) > 2:
                words = r"[\s_]+".join(map(re.escape, one.split()))
                linked = rf"\[\[[^\[\]|\n]{{0,80}}{words}[^\[\]|\n]{{0,80}}(?:\|[^\[\]\n]{{0,200}})?\]\]"
                body = re.sub(rf"{linked}|(?<!\w)(?:\w{{2,20}}:)?{words}(?!\w)", EVENT, body, flags=re.IGNORECASE)
    return body


def _of_event(titles: Iterable[str], text: str) -> Iterator[LookAt]:
    """Yield where a word of the event's title is left that is not a word of the language."""
    words = {word for title in titles for word in re.findall(r"[^\W\d_]{4,}", title.rpartition(":")[2])}
    for word in sorted(word for word in words if not is_plain_word(word.casefold())):
        for number, line in enumerate(text.split("\n"), 1):
            if found := re.search(rf"(?<!\w){re.escape(word)}", line, re.IGNORECASE):
                excerpt = f"{line[: found.start()][-25:]}»{found[0]}«{line[found.end() :][:25]}".strip()
                yield LookAt(number, excerpt, "a word of the event's title")


def _of_staff(text: str) -> Iterator[LookAt]:
    labels = {f"== {_heading(name)} ==": name for name in _OF_STAFF}
    for number, line in enumerate(text.split("\n"), 1):
        if line in labels:
            yield LookAt(number, f"»{line.strip('= ')}«", "may name people who were told, or who work there")


def _line(one: LookAt) -> int:
    return one.line


def _heading(name: str) -> str:
    label = incident_fields.question(name).label.removeprefix("Review: ")
    return f"{label[:1].upper()}{label[1:]}"


def _sections(incident: Incident, added: frozenset[str]) -> Iterator[str]:
    wanted = [*(one for one in ON_REQUEST if one in added), *PUBLIC, *REVIEWED]
    for name in (one for one in incident_fields.ALL if one in wanted):
        texts = incident.texts(name) if name != incident_fields.FOLLOW_UP.id else _follow_ups(incident.follow_ups)
        if texts:
            yield "\n\n".join((f"== {_heading(name)} ==", *texts))


def _follow_ups(given: Iterable[FollowUp]) -> tuple[str, ...]:
    return tuple(f"* {one.what.text} ({'open' if one.is_open else 'done'})" for one in given if one.what.text)


def _writers(incident: Incident) -> tuple[PersonNamed, ...]:
    """Return whoever wrote entries: their names may stand in the text as well."""
    return tuple(PersonNamed((name,), "") for name in dict.fromkeys(one.by for one in incident.entries) if name)


def _roles(made: Anonymized) -> str:
    """Return a line on who is what in a public version; a name of a role says nothing of the person."""
    roles = ((label, _role(person)) for label, person in made.letters)
    told = "; ".join(f"{label}: {role}" for label, role in roles if role)
    return f"{told}." if told else ""


def _role(person: PersonNamed) -> str:
    roles = (role.strip() for role in person.role.split(","))
    return ", ".join(dict.fromkeys(role for role in roles if role and role != "mentioned"))
