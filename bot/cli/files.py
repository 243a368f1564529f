"""Files in and out: read whole or refused with a sentence, written whole or not at all; knows nothing of content."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from contextlib import nullcontext
from pathlib import Path

from bot.errors import BadInputError, UsageError

STDIN = "-"


def read_bytes(name: str, most: int = -1) -> bytes:
    """Return the content of a file, or of standard input for "-"; raises UsageError for what is not a readable file.

    One of more than ``most`` bytes is refused before it is read whole.
    """
    try:
        with nullcontext(sys.stdin.buffer) if name == STDIN else Path(name).open("rb") as file:
            data = file.read(most + 1 if most >= 0 else -1)
    except IsADirectoryError as error:
        raise UsageError(f"{name} is a folder; give a file.") from error
    except (OSError, ValueError) as error:
        raise UsageError(f"Cannot read {name}: {_reason(error)}.") from error
    if 0 <= most < len(data):
        raise UsageError(f"{name} is larger than {most >> 20} MiB; give the right file.")
    return data


def read_text(name: str) -> str:
    """Return a UTF-8 file as text, without a byte order mark; raises BadInputError with the line of a wrong byte."""
    data = read_bytes(name)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        where = "Standard input" if name == STDIN else name
        raise BadInputError(f"{where} is not UTF-8 text: line {line} holds other bytes. Save it as UTF-8.") from error


def refuse_unwritable(path: Path) -> None:
    """Raise UsageError when ``write`` could not put a file there; to be asked before any long work begins."""
    if str(path) == STDIN:
        raise UsageError('"-" is standard input; give the name of a file to write.')
    try:
        folder = path.resolve().parent
    except RuntimeError as error:
        raise UsageError(f"Cannot write {path}: its links lead in a circle.") from error
    if path.is_dir():
        raise UsageError(f"{path} is a folder; give the name of a file.")
    if path.exists() and not path.is_file():
        raise UsageError(f"{path} is not an ordinary file; give the name of a file.")
    if not folder.is_dir():
        raise UsageError(f"Cannot write {path}: there is no folder {folder}.")
    if not os.access(folder, os.W_OK | os.X_OK):
        raise UsageError(f"Cannot write {path}: the folder {folder} does not allow it.")


def refuse_in_use(path: Path, used: Iterable[tuple[str | Path, str]]) -> None:
    """Raise UsageError when ``path`` is one of the files of the same command, by whatever name; each with what it is.

    Standard input counts as the file that it is redirected from.
    """
    for name, what in used:
        if _same(path, Path("/dev/stdin" if name == STDIN else name)):
            raise UsageError(f"{path} is also {what}, which would be lost; give the output another name.")


def write(path: Path, text: str) -> None:
    """Write a file by way of a temporary one beside it, so that a failure leaves whatever was there."""
    target = path.resolve()
    temporary = target.with_name(f".eventsafety-{os.getpid()}")
    try:
        temporary.write_text(text, encoding="utf-8", errors="backslashreplace")
        temporary.replace(target)
    except OSError as error:
        raise BadInputError(f"Cannot write {path}: {_reason(error)}.") from error
    finally:
        temporary.unlink(missing_ok=True)


def _same(one: Path, other: Path) -> bool:
    """Whether two names lead to one file: by links, or because the file system does not tell them apart."""
    try:
        return one.resolve() == other.resolve() or one.samefile(other)
    except (OSError, RuntimeError, ValueError):  # one is not there, links lead in a circle, a NUL
        return False


def _reason(error: OSError | ValueError) -> str:
    return (error.strerror if isinstance(error, OSError) else None) or str(error)
