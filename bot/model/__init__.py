"""The frozen values that pass between the rooms; knows neither where they come from nor how they are shown."""

from __future__ import annotations

from bot.model.accounts import AccountState, Fact, NotKnown, Rename, Restriction, Source
from bot.model.pages import BanEntry, Banlist, Excluded, Origin, Registrant, Revision, Signups, SiteInfo, Unparsed
from bot.model.results import CheckResult, Coverage, Decision, Event, Evidence, Finding, Judged
from bot.model.words import (
    ACCOUNT_GAP,
    Existence,
    FindingState,
    NameState,
    Severity,
    SourceKind,
    SourceState,
    Status,
    Tier,
    VerdictKind,
)

__all__ = [
    "ACCOUNT_GAP",
    "AccountState",
    "BanEntry",
    "Banlist",
    "CheckResult",
    "Coverage",
    "Decision",
    "Event",
    "Evidence",
    "Excluded",
    "Existence",
    "Fact",
    "Finding",
    "FindingState",
    "Judged",
    "NameState",
    "NotKnown",
    "Origin",
    "Registrant",
    "Rename",
    "Restriction",
    "Revision",
    "Severity",
    "Signups",
    "SiteInfo",
    "Source",
    "SourceKind",
    "SourceState",
    "Status",
    "Tier",
    "Unparsed",
    "VerdictKind",
]
