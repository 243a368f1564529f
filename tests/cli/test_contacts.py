"""``eventsafety contacts`` without a wiki: what is refused before it is asked, what is printed, how it ends."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any, NoReturn

import pytest
from click.testing import CliRunner, Result

from bot.cli import cli
from bot.errors import BadInputError, NoSuchPageError
from bot.model import Contact, Event, Grade, Health, Phase, Role
from bot.plan.drift import Difference
from bot.read.session import Session
from bot.tasks import event as events
from bot.tasks import team
from bot.tasks.event import InputFile
from bot.tasks.team import TeamReport

SOME = ("contacts", "Event:Some")
ADA = Contact("Ada", (Role.REPORTS,))
WELL = TeamReport((ADA,), "roster.toml", Phase.BEFORE, None, (), (), ())
DRIFT = Difference("Ada", "order", "1", "2", 'Ada, order: "1" in the roster, "2" on the page.')


def run(*words: str, data: bytes | None = None) -> Result:
    return CliRunner().invoke(cli, words, input=data)


def point(grade: Grade) -> Health:
    return Health("coverage", grade, "Nobody is there\u202e.", "Find somebody.")


@pytest.fixture
def no_wiki(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Work in a new folder, and fail when the wiki is opened."""

    def opened(*_words: object, **_more: object) -> NoReturn:
        raise AssertionError("the wiki was asked")

    monkeypatch.setattr(Session, "open", opened)
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def looking(monkeypatch: pytest.MonkeyPatch) -> Callable[[TeamReport | Exception], list[Any]]:
    """Return what makes the command find something, or fail; the files it was given come into the list."""
    monkeypatch.setattr(Session, "open", lambda *_words, **_more: nullcontext())
    given: list[Any] = []

    def finds(what: TeamReport | Exception) -> list[Any]:
        def read(_session: Any, text: str, roster: InputFile | None, training: Sequence[InputFile], **_: Any) -> Any:
            if isinstance(what, Exception):
                raise what
            given[:] = [text, roster, *training]
            return SimpleNamespace(event=Event("Event:Some"))

        monkeypatch.setattr(events, "read", read)
        monkeypatch.setattr(team, "look", lambda *_words: what)
        return given

    return finds


@pytest.mark.usefixtures("no_wiki")
@pytest.mark.parametrize("command", ["contacts", "readiness"])
@pytest.mark.parametrize(
    ("words", "parts"),
    [
        pytest.param([], ["Missing argument", "EVENT"], id="no event"),
        pytest.param(["Event:X", "--roster", "none.toml"], ["none.toml"], id="no such roster"),
        pytest.param(["Event:X", "--roster", "."], ["is a folder"], id="a folder"),
        pytest.param(["Event:X", "--training", "none.csv"], ["none.csv"], id="no such training"),
        pytest.param(["Event:X", "--site", "nonsense"], ["FAMILY:CODE"], id="no site"),
        pytest.param(["Event:X", "--frobnicate"], ["--frobnicate"], id="no such option"),
    ],
)
def test_words_and_files_that_cannot_be_taken_are_usage_errors(
    command: str, words: Sequence[str], parts: Sequence[str]
) -> None:
    done = run(command, *words)
    assert (done.exit_code, done.stdout) == (2, "")
    assert all(part in done.stderr for part in parts), done.stderr


@pytest.mark.parametrize(
    ("report", "code"),
    [
        pytest.param(WELL, 0, id="all is well"),
        pytest.param(replace(WELL, health=(point(Grade.HINT),)), 0, id="a hint is nothing wrong"),
        pytest.param(replace(WELL, health=(point(Grade.UNKNOWN),)), 11, id="not known"),
        pytest.param(replace(WELL, health=(point(Grade.WARNING), point(Grade.UNKNOWN))), 10, id="wrong, and not known"),
        pytest.param(replace(WELL, health=(point(Grade.SERIOUS),)), 10, id="serious"),
        pytest.param(replace(WELL, differences=(DRIFT,)), 10, id="drift"),
    ],
)
def test_how_it_ends(looking: Callable[[TeamReport], object], report: TeamReport, code: int) -> None:
    looking(report)
    shown, document = run(*SOME), run(*SOME, "--json")
    assert shown.exit_code == document.exit_code == code
    assert "Safety contacts of Event:Some" in shown.stdout
    assert "\u202e" not in shown.stdout
    assert json.loads(document.stdout)["schema"] == "eventsafety/contacts@1"


def test_files_come_with_their_names_and_one_may_be_standard_input(
    looking: Callable[[TeamReport], list[Any]], tmp_path: Path
) -> None:
    given = looking(WELL)
    one, other = tmp_path / "one.csv", tmp_path / "other.json"
    one.write_bytes(b"a")
    other.write_bytes(b"b")
    done = run(*SOME, "--roster", "-", "--training", str(one), "--training", str(other), data=b"c")
    assert done.exit_code == 0, done.output
    files = [InputFile("standard input", b"c"), InputFile("one.csv", b"a"), InputFile("other.json", b"b")]
    assert given == ["Event:Some", *files]


@pytest.mark.parametrize(
    ("error", "lines"),
    [
        pytest.param(NoSuchPageError('There is no page "Event:Some".'), 1, id="no page"),
        pytest.param(BadInputError("The roster has problems:", ("line 1: x", "line 2: y")), 3, id="a bad roster"),
    ],
)
def test_what_cannot_be_read_is_one_error_and_no_report(
    looking: Callable[[Exception], object], error: Exception, lines: int
) -> None:
    looking(error)
    done = run(*SOME)
    assert (done.exit_code, done.stdout) == (1, "")
    assert len(done.stderr.strip().splitlines()) == lines


def test_help_says_how_it_ends_and_what_to_give() -> None:
    shown = " ".join(run("contacts", "--help").stdout.split())
    for part in (
        "--roster FILE",
        "--training FILE",
        "--json",
        "10 something is not",
        "11 nothing is wrong",
        "Examples",
    ):
        assert part in shown
