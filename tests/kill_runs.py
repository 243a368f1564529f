"""Kills ``eventsafety apply`` at every request and every write of its journal, starts it again, and looks at the wiki.

It must not know how apply works: only its plan, its journal's file and what goes through the proxy.
``python -m tests.kill_runs POINTS`` prints what went wrong and a summary line.
"""

from __future__ import annotations

import argparse
import os
import signal
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from bot import journal
from bot.plan.edits import Edit, Plan
from bot.plan.outcomes import End
from tests.applying import (
    BOT,
    POST,
    STOP_PAGE,
    Applied,
    Applying,
    Version,
    creation,
    histories,
    now,
    plan_of,
    title,
    updates,
)
from tests.forks import Cut, Forks, Running
from tests.proxy.proxy import Proxy
from tests.proxy.rules import Phase
from tests.sandbox.sandbox import Sandbox
from tests.wiki.client import Client

DEFAULT = 300
KEPT = "kept-for-kill-runs"
OLD = "{{Heading}}\n\nFirst line.\n\nSecond line.\n\nLast line."
RACED = "C"
DONE = frozenset({End.SAVED, End.SAVED_BEFORE, End.NO_CHANGE})
LEFT = frozenset({End.CONFLICT, End.EXISTS})
# How long after the answer was handed over: while it is read, while it is noted, while the next request is made.
LATER = (0.0, 0.002, 0.01)
STRAY = (0.0, 0.2, 0.6)


@dataclass(frozen=True, slots=True)
class Kill:
    """SIGKILL at a request ("request", or "edit" alone; with its phase, or "stray"), or at a call on the journal's file.

    Those are "write" ("before", "half" or "after") and "fsync".
    """

    at: str
    number: int
    when: str
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Point:
    """The kills of one run after the other, and when Other edits.

    ``other``: "before" the first run, "between" the runs (the page that was in hand), or "inside": after the look
    at a page and before its edit.
    """

    kills: tuple[Kill, ...]
    other: str = "before"


@dataclass(slots=True)
class Tally:
    """What was done."""

    points: int = 0
    killed: int = 0
    runs: int = 0
    posts: int = 0


