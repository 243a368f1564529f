"""Which folders are fit for what is confidential, and how they are opened; knows nothing of what is put there.

No folder is reached through a symbolic link, except one that root has put right into the root folder (/tmp of macOS,
/home of some systems): any other may lead elsewhere than the words of a path say.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bot.errors import UsageError
from bot.private import repository

# What is stored here is shared: Toolforge's network folders, and what is no disk at all.
_SHARED = ("/data/project", "/data/scratch", "/mnt/nfs", "/public")
_NO_DISK = ("/proc", "/sys")


@dataclass(frozen=True, slots=True)
class _Advice:
    """What to do where others may change a folder, and where it is in the wrong place."""

    own: str
    elsewhere: str


_OF_A_FILE = _Advice("give a file in a folder of your own", "give a file outside")
_OF_A_FOLDER = _Advice("make it yours alone, with mode 700, or set private.folder", "set private.folder")


@dataclass(frozen=True, slots=True)
class Place:
    """A name in a folder that is open; ``path`` is for messages only."""

    folder: int
    name: str
    path: Path


@contextmanager
def place(path: Path) -> Iterator[Place]:
    """Open the folder of ``path`` step by step; raises UsageError where it is not fit for what is confidential."""
    with opened(path) as where:
        _refuse_folder(where.folder, path, path.parent, _OF_A_FILE)
        yield where


@contextmanager
def kept(folder: Path) -> Iterator[int]:
    """Open the folder of what is kept, step by step; raises UsageError where it is not fit for what is confidential."""
    handle = _open_folder(folder, folder)
    try:
        _refuse_folder(handle, folder, folder, _OF_A_FOLDER)
        yield handle
    finally:
        os.close(handle)


@contextmanager
def opened(path: Path) -> Iterator[Place]:
    """Open the folder of ``path`` step by step, fit or not, as for a deletion; raises UsageError where it cannot be."""
    if path.name in ("", "-", "..") or "\0" in str(path):
        raise UsageError(f"{str(path)!r} is not the name of a file; give one.")
    handle = _open_folder(path.parent, path)
    try:
        yield Place(handle, path.name, path)
    finally:
        os.close(handle)


def _open_folder(folder: Path, path: Path) -> int:
    handle = os.open(folder.anchor or ".", repository.FOLDER)
    for part in folder.parts[1:] if folder.anchor else folder.parts:
        above = handle
        try:
            handle = _step(above, part, path)
        finally:
            os.close(above)
    return handle


def _step(above: int, part: str, path: Path) -> int:
    try:
        return os.open(part, repository.FOLDER | os.O_NOFOLLOW, dir_fd=above)
    except FileNotFoundError:
        raise UsageError(f'Cannot use {path}: there is no folder "{part}".') from None
    except OSError as error:
        if not _is_link(above, part):
            raise UsageError(f'Cannot use {path}: "{part}": {reason(error)}.') from None
    if not _is_of_root(above, part):
        raise UsageError(f'Cannot use {path}: "{part}" is a symbolic link; give the folder that it leads to.')
    try:
        return os.open(part, repository.FOLDER, dir_fd=above)
    except OSError as error:
        raise UsageError(f'Cannot use {path}: "{part}": {reason(error)}.') from None


def _is_link(folder: int, name: str) -> bool:
    try:
        return stat.S_ISLNK(os.stat(name, dir_fd=folder, follow_symlinks=False).st_mode)
    except OSError:
        return False


def _is_of_root(folder: int, name: str) -> bool:
    """Whether a link stands in the root folder and belongs to root."""
    link = os.stat(name, dir_fd=folder, follow_symlinks=False)
    return link.st_uid == 0 and os.path.samestat(os.fstat(folder), Path("/").stat())


def _refuse_folder(handle: int, path: Path, folder: Path, do: _Advice) -> None:
    info = os.fstat(handle)
    if info.st_mode & 0o002 and not info.st_mode & stat.S_ISVTX:
        raise UsageError(f"Everybody may change the folder {folder.absolute()}; {do.own}.")
    if info.st_mode & 0o020 and info.st_gid not in (0, os.getegid()) and not info.st_mode & stat.S_ISVTX:
        raise UsageError(f"A group of others may change the folder {folder.absolute()}; {do.own}.")
    if info.st_uid not in (0, os.geteuid()) and os.geteuid():
        raise UsageError(f"The folder {folder.absolute()} belongs to somebody else; {do.own}.")
    kind = repository.around(handle)
    if kind == repository.UNSEEN:
        raise UsageError(
            f"The folder {folder.absolute()}, or one above it, cannot be looked into, so that it may be inside a "
            f"repository; {do.own}."
        )
    if kind:
        raise UsageError(f"{path} is inside a {kind} repository, from which it could be shared; {do.elsewhere}.")
    real = os.path.realpath(folder)
    if _within(real, _SHARED):
        raise UsageError(f"{path} is in a shared network folder; confidential data may not be there.")
    if real == "/dev" or _within(real, _NO_DISK):
        raise UsageError(f"{path} is a device, not a file; {do.elsewhere}.")


def _within(path: str, folders: tuple[str, ...]) -> bool:
    return any(path == one or path.startswith(f"{one}/") for one in folders)


def reason(error: OSError) -> str:
    """Return what the system says of an error, which holds no content."""
    return error.strerror or type(error).__name__
