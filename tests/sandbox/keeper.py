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
    """Print the id of a process group of its own that serves ``FOLDER PORT``.

    It ends when PHP ends, or when sandbox.json in the folder is gone, names another server or a time that is past.
    """
    folder, port = Path(argv[0]), argv[1]
    if child := os.fork():
        print(child)
        return 0
    os.setsid()
    log = os.open(folder / "server.log", os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    os.dup2(log, 1)
    os.dup2(log, 2)
    variables = {**environment(folder), "PHP_CLI_SERVER_WORKERS": "4"}
    router, root = EXTENSION / "router.php", folder / "www"
    # Without APCu nothing is remembered over a reset but what settings.php allows.
    command = ["php", "-d", "apc.enabled=0", "-q", "-S", f"127.0.0.1:{port}", "-t", str(root), str(router)]
    with subprocess.Popen(command, env=variables, cwd=root) as php:
        while php.poll() is None and _wanted(folder):
            time.sleep(LOOK_EVERY)
        # Our own group holds PHP and its workers, and nothing else.
        os.killpg(os.getpgrp(), signal.SIGKILL)
    return 0


def _wanted(folder: Path) -> bool:
    try:
        note = json.loads((folder / "sandbox.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return note["group"] in (None, os.getpid()) and time.time() < note["until"]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
