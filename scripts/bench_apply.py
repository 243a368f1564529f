"""Requests, time and memory of ``apply`` beside Pywikibot's own ``Page.save()``; ``scripts/bench apply``."""

from __future__ import annotations

import json
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from measure import Figure, Run, finish, parser, run

from bot.config import Limits
from bot.plan import diffs, safety, stored
from bot.plan.edits import Edit, Plan, as_saved, text_digest
from tests.sandbox.sandbox import Sandbox
from tests.wiki.client import Client

AIM = 2  # requests for each edit: the look that the stop switches need, and the edit
BOT, STOP_PAGE = "TestBot", "User:TestBot/Run"
# What a Pywikibot user would write; "preloaded" is the quickest way that Pywikibot has to read the pages before,
# "stoppable" looks at the stop page before each edit, as the bot does.
PLAIN = """
import json, sys, pywikibot
from pywikibot.pagegenerators import PreloadingGenerator
site = pywikibot.Site()
site.login()
texts = json.load(open(sys.argv[1]))
pages = (pywikibot.Page(site, title) for title in texts)
for page in PreloadingGenerator(pages) if sys.argv[2] == "preloaded" else pages:
    if page.text != texts[page.title()]:
        page.text = texts[page.title()]
        if sys.argv[2] == "stoppable" and pywikibot.Page(site, sys.argv[3]).text != "run":
            sys.exit("stopped")
        page.save(summary="Bring up to date", minor=False, bot=True, quiet=True)
"""
FLAG = """{{{{Event safety flag
| id = {id}
| name = {name}
| account = https://meta.wikimedia.org/w/index.php?title=Special:CentralAuth/{name}
| severity = lock
| source = global-lock
| link = https://meta.wikimedia.org/w/index.php?title=Special:Log&logid={number}
| since = 12 May 2015
| until =
| event = Event:Course {event}
| date = 2026-12-24
| facts = {id}
| reopened =
| status = {status}
| comment =
}}}}
"""
SETTINGS = """
[writing]
put_throttle = 0.0
edits_per_hour = 100000
journal_file = "{folder}/journal.jsonl"

[limits]
edits = {edits}
pages = {edits}

[task_limits.review]
edits = {edits}
pages = {edits}
"""


@dataclass(frozen=True, slots=True)
class Way:
    """One way to make the edits: what a run for a single page costs, what one for all the others does."""

    name: str
    one: Run
    many: Run
    pages: int

    @property
    def each(self) -> float:
        """Return requests for each further edit: what a run needs to begin is not in it."""
        return (self.many.requests - self.one.requests) / (self.pages - 1)

    @property
    def row(self) -> str:
        """Return a row of the table."""
        begin, many = self.one.requests - self.each, self.many
        figures = f"{self.each:>18.2f}{begin:>10.0f}{many.requests:>10}{many.seconds:>9.1f}{many.memory:>7.0f}"
        return f"{self.pages:>6}  {self.name:<30}{figures}"


def main(argv: Sequence[str] | None = None) -> int:
    """Print a row for each way, and for each part of the planning."""
    words = parser("apply", __doc__)
    words.add_argument("--edits", type=int, default=500)
    asked = words.parse_args(argv)
    with tempfile.TemporaryDirectory(prefix="eventsafety-bench-") as folder:
        sandbox = Sandbox(Path(folder) / "wiki")
        try:
            sandbox.up(hours=1)
            edits = found(sandbox, asked.edits + 2)
            figures = bench(sandbox, edits, Path(folder), quiet=asked.json)
        finally:
            sandbox.down()
    return finish("apply", figures, as_json=asked.json)


def page(number: int, *, new: bool) -> str:
    """Return a review page of ordinary size; the new one has a status changed and a flag added."""
    flags = 5 + number % 5 + new
    rows = (
        FLAG.format(
            id=text_digest(f"{number} {flag}")[:8],
            name=f"Person_{number}_{flag}",
            number=number * 10 + flag,
            event=number,
            status="handled" if new and flag == 2 else "open",
        )
        for flag in range(flags)
    )
    head = f"{{{{Event safety review\n| event = Event:Course {number}\n| stop = {STOP_PAGE}\n}}}}\n__NOINDEX__\n\n"
    return as_saved(head + "\n".join(rows))


def found(sandbox: Sandbox, count: int) -> list[Edit]:
    """Make the pages, in the state that ``reset`` goes back to, and return what is to be edited."""
    titles = [f"User:{BOT}/Event review/Course {number}" for number in range(count)]
    with sandbox.world.batch():
        sandbox.world.page(STOP_PAGE, "run", user="Admin")
        for number, title in enumerate(titles):
            sandbox.world.page(title, page(number, new=False), user=BOT)
    sandbox.keep()
    bases = newest(sandbox, titles)
    return [
        Edit(
            title, 2, "review", bases[title][0], page(n, new=False), page(n, new=True), "Bring up to date", ("Bench.",)
        )
        for n, title in enumerate(titles)
    ]


def newest(sandbox: Sandbox, titles: Sequence[str]) -> dict[str, tuple[int, str]]:
    """Return number and SHA-1 of the newest revision of each page."""
    pages: dict[str, tuple[int, str]] = {}
    for start in range(0, len(titles), 50):
        names = "|".join(titles[start : start + 50])
        answer = Client(sandbox.url).api(action="query", titles=names, prop="revisions", rvprop="ids|sha1")
        pages |= {
            one["title"]: (one["revisions"][0]["revid"], one["revisions"][0]["sha1"])
            for one in answer["query"]["pages"]
        }
    return pages


