"""What a command writes is never a file that it reads or keeps: refused before anything is read, with every option."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

import pytest
from click.testing import CliRunner, Result

import bot.check
from bot.cli import cli
from bot.read.session import Session

SETTINGS = """\
state_file = "state.json"
[writing]
journal_file = "journal.jsonl"
[contacts.rosters]
"Event:Other" = "rosters/other.toml"
"""
READINESS = ("readiness", "Event:Some", "--html")
CHECK = ("check", "Event:Some", "--html")
PLAN = ("plan", "Event:Some", "--task", "contacts", "-o")
DELIVERY = ("plan", "Event:Some", "--registrants", "--sender", "Ada", "--massmessage")
TEMPLATES = ("templates", "install", "-o")
EVERY = [READINESS, CHECK, PLAN, DELIVERY, TEMPLATES]
TEAM = [READINESS, PLAN, DELIVERY]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in a new folder with a settings file and what it names; the wiki may not be asked."""

    def asked(*_words: object, **_more: object) -> NoReturn:
        raise AssertionError("the wiki was asked")

    for name in ("EVENTSAFETY_CONFIG", "PYWIKIBOT_DIR", "TOOL_DATA_DIR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "home"))
    monkeypatch.setattr(Session, "open", asked)
    monkeypatch.setattr(bot.check, "run", asked)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "rosters").mkdir()
    (tmp_path / "home" / "eventsafety").mkdir(parents=True)
    for name in ("in.toml", "in.csv", "state.json", "journal.jsonl", "rosters/other.toml", "user-config.py"):
        (tmp_path / name).write_text("kept")
    (tmp_path / "settings.toml").write_text(SETTINGS)
    return tmp_path


def run(*words: str) -> Result:
    return CliRunner().invoke(cli, words)


def contents(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def refused(folder: Path, words: Sequence[str], part: str) -> None:
    """Assert that a command is refused with one sentence and leaves all files as they are."""
    before = contents(folder)
    done = run(*words)
    assert (done.exit_code, done.stdout) == (2, ""), done.stderr
    assert done.stderr.startswith("eventsafety: ")
    assert done.stderr.count("\n") == 1
    assert part in done.stderr
    assert contents(folder) == before


@pytest.mark.parametrize("command", TEAM)
@pytest.mark.parametrize("option", ["--roster", "--training"])
def test_a_file_about_the_team(folder: Path, command: Sequence[str], option: str) -> None:
    refused(folder, [*command, "in.toml", option, "in.toml"], f"in.toml is also {'the' * (option == '--roster')}")
    refused(folder, [*command, "in.toml", option, "in.toml"], f"file of {option}, which would be lost")


def test_each_of_several_files_of_courses(folder: Path) -> None:
    refused(folder, [*READINESS, "in.csv", "--training", "in.toml", "--training", "in.csv"], "a file of --training")


def test_the_names_of_registrants(folder: Path) -> None:
    refused(folder, [*CHECK, "in.csv", "--registrants", "in.csv"], "in.csv is also the file of --registrants")


@pytest.mark.parametrize("command", EVERY)
def test_the_settings(folder: Path, command: Sequence[str], monkeypatch: pytest.MonkeyPatch) -> None:
    refused(folder, [*command, "settings.toml", "--config", "settings.toml"], "also the file of the settings")
    refused(folder, ["--config", "settings.toml", *command, "settings.toml"], "also the file of the settings")
    monkeypatch.setenv("EVENTSAFETY_CONFIG", "settings.toml")
    refused(folder, [*command, "settings.toml"], "also the file of the settings")


@pytest.mark.parametrize("command", EVERY)
@pytest.mark.parametrize(
    ("name", "part"),
    [
        pytest.param("state.json", "the memory of the bot", id="memory"),
        pytest.param("journal.jsonl", "the journal of the bot", id="journal"),
        pytest.param("rosters/other.toml", 'the roster of "Event:Other" in the settings', id="roster"),
        pytest.param("user-config.py", "the user-config.py of Pywikibot", id="Pywikibot"),
    ],
)
def test_what_the_settings_name(folder: Path, command: Sequence[str], name: str, part: str) -> None:
    refused(folder, [*command, name, "--config", "settings.toml"], f"{name} is also {part}")


@pytest.mark.parametrize("name", ["memory.json", "journal.jsonl"])
def test_what_the_bot_keeps_where_no_settings_say(folder: Path, name: str) -> None:
    refused(folder, [*CHECK, str(folder / "home" / "eventsafety" / name)], "of the bot")


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("rosters/../in.toml", id="by way of a folder"),
        pytest.param("link.toml", id="a link"),
        pytest.param("same.toml", id="a second name"),
    ],
)
def test_another_name_of_the_same_file(folder: Path, name: str) -> None:
    (folder / "link.toml").symlink_to("in.toml")
    os.link("in.toml", "same.toml")
    refused(folder, [*READINESS, name, "--roster", "in.toml"], f"{name} is also the file of --roster")
    refused(folder, [*READINESS, "in.toml", "--roster", str(folder / name)], "in.toml is also the file of --roster")


def test_a_file_that_comes_by_standard_input(folder: Path) -> None:
    command = [sys.executable, "-c", "from bot.cli import main; main()", *READINESS, "in.toml", "--roster", "-"]
    environ = {**os.environ, "PYTHONPATH": str(Path(bot.__file__).parents[1])}
    with Path("in.toml").open() as file:
        done = subprocess.run(command, check=False, env=environ, stdin=file, capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (2, "")
    assert "in.toml is also the file of --roster" in done.stderr
    assert Path("in.toml").read_text() == "kept"


def test_it_is_refused_before_the_settings_and_the_roster_are_read(folder: Path) -> None:
    (folder / "settings.toml").write_text("no settings")
    refused(folder, [*READINESS, "in.toml", "--roster", "in.toml", "--config", "settings.toml"], "is also")
    (folder / "settings.toml").write_text(SETTINGS)
    words = [*READINESS, "state.json", "--roster", "none.toml", "--config", "settings.toml"]
    refused(folder, words, "state.json is also")


@pytest.mark.parametrize("command", EVERY)
def test_any_other_file_may_be_written(folder: Path, command: Sequence[str]) -> None:
    Path("old.txt").write_text("of yesterday")
    for name in ("old.txt", "new.txt"):
        done = run(*command, name, "--config", "settings.toml")
        assert isinstance(done.exception, SystemExit)
        assert "AssertionError" in done.stderr  # it went on to the wiki
    assert Path("old.txt").read_text() == "of yesterday"
