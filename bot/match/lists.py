"""Whether a list page may be believed in this run, judged by what was read and by how it was the last time.

It must not know where the page or the memory of the last run come from.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.config import ListSource
from bot.model import Banlist, Revision, Source, SourceKind, SourceState


@dataclass(frozen=True, slots=True)
class LastTime:
    """The list as it was when it was last believed; ``at`` is UTC."""

    entries: int
    revid: int
    at: datetime


# A short list may gain or lose this many entries whatever their share.
_SLACK = 2


def assess(
    wanted: ListSource, page: Revision | str, banlist: Banlist, last: LastTime | None, url: str | None = None
) -> Source:
    """Return the source that ``wanted`` is in this run.

    ``page`` is the revision that was read, or the reason why there is none. A list that is not OK still gives its
    entries, so that nobody on it is missed; it only keeps everybody else from being CLEAR.
    """
    if isinstance(page, str):
        return _source(wanted, SourceState.FAILED, page)
    state, detail = _judge(wanted, page, banlist, last)
    return Source(
        id=wanted.id,
        kind=SourceKind.LIST,
        authority=wanted.authority,
        severity=wanted.severity,
        state=state,
        title=page.title,
        revid=page.revid,
        timestamp=page.timestamp,
        entries=len(banlist.entries),
        detail=detail,
        url=url,
    )


def switched_off(wanted: ListSource) -> Source:
    """Return a source that the settings say is not to be asked."""
    return _source(wanted, SourceState.OFF, "switched off in the settings")


def _source(wanted: ListSource, state: SourceState, detail: str) -> Source:
    return Source(
        wanted.id, SourceKind.LIST, wanted.authority, wanted.severity, state, title=wanted.title, detail=detail
    )


def _judge(wanted: ListSource, page: Revision, banlist: Banlist, last: LastTime | None) -> tuple[SourceState, str]:
    if banlist.unrecognised:
        first = banlist.unrecognised[0]
        count = len(banlist.unrecognised)
        more = f" and {count - 1} more" if count > 1 else ""
        return SourceState.UNRECOGNISED, f'not understood: line {first.line}, "{first.text[:80]}"{more}'
    if not banlist.entries:
        return SourceState.UNRECOGNISED, "the page lists nobody, which a list of bans should not"
    if last is None:
        return SourceState.OK, ""
    if page.revid < last.revid:
        return SourceState.STALE, f"revision {page.revid} is older than {last.revid}, which was read before"
    if change := _sharp_change(wanted, len(banlist.entries), last):
        return SourceState.UNRECOGNISED, change
    return SourceState.OK, ""


def _sharp_change(wanted: ListSource, now: int, last: LastTime) -> str:
    share = wanted.shrink if now < last.entries else wanted.grow
    if abs(now - last.entries) <= max(_SLACK, share * last.entries):
        return ""
    verb = "shrank" if now < last.entries else "grew"
    return (
        f"it {verb} from {last.entries} entries (revision {last.revid}, {last.at:%Y-%m-%d}) to {now}: "
        f"look at its history, then accept it with --accept-list {wanted.id}"
    )
