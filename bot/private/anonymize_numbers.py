"""Numbers that lead to a person: of telephones, accounts, papers, houses, places; knows no names and no dates."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.private import anonymize_addresses
from bot.private.anonymize_view import Claim, Rank

PHONE, NUMBER, COORDINATES = "[phone number]", "[number]", "[coordinates]"

_DIGITS = re.compile(r"(?<![\w.,])\(?(?:\+\s?)?\(?\d(?:[ \u00a0\u202f().\-–/]{0,2}\d){5,19}(?!\w)")
_CODE = re.compile(
    r"(?<!\w)(?=[A-Z])(?=[A-Z0-9-]{6,34}(?!\w))(?=(?:[A-Z-]{0,6}\d){4})[A-Z]{1,4}-?\d[A-Z0-9-]{4,32}(?!\w)"
)
# DNI 12345678Z; ORCID; plates: B-MW 1234, 12-AB-34, AB12 CDE.
_FORMS = re.compile(
    r"(?<![\w-])(?:\d{7,8}-?[A-Z]|[XYZ]\d{7}[A-Z]|(?:\d{4}-){3}\d{3}[\dX]|[A-ZÄÖÜ]{1,3}-[A-Z]{1,2}\s?\d{2,4}[EH]?"
    r"|\d{2}-[A-Z]{2}-\d{2}|[A-Z]{2}-\d{2}-[A-Z]{2}|[A-Z]{2}-\d{3}-[A-Z]{2}|[A-Z]{2}\d{2}\s[A-Z]{3})(?![\w-])"
)
_SAID = re.compile(
    r"(?<!\w)(?i:DNI|NIE|NIF|CPF|SSN|PESEL|ИНН|NUIPC|passport|paszport|Reisepass|passeport|pasaporte|badge|plate|kennzeichen"
    r"|matrícula|police\sref(?:erence)?|reference|ref|aktenzeichen|az|case|file|dossier|expediente|processo|booking|nr\s?sprawy)"
    r"\.?(?:\s(?i:no|nr|number|id|code|is|was))?\.?\s?[:#№=]?\s?(?P<code>(?=[A-Z/.-]{0,12}\d)[A-Z0-9](?:[A-Z0-9/-]|\.(?=\w)){2,30})(?!\w)"
)
_IBAN = re.compile(r"(?<!\w)[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?(?!\w)")
_DEGREES = r"\d{1,3}°\s?\d{1,2}[′']\s?(?:\d{1,2}(?:\.\d+)?[″\"]\s?)?[NSEWO]"
_DECIMAL = r"-?\d{1,3}[.,]\d{3,}\s?°?\s?[NSEWO]?"
_POINT = re.compile(rf"(?<!\w){_DECIMAL}\s?[,;/ ]\s?{_DECIMAL}(?!\w)|{_DEGREES}(?:[,; ]{{0,3}}{_DEGREES})?")
_YEARS = re.compile(r"(?:19|20)\d\d(?:\s?[-–/]\s?(?:19|20)\d\d)?")
_THOUSANDS = re.compile(r"\d{1,3}(?:[ .\u00a0\u202f]000)+")


def claims(text: str) -> Iterator[Claim]:
    """Yield the numbers of ``text`` that are long enough to be somebody's, or that are written as a telephone's."""
    for match in _POINT.finditer(text):
        yield Claim(*match.span(), Rank.ADDRESS, shown=COORDINATES)
    yield from anonymize_addresses.claims(text)
    for match in _SAID.finditer(text):
        yield Claim(*match.span("code"), Rank.ADDRESS, shown=NUMBER)
    for pattern in (_IBAN, _CODE, _FORMS):
        for match in pattern.finditer(text):
            yield Claim(*match.span(), Rank.ADDRESS, shown=NUMBER)
    for match in _DIGITS.finditer(text):
        if shown := _shown(match[0]):
            yield Claim(*match.span(), Rank.NUMBER, shown=shown)


def _shown(written: str) -> str:
    if _YEARS.fullmatch(written.strip()) or _THOUSANDS.fullmatch(written.strip()):
        return ""
    count = sum(c.isdigit() for c in written)
    is_phone = written.lstrip("( ").startswith(("+", "0")) or written.startswith("(") or count >= 9
    if is_phone:
        return PHONE
    return NUMBER if count >= 6 else ""
