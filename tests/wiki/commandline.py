"""Runs the bot's command as a user does, in a process of its own, against the test wiki."""

from __future__ import annotations

import atexit
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from tests.forks import Forks
from tests.sandbox.sandbox import Sandbox

# The processes that fork, by the folder of Pywikibot that they have read; they end with this one.
_forks: dict[str, Forks] = {}
ROOT = Path(__file__).parent.parent.parent
BIN = Path(sys.executable).parent


class CommandLine:
    """``eventsafety`` with the settings of one test wiki and a memory of its own."""

    def __init__(self, wiki: Sandbox, folder: Path) -> None:
        self.folder = folder
        self._wiki = wiki.environment()
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

    def quick(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run ``eventsafety`` in a process that is forked from one with everything imported: half the time."""
        folder = self._wiki["PYWIKIBOT_DIR"]
        if self.environment["PYWIKIBOT_DIR"] != folder:  # which is read on import
            return self(*words)
        if folder not in _forks:
            _forks[folder] = Forks(self._wiki, Path(tempfile.mkdtemp(prefix="forks-", dir=self.folder.parent)))
            atexit.register(_forks[folder].__exit__, None, None, None)
        done = _forks[folder].run(*words, environment=self.environment)
        return subprocess.CompletedProcess(words, done.code, done.stdout, done.stderr)

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
        done = self.quick("check", "--json", *words) if data is None else self("check", "--json", *words, data=data)
        assert done.stdout, done.stderr
        assert code is None or done.returncode == code, (done.returncode, done.stderr)
        result = json.loads(done.stdout)
        assert isinstance(result, dict)
        return result


def by_name(result: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Return the registrants that have a name, by it."""
    return {row["name"]: row for row in result["registrants"] if row["name"] is not None}
