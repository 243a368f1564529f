"""What comes out of a check: evidence, decisions, verdicts, events, and what doctor finds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.model.accounts import Source
from bot.model.pages import Excluded, Registrant, Unparsed
from bot.model.words import FindingState, Severity, Status, Tier, VerdictKind


@dataclass(frozen=True, slots=True)
class Decision:
    """What somebody who may decide said of the flag ``flag``, in which revision of the review page, and on which facts.

    ``when`` is UTC, ``comment`` is empty when somebody else wrote it; ``url`` shows the change.
    """

    flag: str
    status: Status
    by: str
    revid: int
    when: datetime
    facts: str
    comment: str = ""
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """Why a registrant is not CLEAR: the two values compared, where it stands, and a sentence to read aloud.

    ``facts`` is the digest on which an exemption from a likeness would rest, empty for other evidence. ``since`` and
    ``until`` are the source's own text. ``decision`` is what the review page says of it.
    """

    source: str
    tier: Tier
    severity: Severity
    left: str
    right: str
    where: str
    text: str
    url: str | None = None
    facts: str = ""
    since: str = ""
    until: str = ""
    decision: Decision | None = None


@dataclass(frozen=True, slots=True)
class Judged:
    """A registrant with the verdict and everything that led to it; ``unknown`` holds a sentence for each cause.

    ``gaps`` names what could not be asked: ids of sources, or ACCOUNT_GAP. ``central_id`` is of the account that was
    met, which ``exists``, or is ``missing`` as the wiki says, or neither is known. ``remarks`` says which evidence was
    set aside, and by whom.
    """

    registrant: Registrant
    verdict: VerdictKind
    evidence: tuple[Evidence, ...] = ()
    unknown: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    gaps: tuple[str, ...] = ()
    central_id: int | None = None
    exists: bool = False
    missing: bool = False


@dataclass(frozen=True, slots=True)
class Event:
    """The event that was asked for; ``id`` is None for a plain sign-up page, times are UTC.

    ``timezone`` is what its organizers set, a name ("Asia/Kolkata") or an offset ("+05:30"), empty if nothing is known.
    """

    title: str
    id: int | None = None
    revid: int | None = None
    start: datetime | None = None
    end: datetime | None = None
    in_person: bool | None = None
    name: str = ""
    is_test: bool = False
    url: str | None = None
    timezone: str = ""


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many were there, how many were checked, how many this account cannot see (None: the page does not say)."""

    registrants: int
    checked: int
    private: int | None


@dataclass(frozen=True, slots=True)
class CheckResult:
    """Everything that a check found; ``requests`` counts every HTTP request by kind, retries included.

    ``unread`` holds a sentence for each page on which people may have signed up and that could not be read.
    """

    event: Event
    sources: tuple[Source, ...]
    judged: tuple[Judged, ...]
    unparsed: tuple[Unparsed, ...]
    excluded: tuple[Excluded, ...]
    coverage: Coverage
    requests: Mapping[str, int]
    checked_at: datetime
    notes: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """One point of the set-up that was looked at: a sentence, and what to do about it (empty when nothing)."""

    name: str
    state: FindingState
    text: str
    advice: str = ""
