"""How the saving of one edit ended, as a value, and what each end means for the edit and for the run; saves nothing.

Codes: MediaWiki's ``action=edit`` and the extensions AbuseFilter, SpamBlacklist, TitleBlacklist and GlobalBlocking.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Any

import msgspec

from bot.plan.edits import Edit


class Again(StrEnum):
    """Whether the same edit may be tried again: by this run at once, by a later one, or only after a new plan."""

    NOW = "now"
    LATER = "later"
    NEVER = "never"


class End(StrEnum):
    """How it ended."""

    SAVED = "saved"
    MERGED = "merged"
    SAVED_BEFORE = "saved before"
    NO_CHANGE = "no change"
    CONFLICT = "conflict"
    PROTECTED = "protected"
    MISSING = "missing"
    EXISTS = "exists"
    BLOCKED = "blocked"
    BLOCKED_HERE = "blocked from this page"
    READ_ONLY = "read-only"
    FILTERED = "filtered"
    FILTER_WARNED = "filter warned"
    SPAM_LIST = "spam list"
    TITLE_LIST = "title list"
    RATE_LIMITED = "rate limited"
    MAXLAG = "maxlag"
    SESSION_LOST = "session lost"
    EXCLUDED = "bots excluded"
    STOPPED = "stopped"
    LOST = "answer lost"
    UNREACHABLE = "unreachable"
    CAPTCHA = "captcha"
    REFUSED = "refused"
    DECLINED = "declined"


@dataclass(frozen=True, slots=True)
class Meaning:
    """What an end means: may this edit be tried again, may the run go on, is the page as it was planned."""

    again: Again
    goes_on: bool
    done: bool = False


_DONE = Meaning(Again.NEVER, goes_on=True, done=True)
_REPLAN = Meaning(Again.NEVER, goes_on=True)
_LATER = Meaning(Again.LATER, goes_on=True)
_END = Meaning(Again.LATER, goes_on=False)
_PASSES = Meaning(Again.NOW, goes_on=False)

MEANINGS: Mapping[End, Meaning] = MappingProxyType(
    {
        End.SAVED: _DONE,
        End.MERGED: _DONE,
        End.SAVED_BEFORE: _DONE,
        End.NO_CHANGE: _DONE,
        End.CONFLICT: _REPLAN,
        End.MISSING: _REPLAN,
        End.EXISTS: _REPLAN,
        End.FILTERED: _REPLAN,
        End.FILTER_WARNED: _REPLAN,
        End.SPAM_LIST: _REPLAN,
        End.TITLE_LIST: _REPLAN,
        End.REFUSED: _REPLAN,
        End.PROTECTED: _LATER,
        End.BLOCKED_HERE: _LATER,
        End.EXCLUDED: _LATER,
        End.DECLINED: _LATER,
        End.BLOCKED: _END,
        End.READ_ONLY: _END,
        End.STOPPED: _END,
        End.CAPTCHA: _END,
        End.LOST: _END,
        # These pass: the run waits and tries again, as often as the settings say, and then ends.
        End.RATE_LIMITED: _PASSES,
        End.MAXLAG: _PASSES,
        End.SESSION_LOST: _PASSES,
        End.UNREACHABLE: _PASSES,
    }
)


@dataclass(frozen=True, slots=True)
class Outcome:
    """The end of one edit: ``text`` is a sentence for people, ``revid`` the revision that was saved, merged or not.

    ``code`` is MediaWiki's, ``filter_id`` the abuse filter's. ``wait`` is how many seconds the wiki asked for.
    """

    title: str
    end: End
    text: str
    revid: int | None = None
    code: str = ""
    filter_id: str = ""
    wait: float = 0.0

    @property
    def meaning(self) -> Meaning:
        """Return what follows from it."""
        return MEANINGS[self.end]


_SENTENCES = {
    End.SAVED: "Saved.",
    End.MERGED: (
        "Saved, but the wiki merged it with an edit that came in between: look at the page, its text was not shown "
        "before."
    ),
    End.SAVED_BEFORE: "It is saved already.",
    End.NO_CHANGE: "The page was already as planned.",
    End.CONFLICT: "The page was changed after the plan was made: make a new plan.",
    End.PROTECTED: "The page is protected: an administrator must edit it, or lift the protection.",
    End.MISSING: "The page was deleted or moved after the plan was made: make a new plan.",
    End.EXISTS: "Somebody made the page after the plan was made: make a new plan.",
    End.BLOCKED: "The bot's account is blocked: ask the administrator who did it, and do not go around it.",
    End.BLOCKED_HERE: "The bot's account is blocked from this page.",
    End.READ_ONLY: "The wiki is read-only at the moment: try again later.",
    End.FILTERED: "An abuse filter does not allow this edit: ask those who keep it.",
    End.FILTER_WARNED: (
        "An abuse filter warned, which is never overridden: a person must look at the edit and make it by hand."
    ),
    End.SPAM_LIST: "The text holds an address that the wiki's spam list does not allow.",
    End.TITLE_LIST: "The wiki's title list does not allow a page of this name.",
    End.RATE_LIMITED: "The wiki lets this account edit no more for a while: try again later, slower.",
    End.MAXLAG: "The wiki's databases lag behind, so the bot stays away: try again later.",
    End.SESSION_LOST: "The bot is not logged in as it should be, or lacks the bot right: check its login and grants.",
    End.EXCLUDED: "The page does not want bots.",
    End.STOPPED: "Stopped.",
    End.LOST: "The answer was lost, and it cannot be told whether the edit was saved: apply the same plan again.",
    End.UNREACHABLE: "The wiki gave no usable answer, and the edit was not saved: try again later.",
    End.CAPTCHA: "The wiki asks for a captcha, which a bot must not answer: give the account the right to skip it.",
    End.REFUSED: "The wiki refused the edit.",
    End.DECLINED: "Not approved.",
}


def outcome(edit: Edit, end: End, **more: Any) -> Outcome:
    """Return an outcome with its usual sentence; ``more`` gives fields, ``text`` another sentence."""
    return Outcome(**{"title": edit.title, "end": end, "text": _SENTENCES[end], **more})


_CODES = {
    "editconflict": End.CONFLICT,
    "pagedeleted": End.MISSING,
    "missingtitle": End.MISSING,
    "articleexists": End.EXISTS,
    "protectedpage": End.PROTECTED,
    "protectedtitle": End.PROTECTED,
    "cascadeprotected": End.PROTECTED,
    "protectednamespace": End.PROTECTED,
    "protectednamespace-interface": End.PROTECTED,
    "customcssprotected": End.PROTECTED,
    "customjsprotected": End.PROTECTED,
    "customjsonprotected": End.PROTECTED,
    "blocked": End.BLOCKED,
    "autoblocked": End.BLOCKED,
    "systemblocked": End.BLOCKED,
    "readonly": End.READ_ONLY,
    "abusefilter-warning": End.FILTER_WARNED,
    "spamblacklist": End.SPAM_LIST,
    "spam-blacklisted-link": End.SPAM_LIST,
    "ratelimited": End.RATE_LIMITED,
    "maxlag": End.MAXLAG,
    "assertbotfailed": End.SESSION_LOST,
    "assertuserfailed": End.SESSION_LOST,
    "assertnameduserfailed": End.SESSION_LOST,
    "badtoken": End.SESSION_LOST,
    "notoken": End.SESSION_LOST,
    "readapidenied": End.SESSION_LOST,
    "captcha-edit": End.CAPTCHA,
    "captcha-createaccount-fail": End.CAPTCHA,
}
_BEGINNINGS = (
    ("abusefilter-", End.FILTERED),
    ("titleblacklist-", End.TITLE_LIST),
    ("globalblocking-", End.BLOCKED),
    ("mwoauth-", End.SESSION_LOST),
    ("internal_api_error_DB", End.LOST),
    ("protected", End.PROTECTED),
)


class _Error(msgspec.Struct):
    code: str = ""
    info: str = ""
    abusefilter: dict[str, Any] = {}
    blockinfo: dict[str, Any] = {}
    lag: float = 0.0


class _Edited(msgspec.Struct):
    result: str = ""
    nochange: bool = False
    oldrevid: int = 0
    newrevid: int = 0
    captcha: dict[str, Any] | None = None
    code: str = ""


class Answer(msgspec.Struct):
    """What ``action=edit`` answers with ``formatversion=2``: ``error``, or ``edit``."""

    error: _Error | None = None
    edit: _Edited | None = None


def of(answer: Answer, edit: Edit) -> Outcome:
    """Return what the wiki's answer to the edit means; one that says nothing of it is LOST."""
    if answer.error is not None:
        return _of_error(answer.error, edit)
    return outcome(edit, End.LOST) if answer.edit is None else _of_edited(answer.edit, edit)


