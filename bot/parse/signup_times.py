"""Where a signature's time stands in a line, in any language and digits; knows only the shape of dates.

Months and zones are not looked at: a time of day near a year of four digits is a time stamp, whatever the language.
"""

from __future__ import annotations

import re

_CLOCK = r"(?<!\d)\d{1,2}\s?(?:[:.：٫hH]|時|时|시)\s?\d{2}(?!\d)"
_YEAR = r"(?<!\d)\d{4}(?!\d)"
_ZONE = r"(?:\s{0,3}[(（][^()（）\[\]{}\n]{2,24}[)）])?"
_NEAR = r"[^\[\]{}<>|\n]"
STAMP = re.compile(
    rf"{_CLOCK}{_NEAR}{{0,45}}?{_YEAR}{_ZONE}"
    rf"|{_YEAR}{_NEAR}{{0,30}}?{_CLOCK}{_ZONE}"
    rf"|(?<!\d)\d{{4}}-\d{{2}}-\d{{2}}(?!\d)"
    rf"|{_YEAR}{_NEAR}{{0,10}}?[(（](?:UTC|GMT|[A-Z]{{3,4}}|[^\x00-\x7f()（）]{{2,14}})(?:[+-]\d+)?[)）]"
)


def stamps(text: str) -> list[tuple[int, int]]:
    """Return the (start, end) of every time stamp in ``text``."""
    return [match.span() for match in STAMP.finditer(text)]
