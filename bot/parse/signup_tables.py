"""A wikitext table as rows of cells, and what its columns hold; decides nothing about people.

Rows and cells keep their lines. ``rowspan`` and ``colspan`` repeat a cell where it is seen.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from bot.parse.markup import Line, plain, visible
from bot.parse.signup_words import Part, classify, folded, words
from bot.parse.sites import user_words

MOST_ROWS, MOST_COLUMNS = 1000, 50  # a table of sign-ups has no wider cells; a hostile one may say so


class Column(StrEnum):
    """What a column holds."""

    USERNAME = "user name"
    PERSON = "person"
    NAME = "name"
    STATUS = "status"
    ROLE = "role"
    OTHER = "other"


@dataclass(slots=True, eq=False)
class Cell:
    """One cell: its lines (the first without the cell's markup); ``repeated``: seen here only by a span."""

    lines: list[Line]
    header: bool
    rowspan: int = 1
    colspan: int = 1
    repeated: bool = False

    @property
    def text(self) -> str:
        """Return what a reader sees, briefly."""
        return plain(" ".join(line.text for line in self.lines[:20]))


@dataclass(slots=True, eq=False)
class Row:
    """One row; ``line`` is where it starts, ``cells`` by column, spans filled in."""

    line: Line
    cells: list[Cell] = field(default_factory=list)
    extra: list[Line] = field(default_factory=list)
    struck: bool = False


_SPAN = re.compile(r"\b(row|col)span\s*=\s*[\"']?\s*(\d{1,4})", re.IGNORECASE)
_BOUND = re.compile(r"\[\[|\]\]|\{\{+|\}\}+|\|\||!!|\|")
_ROW_TEMPLATE = re.compile(r"\{\{[^{}|]*(?:\||\}\})")


def rows(lines: Sequence[Line]) -> list[Row]:
    """Read the lines of one table, ``{|`` and ``|}`` included."""
    found: list[Row] = [Row(lines[0])]
    depth = 0
    for line in lines[1:-1]:
        text = visible(line.text).lstrip()
        nested = text.startswith("{|")
        if depth or nested:
            depth += nested - text.startswith("|}")
            _continue(found[-1], line)
        elif text.startswith("|-"):
            found.append(Row(line, struck="line-through" in text))
        elif text.startswith("|+"):
            continue
        elif text.startswith(("|", "!")):
            if not found[-1].cells and not found[-1].extra:
                found[-1].line = line
            found[-1].cells.extend(_cells(line))
        elif text.startswith("{{") and not found[-1].cells and _ROW_TEMPLATE.match(text):
            found[-1].extra.append(line)
        elif text:
            _continue(found[-1], line)
    return _spanned([row for row in found if row.cells or row.extra])


def _continue(row: Row, line: Line) -> None:
    if row.cells:
        row.cells[-1].lines.append(line)
    else:
        row.extra.append(line)


def _cells(line: Line) -> list[Cell]:
    marker = re.search(r"[|!]", line.text)
    begin = marker.end() if marker else 0
    header = bool(marker and marker[0] == "!")
    bounds = [begin]
    pipes: dict[int, int] = {}
    depth = 0
    for match in _BOUND.finditer(line.text, begin):
        if match[0][0] in "[{":
            depth += 1
        elif match[0][0] in "]}":
            depth = max(0, depth - 1)
        elif depth == 0 and (match[0] == "||" or (match[0] == "!!" and header)):
            bounds.append(match.end())
        elif depth == 0 and match[0] == "|":
            pipes.setdefault(bounds[-1], match.start())
    ends = [bound - 2 for bound in bounds[1:]] + [len(line.text)]
    return [_cell(line, start, end, pipes.get(start), header=header) for start, end in zip(bounds, ends, strict=True)]


def _cell(line: Line, start: int, end: int, pipe: int | None, *, header: bool) -> Cell:
    attributes = ""
    if pipe is not None and "[[" not in line.text[start:pipe] and "{{" not in line.text[start:pipe]:
        attributes = line.text[start:pipe]
        start = pipe + 1
    spans = {kind.lower(): int(number) for kind, number in _SPAN.findall(attributes)}
    part = Line(line.number, line.start + start, line.text[start:end], line.raw[start:end])
    down, across = spans.get("row", 1), spans.get("col", 1)
    return Cell([part], header, max(1, min(down, MOST_ROWS)), max(1, min(across, MOST_COLUMNS)))


def _spanned(found: list[Row]) -> list[Row]:
    pending: dict[int, tuple[int, Cell]] = {}
    for row in found:
        cells: list[Cell] = []
        for cell in row.cells:
            _inherit(cells, pending)
            column = len(cells)
            for offset in range(cell.colspan if column < MOST_COLUMNS else 1):
                cells.append(cell if offset == 0 else _repeat(cell))
                if cell.rowspan > 1 and column < MOST_COLUMNS and column + offset not in pending:
                    pending[column + offset] = (cell.rowspan - 1, cell)
        _inherit(cells, pending)
        row.cells = cells
    return found


def _inherit(cells: list[Cell], pending: dict[int, tuple[int, Cell]]) -> None:
    """Fill in the cells of rows above that reach down to the next columns."""
    while len(cells) in pending:
        left, above = pending.pop(len(cells))
        if left > 1:
            pending[len(cells)] = (left - 1, above)
        cells.append(_repeat(above))


def _repeat(cell: Cell) -> Cell:
    return Cell(cell.lines, cell.header, repeated=True)


def columns(found: list[Row], names_user: Callable[[Cell], bool]) -> tuple[list[Column], int]:
    """Return what each column holds, and how many rows at the top are header rows: such a row names no user."""
    kinds: list[Column] = []
    count = 0
    for row in found[:3]:
        named = [column(cell.text) for cell in row.cells[:MOST_COLUMNS]]
        if any(names_user(cell) for cell in row.cells[:MOST_COLUMNS]) or not _is_header(row, named, first=count == 0):
            break
        named += [Column.OTHER] * (len(kinds) - len(named))
        kinds += [Column.OTHER] * (len(named) - len(kinds))
        kinds = [new if old is Column.OTHER else old for old, new in zip(kinds, named, strict=True)]
        count += 1
    return kinds, count


def _is_header(row: Row, named: list[Column], *, first: bool) -> bool:
    """Tell whether a row names the columns; a row whose cells are all headers may also be one person's."""
    text = "".join(line.text for cell in row.cells for line in cell.lines)
    speaks = bool({Column.USERNAME, Column.PERSON, Column.ROLE, Column.NAME} & set(named))
    if not row.cells or (not speaks and ("[[" in text or "{{" in text)):
        return False
    if all(cell.header for cell in row.cells):
        return speaks or first
    return first and speaks and len(row.cells) > 1 and "[[" not in text and not any(cell.header for cell in row.cells)


_STATUS = re.compile(
    r"\b(?:status|state|estado|statut|stato|статус|durum|hali|rsvp|stav|tila|stand|remark|remarks|attend\w*|coming|confirm\w*|zusage)\b"
    r"|حال[ةه]|وضعیت|स्थिति|অবস্থা|状態|状态|狀態|상태|סטטוס|出席|出欠|สถานะ",
    re.IGNORECASE,
)


def column(text: str) -> Column:
    """Return what a column with this heading holds."""
    phrase = folded(text)
    if words("role_columns").match(phrase):
        return Column.ROLE
    if words("username_columns").match(phrase) or (phrase.strip() in user_words() and classify(text) is not Part.JOIN):
        return Column.USERNAME
    first = f" {phrase.split()[0]} " if phrase.strip() else ""
    person = words("person_columns")
    if (
        person.match(phrase)
        and (person.match(first) or not words("real_name_columns").match(phrase))
        and "'s " not in text
    ):
        return Column.STATUS if _STATUS.search(text) and not person.match(first) else Column.PERSON
    if words("real_name_columns").match(phrase):
        return Column.OTHER
    if words("name_columns").match(phrase) and len(phrase.split()) <= 4:
        return Column.NAME
    return Column.STATUS if _STATUS.search(text) else Column.OTHER
