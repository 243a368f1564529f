"""What ``plan`` and ``apply`` refuse when they have seen the wiki: one sentence, and nothing is written."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.plan import stored
from bot.plan.edits import Edit, Input, Plan
from tests.applying import STOP_PAGE, creation, plan_of, title
from tests.sandbox.sandbox import Sandbox
from tests.sandbox.seed import CLINIC, WMF_LIST
from tests.sandbox.world import World
from tests.wiki.commandline import CommandLine

FULL = "Word. " * 1000
WRITING = "[writing]\nput_throttle = 0.0\n"


@pytest.fixture
def eventsafety(wiki: Sandbox, world: World, tmp_path: Path) -> CommandLine:
    world.page(STOP_PAGE, "run", user="Admin")
    return CommandLine(wiki, tmp_path)


def posts(wiki: Sandbox) -> int:
    return sum(dict(row["post"]).get("action") == "edit" for row in wiki.requests())


def emptied(wiki: Sandbox) -> Edit:
    base = wiki.world.page(title("A"), FULL.strip())
    return Edit(title("A"), 2, "review", base, FULL.strip(), "Word.", "Shorten")


def edits(wiki: Sandbox) -> Plan:
    return plan_of(wiki, emptied(wiki), creation("B", "New."), creation("C", "New."))


@pytest.mark.parametrize(
    ("change", "settings", "parts"),
    [
        pytest.param(lambda plan: replace(plan, user="OtherBot"), "", ["OtherBot", "TestBot"], id="another account"),
        pytest.param(
            lambda plan: replace(plan, server="https://meta.example.org"), "", ["meta.example.org"], id="another wiki"
        ),
        pytest.param(lambda plan: replace(plan, site="nowhere:xx"), "", ["nowhere:xx"], id="a wiki that nobody knows"),
        pytest.param(
            lambda plan: replace(plan, read_at=plan.read_at - timedelta(days=2)), "", ["make a new plan"], id="old"
        ),
        pytest.param(
            lambda plan: replace(plan, inputs=(Input("list", WMF_LIST, 1, plan.site),)),
            "",
            [f'"{WMF_LIST}" changed after the plan was made'],
            id="made from another revision of a list",
        ),
        pytest.param(
            lambda plan: plan,
            "[limits]\nedits = 2",
            ["refused as a whole", "would make 3 edits; the limit is 2"],
            id="edits",
        ),
        pytest.param(lambda plan: plan, "[limits]\npages = 1", ["write 3 pages; the limit is 1"], id="pages"),
        pytest.param(
            lambda plan: plan, "[task_limits.review]\nnew_pages = 1", ["2 new pages; the limit is 1"], id="new pages"
        ),
        pytest.param(
            lambda plan: plan, "[limits]\nbytes_removed = 100", ["5,994 bytes; the limit is 100"], id="bytes removed"
        ),
        pytest.param(
            lambda plan: plan,
            "[task_limits.review]\nshare_removed = 0.5",
            ["of its text; the limit is 50%"],
            id="share removed",
        ),
        pytest.param(
            lambda plan: replace(plan, edits=(replace(plan.edits[1], title="Main Page", namespace=0),)),
            "",
            ["may not write", "Main Page"],
            id="a page that is not the task's",
        ),
        pytest.param(
            lambda plan: replace(plan, edits=(replace(plan.edits[1], task="nonsense"),)),
            "",
            ['no task "nonsense"'],
            id="a task that there is not",
        ),
    ],
)
def test_a_plan_that_may_not_be_applied_here(
    wiki: Sandbox, eventsafety: CommandLine, change: Callable[[Plan], Plan], settings: str, parts: list[str]
) -> None:
    eventsafety.add(WRITING + settings)
    plan, file = change(edits(wiki)), eventsafety.folder / "plan.json"
    file.write_text(stored.to_json(plan), encoding="utf-8")
    done = eventsafety("apply", str(file), "--digest", plan.digest)
    assert (done.returncode, done.stdout) == (1, ""), done.stderr
    assert all(part in done.stderr for part in parts), done.stderr
    assert posts(wiki) == 0


def test_apply_without_an_account(wiki: Sandbox, eventsafety: CommandLine) -> None:
    plan, file = edits(wiki), eventsafety.folder / "plan.json"
    file.write_text(stored.to_json(plan), encoding="utf-8")
    eventsafety.anonymous()
    done = eventsafety("apply", str(file), "--digest", plan.digest)
    assert (done.returncode, done.stdout) == (1, "")
    assert "TestBot" in done.stderr
    assert done.stderr.startswith(f"eventsafety: Nobody is logged in on {wiki.url}, and the plan is for TestBot")
    assert "user-config.py" in done.stderr
    assert done.stderr.count("\n") == 1
    assert posts(wiki) == 0


@pytest.mark.parametrize("words", [("plan", CLINIC), ("templates", "install")])
def test_planning_without_an_account(wiki: Sandbox, eventsafety: CommandLine, words: tuple[str, ...]) -> None:
    eventsafety.anonymous()
    file = eventsafety.folder / "plan.json"
    done = eventsafety(*words, "-o", str(file))
    assert (done.returncode, done.stdout) == (1, "")
    assert "user-config.py" in done.stderr
    assert done.stderr.count("\n") == 1
    assert not file.exists()


@pytest.mark.parametrize("event", ["Event:There Is None", "#999", "Event:Page Without Registration/none", "[[x]]"])
def test_an_event_that_cannot_be_found(wiki: Sandbox, eventsafety: CommandLine, event: str) -> None:
    file = eventsafety.folder / "plan.json"
    done = eventsafety("plan", event, "-o", str(file))
    assert (done.returncode, done.stdout) == (1, ""), done.stderr
    assert done.stderr.startswith("eventsafety: ")
    assert done.stderr.count("\n") == 1
    assert not file.exists()
    assert posts(wiki) == 0


def test_a_file_that_cannot_be_written_costs_no_request(wiki: Sandbox, eventsafety: CommandLine) -> None:
    before = len(wiki.requests())
    done = eventsafety("plan", CLINIC, "-o", str(eventsafety.folder / "none" / "plan.json"))
    assert (done.returncode, done.stdout) == (2, "")
    assert "there is no folder" in done.stderr
    assert len(wiki.requests()) == before


def test_a_plan_is_printed_as_it_is_stored_and_saves_nothing(wiki: Sandbox, eventsafety: CommandLine) -> None:
    file = eventsafety.folder / "plan.json"
    done = eventsafety("plan", CLINIC, "-o", str(file), "--json")
    assert done.returncode == 99, done.stderr
    assert done.stdout == file.read_text(encoding="utf-8")
    plan = stored.from_json(file.read_bytes(), str(file))
    assert json.loads(done.stdout)["digest"] == plan.digest
    assert posts(wiki) == 0
    shown = eventsafety("diff", str(file))
    assert (shown.returncode, shown.stderr) == (0, "")
    assert all(edit.title in shown.stdout for edit in plan.edits)
