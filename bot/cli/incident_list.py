"""``eventsafety incident list``: which records there are, and with the passphrase what is open and due."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

import click

from bot.cli import confidential, incident_open, options

if TYPE_CHECKING:
    from bot.private.incident import Incident
    from bot.private.incident_chain import RecordFile
    from bot.private.incident_store import Kept


@click.command("list", epilog=options.examples("eventsafety incident list", "eventsafety incident list --open"))
@click.option("--open", "opens", is_flag=True, help="Ask for a passphrase and show what it opens: state, follow-ups.")
@incident_open.identity
@options.common
@confidential.password_fd
@confidential.confidential
def command(*, opens: bool, identity: str | None, password_fd: int | None) -> None:
    """List the records on this computer, the one written to last at the end; nothing of what they hold.

    With --open, --identity or --password-fd: of each record that it opens, also its state and its open follow-ups.
    """
    from bot.cli import console
    from bot.private import incident_store

    found = incident_store.listing(incident_open.folder())
    if not found:
        console.result("There is no incident record.\n")
        return
    secret = _secret(identity, password_fd) if opens or identity or password_fd is not None else None
    if secret:
        console.diagnostic(f"{len(found)} to open; each takes a moment.")
    now = incident_open.now()
    for one in found:
        opened = _opened(one, secret) if secret else None
        state = "" if not secret else "not opened by it, " if not opened else _state(opened)
        console.result("".join(f"{line}\n" for line in _lines(one, now, state, opened)))
    if not secret:
        console.diagnostic(
            "whether a record is closed, and what is due, only its passphrase or key tells: --open, --identity."
        )


def _secret(identity: str | None, password_fd: int | None) -> _Secret:
    from bot.cli import files

    if identity:
        return _Secret(files.read_bytes(identity), "")
    return _Secret(b"", confidential.password("Passphrase", password_fd))


class _Secret:
    """What may open records; it has no words for itself."""

    def __init__(self, identity: bytes, passphrase: str) -> None:
        self.identity = identity
        self.passphrase = passphrase

    def of(self, file: RecordFile) -> str:
        """Return the secret key of a record; raises UsageError where this does not open it."""
        from bot.private import incident_chain

        if self.identity:
            return incident_chain.secret_by_identity(file, self.identity)
        return incident_chain.secret_by_passphrase(file, self.passphrase)


def _opened(one: Kept, secret: _Secret) -> Incident | None:
    from bot.errors import EventSafetyError
    from bot.private import incident_store

    try:
        return incident_store.read(one.path, secret.of)
    except EventSafetyError:
        return None


def _state(found: Incident) -> str:
    return "closed, " if found.is_closed else "open, "


def _lines(one: Kept, now: datetime, state: str, found: Incident | None) -> Iterator[str]:
    from bot.cli import console
    from bot.private import incident_text

    entries = "1 entry" if one.entries == 1 else f"{one.entries} entries"
    if one.entries < 0:
        entries = "cannot be read"
    trouble = f"; {one.trouble}" if one.trouble else ""
    written = one.written.astimezone(now.tzinfo)
    yield f"{one.id}  {state}{entries}, last written {written:%Y-%m-%d %H:%M} ({_ago(now, written)}){trouble}"
    if found:
        yield from (f"  ! {note}" for note in (*found.notes, *found.doubts))
        left = (follow_up for follow_up in found.follow_ups if follow_up.is_open)
        yield from incident_text.follow_ups(left, today=now.date(), width=console.width())


def _ago(now: datetime, then: datetime) -> str:
    days = (now.date() - then.date()).days
    return "today" if days <= 0 else "yesterday" if days == 1 else f"{days} days ago"
