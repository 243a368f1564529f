"""Starts, finds and ends the server of a sandbox; must not know what the wiki holds."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

from tests.sandbox.errors import SandboxError

ROOT = Path(__file__).parents[2]
START_SECONDS = 60.0
PAUSE = 0.03


def free_port() -> int:
    """Return a port of 127.0.0.1 that nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def is_free(port: int) -> bool:
    """Say whether ``port`` of 127.0.0.1 can be listened on."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True


def start(folder: Path, port: int) -> int:
    """Start the server of ``folder`` in a process group of its own and return the group's id."""
    command = [sys.executable, "-m", "tests.sandbox.keeper", str(folder), str(port)]
    started = subprocess.run(command, cwd=ROOT, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
    if started.returncode:
        raise SandboxError(f"The server of {folder} could not be started: {started.stderr.strip()[-300:]}")
    return int(started.stdout)


def wait(folder: Path, group: int, url: str) -> None:
    """Return once the wiki at ``url`` answers; raises SandboxError when its process ends or it takes too long."""
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        if answers(url):
            return
        if not alive(folder, group):
            break
        time.sleep(PAUSE)
    stop(folder, group)
    raise SandboxError(f"The test wiki in {folder} did not come up: {_last_words(folder)}")


def answers(url: str) -> bool:
    """Say whether the wiki at ``url`` answers a question about itself."""
    try:
        with urllib.request.urlopen(f"{url}/w/api.php?action=query&meta=siteinfo&format=json", timeout=30) as answer:
            return bool(answer.read(9) == b'{"batchco')
    except (OSError, urllib.error.URLError):
        return False


def alive(folder: Path, group: int | None) -> bool:
    """Say whether process ``group`` is the server of ``folder`` and not a stranger that got the same number."""
    if not group:
        return False
    try:
        words = Path(f"/proc/{group}/cmdline").read_bytes().split(b"\0")
    except OSError:
        return False
    return b"tests.sandbox.keeper" in words and os.fsencode(folder) in words


def stop(folder: Path, group: int | None) -> bool:
    """End the server of ``folder`` with all its processes; say whether there was one."""
    if group is None or not alive(folder, group):
        return False
    os.killpg(group, signal.SIGKILL)
    while _group_lives(group):
        time.sleep(PAUSE)
    return True


def _group_lives(group: int) -> bool:
    for entry in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = entry.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[2]) == group and fields[0] != "Z":
            return True
    return False


def _last_words(folder: Path) -> str:
    text = (folder / "server.log").read_text(encoding="utf-8", errors="replace").strip()
    return text.splitlines()[-1] if text else "its log is empty."
