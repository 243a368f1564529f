"""``eventsafety plan``: the edits that would make the wiki right, shown and stored, never saved."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.cli import console, files, options, progress
from bot.errors import UsageError

if TYPE_CHECKING:
    from bot.plan.edits import Plan

EDITS_PROPOSED = 99
REVIEW = "review"
EVENT_TASKS = (REVIEW,)


@click.command(
    "plan",
    epilog=options.examples(
        'eventsafety plan "Event:Learning Clinic" -o plan.json',
        'eventsafety plan "#12" --json',
    ),
)
@click.argument("event", required=False)
@click.option("--task", "tasks", metavar="T", multiple=True, help="Which task: review (the default).")
@click.option("-o", "--output", metavar="FILE", type=click.Path(path_type=Path), help="Store the plan for apply.")
@click.option("--json", "as_json", is_flag=True, help="Print eventsafety/plan@1.")
@options.common
def command(event: str | None, *, tasks: tuple[str, ...], output: Path | None, as_json: bool) -> None:
    """Plan the edits that would make the pages of EVENT right, and save none of them.

    The task "review" is the page on which reviewers decide about flagged registrations. The plan holds the full text
    of each page and a digest over everything; `apply` takes just this plan. Exit codes: 0 nothing is to be written; 99
    edits are proposed; 1 error (a plan beyond its limits is one); 2 usage.
    """
    if event is None:
        raise UsageError("Say for which event: a title, the address of its page, or #12.")
    for task in tasks:
        if task not in EVENT_TASKS:
            raise UsageError(f'There is no task "{task}" for an event; there is: {", ".join(EVENT_TASKS)}.')
    if output is not None:
        files.refuse_unwritable(output)
    settings = options.settings()
    from bot.read.session import Session
    from bot.tasks import review

    with progress.on_terminal() as shown, Session.open(settings) as session:
        found = review.plan(event, session, now=datetime.now(UTC), progress=shown)
    finish(found, output, as_json=as_json)


def finish(plan: Plan, output: Path | None, *, as_json: bool) -> None:
    """Store and show a plan, and end with 99 when it proposes edits."""
    from bot.plan import stored

    if output is not None:
        files.write(output, stored.to_json(plan))
    if as_json:
        console.result(stored.to_json(plan))
    else:
        from bot.render import plans

        name = str(output) if output else None
        console.result(plans.plan(plan, console.width(), colour=console.colour(), file=name))
    if plan.edits:
        raise click.exceptions.Exit(EDITS_PROPOSED)
