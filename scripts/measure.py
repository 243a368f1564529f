"""What all benches share: a program measured in a process of its own, figures with their aims; knows no bench."""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from tests.sandbox.sandbox import Sandbox

SCHEMA = "eventsafety/bench@1"


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
            raise SystemExit(f"{words[0]} failed ({process.returncode}): {said.read().decode()}")
    return Run(len(sandbox.requests()) - before, seconds, used.ru_maxrss / 1000)


@dataclass(frozen=True, slots=True)
class Figure:
    """One number of a bench; it is to be at most ``most`` or at least ``least``, where there is an aim."""

    name: str
    value: float
    most: float | None = None
    least: float | None = None

    @property
    def met(self) -> bool | None:
        """Tell whether the aim is met; None: there is none."""
        if self.most is None and self.least is None:
            return None
        return (self.most is None or self.value <= self.most) and (self.least is None or self.value >= self.least)

    def __str__(self) -> str:
        """Say the aim and whether it is met."""
        aim = f"at most {self.most:g}" if self.most is not None else f"at least {self.least:g}"
        return f"aim: {self.name} {aim}; it is {self.value:.2f}: {'met' if self.met else 'MISSED'}"


def parser(bench: str, description: str | None) -> argparse.ArgumentParser:
    """Return a parser with what every bench takes."""
    made = argparse.ArgumentParser(prog=f"bench {bench}", description=description)
    made.add_argument("--json", action="store_true", help=f"print {SCHEMA} on one line instead of the tables")
    return made


def finish(bench: str, figures: Sequence[Figure], *, as_json: bool) -> int:
    """Print the figures as JSON, or what became of the aims; return 1 if one is missed."""
    if as_json:
        print(json.dumps({"schema": SCHEMA, "bench": bench, "rows": [{**asdict(f), "met": f.met} for f in figures]}))
    else:
        print("\n".join(str(figure) for figure in figures if figure.met is not None))
    return 1 if any(figure.met is False for figure in figures) else 0
