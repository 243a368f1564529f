"""Plans made by hand for a test wiki, ``eventsafety apply`` on them, and what the wiki holds afterwards."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from bot import journal
from bot.plan import stored
from bot.plan.edits import Edit, Plan
from tests.forks import Cut, Done, Forks, Running
from tests.proxy.proxy import Proxy
from tests.sandbox.sandbox import Sandbox
from tests.wiki.client import Client

BOT = "TestBot"
STOP_PAGE = "User:TestBot/Run"
POST = '"action":"edit"'
SETTINGS = """\
site = "trial:trial"
contact = "test@example.org"
state_file = "{folder}/memory.json"

[network]
between_reads = 0.0
retries = 1
retry_wait = 0.05
{network}

[writing]
put_throttle = {throttle}
journal_file = "{journal}"
{writing}

[task_limits.review]
new_pages = 50
share_removed = 1.0
bytes_removed = 100000
"""


def title(name: str) -> str:
    """Return the title of a page that the bot may write."""
    return f"User:{BOT}/Event review/{name}"


def look(name: str) -> str:
    """Return what matches the look before an edit of a page."""
    return f"|{title(name)}"


def now(seconds: float = 0.0) -> str:
    """Return the present as MediaWiki's 14 digits; changes of the world otherwise have a time of their own."""
    return (datetime.now(UTC) + timedelta(seconds=seconds)).strftime("%Y%m%d%H%M%S")


def updates(wiki: Sandbox, texts: Mapping[str, tuple[str, str]]) -> list[Edit]:
    """Return an edit of each page, by its name, from the text that it has now to another."""
    asked = {"prop": "revisions", "rvprop": "ids", "titles": "|".join(map(title, texts))}
    pages = Client(wiki.url).api(action="query", **asked)["query"]["pages"]
    bases = {page["title"]: page["revisions"][0]["revid"] for page in pages}
    return [
        Edit(title(name), 2, "review", bases[title(name)], old, new, f"Bring {name} up to date", ("It is a test.",))
        for name, (old, new) in texts.items()
    ]


def creation(name: str, text: str) -> Edit:
    """Return an edit that makes a page."""
    return Edit(title(name), 2, "review", 0, "", text, f"Begin {name}", ("It is a test.",))


def plan_of(wiki: Sandbox, *edits: Edit) -> Plan:
    """Return a plan that was read a minute ago."""
    read_at = datetime.now(UTC).replace(microsecond=0) - timedelta(minutes=1)
    return Plan("trial:trial", wiki.url, BOT, "tests", read_at, (), {}, edits)


class Version(NamedTuple):
    """One revision of a page."""

    revid: int
    parent: int
    user: str
    text: str
    summary: str


def histories(url: str, titles: Sequence[str]) -> dict[str, list[Version]]:
    """Return all revisions of each page (of the bot's own), oldest first; none for a page that does not exist."""
    asked = {"arvnamespace": 2, "arvprop": "ids|user|content|comment", "arvslots": "main", "arvlimit": "max"}
    pages = Client(url).api(action="query", list="allrevisions", **asked)["query"]["allrevisions"]
    found: dict[str, list[Version]] = {name: [] for name in titles}
    for page in pages:
        for row in page["revisions"] if page["title"] in found else ():
            text = row["slots"]["main"]["content"]
            found[page["title"]].append(Version(row["revid"], row["parentid"], row["user"], text, row["comment"]))
    return {name: sorted(versions) for name, versions in found.items()}


@dataclass(frozen=True, slots=True)
class Applied:
    """How a run ended: the ends of the edits that it came to, in the order of the plan."""

    done: Done
    ends: list[str]
    texts: list[str]

    @property
    def code(self) -> int:
        """The exit code."""
        return self.done.code


class Applying:
    """``eventsafety apply`` through a proxy, with a journal of its own; ``set`` may change its settings."""

    def __init__(self, wiki: Sandbox, proxy: Proxy, forks: Forks, folder: Path) -> None:
        self.wiki, self.proxy, self.forks, self.folder = wiki, proxy, forks, folder
        self.journal = folder / "journal.jsonl"
        self.set()

    def set(self, *, writing: str = "", network: str = "", throttle: float = 0.0) -> None:
        """Write the settings, with more lines in two of their tables."""
        files = {"folder": self.folder, "journal": self.journal}
        text = SETTINGS.format(**files, writing=writing, network=network, throttle=throttle)
        self._settings.write_text(text, encoding="utf-8")

    @property
    def _settings(self) -> Path:
        return self.folder / f"{self.journal.name}.toml"

    def start(self, plan: Plan, cut: Cut | None = None) -> Running:
        """Return a run of a plan that waits for ``go``."""
        file = self.folder / "plan.json"
        file.write_text(stored.to_json(plan), encoding="utf-8")
        words = ("apply", str(file), "--digest", plan.digest, "--json")
        variables = {"EVENTSAFETY_CONFIG": str(self._settings)}
        return self.forks.start(*words, cut=cut, environment=variables)

    def __call__(self, plan: Plan) -> Applied:
        """Run a plan to its end."""
        running = self.start(plan)
        running.go()
        return self.finish(running)

    def finish(self, running: Running) -> Applied:
        """Return how a run ended."""
        done = running.wait()
        edits = json.loads(done.stdout)["edits"] if done.stdout.startswith("{") else []
        return Applied(done, [edit["end"] for edit in edits], [edit["text"] for edit in edits])

    def records(self, what: str) -> list[tuple[str, str]]:
        """Return title and end of each record of a kind."""
        return [(record.title, record.end) for record in journal.read(self.journal) if record.what == what]

    def posts(self) -> int:
        """Return how many edits were sent, as far as the proxy saw them."""
        return len(self.proxy.requests(POST))
