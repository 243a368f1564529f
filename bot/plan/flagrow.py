"""How a flag is written in its row of a review page, and by what a row is known to be its own; knows no decisions."""

from __future__ import annotations

import re

from bot import escape
from bot.model import Decision
from bot.parse.reviews import FLAG, OPEN, SETTLED, Row
from bot.plan import rewrite
from bot.plan.flags import Flag

# The order of the parameters; people's own two come last.
PARAMETERS = (
    "id", "name", "account", "severity", "source", "link", "since", "until", "listed", "event", "date", "facts",
    "reopened", "status", "comment",
)  # fmt: skip
# What the bot writes once, and people change.
OF_PEOPLE = ("status", "comment", "reopened")
_NEEDED = frozenset({"name", "severity", "source", "event", "date", "facts"})

_REVISION = re.compile(r"(?<=[?&]oldid=)\d+$")
_API_TIME = re.compile(r"^(\d{4}-\d\d-\d\d)T(\d\d:\d\d):\d\dZ$")


def values(flag: Flag, account_url: str | None) -> dict[str, str]:
    """Return the parameters that are the bot's, all but ``reopened``, as escaped wikitext and in their order."""
    return {
        "id": flag.id,
        "name": escape.wikitext(flag.name),
        "account": escape.web_address(account_url) or "",
        "severity": flag.severity.value,
        "source": escape.wikitext(flag.label),
        "link": escape.web_address(flag.url) or "",
        "since": _time(flag.since),
        "until": _time(flag.until),
        "listed": escape.wikitext(flag.listed),
        "event": escape.wikitext(flag.event),
        "date": flag.date,
        "facts": flag.facts,
    }


def lasting(row: Row, flag: Flag, account_url: str | None) -> dict[str, str]:
    """Return what is put right in a row whose facts are the same: all but what the source may tell anew each time.

    The address of a list names its revision, which moves on; when a lock was set is looked up once. What people left
    out when they wrote the row anew is put back only where the row needs it.
    """
    there = {parameter.name for parameter in row.call.parameters}
    found = {name: value for name, value in values(flag, account_url).items() if name in there or name in _NEEDED}
    if _REVISION.sub("", row.call.get("link")) == _REVISION.sub("", found.get("link", "")):
        found.pop("link", None)
    if not flag.since:
        found.pop("since", None)
    return found


def fresh(flag: Flag, account_url: str | None, reopened: str) -> str:
    """Return the row of a flag about which nobody has said anything; ``reopened`` is the status that it had."""
    people = {"reopened": reopened, "status": OPEN, "comment": ""}
    return rewrite.render(FLAG, {**values(flag, account_url), **people})


def settled(flag: Flag, decision: Decision) -> str:
    """Return the line, without any name, that stays of a flag that was handled."""
    what = {"id": flag.id, "facts": decision.facts, "status": decision.status.value, "revision": str(decision.revid)}
    return rewrite.render(SETTLED, what)


def is_alike(row: Row, flag: Flag) -> bool:
    """Tell whether a row says the same name, source and event as a flag."""
    told = (row.call.get("name"), row.call.get("source"), row.call.get("event"))
    return told == tuple(map(escape.terminal, (flag.name, flag.label, flag.event)))


def _time(text: str) -> str:
    """Return a time of the API for readers, any other text as it is."""
    return escape.wikitext(_API_TIME.sub(r"\1 \2 UTC", text))
