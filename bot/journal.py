"""The bot's own record of what it was about to save and what came of it: an append-only file; knows no wiki.

One JSON object a line, on the disk before the next step is taken. Public facts only: titles, revisions and digests of
what was planned, never a text and never a registrant. The wiki itself decides what was saved; this tells people, and
how many edits there were of late.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Annotated, Self

import msgspec
from msgspec import Meta

from bot.errors import ConfigError, UsageError

SCHEMA = "eventsafety/journal@1"
INTENT, OUTCOME = "intent", "outcome"


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """``what`` is INTENT (before a save) or OUTCOME (with its ``end``); ``at`` is UTC, ``sha1`` that of the text."""

    what: str
    at: Annotated[datetime, Meta(tz=True)]
    plan: str
    site: str
    user: str
    number: int
    title: str
    base: int
    sha1: str
    task: str
    end: str = ""
    revid: int | None = None
    code: str = ""
    schema: str = SCHEMA


class Journal:
    """An open journal; use ``open_journal``."""

    def __init__(self, file: int, path: Path) -> None:
        self._file = file
        self._path = path

    def write(self, record: Record) -> None:
        """Append a record and return when it is on the disk; raises ConfigError when it cannot be."""
        line = msgspec.json.encode(record) + b"\n"
        try:
            while line:
                line = line[os.write(self._file, line) :]
            os.fsync(self._file)
        except OSError as error:
            raise ConfigError(f"Cannot write {self._path}: {error.strerror}; nothing more is saved.") from error

    def mend(self) -> Self:
        """End a line that a killed run left unfinished."""
        try:
            size = os.lseek(self._file, 0, os.SEEK_END)
            if size and os.pread(self._file, 1, size - 1) != b"\n":
                os.write(self._file, b"\n")
        except OSError as error:
            raise ConfigError(f"Cannot write {self._path}: {error.strerror}; nothing is saved.") from error
        return self


@contextmanager
def open_journal(path: Path) -> Iterator[Journal]:
    """Open the journal at ``path`` for this run alone, made with mode 0600 if there is none.

    Raises UsageError when another run holds it, ConfigError when it cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        file = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, 0o600)
        _sync_folder(path.parent)
    except OSError as error:
        raise ConfigError(f"Cannot write {path}: {error.strerror}; set writing.journal_file.") from error
    try:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise UsageError(f"Another run is writing just now (it holds {path}); wait until it has ended.") from error
        except OSError as error:
            raise ConfigError(f"Cannot lock {path}: {error.strerror}; set writing.journal_file.") from error
        yield Journal(file, path).mend()
    finally:
        os.close(file)


def _sync_folder(folder: Path) -> None:
    """Bring the entry of a new file to the disk too."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def read(path: Path) -> tuple[Record, ...]:
    """Return the records at ``path`` in their order; a line that a killed run left unfinished is passed over."""
    try:
        lines = path.read_bytes().splitlines()
    except FileNotFoundError:
        return ()
    except OSError as error:
        raise ConfigError(f"Cannot read {path}: {error.strerror}.") from error
    return tuple(record for line in lines if (record := _record(line)))


def _record(line: bytes) -> Record | None:
    try:
        return msgspec.json.decode(line, type=Record)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None
