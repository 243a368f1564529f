"""Two names side by side, character by character: what was taken for what; knows no tiers and no list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.match.characters import alike, readings
from bot.match.units import Unit


@dataclass(frozen=True, slots=True)
class Taken:
    """A character or sequence of the left name that stands where the right name has another."""

    left: str
    right: str


def spelt(text: str) -> str:
    """Return ASCII as it is and every other character with its code point: ``а (U+0430)``."""
    if text.isascii() and text.isprintable():
        return text
    points = "+".join(f"U+{ord(c):04X}" for c in text)
    return f"{text} ({points})" if text.isprintable() else points


def align(left: Sequence[Unit], right: Sequence[Unit]) -> tuple[Taken, ...] | None:
    """Return what stands for what if the whole of ``left`` may be taken for ``right``, else None.

    One character stands for one that it resembles, or for a sequence that it resembles (m for rn); a symbol may stand
    for a letter or for nothing.
    """
    open_ends: list[tuple[int, int, tuple[Taken, ...]]] = [(0, 0, ())]
    seen: set[tuple[int, int]] = set()
    while open_ends:
        i, j, taken = open_ends.pop()
        if i == len(left) and j == len(right):
            return taken
        if (i, j) in seen:
            continue
        seen.add((i, j))
        open_ends += [
            (i + m, j + n, taken + _told(left[i : i + m], right[j : j + n])) for m, n in _steps(left, right, i, j)
        ]
    return None


def _steps(left: Sequence[Unit], right: Sequence[Unit], i: int, j: int) -> list[tuple[int, int]]:
    """Return how many characters of each side can be passed together, the likeliest last."""
    a, b = left[i : i + 2], right[j : j + 2]
    steps: list[tuple[int, int]] = []
    if a and not a[0].fold:
        steps.append((1, 0))
    if b and not b[0].fold:
        steps.append((0, 1))
    if len(b) == 2 and a and _is_sequence(a[0], b):
        steps.append((1, 2))
    if len(a) == 2 and b and _is_sequence(b[0], a):
        steps.append((2, 1))
    if a and b and alike(a[0].text, b[0].text):
        steps.append((1, 1))
    return steps


def _is_sequence(one: Unit, two: Sequence[Unit]) -> bool:
    longer = [r for r in readings(one.text) if len(r) == 2]
    return any(r[0] in readings(two[0].text) and r[1] in readings(two[1].text) for r in longer)


def _told(left: Sequence[Unit], right: Sequence[Unit]) -> tuple[Taken, ...]:
    if "".join(u.fold for u in left) == "".join(u.fold for u in right):
        return ()
    return (Taken("".join(u.text for u in left), "".join(u.text for u in right)),)
