"""How a confidential file is deleted: overwritten once, then unlinked, both on the disk; knows nothing of its content.

What no deletion can promise, on the medium that it is on, is for ``media.promise`` to say.
"""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass
from pathlib import Path

from bot.errors import BadInputError, UsageError
from bot.private import places, vault


@dataclass(frozen=True, slots=True)
class Identity:
    """Which file it is and that it did not change: device, inode, size and time of its last change in nanoseconds."""

    device: int
    inode: int
    size: int
    changed: int


def identity(info: os.stat_result) -> Identity:
    """Return the identity of a file that was opened."""
    return Identity(info.st_dev, info.st_ino, info.st_size, info.st_mtime_ns)


def delete(path: Path, seen: Identity) -> int:
    """Delete the file that was ``seen`` at ``path`` and return how many other names of it remain, all of them empty.

    Links are not followed. Raises UsageError when another file, or another content, is there by now, BadInputError
    when the disk does not do it; the sentence says how far it came.
    """
    with places.opened(path) as where:
        try:
            file = os.open(where.name, os.O_RDWR | os.O_NOFOLLOW | os.O_CLOEXEC | os.O_NONBLOCK, dir_fd=where.folder)
        except OSError as error:
            raise BadInputError(f"Cannot delete {path}: {places.reason(error)}; it is as it was.") from None
        try:
            info = os.fstat(file)
            if not stat.S_ISREG(info.st_mode) or identity(info) != seen:
                raise UsageError(f"{path} changed while it was looked at, and is as it was; begin again.")
            _overwrite(file, path)
            _unlink(where)
        finally:
            os.close(file)
        vault.sync(where.folder)
        return info.st_nlink - 1


def _overwrite(file: int, path: Path) -> None:
    try:
        vault.overwrite(file)
    except OSError as error:
        raise BadInputError(
            f"Cannot overwrite {path}: {places.reason(error)}; part of it is still there: delete it by other means."
        ) from None


def _unlink(where: places.Place) -> None:
    try:
        os.unlink(where.name, dir_fd=where.folder)
    except OSError as error:
        raise BadInputError(
            f"{where.path} was overwritten and is empty, but its name cannot be removed: {places.reason(error)}."
        ) from None
