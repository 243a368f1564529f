"""Reads a list of people who are banned from events, as people keep it in spreadsheets; it decides on nobody.

What a list does not say clearly never makes it less strict: such an entry holds, and a note names its row.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bot.model import SiteInfo
from bot.private import dates, people, scopes
from bot.private.cells import is_blank, tidy
from bot.private.column_words import Kind, folded, meaning, pattern, words
from bot.private.columns import Layout, find
from bot.private.model import BanList, Entry, Field, Grid, Row, Scope, UnreadRow

WHAT = "The list"
_LABELLED = re.compile(r"([^:：=]{1,80})[:：=]\s*(.+)", re.DOTALL)


@dataclass(frozen=True, slots=True, repr=False)
class _Whole:
    """What rows outside of the table say of the whole list."""

    ends: date | None = None
    scope: Scope | None = None
    event: str = ""


def read(grid: Grid, site: SiteInfo, *, columns: Mapping[Field, str] | None = None) -> BanList:
    """Return the list in ``grid``: its entries in order, the rows of which something was not taken, what to say of it.

    ``columns`` says what the person said of columns, as for ``columns.find``. A row that names several users or
    several events gives several entries with its number. Rows above the header and sentences below the table may say until
    when the list may be kept, and for which event or which kind of event it is. Raises BadInputError, without content,
    for a list that cannot be used.
    """
    layout = find(grid, site, columns or {}, WHAT)
    reader = _Reader(layout, site)
    for row in layout.rows:
        reader.take(row)
    return reader.banlist(grid.notes)


class _Reader:
    """Collects the entries of one list."""

    def __init__(self, layout: Layout, site: SiteInfo) -> None:
        self._layout = layout
        self._site = site
        self._outside = list(layout.above)
        self._entries: dict[Entry, int] = {}
        self._order: list[Entry] = []
        self._unread: list[UnreadRow] = []
        self._notes: dict[str, list[int]] = {}

    def take(self, row: Row) -> None:
        """Take the entries of ``row``, or say why there are none."""
        if people.is_furniture(row, self._layout):
            self._note("not read: a repeated header, or a number alone.", row)
            return
        if self._is_sentence(row):
            self._outside.append(row)
            return
        named = people.names(row, self._layout, self._site)
        if why := people.unread_why(row, named, self._layout):
            self._unread.append(UnreadRow(row.number, why))
        if named.other_bad:
            self._note("an address or id that is none: only the rest of the row was read.", row)
        if named.is_cut:
            self._note("a user name with a comma or semicolon: read as one name and as several.", row)
        until = self._until(row)
        for user, real, mail, number in named.identities():
            for scope, event in self._scopes(row):
                self._add(Entry(row.number, user, real, mail, number, until, scope, event))

    def _is_sentence(self, row: Row) -> bool:
        """Whether ``row`` has one cell of several that says when the list ends, not whom it names."""
        filled = [one for one in row.cells if one]
        if len(filled) > 2 or len(self._layout.kinds) < 2 or len(filled) == len(self._layout.kinds):
            return False
        return bool(_ends([row])[0])

    def _add(self, entry: Entry) -> None:
        same = Entry(
            0, entry.user, entry.real_name, entry.email, entry.central_id, entry.until, entry.scope, entry.event
        )
        if same in self._entries:
            self._notes.setdefault("what an earlier row says: kept once.", []).append(entry.row)
            return
        self._entries[same] = entry.row
        self._order.append(entry)

    def _until(self, row: Row) -> date | None:
        """Return the last day of all that the row names, None where one of them is no end."""
        found = [dates.until(one) for one in self._layout.cells(row, Kind.UNTIL) if one]
        for one in found:
            if one.doubt is dates.Doubt.UNREADABLE:
                self._note("an end that cannot be read: the entry holds without end.", row)
            elif one.doubt is dates.Doubt.TWO_WAYS:
                self._note("an end that can be read in two ways: the later day counts.", row)
        days = [one.day for one in found]
        return max((day for day in days if day), default=None) if None not in days else None

    def _scopes(self, row: Row) -> Sequence[tuple[Scope | None, str]]:
        """Return for which events the row holds; an event counts where no wider scope is said."""
        said = [scopes.scope(one) for one in self._layout.cells(row, Kind.SCOPE)]
        if not all(one.is_sure for one in said):
            self._note("a scope that is not understood: the entry holds for all events.", row)
        widest = [scope for scope in (Scope.ALL, Scope.IN_PERSON) if any(one.scope is scope for one in said)]
        if widest:
            return [(widest[0], "")]
        events = [name for one in self._layout.cells(row, Kind.EVENT) if not is_blank(one) for name in _events(one)]
        wide = [one.scope for name in events if (one := scopes.scope(name)).is_sure and one.scope]
        if wide and wide != [Scope.EVENT]:
            return [(Scope.ALL if Scope.ALL in wide else Scope.IN_PERSON, "")]
        if events and Scope.EVENT not in wide:
            return [(Scope.EVENT, name) for name in dict.fromkeys(events)]
        if wide or any(one.scope is Scope.EVENT for one in said):
            return [self._one_event(row)]
        return [(None, "")]

    def _one_event(self, row: Row) -> tuple[Scope, str]:
        """Return the scope of a row that speaks of "this event", which the list may name above the table."""
        if event := self._whole().event:
            return Scope.EVENT, event
        self._note("one event that is not named: the entry holds for all events.", row)
        return Scope.ALL, ""

    def _note(self, text: str, row: Row) -> None:
        rows = self._notes.setdefault(text, [])
        if row.number not in rows:
            rows.append(row.number)

    def _whole(self) -> _Whole:
        event = next((found for row in self._outside if (found := _event(row))), "")
        texts = [" ".join(filter(None, row.cells)) for row in self._outside]
        in_person = any(map(scopes.in_person_only, texts))
        ends, _ = _ends(self._outside)
        return _Whole(min(ends, default=None), Scope.EVENT if event else Scope.IN_PERSON if in_person else None, event)

    def banlist(self, notes: Iterable[str]) -> BanList:
        """Return what was collected, with what the list says of itself where an entry says nothing."""
        whole = self._whole()
        entries = [_with(entry, whole) for entry in self._order]
        _, doubtful = _ends(self._outside)
        told = [f"{numbered(rows)}: {text}" for text, rows in self._notes.items()]
        if doubtful:
            told.append(
                "The day on which the list ends can be read in two ways, or there are several: see its first rows."
            )
        if whole.event:
            told.append(
                "The list is for one event by what stands outside of its table: entries hold for that event only."
            )
        return BanList(
            tuple(entries), tuple(self._unread), self._layout.uses, whole.ends, (*notes, *self._layout.notes, *told)
        )


def _with(entry: Entry, whole: _Whole) -> Entry:
    """Return ``entry`` with the scope of the whole list where it has none of its own."""
    if entry.scope is not None or whole.scope is None:
        return entry
    return Entry(
        entry.row,
        entry.user,
        entry.real_name,
        entry.email,
        entry.central_id,
        entry.until,
        whole.scope,
        whole.event,
    )


def _events(text: str) -> list[str]:
    """Return the events that a cell names; one whose name holds a semicolon is among them as a whole."""
    parts = [part.strip() for part in re.split(r"[;；\n]+", text) if part.strip()]
    return parts if len(parts) < 2 else [*parts, " ".join(text.split())]


def _event(row: Row) -> str:
    """Return the event that a row such as "Event: WikiExample 2026" names, or nothing."""
    filled = [tidy(one) for one in row.cells if one]
    match = _LABELLED.fullmatch(filled[0]) if len(filled) == 1 else None
    label, value = (
        (match[1], match[2]) if match else (filled[0].rstrip(":："), filled[1]) if len(filled) == 2 else ("", "")
    )
    said = meaning(label)
    if not said or not said.is_whole or said.kind is not Kind.EVENT:
        return ""
    return "" if is_blank(value) or scopes.scope(value).is_sure else value.strip()


def _ends(rows: Iterable[Row]) -> tuple[list[date], bool]:
    """Return the days on which ``rows`` say that the list ends, and whether that is doubtful."""
    found: list[date] = []
    doubtful = False
    for row in rows:
        text = " ".join(filter(None, row.cells))
        said = folded(text[:2000])
        if not pattern(words("list_words")["list ends"]).search(said):
            continue
        days = dates.days_in(text)
        if days:
            found.append(max(days))
            doubtful |= len(set(days)) > 1
    return found, doubtful or len(set(found)) > 1


def numbered(rows: Sequence[int]) -> str:
    """Return "Row 7" or "Rows 3, 7–9" for the numbers of rows."""
    ordered = sorted(set(rows))
    spans: list[list[int]] = []
    for row in ordered:
        if spans and row == spans[-1][-1] + 1:
            spans[-1].append(row)
        else:
            spans.append([row])
    told = ", ".join(f"{span[0]}–{span[-1]}" if len(span) > 1 else str(span[0]) for span in spans)
    return f"Row{'s' * (len(ordered) > 1)} {told}"
