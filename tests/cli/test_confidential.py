"""A confidential command may fail in any way: nothing but what it prints on purpose leaves the process."""

import importlib
import logging
import os
import pty
import resource
import signal
import subprocess
import sys
import threading
import time
import traceback
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner, Result

from bot.cli import COMMANDS, confidential, options
from bot.cli.group import LazyGroup
from bot.errors import BadInputError, ConfigError, EventSafetyError, UsageError

NAME = "Ada Abacus"
LOUD = {"EVENTSAFETY_DEBUG": "1"}


def group_that(action: Callable[[], None]) -> click.Group:
    """Return a group like ours with a confidential command "work"."""
    group = LazyGroup("eventsafety", lazy={})

    @group.command("work")
    @options.common
    @confidential.confidential
    def work() -> None:
        """Work."""
        action()

    return group


def run(action: Callable[[], None], *words: str, **environ: str) -> Result:
    return CliRunner().invoke(group_that(action), ["work", *words], env=environ)


class NamedError(Exception):
    def __str__(self) -> str:
        raise KeyError(NAME)


def plain() -> None:
    raise KeyError(NAME)


def strange() -> None:
    raise NamedError(NAME)


def caused() -> None:
    try:
        plain()
    except KeyError as error:
        raise BadInputError("Row 3 cannot be read.") from error


def hidden() -> None:
    try:
        plain()
    except KeyError:
        raise ConfigError("Row 3 cannot be read.") from None


def beside() -> None:
    try:
        plain()
    except KeyError:
        confidential.password("Password", 10**6)


def several() -> None:
    raise ExceptionGroup(NAME, [KeyError(NAME), ValueError(NAME)])


def noted() -> None:
    error = EventSafetyError("No.")
    error.add_note(NAME)
    raise error


def deep() -> None:
    def again(name: str) -> None:
        again(name)

    again(NAME)


def leaving() -> None:
    raise SystemExit(NAME)


def printing() -> None:
    raise OSError(5, NAME, NAME)


def stopped() -> None:
    raise KeyboardInterrupt(NAME)


@pytest.mark.parametrize(
    ("action", "code", "sentence"),
    [
        pytest.param(
            plain, 1, "this is a bug: something went wrong that the program does not know (KeyError)", id="plain"
        ),
        pytest.param(strange, 1, "does not know (NamedError)", id="an exception that cannot be printed"),
        pytest.param(caused, 1, "eventsafety: Row 3 cannot be read.", id="a cause with content"),
        pytest.param(hidden, 1, "eventsafety: Row 3 cannot be read.", id="a hidden cause with content"),
        pytest.param(beside, 2, "eventsafety: Cannot read --password-fd", id="while another was handled"),
        pytest.param(several, 1, "does not know (ExceptionGroup)", id="several at once"),
        pytest.param(noted, 1, "eventsafety: No.", id="a note"),
        pytest.param(deep, 1, "does not know (RecursionError)", id="too deep"),
        pytest.param(leaving, 1, "does not know (SystemExit)", id="leaving with words"),
        pytest.param(printing, 1, "does not know (OSError)", id="an error of the system"),
        pytest.param(stopped, 130, "eventsafety: stopped", id="Ctrl-C"),
    ],
)
def test_an_error_is_one_sentence_without_content(action: Callable[[], None], code: int, sentence: str) -> None:
    for words, environ in (((), {}), (("-vv",), {}), ((), LOUD)):
        result = run(action, *words, **environ)
        assert (result.exit_code, result.stdout) == (code, "")
        assert sentence in result.stderr
        assert "Ada" not in result.stderr
        assert "Abacus" not in repr(result.exception)
        assert (f"{Path(__file__).name}:" in result.stderr) == bool(words or environ)
        if not words and not environ:
            assert result.stderr.count("\n") == 1


def leaves(command: click.Command, context: click.Context) -> Iterator[click.Command]:
    """Yield the commands that are no groups."""
    if not isinstance(command, click.Group):
        yield command
        return
    for name in command.list_commands(context):
        found = command.get_command(context, name)
        assert found
        yield from leaves(found, context)


