"""Exemptions: "not this person" for one account and one list entry, on the facts of that day; knows no storage.

Laws: an exemption dies when the facts change or its time is over, and it never hides a match with another entry.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from bot.config import Exemption
from bot.match.likeness import Match
from bot.model import BanEntry


@dataclass(frozen=True, slots=True)
class Exempted:
    """Matches after exemptions: what still counts, what was set aside and by which exemption, and which are void."""

    kept: tuple[Match, ...]
    set_aside: tuple[tuple[Match, Exemption], ...]
    void: tuple[tuple[Exemption, str], ...]


def facts_digest(central_id: int, name: str, entry: BanEntry) -> str:
    """Return the digest of what an exemption rests on: the account, its name, and all that the list says of the entry.

    The line is left out: a list that grows above an entry says nothing new of it.
    """
    facts = [
        *(central_id, name, entry.name, entry.source, entry.section, entry.authority, entry.since, entry.central_id),
        *(entry.now_named, entry.until, entry.in_person_only),
    ]
    return "facts1:" + hashlib.sha256(json.dumps(facts, ensure_ascii=True).encode()).hexdigest()


def apply(
    matches: Iterable[Match], exemptions: Sequence[Exemption], central_id: int | None, *, today: date
) -> Exempted:
    """Return ``matches`` of one account parted by the exemptions; without a central id none can be exempted."""
    kept: list[Match] = []
    aside: list[tuple[Match, Exemption]] = []
    void: list[tuple[Exemption, str]] = []
    for match in matches:
        mine = [e for e in exemptions if _is_for(e, match, central_id)]
        reasons = [(e, _why_void(e, match, today)) for e in mine]
        void += [(e, why) for e, why in reasons if why]
        living = [e for e, why in reasons if not why]
        if living:
            aside.append((match, living[-1]))
        else:
            kept.append(match)
    return Exempted(tuple(kept), tuple(aside), tuple(dict.fromkeys(void)))


def _is_for(exemption: Exemption, match: Match, central_id: int | None) -> bool:
    pair = (exemption.central_id, exemption.source, exemption.entry)
    return pair == (central_id, match.entry.source, match.entry.name)


def _why_void(exemption: Exemption, match: Match, today: date) -> str:
    if exemption.until is not None and exemption.until < today:
        return f"It ran out on {exemption.until.isoformat()}."
    if exemption.facts != facts_digest(exemption.central_id, match.name, match.entry):
        return "The facts have changed since it was made."
    return ""
