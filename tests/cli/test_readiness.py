"""``eventsafety readiness`` without a wiki: where the list goes and how the command ends."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import NoReturn

import pytest
from click.testing import CliRunner, Result

from bot.cli import cli
from bot.duty.readiness import Readiness
from bot.model import ItemState
from bot.read.session import Session
from bot.tasks import event as events
from bot.tasks import readiness
from tests.render.made_readiness import READINESS, UNKNOWN

SOME = ("readiness", "Event:Some")


def run(*words: str) -> Result:
    return CliRunner().invoke(cli, words)


def all_of(*states: ItemState) -> Readiness:
    """A list with nothing on it but these states."""
    items = zip(READINESS.items, states, strict=False)
    return replace(READINESS, items=tuple(replace(item, state=state) for item, state in items))


@pytest.fixture
def looking(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[[Readiness], None]:
    """Return what makes the command find a list; it works in a new folder."""
    monkeypatch.setattr(Session, "open", lambda *_words, **_more: nullcontext())
    monkeypatch.setattr(events, "read", lambda *_words, **_more: None)
    monkeypatch.chdir(tmp_path)

    def finds(what: Readiness) -> None:
        monkeypatch.setattr(readiness, "look", lambda *_words: SimpleNamespace(readiness=what))

    return finds


@pytest.mark.parametrize(
    ("found", "code"),
    [
        pytest.param(all_of(ItemState.DONE, ItemState.NOT_APPLICABLE), 0, id="all done"),
        pytest.param(all_of(ItemState.DONE, ItemState.CANNOT_TELL), 11, id="not all can be told"),
        pytest.param(all_of(ItemState.CANNOT_TELL, ItemState.MISSING), 10, id="something is missing"),
        pytest.param(UNKNOWN, 11, id="nothing is known"),
    ],
)
def test_how_it_ends(looking: Callable[[Readiness], None], found: Readiness, code: int) -> None:
    looking(found)
    shown, document = run(*SOME), run(*SOME, "--json")
    assert shown.exit_code == document.exit_code == code
    assert "Preparation" in shown.stdout
    assert json.loads(document.stdout)["schema"] == "eventsafety/readiness@1"


def test_the_page_is_written_and_named_beside_the_list(looking: Callable[[Readiness], None], tmp_path: Path) -> None:
    looking(READINESS)
    done = run(*SOME, "--json", "--html", "list.html")
    assert json.loads(done.stdout)["schema"] == "eventsafety/readiness@1"
    assert done.stderr.strip() == "eventsafety: The list is in list.html."
    assert (tmp_path / "list.html").read_text(encoding="utf-8").startswith("<!DOCTYPE html>")


@pytest.mark.parametrize(
    ("where", "part"),
    [
        pytest.param("none/list.html", "there is no folder", id="no such folder"),
        pytest.param(".", "is a folder", id="a folder"),
        pytest.param("/dev/null", "not an ordinary file", id="a device"),
    ],
)
def test_a_page_that_cannot_be_written_is_refused_before_the_wiki_is_asked(
    monkeypatch: pytest.MonkeyPatch, where: str, part: str
) -> None:
    def opened(*_words: object, **_more: object) -> NoReturn:
        raise AssertionError("the wiki was asked")

    monkeypatch.setattr(Session, "open", opened)
    done = run(*SOME, "--html", where)
    assert (done.exit_code, done.stdout) == (2, "")
    assert part in done.stderr


def test_help_says_how_it_ends_and_what_to_give() -> None:
    shown = " ".join(run("readiness", "--help").stdout.split())
    for part in ("--roster FILE", "--training FILE", "--html FILE", "10 something is", "11 nothing is missing"):
        assert part in shown
