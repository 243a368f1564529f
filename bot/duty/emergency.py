"""The emergency numbers of countries, for want of what an organizer knows; a fact sheet that knows no event.

Written down from general knowledge and held against no list of an authority; what was in any doubt was left out.
Numbers change, and many places have others besides: whoever is shown one in a report is told to check it.
"""

from __future__ import annotations

import json
from functools import cache
from importlib import resources

from bot.model import RosterEvent

CHECK = "check it before the event"
ONLINE = "The event is online: in immediate danger, everybody calls the emergency number of the place where they are."


def number(country: str) -> str:
    """Return the emergency number of a country (ISO 3166-1 alpha-2), empty where it is not known for certain.

    Where there is none for everything, it is the number of the police and then, behind " / ", that of the ambulance;
    where there are two for everything, both.
    """
    return _numbers().get(country.strip().upper(), "")


def sentence(event: RosterEvent) -> str:
    """Return which number to call at this event and whence it is known, and that somebody has to check it."""
    known = number(event.country)
    if event.emergency_number:
        also = f" (for {event.country} this program knows {known})" if _differs(event.emergency_number, known) else ""
        return f"Emergency number: {event.emergency_number}, as the roster says{also}; {CHECK}."
    if known:
        whence = f"which this program knows for {event.country.strip().upper()}"
        return f"Emergency number: {known}, {whence}; {CHECK}, and set emergency_number in the roster."
    where = f"in {event.country}" if event.country else "where the event is held"
    return f"Emergency number: not known. Find out whom to call {where}, and set emergency_number in the roster."


def _differs(said: str, known: str) -> bool:
    return bool(known) and not set(known.split(" / ")) & set(said.replace(",", " ").replace("/", " ").split())


@cache
def _numbers() -> dict[str, str]:
    text = resources.files("bot.duty").joinpath("data/emergency.json").read_text(encoding="utf-8")
    loaded: dict[str, list[str]] = json.loads(text)
    return {country: numbers for numbers, countries in loaded.items() for country in countries}
