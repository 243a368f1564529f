"""Finds the column of a table that holds user names, by its header or by its cells; must not read the names."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

from bot.errors import BadInputError
from bot.parse.csv_table import NO_DELIMITER, Row, Table
from bot.parse.sites import user_words

_ALSO = frozenset({"user", "users", "account", "accounts"})
_WEAK = frozenset(
    {"participant", "participants", "registrant", "registrants", "attendee", "editor", "editors", "teilnehmer"}
)
_WEAKEST = frozenset({"name", "names", "nom", "nombre", "nome", "naam", "имя", "名前", "이름", "姓名", "नाम"})
_ELSEWHERE = re.compile(
    r"telegram|discord|twitter|instagram|facebook|whatsapp|skype|irc|matrix|slack|zoom|mail|github|phab|mentor|invit|"
    r"organi[sz]|reviewer|other|previous|real name"
)
_NEVER_A_NAME = re.compile(
    r"[\d\s.,:/+()TZ-]*|[^\s@]+@[^\s@]+\.\w+|yes|no|true|false|ja|nein|oui|non|si|sí|sim|não", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Column:
    """The column at ``index``, its ``label`` and its ``rows``; ``header`` holds all columns' labels, if any."""

    index: int
    label: str
    rows: tuple[Row, ...]
    header_lines: tuple[int, ...] = ()
    header: tuple[str, ...] = ()

    @property
    def width(self) -> int:
        """How many cells the header has, 0 without one."""
        return len(self.header)


def choose(tables: Sequence[Table], wanted: str | None, names_user: Callable[[str], bool]) -> Column:
    """Return the column of user names in whichever of ``tables`` (one text, several delimiters) it is found.

    ``wanted`` is a header's text or a number from 1; ``names_user`` tells whether a cell surely points to a user.
    Raises BadInputError, which names the columns, when none or several fit.
    """
    column = _wanted(tables, wanted) if wanted is not None else _by_header(tables) or _by_cells(tables, names_user)
    if not column.rows:
        raise BadInputError("The list of registrants holds a header and no rows.")
    return column


@lru_cache(maxsize=1)
def _username_words() -> frozenset[str]:
    """Return "user name" in many languages, folded, from ``data/username_headers.json``."""
    text = resources.files("bot.parse").joinpath("data/username_headers.json").read_text(encoding="utf-8")
    by_language: dict[str, list[str]] = json.loads(text)
    return frozenset(_fold(word) for words in by_language.values() for word in words)


def _fold(text: str) -> str:
    """Return a header in lower case, without punctuation and what stands in brackets."""
    text = re.sub(r"\([^()]*\)", "", unicodedata.normalize("NFKC", text).casefold())
    kept = "".join(c if unicodedata.category(c)[0] in "LMN" else " " for c in text)
    return " ".join(kept.split())


def rank(header: str) -> int:
    """Return how surely ``header`` stands above user names: 0 not at all, 6 without doubt."""
    text = _fold(header)
    if _ELSEWHERE.search(text):
        return 0
    if text in _username_words():
        return 6 if "wiki" in text else 5
    if any(f" {word} " in f" {text} " for word in _username_words()):
        return 4
    if text in _ALSO or text in user_words():
        return 3
    return 2 if text in _WEAK else 1 if text in _WEAKEST else 0


def _headed(table: Table, index: int) -> Column:
    first, *rows = table.rows
    return Column(index, first.cells[index], tuple(rows), (first.line,), first.cells)


def _listed(cells: Sequence[str]) -> str:
    return ", ".join(f'{number} "{cell[:40]}"' for number, cell in enumerate(cells[:20], 1))


def _widest(tables: Sequence[Table]) -> Table:
    return max(tables, key=lambda table: (table.even, len(table.rows[0].cells)))


def _wanted(tables: Sequence[Table], wanted: str) -> Column:
    """Return the column that the person named; its header must stand in the first row."""
    for table in sorted(tables, key=lambda table: -len(table.rows[0].cells)):
        cells = [_fold(cell) for cell in table.rows[0].cells]
        if cells.count(_fold(wanted)) == 1 and _fold(wanted):
            return _headed(table, cells.index(_fold(wanted)))
        if _fold(wanted) in cells:
            raise BadInputError(f'The list of registrants has several columns "{wanted}": name one by its number.')
    table = _widest(tables)
    first = table.rows[0].cells
    if wanted.strip().isdecimal() and 0 < int(wanted.strip()[:9]) <= len(first):
        index = int(wanted) - 1
        return _headed(table, index) if rank(first[index]) else Column(index, f"column {index + 1}", table.rows)
    raise BadInputError(f'The list of registrants has no column "{wanted}"; it has {_listed(first)}.')


def _by_header(tables: Sequence[Table]) -> Column | None:
    """Return the column whose header says that it holds user names, None when no header does."""
    best: tuple[int, int, Table] | None = None
    for table in tables:
        first = table.rows[0].cells
        highest = max(map(rank, first))
        if highest > (1 if len(first) > 1 else 0) and (best is None or (highest, len(first)) >= best[:2]):
            best = (highest, len(first), table)
    if best is None:
        return None
    ranks = [rank(cell) for cell in best[2].rows[0].cells]
    if ranks.count(best[0]) > 1:
        raise _unsure(best[2])
    return _headed(best[2], ranks.index(best[0]))


def _by_cells(tables: Sequence[Table], names_user: Callable[[str], bool]) -> Column:
    """Return the only column that can hold user names in a table without a header that is known."""
    even = [table for table in tables if table.even]
    if not even:
        single = next((table for table in tables if table.delimiter == NO_DELIMITER), None)
        ragged = next((t for t in tables if sum(len(row.cells) > 1 for row in t.rows) * 2 > len(t.rows)), None)
        if ragged or not single:
            raise _unsure(ragged or tables[0])
        return Column(0, "column 1", single.rows)
    if len(even) > 1:
        raise BadInputError(
            "The list of registrants can be split in several ways: give it a header with the word username."
        )
    table = even[0]
    columns = range(table.width)
    fitting = [n for n in columns if _all(table, n, names_user)] or [n for n in columns if _all(table, n, _may_be_name)]
    if len(fitting) != 1:
        raise _unsure(table)
    return Column(fitting[0], f"column {fitting[0] + 1}", table.rows)


def _all(table: Table, index: int, test: Callable[[str], bool]) -> bool:
    cells = [row.cells[index] for row in table.rows if row.cells[index]]
    return bool(cells) and all(map(test, cells))


def _may_be_name(cell: str) -> bool:
    return not _NEVER_A_NAME.fullmatch(cell)


def _unsure(table: Table) -> BadInputError:
    first = _listed(table.rows[0].cells)
    return BadInputError(f"The list of registrants does not tell which column holds the user names; it has {first}.")
