"""The talk page of a person as it was read, and the account that it belongs to; knows no message and no event."""

from __future__ import annotations

from dataclasses import dataclass

from bot.model.pages import Revision


@dataclass(frozen=True, slots=True)
class TalkPage:
    """The talk page of the account ``name``; ``title`` is as this wiki writes it.

    ``revision`` is None for a page that is ``absent`` (surely not there), a redirect (``redirect_to`` is where it
    leads), not in wikitext, or not readable (``trouble`` is the sentence). ``opted_out``: the page is in the category
    of those who want no mass messages. ``groups`` are those of the account on this wiki, None where it has none here
    (``has_account``) or the wiki did not say. ``uses_bots``: the page uses {{bots}} or {{nobots}}, be it by another one
    that it shows.
    """

    name: str
    title: str
    revision: Revision | None = None
    absent: bool = False
    redirect_to: str = ""
    content_model: str = "wikitext"
    opted_out: bool = False
    uses_bots: bool = False
    trouble: str = ""
    has_account: bool | None = None
    groups: frozenset[str] | None = None
