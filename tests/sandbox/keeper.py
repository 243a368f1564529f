"""The process that runs PHP's web server for one sandbox and ends it when nobody needs it any more."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from tests.sandbox.install import EXTENSION, environment

LOOK_EVERY = 0.5


def main(argv: list[str]) -> int:
    """Print the id of a process group of its own that serves ``FOLDER PORT HOURS``.

    It ends when PHP ends, the folder is gone or another server's, or the hours are over.
    """
    folder, port, hours = Path(argv[0]), argv[1], float(argv[2])
    if child := os.fork():
        print(child)
        return 0
    os.setsid()
    log = os.open(folder / "server.log", os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    os.dup2(log, 1)
    os.dup2(log, 2)
    variables = {**environment(folder), "PHP_CLI_SERVER_WORKERS": "4"}
    # Without APCu nothing is remembered over a reset but what settings.php allows.
    command = [
        "php",
        "-d",
        "apc.enabled=0",
        "-q",
        "-S",
        f"127.0.0.1:{port}",
        "-t",
        str(folder / "www"),
        str(EXTENSION / "router.php"),
    ]
    server = subprocess.Popen(command, env=variables, cwd=folder / "www")
    end = time.monotonic() + hours * 3600
    while server.poll() is None and time.monotonic() < end and _ours(folder):
        time.sleep(LOOK_EVERY)
    # Our own group holds PHP and its workers, and nothing else.
    os.killpg(os.getpgrp(), signal.SIGKILL)
    return 0


def _ours(folder: Path) -> bool:
    try:
        owner = json.loads((folder / "sandbox.json").read_text(encoding="utf-8")).get("group")
    except (OSError, ValueError):
        return False
    return owner in (None, os.getpid())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
