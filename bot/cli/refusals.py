"""``eventsafety refusals``: the register of letters of refusal, off the wiki: to look into, and to delete from."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime
from pathlib import Path

import click

from bot import escape
from bot.cli import confidential, console, options
from bot.errors import UsageError

PARTLY = 11


@click.group(
    "refusals",
    epilog=options.examples(
        "eventsafety refusals list",
        'eventsafety refusals list --event "Riverside Meetup" --json',
        "eventsafety refusals purge --before 2026-12-31",
    ),
)
@options.common
def command() -> None:
    """Show and delete what is kept of letters of refusal: who, which event, what was decided, when; no letter.

    It is one file in private.folder of the settings that only you can read.
    """


@command.command(
    "list",
    epilog=options.examples('eventsafety refusals list --event "Riverside Meetup"', "eventsafety refusals list --json"),
)
@click.option("--event", metavar="TITLE", help="Only letters about this event.")
@click.option("--json", "as_json", is_flag=True, help="Print eventsafety/refusals@1.")
@options.common
@confidential.confidential
def listed(*, event: str | None, as_json: bool) -> None:
    """List the letters that were made, the oldest first.

    Exit code 11: a line of the register could not be read.
    """
    from bot.private import register

    found = register.read(_content(_file()))
    chosen = register.chosen(found.entries, event, None)
    console.result(
        escape.json_text(register.as_json(found, chosen)) if as_json else "".join(map(_shown, register.rows(chosen)))
    )
    for number in found.unread:
        console.diagnostic(f"Line {number} of the register could not be read.")
    if found.unread:
        raise click.exceptions.Exit(PARTLY)


@command.command(
    "purge",
    epilog=options.examples(
        'eventsafety refusals purge --event "Riverside Meetup"', "eventsafety refusals purge --before 2026-12-31"
    ),
)
@click.option("--event", metavar="TITLE", help="Letters about this event.")
@click.option("--before", metavar="DATE", help="Letters made before this day (UTC); with --event, both must be so.")
@options.common
@confidential.confidential
def purge(*, event: str | None, before: str | None) -> None:
    """Delete letters from the register, and say how many there were and what deletion cannot promise."""
    from bot.private import media, register, vault

    day = _date(before)
    if event is None and day is None:
        raise UsageError("Say which letters: --event TITLE, --before DATE, or both.")
    path = _file()
    if not register.chosen(register.read(_content(path)).entries, event, day):
        console.result("No such letter is in the register; nothing was deleted.\n")
        return
    counts: list[int] = []

    def less(data: bytes) -> bytes:
        left, count = register.without(data, event, day)
        counts.append(count)
        return left

    vault.replace(path, less)
    letters = "1 letter" if counts[-1] == 1 else f"{counts[-1]:,} letters"
    console.result(f"Deleted {letters} from the register.\n{escape.terminal(media.promise(path))}\n")


def _file() -> Path:
    from bot.private import register, vault

    return vault.folder(options.settings().private, os.environ) / register.FILE


def _content(path: Path) -> bytes:
    """Return what the register holds, nothing where there is none yet."""
    from bot.private import vault

    return vault.read(path) if path.exists() else b""


def _date(text: str | None) -> date | None:
    if text is None:
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise UsageError(f'--before "{text}" is no date; write it as 2026-12-24.') from None
    if day > datetime.now(UTC).date():
        raise UsageError(f"--before {text} is still to come; letters of today are kept until tomorrow.")
    return day


def _shown(row: str) -> str:
    return escape.terminal(row) + "\n"
