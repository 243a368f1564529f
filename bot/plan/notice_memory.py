"""What the bot itself wrote into the notices of a page, told by its edits from what people wrote; asks nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.model import SiteInfo
from bot.parse import titles
from bot.parse.safetypage import NoticeCall, SafetyPage


@dataclass(frozen=True, slots=True)
class Before:
    """What the bot itself had written on this page: by parameter the last value that it gave, None if it saw no notice.

    What people wrote, and the bot only kept, is not among it. ``events`` are the titles that its notices there gave:
    those that the event had before its page was moved.
    """

    values: Mapping[str, str] | None = None
    events: frozenset[str] = frozenset()


def own(page: SafetyPage, events: Sequence[str], site: SiteInfo) -> tuple[NoticeCall, ...]:
    """Return the notices on a page that are for the first of ``events``; where there is none, those for the others.

    The others are what the event was called before. A notice that names no event is for the page's own.
    """
    for known in (events[:1], events[1:]):
        wanted = {titles.normal(title, site.namespaces) for title in known}
        found = [n for n in page.notices if not n.event or titles.normal(n.event, site.namespaces) in wanted]
        if found:
            return tuple(found)
    return ()


def remember(before: Before, old: SafetyPage | None, new: SafetyPage, event: str, site: SiteInfo) -> Before:
    """Return what is known of ``event`` after one more edit of the bot's, which made the page ``new`` of ``old``.

    ``old`` is None where it cannot be told: then nothing of what ``new`` says counts as the bot's.
    """
    given: dict[str, str] = {}
    events = before.events
    for notice in new.notices if old else ():
        there = _twin(notice, old, new) if old else {}
        names = dict.fromkeys((*there, *notice.values))
        changed = {name: now for name in names if (now := notice.values.get(name, "")) != there.get(name, "")}
        given |= changed
        events |= {notice.event} if changed else frozenset()
    seen = before.values is not None or given or own(new, (event, *before.events), site)
    return Before({**(before.values or {}), **given} if seen else None, events)


def _twin(notice: NoticeCall, old: SafetyPage, new: SafetyPage) -> Mapping[str, str]:
    """Return the values that a notice had before: under the same title, else under one that is gone since."""
    gone = {one.event for one in old.notices} - {one.event for one in new.notices}
    same = [one for one in old.notices if one.event == notice.event]
    return next((one.values for one in (*same, *(one for one in old.notices if one.event in gone))), {})
