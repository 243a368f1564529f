"""Finds what is wrong between the entries of a roster, such as who stands there twice; looks at no entry by itself."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from bot.model import ChannelKind, Contact, Roster
from bot.parse.contact_fields import phases_text
from bot.parse.roster_record import Problems

_SHORTEST_PRIVATE = 6  # digits; a short number is a public one


def check(roster: Roster, problems: Problems) -> None:
    """Add a problem for each person, place in the escalation, course and item that is there twice at the same time.

    Contacts of whom it could not be read when they are there are left out. The emergency number goes to a public page,
    so it may not be a telephone that nobody made public.
    """
    _people(roster.contacts, problems)
    _number(roster, problems)
    seen: dict[tuple[str, ...], int] = {}
    for course in roster.courses:
        named = (course.name.casefold(), course.cohort.casefold())
        if named in seen:
            text = f'The course "{course.name}" stands on line {seen[named]} already; leave one out.'
            problems.add(course.line, text)
        seen.setdefault(named, course.line)
    for item in roster.declared:
        if (item.item,) in seen:
            text = f'The item "{item.item}" is declared on line {seen[(item.item,)]} already; leave one out.'
            problems.add(item.line, text)
        seen.setdefault((item.item,), item.line)


def _people(contacts: Sequence[Contact], problems: Problems) -> None:
    alike: dict[str | int, list[Contact]] = defaultdict(list)
    for one in contacts:
        if problems.partly_read or one.line in problems.unsettled:
            continue
        keys = (one.name,) if one.order is None else (one.name, one.order)
        clashes = (_clash(one, other) for key in keys for other in alike[key] if _meet(one, other))
        if text := next(clashes, ""):
            problems.add(one.line, text)
        for key in keys:
            alike[key].append(one)


def _number(roster: Roster, problems: Problems) -> None:
    said = _digits(roster.event.emergency_number)
    phones = [(one, each) for one in roster.contacts for each in one.channels if each.kind is ChannelKind.PHONE]
    public = {_digits(channel.value) for _, channel in phones if channel.public}
    for contact, channel in phones:
        own = _digits(channel.value)
        if own not in public and len(own) >= _SHORTEST_PRIVATE and own in said:
            text = f"The emergency number of the event is the telephone of {contact.name}, which is not public;"
            problems.add(contact.line, f"{text} mark it public, or write another number.")
            return


def _digits(text: str) -> str:
    return "".join(character for character in text if character.isdigit())


def _meet(one: Contact, other: Contact) -> bool:
    """Whether two entries share a phase and a day."""
    begins, ends = max(_first(one), _first(other)), min(_last(one), _last(other))
    return begins <= ends and not set(one.phases).isdisjoint(other.phases)


def _first(one: Contact) -> date:
    return one.begins or date.min


def _last(one: Contact) -> date:
    return one.ends or date.max


def _clash(one: Contact, other: Contact) -> str:
    if one.name == other.name:
        shared = phases_text(tuple(phase for phase in one.phases if phase in other.phases))
        return (
            f'"{one.name}" stands on line {other.line} already for the same days ({shared});'
            " put both in one, or give them other phases or days."
        )
    return f'Place {one.order} in the escalation is that of "{other.name}" on line {other.line} already.'
