"""One test wiki in one folder: up, down, back to what was kept; must not know what a test puts into it."""

from __future__ import annotations

import fcntl
import json
import shutil
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from tests.sandbox import install, pywikibot_folder, server
from tests.sandbox.defaults import new_world
from tests.sandbox.errors import SandboxError
from tests.sandbox.world import World

HOURS = 8.0
MARK = "this-is-a-sandbox"
KEPT_DATABASES = (f"{install.DBNAME}.sqlite", f"{install.DBNAME}_jobqueue.sqlite")
KEPT_FILES = ("central.json", "switches.json")


class Sandbox:
    """A MediaWiki in ``folder``; every method may be called at any time and says in a SandboxError why it cannot."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder.absolute()

    def up(self, port: int | None = None, hours: float = HOURS) -> str:
        """Start the wiki, installing it first if need be, and return its address; twice is once.

        It stops by itself after ``hours``, counted from the last call.
        """
        with self._locked():
            group, url = self._state()
            if url and server.alive(self.folder, group) and server.answers(url):
                self._note(group, url, hours)
                return url
            server.stop(self.folder, group)
            install.require()
            port = _choose(port, url)
            fresh = not (self.folder / "installed").exists()
            if fresh:
                self._install()
            url = self._start(port, hours)
            if fresh:
                self.world.found()
                self.keep()
                (self.folder / "installed").touch()
            return url

    def down(self) -> bool:
        """End the processes and remove the folder; say whether there was anything."""
        if not (self.folder / MARK).exists():
            return False
        with self._locked():
            server.stop(self.folder, self._state()[0])
            shutil.rmtree(self.folder)
        return True

    @property
    def url(self) -> str:
        """The address of the running wiki; raises SandboxError when it does not run."""
        group, url = self._state()
        if url is None:
            raise SandboxError(f"There is no test wiki in {self.folder}: `scripts/sandbox up` makes one.")
        if not server.alive(self.folder, group):
            raise SandboxError(f"The test wiki in {self.folder} has stopped: `scripts/sandbox up` starts it again.")
        return url

    @property
    def world(self) -> World:
        """What tests use to change the wiki."""
        return World(self.folder, self.url)

    @property
    def group(self) -> int | None:
        """The process group of the server, None before the first start."""
        return self._state()[0]

    def keep(self, name: str = "kept") -> None:
        """Make the present state the one that ``reset`` goes back to; ``name`` keeps one beside it."""
        kept = self.folder / name
        kept.mkdir(exist_ok=True)
        for database in KEPT_DATABASES:
            _copy_database(self.folder / "data" / database, kept / database)
        for file in KEPT_FILES:
            shutil.copyfile(self.folder / file, kept / file)

    def reset(self, name: str = "kept") -> None:
        """Go back to what was kept, with the server running; logins survive, ordered faults and noted requests go."""
        kept = self.folder / name
        if not kept.is_dir():
            raise SandboxError(f"There is no test wiki in {self.folder}: `scripts/sandbox up` makes one.")
        for database in KEPT_DATABASES:
            _copy_database(kept / database, self.folder / "data" / database)
        for file in KEPT_FILES:
            replacement = self.folder / f"{file}.new"
            shutil.copyfile(kept / file, replacement)
            replacement.replace(self.folder / file)
        for file in ("faults.json", "requests.log", "memory.json"):
            (self.folder / file).unlink(missing_ok=True)

    def requests(self) -> list[dict[str, Any]]:
        """Return every HTTP request since the last reset: method, path, query, post (no passwords, no tokens), agent."""
        path = self.folder / "requests.log"
        lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
        return [json.loads(line) for line in lines]

    def environment(self) -> dict[str, str]:
        """Return the variables that point Pywikibot and the bot at this wiki."""
        return {
            "PYWIKIBOT_DIR": str(self.folder / "pywikibot"),
            "EVENTSAFETY_SITE": "trial:trial",
            "EVENTSAFETY_CONFIG": str(self.folder / "eventsafety.toml"),
        }

    def _install(self) -> None:
        for path in self.folder.iterdir():
            if path.name not in (MARK, "lock"):
                shutil.rmtree(path) if path.is_dir() else path.unlink()
        (self.folder / "central.json").write_text(json.dumps(new_world(tuple(install.PASSWORDS))))
        (self.folder / "switches.json").write_text(json.dumps({"off": [], "on": [], "settings": {}}))
        self._note(None, "http://127.0.0.1:0", 0.0)
        install.install(self.folder)

    def _start(self, port: int, hours: float) -> str:
        url = f"http://127.0.0.1:{port}"
        pywikibot_folder.write(self.folder, url)
        self._note(None, url, hours)
        group = server.start(self.folder, port)
        self._note(group, url, hours)
        server.wait(self.folder, group, url)
        return url

    def _note(self, group: int | None, url: str, hours: float) -> None:
        note = {"group": group, "url": url, "until": time.time() + hours * 3600}
        (self.folder / "sandbox.json.new").write_text(json.dumps(note))
        (self.folder / "sandbox.json.new").replace(self.folder / "sandbox.json")

    def _state(self) -> tuple[int | None, str | None]:
        try:
            state = json.loads((self.folder / "sandbox.json").read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return None, None
        return state["group"], state["url"]

    @contextmanager
    def _locked(self) -> Iterator[None]:
        """Hold the folder for this process alone; only an empty or a sandbox's own folder will do."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            if not (self.folder / MARK).exists() and any(self.folder.iterdir()):
                raise SandboxError(f"{self.folder} is not empty and not a test wiki: name another folder with --dir.")
            (self.folder / MARK).touch()
            file = (self.folder / "lock").open("w")
        except OSError as error:
            raise SandboxError(f"The folder {self.folder} cannot be used: {error.strerror}.") from error
        with file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield


def _choose(wanted: int | None, former_url: str | None) -> int:
    """Return the port that is wanted, or else the one from before, or else a free one."""
    if wanted is not None and not server.is_free(wanted):
        raise SandboxError(f"Port {wanted} is in use: name another with --port, or none to get a free one.")
    former = int(former_url.rpartition(":")[2]) if former_url else 0
    return wanted or (former if former and server.is_free(former) else server.free_port())


def _copy_database(source: Path, target: Path) -> None:
    """Copy by SQLite's own backup, which is safe while the server has the file open."""
    with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(target, timeout=30)) as new:
        old.backup(new)
