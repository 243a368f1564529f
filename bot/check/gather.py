"""Asks the sources: list pages, account states and rename logs, in as few requests as they allow; judges nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import msgspec

from bot.config import ListSource
from bot.errors import WikiError
from bot.match import lists
from bot.match.lists import LastTime
from bot.memory import ListSeen, Memory, RenameSeen
from bot.model import AccountState, BanEntry, Banlist, Existence, Rename, SiteInfo, Source, SourceKind, SourceState
from bot.parse import banlists
from bot.read import accounts, renames
from bot.read.session import Session
from bot.read.wiki import PagesRead

# How long a listed name that the rename log does not know is left alone; a rename may be logged any day.
ASK_AGAIN = timedelta(days=7)
RENAME_LOG = "rename-log"


@dataclass(frozen=True, slots=True)
class ListsRead:
    """All list pages: how each did, their entries together, and the memory with what was seen."""

    sources: tuple[Source, ...]
    entries: tuple[BanEntry, ...]
    memory: Memory


@dataclass(frozen=True, slots=True)
class AccountsAsked:
    """The account sources and the rename log, the state of every name, and where names that are gone went."""

    sources: tuple[Source, ...]
    states: Mapping[str, AccountState]
    renames: Mapping[str, tuple[Rename, ...]]
    memory: Memory


def read_lists(
    session: Session,
    site: SiteInfo,
    pages: PagesRead,
    memory: Memory,
    *,
    now: datetime,
    accept: frozenset[str] = frozenset(),
) -> ListsRead:
    """Return what the list pages in ``pages`` say; a list named in ``accept`` is believed at whatever size it has.

    A list that is not believed leaves the memory as it was, so that the next run warns again.
    """
    sources: list[Source] = []
    entries: list[BanEntry] = []
    seen = dict(memory.lists)
    wanted = session.settings.wanted_lists()
    for one in session.settings.lists:
        if one not in wanted:
            sources.append(lists.switched_off(one))
            continue
        key = f"{site.server} {one.title}"
        source, banlist = _read_list(session, site, one, pages, None if one.id in accept else _last(seen.get(key)))
        if source.state is SourceState.OK and source.revid is not None:
            seen[key] = ListSeen(len(banlist.entries), source.revid, now)
        sources.append(source)
        entries += [replace(entry, in_person_only=one.in_person_only) for entry in banlist.entries]
    return ListsRead(tuple(sources), tuple(entries), msgspec.structs.replace(memory, lists=seen))


def _read_list(
    session: Session, site: SiteInfo, wanted: ListSource, pages: PagesRead, last: LastTime | None
) -> tuple[Source, Banlist]:
    page = pages.found.get(wanted.title)
    if page is None:
        why = pages.missing.get(wanted.title, "it was not read")
        return lists.assess(wanted, why, Banlist(), last), Banlist()
    banlist = banlists.read(
        page.text, site, authority=wanted.authority, sections=wanted.sections or None, source=wanted.id
    )
    url = session.url(page.title, oldid=str(page.revid))
    return lists.assess(wanted, page, banlist, last, url), banlist


def _last(seen: ListSeen | None) -> LastTime | None:
    return LastTime(seen.entries, seen.revid, seen.at) if seen else None


def ask_accounts(
    session: Session,
    central: Session,
    names: Sequence[str],
    listed: Sequence[str],
    memory: Memory,
    *,
    now: datetime,
    progress: Callable[[int, int], None],
) -> AccountsAsked:
    """Return the states of ``names`` (of registrants) and ``listed`` ones, and of those that they were renamed to.

    ``listed`` names that are gone are looked up in the rename log and remembered; so are ``names``, up to the number
    in the settings, without being remembered: the memory holds nobody who registered.
    """
    off = frozenset(session.settings.off)
    read = accounts.states(session, (*names, *listed), off, progress)
    gone = {name for name, state in read.states.items() if state.existence is Existence.MISSING}
    log = _RenameLog(central, memory, now)
    steps = {name: log.remembered(name) for name in dict.fromkeys(listed) if name in gone}
    unlisted = [name for name in dict.fromkeys(names) if name in gone and name not in steps]
    steps |= {name: log.look_up(name) for name in unlisted[: session.settings.rename_lookups]}
    found = {name: chain for name, chain in steps.items() if chain}
    states, sources = dict(read.states), read.sources
    if new := [chain[-1].new for chain in found.values() if chain[-1].new not in states]:
        more = accounts.states(session, new, off)
        states |= more.states
        sources = tuple(_worse(*pair) for pair in zip(sources, more.sources, strict=True))
    return AccountsAsked((*sources, log.source()), states, found, log.memory)


class _RenameLog:
    """Looks names up, listed ones only once in a while; when a look fails, the log counts as a source that failed."""

    def __init__(self, session: Session, memory: Memory, now: datetime) -> None:
        self.memory = memory
        self._session = session
        self._now = now
        self._looks = 0
        self._trouble = ""

    def source(self) -> Source:
        """Return how the log did."""
        state = SourceState.FAILED if self._trouble else SourceState.OK
        detail = self._trouble or f"names looked up: {self._looks}"
        return Source(RENAME_LOG, SourceKind.LOG, "stewards", None, state, detail=detail)

    def remembered(self, name: str) -> tuple[Rename, ...]:
        key = f"{self._session.name} {name}"
        known = self.memory.renames.get(key)
        if known and (known.steps or self._now - known.at < ASK_AGAIN):
            return known.steps
        steps = self.look_up(name)
        if not self._trouble:
            renamed = {**self.memory.renames, key: RenameSeen(steps, self._now)}
            self.memory = msgspec.structs.replace(self.memory, renames=renamed)
        return steps

    def look_up(self, name: str) -> tuple[Rename, ...]:
        if self._trouble:
            return ()
        self._looks += 1
        try:
            return renames.chain(self._session, name)
        except WikiError as error:
            self._trouble = str(error)
            return ()


def _worse(first: Source, second: Source) -> Source:
    return first if first.state is not SourceState.OK else replace(first, state=second.state, detail=second.detail)
