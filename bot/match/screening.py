"""Two lists of names against each other, and what a new entry would newly hit; knows no wiki and no clock."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.config import MatchRules
from bot.match.likeness import Match
from bot.match.mixed import MixedWord, mixed_words
from bot.match.screen import Index
from bot.model import BanEntry, NameState, Tier
from bot.parse import sites, usernames


@dataclass(frozen=True, slots=True)
class Screened:
    """Every match of every name, in the order of the names, and the names that mix scripts whether listed or not."""

    matches: tuple[Match, ...]
    mixed: tuple[tuple[str, MixedWord], ...]


def screen(names: Iterable[str], entries: Sequence[BanEntry], rules: MatchRules) -> Screened:
    """Return what ``names`` share with ``entries``: IDENTICAL for the same canonical name, else the likenesses.

    Names are compared as they are written, so that what MediaWiki would clean away is still told.
    """
    index = Index.build(entries, rules)
    by_canonical: dict[str, list[BanEntry]] = {}
    for entry in entries:
        by_canonical.setdefault(canonical(entry.name), []).append(entry)
    matches: list[Match] = []
    mixed: list[tuple[str, MixedWord]] = []
    for name in names:
        same = by_canonical.get(canonical(name), [])
        matches += [Match(e, Tier.IDENTICAL, _same(name, e.name), (), "canonical", name) for e in same]
        matches += [m for m in index.look_alikes(name) if m.entry not in same]
        mixed += [(name, word) for word in mixed_words(name)]
    return Screened(tuple(matches), tuple(mixed))


def newly_hit(
    new: Sequence[BanEntry], names: Sequence[str], entries: Sequence[BanEntry], rules: MatchRules
) -> tuple[Match, ...]:
    """Return the matches that ``new`` entries would add for those ``names`` that no entry of ``entries`` meets now."""
    met = {match.name for match in screen(names, entries, rules).matches} if entries else set()
    return tuple(m for m in screen([n for n in names if n not in met], new, rules).matches)


def canonical(name: str) -> str:
    """Return the canonical user name, or the text itself where no account can have it."""
    found = usernames.canonical(name, sites.META)
    return found.name if found.state is not NameState.IMPOSSIBLE else name


def _same(name: str, entry: str) -> str:
    return f"“{name}” is the listed name" + ("." if name == entry else f" “{entry}” as MediaWiki writes it.")
