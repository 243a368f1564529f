"""Registrations and their registrants, from the REST routes of CampaignEvents and from the event page.

The shapes below have no field for answers to questions, addresses of meetings and chats, or what organizers may see:
such things are dropped while the answer is decoded and exist nowhere in this program.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from re import fullmatch
from zoneinfo import ZoneInfo

import msgspec

from bot.errors import AnswerError, NoCampaignEventsError, RegistrationGoneError, UnknownRegistrationError
from bot.model import Agreed, Event, Origin, Registrant, SiteInfo
from bot.parse import eventpage, usernames
from bot.read.session import Session

_PAGE_SIZE = 20
_ROUTE = "campaignevents/v0/event_registration"
_DELETED = "campaignevents-rest-get-registration-deleted"
_UNKNOWN = "campaignevents-rest-event-not-found"
_NO_ROUTE = frozenset({"rest-no-match", "http-404"})


@dataclass(frozen=True, slots=True)
class Registration:
    """One registration: its event, the page and the wiki (dbname) that it belongs to, and what to tell beside it."""

    event: Event
    page_title: str
    page_wiki: str
    status: str
    notes: tuple[str, ...] = ()


class _EventRow(msgspec.Struct):
    id: int
    name: str
    event_page: str
    event_page_wiki: str
    status: str = ""
    timezone: str = "UTC"
    start_time: str = ""
    end_time: str = ""
    inperson_meeting: bool | None = None
    is_test_event: bool = False


class ParticipantRow(msgspec.Struct):
    """One row of the list of participants; all other fields of it are dropped."""

    participant_id: int
    user_id: int | None = None
    private: bool = False
    user_name: str | None = None
    hidden: bool = False
    not_found: bool = False


class _Organizer(msgspec.Struct):
    organizer_id: int
    user_name: str


def event_page(session: Session, title: str) -> eventpage.EventPage:
    """Return what the HTML of a page says of its registration; the wiki follows redirects. Raises NoSuchPageError."""
    return eventpage.read(session.get_html(title))


def registration(session: Session, event_id: int) -> Registration:
    """Return a registration by its id, with its local times as UTC.

    Raises RegistrationGoneError, UnknownRegistrationError, NoCampaignEventsError, WikiError.
    """
    try:
        row = session.get_json(f"{_ROUTE}/{event_id}", {}, _EventRow)
    except AnswerError as error:
        raise _meaning(error, session, event_id) from error
    zone, notes = _zone(row.timezone)
    event = Event(
        title=row.event_page,
        id=row.id,
        start=_utc(row.start_time, zone),
        end=_utc(row.end_time, zone),
        in_person=row.inperson_meeting,
        name=row.name,
        is_test=row.is_test_event,
        url=session.url(row.event_page),
        timezone=row.timezone if zone else "",
    )
    return Registration(event, row.event_page, row.event_page_wiki, row.status, notes)


def participants(
    session: Session, event_id: int, site: SiteInfo, progress: Callable[[int], None] | None = None
) -> tuple[Registrant, ...]:
    """Return everybody who registered publicly, in the order of their registration, all pages from the start.

    A page that cannot be read is an error: a part is never taken for the whole. ``progress`` gets the number of
    registrants read so far. Ask ``registration`` first: this route answers for deleted registrations too.
    """
    rows: list[ParticipantRow] = []
    for page in participant_pages(session, event_id, include_private=False):
        rows += page
        if progress:
            progress(len(rows))
    return tuple(registrant(row, site) for row in rows if not row.private)


def organizers(session: Session, event_id: int, site: SiteInfo) -> tuple[str, ...]:
    """Return the canonical names of an event's organizers, the first of them first; the wiki leaves out hidden ones.

    One request for each page of eleven and one more: a page from which hidden ones are left out is short, and not
    the last. Raises as ``participants`` does.
    """
    found: list[str] = []
    last = 0
    while True:
        cursor = {"last_organizer_id": str(last)} if last else {}
        try:
            page = session.get_json(f"{_ROUTE}/{event_id}/organizers", cursor, list[_Organizer])
        except AnswerError as error:
            raise _meaning(error, session, event_id) from error
        for row in page:
            if row.organizer_id <= last:
                raise AnswerError(f"The list of organizers of registration {event_id} repeats itself; try again.")
            last = row.organizer_id
            found.append(usernames.canonical(row.user_name, site).name)
        if not page:
            return tuple(found)


def participant_pages(session: Session, event_id: int, *, include_private: bool) -> Iterator[list[ParticipantRow]]:
    """Yield the pages of the list of participants, from the start; raises as ``participants`` does.

    The wiki gives private rows to the event's organizers only; ``private_registrants`` alone asks for them.
    """
    asked = "true" if include_private else "false"
    last = 0
    while True:
        cursor = {"last_participant_id": str(last)} if last else {}
        try:
            page = session.get_json(
                f"{_ROUTE}/{event_id}/participants", {"include_private": asked, **cursor}, list[ParticipantRow]
            )
        except AnswerError as error:
            raise _meaning(error, session, event_id) from error
        for row in page:
            if row.participant_id <= last:
                raise AnswerError(f"The list of participants of registration {event_id} repeats itself; try again.")
            last = row.participant_id
        yield page
        if len(page) < _PAGE_SIZE:
            return


def registrant(row: ParticipantRow, site: SiteInfo) -> Registrant:
    """Return a row as a registrant with a canonical name, or without one and why."""
    origin = Origin("campaignevents")
    if row.user_name is None or row.hidden or row.not_found:
        why = "the account is hidden" if row.hidden else "the account is gone" if row.not_found else "no name was given"
        return Registrant(None, origin, row.user_id, why_unnamed=why, agreed=Agreed.REGISTERED)
    name = usernames.canonical(row.user_name, site)
    return Registrant(name.name, origin, row.user_id, name.state, agreed=Agreed.REGISTERED)


def _meaning(error: AnswerError, session: Session, event_id: int) -> Exception:
    if error.code == _DELETED:
        return RegistrationGoneError(f"Registration {event_id} was deleted by an organizer.")
    if error.code == _UNKNOWN:
        return UnknownRegistrationError(f"There is no registration {event_id} on {session.name}.")
    if error.code in _NO_ROUTE:
        return NoCampaignEventsError(f"{session.name} does not have the CampaignEvents extension.")
    return error


def _zone(name: str) -> tuple[tzinfo | None, tuple[str, ...]]:
    """Return a time zone given by name ("Asia/Kolkata") or offset ("+05:30"); None with a note for any other."""
    if offset := fullmatch(r"([+-])(\d{2}):?(\d{2})", name):
        sign, hours, minutes = offset.groups()
        delta = timedelta(hours=int(hours), minutes=int(minutes))
        if delta < timedelta(hours=24):
            return timezone(-delta if sign == "-" else delta), ()
    try:
        return ZoneInfo(name), ()
    except (KeyError, ValueError, OSError):
        return None, ("The time zone of the event is not known here, so its times are left out.",)


def _utc(local: str, zone: tzinfo | None) -> datetime | None:
    """Return a 14-digit local time as UTC; None when there is none or no zone."""
    if not local or zone is None:
        return None
    try:
        return datetime.strptime(local, "%Y%m%d%H%M%S").replace(tzinfo=zone).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise AnswerError(f'The wiki gave "{local}" as a time of the event.') from error