@pytest.mark.parametrize("name", ["event-bans", "refuse", "refusals", "incident"])
def test_every_command_that_may_see_content_is_confidential(name: str) -> None:
    command = importlib.import_module(COMMANDS[name]).command
    for leaf in leaves(command, click.Context(command)):
        assert leaf.callback
        assert leaf.callback.__code__ is confidential.confidential(lambda: None).__code__, leaf.name


def test_the_exception_that_ends_a_command_carries_no_other() -> None:
    with pytest.raises(confidential.Told) as raised, confidential.kept({}):
        caused()
    assert NAME not in "".join(traceback.format_exception(raised.value))


@pytest.mark.parametrize(
    ("error", "code", "shown"),
    [
        pytest.param(click.UsageError("Not so."), 2, "Not so.", id="click's own"),
        pytest.param(click.exceptions.Exit(10), 10, "", id="an exit code"),
        pytest.param(click.Abort(), 130, "stopped; what was not yet said", id="Ctrl-C or Ctrl-D at a question"),
        pytest.param(SystemExit(7), 7, "", id="a number"),
    ],
)
def test_what_click_knows_stays_clicks(error: BaseException, code: int, shown: str) -> None:
    def action() -> None:
        raise error

    result = run(action)
    assert result.exit_code == code
    assert shown in result.stderr
    assert bool(shown) == bool(result.stderr)


def test_a_sentence_cannot_write_to_the_terminal() -> None:
    def action() -> None:
        raise UsageError("No \x1b[2Jfile\u202e.")

    assert run(action).stderr == "eventsafety: No <U+001B>[2Jfile<U+202E>.\n"


@pytest.mark.parametrize(
    ("environ", "is_there"),
    [
        pytest.param({"TOOL_DATA_DIR": "/data/project/x"}, False, id="a tool's account"),
        pytest.param({}, True, id="a machine of Cloud Services"),
    ],
)
def test_toolforge_is_no_place_for_it(environ: dict[str, str], is_there: bool, tmp_path: Path) -> None:
    project = tmp_path / "wmcs-project"
    if is_there:
        project.write_text("tools\n")
    with pytest.raises(UsageError, match="confidential data may not be there"):
        confidential.refuse_on_toolforge(environ, project)
    confidential.refuse_on_toolforge({"TOOL_DATA_DIR": ""}, tmp_path / "none")
    if environ:
        result = run(lambda: click.echo(NAME), **environ)
        assert (result.exit_code, result.stdout) == (2, "")


def state() -> list[object]:
    mask = os.umask(0)
    os.umask(mask)
    return [
        *(mask, resource.getrlimit(resource.RLIMIT_CORE), logging.root.manager.disable, logging.raiseExceptions),
        *(sys.excepthook, sys.unraisablehook, threading.excepthook, warnings.showwarning, list(warnings.filters)),
        *(signal.getsignal(signal.SIGTERM), signal.getsignal(signal.SIGHUP)),
    ]


def test_whoever_set_pythons_hooks_gets_them_back() -> None:
    before = state()
    inside: list[object] = []
    run(lambda: inside.extend(state()))
    assert inside[0] == 0o077
    assert state() == before


PROGRAM = """
import atexit, click, ctypes, gc, logging, os, resource, sys, threading, warnings
from bot.cli import confidential, console, options
from bot.cli.group import LazyGroup
from bot.errors import UsageError

NAME = open("name").read()

class Loud:
    def __del__(self):
        raise ValueError(NAME)

def loud():
    raise KeyError(NAME)

@click.group("eventsafety", cls=LazyGroup, lazy={})
def cli(): ...

@cli.command("work")
@options.common
@confidential.password_fd
@confidential.confidential
def work(*, password_fd):
ACTION

if __name__ == "__main__":
    cli(prog_name="eventsafety")
"""


def program(action: str, folder: Path) -> list[str]:
    """Write a program of one confidential command that does ``action``, and return how to start it."""
    lines = "\n".join(f"    {line}" for line in action.splitlines())
    (folder / "name").write_text(NAME)
    (folder / "program.py").write_text(PROGRAM.replace("ACTION", lines))
    return [sys.executable, str(folder / "program.py"), "work"]


