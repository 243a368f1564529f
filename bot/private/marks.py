"""How files of ours say that they are confidential, and until when; must not know what else they hold, nor any disk.

A text begins with the line that ``head`` gives, followed by a newline; a JSON output has "schema"
("eventsafety/event-bans@1"), "delete_after" and "event" with "title"; a sealed list has "format"
("eventsafety/sealed-list@1"), "expires" and "event". ``purge`` deletes by nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

import msgspec

from bot import escape

EVENT_BANS, SEALED_LIST = "event-bans", "sealed-list"

_KIND = re.compile(r"[a-z][a-z-]{0,39}")
_TIME = r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]{1,6})?Z"
_HEAD = re.compile(rf"eventsafety confidential ({_KIND.pattern}) \| delete after ({_TIME}) \| ([^\n\r]{{1,2000}})")
# Name of the key, kind of the file, key of its time.
_DOCUMENTS = (("schema", EVENT_BANS, "delete_after"), ("format", SEALED_LIST, "expires"))
_CUT = re.compile(rb'\s*\{\s*"(?:schema|format)"\s*:\s*"eventsafety/(event-bans|sealed-list)@[1-9][0-9]{0,8}"\s*,')
_LONGEST_HEAD = 9000
_BYTE_ORDER_MARK, _BEGIN = b"\xef\xbb\xbf", b"eventsafety "


@dataclass(frozen=True, slots=True)
class Mark:
    """What a file of ours says of itself; ``delete_after`` is UTC, ``title`` that of the event.

    One that is cut off, as a killed process leaves it, is of no use to anybody: where its time cannot be read any more,
    that is the beginning of all time.
    """

    kind: str
    delete_after: datetime
    title: str
    is_cut: bool = False


def head(kind: str, delete_after: datetime, title: str) -> str:
    """Return the first line of a text output, without its newline.

    Raises ValueError for a kind that is not of small letters and hyphens, and for a time without a time zone.
    """
    if not _KIND.fullmatch(kind):
        raise ValueError("A kind is made of small letters and hyphens.")
    return f"eventsafety confidential {kind} | delete after {time_text(delete_after)} | {_shown(title)}"


def time_text(when: datetime) -> str:
    """Return an aware time as files of ours have it ("2026-12-24T14:00:00Z"), never later than it is."""
    if when.tzinfo is None:
        raise ValueError("A time without a time zone says nothing.")
    return when.astimezone(UTC).replace(microsecond=0, tzinfo=None).isoformat() + "Z"


def may_be_ours(beginning: bytes) -> bool:
    """Return whether a file with this beginning, 64 bytes or more of it, is worth to be read whole."""
    beginning = beginning.removeprefix(_BYTE_ORDER_MARK)
    return beginning.startswith(_BEGIN) or beginning.lstrip(b" \t\r\n")[:1] in (b"", b"{")


def read(data: bytes) -> Mark | None:
    """Return what the content of a file says if it is one of ours, None for everybody else's.

    A byte order mark and the line ends of another system, which an editor may have put there, change nothing.
    """
    if not may_be_ours(data):
        return None
    data = data.removeprefix(_BYTE_ORDER_MARK)
    return _of_text(data) if data.startswith(_BEGIN) else _of_document(data)


def _of_text(data: bytes) -> Mark | None:
    line, newline, _ = data[:_LONGEST_HEAD].partition(b"\n")
    try:
        found = _HEAD.fullmatch(line.removesuffix(b"\r").decode())
    except UnicodeDecodeError:
        return None
    when = _time(found[2]) if found and newline else None
    return Mark(found[1], when, found[3]) if found and when else None


def _of_document(data: bytes) -> Mark | None:
    try:
        document = msgspec.json.decode(data, type=dict[str, object])
    except msgspec.DecodeError as error:
        return _of_cut_document(data) if "truncated" in str(error) else None
    except (UnicodeDecodeError, RecursionError):
        return None
    for key, kind, until in _DOCUMENTS:
        version = document.get(key)
        if isinstance(version, str) and re.fullmatch(rf"eventsafety/{kind}@[1-9][0-9]{{0,8}}", version):
            when = _time(document.get(until))
            return Mark(kind, when, _title(document)) if when else None
    return None


def _of_cut_document(data: bytes) -> Mark | None:
    """Return the mark of a JSON document of ours that lacks its end: it begins with the name of its format.

    Within a text of JSON each quotation mark has a backslash before it, so that none can pass for the key of a time.
    """
    begins = _CUT.match(data)
    if not begins:
        return None
    kind = begins[1].decode()
    until = next(until for _, name, until in _DOCUMENTS if name == kind)
    found = re.search(rf'"{until}"\s*:\s*"({_TIME})"'.encode(), data)
    when = _time(found[1].decode()) if found else datetime.min.replace(tzinfo=UTC)
    return Mark(kind, when, _shown(""), is_cut=True) if when else None


def _title(document: Mapping[str, object]) -> str:
    event = document.get("event")
    title = event.get("title") if isinstance(event, dict) else None
    return _shown(title if isinstance(title, str) else "")


def _shown(title: str) -> str:
    return escape.terminal(title)[:2000] or "an event without a title"


def _time(text: object) -> datetime | None:
    if not isinstance(text, str) or not re.fullmatch(_TIME, text):
        return None
    try:
        return datetime.fromisoformat(text)
    except ValueError:  # the 30th of February
        return None
