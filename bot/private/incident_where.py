"""Where an incident is reported on: who has to be told for this kind of event and of people; knows nobody's case.

From the training module "Keeping events safe" (After the event: Reporting incidents; Affiliates & long term groups),
with the addresses of the settings; an address that they do not have has to be looked up, and is never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from dataclasses import dataclass, replace

from bot.config import Contacts
from bot.duty import reports
from bot.duty.reports import ReportTo
from bot.model import RosterEvent


@dataclass(frozen=True, slots=True)
class Circumstance:
    """Something that decides who is told: ``id`` is what the record holds, ``text`` what somebody is shown."""

    id: str
    text: str


THREAT = Circumstance("threat", "somebody threatened to harm others or themselves")
MINOR = Circumstance("minor", "somebody involved is not of age")
TECHNICAL = Circumstance("technical", "it is a technical event, such as a hackathon")
AFFILIATE = Circumstance("affiliate", "somebody involved is a member of a chapter, user group or thematic organization")
ALL_AFFILIATE = Circumstance("all-affiliate", "all people involved are members of such affiliates")
BOARD = Circumstance("board", "it is about a board member or an employee of an affiliate")
STAFF = Circumstance("staff", "it is about staff, a contractor or a trustee of the Foundation")
TEAM = Circumstance("team", "it is about somebody of the response team or the organizers")
BANNED = Circumstance("banned", "somebody came who is banned from events")

CIRCUMSTANCES = (THREAT, MINOR, TECHNICAL, AFFILIATE, ALL_AFFILIATE, BOARD, STAFF, TEAM, BANNED)
NONE = "none"
LOOK_UP = "look it up"
_BY_ID = {one.id: one for one in CIRCUMSTANCES}


def read(text: str) -> frozenset[str] | None:
    """Return the ids of an answer that names circumstances by number or id ("1 5", "threat, minor"); None for others.

    "no", "none" and "0" are none of them.
    """
    words = re.split(r"[\s,;]+", text.strip().lower().rstrip("."))
    if words in (["no"], [NONE], ["0"]):
        return frozenset()
    ids = [CIRCUMSTANCES[int(w) - 1].id if _is_number(w) else w for w in words]
    return frozenset(ids) if all(one in _BY_ID for one in ids) else None


def written(ids: Set[str]) -> str:
    """Return an answer as the record keeps it; ``read`` takes it."""
    return ", ".join(one.id for one in CIRCUMSTANCES if one.id in ids) or NONE


def in_words(text: str) -> str:
    """Return a kept answer as somebody reads it; what was not written by ``written`` stays."""
    ids = read(text)
    return text if ids is None else "; ".join(one.text for one in CIRCUMSTANCES if one.id in ids) or NONE


def whom(contacts: Contacts, circumstances: Set[str] | None) -> tuple[ReportTo, ...]:
    """Return whom to tell, the most urgent first; ``address`` is empty where it has to be looked up.

    Where it was said what applies, the others are left out; where nobody said (None), ``why`` says when each is told.
    """
    known = {one.name: one for one in reports.whom(RosterEvent(technical=True), contacts)}
    if circumstances is not None:
        return tuple(_whom(known, circumstances))
    technical = replace(known[reports.TECHNICAL], why="Only if the event is a technical one, such as a hackathon.")
    return tuple(({**known, reports.TECHNICAL: technical}).values())


def _whom(known: dict[str, ReportTo], circumstances: Set[str]) -> Iterator[ReportTo]:
    if THREAT.id in circumstances:
        yield known.pop(reports.EMERGENCY)
    trust = known.pop(reports.TRUST_AND_SAFETY)
    yield replace(trust, why=" ".join((trust.why, *_for_trust_and_safety(circumstances))))
    if TECHNICAL.id in circumstances:
        yield known.pop(reports.TECHNICAL)
    if {AFFILIATE.id, ALL_AFFILIATE.id, BOARD.id} & circumstances:
        affiliate = known.pop(reports.NO_AFFILIATE)
        board = " Somebody there whom it is not about." if BOARD.id in circumstances else ""
        yield replace(affiliate, why=affiliate.why + board)
    if ALL_AFFILIATE.id in circumstances:
        yield known.pop(reports.AFFILIATIONS)
    if TEAM.id in circumstances:
        yield ReportTo(
            "The organizing team",
            "somebody of it whom it is not about",
            "It is about one of the team: somebody else takes over, and whoever it is about is told nothing "
            "and has no access to this record.",
        )


def _for_trust_and_safety(circumstances: Set[str]) -> Iterator[str]:
    if STAFF.id in circumstances:
        yield "It is about staff, a contractor or a trustee of the Foundation: say so at the beginning."
    if MINOR.id in circumstances:
        yield "A minor is involved: the law of the place may oblige you to tell somebody; ask them which."
    if BANNED.id in circumstances:
        yield "Somebody banned came: notices of event bans are theirs to send, so let them know at once."
    if BOARD.id in circumstances:
        yield "It is about somebody who decides for an affiliate: say so."


def _is_number(word: str) -> bool:
    return bool(re.fullmatch(r"[0-9]{1,2}", word)) and 1 <= int(word) <= len(CIRCUMSTANCES)
