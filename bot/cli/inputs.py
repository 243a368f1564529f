"""The files about an event that several commands take: its roster and completed courses; knows nothing of content."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from bot.cli import files

if TYPE_CHECKING:
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


def _file(name: str) -> InputFile:
    data = files.read_bytes(name)
    from bot.tasks.event import InputFile

    return InputFile("standard input" if name == files.STDIN else Path(name).name, data)
