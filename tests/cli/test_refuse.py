"""The command ``refuse``."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from collections.abc import Callable
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from types import SimpleNamespace

import pytest
from click.testing import CliRunner, Result

from bot.cli import cli, refuse
from bot.errors import BadInputError
from bot.private import letter_words, vault
from tests.private.tracing import WATCHABLE, traced

Run = Callable[..., Result]
GOOD = {
    "--to": "quiet@example.org",
    "--from": "Team <team@example.org>",
    "--reason-code": "policy",
    "-o": "letter.eml",
}
CC = ("--cc", "Ada <ada@example.org>", "--cc", "bo@example.org")
LIST = (
    "Username,Real name,E-mail,Until\n"
    "Grim Lantern,Grimwald Lantern,grim@example.org,2999-01-01\n"
    "Bleak Heron,,,2999-01-01\n"
)


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.delenv("TOOL_DATA_DIR", raising=False)

    def runner(
        *more: str,
        event: str = "Event:Learning Clinic",
        name: str = "Quiet Harbour",
        cc: tuple[str, ...] = CC,
        typed: str | None = None,
        **instead: str | None,
    ) -> Result:
        given = {**GOOD, **{f"--{key.replace('_', '-')}": value for key, value in instead.items()}}
        words = [word for option, value in given.items() if value is not None for word in (option, value)]
        return CliRunner().invoke(cli, ["refuse", event, name, *words, *cc, *more], input=typed)

    return runner


def letter() -> EmailMessage:
    message = message_from_bytes(Path("letter.eml").read_bytes(), policy=policy.default)
    assert isinstance(message, EmailMessage)
    return message


def registered() -> list[dict[str, object]]:
    file = Path("data/eventsafety/refusals.jsonl")
    return [json.loads(line) for line in file.read_text().splitlines()] if file.exists() else []


def files() -> set[str]:
    return {str(path) for path in Path().rglob("*") if path.is_file()}


def test_a_letter_is_a_draft_for_the_mail_program(run: Run) -> None:
    result = run("--policy", "https://example.org/own", "--event-date", "2026-12-24", "--language", "de")
    assert result.exit_code == 0, result.output
    assert (
        "letter.eml holds the letter (de), with 2 people in copy.\nIt is a draft, and nothing was sent."
        in result.stdout
    )
    assert result.stderr.startswith("eventsafety: Not checked against the list of event bans;")
    message = letter()
    assert (message["X-Unsent"], message["To"], message["From"]) == (
        "1",
        "quiet@example.org",
        "Team <team@example.org>",
    )
    assert message["Cc"] == "Ada <ada@example.org>, bo@example.org"
    body = message.get_body(("plain",))
    assert body is not None
    text = body.get_content()
    assert "danke für dein Interesse an Learning Clinic (2026-12-24)" in text
    assert "https://example.org/own" in text
    assert "uselang=de" in text


def test_only_its_owner_can_read_what_is_written(run: Run) -> None:
    assert run().exit_code == 0
    assert files() == {"letter.eml", "data/eventsafety/refusals.jsonl"}
    assert {stat.S_IMODE(Path(name).stat().st_mode) for name in files()} == {0o600}
    assert stat.S_IMODE(Path("data/eventsafety").stat().st_mode) == 0o700


def test_the_register_has_what_was_decided(run: Run) -> None:
    assert run("--decision", "attendance", reason_code="capacity").exit_code == 0
    (row,) = registered()
    assert str(row.pop("when")).endswith("Z")
    assert row == {
        "schema": "eventsafety/refusal@1",
        "event": "Learning Clinic",
        "name": "Quiet Harbour",
        "decision": "attendance",
        "reason": "capacity",
        "language": "en",
        "copies": 2,
        "message_id": letter()["Message-ID"],
    }


def test_a_second_letter_is_told(run: Run) -> None:
    assert "already" not in run().stderr
    result = run("-o", "again.eml", event="learning Clinic", name="User:quiet_Harbour")
    assert result.exit_code == 0
    assert "There is a letter to this person about this event already: 2" in result.stderr
    assert len(registered()) == 2
    assert "already" not in run("-o", "other.eml", name="Somebody").stderr


@pytest.mark.parametrize(
    ("more", "instead", "code", "sentence"),
    [
        pytest.param((), {"cc": CC[:2]}, 2, "at least 2 people in copy", id="one in copy"),
        pytest.param((), {"cc": ()}, 2, "at least 2 people in copy", id="nobody in copy"),
        pytest.param((), {"cc": (*CC[:2], "--cc", "ADA@example.org")}, 2, "one mailbox", id="one twice"),
        pytest.param((), {"to": "Bo@example.org"}, 2, "--to and --cc number 2", id="the person in copy"),
        pytest.param((), {"from": None}, 2, "private.sender", id="from nobody"),
        pytest.param((), {"reason_code": "event-ban"}, 2, "Trust and Safety alone", id="an event ban"),
        pytest.param((), {"reason_code": "rude"}, 2, 'no reason code "rude"', id="a reason that there is not"),
        pytest.param(("--language", "fi"), {}, 2, "There is no letter in the language", id="a language without letter"),
        pytest.param(("--event-date", "soon"), {}, 2, "is no date", id="no date"),
        pytest.param(("--policy", "My policy"), {}, 2, "--policy is the address", id="no address"),
        pytest.param((), {"event": "#12"}, 2, "EVENT is the title", id="a number for an event"),
        pytest.param((), {"name": "_"}, 2, "NAME is the user name", id="no name"),
        pytest.param(("-o", "there.txt"), {}, 2, "is there already", id="a file that is there"),
        pytest.param(("-o", "repository/a.eml"), {}, 2, "repository", id="in a repository"),
        pytest.param(("--list", "none.csv"), {}, 2, "Cannot read none.csv", id="no list"),
    ],
)
def test_no_letter(run: Run, more: tuple[str, ...], instead: dict[str, str], code: int, sentence: str) -> None:
    Path("there.txt").write_text("mine")
    Path("repository/.git").mkdir(parents=True)
    result = run(*more, **instead)
    assert (result.exit_code, result.stdout) == (code, "")
    assert sentence in result.stderr
    assert files() == {"there.txt"}
    assert Path("there.txt").read_text() == "mine"


def test_names_can_be_kept_out_of_the_words_of_the_command(run: Run) -> None:
    result = run(name="-", to=None, typed="Quiet Harbour\nQuiet <quiet@example.org>\n")
    assert result.exit_code == 0, result.output
    assert letter()["To"] == "Quiet <quiet@example.org>"
    assert registered()[0]["name"] == "Quiet Harbour"


def test_a_name_that_is_not_typed(run: Run) -> None:
    result = run(name="-", typed="")
    assert result.exit_code == 2
    assert "Name of the person: nothing was given" in result.stderr


def test_names_are_asked_for_at_a_terminal(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("click.testing._NamedTextIOWrapper.isatty", lambda _: True, raising=True)
    result = run(name="-", to=None, typed="Quiet Harbour\nquiet@example.org\n")
    assert result.exit_code == 0, result.output
    assert "Name of the person: " in result.stderr
    assert "E-mail address of the person: " in result.stderr
    assert registered()[0]["name"] == "Quiet Harbour"


def test_standard_input_that_is_closed(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(refuse, "sys", SimpleNamespace(stdin=None))
    result = run(name="-")
    assert (result.exit_code, files()) == (2, set())
    assert "standard input is closed" in result.stderr


def test_settings_have_the_sender_and_the_way_to_appeal(run: Run) -> None:
    Path("settings.toml").write_text(
        '[private]\nsender = "us@example.org"\nappeal = "You can appeal at a@example.org."\nfolder = "kept"\n'
    )
    result = run("--config", "settings.toml", **{"from": None})
    assert result.exit_code == 0, result.output
    assert letter()["From"] == "us@example.org"
    assert "You can appeal at a@example.org." in str(letter().get_body(("plain",)))
    assert files() == {"settings.toml", "letter.eml", "kept/refusals.jsonl"}


@pytest.mark.parametrize(
    ("more", "instead", "found"),
    [
        pytest.param((), {"name": "Grim Lantern"}, "is the listed user name", id="the name"),
        pytest.param((), {"name": "Grїm Lаntern"}, "looks like the listed", id="a name that looks like it"),
        pytest.param((), {"to": "Grim@example.org"}, "row 2", id="the address"),
        pytest.param(("--real-name", "Lantern, Grimwald"), {}, "row 2", id="the real name"),
    ],
)
def test_no_letter_to_whoever_may_be_on_the_list(
    run: Run, more: tuple[str, ...], instead: dict[str, str], found: str
) -> None:
    Path("list.csv").write_text(LIST)
    result = run("--list", "list.csv", "--event-date", "2998-12-24", *more, **instead)
    assert result.exit_code == 1, result.output
    assert found in result.stdout
    assert "Trust and Safety sends the notices" in result.stdout
    assert "ca@wikimedia.org" in result.stdout
    assert "No letter was made: this person may be on the list" in result.stderr
    assert "Lantern" not in result.stderr
    assert files() == {"list.csv"}


@pytest.mark.parametrize(
    ("more", "is_refused"),
    [
        pytest.param(("--list", "list.csv", "--event-date", "2998-12-24"), True, id="with what the list says"),
        pytest.param((), False, id="without a list"),
    ],
)
def test_what_the_list_says_goes_to_no_file(tmp_path: Path, more: tuple[str, ...], *, is_refused: bool) -> None:
    (tmp_path / "list.csv").write_text(LIST)
    words = ["refuse", "Clinic", "Grim Lantern", *(word for pair in GOOD.items() for word in pair), *CC, *more]
    with (tmp_path / "shown.txt").open("w") as shown:
        done = subprocess.run(
            [sys.executable, "-c", "from bot.cli import main; main()", *words],
            stdout=shown,
            stderr=subprocess.PIPE,
            check=False,
            cwd=tmp_path,
            env={**os.environ, "XDG_DATA_HOME": str(tmp_path / "data"), "PYTHONPATH": str(Path.cwd())},
            text=True,
        )
    assert ('leave "> FILE" away' in done.stderr) == is_refused, done.stderr
    assert done.returncode == (2 if is_refused else 0)
    assert bool((tmp_path / "shown.txt").read_text()) != is_refused


def test_a_letter_to_somebody_who_is_not_on_the_list(run: Run) -> None:
    Path("list.csv").write_text("Username\nGrim Lantern\n")
    result = run("--list", "list.csv", "--event-date", "2998-12-24")
    assert result.exit_code == 11, result.output
    assert "Not checked against" not in result.stderr
    assert "Former names of any account were not looked up" in result.stderr
    assert "registered privately" not in result.stderr
    assert len(registered()) == 1
    assert "Grim" not in "".join(Path(name).read_text() for name in files() - {"list.csv"}) + result.output


def test_what_of_the_list_could_not_be_checked_is_told(run: Run) -> None:
    Path("list.csv").write_text("Username,Real name\nGrim Lantern,\n,Ada Abacus\n")
    result = run("--list", "list.csv", "--event-date", "2998-12-24")
    assert result.exit_code == 11, result.output
    assert "only a real name, which is not known of this person" in result.stderr
    assert len(registered()) == 1


def test_an_entry_that_only_the_name_of_its_event_leaves_out_is_told(run: Run) -> None:
    Path("list.csv").write_text("Username,Event\nQuiet Harbour,Wikimania 2026\nBleak Heron,\n")
    result = run("--list", "list.csv", "--event-date", "2998-12-24")
    assert result.exit_code == 11, result.output
    assert "left out only because the list gives another name of an event" in result.stderr


@pytest.mark.parametrize(
    ("day", "is_told"),
    [
        pytest.param("2020-01-01", True, id="long ago"),
        pytest.param("2020-01-01/2998-12-24", False, id="not over yet"),
        pytest.param("2998-12-24", False, id="to come"),
    ],
)
def test_an_event_that_is_over_is_asked_about(run: Run, day: str, *, is_told: bool) -> None:
    result = run("--event-date", day)
    assert result.exit_code == 0, result.output
    assert ("--event-date 2020-01-01 is over: is that when the event is?" in result.stderr) == is_told


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        pytest.param((), "say it with --event-ends", id="an end that nobody knows"),
        pytest.param(("--event-date", "2020-12-24"), "the right to use the list ended", id="an event that is over"),
        pytest.param(("--event-ends", "2998-01-01", "--list-ends", "2020-01-01"), "The list itself ended", id="a list"),
    ],
)
def test_a_list_that_may_not_be_used_any_more(run: Run, more: tuple[str, ...], sentence: str) -> None:
    Path("list.csv").write_text(LIST)
    result = run("--list", "list.csv", *more, name="Grim Lantern")
    assert (result.exit_code, result.stdout) == (2, "")
    assert sentence in result.stderr
    assert files() == {"list.csv"}


def test_a_register_that_cannot_be_written_is_told_with_the_letter(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(path: Path, data: object) -> None:
        raise BadInputError("The disk is full.")

    monkeypatch.setattr(vault, "append", full)
    result = run()
    assert result.exit_code == 1
    assert "letter.eml holds the letter, but the register does not have it: The disk is full." in result.stderr
    assert files() == {"letter.eml"}


@pytest.mark.traced
def test_nothing_of_the_list_leaves_the_process(tmp_path: Path) -> None:
    """A process trace: whoever the letter is to is on standard output's side alone, the list nowhere."""
    (tmp_path / "list.csv").write_text("Username\nGrim Lantern\n")
    words = ["refuse", "Clinic", "-", "--from", "us@example.org", *CC, "-r", "policy", "-o", "letter.eml"]
    listed = ["--list", "list.csv", "--event-date", "2998-12-24", "--real-name", "-"]
    environ = {**os.environ, "XDG_DATA_HOME": str(tmp_path / "data"), "HOME": str(tmp_path)}
    for number, (name, code, made) in enumerate(
        (
            ("Grim Lantern", 1, {"data", "data/eventsafety"}),
            ("Quiet Harbour", 11, {"letter.eml", "data/eventsafety/refusals.jsonl"}),
        )
    ):
        done = traced(
            [sys.executable, "-c", WATCHABLE + "from bot.cli import main; main()", *words, *listed],
            folder=tmp_path / f"trace{number}",
            cwd=tmp_path,
            environ=environ,
            input_=f"{name}\nquiet@example.org\nAda Abacus\n",
        )
        assert done.returncode == code, done.stderr
        assert done.leaks("Grim Lantern", but={1}) == []
        assert done.leaks("Ada Abacus") == []
        assert {path for path in done.made() if tmp_path in path.parents} == {tmp_path / one for one in made}
        assert done.copied() == []


def test_the_help_says_what_each_reason_means() -> None:
    shown = " ".join(CliRunner().invoke(cli, ["refuse", "--help"]).output.split())
    for code, meaning in letter_words.REASONS.items():
        assert f"{code} {meaning}" in shown
    assert letter_words.EVENT_BAN not in shown
