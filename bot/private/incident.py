"""An incident record as values: its entries, and the present state that they add up to; knows no file and no clock.

A record only grows. What was wrong stays where it is, and the entry that corrects it says which one it stands for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from bot.private import incident_chains, incident_fields, incident_people
from bot.private.incident_entry import Answer, IncidentEntry
from bot.private.incident_fields import Form
from bot.private.incident_people import PersonNamed

__all__ = ["Answer", "FollowUp", "Incident", "IncidentEntry", "PersonNamed", "due", "is_day", "merge"]

_IN_WORDS = {"yesterday": -1, "today": 0, "now": 0, "tonight": 0, "tomorrow": 1}
_NUMBERS = {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "ten": 10}
_IN_DAYS = re.compile(rf"(?:in )?([0-9]{{1,3}}|{'|'.join(_NUMBERS)}) (day|week)s?")
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_TIME = re.compile(r" (?:at )?[0-9]{1,2}[:.h][0-9]{2}$")
_DAY_FIRST = re.compile(r"([0-9]{1,2})\. ?([0-9]{1,2})\. ?([0-9]{4})")  # with dots no language puts the month first


@dataclass(frozen=True, slots=True, repr=False)
class FollowUp:
    """Something that was to be done: by whom, by when, and how it went, each None as long as nobody said."""

    what: Answer
    who: Answer | None = None
    due: Answer | None = None
    done: Answer | None = None

    @property
    def number(self) -> int:
        """The number by which it is asked for: that of its first entry."""
        return self.what.first

    @property
    def due_on(self) -> date | None:
        """The day by which it is due; None where none was said, or not as a day."""
        return _day(self.due.text) if self.due else None

    @property
    def is_open(self) -> bool:
        """Whether it is still to be done: neither done nor taken back."""
        return bool(self.what.text) and not (self.done and self.done.text)


@dataclass(frozen=True, slots=True, repr=False)
class Incident:
    """A record as it stands: ``answers`` in the order of the questions, and ``entries``, all that was ever written.

    ``people`` are all whom it names, each once, also in answers that were corrected since; ``places`` and ``dates`` are
    all answers to where and when, in the words of the record, the corrected ones too. ``notes`` say what is missing,
    ``doubts`` which entries speak of another one that is not there or is something else, and so stand for themselves.
    """

    id: str
    entries: tuple[IncidentEntry, ...]
    answers: tuple[Answer, ...] = ()
    follow_ups: tuple[FollowUp, ...] = ()
    people: tuple[PersonNamed, ...] = ()
    places: tuple[str, ...] = ()
    dates: tuple[str, ...] = ()
    is_closed: bool = False
    notes: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()

    def texts(self, name: str) -> tuple[str, ...]:
        """Return what the record says now in the field of this id."""
        return tuple(one.text for one in self.answers if one.entry.field == name and one.text)


def merge(record: str, entries: Sequence[IncidentEntry], notes: tuple[str, ...] = ()) -> Incident:
    """Return the state that the entries of a record add up to; they may come in any order and with gaps.

    A correction of an entry that is missing, that comes later or is of another field is an answer of its own; nothing
    is lost.
    """
    ordered = tuple(sorted(entries, key=lambda one: one.number))
    answers = incident_chains.answers(ordered)
    of_follow_ups = {one.id for one in incident_fields.FOLLOW_UPS}
    plain = (one for one in answers if one.entry.field not in of_follow_ups)
    return Incident(
        id=record,
        entries=ordered,
        answers=tuple(sorted(_latest_alone(plain), key=_place_in_form)),
        follow_ups=tuple(_follow_ups(answers)),
        people=_people(answers),
        places=_said(ordered, Form.PLACE),
        dates=_said(ordered, Form.WHEN),
        is_closed=_closed(ordered),
        notes=notes,
        doubts=tuple(incident_chains.doubts(ordered)),
    )


def due(text: str, today: date) -> str:
    """Return when something is due as a date ("2026-12-31"), or the text as it is where that cannot be told.

    A weekday is the next one; a time of the day stays behind the date.
    """
    said = " ".join(text.casefold().split())
    if (time := _TIME.search(said)) and (day := due(said[: time.start()], today)) != said[: time.start()]:
        return day + time[0]
    if (weekday := said.removeprefix("on ").removeprefix("next ")) in _WEEKDAYS:
        return (today + timedelta((_WEEKDAYS.index(weekday) - today.weekday() - 1) % 7 + 1)).isoformat()
    if (days := _IN_WORDS.get(said)) is not None:
        return (today + timedelta(days)).isoformat()
    if found := _IN_DAYS.fullmatch(said):
        return (today + timedelta(int(_NUMBERS.get(found[1], found[1])) * (7 if found[2] == "week" else 1))).isoformat()
    if found := _DAY_FIRST.fullmatch(said):
        said = f"{found[3]}-{int(found[2]):02}-{int(found[1]):02}"
    return said if _day(said) and len(said) == 10 else text


def _latest_alone(answers: Iterable[Answer]) -> Iterator[Answer]:
    """Yield answers; of a question that has one answer the latest, with the ones before it among the earlier."""
    for name, group in groupby(sorted(answers, key=lambda one: one.entry.field), key=lambda one: one.entry.field):
        given = sorted(group, key=lambda one: one.entry.number)
        if incident_fields.question(name).is_many:
            yield from given
        else:
            yield _one_of(given)


def _one_of(given: Sequence[Answer]) -> Answer:
    """Return several answers to one question as the latest of them that was not taken back."""
    latest = max(given, key=lambda one: (bool(one.text), one.entry.number))
    written = (entry for one in given for entry in (*one.earlier, one.entry) if entry is not latest.entry)
    return Answer(latest.entry, tuple(sorted(written, key=lambda one: one.number)))


def _place_in_form(answer: Answer) -> tuple[int, int]:
    known = list(incident_fields.ALL)
    name = answer.entry.field
    return (known.index(name) if name in known else len(known), answer.first)


def _follow_ups(answers: Sequence[Answer]) -> Iterator[FollowUp]:
    for answer in answers:
        if answer.entry.field != incident_fields.FOLLOW_UP.id:
            continue
        numbers = {one.number for one in (*answer.earlier, answer.entry)}
        who, due, done = (
            [one for one in answers if one.entry.field == part.id and one.entry.about in numbers]
            for part in incident_fields.FOLLOW_UPS[1:]
        )
        yield FollowUp(answer, *(_one_of(part) if part else None for part in (who, due, done)))


def _people(answers: Sequence[Answer]) -> tuple[PersonNamed, ...]:
    """Return all whom answers name, each with the names that an earlier wording had; first those of what stands."""
    of_people = [one for one in answers if incident_fields.question(one.entry.field).form is Form.PEOPLE]
    named = sorted(map(_named, of_people), key=lambda people: not any(one.role for one in people))
    return incident_people.together(named)


def _named(answer: Answer) -> tuple[PersonNamed, ...]:
    role = incident_fields.question(answer.entry.field).role
    before = (person for entry in reversed(answer.earlier) for person in incident_people.read(entry.text, ""))
    return incident_people.of_correction(incident_people.read(answer.text, role), before)


def _said(entries: Iterable[IncidentEntry], form: Form) -> tuple[str, ...]:
    said = (one.text for one in entries if incident_fields.question(one.field).form is form and one.text)
    return tuple(dict.fromkeys(said))


def _closed(entries: Iterable[IncidentEntry]) -> bool:
    """Return whether the latest word on it is that the record is closed."""
    states = [one.field for one in entries if one.field in {incident_fields.CLOSED.id, incident_fields.REOPENED.id}]
    return bool(states) and states[-1] == incident_fields.CLOSED.id


def is_day(text: str) -> bool:
    """Return whether a list can tell when something that is due then is late."""
    return _day(text) is not None


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text.strip()[:10])
    except ValueError:
        return None
