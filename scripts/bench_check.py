"""Requests, time and memory of ``check`` beside the plain Pywikibot way, on the test wiki; ``scripts/bench check``."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from tests.sandbox.sandbox import Sandbox
from tests.sandbox.seed import THREE_SECTIONS, WMF_LIST, crowd, seed

AIM = 20
# What a Pywikibot user would write: the names from the registration, then one account after the other.
PLAIN = f"""
import sys, requests, pywikibot
event, rest = sys.argv[1], sys.argv[2]
site = pywikibot.Site()
site.login()
names, last = [], 0
while True:
    page = requests.get(f"{{rest}}/campaignevents/v0/event_registration/{{event}}/participants",
                        {{"include_private": "false", "last_participant_id": str(last)}} if last else
                        {{"include_private": "false"}}, timeout=60).json()
    names += [row["user_name"] for row in page if "user_name" in row]
    if len(page) < 20:
        break
    last = page[-1]["participant_id"]
lists = [pywikibot.Page(site, title).text for title in ({WMF_LIST!r}, {THREE_SECTIONS!r})]
flagged = 0
for name in names:
    user = pywikibot.User(site, name)
    listed = any(name in text for text in lists)
    flagged += bool(site.is_locked(name) or user.is_blocked() or listed or "banned user" in user.text)
print(len(names), flagged)
"""


@dataclass(frozen=True, slots=True)
class Run:
    """One run of a program: HTTP requests as the wiki counted them, seconds, and the most memory it took, in MB."""

    requests: int
    seconds: float
    memory: float


def run(sandbox: Sandbox, words: Sequence[str], environment: Mapping[str, str]) -> Run:
    """Run a program in a process of its own and measure it."""
    before, began = len(sandbox.requests()), time.perf_counter()
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(words, env={**os.environ, **environment}, stdout=subprocess.DEVNULL, stderr=said)
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        seconds = time.perf_counter() - began
        if process.returncode not in (0, 10, 11):
            said.seek(0)
            raise SystemExit(f"{words[0]} failed: {said.read().decode()}")
    return Run(len(sandbox.requests()) - before, seconds, used.ru_maxrss / 1000)


def main(argv: Sequence[str] | None = None) -> int:
    """Print a row for each size and way."""
    parser = argparse.ArgumentParser(prog="bench check", description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[500, 1000], help="registrants")
    sizes = parser.parse_args(argv).sizes
    with tempfile.TemporaryDirectory(prefix="eventsafety-bench-") as folder:
        sandbox = Sandbox(Path(folder) / "wiki")
        try:
            sandbox.up(hours=1)
            seed(sandbox.world)
            table(sandbox, sizes, Path(folder))
        finally:
            sandbox.down()
    return 0


def table(sandbox: Sandbox, sizes: Sequence[int], folder: Path) -> None:
    """Measure and print; throttles are zero for both ways, and both are logged in as the same bot."""
    (folder / "plain.py").write_text(PLAIN, encoding="utf-8")
    eventsafety = str(Path(sys.executable).parent / "eventsafety")
    bot = sandbox.environment()
    anonymous = {**bot, "PYWIKIBOT_DIR": bot["PYWIKIBOT_DIR"] + "-anonymous"}
    print(f"{'registrants':>11}  {'way':<28}{'requests':>9}{'seconds':>9}{'MB':>7}{'fewer requests':>16}{'faster':>8}")
    for size in sizes:
        event = str(crowd(sandbox.world, size))
        ours = [eventsafety, "check", f"#{event}", "--json"]
        plain = [sys.executable, str(folder / "plain.py"), event, f"{sandbox.url}/w/rest.php"]
        ways = {
            "check, as a bot": run(sandbox, ours, bot),
            "check, without an account": run(sandbox, ours, anonymous),
            "plain Pywikibot, as a bot": run(sandbox, plain, bot),
        }
        base = ways["plain Pywikibot, as a bot"]
        for name, one in ways.items():
            fewer, faster = base.requests / one.requests, base.seconds / one.seconds
            row = f"{size:>11}  {name:<28}{one.requests:>9}{one.seconds:>9.2f}{one.memory:>7.0f}"
            print(f"{row}{fewer:>15.1f}x{faster:>7.1f}x")
    print(f"aim: at least {AIM} times fewer requests")


if __name__ == "__main__":
    sys.exit(main())
