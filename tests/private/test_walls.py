"""The import contracts about what is confidential name every command that they are about."""

from __future__ import annotations

import re
import tomllib
from typing import Any

from tests.recordings import ROOT

CONFIDENTIAL = re.compile(r"^\s*(?:from bot\.private\b|from bot import private|import bot\.private)", re.MULTILINE)


def contracts() -> dict[str, Any]:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return {contract["name"]: contract for contract in settings["tool"]["importlinter"]["contracts"]}


def test_every_command_that_knows_what_is_confidential_is_kept_from_the_door() -> None:
    held = set(contracts()["The commands of the confidential side open no door"]["source_modules"])
    knowing = {
        f"bot.cli.{path.stem}"
        for path in (ROOT / "bot/cli").glob("*.py")
        if CONFIDENTIAL.search(path.read_text(encoding="utf-8"))
    }
    assert knowing - held == set()
    assert len(knowing) > 15


def test_every_other_command_is_kept_from_what_is_confidential() -> None:
    names = contracts()
    held = set(names["The commands of the confidential side open no door"]["source_modules"])
    apart = set(
        names["Nothing that fetches, plans or saves knows what is confidential, not even indirectly"]["source_modules"]
    )
    commands = {f"bot.cli.{path.stem}" for path in (ROOT / "bot/cli").glob("*.py")} - held
    shared = {"__init__", "console", "files", "group", "inputs", "kept", "options", "progress"}
    assert commands - apart - {f"bot.cli.{name}" for name in shared} == set()


def test_rooms_that_are_not_confidential_are_all_named() -> None:
    apart = contracts()["Nothing that fetches, plans or saves knows what is confidential, not even indirectly"]
    rooms = {f"bot.{path.stem}" for path in (ROOT / "bot").iterdir() if path.name not in ("__init__.py", "py.typed")}
    rooms -= {"bot.cli", "bot.private", "bot.__pycache__"}
    assert rooms - set(apart["source_modules"]) == set()
