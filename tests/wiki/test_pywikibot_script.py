"""The same check as a Pywikibot script: Pywikibot's own page generators, options and configuration."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.sandbox.sandbox import Sandbox
from tests.sandbox.seed import CLINIC
from tests.sandbox.world import World
from tests.wiki.commandline import BIN, ROOT, CommandLine

SCRIPT = str(ROOT / "scripts" / "check_registrations.py")


@pytest.fixture
def pwb(wiki: Sandbox, world: World, tmp_path: Path) -> CommandLine:
    return CommandLine(wiki, tmp_path)


def test_one_page(pwb: CommandLine) -> None:
    done = pwb.run(str(BIN / "pwb"), SCRIPT, f"-page:{CLINIC}", "-json")
    assert done.returncode == 10, done.stderr
    result = json.loads(done.stdout)
    assert (result["schema"], len(result["registrants"])) == ("eventsafety/check@1", 137)
    assert result["registrants"] == pwb.check(CLINIC)["registrants"]


def test_a_category_gives_every_event_and_one_failure_stops_no_other(pwb: CommandLine) -> None:
    done = pwb.run(str(BIN / "pwb"), SCRIPT, "-cat:Wikimedia events 2026")
    assert done.returncode == 1  # one of them has neither a registration nor a list
    assert "Event:Page Without Registration: " in done.stderr
    for title in (CLINIC, "Event:Reading Circle", "Event:Riverside Meetup"):
        assert f"Page: {title} " in done.stdout
    assert "Traceback" not in done.stderr


def test_a_file_of_titles_and_pages_that_use_a_template(pwb: CommandLine, tmp_path: Path) -> None:
    (tmp_path / "events.txt").write_text("[[Event:Reading Circle]]\n[[Event:Empty Chair]]\n", encoding="utf-8")
    listed = pwb.run(str(BIN / "pwb"), SCRIPT, f"-file:{tmp_path / 'events.txt'}", "-json")
    assert (listed.returncode, listed.stderr.count("Traceback")) == (0, 0)
    assert listed.stdout.count('"eventsafety/check@1"') == 2
    using = pwb.run(str(BIN / "pwb"), SCRIPT, "-transcludes:Event card", "-limit:1", "-json")
    assert using.stdout.count('"eventsafety/check@1"') == 1


@pytest.mark.parametrize(
    ("words", "said"),
    [
        pytest.param((), "Say which pages", id="no pages"),
        pytest.param(("-page:X", "-nonsense"), 'Unknown argument "-nonsense"', id="unknown argument"),
        pytest.param(("-page:X", "-settings:/nowhere.toml"), "Cannot read the settings file", id="no such settings"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(pwb: CommandLine, words: tuple[str, ...], said: str) -> None:
    done = pwb.run(str(BIN / "pwb"), SCRIPT, *words)
    assert done.returncode in (1, 2)
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_pwb_finds_it_by_its_name_with_the_example_configuration(pwb: CommandLine, tmp_path: Path) -> None:
    example = (ROOT / "user-config.example.py").read_text(encoding="utf-8")
    (tmp_path / "user-config.py").write_text(example, encoding="utf-8")
    (tmp_path / "scripts").symlink_to(ROOT / "scripts")
    pwb.environment["PYWIKIBOT_DIR"] = str(tmp_path)
    done = pwb.run(str(BIN / "pwb"), "check_registrations", "-help")
    assert "Check who registered for events" in done.stdout
    assert done.returncode == 0, done.stderr
