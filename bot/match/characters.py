"""What one character is, and what it may be taken for: the tables behind every key; knows no names and no lists."""

from __future__ import annotations

import json
import unicodedata
from functools import cache
from importlib import resources

_LETTERS_APART = {"æ": "ae", "œ": "oe", "ß": "ss", "þ": "th"}
# Characters without a glyph that are letters or symbols to Unicode: fillers, the Braille blank, variation selectors.
_BLANK = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u2800\u3164\uffa0\u0640\U0001d159")
# Marks that only decorate, on any letter; every other mark (vowels of India, kana voicing) makes another letter.
_DECORATION = (
    *((0x0300, 0x036F), (0x0483, 0x0489), (0x0591, 0x05C7), (0x0610, 0x061A), (0x064B, 0x065F), (0x0670, 0x0670)),
    *((0x06D6, 0x06ED), (0x1AB0, 0x1AFF), (0x1DC0, 0x1DFF), (0x20D0, 0x20FF), (0xFE00, 0xFE0F), (0xFE20, 0xFE2F)),
    *((0x093C, 0x093C), (0x09BC, 0x09BC), (0x0A3C, 0x0A3C), (0x0ABC, 0x0ABC), (0x0B3C, 0x0B3C), (0xE0100, 0xE01EF)),
)
_SEQUENCES = {"m": ("rn", "nn"), "w": ("vv", "uu"), "d": ("cl",)}


@cache
def _tables() -> dict[str, dict[str, str]]:
    text = resources.files("bot.match").joinpath("data/lookalikes.json").read_text(encoding="utf-8")
    loaded: dict[str, dict[str, str]] = json.loads(text)
    return loaded


@cache
def is_invisible(c: str) -> bool:
    """Whether ``c`` draws nothing, or is a mark that only decorates the letter before it."""
    category = unicodedata.category(c)
    if category in {"Cf", "Cc", "Cs", "Co", "Cn"} or c in _BLANK:
        return True
    return category in {"Mn", "Me"} and any(first <= ord(c) <= last for first, last in _DECORATION)


@cache
def plain(c: str) -> str:
    """Return ``c`` without width, style and decorating marks, its case kept; digits of any script become 0-9."""
    if (digit := unicodedata.digit(c, None)) is not None:
        return str(digit)
    kept = [d for d in unicodedata.normalize("NFKD", c) if not is_invisible(d)]
    return unicodedata.normalize("NFC", "".join(kept))


@cache
def fold(c: str) -> str:
    """Return ``c`` for comparing: plain, in one case; empty for spaces, punctuation, ornaments and the invisible."""
    bare = "".join(d for d in plain(c) if unicodedata.category(d)[0] in "LMN")
    return "".join(_LETTERS_APART.get(d, d) for d in bare.casefold())


@cache
def prototype(c: str) -> str:
    """Return what Unicode TR39 shows ``c`` as, by its table of one-step prototypes; case matters."""
    table = _tables()["tr39"]
    shown = table.get(c) or "".join(table.get(d, d) for d in plain(c))
    return "".join(d for d in unicodedata.normalize("NFD", shown) if not is_invisible(d))


@cache
def _listed(c: str) -> tuple[str, ...]:
    """Return what the table says that ``c``, or its plain form, may be taken for; capitals do as small letters do."""
    table, bare = _tables()["readings"], plain(c)
    small = bare.casefold() if not bare.isascii() else bare
    return tuple((table.get(c) or table.get(bare) or table.get(small) or "").split())


@cache
def readings(c: str) -> frozenset[str]:
    """Return every short text that ``c`` may be taken for, itself included; one step, never closed."""
    every = {fold(c), *_listed(c)} - {""}
    return frozenset(every | {s for r in every for s in _SEQUENCES.get(r, ())})


@cache
def first_reading(c: str) -> str:
    """Return the Latin letters that ``c`` is first taken for, else its first reading, else its fold."""
    listed = _listed(c) or (fold(c),)
    return next((r for r in listed if r.isascii() and r.isalpha()), listed[0])


@cache
def script(c: str) -> str:
    """Return the script of a letter by the first word of its Unicode name ("LATIN"), "" for what is no letter."""
    bare = plain(c)[:1]
    if not bare or unicodedata.category(bare)[0] not in "LM":
        return ""
    word = unicodedata.name(bare, "").partition(" ")[0]
    return {
        "CJK": "HAN",
        "IDEOGRAPHIC": "HAN",
        "KANGXI": "HAN",
        "MODIFIER": "",
        "COMBINING": "",
        "KATAKANA-HIRAGANA": "",
    }.get(word, word)


def alike(left: str, right: str) -> bool:
    """Whether one character may be taken for the other; not transitive.

    Two digits are alike only when equal, and two letters of one script other than Latin only when one is written for
    the other there: that both resemble the same Latin letter says nothing of them.
    """
    common = readings(left) & readings(right)
    if not common:
        return False
    if plain(left).isdigit() and plain(right).isdigit():
        return fold(left) == fold(right)
    of = script(left)
    return of in {"", "LATIN"} or of != script(right) or not all(r.isascii() or r == "ǀ" for r in common)
