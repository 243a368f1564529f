"""Phrases of agreement and names of policies in a text, in many languages; must not know what they answer.

The words are data (``data/agreement_words.json``), the policies' names those of ``safety_words``; here is only how they
are compared.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import resources

from bot.parse.safety_words import Phrases, names_only, policies
from bot.parse.signup_words import Words, conjunctions, folded

_CLAUSES = re.compile(r"[,;:.!()\[\]–—…،؛、。，！|/\"“”«»\n]|\s-\s")
_PREFIXED = re.compile(r"\b(?:[לבומשכ](?=[א-ת]{3})|[وبلف]{1,2}(?=[ء-ي]{4}))")
_CASE = re.compile("(?<=[\u0980-\u09ff]{4})(?:তে|র|কে|টি|টির|টিতে)(?![\u0980-\u09ff])")


@cache
def _data() -> dict[str, dict[str, list[str]] | list[str]]:
    text = resources.files("bot.parse").joinpath("data/agreement_words.json").read_text(encoding="utf-8")
    loaded: dict[str, dict[str, list[str]] | list[str]] = json.loads(text)
    return loaded


@cache
def _by_language(use: str) -> Mapping[str, Words]:
    found = _data()[use]
    return {code: Words.of(entries) for code, entries in found.items()} if isinstance(found, dict) else {}


def _entries(use: str) -> Iterable[str]:
    found = _data()[use]
    lists = found.values() if isinstance(found, dict) else (found,)
    return (entry for entries in lists for entry in entries)


@cache
def words_of(use: str) -> Words:
    """Return the phrases of one use ("agree", "hedges") in all languages."""
    return Words.of(_entries(use))


@cache
def exact(use: str) -> frozenset[str]:
    """Return the phrases of one use as whole texts, folded."""
    return frozenset(folded(entry) for entry in _entries(use))


@cache
def _agreeing() -> Phrases:
    """Return what may stand in an agreement besides the names of policies."""
    return Phrases.of([*_entries("agree"), *_entries("first"), *_entries("fillers")])


def languages(words: str) -> list[str]:
    """Return the languages in which folded words speak of agreement: "no" is a refusal in some of them only."""
    return [code for code, agree in _by_language("agree").items() if agree.match(words)]


def holds(use: str, codes: Iterable[str], words: str) -> bool:
    """Tell whether folded words hold a phrase of one use in one of the languages."""
    by_language = _by_language(use)
    return any(by_language[code].match(words) for code in codes)


def names_policy(text: str) -> bool:
    """Tell whether ``text`` names a policy about conduct."""
    return bool(policies(text) or policies(_uninflected(text)))


def is_policy(text: str) -> bool:
    """Tell whether ``text`` is the name of a policy and nothing else."""
    return names_only(text) is not None or names_only(_uninflected(text)) is not None


def _uninflected(text: str) -> str:
    """Return ``text`` without the articles, prepositions and cases that some languages write in one word with a name.

    That is rough: it makes words that are none, but no name of a policy where there is no such name.
    """
    return _CASE.sub("", _PREFIXED.sub("", text))


def is_plain(words: str) -> bool:
    """Tell whether folded words say nothing beyond agreement."""
    return not any(char.isalpha() for char in _agreeing().without(words))


def rest(text: str) -> str:
    """Return what ``text`` says beyond agreement, folded."""
    return _agreeing().without(folded(text))


def clauses(text: str) -> list[str]:
    """Return ``text`` cut at its punctuation."""
    return [clause for clause in _CLAUSES.split(text) if not clause.isspace() and clause]


def parts(clause: str) -> list[str]:
    """Return a clause cut at every "and"; in some language that may be a part of another word."""
    found: list[list[str]] = [[]]
    for word in clause.split():
        if folded(word).strip() in conjunctions():
            found.append([])
        else:
            found[-1].append(word)
    return [" ".join(part) for part in found if part]


def says_so(text: str, codes: Iterable[str]) -> bool:
    """Tell whether a piece of ``text`` is nothing but agreement to a policy, or two together are."""
    whole = clauses(text)
    return any(_in_order(pieces, codes) for pieces in (whole, [part for clause in whole for part in parts(clause)]))


def _in_order(pieces: Iterable[str], codes: Iterable[str]) -> bool:
    agreed = named = False  # what the piece before is
    for piece in pieces:
        words = folded(piece)
        agrees, names = holds("agree", codes, words), is_policy(rest(piece))
        alone = agrees and is_plain(words)
        if (agrees and names) or (alone and named) or (agreed and names):
            return True
        agreed, named = alone, names
    return False


def is_agreement(clause: str) -> bool:
    """Tell whether a clause, or every part of it between the words for "and", is nothing but agreement or a policy."""
    return any(
        all(is_plain(folded(piece)) or is_policy(rest(piece)) for piece in pieces)
        for pieces in ([clause], parts(clause))
    )