def _of_edited(done: _Edited, edit: Edit) -> Outcome:
    if done.captcha is not None:
        return outcome(edit, End.CAPTCHA)
    if done.result != "Success":
        why = f"The wiki refused the edit ({done.code or done.result or 'it said neither yes nor no'})."
        return outcome(edit, End.REFUSED, code=done.code, text=why)
    if done.nochange:
        return outcome(edit, End.NO_CHANGE)
    if not done.newrevid:
        return outcome(edit, End.LOST)
    merged = done.oldrevid != edit.base_revid
    return outcome(edit, End.MERGED if merged else End.SAVED, revid=done.newrevid)


def _of_error(error: _Error, edit: Edit) -> Outcome:
    beginnings = (end for beginning, end in _BEGINNINGS if error.code.startswith(beginning))
    end = _CODES.get(error.code) or next(beginnings, End.REFUSED)
    more: dict[str, Any] = {"code": error.code}
    if end is End.BLOCKED and error.blockinfo.get("blockpartial"):
        end = End.BLOCKED_HERE
    if error.abusefilter:
        more["filter_id"] = str(error.abusefilter.get("id", ""))
        more["text"] = f"{_SENTENCES[end]} (Filter {more['filter_id']}.)"
    if end is End.REFUSED:
        more["text"] = f"The wiki refused the edit ({error.code or 'without a reason'})."
    if end is End.MAXLAG:
        more["wait"] = max(0.0, error.lag)
    return outcome(edit, end, **more)
