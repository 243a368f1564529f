"""How ready an event is, for a terminal or as JSON: every item with where it is done or what to do; judges nothing.

What is missing is a thing to do, not a fault: the words are for volunteers who prepare an event in their spare time.
"""

from __future__ import annotations

import json
from collections.abc import Iterable

from rich.table import Table
from rich.text import Text

from bot import escape
from bot.duty.contradictions import ADVICE, whence
from bot.duty.courses import CourseNeed
from bot.duty.items import BEGIN, BY_ID, DECLARE, Told
from bot.duty.readiness import Readiness
from bot.duty.reports import ReportTo
from bot.model import Event, ItemState, ReadinessItem
from bot.paper import Page
from bot.render import words

SCHEMA = "eventsafety/readiness@1"
STYLES = {
    ItemState.DONE: "green",
    ItemState.MISSING: "bold red",
    ItemState.CANNOT_TELL: "bold magenta",
    ItemState.NOT_APPLICABLE: "dim",
}
MEANINGS = {
    ItemState.DONE: "seen, or declared in the roster",
    ItemState.MISSING: "there is something to do",
    ItemState.CANNOT_TELL: "no page shows it: find out, then declare it in the roster",
    ItemState.NOT_APPLICABLE: "not asked of this event, or not yet",
}
DIFFER = "Roster and registration differ"
REPORT_TO = "Whom to report incidents to"
COURSES = "Courses still to be taken"
LOOK_UP = "look up the address"
LIST = (
    'The list is that of the training module "Keeping events safe"; an event can be safe without a tick on every line, '
    "and unsafe with all of them."
)
# Below this width a column of states would leave no room for sentences.
NARROW = 48


def report(readiness: Readiness, width: int, *, colour: bool) -> str:
    """Return the list for a person, then the numbers, whom to report incidents to, and who still needs which course."""
    page = Page(width, colour=colour)
    page.line(_text(title(readiness), "bold"))
    page.address(readiness.event.url)
    page.line(" · ".join(facts(readiness)))
    page.heading(headline(readiness), STYLES[worst(readiness)])
    if begin := beginning(readiness):
        page.line(begin)
    if readiness.contradictions:
        page.sentences(DIFFER, readiness.contradictions)
        page.line(f"-> {ADVICE}", indent=4)
    page.heading("Preparation")
    if width < NARROW:
        for item in readiness.items:
            _stacked(page, item)
    else:
        page.table(_items(readiness.items))
    page.heading("Summary")
    page.table(_counts(readiness))
    page.heading(REPORT_TO)
    page.line(readiness.emergency)
    for one in readiness.report_to:
        page.item(_text(one.name, "bold"), f": {one.address or look_up(one)}. {one.why}")
    _courses(page, readiness.courses)
    for sentence in notes(readiness):
        page.heading(sentence, "")
    return str(page)


def title(readiness: Readiness) -> str:
    """Return what to call the event."""
    return readiness.event.name or readiness.event.title or "The event"


def facts(readiness: Readiness) -> tuple[str, ...]:
    """Return what tells this report from others: the page, the times of the event, when it was made."""
    event = readiness.event
    times = " to ".join(part for part in (words.moment(event.start), words.moment(event.end)) if part)
    known = (
        f"Page: {event.title}" if event.name and event.name != event.title else "",
        f"{times}, {whence(event)}" if times else "",
        f"Looked at {words.moment(readiness.at)}",
    )
    return tuple(fact for fact in known if fact)


def headline(readiness: Readiness) -> str:
    """Return how ready the event is, in one or two sentences."""
    counts = readiness.counts
    asked = len(readiness.items) - counts[ItemState.NOT_APPLICABLE]
    done, missing, open_ones = (counts[s] for s in (ItemState.DONE, ItemState.MISSING, ItemState.CANNOT_TELL))
    if not missing and not open_ones:
        return f"All {words.count(asked, 'item is', 'items are')} done."
    told = [f"{done:,} of {words.count(asked, 'item', 'items')} {'is' if done == 1 else 'are'} done."]
    if missing:
        told.append(f"{missing:,} {'is' if missing == 1 else 'are'} missing.")
    if open_ones:
        told.append(f"{open_ones:,} cannot be told from here.")
    return " ".join(told)


