"""The options that name a confidential list, and reading it: into memory only, with columns that its holder sees."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

import click

from bot.cli import confidential, console, files
from bot.cli.kept import Kept, together
from bot.errors import UsageError
from bot.private.model import BanList, Field, Grid

if TYPE_CHECKING:
    from bot.model import SiteInfo

Decorated = TypeVar("Decorated", bound=Callable[..., Any])
MOST_LOCKS = 3
LARGEST = 64 << 20  # bytes of a list; no list of names is nearly as large
KEY, LONGEST_KEY = b"AGE-SECRET-KEY-", 10_000
_CONTENT = "bot.private_list.content"


@dataclass(slots=True)
class _Given:
    """What the options say: names of files and columns, never content."""

    list: str | None = None
    identity: str | None = None
    sheet: str | None = None
    column: tuple[str, ...] = ()
    yes: bool = False


@dataclass(frozen=True, slots=True, repr=False)
class SealedFile:
    """A sealed list as it is in its file, and the secret that opens it."""

    data: bytes
    secret: bytes


_GIVEN = Kept("bot.private_list", _Given)


def options(*, required: bool) -> Callable[[Decorated], Decorated]:
    """Add --list and what belongs to it; the values are kept in the context, where ``read`` looks."""
    return together(
        _GIVEN.option(
            "--list",
            metavar="FILE",
            required=required,
            help="The list: a spreadsheet (XLSX, with or without a password), CSV, either of them encrypted with age, "
            "or a sealed list.",
        ),
        _GIVEN.option("--identity", metavar="FILE", help="The age identity that the list is encrypted to."),
        _GIVEN.option("--sheet", metavar="N", help="Which sheet of a spreadsheet, by its number from 1."),
        _GIVEN.option(
            "--column",
            metavar="WHAT=WHICH",
            multiple=True,
            help='What a column of the list holds, such as "user name=B", by its heading or letter; may be given '
            f"again. WHAT is {', '.join(Field)}.",
        ),
        _GIVEN.option("--yes", is_flag=True, help="Take the columns as they are guessed, without asking."),
        confidential.password_fd,
    )


def path() -> str | None:
    """Return what --list names, None where it is not given."""
    return _GIVEN.value().list


def content() -> bytes:
    """Return the file of --list, read once: it may be a pipe. Raises UsageError where it cannot be read."""
    meta = click.get_current_context().meta
    if _CONTENT not in meta:
        meta[_CONTENT] = files.read_bytes(path() or "", LARGEST)
    found: bytes = meta[_CONTENT]
    return found


def is_sealed(data: bytes) -> bool:
    """Return whether the content of a file is a sealed list."""
    from bot.private import unlock

    return unlock.kind(data) is unlock.Kind.SEALED


def read(site: SiteInfo, password_fd: int | None) -> BanList | SealedFile:
    """Return the list of --list, decrypted in memory, its password read from ``password_fd`` or asked for.

    On a terminal the person is asked whether the columns are right.

    Raises UsageError, BadInputError, ConfigError; none of them holds content of the list.
    """
    from bot.private import banlist, columns

    given, data = _GIVEN.value(), content()
    name = given.list or ""
    if is_sealed(data):
        from bot.private import secret

        typed = confidential.password(f"Secret of the sealed list {name}", password_fd)
        return SealedFile(data, secret.read(typed))
    if KEY in data[:LONGEST_KEY].upper():
        raise UsageError(f"{name} is an age identity, not a list: give the list, and this file with --identity.")
    grid = table(data, name, password_fd, given.sheet)
    found = banlist.read(grid, site, columns=chosen(given.column))
    confirm(columns.describe(found.columns, grid), name, is_said=bool(given.column))
    return found


def table(data: bytes, name: str, password_fd: int | None, sheet: str | None = None) -> Grid:
    """Return the table in a file of any form that ``unlock`` knows, also one that is locked inside another lock."""
    from bot.private import sheets, unlock

    identity = _GIVEN.value().identity
    for _ in range(MOST_LOCKS):
        kind = unlock.kind(data)
        if kind not in unlock.LOCKED:
            break
        if kind is unlock.Kind.AGE_KEY and identity is None:
            raise UsageError(f"{name} is encrypted to a key: give the file with it, --identity FILE.")
        key = files.read_bytes(identity, LARGEST) if identity else None
        password = confidential.password(f"Password of {name}", password_fd) if kind in unlock.BY_PASSWORD else None
        password_fd = None if password else password_fd
        data = unlock.unlock(data, kind, password=password, identity=key)
    return sheets.read(data, sheet=sheet)


def chosen(words: tuple[str, ...], option: str = "--column") -> Mapping[Field, str]:
    """Return what each ``option`` says; raises UsageError for one that says nothing."""
    found: dict[Field, str] = {}
    for word in words:
        what, equals, which = word.partition("=")
        meaning = next((one for one in Field if one.value == what.strip().casefold()), None)
        if meaning is None or not equals or not which.strip():
            raise UsageError(
                f'{option} "{word}" is not of the form WHAT=WHICH, such as "user name=B"; WHAT is one of: '
                f"{', '.join(Field)}."
            )
        found[meaning] = which.strip()
    return found


def confirm(described: str, name: str, *, is_said: bool, option: str = "--column") -> bool:
    """Say how the columns of a file are read, and let a person at a terminal stop.

    Returns whether somebody said that it is right, by --yes, by saying the columns (``is_said``), or now. Raises
    UsageError where they say that it is not.
    """
    console.diagnostic(f"{name}: {described}")
    if is_said or _GIVEN.value().yes:
        return True
    if sys.stdin is None or not sys.stdin.isatty():
        return False
    if not click.confirm("Is that right?", err=True, default=True):
        raise UsageError(f'Nothing was done. Say what the columns hold, such as {option} "user name=B".')
    return True
