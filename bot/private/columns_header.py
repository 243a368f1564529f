"""Where the headings of a table stand, and where a second table begins below it; it decides on no column.

A row that is taken for headings names nobody: in doubt a row is none.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache

from bot.parse.sites import user_words
from bot.private import cells, dates
from bot.private.column_words import PEOPLE, Kind, Meaning, folded, meaning
from bot.private.model import Grid, Row

_WITHIN = 60  # rows in which the first header is looked for
_MOST_ABOVE = 8  # rows in one column above its heading; more are a list of their own
_CARDS = 0.7  # of the rows that begin with a heading, in a list of cards
_SAMPLE = 200  # rows that tell whether they are cards
_LABELS = ":：="


def parts(grid: Grid, said: Collection[str]) -> Iterator[tuple[Row | None, tuple[Row, ...]]]:
    """Yield the tables that stand one below the other in ``grid``, each as its header, if it has one, and its rows.

    What is above the first header comes first, without header. ``said`` are headings that the person named.
    """
    wanted = {folded(one) for one in said if len(folded(one)) > 2}
    width = len({index for row in grid.rows for index, one in enumerate(row.cells) if one})
    header: Row | None = None
    rows: list[Row] = []
    for number, row in enumerate(grid.rows):
        if header is None:
            is_header = number < _WITHIN and (
                bool(score(row, min(width, 2))) or any(folded(one) in wanted for one in row.cells)
            )
            is_header &= width > 1 or len(rows) <= _MOST_ABOVE
        else:
            is_header = score(row, 2) >= 6
        if not is_header:
            rows.append(row)
            continue
        if rows or header:
            yield header, tuple(rows)
        header, rows = row, []
    yield header, tuple(rows)


def score(row: Row, least: int) -> int:
    """Return how surely ``row`` holds headings, 0 for not at all; ``least`` cells it must have."""
    filled = [text for one in row.cells if (text := cells.tidy(one))]
    if len(filled) < least or any(map(_is_data, filled)):
        return 0
    found = [one for one in map(meaning, filled) if one]
    if not any(one.kind in PEOPLE or one.kind is Kind.NUMBER for one in found):
        return 0
    whole = [one for one in found if one.is_whole]
    return 3 * len(whole) + len(found) - len(whole) if _is_enough(filled, found, whole) else 0


def _is_enough(filled: Sequence[str], found: Sequence[Meaning], whole: Sequence[Meaning]) -> bool:
    """Whether the known headings outweigh the unknown ones; one word that is also a name is not enough beside them."""
    if whole and len(found) > 1:
        return True
    if len(whole) == 1:
        return whole[0].kind in PEOPLE and (len(filled) == 1 or _is_telling(filled, whole[0]))
    return len(found) > 1 and 2 * len(found) >= len(filled)


def _is_telling(filled: Sequence[str], known: Meaning) -> bool:
    """Whether one known heading among unknown ones is enough: "username" is, "user" and "name" may be names."""
    return known.kind not in {Kind.NAME, Kind.NUMBER, Kind.GIVEN, Kind.FAMILY} and len(filled) > 1


def _is_data(text: str) -> bool:
    return bool(
        cells.emails(text)[0]
        or dates.days_in(text)
        or "[[" in text
        or "//" in text
        or text.isdecimal()
        or _is_user_page(text)
    )


def _is_user_page(text: str) -> bool:
    """Whether ``text`` is "User:Ada", in any language of MediaWiki: "user" in it makes no heading of it."""
    space, _, name = text.partition(":")
    return bool(name.strip()) and folded(space) in _user_spaces()


@lru_cache(maxsize=1)
def _user_spaces() -> frozenset[str]:
    return frozenset(map(folded, user_words()))


def upright(grid: Grid) -> Grid:
    """Return ``grid`` as a table with headings where its people stand on cards, or in columns beside the headings.

    Cards are lines of a heading and what it says, by two cells or a colon, one person below the other. The rows keep
    the number of the first line of a card; people in columns have the number of the column, which a note says.
    """
    sample = grid.rows[:_SAMPLE]
    pairs = [_pair(row) for row in sample]
    known = [pair for pair in pairs if pair and pair[0]]
    kinds = {kind for pair in known if (kind := pair[0])}
    if len(known) < 2 or len(kinds) < 2 or not kinds & PEOPLE or len(known) < _CARDS * len(sample):
        return grid
    if any(len([one for one in row.cells if one]) > 2 for row in grid.rows):
        return _turned(grid)
    return _from_cards(grid)


def _pair(row: Row) -> tuple[Kind | None, str, str] | None:
    """Return what the first cell of ``row`` is the heading of, that heading, and what stands beside it."""
    filled = [text for one in row.cells if (text := cells.tidy(one))]
    if not filled or not row.cells or not row.cells[0]:
        return None
    label, value = filled[0], filled[1] if len(filled) > 1 else ""
    if len(filled) == 1:
        colon = next((one for one in _LABELS if one in label), "")
        label, _, value = label.partition(colon) if colon else ("", "", "")
    said = meaning(label.strip(_LABELS + " "))
    if not said or not said.is_whole or not value.strip():
        return None
    other = meaning(value)
    return None if other and other.is_whole else (said.kind, label.strip(_LABELS + " "), value.strip())


def _from_cards(grid: Grid) -> Grid:
    headings: list[str] = []
    above: list[Row] = []
    records: list[tuple[int, dict[str, str], str]] = []
    lines: dict[tuple[int, str], Row] = {}
    for row in grid.rows:
        pair = _pair(row)
        label, value = (pair[1], pair[2]) if pair else ("", "")
        if not pair and not records:
            above.append(row)
            continue
        if not pair:
            records.append((row.number, {"": " ".join(filter(None, row.cells))}, row.trouble or "it is on no card"))
            continue
        if label not in headings:
            headings.append(label)
        last = records[-1][1] if records else None
        if last is None or "" in last or label in last or label == headings[0]:
            records.append((row.number, {}, ""))
        number, record, trouble = records[-1]
        record[label], lines[number, label] = value, row
        records[-1] = (number, record, trouble or row.trouble)
    rows = [
        Row(
            number,
            tuple(record.get(one, "") for one in headings),
            why,
            struck=tuple(at for at, one in enumerate(headings) if (line := lines.get((number, one))) and line.struck),
            links=tuple(
                (at, target)
                for at, one in enumerate(headings)
                if (line := lines.get((number, one)))
                for _, target in line.links
            ),
        )
        for number, record, why in records
    ]
    return Grid(
        (*above, Row(0, tuple(headings)), *rows), (*grid.notes, "It is read as cards, one person below the other.")
    )


def _turned(grid: Grid) -> Grid:
    """Return the table whose headings stand in its first column with rows for columns."""
    width = max(len(row.cells) for row in grid.rows)
    trouble = next((row.trouble for row in grid.rows if row.trouble), "")
    rows = [
        Row(
            index + 1,
            tuple(row.cells[index] if index < len(row.cells) else "" for row in grid.rows),
            trouble,
            struck=tuple(at for at, row in enumerate(grid.rows) if index in row.struck),
            links=tuple((at, target) for at, row in enumerate(grid.rows) for one, target in row.links if one == index),
        )
        for index in range(1, width)
    ]
    header = Row(0, tuple(row.cells[0].strip(_LABELS + " ") if row.cells else "" for row in grid.rows))
    note = "Its headings stand in the first column, so that each further column is one person: row 2 is column B."
    return Grid((header, *(row for row in rows if any(row.cells))), (*grid.notes, note))
