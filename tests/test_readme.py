"""The README tells the truth: every command in it runs, and says what the README says it says.

To write the outputs anew: python -m tests.test_readme
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from bot import config
from bot.parse import roster
from bot.parse.sites import META
from tests.recordings import ROOT

README = ROOT / "README.md"
BIN = Path(sys.executable).parent
BLOCK = re.compile(r"^```console(?P<kind>[ \w]*)\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)
FILES = re.compile(r"\b((?:names|list)\.txt|(?:plan|templates)\.json|letter\.eml)\b")
# What differs from run to run: when, and on which port.
VARIABLE = (
    (re.compile(r"(Checked|checked at|read) \d{4}-\d\d-\d\d \d\d:\d\d UTC"), r"\1 TIME"),
    (re.compile(r"^\d{4}-\d\d-\d\d \d\d:\d\d UTC(?=  )", re.MULTILINE), "TIME"),
    (re.compile(r"127\.0\.0\.1:\d+"), "HOST"),
)


def blocks(kind: str) -> list[str]:
    return [m["body"] for m in BLOCK.finditer(README.read_text(encoding="utf-8")) if m["kind"].strip() == kind]


def session(body: str, environment: Mapping[str, str], folder: Path) -> str:
    """Return the block with what its commands really say; they run in one shell, in the project's folder."""
    script = ["cd " + str(ROOT)]
    for command in (line[2:] for line in body.splitlines() if line.startswith("$ ")):
        shown = command.replace("'", "'\\''")
        moved = FILES.sub(rf"{folder}/\1", command)
        script += [f"printf '%s\\n' '$ {shown}'", moved]
    path = f"{BIN}:{os.environ['PATH']}"
    ran = subprocess.run(
        ["bash", "-c", "\n".join(script)],
        env={
            **os.environ,
            **environment,
            "PATH": path,
            "COLUMNS": "100",
            "XDG_STATE_HOME": str(folder),
            "XDG_DATA_HOME": str(folder),
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
        timeout=300,
    )
    return ran.stdout.replace(f"{folder}/", "")


def steady(text: str) -> str:
    for pattern, word in VARIABLE:
        text = pattern.sub(word, text)
    return text


@pytest.mark.parametrize("body", blocks(""), ids=lambda body: body.splitlines()[0])
def test_the_commands_of_the_readme_say_what_it_shows(body: str, tmp_path: Path) -> None:
    assert steady(session(body, {}, tmp_path)) == steady(body)


@pytest.mark.wiki
@pytest.mark.parametrize("body", blocks("sandbox"))
def test_the_tour_of_the_test_wiki(body: str, tmp_path: Path) -> None:
    assert steady(session(body, {"EVENTSAFETY_SANDBOX": str(tmp_path / "wiki")}, tmp_path)) == steady(body)


def test_the_settings_of_the_readme_can_be_loaded(tmp_path: Path) -> None:
    [toml] = re.findall(r"^```toml\n(.*?)^```$", README.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    (tmp_path / "settings.toml").write_text(toml, encoding="utf-8")
    settings = config.load(tmp_path / "settings.toml", {})
    assert [one.id for one in settings.lists] == ["wmf-global-bans", "chapter"]


def test_the_roster_of_the_readme_can_be_read() -> None:
    [toml] = re.findall(r"^```toml roster\n(.*?)^```$", README.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    found = roster.read(toml.encode(), "roster.toml", META)
    assert [contact.name for contact in found.contacts] == ["Example Ada", "Example Bo"]
    assert (found.courses[0].cohort, found.declared[0].item) == ("January 2027", "quiet-room")


def test_every_command_and_script_stands_in_the_readme() -> None:
    from bot.cli import COMMANDS

    text = README.read_text(encoding="utf-8")
    assert [name for name in COMMANDS if f"eventsafety {name}" not in text] == []
    scripts = {path.name for path in (ROOT / "scripts").iterdir() if path.suffix == "" and path.is_file()}
    named = {name for name in scripts if f"scripts/{name}" in text}
    assert {name for name in scripts - named if not name.startswith("make_")} == set()


def write() -> None:
    """Put what the commands say now into the README."""
    with tempfile.TemporaryDirectory() as folder:

        def anew(found: re.Match[str]) -> str:
            environment = {"EVENTSAFETY_SANDBOX": f"{folder}/wiki"} if found["kind"].strip() == "sandbox" else {}
            said = session(found["body"], environment, Path(folder))
            return f"```console{found['kind']}\n{re.sub(r'127[.]0[.]0[.]1:[0-9]+', '127.0.0.1:8080', said)}```"

        README.write_text(BLOCK.sub(anew, README.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    write()
