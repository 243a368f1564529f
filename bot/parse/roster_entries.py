"""Makes the values of a roster out of its tables, each looked at by itself; must not know TOML from CSV."""

from __future__ import annotations

import re
import zoneinfo
from collections.abc import Callable, Iterable
from datetime import timedelta

from bot.model import Contact, Course, Declared, Hours, ItemState, NameState, RosterEvent, SiteInfo
from bot.parse import contact_fields as fields
from bot.parse import usernames
from bot.parse.item_ids import ITEMS
from bot.parse.roster_countries import COUNTRIES, IN_USE, MEANT
from bot.parse.roster_record import Record, nearest

EVENT_KEYS = tuple(RosterEvent.__dataclass_fields__)
CONTACT_KEYS = (
    *("name", "roles", "languages", "phases", "hours", "from", "until", "affiliation", "order", "training", "channels"),
)
CHANNEL_KEYS = ("kind", "value", "public")
COURSE_KEYS = ("name", "cohort", "where", "begins", "apply_until", "roles")
DECLARED_KEYS = ("item", "state", "text")
_NO_TITLE = re.compile(r"[\[\]{}|<>]|^https?://|^//", re.IGNORECASE)
_EMERGENCY = re.compile(r"[-+()/,;. \w]*\d[-+()/,;. \w]*")
_STATE_WORDS = {
    **{state.value: state for state in ItemState},
    "na": ItemState.NOT_APPLICABLE,
    "n/a": ItemState.NOT_APPLICABLE,
    "unknown": ItemState.CANNOT_TELL,
}


def event(record: Record, site: SiteInfo) -> RosterEvent:
    """Return what the table says of the event."""
    record.refuse_unknown(EVENT_KEYS)
    start, end = record.moment("start"), record.moment("end")
    if start and end and end <= start:
        record.wrong("end", f"The event ends ({end:%Y-%m-%d %H:%M}) before it begins ({start:%Y-%m-%d %H:%M}).")
    days = record.number("after_days", 0, 365)
    return RosterEvent(
        title=record.one_of("title", _title) or "",
        start=start,
        end=end,
        timezone=record.one_of("timezone", _zone) or "",
        languages=_once(record, "languages", fields.languages),
        country=record.one_of("country", _country) or "",
        online=record.flag("online"),
        in_person=record.flag("in_person"),
        small=record.flag("small"),
        technical=record.flag("technical"),
        affiliates=_once(record, "affiliates", _pieces),
        organizers=_once(record, "organizers", lambda text: [_user(one, site) for one in _pieces(text)]),
        policy=record.one_of("policy", _title) or "",
        report_page=record.one_of("report_page", _title) or "",
        emergency_number=_emergency(record),
        after_days=RosterEvent().after_days if days is None else days,
    )


def contact(record: Record, site: SiteInfo) -> Contact | None:
    """Return the member of the team that the table describes, None when it has no name that an account can have.

    Channels in tables of their own are not looked at here.
    """
    record.refuse_unknown((*CONTACT_KEYS, "channel"))
    name = record.one_of("name", lambda text: _user(text, site))
    if name is None and not record.text("name"):
        record.problems.missing(record.line, f'{record.where} has no "name"; write the user name of the contact.')
    first, last = record.date("from"), record.date("until")
    if first and last and last < first:
        record.wrong("until", f"The contact's days end ({last}) before they begin ({first}).")
    hours = record.all_of("hours", fields.hours)
    refuse_overlaps(record, hours)
    values = Contact(
        name=name or "",
        roles=fields.roles("; ".join(_once(record, "roles", fields.roles))),
        languages=_once(record, "languages", fields.languages),
        channels=_once(record, "channels", fields.channels),
        phases=fields.phases("; ".join(_once(record, "phases", _named_phases))),
        hours=tuple(one for one, _ in hours),
        begins=first,
        ends=last,
        training=_once(record, "training", fields.training),
        affiliation=record.text("affiliation"),
        order=record.number("order", 1, 99),
        line=record.line,
    )
    return values if name else None


def course(record: Record) -> Course | None:
    """Return the course that the table describes, None when it has no name."""
    record.refuse_unknown(COURSE_KEYS)
    name = record.text("name")
    values = Course(
        name=name,
        cohort=record.text("cohort"),
        where=record.text("where"),
        begins=record.date("begins"),
        apply_until=record.date("apply_until"),
        roles=fields.roles("; ".join(_once(record, "roles", fields.roles))),
        line=record.line,
    )
    if not name and isinstance(record.values.get("name", ""), str):
        record.problems.missing(record.line, f'{record.where} has no "name"; write the name of the course.')
    return values if name else None


