"""What a try at a sealed list costs who checks an event, and who would try everybody; ``scripts/bench sealed``."""

from __future__ import annotations

import contextlib
import os
import sys
import time
from collections.abc import Sequence

from measure import Figure, finish, parser

from bot.match.ordinary import corpus
from bot.match.screening import canonical
from bot.private.model import Entry, Field, Person
from bot.private.sealed_hash import COST, Try, Work, stretched
from bot.private.sealed_marks import asked, left
from tests.match import cases
from tests.private.sealing import tiers

YEAR = 365.25 * 24 * 3600
ONE_WIKI = 50_000_000  # accounts of the English Wikipedia, roughly
EVERYWHERE = 100_000_000  # global accounts, roughly
REGISTRANTS = 1_000
WORKERS = 2


def main(argv: Sequence[str] | None = None) -> int:
    """Print the benchmark; return 1 if an aim is missed."""
    words = parser("sealed", __doc__)
    words.add_argument("--tries", type=int, default=10, help="tries to measure")
    given = words.parse_args(argv)
    busy, pace = cost(given.tries)
    latin, every = tries_of([n for n in corpus() if n.isascii()]), tries_of(corpus())
    like, spelled, benign = found_sealed()
    figures = [
        Figure("processor seconds of one try", busy, least=0.05),
        Figure("years of one processor to try every account of the English Wikipedia", busy * ONE_WIKI / YEAR, least=1),
        Figure("years of one processor to try every global account", busy * EVERYWHERE / YEAR, least=2),
        Figure("tries for one registrant with an ASCII name", latin),
        Figure("tries for one registrant, half of them with other letters", every),
        Figure("minutes for 1,000 registrants with ASCII names", REGISTRANTS * latin * pace / 60, most=15),
        Figure(
            "minutes for 1,000 registrants, half of them with other letters", REGISTRANTS * every * pace / 60, most=30
        ),
        Figure("share of what an open list finds at CONFUSABLE or above that is found sealed", like, least=1),
        Figure("share of what an open list finds as TRANSLIT that is found sealed", spelled, least=0.7),
        Figure("benign pairs hit", benign, most=0),
    ]
    with contextlib.redirect_stdout(None if given.json else sys.stdout):
        print(f"scrypt n={COST.n:,} r={COST.r} p={COST.p}: {COST.memory // 2**20} MiB for each of {WORKERS} at once")
        for figure in figures:
            print(f"  {figure.value:>9.2f}  {figure.name}")
        print(f"  {rows_of(corpus()):>9.2f}  rows of one entry, with {sealing_tries(corpus()):.1f} tries to seal it")
    return finish("sealed", figures, as_json=given.json)


def cost(tries: int) -> tuple[float, float]:
    """Return processor seconds of a try alone, and seconds between two tries where two processors do nothing else.

    Both are counted in processor time, which other programs on the machine do not change much; that two tries at once
    are in each other's way is in it.
    """
    alone = _busy(max(1, tries // 2), 1)
    return alone, _busy(max(WORKERS, tries), WORKERS) / WORKERS


def _busy(tries: int, workers: int) -> float:
    began = time.process_time()
    stretched([Try("name", str(n)) for n in range(tries)], os.urandom(20), os.urandom(16), Work(workers=workers))
    return (time.process_time() - began) / tries


def tries_of(names: Sequence[str]) -> float:
    """Return how many tries a registrant of these user names needs, on average."""
    kinds = frozenset({Field.USER})
    return sum(len({q.one for q in asked(Person(name, ""), kinds)}) for name in names) / len(names)


def rows_of(names: Sequence[str]) -> float:
    """Return how many rows an entry of these user names has, on average."""
    return sum(len(set(left(Entry(1, user=name)))) for name in names) / len(names)


def sealing_tries(names: Sequence[str]) -> float:
    """Return how many tries it takes to seal an entry of these user names, on average."""
    return sum(len({one.one for one in left(Entry(1, user=name))}) for name in names) / len(names)


def found_sealed() -> tuple[float, float, int]:
    """Return what is found sealed of what is found open in the labelled pairs, and how many benign pairs are hit."""
    pairs = [(canonical(case.left), canonical(case.right), case.is_evasion) for case in cases.cases()]
    judged = [(cases.tier(left, right), tiers(left, right), is_evasion) for left, right, is_evasion in pairs]
    like = cases.share([now] == sealed for now, sealed, _ in judged if now in cases.SURE)
    spelled = cases.share([now] == sealed for now, sealed, _ in judged if now == "TRANSLIT")
    return like, spelled, sum(bool(sealed) for _, sealed, is_evasion in judged if not is_evasion)


if __name__ == "__main__":
    sys.exit(main())
