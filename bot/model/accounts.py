"""What sources say of accounts: sources, locks and blocks, states, renames."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bot.model.words import Existence, Severity, SourceKind, SourceState


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
