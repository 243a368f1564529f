import importlib.metadata
import os
import re
import shlex
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from bot.cli import COMMANDS, cli
from bot.cli.group import LazyGroup
from bot.errors import AnswerError, BadInputError, ConfigError, NoSuchPageError, UnreachableError, UsageError

MAIN = "from bot.cli import main; main()"
HEAVY = {"pywikibot", "requests", "rich", "jinja2", "mwparserfromhell", "msgspec"}


def run(code: str, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", code, *words]
    return subprocess.run(command, check=False, env={**os.environ, **more}, capture_output=True, encoding="utf-8")


def eventsafety(*words: str, **more: str) -> subprocess.CompletedProcess[str]:
    return run(MAIN, *words, **more)


def group_that(action: object) -> click.Group:
    """Return a group like ours whose command "work" does what a real one might."""
    group = LazyGroup("eventsafety", lazy={})

    @group.command("work")
    def work() -> None:
        if isinstance(action, BaseException):
            raise action
        assert callable(action)
        action()

    return group


@pytest.mark.parametrize(
    ("error", "code", "sentence"),
    [
        pytest.param(UsageError("Say which."), 2, "eventsafety: Say which.\n", id="usage"),
        pytest.param(ConfigError("x.toml: line 3"), 1, "eventsafety: x.toml: line 3\n", id="settings"),
        pytest.param(NoSuchPageError("No page X."), 1, "eventsafety: No page X.\n", id="no such page"),
        pytest.param(UnreachableError("No answer."), 1, "eventsafety: No answer.\n", id="no connection"),
        pytest.param(AnswerError("HTML came."), 1, "eventsafety: HTML came.\n", id="not understood"),
        pytest.param(
            BadInputError("Two rows.", ("row 1", "row 2")), 1, "eventsafety: Two rows.\n  row 1\n  row 2\n", id="rows"
        ),
        pytest.param(
            NoSuchPageError("No page \x1b[31mX\u202e."),
            1,
            "eventsafety: No page <U+001B>[31mX<U+202E>.\n",
            id="hostile",
        ),
        pytest.param(KeyboardInterrupt(), 130, "eventsafety: stopped; nothing was changed.\n", id="Ctrl-C"),
    ],
)
def test_an_error_is_one_sentence_and_an_exit_code(error: BaseException, code: int, sentence: str) -> None:
    result = CliRunner().invoke(group_that(error), ["work"])
    assert (result.exit_code, result.stderr, result.stdout) == (code, sentence, "")


def test_an_unexpected_error_says_that_it_is_a_bug() -> None:
    result = CliRunner().invoke(group_that(KeyError("inner")), ["work"])
    assert result.exit_code == 1
    assert "this is a bug" in result.stderr
    assert "KeyError" in result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize("error", [KeyError("inner"), ConfigError("bad")])
def test_a_traceback_comes_only_when_it_is_asked_for(error: Exception) -> None:
    result = CliRunner().invoke(group_that(error), ["work"], env={"EVENTSAFETY_DEBUG": "1"})
    assert "Traceback" in result.stderr
    result = CliRunner().invoke(group_that(error), ["work"], env={"EVENTSAFETY_DEBUG": "0"})
    assert "Traceback" not in result.stderr


def test_two_v_are_the_same_as_the_variable(tmp_path: Path) -> None:
    missing = str(tmp_path / "none.toml")
    assert "Traceback" in CliRunner().invoke(cli, ["check", "X", "-vv", "--config", missing]).stderr
    assert "Traceback" not in CliRunner().invoke(cli, ["check", "X", "-v", "--config", missing]).stderr


def test_a_closed_pipe_is_quiet() -> None:
    def print_much() -> None:
        for _ in range(100_000):
            click.echo("line")

    def broken() -> None:
        raise BrokenPipeError(32, "Broken pipe")

    assert CliRunner().invoke(group_that(print_much), ["work"]).exit_code == 0
    result = CliRunner().invoke(group_that(broken), ["work"])
    assert result.stderr == ""


@pytest.mark.parametrize(
    "words",
    [
        pytest.param(["--help"], id="help"),
        pytest.param(["--version"], id="version"),
        pytest.param(["check", "--help"], id="help of a command"),
        pytest.param(["parse", "signups", "-"], id="a result"),
        pytest.param(["parse", "banlist", "-", "--json"], id="JSON"),
    ],
)
def test_a_full_disk_is_a_sentence_and_no_bug(words: list[str]) -> None:
    with Path("/dev/full").open("w") as full:
        command = [sys.executable, "-c", MAIN, *words]
        done = subprocess.run(command, check=False, input="", stdout=full, stderr=subprocess.PIPE, text=True)
    assert done.returncode == 1
    assert done.stderr == (
        "eventsafety: Cannot print to standard output: No space left on device; "
        "what it holds is not the whole result.\n"
    )


def test_a_closed_standard_output_is_a_sentence_too() -> None:
    command = f"{shlex.join([sys.executable, '-c', MAIN, 'parse', 'signups', '-'])} >&-"
    done = subprocess.run(["sh", "-c", command], check=False, input="", capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (1, "eventsafety: Cannot print the result: standard output is closed.\n")


def test_another_error_of_the_system_stays_a_bug() -> None:
    result = CliRunner().invoke(group_that(OSError(28, "No space left on device")), ["work"])
    assert result.exit_code == 1
    assert "this is a bug" in result.stderr


@pytest.mark.parametrize(
    ("words", "code", "part"),
    [
        pytest.param([], 2, "Usage:", id="nothing"),
        pytest.param(["chek"], 2, 'There is no command "chek". Did you mean "check"?', id="mistyped"),
        pytest.param(["zzz"], 2, f"There are: {', '.join(COMMANDS)}", id="far off"),
        pytest.param(["\x1b[2J"], 2, 'There is no command "<U+001B>[2J".', id="hostile"),
        pytest.param(["--colour"], 2, "No such option", id="unknown option"),
        pytest.param(["check"], 2, "Say which event to check", id="no event"),
        pytest.param(["check", "X", "--only-csv"], 2, "give it with --registrants", id="only csv without a file"),
        pytest.param(["check", "X", "--column", "a"], 2, "give it with --registrants", id="column without a file"),
        pytest.param(["check", "X", "--site", "Meta"], 2, "FAMILY:CODE", id="site without a colon"),
        pytest.param(["check", "X", "--site", "a:b:c"], 2, "FAMILY:CODE", id="site with two"),
        pytest.param(["check", "X", "--config", "/nowhere/x.toml"], 1, "/nowhere/x.toml", id="no settings file"),
        pytest.param(["check", "X", "--config", "/"], 1, "Is a directory", id="settings are a folder"),
        pytest.param(["check", "X", "--html", "/"], 2, "/ is a folder", id="page is a folder"),
        pytest.param(["check", "X", "--html", "/nowhere/x.html"], 2, "no folder /nowhere", id="page in no folder"),
        pytest.param(["check", "X", "--html", "/dev/null"], 2, "not an ordinary file", id="page is a device"),
        pytest.param(["check", "--registrants", "/nowhere/x.csv"], 2, "Cannot read /nowhere/x.csv", id="no csv"),
        pytest.param(["check", "--registrants", "/"], 2, "/ is a folder", id="csv is a folder"),
        pytest.param(["check", "--registrants", "a\0b"], 2, "Cannot read a<U+0000>b", id="NUL in a name"),
        pytest.param(["parse"], 2, "Usage:", id="parse what"),
        pytest.param(["parse", "signups"], 2, "Missing argument 'FILE'", id="no file"),
        pytest.param(["parse", "signups", "/nowhere/x"], 2, "Cannot read /nowhere/x: No such file", id="no such file"),
        pytest.param(["parse", "banlist", "/"], 2, "/ is a folder", id="a folder"),
    ],
)
def test_what_cannot_be_taken_is_a_sentence(words: list[str], code: int, part: str) -> None:
    result = CliRunner().invoke(cli, words)
    assert result.exit_code == code
    assert part in result.stderr
    assert "Traceback" not in result.output


@pytest.mark.parametrize("words", [["check", "X", "--site", "BAD"], ["--site", "BAD", "check", "X"]])
def test_common_options_may_stand_before_and_after_the_command(words: list[str]) -> None:
    assert "FAMILY:CODE" in CliRunner().invoke(cli, words).stderr


def test_the_option_after_the_command_wins() -> None:
    result = CliRunner().invoke(cli, ["--site", "FIRST", "check", "X", "--site", "SECOND"])
    assert '"SECOND"' in result.stderr


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_and_stands_in_the_list(name: str) -> None:
    runner = CliRunner()
    assert runner.invoke(cli, [name, "--help"]).output.startswith(f"Usage: eventsafety {name}")
    assert f"\n  {name} " in runner.invoke(cli, ["--help"]).output


def every_command(group: click.Group, *words: str) -> Iterator[tuple[str, ...]]:
    """Yield the words of each command and of each below it."""
    context = click.Context(group)
    for name in group.list_commands(context):
        yield (*words, name)
        found = group.get_command(context, name)
        if isinstance(found, click.Group):
            yield from every_command(found, *words, name)


@pytest.mark.parametrize("words", list(every_command(cli)), ids=" ".join)
def test_every_command_has_examples_that_it_takes(words: tuple[str, ...]) -> None:
    shown = CliRunner().invoke(cli, [*words, "--help"]).output
    examples = shown.partition("\n  Examples:\n")[2].splitlines()
    assert 1 <= len(examples) <= 3
    for example in examples:
        assert example.startswith(" ".join(("    eventsafety", *words)))
        assert len(example) <= 80
        taken(re.split(r" [|<]", example)[0])


def taken(line: str) -> None:
    """Raise UsageError for words that the command would refuse."""
    command: click.Command | None = cli
    _, *words = shlex.split(line)
    while isinstance(command, click.Group):
        command = command.get_command(click.Context(command), words.pop(0))
    assert command is not None
    command.make_context(command.name, words)


@pytest.mark.parametrize("line", ["eventsafety check --nonsense", "eventsafety parse signups", "eventsafety diff"])
def test_an_example_that_a_command_does_not_take_is_found(line: str) -> None:
    with pytest.raises(click.UsageError):
        taken(line)


def test_version() -> None:
    result = eventsafety("--version")
    assert result.stdout == f"eventsafety {importlib.metadata.version('eventsafety')}\n"


@pytest.mark.parametrize("words", [["--help"], ["check", "--help"], ["doctor", "--help"], ["check"]])
def test_help_and_misuse_import_nothing_heavy(words: list[str]) -> None:
    code = (
        "import sys, atexit\n"
        "atexit.register(lambda: print(*sorted({m.partition('.')[0] for m in sys.modules}), file=sys.stderr))\n"
        f"sys.argv = ['eventsafety', *{words!r}]\n"
        f"{MAIN}"
    )
    result = run(code)
    assert set(result.stderr.splitlines()[-1].split()) & HEAVY == set()


def test_a_reader_that_leaves_early_is_no_error() -> None:
    command = [sys.executable, "-c", MAIN, "check", "--help"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""


def test_a_terminal_without_utf_8_gets_escapes_instead_of_an_error(tmp_path: Path) -> None:
    page = tmp_path / "page.wiki"
    page.write_text("== Participants ==\n* [[User:出典の港]]\n", encoding="utf-8")
    result = eventsafety("parse", "signups", str(page), PYTHONIOENCODING="latin-1", PYTHONUTF8="0")
    assert result.returncode == 0
    assert "\\u51fa" in result.stdout


def test_ctrl_c_in_a_real_process_ends_with_130() -> None:
    command = [sys.executable, "-c", MAIN, "parse", "signups", "-"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        wait_until_it_reads(process.pid)
        process.send_signal(signal.SIGINT)
        assert process.stderr is not None
        assert process.stderr.read() == "eventsafety: stopped; nothing was changed.\n"
        assert process.wait() == 130


def wait_until_it_reads(pid: int) -> None:
    """Wait until the process sleeps in a read of its standard input (Linux)."""
    for _ in range(600):
        syscall = Path(f"/proc/{pid}/syscall").read_text(encoding="ascii").split()
        if syscall[:2] == ["0", "0x0"]:  # read, of file descriptor 0
            return
        time.sleep(0.05)
    pytest.fail("it never read its standard input")
