"""What one run remembers for the next: list sizes, where listed names were renamed to, how many a check found.

Public facts of public lists, and numbers: it must never hold a registrant. One small JSON file, replaced as a whole.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

import msgspec

from bot.errors import ConfigError
from bot.model import CheckSeen, Rename

SCHEMA = "eventsafety/memory@1"


class ListSeen(msgspec.Struct, frozen=True):
    """A list as it last was when it could be believed; ``at`` is UTC."""

    entries: int
    revid: int
    at: datetime


class RenameSeen(msgspec.Struct, frozen=True):
    """The steps from a listed name to its present one, none if the log knew nothing; ``at`` is UTC."""

    steps: tuple[Rename, ...]
    at: datetime


class Memory(msgspec.Struct, frozen=True):
    """Keys are "<wiki> <page or name>", so that runs on several wikis can share one file; ``checks`` are by event."""

    schema: str = SCHEMA
    lists: Mapping[str, ListSeen] = {}
    renames: Mapping[str, RenameSeen] = {}
    checks: Mapping[str, CheckSeen] = {}


def default_path(environ: Mapping[str, str] = os.environ) -> Path:
    """Return where the memory lies unless the settings say otherwise: the tool's data folder, else the user's."""
    base = environ.get("TOOL_DATA_DIR") or environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state"
    return Path(base) / "eventsafety" / "memory.json"


def event_key(wiki: str, title: str) -> str:
    """Return under what the check of an event is remembered."""
    return f"{wiki} {title}"


def load(path: Path) -> Memory:
    """Return the memory at ``path``, an empty one if there is none yet.

    Raises ConfigError for a file that is not a memory: guessing could hide that a list has shrunk.
    """
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return Memory()
    except OSError as error:
        raise ConfigError(f"Cannot read {path}: {error.strerror}.") from error
    try:
        memory = msgspec.json.decode(data, type=Memory)
    except msgspec.DecodeError as error:
        raise ConfigError(f"{path} is damaged ({error}); move it away to start anew.") from error
    if memory.schema != SCHEMA:
        raise ConfigError(f"{path} was written by another version ({memory.schema}); move it away to start anew.")
    return memory


def save(memory: Memory, path: Path) -> None:
    """Put ``memory`` at ``path`` as a whole or not at all; raises ConfigError where it cannot be written."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".memory-", delete=False) as file:
            file.write(msgspec.json.format(msgspec.json.encode(memory), indent=1) + b"\n")
        Path(file.name).replace(path)
    except OSError as error:
        raise ConfigError(f"Cannot write {path}: {error.strerror}; set state_file to a place that can be.") from error
