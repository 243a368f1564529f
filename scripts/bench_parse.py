"""How fast sign-up pages are read beside bare mwparserfromhell on the same page; ``scripts/bench parse``."""

from __future__ import annotations

import sys
import time
import tracemalloc
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import mwparserfromhell
from measure import Figure, finish, parser

from bot.parse import signups
from bot.parse.sites import META

AIM = 1.5
TURNS = 5
PAGES = Path(__file__).parent.parent / "tests" / "parse" / "pages"


def signed(lines: int) -> str:
    """Return a page of that many signed lines, as the ~~~~ button writes them."""
    people = (f"Person of the list {number}" for number in range(lines))
    rows = (
        f"# [[User:{name}|{name}]] ([[User talk:{name}|talk]]) 15:{n % 60:02}, 1 February 2026 (UTC)"
        for n, name in enumerate(people)
    )
    return "== Participants ==\n" + "\n".join(rows) + "\n"


def mixed(length: int) -> str:
    """Return at least ``length`` characters of the sample pages, one after the other."""
    pages = [path.read_text(encoding="utf-8") for path in sorted(PAGES.glob("*.wiki"))]
    text = "\n".join(page for page in pages if "participants start" not in page)  # which would hide all the others
    return text * (length // len(text) + 1)


def best(work: Callable[[], object], other: Callable[[], object]) -> tuple[float, float]:
    """Return the shortest time of each, in turns."""
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(TURNS):
        for do, kept in zip((work, other), times, strict=True):
            began = time.perf_counter()
            do()
            kept.append(time.perf_counter() - began)
    return min(times[0]), min(times[1])


def peak(work: Callable[[], object]) -> float:
    """Return the most memory that Python's objects took while it worked, in MB."""
    tracemalloc.start()
    work()
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return most / 1e6


def main(argv: Sequence[str] | None = None) -> int:
    """Print a row for each page."""
    asked = parser("parse", __doc__).parse_args(argv)
    figures: list[Figure] = []
    rows = [f"{'page':<28}{'kB':>6}{'people':>8}{'ours':>9}{'mwparser':>10}{'ratio':>7}{'peak MB':>9}"]
    pages = {"3,600 signed lines": signed(3600), "17,000 signed lines": signed(17_000), "all forms": mixed(400_000)}
    for name, text in pages.items():
        ours, bare = best(partial(signups.read, text, META), partial(mwparserfromhell.parse, text))
        people = len(signups.read(text, META).registrants)
        size = len(text.encode()) // 1000
        most = peak(partial(signups.read, text, META))
        rows.append(f"{name:<28}{size:>6}{people:>8}{ours:>8.2f}s{bare:>9.2f}s{ours / bare:>7.2f}{most:>9.1f}")
        figures.append(Figure(f"ratio of the times, {name}", ours / bare, most=AIM))
    if not asked.json:
        print("\n".join(rows))
    return finish("parse", figures, as_json=asked.json)


if __name__ == "__main__":
    sys.exit(main())
