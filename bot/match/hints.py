"""What the form of a name alone suggests: likenesses to listed names and mixed scripts; never more than a REVIEW.

Exemptions are applied here, so that a verdict sees only what still counts, and what was set aside is told all the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.config import Exemption, MatchRules
from bot.match import exemptions
from bot.match.likeness import Match, lower
from bot.match.mixed import MixedWord, mixed_words
from bot.match.screen import Index
from bot.model import BanEntry


@dataclass(frozen=True, slots=True)
class Hinted:
    """Matches that still count, words that mix scripts, and a sentence for each exemption that applied or is void."""

    matches: tuple[Match, ...] = ()
    mixed: tuple[MixedWord, ...] = ()
    remarks: tuple[str, ...] = ()


class Hints:
    """The listed names, indexed once; ``today`` is UTC, ``is_in_person`` None where nobody knows."""

    def __init__(
        self,
        entries: Sequence[BanEntry],
        rules: MatchRules,
        exempted: Sequence[Exemption] = (),
        *,
        today: date,
        is_in_person: bool | None = None,
    ) -> None:
        self._index = Index.build(entries, rules)
        self._exempted = exempted
        self._today = today
        self._is_in_person = is_in_person

    def about(self, names: Sequence[str], central_id: int | None, known: frozenset[BanEntry]) -> Hinted:
        """Return what the ``names`` of one account suggest; entries ``known`` to be this account are left out."""
        found = {
            match.entry: match
            for name in reversed(names)
            for match in reversed(self._index.look_alikes(name))
            if match.entry not in known
        }
        lowered = (lower(m, today=self._today, is_in_person=self._is_in_person) for m in reversed(found.values()))
        parted = exemptions.apply(lowered, self._exempted, central_id, today=self._today)
        remarks = [
            f'"{match.name}" is not "{match.entry.name}", said {one.who} on {one.when.isoformat()}: {one.why}'
            for match, one in parted.set_aside
        ]
        remarks += [
            f'"{names[0]}" is not "{one.entry}", said {one.who}; this counts no more. {why}' for one, why in parted.void
        ]
        return Hinted(parted.kept, mixed_words(names[0]), tuple(remarks))
