"""What every confidential command runs under: no content in an error, a log, a core dump; and how a password comes in.

A command is made so, ``confidential`` being the last decorator before the function::

    @click.command("check")
    @options.common
    @confidential.password_fd
    @confidential.confidential
    def command(*, password_fd: int | None, ...) -> None:
        key = confidential.password("Password of the list", password_fd)

Exceptions of libraries can hold a cell of a list in their message. None of it is printed, whatever is asked for: of an
exception that is not ours there is its kind, with -vv the places in the program that it passed, and never its words.
"""

from __future__ import annotations

import ctypes
import functools
import getpass
import logging
import os
import resource
import signal
import stat
import sys
import threading
import warnings
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from types import FrameType, TracebackType
from typing import Any, ParamSpec, TypeVar

import click

from bot import escape
from bot.cli import console, group, options
from bot.errors import EventSafetyError, UsageError

Words = ParamSpec("Words")
Decorated = TypeVar("Decorated", bound=Callable[..., Any])

LONGEST_PASSWORD = 1024
_PR_GET_DUMPABLE, _PR_SET_DUMPABLE = 3, 4

password_fd = click.option(
    "--password-fd",
    metavar="N",
    type=click.IntRange(min=0),
    help="Read the password from this file descriptor, one line, instead of asking for it: 3< <(pass show list).",
)


class Told(group.Sentence):
    """An error of a confidential command: a sentence of ours and, with -vv, places in the program; no more."""

    def __init__(self, message: str, exit_code: int, error: BaseException) -> None:
        click.ClickException.__init__(self, message)
        self.code = exit_code
        self.details = "\n".join(places(error)) if options.debugging() else ""

    @property
    def exit_code(self) -> int:  # type: ignore[override]  # click has it as a class variable
        """What the command ends with."""
        return self.code


def confidential(command: Callable[Words, None]) -> Callable[Words, None]:
    """Make a command run inside ``kept``; to be the last decorator, so that options and their errors stay click's."""

    @functools.wraps(command)
    def run(*args: Words.args, **kwargs: Words.kwargs) -> None:
        with kept():
            command(*args, **kwargs)

    return run


@contextmanager
def kept(environ: Mapping[str, str] = os.environ) -> Iterator[None]:
    """Keep what happens inside from leaving the process, and end every error as one sentence.

    Raises UsageError's sentence on Toolforge. In a program of its own it holds until the process ends, so that nothing
    is said at exit either; where somebody else has set Python's hooks (tests), all is given back.
    """
    is_program = sys.unraisablehook is sys.__unraisablehook__
    caught = _Caught()
    with ExitStack() as given_back:
        _close_process(given_back)
        _close_mouths(given_back)
        if is_program:
            given_back.pop_all()
            _end_in_order()
        with caught:
            refuse_on_toolforge(environ)
            yield
    if caught.error:
        raise _told(caught.error) from None


class _Caught:
    """Takes what is raised inside, so that what is raised instead does not carry it along."""

    error: BaseException | None = None

    def __enter__(self) -> None: ...

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> bool:
        harmless = isinstance(error, click.ClickException | click.exceptions.Exit | BrokenPipeError)
        if error is None or harmless or (isinstance(error, SystemExit) and isinstance(error.code, int | None)):
            return False
        self.error = error
        return True


def _told(error: BaseException) -> Told:
    if isinstance(error, UsageError):
        return Told(str(error), 2, error)
    if isinstance(error, EventSafetyError):
        return Told(str(error), 1, error)
    if isinstance(error, KeyboardInterrupt | click.Abort):
        return Told("stopped; what was not yet said to be done was not done.", 130, error)
    if isinstance(error, OSError) and console.raised_by_printing(error):
        return Told(str(console.unprinted(error)), 1, error)
    return Told(group.BUG.format(kind=type(error).__name__), 1, error)


def places(error: BaseException) -> list[str]:
    """Return of an exception, and of those before it, the kind and the places that it passed; none of its words."""
    told: list[str] = []
    one: BaseException | None = error
    seen: set[int] = set()  # exceptions can lead in a circle
    while one and id(one) not in seen:
        seen.add(id(one))
        told.append(f"{type(one).__name__}, which passed:")
        at = one.__traceback__
        while at:
            code = at.tb_frame.f_code
            told.append(f"  {code.co_filename}:{at.tb_lineno}:{code.co_name}")
            at = at.tb_next
        one = one.__cause__ or one.__context__
    return told


def refuse_on_toolforge(environ: Mapping[str, str], project: Path = Path("/etc/wmcs-project")) -> None:
    """Raise UsageError on Toolforge and other machines of Wikimedia Cloud Services, which others administer."""
    if environ.get("TOOL_DATA_DIR") or project.exists():
        raise UsageError("This machine is one of Wikimedia Cloud Services; confidential data may not be there.")


def refuse_redirected(advice: str = "Give --output FILE instead.") -> None:
    """Raise UsageError where standard output is a file: the shell made it, with the modes and in the place it likes."""
    try:
        info = os.fstat(sys.stdout.fileno())
    except (AttributeError, OSError, ValueError):  # closed, or a stream of a test, which has no number
        return
    if stat.S_ISREG(info.st_mode):
        raise UsageError(f"Standard output is a file, which others may read. {advice}")


