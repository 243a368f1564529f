"""Reads the tables of a ban list: which cell names the account, which the date; must not know the rest of the page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.model import NameState, SiteInfo
from bot.parse import banlist_words as words
from bot.parse import markup, usernames
from bot.parse.banlist_lines import Judgement, judge, since
from bot.parse.banlist_refs import Ref, find, struck

_INNER = re.compile(r"\[\[[^\[\]\n]*\]\]|\{\{[^{}\n]*\}\}|<[^<>\n]*>")
_ATTRIBUTES = re.compile(r"[^\[\]{}|\x01]*\|(?!\|)")
_ACCOUNT = re.compile(r"\b(?:user ?names?|users?|accounts?|banned (?:user|person|people)|names?|who)\b", re.IGNORECASE)
_SINCE = re.compile(
    r"\b(?:since|dates?|banned (?:on|since)|when|from|start|imposed|closed|seit|desde|depuis|datum|fecha)\b",
    re.IGNORECASE,
)
_ENDED = re.compile(r"\b(?:lifted|unbanned|ended|revoked|removed)\b", re.IGNORECASE)
_EMPTY = re.compile(r"[\s–—-]*|no|never|n/a|none|indefinite|infinite", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: the line that it begins on, from 1, and its masked text without attributes."""

    line: int
    text: str


@dataclass(slots=True)
class Table:
    """A table while its lines are read; ``rest`` is what belongs to no row: caption, header, attributes."""

    header: list[str] = field(default_factory=list)
    rows: list[list[Cell]] = field(default_factory=list)
    rest: list[Cell] = field(default_factory=list)
    _depth: int = 0

    def take(self, line: markup.Line) -> bool:
        """Read one line, from ``{|`` on; return False when the table ends with it."""
        text = markup.visible(line.text).lstrip(" \t:*#;")
        if text.startswith("{|"):
            self._depth += 1
            self.rest.append(Cell(line.number, text))
        elif text.startswith("|}"):
            self._depth -= 1
            self.rest.append(Cell(line.number, text))
        elif self._depth == 1:
            self._cells(line.number, text)
        elif self._depth > 1 and self.rows and self.rows[-1]:
            self._add_to_last(text)
        return self._depth > 0

    def _cells(self, number: int, text: str) -> None:
        if text.startswith("|-"):
            self.rows.append([])
            self.rest.append(Cell(number, text))
        elif text.startswith("|+"):
            self.rest.append(Cell(number, text))
        elif text.startswith("!"):
            self._headers(number, text)
        elif text.startswith("|"):
            self._row().extend(Cell(number, part) for part in _split(text[1:], "||"))
        elif self.rows and self.rows[-1]:
            self._add_to_last(text)
        else:
            self.rest.append(Cell(number, text))

    def _headers(self, number: int, text: str) -> None:
        cells = _split(text[1:].replace("||", "!!"), "!!")
        if not any(self.rows):
            self.header += [markup.plain(cell) for cell in cells]
            self.rest.append(Cell(number, text))
        else:
            self._row().extend(Cell(number, cell) for cell in cells)

    def _row(self) -> list[Cell]:
        if not self.rows:
            self.rows.append([])
        return self.rows[-1]

    def _add_to_last(self, text: str) -> None:
        last = self.rows[-1][-1]
        self.rows[-1][-1] = Cell(last.line, f"{last.text}\n{text}")


def _split(text: str, separator: str) -> list[str]:
    """Split a line of cells at separators outside of links and templates, and take off each cell's attributes."""
    hidden = _INNER.sub(lambda match: "\x01" * len(match[0]), text)
    parts: list[str] = []
    start = 0
    for piece in hidden.split(separator):
        end = start + len(piece)
        attributes = _ATTRIBUTES.match(piece)
        parts.append(text[start + (attributes.end() if attributes else 0) : end])
        start = end + len(separator)
    return parts


@dataclass(frozen=True, slots=True)
class RowReading:
    """What a row says and the line on which it names the account."""

    line: int
    text: str
    judgement: Judgement


def read(table: Table, site: SiteInfo) -> list[RowReading]:
    """Return what each row of ``table`` says; rows without any text are left out."""
    return [_read_row(row, table.header, site) for row in table.rows if any(cell.text.strip() for cell in row)]


def _read_row(row: Sequence[Cell], header: Sequence[str], site: SiteInfo) -> RowReading:
    texts = [cell.text for cell in row]
    refs = [find(text, site) for text in texts]
    index = _account_column(header, refs)
    if index is None or index >= len(row):
        return RowReading(row[0].line, " | ".join(texts).strip(), Judgement(odd=True))
    cell = row[index]
    accounts = refs[index] or _plain_name(
        cell.text, site if index < len(header) and _ACCOUNT.search(header[index]) else None
    )
    judged = judge(cell.text, accounts, struck(cell.text))
    entries, ignored = list(judged.entries), list(judged.ignored)
    for number, mentioned in enumerate(refs):
        names = [ref.name for ref in mentioned if number != index and ref.name not in judged.entries]
        if number < len(header) and words.ALSO.search(header[number]):
            entries += names
        else:
            ignored += [(name, "in another column") for name in names]
    if why := _lifted(row, header, index):
        ignored, entries = [*((name, why) for name in entries), *ignored], []
    when = _since(row, header, index) or judged.since
    return RowReading(cell.line, " | ".join(texts).strip(), Judgement(tuple(entries), tuple(ignored), when, judged.odd))


def _account_column(header: Sequence[str], refs: Sequence[Sequence[Ref]]) -> int | None:
    """Return the column whose header speaks of accounts and of nobody else's part, else the first that names one."""
    for index, text in enumerate(header):
        if _ACCOUNT.search(text) and not words.PERSON.search(text) and index < len(refs):
            return index
    return next((index for index, found in enumerate(refs) if found), None)


def _plain_name(text: str, site: SiteInfo | None) -> list[Ref]:
    """Return the name that stands without a link in a column of accounts (``site`` is None in other columns)."""
    plain = markup.plain(text)
    if site is None or not plain:
        return []
    name = usernames.canonical(plain, site)
    return [] if name.state is NameState.IMPOSSIBLE else [Ref(0, len(text), name.name, name.state, "plain")]


def _since(row: Sequence[Cell], header: Sequence[str], account: int) -> str:
    dated = [n for n, text in enumerate(header) if _SINCE.search(text) and n != account and n < len(row)]
    others = [n for n in range(len(row)) if n != account and n not in dated]
    return next((found for n in (*dated, *others) if (found := since(markup.plain(row[n].text)))), "")


def _lifted(row: Sequence[Cell], header: Sequence[str], account: int) -> str:
    for index, cell in enumerate(row):
        text = markup.plain(cell.text)
        if index < len(header) and _ENDED.search(header[index]) and not _EMPTY.fullmatch(text):
            return f'lifted: "{text}"'
        found = words.LIFTED.search(text)
        if found and index != account and not words.STILL.search(text):
            return f'lifted: "{found[0]}"'
    return ""
