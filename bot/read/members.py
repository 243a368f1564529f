"""What the wiki says of the accounts of a response team: there, blocked, mailable, active; judges no team.

Activity is that on the wiki which is asked: a person may be busy elsewhere.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from types import MappingProxyType

import msgspec

from bot.errors import WikiError
from bot.model import AccountState, Existence, Member, NotKnown, Restriction, Severity, SiteInfo
from bot.read import accounts, renames
from bot.read.session import Session

_EXTENSIONS = {accounts.LOCK: "CentralAuth", accounts.GLOBAL_BLOCK: "GlobalBlocking"}
_SENTENCES = {
    Severity.LOCK: "The account is locked on all wikis ({}).",
    Severity.GLOBAL_BLOCK: "The account is blocked on all wikis ({}).",
    Severity.SITEWIDE_BLOCK: "The account is blocked on this wiki ({}).",
    Severity.PARTIAL_BLOCK: "The account is blocked from a part of this wiki ({}).",
}
_UNANSWERED = "The wiki gave no answer about this account."


class _User(msgspec.Struct):
    name: str = ""
    emailable: bool | None = None
    missing: bool = False


class _Timed(msgspec.Struct):
    """``timestamp`` is missing where the log entry hides it."""

    timestamp: datetime | None = None


class _Latest(msgspec.Struct):
    users: list[_User] = []
    usercontribs: list[_Timed] = []
    logevents: list[_Timed] = []


def read(session: Session, names: Sequence[str], site: SiteInfo) -> Mapping[str, Member]:
    """Return what is known of each canonical name; what could not be asked is said in its ``unknown``.

    The requests of ``accounts.states``, and one for each account that exists: whether it takes mail, its newest
    contribution and its newest public log entry. A missing name costs the look into the rename log instead. Raises
    nothing for a wiki that does not answer.
    """
    off = frozenset(source for source, extension in _EXTENSIONS.items() if extension not in site.extensions)
    states = accounts.states(session, names, off).states
    return MappingProxyType({name: _member(session, state) for name, state in states.items()})


def _member(session: Session, state: AccountState) -> Member:
    if state.existence is Existence.MISSING:
        return _missing(session, state.name)
    if state.existence is Existence.INVALID:
        return Member(state.name, exists=False)
    trouble = tuple(
        _SENTENCES[fact.severity].format(fact.where) for fact in state.facts.values() if isinstance(fact, Restriction)
    )
    unknown = tuple(dict.fromkeys(fact.cause for fact in state.facts.values() if isinstance(fact, NotKnown)))
    if state.existence is Existence.UNANSWERED:
        return Member(state.name, trouble=trouble, unknown=unknown or (_UNANSWERED,))
    there = Member(state.name, exists=True, trouble=trouble, unknown=unknown)
    try:
        return _with_latest(session, there)
    except WikiError as error:
        return replace(there, unknown=(*unknown, str(error)))


def _missing(session: Session, name: str) -> Member:
    try:
        steps = renames.chain(session, name)
    except WikiError as error:
        return Member(name, exists=False, unknown=(str(error),))
    return Member(name, exists=False, renamed_to=steps[-1].new if steps else "")


def _with_latest(session: Session, member: Member) -> Member:
    """Add whether an account takes mail (one that is not on this wiki takes none here), and when it was last seen."""
    name = member.name
    answer = session.read(
        _Latest,
        list="users|usercontribs|logevents",
        ususers=name,
        usprop="emailable",
        ucuser=name,
        ucprop="timestamp",
        uclimit=1,
        leuser=name,
        leprop="timestamp",
        lelimit=1,
    )
    user = next((row for row in answer.users if row.name == name), _User())
    done = (*answer.usercontribs, *answer.logevents)
    return replace(
        member,
        emailable=False if user.missing else user.emailable,
        last_active=max((row.timestamp for row in done if row.timestamp), default=None),
        never_active=not done,
    )
