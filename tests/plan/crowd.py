"""Registrants, the state of their accounts and their talk pages, as the tests about messages to them need them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any

from bot.model import AccountState, Existence, Fact, Origin, Registrant, Revision, SiteInfo, TalkPage
from bot.parse import sites
from bot.plan.registrants import Message

BOT = "Safety Bot"
SITE: SiteInfo = replace(sites.META, extensions=frozenset({"CentralAuth", "GlobalBlocking"}))
MESSAGE = Message(
    template="Event safety notice",
    event="Event:Clinic",
    version="2",
    heading="Keeping Event:Clinic safe",
    values={"event": "Event:Clinic", "version": "2", "lang": "en", "contact 1": "Zoe", "form": "talk"},
    signature="[[User:Safety Bot|Safety Bot]] 09:05, 3 August 2026 (UTC)",
    order=("event", "version", "lang", "ucoc", "contact 1", "contact 2", "form"),
)
SECTION = """\
== Keeping Event:Clinic safe ==
{{Event safety notice
| event = Event:Clinic
| version = 2
| lang = en
| contact 1 = Zoe
| form = talk
}}
[[User:Safety Bot|Safety Bot]] 09:05, 3 August 2026 (UTC)"""


def person(name: str | None = "Ada", **more: Any) -> Registrant:
    """Somebody who registered."""
    return Registrant(name, Origin("campaignevents"), **more)


def state(name: str = "Ada", existence: Existence = Existence.EXISTS, **facts: Fact) -> AccountState:
    """An account; the keywords are sources with "_" for "-", and what they say."""
    usual: dict[str, Fact] = dict.fromkeys(("global-lock", "global-block", "local-block"))
    known = usual | {source.replace("_", "-"): fact for source, fact in facts.items()}
    return AccountState(name, existence, 5, MappingProxyType(known))


def page(text: str | None = "Hello.", name: str = "Ada", **more: Any) -> TalkPage:
    """A talk page in revision 7; ``text`` None: there is none."""
    title = f"User talk:{name}"
    revision = None if text is None else Revision(title, 7, datetime(2026, 8, 1, tzinfo=UTC), text)
    usual: dict[str, Any] = {"has_account": True, "groups": frozenset({"*", "user"}), "absent": text is None}
    return TalkPage(name, title, revision, **{**usual, **more})
