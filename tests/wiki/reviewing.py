"""A small event with flagged people, its review page, and the bot's command as an operator and reviewers meet it."""

from __future__ import annotations

import html
import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.applying import BOT, STOP_PAGE, histories, now
from tests.sandbox.sandbox import Sandbox
from tests.wiki.commandline import CommandLine

EVENT = "Event:Small Talk"
ON_LIST, LOCKED, GLOBALLY_BLOCKED, BLOCKED = "Sour Almanac", "Tin Whistle Fen", "Copper Ferret", "Marsh Telegraph"
FLAGGED = (ON_LIST, LOCKED, GLOBALLY_BLOCKED, BLOCKED)
CLEAR = "Amber Abacus"

_ROW = re.compile(r"\{\{Event safety (flag|settled|review)\n(.*?)\n\}\}", re.DOTALL)
_LINE = re.compile(r"^\| ([a-z ]+) =[ ]?(.*)$", re.MULTILINE)


@dataclass(frozen=True)
class Planned:
    """What ``plan`` said and stored; ``data`` is the stored plan."""

    file: str
    data: dict[str, Any]
    shown: str

    @property
    def edits(self) -> list[dict[str, Any]]:
        """The edits, each as it is stored."""
        return list(self.data["edits"])

    @property
    def summary(self) -> str:
        """The summary of the only edit, without the words before it; empty when nothing is to be written."""
        return str(self.edits[0]["summary"]).removeprefix("Event review: ") if self.edits else ""

    @property
    def notes(self) -> str:
        """What was seen and left alone, a line each."""
        return "\n".join(self.data["notes"])


class Reviewing:
    """One wiki on which the bot may run, with a memory and a journal of its own."""

    def __init__(self, wiki: Sandbox, folder: Path, *, settings: str = "") -> None:
        self.wiki, self.world, self.folder = wiki, wiki.world, folder
        self.command = CommandLine(wiki, folder)
        self.command.add(f"[writing]\nput_throttle = 0\n{settings}")
        self.world.page(STOP_PAGE, "run", user="Admin")
        self.event, self.id = EVENT, 0
        self._plans = 0

    @property
    def title(self) -> str:
        """The title of the review page."""
        return f"User:{BOT}/Event review/{self.event}"

    def open(self, *people: str) -> None:
        """Open the registration of the event, by default for the flagged people and one who is clear."""
        self.id = self.world.add_event(self.event, people or (*FLAGGED, CLEAR), text="Welcome.")

    def run(self, *words: str, code: int = 0) -> str:
        """Run the command and return what it printed; it must end with ``code``."""
        done = self.command.quick(*words)
        assert done.returncode == code, (done.returncode, done.stdout, done.stderr)
        return done.stdout

    def plan(self, *words: str) -> Planned:
        """Plan into a file: the review page, or what ``words`` say."""
        self._plans += 1
        file = str(self.folder / f"plan{self._plans}.json")
        done = self.command.quick(*(words or ("plan", self.event, "--task", "review")), "-o", file)
        assert done.returncode in (0, 99), done.stderr
        planned = Planned(file, json.loads(Path(file).read_text(encoding="utf-8")), done.stdout)
        assert done.returncode == (99 if planned.edits else 0)
        return planned

    def apply(self, planned: Planned, code: int = 0) -> str:
        """Apply just this plan."""
        return self.run("apply", planned.file, "--digest", planned.data["digest"], code=code)

    def update(self) -> Planned:
        """Plan and apply, after which there is nothing more to do."""
        planned = self.plan()
        assert planned.summary
        self.apply(planned)
        assert self.text() == planned.edits[0]["text"]
        assert self.plan().edits == []
        return planned

    def text(self) -> str:
        """The page as it is."""
        versions = histories(self.wiki.url, [self.title])[self.title]
        return versions[-1].text if versions else ""

    def revid(self) -> int:
        """The page's newest revision."""
        return histories(self.wiki.url, [self.title])[self.title][-1].revid

    def save(self, text: str, user: str = "Admin") -> int:
        """Save the page as somebody, now."""
        return self.world.page(self.title, text, user=user, at=now())

    def rows(self) -> list[dict[str, str]]:
        """The flags on the page, in its order, with their parameters as people read them."""
        return [row for kind, row in _calls(self.text()) if kind == "flag"]

    def row(self, name: str) -> dict[str, str]:
        """The only flag of a person."""
        [row] = [row for row in self.rows() if row["name"] == name]
        return row

    def names(self) -> list[str]:
        """Who has flags on the page."""
        return [row["name"] for row in self.rows()]

    def settled(self) -> list[dict[str, str]]:
        """What has left the page."""
        return [row for kind, row in _calls(self.text()) if kind == "settled"]

    def header(self) -> dict[str, str]:
        """The top of the page."""
        [header] = [row for kind, row in _calls(self.text()) if kind == "review"]
        return header

    def decide(self, name: str, status: str, comment: str = "", *, user: str = "Admin") -> int:
        """Change the status of a person's flag as somebody, and return the revision."""
        return self.save(decided(self.text(), name, status, comment), user)

    def verdict(self, name: str) -> str:
        """What ``check`` says of a person."""
        return str(self.registrant(name)["verdict"])

    def registrant(self, name: str) -> dict[str, Any]:
        """What ``check --json`` says of a person."""
        rows = self.command.check(self.event)["registrants"]
        [row] = [row for row in rows if row["name"] == name]
        return dict(row)


def decided(text: str, name: str, status: str, comment: str = "") -> str:
    """Return a page on which the flag of a person has another status and comment."""
    start = text.index(f"| name = {name}\n")
    end = text.index("}}", start)
    row = re.sub(r"\| status = .*", f"| status = {status}", text[start:end])
    row = re.sub(r"\| comment =.*", f"| comment = {comment}".rstrip(), row)
    return text[:start] + row + text[end:]


def _calls(text: str) -> list[tuple[str, dict[str, str]]]:
    return [
        (call[1], {name: html.unescape(value) for name, value in _LINE.findall(call[2])})
        for call in _ROW.finditer(text)
    ]
