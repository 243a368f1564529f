"""A line from whoever types, at a good terminal, a dumb one or a pipe; knows no question and no record.

With readline a line can be as long as one likes, is edited in place and nothing of it goes to a file of history; a
terminal of its own cuts a line at 4,095 bytes. Ctrl-C, a closed terminal and an end from outside come as
``StoppedError``, with what was typed of the line, and never while something is being saved.
"""

from __future__ import annotations

import io
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import FrameType, ModuleType

import click

_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
TERMINAL_LINE = 4095


class StoppedError(Exception):
    """Whoever types wants to stop; ``half`` is what of the line is known, ``exit_code`` what a shell is told."""

    def __init__(self, half: str, number: int) -> None:
        super().__init__("stopped")
        self.half = half
        self.exit_code = 128 + number


class Lines:
    """Where lines come from; ``listening`` has to be entered once, around all calls of ``next``."""

    def __init__(self) -> None:
        self._editor = _editor()
        self._is_waiting = False
        self._pending = 0

    @contextmanager
    def listening(self) -> Iterator[None]:
        """Take the signals that end a program, and give them back at the end."""
        before = {one: signal.signal(one, self._signalled) for one in _SIGNALS}
        try:
            yield
        finally:
            for one, handler in before.items():
                signal.signal(one, handler)

    def next(self, prompt: str) -> str | None:
        """Return the next line without its end, None behind the last one; raises StoppedError."""
        self._is_waiting = True
        try:
            if self._pending:
                raise StoppedError("", self._pending)
            return _as_text(self._read(prompt))
        except EOFError:
            return None
        finally:
            self._is_waiting = False

    def _read(self, prompt: str) -> str:
        if self._editor:
            return input(prompt)
        click.echo(prompt, nl=False, err=True)
        line = sys.stdin.readline() if sys.stdin else ""
        if not line:
            raise EOFError
        if len(line.encode("utf-8", "replace")) >= TERMINAL_LINE and sys.stdin.isatty():
            click.echo("  This line may have been cut: the terminal takes 4,095 bytes at a time.", err=True)
        return line.removesuffix("\n").removesuffix("\r")

    def _signalled(self, number: int, frame: FrameType | None) -> None:
        del frame
        if not self._is_waiting:
            self._pending = number
            return
        self._is_waiting = False  # a second Ctrl-C does not interrupt what the first one began
        self._pending = number
        raise StoppedError(_as_text(self._editor.get_line_buffer() if self._editor else ""), number)


def _editor() -> ModuleType | None:
    """Return readline where both ends are the terminal, set up to remember nothing."""
    if isinstance(sys.stdin, io.TextIOWrapper):
        sys.stdin.reconfigure(errors="surrogateescape")
    with suppress(ImportError, AttributeError, ValueError, OSError):
        if sys.stdin.isatty() and sys.stdout.isatty() and sys.stdin.fileno() == 0 and sys.stdout.fileno() == 1:
            import readline

            readline.set_auto_history(False)
            readline.clear_history()
            return readline
    return None


def _as_text(line: str) -> str:
    """Return a line that any file takes: bytes that are no UTF-8 count as Latin-1, which loses none."""
    data = line.encode("utf-8", "surrogateescape")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("latin-1")
