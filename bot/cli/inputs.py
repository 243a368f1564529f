"""The files that a command reads, and that nothing it writes may be one of them; knows nothing of content."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from bot.cli import files, options

if TYPE_CHECKING:
    from bot.config import Settings
    from bot.tasks.event import InputFile

Decorated = TypeVar("Decorated", bound=Callable[..., Any])
_ROSTER, _TRAINING = "bot.roster", "bot.training"


def _remember(key: str) -> Callable[[click.Context, click.Parameter, object], None]:
    return lambda ctx, _, value: ctx.meta.update({key: value})


def common(command: Decorated) -> Decorated:
    """Add --roster and --training; the files are kept in the context, where ``roster`` and ``training`` look."""
    for option in (
        click.option(
            "--training",
            metavar="FILE",
            multiple=True,
            expose_value=False,
            callback=_remember(_TRAINING),
            help="Who completed a course, may be given again: a CSV export of its platform, or a Dashboard course's "
            "users.json, named after the course.",
        ),
        click.option(
            "--roster",
            metavar="FILE",
            expose_value=False,
            callback=_remember(_ROSTER),
            help="The response team and what else is prepared: TOML, or CSV for the team alone.",
        ),
    ):
        command = option(command)
    return command


def roster() -> InputFile | None:
    """Return the file of --roster, read whole; raises UsageError when it cannot be."""
    name = click.get_current_context().meta.get(_ROSTER)
    return None if name is None else _file(name)


def training() -> tuple[InputFile, ...]:
    """Return the files of --training, read whole; raises UsageError when one cannot be."""
    return tuple(_file(name) for name in click.get_current_context().meta.get(_TRAINING, ()))


def settings_for(*outputs: Path | None, registrants: str | None = None) -> Settings:
    """Return the settings, after a look at where the command is going to write; None is an output not asked for.

    Raises UsageError, before anything else is read, for a place that cannot be written and for a file that the command
    reads or keeps: ``registrants``, those of the common options, those that the settings name. And as the settings do.
    """
    written = [one for one in outputs if one is not None]
    for path in written:
        files.refuse_unwritable(path)
        files.refuse_in_use(path, _named(registrants))
    settings = options.settings()
    for path in written:
        files.refuse_in_use(path, _kept(settings))
    return settings


def _named(registrants: str | None) -> Iterator[tuple[str | Path, str]]:
    """Yield the files that the words of the command name, each with what it is."""
    meta = click.get_current_context().meta
    config = meta.get("bot.config") or os.environ.get("EVENTSAFETY_CONFIG")
    named = (registrants, "--registrants"), (meta.get(_ROSTER), "--roster"), (config, "the settings")
    yield from ((name, f"the file of {what}") for name, what in named if name)
    yield from ((name, "a file of --training") for name in meta.get(_TRAINING, ()))


def _kept(settings: Settings) -> Iterator[tuple[str | Path, str]]:
    """Yield the files that the settings name, or would, and those of Pywikibot, each with what it is."""
    from bot import memory
    from bot.cli import apply

    yield settings.state_file or memory.default_path(), "the memory of the bot (state_file)"
    yield apply.journal_path(settings), "the journal of the bot (writing.journal_file)"
    for title, file in settings.contacts.rosters.items():
        yield file, f'the roster of "{title}" in the settings'
    for folder in (os.environ.get("PYWIKIBOT_DIR") or ".", Path.home() / ".pywikibot"):
        for name in ("user-config.py", "user-password.py"):
            yield Path(folder, name), f"the {name} of Pywikibot"


def _file(name: str) -> InputFile:
    data = files.read_bytes(name)
    from bot.tasks.event import InputFile

    return InputFile("standard input" if name == files.STDIN else Path(name).name, data)