def bench(sandbox: Sandbox, edits: list[Edit], folder: Path, *, quiet: bool) -> list[Figure]:
    """Measure and print; throttles are zero for all ways, and all are logged in as the same bot."""
    settings = folder / "settings.toml"
    common = Path(sandbox.environment()["EVENTSAFETY_CONFIG"]).read_text(encoding="utf-8")
    settings.write_text(common + SETTINGS.format(folder=folder, edits=len(edits)), encoding="utf-8")
    environment = {**sandbox.environment(), "EVENTSAFETY_CONFIG": str(settings)}
    (folder / "plain.py").write_text(PLAIN, encoding="utf-8")

    def ours(part: list[Edit]) -> list[str]:
        return apply_words(sandbox, part, folder)

    def plain(part: list[Edit], how: str = "") -> list[str]:
        texts = folder / f"texts-{len(part)}{how}.json"
        texts.write_text(json.dumps({edit.title: edit.text for edit in part}), encoding="utf-8")
        return [sys.executable, str(folder / "plain.py"), str(texts), how, STOP_PAGE]

    def measured(name: str, words: Callable[[list[Edit]], list[str]], *, fresh: bool = True) -> Way:
        if fresh:
            sandbox.reset()
        run(sandbox, words(edits[:1]), environment)  # logs in, which the measured runs then need not
        one = run(sandbox, words(edits[1:2]), environment)
        way = Way(name, one, run(sandbox, words(edits[2:]), environment), len(edits) - 2)
        verify(sandbox, edits)
        return way

    first = measured("apply", ours)
    again = measured("apply, all saved before", ours, fresh=False)
    saved = measured("Page.save() of Pywikibot", plain)
    stoppable = measured("Page.save() after a stop page", partial(plain, how="stoppable"))
    preloaded = measured("Page.save() of preloaded pages", partial(plain, how="preloaded"))
    planning = planned(sandbox, edits[2:])
    shown = run(sandbox, [eventsafety(), "diff", str(folder / f"plan-{len(edits) - 2}.json")], environment)
    if not quiet:
        sizes = [len(edit.text.encode()) for edit in edits]
        print(f"pages of {min(sizes):,} to {max(sizes):,} bytes")
        heads = f"{'requests for each':>18}{'to begin':>10}{'in all':>10}{'seconds':>9}{'MB':>7}"
        print(f"{'edits':>6}  {'way':<30}{heads}")
        print("\n".join(way.row for way in (first, again, saved, stoppable, preloaded)))
        print(f"\nplanning {len(edits) - 2} edits, seconds: " + ", ".join(f"{k} {v:.2f}" for k, v in planning.items()))
        print(f"eventsafety diff: {shown.seconds:.2f} s, {shown.memory:.0f} MB\n")
    return [
        Figure("requests for each edit", first.each, most=AIM),
        Figure("requests for each edit that was saved before", again.each),
        Figure("requests for each edit by Page.save()", saved.each),
        Figure("requests for each edit by Page.save() after a look at a stop page", stoppable.each),
        Figure("requests for each edit by Page.save() of preloaded pages", preloaded.each),
        Figure("times fewer requests than Page.save()", saved.each / first.each),
        Figure("times faster than Page.save()", saved.many.seconds / first.many.seconds),
        Figure("memory as a share of that of Page.save()", first.many.memory / saved.many.memory),
        Figure("planning as a share of the time to apply", sum(planning.values()) / first.many.seconds),
    ]


def apply_words(sandbox: Sandbox, part: list[Edit], folder: Path) -> list[str]:
    """Store a plan, made a minute ago, and return the command that applies it."""
    file, plan = folder / f"plan-{len(part)}.json", plan_of(sandbox, part)
    file.write_text(stored.to_json(plan), encoding="utf-8")
    return [eventsafety(), "apply", str(file), "--digest", plan.digest]


def plan_of(sandbox: Sandbox, part: list[Edit]) -> Plan:
    """Return a plan of these edits."""
    read_at = datetime.now(UTC).replace(microsecond=0) - timedelta(minutes=1)
    return Plan("trial:trial", sandbox.url, BOT, "bench", read_at, (), {}, tuple(part))


def eventsafety() -> str:
    """Return the command as it is installed."""
    return str(Path(sys.executable).parent / "eventsafety")


def verify(sandbox: Sandbox, edits: list[Edit]) -> None:
    """End the bench when the wiki does not hold every new text, made by just one edit."""
    pages = newest(sandbox, [edit.title for edit in edits])
    wrong = [edit.title for edit in edits if pages[edit.title][1] != edit.new_digest]
    posts = sum(row["method"] == "POST" and row["post"].get("action") == "edit" for row in sandbox.requests())
    if wrong or posts != len(edits):
        raise SystemExit(
            f"{len(wrong)} of {len(edits)} pages are not as they should be after {posts} edits: {wrong[:3]}"
        )


def planned(sandbox: Sandbox, edits: list[Edit]) -> dict[str, float]:
    """Return the seconds that each part of the planning takes, from texts that were read."""
    limits = {name: Limits(edits=len(edits), pages=len(edits)) for name in ("", "review")}
    times: dict[str, float] = {}

    def timed(name: str, work: Callable[[], object]) -> object:
        began = time.perf_counter()
        result = work()
        times[name] = time.perf_counter() - began
        return result

    plan = plan_of(sandbox, edits)
    timed("digest", lambda: plan.digest)
    refused = timed("safety check", lambda: safety.refusals(plan, limits, {"review": lambda _: True}))
    text = str(timed("written as JSON", lambda: stored.to_json(plan)))
    back = timed("read back", lambda: stored.from_json(text.encode(), "plan"))
    timed("diff", lambda: diffs.grouped(plan.edits))
    if refused or back != plan:
        raise SystemExit(f"The plan is not what it should be: {refused}")
    return times


if __name__ == "__main__":
    sys.exit(main())
