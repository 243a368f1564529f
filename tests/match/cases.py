"""The labelled pairs of cases.csv and how each method judges them; used by the tests and by scripts/bench_match.py."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from rapidfuzz.distance import DamerauLevenshtein, JaroWinkler

from bot.config import MatchRules
from bot.match.screening import canonical, screen
from bot.model import BanEntry, Tier

FILE = Path(__file__).with_name("cases.csv")
FROZEN = Path(__file__).with_name("cases.result.json")
TIERS = tuple(Tier)
SURE = TIERS[: TIERS.index(Tier.CONFUSABLE) + 1]
# The classes that must be caught at CONFUSABLE or above.
DRAWN = frozenset({"homoglyph", "variant form", "zero-width", "bidi", "width", "diacritic", "leet", "letter sequence"})
_ESCAPED = re.compile(r"\\u([0-9a-f]{4})")


@dataclass(frozen=True, slots=True)
class Case:
    """A registrant's name, a listed name, and whether the first stands for the second, and how."""

    left: str
    right: str
    kind: str
    group: str
    script: str
    expected: Tier | None

    @property
    def is_evasion(self) -> bool:
        return self.kind == "evasion"


@cache
def cases() -> tuple[Case, ...]:
    """Return the pairs; what cannot be seen is written ``\\u200b`` in the file."""
    with FILE.open(encoding="utf-8", newline="") as file:
        return tuple(_case(row) for row in csv.DictReader(file))


def _case(row: dict[str, str]) -> Case:
    left, right = (_ESCAPED.sub(lambda m: chr(int(m[1], 16)), row[side]) for side in ("left", "right"))
    expected = None if row["expected"] == "none" else Tier(row["expected"])
    return Case(left, right, row["kind"], row["class"], row["script"], expected)


def tier(left: str, right: str) -> Tier | None:
    """Return the surest tier that the project gives to a name and a listed name."""
    entry = BanEntry(name=right, line=1, section="", authority="test")
    found = [m.tier for m in screen([left], [entry], MatchRules()).matches]
    return min(found, key=TIERS.index, default=None)


def used_instead() -> dict[str, Callable[[str, str], bool]]:
    """Return what people use instead: each says whether it takes one name for the other."""
    return {
        "exact": lambda a, b: canonical(a) == canonical(b),
        "casefold": lambda a, b: canonical(a).casefold() == canonical(b).casefold(),
        "Jaro-Winkler >= 0.93": lambda a, b: JaroWinkler.similarity(a, b) >= 0.93,
        "edit distance <= 1": lambda a, b: DamerauLevenshtein.distance(a, b) <= 1,
    }


def share(hits: Iterable[bool]) -> float:
    """Return the share of True, 1.0 of nothing."""
    every = list(hits)
    return sum(every) / len(every) if every else 1.0
