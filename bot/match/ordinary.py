"""Names and words that many people share, so that two of them resembling each other says nothing; knows no list.

The data is made by scripts/make_ordinary_names, which names its sources.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Sequence
from functools import cache
from importlib import resources

from bot.match.units import fold_key

_SEED = 20240229
_PER_LANGUAGE = 120
_LONGEST_COMPOUND = 30
_FORMS_OF_WOMEN = (
    *(("ska", "ski"), ("cka", "cki"), ("ska", "sky"), ("ova", "ov"), ("eva", "ev"), ("ina", "in"), ("ova", "")),
    *(("ская", "ский"), ("ова", "ов"), ("ева", "ев"), ("ина", "ин"), ("ська", "ський"), ("цька", "цький")),
)
_ENDINGS = ("s", "es", "er", "ers", "ed", "ing", "y")
_FORMS = ("{g}", "{g} {f}", "{g}{f}", "{g}{i}", "{g}{y}", "{g} {f} {y}", "{i}. {f}", "{g}_{f}")


@cache
def _data() -> dict[str, dict[str, str]]:
    text = resources.files("bot.match").joinpath("data/ordinary.json").read_text(encoding="utf-8")
    loaded: dict[str, dict[str, str]] = json.loads(text)
    return loaded


@cache
def _names() -> frozenset[str]:
    lists = [names for kind in ("given", "family") for names in _data()[kind].values()]
    return frozenset(fold_key(name) for names in lists for name in names.split())


@cache
def _words() -> frozenset[str]:
    return frozenset(map(fold_key, str(_data()["words"]).split()))


@cache
def _returns() -> frozenset[str]:
    return frozenset(map(fold_key, str(_data()["returns"]).split()))


def is_return(word: str) -> bool:
    """Whether the folded ``word`` is one of those that people put to a name to say that they are back."""
    return word in _returns()


def is_name(word: str) -> bool:
    """Whether the folded ``word`` is a given or family name that many people have, or an initial."""
    return len(word) == 1 or word in _names() or any(form in _names() for form in _of_men(word))


def _of_men(word: str) -> Iterator[str]:
    """Yield what a Slavic family name of women may be for men, since lists often give only one of them."""
    for hers, his in _FORMS_OF_WOMEN:
        if word.endswith(hers) and len(word) > len(hers) + 2:
            yield word.removesuffix(hers) + his


def is_ordinary(word: str) -> bool:
    """Whether the folded ``word`` is such a name or a word of the dictionary in any form."""
    return is_name(word) or _is_word(word)


def is_word(word: str) -> bool:
    """Whether the folded ``word`` stands in the dictionary in any form, also where it is somebody's name besides."""
    return _is_word(word)


def _is_word(word: str) -> bool:
    return word in _words() or any(stem in _words() for stem in _stems(word))


def _stems(word: str) -> Iterator[str]:
    """Yield what an English word may be a form of: watchers and watching of watch, bakers of bake, runner of run."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) > len(ending) + 2:
            stem = word.removesuffix(ending)
            yield stem
            if ending != "s":
                yield stem + "e"
                yield stem[:-1] if stem[-1] == stem[-2] else stem


def is_plain_word(word: str) -> bool:
    """Whether the folded ``word`` stands in the dictionary and is nobody's name."""
    return is_ordinary(word) and not is_name(word)


def is_made_of_words(text: str) -> bool:
    """Whether the folded ``text`` is ordinary, or words of the dictionary written as one."""
    if is_ordinary(text) or len(text) > _LONGEST_COMPOUND:
        return is_ordinary(text)
    ends = {0}
    for end in range(3, len(text) + 1):
        if any(start in ends and _is_word(text[start:end]) for start in range(end - 2)):
            ends.add(end)
    return len(text) in ends


def all_ordinary(words: Sequence[str]) -> bool:
    """Whether there are words and all of them are ordinary."""
    return bool(words) and all(map(is_ordinary, words))


def corpus() -> tuple[str, ...]:
    """Return some thousands of made-up user names of ordinary people, in all languages of the data; always the same."""
    chance = random.Random(_SEED)  # noqa: S311 - a fixed choice, not a secret
    return tuple(dict.fromkeys(name for language in sorted(_data()["given"]) for name in _people(language, chance)))


def _people(language: str, chance: random.Random) -> Iterator[str]:
    given = _data()["given"][language].split()
    family = _data()["family"].get(language, "").split() or given
    for _ in range(_PER_LANGUAGE):
        first, last = chance.choice(given), chance.choice(family)
        form = chance.choice(_FORMS)
        yield form.format(g=first, f=last, i=last[0].upper(), y=chance.randint(1950, 2012))
