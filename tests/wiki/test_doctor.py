"""The command ``doctor`` as a process, asking a real wiki."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.sandbox.sandbox import Sandbox
from tests.sandbox.world import World


def doctor(wiki: Sandbox, home: Path, **more: str) -> tuple[int, dict[str, tuple[str, str]]]:
    """Return the exit code, and (state, text) by the name of the finding."""
    environ = {**os.environ, **wiki.environment(), "HOME": str(home), "XDG_STATE_HOME": str(home), **more}
    command = [sys.executable, "-c", "from bot.cli import main; main()", "doctor", "--json"]
    done = subprocess.run(command, check=False, env=environ, cwd=home, capture_output=True, encoding="utf-8")
    assert done.stderr == ""
    assert not [path for path in home.iterdir() if path.suffix != ".toml"], "doctor leaves nothing behind"
    found = json.loads(done.stdout)["findings"]
    return done.returncode, {row["name"]: (row["state"], row["text"]) for row in found}


def test_a_wiki_where_everything_works(wiki: Sandbox, world: World, tmp_path: Path) -> None:
    code, found = doctor(wiki, tmp_path)
    assert {name: state for name, (state, _) in found.items() if state != "ok"} == {"Templates": "warn"}
    assert code == 0
    assert found["Stop page"] == ("ok", '"User:TestBot/Run" says "run".')
    assert found["Login"] == ("ok", 'Logged in as "TestBot".')
    assert "eventsafety" in found["Wiki"][1]
    assert "entries" in found["Source wmf-global-bans"][1]
    assert found["Source global-lock"][1] == "Works by list=globalusers."


def test_reading_anonymously_is_a_warning(wiki: Sandbox, world: World, tmp_path: Path) -> None:
    code, found = doctor(wiki, tmp_path, PYWIKIBOT_DIR=str(wiki.folder / "pywikibot-anonymous"))
    assert code == 0
    assert (found["Login"][0], found["Rights"][0]) == ("warn", "warn")
    assert not {"Writing", "Stop page", "Templates"} & found.keys(), "nobody is asked for what only writing needs"


def test_what_keeps_the_bot_from_writing_keeps_nobody_from_reading(wiki: Sandbox, world: World, tmp_path: Path) -> None:
    world.page("User:TestBot/Run", "stop", user="Other")
    code, found = doctor(wiki, tmp_path)
    assert code == 0
    assert found["Stop page"] == ("warn", '"User:TestBot/Run" does not say "run", so nothing is saved.')
    world.delete_page("User:TestBot/Run")
    assert doctor(wiki, tmp_path)[1]["Stop page"] == ("warn", '"User:TestBot/Run" is not there, so nothing is saved.')


def test_a_list_that_is_gone_is_a_failure_and_the_rest_is_still_looked_at(
    wiki: Sandbox, world: World, tmp_path: Path
) -> None:
    world.delete_page("WMF Global Ban Policy/List")
    code, found = doctor(wiki, tmp_path)
    assert code == 1
    assert found["Source wmf-global-bans"][0] == "fail"
    assert found["Source globally-banned-users"][0] == "ok"


@pytest.mark.parametrize(
    ("site", "part"),
    [pytest.param("nowhere:xx", "nowhere", id="a wiki that Pywikibot does not know")],
)
def test_a_wiki_that_cannot_be_opened(wiki: Sandbox, tmp_path: Path, site: str, part: str) -> None:
    code, found = doctor(wiki, tmp_path, EVENTSAFETY_SITE=site)
    assert code == 1
    assert found["Wiki"][0] == "fail"
    assert part in found["Wiki"][1]


def test_a_password_file_that_others_can_read(wiki: Sandbox, world: World, tmp_path: Path) -> None:
    file = wiki.folder / "pywikibot" / "user-password.py"
    file.chmod(0o644)
    try:
        code, found = doctor(wiki, tmp_path)
    finally:
        file.chmod(0o600)
    assert code == 1
    assert found["Password file"][0] == "fail"
