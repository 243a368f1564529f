"""``eventsafety event-bans purge``: deletes the results and sealed lists of events that are over; reads no list."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from bot import escape
from bot.cli import confidential, console, options

NOT_ALL_SEEN = 11


@click.command(
    "purge",
    epilog=options.examples(
        "eventsafety event-bans purge",
        "eventsafety event-bans purge --dry-run ~/Documents",
        "eventsafety event-bans purge --all result.txt",
    ),
)
@click.argument("paths", nargs=-1, metavar="[PATH]...", type=click.Path(path_type=Path))
@click.option("--all", "everything", is_flag=True, help="Also those of events that are not over yet.")
@click.option("--dry-run", is_flag=True, help="Only say what would be deleted.")
@options.common
@confidential.confidential
def command(paths: tuple[Path, ...], *, everything: bool, dry_run: bool) -> None:
    """Delete results and sealed lists whose time is over, from the files and folders PATH (by default this folder).

    Only files that this program made are touched, whatever they are called; folders are searched with all below them,
    and links are not followed. The list itself is yours to delete. Exit codes: 0 done; 11 not everything could be
    looked at; 1 error; 2 usage.
    """
    from bot.private import media, purge

    found = purge.find(paths or (Path(),), datetime.now(UTC), everything=everything)
    promises: list[str] = []
    for one in found.found:
        if not one.is_due:
            _say(purge.told_kept(one))
        elif dry_run:
            _say(f"Would delete {one.path}.")
        else:
            promises.append(media.promise(one.path))
            _say(purge.told_deleted(one, others=purge.delete(one)))
    for promise in dict.fromkeys(promises):
        _say(promise)
    if not found.found and not found.unseen:
        _say(f"Nothing to delete: of {found.looked_at:,} files none is of this program.")
    for missed in found.unseen:
        console.diagnostic(escape.terminal(f"{missed.path} was not looked at: {missed.why}."))
    if found.unseen:
        raise click.exceptions.Exit(NOT_ALL_SEEN)


def _say(sentence: str) -> None:
    console.result(escape.terminal(sentence) + "\n")