def start(
    action: str, folder: Path, *words: str, stdin: int = subprocess.DEVNULL, stdout: int = subprocess.PIPE, **more: Any
) -> subprocess.CompletedProcess[str]:
    environ = {**os.environ, "PYTHONPATH": str(Path.cwd()), **LOUD}
    return subprocess.run(
        [*program(action, folder), *words],
        check=False,
        cwd=folder,
        encoding="utf-8",
        env=environ,
        stderr=subprocess.PIPE,
        stdin=stdin,
        stdout=stdout,
        **more,
    )


@pytest.mark.parametrize(
    ("action", "code"),
    [
        pytest.param("loud()", 1, id="an error"),
        pytest.param("t = threading.Thread(target=loud); t.start(); t.join()", 0, id="a thread"),
        pytest.param("Loud()", 0, id="a destructor"),
        pytest.param("global kept; kept = Loud()", 0, id="a destructor at the end of the process"),
        pytest.param("__builtins__.kept = Loud()", 0, id="a destructor after all else"),
        pytest.param("sys.kept = Loud()", 0, id="a destructor after nearly all else"),
        pytest.param("a = [Loud()]; a.append(a)", 0, id="a destructor when garbage is collected"),
        pytest.param("atexit.register(loud)", 0, id="the end of the process"),
        pytest.param("threading.Timer(0.05, loud).start()", 0, id="a thread that lives on"),
        pytest.param("logging.getLogger('x').error(NAME)", 0, id="a log"),
        pytest.param("logging.basicConfig(level=0); logging.critical(NAME)", 0, id="a log that is set up"),
        pytest.param("atexit.register(logging.critical, NAME)", 0, id="a log at the end"),
        pytest.param("warnings.warn(NAME)", 0, id="a warning"),
        pytest.param("warnings.simplefilter('always'); warnings.warn(NAME)", 0, id="a warning that is wanted"),
        pytest.param("open(NAME, 'w')", 0, id="a file left open"),
        pytest.param("ctypes.CFUNCTYPE(None)(loud)()", 0, id="an error in a callback"),
    ],
)
def test_a_process_says_nothing_to_its_very_end(action: str, code: int, tmp_path: Path) -> None:
    done = start(action, tmp_path, "-vv")
    assert done.returncode == code, done.stderr
    assert "Ada" not in done.stdout + done.stderr
    assert "Traceback" not in done.stderr


def test_the_harness_of_this_test_would_show_it(tmp_path: Path) -> None:
    program("Loud(); loud()", tmp_path)
    text = (tmp_path / "program.py").read_text().replace("@confidential.confidential\n", "")
    (tmp_path / "program.py").write_text(text)
    environ = {**os.environ, "PYTHONPATH": str(Path.cwd()), **LOUD}
    command = [sys.executable, str(tmp_path / "program.py"), "work"]
    done = subprocess.run(command, capture_output=True, check=False, cwd=tmp_path, env=environ, text=True)
    assert done.stderr.count(NAME) >= 2


def test_a_crash_leaves_no_core_and_memory_is_closed(tmp_path: Path) -> None:
    action = """
print(resource.getrlimit(resource.RLIMIT_CORE)[0], oct(os.umask(0)), ctypes.CDLL(None).prctl(3, 0, 0, 0, 0), flush=True)
os.abort()
"""
    hard = resource.getrlimit(resource.RLIMIT_CORE)[1]
    before = f"import os, resource; resource.setrlimit(resource.RLIMIT_CORE, ({hard}, {hard})); os.umask(0)\n"
    command = program(action.strip(), tmp_path)
    (tmp_path / "program.py").write_text(before + (tmp_path / "program.py").read_text())
    environ = {**os.environ, "PYTHONPATH": str(Path.cwd())}
    with subprocess.Popen(command, cwd=tmp_path, env=environ, stdout=subprocess.PIPE) as child:
        assert child.stdout
        assert child.stdout.read() == b"0 0o77 0\n"
        _, status = os.waitpid(child.pid, 0)
        child.returncode = status
    assert os.WTERMSIG(status) == signal.SIGABRT
    assert not os.WCOREDUMP(status)


