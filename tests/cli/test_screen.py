"""The command ``screen``."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.cli import cli
from bot.cli.screen_output import what_if_text
from bot.match.likeness import Match
from bot.model import BanEntry, Tier

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.chdir(tmp_path)

    def runner(*words: str, names: bytes | None = None, listed: bytes | None = None) -> Result:
        files = {"--names": names, "--list": listed}
        for option, data in files.items():
            if data is not None:
                Path(option[2:]).write_bytes(data)
                words += (option, option[2:])
        return CliRunner().invoke(cli, ["screen", *words])

    return runner


@pytest.mark.parametrize(
    ("names", "listed", "code"),
    [
        pytest.param("Grеybeard\n", "Greybeard\n", 0, id="a likeness is no flag"),
        pytest.param("Nobody\n", "Greybeard\n", 0, id="nothing"),
        pytest.param("greybeard\n", "Greybeard\n", 10, id="listed"),
        pytest.param("Nobody\n" + "x" * 300, "Greybeard\n", 11, id="a name not read"),
        pytest.param("Nobody\n", "x" * 300, 11, id="an entry not read"),
        pytest.param("Greybeard\n" + "x" * 300, "Greybeard\n", 10, id="listed, and a name not read"),
        pytest.param("", "", 0, id="empty files"),
    ],
)
@pytest.mark.parametrize("form", [[], ["--json"]])
def test_exit_codes(run: Run, names: str, listed: str, code: int, form: list[str]) -> None:
    result = run(*form, names=names.encode(), listed=listed.encode())
    assert result.exit_code == code, result.output


def test_json(run: Run) -> None:
    result = run("--json", names="Grеybeard\n".encode(), listed=b"# list\nGreybeard\n")
    found = json.loads(result.stdout)
    assert found["schema"] == "eventsafety/screen@1"
    (match,) = found["matches"]
    assert match == {
        "name": "Grеybeard",
        "entry": "Greybeard",
        "tier": "CONFUSABLE",
        "text": "“Grеybeard” looks like the listed “Greybeard”: е (U+0435) for e (tr39 key v1).",
        "key": "tr39",
        "parts": [{"left": "е", "right": "e"}],
        "list": "list",
        "line": 2,
        "hint_only": True,
    }
    assert [m["scripts"] for m in found["mixed_scripts"]] == [["LATIN", "CYRILLIC"]]
    assert result.stderr == ""


def test_every_line_not_taken_is_named(run: Run) -> None:
    result = run(names=b"Gr\xe9y\nBlue\nBlue\n", listed=b"Green\n" + b"x" * 300)
    assert result.stderr.splitlines() == [
        "eventsafety: names: line 1 is no user name: byte 3 of it is not UTF-8: Gr\\xe9y",
        "eventsafety: names: line 3 repeats “Blue”.",
        "eventsafety: list: line 2 is no user name: it is 300 bytes long, and a user name has at most 255: "
        + "x" * 40
        + "…",
    ]


def test_text_is_harmless_and_says_where(run: Run) -> None:
    result = run(names="Grey\u200bbeard\x1b[31m\nПpивет\n".encode(), listed=b"Greybeard\n")
    assert "\x1b" not in result.stdout
    assert "\u200b" not in result.stdout
    assert "Greybeard" in result.stdout
    assert "MIXED" in result.stdout
    assert "A likeness is a hint, never a proof." in result.stdout


def test_what_if(run: Run) -> None:
    names = "Grеybeard\nBluebeard1\n".encode()
    result = run("--what-if", "Greybeard", "--what-if", "Laura", "--json", names=names, listed=b"Bluebeard\n")
    found = json.loads(result.stdout)
    assert found["what_if"] == ["Greybeard", "Laura"]
    assert [(m["name"], m["entry"], m["list"]) for m in found["matches"]] == [("Grеybeard", "Greybeard", None)]
    assert {m["entry"] for m in found["ordinary"]} == {"Laura"}


def test_what_if_without_files_tries_ordinary_names(run: Run) -> None:
    result = run("--what-if", "Greybeard", "--what-if", "Laura")
    assert result.exit_code == 0
    assert "Greybeard: 0 of the names newly, 0 of " in result.stdout
    assert "ordinary: " in result.stdout


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        pytest.param([], "Give --names FILE and --list FILE", id="nothing"),
        pytest.param(["--names", "-"], "Give --names FILE and --list FILE", id="no list"),
        pytest.param(["--names", "-", "--list", "-"], "Only one of", id="standard input twice"),
        pytest.param(["--names", "none", "--list", "-"], "Cannot read none", id="no such file"),
        pytest.param(["--names", ".", "--list", "-"], "is a folder", id="folder"),
        pytest.param(["--what-if", "x" * 256], "at most 255", id="endless entry"),
        pytest.param(["--what-if", ""], "it is empty", id="empty entry"),
        pytest.param(["--what-if", "# x"], "it is empty, a comment", id="comment"),
    ],
)
def test_wrong_words(run: Run, words: list[str], sentence: str) -> None:
    result = run(*words)
    assert result.exit_code == 2
    assert sentence in result.stderr
    assert result.stdout == ""


def test_another_encoding_is_an_error(run: Run) -> None:
    result = run(names="\ufeffGrey".encode("utf-16-le"), listed=b"")
    assert result.exit_code == 1
    assert "save it as UTF-8" in result.stderr


def test_a_long_list_of_ordinary_names_is_cut() -> None:
    entry = BanEntry("Greybeard", 0, "", "")
    ordinary = [Match(entry, Tier.NEAR, f"text {n}", name=f"name {n}") for n in range(12)]
    shown = what_if_text(["Greybeard"], [], ordinary, 5_000)
    assert shown.splitlines()[0] == "Greybeard: 0 of the names newly, 12 of 5,000 ordinary names."
    assert shown.splitlines()[-1] == "  and 2 more ordinary names"
