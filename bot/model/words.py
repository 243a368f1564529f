"""The words with which verdicts are given: kinds, tiers, severities, states; knows nothing that has them."""

from __future__ import annotations

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


class Status(StrEnum):
    """What a reviewer says of a flag on the review page."""

    OPEN = "open"
    CONFIRMED = "confirmed"
    NOT_THIS_PERSON = "not this person"
    HANDLED = "handled"


class FindingState(StrEnum):
    """How one point of the set-up stands; only FAIL keeps the bot from its work."""

    OK = "ok"
    WARN = "warn"
    FAIL = "fail"


# Something about the account itself was not known: no such account now, hidden, temporary, or without a name.
ACCOUNT_GAP = "account"
