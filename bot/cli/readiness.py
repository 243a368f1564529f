"""``eventsafety readiness``: the preparation list of the training module for one event, item by item."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.cli import console, files, inputs, options

if TYPE_CHECKING:
    from bot.duty.readiness import Readiness

SOMETHING_MISSING = 10
NOT_ALL_KNOWN = 11


@click.command(
    "readiness",
    epilog=options.examples(
        'eventsafety readiness "Event:Learning Clinic" --roster roster.toml',
        'eventsafety readiness "#12" --training "First aid.json" --html list.html',
    ),
)
@click.argument("event")
@inputs.common
@click.option("--json", "as_json", is_flag=True, help="Print eventsafety/readiness@1.")
@click.option("--html", "page", metavar="FILE", type=click.Path(path_type=Path), help="Write the list as a web page.")
@options.common
def command(event: str, *, as_json: bool, page: Path | None) -> None:
    """Tell what of the preparation for EVENT is done, what is missing, and what cannot be told from here.

    It is read from the event's page, the roster, the accounts of the team, and the last `check` of this event on this
    computer; what no page shows is declared in the roster. Exit codes: 0 nothing is missing; 10 something is; 11
    nothing is missing that is known, but not everything can be told; 1 error; 2 usage.
    """
    settings = inputs.settings_for(page)
    roster, training = inputs.roster(), inputs.training()
    from bot.read.session import Session
    from bot.tasks import event as events
    from bot.tasks import readiness

    with Session.open(settings) as session:
        about = events.read(session, event, roster, training, now=datetime.now(UTC))
        found = readiness.look(session, about).readiness
    show(found, page, as_json=as_json)
    if code := exit_code(found):
        raise click.exceptions.Exit(code)


def exit_code(found: Readiness) -> int:
    """Return 10 when an item is missing, else 11 when one cannot be told, else 0."""
    from bot.model import ItemState

    states = {item.state for item in found.items}
    if ItemState.MISSING in states:
        return SOMETHING_MISSING
    return NOT_ALL_KNOWN if ItemState.CANNOT_TELL in states else 0


def show(found: Readiness, page: Path | None = None, *, as_json: bool) -> None:
    """Print the list or its JSON, and write it as a web page to ``page``."""
    from bot.render import readiness, readiness_html

    if page is not None:
        files.write(page, readiness_html.page(found))
        console.diagnostic(f"The list is in {page}.")
    if as_json:
        console.result(readiness.as_json(found))
    else:
        console.result(readiness.report(found, console.width(), colour=console.colour()))