class Range:
    """A wiki with five edits to make: three updates, one of them of a page that Other edits, and two new pages."""

    def __init__(self, wiki: Sandbox, proxy: Proxy, forks: Forks, folder: Path) -> None:
        self.wiki, self.proxy = wiki, proxy
        self.apply = Applying(wiki, proxy, forks, folder)
        self.tally = Tally()
        with wiki.world.batch():
            wiki.world.page(STOP_PAGE, "run", user="Admin")
            for name in "ACE":
                wiki.world.page(title(name), OLD)
        wiki.keep(KEPT)
        texts = {name: (OLD, _text(name)) for name in "ACE"}
        made = {edit.title: edit for edit in (*updates(wiki, texts), *(creation(name, _text(name)) for name in "BD"))}
        self.plan: Plan = plan_of(wiki, *(made[title(name)] for name in "ABCDE"))

    def points(self) -> tuple[list[Point], list[Point]]:
        """Return the points with one kill and those with two, by what a run without a kill does."""
        counted = {call: self._count(call) for call in ("write", "fsync")}
        requests = self.proxy.requests()
        kills = [Kill("request", n.number, phase) for n in requests for phase in (Phase.BEFORE, Phase.DURING)]
        kills += [Kill("request", n.number, Phase.AFTER, LATER[n.number % 3]) for n in requests]
        edits = range(1, len(self.plan.edits) + 1)
        kills += [Kill("edit", number, "stray", seconds) for number in edits for seconds in STRAY]
        for call, whens in (("write", ("before", "half", "after")), ("fsync", ("before", "after"))):
            kills += [Kill(call, number + 1, when) for number in range(counted[call]) for when in whens]
        others = ("before", "between")
        single = [Point((kill,), others[number % 2]) for number, kill in enumerate(kills)]
        raced = next(number for number in edits if self.plan.edits[number - 1].title == title(RACED))
        single += [Point((Kill("edit", raced, when),), "inside") for when in (*Phase, "stray")]
        shifted = kills[len(kills) // 3 :] + kills[: len(kills) // 3]
        double = [Point(pair, others[number % 3 % 2]) for number, pair in enumerate(zip(kills, shifted, strict=True))]
        return single, double + [Point((kill, kill), "between") for kill in kills]

    def _count(self, call: str) -> int:
        """Return how often a run without a kill does something to its journal."""
        self._begin()
        running = self.apply.start(self.plan, Cut(str(self.apply.journal), call))
        running.go()
        applied = self.apply.finish(running)
        assert applied.ends == [End.SAVED] * 5, applied
        calls = int(Path(f"{self.apply.journal}.calls").read_text(encoding="utf-8"))
        assert calls, f"The journal is no longer written by os.{call}."
        return calls

    def _begin(self) -> None:
        self.proxy.clear()
        self.wiki.reset(KEPT)
        self.apply.journal.unlink(missing_ok=True)

    def problems(self, point: Point) -> list[str]:
        """Kill, start again until the end, and return what is not as if nobody had been killed."""
        self._begin()
        self.tally.points += 1
        touched = title(RACED) if point.other in {"before", "inside"} else ""
        if point.other == "before":
            self._other(touched)
        for number, kill in enumerate(point.kills):
            inside = point.other == "inside" and not number
            self._killed(kill, touched if inside else "")
            if point.other == "between" and not number:
                if kill.when != "stray":  # what the killed run had sent arrives first, also in the wiki's own times
                    self.proxy.idle()
                touched = self._in_hand()
                self._other(touched)
        applied = self.apply(self.plan)
        self.tally.runs += 1
        self.proxy.idle()
        self.tally.posts += self.apply.posts()
        return [f"{point}: {why}" for why in self.wrong(applied, touched, point)]

    def _killed(self, kill: Kill, inside: str) -> None:
        """Run, kill, and let Other edit a page between our look and our edit."""
        journal_file = kill.at in {"write", "fsync"}
        cut = Cut(str(self.apply.journal), kill.at, kill.number, kill.when) if journal_file else None
        running = self.apply.start(self.plan, cut)
        if inside:
            self.proxy.pause(f'"title":"{inside}"')
        if not cut:
            self._aim(kill, running)
        running.go()
        if inside:
            self.proxy.held()
            self._other(inside)
            self.proxy.go()
        self.tally.runs += 1
        self.tally.killed += running.wait().code == -signal.SIGKILL

    def _aim(self, kill: Kill, running: Running) -> None:
        match, skip = POST if kill.at == "edit" else "", kill.number - 1
        if kill.when == "stray":
            self.proxy.stray(match, kill.seconds, running.pid, skip=skip)
        else:
            self.proxy.kill(match, running.pid, Phase(kill.when), kill.seconds, skip=skip)

    def _in_hand(self) -> str:
        """Return the page that the killed run had in hand, as far as its journal says."""
        begun = self.apply.records(journal.INTENT)
        return begun[-1][0] if begun else self.plan.edits[0].title

    def _other(self, page: str) -> None:
        """Let Other change the heading of a page, or make it."""
        asked = {"prop": "revisions", "rvprop": "content", "rvslots": "main", "titles": page}
        found = Client(self.wiki.url).api(action="query", **asked)["query"]["pages"][0]
        text = found["revisions"][0]["slots"]["main"]["content"] if "revisions" in found else OLD
        self.wiki.world.page(page, text.replace("Heading", "Heading, meanwhile"), user="Other", at=now())

    def wrong(self, applied: Applied, touched: str, point: Point) -> Iterator[str]:
        """Yield what is not as if nobody had been killed, after the last run; ``touched`` is the page that Other edited."""
        if len(applied.ends) != len(self.plan.edits):
            yield f"the last run ended early: {applied.ends} {applied.done.stderr}"
            return
        history = histories(self.wiki.url, [edit.title for edit in self.plan.edits])
        for edit, end in zip(self.plan.edits, applied.ends, strict=True):
            # An edit that reaches the wiki after another's is merged with it, if the wiki can.
            merged = edit.title == touched and (point.other == "inside" or any(k.when == "stray" for k in point.kills))
            for why in self._wrong_page(edit, end, history[edit.title], other=edit.title == touched, merged=merged):
                yield f"{edit.title}, {end}: {why} {[v[:3] for v in history[edit.title]]}"
        if applied.code != (0 if DONE.issuperset(applied.ends) else 1):
            yield f"exit code {applied.code} for {applied.ends}"
        yield from self._wrong_journal(applied, history)

    def _wrong_page(self, edit: Edit, end: str, versions: list[Version], *, other: bool, merged: bool) -> Iterator[str]:
        own = [version for version in versions if version.user == BOT]
        newest = versions[-1] if versions else None
        if end not in (DONE | LEFT if other else DONE):
            yield "an end that nothing here can cause"
        if len(own) > 1:
            yield "saved more than once"
        if not own and (end in DONE or not other):
            yield "not saved"
        if own and not merged and [(v.parent, v.text) for v in own] != [(edit.base_revid, edit.text)]:
            yield "saved otherwise than planned"
        if own and not merged and end not in DONE:
            yield "saved, and told otherwise"
        if other and (newest is None or "meanwhile" not in newest.text):
            yield "the edit of another was undone"
        # A stray that comes while Other edits is overwritten by Other, who does not look.
        if own and newest and not merged and f"What the bot says of {edit.title[-1]}" not in newest.text:
            yield "our own edit was undone"

    def _wrong_journal(self, applied: Applied, history: dict[str, list[Version]]) -> Iterator[str]:
        records = journal.read(self.apply.journal)
        last = {record.title: record.end for record in records if record.what == journal.OUTCOME}
        if last != {edit.title: end for edit, end in zip(self.plan.edits, applied.ends, strict=True)}:
            yield f"the journal says {last}"
        begun = {record.title for record in records if record.what == journal.INTENT}
        for name, versions in history.items():
            own = {version.revid for version in versions if version.user == BOT}
            told = {record.revid for record in records if record.title == name and record.revid}
            if told - own or (own and name not in begun):
                yield f"the journal says {told} of {name}, the wiki {own}"
        intents = sum(record.what == journal.INTENT for record in records)
        if self.apply.posts() > intents:
            yield f"{self.apply.posts()} edits were sent, {intents} announced"


def _text(name: str) -> str:
    return OLD.replace("Second line", f"What the bot says of {name}")


def spread(points: Sequence[Point], number: int) -> list[Point]:
    """Return so many points, evenly from all; all of them if there are no more."""
    number = min(number, len(points))
    return [points[index * len(points) // number] for index in range(number)]


def chosen(single: Sequence[Point], double: Sequence[Point], number: int) -> list[Point]:
    """Return ``number`` points: every one with one kill before any with two, or a spread over all of them."""
    if number < len(single):
        return spread([*single, *double], number)
    return [*single, *spread(double, number - len(single))]


@contextmanager
def shooting_range() -> Iterator[Range]:
    """Open a range on a wiki of its own, or on the one in EVENTSAFETY_WIKI_DIR."""
    standing = os.environ.get("EVENTSAFETY_WIKI_DIR")
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="kill-runs-"))).resolve()
        wiki = Sandbox(Path(standing) if standing else folder / "wiki")
        if standing:
            wiki.reset()
        else:
            stack.callback(wiki.down)
            wiki.up(hours=2)
        (runs := folder / "runs").mkdir()
        proxy = stack.enter_context(Proxy(wiki.url))
        forks = stack.enter_context(Forks(proxy.environment(wiki, runs), runs))
        yield Range(wiki, proxy, forks, runs)


def main(argv: Sequence[str]) -> int:
    """Shoot; 1 when anything was not as if nobody had been killed."""
    parser = argparse.ArgumentParser(prog="scripts/kill_runs", description=__doc__.splitlines()[0])
    parser.add_argument("points", type=int, nargs="?", default=DEFAULT, help=f"how many (default: {DEFAULT})")
    number, began, bad = parser.parse_args(argv).points, time.monotonic(), 0
    with shooting_range() as range_:
        for point in chosen(*range_.points(), number):
            problems = range_.problems(point)
            bad += bool(problems)
            print(*problems, sep="\n", end="\n" if problems else "", flush=True)
        tally = range_.tally
    print(
        f"{tally.points} points: {tally.points - bad} as if nobody had been killed, {bad} not; {tally.killed} kills in"
        f" {tally.runs} runs, {tally.posts} edits sent, {time.monotonic() - began:.0f} s"
    )
    return 1 if bad or not tally.points else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
