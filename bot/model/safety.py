"""What organizers owe an event before it begins: policies, the response team, agreement; knows no page and no file.

All dates and times without a zone are local to the event (``RosterEvent.timezone``); aware times are UTC.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum


class PolicyKind(StrEnum):
    """Which policy participants are held to; the values are parameters of {{Event safety notice}}."""

    UCOC = "ucoc"
    FRIENDLY = "friendly"
    TECHNICAL = "technical"
    OWN = "own"


class Role(StrEnum):
    """What a member of the response team does; the values are parameters of {{Event safety contact}}."""

    REPORTS = "reports"
    ON_SITE = "on site"
    DECIDES = "decides"
    REMOVES = "removes"
    VENUE = "venue"


class Phase(StrEnum):
    """A time that contacts are there for, as seen from the event."""

    BEFORE = "before"
    DURING = "during"
    AFTER = "after"


class ChannelKind(StrEnum):
    """A way to reach a contact; only "wiki mail" (Special:EmailUser) needs no address."""

    WIKI_MAIL = "wiki mail"
    EMAIL = "email"
    PHONE = "phone"
    CHAT = "chat"


class Agreed(StrEnum):
    """Whether somebody agreed to the event's policies when they signed up.

    REGISTERED: CampaignEvents had them accept its terms, which name the Universal Code of Conduct and the friendly
    space policy. NOT_ASKED: where they signed up, nothing asks for it.
    """

    AGREED = "agreed"
    REGISTERED = "registered"
    NOT_AGREED = "not agreed"
    NOT_ASKED = "not asked"
    UNKNOWN = "unknown"


class Grade(StrEnum):
    """How bad a point of health is, gravest first; UNKNOWN could not be checked, which is said out loud."""

    SERIOUS = "serious"
    WARNING = "warning"
    UNKNOWN = "unknown"
    HINT = "hint"


class ItemState(StrEnum):
    """How an item of the preparation list stands."""

    DONE = "done"
    MISSING = "missing"
    CANNOT_TELL = "cannot tell"
    NOT_APPLICABLE = "not applicable"


@dataclass(frozen=True, slots=True)
class Hours:
    """When somebody is there: on ``day`` (None: every day); an end not after the start is on the next day."""

    start: time
    end: time
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Channel:
    """A way to reach a contact; what is not ``public`` is never written to a wiki."""

    kind: ChannelKind
    value: str = ""
    public: bool = False


@dataclass(frozen=True, slots=True)
class Training:
    """A course that somebody completed; ``on`` is None where the day is not on record."""

    course: str
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Contact:
    """A member of the response team; ``name`` is a canonical user name, ``line`` where it stands in its source.

    No ``hours``: always, in the ``phases``. ``begins`` and ``ends`` are the first and the last day, None for no limit.
    ``order`` is the place in the escalation, from 1 (who is called first); None: none.
    """

    name: str
    roles: tuple[Role, ...] = ()
    languages: tuple[str, ...] = ()
    channels: tuple[Channel, ...] = ()
    phases: tuple[Phase, ...] = tuple(Phase)
    hours: tuple[Hours, ...] = ()
    begins: date | None = None
    ends: date | None = None
    training: tuple[Training, ...] = ()
    affiliation: str = ""
    order: int | None = None
    line: int = 0


@dataclass(frozen=True, slots=True)
class Course:
    """A course that members of the team can take; ``apply_until`` is the last day, no ``roles``: for all of them."""

    name: str
    cohort: str = ""
    where: str = ""
    begins: date | None = None
    apply_until: date | None = None
    roles: tuple[Role, ...] = ()
    line: int = 0


@dataclass(frozen=True, slots=True)
class Declared:
    """What an organizer says of an item that no page shows; ``item`` is its id in bot/duty/items."""

    item: str
    state: ItemState
    text: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class RosterEvent:
    """What a roster says of its event; an empty or None field means that the roster does not say.

    ``start`` and ``end`` are local to ``timezone`` (a name of the IANA database). ``country`` is ISO 3166-1 alpha-2,
    ``languages`` are MediaWiki codes. ``policy`` is the page of the event's own policy, ``report_page`` a page for
    reports in public. ``after_days``: how long after the end the team still answers.
    """

    title: str = ""
    start: datetime | None = None
    end: datetime | None = None
    timezone: str = ""
    languages: tuple[str, ...] = ()
    country: str = ""
    online: bool | None = None
    in_person: bool | None = None
    small: bool | None = None
    technical: bool | None = None
    affiliates: tuple[str, ...] = ()
    organizers: tuple[str, ...] = ()
    policy: str = ""
    report_page: str = ""
    emergency_number: str = ""
    after_days: int = 14


@dataclass(frozen=True, slots=True)
class Roster:
    """The response team and what else an organizer wrote down; ``source`` is the file's name or the page's title."""

    event: RosterEvent = RosterEvent()
    contacts: tuple[Contact, ...] = ()
    courses: tuple[Course, ...] = ()
    declared: tuple[Declared, ...] = ()
    source: str = ""


@dataclass(frozen=True, slots=True)
class Member:
    """What the wiki says of the account of a contact; None: could not be told. ``last_active`` is UTC.

    ``trouble`` is a sentence for each lock or block (public facts without reasons), ``unknown`` for what could not be
    asked. ``renamed_to`` is the present name of an account that the contact's name no longer is. ``never_active``: the
    wiki answered, and has neither an edit nor a public log entry of it.
    """

    name: str
    exists: bool | None = None
    renamed_to: str = ""
    trouble: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    emailable: bool | None = None
    last_active: datetime | None = None
    never_active: bool = False


@dataclass(frozen=True, slots=True)
class Health:
    """One point about the response team: ``code`` is stable ("coverage", "blocked"), ``who`` the contact or empty."""

    code: str
    grade: Grade
    text: str
    advice: str = ""
    who: str = ""


@dataclass(frozen=True, slots=True)
class ReadinessItem:
    """One row of the preparation list: where it is done, or what to do."""

    id: str
    title: str
    state: ItemState
    where: str = ""
    advice: str = ""


@dataclass(frozen=True, slots=True)
class CheckSeen:
    """The last check of an event, in numbers: nobody's name; ``at`` is UTC.

    ``unread`` are lines and pages that could not be read, each of which may hold somebody; None: not on record.
    """

    at: datetime
    registrants: int
    checked: int
    flagged: int
    to_review: int
    unknown: int
    not_agreed: int = 0
    not_asked: int = 0
    unread: int | None = None
