"""``eventsafety event-bans seal``: a list made into a file that tells of one event's registrants, and no more."""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.cli import (
    confidential,
    console,
    event_bans_event,
    event_bans_held,
    event_bans_people,
    options,
    private_list,
    progress,
)
from bot.cli.private_list import SealedFile
from bot.errors import UsageError

if TYPE_CHECKING:
    from bot.private.sealed import Reference


@click.command(
    "seal",
    epilog=options.examples(
        'eventsafety event-bans seal "#12" --list list.xlsx -o list.sealed',
    ),
)
@click.argument("event")
@private_list.options(required=True)
@event_bans_event.options
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    type=click.Path(path_type=Path),
    required=True,
    help="The sealed list, a new file.",
)
@options.common
@confidential.confidential
def command(event: str, *, output: Path, password_fd: int | None) -> None:
    """Seal a list for EVENT: whoever has the file and its secret can check the registrants and cannot read the list.

    The secret is shown once, and never again. Give it to the organizer by another way than the file. A match tells the
    organizer a reference; only you see which row of the list it stands for.
    """
    from bot.check import event as events
    from bot.private import sealed, secret, vault
    from bot.private.sealed_hash import Work
    from bot.read import wiki
    from bot.read.session import Session

    confidential.refuse_redirected("The secret is shown at the terminal alone: leave the redirection out.")
    vault.refuse(output)
    now = datetime.now(UTC)
    with progress.on_terminal() as shown:
        with Session.open(options.settings()) as session:
            shown("Finding the event")
            site = wiki.site_info(session)
            located = events.locate(session, site, event)
        occasion = event_bans_event.completed(event_bans_people.occasion(located.event))
        shown.clear()
        found = private_list.read(site, password_fd)
        if isinstance(found, SealedFile):
            raise UsageError("The list is sealed already; a sealed list is made from the list itself.")
        if found.unread:
            rows = ", ".join(str(one.row) for one in found.unread)
            raise UsageError(
                f"Of the list, what stands in row {rows} could not be read, and whoever uses a sealed list would not "
                "know: mend that first."
            )
        force = event_bans_held.in_force(found, occasion, now)
        if not force.entries:
            raise UsageError("No entry of the list holds for this event: there is nothing to seal.")
        key = secret.new(os.urandom)
        data, references = sealed.seal(
            force.entries,
            occasion,
            site.dbname,
            expires=force.delete_after,
            made=now,
            secret=key,
            random=os.urandom,
            work=Work(progress=lambda done, total: shown("Sealing", done, total)),
        )
    vault.write(output, data)
    for note in (*found.notes, *force.notes, *(f"Left out, {why}: {n:,}." for why, n in force.left_out.items())):
        console.diagnostic(note)
    console.result(_told(output, force.delete_after, secret.text(key), references))


def _told(output: Path, delete_after: datetime, secret: str, references: Sequence[Reference]) -> str:
    """Return what the holder of the list has to know, once."""
    rows = "".join(f"  {one.ref}  row {one.row}\n" for one in references)
    return (
        f"The sealed list is in {output}; it can be used until {delete_after:%Y-%m-%d %H:%M} UTC.\n\n"
        f"Its secret, shown only now:\n\n  {secret}\n\n"
        "Give the file and the secret to the organizer by two different ways, and to nobody else. Whoever has both\n"
        "can try names one by one, each at the cost that docs/sealed-lists.md states.\n\n"
        "When the organizer asks about a reference, it is this row of your list:\n\n"
        f"{rows}"
    )
