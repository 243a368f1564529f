"""Incident records on the disk: made, found, added to and read, each a file of its own; knows no question.

Every write goes through the vault: locked, whole, on the disk when it returns.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from bot.errors import EventSafetyError, UsageError
from bot.private import deletion, incident_chain, vault
from bot.private.incident import Incident, IncidentEntry, merge

# No letter that is mistaken for another when a number is read out aloud.
LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"
_NAME = re.compile(r"incident-([0-9]{4}-[0-9]{2}-[0-9]{2}-[0-9a-z]{4})\.record")


@dataclass(frozen=True, slots=True)
class Receipt:
    """What to note down of an entry that was saved; ``code`` tells later whether the end of a record was cut off."""

    number: int
    code: str


@dataclass(frozen=True, slots=True)
class Kept:
    """A record in the folder, as far as it can be told without its key; ``trouble`` is a sentence, empty for none.

    ``entries`` is -1 where it cannot be read at all.
    """

    id: str
    path: Path
    made: date
    entries: int
    written: datetime
    trouble: str = ""


def create(folder: Path, day: date, random: bytes, *, passphrase: str, recipients: Sequence[str]) -> Path:
    """Make a record without entries and return its file; ``random`` is at least 4 bytes, for its name.

    Raises as ``incident_chain.new`` and ``vault.write`` do.
    """
    name = f"{day.isoformat()}-{''.join(LETTERS[byte % len(LETTERS)] for byte in random[:4])}"
    path = folder / f"incident-{name}.record"
    vault.refuse(path)
    vault.write(path, incident_chain.new(name, passphrase=passphrase, recipients=recipients))
    return path


def add(path: Path, entry: IncidentEntry) -> Receipt:
    """Write an entry behind the last one, under the next number; what the record holds is not read.

    Raises UsageError if there is no such file, BadInputError if it is no record or the disk does not take it.
    """
    told: list[Receipt] = []

    def behind(data: bytes) -> bytes:
        if not data:
            raise UsageError(f"There is no record {path}; it was moved or deleted.")
        added, number, code = incident_chain.addition(data, entry)
        told.append(Receipt(number, code))
        return added

    vault.append(path, behind)
    return told[0]


def read(path: Path, secret: Callable[[incident_chain.RecordFile], str]) -> Incident:
    """Return a record as it stands; ``secret`` gets the secret key of a record, as those of ``incident_chain`` do.

    Whatever is not as it was written is among the notes. Raises BadInputError, and whatever ``secret`` raises.
    """
    file = incident_chain.parse(vault.read(path))
    entries, notes = incident_chain.entries(file, secret(file))
    return merge(file.id, entries, notes)


def refuse_number(path: Path, number: int) -> None:
    """Raise UsageError where a record has no entry of this number; what the entry is, only its key tells."""
    file = incident_chain.parse(vault.read(path))
    if number not in {one.number for one in file.blocks}:
        last = f"its entries go up to {file.blocks[-1].number}" if file.blocks else "it has none yet"
        raise UsageError(f"Record {file.id} has no entry {number}; {last}.")


def delete(path: Path) -> None:
    """Overwrite and delete a record; raises UsageError for what is none, and as ``deletion.delete`` does."""
    info = path.lstat()
    incident_chain.parse(vault.read(path))
    deletion.delete(path, deletion.identity(info))


def last_receipt(path: Path) -> Receipt | None:
    """Return the receipt of the last whole entry of a record, None for a record without entries."""
    file = incident_chain.parse(vault.read(path))
    if not file.blocks:
        return None
    return Receipt(file.blocks[-1].number, incident_chain.receipt(file.blocks[-1].digest))


def listing(folder: Path) -> tuple[Kept, ...]:
    """Return the records of a folder, the one that was written to last at the end."""
    found = (_kept(path, name[1]) for path in folder.iterdir() if (name := _NAME.fullmatch(path.name)))
    return tuple(sorted(found, key=lambda one: (one.written, one.id)))


def find(folder: Path, word: str) -> Path:
    """Return the file of the record that ``word`` names: its id, the end of it, or a path with a "/" or ".record".

    An empty word is the only record that there is. Raises UsageError for none, for several and for another file.
    """
    if "/" in word or word.endswith(".record"):
        return _file(Path(word))
    names = {name[1]: path for path in folder.iterdir() if (name := _NAME.fullmatch(path.name))}
    fitting = sorted(name for name in names if name.endswith(word.lower()) or name.startswith(word.lower()))
    if word.lower() in fitting:
        fitting = [word.lower()]
    if len(fitting) == 1:
        return names[fitting[0]]
    if not names:
        raise UsageError("There is no incident record yet; begin one with `eventsafety incident new`.")
    if not fitting:
        raise UsageError(f"There is no such record; there are: {_some(sorted(names))}.")
    raise UsageError(f"Say which record is meant: {_some(fitting)}.")


def _file(path: Path) -> Path:
    if not path.name.endswith(".record"):
        raise UsageError(f"{path} is no incident record; the name of one ends with .record.")
    return path


def _some(names: Sequence[str]) -> str:
    left = len(names) - 10
    return ", ".join(names[-10:]) + (f" and {left} earlier" if left > 0 else "")


def _kept(path: Path, name: str) -> Kept:
    """Return what can be told of a record; one that cannot be read is told with its trouble, not left out."""
    written = datetime.fromtimestamp(path.lstat().st_mtime, UTC)
    made = _made(name, written)
    try:
        file = incident_chain.parse(vault.read(path))
    except EventSafetyError as error:
        return Kept(name, path, made, -1, written, str(error))
    trouble = "an entry has no end" if file.torn else ""
    return Kept(name, path, made, len(file.blocks), written, trouble)


def _made(name: str, written: datetime) -> date:
    try:
        return date.fromisoformat(name[:10])
    except ValueError:
        return written.date()
