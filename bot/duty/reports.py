"""To whom an incident is reported after the event; knows addresses from the settings only, and nobody's case.

As the training module "Keeping events safe" has it (After the event: Reporting incidents; Affiliates & long term
groups): Trust and Safety always, the code of conduct committee for technical events, the affiliate for its members, the
Affiliations Committee where all people involved are members of affiliates.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bot.config import Contacts
from bot.model import RosterEvent

TRUST_AND_SAFETY = "Trust and Safety, Wikimedia Foundation"
TECHNICAL = "Code of Conduct Committee for technical spaces"
AFFILIATIONS = "Affiliations Committee (AffCom)"
EMERGENCY = "Emergency address of the Wikimedia Foundation"
NO_AFFILIATE = "The affiliate of those involved"


@dataclass(frozen=True, slots=True)
class ReportTo:
    """Somebody who is told of an incident, when, and by which address; empty: it has to be looked up.

    ``setting`` is the key of the settings file under which the address can be written down, empty for none.
    """

    name: str
    address: str
    why: str
    setting: str = ""


def whom(event: RosterEvent, contacts: Contacts) -> tuple[ReportTo, ...]:
    """Return whom to tell of an incident at this event, in the order of how often it applies."""
    return tuple(_whom(event, contacts))


def _whom(event: RosterEvent, contacts: Contacts) -> Iterable[ReportTo]:
    yield ReportTo(
        TRUST_AND_SAFETY,
        contacts.trust_and_safety,
        "Every incident of harassment at the event, above all one that escalated.",
        "contacts.trust_and_safety",
    )
    if event.technical is not False:
        unless = "" if event.technical else " If the event is a technical one, which the roster does not say."
        why = f"Incidents at technical events such as hackathons.{unless}"
        yield ReportTo(TECHNICAL, contacts.technical, why, "contacts.technical")
    for affiliate in event.affiliates or (NO_AFFILIATE,):
        yield ReportTo(affiliate, "", "Incidents that involve one of its members; Trust and Safety is told as well.")
    yield ReportTo(
        AFFILIATIONS,
        contacts.affiliations,
        "Only if all people involved are members of affiliates; Trust and Safety is told as well.",
        "contacts.affiliations",
    )
    yield ReportTo(
        EMERGENCY,
        contacts.emergency,
        "Only threats of harm, to others or to oneself; in immediate danger, call the local emergency services first.",
        "contacts.emergency",
    )
