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
    from bot.cli.incident_session import HELP, show_choices
    from bot.private import incident_text, incident_where

    lines = Lines()
    say("Does any of this apply?")
    show_choices()
    with lines.listening():
        try:
            said = lines.next("> ") or ""
            for _ in range(2):
                if not said.strip() or incident_where.read(said) is not None:
                    break
                say("That was not understood." if said.strip() != HELP else "It decides who else has to be told.")
                say('Numbers of the list, such as "1 5"; no for none of them; Enter where nobody knows.')
                said = lines.next("> ") or ""
        except StoppedError as stop:
            raise click.exceptions.Exit(stop.exit_code) from None
    ids = incident_where.read(said)
    if ids is None and said.strip():
        say("That was not understood; here are all, with when each is told.")
    told = incident_where.whom(options.settings().contacts, ids)
    console.result("".join(f"{line}\n" for line in incident_text.addresses(told, console.width())))
