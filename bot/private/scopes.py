"""For which events an entry holds, from the words of a cell in many languages; it knows no list and no event.

Never too narrow: words that are not all understood hold for all events.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.private.column_words import folded, pattern, words
from bot.private.model import Scope

LONGEST_SCOPE = 300
_YEAR = re.compile(r"(?:19|20)\d\d")
_OPEN = re.compile(r"[?？*∞>≥→+]|[-–—]\s*$|\.{2,}|…")
_PAGE = re.compile(r"\s*(?:\[\[)?\s*:?event\s*:\s*\S", re.IGNORECASE)
_PROJECTS = frozenset(
    {
        "wikimedia",
        "wikipedia",
        "wikidata",
        "wikis",
        "wikimedians",
        "wikipedians",
        "wikimedian",
        "wikipedian",
        "wikisource",
        "wiktionary",
        "wikibooks",
        "wikivoyage",
        "wikinews",
        "wikiquote",
        "wikiversity",
        "wikispecies",
        "wikiproject",
    }
)
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


def whole(text: str) -> Scope | None:
    """Return for which events a sentence says that a list holds, None where it does not say; in doubt it is for all."""
    lists, said = words("list_words"), folded(text[: 10 * LONGEST_SCOPE])
    if not pattern(lists["in person"]).search(said):
        return None
    if any(pattern(lists[name]).search(said) for name in ("online", "also")):
        return Scope.ALL
    return Scope.IN_PERSON


def is_one_event(text: str) -> bool:
    """Whether ``text`` surely names one event: by a word for one, without any that may mean several.

    An address, a page of the namespace Event and the number of a registration name one too.
    """
    lists, said = words("list_words"), folded(text)
    if not said or len(text) > LONGEST_SCOPE:
        return False
    if said.isdecimal():
        return _YEAR.fullmatch(said) is None
    if "//" in text or _PAGE.match(text):
        return True
    if any(pattern(lists[name]).search(said) for name in ("all", "several events")) or _OPEN.search(text):
        return False
    rest = pattern(lists["event names"]).sub(" ", said)
    if any(_is_name(word) for word in said.split()):
        return True
    return rest != said and any(one.isalnum() for one in pattern(lists["filler"]).sub(" ", rest))


def are_several(text: str) -> bool:
    """Whether ``text`` may name more than one event."""
    return bool(re.search(r"[;,、，；&+\n/]", text)) or bool(
        pattern(words("list_words")["joining"]).search(folded(text))
    )


def _is_name(word: str) -> bool:
    """Whether a word is the name of an event by how it is made: WikiExample, WikidataCon; not the name of a project."""
    if word in _PROJECTS or not word.isascii():
        return False
    return (word.startswith("wiki") and len(word) > len("wiki")) or (
        word.endswith(("wiki", "con", "thon")) and len(word) > 6
    )
