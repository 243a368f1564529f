"""The controller of a proxy: starts its process, orders what shall happen, ends it; starts no thread, so may be forked."""

from __future__ import annotations

import dataclasses
import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from tests.proxy.rules import Deed, Phase, Rule, Seen
from tests.sandbox import pywikibot_folder
from tests.sandbox.sandbox import Sandbox
from tests.sandbox.server import ROOT

ERROR_PAGE = (
    "<!DOCTYPE html>\n<html><head><title>Error</title></head><body><h1>Our servers are busy</h1></body></html>\n"
)
HTML = {"Content-Type": "text/html; charset=utf-8"}
HELD_SECONDS = 30.0


class Proxy:
    """A proxy before the wiki at ``url``; use it in a ``with`` statement, at whose end it is gone.

    Every order names its requests by ``match``, a string in "METHOD /path?query {post data}", and takes ``skip`` and
    ``times`` (Rule). Rules are tried in the order in which they were given.
    """

    def __init__(self, url: str) -> None:
        port = url.rstrip("/").rpartition(":")[2]
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.proxy.server", port],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._process.stdin
        assert self._process.stdout
        self._to, self._from = self._process.stdin, self._process.stdout
        self.url = f"http://127.0.0.1:{int(self._from.readline())}"

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the process, with whatever it still serves."""
        self._to.close()
        self._process.kill()
        self._process.wait()
        self._from.close()

    @property
    def pid(self) -> int:
        """The proxy's own process."""
        return self._process.pid

    def environment(self, wiki: Sandbox, folder: Path) -> dict[str, str]:
        """Return ``wiki.environment()`` for a Pywikibot that asks the proxy instead; its folder is made in ``folder``."""
        pywikibot_folder.write(folder, self.url)
        return {**wiki.environment(), "PYWIKIBOT_DIR": str(folder / "pywikibot")}

    # --- orders

    def drop_before(self, match: str, **when: int) -> None:
        """Close the connection; the wiki never sees the request."""
        self._order(match, Deed.DROP, Phase.BEFORE, **when)

    def drop_after(self, match: str, **when: int) -> None:
        """Let the wiki act and lose its answer."""
        self._order(match, Deed.DROP, Phase.DURING, **when)

    def delay(self, match: str, seconds: float, phase: Phase = Phase.BEFORE, **when: int) -> None:
        """Be late with the request (BEFORE) or with the answer (DURING)."""
        self._order(match, Deed.WAIT, phase, seconds=seconds, **when)

    def truncate(self, match: str, size: int, **when: int) -> None:
        """Break off after ``size`` bytes of an answer whose Content-Length promised more."""
        self._order(match, Deed.TRUNCATE, Phase.DURING, size=size, **when)

    def duplicate(self, match: str, *, keep_first: bool = False, **when: int) -> None:
        """Send the request twice and answer what the wiki said the second time, or the first."""
        self._order(match, Deed.DUPLICATE, Phase.DURING, keep_first=keep_first, **when)

    def html(self, match: str, phase: Phase = Phase.DURING, **when: int) -> None:
        """Answer a web page with status 200; the wiki has acted unless BEFORE."""
        self._order(match, Deed.REPLACE, phase, status=200, headers=HTML, body=ERROR_PAGE, **when)

    def answer(self, match: str, data: object, phase: Phase = Phase.BEFORE, **when: int) -> None:
        """Answer with this JSON in place of the wiki, which has acted all the same if DURING."""
        headers = {"Content-Type": "application/json; charset=utf-8"}
        self._order(match, Deed.REPLACE, phase, status=200, headers=headers, body=json.dumps(data), **when)

    def status(
        self,
        match: str,
        status: int,
        phase: Phase = Phase.BEFORE,
        headers: Mapping[str, str] | None = None,
        **when: int,
    ) -> None:
        """Answer as a gateway in trouble does; the wiki never sees the request (BEFORE) or has acted (DURING)."""
        headers = {**HTML, **(headers or {})}
        self._order(match, Deed.REPLACE, phase, status=status, headers=headers, body=ERROR_PAGE, **when)

    def kill(self, match: str, pid: int, phase: Phase, seconds: float = 0.0, **when: int) -> None:
        """SIGKILL a process; AFTER is ``seconds`` after the answer was handed over."""
        self._order(match, Deed.KILL, phase, pid=pid, seconds=seconds, **when)

    def kill_at(self, number: int, pid: int, phase: Phase, seconds: float = 0.0) -> None:
        """SIGKILL a process at the request of this number, counted from 1 from now on."""
        self.kill("", pid, phase, seconds, skip=number - 1)

    def stray(self, match: str, seconds: float, pid: int = 0, **when: int) -> None:
        """Hang up at once (SIGKILL ``pid``, if given); the request reaches the wiki ``seconds`` later all the same."""
        self._order(match, Deed.STRAY, Phase.BEFORE, seconds=seconds, pid=pid, **when)

    def pause(self, match: str, **when: int) -> None:
        """Hold the request before the wiki sees it, until ``go``; then it meets the next rule that matches."""
        self._order(match, Deed.PAUSE, Phase.BEFORE, **when)

    def held(self, seconds: float = HELD_SECONDS) -> Seen:
        """Wait for a request that is held and return it; raises TimeoutError when none comes."""
        found = self._call("held", seconds)
        if found is None:
            raise TimeoutError(f"No request was held within {seconds} seconds.")
        return Seen(**found)

    def go(self) -> None:
        """Let the held request go on."""
        self._call("go")

    def idle(self, seconds: float = HELD_SECONDS) -> None:
        """Wait until no request is under way, strays included; raises TimeoutError when one stays."""
        if not self._call("idle", seconds):
            raise TimeoutError(f"A request was still under way after {seconds} seconds.")

    def clear(self) -> None:
        """Forget all orders and notes, drop what is held, and wait for what is under way."""
        self._call("clear")
        self.idle()

    def requests(self, match: str = "") -> list[Seen]:
        """Return the requests since the last clearing, in the order in which they came."""
        return [note for note in (Seen(**fields) for fields in self._call("requests")) if match in note.text]

    def _order(self, match: str, deed: Deed, phase: Phase, **fields: Any) -> None:
        self._call("rule", dataclasses.asdict(Rule(match, deed, phase, **fields)))

    def _call(self, name: str, argument: object = None) -> Any:
        self._to.write(json.dumps([name, argument]) + "\n")
        self._to.flush()
        line = self._from.readline()
        if not line:
            raise ConnectionError("The proxy has ended.")
        return json.loads(line)
