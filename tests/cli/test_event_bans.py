"""The words of ``event-bans``: what is refused before anything is read, and what is deleted."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.cli import cli
from bot.private import marks

LIST = "Username\nGrim Lantern\n"
PEOPLE = "Username\nGrim Lantern\nAmber Abacus\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "list.csv").write_text(LIST, encoding="utf-8")
    (tmp_path / "people.csv").write_text(PEOPLE, encoding="utf-8")
    return tmp_path


def run(*words: str) -> Result:
    return CliRunner().invoke(cli, ["event-bans", *words])


def check(*words: str) -> Result:
    return run("check", "Event:Tea", "--list", "list.csv", *words)


def day(number: int) -> str:
    return f"{datetime.now(UTC) + timedelta(days=number):%Y-%m-%d}"


OFFLINE = ("--registrants", "people.csv", "--only-csv", "--in-person")


@pytest.mark.parametrize(
    ("words", "says"),
    [
        pytest.param(["--only-csv"], "give it with --registrants FILE", id="a file that is not given"),
        pytest.param(["--registrants-sheet", "2"], "give it with --registrants FILE", id="a sheet of no file"),
        pytest.param([*OFFLINE, "--include-private"], "leave one of them out", id="private registrants of no wiki"),
        pytest.param(OFFLINE, "say it with --event-ends", id="an event without an end"),
        pytest.param([*OFFLINE, "--event-ends", "soon"], '"soon" is no date', id="no date"),
        pytest.param(
            [*OFFLINE, "--event-ends", day(-3)], "the right to use the list ended", id="an event that is over"
        ),
        pytest.param(
            [*OFFLINE, "--event-ends", day(9), "--list-ends", day(-1)],
            "The list itself ended",
            id="a list that is over",
        ),
        pytest.param([*OFFLINE, "--event-ends", day(9), "--column", "name"], "WHAT=WHICH", id="no column"),
        pytest.param(
            ["--registrants", "people.csv", "--only-csv", "--online", "--event-ends", day(9)],
            "add --online-anyway",
            id="an online event",
        ),
    ],
)
def test_what_cannot_be_done_is_one_sentence(folder: Path, words: list[str], says: str) -> None:
    done = check(*words)
    assert (done.exit_code, done.stdout) == (2, "")
    assert says in done.stderr
    assert "Grim" not in done.stderr


def test_an_age_identity_is_no_list(folder: Path) -> None:
    (folder / "list.csv").write_text("# created: today\nAGE-SECRET-KEY-1QQQQ\n", encoding="utf-8")
    done = check(*OFFLINE, "--event-ends", day(9))
    assert done.exit_code == 2
    assert "give the list, and this file with --identity" in done.stderr
    assert "QQQQ" not in done.stderr


def test_a_result_is_written_once_and_deleted_when_its_time_is_over(folder: Path) -> None:
    done = check(*OFFLINE, "--event-ends", day(9), "--output", "result.txt")
    assert (done.exit_code, done.stdout) == (10, "")
    assert "eventsafety event-bans purge result.txt" in done.stderr
    assert check(*OFFLINE, "--event-ends", day(9), "--output", "result.txt").exit_code == 2
    kept = run("purge")
    assert kept.exit_code == 0
    assert kept.stdout.startswith("Kept result.txt: event bans of Event:Tea, may be kept until ")
    (folder / "result.txt").write_text(
        marks.head(marks.EVENT_BANS, datetime.now(UTC) - timedelta(days=1), "Event:Tea") + "\n", encoding="utf-8"
    )
    assert run("purge", "--dry-run").stdout == "Would delete result.txt.\n"
    gone = run("purge")
    assert gone.stdout.startswith("Deleted result.txt: event bans of Event:Tea, to be deleted after ")
    assert len(gone.stdout.splitlines()) == 2, "and what deletion cannot promise"
    assert sorted(path.name for path in folder.iterdir()) == ["list.csv", "people.csv"]
    assert run("purge").stdout == "Nothing to delete: of 2 files none is of this program.\n"
