"""``eventsafety contacts``: how the safety contacts of an event do, and where roster and page differ."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from bot.cli import console, inputs, options

if TYPE_CHECKING:
    from bot.tasks.team import TeamReport

SOMETHING_WRONG = 10
NOT_ALL_KNOWN = 11


@click.command(
    "contacts",
    epilog=options.examples(
        'eventsafety contacts "Event:Learning Clinic"',
        'eventsafety contacts "#12" --roster roster.toml --json',
    ),
)
@click.argument("event")
@inputs.common
@click.option("--json", "as_json", is_flag=True, help="Print eventsafety/contacts@1.")
@options.common
def command(event: str, *, as_json: bool) -> None:
    """Tell whether the response team of EVENT can do its work, and where its roster and its page differ.

    Who is there at every moment of the event, whose account is gone, blocked, silent or cannot be mailed, what is
    missing for a report to reach somebody. Nothing is written; `plan --task contacts` makes the page true. Exit codes:
    0 all is well; 10 something is not; 11 nothing is wrong that is known, but not everything could be checked; 1
    error; 2 usage.
    """
    roster, training = inputs.roster(), inputs.training()
    settings = options.settings()
    from bot.read.session import Session
    from bot.tasks import event as events
    from bot.tasks import team

    with Session.open(settings) as session:
        about = events.read(session, event, roster, training, now=datetime.now(UTC))
        found = team.look(session, about)
    from bot.render import team as rendering

    if as_json:
        console.result(rendering.to_json(about.event, found))
    else:
        console.result(rendering.terminal(about.event, found, console.width(), colour=console.colour()))
    if code := exit_code(found):
        raise click.exceptions.Exit(code)


def exit_code(found: TeamReport) -> int:
    """Return 10 for what is wrong with the team or differs from its page, else 11 for what is not known, else 0."""
    from bot.model import Grade

    grades = {point.grade for point in found.health}
    if grades & {Grade.SERIOUS, Grade.WARNING} or found.differences:
        return SOMETHING_WRONG
    return NOT_ALL_KNOWN if Grade.UNKNOWN in grades else 0
