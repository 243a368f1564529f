"""Reads a public page that lists banned accounts; must not know where the page came from or what follows from a ban.

Every account that the page mentions ends in ``entries``, in ``ignored`` with its reason, or on a line that is in
``unrecognised``; with anything in ``unrecognised`` the page must not be believed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from bot.model import BanEntry, Banlist, Excluded, SiteInfo, Unparsed
from bot.parse import banlist_tables, banlist_words, banlist_zones, markup
from bot.parse.banlist_lines import Judgement, judge, leads, since
from bot.parse.banlist_refs import Ref, find, struck
from bot.parse.banlist_zones import Placed, Zone

Spans = Sequence[tuple[int, int]]

_ITEM = re.compile(r"\s*(?:([*#:;]+)|<li\b[^<>]*>)", re.IGNORECASE)
_STRUCTURE = re.compile(r"^[\s*#:;]+|\{\{\s*(?:div|col|end|clear)[^{}]*\}\}|</?[a-z][^<>]*>|[\s'.…—–-]+", re.IGNORECASE)
_PAGE_INSIDE = re.compile(r"\{\{\s*(?:#invoke:|:|/|[^{}|\n]*[^\s{}|]/[^\s{}|])", re.IGNORECASE)
_UNCLOSED = re.compile(
    r"\[\[[\s:]*(?:m:)?\s*(?:user\s*:|special\s*:\s*(?:centralauth|contrib))|\{\{\s*user\s*\|", re.IGNORECASE
)
_REDIRECT = re.compile(r"\s*#\s*[^\W\d_]+\s*:?\s*\[\[")
_HIDDEN = re.compile(rf"{markup.HIDDEN}+")
_TABLE = re.compile(r"[\s:*#]*\{\|")


def read(
    text: str, site: SiteInfo, *, authority: str = "wmf", sections: Mapping[str, str] | None = None, source: str = ""
) -> Banlist:
    """Return whom the wikitext ``text`` lists as banned now.

    ``sections`` maps headings (compared without case, markup, anchors and counts) to the authority of their entries:
    only these are read, each must be there, and another heading that speaks of bans and holds accounts makes the page
    unrecognised unless it is mapped to "". Without ``sections``, the headings of Meta's "List of globally banned users"
    are known; a page without them is read as one flat list of ``authority`` if it has the form of one. Never raises;
    ``source`` is put into the entries.
    """
    masked = markup.mask(text)
    lines = markup.lines(text, masked)
    wanted = {banlist_zones.heading_key(title): name for title, name in (sections or {}).items()}
    keys = {
        found.key for line in lines if "=" in line.text or "<" in line.text if (found := banlist_zones.heading(line))
    }
    known = {} if wanted else {key: name for key in keys if (name := banlist_words.authority(key))}
    reader = _Reader(site, source, masked)
    if _REDIRECT.match(text):
        reader.unread(lines[0], "the page is a redirect")
    for key in wanted.keys() - keys:
        reader.unread(lines[0], f'the section "{key}" is missing')
    if wanted or known:
        reader.page(banlist_zones.by_sections(lines, wanted or known))
    else:
        reader.page(banlist_zones.flat(lines, authority))
        if not reader.entries and not reader.unrecognised:
            reader.unread(lines[0], "no list of accounts was recognised on the page")
    return reader.banlist()


class _Reader:
    """Goes through the placed lines of a page and sorts its accounts."""

    def __init__(self, site: SiteInfo, source: str, masked: str) -> None:
        self.entries: list[BanEntry] = []
        self.ignored: list[Excluded] = []
        self.unrecognised: list[Unparsed] = []
        self._site = site
        self._source = source
        self._struck = struck(masked)
        self._table: banlist_tables.Table | None = None
        self._table_zone = Zone("")
        self._top = ""  # marker of the list item that deeper ones belong to
        self._first_of_last = 0  # the entries from here on come from that item

    def unread(self, line: markup.Line, why: str) -> None:
        """Report a line that was not understood."""
        self.unrecognised.append(Unparsed(line.number, line.raw.strip(), why=why))

    def banlist(self) -> Banlist:
        """Return what was found, in the order of the page."""
        return Banlist(
            tuple(sorted(self.entries, key=lambda entry: entry.line)),
            tuple(sorted(self.ignored, key=lambda one: one.line)),
            tuple(sorted(self.unrecognised, key=lambda one: one.line)),
        )

    def page(self, placed: Iterable[Placed]) -> None:
        """Read all lines of a page."""
        done = 0  # spans that end before the line
        for place in placed:
            spans, done = self._spans(place.line, done)
            if place.heading:
                self._top = ""
            if self._table is None:
                self._line(place, spans)
            elif not self._table.take(place.line):
                self._end_table()
            self._hidden(place.line)
        self._end_table()

    def _spans(self, line: markup.Line, done: int) -> tuple[list[tuple[int, int]], int]:
        """Return what is struck out of ``line``, as offsets in it, and how many spans end before it does."""
        end = line.start + len(line.text)
        spans: list[tuple[int, int]] = []
        while done < len(self._struck) and self._struck[done][0] < end:
            start, stop = self._struck[done]
            spans.append((max(0, start - line.start), min(stop, end) - line.start))
            if stop > end:
                break
            done += 1
        return spans, done

    def _line(self, place: Placed, spans: Spans) -> None:
        line, zone = place.line, place.zone
        shown = markup.visible(line.text)
        if zone.authority and _TABLE.match(shown):
            self._table, self._table_zone = banlist_tables.Table(), zone
            self._table.take(line)
            return
        refs = find(line.text, self._site)
        item = _ITEM.match(shown)
        if not zone.authority:
            self._ignore(refs, line.number, zone.why, zone.section)
            if zone.suspect and leads(line.text, refs) and (item or place.heading or shown.startswith("|")):
                self.unread(line, f"{zone.why}, but it seems to list bans")
        elif item:
            self._item(place, refs, spans, item[1] or "*")
        elif place.heading and refs:
            self._judged(line, zone, judge(line.text, refs, spans))
        elif refs:
            self._sentence(place, refs, spans)
        elif _PAGE_INSIDE.search(shown) or _UNCLOSED.search(shown):
            self.unread(line, "what it shows is not on this page, or a link is broken")

    def _item(self, place: Placed, refs: Sequence[Ref], spans: Spans, marker: str) -> None:
        """Read a list item; deeper ones, and ``:`` notes, speak of the item above them."""
        line, zone = place.line, place.zone
        deeper = len(marker) > len(self._top) or (marker.endswith(":") and not self._top.endswith(":"))
        if self._top and deeper:
            self._ignore(refs, line.number, "belongs to the line above: related at most", zone.section)
            if not refs:
                self._date_last(since(line.text))
            return
        self._top = "" if marker == ";" and not refs else marker
        self._first_of_last = len(self.entries)
        if refs:
            self._judged(line, zone, judge(line.text, refs, spans))
        elif marker != ";" and _STRUCTURE.sub("", markup.visible(line.text)):
            self.unread(line, "no account can be read from this line of the list")

    def _date_last(self, when: str) -> None:
        last = slice(self._first_of_last, None)
        self.entries[last] = [replace(entry, since=entry.since or when) for entry in self.entries[last]]

    def _sentence(self, place: Placed, refs: Sequence[Ref], spans: Spans) -> None:
        """Read a line outside of a list: an entry when it begins with an account and speaks of a ban or its date."""
        judgement = judge(place.line.text, refs, spans)
        if not leads(place.line.text, refs):
            self._ignore(refs, place.line.number, "named in running text", place.zone.section)
        elif judgement.since or not judgement.entries or banlist_words.BANNED.search(place.line.text):
            self._judged(place.line, place.zone, judgement)
        else:
            self.unread(place.line, "begins with an account, but is no line of a list")

    def _judged(self, line: markup.Line, zone: Zone, judgement: Judgement) -> None:
        self._take(line.number, zone, judgement)
        if judgement.odd:
            self.unread(line, "not all of this line was understood")

    def _take(self, number: int, zone: Zone, judgement: Judgement) -> None:
        for name in judgement.entries:
            self.entries.append(
                BanEntry(name, number, zone.section, zone.authority, since=judgement.since, source=self._source)
            )
        self.ignored += [Excluded(name, number, why, zone.section) for name, why in judgement.ignored]

    def _end_table(self) -> None:
        table, zone, self._table = self._table, self._table_zone, None
        if table is None:
            return
        for cell in table.rest:
            self._ignore(find(cell.text, self._site), cell.line, "in the head of a table", zone.section)
        for row in banlist_tables.read(table, self._site):
            self._take(row.line, zone, row.judgement)
            if row.judgement.odd:
                self.unrecognised.append(Unparsed(row.line, row.text, why="not all of this row was understood"))

    def _hidden(self, line: markup.Line) -> None:
        """Note the accounts in comments, nowiki and the like, which nobody sees on the page."""
        for run in _HIDDEN.finditer(line.text):
            refs = find(line.raw[run.start() : run.end()], self._site)
            self._ignore(refs, line.number, "inside a comment or nowiki", "")

    def _ignore(self, refs: Sequence[Ref], number: int, why: str, section: str) -> None:
        for name in dict.fromkeys(ref.name for ref in refs if ref.name):
            self.ignored.append(Excluded(name, number, why, section))
