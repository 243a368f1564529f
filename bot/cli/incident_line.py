"""A line from whoever types, at a good terminal, a dumb one or a pipe; knows no question and no record.

With readline a line can be as long as one likes, is edited in place and nothing of it goes to a file of history; a
terminal of its own cuts a line at 4,095 bytes. Ctrl-C, a closed terminal and an end from outside come as
``StoppedError``, with what was typed of the line, and never while something is being saved.
"""

from __future__ import annotations

import ctypes
import io
import os
import signal
import sys
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import FrameType, ModuleType

import click

_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
# CPython overlooks a signal that comes just before it waits for a key, until the next one: this is the next one.
LOOK_EVERY = 0.25
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
        self._typed: deque[str] = deque(maxlen=1)

    @contextmanager
    def listening(self) -> Iterator[None]:
        """Take the signals that end a program, and give them back at the end."""
        before = {one: signal.signal(one, self._signalled) for one in _SIGNALS}
        before[signal.SIGALRM] = signal.signal(signal.SIGALRM, _nothing)
        try:
            with _remembering(self._editor, self._typed):
                yield
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
            for one, handler in before.items():
                signal.signal(one, handler)

    def next(self, prompt: str) -> str | None:
        """Return the next line without its end, None behind the last one; raises StoppedError."""
        self._typed.clear()
        try:
            self._is_waiting = True
            signal.setitimer(signal.ITIMER_REAL, LOOK_EVERY, LOOK_EVERY)
            if self._pending:
                raise StoppedError("", self._pending)
            return _as_text(self._read(prompt))
        except EOFError:
            if half := self._half():  # the terminal is gone: at the end of a line Ctrl-D does nothing
                raise StoppedError(half, signal.SIGHUP) from None
            return None
        finally:
            self._is_waiting = False
            signal.setitimer(signal.ITIMER_REAL, 0)

    def _read(self, prompt: str) -> str:
        if self._editor:
            return input(prompt)
        say(prompt, nl=False)
        line = sys.stdin.readline() if sys.stdin else ""
        if not line:
            raise EOFError
        if len(line.encode("utf-8", "replace")) >= TERMINAL_LINE and sys.stdin.isatty():
            say("  This line may have been cut: the terminal takes 4,095 bytes at a time.")
        return line.removesuffix("\n").removesuffix("\r")

    def _signalled(self, number: int, frame: FrameType | None) -> None:
        del frame
        if not self._is_waiting:
            self._pending = number
            return
        self._is_waiting = False  # a second Ctrl-C does not interrupt what the first one began
        self._pending = number
        raise StoppedError(self._half(), number)

    def _half(self) -> str:
        """Return what was typed of the line, as far as an editor knows it; it forgets it where a terminal ends."""
        if not self._editor:
            return ""
        return _as_text(self._editor.get_line_buffer() or "".join(self._typed))


def _nothing(number: int, frame: FrameType | None) -> None:
    del number, frame


def say(text: str, *, nl: bool = True) -> None:
    """Print for whoever types; it is not a result. Where the terminal is gone it goes nowhere: saving goes on."""
    try:
        click.echo(text, nl=nl, err=True)
    except OSError:
        nothing = os.open(os.devnull, os.O_RDWR | os.O_CLOEXEC)
        for stream in (1, 2):
            os.dup2(nothing, stream)


@contextmanager
def _remembering(editor: ModuleType | None, typed: deque[str]) -> Iterator[None]:
    """Have the editor put the line as far as it is typed into ``typed`` before it looks for the next key.

    CPython calls PyOS_InputHook there. What it calls is all in C: a handler of a signal would run within Python.
    """
    if not editor:
        yield
        return
    look = map(typed.append, iter(editor.get_line_buffer, None)).__next__
    try:
        hook = ctypes.c_void_p.in_dll(ctypes.pythonapi, "PyOS_InputHook")
    except (ValueError, AttributeError):  # another Python has no such hook
        yield
        return
    before, called = hook.value, ctypes.CFUNCTYPE(None)(look)
    hook.value = ctypes.cast(called, ctypes.c_void_p).value
    try:
        yield
    finally:
        hook.value = before


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
