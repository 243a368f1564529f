"""``eventsafety incident``: records of what was reported to the response team; files on this computer, no network."""

from __future__ import annotations

import click

from bot.cli import options
from bot.cli.group import LazyGroup

COMMANDS = {
    "new": "bot.cli.incident_new",
    "add": "bot.cli.incident_add",
    "follow-up": "bot.cli.incident_follow_up",
    "close": "bot.cli.incident_close",
    "show": "bot.cli.incident_show",
    "list": "bot.cli.incident_list",
    "export": "bot.cli.incident_export",
    "where": "bot.cli.incident_where",
    "anonymize": "bot.cli.incident_anonymize",
    "review": "bot.cli.incident_review",
    "purge": "bot.cli.incident_purge",
}


@click.group(
    "incident",
    cls=LazyGroup,
    lazy=COMMANDS,
    epilog=options.examples(
        "eventsafety incident new",
        "eventsafety incident add k7m2",
        "eventsafety incident close k7m2",
    ),
)
@options.common
def command() -> None:
    """Write down a report while somebody tells it, and keep it encrypted on this computer.

    A record only grows: what is corrected stays in its history. Adding to one needs no passphrase; reading does. The
    end of a record's name ("k7m2") is enough to name it, and nothing at all where there is only one.

    Nothing of a record is ever an argument of a command, and nothing of it is written anywhere else.
    """
