"""The sentences in which evidence and gaps are told, to be read aloud; neutral, and copying no reason from a log.

Plain text: whoever shows them escapes them for the place where they are shown.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.model import (
    BanEntry,
    Existence,
    NameState,
    Registrant,
    Rename,
    Restriction,
    Severity,
    Source,
)

NOTHING_ASKED = "No source was asked: all of them are switched off in the settings."
NO_CENTRAL_ID = (
    "The account exists on this wiki only and has no global account, so locks and global blocks cannot be known."
)
ID_MISMATCH = (
    "The registration and the wiki name different global accounts; it may have been renamed during this check."
)

_AUTHORITIES = {"wmf": "the Wikimedia Foundation", "community": "the community", "u4c": "the U4C"}
_NOT_ACCOUNTS = {
    NameState.TEMPORARY: "This is a temporary account: nobody can tell who is behind it.",
    NameState.IP: "This entry was signed by an IP address, which cannot be checked.",
    NameState.IMPOSSIBLE: "No account can have this name, so there is nothing to check it with.",
}
_EXISTENCE = {
    Existence.MISSING: "There is no account of this name now: it was never made, was renamed, or is hidden.",
    Existence.INVALID: "The wiki says that no account can have this name.",
    Existence.TEMPORARY: _NOT_ACCOUNTS[NameState.TEMPORARY],
    Existence.UNANSWERED: "The wiki gave no answer about this account.",
}


def listed(name: str, source: Source, entry: BanEntry, steps: Sequence[Rename]) -> str:
    """Return that the account stands on a list, under which name and since when."""
    by = _AUTHORITIES.get(entry.authority, entry.authority)
    since = f", since {entry.since}" if entry.since else ""
    listed_as = f' as "{entry.name}"' if entry.name != name else ""
    return f'"{name}" is on the list "{source.title}"{listed_as} (line {entry.line}, by {by}{since}).{_renamed(steps)}'


def list_place(source: Source, entry: BanEntry) -> str:
    """Return page, revision and line of a list entry."""
    return f"{source.title}, revision {source.revid}, line {entry.line}"


def restricted(name: str, fact: Restriction, steps: Sequence[Rename]) -> str:
    """Return that the account is locked or blocked; a lock is never called a ban, a partial block never a block."""
    what = {
        Severity.LOCK: "is globally locked: it cannot log in. A lock alone is not a ban",
        Severity.GLOBAL_BLOCK: "is globally blocked",
        Severity.SITEWIDE_BLOCK: "is blocked from editing this whole wiki",
        Severity.PARTIAL_BLOCK: "is blocked from parts of this wiki only, which says little about an event",
    }.get(fact.severity, f"has a {fact.severity}")
    since = f", since {fact.since}" if fact.since else ""
    until = f", until {fact.expiry}" if fact.expiry else ""
    return f'"{name}" {what} ({fact.where}{since}{until}).{_renamed(steps)}'


def _renamed(steps: Sequence[Rename]) -> str:
    return "".join(f' "{step.old}" was renamed to "{step.new}" ({step.where}).' for step in steps)


def unnamed(registrant: Registrant) -> str:
    """Return why a registrant has no name that could be checked or shown."""
    return registrant.why_unnamed or "The registration names no account."


def not_an_account(state: NameState) -> str:
    """Return why a name of this form cannot be checked."""
    return _NOT_ACCOUNTS[state]


def existence(existence: Existence) -> str:
    """Return what it means that the wiki does not know the account."""
    return _EXISTENCE[existence]


def no_answer(source_id: str) -> str:
    """Return that a source which otherwise worked said nothing about this account."""
    return f"The source {source_id} gave no answer about this account."


def source_gap(source: Source) -> str:
    """Return that a source could not be used in this run, for everybody."""
    about = f'"{source.title}"' if source.title else source.id
    return f"The source {about} could not be used ({source.state}): {source.detail or 'no reason given'}"
