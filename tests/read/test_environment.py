"""Pywikibot comes in without a trace: in processes of their own, since a module is imported once."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = """
import logging, os, sys
from pathlib import Path
from bot.read import environment
try:
    pywikibot = environment.pywikibot("ops@example.org")
except Exception as error:
    print(type(error).__name__, error)
    raise SystemExit
print("base", pywikibot.config.base_dir)
print("argv", sys.argv)
print("env", os.environ.get("PYWIKIBOT_DIR"), os.environ.get("PYWIKIBOT_NO_USER_CONFIG"))
print("user", pywikibot.config.usernames["meta"]["meta"] if "meta" in pywikibot.config.usernames["meta"] else None)
print("agent", pywikibot.comms.http.user_agent())
logging.basicConfig(stream=sys.stdout, format="log %(message)s", level=0)
pywikibot.warning("shown \\x1b[31m and \\u202e")
pywikibot.log("lgpassword")
pywikibot.debug("lgpassword")
print("files", sorted(p.name for p in Path(pywikibot.config.base_dir).iterdir()))
"""


def run(cwd: Path, home: Path, script: str = SCRIPT, **environ: str) -> dict[str, str]:
    """Run a script in a folder and a home of its own; return its lines by their first word."""
    root = str(Path(__file__).parents[2])
    clean = {key: value for key, value in os.environ.items() if not key.startswith("PYWIKIBOT")}
    result = subprocess.run(
        [sys.executable, "-c", script, "-dir:/nonexistent", "-v", "-simulate"],
        cwd=cwd,
        env={**clean, "HOME": str(home), "PYTHONPATH": root, **environ},
        capture_output=True,
        text=True,
        check=True,
    )
    return {word: rest for word, _, rest in (line.partition(" ") for line in result.stdout.splitlines())}


@pytest.fixture
def places(tmp_path: Path) -> tuple[Path, Path]:
    """A current folder and a home, both empty."""
    for name in ("here", "home"):
        (tmp_path / name).mkdir()
    return tmp_path / "here", tmp_path / "home"


def user_config(folder: Path, name: str) -> None:
    folder.mkdir(exist_ok=True)
    (folder / "user-config.py").write_text(f"usernames['meta']['meta'] = '{name}'\n")


def test_without_a_user_config_it_lives_in_a_folder_that_goes_away(places: tuple[Path, Path]) -> None:
    here, home = places
    said = run(here, home)
    assert list(here.iterdir()) == []
    assert list(home.iterdir()) == []
    assert not Path(said["base"]).exists()
    assert said["user"] == "None"
    assert said["env"] == "None None"


def test_our_own_arguments_are_not_pywikibots(places: tuple[Path, Path]) -> None:
    assert run(*places)["argv"] == "['-c', '-dir:/nonexistent', '-v', '-simulate']"


@pytest.mark.parametrize("where", ["PYWIKIBOT_DIR", "here", "home"])
def test_a_user_config_is_used_where_pywikibot_looks_for_it(
    places: tuple[Path, Path], tmp_path: Path, where: str
) -> None:
    here, home = places
    folder = {"PYWIKIBOT_DIR": tmp_path / "elsewhere", "here": here, "home": home / ".pywikibot"}[where]
    user_config(folder, "TestBot")
    environ = {"PYWIKIBOT_DIR": str(folder)} if where == "PYWIKIBOT_DIR" else {}
    said = run(here, home, **environ)
    assert said["base"] == str(folder)
    assert said["user"] == "TestBot"


def test_an_empty_pywikibot_dir_is_passed_over_as_pywikibot_does(places: tuple[Path, Path], tmp_path: Path) -> None:
    here, home = places
    user_config(here, "TestBot")
    (tmp_path / "empty").mkdir()
    said = run(here, home, PYWIKIBOT_DIR=str(tmp_path / "empty"))
    assert (said["base"], said["env"]) == (str(here), f"{tmp_path / 'empty'} None")


@pytest.mark.parametrize("text", ["this is no Python", "raise RuntimeError('no')", "import sys; sys.exit(1)"])
def test_a_broken_user_config_is_an_error_of_the_settings(places: tuple[Path, Path], text: str) -> None:
    here, home = places
    (here / "user-config.py").write_text(text)
    assert "user-config.py cannot be used" in run(here, home)["ConfigError"]


def test_logs_hold_no_passwords_and_no_escapes(places: tuple[Path, Path]) -> None:
    said = run(*places)
    assert said["log"] == "shown <U+001B>[31m and <U+202E>"


def test_the_name_comes_first(places: tuple[Path, Path]) -> None:
    assert run(*places)["agent"].startswith("eventsafety/")
    assert "ops@example.org" in run(*places)["agent"]


INSIDE_PWB = """
import sys
sys.argv = sys.argv[:1]
import pywikibot
pywikibot.config.user_agent_description = "my own script"
pywikibot.info("shown by pwb")
from bot.read import environment
import logging
handlers = list(logging.getLogger("pywiki").handlers)
assert environment.pywikibot("ops@example.org") is pywikibot
assert logging.getLogger("pywiki").handlers == handlers
environment.pywikibot("ops@example.org")
print("agent", pywikibot.comms.http.user_agent())
"""


def test_inside_a_script_of_pywikibot_its_settings_stay(places: tuple[Path, Path]) -> None:
    here, home = places
    user_config(here, "TestBot")
    assert run(here, home, INSIDE_PWB)["agent"].count("my own script; eventsafety/") == 1
