"""An event that is being prepared: its page, its roster, and the bot's commands as an organizer meets them."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from bot.onwiki import templates
from tests.applying import BOT, now
from tests.sandbox.sandbox import Sandbox
from tests.wiki.client import Client
from tests.wiki.reviewing import Planned, Reviewing

EVENT = "Event:Reading Clinic"
TALK = "Event talk:Reading Clinic"
ADA, BO, CY = "Ada Example", "Bo Example", "Cy Example"
TEAM = (ADA, BO, CY)
# What must never come to a wiki: it stands in every roster as a private channel.
PRIVATE = "+47 555 01 99"
UCOC = "foundation:Special:MyLanguage/Policy:Universal Code of Conduct"
FRIENDLY = "foundation:Special:MyLanguage/Policy:Friendly space policy"
PAGE = """Welcome to the clinic.

== Programme ==
* 10:00 Tea

== Participants ==
# [[User:Amber Abacus]]

[[Category:Clinics]]"""
_CALL = re.compile(r"\{\{(Event safety \w+)\n(.*?)\n\}\}", re.DOTALL)
_LINE = re.compile(r"^\| ([a-z0-9 -]+) =[ ]?(.*)$", re.MULTILINE)


@dataclass(frozen=True)
class Member:
    """Somebody of the response team as the roster has them; ``more`` are further lines."""

    name: str
    roles: str
    more: str = ""

    @property
    def toml(self) -> str:
        """The table of the roster."""
        return (
            f'[[contact]]\nname = "{self.name}"\nroles = "{self.roles}"\nlanguages = "en"\n'
            f'channels = "wiki mail; phone: {PRIVATE}"\ntraining = "Keeping events safe (2026-01-02)"\n{self.more}\n'
        )


MEMBERS = (
    Member(ADA, "takes reports, decides", 'order = 1\naffiliation = "Wikimedia Norge"'),
    Member(BO, "responds on site, removes people", "order = 2"),
    Member(CY, "takes reports", 'phases = "after"\norder = 3'),
)


class Preparing:
    """One event on a wiki on which the bot may run; ``write`` puts its roster into a file."""

    def __init__(
        self,
        wiki: Sandbox,
        folder: Path,
        *,
        text: str = PAGE,
        people: Sequence[str] = (),
        organizers: Sequence[str] = ("Admin", "Other"),
        days: int = 20,
    ) -> None:
        self.reviewing = Reviewing(wiki, folder)
        self.wiki, self.world, self.folder = wiki, wiki.world, folder
        self.command = self.reviewing.command
        self.world.accounts(TEAM)
        self.event = self.world.add_event(EVENT, people, organizers=organizers, text=text)
        self.begins(days)
        self.roster = folder / "roster.toml"
        self.write(MEMBERS)

    def begins(self, days: float) -> None:
        """Let the event be in so many days; it takes eight hours."""
        start = datetime.now(UTC) + timedelta(days=days)
        times = {"start_time": f"{start:%Y%m%d%H%M%S}", "end_time": f"{start + timedelta(hours=8):%Y%m%d%H%M%S}"}
        self.world.change_event(self.event, **times)

    def install(self) -> None:
        """Put the templates on the wiki, as ``templates install`` does, without the time that takes."""
        with self.world.batch():
            for title, text in templates().items():
                self.world.page(title, text, user=BOT)

    def write(self, members: Sequence[Member], event: str = "") -> None:
        """Write the roster."""
        tables = "\n".join(member.toml for member in members)
        self.roster.write_text(f'[event]\ntitle = "{EVENT}"\n{event}\n\n{tables}', encoding="utf-8")

    def plan(self, *tasks: str, event: str = EVENT, roster: bool = True) -> Planned:
        """Plan tasks, or what options say, into a file; no private channel is in any part of it."""
        words = [word for task in tasks for word in ([task] if task.startswith("--") else ["--task", task])]
        words += ["--roster", str(self.roster)] if roster else []
        planned = self.reviewing.plan("plan", event, *words)
        assert PRIVATE not in json.dumps(planned.data) + planned.shown
        return planned

    def update(self, *tasks: str, event: str = EVENT, roster: bool = True) -> Planned:
        """Plan and apply, after which the same plan is empty."""
        planned = self.plan(*tasks, event=event, roster=roster)
        assert planned.edits, planned.shown
        self.reviewing.apply(planned)
        assert self.plan(*tasks, event=event, roster=roster).edits == []
        return planned

    def text(self, title: str = EVENT) -> str:
        """A page as it is, empty for none."""
        asked = {"prop": "revisions", "titles": title, "rvprop": "content", "rvslots": "main"}
        [page] = Client(self.wiki.url).api(action="query", **asked)["query"]["pages"]
        return str(page["revisions"][0]["slots"]["main"]["content"]) if "revisions" in page else ""

    def save(self, text: str, title: str = EVENT, user: str = "Other") -> int:
        """Save a page as somebody, now."""
        return self.world.page(title, text, user=user, at=now())

    def calls(self, name: str, title: str = EVENT) -> list[dict[str, str]]:
        """The calls of a template of the bot's on a page, with their values as people read them."""
        return calls(self.text(title), name)

    def json(self, *words: str, code: int) -> dict[str, Any]:
        """What a command that reports prints as JSON, with the exit code that it must end with."""
        return dict(json.loads(self.reviewing.run(*words, "--json", code=code)))


def calls(text: str, name: str) -> list[dict[str, str]]:
    """The calls of a template in a text, with their values as people read them."""
    found = [(call[1], call[2]) for call in _CALL.finditer(text)]
    return [dict(_values(body)) for called, body in found if called == name]


def _values(body: str) -> list[tuple[str, str]]:
    return [(name, html.unescape(value)) for name, value in _LINE.findall(body)]


__all__ = ["BOT", "Planned", "Preparing"]
