"""Which findings of a check may stand on a public page, and by what a flag is known again; knows no page.

Laws: only what is known of this very account (never a likeness), only from public sources, only of people who can be
seen to have registered, and never the name of an account that the wiki does not show.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot.model import ACCOUNT_GAP, CheckResult, Event, Evidence, Judged, Severity, Source, SourceKind, Tier, VerdictKind

PUBLIC = "public"
# Where people can be seen to have put themselves down; a CSV file is its owner's, and may hold anybody.
_PRIVATE_ORIGINS = frozenset({"csv"})
_FACT_TIERS = frozenset({Tier.IDENTICAL, Tier.RENAMED})
_GRAVITY = (Severity.BAN, Severity.LOCK, Severity.GLOBAL_BLOCK, Severity.SITEWIDE_BLOCK)


@dataclass(frozen=True, slots=True)
class Flag:
    """One source's word about one registrant: ``id`` stays the same for as long as both do.

    ``facts`` changes when what the source says changes. ``listed`` is the name on the list where it is another one.
    ``label`` is the source for people, ``date`` the day of the event (ISO), both may be empty.
    """

    id: str
    name: str
    source: str
    label: str
    severity: Severity
    facts: str
    where: str = ""
    url: str = ""
    since: str = ""
    until: str = ""
    listed: str = ""
    event: str = ""
    date: str = ""

    @property
    def order(self) -> tuple[int, str, str]:
        """Return the sort key: the gravest first, then by the date of the event, then by name."""
        return _GRAVITY.index(self.severity), self.date or "9999", self.name


def may_be_seen(judged: Judged) -> bool:
    """Tell whether everybody can see that a registrant is registered."""
    registrant = judged.registrant
    return registrant.name is not None and registrant.origin.kind not in _PRIVATE_ORIGINS and not registrant.withdrawn


def is_fact(evidence: Evidence) -> bool:
    """Tell whether evidence is of this very account and grave enough for a flag."""
    return evidence.tier in _FACT_TIERS and evidence.severity in _GRAVITY


def of(result: CheckResult) -> tuple[Flag, ...]:
    """Return the flags of a check, each once, in the order in which they are to be shown."""
    sources = {source.id: source for source in result.sources}
    flags = (flag for judged in result.judged for flag in _of_person(judged, result.event, sources))
    return tuple(sorted({flag.id: flag for flag in flags}.values(), key=lambda flag: flag.order))


def presence(result: CheckResult) -> dict[str, tuple[Judged, Source]]:
    """Return, by the id that a flag would have, everybody who registered with each public source.

    Who registered twice, and can be seen in one place alone, can be seen.
    """
    return {
        flag_id(result.event, judged, source.id): (judged, source)
        for judged in sorted(result.judged, key=may_be_seen)
        for source in result.sources
        if source.visibility == PUBLIC
    }


def flag_id(event: Event, judged: Judged, source: str) -> str:
    """Return 10 characters that stand for an event, an account and a source."""
    of_event = f"#{event.id}" if event.id is not None else event.title
    who = judged.central_id or f"@{judged.registrant.name}"
    number = int(hashlib.sha256(f"{of_event}|{who}|{source}".encode(errors="backslashreplace")).hexdigest(), 16)
    return "".join(_ALPHABET[number >> 5 * place & 31] for place in range(10))


def names_to_be_seen(result: CheckResult) -> frozenset[str]:
    """Return the names of everybody who can be seen to be registered."""
    return _names(judged for judged in result.judged if may_be_seen(judged))


def names_without_account(result: CheckResult) -> frozenset[str]:
    """Return the names of registrants whose global account is not known this time, so that their ids may be others."""
    return _names(judged for judged in result.judged if judged.central_id is None)


def names_without_existence(result: CheckResult) -> frozenset[str]:
    """Return the names of registrants whose account is not there, as the wiki says; hidden ones look like that."""
    return _names(judged for judged in result.judged if judged.missing)


def _names(people: Iterable[Judged]) -> frozenset[str]:
    return frozenset(judged.registrant.name for judged in people if judged.registrant.name is not None)


def unchecked(result: CheckResult) -> dict[str, int]:
    """Return for each cause how many registrants (lines, pages) could not be checked; counts alone, no names."""
    counts: dict[str, int] = {}
    for judged in result.judged:
        for gap in judged.gaps:
            counts[gap] = counts.get(gap, 0) + 1
    order = [*(s.id for s in result.sources if s.visibility == PUBLIC), ACCOUNT_GAP]
    counts |= {"line": len(result.unparsed), "page": len(result.unread), "private": result.coverage.private or 0}
    return {cause: counts[cause] for cause in (*order, "line", "page", "private") if counts.get(cause)}


# Without letters and digits that are taken for one another.
_ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz0"


def _of_person(judged: Judged, event: Event, sources: dict[str, Source]) -> Iterator[Flag]:
    if judged.verdict is not VerdictKind.FLAG or not (may_be_seen(judged) and judged.exists):
        return
    for same in _by_source(judged.evidence):
        evidence, source = same[0], sources.get(same[0].source)
        if source is None or source.visibility != PUBLIC:
            continue
        name = judged.registrant.name or ""
        is_list = source.kind is SourceKind.LIST
        yield Flag(
            id=flag_id(event, judged, source.id),
            name=name,
            source=source.id,
            label=source.title or source.id,
            severity=evidence.severity,
            facts=_facts(same, is_list=is_list),
            where=evidence.where,
            url=evidence.url or "",
            since=evidence.since,
            until=evidence.until,
            listed=evidence.right if is_list and evidence.right != name else "",
            event=event.title,
            date=event.start.date().isoformat() if event.start else "",
        )


def _by_source(evidence: Iterable[Evidence]) -> Iterable[list[Evidence]]:
    """Return the facts of this very account by their source, of each the gravest first."""
    found: dict[str, list[Evidence]] = {}
    for one in evidence:
        if is_fact(one):
            found.setdefault(one.source, []).append(one)
    return found.values()


def _facts(same: Iterable[Evidence], *, is_list: bool) -> str:
    """Return what a decision rests on: all that a source says of an account, so that one more entry is another fact.

    Of a list that is the entry, wherever it stands now, of a restriction its log entry.
    """
    parts = sorted(
        "\x1f".join((one.severity, one.right if is_list else one.where, one.since, one.until)) for one in same
    )
    return hashlib.sha256("\x1e".join(parts).encode(errors="backslashreplace")).hexdigest()[:12]
