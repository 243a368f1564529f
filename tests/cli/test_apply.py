"""``eventsafety apply`` before it asks the wiki anything: what it refuses, and what its exit codes mean."""

from __future__ import annotations

import fcntl
import json
import os
import signal
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NoReturn

import pytest
from click.testing import CliRunner, Result

from bot.apply import Consent
from bot.cli import cli
from bot.cli.apply import Asker, exit_code, journal_path, refuse_another
from bot.config import Settings, Writing
from bot.errors import BadInputError, ConfigError
from bot.pace import Stopper
from bot.plan import stored
from bot.plan.edits import Edit, Plan
from bot.plan.outcomes import End, Outcome, outcome
from bot.read.session import Session

EDITS = tuple(
    Edit(f"User:TestBot/Event review/{name}", 2, "review", 9, "Old.", f"New {name}.", "Bring up to date")
    for name in ("A", "B", "C")
)
PLAN = Plan("trial:trial", "http://127.0.0.1", "TestBot", "tests", datetime(2026, 11, 21, tzinfo=UTC), (), {}, EDITS)


class AskedError(Exception):
    """The wiki was asked."""


@pytest.fixture
def apply(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[..., Result]:
    """Return the command in a folder with a plan; the wiki may not be opened."""

    def opened(*_words: object, **_more: object) -> NoReturn:
        raise AskedError

    monkeypatch.setattr(Session, "open", opened)
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("TOOL_DATA_DIR", raising=False)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    Path("plan.json").write_text(stored.to_json(PLAN), encoding="utf-8")

    def run(*words: str) -> Result:
        return CliRunner().invoke(cli, ["apply", *words])

    return run


def refused(result: Result, code: int, *parts: str) -> None:
    assert result.exit_code == code, result.output
    assert result.stdout == ""
    assert result.stderr.startswith("eventsafety: ")
    assert result.stderr.count("\n") == 1
    assert "this is a bug" not in result.stderr
    assert all(part in result.stderr for part in parts), result.stderr


@pytest.mark.parametrize(
    ("words", "code", "parts"),
    [
        pytest.param([], 2, ["without approval", "--digest", "-i"], id="no approval"),
        pytest.param(["-i"], 2, ["no terminal"], id="questions without a terminal"),
        pytest.param(["-i", "--digest", PLAN.digest], 2, ["no terminal"], id="questions with a digest"),
        pytest.param(["--digest", "0" * 64], 1, [PLAN.digest, "nothing is written"], id="wrong digest"),
        pytest.param(["--digest", PLAN.digest[:-1]], 1, [PLAN.digest, "nothing is written"], id="a digit less"),
        pytest.param(["--digest", PLAN.digest[:8]], 1, [PLAN.digest, "nothing is written"], id="truncated digest"),
        pytest.param(["--digest", f"{PLAN.digest}0"], 1, [PLAN.digest, "nothing is written"], id="a digit more"),
        pytest.param(["--digest", ""], 1, [PLAN.digest, "nothing is written"], id="empty digest"),
        pytest.param(
            ["--digest", PLAN.digest, "--site", "meta:meta"], 2, ["trial:trial", "meta:meta"], id="another site"
        ),
        pytest.param(["--digest", PLAN.digest, "--config", "none.toml"], 1, ["none.toml"], id="settings missing"),
    ],
)
def test_what_is_refused_before_the_wiki_is_asked(
    apply: Callable[..., Result], words: Sequence[str], code: int, parts: Sequence[str]
) -> None:
    refused(apply("plan.json", *words), code, *parts)
    assert not Path("state").exists()


def changed(**fields: Any) -> str:
    return json.dumps({**json.loads(stored.to_json(PLAN)), **fields})


def one_letter() -> str:
    return stored.to_json(PLAN).replace("New A.", "New A!")


@pytest.mark.parametrize(
    ("content", "parts"),
    [
        pytest.param("", ["not a plan"], id="empty"),
        pytest.param("{", ["not a plan"], id="no JSON"),
        pytest.param("[]", ["not a plan"], id="a list"),
        pytest.param("{{nobots}}", ["not a plan"], id="wikitext"),
        pytest.param('{"schema": "eventsafety/check@1"}', ["eventsafety/check@1", "eventsafety/plan@1"], id="a check"),
        pytest.param(changed(schema="eventsafety/plan@2"), ["plan@2", "make a new plan"], id="of a later version"),
        pytest.param(one_letter(), ["was changed"], id="a letter of a text changed"),
        pytest.param(changed(user="OtherBot"), ["was changed"], id="the account changed"),
        pytest.param(changed(digest="0" * 64), ["was changed"], id="the digest changed"),
        pytest.param(changed(force=True), ["not a plan", "is not what a plan has there"], id="a field more"),
        pytest.param(stored.to_json(PLAN)[:-30], ["not a plan"], id="cut off"),
    ],
)
def test_a_file_that_is_not_the_plan_that_was_made(
    apply: Callable[..., Result], content: str, parts: Sequence[str]
) -> None:
    Path("plan.json").write_text(content, encoding="utf-8")
    refused(apply("plan.json", "--digest", PLAN.digest), 1, "plan.json", *parts)


@pytest.mark.parametrize("name", ["missing.json", ".", "no\0name", "plan.json/x"])
def test_a_file_that_cannot_be_read(apply: Callable[..., Result], name: str) -> None:
    refused(apply(name, "--digest", PLAN.digest), 2)


def test_a_digest_may_be_pasted_with_blanks_and_in_capitals(apply: Callable[..., Result]) -> None:
    result = apply("plan.json", "--digest", f" {PLAN.digest.upper()}\n")
    assert "AskedError" in result.stderr


@pytest.mark.parametrize(
    ("user", "server", "sentence"),
    [
        pytest.param(
            None,
            PLAN.server,
            "Nobody is logged in on http://127.0.0.1, and the plan is for TestBot on http://127.0.0.1: put its bot "
            "password into user-config.py (user-config.example.py shows how); nothing is written.",
            id="nobody is logged in",
        ),
        pytest.param(
            "OtherBot",
            PLAN.server,
            "The plan is for TestBot on http://127.0.0.1, and this is OtherBot on http://127.0.0.1; nothing is written.",
            id="another account",
        ),
        pytest.param(
            "TestBot",
            "http://127.0.0.2",
            "The plan is for TestBot on http://127.0.0.1, and this is TestBot on http://127.0.0.2; nothing is written.",
            id="another wiki",
        ),
    ],
)
def test_a_plan_for_somebody_else(user: str | None, server: str, sentence: str) -> None:
    with pytest.raises(BadInputError) as caught:
        refuse_another(PLAN, user, server)
    assert str(caught.value) == sentence
    refuse_another(PLAN, PLAN.user, PLAN.server)


def test_a_journal_that_cannot_be_written(apply: Callable[..., Result]) -> None:
    Path("state").write_text("a file where the folder should be")
    refused(apply("plan.json", "--digest", PLAN.digest), 1, "journal.jsonl", "writing.journal_file")


def test_a_journal_that_the_settings_name_and_that_is_a_folder(apply: Callable[..., Result]) -> None:
    Path("bot.toml").write_text('[writing]\njournal_file = "folder"\n')
    Path("folder").mkdir()
    refused(apply("plan.json", "--digest", PLAN.digest, "--config", "bot.toml"), 1, "folder")


def test_a_journal_that_another_run_holds(apply: Callable[..., Result]) -> None:
    Path("state/eventsafety").mkdir(parents=True)
    with Path("state/eventsafety/journal.jsonl").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        refused(apply("plan.json", "--digest", PLAN.digest), 2, "Another run", "journal.jsonl")
    assert Path("state/eventsafety/journal.jsonl").read_bytes() == b""


def test_standard_input_may_hold_the_plan(apply: Callable[..., Result]) -> None:
    words = ["apply", "-", "--digest", PLAN.digest]
    result = CliRunner().invoke(cli, words, input=stored.to_json(PLAN))
    assert "AskedError" in result.stderr


@pytest.mark.parametrize("error", [ConfigError("Cannot write the journal; nothing more is saved."), KeyError("a bug")])
def test_what_was_saved_before_an_error_is_said(
    apply: Callable[..., Result], monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def failing(*_words: object, **_more: object) -> Iterator[Outcome]:
        yield outcome(EDITS[0], End.SAVED, revid=12)
        raise error

    monkeypatch.setattr("bot.cli.apply.saving", failing)
    result = apply("plan.json", "--digest", PLAN.digest, "--json")
    document = json.loads(result.stdout)
    assert (result.exit_code, result.stderr.count("\n")) == (1, 1)
    assert [(edit["title"], edit["end"]) for edit in document["edits"]] == [(EDITS[0].title, "saved")]
    assert document["not_tried"] == [edit.title for edit in EDITS[1:]]
    shown = apply("plan.json", "--digest", PLAN.digest)
    assert shown.exit_code == 1
    assert f"eventsafety apply plan.json --digest {PLAN.digest}" in shown.stdout


@pytest.mark.parametrize(
    ("number", "heading"),
    [
        pytest.param(signal.SIGINT, "To go on with the same plan", id="Ctrl-C"),
        pytest.param(None, "To go on with the same plan, once the cause is gone", id="the stop page"),
    ],
)
def test_who_ended_the_run_is_told_how_to_go_on(
    apply: Callable[..., Result], monkeypatch: pytest.MonkeyPatch, number: int | None, heading: str
) -> None:
    def stopping(_plan: Plan, _settings: Settings, stopper: Stopper, _asker: None) -> Iterator[Outcome]:
        if number is not None:
            stopper.stop(number, None)
        yield outcome(EDITS[0], End.STOPPED)

    monkeypatch.setattr("bot.cli.apply.saving", stopping)
    assert heading in apply("plan.json", "--digest", PLAN.digest).stdout.splitlines()


@pytest.mark.parametrize(
    ("line", "consent", "ended"),
    [
        pytest.param("y\n", Consent.YES, False, id="yes"),
        pytest.param("n\n", Consent.NO, False, id="no"),
        pytest.param("q\n", Consent.QUIT, True, id="quit"),
        pytest.param(None, Consent.QUIT, True, id="end of input"),
    ],
)
def test_the_asker_knows_whether_the_person_ended_the_run(
    monkeypatch: pytest.MonkeyPatch, line: str | None, consent: Consent, ended: bool
) -> None:
    monkeypatch.setattr("sys.stdin.fileno", lambda: 0, raising=False)
    monkeypatch.setattr("termios.tcflush", lambda *_words: None)
    stopper = Stopper()
    monkeypatch.setattr(stopper, "line", lambda _file: line)
    asker = Asker(PLAN, stopper)
    assert (asker(EDITS[0]), asker.quit) == (consent, ended)


STOPPED, DONE = End.STOPPED, End.SAVED


@pytest.mark.parametrize(
    ("ends", "number", "code"),
    [
        pytest.param([DONE] * 3, None, 0, id="saved"),
        pytest.param([DONE, End.SAVED_BEFORE, End.NO_CHANGE], None, 0, id="all as planned"),
        pytest.param([DONE, End.DECLINED, DONE], None, 0, id="one declined"),
        pytest.param([DONE, End.MERGED, DONE], None, 1, id="one merged"),
        pytest.param([DONE, End.CONFLICT, DONE], None, 1, id="one in conflict"),
        pytest.param([DONE, DONE], None, 1, id="not all tried"),
        pytest.param([], None, 1, id="none tried"),
        pytest.param([DONE, STOPPED], None, 1, id="stopped by the stop page"),
        pytest.param([DONE, STOPPED], 2, 130, id="Ctrl-C"),
        pytest.param([STOPPED], 15, 143, id="SIGTERM"),
        pytest.param([DONE] * 3, 2, 0, id="Ctrl-C after the last edit"),
        pytest.param([DONE, End.BLOCKED], 2, 1, id="Ctrl-C, and blocked before"),
    ],
)
def test_exit_codes(ends: Sequence[End], number: int | None, code: int) -> None:
    ended = [outcome(edit, end) for edit, end in zip(EDITS, ends, strict=False)]
    assert exit_code(PLAN, ended, number) == code


def test_a_plan_of_nothing_is_done() -> None:
    assert exit_code(replace(PLAN, edits=()), [], None) == 0


def test_the_journal_lies_beside_the_memory_unless_the_settings_say_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TOOL_DATA_DIR", raising=False)
    monkeypatch.setenv("XDG_STATE_HOME", os.sep + "state")
    assert journal_path(Settings()) == Path("/state/eventsafety/journal.jsonl")
    assert journal_path(Settings(writing=Writing(journal_file="/else/where"))) == Path("/else/where")
