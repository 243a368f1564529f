"""What whoever sees a match must do and must not do, in sentences; knows no list, no person and no event.

Event ban policy (foundation.wikimedia.org, Process): the list is for the people it was opened to, until the event ends,
and Trust and Safety gives the notices. Training module "Keeping events safe": a private word, and a human judges.
"""

from __future__ import annotations

NO_ADDRESS = "at the address that you were given with the list"
NOBODY = "That nobody matches is confidential too: it tells who is not on the list."

_FOR_WHOM = "This is confidential: it is for you and for those whom the list was opened to, until the event ends."
_FOR_YOU = "This is confidential: it is for those who keep this list and for nobody else."
_NOT_THE_REGISTRANT = (
    "Trust and Safety sends the notices of event bans. Do not tell the registrant, not even by a hint, and do not "
    "cancel the registration because of this list unless Trust and Safety says so."
)
_KEEPER = "Ask whoever keeps this list before anything is done about it."
_NOT_YET = (
    "Do not tell the registrant, not even by a hint, before your team has decided; a refusal is then in writing, with "
    "at least two others in copy."
)
_ITS_NOTICES = "it is not yours to tell: Trust and Safety sends those notices; write there"
_NOWHERE = (
    "Do not write about it on a wiki, in an edit summary, a chat, a ticket or a mailing list; do not forward it, copy "
    "it, print it or take a picture of it."
)
_WHAT_TO_DO = (
    "Have a private word with the response team of the event, and let a person judge. A look-alike, a shared real name "
    "or a shared address is a hint and no proof: it may be somebody else."
)


def lines(contact: str, *, own_list: bool = False) -> tuple[str, ...]:
    """Return the rules, each a sentence or two; ``contact`` is the address of Trust and Safety, empty for none known.

    ``own_list`` is a list that the organizers keep themselves, which is not for Trust and Safety to explain.
    """
    address = contact or NO_ADDRESS
    return (*(_own(address) if own_list else _of_the_foundation(address)), _NOWHERE, _WHAT_TO_DO)


def _of_the_foundation(address: str) -> tuple[str, ...]:
    return _FOR_WHOM, f"Write to Trust and Safety ({address}) before anything is done about it.", _NOT_THE_REGISTRANT


def _own(address: str) -> tuple[str, ...]:
    return (
        _FOR_YOU,
        _KEEPER,
        _NOT_YET,
        f"If it may be an event ban of the Wikimedia Foundation, {_ITS_NOTICES} ({address}).",
    )
