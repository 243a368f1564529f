"""Whether addresses of the Foundation and its committees are those published now; prints none that is not public."""

from __future__ import annotations

import re
from collections.abc import Iterable

from bot.config import Contacts
from bot.duty.health_facts import HealthFacts
from bot.model import ChannelKind, Grade, Health

# Addresses of the Foundation, its committees and their mailing lists; those of affiliates end otherwise.
_FOUNDATION = re.compile(r"(?:mailto:)?([^@\s]+)@((?:[a-z0-9-]+\.)*wikimedia\.org)\.?", re.IGNORECASE)
CODE = "address"
LOOK = "Look up the present address, correct the list, and add the address to the settings if it is published."


def points(facts: HealthFacts) -> Iterable[Health]:
    """Yield each wikimedia.org address, on the page or in the roster, that is not one of those published now."""
    if facts.addresses is None:
        text = "The event's page was not read, so whether it shows addresses that are out of date cannot be told."
        yield Health(CODE, Grade.UNKNOWN, text, "Name the event's page.")
    known = published(facts.settings)
    shown, hidden = (_of_team(facts, public=public) for public in (True, False))
    for address in dict.fromkeys(map(foundation, facts.addresses or ())):
        if address and address not in known and address not in hidden:
            yield _point(address, "The event's page shows", known)
            shown.pop(address, None)
    for address, name in shown.items():
        if address not in known:
            yield _point(address, f'The list of contacts has, for "{name}",', known, name)
    for name in dict.fromkeys(name for address, name in hidden.items() if address not in known):
        text = f'A private address of "{name}" is at wikimedia.org and not among the published ones.'
        yield Health(CODE, Grade.HINT, text, "Ask them whether mail to it still arrives.", name)


def _of_team(facts: HealthFacts, *, public: bool) -> dict[str, str]:
    """Return the addresses of the Foundation that contacts gave, each with the first who did."""
    found: dict[str, str] = {}
    for one in facts.team:
        for channel in one.channels:
            address = foundation(channel.value) if channel.kind is ChannelKind.EMAIL else ""
            if address and channel.public is public:
                found.setdefault(address, one.name)
    return found


def published(settings: Contacts) -> tuple[str, ...]:
    """Return the addresses that the settings hold as published now, in lower case."""
    own = (settings.emergency, settings.trust_and_safety, settings.technical, settings.affiliations)
    return tuple(dict.fromkeys(one.strip().lower() for one in (*own, *settings.published) if one.strip()))


def foundation(address: str) -> str:
    """Return an address of a wikimedia.org domain in lower case, empty for any other."""
    found = _FOUNDATION.fullmatch(address.strip())
    return f"{found[1]}@{found[2]}".lower() if found else ""


def _point(address: str, where: str, known: Iterable[str], who: str = "") -> Health:
    local = address.partition("@")[0]
    instead = next((one for one in known if one.partition("@")[0] == local), "")
    if instead:
        text = f"{where} {address}, which is no longer the published address: that is {instead}."
        return Health(CODE, Grade.WARNING, text, f"Replace it by {instead}.", who)
    return Health(CODE, Grade.WARNING, f"{where} {address}, which is not among the published addresses.", LOOK, who)
