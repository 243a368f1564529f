"""An incident record as text for people who may read it; knows no file and no terminal.

Whatever comes of the record is made harmless for a terminal, line by line.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator
from datetime import date, datetime

from bot import escape
from bot.duty.reports import ReportTo
from bot.private import incident_fields, incident_where
from bot.private.incident import Answer, FollowUp, Incident, IncidentEntry
from bot.private.incident_fields import Form

CONFIDENTIAL = "Confidential: for the few who handle this report; not for a wiki, a chat or a mailing list."
_HINT = "#?"
_IN_FORM = (*incident_fields.QUESTIONS, incident_fields.FOLLOW_UP)
_FORM_IDS = {one.id for one in (*_IN_FORM, incident_fields.NOTE)}


def text(incident: Incident, *, today: date, width: int, history: bool = False) -> str:
    """Return a record as it stands; with ``history`` every entry as it was written follows."""
    lines = [
        f"Incident record {incident.id} ({'closed' if incident.is_closed else 'open'})",
        *_wrapped(CONFIDENTIAL, "", width),
        *_span(incident.entries),
    ]
    for note in (*incident.notes, *incident.doubts):
        lines += _wrapped(f"! {note}", "  ", width)
    for answer in incident.answers:
        lines += ["", *_answer(answer, width)]
    if incident.people:
        lines += ["", "People, as the names were understood", *_people(incident, width)]
    if incident.follow_ups:
        lines += ["", "Follow-ups", *follow_ups(incident.follow_ups, today=today, width=width)]
    if history:
        lines += ["", "History: every entry, as it was written", *_history(incident.entries, width)]
    return "\n".join(lines) + "\n"


def follow_ups(given: Iterable[FollowUp], *, today: date, width: int) -> list[str]:
    """Return follow-ups as lines, each with the number by which it is asked for."""
    return [line for one in given for line in _wrapped(_follow_up(one, today), "      ", width, "  ")]


def addresses(people: Iterable[ReportTo], width: int) -> list[str]:
    """Return whom to tell as lines: who, the address or that it has to be looked up, and when it applies."""
    lines: list[str] = []
    for one in people:
        address = escape.terminal(one.address) or _look_up(one)
        lines += _wrapped(f"{escape.terminal(one.name)}: {address}", "    ", width, "  ")
        lines += _wrapped(one.why, "    ", width, "    ")
    return lines


def _look_up(one: ReportTo) -> str:
    """Return what to do where no address is known; only what has a key can be written into the settings."""
    return (
        f"{incident_where.LOOK_UP} ({one.setting} of the settings is empty)" if one.setting else incident_where.LOOK_UP
    )


def blank_form() -> str:
    """Return a form to fill in with an editor, which ``read_form`` takes."""
    lines = [
        f"{_HINT} Write behind the colons; as many lines as you like. Leave empty what nobody knows.",
        f"{_HINT} Lines like this one are not taken over. {CONFIDENTIAL} Delete the file when it is read in.",
    ]
    for question in (*_IN_FORM, incident_fields.NOTE):
        lines += ["", f"{_HINT} {question.ask} {question.help}"]
        if question.form is Form.CHOICE:
            lines += [f"{_HINT}   {one.id}: {one.text}" for one in incident_where.CIRCUMSTANCES]
        if question is incident_fields.FOLLOW_UP:
            lines.append(f"{_HINT} Write it as: what | who | by when. Each further one begins with follow-up: again.")
        lines.append(f"{question.id}:")
    return "\n".join(lines) + "\n"


def read_form(form: str) -> tuple[tuple[str, str], ...]:
    """Return the fields of a filled in form with their answers, in order; text before any field is a note.

    A field begins a line, written as the form has it: "When: …" in somebody's mail is a part of the mail.
    """
    answers: list[tuple[str, list[str]]] = [(incident_fields.NOTE.id, [])]
    for line in form.splitlines():
        if line.startswith(_HINT):
            continue
        name, colon, rest = line.partition(":")
        if colon and name in _FORM_IDS:
            answers.append((name, [rest.strip()]))
        else:
            answers[-1][1].append(line.rstrip())
    whole = ((name, "\n".join(lines).strip()) for name, lines in answers)
    return tuple((name, text) for name, text in whole if text)


def when(moment: datetime) -> str:
    """Return a time as whoever wrote saw it on their clock, with what their clock was off UTC."""
    return moment.strftime("%Y-%m-%d %H:%M %z")


def _people(incident: Incident, width: int) -> Iterator[str]:
    for one in incident.people:
        names = escape.terminal(" = ".join(one.names))
        yield from _wrapped(f"{names}: {one.role or 'no longer named'}", "      ", width, "  ")


def _span(entries: tuple[IncidentEntry, ...]) -> Iterator[str]:
    if not entries:
        yield "It has no entries yet."
    elif len(entries) == 1:
        yield f"1 entry, of {when(entries[0].at)}."
    else:
        yield f"{len(entries)} entries, from {when(entries[0].at)} to {when(entries[-1].at)}."


def _answer(answer: Answer, width: int) -> Iterator[str]:
    question = incident_fields.question(answer.entry.field)
    yield f"{escape.terminal(question.label)}  [{_source(answer.entry)}]"
    yield from _body(_shown(answer.entry), width)
    for entry in reversed(answer.earlier):
        told = "before that" if entry.number < answer.entry.number else "not any more"
        yield f"    {told}  [{_source(entry)}]"
        yield from _body(_shown(entry), width, "      ")


def _shown(entry: IncidentEntry) -> str:
    if not entry.text:
        return "(taken back)"
    return incident_where.in_words(entry.text) if entry.field == "kind" else entry.text


def _body(written: str, width: int, margin: str = "  ") -> Iterator[str]:
    for line in written.expandtabs(4).split("\n"):
        yield from _wrapped(escape.terminal(line), margin, width, margin)


def _source(entry: IncidentEntry) -> str:
    by = f", {escape.terminal(entry.by)}" if entry.by else ""
    return f"entry {entry.number}, {when(entry.at)}{by}"


def _follow_up(one: FollowUp, today: date) -> str:
    if not one.what.text:
        return f"[-] {one.number}  taken back"
    parts = [f"[{' ' if one.is_open else 'x'}] {one.number}  {_line(one.what)}"]
    if one.who and one.who.text:
        parts.append(f"who: {_line(one.who)}")
    if one.due and one.due.text:
        late = " (OVERDUE)" if one.is_open and one.due_on and one.due_on < today else ""
        parts.append(f"by {_line(one.due)}{late}")
    if one.done and one.done.text:
        parts.append(f"done: {_line(one.done)} ({when(one.done.entry.at)})")
    return "; ".join(parts)


def _line(answer: Answer) -> str:
    return escape.terminal(answer.text.replace("\n", " / "))


def _history(entries: Iterable[IncidentEntry], width: int) -> Iterator[str]:
    for entry in entries:
        label = escape.terminal(incident_fields.question(entry.field).label)
        about = f", on entry {entry.about}" if entry.about else ""
        corrects = f", in place of entry {entry.corrects}" if entry.corrects else ""
        yield f"  {_source(entry)}: {label}{about}{corrects}"
        yield from _body(_shown(entry), width, "      ")


def _wrapped(line: str, rest: str, width: int, first: str = "") -> list[str]:
    """Return a line as several that fit; an empty one stays."""
    return textwrap.wrap(
        line, max(width, 20), initial_indent=first, subsequent_indent=rest, break_on_hyphens=False
    ) or [""]
