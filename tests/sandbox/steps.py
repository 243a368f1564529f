"""How changes reach a test wiki: central.json for the shared databases, steps sent in one request for the wiki itself."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from tests.sandbox.defaults import Row
from tests.sandbox.errors import SandboxError

EPOCH = datetime(2026, 8, 1, 9, 0, tzinfo=UTC)


class Steps:
    """Changes one sandbox. Times count up from ``EPOCH`` by a minute a change, so the same calls make the same world."""

    def __init__(self, folder: Path, url: str) -> None:
        self._folder = folder
        self._url = url
        self._depth = 0
        self._steps: list[Row] = []
        self._data: Row = {}

    @contextmanager
    def batch(self) -> Iterator[None]:
        """Send the changes made inside in one request; ids of blocks, revisions and logs are then not returned."""
        if self._depth == 0:
            self._data = json.loads((self._folder / "central.json").read_text(encoding="utf-8"))
            self._steps = []
        self._depth += 1
        try:
            yield
        finally:
            self._depth -= 1
        if self._depth == 0:
            self._flush()

    def _made(self, step: Any, *args: Any, **arguments: Any) -> int:
        with self.batch():
            position = len(self._steps)
            step(*args, **{key: value for key, value in arguments.items() if value is not None})
        return int(self._results[position]) if self._depth == 0 else 0

    def _log_step(
        self, kind: str, action: str, title: str, params: Mapping[str, Any], reason: str, at: str | None = None
    ) -> None:
        when = {"at": digits(at)} if at else {}
        self._step("log", type=kind, action=action, title=title, params=params, reason=reason, by="Steward", **when)

    def _step(self, do: str, **arguments: Any) -> None:
        self._steps.append({"do": do, "at": self._time(), **arguments})

    def _flush(self) -> None:
        self._results: list[Any] = self._send(self._steps) if self._steps else []
        self._write("central.json", self._data)

    def _send(self, steps: list[Row]) -> list[Any]:
        body = json.dumps({"steps": steps}).encode()
        request = urllib.request.Request(f"{self._url}/w/rest.php/testcentral/v0/apply", body, method="POST")
        request.add_header("Content-Type", "application/json")
        try:
            with urllib.request.urlopen(request, timeout=120) as answer:
                return list(json.loads(answer.read())["results"])
        except urllib.error.HTTPError as error:
            raise SandboxError(
                f"The test wiki refused a change: {error.read().decode(errors='replace')[:1500]}"
            ) from error
        except (OSError, ValueError, KeyError) as error:
            raise SandboxError(f"The test wiki at {self._url} did not answer: {error}") from error

    def _write(self, name: str, data: object) -> None:
        replacement = self._folder / f"{name}.new"
        replacement.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
        replacement.replace(self._folder / name)

    def _account(self, name: str) -> Row:
        account: Row
        for account in self._data["accounts"]:
            if account["name"] == name and not account["deleted"]:
                return account
        raise SandboxError(f"The world has no central account {name!r}.")

    def _event(self, event: int) -> Row:
        found: Row = self._data["events"][str(event)]
        return found

    def _next(self, what: str, first: int) -> int:
        counters = self._data.setdefault("next", {})
        counters[what] = counters.get(what, first) + 1
        return int(counters[what]) - 1

    def _now(self) -> str:
        return (EPOCH + timedelta(minutes=self._next("minute", 0))).strftime("%Y-%m-%dT%H:%M:%SZ")

    def _time(self) -> str:
        return digits(self._now())


def digits(time: str) -> str:
    """Return an ISO time as MediaWiki's 14 digits."""
    return time.translate({ord(letter): None for letter in "-T:Z"})
