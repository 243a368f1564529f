"""The review page of an event: from flags, decisions and the page as it stands to its next text; knows no wiki.

Laws: a person's words and order stay. A decision holds for its flag and for the facts it was made on; when they change
the flag is open again. What could not be checked is neither added nor taken away. The same input gives the same text,
and the text that comes out, read back, gives itself.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from bot import escape
from bot.model import Decision, SiteInfo, Status
from bot.parse import reviews
from bot.parse.reviews import FLAG, HEADER, OPEN, SETTLED, ReviewPage, Row
from bot.plan import rewrite
from bot.plan.decisions import Decisions, Uncounted
from bot.plan.flags import Flag
from bot.plan.rewrite import Change

# The order of the parameters; people's own two come last.
PARAMETERS = (
    "id", "name", "account", "severity", "source", "link", "since", "until", "listed", "event", "date", "facts",
    "reopened", "status", "comment",
)  # fmt: skip
# What is put right at any time, and what goes with a new name; the others change with the facts alone.
_STEADY = ("name", "severity", "source", "event", "date", "facts")
_OF_NAME = ("account", "listed")

_API_TIME = re.compile(r"^(\d{4}-\d\d-\d\d)T(\d\d:\d\d):\d\dZ$")

# The kinds of change, as the summary counts them, in its order.
ADDED = "{} added"
REOPENED = "{} reopened (facts changed)"
UPDATED = "{} updated (facts changed)"
RENAMED = "{} renamed"
PUT_RIGHT = "{} put right"
HANDLED = "{} handled"
GONE_PERSON = "{} removed (no longer registered)"
GONE_FACT = "{} removed (no longer so)"
FORGOTTEN = "{} settled before, forgotten"
OVERVIEW = "overview updated"
_ORDER = (ADDED, REOPENED, UPDATED, RENAMED, PUT_RIGHT, HANDLED, GONE_PERSON, GONE_FACT, FORGOTTEN, OVERVIEW)


@dataclass(frozen=True, slots=True)
class Present:
    """Whether a flag that is no longer found may be believed to be gone.

    ``known``: this very account is registered and its source was asked about it. ``registered``: it is registered.
    """

    registered: bool
    known: bool


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the page is to say; ``account_urls`` and ``presence`` are by id of a flag.

    ``presence`` lacks who is not registered; ``unsure`` are names of registrants whose account is not known this time,
    and ``everybody_read`` tells whether the list of registrants is whole. ``title`` and ``registration`` are of the
    event, ``unchecked`` counts by cause; ``shared`` is a page for several events.
    """

    title: str
    registration: int | None
    date: str
    flags: Sequence[Flag]
    account_urls: Mapping[str, str]
    presence: Mapping[str, Present]
    unsure: frozenset[str]
    everybody_read: bool
    unchecked: Mapping[str, int]
    stop_page: str
    shared: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """The next text of the page with its summary, a sentence for each change, and what was left alone."""

    text: str
    summary: str
    reasons: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def next_page(text: str | None, site: SiteInfo, wanted: Wanted, decisions: Decisions) -> Page:
    """Return what the page is to be; ``text`` None: there is none. A page with nothing to tell is not made."""
    if text is None and not wanted.flags:
        return Page("", "")
    draft = _Draft(text or "", reviews.read(text or "", site), wanted, decisions)
    draft.write()
    return draft.page()


