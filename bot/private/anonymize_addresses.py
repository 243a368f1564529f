"""Addresses of houses, postcodes and places to sit or sleep, as many countries write them; knows no name of a place."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.private.anonymize_view import Claim, Rank

ADDRESS = "[address]"

_NUMBER = r"\d{1,4}(?:\s?[-–/]\s?\d{1,4})?(?:[A-Za-z]|\s[A-Z])?\b"
_CAPITAL = r"[A-ZÀ-ÖØ-ÞĀ-ŽΑ-ΩА-ЯІЇЄҐ][\w'’-]{0,30}"
_SMALL = r"(?:de|des|du|da|do|dos|das|del|della|dei|di|la|le|les|los|las|el|van|von|der|den|św\.|im\.|sv\.)\s|[dl]['’]"
_WORD = rf"(?:[A-ZÀ-ÖØ-Þ]\w{{0,2}}\.|{_CAPITAL}|[\u0590-\u06ff]{{2,20}})"
_NAMES = rf"(?:{_SMALL}){{0,2}}{_WORD}(?:\s(?:{_SMALL}){{0,2}}{_WORD}){{0,3}}"
# A flat, a floor, a door, and a postcode with a town, behind a street.
_FLAT = (
    r"(?:,?\s(?:m\.|lok\.|kv\.|кв\.|apt\.?|apartment|flat|unit|appt\.?|piso|porta|app\.|D:|kat|daire|д\.|корп\.)"
    r"\s?\d{1,4}[A-Za-z]?)"
)
_TOWN = rf"(?:,?\s(?:[A-Z]{{1,2}}-)?\d{{2}}(?:-\d{{3}}|\d{{2,3}}|\s\d{{3}})(?:\s{_CAPITAL})?)"
_BEHIND = rf"(?:{_FLAT}){{0,2}}{_TOWN}?"
# 27b Elm Grove, 221B Baker Street.
_ENGLISH = (
    rf"\b(?<!\d[.,:])\d{{1,5}}[A-Za-z]?,?\s(?:{_CAPITAL}\s){{1,3}}"
    r"(?:Street|St|Road|Rd|Avenue|Ave|Lane|Ln|Drive|Dr|Grove|Close|Court|Crescent"
    r"|Square|Terrace|Gardens|Boulevard|Blvd|Way|Walk|Hill|Row|Mews|Parade|Highway|Hwy|Parkway|Quay|Circus|Green|Alley)\b"
)
# 14 Rue des Lilas, 10 bis avenue Foch.
_FRENCH = (
    r"\b\d{1,4}(?:\s(?:bis|ter|quater))?,?"
    rf"\s(?i:rue|avenue|av\.|boulevard|bd|chemin|allée|quai|impasse|route|place)\s{_NAMES}"
)
# Bahnhofstr. 7, Kerkstraat 12, Storgatan 5, Mannerheimintie 3 A 5.
_GLUED = (
    rf"\b[^\W\d_][\w-]{{2,40}}(?:str\.|straße|strasse|gasse|weg|allee|platz|ufer|damm|ring|straat|laan|gracht|kade|plein|gatan|gata|vägen|veien"
    rf"|gade|vej|katu|tie|kuja|polku|utca|gatve|tänav|iela|utcában)\s{_NUMBER}"
)
# ul. Nowa 5, Av. Ejército 710, Via Roma 3, Calle Mayor, 5, Rua Augusta 44, ул. Баумана, д. 5, вул. Хрещатик, 22.
_HEADED = (
    r"(?<!\w)(?i:ulica|ulicy|ul\.|al\.|aleja|alei|pl\.|avenida|avda\.?|av\.|calle|c/|carrer|rua|praça|travessa|viale|piazza|corso|rue"
    r"|avenue|boulevard|ulice|ulici|náměstí|nám\.|trg|улица|улице|улицы|ул\.|проспект|проспекте|просп\.|пр\.|пер\.|бульвар|шоссе|вулиця|вулиці|вул\.|бул\."
    rf"|strada|str\.|bulevardul|jalan|jl\.|οδός|οδού|شارع|רחוב)\s?{_NAMES},?\s(?:(?:д|дом|буд|nº|n\.º|no|nr|č|n)\.?\s?)?{_NUMBER}"
)
_VIA = rf"(?<!\w)(?i:via)\s{_NAMES},?\s(?:n\.\s?)?{_NUMBER}(?=\s*(?:[,.;:!?)\n]|\Z))"
_TURKISH = (
    rf"(?<!\w){_NAMES}\s(?:Mah(?:\.|allesi)|Cad(?:\.|desi)|Sok(?:\.|ak|ağı)|Sk\.|Cd\.|Bulvarı)"
    rf"(?:,?\s(?:No\s?[:.]?\s?)?{_NUMBER})?"
)
_EASTERN = (
    r"[\u4e00-\u9fff]{2,8}?[路街道巷弄](?:[一二三四五六七八九十\d]段)?\s?\d{1,4}(?:\s?[-之]\s?\d{1,3})?\s?[號号](?:\s?\d{1,3}\s?[樓楼室]){0,2}"
    r"|\d{1,3}\s?丁目\s?\d{1,3}(?:\s?[-番]\s?\d{1,3}\s?号?)?|[가-힣]{1,8}(?:로|길)\s\d{1,4}(?:-\d{1,3})?(?:번지)?(?![\w월일년시분])"
)
# Postcodes that are told from other numbers by their form.
_POSTCODE = (
    r"\b(?:[A-Z][a-z]+\s)?[A-Z]{1,2}\d[A-Z\d]?\s\d[A-Z]{2}\b|\b[A-Z]\d[A-Z]\s\d[A-Z]\d\b|\b\d{4}\s(?!AD|BC|CE|AM|PM)[A-Z]{2}\b(?!\w)"
    rf"|(?<![\d-])\d{{2}}-\d{{3}}(?![\d-])(?:\s{_CAPITAL})?|\b(?:[DF]-\d{{5}}|(?:A|B|CH|L)-\d{{4}})\b(?:\s{_CAPITAL})?|〒\s?\d{{3}}-\d{{4}}"
    r"|\b(?:PO|P\.O\.)\s?Box\s\d+"
)
_STREETS = tuple(map(re.compile, (_ENGLISH, _FRENCH, _GLUED, _HEADED, _VIA, _TURKISH, _EASTERN)))
_WHOLE = tuple(re.compile(rf"(?:{one.pattern}){_BEHIND}") for one in _STREETS)
_CODES = re.compile(_POSTCODE)
_NO_STREETS = re.compile(
    r"(?i)^(?:halfway|anyway|someway|always|unterwegs?|deswegen|keinesweg|hinweg|wegen|weg|ring|tie|platz|during|spring|string|bring)\b"
)


def claims(text: str) -> Iterator[Claim]:
    """Yield the addresses of houses in ``text``, and postcodes that are no other number."""
    for pattern in _WHOLE:
        for match in pattern.finditer(text):
            if not _NO_STREETS.match(match[0]):
                yield Claim(*match.span(), Rank.ADDRESS, shown=ADDRESS)
    for match in _CODES.finditer(text):
        yield Claim(*match.span(), Rank.ADDRESS, shown=ADDRESS)
