"""What may still say who, when or where in a public text by the way it is written; knows nobody's name.

No rule can decide these: they are shown, and a person decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bot.match.ordinary import is_plain_word
from bot.private.anonymize_dates import is_only_date
from bot.private.anonymize_hints import LookAt

DATE, NUMBER = "may be a date or a time", "a number may lead to somebody"
ADDRESS, PLACE = "may be an address", "may be a place"
WHO, AGE = "an office or a rarity tells who somebody is", "an age tells who somebody is"
CHAT = "words of a chat can be searched for, and those who were in it know them"

_OURS = re.compile(r"\[[a-zA-Z -]{3,20}\]|\bUser [A-Z]{1,3}\b")
_CAPITAL = r"[^\W\d_a-zß-öø-ÿа-яё][\w'’-]{1,30}"
_DATES = (
    r"(?<![\w.,:/+-])(?:[0-2]?\d|3[01])[./](?:[0-2]?\d|3[01])(?![\w/%]|[.,]\d|\s?(?:%|€|km|GB))"
    r"|(?<![\w.,:/])(?:[01]?\d|2[0-3])\.[0-5]\d(?![\w/%]|[.,]\d|\s?(?:%|€|km|GB))"
    r"|(?<!\w)(?i:le|el|il|am|dia|den|dnia|the)\s(?:[12]?\d|3[01])(?:th|st|nd|rd|\.)?(?=\s?(?:[,.;:!?)\n]|\Z))"
    r"|(?<![\w.])(?:[12]?\d|3[01])(?:th|st|nd|rd)(?!\w)|(?<!\d)\d{1,2}(?:日|號|号|일)(?!間|间)"
    r"|(?<!\w)(?:[12]?\d|3[01])\s(?:sty|lut|mar|kwi|cze|lip|sie|wrz|paź|lis|gru|янв|фев|апр|авг|сен|окт|ноя|дек"
    r"|січ|лют|бер|кві|вер|жов|лис|гру)(?!\w)"
    r"|(?<!\w)(?:Christmas|New Year|Easter|Halloween|Diwali|Eid|Hanukkah|Yom Kippur|Ramadan|Nowruz|Silvester"
    r"|Weihnacht|Heiligabend|Ostern|Pfingsten|Noël|Pâques|Navidad|Natal|Wigilia|Рождеств|Пасх)\w{0,9}(?:\sEve)?(?!\w)"
    r"|(?<!\w)(?i:day|Tag|jour|día|dia|dzień|день)\s\d{1,2}(?!\w)|\b(?i:first|second|third|last)\sday\b"
)
_NUMBERS = (
    r"(?<!\w)(?i:room|zimmer|raum|saal|salle|chambre|sala|habitación|quarto|pokój|pokoju|комнат\w{0,3}|кімнат\w{0,3}"
    r"|huone\w{0,6}|oda|hall|seat|platz|gate|bed|bett|table|tisch|floor|flight|flug|vol|vuelo|voo|train|zug|stall|booth"
    r"|locker|חדר|غرفة|कमरा|কক্ষ)\s(?:no\.?\s|nr\.?\s|№\s?)?[A-Z]?\d{1,4}[A-Za-z]?(?!\w)"
    r"|(?<![\w.-])(?!UTC|COVID|GMT|HTTP|PDF|MP|WP|CC)[A-Z]{1,3}(?:[ -]\d{2,4}|\d{1,4})[A-Z]?(?![\w-])"
    r"|(?<![\w.,-])\d{1,3}[A-ZА-Я](?!\w)|(?<!\d)\d{1,4}\s?(?:号室|號室|号房|號房|호실)"
)
_ADDRESSES = (
    rf"(?<!\w)(?:[Rr]ua|[Rr]ue|[Cc]alle|[Uu]l\.|[Uu]lic[aęy]|[Уу]л\.|[Уу]лиц\w|[Вв]ул\.|[Вв]улиц\w|Avenida|Avenue|Piazza"
    rf"|Plaza|Praça|Place|Boulevard|Via)\s(?:(?:de|des|du|da|do|dos|del|della|la|les)\s){{0,3}}{_CAPITAL}"
    rf"|(?<!\w){_CAPITAL}\s(?:Street|Road|Avenue|Lane|Grove|Square|Station|Hotel|Hostel|Inn|Airport|Caddesi|Sokağı"
    rf"|Mahallesi)\b|(?<!\w)(?:Hotel|Hostel|Hôtel|Bahnhof|Café|Cafe|Pension)\s{_CAPITAL}"
    r"|(?<!\w)[A-ZÄÖÜ]\w{2,20}(?:straße|strasse|gasse|allee|straat|gracht|gatan|katu|utca)(?!\w)"
)
_AGES = (
    r"(?<!\w)\d{1,2}[- ]?(?:years?|yrs?|yo|jährig\w{0,2}|Jahren?|лет|год[ау]?|років|роки|рік|ans|anos|años|anni|lat|let"
    r"|jaar|år|vuotia\w{0,3}|vuotta|yaş\w{0,5}|éves|metų|gadus|साल|বছর|세|살)(?!\w)|(?<!\d)\d{1,2}\s?(?:歳|岁|歲)"
    r"|(?<!\w)(?:בן|בת)\s\d{1,2}(?!\w)|\b(?i:in (?:his|her|their) (?:twenties|thirties|forties|fifties|sixties)"
    r"|teenager|minderjährig\w{0,2}|a minor)\b"
)
_WHO = (
    r"(?<!\w)(?i:the|die|der|das|la|le|el|o|a)\s(?i:only|sole|youngest|oldest|einzige\w?|seule?|única|único)\s\w{1,30}"
    r"|(?<!\w)(?i:(?:vice[- ])?president|chair(?:man|woman|person)?|treasurer|secretary|trustee|board member|director"
    r"|steward|bureaucrat|checkuser|oversighter|arbitrator|ombuds\w{1,9}|ambassador|vorsitzende\w?|kassenwart\w{0,2}"
    r"|schatzmeister\w{0,4}|présidente?|trésori\w{1,4}|secrétaire|president[ea]|tesorer\w{1,3}|secretari\w{1,3}|prezes\w{0,3}"
    r"|skarbni\w{1,4}|председател\w{1,3}|директор\w{0,3}|голов[аиу]|puheenjohtaja\w{0,4}|başkan\w{0,3}|יו״ר|رئيس\w{0,2})(?!\w)"
    r"|主席|理事長|理事长|会長|會長|会长|회장|अध्यक्ष|সভাপতি"
    rf"|(?<!\w)Wikimedi(?:a|ans)\s(?:(?:of|in|the)\s){{0,2}}(?!Foundation|Commons|Code|Movement){_CAPITAL}"
    rf"|(?<!\w){_CAPITAL}\sUser Group"
)
_PATTERNS = tuple(
    (re.compile(pattern), why)
    for pattern, why in ((_DATES, DATE), (_NUMBERS, NUMBER), (_ADDRESSES, ADDRESS), (_AGES, AGE), (_WHO, WHO))
)
_AT_PLACE = re.compile(
    r"(?<!\w)(?:[Ff]rom|[Ii]n|[Aa]t|[Nn]ear|to|of|[Aa]us|[Nn]ach|à|au|en|[Dd]e|em|desde|z|ze|w|we|do|из|в|во|з|у|із)\s"
    rf"(?P<place>{_CAPITAL}(?:\s{_CAPITAL})?)(?!\w)"
)
_CHAT = re.compile(r"(?:\[?[a-z]{0,9}\]?\s?)?<?[@+]?User [A-Z]{1,3}>?:?\s(?=\S)")


def doubts(text: str, known: Sequence[LookAt] = ()) -> tuple[LookAt, ...]:
    """Return what a person should look at in the public ``text`` beside what is ``known``, in order of the lines."""
    bare = _OURS.sub(lambda match: "¤" * len(match[0]), text)
    marked = [(one.line, _marked(one)) for one in known]
    found: list[LookAt] = []
    for number, (line, shown) in enumerate(zip(bare.split("\n"), text.split("\n"), strict=True), 1):
        if shown.startswith("== "):
            continue
        ours = [place for line_of, place in marked if line_of == number and place]
        for start, end, why in _apart(_places(line)):
            piece = shown[start:end]
            if not any(piece in place or place in piece for place in ours):
                found.append(LookAt(number, _excerpt(shown, start, end), why))
    found += _chats(text)
    return tuple(sorted((*known, *found), key=lambda one: one.line))


def _places(line: str) -> Iterator[tuple[int, int, str]]:
    for pattern, why in _PATTERNS:
        yield from ((*match.span(), why) for match in pattern.finditer(line))
    for match in _AT_PLACE.finditer(line):
        first = match["place"].split()[0]
        if not is_plain_word(first.casefold()) and not is_only_date(first):
            yield *match.span("place"), PLACE


def _apart(found: Iterator[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    kept: list[tuple[int, int, str]] = []
    for place in sorted(found, key=lambda one: (one[0], -one[1])):
        if not kept or place[0] >= kept[-1][1]:
            kept.append(place)
    return kept


def _chats(text: str) -> Iterator[LookAt]:
    """Yield the first of lines of a chat that stand in a row, with how many they are."""
    begun, count, first = 0, 0, ""
    for number, line in enumerate((*text.split("\n"), ""), 1):
        said = line.strip()
        head = _CHAT.match(said)
        if head and (":" in head[0] or ">" in head[0]) and len(said) - head.end() >= 12:
            begun, first = (begun, first) if count else (number, said[:120])
            count += 1
        elif count:
            more = f" and {count - 1} more below it" if count > 1 else ""
            yield LookAt(begun, f"»{first}«{more}", CHAT)
            count = 0


def _marked(one: LookAt) -> str:
    return one.excerpt.partition("»")[2].partition("«")[0]


def _excerpt(line: str, start: int, end: int) -> str:
    return f"{line[max(0, start - 25) : start]}»{line[start:end][:120]}«{line[end : end + 25]}".strip()
