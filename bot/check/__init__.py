"""The main job, for the command line and for Pywikibot alike: read, parse, match; prints nothing, saves no page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

import msgspec

from bot import memory as memories
from bot.check import crowd, gather, people, remembered
from bot.check import event as events
from bot.check import reviewed as reviewing
from bot.check.event import Located
from bot.check.people import People
from bot.check.reviewed import Reviewed
from bot.config import Settings
from bot.errors import ConfigError, UsageError, WikiError
from bot.match.hints import Hints
from bot.match.verdict import Facts, Judge
from bot.memory import Memory
from bot.model import (
    BanEntry,
    CheckResult,
    Coverage,
    Event,
    Judged,
    NameState,
    SiteInfo,
    VerdictKind,
)
from bot.parse import registrants_csv
from bot.read import attached, wiki
from bot.read.session import Session
from bot.read.wiki import PagesRead

# What is being done, how much of it is done, of how many (None: not known).
Progress = Callable[[str, int, int | None], None]

_NO_REVIEW_PAGE = "Whether anybody decided about these flags was not looked up: set review.bot to who keeps their page."
_ASKABLE = frozenset({NameState.ACCOUNT, NameState.TEMPORARY})
_ANOTHERS = (
    "It was named through a link to another wiki ({prefix}:), and that account is not part of the global account."
)
_PERHAPS = (
    "It was named through a link to another wiki ({prefix}:); whether that account is the global one cannot be told."
)


@dataclass(frozen=True, slots=True)
class CheckRequest:
    """What to check: an event, a CSV file of registrants (its bytes), or both.

    ``csv_only`` leaves the event's own registrants out. ``accept_lists`` are ids of lists whose sharp change in size
    somebody has looked at.
    """

    event: str | None = None
    registrants_csv: bytes | None = None
    csv_column: str | None = None
    csv_only: bool = False
    accept_lists: frozenset[str] = field(default=frozenset())


def silent(what: str, done: int, total: int | None) -> None:
    """Show no progress."""


def run(
    request: CheckRequest,
    settings: Settings,
    *,
    now: datetime,
    progress: Progress = silent,
    session: Session | None = None,
) -> CheckResult:
    """Return verdict and evidence for everybody who registered; ``now`` is UTC.

    Raises EventSafetyError for what nobody could check anything with: no such event, a wiki that cannot be reached, a
    CSV file that cannot be used. A source that fails is in the result instead, and then nobody is CLEAR.
    """
    with ExitStack() as stack:
        home = session or stack.enter_context(Session.open(settings))
        before = Counter(session.requests) if session else Counter()
        result, reviewed = look(request, home, now=now, progress=progress)
        sent = Counter(result.requests)
        sent.subtract({kind: before[kind] for kind in sent})
        return reviewing.decided(replace(result, requests=dict(sent)), reviewed)


def look(
    request: CheckRequest, home: Session, *, now: datetime, progress: Progress = silent
) -> tuple[CheckResult, Reviewed]:
    """Return what the sources say, before any decision, and the review page; ``requests`` counts all that was sent.

    Raises as ``run`` does.
    """
    if unknown := request.accept_lists - {one.id for one in home.settings.lists}:
        raise UsageError(f"There is no list {', '.join(sorted(unknown))} in the settings.")
    with ExitStack() as stack:
        central = home
        if not home.holds_logs:
            central = stack.enter_context(Session.open(home.settings, home.settings.central_site))
        return _Check(request, home, central, now, progress).run()


class _Check:
    """One check under way: what all its steps share."""

    def __init__(
        self, request: CheckRequest, home: Session, central: Session, now: datetime, progress: Progress
    ) -> None:
        self._request = request
        self._home, self._central = home, central
        self._settings = home.settings
        self._now = now
        self._progress = progress
        self._path = Path(self._settings.state_file) if self._settings.state_file else memories.default_path()

    def run(self) -> tuple[CheckResult, Reviewed]:
        """Return the result and the review page."""
        memory = memories.load(self._path)
        self._progress("Finding the event", 0, None)
        site = wiki.site_info(self._home)
        located = self._locate(site)
        review_title = reviewing.title_of(self._home, site, located.event.title)
        pages, listed = self._pages(located, review_title)
        everybody, rows = self._crowd(located, site, pages)
        lists = gather.read_lists(
            self._central,
            site if self._central is self._home else wiki.site_info(self._central),
            listed,
            memory,
            now=self._now,
            accept=self._request.accept_lists,
        )
        asked = gather.ask_accounts(
            self._home,
            self._central,
            [r.name for r in everybody.registrants if r.name is not None and r.state in _ASKABLE],
            [entry.name for entry in lists.entries],
            lists.memory,
            now=self._now,
            progress=lambda done, total: self._progress("Asking about accounts", done, total),
        )
        facts = Facts(
            (*lists.sources, *asked.sources), lists.entries, asked.states, asked.renames, self._unattached(everybody)
        )
        judge = Judge(facts, self._hints(lists.entries, located.event))
        judged = tuple(judge.judge(registrant) for registrant in everybody.registrants)
        remarks = (remark for one in judged for remark in one.remarks)
        notes = (*located.notes, *remarks)
        reviewed = self._reviewed(site, review_title, pages)
        unread = () if self._request.csv_only else crowd.unread(self._home, located, pages)
        unknown = (
            review_title is None and any(one.verdict is VerdictKind.FLAG for one in judged) and located.event.title
        )
        trouble = _NO_REVIEW_PAGE if unknown else reviewed.trouble
        notes = (*notes, *unread, *([trouble] if trouble else []))
        result = CheckResult(
            event=located.event,
            sources=tuple(facts.sources),
            judged=judged,
            unparsed=everybody.unparsed,
            excluded=everybody.excluded,
            coverage=_coverage(judged, None if self._request.csv_only else located.participants, rows),
            requests=self._sent(),
            checked_at=self._now,
            notes=notes,
            unread=unread,
        )
        after = self._with_check(asked.memory, result, reviewed)
        return replace(result, notes=(*self._remember(memory, after), *result.notes)), reviewed

    def _with_check(self, memory: Memory, result: CheckResult, reviewed: Reviewed) -> Memory:
        """Add that this event was checked, unless only a file of names was."""
        if not result.event.title or self._request.csv_only:
            return memory
        key = memories.event_key(self._home.name, result.event.title)
        found = remembered.seen(reviewing.decided(result, reviewed))
        return msgspec.structs.replace(memory, checks={**memory.checks, key: found})

    def _reviewed(self, site: SiteInfo, title: str | None, pages: PagesRead) -> Reviewed:
        """Return the review page, or why nobody's decision is known."""
        page = pages.found.get(title or "")
        if title is None:
            return Reviewed()
        if page is None:
            trouble = "" if title in pages.absent else f"The review page could not be read: {pages.missing.get(title)}"
            return Reviewed(title, trouble=trouble)
        if page.title != title:
            return Reviewed(title, trouble=f'The review page "{title}" is a redirect, so no decision was read from it.')
        try:
            return reviewing.read(self._home, site, title, page)
        except WikiError as error:
            return Reviewed(title, trouble=f"What reviewers decided could not be read: {error}")

    def _locate(self, site: SiteInfo) -> Located:
        if self._request.event is None:
            return Located(Event(title=""))
        return events.locate(self._home, site, self._request.event)

    def _pages(self, located: Located, review_title: str | None) -> tuple[PagesRead, PagesRead]:
        """Return the pages on which people may have signed up, the review page and the lists, by one request a wiki."""
        signup = people.signup_titles(self._settings, located.event.title)
        signup += [review_title] if review_title else []
        lists = [one.title for one in self._settings.wanted_lists()]
        if self._central is self._home:
            both = crowd.try_pages(self._home, (*signup, *lists))
            return both, both
        return crowd.try_pages(self._home, signup), crowd.try_pages(self._central, lists)

    def _crowd(self, located: Located, site: SiteInfo, pages: PagesRead) -> tuple[People, int]:
        """Return everybody, and how many of them the registration gave."""
        csv = self._request.registrants_csv
        file = None if csv is None else registrants_csv.read(csv, site, self._request.csv_column)
        if self._request.csv_only or not located.event.title:
            return people.merge((), [file] if file else []), 0
        registered = crowd.registrants(
            self._home, site, located, lambda done: self._progress("Reading registrants", done, None)
        )
        return crowd.together(self._home, site, located, registered, pages, file), len(registered)

    def _hints(self, entries: tuple[BanEntry, ...], event: Event) -> Hints:
        rules, exempted = self._settings.matching, self._settings.exemptions
        return Hints(entries, rules, exempted, today=self._now.date(), is_in_person=event.in_person)

    def _unattached(self, everybody: People) -> dict[tuple[str, str], str]:
        foreign = [(r.prefix, r.name) for r in everybody.registrants if r.prefix and r.name is not None]
        answers = attached.attached(self._home, foreign)
        return {
            key: (_PERHAPS if answer is None else _ANOTHERS).format(prefix=key[0])
            for key, answer in answers.items()
            if not answer
        }

    def _remember(self, before: Memory, after: Memory) -> tuple[str, ...]:
        if after == before:
            return ()
        try:
            memories.save(after, self._path)
        except ConfigError as error:
            return (f"The next run will not know how long the lists are now. {error}",)
        return ()

    def _sent(self) -> dict[str, int]:
        sent = Counter(self._home.requests)
        if self._central is not self._home:
            sent.update(self._central.requests)
        return {kind: sent[kind] for kind in ("api", "rest", "html")}


def _coverage(judged: tuple[Judged, ...], participants: int | None, rows: int) -> Coverage:
    private = None if participants is None else max(0, participants - rows)
    return Coverage(len(judged), sum(not one.unknown for one in judged), private)
