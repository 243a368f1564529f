"""The register of refusals, a line of JSON for each letter: what was decided and when, no more; it opens no file."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from bot.parse import titles

FILE = "refusals.jsonl"
SCHEMA = "eventsafety/refusal@1"
LIST_SCHEMA = "eventsafety/refusals@1"


@dataclass(frozen=True, slots=True, repr=False)
class Entry:
    """One letter that was made; ``when`` is in UTC, ``copies`` is how many were in copy, not who."""

    when: datetime
    event: str
    name: str
    decision: str
    reason: str
    language: str
    copies: int
    message_id: str


@dataclass(frozen=True, slots=True, repr=False)
class Register:
    """What the file holds: entries in order, and the numbers of lines that are none (cut off, or changed by hand)."""

    entries: tuple[Entry, ...]
    unread: tuple[int, ...] = ()


def line(entry: Entry) -> bytes:
    """Return an entry as one line of the file."""
    return (json.dumps({"schema": SCHEMA, **_row(entry)}, ensure_ascii=True) + "\n").encode()


def added(before: bytes, entry: Entry) -> bytes:
    """Return what is to be added to the file; a last line that was cut off does not take the new one with it."""
    return (b"" if not before or before.endswith(b"\n") else b"\n") + line(entry)


def read(data: bytes) -> Register:
    """Return what the file holds; a line that is no entry is counted, never a reason to read no other."""
    numbered = [(number, _entry(text)) for number, text in enumerate(data.split(b"\n"), start=1) if text.strip()]
    return Register(
        tuple(entry for _, entry in numbered if entry), tuple(number for number, entry in numbered if not entry)
    )


def earlier(entries: Iterable[Entry], event: str, name: str) -> tuple[Entry, ...]:
    """Return the letters to this person about this event, whatever the case of their names."""
    wanted = _title(event), name.casefold()
    return tuple(one for one in entries if (_title(one.event), one.name.casefold()) == wanted)


def chosen(entries: Iterable[Entry], event: str | None, before: date | None) -> tuple[Entry, ...]:
    """Return those of an event, and made before a day (UTC); None is any."""
    return tuple(one for one in entries if _is_chosen(one, event, before))


def without(data: bytes, event: str | None, before: date | None) -> tuple[bytes, int]:
    """Return the file without the entries that ``chosen`` would return, and how many these were.

    All other lines stay byte for byte, also those that are no entries: nobody knows what they are about.
    """
    lines = data.split(b"\n")
    kept = [text for text in lines if not ((entry := _entry(text)) and _is_chosen(entry, event, before))]
    return b"\n".join(kept), len(lines) - len(kept)


def rows(entries: Iterable[Entry]) -> tuple[str, ...]:
    """Return entries as lines for a person, not yet harmless for a terminal."""
    return tuple(
        f"{one.when:%Y-%m-%d %H:%M} UTC  {one.event} · {one.name} · {one.decision}, {one.reason} · "
        f"{one.language}, {one.copies} in copy"
        for one in entries
    ) or ("There is no such letter in the register.",)


def as_json(register: Register, chosen: Sequence[Entry]) -> str:
    """Return entries as eventsafety/refusals@1, which schema/refusals.json describes."""
    document = {
        "schema": LIST_SCHEMA,
        "refusals": [_row(one) for one in chosen],
        "unread_lines": list(register.unread),
    }
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _is_chosen(entry: Entry, event: str | None, before: date | None) -> bool:
    is_of_event = event is None or _title(entry.event) == _title(event)
    return is_of_event and (before is None or entry.when.date() < before)


def _title(event: str) -> str:
    return (titles.normal(event, titles.CANONICAL_EVENTS) or event).removeprefix("Event:").casefold()


def _row(entry: Entry) -> dict[str, object]:
    return {
        "when": f"{entry.when.replace(tzinfo=None).isoformat(timespec='seconds')}Z",
        "event": entry.event,
        "name": entry.name,
        "decision": entry.decision,
        "reason": entry.reason,
        "language": entry.language,
        "copies": entry.copies,
        "message_id": entry.message_id,
    }


def _entry(text: bytes) -> Entry | None:
    try:
        row = json.loads(text)
        if row.pop("schema") != SCHEMA:
            return None
        when = datetime.fromisoformat(row["when"])
        entry = Entry(**{**row, "when": when.astimezone(UTC) if when.tzinfo else when})
    except (ValueError, TypeError, KeyError, AttributeError, OverflowError, RecursionError):
        return None
    words = (entry.event, entry.name, entry.decision, entry.reason, entry.language, entry.message_id)
    is_sound = all(isinstance(one, str) for one in words) and type(entry.copies) is int
    return entry if is_sound and entry.when.tzinfo is not None else None
