"""The bot's texts in many languages, from bot/onwiki/i18n (MediaWiki's banana format); knows no page that shows them.

A group of messages is shown in one language or not at all in it: what is half translated is not used. Fallbacks and
directions are MediaWiki's own (``data/languages.json``, which ``scripts/make_languages.py`` writes).
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from types import MappingProxyType

ENGLISH = "en"
GROUPS = ("notice", "reminder", "contacts", "checklist")

# The first word of a key says which group its message is of. The notice and its reminder name the same policies, so
# they are one group under two names.
_PREFIXES = {
    "notice": ("notice", "policy", "page", "talk", "reminder"),
    "contacts": ("contacts", "contact", "role", "phase"),
    "checklist": ("checklist", "item", "state"),
}
_SAME_AS = {"reminder": "notice"}
_NO_LANGUAGE = "qqq"  # notes for translators


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Messages by language and key, as they are written; English has every key there is.

    ``chains`` holds the fallbacks of a language in order, without the English that all of them end with; ``rtl`` the
    languages written from right to left. Languages are asked for by any code, in any case.
    """

    messages: Mapping[str, Mapping[str, str]]
    chains: Mapping[str, tuple[str, ...]]
    rtl: frozenset[str]

    def languages(self) -> tuple[str, ...]:
        """Return the codes of the languages in which at least one group is complete, sorted."""
        return tuple(sorted(code for code in self.messages if any(self._is_complete(code, unit) for unit in _PREFIXES)))

    def fallbacks(self, language: str) -> tuple[str, ...]:
        """Return what stands in for ``language``, first choice first and English last; () for English itself."""
        code = _code(language)
        chain = (*self.chains.get(code, ()), ENGLISH)
        return tuple(dict.fromkeys(one for one in chain if code not in (one, ENGLISH)))

    def direction(self, language: str) -> str:
        """Return "rtl" for a language that is written from right to left, else "ltr"."""
        return "rtl" if _code(language) in self.rtl else "ltr"

    def chosen(self, language: str, group: str) -> str:
        """Return the first of ``language`` and its fallbacks in which every message of one of GROUPS is there."""
        unit = _SAME_AS.get(group, group)
        return next(
            (one for one in (_code(language), *self.fallbacks(language)) if self._is_complete(one, unit)), ENGLISH
        )

    def message(self, language: str, key: str) -> str:
        """Return a message with its $1 … as they are, in the language chosen for its group."""
        return self.messages[self.chosen(language, group_of(key))][key]

    def _is_complete(self, code: str, unit: str) -> bool:
        there, prefixes = self.messages.get(code, {}), _PREFIXES[unit]
        wanted = (key for key in self.messages[ENGLISH] if key.partition("-")[0] in prefixes)
        return all(there.get(key, "").strip() for key in wanted)


def group_of(key: str) -> str:
    """Return the group whose language a message is shown in; raises KeyError for a key that belongs to none."""
    prefix = key.partition("-")[0]
    for group, prefixes in _PREFIXES.items():
        if prefix in prefixes:
            return group
    raise KeyError(key)


@cache
def catalogue() -> Catalogue:
    """Return the messages that the software comes with; read when they are first asked for."""
    here = resources.files(__package__)
    files = {file.name.removesuffix(".json"): file for file in (here / "i18n").iterdir() if file.name.endswith(".json")}
    facts = json.loads((here / "data" / "languages.json").read_text("utf-8"))
    return Catalogue(
        MappingProxyType(
            {code: read(file.read_text("utf-8")) for code, file in sorted(files.items()) if code != _NO_LANGUAGE}
        ),
        MappingProxyType({code: tuple(chain.split()) for code, chain in facts["fallbacks"].items()}),
        frozenset(facts["rtl"].split()),
    )


def read(document: str) -> Mapping[str, str]:
    """Return the messages of one file by key; raises ValueError when it is no JSON object."""
    return MappingProxyType({key: value for key, value in json.loads(document).items() if not key.startswith("@")})


def languages() -> tuple[str, ...]:
    """Return the codes of the languages in which at least one group is complete, sorted; English is among them."""
    return catalogue().languages()


def fallbacks(language: str) -> tuple[str, ...]:
    """Return the languages that stand in for ``language``, first choice first, English last; () for English itself.

    A code that MediaWiki does not know has English alone.
    """
    return catalogue().fallbacks(language)


def direction(language: str) -> str:
    """Return "rtl" for a language that MediaWiki writes from right to left, else "ltr"."""
    return catalogue().direction(language)


def chosen(language: str, group: str) -> str:
    """Return the code of the first among ``language`` and its fallbacks in which all messages of ``group`` are there.

    Any code may be asked for, in any case; ``group`` is one of GROUPS. Raises KeyError for another group.
    """
    return catalogue().chosen(language, group)


def text(language: str, key: str, *arguments: str) -> str:
    """Return a message with ``arguments`` for $1, $2 …, in the language chosen for its group.

    Plain text: arguments are not escaped and not read for further $1. A $n without an argument stays. Raises KeyError
    for a key that en.json does not have.
    """
    return re.sub(
        r"\$([1-9])",
        lambda found: arguments[int(found[1]) - 1] if int(found[1]) <= len(arguments) else found[0],
        catalogue().message(language, key),
    )


def _code(language: str) -> str:
    return language.strip().lower().replace("_", "-")
