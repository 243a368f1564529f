"""Reads a roster in TOML: which tables there are and where; knows what a table holds by bot.parse.roster_entries."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from bot.errors import BadInputError
from bot.model import Channel, Contact, Roster, RosterEvent, SiteInfo
from bot.parse import contact_fields, roster_entries, toml_lines
from bot.parse.roster_record import Problems, Record, nearest
from bot.parse.toml_lines import Path, TomlLines

TABLES = ("event", "contact", "course", "declared")


_OUR_TABLE = re.compile(rf"^[ \t]*\[\[?[ \t]*(?:{'|'.join(TABLES)})\b", re.MULTILINE)
# To which table a key belongs that stands in none; of a key that several have, the first.
KEYS = {
    "[event]": roster_entries.EVENT_KEYS,
    "[[contact]]": roster_entries.CONTACT_KEYS,
    "[[course]]": roster_entries.COURSE_KEYS,
    "[[declared]]": roster_entries.DECLARED_KEYS,
}


def read(text: str, what: str, site: SiteInfo, problems: Problems) -> Roster:
    """Return the roster that ``text`` holds; what cannot be taken is added to ``problems``.

    Raises BadInputError for what is no TOML at all.
    """
    values, lines, mistakes = toml_lines.read(text)
    if mistakes and not (_OUR_TABLE.search(text) or toml_lines.looks_like_toml(text)):
        hint = "if it is a table in CSV, give it a name that ends in .csv"
        raise BadInputError(f"{what} is no TOML, in which a roster is written; {hint}.")
    for mistake in mistakes:
        problems.add(mistake.line, mistake.text)
    problems.partly_read |= bool(mistakes)
    reader = _Reader(values, lines, problems)
    for key, value in values.items():
        if key not in TABLES:
            problems.add(lines.of((key,)), _no_table(key, value))
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


def _no_table(key: str, value: object) -> str:
    """Return what is wrong with something at the top of a document that is none of the tables."""
    if isinstance(value, Mapping) or (isinstance(value, list) and any(isinstance(one, Mapping) for one in value)):
        return f"There is no table {contact_fields.quoted(key)}; {nearest(key, TABLES)}"
    belongs = next((table for table, keys in KEYS.items() if key in keys), None)
    where = f'write it below "{belongs}"' if belongs else "write it below the line of the table that it belongs to"
    return f"{contact_fields.quoted(key)} stands in no table; {where}."


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
