"""Dates and times in a text, made as coarse as was chosen; knows no names and no calendar but how dates are written."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from importlib import resources
from typing import Literal, NamedTuple

from bot.private import anonymize_clock
from bot.private.anonymize_view import Claim, Rank

Coarseness = Literal["day", "month", "year", "none"]
DATE, DAY, TIME = "[date]", "[day]", "[time]"

_ORDINAL = r"(?:st|nd|rd|th|er|re|ère|e|º|ª|°|\.|-?го|-е|-й|:?an?)?"
_IN_WORDS = (
    r"\b(?:twenty-|thirty-)?(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth"
    r"|(?:thir|four|fif|six|seven|eigh|nine)teenth|twentieth|thirtieth)\b"
    r"|\b(?:ersten|zweiten|dritten|vierten|fünften|sechsten|siebten|achten|neunten|zehnten|elften|zwölften"
    r"|\w{3,7}zehnten|\w{3,14}[zß]igsten)\b"
)
_NUMBER = rf"(?:(?<![\d.:/])\d{{1,2}}{_ORDINAL}|{_IN_WORDS})"
_AND = r"(?:\s?[-–—/,&+]\s?|\s(?:to|and|bis|und|au|et|y|e|al|a|do|og|och|en|tot|по|и|до|та|i|ja)\s)"
_DAYS = rf"{_NUMBER}(?:{_AND}\d{{1,2}}{_ORDINAL}){{0,3}}"
_YEAR = r"(?<!\d)(?:1[3-4]|19|2[0-5])\d\d(?!\d)"
_OF = r"(?:of\s|de\s|del\s|d['’]|of\sthe\s|ngày\s|วันที่\s?)?"
_ISO = rf"(?P<iy>{_YEAR})[-/.](?P<im>0?[1-9]|1[0-2])[-/.](?P<id>0?[1-9]|[12]\d|3[01])(?!\d)(?=T|\D|$)"
_FREE = r"(?<![\d.:/])(?<![A-Za-z0-9]-)"
_NUMERIC = (
    rf"(?:{_FREE}\d{{1,2}}\.?\s?[-–—]\s?(?=\d{{1,2}}\.))?"
    rf"{_FREE}(?P<n1>\d{{1,2}})(?P<sep>[./-])\s?(?P<n2>\d{{1,2}})(?P=sep)\s?(?P<ny>(?:19|20)\d\d|\d\d)(?![\d/]|\.\d)"
    rf"|{_FREE}(?P<m1>\d{{1,2}})\.\s?(?P<m2>\d{{1,2}})\.(?!\s?\d)"
    r"|\b(?:on|am|vom|zum|bis|le|du|el|del|dia|den|dnia|il|dal|до|от|с)\s(?P<s1>\d{1,2})[./](?P<s2>\d{1,2})(?![\d/]|\.\d|\s?%)"
    r"|(?<=\bthe )(?P<t1>\d{1,2})/(?P<t2>\d{1,2})(?![\d/])"
)
# 12 IX 2026, as in Poland and Hungary; in capitals only.
_ROMAN = (
    rf"{_FREE}\d{{1,2}}[.\s]\s?(?-i:X?I{{1,3}}|X?I?V|VI{{0,3}}|I?X)[.\s]\s?(?P<ry>(?:19|20)\d\d)(?!\d)"
    r"|(?P<wy>(?:19|20)\d\d)-W\d\d(?:-\d)?\b"
)
_FIGURE = r"[〇零○元一二三四五六七八九十廿卅]"
_EASTERN = (
    r"(?:(?P<ey>(?:19|20)\d\d)\s?[年년]\s?)?(?P<em>\d{1,2}\s?[月월])\s?\d{1,2}\s?[日号號일](?:\s?[(（][^()（）]{1,3}[)）])?"
    r"|(?P<ey2>(?:19|20)\d\d\s?[年년]\s?\d{1,2}\s?[月월])"
    rf"|(?:(?P<ky>(?:(?:令和|平成|昭和|民國|民国)\s?(?:{_FIGURE}{{1,3}}|\d{{1,3}})|{_FIGURE}{{4}})\s?年)\s?)?"
    rf"(?P<km>(?:{_FIGURE}{{1,2}}|(?<!\d)\d{{1,2}})\s?月)\s?(?:{_FIGURE}{{1,3}}|\d{{1,2}})\s?[日号號]"
    rf"|(?:[廿卅]|[二三]?十){_FIGURE}?日(?!間|间|目)|(?<!\d)(?:[12]\d|3[01])日(?!間|间|目)"
)
_VIETNAMESE = r"(?:ngày\s)?\d{1,2}\s(?P<vm>tháng\s\d{1,2})(?:\s(?:năm\s)?(?P<vy>(?:19|20)\d\d))?"
_NO_DAY = (
    r"(?!\w|\s?(?:century|edition|time|floor|street|avenue|person|man|woman|party|place|row|speaker|talk|hand|anniversary"
    r"|Jahrhundert|Stock|Mal|Platz|Reihe))"
)
_LONE_DAY = (
    rf"(?:(?<=\bthe )\d{{1,2}}(?:st|nd|rd|th)|(?<=\bam )\d{{1,2}}\.|(?<=\bden )\d{{1,2}}\.|(?<=\bdel día )\d{{1,2}}"
    rf"|(?<=\bel día )\d{{1,2}}){_NO_DAY}"
    r"|(?<![\w.])(?:[12]?\d|3[01])(?:st|nd|rd|th)(?=\s?(?:[,.;:!?)\n]|$)|\s(?:and|at|in|of|to|or|he|she|they|we)\b)"
    r"|(?<!\d)\d{1,2}-?(?:ஆம்|ாம்|ம்)?\s?(?:தேதி|तारीख|তারিখ)|\b(?:ngày|tanggal|วันที่)\s?\d{1,2}(?![\w/])"
)

_GAP = re.compile(
    r"T|[\s,،;.·–-]{0,3}(?:(?:at|um|à|a las|às|alle|kl\.?|klo|kello|o|в|о|on|am|dem|den|le|el|the|de|saat|pukul)\s)?",
    re.IGNORECASE,
)
_ZONE = re.compile(
    r"\s?[(（](?:UTC|GMT|[A-Z]{3,4}|[^\x00-\x7f()（）]{2,16})(?:[+-]\d{1,2})?[)）]|\s(?:(?:UTC|GMT|CES?T|E[SD]T|P[SD]T|BST|IST|[A-Z]{2,3}ST)\b|[+-]\d{4}\b)"
)

_LATIN_ENDINGS = "(?:ban|ben|ra|re|ig|tól|től|i|a|e|u|ta|te|da|de|ssa|ssä|n|in|ın|is|il|st|aren|ean|ko|k|kuu|kuus)?"
_IN_DATES = frozenset(["de", "del", "of", "d", "T", "年", "月", "년", "월", "tháng"])
# What stands before a day, and before a month.
_INTO = {"le": "en", "el": "en"}
_BEFORE = re.compile(r"(?<!\w)(?P<word>on(?:\sthe)?|the|le|el)[ \u00a0]\Z", re.IGNORECASE)
_TO = re.compile(r"\s?[-–—]\s?")
_SHORT_DAY = re.compile(
    r"\b(?:Mon|Tues?|Wed|Thu|Thurs?|Fri|Sat|Sun|Mo|Di|Mi|Do|Fr|Sa|So|lun|mar|mer|jeu|ven|sam|dim|mié|jue|vie|sáb|dom"
    r"|пн|вт|ср|чт|пт|сб|вс)\.?,?\s",
    re.IGNORECASE,
)
_WORDS_TOO = frozenset(["may", "march", "mar", "out", "set", "mag", "ago", "gen", "des", "dec", "jan", "mei", "mars"])


class _Piece(NamedTuple):
    start: int
    end: int
    kind: str
    shown: str


@cache
def _listed(kind: str) -> frozenset[str]:
    text = resources.files("bot.private").joinpath("data/anonymize_dates.json").read_text(encoding="utf-8")
    return frozenset(way for names in json.loads(text)[kind].values() for name in names for way in name.split("|"))


@cache
def _words(kind: str) -> str:
    listed = _listed(kind)
    return "|".join(map(_way, sorted(listed, key=lambda way: (-len(way), way))))


def _way(way: str) -> str:
    """Return the pattern of a word; Latin endings are few, or Martins and Augustin would be months."""
    ending = _LATIN_ENDINGS if way[0].isascii() or "LATIN" in unicodedata.name(way[0]) else r"\w{0,5}"
    return re.escape(way.removesuffix("*")) + (ending if way.endswith("*") else "")


@cache
def _plain_months() -> frozenset[str]:
    return frozenset(way.casefold() for way in _listed("months") if not way.endswith("*"))


def is_only_date(shown: str) -> bool:
    """Whether what stands for a date has only numbers and names of months in it."""
    words = [word for word in re.split(r"[\W\d_]+", shown) if word]
    return all(word.casefold() in _plain_months() or word in _IN_DATES for word in words)


@cache
def _dates() -> re.Pattern[str]:
    month = rf"(?:{_words('months')})"
    written = (
        rf"{_DAYS}[\s-]{{0,2}}{_OF}(?P<a>{month}\.?(?:,?[\s-]{{0,2}}(?:de\s|del\s|del\saño\s)?{_YEAR})?)(?!\w)"
        rf"|{_DAYS}[\s-]{{1,2}}(?P<sa>(?:{_words('abbreviations')})\.?[\s-]{{1,2}}{_YEAR})"
        rf"|(?<!\w)(?P<b>{month})\.?\s{{1,2}}{_DAYS}(?![\d:])(?:,?\s{{1,2}}(?P<by>{_YEAR}))?"
        rf"|(?P<hy>{_YEAR})\.?\s(?:m\.\s)?(?P<h>{month})\.?\s{_DAYS}(?![\d:])(?:\sd\.)?"
        rf"|(?P<ly>{_YEAR})\.\sgada\s{_DAYS}\s(?P<l>{month})(?!\w)"
        rf"|(?<!\w)(?P<c>{month}\.?,?\s(?:de\s|del\s)?{_YEAR})"
    )
    return re.compile("|".join((_ISO, _NUMERIC, _ROMAN, _EASTERN, _VIETNAMESE, written, _LONE_DAY)), re.IGNORECASE)


@cache
def _weekdays() -> re.Pattern[str]:
    spaced = [w for w in _words("weekdays").split("|") if not re.search("[\u3040-\u9fff\uac00-\ud7af\u0e00-\u0e7f]", w)]
    glued = [w for w in _words("weekdays").split("|") if w not in spaced]
    return re.compile(rf"(?<!\w)(?:{'|'.join(spaced)})(?!\w)|{'|'.join(glued)}", re.IGNORECASE)


@cache
def _months() -> re.Pattern[str]:
    before = (
        r"(?:in|im|since|until|till|by|last|next|early|late|mid|seit|bis|ab|Ende|Anfang|Mitte|en|em|no|del|desde|hasta"
        r"|depuis|fin|début|w|v|в|у|nel|a)"
    )
    return re.compile(rf"\b{before}\s(?P<month>{_words('months')})(?!\w)", re.IGNORECASE)


def claims(text: str, coarseness: Coarseness) -> Iterator[Claim]:
    """Yield the dates of ``text`` with what stands for them; times of the day go at every coarseness."""
    text = "".join(map(_plain_digit, text))
    pieces = [_Piece(*_place(m), "date", shown) for m in _dates().finditer(text) if (shown := _coarse(m, coarseness))]
    starts = {piece.start for piece in pieces}
    pieces += [_Piece(*m.span(), "day", DAY) for m in _SHORT_DAY.finditer(text) if m.end() in starts]
    pieces += [_Piece(*span, "time", TIME) for span in anonymize_clock.times(text)]
    if coarseness != "day":
        pieces += [_Piece(*m.span(), "day", DAY) for m in _weekdays().finditer(text)]
    if coarseness in {"year", "none"}:
        pieces += [_Piece(*m.span("month"), "date", DATE) for m in _months().finditer(text)]
    if coarseness == "none":
        pieces += [
            _Piece(*m.span(), "date", "[year]") for m in re.finditer(r"(?<![\w.,-])(?:19|20)\d\d(?![\w]|[.,]\d)", text)
        ]
    for start, end, shown in _joined(text, pieces):
        yield Claim(*_in_sentence(text, start, end, shown, is_exact=coarseness == "day"))


def _place(found: re.Match[str]) -> tuple[int, int]:
    return found.span("s1")[0] if found["s1"] else found.start(), found.end()


def _in_sentence(
    text: str, start: int, end: int, shown: str, *, is_exact: bool
) -> tuple[int, int, int, frozenset[int], str]:
    """Return a claim with the word before it where "on May" would be left, and without brackets in brackets."""
    if not is_exact and not shown.startswith("[") and (before := _BEFORE.search(text[max(0, start - 12) : start])):
        start -= len(before[0])
        word = before["word"].lower()
        into = "" if word == "the" else "in " if word.startswith("on") else f"{_INTO[word]} "
        shown = (into[:1].upper() + into[1:] if before["word"][0].isupper() else into) + shown
    while start and text[start - 1 : start] == "[" and text[end : end + 1] == "]":
        start, end = start - 1, end + 1
    return start, end, Rank.DATE, frozenset(), shown


@cache
def _plain_digit(c: str) -> str:
    return str(unicodedata.decimal(c)) if c.isdecimal() else c


def _joined(text: str, pieces: list[_Piece]) -> Iterator[tuple[int, int, str]]:
    """Yield dates with the weekday, the time and the zone that stand beside them as one."""
    run: list[_Piece] = []
    for piece in sorted(pieces, key=lambda p: (p.start, -p.end)):
        if run and piece.start < run[-1].end:
            continue
        kinds = {p.kind for p in run}
        again = piece.kind in kinds and not (piece.kind == "time" and _TO.fullmatch(text, run[-1].end, piece.start))
        if run and (again or not _GAP.fullmatch(text, run[-1].end, piece.start)):
            yield _told(text, run)
            run = []
        run.append(piece)
    if run:
        yield _told(text, run)


def _told(text: str, run: list[_Piece]) -> tuple[int, int, str]:
    shown = next((p.shown for kind in ("date", "day", "time") for p in run if p.kind == kind), DATE)
    end = run[-1].end
    if any(p.kind == "time" for p in run) and (zone := _ZONE.match(text, end)):
        end = zone.end()
    return run[0].start, end, shown


def _coarse(found: re.Match[str], coarseness: Coarseness) -> str:
    """Return what stands for a date; nothing for what can be none."""
    got = found.groupdict()
    month, year = _month_and_year(found)
    if _is_only_a_word(got["a"] or "", is_behind=True) or _is_only_a_word(got["b"] or "", is_behind=False):
        return ""
    if month is None:
        return ""
    if coarseness == "day":
        return found[0][_place(found)[0] - found.start() :]
    if coarseness == "month" and month:
        return month
    return year or DATE if coarseness in {"month", "year"} and (year or got) else DATE


def _is_only_a_word(month: str, *, is_behind: bool) -> bool:
    """Whether what could be a month is more likely a word: "20 may come", "out 3 times"."""
    if month[:1].isupper():
        return False
    return month in _WORDS_TOO if not is_behind else month in {"out", "set", "march", "may", "mar"}


def _month_and_year(found: re.Match[str]) -> tuple[str | None, str]:
    """Return the month (with its year) and the year of a date as they may be shown; None for what is no date."""
    got = found.groupdict()
    if got["iy"] or got["n1"]:
        return _of_numbers(found)
    if got["m1"] or got["s1"] or got["t1"]:
        first, second = int(got["m1"] or got["s1"] or got["t1"]), int(got["m2"] or got["s2"] or got["t2"])
        return ("" if 0 < first <= 31 and 0 < second <= 31 and min(first, second) <= 12 else None), ""
    if month := got["b"] or got["h"] or got["l"]:
        year = got["by"] or got["hy"] or got["ly"] or ""
        return f"{month} {year}".strip(), year
    return _of_words(found)


def _of_words(found: re.Match[str]) -> tuple[str | None, str]:
    got = found.groupdict()
    whole = got["a"] or got["sa"] or got["c"] or got["vm"] or got["ey2"] or got["em"] or ""
    if got["em"]:
        return found[0][: found.end("em") - found.start()], got["ey"] or ""
    if got["km"] or got["ry"] or got["wy"]:
        year = got["ky"] or got["ry"] or got["wy"] or ""
        return year + (got["km"] or ""), year
    if got["vm"]:
        return f"{whole} {got['vy'] or ''}".strip(), got["vy"] or ""
    year_in = re.search(_YEAR, whole)
    return whole, year_in[0] if year_in else ""


def _of_numbers(found: re.Match[str]) -> tuple[str | None, str]:
    if found["iy"]:
        return f"{found['iy']}-{int(found['im']):02}", found["iy"]
    one, two = int(found["n1"]), int(found["n2"])
    full = found["ny"] if len(found["ny"]) == 4 else f"20{found['ny']}"
    if not (0 < one <= 31 and 0 < two <= 31 and min(one, two) <= 12):
        return None, ""
    if found["sep"] == "." or one > 12 or one == two:  # with dots the day stands first
        return (f"{full}-{two:02}" if two <= 12 else ""), full
    return (f"{full}-{one:02}" if two > 12 else ""), full
