"""``eventsafety incident show``: a record on the terminal."""

from __future__ import annotations

import click

from bot.cli import confidential, incident_open, options


@click.command("show", epilog=options.examples("eventsafety incident show k7m2", "eventsafety incident show --history"))
@click.option("--history", is_flag=True, help="Every entry as it was written, too.")
@incident_open.opened_with
@options.common
@confidential.confidential
def command(*, record: str, history: bool, identity: str | None, password_fd: int | None) -> None:
    """Show RECORD as it stands, with what was corrected; it needs the passphrase.

    Exit code 11: something of the file is not as it was written.
    """
    from bot.cli import console
    from bot.private import incident_store, incident_text

    confidential.refuse_redirected("`eventsafety incident export -o FILE` makes one for you alone.")
    path = incident_store.find(incident_open.folder(), record)
    found = incident_open.read(path, identity, password_fd)
    console.result(incident_text.text(found, today=incident_open.now().date(), width=console.width(), history=history))
    if receipt := incident_store.last_receipt(path):
        console.result(f"\nLast entry: {receipt.number}, receipt {receipt.code}. Compare it with the one you noted.\n")
    if found.notes:
        raise click.exceptions.Exit(incident_open.NOT_WHOLE)
