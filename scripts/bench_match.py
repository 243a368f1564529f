"""How good and how fast the look-alike matching is, beside what people use instead; ``scripts/bench match``."""

from __future__ import annotations

import contextlib
import json
import random
import resource
import sys
import time
from collections import Counter
from collections.abc import Sequence

from measure import Figure, finish, parser
from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from bot.config import MatchRules
from bot.match.keys import keys
from bot.match.ordinary import corpus
from bot.match.screening import screen
from bot.model import BanEntry, Tier
from tests.match import cases

SAMPLE = 2_000  # names on each side for cdist, whose time grows with the square


def main(argv: Sequence[str] | None = None) -> int:
    """Print the benchmark; return 1 if a pair is judged otherwise than in the frozen result."""
    words = parser("match", __doc__)
    words.add_argument("--freeze", action="store_true", help="write what is judged now as the frozen result")
    words.add_argument("--size", type=int, default=100_000, help="names on each side of the speed test (0: none)")
    asked = words.parse_args(argv)
    judged = {case: cases.tier(case.left, case.right) for case in cases.cases()}
    with contextlib.redirect_stdout(None if asked.json else sys.stdout):
        by_class(judged)
        by_tier(judged)
        beside(judged)
        changed = frozen(judged, freeze=asked.freeze)
        if asked.size:
            speed(asked.size)
    figures = [
        Figure("evasions caught", cases.share(t is not None for c, t in judged.items() if c.is_evasion)),
        Figure("benign pairs hit", cases.share(t is not None for c, t in judged.items() if not c.is_evasion)),
        Figure("pairs judged otherwise than in the frozen result", len(changed), most=0),
    ]
    return finish("match", figures, as_json=asked.json)


def by_class(judged: dict[cases.Case, Tier | None]) -> None:
    """Print for each class: caught at or above its tier, caught lower, missed; of benign ones the false hits."""
    print(f"{'class':<22}{'pairs':>6}{'caught':>8}{'lower':>7}{'missed':>8}{'false':>7}")
    for kind, group in dict.fromkeys((c.kind, c.group) for c in judged):
        rows = [(c, t) for c, t in judged.items() if (c.kind, c.group) == (kind, group)]
        hit = [(c, t) for c, t in rows if t is not None]
        if kind == "benign":
            print(f"{group + ' (benign)':<30}{len(rows):>4}{'':>17}{len(hit):>13}")
            continue
        sure = sum(c.expected is not None and cases.TIERS.index(t) <= cases.TIERS.index(c.expected) for c, t in hit)
        print(f"{group:<22}{len(rows):>6}{sure:>8}{len(hit) - sure:>7}{len(rows) - len(hit):>8}")


def by_tier(judged: dict[cases.Case, Tier | None]) -> None:
    """Print for each tier: the share of its hits that are evasions, and of all evasions those caught so far down."""
    evasions = sum(case.is_evasion for case in judged)
    caught = 0
    print(f"\n{'tier':<12}{'hits':>6}{'precision':>11}{'recall, this tier and above':>30}")
    for tier in cases.TIERS:
        hits = [case.is_evasion for case, t in judged.items() if t is tier]
        caught += sum(hits)
        print(f"{tier:<12}{len(hits):>6}{cases.share(hits):>11.3f}{caught / evasions:>30.3f}")
    drawn = [judged[c] in cases.SURE for c in judged if c.is_evasion and c.group in cases.DRAWN]
    false = sum(t in cases.SURE for c, t in judged.items() if not c.is_evasion)
    print(f"drawn alike, caught at CONFUSABLE or above: {cases.share(drawn):.3f}; benign pairs there: {false}")


def beside(judged: dict[cases.Case, Tier | None]) -> None:
    """Print evasions caught and benign pairs hit, ours and by what people use instead."""
    ways = {
        "this project, any tier": lambda c: judged[c] is not None,
        "this project, sure": lambda c: judged[c] in cases.SURE,
    }
    ways |= {name: (lambda c, f=f: f(c.left, c.right)) for name, f in cases.used_instead().items()}
    print(f"\n{'method':<26}{'evasions caught':>16}{'benign hit':>12}")
    for name, hits in ways.items():
        caught = cases.share(hits(c) for c in judged if c.is_evasion)
        false = cases.share(hits(c) for c in judged if not c.is_evasion)
        print(f"{name:<26}{caught:>16.3f}{false:>12.3f}")


def frozen(judged: dict[cases.Case, Tier | None], *, freeze: bool) -> list[str]:
    """Write the frozen result, or print and return the pairs that are judged otherwise than it says."""
    now = {f"{c.left!a} | {c.right!a}": str(t) if t else "none" for c, t in judged.items()}
    if freeze:
        cases.FROZEN.write_text(json.dumps(now, indent=0) + "\n", encoding="utf-8")
    before = json.loads(cases.FROZEN.read_text(encoding="utf-8")) if cases.FROZEN.exists() else {}
    changed = [
        f"{pair}: {before.get(pair)} -> {now.get(pair)}"
        for pair in {**before, **now}
        if before.get(pair) != now.get(pair)
    ]
    print("\n" + ("\n".join(["changed since the frozen result:", *changed]) if changed else "as in the frozen result"))
    return changed


def speed(size: int) -> None:
    """Print keys per second, time and memory of size x size names, and cdist's time on a sample scaled up."""
    names, listed = made_up(size, 1), made_up(size, 2)
    start = time.perf_counter()
    for name in names[:SAMPLE]:
        keys(name)
    print(f"\nkeys: {SAMPLE / (time.perf_counter() - start):,.0f} names a second")
    entries = [BanEntry(name=name, line=n, section="", authority="") for n, name in enumerate(listed, 1)]
    start = time.perf_counter()
    found = Counter(m.tier for m in screen(names, entries, MatchRules()).matches)
    took = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{size:,} x {size:,}: {took:.1f} s, peak {peak:,.0f} MB; " + ", ".join(f"{n} {t}" for t, n in found.items()))
    start = time.perf_counter()
    process.cdist(names[:SAMPLE], listed[:SAMPLE], scorer=DamerauLevenshtein.distance, score_cutoff=1)
    scaled = (time.perf_counter() - start) * (size / SAMPLE) ** 2
    print(f"rapidfuzz cdist on {SAMPLE:,} x {SAMPLE:,}, scaled up: {scaled:,.0f} s for edit distance alone")


def made_up(size: int, seed: int) -> list[str]:
    """Return different names in all scripts of the ordinary ones, most of them Latin."""
    chance = random.Random(seed)
    every = corpus()
    latin = [name for name in every if name.isascii()]
    names: dict[str, None] = {}
    while len(names) < size:
        first, second = chance.choice(latin if chance.random() < 0.8 else every), chance.choice(latin)
        names[f"{first} {second[:7]}{chance.choice(('', chance.randint(1, 9999)))}"] = None
    return list(names)


if __name__ == "__main__":
    sys.exit(main())