def test_a_pipe_that_is_closed_and_a_full_disk_are_told_as_everywhere(tmp_path: Path) -> None:
    with Path("/dev/full").open("w") as full:
        done = start("console.result('x')", tmp_path, stdout=full.fileno())
    assert done.returncode == 1
    assert "Cannot print to standard output" in done.stderr
    reading, writing = os.pipe()
    os.close(reading)
    done = start("console.result('x' * 10**6)", tmp_path, stdout=writing)
    os.close(writing)
    assert done.stderr == ""


def descriptor(data: bytes, folder: Path) -> int:
    """Return a descriptor that ``data`` is read from."""
    (folder / "data").write_bytes(data)
    return os.open(folder / "data", os.O_RDONLY)


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        pytest.param(b"open sesame\n", "open sesame", id="a line"),
        pytest.param(b"open sesame", "open sesame", id="without its end"),
        pytest.param(b"open sesame\r\n", "open sesame", id="with the line end of another system"),
        pytest.param(b" pass \n\n", " pass ", id="blanks belong to it"),
        pytest.param("pässwörd".encode(), "pässwörd", id="letters of all scripts"),
        pytest.param(b"x" * 1023 + b"\n", "x" * 1023, id="the longest"),
    ],
)
def test_a_password_is_read_from_a_descriptor(data: bytes, expected: str, tmp_path: Path) -> None:
    file = descriptor(data, tmp_path)
    assert confidential.password("Password", file, confirm=True) == expected
    with pytest.raises(OSError, match="Bad file descriptor"):
        os.close(file)


def test_a_password_that_comes_in_parts_is_read_as_a_whole() -> None:
    reading, writing = os.pipe()

    def write() -> None:
        for part in (b"open ", b"sesame", b"\n"):
            os.write(writing, part)
            time.sleep(0.01)
        os.close(writing)

    threading.Thread(target=write).start()
    assert confidential.password("Password", reading) == "open sesame"


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        pytest.param(b"", "holds no password", id="nothing"),
        pytest.param(b"\nAda", "more than one line", id="an empty line"),
        pytest.param(b"Ada\nAbacus\n", "more than one line", id="two lines, as of a list"),
        pytest.param(b"Ada\xff\n", "UTF-8", id="no text"),
        pytest.param(b"Ada" * 400, "more than 1,024 bytes", id="too long"),
        pytest.param(b"Ada\n" * 50_000, "more than 1,024 bytes", id="a file"),
    ],
)
def test_what_is_no_password_is_refused_without_showing_it(data: bytes, sentence: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=sentence) as raised:
        confidential.password("Password", descriptor(data, tmp_path))
    assert "Ada" not in "".join(traceback.format_exception(raised.value))


def test_a_descriptor_is_closed_once_it_is_read(tmp_path: Path) -> None:
    (tmp_path / "data").write_bytes(b"secret\n")
    action = "confidential.password('P', password_fd)\nprint(os.readlink(f'/proc/self/fd/{password_fd}'))"
    with (tmp_path / "data").open("rb") as file:
        done = start(action, tmp_path, "--password-fd", str(file.fileno()), pass_fds=[file.fileno()])
        assert "does not know (FileNotFoundError)" in done.stderr
        file.seek(0)
        done = start(action, tmp_path, "--password-fd", "0", stdin=file.fileno())
        assert done.stdout == "/dev/null\n"


PASSWORD = "print(repr(confidential.password('Password of \\x1b[2Jlist', password_fd)))"


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        pytest.param((), "There is no terminal to ask for the password at; give --password-fd N.", id="no terminal"),
        pytest.param(("--password-fd", "87"), "Cannot read --password-fd 87: Bad file descriptor", id="not open"),
        pytest.param(("--password-fd", "x"), "Invalid value for '--password-fd'", id="no number"),
        pytest.param(("--password-fd", "-1"), "Invalid value for '--password-fd'", id="below zero"),
    ],
)
def test_without_a_way_to_ask_it_says_which_one_to_give(words: tuple[str, ...], sentence: str, tmp_path: Path) -> None:
    done = start(PASSWORD, tmp_path, *words, start_new_session=True)
    assert (done.returncode, done.stdout) == (2, "")
    assert sentence in done.stderr


