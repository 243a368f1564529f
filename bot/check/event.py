"""Which event is meant: from what a person wrote to a registration, or a page, that the wiki itself confirms."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from bot.errors import EventNotFoundError, NoSuchPageError, WrongWikiError
from bot.model import Event, SiteInfo
from bot.parse import eventref
from bot.parse.eventpage import EventPage
from bot.read import campaignevents
from bot.read.campaignevents import Registration
from bot.read.session import Session

EVENTS = 1728  # the namespace that CampaignEvents registers


@dataclass(frozen=True, slots=True)
class Located:
    """The event; ``participants`` is the count that its page shows, public and private together, if it shows one."""

    event: Event
    participants: int | None = None
    notes: tuple[str, ...] = ()


def locate(session: Session, site: SiteInfo, text: str) -> Located:
    """Return the event that ``text`` means: a registration whose page and REST answer agree, or a page without one.

    Raises UsageError for what names no event, EventNotFoundError's children, WikiError.
    """
    ref = eventref.read(text, site)
    host = urlsplit(site.server).netloc
    if ref.host and ref.host != host:
        raise WrongWikiError(
            f"This address is on {ref.host}, but {session.name} ({host}) is the wiki that is read; name the other one "
            "with --site FAMILY:CODE, such as --site wikipedia:de."
        )
    if ref.event_id is not None:
        return _by_id(session, site, ref.event_id)
    return _by_title(session, site, ref.title or "")


def _by_id(session: Session, site: SiteInfo, event_id: int) -> Located:
    registration = _registration(session, site, event_id)
    page = EventPage()
    with suppress(NoSuchPageError):
        page = campaignevents.event_page(session, registration.page_title)
    if page.event_id not in (None, event_id):
        raise EventNotFoundError(
            f'Registration {event_id} says that it belongs to "{registration.page_title}", but that page shows '
            f"registration {page.event_id}; ask an organizer which one is right."
        )
    located = _located(registration, page)
    if page.event_id is None:
        note = f'The page "{registration.page_title}" does not show its registration {event_id}.'
        return replace(located, notes=(*located.notes, note))
    return located


def _by_title(session: Session, site: SiteInfo, title: str) -> Located:
    try:
        page = campaignevents.event_page(session, title)
    except NoSuchPageError as error:
        raise NoSuchPageError(_with_hint(str(error), title, site)) from error
    base = eventref.base_of_translation(page.page_name or title)
    if page.event_id is None and base:
        with suppress(NoSuchPageError):
            above = campaignevents.event_page(session, base)
            page = above if above.event_id is not None else page
    if page.event_id is None:
        title = page.page_name or title
        return Located(Event(title=title, revid=page.revid, url=session.url(title)))
    registration = _registration(session, site, page.event_id)
    if registration.page_title not in (page.page_name, base):
        raise EventNotFoundError(
            f'The page "{page.page_name}" shows registration {page.event_id}, which says that it belongs to '
            f'"{registration.page_title}"; give the title of the page that is right.'
        )
    return _located(registration, page)


def _with_hint(sentence: str, title: str, site: SiteInfo) -> str:
    """Return ``sentence``, that there is no such page, with a question for whoever left out the namespace of events."""
    head, colon, _ = title.partition(":")
    has_namespace = colon and any(head in names for names in site.namespaces.values())
    events = site.namespaces.get(EVENTS)
    return sentence if has_namespace or not events else f'{sentence[:-1]}; do you mean "{events[0]}:{title}"?'


def _registration(session: Session, site: SiteInfo, event_id: int) -> Registration:
    registration = campaignevents.registration(session, event_id)
    if registration.page_wiki != site.dbname:
        raise WrongWikiError(
            f'Registration {event_id} belongs to the page "{registration.page_title}" of {registration.page_wiki}, '
            f"not of {site.dbname}; name that wiki with --site FAMILY:CODE."
        )
    return registration


def _located(registration: Registration, page: EventPage) -> Located:
    notes = registration.notes
    if registration.event.is_test:
        notes = (*notes, "This is a test event: its registrants are not people who mean to come.")
    return Located(replace(registration.event, revid=page.revid), page.participants, notes)
