"""Which files of ours have had their time, and their deletion; must not touch what does not say that it is ours.

``find`` looks at files and through folders, ``delete`` deletes one file that it found; what to tell of each comes from
``told_deleted``, ``told_kept`` and ``media.promise``.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from bot.errors import UsageError
from bot.private import deletion, marks, places
from bot.private.deletion import Identity
from bot.private.marks import Mark

# Outputs and sealed lists are far smaller; a larger file is told, and not looked at.
LARGEST = 64 << 20
BEGINNING = 1 << 12


@dataclass(frozen=True, slots=True)
class Found:
    """A file of ours; ``is_due`` is whether it is to be deleted now."""

    path: Path
    mark: Mark
    seen: Identity
    is_due: bool


@dataclass(frozen=True, slots=True)
class Unseen:
    """A file or folder that was not looked at, or was named and is not ours, and why."""

    path: Path
    why: str


@dataclass(frozen=True, slots=True)
class Search:
    """What a search came to; ``looked_at`` is the number of files, ours and others."""

    found: tuple[Found, ...]
    unseen: tuple[Unseen, ...]
    looked_at: int


def find(paths: Sequence[Path], now: datetime, *, everything: bool = False) -> Search:
    """Return the files of ours among ``paths`` and in the folders among them, each once; links are not followed.

    Due is what has had its time at ``now``, with ``everything`` all of it. Raises UsageError for a path that is not
    there.
    """
    found: dict[tuple[int, int], Found] = {}  # by device and inode: of several names of a file the first counts
    unseen: list[Unseen] = []
    looked_at = 0
    for path, is_named in _files(paths, unseen):
        looked_at += 1
        one = _look(path, now, everything=everything)
        if isinstance(one, Found):
            found.setdefault((one.seen.device, one.seen.inode), one)
        elif one or is_named:
            unseen.append(Unseen(path, one or "it does not say that it is one of ours"))
    return Search(tuple(found.values()), tuple(unseen), looked_at)


def delete(found: Found) -> int:
    """Delete a file as ``deletion.delete`` does, and return how many other names of it remain, all of them empty."""
    return deletion.delete(found.path, found.seen)


def told_deleted(found: Found, *, others: int = 0) -> str:
    """Return the sentence on a deletion: the file, its kind, its event, and since when it was over."""
    rest = f" It has {others} other name{'s' if others > 1 else ''}, empty now." if others else ""
    return f"Deleted {found.path}: {_what(found.mark)}, to be deleted {_when(found.mark)}.{rest}"


def told_kept(found: Found) -> str:
    """Return the sentence on a file whose time is not over."""
    return f"Kept {found.path}: {_what(found.mark)}, may be kept until {_time(found.mark)}."


def _what(mark: Mark) -> str:
    return f"{mark.kind.replace('-', ' ')} of {mark.title}" + (", cut off" if mark.is_cut else "")


def _when(mark: Mark) -> str:
    return "at once" if mark.delete_after.year == 1 else f"after {_time(mark)}"


def _time(mark: Mark) -> str:
    return f"{mark.delete_after:%Y-%m-%d %H:%M} UTC"


def _files(paths: Sequence[Path], unseen: list[Unseen]) -> Iterator[tuple[Path, bool]]:
    """Yield the files, and whether each was named itself."""
    for path in paths:
        try:
            info = path.lstat()
        except OSError as error:
            raise UsageError(f"Cannot look at {path}: {places.reason(error)}.") from None
        if stat.S_ISDIR(info.st_mode):
            yield from ((file, False) for file in _below(path, unseen))
        elif stat.S_ISLNK(info.st_mode):
            unseen.append(Unseen(path, "it is a symbolic link, and links are not followed"))
        else:
            yield path, True


def _below(folder: Path, unseen: list[Unseen]) -> Iterator[Path]:
    def tell(error: OSError) -> None:
        unseen.append(Unseen(Path(error.filename or folder), places.reason(error)))

    for top, folders, files in os.walk(folder, onerror=tell, followlinks=False):
        folders.sort()
        yield from (Path(top, name) for name in sorted(files))


def _look(path: Path, now: datetime, *, everything: bool) -> Found | str | None:
    """Return a file of ours, why it was not looked at, or None for somebody else's."""
    try:
        if not stat.S_ISREG(path.lstat().st_mode):  # to open a device may do something
            return None
        file = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC | os.O_NONBLOCK)
    except OSError as error:
        return places.reason(error)
    with os.fdopen(file, "rb") as stream:
        try:
            return _read(path, stream, now, everything=everything)
        except OSError as error:
            return places.reason(error)


def _read(path: Path, stream: BinaryIO, now: datetime, *, everything: bool) -> Found | str | None:
    seen = deletion.identity(os.fstat(stream.fileno()))
    beginning = stream.read(BEGINNING)
    if not marks.may_be_ours(beginning):
        return None
    if seen.size > LARGEST:
        return f"it is larger than {LARGEST >> 20} MiB"
    mark = marks.read(beginning + stream.read(LARGEST))
    return Found(path, mark, seen, everything or mark.delete_after <= now) if mark else None
