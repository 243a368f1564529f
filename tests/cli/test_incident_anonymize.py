"""``incident anonymize``: a record or a text in, the public version out, or nothing."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.cli import cli
from bot.private import extras, incident_chain, incident_store
from bot.private.incident import IncidentEntry

pyrage = extras.load("pyrage")
IDENTITY = pyrage.x25519.Identity.generate()
Run = Callable[..., Result]
ROOT = Path(__file__).parents[2]
ANSWERS = (
    ("reporting", "Ada Byrd = User:Ada"),
    ("reported", "Bo Lindqvist"),
    ("where", "Kaiserhof"),
    ("what", "Bo shouted at Ada in the Kaiserhof on 24 December 2026."),
    ("police", "no"),
)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "keys.txt").write_text(f"{IDENTITY}\n", encoding="utf-8")
    (tmp_path / "config.toml").write_text(f'[private]\nfolder = "{tmp_path}/kept"\n', encoding="utf-8")
    (tmp_path / "kept").mkdir(mode=0o700)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("EVENTSAFETY_CONFIG", str(tmp_path / "config.toml"))
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def run(home: Path) -> Run:
    def runner(*words: str, typed: str = "") -> Result:
        return CliRunner().invoke(cli, ["incident", "anonymize", *words], input=typed)

    return runner


def record(home: Path, *answers: tuple[str, str]) -> Path:
    public = [str(IDENTITY.to_public())]
    now = datetime(2026, 12, 24, 13, 0, tzinfo=UTC)
    path = incident_store.create(home / "kept", now.date(), b"abcd", passphrase="", recipients=public)
    for name, text in answers:
        incident_store.add(path, IncidentEntry(0, now, "", name, text))
    return path


def file(home: Path, name: str, text: str) -> str:
    (home / name).write_text(text, encoding="utf-8")
    return str(home / name)


def test_a_record_becomes_its_public_version(home: Path, run: Run) -> None:
    record(home, *ANSWERS)
    told = run("--identity", str(home / "keys.txt"))
    assert told.exit_code == 0
    assert told.stdout == (
        "Incident report (public version)\n\nUser A: reported person; User B: reporting person.\n\n"
        "== What happened ==\n\nUser A shouted at User B in the [place] in December 2026.\n"
    )
    assert "read it as somebody would who was there" in told.stderr
    assert not [name for name in ("Ada", "Bo ", "Kaiserhof") if name in told.output]


def test_the_options_reach_the_report(home: Path, run: Run) -> None:
    record(home, *ANSWERS)
    told = run("--identity", str(home / "keys.txt"), "--dates", "year", "--with", "police")
    assert "in 2026." in told.stdout
    assert "== Police ==\n\nno" in told.stdout


def test_who_is_who_is_told_only_on_request_and_beside_the_text(home: Path, run: Run) -> None:
    record(home, *ANSWERS)
    told = run("--identity", str(home / "keys.txt"), "--who")
    assert "User B: Ada Byrd = Ada" in told.stderr
    assert "Ada" not in told.stdout


def test_output_is_a_new_file_for_one_alone(home: Path, run: Run) -> None:
    text, names = file(home, "minutes.txt", "Ada saw Zed.\n"), file(home, "names.txt", "# who\nAda = A. Byrd\n\nZed\n")
    told = run("--text", text, "--names", names, "-o", str(home / "public.txt"))
    assert (told.exit_code, told.stdout) == (0, "")
    assert (home / "public.txt").read_text(encoding="utf-8") == "User A saw User B.\n"
    assert stat.S_IMODE((home / "public.txt").stat().st_mode) == 0o600
    again = run("--text", text, "--names", names, "-o", str(home / "public.txt"))
    assert again.exit_code == 2
    assert "public.txt" in again.stderr


def test_a_text_from_standard_input_with_places(home: Path, run: Run) -> None:
    places = file(home, "places.txt", "Uppsala\n")
    told = run("--text", "-", "--places", places, typed="[[User:Quill]] was in Uppsala.\n")
    assert told.stdout == "User A was in [place].\n"


def test_a_name_that_is_left_writes_nothing(home: Path, run: Run) -> None:
    text, names = file(home, "a.txt", "AdaByrd77 left.\n"), file(home, "names.txt", "Ada Byrd\n")
    told = run("--text", text, "--names", names, "-o", str(home / "public.txt"))
    assert (told.exit_code, told.stdout, (home / "public.txt").exists()) == (1, "", False)
    assert "still there, line 1: »AdaByrd«77 left." in told.stderr
    assert told.stderr.splitlines()[-1].startswith("eventsafety: Nothing was written: 1 known name is still")


def test_what_is_kept_lifts_the_refusal(home: Path, run: Run) -> None:
    text, names = file(home, "a.txt", "Will he go? Ask Will.\n"), file(home, "names.txt", "Will\n")
    assert run("--text", text, "--names", names).exit_code == 1
    keep = file(home, "keep.txt", "Will he\n")
    assert run("--text", text, "--names", names, "--keep", keep).stdout == "Will he go? Ask User A.\n"


def test_what_a_person_has_to_look_at_is_listed(home: Path, run: Run) -> None:
    told = run("--text", file(home, "a.txt", "One.\nPetrova saw it.\n"))
    assert (told.exit_code, told.stdout) == (0, "One.\nPetrova saw it.\n")
    assert "line 2: »Petrova« saw it. (may be somebody's name)" in told.stderr


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        pytest.param(("k7m2", "--text", "-"), "leave out RECORD", id="two sources"),
        pytest.param(("--text", "-", "--with", "police"), "leave out RECORD", id="a field of a text"),
        pytest.param(("--text", "-", "--names", "-"), "Only one file can be standard input", id="two on one input"),
        pytest.param(("k7m2",), "", id="no such record"),
        pytest.param(("--dates", "week"), "week", id="unknown coarseness"),
        pytest.param(("--text", "absent.txt"), "absent.txt", id="no such file"),
    ],
)
def test_misuse(run: Run, words: tuple[str, ...], sentence: str) -> None:
    told = run(*words)
    assert (told.exit_code, told.stdout) == (2, "")
    assert sentence in told.stderr


def test_nothing_to_publish(home: Path, run: Run) -> None:
    record(home, ("reporting", "Ada"))
    told = run("--identity", str(home / "keys.txt"))
    assert (told.exit_code, told.stdout) == (1, "")
    assert "There is nothing to publish" in told.stderr


def test_no_file_but_the_output_is_made(home: Path, run: Run) -> None:
    path = record(home, *ANSWERS)
    before = path.read_bytes()
    run("--identity", str(home / "keys.txt"), "-o", str(home / "public.txt"))
    names = {os.path.relpath(one, home) for one in home.rglob("*") if one.is_file()}
    assert names == {"keys.txt", "config.toml", "public.txt", f"kept/{path.name}"}
    assert path.read_bytes() == before
    assert incident_chain.parse(before).id in path.name


@pytest.mark.parametrize("stream", ["stdout", "stderr"])
def test_who_is_who_goes_into_no_file_of_the_shell(home: Path, stream: str) -> None:
    names = file(home, "names.txt", "Zora Pym\n")
    words = ["incident", "anonymize", "--text", file(home, "a.txt", "Zora Pym came.\n"), "--names", names, "--who"]
    with (home / "shell.txt").open("w", encoding="utf-8") as made:
        out, err = (made, subprocess.PIPE) if stream == "stdout" else (subprocess.PIPE, made)
        program = [sys.executable, "-c", "from bot.cli import cli; cli()", *words]
        ended = subprocess.run(program, cwd=ROOT, check=False, stdout=out, stderr=err)
    assert ended.returncode == 2
    assert "Zora" not in (home / "shell.txt").read_text(encoding="utf-8")


def test_the_line_is_shown_where_a_name_is_left(home: Path, run: Run) -> None:
    text = "A long line about what happened there, and in the end AdaByrd77 left with all the others of the team.\n"
    told = run("--text", file(home, "a.txt", text), "--names", file(home, "names.txt", "Ada Byrd\n"))
    assert f"the line as it would be: {text.strip()}" in told.stderr
    assert "--keep" in told.stderr


def test_hints_say_what_to_do(home: Path, run: Run) -> None:
    told = run("--text", file(home, "a.txt", "One.\nPetrova saw it.\n"))
    assert "A name among these: put it into --names" in told.stderr
    assert "put it into" not in run("--text", file(home, "b.txt", "It was loud.\n")).stderr


def test_many_hints_of_a_kind_are_told_in_short(home: Path, run: Run) -> None:
    told = run("--text", file(home, "a.txt", "".join(f"She sat in room {n}.\n" for n in range(10, 40))))
    assert told.stderr.count("a number may lead to somebody") == 13
    assert "18 more of “a number may lead to somebody”, in lines 13, 14" in told.stderr


def test_what_is_missing_in_the_record_is_said(home: Path, run: Run) -> None:
    record(home, *ANSWERS)
    told = run("--identity", str(home / "keys.txt"))
    assert "The record has no outcome" in told.stderr
    assert "still open" in told.stderr
    assert "does not say what happened" not in told.stderr
