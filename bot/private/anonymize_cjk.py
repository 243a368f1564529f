"""Names in Chinese, Japanese and Korean texts by the titles beside them, and in other characters; knows no person.

A family name of one character is a word nearly everywhere, but not before a title: 王先生, 森さん, 김씨.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from bot.private.anonymize_view import names_of_data

_HAN = r"[\u3400-\u9fff々]"
_ALIKE = 0.6


@cache
def _strangers() -> re.Pattern[str]:
    data = names_of_data()
    families = data["han_families"][0]
    japanese = "|".join(data["japanese_titles"][:-1])
    nobody = "|".join(data["nobody_titled"])
    return re.compile(
        rf"[{families}](?:{'|'.join(data['han_titles'])})|[老阿][{families}](?!{_HAN})|(?<!{_HAN})小[{families}](?!{_HAN})"
        rf"|(?!{nobody})(?:{_HAN}{{1,4}}|[\u30a1-\u30fc]{{2,8}})(?:{japanese})"
        rf"|(?<![가-힣])(?!{nobody})[가-힣]{{1,4}}(?:씨|님)(?=[\W가는를의와]|$)"
        rf"|[{families}](?=¤)"
    )


def strangers(shown: str) -> Iterator[tuple[int, int, str]]:
    """Yield where somebody seems to be named with a title, or a family name stands before a label."""
    for match in _strangers().finditer(shown):
        yield *match.span(), "may be somebody's name"


def resembling(shown: str, names: Iterable[str], what: str) -> Iterator[tuple[int, int, str]]:
    """Yield where most characters of a name of three or more stand, each at its place: 圆山大饭店 for 圓山大飯店."""
    runs = [match.span() for match in re.finditer(rf"{_HAN}{{3,}}", shown)]
    for name in dict.fromkeys(names):
        if not re.fullmatch(rf"{_HAN}{{3,12}}", name):
            continue
        for begin, over in runs:
            for start in range(begin, over - len(name) + 1):
                same = sum(a == b for a, b in zip(shown[start : start + len(name)], name, strict=True))
                if _ALIKE * len(name) <= same < len(name):
                    yield start, start + len(name), f"nearly a known {what}"
