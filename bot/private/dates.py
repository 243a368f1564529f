"""The last day that a cell names, as people write days in many languages and calendars; it knows no list and no clock.

Never too early: of two possible readings the later one counts, and what cannot be read has no end.
"""

from __future__ import annotations

import calendar
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache, partial
from importlib import resources

from bot.private.column_words import folded, pattern, plain, words

LONGEST_DAY = 200
_FIRST_YEAR, _LAST_YEAR = 1990, 2999
_TO_REIWA, _TO_MINGUO, _TO_BUDDHIST = 2018, 1911, 543
_JALALI_YEARS = range(1350, 1500)
_JALALI = "فروردین اردیبهشت خرداد تیر مرداد شهریور مهر آبان آذر دی بهمن اسفند"
_CLOCK = re.compile(r"t?(?<!\d)\d{1,2}(?::\d{2}){1,2}(?:\.\d+)?\s*(?:[ap]\.?m\b\.?|z\b|[+-]\d{2}:?\d{2}\b)?")
_TWO_DIGITS = re.compile(r"(\d{2})\s?[-/][^-/]+[-/]\s?'?(\d{2})")
_OPEN_BEFORE = re.compile("[>≥≧⩾≫»]")
_OPEN_BEHIND = re.compile(r"[-‐‑‒–—―−~～〜+>≥≧⩾→⇒➔➜⟶…»]|\.\.")  # "2024 –", "2024+": since then
_MARKS = re.compile(r"[()（）\[\],.;:،、。/–—\-~～'\"]+")


class Doubt(StrEnum):
    """Why a day is not sure."""

    NONE = ""
    TWO_WAYS = "can be read in two ways"
    UNREADABLE = "cannot be read"


@dataclass(frozen=True, slots=True)
class Until:
    """The last day, None for no end; with a doubt the day is the latest that may be meant."""

    day: date | None = None
    doubt: Doubt = Doubt.NONE


def until(text: str) -> Until:
    """Return the last day that a cell below "until" names; an empty cell and "indefinite" name none."""
    said = folded(text)
    if said in words("list_words")["forever"] or "∞" in text or not text.strip(" -–—_?.…/\t\n"):
        return Until(None, Doubt.UNREADABLE if "?" in text else Doubt.NONE)
    if len(text) > LONGEST_DAY or "?" in text:
        return Until(None, Doubt.UNREADABLE)
    found, rest = _days(plain_digits(" ".join(text.split())))
    if not found or _says_more(rest) or _is_open(rest):
        return Until(None, Doubt.UNREADABLE)
    last = max(days[-1] for days in found)
    doubtful = any(len(days) > 1 and days[-1] == last for days in found)
    return Until(last, Doubt.TWO_WAYS if doubtful else Doubt.NONE)


def days_in(text: str) -> tuple[date, ...]:
    """Return every day that stands in ``text``, in all its readings, whatever else stands there."""
    found, _ = _days(plain_digits(text[: LONGEST_DAY * 10]))
    return tuple(day for days in found for day in days)


def plain_digits(text: str) -> str:
    """Return ``text`` plain, with ASCII digits."""
    return "".join(str(int(c)) if c.isdecimal() else c for c in plain(text))


def _says_more(rest: str) -> bool:
    """Whether more stands around the day than "until", a time or the day of the week."""
    said = folded(_MARKS.sub(" ", _CLOCK.sub(" ", rest)))
    lists = words("list_words")
    harmless = pattern(lists["before a day"] | lists["after a day"] | lists["weekdays"])
    return bool(harmless.sub(" ", said).strip())


def _is_open(rest: str) -> bool:
    """Whether the days are a first day, by a sign: in front of them "after", or behind them a range without an end."""
    said = _CLOCK.sub(" ", rest)
    return bool(_OPEN_BEFORE.search(said.partition("\n")[0]) or _OPEN_BEHIND.search(said.rpartition("\n")[2]))


