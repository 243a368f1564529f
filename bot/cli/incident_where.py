"""``eventsafety incident where``: to whom an incident is reported on, with the addresses of the settings."""

from __future__ import annotations

import click

from bot.cli import confidential, options


@click.command("where", epilog=options.examples("eventsafety incident where"))
@options.common
@confidential.confidential
def command() -> None:
    """Say whom to tell of an incident, for the kind of event and of people; asked here, since it says something of it.

    No record is needed or read. In immediate danger call the local emergency services first.
    """
    from bot.cli import console
    from bot.cli.incident_line import Lines, StoppedError, say
    from bot.cli.incident_session import show_choices
    from bot.private import incident_text, incident_where

    lines = Lines()
    say("Does any of this apply?")
    show_choices()
    with lines.listening():
        try:
            said = lines.next("> ") or ""
        except StoppedError as stop:
            raise click.exceptions.Exit(stop.exit_code) from None
    ids = incident_where.read(said) if said.strip() else frozenset()
    if ids is None:
        say("That was not understood; here is what is told of every incident.")
    told = incident_where.whom(options.settings().contacts, ids or frozenset())
    console.result("".join(f"{line}\n" for line in incident_text.addresses(told, console.width())))
