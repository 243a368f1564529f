"""The frozen values that pass between the rooms; knows neither where they come from nor how they are shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class NameState(StrEnum):
    """What a user name is, judged by its form alone."""

    ACCOUNT = "account"
    TEMPORARY = "temporary"
    IP = "ip"
    IMPOSSIBLE = "impossible"


class Existence(StrEnum):
    """What the wiki says of an account; MISSING covers unknown, hidden, suppressed and renamed-away names alike."""

    EXISTS = "exists"
    MISSING = "missing"
    INVALID = "invalid"
    TEMPORARY = "temporary"
    UNANSWERED = "unanswered"


class Severity(StrEnum):
    """What is known of an account, gravest first."""

    BAN = "ban"
    LOCK = "lock"
    GLOBAL_BLOCK = "global block"
    SITEWIDE_BLOCK = "sitewide block"
    PARTIAL_BLOCK = "partial block"
    NAME_FORM = "name form"


class Tier(StrEnum):
    """How sure it is that two names are the same account, surest first; only the first two are facts."""

    IDENTICAL = "IDENTICAL"
    RENAMED = "RENAMED"
    FOLD = "FOLD"
    CONFUSABLE = "CONFUSABLE"
    TRANSLIT = "TRANSLIT"
    NEAR = "NEAR"
    CONTAINS = "CONTAINS"


# Something about the account itself was not known: no such account now, hidden, temporary, or without a name.
ACCOUNT_GAP = "account"


class VerdictKind(StrEnum):
    """What a registrant ends as; an earlier one beats a later one."""

    FLAG = "FLAG"
    REVIEW = "REVIEW"
    UNKNOWN = "UNKNOWN"
    CLEAR = "CLEAR"


class SourceState(StrEnum):
    """How a source did in this run; only OK lets anybody be CLEAR, and OFF was the operator's own wish."""

    OK = "ok"
    FAILED = "failed"
    STALE = "stale"
    UNRECOGNISED = "unrecognised"
    OFF = "off"


class SourceKind(StrEnum):
    """How a source speaks: a page that lists names, a state of each account, or a log that is searched."""

    LIST = "list"
    ACCOUNT = "account"
    LOG = "log"


