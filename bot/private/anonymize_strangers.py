"""Words that may be the name of somebody who is not known: with a capital within a sentence; knows no person.

Where nouns have capitals (German), only what many people are called counts, and what stands behind "Frau".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.match.ordinary import is_name
from bot.private.anonymize_check import words_in
from bot.private.anonymize_view import Common, View, begins_sentence, names_of_data, script, usual_script

_LABEL = re.compile(r"\bUser [A-Z]{1,3}\b")
_CASED = frozenset(["LATIN", "CYRILLIC", "GREEK", "ARMENIAN"])
_NAME = "may be somebody's name"


def strangers(of: View, text: str, known: Common) -> Iterator[tuple[int, int, str]]:
    """Yield words of a view that may be names; ``text`` has labels where the view has "¤"."""
    small = {of.folded[start:end] for start, end in words_in(of.folded) if not of.is_capital(start)}
    labels = [match.span() for match in _LABEL.finditer(text) if of.text[match.start()] == "¤"]
    begin, end_at = {start for start, _ in labels}, {end for _, end in labels}
    usual, before = usual_script(of.folded), ""
    for start, end in words_in(of.folded):
        word = of.folded[start:end]
        at, to = of.piece(start, end)
        beside = at - 1 in end_at or to + 1 in begin or script(word[0]) != usual
        if of.is_capital(start) and _may_be_name(of, start, word, small, before, known, beside=beside):
            yield at, to, _NAME
        before = word


def _may_be_name(of: View, start: int, word: str, small: set[str], before: str, known: Common, *, beside: bool) -> bool:
    data = names_of_data()
    if len(word) < 2 or (word.isascii() and len(word) < 3) or known.is_plain(word) or word in data["never"]:
        return False
    if is_name(word):
        return True
    is_word = known.holds(word) or word in small or word in data["nobody"] or word in data["titles"]
    if is_word or script(word[0]) not in _CASED or any(c.isdigit() for c in word):
        return False
    if known.has_capital_nouns or before in data["titles"]:
        return before in data["titles"]
    return beside or known.is_english or not begins_sentence(of.folded, start)
