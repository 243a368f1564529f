"""What was found on a sign-up page, entry by entry, in the order in which it was read; decides nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.model import Excluded, Unparsed
from bot.parse.markup import Line
from bot.parse.signup_people import Person, Reading
from bot.parse.signup_words import Part


@dataclass(frozen=True, slots=True)
class Entry:
    """A person with the line and section of the entry, and whether the section says maybe or withdrawn."""

    person: Person
    line: int
    section: str


@dataclass(slots=True)
class Ledger:
    """Everything that a page says, in the order in which it was read; every list function adds to it."""

    entries: list[Entry] = field(default_factory=list)
    excluded: list[Excluded] = field(default_factory=list)
    unparsed: list[Unparsed] = field(default_factory=list)
    touched: set[int] = field(default_factory=set)

    def add(self, reading: Reading, line: Line, section: str, part: Part = Part.JOIN, kind: str = "") -> None:
        """Take over what an entry says; ``kind`` replaces the kind of user links and templates."""
        for person in reading.people:
            self.entries.append(Entry(_in_part(person, part, kind), line.number, section))
        for name, why in reading.excluded.items():
            self.excluded.append(Excluded(name, line.number, why, section))
        if reading.unparsed:
            self.unparsed.append(Unparsed(line.number, line.raw.strip()))
        if reading.signed or reading.excluded or reading.unparsed:
            self.touched.add(line.number)

    def take(self, other: Ledger, kind: str) -> None:
        """Take over what was read apart, with another kind of entry."""
        for entry in other.entries:
            self.entries.append(Entry(_in_part(entry.person, Part.JOIN, kind), entry.line, entry.section))
        self.excluded.extend(other.excluded)
        self.unparsed.extend(other.unparsed)
        self.touched.update(other.touched)

    def exclude(self, names: Sequence[str], line: Line, why: str, section: str) -> None:
        """Note names that are no registrants."""
        for name in dict.fromkeys(names):
            self.excluded.append(Excluded(name, line.number, why, section))
            self.touched.add(line.number)


_CELL_KINDS = {
    "signature": "table_cell",
    "user_link": "table_cell",
    "user_template": "table_cell",
    "bare_prefix": "table_plain",
}


def _in_part(person: Person, part: Part, kind: str) -> Person:
    return Person(
        person.name,
        person.state,
        _CELL_KINDS.get(person.kind, person.kind) if kind == "table" else kind or person.kind,
        person.start,
        person.prefix,
        person.withdrawn or part is Part.WITHDRAWN,
        person.maybe or part is Part.MAYBE,
    )
