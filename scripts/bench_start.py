"""How long ``eventsafety --help`` takes beside ``python -c "import click"``, in turns; ``scripts/bench start``."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from measure import Figure, finish, parser

AIM = 3.0
TURNS = 25


def main(argv: Sequence[str] | None = None) -> int:
    """Print the medians and their ratio."""
    asked = parser("start", __doc__).parse_args(argv)
    ours = [str(Path(sys.executable).parent / "eventsafety"), "--help"]
    theirs = [sys.executable, "-c", "import click"]
    times: dict[str, list[float]] = {"eventsafety --help": [], 'python -c "import click"': []}
    for _ in range(TURNS):
        for name, command in zip(times, (ours, theirs), strict=True):
            began = time.perf_counter()
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
            times[name].append(time.perf_counter() - began)
    medians = {name: statistics.median(values) for name, values in times.items()}
    for name, median in medians.items() if not asked.json else ():
        print(f"{name:<26}{median * 1000:8.1f} ms (median of {TURNS})")
    mine, other = medians.values()
    return finish("start", [Figure("ratio of the times", mine / other, most=AIM)], as_json=asked.json)


if __name__ == "__main__":
    sys.exit(main())
