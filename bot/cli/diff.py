"""``eventsafety diff``: a stored plan as unified diffs, equal ones once."""

from __future__ import annotations

import click

from bot.cli import console, files, options


@click.command("diff")
@click.argument("file", metavar="FILE")
@options.common
def command(file: str) -> None:
    """Show what the plan in FILE would change, line by line; pages that change alike are shown together."""
    from bot.plan import stored
    from bot.render import plans

    console.result(plans.diff(stored.from_json(files.read_bytes(file), file), colour=console.colour()))
