"""How confidential bytes get onto the disk: new files of mode 0600 in places fit for them; knows nothing of content.

For an output: ``refuse(path)`` before any long work, then ``write(path, data)``. For what is kept (register, incident
records): ``folder(settings.private, os.environ)``, then ``read``, ``append`` and ``replace`` of files in it; the last
two take bytes, or a function that gets the content as it is, under the lock, and returns what to add or put there.
"""

from __future__ import annotations

import fcntl
import os
import pwd
import stat
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from bot.config import Private
from bot.errors import BadInputError, ConfigError, UsageError
from bot.private import places

Change = Callable[[bytes], bytes]
OURS = 0o600
_OTHERS = 0o077
_NOTHING = "nothing of it is left there"
_AS_IT_WAS = "it is as it was, and what was new is not in it"
_OPEN = os.O_NOFOLLOW | os.O_CLOEXEC | os.O_NONBLOCK


def refuse(path: Path) -> None:
    """Raise UsageError, with what to do, where ``write`` would not put a file."""
    with places.place(path) as where:
        _refuse_existing(where)


def write(path: Path, data: bytes) -> None:
    """Write a new file of mode 0600, on the disk when this returns; there is no other file at any time.

    Raises UsageError for a place that is not fit for it (see ``refuse``), BadInputError when the disk does not take it;
    nothing is left of it then.
    """
    with places.place(path) as where:
        _refuse_existing(where)
        _write_new(where, data)
        sync(where.folder)


def read(path: Path) -> bytes:
    """Return a file that is kept; raises UsageError if there is none, ConfigError if others may read it."""
    with places.place(path) as where:
        try:
            file = os.open(where.name, os.O_RDONLY | _OPEN, dir_fd=where.folder)
        except OSError as error:
            raise UsageError(f"Cannot read {path}: {places.reason(error)}.") from None
        try:
            _refuse_open_to_others(file, path)
            return _content(file, path)
        finally:
            os.close(file)


def append(path: Path, data: bytes | Change) -> None:
    """Add to the end of a file that is kept, made if there is none; on the disk as a whole, or not at all.

    Others that write to it wait. Raises UsageError, ConfigError and BadInputError as ``read`` and ``write`` do.
    """
    with places.place(path) as where, _locked(where) as file:
        before = os.lseek(file, 0, os.SEEK_END)
        try:
            _put(file, data(_content(file, path)) if callable(data) else data, path, _AS_IT_WAS if before else _NOTHING)
        except BaseException:
            os.ftruncate(file, before)
            if not before:
                _forget(where)
            raise
        sync(where.folder)


def replace(path: Path, data: bytes | Change) -> None:
    """Put a file in the place of one that is kept, by way of one beside it; the old content is overwritten.

    For what is encrypted, and for the register. Raises as ``append`` does, and leaves what was there.
    """
    with places.place(path) as where, _locked(where) as old:
        was_empty = not os.fstat(old).st_size
        new = places.Place(where.folder, f".{where.name}.new", path)
        try:
            content = data(_content(old, path)) if callable(data) else data
            _forget(new)  # left by a run that was killed: whoever has the lock is alone
            _write_new(new, content, _NOTHING if was_empty else _AS_IT_WAS)
            os.replace(new.name, where.name, src_dir_fd=where.folder, dst_dir_fd=where.folder)
        except BaseException:
            _forget(new)
            if was_empty and _is_there(old, where):
                _forget(where)
            raise
        sync(where.folder)
        if not os.fstat(old).st_nlink:  # else it has another name, which is not ours to empty
            with suppress(OSError):
                overwrite(old)


def folder(settings: Private, environ: Mapping[str, str]) -> Path:
    """Return the folder of what is kept, made with mode 0700 if there is none.

    Raises ConfigError where others may look into it, UsageError where it is no fit place (see ``refuse``).
    """
    path = _chosen(settings.folder, environ)
    _make(path)
    with places.kept(path) as handle:
        info = os.fstat(handle)
    if info.st_mode & _OTHERS:
        raise ConfigError(f"Others may look into the folder {path}: run chmod 700 on it, or set private.folder.")
    return path


def _chosen(said: str, environ: Mapping[str, str]) -> Path:
    if said:
        return _home(environ) / said[2:] if said.startswith("~/") else Path(said)
    data = environ.get("XDG_DATA_HOME", "")
    base = Path(data) if data.startswith("/") else _home(environ) / ".local" / "share"  # others are none, says XDG
    return base / "eventsafety"


def _home(environ: Mapping[str, str]) -> Path:
    """Return the home of this user; HOME that is empty or relative is as good as none, and would lead elsewhere."""
    said = environ.get("HOME", "")
    if not said.startswith("/"):
        try:
            said = pwd.getpwuid(os.getuid()).pw_dir
        except KeyError:
            said = ""
    if not said.startswith("/"):
        raise ConfigError("HOME does not name the folder of this user, and no other is known: set private.folder.")
    return Path(said)


