"""Where in a page of people's a block of the bot's may stand: outside everything that it could break.

It gives one offset and a sentence why. What the block says it must not know.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from bot.model import SiteInfo
from bot.parse.eventref import base_of_translation
from bot.parse.safetypage import SafetyPage
from bot.plan.rewrite import Change

Kind = Literal["notice", "contacts", "checklist"]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a block goes: ``at`` is the end of a line, or 0; None: nowhere. ``why`` is one sentence."""

    at: int | None
    why: str


def place(text: str, site: SiteInfo, page: SafetyPage | None, kind: Kind) -> Place:
    """Return where a block of this kind goes that the page does not hold yet; ``page`` None: it was not read."""
    return Place(len(text.rstrip()), "The block goes to the end of the page.")


def insertion(text: str, at: int, rendered: str) -> Change:
    """Return the change that puts ``rendered`` on lines of its own at ``at``, an offset that ``place`` gave."""
    before, after = text[:at], text[at:]
    kept_before, kept_after = before.rstrip(), after.lstrip()
    above = "\n" * max(0, 2 - before.count("\n", len(kept_before))) if kept_before else ""
    below = "\n" * max(0, 2 - after.count("\n", 0, len(after) - len(kept_after))) if kept_after else ""
    return Change(at, at, above + rendered + below, is_row=True)


def is_translation(title: str, *, has_base_markup: bool) -> bool:
    """Tell whether ``title`` is a translation ("Event:X/es"), which nobody may edit.

    ``has_base_markup``: the page without the language code exists and holds ``<translate>``.
    """
    return has_base_markup and base_of_translation(title) is not None
