"""How ready an event is, as one HTML page to print and hand round: no network, no script; words stay words."""

from __future__ import annotations

import unicodedata
from functools import partial

from bot.duty.items import BY_ID
from bot.duty.readiness import Readiness
from bot.model import ItemState
from bot.render import html, readiness

# The classes of report.css that give each state its colour; the state itself is always a word as well.
TONES = {
    ItemState.DONE: "CLEAR",
    ItemState.MISSING: "FLAG",
    ItemState.CANNOT_TELL: "UNKNOWN",
    ItemState.NOT_APPLICABLE: "quiet",
}


def page(judged: Readiness) -> str:
    """Return the report as a whole HTML document."""
    template = html.templates().get_template("readiness.html.j2")
    return template.render(judged=judged, told=readiness, tones=TONES, parts=BY_ID, cut=partial(_cut, judged))


def _cut(judged: Readiness, sentence: str) -> list[tuple[str, bool]]:
    """Return a sentence cut into (text, runs from right to left), so that no word changes the direction of others."""
    return list(html.cut_at(sentence, [word for word in judged.words if _runs_left(word)]))


def _runs_left(text: str) -> bool:
    return any(unicodedata.bidirectional(character) in {"R", "AL", "AN"} for character in text)
