"""What the wiki says of accounts: whether they exist, are locked or blocked; asked in batches, matched by name.

``list=users`` speaks of the wiki that is asked, ``list=globalusers`` and ``list=globalblocks`` of all wikis together.
Hidden, suppressed, renamed-away and unknown accounts look alike: missing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import msgspec

from bot.errors import WikiError
from bot.model import (
    AccountState,
    Existence,
    Fact,
    NotKnown,
    Restriction,
    Severity,
    Source,
    SourceKind,
    SourceState,
)
from bot.read import centralusers, globalblocks
from bot.read.centralusers import GLOBAL, LOCAL, SINGLE, GlobalRow, LocalRow, Progress, UsersRead
from bot.read.globalblocks import BlocksRead
from bot.read.session import Session

LOCK, GLOBAL_BLOCK, LOCAL_BLOCK = "global-lock", "global-block", "local-block"
SOURCE_IDS = (LOCK, GLOBAL_BLOCK, LOCAL_BLOCK)

_SEVERITY = {LOCK: Severity.LOCK, GLOBAL_BLOCK: Severity.GLOBAL_BLOCK, LOCAL_BLOCK: None}
_AUTHORITY = {LOCK: "stewards", GLOBAL_BLOCK: "stewards", LOCAL_BLOCK: "administrators"}
_MODULES = (GLOBAL, SINGLE, "globalblocks")

_DISAGREE = "The wiki's two answers about this account disagree; it may have been renamed during this check."
_NO_GLOBAL = "No global account of this name is visible."
_UNATTACHED = "The account of this name on this wiki does not belong to the global account of this name."
_UNANSWERED = "The wiki gave no answer about this account."


@dataclass(frozen=True, slots=True)
class AccountsRead:
    """The state of each name that was asked, and how each source did."""

    states: Mapping[str, AccountState]
    sources: tuple[Source, ...]


class _Module(msgspec.Struct):
    name: str


class _ParamInfo(msgspec.Struct):
    modules: list[_Module] = []


def states(
    session: Session, names: Sequence[str], off: frozenset[str] = frozenset(), progress: Progress | None = None
) -> AccountsRead:
    """Return what the account sources say of canonical names; sources named in ``off`` are not asked.

    Raises nothing for a wiki that does not answer: the source is then failed, and its fact NotKnown with the cause.
    ``progress`` gets (names answered, all names).
    """
    names = tuple(dict.fromkeys(names))
    modules, trouble = _modules(session)
    central = next((module for module in (GLOBAL, SINGLE) if module in modules), None)
    # Also with locks switched off: the central ids come with the same requests, unless each name costs one.
    wanted = None if central == SINGLE and LOCK in off else central
    users = centralusers.read(session, names, wanted, progress)
    blocks = BlocksRead()
    if GLOBAL_BLOCK not in off and "globalblocks" in modules:
        blocks = globalblocks.read(session, _registered(names, users))
    failed = _failures(users, blocks, modules, central, trouble)
    asked = tuple(source for source in SOURCE_IDS if source not in off)
    judged = {name: _state(session, name, users, blocks, failed, asked) for name in names}
    sources = tuple(_source(source, failed, asked, central, users) for source in SOURCE_IDS)
    return AccountsRead(MappingProxyType(judged), sources)


def _modules(session: Session) -> tuple[frozenset[str], str]:
    """Return the modules that the wiki has, by one request, or why that cannot be known."""
    try:
        answer = session.ask("paraminfo", modules="|".join(f"query+{module}" for module in _MODULES))
        known = session.shaped(answer.get("paraminfo", {}), _ParamInfo)
    except WikiError as error:
        return frozenset(), str(error)
    return frozenset(module.name for module in known.modules), ""


def _failures(
    users: UsersRead, blocks: BlocksRead, modules: frozenset[str], central: str | None, trouble: str
) -> dict[str, str]:
    """Return for each source that failed the reason."""
    failed = {
        LOCK: users.failed.get(central or "", ""),
        GLOBAL_BLOCK: blocks.failed,
        LOCAL_BLOCK: users.failed.get(LOCAL, ""),
    }
    if central is None:
        failed[LOCK] = trouble or "This wiki cannot tell locks: it does not have the CentralAuth extension."
    if "globalblocks" not in modules:
        failed[GLOBAL_BLOCK] = trouble or "This wiki cannot tell global blocks: it does not have GlobalBlocking."
    return {source: why for source, why in failed.items() if why}


def _registered(names: Sequence[str], users: UsersRead) -> dict[str, str]:
    """Return the names that surely have a global account (others may fail a whole batch), with registration times."""
    known: dict[str, str] = {}
    for name in names:
        row, local = users.central.get(name), users.local.get(name)
        if row and row.centralid:
            known[name] = row.registration
        elif row is None and local and local.central_id:
            known[name] = ""
    return known


def _state(
    session: Session,
    name: str,
    users: UsersRead,
    blocks: BlocksRead,
    failed: Mapping[str, str],
    asked: Sequence[str],
) -> AccountState:
    row, local = users.central.get(name), users.local.get(name)
    existence = _existence(row, local, certain=not failed.get(LOCK))
    central_id = (row.centralid if row else local.central_id if local else None) or None
    if existence in (Existence.MISSING, Existence.INVALID):
        return AccountState(name, existence)
    facts: dict[str, Fact] = {
        LOCK: _lock(session, name, row),
        GLOBAL_BLOCK: blocks.facts.get(name, NotKnown(_NO_GLOBAL if not central_id else _UNANSWERED)),
        LOCAL_BLOCK: _local_block(session, name, local, row),
    }
    if _disagree(row, local):
        facts = dict.fromkeys(facts, NotKnown(_DISAGREE))
    for source, why in failed.items():
        if isinstance(facts[source], NotKnown):
            facts[source] = NotKnown(why)
    return AccountState(name, existence, central_id, MappingProxyType({source: facts[source] for source in asked}))


def _existence(row: GlobalRow | None, local: LocalRow | None, *, certain: bool) -> Existence:
    rows = [answer for answer in (row, local) if answer is not None]
    if not rows:
        return Existence.UNANSWERED
    if any(answer.invalid for answer in rows):
        return Existence.INVALID
    if local and "temp" in local.groups:
        return Existence.TEMPORARY
    if any(not answer.missing for answer in rows):
        return Existence.EXISTS
    # An account that was not met here may still exist elsewhere, which only the other answer can tell.
    return Existence.MISSING if row or certain else Existence.UNANSWERED


def _disagree(row: GlobalRow | None, local: LocalRow | None) -> bool:
    """Tell whether the attached local account belongs to another global account than the one of its name."""
    if row is None or local is None or local.missing or not local.central_id:
        return False
    return row.centralid != local.central_id


def _lock(session: Session, name: str, row: GlobalRow | None) -> Fact:
    """Return the lock; only an explicit ``locked: false`` says that there is none."""
    if row is None:
        return NotKnown(_UNANSWERED)
    if row.missing:
        return NotKnown(_NO_GLOBAL)
    if row.locked is None:
        return NotKnown("The wiki did not say whether this account is locked.")
    if not row.locked:
        return None
    if row.locklogid and session.holds_logs:
        return Restriction(
            Severity.LOCK, f"log {row.locklogid}", url=session.url("Special:Log", logid=str(row.locklogid))
        )
    # An account that was renamed after its lock has no log entry under its present name.
    where = f"log {row.locklogid}" if row.locklogid else "global account"
    return Restriction(Severity.LOCK, where, url=session.url(f"Special:CentralAuth/{name}"))


def _local_block(session: Session, name: str, local: LocalRow | None, row: GlobalRow | None) -> Fact:
    """Return the block on the wiki that was asked; an account that does not exist there cannot be blocked there."""
    if local is None:
        return NotKnown(_UNANSWERED)
    if local.missing:
        return None
    if row and row.centralid and local.central_id == 0:
        return NotKnown(_UNATTACHED)
    if not (local.blockid or local.blockexpiry or local.blockcomponents):
        return None
    ids = [local.blockid] if local.blockid else [part.blockid for part in local.blockcomponents if part.blockid]
    return Restriction(
        Severity.PARTIAL_BLOCK if local.blockpartial else Severity.SITEWIDE_BLOCK,
        f"block {', '.join(map(str, ids))}" if ids else "block",
        since=local.blockedtimestamp,
        expiry="" if globalblocks.endless(local.blockexpiry) else local.blockexpiry,
        url=session.url("Special:BlockList", wpTarget=name),
    )


def _source(
    source: str, failed: Mapping[str, str], asked: Sequence[str], central: str | None, users: UsersRead
) -> Source:
    state = SourceState.OFF if source not in asked else SourceState.FAILED if source in failed else SourceState.OK
    detail = {
        LOCK: "list=globalusers" if central == GLOBAL else "meta=globaluserinfo, one request for each name",
        GLOBAL_BLOCK: "list=globalblocks",
        LOCAL_BLOCK: f"list=users{_strangers(users)}",
    }[source]
    detail = "" if state is SourceState.OFF else failed.get(source, detail)
    return Source(source, SourceKind.ACCOUNT, _AUTHORITY[source], _SEVERITY[source], state, detail=detail)


def _strangers(users: UsersRead) -> str:
    """Return how many exist, but not on the wiki that was asked, where they therefore cannot be blocked."""
    count = sum(1 for name, row in users.central.items() if row.centralid and _is_missing(users.local.get(name)))
    return f"; names without an account on this wiki: {count}" if count else ""


def _is_missing(local: LocalRow | None) -> bool:
    return local is not None and local.missing
