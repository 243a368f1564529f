"""What a check has to tell a person, in order and in plain sentences; knows neither terminal nor HTML.

The words are chosen for somebody tired who may act on them: a match is "needs a decision", never an accusation, and
what was not checked stands beside what was.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC

from bot.model import (
    CheckResult,
    Event,
    Evidence,
    Judged,
    Origin,
    Registrant,
    Severity,
    Source,
    SourceState,
    Tier,
    VerdictKind,
)
from bot.render import agreement, words

SEVERITIES = {
    Severity.BAN: "On a ban list",
    Severity.LOCK: "Locked globally",
    Severity.GLOBAL_BLOCK: "Blocked globally",
    Severity.SITEWIDE_BLOCK: "Blocked on the whole wiki",
    Severity.PARTIAL_BLOCK: "Blocked from parts of the wiki only",
    Severity.NAME_FORM: "Letters of several scripts in one word",
}
TIERS = {
    Tier.IDENTICAL: "the same account",
    Tier.RENAMED: "the same account, renamed",
}
LIKENESSES = {
    Tier.FOLD: "Looks like a listed name",
    Tier.CONFUSABLE: "Looks like a listed name",
    Tier.TRANSLIT: "Sounds like a listed name",
    Tier.NEAR: "Is nearly a listed name",
    Tier.CONTAINS: "Shares a part with a listed name",
}
STATES = {
    SourceState.OK: "read",
    SourceState.FAILED: "could not be read",
    SourceState.STALE: "too old to rely on",
    SourceState.UNRECOGNISED: "not understood, so not relied on",
    SourceState.OFF: "switched off in the settings",
}
VERDICTS = {
    VerdictKind.FLAG: "the same account stands in a source: needs a decision",
    VerdictKind.REVIEW: "weak sign or look-alike: needs a look",
    VerdictKind.UNKNOWN: "could not be checked: treat as open",
    VerdictKind.CLEAR: "every source answered, nothing found",
}
NOT_COVERED = (
    "The confidential event-ban list of the Wikimedia Foundation is not part of this check. Only those who may hold it "
    "can compare it."
)
DECIDE = (
    "Open each link and see for yourself that it still says so and that it is the same person.",
    (
        "People decide, not this report: bring it, in private, to those who answer for the safety of this event, at "
        "least two of them. About a ban by the Wikimedia Foundation, its Trust and Safety team is who to ask."
    ),
    (
        "Do not accuse anybody, do not post these names where others can read them, and do not tell a person of a ban: "
        "that is for Trust and Safety to do."
    ),
)
LOCKS = (
    "A lock is not a ban: accounts are also locked for spam, for an unfit name, or because somebody stole them. The "
    "log entry is where to start."
)
LOOK_ALIKES = "A look-alike or a partial block proves nothing: look at it, and do nothing on the strength of it alone."
OPEN = "Who could not be checked is neither cleared nor suspected: run the check again later, or look each up by hand."
UNREAD = "Each line that could not be read may be somebody's sign-up: look at the page and check the name by hand."


@dataclass(frozen=True, slots=True)
class Gap:
    """One cause for which something could not be checked, the names it holds for, and how many have no name to show."""

    cause: str
    names: tuple[str, ...]
    unnamed: int
    everybody: bool

    @property
    def count(self) -> int:
        """Return for how many registrants the cause holds."""
        return len(self.names) + self.unnamed


@dataclass(frozen=True, slots=True)
class Report:
    """The parts of a report in the order in which they are to be told."""

    title: str
    facts: tuple[str, ...]
    headline: tuple[str, ...]
    counts: tuple[tuple[VerdictKind, int, str], ...]
    flags: tuple[Judged, ...]
    reviews: tuple[Judged, ...]
    gaps: tuple[Gap, ...]
    clear: tuple[Judged, ...]
    advice: tuple[str, ...]
    limits: tuple[str, ...]
    open: bool

    @property
    def gravest(self) -> VerdictKind:
        """Return the gravest verdict that occurs; with gaps, or about nobody, a report is never as good as CLEAR."""
        found = next((kind for kind, number, _ in self.counts if number), VerdictKind.UNKNOWN)
        return VerdictKind.UNKNOWN if found is VerdictKind.CLEAR and self.open else found


def of(result: CheckResult) -> Report:
    """Return the report of a check; registrants keep their order within a verdict."""
    by = {kind: tuple(j for j in result.judged if j.verdict is kind) for kind in VerdictKind}
    return Report(
        title=result.event.name or result.event.title or "The registrants of a file",
        facts=tuple(_facts(result)),
        headline=tuple(_headline(result, by)),
        counts=tuple((kind, len(by[kind]), VERDICTS[kind]) for kind in VerdictKind),
        flags=by[VerdictKind.FLAG],
        reviews=by[VerdictKind.REVIEW],
        gaps=tuple(_gaps(result.judged)),
        clear=by[VerdictKind.CLEAR],
        advice=tuple(_advice(result, by)),
        limits=tuple(_limits(result)),
        open=bool(result.unparsed or result.unread or result.coverage.private),
    )


def marks(registrant: Registrant) -> tuple[str, ...]:
    """Return what a reader must know of a registrant beside the name: withdrawn, maybe, by way of which wiki."""
    found = ("withdrawn" if registrant.withdrawn else "", "may come" if registrant.maybe else "")
    return tuple(mark for mark in (*found, f'named as of "{registrant.prefix}:"' if registrant.prefix else "") if mark)


def place(origin: Origin) -> str:
    """Return where a registrant was read, in words."""
    if origin.kind == "campaignevents":
        return "Put down in the event's registration"
    line = f", line {origin.line}" if origin.line else ""
    if origin.kind == "csv":
        return f"In the CSV file{line}"
    return f'On the page "{origin.title}"{line}' if origin.title else f"On the sign-up list{line}"


def what(evidence: Evidence) -> str:
    """Return what is known and how sure it is that it is the same account."""
    if evidence.severity is Severity.NAME_FORM:
        return SEVERITIES[evidence.severity]
    return LIKENESSES.get(evidence.tier) or f"{SEVERITIES[evidence.severity]} ({TIERS[evidence.tier]})"


def decision(evidence: Evidence) -> str:
    """Return what the review page says of a flag, empty when nobody decided."""
    said = evidence.decision
    if said is None:
        return ""
    comment = f': "{words.cut(said.comment)}"' if said.comment else "."
    return f"On the review page: {said.status.value}, said {said.by} on {said.when.astimezone(UTC):%Y-%m-%d}{comment}"


def whence(evidence: Evidence, sources: Sequence[Source]) -> str:
    """Return the source of a piece of evidence and the place in it."""
    name = next((source.title for source in sources if source.id == evidence.source and source.title), evidence.source)
    return evidence.where if evidence.where.startswith(name) else f"{name}, {evidence.where}"


def freshness(source: Source) -> str:
    """Return which state of a source was read: revision and time of a list, "now" for account states."""
    if source.state is SourceState.OFF:
        return "not asked"
    parts = [
        f"revision {source.revid}" if source.revid else "",
        f"of {words.moment(source.timestamp)}" if source.timestamp else "",
        words.count(source.entries, "entry", "entries") if source.entries is not None else "",
    ]
    known = [part for part in parts if part]
    return ", ".join(known) or ("asked during this check" if source.state is SourceState.OK else "nothing")


def requests(result: CheckResult) -> str:
    """Return how many requests were sent, by kind."""
    kinds = ", ".join(f"{number:,} {kind}" for kind, number in sorted(result.requests.items()) if number)
    return f"{words.count(sum(result.requests.values()), 'request', 'requests')} to the wiki" + (
        f" ({kinds})" if kinds else ""
    )


def _facts(result: CheckResult) -> Iterable[str]:
    event = result.event
    if event.name and event.name != event.title:
        yield f"Page: {event.title}"
    if event.id is not None:
        yield f"Registration {event.id}"
    if when := _when(event):
        yield when
    if event.in_person is not None:
        yield "In person" if event.in_person else "Online only"
    if event.is_test:
        yield "Marked by its organizers as a test event"
    yield f"Checked {words.moment(result.checked_at)}"
    yield from agreement.fact(result.judged)


def _when(event: Event) -> str:
    return " to ".join(part for part in (words.moment(event.start), words.moment(event.end)) if part)


def _headline(result: CheckResult, by: dict[VerdictKind, tuple[Judged, ...]]) -> Iterable[str]:
    total, flags = len(result.judged), len(by[VerdictKind.FLAG])
    if not total:
        yield "No registrants were found."
    elif flags:
        needs = "needs" if flags == 1 else "need"
        yield f"{flags:,} of {words.count(total, 'registrant', 'registrants')} {needs} a decision."
        if decided := sum(_is_decided(one) for one in by[VerdictKind.FLAG]):
            yield f"{decided:,} of these {'was' if decided == 1 else 'were'} decided on the review page."
    else:
        yield f"None of {words.count(total, 'registrant', 'registrants')} needs a decision."
    if reviews := len(by[VerdictKind.REVIEW]):
        yield f"{reviews:,} {'needs' if reviews == 1 else 'need'} a look."
    if unknown := len(by[VerdictKind.UNKNOWN]):
        yield f"{unknown:,} could not be checked."
    if result.unparsed:
        yield f"{words.count(len(result.unparsed), 'line', 'lines')} could not be read."
    if result.unread:
        yield f"{words.count(len(result.unread), 'page', 'pages')} with sign-ups could not be read."
    if broken := sum(source.state not in (SourceState.OK, SourceState.OFF) for source in result.sources):
        yield f"{words.count(broken, 'source', 'sources')} could not be relied on, so nobody can be called clear."
    if total and not (unknown or result.unparsed or result.unread) and not any(one.unknown for one in result.judged):
        yield "Everybody on the list was checked."
    yield from agreement.owing(result.judged)


def _is_decided(judged: Judged) -> bool:
    return any(one.decision for one in judged.evidence) and all(
        one.decision or one.tier not in TIERS or one.severity is Severity.PARTIAL_BLOCK for one in judged.evidence
    )


def _gaps(judged: Sequence[Judged]) -> Iterable[Gap]:
    holders: dict[str, list[str | None]] = {}
    for one in judged:
        for cause in one.unknown:
            holders.setdefault(cause, []).append(one.registrant.name)
    for cause, names in sorted(holders.items(), key=lambda item: len(item[1])):
        shown = tuple(name for name in names if name is not None)
        yield Gap(cause, shown, len(names) - len(shown), len(names) == len(judged) > 1)


def own_gaps(one: Judged, gaps: Sequence[Gap]) -> tuple[str, ...]:
    """Return what could not be checked of one registrant, less what could not be checked of anybody."""
    shared = {gap.cause for gap in gaps if gap.everybody}
    return tuple(cause for cause in one.unknown if cause not in shared)


def _advice(result: CheckResult, by: dict[VerdictKind, tuple[Judged, ...]]) -> Iterable[str]:
    if by[VerdictKind.FLAG]:
        yield from DECIDE
    if any(evidence.severity is Severity.LOCK for one in result.judged for evidence in one.evidence):
        yield LOCKS
    if by[VerdictKind.REVIEW]:
        yield LOOK_ALIKES
    if any(one.unknown for one in result.judged):
        yield OPEN
    if result.unparsed:
        yield UNREAD


def _limits(result: CheckResult) -> Iterable[str]:
    private = result.coverage.private
    if private:
        people = words.count(private, "person has", "people have")
        yield f"{people} registered privately: this check cannot see them, the organizers of the event can."
    elif private is None and result.event.id is not None:
        yield "Whether somebody registered privately is not known; private registrants are not visible to this check."
    yield from result.notes
    for source in result.sources:
        if source.state is SourceState.OFF:
            yield f"The source {source.id} is switched off in the settings and was not asked."
    yield NOT_COVERED
