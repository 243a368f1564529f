"""Reads a roster in TOML: which tables there are and where; knows what a table holds by bot.parse.roster_entries."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from bot.model import Channel, Contact, Roster, RosterEvent, SiteInfo
from bot.parse import contact_fields, roster_entries, toml_lines
from bot.parse.roster_record import Problems, Record, nearest
from bot.parse.toml_lines import Path, TomlLines

TABLES = ("event", "contact", "course", "declared")


def read(text: str, site: SiteInfo, problems: Problems) -> Roster:
    """Return the roster that ``text`` holds; what cannot be taken is added to ``problems``."""
    values, lines, mistakes = toml_lines.read(text)
    for mistake in mistakes:
        problems.add(mistake.line, mistake.text)
    problems.partly_read |= bool(mistakes)
    reader = _Reader(values, lines, problems)
    for key in values:
        if key not in TABLES:
            problems.add(lines.of((key,)), f"There is no table {contact_fields.quoted(key)}; {nearest(key, TABLES)}")
    if not values:
        problems.missing(1, "The roster is empty; write a [[contact]] for each member of the response team.")
    courses = (roster_entries.course(one) for one in reader.tables("course"))
    declared = (roster_entries.declared(one) for one in reader.tables("declared"))
    return Roster(
        event=reader.event(site),
        contacts=tuple(one for one in reader.contacts(site) if one),
        courses=tuple(one for one in courses if one),
        declared=tuple(one for one in declared if one),
    )


class _Reader:
    """Takes the tables of one document out, with their lines."""

    def __init__(self, values: Mapping[str, object], lines: TomlLines, problems: Problems) -> None:
        self._values = values
        self._lines = lines
        self._problems = problems

    def event(self, site: SiteInfo) -> RosterEvent:
        """Return what [event] says."""
        values = self._values.get("event", {})
        if isinstance(values, dict):
            return roster_entries.event(self._record(("event",), values, "[event]"), site)
        self._problems.add(self._lines.of(("event",)), 'There is one event; write "[event]" in single brackets.')
        return RosterEvent()

    def tables(self, key: str) -> Iterator[Record]:
        """Yield the tables [[key]]."""
        yield from self._tables((key,), self._values.get(key, []), f"[[{key}]]")

    def contacts(self, site: SiteInfo) -> Iterator[Contact | None]:
        """Yield the contacts, with the channels that stand in tables of their own."""
        for number, record in enumerate(self.tables("contact")):
            found = roster_entries.contact(record, site)
            path = ("contact", number, "channel")
            tables = self._tables(path, record.values.get("channel", []), "[[contact.channel]]")
            own = [channel for channel in map(_channel, tables) if channel]
            yield replace(found, channels=(*found.channels, *own)) if found else None

    def _tables(self, path: Path, values: object, where: str) -> Iterator[Record]:
        if not isinstance(values, list):
            line = self._lines.of(path)
            self._problems.add(line, f'There may be several of these; write "{where}" in double brackets.')
            return
        for number, one in enumerate(values):
            if isinstance(one, dict):
                yield self._record((*path, number), one, where)
            else:
                self._problems.add(self._lines.of((*path, number)), f'"{path[-1]}" must hold tables; write "{where}".')

    def _record(self, path: Path, values: Mapping[str, object], where: str) -> Record:
        def line_of(key: str, element: int | None) -> int:
            return self._lines.of((*path, key) if element is None else (*path, key, element))

        return Record(values, where, self._lines.of(path), line_of, self._problems)


def _channel(record: Record) -> Channel | None:
    record.refuse_unknown(roster_entries.CHANNEL_KEYS)
    known = len(record.problems.found)
    kind, value = record.one_of("kind", contact_fields.channel_kind), record.text("value")
    public = record.flag("public")
    record.refuse_missing("kind", "which way it is")
    if kind is None or len(record.problems.found) > known or (record.problems.partly_read and not value):
        return None
    try:
        return contact_fields.channel(kind, value, public=public is True)
    except ValueError as error:
        record.wrong("value" if value else "kind", str(error))
        return None
