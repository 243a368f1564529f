"""Where the review page of an event stands: from the settings, the bot's account and the event to a title, and back."""

from __future__ import annotations

import hashlib

from bot.model import SiteInfo
from bot.parse import titles

_EVENT, _BOT = "{event}", "{bot}"
_LONGEST = 255  # bytes of a title without its namespace
_DIGEST = 12


def title_for(template: str, bot: str, event: str, site: SiteInfo) -> str | None:
    """Return the title, None when ``template``, which holds {event}, gives none.

    An event whose title is too long is cut, and told from others by a digest.
    """
    whole = titles.normal(_filled(template, bot, event), site.namespaces)
    if whole is not None:
        return whole
    digest = hashlib.sha256(event.encode()).hexdigest()[:_DIGEST]
    room = _LONGEST - len(_filled(template, bot, "").encode()) - _DIGEST - 1
    kept = event.encode()[: max(0, room)].decode(errors="ignore").rstrip()
    return titles.normal(_filled(template, bot, f"{kept} {digest}"), site.namespaces)


def is_own(title: str, template: str, bot: str, site: SiteInfo) -> bool:
    """Tell whether ``title`` can be a review page of this bot."""
    before, _, after = template.partition(_EVENT)
    start = titles.normal(_filled(before + "x", bot, ""), site.namespaces)
    if start is None:
        return False
    start = start[:-1]
    end = _filled(after, bot, "").replace("_", " ")
    return title.startswith(start) and title.endswith(end) and len(title) > len(start) + len(end)


def _filled(template: str, bot: str, event: str) -> str:
    return template.replace(_BOT, bot).replace(_EVENT, event)
