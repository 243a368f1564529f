"""The commands ``refusals list`` and ``refusals purge``."""

from __future__ import annotations

import json
import stat
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.cli import cli
from bot.private import register
from bot.private.register import Entry

FIRST = Entry(
    datetime(2020, 11, 21, 20, 30, tzinfo=UTC), "Clinic", "Quiet Harbour", "registration", "policy", "en", 2, "<1@a.b>"
)
SECOND = Entry(
    datetime(2020, 11, 22, tzinfo=UTC), "Meetup", "Ærø\x1b[31m\u202e", "attendance", "capacity", "de", 3, "<2@a.b>"
)
BOTH = register.line(FIRST) + register.line(SECOND)


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.delenv("TOOL_DATA_DIR", raising=False)
    folder = tmp_path / "eventsafety"
    folder.mkdir(mode=0o700)
    return folder / "refusals.jsonl"


def keep(file: Path, data: bytes, mode: int = 0o600) -> None:
    file.write_bytes(data)
    file.chmod(mode)


def refusals(*words: str) -> Result:
    return CliRunner().invoke(cli, ["refusals", *words])


def test_letters_are_listed(file: Path) -> None:
    keep(file, BOTH)
    result = refusals("list")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == (
        "2020-11-21 20:30 UTC  Clinic · Quiet Harbour · registration, policy · en, 2 in copy\n"
        "2020-11-22 00:00 UTC  Meetup · Ærø<U+001B>[31m<U+202E> · attendance, capacity · de, 3 in copy\n"
    )


def test_letters_of_one_event(file: Path) -> None:
    keep(file, BOTH)
    assert "Harbour" in refusals("list", "--event", "Event:clinic").stdout
    assert "Ærø" not in refusals("list", "--event", "Event:clinic").stdout


def test_json(file: Path) -> None:
    keep(file, BOTH + b"torn")
    result = refusals("list", "--json", "--event", "Meetup")
    document = json.loads(result.stdout)
    assert document["schema"] == "eventsafety/refusals@1"
    assert [(one["name"], one["message_id"]) for one in document["refusals"]] == [(SECOND.name, "<2@a.b>")]
    assert document["unread_lines"] == [3]
    assert "\x1b" not in result.stdout
    assert "\u202e" not in result.stdout


def test_a_line_that_cannot_be_read_is_told(file: Path) -> None:
    keep(file, b'{"name": "Grim Lantern"\n' + BOTH)
    result = refusals("list")
    assert result.exit_code == 11
    assert result.stderr == "eventsafety: Line 1 of the register could not be read.\n"
    assert len(result.stdout.splitlines()) == 2


def test_there_is_no_register_yet(file: Path) -> None:
    assert refusals("list").stdout == "There is no such letter in the register.\n"
    assert refusals("purge", "--event", "Clinic").stdout == "No such letter is in the register; nothing was deleted.\n"
    assert not file.exists()


@pytest.mark.parametrize(
    ("words", "left", "told"),
    [
        pytest.param(("--event", "Clinic"), [SECOND], "Deleted 1 letter from", id="of an event"),
        pytest.param(("--before", "2020-11-22"), [SECOND], "Deleted 1 letter from", id="before a day"),
        pytest.param(("--before", "2020-11-23"), [], "Deleted 2 letters from", id="all"),
        pytest.param(("--before", "2020-11-22", "--event", "Meetup"), [FIRST, SECOND], "No such letter", id="none"),
    ],
)
def test_letters_are_deleted(file: Path, words: tuple[str, ...], left: list[Entry], told: str) -> None:
    keep(file, BOTH)
    result = refusals("purge", *words)
    assert (result.exit_code, result.stderr) == (0, "")
    assert told in result.stdout
    assert file.read_bytes() == b"".join(map(register.line, left))
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [one.name for one in file.parent.iterdir()] == [file.name]


def test_deletion_says_what_it_cannot_promise(file: Path) -> None:
    keep(file, BOTH)
    assert "Backups, snapshots and copies made elsewhere" in refusals("purge", "--event", "Clinic").stdout


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        pytest.param((), "Say which letters", id="which?"),
        pytest.param(("--before", "soon"), "is no date", id="no date"),
        pytest.param(("--before", "2999-01-01"), "is still to come", id="a day to come"),
    ],
)
def test_nothing_is_deleted_by_mistake(file: Path, words: tuple[str, ...], sentence: str) -> None:
    keep(file, BOTH)
    result = refusals("purge", *words)
    assert (result.exit_code, result.stdout) == (2, "")
    assert sentence in result.stderr
    assert file.read_bytes() == BOTH


def test_a_register_that_others_can_read_is_not_read(file: Path) -> None:
    keep(file, BOTH, 0o644)
    result = refusals("list")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "chmod 600" in result.stderr