def declared(record: Record) -> Declared | None:
    """Return what the table declares, None when its item or its state is not one."""
    record.refuse_unknown(DECLARED_KEYS)
    item, state = record.one_of("item", _item), record.one_of("state", _state)
    for key in ("item", "state"):
        if record.values.get(key, "") == "":
            record.problems.missing(record.line, f'{record.where} has no "{key}"; write which {key} is meant.')
    return Declared(item, state, record.text("text"), record.line) if item and state else None


def refuse_overlaps(record: Record, hours: list[tuple[Hours, int]]) -> None:
    """Name each of ``hours`` that overlaps with one before it, of the same day or like it of every day."""
    for number, (one, line) in enumerate(hours):
        for other, other_line in hours[:number]:
            if _overlap(one, other):
                texts = fields.hours_text((one,)), fields.hours_text((other,))
                where = "" if line == other_line else f" of line {other_line}"
                record.problems.add(line, f'"{texts[0]}" overlaps with "{texts[1]}"{where}; put both in one.')
                break


def _overlap(one: Hours, other: Hours) -> bool:
    """Whether two ranges share a moment; of a day and of every day they may, the day's own are then the exact ones."""
    if (one.day is None) != (other.day is None):
        return False
    start, length = _span(one)
    other_start, other_length = _span(other)
    after = other_start - start
    if one.day is None:
        minutes = timedelta(days=1)
        return after % minutes < length or -after % minutes < other_length
    return after < length and -after < other_length


def _span(one: Hours) -> tuple[timedelta, timedelta]:
    """Return when a range begins, counted from some midnight that is the same for all, and how long it is."""
    begin = timedelta(hours=one.start.hour, minutes=one.start.minute)
    end = timedelta(hours=one.end.hour, minutes=one.end.minute)
    days = timedelta(days=one.day.toordinal() if one.day else 0)
    return days + begin, end - begin if end > begin else end - begin + timedelta(days=1)


def _once(record: Record, key: str, read: Callable[[str], Iterable[fields.Value]]) -> tuple[fields.Value, ...]:
    return tuple(dict.fromkeys(one for one, _ in record.all_of(key, read)))


def _named_phases(text: str) -> Iterable[str]:
    return fields.phases(text) if text.strip(" ;,") else ()


def _pieces(text: str) -> list[str]:
    return [plain for piece in text.split(";") if (plain := fields.spaced(piece))]


def _user(text: str, site: SiteInfo) -> str:
    found = usernames.canonical(text, site)
    if found.state is NameState.IMPOSSIBLE:
        raise ValueError(f"{fields.quoted(text)} cannot be a user name; write it as it stands on the wiki.")
    if found.state is NameState.IP:
        raise ValueError(f"{fields.quoted(text)} is an IP address; write the user name of an account.")
    return found.name


def _title(text: str) -> str:
    if _NO_TITLE.search(text):
        raise ValueError(f"{fields.quoted(text)} is no title of a page; write it as it stands above the page.")
    return text


def _zone(text: str) -> str:
    try:
        return zoneinfo.ZoneInfo(text).key
    except (KeyError, ValueError, OSError) as error:
        known = sorted(zoneinfo.available_timezones())
        hint = nearest(text, known)
        advice = hint if hint.startswith("do you") else 'write a name of the IANA database such as "Asia/Kolkata".'
        raise ValueError(f"There is no time zone {fields.quoted(text)}; {advice}") from error


def _country(text: str) -> str:
    code = text.upper()
    if code in COUNTRIES or code in IN_USE:
        return code
    advice = f'do you mean "{MEANT[code]}"?' if code in MEANT else 'write two letters of ISO 3166-1 such as "IN".'
    raise ValueError(f"There is no country code {fields.quoted(text)}; {advice}")


def _emergency(record: Record) -> str:
    value = record.values.get("emergency_number")
    if isinstance(value, int) and not isinstance(value, bool) and 0 < value < 10**6:
        return str(value)
    return record.one_of("emergency_number", _emergency_text) or ""


def _emergency_text(text: str) -> str:
    if len(text) > 100 or not _EMERGENCY.fullmatch(text):
        raise ValueError(f'{fields.quoted(text)} is no emergency number; write "112", or "100 (police), 108".')
    return text


def _item(text: str) -> str:
    item = text.lower()
    if item not in ITEMS:
        raise ValueError(f"There is no item {fields.quoted(text)}; {nearest(text, ITEMS)}")
    return item


def _state(text: str) -> ItemState:
    found = _STATE_WORDS.get(text.lower())
    if found is None:
        raise ValueError(f"There is no state {fields.quoted(text)}; {nearest(text, tuple(ItemState))}")
    return found
