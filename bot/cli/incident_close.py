"""``eventsafety incident close``: how it ended; what is left to be done is done, or said to be open."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from bot import escape
from bot.cli import confidential, incident_open, options
from bot.cli.incident_session import is_no

if TYPE_CHECKING:
    from bot.private.incident import Incident


@click.command("close", epilog=options.examples("eventsafety incident close k7m2"))
@incident_open.opened_with
@options.common
@confidential.confidential
def command(*, record: str, identity: str | None, password_fd: int | None) -> None:
    """Close RECORD: how its follow-ups went, how it ended. It needs the passphrase, to know what is open.

    A record with open follow-ups closes only if somebody says so. It can be opened again with add --reopen.
    """
    from bot.cli.incident_follow_up import ask_how_they_went
    from bot.cli.incident_line import say
    from bot.cli.incident_session import HOW
    from bot.private import incident_fields, incident_store

    path = incident_store.find(incident_open.folder(), record)
    found = incident_open.read(path, identity, password_fd)
    for note in (*found.notes, *found.doubts):
        say(f"! {note}")
    if found.is_closed:
        say(f"Record {found.id} is closed already.")
        return
    say(f"Closing record {found.id}. {HOW}")
    with incident_open.session(path) as writing:
        incident_open.ask_name(writing)
        left = ask_how_they_went(writing, tuple(one for one in found.follow_ups if one.is_open))
        if found.texts(incident_fields.OUTCOME.id):
            say("An outcome is in the record; a new one takes its place, Enter leaves it.")
        outcome = writing.ask(incident_fields.OUTCOME)
        missing = [*_missing(found, has_outcome=bool(outcome.number)), *_still_open(len(left))]
        if missing and not writing.is_over:
            say("\n".join(missing))
            say('Close the record all the same? Type "yes".')
            answer = writing.lines.next("> ")
            writing.is_over = answer is None or answer.strip().lower() not in ("yes", "y")
        if writing.is_over:
            say(f"Record {found.id} stays open.")
            incident_open.farewell(writing)
            raise click.exceptions.Exit(1)
        numbers = ", ".join(str(one.number) for one in left)
        writing.save(incident_fields.CLOSED.id, f"with open follow-ups: {numbers}" if left else "nothing is left to do")
        say(f"Record {found.id} is closed.")
        say("Some time for yourselves too: talk it over with somebody you trust; it is heavy work.")


def _missing(found: Incident, *, has_outcome: bool) -> Iterator[str]:
    """Yield what a record that is to be closed does not say."""
    if not has_outcome and not found.texts("outcome"):
        yield "There is no outcome: the record does not say how it ended."
    for danger in found.texts("danger"):
        if not is_no(danger) and not has_outcome and not found.texts("outcome"):
            yield f"Immediate danger was noted: {escape.terminal(danger)}"


def _still_open(count: int) -> Iterator[str]:
    if count:
        yield f"{count} follow-ups stay open." if count > 1 else "1 follow-up stays open."
