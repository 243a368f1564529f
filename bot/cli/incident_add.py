"""``eventsafety incident add``: more to a record, or a correction; what it holds is not read, so no passphrase."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from bot.cli import confidential, incident_open, options

if TYPE_CHECKING:
    from bot.cli.incident_session import Session
    from bot.private.incident import Incident
    from bot.private.incident_fields import Question


@click.command(
    "add",
    epilog=options.examples(
        "eventsafety incident add k7m2",
        "eventsafety incident add k7m2 --field what",
        "eventsafety incident add k7m2 --correct 7",
    ),
)
@click.argument("record", required=False, default="")
@click.option("--field", "name", metavar="FIELD", help="Which question is answered (what, witnesses, police …).")
@click.option("--correct", metavar="N", type=click.IntRange(min=1), help="The answer stands for entry N from now on.")
@click.option("--reopen", is_flag=True, help="Open a record again that was closed.")
@click.option("--from-file", metavar="FILE", help="Take the answers from a filled in form (- for standard input).")
@incident_open.identity
@confidential.password_fd
@options.common
@confidential.confidential
def command(
    *,
    record: str,
    name: str | None,
    correct: int | None,
    reopen: bool,
    from_file: str | None,
    identity: str | None,
    password_fd: int | None,
) -> None:
    """Add to RECORD: its name or the end of it; nothing, where there is only one.

    Nothing is replaced: a correction is an entry of its own, and the history of the record shows both. With --identity
    or --password-fd the entry that is corrected is looked at before; else only `show` tells whether it was another one.
    """
    from bot.cli import incident_form
    from bot.cli.incident_line import say
    from bot.cli.incident_session import HOW
    from bot.errors import UsageError
    from bot.private import incident_fields, incident_store

    question = _named(name) if name else None
    if name and not question:
        raise UsageError(f"There is no such field; there are: {', '.join(one.id for one in _fields())}.")
    if from_file and (name or correct):
        raise UsageError("--from-file names the fields itself; leave out --field and --correct.")
    answers = incident_form.read(from_file) if from_file else ()
    path = incident_store.find(incident_open.folder(), record)
    incident_store.last_receipt(path)  # is it a record? Better known before somebody types
    if correct:
        incident_store.refuse_number(path, correct)
    if correct and (identity or password_fd is not None):
        question = _of_entry(incident_open.read(path, identity, password_fd), correct, question)
    say(f"Adding to record {incident_open.name_of(path)}. {HOW}")
    with incident_open.session(path) as writing:
        if not from_file:
            incident_open.ask_name(writing)
        if reopen:
            writing.save(incident_fields.REOPENED.id, "opened again")
        if from_file:
            incident_form.save(writing, answers)
        elif question or correct:
            _ask_one(writing, question or _choose(writing), correct or 0)
        else:
            while chosen := _choose(writing, can_go_on=True):
                _ask_one(writing, chosen, 0)
        incident_open.farewell(writing)


def _of_entry(found: Incident, number: int, named: Question | None) -> Question:
    """Return the question that an entry answers; raises UsageError where another one is named for it."""
    from bot.errors import UsageError
    from bot.private import incident_fields

    fields = [one.field for one in found.entries if one.number == number]
    if not fields:
        raise UsageError(f"Entry {number} cannot be read; `eventsafety incident show` says why.")
    if named and named.id != fields[0]:
        raise UsageError(f"Entry {number} is of the field {fields[0]}, not {named.id}; name that one, or none.")
    return incident_fields.question(fields[0])


def _ask_one(writing: Session, question: Question | None, corrects: int) -> None:
    from dataclasses import replace

    from bot.cli import incident_form
    from bot.cli.incident_line import say
    from bot.private import incident_fields

    if question is incident_fields.FOLLOW_UP and not corrects:
        incident_form.ask_follow_ups(writing)
    elif question:
        about = 0
        if corrects:
            say(
                f"  {question.label}, in place of entry {corrects}. - takes that entry back: what was before it stands."
            )
            say("  Whether that entry is of this field, only `show` can tell: if it is not, both stand.")
        if corrects and question.form is incident_fields.Form.TEXT:
            say("  Only that line, or all that was written in one go from there? (Enter: the line; all: all of it)")
            said = writing.lines.next("> ")
            writing.is_over = said is None
            if (said or "").strip().lower() != "all":
                about, question = corrects, replace(question, form=incident_fields.Form.LINE)
        writing.ask(question, corrects=corrects, about=about)


def _choose(writing: Session, *, can_go_on: bool = False) -> Question | None:
    """Ask which question is to be answered, until one is named; None for nothing more.

    Where somebody ``can_go_on``, a number with a plus asks all of the form from there on.
    """
    from bot.cli.incident_line import say
    from bot.private import incident_fields

    while not writing.is_over:
        plus = "12+: all from there on; " if can_go_on else ""
        say(f"What is it about? (a number or a word; {plus}? lists them; Enter: nothing more)")
        said = (writing.lines.next("> ") or "").strip()
        if not said:
            writing.is_over = True
        elif question := _named(said):
            return question
        elif can_go_on and (first := _named(said.removesuffix("+"))) in incident_fields.QUESTIONS:
            writing.ask_all(incident_fields.QUESTIONS, incident_fields.QUESTIONS.index(first) + 1)
        else:
            if said != "?":
                say("  That was not understood, or fits several; a number or the beginning of a word of these:")
            for number, one in enumerate(_fields(), 1):
                say(f"  {number:2}  {one.id:<12} {one.label}")
    return None


def _fields() -> tuple[Question, ...]:
    from bot.private import incident_fields

    return (
        *incident_fields.QUESTIONS,
        incident_fields.FOLLOW_UP,
        incident_fields.OUTCOME,
        incident_fields.NOTE,
    )


def _named(word: str) -> Question | None:
    """Return the question that a number, an id or label, or its beginning names; None for none and for several."""
    fields = _fields()
    if word.isascii() and word.isdigit():
        return fields[int(word) - 1] if 1 <= int(word) <= len(fields) else None
    sought = word.casefold()
    exact = [one for one in fields if sought in (one.id, one.label.casefold())]
    begun = [one for one in fields if one.id.startswith(sought) or one.label.casefold().startswith(sought)]
    found = exact or begun
    return found[0] if len(found) == 1 else None
