"""How times of the day are written, in figures and in words; knows no dates and no names."""

from __future__ import annotations

import re
from collections.abc import Iterator

_HALF = r"(?:[ap]m\b|[ap]\.\s?m\.)"
_UNIT = r"(?:Uhr\b(?:\s[0-5]\d\b)?|o['’]clock\b|uur\b|hrs?\b|h\b|น\.)"
_THEN = rf"(?:\s?(?:{_HALF}|{_UNIT})|['’][dt][ea]\b)?"
_FIGURES = (
    rf"(?<![\d.:])\d{{1,2}}[:٫：]\d{{2}}(?:[:.]\d{{2}})?(?:Z|[+-]\d\d:?\d\d)?(?![\d:]|\w){_THEN}"
    rf"|(?<![\d.:/])\d{{1,2}}(?:[.:]\d{{2}})?\s?(?:{_HALF}|Uhr\b(?:\s[0-5]\d\b)?|o['’]clock\b|uur\b)"
    r"|(?<![\d.:/])(?:[01]?\d|2[0-3])\.[0-5]\d(?:\s?(?:h|hrs?|sularında)\b|['’][dt][ea]\b)"
    r"|(?<![\d.:/\w])(?:[01]?\d|2[0-3])\s?h(?:\s?\d{2}(?:min)?|(?<!\b24h)(?<!\b12h))(?!\w)"
    r"|(?<![\d.:/\w])(?:[01]?\d|2[0-3])\s?(?:ч|год|val)\.\s?[0-5]?\d\s?(?:мин|хв|min)\b\.?"
)
# "at 14.30": without the word before it, it may be a section or a version.
_BEHIND = (
    r"\b(?:kl\.?|klo|kello|klockan|klokken|saat|godz\.?|godzinie|plkst\.|val\.|om|um|gegen|ab|at|around|о|о|o|в|у|u|ve"
    rf"|a\slas|a\sla|à|às|alle|ore|ora)\s(?P<at>(?:[01]?\d|2[0-3])\.[0-5]\d{_THEN})(?!\d|\.\d|\s?(?:[%€$£]|eur|km|m\b))"
    rf"|\b(?:kl\.?|klo|kello|klockan|klokken|godz\.?|o\sgodzinie|الساعة|בשעה|pukul|saat)\s(?P<hour>[012]?\d{_THEN})(?![\d.:]\d|\d)"
)
_CHINESE = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})"
_EASTERN = (
    rf"(?:上午|下午|午前|午後|晚上|早上|凌晨|中午|夜の|傍晚|오전|오후)\s?{_CHINESE}\s?[時时点點시](?:\s?{_CHINESE}\s?[分분]|半|반)?"
    rf"|(?<!\d){_CHINESE}\s?[時时点點시]\s?(?:{_CHINESE}\s?[分분]|半)"
    r"|(?<!\d)\d{1,2}\s?[時시](?!間|간|半)(?=\s?(?:頃|ごろ|に|에|경|쯤))"
    r"|(?:(?:सुबह|दोपहर|शाम|रात)\s(?:के\s)?)?(?<!\d)\d{1,2}(?:[:.]\d\d)?\s?बजे"
    r"|(?:সকাল|দুপুর|বিকাল|বিকেল|সন্ধ্যা|রাত)\s\d{1,2}(?:[:.]\d\d)?\s?টা(?:\u09df|\u09af\u09bc)?"
    r"|(?<!\d)\d{1,2}(?:[:.]\d\d)?\s?টা(?:\u09df|\u09af\u09bc)"
)
_HOURS = r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\d{1,2})"
_STUNDEN = r"(?:eins|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|elf|zwölf|\d{1,2})"
_WORDS = (
    rf"\b(?:half\s(?:past\s)?|(?:a\s)?quarter\s(?:past|to|after)\s|(?:five|ten|twenty|twenty-five)\s(?:past|to)\s){_HOURS}\b"
    rf"|\b{_HOURS}\so['’]clock\b|\b(?:noon|midnight)\b"
    rf"|\b(?:halb|viertel\s(?:vor|nach)|(?:fünf|zehn|zwanzig)\s(?:vor|nach))\s{_STUNDEN}\b|\b{_STUNDEN}\sUhr\b"
)
_CLOCK = re.compile("|".join((_FIGURES, _BEHIND, _EASTERN, _WORDS)), re.IGNORECASE)


def times(text: str) -> Iterator[tuple[int, int]]:
    """Yield where a time of the day is written in ``text``, whose digits are 0 to 9."""
    for match in _CLOCK.finditer(text):
        part = next((name for name in ("at", "hour") if match[name]), None)
        yield match.span(part) if part else match.span()
