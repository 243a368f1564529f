"""The files about an event that several commands take: its roster and completed courses; knows nothing of content."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.cli import files

if TYPE_CHECKING:
    from bot.tasks.event import InputFile

roster = click.option(
    "--roster", metavar="FILE", help="The response team and what else is prepared (TOML, or CSV for the team alone)."
)
training = click.option(
    "--training",
    metavar="FILE",
    multiple=True,
    help="Who completed a course: a CSV export of the platform, or a Dashboard course's users.json.",
)


def input_file(name: str | None) -> InputFile | None:
    """Return a file that was named on the command line, read whole; raises UsageError when it cannot be."""
    if name is None:
        return None
    data = files.read_bytes(name)
    from bot.tasks.event import InputFile

    return InputFile("standard input" if name == files.STDIN else Path(name).name, data)


def input_files(names: tuple[str, ...]) -> tuple[InputFile, ...]:
    """Return all of these files."""
    return tuple(found for name in names if (found := input_file(name)))
