"""``eventsafety plan``: the edits that would make the wiki right, shown and stored, never saved."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.cli import console, files, inputs, options, progress
from bot.errors import UsageError

if TYPE_CHECKING:
    from bot.plan.edits import Plan

EDITS_PROPOSED = 99
REVIEW = "review"
EVENT_TASKS = (REVIEW, "notices", "contacts", "checklist")


@click.command(
    "plan",
    epilog=options.examples(
        'eventsafety plan "Event:Learning Clinic" -o plan.json',
        'eventsafety plan "#12" --task notices --task contacts --roster roster.toml',
        'eventsafety plan "#12" --registrants --json',
    ),
)
@click.argument("event", required=False)
@click.option("--task", "tasks", metavar="T", multiple=True, help=f"Which task: {', '.join(EVENT_TASKS)}.")
@inputs.common
@click.option("--registrants", is_flag=True, help="The notice for the talk pages of all registrants, all alike.")
@click.option("--remind", is_flag=True, help="One reminder for those who were asked to agree and have not.")
@click.option(
    "--massmessage",
    "delivery",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="With --registrants or --remind: no edits, but a delivery list for a person who may send MassMessages.",
)
@click.option("--sender", metavar="NAME", help="With --massmessage: the account that sends and signs.")
@click.option("-o", "--output", metavar="FILE", type=click.Path(path_type=Path), help="Store the plan for apply.")
@click.option("--json", "as_json", is_flag=True, help="Print eventsafety/plan@1.")
@options.common
def command(
    event: str | None,
    *,
    tasks: tuple[str, ...],
    registrants: bool,
    remind: bool,
    delivery: Path | None,
    sender: str | None,
    output: Path | None,
    as_json: bool,
) -> None:
    """Plan the edits that would make the pages of EVENT right, and save none of them.

    \b
    review     the page on which reviewers decide about flagged registrations
               (this is what is planned when no task is named)
    notices    the conduct notice on the event's page and its talk page
    contacts   the safety contacts on the event's page, as the roster has them
    checklist  the preparation list on the event's page

    The plan holds the full text of each page and a digest over everything; `apply` takes just this plan. Exit codes: 0
    nothing is to be written; 99 edits are proposed; 1 error (a plan beyond its limits is one); 2 usage.
    """
    if event is None:
        raise UsageError("Say for which event: a title, the address of its page, or #12.")
    for task in tasks:
        if task not in EVENT_TASKS:
            raise UsageError(f'There is no task "{task}" for an event; there are: {", ".join(EVENT_TASKS)}.')
    asked = [*(["--registrants"] if registrants else []), *(["--remind"] if remind else [])]
    other = [*(["--task"] if tasks else []), *(["--json"] if as_json else [])]
    _refuse_together(asked, delivery, sender, output, other)
    settings = inputs.settings_for(output, delivery)
    roster, training = inputs.roster(), inputs.training()
    from bot.read.session import Session
    from bot.tasks import plans
    from bot.tasks import registrants as messages

    kind = messages.Kind.NOTICE if registrants else messages.Kind.REMINDER if remind else None
    chosen = tasks or (() if kind else (REVIEW,))
    request = plans.PlanRequest(event, chosen, roster, training, kind)
    now = datetime.now(UTC)
    with progress.on_terminal() as shown, Session.open(settings) as session:
        if delivery is not None:
            sending = plans.delivery(request, sender or "", session, now=now, progress=shown)
        else:
            found = plans.plan(request, session, now=now, progress=shown)
    if delivery is None:
        finish(found, output, as_json=as_json)
        return
    from bot.render import massmessage

    files.write(delivery, sending.list)
    console.result(massmessage.told(sending.letter, sending.targets, sending.notes, str(delivery)))


def _refuse_together(
    messages: Sequence[str], delivery: Path | None, sender: str | None, output: Path | None, other: Sequence[str]
) -> None:
    """Refuse options that do not go together; ``other`` are those that say something about a plan alone."""
    if len(messages) > 1:
        raise UsageError(f"{' and '.join(messages)} are two messages; plan one after the other.")
    if (delivery is not None or sender is not None) and not messages:
        raise UsageError("--massmessage and --sender say how to send what --registrants or --remind plans: give one.")
    if (delivery is None) != (sender is None):
        raise UsageError("--massmessage FILE and --sender NAME belong together: a person sends and signs.")
    if sender is not None and not sender.strip():
        raise UsageError("--sender is the name of the account that sends and signs; it is empty.")
    if delivery is not None and output is not None:
        raise UsageError("With --massmessage a person sends the messages, so there is no plan to store with -o.")
    if delivery is not None and other:
        raise UsageError(f"With --massmessage nothing but the message is prepared; leave out {' and '.join(other)}.")


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
