"""What the parameters of a notice are called in sentences for organizers; knows neither page nor plan."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from bot.duty.event_items import POLICIES
from bot.parse.contact_fields import quoted

PRIVATE = "whom to report to in private"
_WORDS = {
    "event": "the name of the event",
    "version": "the version",
    "lang": "the language",
    **{kind.value: said for kind, said in POLICIES.items()},
    "public": "where to report in public",
    "contacts": "where all safety contacts stand",
    "number": "the emergency number",
    "emergency": "the address for threats of harm",
}


def word(name: str) -> str:
    """Return what a parameter says, in words."""
    return PRIVATE if name.startswith("contact ") else _WORDS[name]


def words(given: Mapping[str, str], before: Mapping[str, str]) -> str:
    """Return what is written, in words: ``given`` are the new values by parameter, ``before`` those that were there.

    Both are plain text. Those who take reports come as one, by name.
    """
    people = [name for name in given if name.startswith("contact ")]
    there = {before.get(name, "") for name in people} - {""}
    now = {given[name] for name in people} - {""}
    said: list[str] = []
    for name, value in given.items():
        if name == "version":
            said.append(f"version {value}")
        elif name not in people:
            said.append(word(name) if value else f"{word(name)} (taken out)")
        elif name == people[0]:
            said.append(PRIVATE + _who(now - there, there - now))
    return ", ".join(said)


def _who(come: Iterable[str], gone: Iterable[str]) -> str:
    """Return in brackets who is named now, and who no longer; nothing where only the order is another."""
    parts = [", ".join(map(quoted, sorted(come))), *(f"no longer {quoted(one)}" for one in sorted(gone))]
    told = "; ".join(part for part in parts if part)
    return f" ({told})" if told else ""
