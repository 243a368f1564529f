"""Requests, time and memory of ``check`` beside the plain Pywikibot way, on the test wiki; ``scripts/bench check``."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from measure import Figure, finish, parser, run

from tests.sandbox.sandbox import Sandbox
from tests.sandbox.seed import THREE_SECTIONS, WMF_LIST, crowd, seed

AIM, AIM_FROM = 20, 500  # a small event has too few requests to save
# What a Pywikibot user would write: the names from the registration, then one account after the other.
PLAIN = f"""
import sys, requests, pywikibot
event, rest = sys.argv[1], sys.argv[2]
site = pywikibot.Site()
site.login()
names, last = [], 0
while True:
    page = requests.get(f"{{rest}}/campaignevents/v0/event_registration/{{event}}/participants",
                        {{"include_private": "false", "last_participant_id": str(last)}} if last else
                        {{"include_private": "false"}}, timeout=60).json()
    names += [row["user_name"] for row in page if "user_name" in row]
    if len(page) < 20:
        break
    last = page[-1]["participant_id"]
lists = [pywikibot.Page(site, title).text for title in ({WMF_LIST!r}, {THREE_SECTIONS!r})]
flagged = 0
for name in names:
    user = pywikibot.User(site, name)
    listed = any(name in text for text in lists)
    flagged += bool(site.is_locked(name) or user.is_blocked() or listed or "banned user" in user.text)
print(len(names), flagged)
"""


def main(argv: Sequence[str] | None = None) -> int:
    """Print a row for each size and way."""
    words = parser("check", __doc__)
    words.add_argument("--sizes", type=int, nargs="+", default=[500, 1000], help="registrants")
    asked = words.parse_args(argv)
    with tempfile.TemporaryDirectory(prefix="eventsafety-bench-") as folder:
        sandbox = Sandbox(Path(folder) / "wiki")
        try:
            sandbox.up(hours=1)
            seed(sandbox.world)
            figures = table(sandbox, asked.sizes, Path(folder), quiet=asked.json)
        finally:
            sandbox.down()
    return finish("check", figures, as_json=asked.json)


def table(sandbox: Sandbox, sizes: Sequence[int], folder: Path, *, quiet: bool) -> list[Figure]:
    """Measure and print; throttles are zero for both ways, and both are logged in as the same bot."""
    (folder / "plain.py").write_text(PLAIN, encoding="utf-8")
    eventsafety = str(Path(sys.executable).parent / "eventsafety")
    bot = sandbox.environment()
    anonymous = {**bot, "PYWIKIBOT_DIR": bot["PYWIKIBOT_DIR"] + "-anonymous"}
    figures: list[Figure] = []
    rows = [
        f"{'registrants':>11}  {'way':<28}{'requests':>9}{'seconds':>9}{'MB':>7}{'fewer requests':>16}{'faster':>8}"
    ]
    for size in sizes:
        event = str(crowd(sandbox.world, size))
        ours = [eventsafety, "check", f"#{event}", "--json"]
        plain = [sys.executable, str(folder / "plain.py"), event, f"{sandbox.url}/w/rest.php"]
        ways = {
            "check, as a bot": run(sandbox, ours, bot),
            "check, without an account": run(sandbox, ours, anonymous),
            "plain Pywikibot, as a bot": run(sandbox, plain, bot),
        }
        base = ways["plain Pywikibot, as a bot"]
        for name, one in ways.items():
            fewer, faster = base.requests / one.requests, base.seconds / one.seconds
            row = f"{size:>11}  {name:<28}{one.requests:>9}{one.seconds:>9.2f}{one.memory:>7.0f}"
            rows.append(f"{row}{fewer:>15.1f}x{faster:>7.1f}x")
            if one is not base:
                aim = AIM if name == "check, as a bot" and size >= AIM_FROM else None
                figures.append(Figure(f"times fewer requests for {size}, {name}", fewer, least=aim))
                figures.append(Figure(f"times faster for {size}, {name}", faster))
    if not quiet:
        print("\n".join(rows))
    return figures


if __name__ == "__main__":
    sys.exit(main())
