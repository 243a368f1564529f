"""The words of a letter of refusal in many languages, and the reasons that it may give; knows no person and no event.

The texts are in bot/private/letters, a TOML file for each language; each has every text there is. Fallbacks and
directions of languages, and the names of the policies, are those of the bot's own messages.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib import resources
from types import MappingProxyType

from bot.errors import UsageError
from bot.onwiki import messages

# Never a reason here: notices of event bans are Trust and Safety's alone.
EVENT_BAN = "event-ban"

# What a letter in English says of each; a person chooses by it.
REASONS: Mapping[str, str] = MappingProxyType(
    {
        "policy": "decided on the basis of the event's policies",
        "earlier": "a decision that the person knows of still holds",
        "agreement": "the policies were not agreed to, and still may be",
        "requirements": "not met, as the event page states them",
        "identity": "who registered could not be confirmed",
        "account": "under a restriction that everybody can see",
        "capacity": "more registrations than places",
        "unstated": "no reasons in writing, to protect everyone",
    }
)


class Decision(StrEnum):
    """What was decided: the registration is not accepted, or it was and is taken back."""

    REGISTRATION = "registration"
    ATTENDANCE = "attendance"


@dataclass(frozen=True, slots=True)
class Words:
    """The texts of one language, with $name and $event in them; ``tag`` is its code for HTML and e-mail (BCP 47)."""

    tag: str
    is_rtl: bool
    texts: Mapping[str, str]
    reasons: Mapping[str, str]


def languages() -> tuple[str, ...]:
    """Return the codes of the languages that there are letters in, sorted."""
    return tuple(sorted(_files()))


def chosen(language: str) -> str:
    """Return the first of ``language`` and its fallbacks that there is a letter in; any code, in any case.

    Raises UsageError where that would be English for somebody who was not written to in English on purpose.
    """
    code = language.strip().lower().replace("_", "-")
    found = next((one for one in (code, *messages.fallbacks(code)) if one in _files()), messages.ENGLISH)
    if found == messages.ENGLISH and code.partition("-")[0] != messages.ENGLISH:
        raise UsageError(
            f'There is no letter in the language "{language}"; there are {", ".join(languages())}. '
            "Choose one that the person reads."
        )
    return found


@cache
def words(language: str) -> Words:
    """Return the texts of one of ``languages``."""
    data = tomllib.loads(_files()[language])
    texts = {key: text for key, text in data.items() if isinstance(text, str)}
    return Words(tag(language), messages.direction(language) == "rtl", texts, data["reasons"])


def tag(language: str) -> str:
    """Return a code of MediaWiki as others write it: a script with a capital, a country in capitals."""
    first, *more = language.split("-")
    return "-".join((first, *(one.upper() if len(one) == 2 else one.title() for one in more)))


def reason(code: str) -> str:
    """Return a code of REASONS as it is; raises UsageError for any other, and says why for that of an event ban."""
    if code == EVENT_BAN:
        raise UsageError(
            "No letter is made for an event ban: Trust and Safety alone sends those notices. Write to them, and tell "
            "the person nothing."
        )
    if code not in REASONS:
        raise UsageError(f'There is no reason code "{code}"; there are {", ".join(REASONS)} (see --help).')
    return code


def policy(language: str, kind: str) -> str:
    """Return the name of a policy ("ucoc", "friendly", "technical", "own")."""
    return messages.text(language, f"policy-{kind}")


@cache
def _files() -> Mapping[str, str]:
    folder = resources.files(__package__) / "letters"
    files = (file for file in folder.iterdir() if file.name.endswith(".toml"))
    return {file.name.removesuffix(".toml"): file.read_text("utf-8") for file in files}
