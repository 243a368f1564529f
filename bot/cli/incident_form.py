"""What the commands that write to a record have in common: a filled in form, follow-ups, and the words at the end."""

from __future__ import annotations

from collections.abc import Sequence

from bot import escape
from bot.cli import console, files, incident_open
from bot.cli.incident_line import say
from bot.cli.incident_session import Session
from bot.config import Contacts
from bot.errors import UsageError
from bot.private import incident, incident_fields, incident_people, incident_text, incident_where


def read(name: str) -> tuple[tuple[str, str], ...]:
    """Return the answers of a filled in form; raises UsageError where it holds none, BadInputError for other bytes."""
    answers = incident_text.read_form(files.read_text(name))
    if not answers:
        raise UsageError("The form holds no answer; `eventsafety incident new --form` prints an empty one.")
    return answers


def save(writing: Session, answers: Sequence[tuple[str, str]]) -> None:
    """Save the answers of a form, each as an entry; a follow-up may have who and by when behind "|"."""
    say(f"  Read from the form: {', '.join(incident_fields.question(name).label for name, _ in answers)}.")
    for name, text in answers:
        if name != incident_fields.FOLLOW_UP.id:
            kept = incident_where.read(text) if name == "kind" else None
            writing.save(name, text if kept is None else incident_where.written(kept))
            if name == "kind" and kept is None:
                number = writing.receipt.number if writing.receipt else 0
                say(f'  Not understood: say numbers of the list, or "no", with add --field kind --correct {number}.')
            if incident_fields.question(name).form is incident_fields.Form.PEOPLE:
                say(f"  understood: {escape.terminal(incident_people.understood(text))}")
            continue
        what, who, when, *more = (part.strip() for part in f"{text}||".split("|"))
        what = " | ".join((what, *(part for part in more if part)))
        number = writing.save(name, what)
        if who:
            writing.save(incident_fields.FOLLOW_UP_WHO.id, who, about=number)
        if when:
            due = incident.due(when, writing.clock().date())
            writing.save(incident_fields.FOLLOW_UP_DUE.id, due, about=number)
    say("  The form is read in: delete its file, it is not encrypted.")


def ask_follow_ups(writing: Session) -> None:
    """Ask for what is still to be done, one thing after the other, until there is nothing more."""
    while not writing.is_over:
        what = writing.ask(incident_fields.FOLLOW_UP)
        if not what.number:
            return
        writing.ask(incident_fields.FOLLOW_UP_WHO, about=what.number)
        due = writing.ask(incident_fields.FOLLOW_UP_DUE, about=what.number)
        if due.number and not incident.is_day(due.text):
            say("  Kept in your words; with a date such as 2026-11-25 the list tells when it is late.")


def close_session(writing: Session, contacts: Contacts, answers: Sequence[tuple[str, str]]) -> None:
    """Say what is worth saying when the questions are over: where to report on, and how to go on.

    ``answers`` are those of a form, beside the ones that were given here.
    """
    said = dict(answers) | {one.question.id: one.text for one in writing.given if one.number}
    handlers = incident_people.read(said.get("handlers", ""), "")
    if not handlers:
        say("Nobody is noted yet as handling it. It should be two people: add them when you know who.")
    elif len(handlers) < 2:
        say("One person handles it so far; two are better, for both of you. Add the other when you know who it is.")
    say("Where to report it on:")
    told = incident_where.whom(contacts, incident_where.read(said.get("kind", "")))
    for line in incident_text.addresses(told, console.width()):
        say(line)
    incident_open.farewell(writing)
