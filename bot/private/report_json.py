"""The result of a confidential check as JSON: ``eventsafety/event-bans@1``; changes no value and writes nothing.

Of those who are clear it holds the number alone: who has nothing to do with a list is not to stand in a file about it.
Every key is always there; times are UTC and end in "Z". schema/event-bans.json is its JSON Schema.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from datetime import datetime

from bot import escape
from bot.model import VerdictKind
from bot.private import confidentiality, marks, report
from bot.private.model import Finding, Screening, UnreadRow
from bot.private.screening import not_looked_up

Json = Mapping[str, object]


def text(screening: Screening, *, contact: str, own_list: bool = False) -> str:
    """Return the document; ``contact`` and ``own_list`` are as for ``confidentiality``."""
    occasion = screening.occasion
    counts = Counter(finding.verdict for finding in screening.findings)
    done, everybody = report.checked(screening)
    found = report.has_matches(screening)
    document = {
        "schema": f"eventsafety/{marks.EVENT_BANS}@1",
        "delete_after": marks.time_text(screening.delete_after),
        "event": {
            "title": occasion.title,
            "id": occasion.id,
            "start": _utc(occasion.start),
            "end": _utc(occasion.end),
            "in_person": occasion.in_person,
        },
        "checked_at": _utc(screening.checked_at),
        "sealed": screening.is_sealed,
        "entries": None if screening.is_sealed else screening.entries,
        "confidential": list(confidentiality.lines(contact, own_list=own_list) if found else [confidentiality.NOBODY]),
        "summary": {kind.value: counts[kind] for kind in VerdictKind},
        "findings": [_finding(one) for one in screening.findings if one.verdict is not VerdictKind.CLEAR],
        "coverage": {
            "registrants": everybody,
            "checked": done,
            "private_unseen": screening.private_unseen,
            "former_names_unknown": not_looked_up([one.person for one in screening.findings]),
        },
        "left_out": dict(screening.left_out),
        "unread_entries": [_row(row) for row in screening.unread_entries],
        "unread_people": [_row(row) for row in screening.unread_people],
        "unread_pages": list(screening.unread_pages),
        "notes": list(screening.notes),
    }
    return escape.json_text(json.dumps(document, ensure_ascii=False, indent=2)) + "\n"


def _finding(finding: Finding) -> Json:
    person = finding.person
    return {
        "name": person.name,
        "where": person.where,
        "real_name": person.real_name or None,
        "central_id": person.central_id,
        "state": person.state.value,
        "private": person.is_private,
        "verdict": finding.verdict.value,
        "hits": [
            {"entry": hit.entry, "tier": hit.tier.value, "by": hit.by.value, "text": hit.text} for hit in finding.hits
        ],
        "unknown": list(finding.unknown),
    }


def _row(row: UnreadRow) -> Json:
    return {"row": row.row, "why": row.why}


def _utc(at: datetime | None) -> str | None:
    return None if at is None else marks.time_text(at)