def overwrite(file: int) -> None:
    """Put zeros over an open file, and these on the disk, then empty it; raises OSError."""
    size, done = os.fstat(file).st_size, 0
    while done < size:
        done += os.pwrite(file, bytes(min(size - done, 1 << 20)), done)
    os.fsync(file)
    os.ftruncate(file, 0)
    os.fsync(file)


def sync(folder: int) -> None:
    """Bring the names in an open folder to the disk too; where we may not list it, that is left to the system."""
    with suppress(OSError):
        handle = os.open(".", os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC, dir_fd=folder)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _refuse_existing(where: places.Place) -> None:
    try:
        info = os.stat(where.name, dir_fd=where.folder, follow_symlinks=False)
    except FileNotFoundError:
        pass
    except OSError as error:
        raise UsageError(f"Cannot write {where.path}: {places.reason(error)}.") from None
    else:
        what = " as a symbolic link" if stat.S_ISLNK(info.st_mode) else ""
        raise UsageError(f"{where.path} is there already{what}; nothing is overwritten: give another name.")
    if not os.access(".", os.W_OK | os.X_OK, dir_fd=where.folder):
        raise UsageError(f"Cannot write {where.path}: its folder does not allow it.")


def _write_new(where: places.Place, data: bytes, left_is: str = _NOTHING) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | _OPEN
    try:
        file = os.open(where.name, flags, OURS, dir_fd=where.folder)
    except FileExistsError:
        raise UsageError(f"{where.path} is there already; nothing is overwritten: give another name.") from None
    except OSError as error:
        raise BadInputError(f"Cannot write {where.path}: {places.reason(error)}.") from None
    try:
        os.fchmod(file, OURS)  # the umask may have taken away what we need
        _refuse_open_to_others(file, where.path)
        _put(file, data, where.path, left_is)
    except BaseException:
        os.unlink(where.name, dir_fd=where.folder)
        raise
    finally:
        os.close(file)


def _forget(where: places.Place) -> None:
    """Take a name away if it is there."""
    with suppress(FileNotFoundError):
        os.unlink(where.name, dir_fd=where.folder)


def _put(file: int, data: bytes, path: Path, left_is: str) -> None:
    """Write all of ``data`` and wait until it is on the disk; ``left_is`` says what the caller leaves if it fails."""
    left = memoryview(data)
    try:
        while left:
            left = left[os.write(file, left) :]
        os.fsync(file)
    except OSError as error:
        raise BadInputError(f"Cannot write {path}: {places.reason(error)}; {left_is}.") from None


def _content(file: int, path: Path) -> bytes:
    parts, done = [], 0
    try:
        while part := os.pread(file, 1 << 20, done):
            parts.append(part)
            done += len(part)
    except OSError as error:
        raise BadInputError(f"Cannot read {path}: {places.reason(error)}.") from None
    return b"".join(parts)


@contextmanager
def _locked(where: places.Place) -> Iterator[int]:
    """Open a file that is kept, made if there is none, for whoever has it alone."""
    while True:
        try:
            file = os.open(where.name, os.O_RDWR | os.O_CREAT | _OPEN, OURS, dir_fd=where.folder)
        except OSError as error:
            raise UsageError(f"Cannot write {where.path}: {places.reason(error)}.") from None
        try:
            _refuse_open_to_others(file, where.path)
            if not os.fstat(file).st_size:
                os.fchmod(file, OURS)  # it may be new, and the umask may have taken away what we need
            fcntl.flock(file, fcntl.LOCK_EX)
            if _is_there(file, where):
                yield file
                return
        finally:
            os.close(file)


def _is_there(file: int, where: places.Place) -> bool:
    """Whether the name still leads to this file: while we waited for the lock it may have been replaced."""
    try:
        return os.path.samestat(os.fstat(file), os.stat(where.name, dir_fd=where.folder, follow_symlinks=False))
    except FileNotFoundError:
        return False


def _refuse_open_to_others(file: int, path: Path) -> None:
    info = os.fstat(file)
    if not stat.S_ISREG(info.st_mode):
        raise UsageError(f"{path} is not an ordinary file; give another.")
    if info.st_mode & _OTHERS:
        raise ConfigError(
            f"Others may read {path}: run chmod 600 on it; on a medium that keeps no file modes, choose another."
        )


def _make(path: Path) -> None:
    """Make ``path`` and what is missing above it with mode 0700, in no place that ``place`` refuses."""
    there = path
    while not os.path.lexists(there):
        there = there.parent
    if there == path:
        return
    with places.kept(there):
        pass
    try:
        for one in reversed([path, *path.parents][: len(path.parts) - len(there.parts)]):
            one.mkdir(mode=0o700, exist_ok=True)
            one.chmod(0o700)
    except OSError as error:
        raise ConfigError(f"Cannot make the folder {path}: {places.reason(error)}; set private.folder.") from None
