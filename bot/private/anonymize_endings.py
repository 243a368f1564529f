"""How a word may look before an ending, in the languages that inflect names; knows no name.

It is generous: what only seems to be a form of a name is told to a person.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from bot.private.anonymize_view import view

_SOFTENED = {"г": "з", "к": "ц", "х": "с", "k": "c", "g": "dz"}  # Ольга, Ользі; Monika, Monice
_VOWELS, _FLEETING = "aoeiuyаояеьиіуηα", "eеоё"
# What the last letters become before an ending: Slavic adjectives, vowels that flee, Finnish and Baltic stems.
_STEMS = (
    *(("ий", ""), ("ый", ""), ("ой", ""), ("ая", ""), ("яя", ""), ("ій", ""), ("ев", "ьв"), ("ец", "ьц"), ("ек", "ьк")),
    *(
        ("яц", "йц"),
        ("яць", "йц"),
        ("ър", "р"),
        ("nen", "se"),
        ("nen", "s"),
        ("kka", "ka"),
        ("kko", "ko"),
        ("kki", "ki"),
    ),
    *(("ppa", "pa"), ("ppo", "po"), ("ppi", "pi"), ("tta", "ta"), ("tto", "to"), ("tti", "ti"), ("ta", "ci")),
    *(("et", "ed"), ("ec", "c"), ("ska", "sk"), ("ski", "sk"), ("sky", "sk"), ("cka", "ck"), ("cki", "ck")),
)


def inflected(word: str, endings: Sequence[str]) -> str:
    """Return a pattern for a word with an ending or none, also without its last vowel or a fleeting one."""
    stems = {word}
    if len(word) > 3 and word[-1] in _VOWELS:
        stems.add(word[:-1])
    if len(word) > 3 and word[-2] in _FLEETING and word[-1] not in _VOWELS:
        stems.add(word[:-2] + word[-1])
    if len(word) > 3 and word[-2:-1] in _SOFTENED and word[-1] in "aа":
        stems.add(word[:-2] + _SOFTENED[word[-2]])
    stems |= {word.removesuffix(end) + other for end, other in _stems() if word.endswith(end) and len(word) > len(end)}
    ways = "|".join(sorted(map(re.escape, stems), key=lambda s: (-len(s), s)))
    every = "|".join(sorted(map(re.escape, endings), key=lambda e: (-len(e), e)))
    return f"(?:{ways})(?:{every})?"


@cache
def _stems() -> tuple[tuple[str, str], ...]:
    return tuple((view(end).folded, view(other).folded) for end, other in _STEMS)
