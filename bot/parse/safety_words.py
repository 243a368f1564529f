"""What words about conduct and safety mean, in many languages: policies, headings, telling to follow, reporting.

The words are data (``data/safety_words.json``); here is only how they are compared. It knows no wikitext.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources

from bot.model import PolicyKind
from bot.parse.signup_words import folded

# Scripts without blanks between words: there a phrase may stand anywhere.
_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u0f00-\u0fff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uac00-\ud7af]"
)
_SENTENCE = re.compile(r"(?<=[.!?।؟])\s+|[。！？]")
# A generic "code of conduct" is that of the event, unless a link says which.
_KINDS = (
    (PolicyKind.TECHNICAL, "technical"),
    (PolicyKind.UCOC, "ucoc"),
    (PolicyKind.FRIENDLY, "friendly"),
    (PolicyKind.OWN, "conduct"),
)


@dataclass(frozen=True, slots=True)
class Phrases:
    """A set of phrases that are looked for in text as ``folded`` gives it; a longer one goes before a shorter one."""

    pattern: re.Pattern[str]

    @classmethod
    def of(cls, entries: Iterable[str]) -> Phrases:
        """Build the set from entries as the data file writes them ("word", "word*")."""
        spaced: set[str] = set()
        unspaced: set[str] = set()
        for entry in entries:
            if _UNSPACED.search(entry):
                unspaced.add(re.escape(folded(entry.strip("*")).strip()))
            else:
                spaced.add(_pattern(entry))
        written = [f"(?<= )(?:{_either(spaced)})(?= )", *([_either(unspaced)] if unspaced else [])]
        return cls(re.compile("|".join(written)))

    def match(self, words: str) -> bool:
        """Tell whether ``words`` hold one of the phrases."""
        return self.pattern.search(words) is not None

    def without(self, words: str) -> str:
        """Return ``words`` without the phrases."""
        return f" {' '.join(self.pattern.sub(' ', words).split())} "


def _either(patterns: Iterable[str]) -> str:
    return "|".join(sorted(patterns, key=len, reverse=True))


def _pattern(entry: str) -> str:
    """Return the expression of one entry: each of its words whole, or any that begins so."""
    return " ".join(re.escape(folded(word).strip()) + ("[^ ]*" if word.endswith("*") else "") for word in entry.split())


@cache
def _entries(use: str) -> tuple[str, ...]:
    found = _data()[use]
    lists = found.values() if isinstance(found, dict) else (found,)
    return tuple(str(entry) for entries in lists for entry in entries)


@cache
def _data() -> dict[str, dict[str, list[str]] | list[str]]:
    text = resources.files("bot.parse").joinpath("data/safety_words.json").read_text(encoding="utf-8")
    loaded: dict[str, dict[str, list[str]] | list[str]] = json.loads(text)
    return loaded


@cache
def _phrases(use: str) -> Phrases:
    return Phrases.of(_entries(use))


def policies(text: str) -> tuple[PolicyKind, ...]:
    """Return the policies that ``text`` names; a code of conduct that is none of the others is the event's own."""
    return tuple(dict.fromkeys(kind for kind, _ in _named(folded(text))))


def _named(words: str) -> Iterator[tuple[PolicyKind, str]]:
    """Give each policy that is named with the words that are left when its names are taken out."""
    for kind, use in _KINDS:
        rest = _phrases(use).without(words)
        if rest != words:
            yield kind, rest
            words = rest


def names_only(text: str) -> PolicyKind | None:
    """Return the policy that ``text`` is the name of, with nothing but articles and the like beside it."""
    named = list(_named(folded(text)))
    return named[0][0] if named and _is_filler(named[-1][1]) else None


def is_heading(text: str) -> bool:
    """Tell whether a heading or label announces conduct or safety and nothing else.

    "Friendly space policy and safety contacts" does, "What is the Universal Code of Conduct?" does not.
    """
    words = folded(text)
    rest = words
    for use in ("technical", "ucoc", "friendly", "conduct", "safety"):
        rest = _phrases(use).without(rest)
    return rest != words and _is_filler(rest)


def _is_filler(words: str) -> bool:
    return not any(char.isalpha() for char in _phrases("fillers").without(words))


def obliges(text: str, *, strictly: bool = False) -> bool:
    """Tell whether a line tells participants to follow something.

    "Learn how the policy applies" does not. ``strictly``: neither do "the policy applies" and "please read the policy",
    which on a page about the policy belong to its subject.
    """
    return any(_obliges(folded(sentence), strictly=strictly) for sentence in _SENTENCE.split(text) if sentence)


def _obliges(words: str, *, strictly: bool) -> bool:
    if _phrases("study").match(words):
        return False
    if strictly:
        return _phrases("follow").match(_phrases("read").without(words))
    return _phrases("follow").match(words) or _phrases("weak").match(words)


def reports(text: str) -> bool:
    """Tell whether a line says where to report, or whom to turn to."""
    return _phrases("report").match(folded(text))


def is_emergency(text: str) -> bool:
    """Tell whether a line speaks of emergencies."""
    return _phrases("emergency").match(folded(text))


def is_team(name: str) -> bool:
    """Tell whether a template of that name lists the people to turn to."""
    return _phrases("team").match(folded(name))


def is_own_page(name: str) -> bool:
    """Tell whether a subpage of that name holds an event's policy: "Friendly_Space_Policy", "COC", "Safety"."""
    words = folded(name)
    rest = _phrases("own_pages").without(words)
    return is_heading(name) or (rest != words and _is_filler(rest))


@cache
def redirect_words() -> frozenset[str]:
    """Return the words that begin a redirect, in lower case."""
    return frozenset(entry.lower() for entry in _entries("redirect"))


@cache
def category_words() -> frozenset[str]:
    """Return the names of the category namespace, in lower case: pages move between wikis with their categories."""
    return frozenset(entry.casefold() for entry in _entries("categories"))
