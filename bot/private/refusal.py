"""What a letter of refusal must be before it is made: who gets it, which policies it names, whom no letter is for.

It knows no file and no list; what a list says of a person comes in as a finding.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from urllib.parse import quote

from bot import escape
from bot.config import Notices
from bot.duty import policies as duty
from bot.errors import UsageError
from bot.model import NameState, PolicyKind, RosterEvent, SiteInfo, VerdictKind
from bot.parse import titles, usernames
from bot.private import addresses, letter_words
from bot.private.addresses import Address
from bot.private.letters import Letter, Policy
from bot.private.model import Finding, Occasion, Person

IN_COPY = 2  # at least, as the training module "Keeping events safe" has it
LONGEST = 255  # bytes of a title, and of a user name

_DATES = re.compile(r"(\d{4}-\d\d-\d\d)(?:/(\d{4}-\d\d-\d\d))?", re.ASCII)
_MATCHES = (VerdictKind.FLAG, VerdictKind.REVIEW)
_NEEDS_POLICIES = "policy"


def people(to: str, sender: str, copies: Sequence[str]) -> tuple[Address, Address, tuple[Address, ...]]:
    """Return whom a letter is to, whom it is from, and who is in copy.

    Raises UsageError for what is no address, for one that is there twice in whatever form, the person's own and the
    sender's included, and for fewer than two in copy.
    """
    refuse_copies(copies)
    if not sender.strip():
        raise UsageError("Say whom the letter is from, with --from ADDRESS or private.sender in the settings.")
    named = [("--to", addresses.read(to, "--to")), ("--from", addresses.read(sender, "--from"))]
    named += [(what, addresses.read(text, what)) for what, text in _numbered(copies)]
    if pair := addresses.twice(named):
        first, second = pair
        raise UsageError(
            f"{first} and {second} are one mailbox; at least {IN_COPY} people beside you and the person are in copy."
        )
    return named[0][1], named[1][1], tuple(address for _, address in named[2:])


def refuse_copies(copies: Sequence[str]) -> None:
    """Raise UsageError for fewer than two in copy."""
    if len(copies) < IN_COPY:
        raise UsageError(
            f"A refusal has at least {IN_COPY} people in copy, beside you and the person: give --cc {IN_COPY} times."
        )


def event(text: str) -> str:
    """Return the title of an event as a letter names it, without its namespace; raises UsageError for none."""
    title = titles.normal(text, titles.CANONICAL_EVENTS)
    if title is None or re.search(r"^https?:|^\d+$", title, re.IGNORECASE):
        raise UsageError(
            "EVENT is the title of the event, as the person knows it; a letter is made without looking it up."
        )
    return title.removeprefix("Event:")


def name(text: str, site: SiteInfo) -> str:
    """Return whom the letter addresses, a user name in its proper form; raises UsageError for no name at all."""
    found = usernames.canonical(text, site).name
    shown = escape.terminal(found).strip()
    if not shown or len(found.encode(errors="replace")) > LONGEST:
        raise UsageError("NAME is the user name of the person, or the name that they registered with.")
    return found


def dates(text: str) -> tuple[date, date] | None:
    """Return the first and last day of "2026-12-24" or "2026-12-24/2026-12-26", None of nothing; raises UsageError."""
    if not text:
        return None
    found = _DATES.fullmatch(text.strip())
    try:
        first = date.fromisoformat(found[1] if found else "")
        last = date.fromisoformat(found[2]) if found and found[2] else first
    except ValueError:
        raise UsageError(f'"{text}" is no date; write --event-date 2026-12-24 or 2026-12-24/2026-12-26.') from None
    if last < first:
        raise UsageError(f'"{text}" ends before it begins; write the first day first.')
    return first, last


def shown_dates(days: tuple[date, date] | None) -> str:
    """Return the days as every language reads them."""
    return " – ".join(dict.fromkeys(one.isoformat() for one in days)) if days else ""


def is_over(days: tuple[date, date], now: datetime) -> bool:
    """Return whether the last of the days is over everywhere on Earth."""
    return days[1] < (now - timedelta(hours=12)).date()


def occasion(title: str, days: tuple[date, date] | None) -> Occasion:
    """Return the event as lists ask for it."""
    if days is None:
        return Occasion(title)
    start, end = datetime.combine(days[0], time(), UTC), datetime.combine(days[1], time(23, 59, 59), UTC)
    return Occasion(title, start=start, end=end)


def policies(language: str, notices: Notices, site: SiteInfo, reason: str, event: RosterEvent) -> tuple[Policy, ...]:
    """Return the policies that hold at the event, named in the language of the letter.

    That of the event's own is given by an address. Raises UsageError where a letter would rest on policies that it
    does not name, and for an address that is none.
    """
    if event.policy and not escape.web_address(event.policy):
        raise UsageError("--policy is the address of a web page: https://…")
    holding = duty.holding(event, notices)
    if reason == _NEEDS_POLICIES and not holding:
        raise UsageError('The reason "policy" needs a policy: give --policy URL, or set notices.ucoc in the settings.')
    return tuple(
        Policy(
            letter_words.policy(language, kind.value), target if kind is PolicyKind.OWN else url(target, language, site)
        )
        for kind, target in holding.items()
    )


def url(target: str, language: str, site: SiteInfo) -> str:
    """Return the address of a page by the target of a link to it, in a language where Special:MyLanguage is asked."""
    if escape.web_address(target):
        return target
    host, title = titles.without_interwiki(target, site)
    server = f"https://{host}" if host else site.server
    page = quote(title.strip().lstrip(":").replace(" ", "_"), safe="/:()!*,;@~'")
    asked = f"?uselang={language}" if title.lstrip(": ").startswith("Special:MyLanguage/") else ""
    return f"{server}{site.article_path.replace('$1', page)}{asked}"


def person(letter: Letter, real_name: str, site: SiteInfo) -> Person:
    """Return whom the letter is to, as far as a list may ask."""
    found = usernames.canonical(letter.name, site)
    is_name = found.state is not NameState.IMPOSSIBLE
    return Person(
        found.name if is_name else None,
        "the letter",
        real_name or ("" if is_name else letter.name),
        letter.to.spec,
        state=found.state,
        why_unnamed="" if is_name else "The name of the person can be no user name; give --real-name too.",
    )


def is_match(finding: Finding) -> bool:
    """Return whether no letter may be made: the person may be on the list, whose notices are Trust and Safety's."""
    return finding.verdict in _MATCHES


def told(finding: Finding) -> tuple[str, ...]:
    """Return what was found, for the terminal of whoever may hold the list."""
    return tuple(f"{hit.entry}: {hit.text}" for hit in finding.hits)


def _numbered(copies: Sequence[str]) -> list[tuple[str, str]]:
    return [(f"--cc number {number}", text) for number, text in enumerate(copies, start=1)]
