"""Who is named in the rows of a table that people made: of a list, or of those who registered; it matches nobody."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from bot.model import NameState, SiteInfo
from bot.parse import usernames
from bot.private import cells, titles
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
ABOVE_READ = "above the table, and taken for an entry."
BELOW = "words on the table, it seems, and no entry."
BELOW_READ = "perhaps words on the table; taken for an entry all the same."
CUT = "a comma or semicolon in a user name; read as one name and as several."
MOST_OF_A_ROW = 20
NO_ADDRESS = "an address that is none; the rest of the row was read."
NO_ID = "a central id in it is none, and a renamed account is met by that alone"
LINK = "a link to no page of a user, which was not read; the rest of the row was."
NO_NAME = "the file gives no user name"


@dataclass(frozen=True, slots=True, repr=False)
class Named:
    """Whom one row names; ``bad`` user names cannot be any, ``other_bad`` addresses and ``bad_ids`` ids are none.

    ``is_cut`` is whether one user name may have been taken for several. ``perhaps`` are parts of a cell of user names
    that may be a name of the person or none, ``bad_links`` links of cells that lead to nobody.
    """

    users: tuple[str, ...] = ()
    real_names: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    ids: tuple[int, ...] = ()
    bad: int = 0
    other_bad: int = 0
    bad_ids: int = 0
    bad_links: int = 0
    is_cut: bool = False
    perhaps: tuple[str, ...] = ()

    def identities(self) -> Iterator[tuple[str, str, str, int | None]]:
        """Yield user name, real name, address and id, each of them once, as many together as there are."""
        for user, real, mail, number in zip_longest(self.users, self.real_names, self.emails, self.ids):
            yield user or "", real or "", mail or "", number

    def guesses(self) -> Iterator[tuple[str, str, str, int | None]]:
        """Yield the first user with each part that may be a name, as a real name: what meets it is to be looked at."""
        for part in self.perhaps if self.users else ():
            yield self.users[0], part, "", None


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
        if is_furniture(row, layout) or is_footer(row, layout):
            continue
        named = names(row, layout, site)
        identities = tuple(named.identities())
        if len(identities) > MOST_OF_A_ROW:  # each of them would be asked about, and somebody typed it
            unread.append(UnreadRow(row.number, f"names more than {MOST_OF_A_ROW} people, of whom none was read"))
            continue
        if why := unread_why(row, named, layout):
            unread.append(UnreadRow(row.number, why))
        for user, real, mail, number in identities:
            person = _person(user, f"row {row.number}", real, mail, number, site)
            found.setdefault((user, folded(real), mail.casefold(), number), person)
    return tuple(found.values()), tuple(unread), tuple(use for use in uses(layouts) if use.meaning in _OF_PEOPLE)


def notes(grid: Grid, site: SiteInfo, *, columns: Mapping[Field, str] | None = None) -> tuple[str, ...]:
    """Return what to say of a file of registrants beside what ``read`` gives, rows by number, without content."""
    layouts = find(grid, site, columns or {}, FILE)
    told: dict[str, set[int]] = {}
    people_rows = {row.number for _, row in rows_of(layouts)}
    for row in (row for layout in layouts for row in layout.above):
        told.setdefault(ABOVE_READ if row.number in people_rows else ABOVE, set()).add(row.number)
    for layout, row in rows_of(layouts):
        for note in of_row(row, layout) or doubts(names(row, layout, site)):
            told.setdefault(note, set()).add(row.number)
    of_columns = dict.fromkeys(note for layout in layouts for note in layout.notes)
    return (*grid.notes, *of_columns, *(f"{numbered(rows)}: {note}" for note, rows in told.items()))


def of_row(row: Row, layout: Layout) -> tuple[str, ...]:
    """Return what to say of a row that may be none of the table."""
    if is_furniture(row, layout):
        return (REPEATED,)
    if is_footer(row, layout):
        return (BELOW,)
    return (BELOW_READ,) if row in layout.last and titles.may_be_footer(row) else ()


def doubts(named: Named) -> tuple[str, ...]:
    """Return what to say of whom a row names, although it was read."""
    return (
        *((NO_ADDRESS,) if named.other_bad else ()),
        *((CUT,) if named.is_cut else ()),
        *((LINK,) if named.bad_links else ()),
    )


def rows_of(layouts: Sequence[Layout]) -> Iterator[tuple[Layout, Row]]:
    """Yield the rows of all tables with how each is to be read, and those above the first header that are like them."""
    for layout in layouts:
        yield from ((layout, row) for row in _entries_above(layout))
        yield from ((layout, row) for row in layout.rows)


def _entries_above(layout: Layout) -> list[Row]:
    """Return the rows above the header that are, or may be, rows of the table.

    Where one of them is like a row below, the header was sorted into the middle: then only words that are surely none
    are left. In a list of one column a name that is also a word for a heading ("User") must not hide those above it.
    """
    if any(_is_like_a_row(row, layout) for row in layout.above):
        return [row for row in layout.above if not titles.is_label(row) and not titles.is_footer(row)]
    return [
        row
        for row in layout.above
        if any(cell(row, index) for index in _of_people(layout)) and not titles.is_title(row)
    ]


def _is_like_a_row(row: Row, layout: Layout) -> bool:
    """Whether ``row`` has cells as the rows below have them, and no words on a list in front."""
    if titles.is_title(row):
        return False
    is_wide = layout.header is None or sum(map(bool, layout.header.cells)) > 1
    named = any(cell(row, index) for index in _of_people(layout))
    return named and len(titles.filled(row)) > (1 if is_wide else 0)


def _of_people(layout: Layout) -> list[int]:
    return [index for index, kind in layout.kinds.items() if kind in PEOPLE]


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
    links = [cells.linked(target, site) for index, target in row.links if layout.kinds.get(index) in PEOPLE]
    found = (*users, *reals, *links)
    return Named(
        users=tuple(dict.fromkeys(name for one in found for name in one.users)),
        real_names=tuple(dict.fromkeys(name for one in reals for name in one.real_names)),
        emails=tuple(
            dict.fromkeys(mail for one in (*(m for m, _ in mails), *(f.emails for f in found)) for mail in one)
        ),
        ids=tuple(dict.fromkeys(number for numbers, _ in ids for number in numbers)),
        bad=sum(one.bad for one in users),
        other_bad=sum(one.bad for one in reals) + sum(not m for m, _ in mails),
        bad_ids=sum(bad for _, bad in ids),
        bad_links=sum(one.bad for one in links),
        is_cut=any(one.is_cut for one in users),
        perhaps=tuple(dict.fromkeys(part for one in users for part in one.perhaps)),
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
    """Whether ``row`` only repeats the header, or holds nothing but a number, which counts the rows or is not read.

    A number below a heading of ids, or of people, is somebody's, unless it counts the rows.
    """
    filled = {index: text for index, one in enumerate(row.cells) if (text := cell(row, index)) or one}
    if not filled or row.trouble:
        return False
    if layout.header and all(folded(text) == folded(layout.heading(index)) for index, text in filled.items()):
        return True
    return all(text.isdecimal() and not _is_of_somebody(index, layout) for index, text in filled.items())


def _is_of_somebody(index: int, layout: Layout) -> bool:
    said = meaning(layout.heading(index))
    return index in layout.kinds or (
        said is not None and said.kind in {*PEOPLE, Kind.NUMBER} and index not in layout.counters
    )


def is_footer(row: Row, layout: Layout) -> bool:
    """Whether ``row`` stands at the end of a table and holds nothing but words on it."""
    return row in layout.last and not row.trouble and titles.is_footer(row)


def unread_why(row: Row, named: Named, layout: Layout) -> str:
    """Return why ``row``, or a part of it that names people, could not be read; empty where all of it was."""
    anybody = bool(named.users or named.real_names or named.emails or named.ids)
    rest = "; the rest of the row was read" if anybody else ""
    if row.trouble and (not row.doubtful or any(layout.kinds.get(index) in PEOPLE for index in row.doubtful)):
        return row.trouble + rest
    if named.bad:
        return IMPOSSIBLE + rest
    if named.bad_ids:
        return NO_ID + rest
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
