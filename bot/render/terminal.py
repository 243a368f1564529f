"""Results as text for a terminal of any width, or for a pipe; every word from a wiki goes through ``bot.escape``.

Addresses stand on lines of their own that are never broken, so that they can be clicked and copied.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.table import Table
from rich.text import Text

from bot.model import (
    Banlist,
    CheckResult,
    Evidence,
    Excluded,
    Finding,
    FindingState,
    Judged,
    Signups,
    Source,
    SourceState,
    Unparsed,
    VerdictKind,
)
from bot.paper import Page, safe
from bot.render import report, words

STYLES = {
    VerdictKind.FLAG: "bold red",
    VerdictKind.REVIEW: "bold yellow",
    VerdictKind.UNKNOWN: "bold magenta",
    VerdictKind.CLEAR: "green",
    FindingState.OK: "green",
    FindingState.WARN: "bold yellow",
    FindingState.FAIL: "bold red",
}
NAMES_SHOWN = 20


def check(result: CheckResult, width: int, *, colour: bool, everything: bool = False) -> str:
    """Return the report of a check for a person; ``everything`` lists those who are clear and all names of a gap."""
    told = report.of(result)
    page = Page(width, colour=colour)
    page.line(safe(told.title, "bold"))
    page.address(result.event.url)
    page.line(" · ".join(told.facts))
    page.heading(" ".join(told.headline), STYLES[told.gravest])
    page.table(_counts(told))
    _people(page, "Needs a decision", VerdictKind.FLAG, told.flags, told, result)
    _people(page, "Needs a look", VerdictKind.REVIEW, told.reviews, told, result)
    _gaps(page, told.gaps, everything=everything)
    _unparsed(page, result.unparsed)
    if everything:
        _clear(page, told.clear)
        _excluded(page, "Named on the page, and no registrants", result.excluded)
    _sources(page, result.sources)
    page.sentences("What to do now", told.advice)
    page.sentences("What this check cannot see", told.limits)
    page.heading(report.requests(result) + ".", "")
    return str(page)


def signups(found: Signups, width: int, *, colour: bool) -> str:
    """Return who signed up, who is named and did not, and what could not be read."""
    page = Page(width, colour=colour)
    lists = ", ".join(f'"{section}"' for section in found.sections)
    page.line(safe(words.count(len(found.registrants), "registrant", "registrants"), "bold"))
    page.line(f"Sign-up lists: {lists}" if lists else "No sign-up list was found on this page.")
    if found.registrants:
        rows = (
            (str(r.origin.line or ""), r.name or "", ", ".join((r.origin.kind, *report.marks(r))), r.origin.section)
            for r in found.registrants
        )
        page.heading("Registrants")
        page.table(_table(("Line", "Name", "How", "Section"), rows))
    _excluded(page, "Named, and no registrants", found.excluded)
    _unparsed(page, found.unparsed)
    return str(page)


def banlist(found: Banlist, width: int, *, colour: bool) -> str:
    """Return who stands on a list, what was passed over and why, and what was not understood."""
    page = Page(width, colour=colour)
    page.line(safe(words.count(len(found.entries), "entry", "entries"), "bold"))
    if found.unrecognised:
        page.line("Not all of this page was understood, so nobody can be called clear by it.")
    if found.entries:
        rows = ((str(e.line), e.name, e.authority, e.since, e.section) for e in found.entries)
        page.heading("Entries")
        page.table(_table(("Line", "Name", "By", "Since", "Section"), rows))
    _excluded(page, "Passed over", found.ignored)
    _unparsed(page, found.unrecognised)
    return str(page)


def doctor(findings: Sequence[Finding], width: int, *, colour: bool) -> str:
    """Return the points of the set-up, one below the other, each with what to do about it."""
    page = Page(width, colour=colour)
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(min_width=4, no_wrap=True)
    for finding in findings:
        table.add_row(safe(finding.state.value, STYLES[finding.state]), safe(f"{finding.name}: {finding.text}"))
        if finding.advice:
            table.add_row("", safe(f"-> {finding.advice}"))
    page.table(table)
    return str(page)


def _counts(told: report.Report) -> Table:
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(no_wrap=True)
    table.add_column(justify="right", no_wrap=True)
    for kind, number, meaning in told.counts:
        table.add_row(Text(kind.value, STYLES[kind]), Text(f"{number:,}"), Text(meaning))
    return table


def _people(
    page: Page, title: str, kind: VerdictKind, people: Sequence[Judged], told: report.Report, result: CheckResult
) -> None:
    if not people:
        return
    page.heading(f"{title} ({len(people):,})", STYLES[kind])
    for number, one in enumerate(people, 1):
        marks = "".join(f" [{mark}]" for mark in report.marks(one.registrant))
        page.line(f"{number}. ", safe(one.registrant.name or "", "bold"), marks)
        page.line(report.place(one.registrant.origin), indent=3)
        for evidence in one.evidence:
            _evidence(page, evidence, result.sources)
        for cause in report.own_gaps(one, told.gaps):
            page.line(f"Not checked: {cause}", indent=3)


def _evidence(page: Page, evidence: Evidence, sources: Sequence[Source]) -> None:
    page.line(safe(report.what(evidence), "italic"), indent=3)
    page.line(evidence.text, indent=3)
    page.line(f"Source: {report.whence(evidence, sources)}", indent=3)
    page.address(evidence.url, indent=3)
    if said := report.decision(evidence):
        page.line(said, indent=3)
        page.address(evidence.decision.url if evidence.decision else None, indent=3)


def _gaps(page: Page, gaps: Sequence[report.Gap], *, everything: bool) -> None:
    if not gaps:
        return
    page.heading("Not checked", STYLES[VerdictKind.UNKNOWN])
    for gap in gaps:
        page.item(
            f"{'all ' if gap.everybody else ''}{words.count(gap.count, 'registrant', 'registrants')}: {gap.cause}"
        )
        if gap.names and not gap.everybody:
            page.line(names(gap.names, everything=everything), indent=4)


def names(people: Sequence[str], *, everything: bool) -> str:
    """Return the names in one line, the first twenty unless ``everything`` is wanted; no name can hold a pipe."""
    shown = people if everything else people[:NAMES_SHOWN]
    rest = len(people) - len(shown)
    return " | ".join(shown) + (f" and {rest:,} more (-v lists all)" if rest else "")


def _unparsed(page: Page, lines: Sequence[Unparsed]) -> None:
    if not lines:
        return
    page.heading(f"Lines that could not be read ({len(lines):,})", STYLES[VerdictKind.UNKNOWN])
    for line in lines:
        where = f"{line.title}, line {line.line}" if line.title else f"line {line.line}"
        page.item(f"{where}: {words.cut(line.text)}", f" ({line.why})" if line.why else "")


def _clear(page: Page, people: Sequence[Judged]) -> None:
    if people:
        page.heading(f"Clear ({len(people):,})", STYLES[VerdictKind.CLEAR])
        for one in people:
            page.item(one.registrant.name or "", "".join(f" [{mark}]" for mark in report.marks(one.registrant)))


def _excluded(page: Page, title: str, names: Sequence[Excluded]) -> None:
    if names:
        page.heading(f"{title} ({len(names):,})")
        for one in names:
            page.item(f"line {one.line}: {words.cut(one.name)} ({one.why})")


def _sources(page: Page, sources: Sequence[Source]) -> None:
    page.heading("Sources")
    for source in sources:
        bad = source.state not in (SourceState.OK, SourceState.OFF)
        page.item(
            safe(source.title or source.id, "bold"),
            ": ",
            safe(report.STATES[source.state], STYLES[VerdictKind.UNKNOWN] if bad else ""),
            f"; {report.freshness(source)}" if not bad or source.revid else "",
            f". {source.detail}" if source.detail else "",
        )


def _table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style="underline")
    for heading in headings:
        table.add_column(heading, overflow="fold", justify="right" if heading == "Line" else "left")
    for row in rows:
        table.add_row(*(safe(words.cut(cell)) for cell in row))
    return table
