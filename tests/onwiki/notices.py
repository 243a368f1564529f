"""What the planners and the templates of notices, contacts and checklists have agreed on, and calls with invented values."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from bot import escape

CONTACTS = tuple(f"contact {number}" for number in range(1, 7))
LANGUAGES = tuple(f"language {number}" for number in range(1, 7))
POLICIES = ("ucoc", "friendly", "technical", "own")
ROLES = ("reports", "on site", "decides", "removes", "venue")
ITEMS = (
    *("responsible", "team-size", "independence", "diversity", "tasks", "chain", "escalation", "team-known"),
    *("visible", "training", "venue-security", "information", "quiet-room", "signup-reviewed", "agreement"),
    *("policies", "printed", "refusals", "self-care", "post-review"),
)
NOTICE, REMINDER = "Template:Event safety notice", "Template:Event safety reminder"
TEAM, PERSON = "Template:Event safety contacts", "Template:Event safety contact"
CHECKLIST = "Template:Event safety checklist"
PARAMETERS: Mapping[str, tuple[str, ...]] = {
    NOTICE: (
        *("event", "version", "lang", *POLICIES, "public", *CONTACTS),
        *("contacts", "number", "emergency", "form"),
    ),
    REMINDER: ("event", "version", "lang", *POLICIES, "where"),
    TEAM: ("event", "lang", "form", "timezone", "phase", "number", "emergency", "trust", "team"),
    PERSON: (
        *("name", "lang", *ROLES, *LANGUAGES, "mail", "email", "phone", "chat", "hours", "phases"),
        *("from", "until", "training", "affiliation", "order"),
    ),
    CHECKLIST: ("event", "lang", "updated", *ITEMS),
}

POLICY_LINKS = {
    "ucoc": "foundation:Special:MyLanguage/Policy:Universal Code of Conduct",
    "friendly": "foundation:Special:MyLanguage/Policy:Friendly space policy",
    "technical": "mw:Special:MyLanguage/Code of Conduct",
    "own": "Event:Learning Clinic/Policy",
}
AS_WIKITEXT = frozenset({"emergency", "trust", "team"})


def call(title: str, values: Mapping[str, str]) -> str:
    """A call as the planners write it: one parameter a line, each value as escaped wikitext."""
    lines = (
        f"| {key} = {value if key in AS_WIKITEXT else escape.wikitext(value)}".rstrip() for key, value in values.items()
    )
    return "\n".join([f"{{{{{title.removeprefix('Template:')}", *lines, "}}"])


def notice(values: Mapping[str, str] | None = None, **more: str) -> str:
    return call(
        NOTICE,
        {
            "event": "Event:Learning Clinic",
            "version": "1",
            "lang": "en",
            **POLICY_LINKS,
            "public": "Event talk:Learning Clinic",
            "contact 1": "Ashen Courier",
            "contact 2": "Copper Ferret",
            "contacts": "Event:Learning Clinic#event-safety-contacts",
            "number": "112",
            "emergency": "emergency&#64;wikimedia.org",
            "form": "page",
            **(values or {}),
            **more,
        },
    )


def reminder(**values: str) -> str:
    return call(
        REMINDER,
        {
            "event": "Event:Learning Clinic",
            "version": "1",
            "lang": "en",
            **POLICY_LINKS,
            "where": "Event:Learning Clinic",
            **values,
        },
    )


def person(values: Mapping[str, str] | None = None, **more: str) -> str:
    return call(PERSON, {"name": "Ashen Courier", "lang": "en", **(values or {}), **more})


def team(rows: Iterable[str], **values: str) -> str:
    return call(
        TEAM,
        {
            "event": "Event:Learning Clinic",
            "lang": "en",
            "form": "full",
            "timezone": "Asia/Kolkata",
            "phase": "during",
            "number": "112",
            "emergency": "emergency&#64;wikimedia.org",
            "trust": "ca&#64;wikimedia.org",
            "team": "".join(f"\n{row}" for row in rows),
            **values,
        },
    )


def checklist(values: Mapping[str, str], **more: str) -> str:
    return call(CHECKLIST, {"event": "Event:Learning Clinic", "lang": "en", "updated": "2026-12-01", **values, **more})


def keys_used(text: str) -> set[str]:
    """The keys of the messages that a template's text shows."""
    return set(re.findall(r"\{\{Event safety/i18n\|lang=\{\{\{lang\|\}\}\}\|([a-z-]+)", text))
