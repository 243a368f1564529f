"""Reads a list of people who are banned from events, as people keep it in spreadsheets; it decides on nobody.

What a list does not say clearly never makes it less strict: such an entry holds, and a note names its row.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from bot.model import SiteInfo
from bot.private import banlist_whole, dates, people, scopes
from bot.private.banlist_whole import Whole
from bot.private.cells import is_blank
from bot.private.column_words import Kind
from bot.private.columns import Layout, find
from bot.private.columns_guess import Source
from bot.private.model import BanList, Entry, Field, Grid, Row, Scope, UnreadRow
from bot.private.people import ABOVE, ABOVE_READ, BELOW, BELOW_READ, CUT, LINK, NO_ADDRESS, REPEATED, numbered
from bot.private.tables import letters

LIST = Source("The list", "--column")
_ALL: tuple[tuple[Scope | None, str], ...] = ((Scope.ALL, ""),)
_NOTES = (
    REPEATED,
    ABOVE,
    ABOVE_READ,
    BELOW,
    BELOW_READ,
    SENTENCE := "a sentence on the whole list and no entry.",
    SAME := "what an earlier row says; kept once.",
    CUT,
    NO_ADDRESS,
    LINK,
    NO_END := "an end that cannot be read; the entry holds without end.",
    BLANK_END := "a blank cell beside an end in another column of ends; the entry holds without end.",
    TWO_ENDS := "an end that can be read in two ways; the later day counts.",
    NO_SCOPE := "a scope that is not understood; the entry holds for all events.",
    NO_EVENT := "no event that is surely named; the entry holds for all events.",
)
EVENT_COLUMN = (
    "Column {} is read as the event for which an entry holds; if it tells something else, such as where something"
    ' happened, say --column "event=-".'
)
ENDS = "It is not sure on which day the list ends: of the days that may be meant the earliest counts."
EVENT = "What stands outside of its table says that the list is for one event: entries hold for that event only."

EVENTS = "What stands outside of its table names events, and not surely one: no entry is limited to them."


def read(grid: Grid, site: SiteInfo, *, columns: Mapping[Field, str] | None = None) -> BanList:
    """Return the list in ``grid``: its entries in order, the rows of which something was not taken, what to say of it.

    ``columns`` says what the person said of columns, as for ``columns.find``. A row that names several users or several
    events gives several entries with its number; of a row that is among ``unread``, entries may still give a part. Rows
    above the header and sentences below the table may say until when the list may be kept, and for which events it is.
    Raises BadInputError, without content, for a list that cannot be used.
    """
    layouts = find(grid, site, columns or {}, LIST)
    reader = _Reader(layouts, site)
    for layout, row in people.rows_of(layouts):
        reader.take(layout, row)
    of_columns = [note for layout in layouts for note in (*layout.notes, *_of_events(layout, columns or {}))]
    notes = dict.fromkeys((*grid.notes, *of_columns, *reader.notes()))
    return BanList(reader.entries(), tuple(reader.unread), people.uses(layouts), reader.whole.ends, tuple(notes))


def _of_events(layout: Layout, said: Mapping[Field, str]) -> Iterator[str]:
    """Say what a column of events does, unless the person said that it is one: entries for others will not count."""
    for use in layout.uses:
        if use.meaning is Field.EVENT and Field.EVENT not in said:
            yield EVENT_COLUMN.format(letters(use.index))


class _Reader:
    """Collects the entries of one list."""

    def __init__(self, layouts: Sequence[Layout], site: SiteInfo) -> None:
        self._site = site
        self._entries: dict[Entry, Entry] = {}
        self._told: dict[str, set[int]] = {}
        self.unread: list[UnreadRow] = []
        rows = [row for _, row in people.rows_of(layouts)]
        entries = {row.number for row in rows}
        outside = [row for layout in layouts for row in layout.above if row.number not in entries]
        for row in outside:
            self._tell(SENTENCE if banlist_whole.is_statement(row) else ABOVE, row)
        width = max(len(layout.kinds) for layout in layouts)
        above = {row.number for layout in layouts for row in layout.above}
        for row in (row for row in rows if row.number in above and not banlist_whole.is_sentence(row, 0)):
            self._tell(ABOVE_READ, row)
        self._sentences = {
            row.number for row in rows if banlist_whole.is_sentence(row, 0 if row.number in above else width)
        }
        self.whole: Whole = banlist_whole.read([*outside, *(row for row in rows if row.number in self._sentences)])

    def take(self, layout: Layout, row: Row) -> None:
        """Take the entries of ``row``, or say why there are none."""
        if row.number in self._sentences:
            self._tell(SENTENCE, row)
            return
        for note in people.of_row(row, layout):
            self._tell(note, row)
        if people.is_furniture(row, layout) or people.is_footer(row, layout):
            return
        named = people.names(row, layout, self._site)
        if why := people.unread_why(row, named, layout):
            self.unread.append(UnreadRow(row.number, why))
        for note in people.doubts(named):
            self._tell(note, row)
        until = self._until(layout, row)
        scopes_ = self._scopes(layout, row)
        for user, real, mail, number in (*named.identities(), *named.guesses()):
            for scope, event in scopes_:
                self._add(Entry(row.number, user, real, mail, number, until, scope, event))

    def _add(self, entry: Entry) -> None:
        same = replace(entry, row=0)
        if same in self._entries:
            self._told.setdefault(SAME, set()).add(entry.row)
        else:
            self._entries[same] = entry

    def _until(self, layout: Layout, row: Row) -> date | None:
        """Return the last day of all that the row names, None where one of them is no end."""
        if _is_doubtful(layout, row, Kind.UNTIL):
            self._tell(NO_END, row)
            return None
        said = layout.cells(row, Kind.UNTIL)
        found = [dates.until(one) for one in said]
        if "" in said and any(said):
            self._tell(BLANK_END, row)
        for one in found:
            if one.doubt is not dates.Doubt.NONE:
                self._tell(NO_END if one.doubt is dates.Doubt.UNREADABLE else TWO_ENDS, row)
        days = [one.day for one in found if one.day]
        return max(days) if days and len(days) == len(found) else None

    def _scopes(self, layout: Layout, row: Row) -> Sequence[tuple[Scope | None, str]]:
        """Return for which events the row holds; an event counts where no wider scope is said."""
        if _is_doubtful(layout, row, Kind.SCOPE, Kind.EVENT):
            self._tell(NO_SCOPE, row)
            return _ALL
        said = [scopes.scope(one) for one in layout.cells(row, Kind.SCOPE)]
        if not all(one.is_sure for one in said):
            self._tell(NO_SCOPE, row)
        events = [name for one in layout.cells(row, Kind.EVENT) if not is_blank(one) for name in _events(one)]
        wide = {one.scope for one in said} | {one.scope for name in events if (one := scopes.scope(name)).is_sure}
        if Scope.ALL in wide:
            return _ALL
        if Scope.IN_PERSON in wide:
            return [(Scope.IN_PERSON, "")]
        if titles := [name for name in dict.fromkeys(events) if not scopes.scope(name).is_sure]:
            if all(map(scopes.is_one_event, titles)):
                return [(Scope.EVENT, name) for name in titles]
            self._tell(NO_EVENT, row)
            return _ALL
        return self._one_event(row) if Scope.EVENT in wide else [(None, "")]

    def _one_event(self, row: Row) -> Sequence[tuple[Scope | None, str]]:
        """Return the scope of a row that speaks of "this event", which the list may name above the table."""
        if self.whole.event:
            return [(Scope.EVENT, self.whole.event)]
        self._tell(NO_EVENT, row)
        return _ALL

    def _tell(self, note: str, row: Row) -> None:
        self._told.setdefault(note, set()).add(row.number)

    def entries(self) -> tuple[Entry, ...]:
        """Return the entries in order, with what the list says of itself where one says nothing of its scope."""
        scope, event = self.whole.scope, self.whole.event
        return tuple(
            replace(entry, scope=scope, event=event) if entry.scope is None else entry
            for entry in self._entries.values()
        )

    def notes(self) -> list[str]:
        """Return what to say of the list, rows by their numbers."""
        told = [f"{numbered(self._told[note])}: {note}" for note in _NOTES if note in self._told]
        whole = self.whole
        of_all = ((ENDS, whole.is_doubtful), (EVENT, bool(whole.event)), (EVENTS, whole.is_event_doubtful))
        return [*told, *(note for note, holds in of_all if holds)]


def _is_doubtful(layout: Layout, row: Row, *wanted: Kind) -> bool:
    """Return whether a cell of one of the kinds cannot be believed, or is struck through: nobody knows since when."""
    return any(layout.kinds.get(index) in wanted for index in (*row.doubtful, *row.struck))


def _events(text: str) -> list[str]:
    """Return the events that a cell names; one whose name holds a semicolon is among them as a whole."""
    found = [part.strip() for part in re.split(r"[;；\n]+", text) if part.strip()]
    return found if len(found) < 2 else [*found, " ".join(text.split())]
