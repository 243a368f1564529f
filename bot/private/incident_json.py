"""An incident record as JSON, for whoever keeps it elsewhere; knows no file. The form: schema/incident.json."""

from __future__ import annotations

import json
from typing import Any

from bot import escape
from bot.private import incident_fields
from bot.private.incident import Answer, FollowUp, Incident, IncidentEntry

SCHEMA = "eventsafety/incident@1"


def document(incident: Incident) -> str:
    """Return the record with its history as one JSON document, which a terminal may show."""
    content = {
        "schema": SCHEMA,
        "record": incident.id,
        "state": "closed" if incident.is_closed else "open",
        "notes": list(incident.notes),
        "doubts": list(incident.doubts),
        "answers": [_answer(one) for one in incident.answers],
        "follow_ups": [_follow_up(one) for one in incident.follow_ups],
        "people": [{"names": list(one.names), "role": one.role} for one in incident.people],
        "entries": [_entry(one) for one in incident.entries],
    }
    return escape.json_text(json.dumps(content, ensure_ascii=False, indent=1)) + "\n"


def _answer(answer: Answer) -> dict[str, Any]:
    return {
        "field": answer.entry.field,
        "label": incident_fields.question(answer.entry.field).label,
        "text": answer.text,
        "entry": answer.entry.number,
        "earlier": [one.number for one in answer.earlier],
    }


def _follow_up(one: FollowUp) -> dict[str, Any]:
    parts = {"who": one.who, "due": one.due, "done": one.done}
    return {
        "number": one.number,
        "what": one.what.text,
        **{key: part.text if part else None for key, part in parts.items()},
        "due_on": one.due_on.isoformat() if one.due_on else None,
        "open": one.is_open,
    }


def _entry(entry: IncidentEntry) -> dict[str, Any]:
    return {
        "number": entry.number,
        "at": entry.at.isoformat(),
        "by": entry.by,
        "field": entry.field,
        "text": entry.text,
        "corrects": entry.corrects or None,
        "about": entry.about or None,
    }
