"""A review page over several runs: flags, what is wanted, and a history in which people and the bot take turns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.model import Severity
from bot.parse import reviews
from bot.parse.reviews import ReviewPage
from bot.parse.sites import META
from bot.plan import decisions, review
from bot.plan.decisions import Decisions, Version
from bot.plan.edits import as_saved, text_digest
from bot.plan.flags import Flag
from bot.plan.wanted import Page, Present, Wanted

BOT = "TestBot"
REVIEWERS = frozenset({"Rita", "Rob"})
TITLE = "Event:Learning Clinic"
BEGINNING = datetime(2026, 11, 1, tzinfo=UTC)


def flag(number: int = 1, **other: Any) -> Flag:
    """Return a flag; those of small numbers come first, and each is of an account of its own."""
    usual: dict[str, Any] = {
        "id": f"flag0000{number}",
        "name": f"Person {number}",
        "source": "global-lock",
        "label": "global-lock",
        "severity": Severity.LOCK,
        "facts": f"facts{number}",
        "where": f"log {number}",
        "url": f"https://meta.example.org/w/index.php?title=Special:Log&logid={number}",
        "since": "2026-01-02T03:04:05Z",
        "event": TITLE,
        "date": "2026-12-24",
    }
    return Flag(**usual | other)


def wanted(*flags: Flag, **other: Any) -> Wanted:
    """Return what a page with these flags is to say, everybody known and everything checked."""
    usual: dict[str, Any] = {
        "title": TITLE,
        "registration": 12,
        "date": "2026-12-24",
        "flags": flags,
        "account_urls": {one.id: f"https://meta.example.org/wiki/Special:CentralAuth/{one.id}" for one in flags},
        "presence": {one.id: Present(registered=True, known=True) for one in flags},
        "registered": frozenset(),
        "unsure": frozenset(),
        "hidden": frozenset(),
        "everybody_read": True,
        "unread_lines": "",
        "unchecked": {},
        "stop_page": "User:TestBot/Run",
    }
    return Wanted(**usual | other)


def absent(before: Wanted, *flags: str, **present: bool) -> Wanted:
    """Return ``before`` without these flags (ids), their people there as ``present`` says (nothing: not there)."""
    presence = {one: there for one, there in before.presence.items() if one not in flags}
    if present:
        presence |= dict.fromkeys(flags, Present(**present))
    return replace(before, flags=[one for one in before.flags if one.id not in flags], presence=presence)


@dataclass
class Wiki:
    """One page and its history; the bot plans as it does on a wiki, from the decisions that the history shows."""

    steps: list[tuple[str | None, str]] = field(default_factory=list)

    @property
    def text(self) -> str | None:
        return self.steps[-1][1] if self.steps else None

    @property
    def page(self) -> ReviewPage:
        return reviews.read(self.text or "", META)

    def save(self, user: str | None, text: str) -> Wiki:
        """Let somebody save a text; one that changes nothing makes no revision."""
        kept = as_saved(text)
        if kept != self.text:
            self.steps.append((user, kept))
        return self

    def put(self, user: str | None, old: str, new: str) -> Wiki:
        """Let somebody replace the first occurrence of ``old``."""
        assert self.text is not None
        assert old in self.text
        return self.save(user, self.text.replace(old, new, 1))

    def decisions(self) -> Decisions:
        if not self.steps:
            return Decisions({}, {}, ())
        return decisions.read(self._history(), REVIEWERS.__contains__, BOT, str)

    def planned(self, what: Wanted) -> Page:
        page = review.next_page(self.text, META, what, self.decisions())
        return replace(page, text=as_saved(page.text))

    def run(self, what: Wanted) -> Page:
        """Let the bot plan and save."""
        page = self.planned(what)
        if page.text != (self.text or ""):
            self.save(BOT, page.text)
        return page

    def _history(self) -> Sequence[Version]:
        versions = [
            Version(number, user, BEGINNING + timedelta(hours=number), reviews.read(text, META), text_digest(text))
            for number, (user, text) in enumerate(self.steps, 1)
        ]
        return versions[::-1]


def made(*flags: Flag, **other: Any) -> Wiki:
    """Return a page as the bot makes it."""
    wiki = Wiki()
    wiki.run(wanted(*flags, **other))
    return wiki
