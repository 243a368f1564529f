"""Who agreed to the event's policies, in sentences for all renderings; must not know where they signed up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from bot.model import Agreed, Judged

MEANINGS = {
    Agreed.REGISTERED: "by registering",
    Agreed.AGREED: "where they signed up",
    Agreed.NOT_AGREED: "asked and not agreed",
    Agreed.UNKNOWN: "could not be told",
    Agreed.NOT_ASKED: "not asked",
}
_OWING = (Agreed.NOT_AGREED, Agreed.UNKNOWN)
_MOST_NAMES = 20


def fact(judged: Sequence[Judged]) -> Iterable[str]:
    """Yield how many agreed when they signed up, and how; nothing about nobody."""
    found = Counter(one.registrant.agreed for one in judged)
    if found:
        told = (f"{found[state]:,} {meaning}" for state, meaning in MEANINGS.items() if found[state])
        yield f"Agreement to the policies: {', '.join(told)}"


def owing(judged: Iterable[Judged]) -> Iterable[str]:
    """Yield who was asked to agree and is not known to have agreed."""
    names = [one.registrant.name or "a hidden name" for one in judged if one.registrant.agreed in _OWING]
    if names:
        more = f" and {len(names) - _MOST_NAMES:,} more" if len(names) > _MOST_NAMES else ""
        yield f"Asked to agree to the policies and not known to have agreed: {', '.join(names[:_MOST_NAMES])}{more}."
