"""``eventsafety check``: who registered for an event, and what the public sources say of them."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.cli import console, files, inputs, options, progress
from bot.errors import UsageError

if TYPE_CHECKING:
    from bot.model import CheckResult

FLAGS_FOUND = 10
NOT_ALL_CHECKED = 11


@click.command(
    "check",
    epilog=options.examples(
        'eventsafety check "Event:Learning Clinic"',
        'eventsafety check "#12" --html report.html',
        "eventsafety check --registrants people.csv --json",
    ),
)
@click.argument("event", required=False)
@click.option("--registrants", metavar="FILE.csv", help="A CSV file with more registrants; - for standard input.")
@click.option("--column", metavar="NAME", help="The column of the CSV file that holds the user names.")
@click.option("--only-csv", is_flag=True, help="Check the registrants of the CSV file alone, not those of the event.")
@click.option(
    "--accept-list",
    "accepted",
    metavar="ID",
    multiple=True,
    help="Believe this list although its size changed sharply, because you looked at its history.",
)
@click.option("--json", "as_json", is_flag=True, help="Print eventsafety/check@1.")
@click.option("--html", "page", metavar="FILE", type=click.Path(path_type=Path), help="Write the report as a web page.")
@options.common
def command(
    event: str | None,
    *,
    registrants: str | None,
    column: str | None,
    only_csv: bool,
    accepted: tuple[str, ...],
    as_json: bool,
    page: Path | None,
) -> None:
    """Check everybody who registered for EVENT against the public sources.

    EVENT is a title, the address of a page, Special:EventDetails/12 or #12 (in quotes). It may be left out when
    --registrants gives the names. Exit codes: 0 everybody was checked and there is nothing to see; 10 flags found; 11
    nobody is flagged, but there is a REVIEW, or somebody could not be checked (people who registered privately
    cannot), or a line could not be read; 1 error; 2 usage.
    """
    _refuse(event, registrants, column=column, only_csv=only_csv)
    settings = inputs.settings_for(page, registrants=registrants)
    csv = None if registrants is None else files.read_bytes(registrants)
    from bot import check

    request = check.CheckRequest(
        event=event,
        registrants_csv=csv,
        csv_column=column,
        csv_only=only_csv,
        accept_lists=frozenset(accepted),
    )
    with progress.on_terminal() as shown:
        result = check.run(request, settings, now=datetime.now(UTC), progress=shown)
    show(result, page, as_json=as_json, everything=options.verbosity() > 0)
    if code := exit_code(result):
        raise click.exceptions.Exit(code)


def exit_code(result: CheckResult) -> int:
    """Return 10 when somebody is flagged, else 11 when a person must look at anything, else 0.

    That is a REVIEW, somebody who was not checked (registrants whom this account cannot see among them), a source that
    failed, a line that could not be read.
    """
    from bot.model import SourceState, VerdictKind

    if any(judged.verdict is VerdictKind.FLAG for judged in result.judged):
        return FLAGS_FOUND
    gaps = any(judged.unknown or judged.verdict is not VerdictKind.CLEAR for judged in result.judged)
    broken = any(source.state not in (SourceState.OK, SourceState.OFF) for source in result.sources)
    return NOT_ALL_CHECKED if gaps or broken or result.unparsed or result.unread or result.coverage.private else 0


def _refuse(event: str | None, registrants: str | None, *, column: str | None, only_csv: bool) -> None:
    if event is None and registrants is None:
        raise UsageError("Say which event to check: a title, the address of its page, or #12. Or give --registrants.")
    if registrants is None and (column is not None or only_csv):
        raise UsageError("--column and --only-csv say how to use a CSV file: give it with --registrants.")


def show(result: CheckResult, page: Path | None = None, *, as_json: bool, everything: bool) -> None:
    """Print the report or its JSON, and write it as a web page to ``page``; ``everything`` lists the CLEAR ones too."""
    if page is not None:
        from bot.render import html

        files.write(page, html.check(result))
        console.diagnostic(f"The report is in {page}.")
    if as_json:
        from bot.render import jsons

        console.result(jsons.check(result))
    else:
        from bot.render import terminal

        console.result(terminal.check(result, console.width(), colour=console.colour(), everything=everything))
