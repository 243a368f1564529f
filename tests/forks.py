"""Runs the bot's command in forks of a process that has imported everything and opened no wiki: a run costs no start.

It must not know what is run. ``python -m tests.forks`` is that process; ``Forks`` is its controller and starts no thread.
"""

from __future__ import annotations

import dataclasses
import errno
import importlib
import json
import os
import pkgutil
import signal
import subprocess
import sys
import time
import traceback
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

ROOT = Path(__file__).parent.parent
SECONDS = 60.0
LOOK_EVERY = 0.002


@dataclass(frozen=True, slots=True)
class Cut:
    """SIGKILL to oneself at the ``number``-th call (from 1) of os.``call`` on the file ``path``.

    ``when``: "before" it, "half" (of the bytes were written), or "after"; "full" kills nobody: the disk is full from
    there on. Number 0 does nothing. How many calls there were stands in ``path``.calls.
    """

    path: str
    call: str = "write"
    number: int = 0
    when: str = "before"


@dataclass(frozen=True, slots=True)
class Done:
    """How a run ended: its exit code (negative: the signal that ended it) and what it printed."""

    code: int
    stdout: str
    stderr: str


@dataclass(frozen=True, slots=True)
class Running:
    """A run that waits for ``go``."""

    pid: int
    _forks: Forks
    _folder: Path

    def go(self) -> None:
        """Let it begin."""
        os.kill(self.pid, signal.SIGUSR1)

    def wait(self, seconds: float = SECONDS) -> Done:
        """Return how it ended (it never shows a traceback, never says "bug"); one that takes longer is killed."""
        code = self._forks.call("wait", self.pid, seconds)
        done = Done(code, *(_printed(self._folder, self.pid, name) for name in ("stdout", "stderr")))
        assert "Traceback" not in done.stdout + done.stderr, done.stderr
        assert "this is a bug" not in done.stderr, done.stderr
        return done


def _printed(folder: Path, pid: int, name: str) -> str:
    file = folder / f"{name}.{pid}"
    try:
        return file.read_text(encoding="utf-8")
    finally:
        file.unlink()


class Forks:
    """The controller; use it in a ``with`` statement. ``environment`` holds PYWIKIBOT_DIR, which is read on import."""

    def __init__(self, environment: Mapping[str, str], folder: Path) -> None:
        self._folder = folder
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.forks", str(folder)],
            cwd=ROOT,
            env={**os.environ, **environment, "PYTHONWARNINGS": ""},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._process.stdin
        assert self._process.stdout
        self._to, self._from = self._process.stdin, self._process.stdout
        assert self._from.readline(), "The process that forks could not begin; what it said stands above."

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the process and what it runs."""
        self._to.close()
        self._process.wait()
        self._from.close()

    def start(self, *words: str, cut: Cut | None = None, environment: Mapping[str, str] | None = None) -> Running:
        """Fork a run of ``eventsafety`` with ``words``, which waits for ``go``."""
        pid = self.call("start", words, dataclasses.asdict(cut) if cut else None, dict(environment or {}))
        return Running(pid, self, self._folder)

    def run(self, *words: str, cut: Cut | None = None, environment: Mapping[str, str] | None = None) -> Done:
        """Run ``eventsafety`` to its end."""
        running = self.start(*words, cut=cut, environment=environment)
        running.go()
        return running.wait()

    def call(self, name: str, *arguments: object) -> Any:
        """Ask the process."""
        self._to.write(json.dumps([name, *arguments]) + "\n")
        self._to.flush()
        line = self._from.readline()
        if not line:
            raise ConnectionError("The process that forks has ended.")
        return json.loads(line)


def main(argv: Sequence[str]) -> int:
    """Fork runs as standard input orders, until it ends; what they print goes into files in the folder ``argv[0]``."""
    folder, children = Path(argv[0]), set[int]()
    _import_everything()
    print(os.getpid(), flush=True)
    for line in sys.stdin:
        name, *arguments = json.loads(line)
        if name == "start":
            answer = _fork(folder, *arguments)
            children.add(answer)
        else:
            answer = _reap(*arguments)
            children.discard(arguments[0])
        print(json.dumps(answer), flush=True)
    for pid in children:
        _reap(pid, 0.0)
    return 0


def _import_everything() -> None:
    """Import every module of the bot, and Pywikibot as the bot does; no wiki is opened by it."""
    import bot
    from bot.read import environment

    environment.pywikibot("test@example.org")
    for module in pkgutil.walk_packages(bot.__path__, "bot."):
        importlib.import_module(module.name)
    for name in ("pywikibot.comms.http", "pywikibot.data.api", "pywikibot.login"):
        importlib.import_module(name)


def _fork(folder: Path, words: Sequence[str], cut: Mapping[str, Any] | None, variables: Mapping[str, str]) -> int:
    # Blocked before the fork, so that no "go" is lost.
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGUSR1})
    if child := os.fork():
        return child
    code = 70
    try:
        for number, name, flags in (
            (0, Path(os.devnull), os.O_RDONLY),
            (1, folder / f"stdout.{os.getpid()}", os.O_WRONLY | os.O_CREAT | os.O_TRUNC),
            (2, folder / f"stderr.{os.getpid()}", os.O_WRONLY | os.O_CREAT | os.O_TRUNC),
        ):
            os.dup2(os.open(name, flags, 0o600), number)
        os.environ.update(variables)
        if cut:
            _arm(Cut(**cut))
        signal.sigwait({signal.SIGUSR1})
        code = _run(words)
    finally:  # nothing of the parent's may run in the child, whatever happens
        if sys.exc_info()[0]:
            traceback.print_exc()
        with suppress(OSError, ValueError):
            sys.stdout.flush()
            sys.stderr.flush()
        os._exit(code)


def _run(words: Sequence[str]) -> int:
    from bot.cli import main as eventsafety

    sys.argv = ["eventsafety", *words]
    try:
        eventsafety()
    except SystemExit as error:
        return error.code if isinstance(error.code, int) else int(error.code is not None)
    return 0


def _arm(cut: Cut) -> None:
    """Put a call in place of os.``call`` that does what ``cut`` says."""
    real = getattr(os, cut.call)
    calls = [0]

    def call(file: int, *arguments: Any) -> Any:
        if str(Path(f"/proc/self/fd/{file}").readlink()) != cut.path:
            return real(file, *arguments)
        calls[0] += 1
        Path(f"{cut.path}.calls").write_text(str(calls[0]), encoding="utf-8")
        here = calls[0] == cut.number
        if cut.when == "full" and 0 < cut.number <= calls[0]:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        if here and cut.when == "half":
            real(file, arguments[0][: len(arguments[0]) // 2])
        if here and cut.when != "after":
            os.kill(os.getpid(), signal.SIGKILL)
        result = real(file, *arguments)
        if here:
            os.kill(os.getpid(), signal.SIGKILL)
        return result

    setattr(os, cut.call, call)


def _reap(pid: int, seconds: float) -> int:
    """Return the exit code of a child, killing one that takes longer."""
    end = time.monotonic() + seconds
    while True:
        found, status = os.waitpid(pid, os.WNOHANG)
        if found:
            return os.waitstatus_to_exitcode(status)
        if time.monotonic() > end:
            os.kill(pid, signal.SIGKILL)
            return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
        time.sleep(LOOK_EVERY)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