@dataclass(frozen=True, slots=True)
class SiteInfo:
    """What the pure rooms need to know of a wiki.

    ``namespaces`` maps a namespace number to all its names and aliases; ``special_pages`` maps the canonical name of
    a special page to its aliases; ``interwikis`` are the prefixes that lead to other wikis.
    """

    dbname: str
    server: str
    article_path: str
    script_path: str
    language: str
    namespaces: Mapping[int, tuple[str, ...]]
    special_pages: Mapping[str, tuple[str, ...]]
    interwikis: frozenset[str] = frozenset()
    extensions: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a registrant was read; ``kind`` is "campaignevents", "csv" or a wikitext kind of parse/signups."""

    kind: str
    title: str | None = None
    revid: int | None = None
    line: int | None = None
    section: str = ""


@dataclass(frozen=True, slots=True)
class Registrant:
    """A person who put themselves down for the event.

    ``name`` is canonical, None for a hidden or vanished account, which is never named. ``prefix`` is the interwiki
    prefix under which the name was given ("w:de"), empty for an account of this wiki. ``why_unnamed`` says why there
    is no name.
    """

    name: str | None
    origin: Origin
    central_id: int | None = None
    state: NameState = NameState.ACCOUNT
    withdrawn: bool = False
    maybe: bool = False
    prefix: str = ""
    why_unnamed: str = ""


@dataclass(frozen=True, slots=True)
class Excluded:
    """A name that stands in or near a list and is no registrant or entry, with the reason."""

    name: str
    line: int
    why: str
    section: str = ""


@dataclass(frozen=True, slots=True)
class Unparsed:
    """A line that plainly holds something and could not be read; ``why`` is empty where that says everything."""

    line: int
    text: str
    title: str | None = None
    revid: int | None = None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Signups:
    """What a sign-up page says; ``sections`` are the headings (or marker pairs) that were taken for sign-up lists."""

    registrants: tuple[Registrant, ...] = ()
    excluded: tuple[Excluded, ...] = ()
    unparsed: tuple[Unparsed, ...] = ()
    sections: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BanEntry:
    """One listed account; ``since`` is the list's own text. ``central_id`` is filled in once the name is resolved.

    ``until`` is the ISO date on which the entry runs out, empty for never; ``in_person_only`` is an entry that holds
    for events in person alone.
    """

    name: str
    line: int
    section: str
    authority: str
    since: str = ""
    source: str = ""
    central_id: int | None = None
    now_named: str = ""
    until: str = ""
    in_person_only: bool = False


@dataclass(frozen=True, slots=True)
class Banlist:
    """What a list page says; with anything in ``unrecognised`` the page must not be believed."""

    entries: tuple[BanEntry, ...] = ()
    ignored: tuple[Excluded, ...] = ()
    unrecognised: tuple[Unparsed, ...] = ()


@dataclass(frozen=True, slots=True)
class Revision:
    """One page as read; ``text`` is its wikitext, ``timestamp`` is UTC."""

    title: str
    revid: int
    timestamp: datetime
    text: str


@dataclass(frozen=True, slots=True)
class Source:
    """One place that says something about an account, and how it did in this run; ``timestamp`` is UTC."""

    id: str
    kind: SourceKind
    authority: str
    severity: Severity | None
    state: SourceState
    visibility: str = "public"
    title: str | None = None
    revid: int | None = None
    timestamp: datetime | None = None
    entries: int | None = None
    detail: str = ""
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Restriction:
    """A lock or a block as its source gives it; ``where`` is "log 8" or "block 2", times are the wiki's UTC text."""

    severity: Severity
    where: str
    since: str = ""
    expiry: str = ""
    url: str | None = None


@dataclass(frozen=True, slots=True)
class NotKnown:
    """A source that gave no usable answer for one account, and why."""

    cause: str


# None means: asked, answered, nothing there.
Fact = Restriction | NotKnown | None


@dataclass(frozen=True, slots=True)
class AccountState:
    """What the account sources say of one canonical name; ``facts`` holds one Fact for each source that is not off."""

    name: str
    existence: Existence
    central_id: int | None = None
    facts: Mapping[str, Fact] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Rename:
    """One step of a rename log; ``where`` is "log 23"."""

    old: str
    new: str
    where: str
    url: str | None = None


class Status(StrEnum):
    """What a reviewer says of a flag on the review page."""

    OPEN = "open"
    CONFIRMED = "confirmed"
    NOT_THIS_PERSON = "not this person"
    HANDLED = "handled"


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

    ``gaps`` names what could not be asked: ids of sources, or ACCOUNT_GAP. ``central_id`` and ``exists`` are of the
    account that was met. ``remarks`` says which evidence was set aside, and by whom.
    """

    registrant: Registrant
    verdict: VerdictKind
    evidence: tuple[Evidence, ...] = ()
    unknown: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    gaps: tuple[str, ...] = ()
    central_id: int | None = None
    exists: bool = False


@dataclass(frozen=True, slots=True)
class Event:
    """The event that was asked for; ``id`` is None for a plain sign-up page, times are UTC."""

    title: str
    id: int | None = None
    revid: int | None = None
    start: datetime | None = None
    end: datetime | None = None
    in_person: bool | None = None
    name: str = ""
    is_test: bool = False
    url: str | None = None


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


class FindingState(StrEnum):
    """How one point of the set-up stands; only FAIL keeps the bot from its work."""

    OK = "ok"
    WARN = "warn"
    FAIL = "fail"


@dataclass(frozen=True, slots=True)
class Finding:
    """One point of the set-up that was looked at: a sentence, and what to do about it (empty when nothing)."""

    name: str
    state: FindingState
    text: str
    advice: str = ""