@dataclass(slots=True)
class _Draft:
    """The changes of one page while they are collected."""

    text: str
    read: ReviewPage
    wanted: Wanted
    decisions: Decisions
    changes: list[Change] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    reasons: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    leaving: list[Row] = field(default_factory=list)

    def page(self) -> Page:
        summary = ", ".join(kind.format(self.counts[kind]) for kind in _ORDER if self.counts[kind])
        text = rewrite.edit(self.text, self.changes)
        return Page(text, f"Event review: {summary}", tuple(self.reasons), tuple(self.notes))

    def write(self) -> None:
        """Collect every change."""
        self._report()
        rows = {id(row): row for row in self.read.rows}
        fresh: list[tuple[Flag, str]] = []
        for flag in self.wanted.flags:
            row = self._row_of(flag)
            if row is not None:
                rows.pop(id(row))
                self._keep(row, flag)
            elif flag.id not in self.read.unreadable_ids:
                fresh += self._fresh(flag)
        for row in rows.values():
            self._without_flag(row)
        self._forget()
        self._header()
        self._insert(fresh)

    def _report(self) -> None:
        self.notes += [
            f"Line {broken.line} of the review page cannot be read and was left alone: {broken.why}."
            for broken in self.read.broken
        ]
        self.notes += [
            f'The status "{one.status}" of flag {one.flag} does not count: {one.why} (revision {one.revid}).'
            for one in self.decisions.uncounted
        ]

    def _row_of(self, flag: Flag) -> Row | None:
        """Return the row of a flag: by its id, else (the account's central id was not known once) by what it says."""
        same = (row for row in self.read.rows if row.id == flag.id)
        alike = (
            row
            for row in self.read.rows
            if row.id not in self.wanted.presence and _told(row) == tuple(map(escape.terminal, _tells(flag)))
        )
        return next(same, None) or next(alike, None)

    def _keep(self, row: Row, flag: Flag) -> None:
        """Bring a row that stays up to date, or let it go when it was handled."""
        decision = self.decisions.accepted.get(row.id)
        if (decision.facts if decision else row.call.get("facts")) != flag.facts:
            self._renew(row, flag, decision)
        elif decision and decision.status is Status.HANDLED:
            self._settle(row, decision)
        else:
            renamed = row.call.get("name") != escape.terminal(flag.name)
            own = (*_STEADY, *_OF_NAME) if renamed else _STEADY
            values = {name: value for name, value in self._values(flag).items() if name in own}
            kind = RENAMED if renamed else PUT_RIGHT
            self._set(row, values, kind, f'The flag {row.id} is about "{flag.name}" ({flag.label}).')

    def _renew(self, row: Row, flag: Flag, decision: Decision | None) -> None:
        values = self._values(flag)
        if decision is None:
            self._set(row, values, UPDATED, f'The facts of flag {row.id}, "{flag.name}" ({flag.label}), changed.')
            return
        values |= {"reopened": decision.status.value, "status": OPEN}
        why = f'The flag {row.id}, "{flag.name}" ({flag.label}), is open again: its facts changed since it was decided.'
        self._set(row, values, REOPENED, why)

    def _settle(self, row: Row, decision: Decision) -> None:
        values = {"id": row.id, "facts": decision.facts, "status": decision.status.value, "revision": decision.revid}
        self._take(row, HANDLED, f"The flag {row.id} was handled.")
        settled = rewrite.render(SETTLED, {name: str(value) for name, value in values.items()})
        self.changes.append(rewrite.insert(self.text, len(self.text), settled))

    def _fresh(self, flag: Flag) -> Iterable[tuple[Flag, str]]:
        """Give a flag that is not on the page, unless it was handled on the same facts."""
        settled = self.decisions.settled.get(flag.id)
        if settled and settled.facts == flag.facts:
            return
        reopened = settled.status.value if settled else ""
        self._count(REOPENED if settled else ADDED, f'The flag {flag.id}: "{flag.name}" ({flag.label}, {flag.where}).')
        yield flag, rewrite.render(FLAG, {**self._values(flag), "reopened": reopened, "status": OPEN, "comment": ""})

    def _without_flag(self, row: Row) -> None:
        """Take a row away whose person or fact is surely gone."""
        if self.wanted.shared and row.call.get("event") != escape.terminal(self.wanted.title):
            return
        present = self.wanted.presence.get(row.id)
        sure = self.wanted.everybody_read and row.call.get("name") not in self.wanted.unsure
        if present is None and sure:
            self._take(row, GONE_PERSON, f"The account of flag {row.id} is not registered any more.")
        elif present is not None and present.known:
            self._take(row, GONE_FACT, f"What flag {row.id} said is not so any more.")
        elif present is not None and not present.registered:
            self._take(row, GONE_PERSON, f"The account of flag {row.id} can no longer be seen to be registered.")
        else:
            self.notes.append(f"Whether flag {row.id} still holds could not be checked, so it stays.")

    def _forget(self) -> None:
        """Take away what was settled and is so no more, or stands on the page again."""
        flags = {flag.id: flag for flag in self.wanted.flags}
        for row in self.read.settled:
            decision, flag = self.decisions.settled.get(row.id), flags.get(row.id)
            present = self.wanted.presence.get(row.id)
            gone = present.known or not present.registered if present else self._everybody_known()
            if decision and (gone if flag is None else flag.facts != decision.facts):
                self._take(row, FORGOTTEN, f"What was settled as {row.id} is not so any more.")

    def _everybody_known(self) -> bool:
        return self.wanted.everybody_read and not self.wanted.unsure and not self.wanted.shared

    def _header(self) -> None:
        values = {
            "event": escape.wikitext(self.wanted.title),
            "registration": str(self.wanted.registration or ""),
            "start": self.wanted.date,
            "unchecked": "; ".join(f"{escape.wikitext(cause)}: {n}" for cause, n in self.wanted.unchecked.items()),
            "not counted": "; ".join(f"[[Special:Diff/{n}|{flag}]]" for flag, n in _by_flag(self.decisions.uncounted)),
            "stop": escape.wikitext(self.wanted.stop_page),
        }
        if self.read.header is None:
            top = rewrite.render(HEADER, values) + "\n__NOINDEX__"
            self.changes.append(Change(0, 0, top + ("\n\n" if self.text else "")))
            if self.text:
                self._count(OVERVIEW, "The page had lost its header.")
        elif changes := rewrite.set_parameters(self.text, self.read.header, values):
            self.changes += changes
            self._count(OVERVIEW, "What could not be checked, or does not count, changed.")

    def _insert(self, fresh: Sequence[tuple[Flag, str]]) -> None:
        """Put new rows where the order of severity and date has them, as far as the page keeps it."""
        places: dict[int, list[str]] = {}
        by_id = {flag.id: flag for flag in self.wanted.flags}
        staying = [row for row in self.read.rows if row not in self.leaving]
        known = [(row, by_id[row.id]) for row in staying if row.id in by_id]
        for flag, rendered in sorted(fresh, key=lambda pair: pair[0].order):
            behind = next((row for row, other in known if other.order > flag.order), None)
            at = behind.call.start if behind else staying[-1].call.end if staying else len(self.text)
            places.setdefault(at, []).append(rendered)
        for at, rendered_rows in places.items():
            rows = "\n\n".join(rendered_rows)
            if self.read.header is None and not self.text:
                self.changes.append(Change(0, 0, f"\n\n{rows}"))
            else:
                self.changes.append(rewrite.insert(self.text, at, rows))

    def _values(self, flag: Flag) -> dict[str, str]:
        shown = {
            "id": flag.id,
            "name": escape.wikitext(flag.name),
            "account": escape.web_address(self.wanted.account_urls.get(flag.id)) or "",
            "severity": flag.severity.value,
            "source": escape.wikitext(flag.label),
            "link": escape.web_address(flag.url) or "",
            "since": _time(flag.since),
            "until": _time(flag.until),
            "listed": escape.wikitext(flag.listed),
            "event": escape.wikitext(flag.event),
            "date": flag.date,
            "facts": flag.facts,
        }
        return {name: shown[name] for name in PARAMETERS if name in shown}

    def _set(self, row: Row, values: Mapping[str, str], kind: str, why: str) -> None:
        own = {name: value for name, value in values.items() if name != "id"}
        if changes := rewrite.set_parameters(self.text, row.call, own, PARAMETERS):
            self.changes += changes
            self._count(kind, why)

    def _take(self, row: Row, kind: str, why: str) -> None:
        self.changes.append(rewrite.remove(self.text, row.call))
        self.leaving.append(row)
        self._count(kind, why)

    def _count(self, kind: str, why: str) -> None:
        self.counts[kind] += 1
        self.reasons.append(why)


def _told(row: Row) -> tuple[str, str, str]:
    return row.call.get("name"), row.call.get("source"), row.call.get("event")


def _tells(flag: Flag) -> tuple[str, str, str]:
    return flag.name, flag.label, flag.event


def _by_flag(uncounted: Iterable[Uncounted]) -> list[tuple[str, int]]:
    return sorted((one.flag, one.revid) for one in uncounted)


def _time(text: str) -> str:
    """Return a time of the API for readers, any other text as it is."""
    return escape.wikitext(_API_TIME.sub(r"\1 \2 UTC", text))
