"""The ids of the items of the preparation list, which rosters and templates share; knows neither titles nor rules."""

from __future__ import annotations

ITEMS: tuple[str, ...] = (
    "responsible",
    "team-size",
    "independence",
    "diversity",
    "tasks",
    "chain",
    "escalation",
    "team-known",
    "visible",
    "training",
    "venue-security",
    "information",
    "quiet-room",
    "signup-reviewed",
    "agreement",
    "policies",
    "printed",
    "refusals",
    "self-care",
    "post-review",
)
