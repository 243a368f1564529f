"""``eventsafety diff``: a stored plan as unified diffs, equal ones once."""

from __future__ import annotations

import click

from bot.cli import console, files, options


@click.command(
    "diff",
    epilog=options.examples(
        "eventsafety diff plan.json",
        "eventsafety diff plan.json | less",
    ),
)
@click.argument("file", metavar="FILE")
@options.common
def command(file: str) -> None:
    """Show what the plan in FILE would change, line by line; pages that change alike are shown together.

    At the end stands the command that applies this plan, with its digest.
    """
    from bot.plan import stored
    from bot.render import plans

    plan = stored.from_json(files.read_bytes(file), file)
    console.result(plans.diff(plan, colour=console.colour(), file=file))
