"""The response team that a page shows, for a terminal or as JSON; changes no value and knows no roster."""

from __future__ import annotations

import json

from rich.table import Table
from rich.text import Text

from bot import escape
from bot.model import Channel, Contact
from bot.paper import Page
from bot.parse import contact_fields as fields
from bot.parse.contacts import PageTeam
from bot.render import words
from bot.render.jsons import Json

SCHEMA = "eventsafety/contacts-page@1"


def as_json(team: PageTeam) -> str:
    """Return ``eventsafety/contacts-page@1``; "line" is null where the page has no list that can be read."""
    event = team.roster.event
    document: Json = {
        "schema": SCHEMA,
        "line": team.call.line if team.call else None,
        "event": event.title,
        "lang": team.lang,
        "form": team.form,
        "phase": team.phase,
        "timezone": event.timezone,
        "number": event.emergency_number,
        "emergency": team.emergency,
        "trust": team.trust,
        "contacts": [_contact(contact) for contact in team.roster.contacts],
        "unparsed": [{"line": one.line, "text": one.text, "why": one.why} for one in team.unparsed],
        "again": list(team.again),
        "strays": list(team.strays),
    }
    return escape.json_text(json.dumps(document, ensure_ascii=False, indent=2)) + "\n"


def as_text(team: PageTeam, width: int, *, colour: bool) -> str:
    """Return the contacts as a table, and what could not be read."""
    page = Page(width, colour=colour)
    contacts = team.roster.contacts
    page.line(Text(escape.terminal(_headline(team)), "bold"))
    if contacts:
        page.heading("Contacts")
        page.table(_table(contacts))
    page.sentences(
        f"Could not be read ({len(team.unparsed)})",
        [f"line {one.line}: {words.cut(fields.spaced(one.text))} ({one.why})" for one in team.unparsed],
    )
    others = [f"line {line}: another list, which was not read" for line in team.again]
    others += [f"line {line}: a safety contact that stands in no list" for line in team.strays]
    page.sentences("Elsewhere on the page", others)
    return str(page)


def _headline(team: PageTeam) -> str:
    if team.call is None:
        return "no list of safety contacts"
    number = words.count(len(team.roster.contacts), "safety contact", "safety contacts")
    return f"{number} {words.cut(team.phase)} the event" if team.phase else number


def _table(contacts: tuple[Contact, ...]) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style="underline")
    for heading in ("Line", "Name", "Roles", "Languages", "Hours"):
        table.add_column(heading, overflow="fold", justify="right" if heading == "Line" else "left")
    for one in contacts:
        roles, languages = fields.roles_text(one.roles), fields.languages_text(one.languages)
        cells = (str(one.line), one.name, roles, languages, fields.hours_text(one.hours) or "always")
        table.add_row(*(Text(escape.terminal(words.cut(cell))) for cell in cells))
    return table


def _contact(contact: Contact) -> Json:
    return {
        "name": contact.name,
        "line": contact.line,
        "roles": list(contact.roles),
        "languages": list(contact.languages),
        "channels": [_channel(channel) for channel in contact.channels],
        "hours": [fields.hours_text([hours]) for hours in contact.hours],
        "phases": list(contact.phases),
        "from": contact.begins.isoformat() if contact.begins else None,
        "until": contact.ends.isoformat() if contact.ends else None,
        "training": [{"course": one.course, "on": one.on.isoformat() if one.on else None} for one in contact.training],
        "affiliation": contact.affiliation,
        "order": contact.order,
    }


def _channel(channel: Channel) -> Json:
    return {"kind": channel.kind.value, "value": channel.value}
