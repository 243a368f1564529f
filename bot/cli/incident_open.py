"""How the commands of incident records find one, open it and end; it must not know what a record is asked."""

from __future__ import annotations

import getpass
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

import click

from bot.cli import confidential, files, options
from bot.cli.incident_line import Lines, StoppedError, say
from bot.cli.incident_session import HELP, Session
from bot.errors import UsageError
from bot.private import incident_chain, incident_store, vault
from bot.private.incident import Incident

Decorated = TypeVar("Decorated", bound=Callable[..., Any])
TRIES = 3
SHORTEST = 8
LOST = "Nobody can replace it: ask whoever else has it. Adding needs none; if it is lost, begin a new record."
NOT_WHOLE = 11

record = click.argument("record", required=False, default="")
identity = click.option("--identity", metavar="FILE", help="A file of age keys, one of which opens the record.")


def opened_with(command: Decorated) -> Decorated:
    """Add RECORD, --identity and --password-fd, which a command hands to ``read``."""
    return record(identity(confidential.password_fd(command)))


def folder() -> Path:
    """Return the folder of records, made if there is none."""
    return vault.folder(options.settings().private, os.environ)


def now() -> datetime:
    """Return the time with what this computer's clock is off UTC."""
    return datetime.now().astimezone().replace(microsecond=0)


def read(path: Path, identity: str | None, password_fd: int | None) -> Incident:
    """Return a record, opened by an age key or its passphrase; at a terminal a wrong one can be typed again."""
    if identity:
        keys = files.read_bytes(identity)
        return incident_store.read(path, lambda file: incident_chain.secret_by_identity(file, keys))
    for left in range(TRIES - 1, -1, -1):
        try:
            return incident_store.read(path, lambda file: _by_passphrase(file, password_fd))
        except WrongPassphraseError as error:
            if password_fd is not None:
                raise UsageError(str(error)) from None
            if not left:
                raise UsageError(f"{error} {LOST}") from None
            say(f"  {error} Once more:")
    raise AssertionError


def new_passphrase(password_fd: int | None) -> str:
    """Return the passphrase of a new record, typed twice; at a terminal a slip can be mended.

    Raises UsageError for one that is shorter than ``SHORTEST``: it would be guessed in minutes.
    """
    for left in range(TRIES - 1, -1, -1):
        try:
            passphrase = confidential.password("Passphrase", password_fd, confirm=True)
            if len(passphrase) < SHORTEST:
                raise UsageError(f"A passphrase has at least {SHORTEST} characters; four words are a good one.")
            return passphrase
        except UsageError as error:
            if password_fd is not None or not left or not (sys.stdin and sys.stdin.isatty()):
                raise
            say(f"  {error} Once more:")
    raise AssertionError


class WrongPassphraseError(UsageError):
    """A passphrase that can be typed again."""


def _by_passphrase(file: incident_chain.RecordFile, password_fd: int | None) -> str:
    passphrase = "" if not file.by_passphrase else confidential.password(f"Passphrase of {file.id}", password_fd)
    if password_fd is None:
        say("  One moment.")  # age makes guessing slow, and with it this
    try:
        return incident_chain.secret_by_passphrase(file, passphrase)
    except UsageError as error:
        if not file.by_passphrase:
            raise
        raise WrongPassphraseError(str(error)) from None


@contextmanager
def session(path: Path) -> Iterator[Session]:
    """Let somebody write to a record; however it ends, what was typed is saved and they are told how to go on."""
    lines = Lines()
    writing = Session(path, lines, now, user())
    with lines.listening():
        try:
            yield writing
        except StoppedError as stop:
            say("")
            writing.keep_half(stop.half)
            farewell(writing)
            raise click.exceptions.Exit(stop.exit_code) from None


def farewell(writing: Session) -> None:
    """Say that all is saved, what to note down, and how to go on."""
    name = name_of(writing.path)
    if receipt := writing.receipt:
        say(f"Everything is saved in record {name}. Last entry: {receipt.number}, receipt {receipt.code}.")
    else:
        say(f"Nothing was added to record {name}.")
        if not incident_store.last_receipt(writing.path):
            return
    there = f", and there {writing.at}+" if writing.at else ""
    say(f"To go on: eventsafety incident add {name[-4:]}{there}")


def name_of(path: Path) -> str:
    """Return how a record is called."""
    return path.name.removeprefix("incident-").removesuffix(".record")


def user() -> str:
    """Return who is logged in on this computer, empty where it does not say."""
    with suppress(KeyError, OSError, ImportError):
        return getpass.getuser()
    return ""


def ask_name(writing: Session) -> None:
    """Ask who writes; the answer stands beside every entry."""
    shown = f" (Enter: {writing.by})" if writing.by else ""
    say(f"Your name?{shown}")
    while (answer := writing.lines.next("> ")) is not None and answer.strip() == HELP:
        say("  It stands beside every entry, so that others know whom to ask; Enter takes the name of the login.")
    writing.is_over = answer is None
    writing.by = (answer or "").strip() or writing.by
