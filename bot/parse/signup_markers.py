"""Explicit pairs of markers around a sign-up list, which win over headings; reads no names."""

from __future__ import annotations

import re

from bot.parse.signup_words import COUNTED, Part, classify, folded

_COMMENT = re.compile(
    r"<!--([^<>]{1,120}?)-->|<section\s+(begin|end)\s*=\s*[\"']?([^<>\"'/]{1,60}?)[\"']?\s*/>", re.IGNORECASE
)
_BEGINS = re.compile(
    r"\b(?:start|starts|begin|begins|beginning|top|anfang|beginn|début|debut|inicio|início|inizio|начало|початок|początek|"
    r"başlangıç|mulai|awal|bắt đầu|mwanzo)\b|開始|开始|ここから|시작|بداية|شروع|התחלה|प्रारंभ|आरंभ|শুরু",
    re.IGNORECASE,
)
_LIST = re.compile(
    r"[\W_]*(?:the )?(?:list|liste|lista|список|名单|名單|リスト|명단)\W+(?:start|starts|begin|begins)(?: here)?[\W_]*",
    re.IGNORECASE,
)
_ENDS = re.compile(
    r"\b(?:end|ends|ending|stop|bottom|ende|fin|fine|fim|final|конец|кінець|koniec|bitiş|son|akhir|selesai|kết thúc)\b"
    r"|終了|终了|结束|結束|ここまで|끝|نهاية|پایان|סוף|समाप्त|শেষ",
    re.IGNORECASE,
)


def marked_regions(text: str) -> list[tuple[str, int, int]]:
    """Return (name, start, end) of what stands between explicit pairs of markers, whose words say sign-up list.

    A pair is two short comments (``<!-- participants start -->`` … ``<!-- participants end -->``) or two
    ``<section begin=… />`` tags.
    """
    found: list[tuple[str, int, int]] = []
    opened: tuple[str, int] | None = None
    for match in _COMMENT.finditer(text):
        label = (match[1] or f"{match[3]} {match[2]}").strip()
        if len(folded(label).split()) > 6:
            continue
        if opened is None and _BEGINS.search(label) and (classify(label) in COUNTED or _LIST.fullmatch(label)):
            opened = (label, match.end())
        elif opened and _ENDS.search(label) and classify(label) in (*COUNTED, Part.OTHER):
            found.append((*opened, match.start()))
            opened = None
    return found
