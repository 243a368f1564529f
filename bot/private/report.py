"""The result of a confidential check as text for the person who may see it; writes nothing, and calls nobody banned.

Its first line says when it must be deleted (see ``marks``). All that lists and wikis say goes through ``bot.escape``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from bot.model import Tier, VerdictKind
from bot.paper import Page, safe
from bot.private import confidentiality, marks
from bot.private.force import OTHER_NAME
from bot.private.model import Finding, Hit, Person, Screening, UnreadRow
from bot.private.screening import not_looked_up

FLAGS_FOUND = 10
NOT_ALL_CHECKED = 11

NAMES_SHOWN = 20
HITS_SHOWN = 10
ROWS_SHOWN = 50
_STYLES = {
    VerdictKind.FLAG: "bold red",
    VerdictKind.REVIEW: "bold yellow",
    VerdictKind.UNKNOWN: "bold magenta",
    VerdictKind.CLEAR: "green",
}
_TOLD = {
    VerdictKind.FLAG: "on the list by their own account",
    VerdictKind.REVIEW: "may be on the list: a person must look",
    VerdictKind.UNKNOWN: "nothing was found, and not everything could be checked",
    VerdictKind.CLEAR: "checked, and nothing on the list is like them",
}
_SEALED_CLEAR = "checked, as far as a sealed list tells"
_IN_A_FILE = ("Delete this", "eventsafety event-bans purge deletes it, given this file or its folder")
_ON_A_TERMINAL = ("Clear this terminal", "with the lines that it keeps above; no file was written")
_SEALED = "a sealed list, which does not tell how many entries it has"
_HOW_SURE = {Tier.IDENTICAL: "the same account", Tier.RENAMED: "the same account, renamed"}


def exit_code(screening: Screening) -> int:
    """Return 10 when somebody is on the list, else 11 when a person must look at anything, else 0.

    That is somebody who may be on it or could not be checked, a row or page that could not be read, a private
    registration that was not seen or may not have been, former names that nobody looked up, an entry that only the name
    of its event leaves out, a list of which no entry held.
    """
    if any(finding.verdict is VerdictKind.FLAG for finding in screening.findings):
        return FLAGS_FOUND
    gaps = any(finding.unknown or finding.verdict is not VerdictKind.CLEAR for finding in screening.findings)
    unread = screening.unread_entries or screening.unread_people or screening.unread_pages
    of_nothing = not screening.entries and not screening.is_sealed
    is_open = gaps or unread or screening.private_unseen or of_nothing or any(not_known(screening))
    return NOT_ALL_CHECKED if is_open else 0


def has_matches(screening: Screening) -> bool:
    """Whether somebody is on the list or may be."""
    return any(finding.hits for finding in screening.findings)


def checked(screening: Screening) -> tuple[int, int]:
    """Return how many registrants were checked in full, and how many there are that anybody knows of."""
    everybody = len(screening.findings) + len(screening.unread_people) + (screening.private_unseen or 0)
    return sum(not finding.unknown for finding in screening.findings), everybody


def coverage(screening: Screening) -> str:
    """Return who was checked of how many and who was not, in a sentence."""
    done, everybody = checked(screening)
    missed = tuple(_missed(screening))
    text = f"{done:,} of {everybody:,} checked in full" + (f"; not checked: {', '.join(missed)}" if missed else "")
    return " ".join((f"{text}.", *not_known(screening)))


def not_known(screening: Screening) -> Iterator[str]:
    """Yield what is not known of the run as a whole, in sentences; the people may be clear all the same."""
    if by_name := screening.left_out.get(OTHER_NAME):
        entries = "1 entry was" if by_name == 1 else f"{by_name:,} entries were"
        yield f"{entries} left out only because the list gives another name of an event: look whether it is this one."
    if former := not_looked_up([finding.person for finding in screening.findings]):
        yield f"Former names of {former:,} {'account' if former == 1 else 'accounts'} are not known."
    if screening.private_unseen is None:
        yield "Whether others registered privately is not known."


def text(
    screening: Screening, width: int, *, colour: bool, contact: str, own_list: bool = False, to_file: bool = True
) -> str:
    """Return the result for a terminal of this width; ``contact`` and ``own_list`` are as for ``confidentiality``.

    ``to_file`` says that it goes into a file, which can be deleted; a terminal can only be cleared.
    """
    page = Page(width, colour=colour)
    _head(page, screening)
    _people(page, "On the list", VerdictKind.FLAG, screening)
    _people(page, "May be on the list", VerdictKind.REVIEW, screening)
    if has_matches(screening):
        rules = confidentiality.lines(contact, own_list=own_list)
        page.sentences("What to do with this, and what not to do", rules, "bold red")
    _gaps(page, screening)
    _unread(page, "Rows of the list that could not be read", screening.unread_entries)
    _unread(page, "Rows of registrants that could not be read", screening.unread_people)
    unknown = _STYLES[VerdictKind.UNKNOWN]
    page.sentences("Pages on which people may have signed up", screening.unread_pages, unknown)
    page.sentences("Entries that do not count here", [f"{n:,}: {why}" for why, n in screening.left_out.items()])
    page.sentences("About this check", screening.notes)
    page.heading(coverage(screening))
    if not has_matches(screening):
        page.line(confidentiality.NOBODY)
    do, how = _IN_A_FILE if to_file else _ON_A_TERMINAL
    page.line(f"{do} at {_moment(screening.delete_after)} at the latest, when the right to use the list ends ({how}).")
    first = marks.head(marks.EVENT_BANS, screening.delete_after, screening.occasion.title)
    return f"{first}\n\n{page}"


def _head(page: Page, screening: Screening) -> None:
    occasion = screening.occasion
    page.line(safe(f"Confidential check of {occasion.title or 'an event without a title'}", "bold"))
    times = [_moment(at) for at in (occasion.start, occasion.end) if at is not None]
    kind = {True: ("in person",), False: ("online",), None: ()}[occasion.in_person]
    when = (" to ".join(times),) if len(times) > 1 else tuple(f"until {one}" for one in times)
    page.line(" · ".join((*when, *kind, f"checked at {_moment(screening.checked_at)}")))
    entries = f"{screening.entries:,} {'entry' if screening.entries == 1 else 'entries'} of a list"
    page.line(f"Held against {_SEALED if screening.is_sealed else entries}.")
    counts = Counter(finding.verdict for finding in screening.findings)
    page.heading("Result")
    for kind_of in VerdictKind:
        told = _SEALED_CLEAR if screening.is_sealed and kind_of is VerdictKind.CLEAR else _TOLD[kind_of]
        counted = f"{kind_of.value:<8}{counts[kind_of]:>7,}  {told}"
        page.line(safe(counted, _STYLES[kind_of]), indent=2)


def _people(page: Page, title: str, kind: VerdictKind, screening: Screening) -> None:
    people = [finding for finding in screening.findings if finding.verdict is kind]
    if people:
        page.heading(f"{title} ({len(people):,})", _STYLES[kind])
    for number, finding in enumerate(people, 1):
        page.line(safe(f"{number}. {label(finding.person)}", "bold"))
        for hit in finding.hits[:HITS_SHOWN]:
            page.line(hit.text, indent=3)
            page.line(f"List: {hit.entry}. Compared: {hit.by.value}. This is {_how_sure(hit)}.", indent=3)
        if (rest := len(finding.hits) - HITS_SHOWN) > 0:
            page.line(f"And {rest:,} more, none of them surer.", indent=3)


def label(person: Person) -> str:
    """Return how a person is called here: the account, else the real name, and where they were read."""
    name = person.name or person.real_name or person.email or "Somebody without a name"
    beside = f", real name “{person.real_name}”" if person.name and person.real_name else ""
    return f"{name}{beside} ({person.where}{', registered privately' if person.is_private else ''})"


def _how_sure(hit: Hit) -> str:
    return f"{_HOW_SURE.get(hit.tier, 'a hint, no proof')} ({hit.tier.value})"


def _gaps(page: Page, screening: Screening) -> None:
    """Print who could not be checked, by cause; also those who were found may have gaps."""
    by_cause: dict[str, list[Finding]] = {}
    for finding in screening.findings:
        for cause in finding.unknown:
            by_cause.setdefault(cause[:1].upper() + cause[1:], []).append(finding)
    if by_cause:
        page.heading("Not checked in full", _STYLES[VerdictKind.UNKNOWN])
    for cause, findings in by_cause.items():
        everybody = len(findings) == len(screening.findings) > 1
        page.item(f"{'all ' if everybody else ''}{_registrants(len(findings))}: {cause}")
        if not everybody:
            shown = [label(finding.person) for finding in findings[:NAMES_SHOWN]]
            rest = len(findings) - len(shown)
            page.line(" | ".join(shown) + (f" and {rest:,} more" if rest else ""), indent=4)


def _unread(page: Page, title: str, rows: Sequence[UnreadRow]) -> None:
    shown = [f"row {row.row}: {row.why}" for row in rows[:ROWS_SHOWN]]
    page.sentences(f"{title} ({len(rows):,})", shown, _STYLES[VerdictKind.UNKNOWN])
    if (rest := len(rows) - ROWS_SHOWN) > 0:
        page.item(f"and {rest:,} more rows")


def _missed(screening: Screening) -> Iterator[str]:
    if gaps := sum(bool(finding.unknown) for finding in screening.findings):
        yield f"{_registrants(gaps)}, at all or against some entries"
    if rows := len(screening.unread_people):
        yield f"{rows:,} {'row' if rows == 1 else 'rows'} of registrants that could not be read"
    if pages := len(screening.unread_pages):
        yield f"{pages:,} {'page' if pages == 1 else 'pages'} that could not be read"
    if unseen := screening.private_unseen:
        yield f"{unseen:,} who registered privately"


def _registrants(count: int) -> str:
    return f"{count:,} {'registrant' if count == 1 else 'registrants'}"


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%d %H:%M UTC")
