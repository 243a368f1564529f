"""Turns what a cell of a workbook stores into the text that a person sees; must not know what the text means."""

from __future__ import annotations

import math
import re
from datetime import date, timedelta

DATE, MONTH, YEAR = "date", "month", "year"  # a date that shows its day, one without it, one with its year alone
# Formats that every program knows by number (ECMA-376 part 1, 18.8.30), those of East Asia among them.
_DATES_BY_NUMBER = frozenset({*range(14, 23), *range(27, 37), 45, 47, *range(50, 59)})
_MONTHS_BY_NUMBER = frozenset({17, 27, 34, 36, 50, 52, 55, 57})  # in one language at least
_CUT = {DATE: None, MONTH: 7, YEAR: 4}
_LAST_DAY = 2_958_465  # 9999-12-31
_NOT_SHOWN = re.compile(r'"[^"]*"|\\.|[_*].|\[[^\]]*\]')
_DURATION = re.compile(r"\[(?:h+|m+|s+)\]", re.IGNORECASE)
_MINUTES = re.compile(r"(?<=h)(\W*)m+|m+(?=\W*s)|am/pm|a/p")
_MIDNIGHT = re.compile(r"T00:00(?::00(?:\.0+)?)?Z?$")
_OF_NUMBERS = re.compile(r"general|standard|#|(?<![.0])0")  # behind a point nought is a part of a second
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


def shape(number: int, own: dict[int, str]) -> str:
    """Return how a number format shows numbers: DATE, MONTH or YEAR, "000" for that many digits, or empty for others.

    Excel makes "Dec 2026" the first of December: what a format does not show, nobody wrote.
    """
    code = own.get(number)
    if code is None:
        return "" if number not in _DATES_BY_NUMBER else MONTH if number in _MONTHS_BY_NUMBER else DATE
    code = code[:255].partition(";")[0]
    if _DURATION.search(code):
        return ""
    plain = _NOT_SHOWN.sub("", code).lower()
    if re.fullmatch("00+", plain):
        return plain
    return _of_dates(plain) if re.search("[dmyhs]", plain) and not _OF_NUMBERS.search(plain) else ""


def _of_dates(plain: str) -> str:
    """Return how much of a date a format shows; three or more "d" are a day of the week."""
    dates = _MINUTES.sub("", plain)
    if re.search("(?<!d)dd?(?!d)", dates) or not re.search("[ym]", dates):
        return DATE
    return MONTH if "m" in dates else YEAR


def shown(kind: str, stored: str, shape: str, *, from_1904: bool) -> tuple[str, str]:
    """Return the text that a cell of a kind (its attribute ``t``) shows, and why it cannot be believed, or "" twice."""
    if kind == "n":
        return number(stored, shape, from_1904=from_1904)
    if kind == "e":
        return "", "is an error"
    if kind == "b":
        return ("TRUE" if stored.strip() in {"1", "true"} else "FALSE"), ""
    if kind == "d":
        return _cut(_MIDNIGHT.sub("", stored.strip()), shape), ""
    return (stored if kind == "s" else text(stored)), ""


def number(stored: str, shape: str, *, from_1904: bool) -> tuple[str, str]:
    """Return the text of a stored number, and why it cannot be believed, empty for most; never both."""
    try:
        value = float(stored)
    except ValueError:
        return "", "is not a number"
    if not math.isfinite(value) or abs(value) >= 1e15:
        return "", "is a number of more than 15 digits, which a spreadsheet rounds"
    if shape in _CUT:
        shown = _cut(moment(value, from_1904=from_1904), shape)
        return shown, "" if shown else "is a date that no calendar has"
    if value.is_integer():
        return f"{int(value):0{max(1, len(shape))}d}", ""
    return f"{value:.15g}", ""


def _cut(shown: str, shape: str) -> str:
    """Return an ISO date without what its format does not show; a time alone is left."""
    return shown[: _CUT.get(shape)] if re.match(r"\d{4}-", shown) else shown


def moment(serial: float, *, from_1904: bool) -> str:
    """Return the ISO date of a day's number, with the time if it has one, and the time alone for day 0; else empty.

    Workbooks count from 1900 with a 29 February 1900 that never was, day 60; those of old Macs from 1904.
    """
    day, second = divmod(round(serial * 86_400), 86_400)
    if not 0 <= day <= _LAST_DAY or (day == 60 and not from_1904):
        return ""
    clock = f"{second // 3600:02d}:{second // 60 % 60:02d}" + (f":{second % 60:02d}" if second % 60 else "")
    if from_1904:
        first = date(1904, 1, 1)
    elif day == 0:
        return clock
    else:
        first = date(1899, 12, 31) if day < 60 else date(1899, 12, 30)
    try:
        shown = (first + timedelta(days=day)).isoformat()
    except OverflowError:
        return ""
    return f"{shown}T{clock}" if second else shown


def text(stored: str) -> str:
    """Return a stored text with what is written as _x000D_ in it set in (ECMA-376 part 1, 22.9.2.19)."""
    return _ESCAPED.sub(_character, stored)


def _character(found: re.Match[str]) -> str:
    code = int(found[1], 16)
    return found[0] if code == 0 or 0xD800 <= code <= 0xDFFF else chr(code)
