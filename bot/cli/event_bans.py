"""``eventsafety event-bans``: the confidential list, for the person who may hold it; nothing of it goes to a wiki."""

from __future__ import annotations

import click

from bot.cli import options
from bot.cli.group import LazyGroup

COMMANDS = {
    "check": "bot.cli.event_bans_check",
    "seal": "bot.cli.event_bans_seal",
    "purge": "bot.cli.event_bans_purge",
}


@click.group(
    "event-bans",
    cls=LazyGroup,
    lazy=COMMANDS,
    epilog=options.examples(
        'eventsafety event-bans check "#12" --list list.xlsx',
        'eventsafety event-bans seal "#12" --list list.xlsx -o list.sealed',
        "eventsafety event-bans purge",
    ),
)
@options.common
def command() -> None:
    """Hold registrants against a confidential list, which never leaves this computer's memory.

    For those who may have the list: the Foundation's list of event bans, or one of an organizer's own.
    """
