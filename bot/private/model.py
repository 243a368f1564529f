"""The values of the confidential check: entries, people, findings; knows no file format and no rule.

They have no ``repr``: whatever prints one by mistake, a debugger, a log line, an error, shows no name.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol

from bot.model import NameState, Tier, VerdictKind

# How many are done, of how many.
Progress = Callable[[int, int], None]


class Scope(StrEnum):
    """For which events an entry holds."""

    ALL = "all events"
    IN_PERSON = "in person only"
    EVENT = "one event"


class Field(StrEnum):
    """What a column of a list, or of a file of registrants, holds."""

    USER = "user name"
    REAL_NAME = "real name"
    EMAIL = "e-mail"
    CENTRAL_ID = "central id"
    UNTIL = "until"
    SCOPE = "scope"
    EVENT = "event"


@dataclass(frozen=True, slots=True, repr=False)
class Row:
    """A row of a table that is not blank; ``number`` is the one that a spreadsheet or an editor shows, from 1.

    ``trouble`` says why some cell of it cannot be believed (a formula, a link to another file), without its content;
    ``doubtful`` are the columns of those cells, from 0, where they are known: a row may be read without them.
    ``struck`` are the columns in which something is struck through, ``links`` those whose cells lead somewhere, and
    where to.
    """

    number: int
    cells: tuple[str, ...]
    trouble: str = ""
    doubtful: tuple[int, ...] = ()
    struck: tuple[int, ...] = ()
    links: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True, slots=True, repr=False)
class Grid:
    """A table as it came: its rows, and what to say of the file ("sheet 2 of 3 was read"), without content."""

    rows: tuple[Row, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, repr=False)
class ColumnUse:
    """A column that is read: as what, which (from 0), and its heading, empty where the table has none."""

    meaning: Field
    index: int
    heading: str = ""


@dataclass(frozen=True, slots=True, repr=False)
class UnreadRow:
    """A row of which nothing was taken, by its number alone, and why; never its content."""

    row: int
    why: str


@dataclass(frozen=True, slots=True, repr=False)
class Entry:
    """One entry of a list; ``user`` is the canonical user name, "" for an entry that names none.

    ``until`` is the last day on which it holds, None for ever; ``scope`` None where the list does not say. ``event`` is
    what the list names with Scope.EVENT, as it is written there.
    """

    row: int
    user: str = ""
    real_name: str = ""
    email: str = ""
    central_id: int | None = None
    until: date | None = None
    scope: Scope | None = None
    event: str = ""


@dataclass(frozen=True, slots=True, repr=False)
class BanList:
    """A list as read: entries in order, and every row that gave none. ``ends`` is the last day of the list itself."""

    entries: tuple[Entry, ...]
    unread: tuple[UnreadRow, ...] = ()
    columns: tuple[ColumnUse, ...] = ()
    ends: date | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, repr=False)
class Person:
    """Somebody who registered; ``name`` is the canonical user name, None where there is none (``why_unnamed``: why).

    ``where`` tells a person where they were read ("registration", "row 7"). ``earlier`` are former names of the
    account, None where nobody looked. ``trouble`` says why it is not known whether ``name`` is an account.
    """

    name: str | None
    where: str
    real_name: str = ""
    email: str = ""
    central_id: int | None = None
    state: NameState = NameState.ACCOUNT
    is_private: bool = False
    earlier: tuple[str, ...] | None = None
    why_unnamed: str = ""
    trouble: str = ""


@dataclass(frozen=True, slots=True, repr=False)
class Occasion:
    """The event, as far as lists ask: ``title`` and ``id`` by which a list may name it, its times (UTC), its kind."""

    title: str
    id: int | None = None
    start: datetime | None = None
    end: datetime | None = None
    in_person: bool | None = None


@dataclass(frozen=True, slots=True, repr=False)
class Hit:
    """One way in which a person meets an entry.

    ``entry`` is how the holder of the list finds it ("row 12", "reference 7K2Q"); ``by`` is what was compared;
    ``text`` a sentence for a person, which may hold names.
    """

    entry: str
    tier: Tier
    by: Field
    text: str


@dataclass(frozen=True, slots=True, repr=False)
class Finding:
    """What the list says of one person; ``unknown`` are the causes for which they could not be checked in full."""

    person: Person
    verdict: VerdictKind
    hits: tuple[Hit, ...] = ()
    unknown: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, repr=False)
class Screening:
    """The result of one check: what goes to the terminal or into one file, and nowhere else.

    ``private_unseen`` is how many registered privately and were not read, None where nobody knows; ``left_out`` says
    why entries did not count, with how many; ``delete_after`` (UTC) is when the right to hold this ends.
    ``unread_pages`` are sentences about pages on which people may have signed up.
    """

    occasion: Occasion
    findings: tuple[Finding, ...]
    entries: int
    delete_after: datetime
    checked_at: datetime
    is_sealed: bool = False
    private_unseen: int | None = None
    left_out: Mapping[str, int] = field(default_factory=dict)
    unread_entries: tuple[UnreadRow, ...] = ()
    unread_people: tuple[UnreadRow, ...] = ()
    unread_pages: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


class Matcher(Protocol):
    """A list that people can be held against, open or sealed."""

    def match(self, people: Sequence[Person], progress: Progress) -> tuple[tuple[Hit, ...], ...]:
        """Return the hits of each of ``people``, in their order, the surest first."""
        ...
