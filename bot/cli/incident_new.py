"""``eventsafety incident new``: a record begun while somebody tells what happened."""

from __future__ import annotations

import os

import click

from bot.cli import confidential, options

PASSPHRASE_SHORT = 12


@click.command(
    "new",
    epilog=options.examples(
        "eventsafety incident new",
        "eventsafety incident new --form",
        "eventsafety incident new --from-file notes.txt",
    ),
)
@click.option("--from-file", metavar="FILE", help="Take the answers from a filled in form (- for standard input).")
@click.option("--form", "wants_form", is_flag=True, help="Print an empty form for --from-file, and end.")
@click.option("--passphrase", "wants_passphrase", is_flag=True, help="A passphrase also where the settings name keys.")
@options.common
@confidential.password_fd
@confidential.confidential
def command(*, from_file: str | None, wants_form: bool, wants_passphrase: bool, password_fd: int | None) -> None:
    """Begin a record: quick questions, each of which can be skipped; every answer is saved at once.

    The record gets a passphrase, without which nobody can read it, or is encrypted to the age keys that the settings
    name in private.recipients. More can be added at any time, without the passphrase.
    """
    from bot.cli import console, incident_form, incident_open
    from bot.cli.incident_line import say
    from bot.cli.incident_session import HOW
    from bot.private import incident_fields, incident_store, incident_text

    if wants_form:
        console.result(incident_text.blank_form())
        return
    settings = options.settings()
    answers = incident_form.read(from_file) if from_file else ()
    folder = incident_open.folder()
    recipients = settings.private.recipients
    passphrase = ""
    if wants_passphrase or not recipients or password_fd is not None:
        say("If anybody is in danger right now, help comes first: local emergency services, venue security.")
        say("A new incident record. Without its passphrase nobody can read it, and nobody can replace it:")
        say("write it down where only you find it, and give it to whoever handles this with you.")
        say(f"It has at least {incident_open.SHORTEST} characters.")
        passphrase = incident_open.new_passphrase(password_fd)
        if len(passphrase) < PASSPHRASE_SHORT:
            say("  This passphrase is short. Four or five words that do not belong together are harder to guess.")
        say("  One moment.")  # age makes guessing slow, and with it this
    path = incident_store.create(
        folder, incident_open.now().date(), os.urandom(8), passphrase=passphrase, recipients=recipients
    )
    say(f"Record {incident_open.name_of(path)}. {HOW}")
    try:
        with incident_open.session(path) as writing:
            if from_file:
                incident_form.save(writing, answers)
            else:
                writing.ask_all(incident_fields.QUESTIONS)
                incident_form.ask_follow_ups(writing)
            incident_form.close_session(writing, settings.contacts, answers)
    finally:
        if not incident_store.last_receipt(path):
            incident_store.delete(path)
            say("Nothing was written down, so that no record is kept.")
