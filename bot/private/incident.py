"""An incident record as values: its entries, and the present state that they add up to; knows no file and no clock.

A record only grows. What was wrong stays where it is, and the entry that corrects it says which one it stands for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import groupby

from bot.private import incident_fields, incident_people
from bot.private.incident_fields import Form
from bot.private.incident_people import PersonNamed

__all__ = ["Answer", "FollowUp", "Incident", "IncidentEntry", "PersonNamed", "due", "merge"]

_IN_WORDS = {"today": 0, "now": 0, "tonight": 0, "tomorrow": 1}
_IN_DAYS = re.compile(r"(?:in )?([0-9]{1,3}) (day|week)s?")
_DAY_FIRST = re.compile(r"([0-9]{1,2})\. ?([0-9]{1,2})\. ?([0-9]{4})")  # with dots no language puts the month first


@dataclass(frozen=True, slots=True, repr=False)
class IncidentEntry:
    """One thing that was written down, with the time of whoever wrote it (aware, with their offset from UTC).

    ``field`` is the id of a question. ``corrects`` is the number of the entry that this one stands for, 0 for none;
    an empty ``text`` takes that entry back. ``about`` is the number of the follow-up that this says something of, or of
    the text that this goes on with: a text is saved line by line.
    """

    number: int
    at: datetime
    by: str
    field: str
    text: str
    corrects: int = 0
    about: int = 0


@dataclass(frozen=True, slots=True, repr=False)
class Answer:
    """What the record says now in answer to a question, and what it said there before, the oldest first."""

    entry: IncidentEntry
    earlier: tuple[IncidentEntry, ...] = ()

    @property
    def text(self) -> str:
        """The answer; empty where it was taken back."""
        return self.entry.text


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
        return (self.what.earlier or (self.what.entry,))[0].number

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
    all answers to where and when, in the words of the record, the corrected ones too. ``notes`` say what is missing.
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

    def texts(self, name: str) -> tuple[str, ...]:
        """Return what the record says now in the field of this id."""
        return tuple(one.text for one in self.answers if one.entry.field == name and one.text)


def merge(record: str, entries: Sequence[IncidentEntry], notes: tuple[str, ...] = ()) -> Incident:
    """Return the state that the entries of a record add up to; they may come in any order and with gaps.

    A correction of an entry that is missing, or that comes later, is an answer of its own; nothing is lost.
    """
    ordered = tuple(sorted(entries, key=lambda one: one.number))
    answers = _answers(ordered)
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
    )


def due(text: str, today: date) -> str:
    """Return when something is due as a date ("2026-12-31"), or the text as it is where that cannot be told."""
    said = " ".join(text.casefold().split())
    if (days := _IN_WORDS.get(said)) is not None:
        return (today + timedelta(days)).isoformat()
    if found := _IN_DAYS.fullmatch(said):
        return (today + timedelta(int(found[1]) * (7 if found[2] == "week" else 1))).isoformat()
    if found := _DAY_FIRST.fullmatch(said):
        said = f"{found[3]}-{int(found[2]):02}-{int(found[1]):02}"
    return said if _day(said) and len(said) == 10 else text


def _answers(entries: Sequence[IncidentEntry]) -> list[Answer]:
    """Return entries with what they correct behind them, and texts with their further lines."""
    chains = _chains(entries)
    numbers = {entry.number for chain in chains for entry in chain if not _goes_on(chain[0])}
    lines: dict[int, list[list[IncidentEntry]]] = {}
    heads = []
    for chain in chains:
        if _goes_on(chain[0]) and chain[0].about in numbers:
            lines.setdefault(chain[0].about, []).append(chain)
        else:
            heads.append(chain)
    return [_answer(chain, lines) for chain in heads]


def _goes_on(entry: IncidentEntry) -> bool:
    """Whether an entry is a further line of a text."""
    return bool(entry.about) and incident_fields.question(entry.field).form is Form.TEXT


def _chains(entries: Sequence[IncidentEntry]) -> list[list[IncidentEntry]]:
    """Return entries with their corrections behind them, in the order of the first of each."""
    chains: list[list[IncidentEntry]] = []
    of: dict[int, list[IncidentEntry]] = {}
    for entry in entries:
        chain = of.get(entry.corrects)
        if chain is None:
            chain = []
            chains.append(chain)
        chain.append(entry)
        of[entry.number] = chain
    return chains


def _answer(chain: Sequence[IncidentEntry], lines: Mapping[int, list[list[IncidentEntry]]]) -> Answer:
    """Return the answer that a chain of corrections is, each with the further lines of its text."""
    *earlier, now = (_whole(entry, lines.get(entry.number, [])) for entry in chain)
    old_lines = (line for entry in chain for further in lines.get(entry.number, []) for line in further[:-1])
    return Answer(now, tuple(sorted((*earlier, *old_lines), key=lambda one: one.number)))


def _whole(entry: IncidentEntry, further: Sequence[Sequence[IncidentEntry]]) -> IncidentEntry:
    if not entry.text or not further:
        return entry
    return replace(entry, text="\n".join((entry.text, *(line[-1].text for line in further if line[-1].text))))


def _latest_alone(answers: Iterable[Answer]) -> Iterator[Answer]:
    """Yield answers; of a question that has one answer the latest, with the ones before it among the earlier."""
    for name, group in groupby(sorted(answers, key=lambda one: one.entry.field), key=lambda one: one.entry.field):
        given = sorted(group, key=lambda one: one.entry.number)
        if incident_fields.question(name).is_many:
            yield from given
        else:
            yield _one_of(given)


def _one_of(given: Sequence[Answer]) -> Answer:
    """Return several answers to one question as the latest of them."""
    written = sorted((entry for one in given for entry in (*one.earlier, one.entry)), key=lambda one: one.number)
    return Answer(written[-1], tuple(written[:-1]))


def _place_in_form(answer: Answer) -> tuple[int, int]:
    known = list(incident_fields.ALL)
    name = answer.entry.field
    first = (answer.earlier or (answer.entry,))[0]
    return (known.index(name) if name in known else len(known), first.number)


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
    """Return all whom answers name, those of the present answers first."""
    now = [answer.entry for answer in answers]
    before = [entry for answer in answers for entry in answer.earlier]
    named = (
        incident_people.read(entry.text, question.role)
        for entry in (*now, *before)
        if (question := incident_fields.question(entry.field)).form is Form.PEOPLE
    )
    return incident_people.together(named)


def _said(entries: Iterable[IncidentEntry], form: Form) -> tuple[str, ...]:
    said = (one.text for one in entries if incident_fields.question(one.field).form is form and one.text)
    return tuple(dict.fromkeys(said))


def _closed(entries: Iterable[IncidentEntry]) -> bool:
    """Return whether the latest word on it is that the record is closed."""
    states = [one.field for one in entries if one.field in {incident_fields.CLOSED.id, incident_fields.REOPENED.id}]
    return bool(states) and states[-1] == incident_fields.CLOSED.id


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text.strip()[:10])
    except ValueError:
        return None
