"""Makes the values of a roster out of its tables, each looked at by itself; must not know TOML from CSV."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from bot.model import Contact, Course, Declared, RosterEvent, SiteInfo
from bot.parse import contact_fields as fields
from bot.parse import roster_values as values
from bot.parse.roster_hours import refuse_overlaps
from bot.parse.roster_record import Record

EVENT_KEYS = tuple(RosterEvent.__dataclass_fields__)
CONTACT_KEYS = (
    *("name", "roles", "languages", "phases", "hours", "from", "until", "affiliation", "order", "training", "channels"),
)
CHANNEL_KEYS = ("kind", "value", "public")
COURSE_KEYS = ("name", "cohort", "where", "begins", "apply_until", "roles")
DECLARED_KEYS = ("item", "state", "text")


def event(record: Record, site: SiteInfo) -> RosterEvent:
    """Return what the table says of the event."""
    record.refuse_unknown(EVENT_KEYS)
    start, end = record.moment("start"), record.moment("end")
    if start and end and end <= start:
        record.wrong(
            "end", f"The event ends at {end:%Y-%m-%d %H:%M}, and begins at {start:%Y-%m-%d %H:%M}; it must end later."
        )
    days = record.number("after_days", 0, 365)
    return RosterEvent(
        title=record.one_of("title", values.title) or "",
        start=start,
        end=end,
        timezone=record.one_of("timezone", values.zone) or "",
        languages=_once(record, "languages", fields.languages),
        country=record.one_of("country", values.country) or "",
        online=record.flag("online"),
        in_person=record.flag("in_person"),
        small=record.flag("small"),
        technical=record.flag("technical"),
        affiliates=_once(record, "affiliates", values.pieces),
        organizers=_once(record, "organizers", lambda text: [values.user(one, site) for one in values.pieces(text)]),
        policy=record.one_of("policy", values.title) or "",
        report_page=record.one_of("report_page", values.title) or "",
        emergency_number=_emergency(record),
        after_days=RosterEvent().after_days if days is None else days,
    )


def contact(record: Record, site: SiteInfo) -> Contact | None:
    """Return the member of the team that the table describes, None when it has no name that an account can have.

    Channels in tables of their own are not looked at here.
    """
    record.refuse_unknown((*CONTACT_KEYS, "channel"))
    name = record.one_of("name", lambda text: values.user(text, site))
    record.refuse_missing("name", "the user name of the contact")
    known = len(record.problems.found)
    first, last = record.date("from"), record.date("until")
    phases = fields.phases("; ".join(_once(record, "phases", values.named_phases)))
    if len(record.problems.found) > known:
        record.problems.unsettled.add(record.line)
    if first and last and last < first:
        record.wrong("until", f"The contact's days end ({last}) before they begin ({first}).")
    hours = record.all_of("hours", fields.hours)
    refuse_overlaps(record, hours)
    found = Contact(
        name=name or "",
        roles=fields.roles("; ".join(_once(record, "roles", fields.roles))),
        languages=_once(record, "languages", fields.languages),
        channels=_once(record, "channels", fields.channels),
        phases=phases,
        hours=tuple(one for one, _ in hours),
        begins=first,
        ends=last,
        training=_once(record, "training", fields.training),
        affiliation=record.text("affiliation"),
        order=record.number("order", 1, 99),
        line=record.line,
    )
    return found if name else None


def course(record: Record) -> Course | None:
    """Return the course that the table describes, None when it has no name."""
    record.refuse_unknown(COURSE_KEYS)
    name = record.text("name")
    found = Course(
        name=name,
        cohort=record.text("cohort"),
        where=record.text("where"),
        begins=record.date("begins"),
        apply_until=record.date("apply_until"),
        roles=fields.roles("; ".join(_once(record, "roles", fields.roles))),
        line=record.line,
    )
    record.refuse_missing("name", "the name of the course")
    return found if name else None


def declared(record: Record) -> Declared | None:
    """Return what the table declares, None when its item or its state is not one."""
    record.refuse_unknown(DECLARED_KEYS)
    item, state = record.one_of("item", values.item), record.one_of("state", values.state)
    for key in ("item", "state"):
        record.refuse_missing(key, f"which {key} is meant")
    return Declared(item, state, record.text("text"), record.line) if item and state else None


def _once(record: Record, key: str, read: Callable[[str], Iterable[fields.Value]]) -> tuple[fields.Value, ...]:
    return tuple(dict.fromkeys(one for one, _ in record.all_of(key, read)))


def _emergency(record: Record) -> str:
    """Return the number, which many write without quotation marks."""
    value = record.values.get("emergency_number")
    if isinstance(value, int) and not isinstance(value, bool) and 0 < value < 10**6:
        return str(value)
    return record.one_of("emergency_number", values.emergency_text) or ""