def beginning(readiness: Readiness) -> str:
    """Return what to do before anything else, empty when that is done."""
    return "" if readiness.has_roster else BEGIN


def notes(readiness: Readiness) -> tuple[str, ...]:
    """Return what is said once below the list: how to declare what is open, and what a list can do."""
    is_open = any(BY_ID[item.id].told is not Told.FACTS for item in readiness.items if item.advice)
    return (DECLARE, LIST) if is_open else (LIST,)


def look_up(one: ReportTo) -> str:
    """Return what to do about somebody without an address; the settings can keep it where they have a key for it."""
    return f'{LOOK_UP}, and write it down in the settings as {one.setting} = "…"' if one.setting else LOOK_UP


def worst(readiness: Readiness) -> ItemState:
    """Return the state that asks for most, of those that occur."""
    order = (ItemState.MISSING, ItemState.CANNOT_TELL, ItemState.DONE)
    return next((state for state in order if readiness.counts[state]), ItemState.NOT_APPLICABLE)


def as_json(readiness: Readiness) -> str:
    """Return ``eventsafety/readiness@1``."""
    document = {
        "schema": SCHEMA,
        "event": _event(readiness.event),
        "looked_at": words.utc(readiness.at),
        "contradictions": list(readiness.contradictions),
        "items": [_item(item) for item in readiness.items],
        "summary": {state.value: number for state, number in readiness.counts.items()},
        "emergency": readiness.emergency,
        "report_to": [_report_to(one) for one in readiness.report_to],
        "courses": [_need(need) for need in readiness.courses],
    }
    return escape.json_text(json.dumps(document, ensure_ascii=False, indent=2)) + "\n"


def _items(items: Iterable[ReadinessItem]) -> Table:
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(no_wrap=True)
    for item in items:
        table.add_row(_text(item.state.value, STYLES[item.state]), _text(item.title))
        for line in _below(item):
            table.add_row("", _text(line))
    return table


def _stacked(page: Page, item: ReadinessItem) -> None:
    page.line(_text(item.state.value, STYLES[item.state]), f": {item.title}")
    for line in _below(item):
        page.line(line, indent=2)


def _below(item: ReadinessItem) -> tuple[str, ...]:
    """Return what stands below the title of an item: where it is done or what is wrong, and what to do."""
    return tuple(line for line in (item.where, f"-> {item.advice}" if item.advice else "") if line)


def _counts(readiness: Readiness) -> Table:
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(no_wrap=True)
    table.add_column(justify="right", no_wrap=True)
    for state, number in readiness.counts.items():
        table.add_row(_text(state.value, STYLES[state]), _text(f"{number:,}"), _text(MEANINGS[state]))
    return table


def _courses(page: Page, needs: Iterable[CourseNeed]) -> None:
    for number, need in enumerate(needs):
        if not number:
            page.heading(COURSES)
        page.item(_text(need.who, "bold"), f": {need.course}. {need.text}")
        if need.cohort and need.cohort.where:
            if escape.web_address(need.cohort.where):
                page.address(need.cohort.where, indent=4)
            else:
                page.line(f"Where: {need.cohort.where}", indent=4)


def _event(event: Event) -> dict[str, object]:
    return {
        "title": event.title,
        "id": event.id,
        "start": words.utc(event.start),
        "end": words.utc(event.end),
        "in_person": event.in_person,
        "name": event.name,
        "url": event.url,
    }


def _item(item: ReadinessItem) -> dict[str, object]:
    known = BY_ID.get(item.id)
    return {
        "id": item.id,
        "title": item.title,
        "state": item.state.value,
        "where": item.where,
        "advice": item.advice,
        "source": known.source if known else "",
    }


def _report_to(one: ReportTo) -> dict[str, object]:
    return {"name": one.name, "address": one.address or None, "why": one.why}


def _need(need: CourseNeed) -> dict[str, object]:
    cohort = need.cohort
    return {
        "who": need.who,
        "course": need.course,
        "cohort": cohort.cohort or None if cohort else None,
        "where": cohort.where or None if cohort else None,
        "begins": words.day(cohort.begins if cohort else None),
        "apply_until": words.day(cohort.apply_until if cohort else None),
        "text": need.text,
    }


def _text(text: str, style: str = "") -> Text:
    return Text(escape.terminal(text), style)
