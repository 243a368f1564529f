"""Runs the bot's command as a user does, in a process of its own, against the test wiki."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.sandbox.sandbox import Sandbox

ROOT = Path(__file__).parent.parent.parent
BIN = Path(sys.executable).parent


class CommandLine:
    """``eventsafety`` with the settings of one test wiki and a memory of its own."""

    def __init__(self, wiki: Sandbox, folder: Path) -> None:
        self.folder = folder
        self.environment = {**os.environ, **wiki.environment(), "XDG_STATE_HOME": str(folder), "PYTHONWARNINGS": ""}
        self.environment["EVENTSAFETY_CONFIG"] = str(self._settings(wiki))

    def _settings(self, wiki: Sandbox) -> Path:
        path = self.folder / "settings.toml"
        common = Path(wiki.environment()["EVENTSAFETY_CONFIG"]).read_text(encoding="utf-8")
        kept = "\n".join(line for line in common.splitlines() if not line.startswith("state_file"))
        path.write_text(f'state_file = "{self.folder}/memory.json"\n{kept}\nretry_wait = 0.1\n', encoding="utf-8")
        return path

    def anonymous(self) -> None:
        """Read without an account from now on: 50 names a request instead of 500."""
        self.environment["PYWIKIBOT_DIR"] += "-anonymous"

    def set(self, toml: str) -> None:
        """Put more settings before the ones there are."""
        path = self.folder / "settings.toml"
        path.write_text(f"{toml}\n{path.read_text(encoding='utf-8')}", encoding="utf-8")

    def add(self, toml: str) -> None:
        """Put a table behind the settings that there are."""
        path = self.folder / "settings.toml"
        path.write_text(f"{path.read_text(encoding='utf-8')}\n{toml}\n", encoding="utf-8")

    def __call__(self, *words: str, data: str | None = None) -> subprocess.CompletedProcess[str]:
        """Run ``eventsafety`` with ``words``; whatever it is given, it never shows a traceback."""
        done = self.run(str(BIN / "eventsafety"), *words, data=data)
        assert "Traceback" not in done.stderr + done.stdout, done.stderr
        return done

    def run(self, *words: str, data: str | None = None) -> subprocess.CompletedProcess[str]:
        """Run a program in the repository's folder."""
        return subprocess.run(
            words,
            cwd=ROOT,
            env=self.environment,
            input=data,
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )

    def check(self, *words: str, data: str | None = None, code: int | None = None) -> dict[str, Any]:
        """Return what ``check --json`` says; ``code`` is the exit code that it must end with."""
        done = self("check", "--json", *words, data=data)
        assert done.stdout, done.stderr
        assert code is None or done.returncode == code, (done.returncode, done.stderr)
        result = json.loads(done.stdout)
        assert isinstance(result, dict)
        return result


def by_name(result: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Return the registrants that have a name, by it."""
    return {row["name"]: row for row in result["registrants"] if row["name"] is not None}
