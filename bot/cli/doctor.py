"""``eventsafety doctor``: can this set-up do its work, point by point."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from bot.cli import console, options
from bot.errors import ConfigError

if TYPE_CHECKING:
    from bot.config import Settings


@click.command(
    "doctor",
    epilog=options.examples(
        "eventsafety doctor",
        "eventsafety doctor --config settings.toml --site wikipedia:de",
    ),
)
@click.option("--json", "as_json", is_flag=True, help="Print eventsafety/doctor@1.")
@options.common
def command(*, as_json: bool) -> None:
    """Look at the settings, the wiki and its sources, and say what is amiss; changes nothing.

    Exit codes: 0 the work can be done (warnings included), 1 it cannot.
    """
    from bot.doctor import gather, judge
    from bot.model import FindingState
    from bot.render import jsons, terminal

    facts = gather.gather(_settings_or_why(), lambda: datetime.now(UTC))
    findings = judge.findings(facts)
    shown = jsons.doctor(findings) if as_json else terminal.doctor(findings, console.width(), colour=console.colour())
    console.result(shown)
    if any(finding.state is FindingState.FAIL for finding in findings):
        raise click.exceptions.Exit(1)


def _settings_or_why() -> Settings | str:
    try:
        return options.settings()
    except ConfigError as error:
        return str(error)
