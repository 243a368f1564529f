"""The command ``eventsafety``: the only place that prints, prompts and exits; ``--help`` imports nothing heavy."""

from __future__ import annotations

import io
import sys

import click

from bot.cli import options
from bot.cli.group import LazyGroup

# The module of each command holds it as ``command`` and imports what is heavy inside its functions.
COMMANDS = {
    "check": "bot.cli.check",
    "contacts": "bot.cli.contacts",
    "readiness": "bot.cli.readiness",
    "plan": "bot.cli.plan",
    "diff": "bot.cli.diff",
    "apply": "bot.cli.apply",
    "run": "bot.cli.run",
    "templates": "bot.cli.templates",
    "refuse": "bot.cli.refuse",
    "refusals": "bot.cli.refusals",
    "incident": "bot.cli.incident",
    "event-bans": "bot.cli.event_bans",
    "parse": "bot.cli.parse",
    "screen": "bot.cli.screen",
    "doctor": "bot.cli.doctor",
}


@click.group("eventsafety", cls=LazyGroup, lazy=COMMANDS, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="eventsafety", message="%(prog)s %(version)s")
@options.common
def cli() -> None:
    """Check who registered for a Wikimedia event against public ban lists and account states.

    Results go to standard output, everything else to standard error. Exit codes: 0 all done and nothing to see,
    1 error, 2 the words of the command cannot be taken, 10 flags found, 11 nothing flagged but not everything could
    be checked, 99 edits proposed, 130 stopped by Ctrl-C.
    """


def main() -> None:
    """Run the command line and leave with its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a terminal that is not UTF-8 must not end the report
    cli(prog_name="eventsafety")
