"""The bot's texts in many languages, from bot/onwiki/i18n (MediaWiki's banana format); knows no page that shows them.

A group of messages is shown in one language or not at all in it: what is half translated is not used. Fallbacks and
directions are MediaWiki's own (``data/languages.json``, which ``scripts/make_languages.py`` writes).
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Any

ENGLISH = "en"

# The first word of a key says which group its message is of. The notice and its reminder name the same policies, so
# they are one group under two names.
_PREFIXES = {
    "notice": ("notice", "policy", "page", "talk", "reminder"),
    "contacts": ("contacts", "contact", "role", "phase"),
    "checklist": ("checklist", "item", "state"),
}
_SAME_AS = {"reminder": "notice"}
GROUPS = ("notice", "reminder", "contacts", "checklist")
_NO_LANGUAGES = ("qqq",)  # notes for translators


def languages() -> tuple[str, ...]:
    """Return the codes of the languages in which at least one group is complete, sorted; English is among them."""
    return tuple(sorted(code for code in _codes() if any(_is_complete(code, group) for group in _PREFIXES)))


def known() -> tuple[str, ...]:
    """Return the codes of all languages for which MediaWiki has a fallback other than English."""
    return tuple(_data()["fallbacks"])


def fallbacks(language: str) -> tuple[str, ...]:
    """Return the languages that stand in for ``language``, first choice first, English last; () for English itself.

    A code that MediaWiki does not know has English alone.
    """
    code = _code(language)
    chain = tuple(str(_data()["fallbacks"].get(code, "")).split())
    return tuple(dict.fromkeys(one for one in (*chain, ENGLISH) if one != code))


def direction(language: str) -> str:
    """Return "rtl" for a language that MediaWiki writes from right to left, else "ltr"."""
    return "rtl" if _code(language) in str(_data()["rtl"]).split() else "ltr"


def chosen(language: str, group: str) -> str:
    """Return the code of the first among ``language`` and its fallbacks in which all messages of ``group`` are there.

    Any code may be asked for, in any case; ``group`` is one of GROUPS. Raises KeyError for another group.
    """
    unit = _SAME_AS.get(group, group)
    return next((code for code in (_code(language), *fallbacks(language)) if _is_complete(code, unit)), ENGLISH)


def group_of(key: str) -> str:
    """Return the group whose language a message is shown in; raises KeyError for a key that belongs to none."""
    prefix = key.partition("-")[0]
    for group, prefixes in _PREFIXES.items():
        if prefix in prefixes:
            return group
    raise KeyError(key)


def every_key() -> tuple[str, ...]:
    """Return the key of every message, in the order of en.json."""
    return tuple(_messages(ENGLISH))


def message(language: str, key: str) -> str:
    """Return a message with its $1 … as they are, in the language chosen for its group; raises KeyError for no key."""
    return _messages(chosen(language, group_of(key)))[key]


def text(language: str, key: str, *arguments: str) -> str:
    """Return a message with ``arguments`` for $1, $2 …, in the language chosen for its group.

    Plain text: arguments are not escaped and not read for further $1. A $n without an argument stays. Raises KeyError
    for a key that en.json does not have.
    """
    return re.sub(
        r"\$([1-9])",
        lambda found: arguments[int(found[1]) - 1] if int(found[1]) <= len(arguments) else found[0],
        message(language, key),
    )


def _code(language: str) -> str:
    return language.strip().lower().replace("_", "-")


@cache
def _data() -> Mapping[str, Any]:
    loaded: dict[str, Any] = json.loads((resources.files(__package__) / "data" / "languages.json").read_text("utf-8"))
    return loaded


@cache
def _codes() -> frozenset[str]:
    """Return the codes that have a file: no code from outside ever becomes a path."""
    names = (file.name for file in (resources.files(__package__) / "i18n").iterdir())
    return frozenset(name.removesuffix(".json") for name in names if name.endswith(".json")) - set(_NO_LANGUAGES)


@cache
def _messages(code: str) -> Mapping[str, str]:
    """Return what is translated into one language, by key."""
    loaded = json.loads((resources.files(__package__) / "i18n" / f"{code}.json").read_text("utf-8"))
    return MappingProxyType({key: value for key, value in loaded.items() if not key.startswith("@")})


@cache
def _is_complete(code: str, group: str) -> bool:
    prefixes = _PREFIXES[group]
    if code not in _codes():
        return False
    there = _messages(code)
    return all(there.get(key, "").strip() for key in _messages(ENGLISH) if key.partition("-")[0] in prefixes)
