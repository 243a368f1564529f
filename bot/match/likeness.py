"""A likeness as a value and as a sentence for a person; knows how it is told, not how it is found."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, replace
from datetime import date

from bot.match.align import Taken, spelt
from bot.match.characters import fold, is_invisible, plain
from bot.match.keys import VERSIONS
from bot.model import BanEntry, Tier

_LIKENESSES = (Tier.FOLD, Tier.CONFUSABLE, Tier.TRANSLIT, Tier.NEAR, Tier.CONTAINS)


@dataclass(frozen=True, slots=True)
class Match:
    """One listed entry that a name may stand for: a hint to a person, never a fact.

    ``parts`` says what was taken for what, ``key`` by which key they met, ``lowered`` why the tier is lower than the
    names alone would make it.
    """

    entry: BanEntry
    tier: Tier
    text: str
    parts: tuple[Taken, ...] = ()
    key: str = ""
    name: str = ""
    lowered: tuple[str, ...] = ()


def lower(match: Match, *, today: date | None, is_in_person: bool | None) -> Match:
    """Return ``match`` one tier lower for each circumstance that speaks against it, and saying so in its text.

    An entry that ran out (``until``, a date) or that is for events in person while this one is not.
    """
    against: list[str] = []
    entry = match.entry
    if today is not None and entry.until and entry.until < today.isoformat():
        against.append(f"the entry ran out on {entry.until}")
    if entry.in_person_only and is_in_person is False:
        against.append("the entry is for events in person and this one is online")
    if not against:
        return match
    at = min(_LIKENESSES.index(match.tier) + len(against), len(_LIKENESSES) - 1)
    text = f"{match.text} Lowered from {match.tier}: {' and '.join(against)}."
    return replace(match, tier=_LIKENESSES[at], text=text, lowered=tuple(against))


def folded(left: str, right: str) -> tuple[Taken, ...]:
    """Return what the fold takes away: characters unlike their plain form, and the invisible."""
    mine = [c for c in left if _is_dressed(c)]
    theirs = [c for c in right if _is_dressed(c)]
    taken = [Taken(c, fold(c)) for c in dict.fromkeys(mine) if c not in theirs]
    return tuple(taken + [Taken(fold(c), c) for c in dict.fromkeys(theirs) if c not in mine])


def _is_dressed(c: str) -> bool:
    return not c.isascii() and (
        is_invisible(c) or plain(c) != c or not fold(c) or unicodedata.category(c)[0] not in "LM"
    )


def told(left: str, right: str, tier: Tier, key: str, parts: tuple[Taken, ...]) -> str:
    """Return the sentence for a person: both names, and in what they differ."""
    kind, _, value = key.partition(":")
    version = f" ({kind} key v{VERSIONS[kind]})" if kind in VERSIONS else ""
    return f"“{left}” {_how(tier, kind)} the listed “{right}”{_what(kind, value, parts)}{version}."


def _how(tier: Tier, kind: str) -> str:
    if kind == "tail":
        return "has another number at its end than"
    if kind == "contained":
        return "is a part of"
    return {
        Tier.FOLD: "is the same, once accents, case, spacing, punctuation and invisible characters are set aside, as",
        Tier.CONFUSABLE: "looks like",
        Tier.TRANSLIT: "may be another spelling of",
        Tier.NEAR: "is nearly",
        Tier.CONTAINS: "contains",
    }[tier]


def _what(kind: str, value: str, parts: tuple[Taken, ...]) -> str:
    if kind == "translit":
        return f": both can be written “{value.partition(':')[2] or value}”"
    if kind == "tail":
        return f": {parts[0].left or 'none'} for {parts[0].right or 'none'}"
    listed = ", ".join(_part(p) for p in parts[:8])
    return f": {listed}" + (" and more" if len(parts) > 8 else "") if listed else ""


def _part(part: Taken) -> str:
    return f"{spelt(part.left) or 'nothing'} for {spelt(part.right) or 'nothing'}"
