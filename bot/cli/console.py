"""What the terminal is: how wide, with colour or not, and the line of progress on it."""

from __future__ import annotations

import os
import shutil
import sys

import click

PIPE_WIDTH = 100
NARROWEST = 20


def width() -> int:
    """Return the width of the terminal in cells; a pipe counts as one of usual width."""
    return max(NARROWEST, shutil.get_terminal_size((PIPE_WIDTH, 24)).columns)


def colour() -> bool:
    """Return whether results may be coloured: on a terminal, unless NO_COLOR is set (https://no-color.org)."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def result(text: str) -> None:
    """Print a result to standard output."""
    click.echo(text, nl=False, color=True)  # click would take colour away or not by rules of its own


def diagnostic(text: str) -> None:
    """Print a remark to standard error."""
    click.echo(f"eventsafety: {text}", err=True)
