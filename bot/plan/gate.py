"""Whether an edit may be sent now, from what the wiki shows just before it: the stop switches first; asks nothing.

Laws: what cannot be read stops the run. An edit whose page has moved on is not sent. What an earlier run has saved is
recognised from the wiki, not from our own notes.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.model import SiteInfo
from bot.parse import exclusion
from bot.plan.edits import Edit
from bot.plan.outcomes import End, Outcome, outcome

GO = "run"
_COMMENT = re.compile(r"<!--.*?-->|</?noinclude>", re.DOTALL | re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Seen:
    """What one look at the wiki showed: whom it takes us for, the stop switches, and the page of the edit.

    ``stop_text`` is None when the stop page is missing or unreadable. ``revid`` is 0 where there is no such page, None
    where it could not be read, ``digest`` that of its text. ``token`` is the one for edits.
    """

    user: str
    is_blocked: bool
    has_message: bool
    stop_text: str | None
    revid: int | None
    digest: str = ""
    token: str = ""


@dataclass(frozen=True, slots=True)
class Later:
    """A revision of the page after the base of an edit; ``sha1`` and ``user`` are None when hidden."""

    revid: int
    parent: int
    user: str | None
    sha1: str | None


def switches(edit: Edit, seen: Seen, stop_page: str) -> Outcome | None:
    """Return why the whole run must stop, None when it may go on."""
    if seen.is_blocked:
        return outcome(edit, End.BLOCKED)
    if seen.has_message:
        why = (
            f"Stopped: somebody wrote on the talk page of {seen.user}. Read and answer it; the message counts as new "
            "until the bot's account has viewed the page."
        )
        return outcome(edit, End.STOPPED, text=why)
    if seen.stop_text is None:
        why = f'Stopped: the page "{stop_page}" cannot be read. The bot edits only while that page says "{GO}".'
        return outcome(edit, End.STOPPED, text=why)
    if not lets_run(seen.stop_text):
        return outcome(edit, End.STOPPED, text=f'Stopped: the page "{stop_page}" does not say "{GO}".')
    if seen.revid is None:
        return outcome(edit, End.STOPPED, text=f'Stopped: the page "{edit.title}" cannot be read.')
    return None


def lets_run(stop_text: str) -> bool:
    """Tell whether the text of the stop page is the one word that lets the bot run."""
    return _COMMENT.sub("", stop_text).strip().lower() == GO


def moved_on(edit: Edit, seen: Seen) -> bool:
    """Tell whether the page is not in the state for which the edit was made."""
    return seen.revid != edit.base_revid


def misread(edit: Edit, seen: Seen) -> Outcome | None:
    """Return that the page's text is not the one that the plan shows as the old one, in the very same revision."""
    if seen.digest == edit.old_digest:
        return None
    why = "The plan shows another text as the present one than the page has: it was not made by eventsafety."
    return outcome(edit, End.REFUSED, text=why)


def what_came(edit: Edit, later: Sequence[Later], user: str, *, exists: bool) -> Outcome:
    """Return what happened to a page that moved on; ``later`` are its first revisions after the base.

    Our own edit, whose answer was lost or whose run was killed, is the one revision that replaced the base, which
    guarded it. Where the wiki merged it with another edit, nobody has seen the text, and a new plan must be made.
    """
    for revision in later:
        if (revision.user, revision.parent, revision.sha1) == (user, edit.base_revid, edit.new_digest):
            return outcome(edit, End.SAVED_BEFORE, revid=revision.revid)
    if not exists:
        return outcome(edit, End.MISSING)
    return outcome(edit, End.EXISTS if edit.creates else End.CONFLICT)


def unwanted(edit: Edit, site: SiteInfo, user: str) -> Outcome | None:
    """Return that the page asks bots to stay away, by the text that the edit was planned on; None when it does not."""
    found = exclusion.excluded(edit.old_text, site, user, optouts=frozenset({edit.task, "eventsafety"}))
    return outcome(edit, End.EXCLUDED, text=found.why) if found else None