def at_terminal(action: str, typed: bytes, folder: Path, *words: str) -> tuple[int, str]:
    """Run the program at a terminal where somebody types, and return how it ended and what the terminal showed."""
    keyboard, terminal = pty.openpty()
    name = os.ttyname(terminal)
    # Who begins a session and opens a terminal has it for its own.
    command = ["/bin/sh", "-c", f'exec "$@" <{name} >{name} 2>&1', "sh", *program(action, folder), *words]
    environ = {**os.environ, "PYTHONPATH": str(Path.cwd())}
    child = subprocess.Popen(command, cwd=folder, env=environ, start_new_session=True)
    shown = b""
    while part := _read(keyboard):
        if not shown:
            os.close(terminal)  # not before the program has opened it: it would be gone
        shown += part
        if part.rstrip().endswith(b":"):
            line, _, typed = typed.partition(b"\n")
            os.write(keyboard, line + b"\n" if line != b"^D" else b"\x04")
    os.close(keyboard)
    return child.wait(timeout=10), shown.decode().replace("\r\n", "\n")


def _read(keyboard: int) -> bytes:
    try:
        return os.read(keyboard, 1000)
    except OSError:  # the terminal is gone with the process
        return b""


ASK = "print('Right' if confidential.password('Password of \\x1b[2Jlist', password_fd) == 'open sesame' else 'Wrong')"
ASK_TWICE = ASK.replace("password_fd", "password_fd, confirm=True")


@pytest.mark.parametrize(
    ("action", "typed", "code", "shown"),
    [
        pytest.param(ASK, b"open sesame\n", 0, "Password of <U+001B>[2Jlist: \nRight\n", id="asked, and not shown"),
        pytest.param(ASK, b"\n", 2, "No password was typed", id="nothing"),
        pytest.param(ASK, b"^D\n", 2, "No password was typed", id="the end"),
        pytest.param(ASK_TWICE, b"open sesame\nopen sesame\n", 0, "list, once more: \nRight\n", id="twice the same"),
        pytest.param(
            ASK_TWICE, b"open sesame\nopen\n", 2, "The two are not the same; nothing was done.", id="not the same"
        ),
    ],
)
def test_a_password_is_asked_for_at_the_terminal(
    action: str, typed: bytes, code: int, shown: str, tmp_path: Path
) -> None:
    ended, told = at_terminal(action, typed, tmp_path)
    assert shown in told
    assert ended == code
    assert "sesame" not in told


def test_the_terminal_is_no_descriptor_for_a_password(tmp_path: Path) -> None:
    ended, told = at_terminal(ASK, b"", tmp_path, "--password-fd", "0")
    assert ended == 2
    assert "--password-fd 0 is the terminal; leave it out" in told


def test_a_result_into_a_file_of_the_shell_can_be_refused(tmp_path: Path) -> None:
    action = "confidential.refuse_redirected(); print('Shown')"
    assert start(action, tmp_path).stdout == "Shown\n"
    with (tmp_path / "out").open("w") as out:
        done = start(action, tmp_path, stdout=out.fileno())
    assert done.returncode == 2
    assert "Standard output is a file, which others may read. Give --output FILE instead." in done.stderr
    assert (tmp_path / "out").read_text() == ""
    assert run(confidential.refuse_redirected).exit_code == 0


def test_exceptions_that_lead_in_a_circle_are_told_once() -> None:
    first, second = ValueError(NAME), KeyError(NAME)
    first.__context__, second.__context__ = second, first
    assert [line for line in confidential.places(first) if "passed" in line] == [
        "ValueError, which passed:",
        "KeyError, which passed:",
    ]
