"""``eventsafety plan``, ``diff`` and ``templates install`` without a wiki: what is refused, stored and printed."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NoReturn

import pytest
from click.testing import CliRunner, Result

from bot.cli import cli
from bot.errors import BadInputError, NoSuchPageError
from bot.plan import stored
from bot.plan.edits import Edit, Plan
from bot.read.session import Session
from bot.tasks import plans, templates

EDITS = tuple(
    Edit(f"User:TestBot/Event review/{name}", 2, "review", base, old, "One\u202e.\nTwo.", "Bring up to date", ("Why.",))
    for name, base, old in (("A", 9, "One\u202e.\nOld."), ("B", 10, "One\u202e.\nOld."), ("C", 0, ""))
)
READ_AT = datetime(2026, 11, 21, tzinfo=UTC)
PLAN = Plan("trial:trial", "http://127.0.0.1", "TestBot", "tests", READ_AT, (), {}, EDITS, ("Left alone.",))
EMPTY = replace(PLAN, edits=())
SOME = ("plan", "Event:Some")
NOTICE = (*SOME, "--registrants")
SENT = (*NOTICE, "--massmessage", "list.txt", "--sender", "Ada")
COMMANDS = (SOME, NOTICE, (*SOME, "--remind", "--task", "notices"), ("templates", "install"))


def run(*words: str) -> Result:
    return CliRunner().invoke(cli, words)


@pytest.fixture
def no_wiki(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Work in a new folder, and fail when the wiki is opened."""

    def opened(*_words: object, **_more: object) -> NoReturn:
        raise AssertionError("the wiki was asked")

    monkeypatch.setattr(Session, "open", opened)
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def planning(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[[Plan | Exception], None]:
    """Return what makes every task propose a plan, or fail."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(Session, "open", lambda *_words, **_more: nullcontext())

    def proposed(what: Plan | Exception) -> None:
        def plan(*_words: Any, **_more: Any) -> Plan:
            if isinstance(what, Exception):
                raise what
            return what

        monkeypatch.setattr(plans, "plan", plan)
        monkeypatch.setattr(templates, "plan", plan)

    return proposed


@pytest.mark.usefixtures("no_wiki")
@pytest.mark.parametrize(
    ("words", "parts"),
    [
        pytest.param(["plan"], ["which event", "#12"], id="no event"),
        pytest.param(["plan", "Event:Some", "--task", "nonsense"], ['"nonsense"', "review"], id="unknown task"),
        pytest.param(["plan", "Event:Some", "--task", "review", "--task", "x"], ['"x"'], id="one task unknown"),
        pytest.param(["plan", "Event:Some", "--task", "templates"], ['"templates"'], id="a task without an event"),
        pytest.param(["plan", "Event:Some", "-o", "none/plan.json"], ["there is no folder"], id="no such folder"),
        pytest.param(["plan", "Event:Some", "-o", "."], ["is a folder"], id="a folder"),
        pytest.param(["plan", "Event:Some", "-o", "-"], ["name of a file to write"], id="standard input as a place"),
        pytest.param(["plan", "Event:Some", "-o", "/dev/null"], ["not an ordinary file"], id="a device"),
        pytest.param(["plan", "Event:Some", "--site", "nonsense"], ["FAMILY:CODE"], id="no site"),
        pytest.param(["plan", "--registrants"], ["which event"], id="a message without an event"),
        pytest.param([*NOTICE, "--remind"], ["--registrants and --remind", "one after the other"], id="two messages"),
        pytest.param([*SOME, "--massmessage", "list"], ["--registrants or --remind"], id="a list of no message"),
        pytest.param([*SOME, "--sender", "Ada"], ["--registrants or --remind"], id="a sender of no message"),
        pytest.param([*NOTICE, "--massmessage", "list"], ["--sender", "together"], id="a list without a sender"),
        pytest.param([*NOTICE, "--sender", "Ada"], ["--massmessage", "together"], id="a sender without a list"),
        pytest.param([*SENT, "-o", "plan.json"], ["no plan to store with -o"], id="a list and a plan"),
        pytest.param([*SENT, "--json"], ["leave out --json"], id="a list as JSON"),
        pytest.param(
            [*SENT, "--task", "notices", "--json"], ["leave out --task and --json"], id="a list, and pages to be edited"
        ),
        pytest.param(
            [*NOTICE, "--massmessage", "none/list", "--sender", "Ada"], ["there is no folder"], id="list: no folder"
        ),
        pytest.param([*NOTICE, "--massmessage", ".", "--sender", "Ada"], ["is a folder"], id="list: a folder"),
        pytest.param([*NOTICE, "--massmessage", "list", "--sender", ""], ["--sender"], id="nobody sends"),
        pytest.param([*NOTICE, "--roster", "none.toml"], ["none.toml"], id="no such roster"),
        pytest.param(
            ["templates", "install", "-o", "none/plan.json"], ["there is no folder"], id="templates: no folder"
        ),
        pytest.param(["diff", "none.json"], ["none.json"], id="diff: no such file"),
        pytest.param(["diff", "."], ["is a folder"], id="diff: a folder"),
    ],
)
def test_misuse_is_one_sentence_before_the_wiki_is_asked(words: Sequence[str], parts: Sequence[str]) -> None:
    result = run(*words)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("eventsafety: ")
    assert result.stderr.count("\n") == 1
    assert all(part in result.stderr for part in parts), result.stderr


@pytest.mark.parametrize("words", COMMANDS)
@pytest.mark.parametrize(("plan", "code"), [(PLAN, 99), (EMPTY, 0)])
def test_json_is_what_the_file_holds(planning: Any, words: Sequence[str], plan: Plan, code: int) -> None:
    planning(plan)
    result = run(*words, "-o", "plan.json", "--json")
    assert (result.exit_code, result.stderr) == (code, "")
    assert result.stdout == Path("plan.json").read_text(encoding="utf-8")
    assert stored.from_json(result.stdout.encode(), "plan.json") == plan
    assert json.loads(result.stdout)["schema"] == "eventsafety/plan@1"
    assert "\u202e" not in result.stdout


@pytest.mark.parametrize("words", COMMANDS)
def test_json_is_the_same_without_a_file(planning: Any, words: Sequence[str]) -> None:
    planning(PLAN)
    assert run(*words, "--json").stdout == run(*words, "--json", "-o", "plan.json").stdout


@pytest.mark.parametrize("words", COMMANDS)
def test_a_plan_is_shown_with_the_command_that_applies_just_it(planning: Any, words: Sequence[str]) -> None:
    planning(PLAN)
    result = run(*words, "-o", "my plan.json")
    assert result.exit_code == 99
    assert f"eventsafety apply 'my plan.json' --digest {PLAN.digest}\n" in result.stdout
    assert all(part in result.stdout for part in ("Why.", "Bring up to date", "Left alone.", "Event review/C"))


@pytest.mark.parametrize("words", COMMANDS)
def test_where_nothing_is_to_be_written_a_plan_says_so(planning: Any, words: Sequence[str]) -> None:
    planning(EMPTY)
    result = run(*words)
    assert result.exit_code == 0
    assert "Nothing is proposed" in result.stdout
    assert "Left alone." in result.stdout


@pytest.mark.parametrize("words", COMMANDS)
@pytest.mark.parametrize(
    ("error", "said"),
    [
        pytest.param(NoSuchPageError("There is no page X."), "eventsafety: There is no page X.\n", id="no such page"),
        pytest.param(
            BadInputError("Refused.", ("110 edits; the limit is 100.", "Twice.")),
            "eventsafety: Refused.\n  110 edits; the limit is 100.\n  Twice.\n",
            id="beyond its limits",
        ),
    ],
)
def test_an_error_leaves_the_file_as_it_was(planning: Any, words: Sequence[str], error: Exception, said: str) -> None:
    planning(error)
    Path("plan.json").write_text("of yesterday")
    result = run(*words, "-o", "plan.json")
    assert (result.exit_code, result.stdout, result.stderr) == (1, "", said)
    assert [path.name for path in Path().iterdir()] == ["plan.json"]
    assert Path("plan.json").read_text() == "of yesterday"


def test_a_diff_shows_equal_changes_once_and_nothing_hidden(planning: Any) -> None:
    planning(PLAN)
    run("plan", "Event:Some", "-o", "plan.json")
    result = run("diff", "plan.json")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.count("-Old.") == 1
    assert result.stdout.endswith(f"\neventsafety apply plan.json --digest {PLAN.digest}\n")
    assert [title in result.stdout for title in ("review/A", "review/B", "review/C")] == [True] * 3
    assert "\u202e" not in result.stdout
    assert "<U+202E>" in result.stdout


def test_a_diff_of_a_plan_that_was_changed_is_refused(planning: Any) -> None:
    planning(PLAN)
    run("plan", "Event:Some", "-o", "plan.json")
    Path("plan.json").write_text(Path("plan.json").read_text().replace("Two.", "Three."))
    result = run("diff", "plan.json")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "was changed" in result.stderr
