"""``eventsafety incident purge``: deletes one record on purpose; it is never done without being asked for by name."""

from __future__ import annotations

import click

from bot import escape
from bot.cli import confidential, console, incident_open, options


@click.command("purge", epilog=options.examples("eventsafety incident purge k7m2"))
@click.argument("record")
@click.option("--yes", "is_sure", is_flag=True, help="Do not ask; for whoever has decided.")
@options.common
@confidential.confidential
def command(*, record: str, is_sure: bool) -> None:
    """Delete RECORD, overwritten and for good, when nobody needs it any more; exports and copies are not looked for.

    It asks first, and needs no passphrase: a record whose passphrase is lost can go as well.
    """
    from bot.cli.incident_line import Lines, StoppedError, say
    from bot.private import incident_store, media

    path = incident_store.find(incident_open.folder(), record)
    name = incident_open.name_of(path)
    receipt = incident_store.last_receipt(path)
    if not is_sure:
        count = receipt.number if receipt else 0
        say(f"Record {escape.terminal(name)}, entries: {count}. Nobody can bring it back.")
        say("Hand it over before, if Trust and Safety is to have it.")
        say(f"To delete it, type its end: {escape.terminal(name[-4:])}")
        lines = Lines()
        with lines.listening():
            try:
                said = lines.next("> ")
            except StoppedError as stop:
                raise click.exceptions.Exit(stop.exit_code) from None
        if (said or "").strip().lower() not in {name, name[-4:]}:
            say("It is as it was.")
            raise click.exceptions.Exit(1)
    promise = media.promise(path)
    incident_store.delete(path)
    console.result(escape.terminal(f"Deleted record {name}.") + "\n")
    console.result(escape.terminal(promise) + "\n")
