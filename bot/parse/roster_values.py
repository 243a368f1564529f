"""Reads values of a roster that need more than the notation: names, titles, zones, countries; sees no table."""

from __future__ import annotations

import re
import zoneinfo
from collections.abc import Iterable

from bot.model import ItemState, NameState, SiteInfo
from bot.parse import contact_fields as fields
from bot.parse import usernames
from bot.parse.item_ids import ITEMS
from bot.parse.roster_countries import COUNTRIES, IN_USE, MEANT
from bot.parse.roster_record import nearest

_NO_TITLE = re.compile(r"[\[\]{}|<>]|^https?://|^//", re.IGNORECASE)
_EMERGENCY = re.compile(r"[-+()/,;. \w]*\d[-+()/,;. \w]*")
_STATE_WORDS = {
    **{state.value: state for state in ItemState},
    "na": ItemState.NOT_APPLICABLE,
    "n/a": ItemState.NOT_APPLICABLE,
    "unknown": ItemState.CANNOT_TELL,
}


def named_phases(text: str) -> Iterable[str]:
    """Return the phases that ``text`` names, none for an empty text."""
    return fields.phases(text) if text.strip(" ;,") else ()


def pieces(text: str) -> list[str]:
    """Return what stands between semicolons."""
    return [plain for piece in text.split(";") if (plain := fields.spaced(piece))]


def user(text: str, site: SiteInfo) -> str:
    """Return the canonical user name; raises ValueError for what no account can be called."""
    found = usernames.canonical(text, site)
    if found.state is NameState.IMPOSSIBLE:
        raise ValueError(f"{fields.quoted(text)} cannot be a user name; write it as it stands on the wiki.")
    if found.state is NameState.IP:
        raise ValueError(f"{fields.quoted(text)} is an IP address; write the user name of an account.")
    return found.name


def title(text: str) -> str:
    """Return the title of a page, as it is; raises ValueError for a link and for an address."""
    if _NO_TITLE.search(text):
        raise ValueError(f"{fields.quoted(text)} is no title of a page; write it as it stands above the page.")
    return text


def zone(text: str) -> str:
    """Return the name of a time zone that this computer knows; raises ValueError for any other."""
    try:
        return zoneinfo.ZoneInfo(text).key
    except (KeyError, ValueError, OSError) as error:
        known = sorted(zoneinfo.available_timezones())
        hint = nearest(text, known)
        advice = hint if hint.startswith("do you") else 'write a name of the IANA database such as "Asia/Kolkata".'
        raise ValueError(f"There is no time zone {fields.quoted(text)}; {advice}") from error


def country(text: str) -> str:
    """Return the code of a country in capitals; raises ValueError for what is none."""
    code = text.upper()
    if code in COUNTRIES or code in IN_USE:
        return code
    advice = f'do you mean "{MEANT[code]}"?' if code in MEANT else 'write two letters of ISO 3166-1 such as "IN".'
    raise ValueError(f"There is no country code {fields.quoted(text)}; {advice}")


def emergency_text(text: str) -> str:
    """Return emergency numbers and what they are for; raises ValueError for a text without a number."""
    if len(text) > 100 or not _EMERGENCY.fullmatch(text):
        raise ValueError(f'{fields.quoted(text)} is no emergency number; write "112", or "100 (police), 108".')
    return text


def item(text: str) -> str:
    """Return the id of a preparation item; raises ValueError, which says the nearest."""
    item = text.lower()
    if item not in ITEMS:
        raise ValueError(f"There is no item {fields.quoted(text)}; {nearest(text, ITEMS)}")
    return item


def state(text: str) -> ItemState:
    """Return how an item stands; raises ValueError, which says the nearest."""
    found = _STATE_WORDS.get(text.lower())
    if found is None:
        raise ValueError(f"There is no state {fields.quoted(text)}; {nearest(text, tuple(ItemState))}")
    return found
