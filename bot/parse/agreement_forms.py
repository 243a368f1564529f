"""Agreement in the forms of a sign-up page: a column of a table, a parameter of a template; knows no section."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence

from bot.model import Agreed
from bot.parse import agreement_words as words
from bot.parse.agreement_entries import Page, Said, answer
from bot.parse.markup import HIDDEN, Line, visible
from bot.parse.signup_tables import Cell, Row, columns, rows
from bot.parse.signup_templates import LONGEST_CALL, Template
from bot.parse.signup_templates import read as read_template

_HEADER_ROWS = 3
_DEEPEST = 5  # tables within tables
_KEY = re.compile(r"\|\s*([^|=\[\]{}<>\n]{2,60}?)\s*=")
_BRACES = re.compile(r"\{\{+|\}\}+")


def read_tables(page: Page, said: Said) -> None:
    """Read the columns for agreement of all tables."""
    opened: list[int] = []
    for index, line in enumerate(page.lines):
        text = line.text.lstrip(HIDDEN + " :")
        if text.startswith("{|"):
            opened.append(index)
        elif text.startswith("|}") and not text.startswith("|}}") and opened:
            start = opened.pop()
            if len(opened) < _DEEPEST and _column_headings(page.lines[start : index + 1]):
                _read_table(rows(page.lines[start : index + 1]), page, said)


def _column_headings(table: Sequence[Line]) -> bool:
    """Tell whether the first rows of a table speak of agreement, before all of it is read."""
    rows_seen = 0
    for index, line in enumerate(table):
        rows_seen += line.text.lstrip(HIDDEN + " ").startswith("|-")
        if rows_seen > _HEADER_ROWS + 1 or index > 60:
            table = [*table[:index], table[-1]]
            break
    return any(words.heading(cell.text) is not None for row in rows(table)[:_HEADER_ROWS] for cell in row.cells)


def _read_table(table: list[Row], page: Page, said: Said) -> None:
    _, headers = columns(table, lambda cell: bool(page.marks(cell.lines[0]).mentions))
    asked = _asked(table[:headers])
    for row in table[headers:] if asked else []:
        lines = {line.number for cell in row.cells if not cell.repeated for line in cell.lines}
        entries = sorted(lines & page.entries.names.keys())
        if entries:
            _read_row(row, entries, asked, page, said)


def _asked(header: Sequence[Row]) -> Mapping[int, Agreed]:
    """Return the columns for agreement with what a "yes" says there; a column's headings are read as one."""
    asked: dict[int, Agreed] = {}
    for column in range(max((len(row.cells) for row in header), default=0)):
        cells: list[Cell] = []
        for row in header:
            if column < len(row.cells) and not any(row.cells[column].lines is cell.lines for cell in cells):
                cells.append(row.cells[column])
        if (meant := words.heading(" ".join(cell.text for cell in cells))) is not None:
            asked[column] = meant
    return asked


def _read_row(row: Row, entries: Sequence[int], asked: Mapping[int, Agreed], page: Page, said: Said) -> None:
    owners = [name for line in entries for name in page.entries.names[line]]
    found: list[Agreed] = []
    for column, meant in asked.items():
        cell = row.cells[column] if column < len(row.cells) else None
        withdrawn = all(line in page.entries.withdrawn for line in entries)
        text = "\n".join(page.standing(line, withdrawn=withdrawn) for line in cell.lines) if cell else ""
        given = answer(text, page.site, owners) if cell else Agreed.NOT_AGREED
        found.append(meant if given is Agreed.AGREED else given)
    result = words.to_all(found)
    if len(owners) > 1 and result is not Agreed.NOT_AGREED:
        result = Agreed.UNKNOWN  # one answer for several people
    for line in entries:
        said.own[line].append(result)


def read_templates(text: str, page: Page, said: Said) -> None:
    """Read the parameters for agreement of the templates in which people sign up; ``text`` is the masked page."""
    keys = {key for key in set(_KEY.findall(visible(text))) if words.heading(key.replace("_", " ")) is not None}
    if not keys:
        return
    calls = [(line, call) for line in page.lines if line.number in page.entries.names for call in _calls(text, line)]
    used: defaultdict[str, set[str]] = defaultdict(set)
    for _, call in calls:
        used[_name(call)].update(keys & call.named.keys())
    for line, call in calls:
        if wanted := used[_name(call)]:
            _read_call(line.number, call, wanted, page, said)


def _read_call(line: int, call: Template, wanted: set[str], page: Page, said: Said) -> None:
    found: list[Agreed] = []
    for key in sorted(wanted & call.named.keys()):
        meant = words.heading(key.replace("_", " ")) or Agreed.UNKNOWN
        given = answer(call.named[key], page.site, page.entries.names[line])
        found.append(meant if given is Agreed.AGREED else given)
    if not found:
        said.absent.add(line)
        return
    given_to_all = not wanted - call.named.keys()
    result = words.to_all(found) if given_to_all else words.together([*found, Agreed.NOT_AGREED])
    alone = page.entries.alone(line) or result is Agreed.NOT_AGREED
    said.own[line].append(result if alone else Agreed.UNKNOWN)


def _name(call: Template) -> str:
    return call.name[:1].upper() + call.name[1:]


def _calls(text: str, line: Line) -> list[Template]:
    """Return the calls that begin on a line and stand in no other one that does."""
    if "{{" not in line.text:
        return []
    found: list[Template] = []
    start, depth = 0, 0
    end = line.start + len(line.text)
    for match in _BRACES.finditer(text, line.start, min(len(text), line.start + LONGEST_CALL)):
        if match[0][0] == "{":
            if depth == 0:
                if match.start() >= end:
                    break
                start = match.end()
            depth += 1
        elif depth:
            depth -= 1
            if depth == 0:
                found.append(read_template(text[start : match.start()]))
                if match.end() >= end:
                    break
    return found
