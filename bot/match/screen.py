"""Which listed names a name may stand for: one index per list, looked up per name; knows no wiki, clock or verdicts.

Laws: no name is compared with every other; of one pair the surest tier counts and no pair is told twice; the entry of
the same name is IDENTICAL, which is identity and not a likeness, and is left to the caller.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from bot.config import MatchRules
from bot.match import near
from bot.match.align import Taken, align
from bot.match.contains import ContainsIndex, is_telling, other_number, texts_of
from bot.match.keys import Keys, keys
from bot.match.likeness import Match, folded, told
from bot.match.ordinary import all_ordinary
from bot.match.sounds import sounds, spellings
from bot.match.units import ways_shown
from bot.model import BanEntry, Tier

_Found = Iterator[tuple[int, Tier, str, tuple[Taken, ...]]]
_ONLY_LATIN = frozenset({"LATIN"})
_TIERS = tuple(Tier)
_ORDER = {tier: at for at, tier in enumerate(Tier)}


class Index:
    """The names of a list by every key; ``look_alikes`` then costs the same however long the list is."""

    def __init__(self, rules: MatchRules) -> None:
        self._rules = rules
        self._entries: dict[str, list[BanEntry]] = {}
        self._keys: list[Keys] = []
        self._by: dict[str, dict[str, list[int]]] = {
            kind: defaultdict(list) for kind in ("fold", "tr39", "look", "leet", "stem", "spelling", "sound")
        }
        self._latin_by_sound: dict[str, list[int]] | None = None
        self._near = near.NearIndex(rules)
        self._contained = ContainsIndex(rules.contains_shortest)
        self._by_words: dict[str, list[int]] = defaultdict(list)

    @classmethod
    def build(cls, entries: Sequence[BanEntry], rules: MatchRules) -> Index:
        """Return the index of ``entries``; entries of one name share its keys, and each of them is told."""
        index = cls(rules)
        for entry in entries:
            if entry.name in index._entries:
                index._entries[entry.name].append(entry)
            elif entry.name:
                index._entries[entry.name] = [entry]
                for shown in ways_shown(entry.name):
                    index._add(keys(entry.name, shown))
        return index

    def identical(self, name: str) -> tuple[BanEntry, ...]:
        """Return the entries of exactly this name."""
        return tuple(self._entries.get(name, ()))

    def look_alikes(self, name: str) -> tuple[Match, ...]:
        """Return a match for each entry that ``name`` may stand for under another name, the surest tier first."""
        best: dict[str, tuple[int, str, tuple[Taken, ...]]] = {}
        for shown in ways_shown(name):
            for number, tier, key, taken in self._all(keys(name, shown)):
                other = self._keys[number].name
                if other != name and (other not in best or _ORDER[tier] < best[other][0]):
                    best[other] = (_ORDER[tier], key, taken)
        return tuple(
            Match(entry, _TIERS[at], told(name, other, _TIERS[at], key, taken), taken, key, name)
            for other, (at, key, taken) in sorted(best.items(), key=lambda item: item[1][0])
            for entry in self._entries[other]
        )

    def _add(self, new: Keys) -> None:
        number = len(self._keys)
        self._keys.append(new)
        for kind, key in (("fold", new.fold), ("tr39", new.tr39), ("look", new.look), ("stem", new.stem)):
            self._by[kind][key].append(number)
        for look in new.looks:
            self._by["leet"][look].append(number)
        for spelling in spellings(new.name) or (new.fold,):
            self._by["spelling"][spelling].append(number)
        if new.scripts != _ONLY_LATIN:
            for sound in sounds(new.name):
                self._by["sound"][sound].append(number)
        self._near.add(number, new)
        self._contained.add(number, texts_of(new)[0] if len(new.scripts) <= 1 else texts_of(new)[-1])
        for part in _parts(new.words, self._rules.contains_shortest):
            self._by_words[part].append(number)

    def _all(self, mine: Keys) -> _Found:
        yield from self._folds(mine)
        yield from self._confusables(mine)
        yield from self._transliterations(mine)
        yield from self._nears(mine)
        yield from self._containing(mine)

    def _folds(self, mine: Keys) -> _Found:
        for number in self._by["fold"].get(mine.fold, ()):
            yield number, Tier.FOLD, "fold", folded(mine.name, self._keys[number].name)

    def _confusables(self, mine: Keys) -> _Found:
        by = self._by
        if len(mine.tr39) >= self._rules.look_shortest:
            for number in by["tr39"].get(mine.tr39, ()):
                taken = align(mine.units, self._keys[number].units)
                yield from self._judged(mine, number, "tr39", taken if taken is not None else ())
        looked = [*by["look"].get(mine.look, ()), *by["leet"].get(mine.look, ())]
        looked += [number for look in mine.looks for number in by["look"].get(look, ())]
        for number in dict.fromkeys(looked):
            taken = align(mine.units, self._keys[number].units)
            if taken is not None:
                yield from self._judged(mine, number, "look", taken)

    def _judged(self, mine: Keys, number: int, key: str, taken: tuple[Taken, ...]) -> _Found:
        """Yield the match, unless it is too short to say something, or both are words that only happen to be alike."""
        other = self._keys[number]
        shortest = min(len(mine.units), len(other.units))
        leet = any(_is_leet(t) for t in taken)
        if shortest < (self._rules.leet_shortest if leet else self._rules.look_shortest):
            return
        at_end = "5" in {mine.tail, other.tail}
        if taken and all(_is_between_words(t, at_end) for t in taken) and _both_ordinary(mine, other):
            if shortest >= self._rules.near_shortest:
                yield number, Tier.NEAR, key, taken
            return
        yield number, Tier.CONFUSABLE, key, taken

    def _transliterations(self, mine: Keys) -> _Found:
        for spelling in spellings(mine.name) or (mine.fold,):
            for number in self._by["spelling"].get(spelling, ()):
                yield number, Tier.TRANSLIT, f"translit:{spelling}", ()
        of = mine.scripts
        mine_sounds = sounds(mine.name) if self._by["sound"] or of != _ONLY_LATIN else ()
        for sound in mine_sounds:
            for number in (*self._by["sound"].get(sound, ()), *self._latin(sound, of)):
                if self._keys[number].scripts != of:
                    yield number, Tier.TRANSLIT, f"translit:{sound}", ()

    def _latin(self, sound: str, of: frozenset[str]) -> Iterable[int]:
        """Return the plain Latin names of this sound; their keys are made when a name of another script first asks."""
        if of == _ONLY_LATIN:
            return ()
        if self._latin_by_sound is None:
            self._latin_by_sound = defaultdict(list)
            for number, other in enumerate(self._keys):
                for key in sounds(other.name) if other.scripts == _ONLY_LATIN else ():
                    self._latin_by_sound[key].append(number)
        return self._latin_by_sound.get(sound, ())

    def _nears(self, mine: Keys) -> _Found:
        for number in self._near.stretched(mine):
            if taken := near.stretched(mine, self._keys[number], self._rules):
                yield number, Tier.NEAR, "stretched", (taken,)
        for number in self._near.near(mine):
            if taken := near.near(mine, self._keys[number], self._rules):
                yield number, Tier.NEAR, "near", (taken,)

    def _containing(self, mine: Keys) -> _Found:
        stems = self._by["stem"].get(mine.stem, ())
        for number in stems if len(stems) <= self._rules.crowd else ():
            if other_number(mine, self._keys[number], self._rules):
                yield number, Tier.CONTAINS, "tail", (Taken(mine.tail, self._keys[number].tail),)
        found = {number for text in texts_of(mine) for number in self._contained.found_in(text)}
        yield from ((n, Tier.CONTAINS, "contains", ()) for n in sorted(found) if is_telling(mine, self._keys[n]))
        longer = sorted({number for text in texts_of(mine) for number in self._by_words.get(text, ())})
        yield from ((n, Tier.CONTAINS, "contained", ()) for n in longer if is_telling(self._keys[n], mine))


def _is_leet(taken: Taken) -> bool:
    return any(c.isascii() and not c.isalpha() for c in taken.left + taken.right)


def _is_between_words(taken: Taken, at_end: bool) -> bool:  # noqa: FBT001 - a private predicate
    """Whether the pair turns words into other words: a sequence of letters like a letter, or a 5 like a plural."""
    both = taken.left + taken.right
    return both.isascii() and ((both.isalpha() and len(both) > 2) or (at_end and both.lower() in {"5s", "s5"}))


def _both_ordinary(left: Keys, right: Keys) -> bool:
    return all_ordinary(left.words) and all_ordinary(right.words)


def _parts(of: tuple[str, ...], shortest: int) -> set[str]:
    """Return what a name is without some of its words at either end."""
    if len(of) > 12:
        return set()
    parts = {"".join(of[i:j]) for i in range(len(of)) for j in range(i + 1, len(of) + 1) if j - i < len(of)}
    return {part for part in parts if len(part) >= shortest}
