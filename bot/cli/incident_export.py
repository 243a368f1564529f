"""``eventsafety incident export``: a record for somebody who may have it, as text or JSON, in clear or encrypted."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import click

from bot.cli import confidential, incident_open, options

TEXT_WIDTH = 100


@click.command(
    "export",
    epilog=options.examples(
        "eventsafety incident export k7m2 -o report.txt",
        "eventsafety incident export k7m2 --json --to age1… -o report.json.age",
    ),
)
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="By default text.")
@click.option("--json", "as_json", is_flag=True, help="The same as --format json: eventsafety/incident@1.")
@click.option("--to", "recipients", metavar="AGE-KEY", multiple=True, help="Encrypt it to this age key; repeatable.")
@click.option("-o", "--output", metavar="FILE", type=click.Path(path_type=Path), help="A new file, for you alone.")
@incident_open.opened_with
@options.common
@confidential.confidential
def command(
    *,
    record: str,
    form: Literal["text", "json"],
    as_json: bool,
    recipients: tuple[str, ...],
    output: Path | None,
    identity: str | None,
    password_fd: int | None,
) -> None:
    """Hand RECORD on with its whole history, to the terminal or to a new file of mode 0600 outside any repository.

    It is the full record with all names: for Trust and Safety or whoever takes over, never for the public. Exit code
    11: something of the file is not as it was written; the export says what.
    """
    from bot.cli import console
    from bot.private import incident_chain, incident_json, incident_store, incident_text, vault

    if output:
        vault.refuse(output)
    elif not recipients:
        confidential.refuse_redirected()
    if recipients:
        incident_chain.encrypted("", recipients)  # a slip in a key, before the passphrase is asked for
    path = incident_store.find(incident_open.folder(), record)
    found = incident_open.read(path, identity, password_fd)
    if as_json or form == "json":
        content = incident_json.document(found)
    else:
        width = TEXT_WIDTH if output or recipients else console.width()
        content = incident_text.text(found, today=incident_open.now().date(), width=width, history=True)
    if recipients:
        content = incident_chain.encrypted(content, recipients)
    if output:
        vault.write(output, content.encode())
        console.diagnostic(f"record {found.id} was written to {output}; delete it when it was handed over.")
    else:
        console.result(content)
    if found.notes:
        raise click.exceptions.Exit(incident_open.NOT_WHOLE)
