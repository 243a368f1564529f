"""Judges one line (or row) of a ban list: whom it bans and since when; must not know where on the page it stands."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.model import NameState
from bot.parse import banlist_words as words
from bot.parse.banlist_refs import Ref
from bot.parse.markup import HIDDEN

_LINK = re.compile(r"\[\[[^\[\]\n]*\]\]|\[(?:https?:)?//[^\[\]\n]*\]")
_LABEL = re.compile(r"\[\[[^\[\]|\n]*\|([^\[\]\n]*)\]\]|\[(?:https?:)?//[^\s\[\]]+\s+([^\[\]\n]*)\]")
_TEMPLATE = re.compile(r"\{\{([^{}]*)\}\}")
_DATE_TEMPLATE = re.compile(
    r"\s*(?:date|dts|dtsh|iso ?date|start ?date|datum|fecha)\s*\|(.*)", re.IGNORECASE | re.DOTALL
)
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_BROKEN = re.compile(r"\[\[|\]\]|\{\{|\}\}|\b(?:user|special)\s?:\s?\w", re.IGNORECASE)
_LETTER = re.compile(r"[^\W\d_]")


@dataclass(frozen=True, slots=True)
class Judgement:
    """Who is banned by a line; ``odd`` says that something on it was not understood."""

    entries: tuple[str, ...] = ()
    ignored: tuple[tuple[str, str], ...] = ()
    since: str = ""
    odd: bool = False


def judge(text: str, refs: Sequence[Ref], struck: Sequence[tuple[int, int]] = ()) -> Judgement:
    """Judge the masked ``text`` of a line whose accounts are ``refs``; ``struck`` are the spans that are struck out.

    The first account is banned, and so are those that "also", "and" or an alias joins to it; closers and other
    persons are not, nor is anybody whose ban was lifted. Words that are not understood make the line odd.
    """
    bare = _bare(text, refs, struck)
    line = _Line(bare, struck)
    for ref in refs:
        line.take(ref)
    odd = line.odd or not refs or bool(_BROKEN.search(bare))
    lifted = words.LIFTED.search(bare)
    if lifted and not words.STILL.search(bare):
        line.ignored += [(name, f'lifted: "{lifted[0]}"') for name in line.entries]
        line.entries = []
    return Judgement(tuple(line.entries), tuple(line.ignored), since(bare) or _linked_date(text, struck), odd)


def leads(text: str, refs: Sequence[Ref]) -> bool:
    """Return whether ``text`` begins with an account, as the lines of a list do and sentences rarely do."""
    return bool(refs) and _nothing_said(_bare(text, refs, ())[: refs[0].start])


def since(bare: str) -> str:
    """Return the date since when, as the list writes it: the one behind "since" or its like, else the first."""
    plain = " ".join(html.unescape(bare.replace(HIDDEN, " ")).split())
    first = ""
    for date in _dates(plain):
        before = plain[max(0, date.start() - 40) : date.start()]
        if words.SINCE.search(before):
            return date[0].strip()
        if not first and not words.NOT_SINCE.search(before):
            first = date[0].strip()
    return first or _year(plain)


def _dates(plain: str) -> Iterator[re.Match[str]]:
    position = 0
    while match := words.DATE.search(plain, position):
        position = match.end()
        if match["month"] and words.NOT_A_MONTH.fullmatch(match["month"].rstrip(".")):
            position = match.end("month")
        else:
            yield match


def _year(plain: str) -> str:
    years = (year for year in words.YEAR.finditer(plain) if words.SINCE.search(plain[: year.start()][-40:]))
    return next((year[0] for year in years), "")


class _Line:
    """Sorts the accounts of one line, from left to right."""

    def __init__(self, bare: str, struck: Sequence[tuple[int, int]]) -> None:
        self.entries: list[str] = []
        self.ignored: list[tuple[str, str]] = []
        self.odd = False
        self._bare = bare
        self._struck = struck
        self._seen: set[str] = set()
        self._persons = False  # the accounts that follow are closers and the like
        self._read = 0

    def take(self, ref: Ref) -> None:
        between = self._bare[self._read : ref.start]
        self._read = max(self._read, ref.end)
        if ref.name in self._seen:
            return
        self._seen.add(ref.name)
        if any(start <= ref.start < end for start, end in self._struck):
            self.ignored.append((ref.name, "struck out"))
        elif ref.subpage:
            self.ignored.append((ref.name, "a page of the user, not the account"))
        elif ref.state is NameState.IMPOSSIBLE:
            self.odd = True
        else:
            self._sort(ref, between)

    def _sort(self, ref: Ref, between: str) -> None:
        role = self._role(ref, between)
        if role is None:
            self.odd = True
            self.ignored.append((ref.name, "why it stands here was not understood"))
            return
        self._persons = not role
        if role:
            self.entries.append(ref.name)
        else:
            self.ignored.append((ref.name, "named as closer or in another role"))

    def _role(self, ref: Ref, between: str) -> bool | None:
        """Return whether ``ref`` is banned, by the words between it and the account before it; None: not understood."""
        person, also = _last(words.PERSON, between), _last(words.ALSO, between)
        if person > also:
            return False
        if not self.entries and not self._persons:
            return True if _nothing_said(self._bare[: ref.start]) else None
        if also >= 0:
            return True
        if between.rstrip().endswith(("-", "–", "—", "~")) and words.CLOCK.search(self._bare, ref.end, ref.end + 300):
            return False  # a signature
        if words.JOINED.fullmatch(between):
            return not self._persons
        return False if self._persons else None


def _last(pattern: re.Pattern[str], text: str) -> int:
    return max((match.start() for match in pattern.finditer(text)), default=-1)


def _nothing_said(text: str) -> bool:
    """Return whether ``text`` holds no words but dates, numbers and such as "banned user"."""
    text = words.DATE.sub(" ", html.unescape(text.replace(HIDDEN, " ")))
    return not _LETTER.search(words.LEAD.sub(" ", text))


def _bare(text: str, refs: Sequence[Ref], struck: Sequence[tuple[int, int]]) -> str:
    """Return ``text`` with blanks for accounts, links, templates, tags and what is struck out; the same length."""
    characters = list(text)
    for start, end in (*struck, *((ref.start, ref.end) for ref in refs)):
        characters[start:end] = " " * (end - start)
    bare = _LINK.sub(_blank, "".join(characters))
    while (without := _TEMPLATE.sub(_blank_template, bare)) != bare:
        bare = without
    return _TAG.sub(_blank, bare)


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])


def _blank_template(match: re.Match[str]) -> str:
    """Return blanks for a template, or the date that it shows."""
    date = _DATE_TEMPLATE.fullmatch(match[1])
    shown = "-".join(part.strip().zfill(2) for part in date[1].split("|") if part.strip().isdecimal()) if date else ""
    return shown.ljust(len(match[0]))[: len(match[0])]


def _linked_date(text: str, struck: Sequence[tuple[int, int]]) -> str:
    """Return the date that is itself a link, as in ``[[Special:Log/X|5 May 2015]]``."""
    for match in _LABEL.finditer(text):
        if not any(start <= match.start() < end for start, end in struck):
            date = words.DATE.fullmatch(" ".join((match[1] or match[2] or "").split()))
            if date:
                return date[0]
    return ""
