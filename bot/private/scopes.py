"""For which events an entry holds, from the words of a cell in many languages; it knows no list and no event.

Never too narrow: words that are not all understood hold for all events.
"""

from __future__ import annotations

from dataclasses import dataclass

from bot.private.column_words import folded, pattern, words
from bot.private.model import Scope

LONGEST_SCOPE = 300
_EVERYTHING = frozenset({"*", "∞"})


@dataclass(frozen=True, slots=True)
class Said:
    """What a cell says: ``scope`` None for nothing; ``is_sure`` is False where it is wider than the cell may mean."""

    scope: Scope | None
    is_sure: bool = True


def scope(text: str) -> Said:
    """Return for which events a cell below "scope" says that an entry holds."""
    if text.strip() in _EVERYTHING:
        return Said(Scope.ALL)
    if len(text) > LONGEST_SCOPE:
        return Said(Scope.ALL, is_sure=False)
    said = folded(text)
    if not said or said in words("list_words")["nobody"]:
        return Said(None)
    return Said(Scope.EVENT) if said in words("list_words")["one"] else _wide(said)


def _wide(said: str) -> Said:
    """Return what folded words say that name no event; only words that are all known can say "in person only"."""
    lists = words("list_words")
    found, rest = set(), said
    for name in ("online", "in person", "all"):
        less = pattern(lists[name]).sub(" ", rest)
        if less != rest:
            found.add(name)
        rest = less
    if pattern(lists["filler"]).sub(" ", rest).strip() or not found:
        return Said(Scope.ALL, is_sure=False)
    if "in person" in found and "online" not in found:
        return Said(Scope.IN_PERSON)
    return Said(Scope.ALL, is_sure=found != {"online"})


def in_person_only(text: str) -> bool:
    """Whether a sentence on the whole list speaks of events in person and of no others."""
    lists, said = words("list_words"), folded(text[: 10 * LONGEST_SCOPE])
    return bool(pattern(lists["in person"]).search(said)) and not pattern(lists["online"]).search(said)
