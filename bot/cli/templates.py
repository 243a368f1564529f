"""``eventsafety templates``: what the bot needs on the wiki, as a plan like any other."""

from __future__ import annotations

from pathlib import Path

import click

from bot.cli import inputs, options
from bot.cli.plan import finish


@click.group(
    "templates",
    epilog=options.examples(
        "eventsafety templates install -o templates.json",
    ),
)
def command() -> None:
    """The bot's templates on the wiki: review page, notices, contacts, checklist."""


@command.command(
    "install",
    epilog=options.examples(
        "eventsafety templates install -o templates.json",
        "eventsafety templates install --replace-changed -o templates.json",
    ),
)
@click.option("-o", "--output", metavar="FILE", type=click.Path(path_type=Path), help="Store the plan for apply.")
@click.option("--replace-changed", is_flag=True, help="Also those that somebody changed since the bot saved them.")
@click.option("--json", "as_json", is_flag=True, help="Print eventsafety/plan@1.")
@options.common
def install(output: Path | None, *, replace_changed: bool, as_json: bool) -> None:
    """Plan the templates that are missing or older than this version; `apply` saves them.

    Exit codes: 0 all of them are there; 99 edits are proposed; 1 error.
    """
    settings = inputs.settings_for(output)
    from bot.read.session import Session
    from bot.tasks import templates

    with Session.open(settings) as session:
        found = templates.plan(session, replace_changed=replace_changed)
    finish(found, output, as_json=as_json)
