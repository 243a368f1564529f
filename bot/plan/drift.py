"""Where the roster and the page say different things of the response team; must not know which side is right."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from bot.duty import phases
from bot.model import ChannelKind, Contact, Phase, Role, Roster
from bot.parse import contact_fields as fields
from bot.parse.contacts import PageTeam
from bot.parse.contacts_row import ADDRESSED, NO, YES
from bot.plan import contacts_rows, contacts_values
from bot.plan.contacts_values import Secrets

ROLES, ROW, LIST = "roles", "row", "list"
NOT_SHOWN = "(not shown here)"


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing on which the two sides differ: ``who`` a contact (empty: the event), ``field`` what it is about.

    ``roster`` and ``page`` are what each side says, empty for nothing; a channel that is not public is in neither.
    ``text`` is a sentence. The field "row" is about somebody whom one side does not have, "list" about the whole.
    """

    who: str
    field: str
    roster: str
    page: str
    text: str


def between(roster: Roster, page: PageTeam, phase: Phase | None, day: date | None = None) -> tuple[Difference, ...]:
    """Return what differs between the contacts that the roster has for a phase (and ``day``) and those of a page.

    For no phase (the team answers no longer) the roster has nobody. Rows that could not be read are in
    ``page.unparsed``; with any of them nobody is said to be missing.
    """
    wanted = phases.of(roster.contacts, phase, day)
    if page.call is None:
        nothing = page.broken or not wanted
        return () if nothing else (Difference("", LIST, "", "", "The page has no list of safety contacts."),)
    return (*_of_event(roster, page, phase), *_of_contacts(roster, wanted, page))


def _of_event(roster: Roster, page: PageTeam, phase: Phase | None) -> Iterator[Difference]:
    said, shown = roster.event, page.roster.event
    if phase and page.phase != phase:
        text = f"The page shows who is there {_when(page.phase)}, and it is {phase} the event."
        yield Difference("", "phase", phase.value, page.phase, text)
    sides = (
        ("timezone", said.timezone, shown.timezone),
        ("number", said.emergency_number, shown.emergency_number),
    )
    for name, wanted, there in sides:
        if wanted and fields.spaced(wanted) != there:
            yield _difference("", name, wanted, there)


def _when(phase: str) -> str:
    return f"{phase} the event" if phase in list(Phase) else "at no known time"


def _of_contacts(roster: Roster, wanted: tuple[Contact, ...], page: PageTeam) -> Iterator[Difference]:
    secrets = Secrets(roster.contacts)
    match = contacts_rows.matched(page.rows, wanted)
    for number, contact in enumerate(wanted):
        if number in match.staying:
            yield from _of_contact(contact, match.staying[number][0], secrets)
        elif not page.broken:
            text = f"{contact.name} is in the roster and not on the page."
            yield Difference(contact.name, ROW, contact.name, "", text)
    for gone, _ in match.leaving:
        yield Difference(gone.name, ROW, "", gone.name, _only_on_page(gone, roster, wanted))


def _of_contact(contact: Contact, there: Contact, secrets: Secrets) -> Iterator[Difference]:
    shown = contacts_values.as_shown(contacts_values.plain(contact, secrets), contact.name)
    names = (ROLES if one.name in list(Role) else one.name for one in contacts_values.differing(there, shown))
    for name in dict.fromkeys(names):
        on_page = _said(there, name)
        if secrets.are_in(on_page):
            text = f"{contact.name}: the page shows a channel ({name}) that the roster does not make public."
            yield Difference(contact.name, name, _said(shown, name), NOT_SHOWN, text)
        else:
            yield _difference(contact.name, name, _said(shown, name), on_page)


def _only_on_page(gone: Contact, roster: Roster, wanted: tuple[Contact, ...]) -> str:
    if any(one.name == gone.name for one in wanted):
        return f"{gone.name} stands more often on the page than in the roster (line {gone.line})."
    known = any(one.name == gone.name for one in roster.contacts)
    why = "in the roster only for another time" if known else "not in the roster"
    return f"{gone.name} is on the page (line {gone.line}) and {why}."


def _difference(who: str, name: str, roster: str, page: str) -> Difference:
    about = f"{who}, {name}" if who else name.capitalize()
    return Difference(
        who, name, roster, page, f"{about}: {_quoted(roster)} in the roster, {_quoted(page)} on the page."
    )


def _quoted(value: str) -> str:
    return fields.quoted(value) if value else "nothing"


def _said(contact: Contact, name: str) -> str:
    """Return what a contact says of a field, in the notation of the page."""
    if name in ADDRESSED:
        return "; ".join(one.value for one in contact.channels if one.kind == name)
    return {
        ROLES: fields.roles_text(contact.roles),
        "languages": fields.languages_text(contact.languages),
        "mail": YES if any(one.kind is ChannelKind.WIKI_MAIL for one in contact.channels) else NO,
        "hours": fields.hours_text(contact.hours),
        "phases": fields.phases_text(contact.phases),
        "from": str(contact.begins or ""),
        "until": str(contact.ends or ""),
        "training": fields.training_text(contact.training),
        "affiliation": contact.affiliation,
        "order": str(contact.order or ""),
    }[name]
