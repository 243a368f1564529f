"""What the terminal is: how wide, with colour or not, and the line of progress on it."""

from __future__ import annotations

import os
import shutil
import sys
import traceback
from contextlib import suppress

import click

from bot.errors import EventSafetyError

PIPE_WIDTH = 100
NARROWEST = 20


def width() -> int:
    """Return the width of the terminal in cells; a pipe counts as one of usual width."""
    return max(NARROWEST, shutil.get_terminal_size((PIPE_WIDTH, 24)).columns)


def colour() -> bool:
    """Return whether results may be coloured: on a terminal, unless NO_COLOR is set (https://no-color.org)."""
    return (
        bool(sys.stdout) and sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    )


def result(text: str) -> None:
    """Print a result to standard output; raises EventSafetyError where that cannot be, BrokenPipeError unread."""
    if sys.stdout is None:
        raise EventSafetyError("Cannot print the result: standard output is closed.")
    try:
        click.echo(text, nl=False, color=True)  # click would take colour away or not by rules of its own
    except BrokenPipeError:
        raise
    except OSError as error:
        raise unprinted(error) from error


def raised_by_printing(error: OSError) -> bool:
    """Return whether what click printed by itself, such as help, could not be written."""
    *_, (innermost, _) = traceback.walk_tb(error.__traceback__)
    return innermost.f_code is click.echo.__code__


def unprinted(error: OSError) -> EventSafetyError:
    """Return the sentence for a standard output that cannot be written; what still waits for it is thrown away."""
    with suppress(OSError):  # else Python itself complains once more when it ends; a stream of a test has no number
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return EventSafetyError(
        f"Cannot print to standard output: {error.strerror or error}; what it holds is not the whole result."
    )


def diagnostic(text: str) -> None:
    """Print a remark to standard error."""
    click.echo(f"eventsafety: {text}", err=True)
