"""Reads {{Event safety contacts}} and its rows from a page; must not know a roster, nor which side is right."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from zoneinfo import ZoneInfo

from bot.model import Contact, NameState, Roster, RosterEvent, SiteInfo, Unparsed
from bot.parse import contacts_row
from bot.parse.calls import Call, find
from bot.parse.contacts_row import ROW
from bot.parse.usernames import canonical

TEAM = "Event safety contacts"
ROWS = "team"  # the parameter that holds the rows
_SHOWN = 200


@dataclass(frozen=True, slots=True)
class PageTeam:
    """What a page says of the response team; ``call`` is None where there is no list that can be read.

    ``roster`` has what the list says of the event, and the contacts; ``rows`` are the same contacts with their calls.
    ``unparsed`` is everything that could not be read; for the part of it in ``broken`` no plan may touch the list.
    ``again`` are the lines of further lists, ``strays`` those of rows in no list; both stay as they are.
    """

    roster: Roster
    lang: str = ""
    form: str = ""
    phase: str = ""
    emergency: str = ""
    trust: str = ""
    call: Call | None = None
    rows: tuple[tuple[Contact, Call], ...] = ()
    unparsed: tuple[Unparsed, ...] = ()
    broken: tuple[Unparsed, ...] = ()
    again: tuple[int, ...] = ()
    strays: tuple[int, ...] = ()


def read(text: str, site: SiteInfo, title: str = "") -> PageTeam:
    """Read the response team of a page; never raises, whatever people made of the page.

    The first list counts. What a page shows is public.
    """
    calls, ruins = find(text, (TEAM, ROW), site)
    lists = [call for call in calls if call.name == TEAM]
    strays = tuple(_strays(calls))
    broken = [Unparsed(ruin.line, ruin.text, title, why=ruin.why) for ruin in ruins]
    if not lists:
        return PageTeam(Roster(source=title), unparsed=tuple(broken), broken=tuple(broken), strays=strays)
    page = _Page(text, site, title, lists[0], broken)
    found = page.rows([call for call in calls if _is_inside(call, lists[0])])
    values = contacts_row.shown(text, lists[0])
    event = RosterEvent(
        title=values.get("event", ""),
        timezone=page.timezone(values),
        emergency_number=values.get("number", ""),
    )
    return PageTeam(
        roster=Roster(event, tuple(contact for contact, _ in found), source=title),
        lang=values.get("lang", ""),
        form=values.get("form", ""),
        phase=values.get("phase", ""),
        emergency=values.get("emergency", ""),
        trust=values.get("trust", ""),
        call=lists[0],
        rows=tuple(found),
        unparsed=tuple(sorted((*page.broken, *page.misread), key=lambda one: one.line)),
        broken=tuple(sorted(page.broken, key=lambda one: one.line)),
        again=tuple(one.line for one in lists[1:]),
        strays=strays,
    )


class _Page:
    """Reads the rows of one list and keeps what could not be read."""

    def __init__(self, text: str, site: SiteInfo, title: str, call: Call, broken: list[Unparsed]) -> None:
        self.broken = broken
        self.misread: list[Unparsed] = []
        self._text, self._site, self._title, self._call = text, site, title, call

    def rows(self, inside: list[Call]) -> list[tuple[Contact, Call]]:
        """Return the rows among the calls inside the list, in their order."""
        doubtful = dict(self._doubtful(inside))
        self.broken += [self._unparsed(call, doubtful[call.start]) for call in inside if call.start in doubtful]
        return [row for call in inside if call.start not in doubtful for row in self._row(call)]

    def timezone(self, values: Mapping[str, str]) -> str:
        """Return the time zone that the list names, which may be one that does not exist."""
        name = values.get("timezone", "")
        if name and not _is_timezone(name):
            self._misread(self._call, "timezone", f'"{name}" is no time zone; write one such as "Asia/Kolkata".')
        return name

    def _doubtful(self, inside: list[Call]) -> Iterator[tuple[int, str]]:
        """Give the starts of calls that are no row of the list, each with the reason."""
        team = self._call.last(ROWS)
        for call in inside:
            if call.name == TEAM:
                yield call.start, "another list stands inside the list: a }} is missing"
            elif team is None or not team.start <= call.start < team.end:
                yield call.start, f'it stands in the list, but not in its parameter "{ROWS}", and nobody sees it'
        for outer, inner in pairwise(inside):
            if inner.start < outer.end:
                yield outer.start, "another row stands inside it: a }} is missing"

    def _row(self, call: Call) -> Iterator[tuple[Contact, Call]]:
        """Give the contact of a row, unless it has no name that an account can have."""
        name = canonical(call.get("name"), self._site)
        if name.state not in (NameState.ACCOUNT, NameState.TEMPORARY):
            why = "no account can have its name" if call.get("name") else "it has no name"
            self.broken.append(self._unparsed(call, why))
            return
        contact, misread = contacts_row.contact(contacts_row.shown(self._text, call), name.name, call.line)
        for one in misread:
            self._misread(call, one.parameter, one.why)
        yield contact, call

    def _misread(self, call: Call, parameter: str, why: str) -> None:
        found = call.last(parameter)
        start, end = (found.pipe + 1, found.end) if found else (call.start, call.end)
        line = call.line + self._text.count("\n", call.start, start)
        text = self._text[start : min(end, start + _SHOWN)].strip()
        self.misread.append(Unparsed(line, text, self._title, why=f"{parameter}: {why}"))

    def _unparsed(self, call: Call, why: str) -> Unparsed:
        return Unparsed(call.line, self._text[call.start : min(call.end, call.start + _SHOWN)], self._title, why=why)


def _strays(calls: Iterable[Call]) -> Iterator[int]:
    """Give the lines of rows that stand in no list; calls come by offset and never cross."""
    reach = 0
    for call in calls:
        if call.name == TEAM:
            reach = max(reach, call.end)
        elif call.start >= reach:
            yield call.line


def _is_inside(call: Call, outer: Call) -> bool:
    return outer.start < call.start < outer.end


def _is_timezone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ValueError, LookupError, OSError):  # of a path, of an unknown name, of a folder
        return False
    return True
