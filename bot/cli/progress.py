"""The line that says how far a long read has come: on standard error, on a terminal only, gone in the end."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click

from bot import escape
from bot.cli import console

CLEAR_LINE = "\r\x1b[K"


class Line:
    """One line that each call writes anew; without a terminal it stays silent."""

    def __init__(self, *, shown: bool) -> None:
        self._shown = shown

    def __call__(self, what: str, done: int = 0, total: int | None = None) -> None:
        """Show what is being done, and how much of how many."""
        if self._shown:
            numbers = f" {done:,}" + (f" of {total:,}" if total else "") if done or total else ""
            text = escape.terminal(what + numbers)[: console.width() - 1]
            click.echo(CLEAR_LINE + text, err=True, nl=False, color=True)

    def clear(self) -> None:
        """Take the line away."""
        if self._shown:
            click.echo(CLEAR_LINE, err=True, nl=False, color=True)


@contextmanager
def on_terminal() -> Iterator[Line]:
    """Give a line of progress for as long as the work lasts, and take it away however the work ends."""
    line = Line(shown=sys.stderr.isatty() and os.environ.get("TERM") != "dumb")
    try:
        yield line
    finally:
        line.clear()