def password(prompt: str, fd: int | None, *, confirm: bool = False) -> str:
    """Return the password from the file descriptor, or as it is typed, hidden, at the terminal; twice with ``confirm``.

    It never comes from an argument or the environment. Raises UsageError for none, an empty one, one of more than a
    line or 1,024 bytes, two that differ, and where there is neither a descriptor nor a terminal.
    """
    if fd is not None:
        return _from_descriptor(fd)
    first = _typed(f"{prompt}: ")
    if confirm and first != _typed(f"{prompt}, once more: "):
        raise UsageError("The two are not the same; nothing was done.")
    return first


def _from_descriptor(fd: int) -> str:
    try:
        if os.isatty(fd):
            raise UsageError(f"--password-fd {fd} is the terminal; leave it out to be asked, without echo.")
        data = b""
        while len(data) <= LONGEST_PASSWORD and (part := os.read(fd, LONGEST_PASSWORD + 1 - len(data))):
            data += part
        _close(fd)
    except OSError as error:
        raise UsageError(f"Cannot read --password-fd {fd}: {error.strerror}; open it, as in 3< FILE.") from None
    if len(data) > LONGEST_PASSWORD:
        raise UsageError(f"--password-fd {fd} holds more than {LONGEST_PASSWORD:,} bytes; it is to hold one line.")
    line, _, rest = data.partition(b"\n")
    if rest.strip():
        raise UsageError(f"--password-fd {fd} holds more than one line; it is to hold the password alone.")
    try:
        text = line.removesuffix(b"\r").decode()
    except UnicodeDecodeError:
        raise UsageError(f"--password-fd {fd} does not hold UTF-8 text.") from None
    if not text:
        raise UsageError(f"--password-fd {fd} holds no password.")
    return text


def _close(fd: int) -> None:
    """Close a descriptor; one of the three standard ones leads to nothing, so that no file takes its number."""
    if fd > 2:
        os.close(fd)
        return
    nothing = os.open(os.devnull, os.O_RDWR | os.O_CLOEXEC)
    os.dup2(nothing, fd)
    os.close(nothing)


def _typed(prompt: str) -> str:
    try:
        os.close(os.open("/dev/tty", os.O_RDWR | os.O_NOCTTY | os.O_CLOEXEC))
        with warnings.catch_warnings():
            warnings.simplefilter("error", getpass.GetPassWarning)  # it would go on and show what is typed
            typed = getpass.getpass(escape.terminal(prompt))
    except (OSError, getpass.GetPassWarning):
        raise UsageError("There is no terminal to ask for the password at; give --password-fd N.") from None
    except (EOFError, UnicodeDecodeError):
        typed = ""
    if not typed:
        raise UsageError("No password was typed; nothing was done.")
    return typed


def _close_process(given_back: ExitStack) -> None:
    """Files for us alone, no core dump, and no other process of this user that may look into our memory."""
    given_back.callback(os.umask, os.umask(0o077))
    soft, hard = resource.getrlimit(resource.RLIMIT_CORE)
    resource.setrlimit(resource.RLIMIT_CORE, (0, hard))
    given_back.callback(resource.setrlimit, resource.RLIMIT_CORE, (soft, hard))
    with suppress(OSError, AttributeError):  # only Linux has it
        prctl = ctypes.CDLL(None).prctl
        before = prctl(_PR_GET_DUMPABLE, 0, 0, 0, 0)
        prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
        given_back.callback(prctl, _PR_SET_DUMPABLE, before, 0, 0, 0)


def _end_in_order() -> None:
    """A closed terminal and a polite kill end the program by an exception: what is half written is taken away."""

    def leave(number: int, frame: FrameType | None) -> None:
        del frame
        raise SystemExit(128 + number)

    for number in (signal.SIGHUP, signal.SIGTERM):
        if threading.current_thread() is threading.main_thread() and signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, leave)


def _close_mouths(given_back: ExitStack) -> None:
    """Nothing but what commands print on purpose: no log, no warning, no message of an exception from anywhere."""
    given_back.callback(logging.disable, logging.root.manager.disable)
    logging.disable(logging.CRITICAL)
    given_back.enter_context(warnings.catch_warnings())
    warnings.simplefilter("ignore")
    for module, name, hook in (
        (sys, "excepthook", _say_kind),
        (sys, "unraisablehook", _say_kind_of),
        (threading, "excepthook", _say_kind_of),
        (warnings, "showwarning", _say_nothing),
        (logging, "raiseExceptions", False),
    ):
        given_back.callback(setattr, module, name, getattr(module, name))
        setattr(module, name, hook)


def _say_kind(kind: type[BaseException], error: BaseException, at: TracebackType | None) -> None:
    del error, at
    console.diagnostic(group.BUG.format(kind=kind.__name__))


def _say_kind_of(what: Any) -> None:
    if what.exc_type is not SystemExit:
        console.diagnostic(group.BUG.format(kind=what.exc_type.__name__))


def _say_nothing(*args: object, **more: object) -> None:
    del args, more