def _days(text: str) -> tuple[list[tuple[date, ...]], str]:
    """Return the possible days (sorted) of every day that stands in ``text``, and the text without them."""
    found: list[tuple[date, ...]] = []

    def take(days: Callable[[re.Match[str]], Iterator[date]], match: re.Match[str]) -> str:
        possible = tuple(sorted({day for day in days(match) if _FIRST_YEAR <= day.year <= _LAST_YEAR}))
        if not possible:
            return match[0]
        found.append(possible)
        return " \n "

    for form, days in _forms():
        text = form.sub(partial(take, days), text)
    return found, text


@lru_cache(maxsize=1)
def _months() -> dict[str, frozenset[int]]:
    """Return the numbers of the months that a word may mean: "listopad" is November in Polish, October in Croatian.

    Months of the Persian calendar are 101 to 112. The words are those of the GNU C library's locales, and some more.
    """
    text = resources.files("bot.private").joinpath("data/months.json").read_text(encoding="utf-8")
    by_language: dict[str, list[str]] = json.loads(text)
    found: dict[str, set[int]] = {}
    for names in by_language.values():
        for number, forms in enumerate(names, 1):
            for form in forms.split("|"):
                found.setdefault(plain(form), set()).add(number)
    for number, name in enumerate(_JALALI.split(), 101):
        found.setdefault(plain(name), set()).add(number)
    return {word: frozenset(numbers) for word, numbers in found.items()}


@lru_cache(maxsize=1)
def _forms() -> tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Iterator[date]]], ...]:
    """Return the forms of days, the most telling first; each takes what it reads out of the text."""
    month = "|".join(re.escape(word) for word in sorted(_months(), key=len, reverse=True))
    month = rf"(?<![^\W\d_])(?P<month>{month})(?![^\W\d_])\.?"
    year, short = r"(?<!\d)(?P<year>\d{4})(?!\d)", r"(?<![\d:])'?(?P<year>\d{4}|\d{2})(?![\d:])"
    day = r"(?<!\d)(?P<day>\d{1,2})(?!\d)(?:st\b|nd\b|rd\b|th\b|er\b|[.ºª°]|-?(?:го|е)\b)?"
    era = r"(?:(?P<era>令和|民国|民國|佛暦|พ\.ศ\.|r(?=\d))\s*+)?"
    of = r"[\s,]*+(?:de\b|of\b|del\b|d'|di\b|-|/)?\s*+"
    return (
        (
            re.compile(
                rf"{era}(?P<year>\d{{1,4}})\s*[年년]\s*(?P<m>\d{{1,2}})\s*[月월](?:\s*(?P<day>\d{{1,2}})\s*[日号號일]?)?"
            ),
            _east,
        ),
        (re.compile(r"(?:ngay\s*)?(?P<day>\d{1,2})\s*thang\s*(?P<m>\d{1,2})\s*+,?\s*+nam\s*(?P<year>\d{4})"), _east),
        (
            re.compile(
                r"(?<!\d)(?P<year>\d{4})\s?[-/.‐‑–年]\s?(?P<m>\d{1,2})\s?[-/.‐‑–]\s?(?P<day>\d{1,2})(?!\d)(?:t(?=\d))?"
            ),
            _east,
        ),
        (
            re.compile(
                r"(?<!\d)(?P<one>\d{1,2})\s?(?P<by>[-/.‐‑])\s?(?P<two>\d{1,2})\s?(?P=by)\s?(?P<year>\d{4}|\d{2})(?!\d)"
            ),
            _numbers,
        ),
        (re.compile(rf"{year}[.,]?\s*+[-/]?\s*+{month}\s*+[-/]?\s*+{day}"), _named),
        (re.compile(rf"{day}{of}{month}{of}(?P<era>พ\.ศ\.|ค\.ศ\.)?\s*{short}"), _named),
        (re.compile(rf"{month}\s*{day},?\s*{year}"), _named),
        (re.compile(rf"{month}{of}(?P<era>พ\.ศ\.|ค\.ศ\.)?\s*{year}"), _named),
        (re.compile(rf"{year}[.,]?\s*+[-/]?\s*+{month}"), _named),
        (re.compile(r"(?<!\d)(?P<year>\d{4})\s?[-/.]\s?(?P<m>\d{1,2})(?!\d)"), _east),
        (re.compile(r"(?<!\d)(?P<m>\d{1,2})\s?[-/.]\s?(?P<year>\d{4})(?!\d)"), _east),
        (re.compile(rf"{era}{year}\s*[年년]?"), _year),
        (re.compile(r"(?<!\d)(?P<year>\d{4})(?P<m>0[1-9]|1[0-2])(?P<day>[0-2]\d|3[01])(?!\d)"), _east),
    )


