"""Values for one parameter of an API request: how to join them, how to cut them; knows no wiki."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

_UNIT_SEPARATOR = "\x1f"


def joined(values: Iterable[str]) -> str:
    """Return values as one parameter; a pipe inside one of them asks for the other separator of MediaWiki."""
    values = tuple(values)
    if any("|" in value for value in values):
        return _UNIT_SEPARATOR + _UNIT_SEPARATOR.join(values)
    return "|".join(values)


def cut(values: Sequence[str], size: int) -> Iterator[Sequence[str]]:
    """Yield ``values`` in order, at most ``size`` at a time."""
    for start in range(0, len(values), size):
        yield values[start : start + size]
