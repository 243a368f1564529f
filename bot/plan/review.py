"""The review page of an event: from flags, decisions and the page as it stands to its next text; knows no wiki.

Laws: a person's words and order stay. A decision holds for its flag and for the facts it was made on; when they change
the flag is open again. What could not be checked is neither added nor taken away. The same input gives the same text,
and the text that comes out, read back, gives itself.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from bot import escape
from bot.model import Decision, SiteInfo, Status
from bot.parse import reviews
from bot.parse.markup import HIDDEN, mask
from bot.parse.reviews import FLAG, HEADER, OPEN, SETTLED, ReviewPage, Row
from bot.plan import flagrow, rewrite
from bot.plan.decisions import Decisions
from bot.plan.flags import Flag
from bot.plan.rewrite import Change
from bot.plan.wanted import Page, Wanted

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


_JOINED = "The review page is left alone: what people wrote around its flags would become a flag. Mend it by hand."


def next_page(text: str | None, site: SiteInfo, wanted: Wanted, decisions: Decisions) -> Page:
    """Return what the page is to be; ``text`` None: there is none. Where nothing is to be told, no page is begun."""
    if not text and not wanted.flags:
        return Page("", "")
    draft = _Draft(text or "", reviews.read(text or "", site), wanted, decisions)
    draft.write()
    return draft.page(site)


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
    settled: list[str] = field(default_factory=list)
    expected: Counter[tuple[str, str]] = field(default_factory=Counter)

    def page(self, site: SiteInfo) -> Page:
        """Return the next page, unless taking calls away would join what people wrote around them to another call."""
        summary = ", ".join(kind.format(self.counts[kind]) for kind in _ORDER if self.counts[kind])
        for changes in (self.changes, [self._apart(change) for change in self.changes]):
            text = rewrite.edit(self.text, changes)
            if _kinds(reviews.read(text, site)) == self.expected:
                return Page(text, f"Event review: {summary}", tuple(self.reasons), tuple(self.notes))
        return Page(self.text, "", (), (*self.notes, _JOINED))

    def _apart(self, change: Change) -> Change:
        """Return a change that leaves something in the place of a call, across which no wikitext joins."""
        is_call = "{{" in self.text[change.start : change.end] and not change.replacement
        return Change(change.start, change.end, "<nowiki/>") if is_call else change

    def write(self) -> None:
        """Collect every change."""
        self._report()
        rows = {row.id: row for row in self.read.rows}
        fresh: list[tuple[Flag, str]] = []
        for flag in self.wanted.flags:
            row = self._row_of(flag, rows)
            if row is not None:
                del rows[row.id]
                self._keep(row, flag)
            elif flag.id not in self.read.unreadable_ids:
                fresh += self._fresh(flag)
        for row in rows.values():
            self._without_flag(row)
        self._forget()
        self._header()
        self._insert(fresh)
        self.changes += [rewrite.insert(self.text, self._bottom(), settled) for settled in self.settled]
        self.expected += _kinds(self.read) + Counter((FLAG, flag.id) for flag, _ in fresh)
        self.expected -= Counter((row.call.name, row.id) for row in self.leaving)

    def _report(self) -> None:
        self.notes += [
            f"Line {broken.line} of the review page cannot be read and was left alone: {broken.why}."
            for broken in self.read.broken
        ]
        self.notes += [
            f'The status "{one.status}" of flag {one.flag} does not count: {one.why} (revision {one.revid}).'
            for one in self.decisions.uncounted
        ]

    def _row_of(self, flag: Flag, rows: Mapping[str, Row]) -> Row | None:
        """Return the row of a flag: by its id, else (the account's central id was not known once) by what it says."""
        known = {*self.wanted.presence, *(other.id for other in self.wanted.flags)}
        alike = (row for row in rows.values() if row.id not in known and flagrow.is_alike(row, flag))
        return rows.get(flag.id) or next(alike, None)

    def _keep(self, row: Row, flag: Flag) -> None:
        """Bring a row that stays up to date, or let it go when it was handled."""
        decision = self.decisions.accepted.get(row.id)
        if (decision.facts if decision else row.call.get("facts")) != flag.facts:
            self._renew(row, flag, decision)
        elif decision and decision.status is Status.HANDLED:
            self._settle(row, flag, decision)
        else:
            values = flagrow.lasting(row, flag, self.wanted.account_urls.get(flag.id))
            kind = RENAMED if row.call.get("name") != escape.terminal(flag.name) else PUT_RIGHT
            self._set(row, values, kind, f'The flag {row.id} is about "{flag.name}" ({flag.label}).')

    def _renew(self, row: Row, flag: Flag, decision: Decision | None) -> None:
        values = self._values(flag)
        if decision is None:
            self._set(row, values, UPDATED, f'The facts of flag {row.id}, "{flag.name}" ({flag.label}), changed.')
            return
        values |= {"reopened": decision.status.value, "status": OPEN}
        why = f'The flag {row.id}, "{flag.name}" ({flag.label}), is open again: its facts changed since it was decided.'
        self._set(row, values, REOPENED, why)

    def _settle(self, row: Row, flag: Flag, decision: Decision) -> None:
        """Let a row go, and keep what was decided of it, in place of what stands settled under its id."""
        self._take(row, HANDLED, f"The flag {row.id} was handled.")
        for before in self.read.settled:
            if before.id == flag.id:
                self.changes.append(rewrite.remove(self.text, before.call))
                self.leaving.append(before)
        self.settled.append(flagrow.settled(flag, decision))
        self.expected[SETTLED, flag.id] += 1

    def _fresh(self, flag: Flag) -> Iterable[tuple[Flag, str]]:
        """Give a flag that is not on the page, unless it was handled on the same facts."""
        settled = self.decisions.settled.get(flag.id)
        if settled and settled.facts == flag.facts:
            return
        reopened = settled.status.value if settled else ""
        place = flag.where if flag.where.startswith(flag.label) else f"{flag.label}, {flag.where}"
        self._count(REOPENED if settled else ADDED, f'The flag {flag.id}: "{flag.name}" ({place}).')
        yield flag, flagrow.fresh(flag, self.wanted.account_urls.get(flag.id), reopened)

    def _without_flag(self, row: Row) -> None:
        """Take a row away whose person or fact is surely gone."""
        present, name = self.wanted.presence.get(row.id), row.call.get("name")
        if name in self.wanted.hidden:
            self._take(row, GONE_PERSON, f"The account of flag {row.id} can no longer be seen.")
        elif present is None and name in self.wanted.registered - self.wanted.unsure:
            self._take(row, GONE_FACT, f"The source of flag {row.id} is not one of the settings any more.")
        elif present is None and self._is_gone(name):
            self._take(row, GONE_PERSON, f"The account of flag {row.id} is not registered any more.")
        elif present is not None and not present.registered:
            self._take(row, GONE_PERSON, f"The account of flag {row.id} can no longer be seen to be registered.")
        elif present is not None and present.known:
            self._take(row, GONE_FACT, f"What flag {row.id} said is not so any more.")
        else:
            self.notes.append(f"Whether flag {row.id} still holds could not be checked, so it stays.")

    def _is_gone(self, name: str) -> bool:
        unsure = name in self.wanted.unsure or name in self.wanted.unread_lines
        return self.wanted.everybody_read and not unsure

    def _forget(self) -> None:
        """Take away what was settled and is so no more, or stands on the page again."""
        flags = {flag.id: flag for flag in self.wanted.flags}
        for row in self.read.settled:
            decision, flag = self.decisions.settled.get(row.id), flags.get(row.id)
            present = self.wanted.presence.get(row.id)
            gone = present.known or not present.registered if present else self._everybody_known()
            if row in self.leaving:
                continue
            if decision and (gone if flag is None else flag.facts != decision.facts):
                self._take(row, FORGOTTEN, f"What was settled as {row.id} is not so any more.")

    def _everybody_known(self) -> bool:
        return self.wanted.everybody_read and not self.wanted.unsure and not self.wanted.unread_lines

    def _header(self) -> None:
        values = {
            "event": escape.wikitext(self.wanted.title),
            "registration": str(self.wanted.registration or ""),
            "start": self.wanted.date,
            "unchecked": "; ".join(f"{escape.wikitext(cause)}: {n}" for cause, n in self.wanted.unchecked.items()),
            "not counted": "; ".join(f"[[Special:Diff/{n}|{flag}]]" for flag, n in self._not_counted()),
            "stop": escape.wikitext(self.wanted.stop_page),
        }
        self.expected[HEADER, ""] += self.read.header is None
        if self.read.header is None:
            top = rewrite.render(HEADER, values) + "\n__NOINDEX__"
            self.changes.append(Change(0, 0, top + ("\n\n" if self.text else "")))
            if self.text:
                self._count(OVERVIEW, "The page had lost its header.")
        elif changes := rewrite.set_parameters(self.text, self.read.header, values):
            self.changes += changes
            self._count(OVERVIEW, "What could not be checked, or does not count, changed.")

    def _not_counted(self) -> list[tuple[str, int]]:
        gone = {(row.id, row.call.name == SETTLED) for row in self.leaving}
        uncounted = self.decisions.uncounted
        return sorted((one.flag, one.revid) for one in uncounted if (one.flag, one.settled) not in gone)

    def _insert(self, fresh: Sequence[tuple[Flag, str]]) -> None:
        """Put new rows where the order of severity and date has them, as far as the page keeps it."""
        places: dict[int, list[str]] = {}
        by_id = {flag.id: flag for flag in self.wanted.flags}
        staying = [row for row in self.read.rows if row not in self.leaving]
        known = [(row, by_id[row.id]) for row in staying if row.id in by_id]
        for flag, rendered in sorted(fresh, key=lambda pair: pair[0].order):
            behind = next((row for row, other in known if other.order > flag.order), None)
            at = behind.call.start if behind else staying[-1].call.end if staying else self._without_rows()
            places.setdefault(at, []).append(rendered)
        for at, rendered_rows in places.items():
            rows = "\n\n".join(rendered_rows)
            if self.read.header is None and not self.text:
                self.changes.append(Change(0, 0, f"\n\n{rows}"))
            else:
                self.changes.append(rewrite.insert(self.text, at, rows))

    def _without_rows(self) -> int:
        """Return the place of the first row: before what is settled, else at the end."""
        return min((row.call.start for row in self.read.settled if row not in self.leaving), default=self._bottom())

    def _bottom(self) -> int:
        """Return the end of the page, or of its last call when a comment that is not closed hides the end."""
        if not mask(f"{self.text}.").endswith(HIDDEN):
            return len(self.text)
        rows = [row.call.end for row in (*self.read.rows, *self.read.settled) if row not in self.leaving]
        return max((self.read.header.end if self.read.header else 0, *rows))

    def _values(self, flag: Flag) -> dict[str, str]:
        return flagrow.values(flag, self.wanted.account_urls.get(flag.id))

    def _set(self, row: Row, values: Mapping[str, str], kind: str, why: str) -> None:
        own = {name: value for name, value in values.items() if name != "id"}
        if changes := rewrite.set_parameters(self.text, row.call, own, flagrow.PARAMETERS):
            self.changes += changes
            self._count(kind, why)

    def _take(self, row: Row, kind: str, why: str) -> None:
        self.changes.append(rewrite.remove(self.text, row.call))
        self.leaving.append(row)
        self._count(kind, why)

    def _count(self, kind: str, why: str) -> None:
        self.counts[kind] += 1
        self.reasons.append(why)


def _kinds(page: ReviewPage) -> Counter[tuple[str, str]]:
    """Return how often each flag and the header stand on a page."""
    calls = Counter((row.call.name, row.id) for row in (*page.rows, *page.settled))
    calls[HEADER, ""] += page.header is not None
    return +calls
