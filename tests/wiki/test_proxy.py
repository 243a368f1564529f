"""Pywikibot and the bot work through the proxy as without it, and feel what it does to them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.proxy.proxy import Proxy
from tests.proxy.rules import Phase
from tests.sandbox.sandbox import Sandbox
from tests.sandbox.world import World
from tests.wiki.commandline import CommandLine

EVENT = "Event:Reading Circle"


@pytest.fixture
def proxy(wiki: Sandbox) -> Iterator[Proxy]:
    with Proxy(wiki.url) as proxy:
        yield proxy


@pytest.fixture
def eventsafety(wiki: Sandbox, world: World, proxy: Proxy, tmp_path: Path) -> CommandLine:
    command = CommandLine(wiki, tmp_path)
    command.environment["PYWIKIBOT_DIR"] = proxy.environment(wiki, tmp_path)["PYWIKIBOT_DIR"]
    return command


def test_a_check_is_the_same_through_the_proxy(
    wiki: Sandbox, proxy: Proxy, eventsafety: CommandLine, tmp_path: Path
) -> None:
    through = eventsafety.check(EVENT, code=0)
    passed = proxy.requests()
    assert through["summary"]["CLEAR"] == 20
    assert sum(through["requests"].values()) == len(passed) == len(wiki.requests())
    assert not any("0123456789abcdef" in repr(note) for note in passed)
    assert any(note.post.get("action", note.query.get("action")) == "login" for note in passed)


@pytest.mark.parametrize("number", [1, 4, 8])
def test_one_lost_answer_changes_nothing(proxy: Proxy, eventsafety: CommandLine, number: int) -> None:
    proxy.drop_after("", skip=number - 1)
    assert eventsafety.check(EVENT, code=0)["summary"]["CLEAR"] == 20
    assert proxy.requests()[number - 1].done == "drop during"


def test_a_web_page_in_place_of_an_answer_is_told(proxy: Proxy, eventsafety: CommandLine) -> None:
    proxy.html("globalusers", Phase.DURING, skip=1, times=9)
    done = eventsafety("check", EVENT)
    assert done.returncode in {1, 11}
    assert "text/html" in done.stderr + done.stdout
    assert proxy.requests("globalusers")[1].done == "replace during"