def _east(match: re.Match[str]) -> Iterator[date]:
    """Yield the day of year, month and day in figures; without a day the last one of the month."""
    groups = match.groupdict()
    year = int(match["year"]) + {"令和": _TO_REIWA, "r": _TO_REIWA, "民国": _TO_MINGUO, "民國": _TO_MINGUO}.get(
        groups.get("era") or "", 0
    )
    yield from _dates(year, int(match["m"]), int(groups["day"]) if groups.get("day") else None)


def _year(match: re.Match[str]) -> Iterator[date]:
    yield from _dates(int(match["year"]) - (_TO_BUDDHIST if match["era"] == "พ.ศ." else 0), 12, None)


def _numbers(match: re.Match[str]) -> Iterator[date]:
    """Yield all readings of 03/04/2026 and of 27-01-15; with full stops the day is in front wherever it can be."""
    one, two, year = int(match["one"]), int(match["two"]), int(match["year"])
    year += 2000 if year < 100 else 0
    found = [*_dates(year, two, one), *(_dates(year, one, two) if match["by"] != "." else ())]
    yield from found
    if not found or (match["by"] != "." and len(match["one"]) == len(match["year"])):
        yield from _dates(2000 + one, two, year - 2000)


def _named(match: re.Match[str]) -> Iterator[date]:
    """Yield the day whose month is a word, in all its readings: 26-Dec-24 may have the year in front."""
    groups = match.groupdict()
    year = int(match["year"])
    year += 2000 if year < 100 else 0
    year -= _TO_BUDDHIST if groups.get("era") == "พ.ศ." or (year > 2400 and _is_thai(match["month"])) else 0
    for month in _months()[match["month"]]:
        yield from _dates(year, month, int(groups["day"]) if groups.get("day") else None)
        if two := _TWO_DIGITS.fullmatch(match[0].strip()):
            yield from _dates(2000 + int(two[1]), month, int(two[2]))


def _is_thai(word: str) -> bool:
    return "\u0e00" <= word[0] <= "\u0e7f"


def _dates(year: int, month: int, day: int | None) -> Iterator[date]:
    """Yield the day that the figures name, if there is one; a year of the Persian calendar is turned into ours."""
    month -= 100 if month > 100 else 0
    if not 1 <= month <= 12 or not (year in _JALALI_YEARS or _FIRST_YEAR <= year <= _LAST_YEAR):
        return
    if year in _JALALI_YEARS:
        yield _persian(year, month, min(day or 31, 31 if month < 7 else 30))
    elif day is None or 1 <= day <= calendar.monthrange(year, month)[1]:
        yield date(year, month, day or calendar.monthrange(year, month)[1])


def _persian(year: int, month: int, day: int) -> date:
    """Return the day of the Persian calendar by its 33 year cycle, which is right for the years 1350 to 1499."""
    leaps = sum((one % 33) in {1, 5, 9, 13, 17, 22, 26, 30} for one in range(1350, year))
    days = (year - 1350) * 365 + leaps + (month - 1) * 31 - max(0, month - 7) + day - 1
    return date(1971, 3, 21) + timedelta(days=days)
