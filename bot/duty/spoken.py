"""Which language a MediaWiki code stands for, so that "pt-br" and "pt" are one; knows no names of languages."""

from __future__ import annotations

from collections.abc import Collection

# Codes whose first part is another language or a family of them; a fact of MediaWiki (LanguageCode.php, Names.php).
WHOLE = {
    "bat-smg": "sgs",
    "be-x-old": "be",
    "cbk-zam": "cbk",
    "fiu-vro": "vro",
    "map-bms": "map-bms",
    "nds-nl": "nds-nl",
    "roa-rup": "rup",
    "roa-tara": "roa-tara",
    "zh-classical": "lzh",
    "zh-min-nan": "nan",
    "zh-yue": "yue",
}
SAME = {"als": "gsw", "nb": "no", "simple": "en"}


def language(code: str) -> str:
    """Return the language of a code without its variant, script or country: "zh" for "zh-hans"."""
    whole = code.strip().lower().replace("_", "-")
    base = WHOLE.get(whole) or whole.partition("-")[0]
    return SAME.get(base, base)


def speaks(codes: Collection[str], wanted: str) -> bool:
    """Return whether one of the codes is of the same language as the one that is wanted."""
    return language(wanted) in map(language, codes)
