"""Contacts, what a list of them is to say, and pages that hold one; private channels have values that are easy to find."""

from __future__ import annotations

import re
from datetime import date, time
from typing import Any

from bot.model import Channel, ChannelKind, Contact, Hours, Phase, Role, Training
from bot.parse import contacts as parser
from bot.parse.contacts import PageTeam
from bot.parse.sites import META
from bot.plan import contacts
from bot.plan.contacts import TeamDraft, WantedTeam
from bot.plan.edits import as_saved

SECRET_MAIL = "hush@hidden.example"
SECRET_PHONE = "+990 555 0199"
_SECRET = re.compile(r"hidden\.example|990[^\w]*555[^\w]*0199")


def has_secret(text: str) -> bool:
    """Tell whether a private channel stands in ``text``, also with its marks spelt as character references."""
    return _SECRET.search(text.replace("&#46;", ".")) is not None


def ada(**other: Any) -> Contact:
    """Return a contact with something in every field; her telephone is private."""
    usual: dict[str, Any] = {
        "roles": (Role.REPORTS, Role.DECIDES),
        "languages": ("en", "hi"),
        "channels": (
            Channel(ChannelKind.WIKI_MAIL),
            Channel(ChannelKind.EMAIL, "ada@example.org", public=True),
            Channel(ChannelKind.PHONE, SECRET_PHONE),
        ),
        "hours": (Hours(time(9), time(18)),),
        "training": (Training("Keeping events safe", date(2026, 1, 2)),),
        "affiliation": "Wikimedia India",
        "order": 1,
    }
    return Contact("Ada", **usual | other)


def bob(**other: Any) -> Contact:
    """Return a contact with little to say; his address is private."""
    usual: dict[str, Any] = {
        "roles": (Role.ON_SITE,),
        "phases": (Phase.DURING,),
        "channels": (Channel(ChannelKind.EMAIL, SECRET_MAIL),),
    }
    return Contact("Bob", **usual | other)


def cem(**other: Any) -> Contact:
    """Return a contact of whom only the name is known."""
    return Contact("Cem", **other)


def wanted(*team: Contact, **other: Any) -> WantedTeam:
    """Return what a list with this team is to say."""
    usual: dict[str, Any] = {
        "event": "Event:Learning Clinic",
        "lang": "en",
        "form": "full",
        "timezone": "Asia/Kolkata",
        "phase": "during",
        "number": "112",
        "emergency": "emergency@wikimedia.org",
        "trust": "ca@wikimedia.org",
        "contacts": team,
    }
    return WantedTeam(**usual | other)


HEAD = (
    "{{Event safety contacts\n| event = Event:Learning Clinic\n| lang = en\n| form = full\n| timezone = Asia/Kolkata\n"
    "| phase = during\n| number = 112\n| emergency = emergency&#64;wikimedia.org\n| trust = ca&#64;wikimedia.org\n"
    "| team ="
)
ADA = (
    "{{Event safety contact\n| name = Ada\n| lang = en\n| reports = yes\n| decides = yes\n| language 1 = en\n"
    "| language 2 = hi\n| email = ada&#64;example.org\n| hours = 09:00-18:00\n"
    "| training = Keeping events safe (2026-01-02)\n| affiliation = Wikimedia India\n| order = 1\n}}"
)
BOB = "{{Event safety contact\n| name = Bob\n| lang = en\n| on site = yes\n| phases = during\n}}"
CEM = "{{Event safety contact\n| name = Cem\n| lang = en\n}}"


def listed(*rows: str) -> str:
    """Return a list with these rows as the bot writes it."""
    return "\n".join((HEAD, *rows, "}}"))


def read(text: str) -> PageTeam:
    """Return what a page says."""
    return parser.read(text, META)


def plan(text: str, what: WantedTeam, at: int | None = None) -> TeamDraft:
    """Return the next text of a page as a wiki would keep it."""
    draft = contacts.next_text(text, META, what, at)
    return TeamDraft(as_saved(draft.text), draft.reasons, draft.notes)
