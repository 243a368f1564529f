"""Who signed up in a table: the column for users names them, or else the leading user link of each row."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.model import NameState
from bot.parse.markup import HIDDEN, Line, visible
from bot.parse.signup_ledger import Ledger
from bot.parse.signup_lists import Context, has_list, walk
from bot.parse.signup_people import LONGEST_NAME, PLAIN_NAME, Person, Reading
from bot.parse.signup_strikes import inside
from bot.parse.signup_tables import Cell, Column, Row, columns, rows
from bot.parse.signup_words import COUNTED, Part, classify, folded, words
from bot.parse.usernames import canonical

OTHER_COLUMN = "another column of the table"
_NOBODY = re.compile(
    r"[\W_]*(?:n/?a|none|no account|no username|tbd|tba|nil|keine?|aucun|ninguno|nenhum|нет|немає|yok|無|无|なし|없음)?"
    r"[\W_]*",
    re.IGNORECASE,
)
_REMARK = re.compile(r"[(（].*[)）]")
_COUNT = re.compile(r"[~≈<>≤≥+]|^\d[\d\s–-]*\+?\s+\w+$")
_NO_MARK = re.compile(r"\{\{\s*(no|yes|maybe)\s*[|}]", re.IGNORECASE)


def read_tables(lines: Sequence[Line], context: Context, ledger: Ledger) -> tuple[list[Line], bool]:
    """Read the tables among ``lines``; return the other lines, and whether a table for users was found.

    A table that holds headings only lays out the page: its lines are given back.
    """
    rest: list[Line] = []
    found = False
    index = 0
    closing = _table_ends(lines)
    while index < len(lines):
        end = closing.get(index)
        if end is None:
            rest.append(lines[index])
            index += 1
            continue
        table = rows(lines[index : end + 1])
        outside = _read_table(table, context, ledger)
        found = found or outside is None
        rest.extend(lines[index : end + 1] if outside is None and context.part not in COUNTED else outside or [])
        index = end + 1
    return rest, found


def _table_ends(lines: Sequence[Line]) -> dict[int, int]:
    """Return where each outermost table ends, by the index where it starts."""
    opened: list[int] = []
    closing: dict[int, int] = {}
    for index, line in enumerate(lines):
        text = line.text.lstrip(HIDDEN + " :")
        if text.startswith("{|"):
            opened.append(index)
        elif text.startswith("|}") and not text.startswith("|}}") and opened:
            start = opened.pop()
            if opened:
                continue
            closing[start] = index
    if opened:  # an inner table whose outer one is never closed
        closing = {start: end for start, end in closing.items() if start < opened[0]}
    return closing


def _read_table(table: list[Row], context: Context, ledger: Ledger) -> list[Line] | None:
    """Read one table; None when it was read as a table of users, else the lines that are still to be read."""
    kinds, headers = columns(table, lambda cell: bool(context.marks(cell.lines[0]).mentions))
    wanted = {Column.USERNAME, Column.PERSON}
    if context.part not in COUNTED and not wanted & set(kinds):
        return [line for row in table for cell in row.cells if not cell.repeated for line in cell.lines]
    part = context.part if context.part in COUNTED else Part.JOIN
    for row in table[headers:]:
        if _is_label(row, context):
            part = _announced(row.cells[0].text, context)
        elif part in COUNTED:
            _RowReader(row, kinds, context, ledger, part).read()
        else:
            _leave_out(row, context, ledger, str(part))
    return None


def _is_label(row: Row, context: Context) -> bool:
    """Tell whether a row is one header cell over all columns that names nobody: a heading inside the table."""
    one_cell = len({id(cell.lines) for cell in row.cells}) == 1 and row.cells[0].header
    return one_cell and not context.marks(row.cells[0].lines[0]).mentions


def _announced(text: str, context: Context) -> Part:
    part = classify(text)
    if part is Part.OTHER:
        return context.part if context.part in COUNTED else Part.JOIN
    return part


def _leave_out(row: Row, context: Context, ledger: Ledger, why: str) -> None:
    named = False
    for cell in row.cells:
        for line in [] if cell.repeated else cell.lines:
            if names := [mention.name for mention in context.marks(line).mentions]:
                ledger.exclude(names, line, why, context.section)
                named = True
    if not named and row.cells:
        ledger.exclude([_label(row)], row.line, why, context.section)


def _label(row: Row) -> str:
    """Return what a reader sees of a row that names nobody."""
    return " ".join(cell.text for cell in row.cells if not cell.repeated and cell.text)[:LONGEST_NAME]


def _holds_list(cell: Cell) -> bool:
    return any(line.text.lstrip(HIDDEN)[:1] in ("*", "#") for line in cell.lines[1:])


class _RowReader:
    """Reads one row of a table of users."""

    def __init__(self, row: Row, kinds: list[Column], context: Context, ledger: Ledger, part: Part) -> None:
        self._row = row
        self._cells = list(zip(row.cells, [*kinds, *[Column.OTHER] * len(row.cells)], strict=False))
        self._kinds = kinds
        self._context = context
        self._ledger = ledger
        self._part = part

    def read(self) -> None:
        walk(self._row.extra, self._context, self._ledger)
        before = len(self._ledger.entries) + len(self._ledger.unparsed)
        self._part = self._status()
        if self._part not in COUNTED:
            _leave_out(self._row, self._context, self._ledger, str(self._part))
            return
        used: list[Cell] = []
        for kind in (Column.USERNAME, Column.PERSON, Column.NAME):
            cells = [cell for cell, column in self._cells if column is kind and not cell.repeated]
            if kind is Column.NAME and {Column.USERNAME, Column.PERSON} & set(self._kinds):
                break
            used.extend(cells)
            for cell in cells:
                self._read_cell(cell, plain_is_name=kind is Column.USERNAME)
            if len(self._ledger.entries) + len(self._ledger.unparsed) > before:
                break
        if len(self._ledger.entries) + len(self._ledger.unparsed) == before and not used:
            used.extend(self._leading())
        self._rest(used)

    def _status(self) -> Part:
        """Return what the row's other cells say: withdrawn, maybe or not coming; else what the section is."""
        for cell, column in self._cells:
            raw = visible(cell.lines[0].text)
            text = cell.text
            if (
                column in (Column.USERNAME, Column.PERSON)
                or (not text and "{{" not in raw)
                or len(folded(text).split()) > 4
            ):
                continue
            if words("withdrawn").match(folded(text)):
                return Part.WITHDRAWN
            if column is Column.STATUS:
                mark = _NO_MARK.search(raw)
                said = classify(mark[1] if mark else text)
                if said in (Part.MAYBE, Part.NOT, Part.WITHDRAWN):
                    return said
        return Part.WITHDRAWN if self._row.struck else self._part

    def _leading(self) -> list[Cell]:
        """Read the first cell that names a user, where no column is for users, or the lists that cells hold."""
        cells = [cell for cell, column in self._cells if column is not Column.ROLE and not cell.repeated]
        naming = [cell for cell in cells if any(self._context.marks(line).mentions for line in cell.lines)]
        lists = [cell for cell in naming if _holds_list(cell)]
        for cell in lists:
            self._read_list(cell.lines[1:], "")
        for cell in naming[:1] if not lists else []:
            self._read_cell(cell, plain_is_name=False)
        return lists or naming[:1]

    def _read_cell(self, cell: Cell, *, plain_is_name: bool) -> None:
        listed = [line for line in cell.lines[1:] if line.text.strip(HIDDEN + " ")]
        first = cell.lines[0]
        marks = self._context.marks(first)
        reading = self._context.read(marks, first) if marks.mentions or marks.broken or marks.times else None
        if reading is None and first.text.strip(HIDDEN + " "):
            reading = self._plain(cell, plain_is_name=plain_is_name)
        if reading:
            self._ledger.add(reading, first, self._context.section, self._part, "table")
        if listed:
            self._read_list(listed, "table")

    def _read_list(self, lines: Sequence[Line], kind: str) -> None:
        context = Context(self._context.site, self._context.struck, self._context.section, self._part, has_list(lines))
        ledger = Ledger()
        walk(lines, context, ledger)
        self._ledger.take(ledger, kind)

    def _plain(self, cell: Cell, *, plain_is_name: bool) -> Reading:
        """Read a cell without a link: a user name where the column's heading says so."""
        text = cell.text
        shown = text[:LONGEST_NAME]
        if not text or _NOBODY.fullmatch(text):
            return Reading(excluded={shown: "no account given"})
        name = canonical(text.lstrip("@ "), self._context.site)
        if not plain_is_name or "[[" in visible(cell.lines[0].text) or _COUNT.search(text):
            return Reading(excluded={shown: PLAIN_NAME})
        if name.state is NameState.IMPOSSIBLE or len(text.split()) > 6 or _REMARK.fullmatch(text):
            return Reading(unparsed=True)
        first = cell.lines[0]
        struck = inside(first.start + max(0, first.text.find(text.split()[0])), self._context.struck)
        kind = "ip" if name.state is NameState.IP else "table_plain"
        return Reading({name.name: Person(name.name, name.state, kind, 0, withdrawn=struck)})

    def _rest(self, used: list[Cell]) -> None:
        """Account for everybody who is named in the other cells, and for a row that names nobody."""
        names = {entry.person.name for entry in self._ledger.entries[-20:]}
        for cell, column in self._cells:
            if cell.repeated or cell in used:
                continue
            why = f"column of {column}s" if column is Column.ROLE else OTHER_COLUMN
            for line in cell.lines:
                others = [mention.name for mention in self._context.marks(line).mentions if mention.name not in names]
                if others:
                    self._ledger.exclude(others, line, why, self._context.section)
        own = {line.number for cell in self._row.cells if not cell.repeated for line in cell.lines}
        touched = own & self._ledger.touched
        repeated = any(cell.repeated and column in (Column.USERNAME, Column.PERSON) for cell, column in self._cells)
        if not touched and self._row.cells:
            why = "further row of the user above" if repeated else "table row without a user"
            self._ledger.exclude([_label(self._row)], self._row.line, why, self._context.section)
