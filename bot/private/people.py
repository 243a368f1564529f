"""Who is named in the rows of a table that people made: of a list, or of those who registered; it matches nobody."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from bot.model import NameState, SiteInfo
from bot.parse import usernames
from bot.private import cells
from bot.private.column_words import FIELDS, PEOPLE, Kind, folded, meaning
from bot.private.columns import Layout, cell, find
from bot.private.columns_guess import Source
from bot.private.model import ColumnUse, Field, Grid, Person, Row, UnreadRow

FILE = Source("The file of registrants", "--registrants-column")
_OF_PEOPLE = {FIELDS[kind] for kind in PEOPLE if kind in FIELDS}
NOBODY = "it names nobody in the columns that are read"
IMPOSSIBLE = "a user name in it cannot be one"
REPEATED = "no entry: a repeated header, or a number alone."
ABOVE = "above the table and no entry."
CUT = "a comma or semicolon in a user name; read as one name and as several."
NO_ADDRESS = "an address or an id that is none; the rest of the row was read."
NO_NAME = "the file gives no user name"


@dataclass(frozen=True, slots=True, repr=False)
class Named:
    """Whom one row names; ``bad`` user names cannot be any, ``other_bad`` are addresses and ids that are none.

    ``is_cut`` is whether one user name may have been taken for several.
    """

    users: tuple[str, ...] = ()
    real_names: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    ids: tuple[int, ...] = ()
    bad: int = 0
    other_bad: int = 0
    is_cut: bool = False

    def identities(self) -> Iterator[tuple[str, str, str, int | None]]:
        """Yield user name, real name, address and id, each of them once, as many together as there are."""
        for user, real, mail, number in zip_longest(self.users, self.real_names, self.emails, self.ids):
            yield user or "", real or "", mail or "", number


def read(
    grid: Grid, site: SiteInfo, *, columns: Mapping[Field, str] | None = None
) -> tuple[tuple[Person, ...], tuple[UnreadRow, ...], tuple[ColumnUse, ...]]:
    """Return who registered, the rows that name nobody, and the columns that were read.

    ``columns`` says what the person said of them, as for ``columns.find``. A row with several user names gives several
    people, rows that say the same give one. Raises BadInputError, without content, for a file that cannot be used.
    """
    layouts = find(grid, site, columns or {}, FILE)
    found: dict[tuple[str, str, str, int | None], Person] = {}
    unread: list[UnreadRow] = []
    for layout, row in rows_of(layouts):
        if is_furniture(row, layout):
            continue
        named = names(row, layout, site)
        if why := unread_why(row, named, layout):
            unread.append(UnreadRow(row.number, why))
        for user, real, mail, number in named.identities():
            person = _person(user, f"row {row.number}", real, mail, number, site)
            found.setdefault((user, folded(real), mail.casefold(), number), person)
    return tuple(found.values()), tuple(unread), tuple(use for use in uses(layouts) if use.meaning in _OF_PEOPLE)


def notes(grid: Grid, site: SiteInfo, *, columns: Mapping[Field, str] | None = None) -> tuple[str, ...]:
    """Return what to say of a file of registrants beside what ``read`` gives, rows by number, without content."""
    layouts = find(grid, site, columns or {}, FILE)
    told: dict[str, set[int]] = {}
    people_rows = {row.number for _, row in rows_of(layouts)}
    for row in (row for layout in layouts for row in layout.above if row.number not in people_rows):
        told.setdefault(ABOVE, set()).add(row.number)
    for layout, row in rows_of(layouts):
        said = (REPEATED,) if is_furniture(row, layout) else doubts(names(row, layout, site))
        for note in said:
            told.setdefault(note, set()).add(row.number)
    of_columns = dict.fromkeys(note for layout in layouts for note in layout.notes)
    return (*grid.notes, *of_columns, *(f"{numbered(rows)}: {note}" for note, rows in told.items()))


def doubts(named: Named) -> tuple[str, ...]:
    """Return what to say of whom a row names, although it was read."""
    return (*((NO_ADDRESS,) if named.other_bad else ()), *((CUT,) if named.is_cut else ()))


def rows_of(layouts: Sequence[Layout]) -> Iterator[tuple[Layout, Row]]:
    """Yield the rows of all tables with how each is to be read, and those above the first header that are like them."""
    for layout in layouts:
        yield from ((layout, row) for row in layout.above if _is_entry(row, layout))
        yield from ((layout, row) for row in layout.rows)


def _is_entry(row: Row, layout: Layout) -> bool:
    """Whether a row above the header stands in the columns that are read like one below it.

    In a list of one column a name that is also a word for a heading ("User") must not hide those above it.
    """
    filled = [index for index in layout.kinds if cell(row, index)]
    is_list = layout.header is not None and sum(map(bool, layout.header.cells)) == 1
    return len(filled) > (0 if is_list else 1) and meaning(cell(row, filled[0])) is None


def uses(layouts: Sequence[Layout]) -> tuple[ColumnUse, ...]:
    """Return the columns that are read in any of the tables, each use once."""
    return tuple(dict.fromkeys(use for layout in layouts for use in layout.uses))


def _person(user: str, where: str, real: str, mail: str, number: int | None, site: SiteInfo) -> Person:
    if not user:
        return Person(None, where, real, mail, number, why_unnamed=NO_NAME)
    state = usernames.canonical(user, site).state
    return Person(user, where, real, mail, number, NameState.ACCOUNT if state is NameState.IMPOSSIBLE else state)


def names(row: Row, layout: Layout, site: SiteInfo) -> Named:
    """Return whom ``row`` names; addresses and links count wherever they stand in the columns of people."""
    users = [cells.user_names(one, site) for one in layout.cells(row, Kind.USER, Kind.ALSO)]
    reals = [cells.real_names(one, site) for one in (*layout.cells(row, Kind.REAL_NAME), *_joined(row, layout))]
    mails = [cells.emails(one) for one in layout.cells(row, Kind.EMAIL) if not cells.is_blank(one)]
    ids = [cells.central_ids(one) for one in layout.cells(row, Kind.CENTRAL_ID)]
    found = (*users, *reals)
    return Named(
        users=tuple(dict.fromkeys(name for one in found for name in one.users)),
        real_names=tuple(dict.fromkeys(name for one in reals for name in one.real_names)),
        emails=tuple(
            dict.fromkeys(mail for one in (*(m for m, _ in mails), *(f.emails for f in found)) for mail in one)
        ),
        ids=tuple(dict.fromkeys(number for numbers, _ in ids for number in numbers)),
        bad=sum(one.bad for one in users),
        other_bad=sum(one.bad for one in reals) + sum(not m for m, _ in mails) + sum(bad for _, bad in ids),
        is_cut=any(one.is_cut for one in users),
    )


def _joined(row: Row, layout: Layout) -> tuple[str, ...]:
    """Return the real name that stands in several columns; with middle names also the name without them."""
    given, middle, family = (
        " ".join(one.replace(",", " ") for one in layout.cells(row, kind) if not cells.is_blank(one))
        for kind in (Kind.GIVEN, Kind.MIDDLE, Kind.FAMILY)
    )
    whole = " ".join(filter(None, (given, middle, family)))
    return tuple(dict.fromkeys(filter(None, (" ".join(filter(None, (given, family))), whole))))


def is_furniture(row: Row, layout: Layout) -> bool:
    """Whether ``row`` only repeats the header, or holds nothing but a number in a column that is not read."""
    filled = {index: text for index, one in enumerate(row.cells) if (text := cell(row, index)) or one}
    if not filled or row.trouble:
        return False
    if layout.header and all(folded(text) == folded(layout.heading(index)) for index, text in filled.items()):
        return True
    return all(index not in layout.kinds and text.isdecimal() for index, text in filled.items())


def unread_why(row: Row, named: Named, layout: Layout) -> str:
    """Return why ``row``, or a part of it that names people, could not be read; empty where all of it was."""
    anybody = bool(named.users or named.real_names or named.emails or named.ids)
    rest = "; the rest of the row was read" if anybody else ""
    if row.trouble and (not row.doubtful or any(layout.kinds.get(index) in PEOPLE for index in row.doubtful)):
        return row.trouble + rest
    if named.bad:
        return IMPOSSIBLE + rest
    if not anybody:
        return NOBODY
    return ""


def numbered(rows: set[int]) -> str:
    """Return "Row 7" or "Rows 3, 7–9" for the numbers of rows."""
    spans: list[list[int]] = []
    for row in sorted(rows):
        if spans and row == spans[-1][-1] + 1:
            spans[-1].append(row)
        else:
            spans.append([row])
    told = ", ".join(f"{span[0]}–{span[-1]}" if len(span) > 1 else str(span[0]) for span in spans)
    return f"Row{'s' if len(rows) > 1 else ''} {told}"
