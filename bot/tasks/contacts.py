"""The task "contacts": the safety contacts on an event's page, by the roster; reads and plans, saves nothing."""

from __future__ import annotations

from bot.duty import phases
from bot.model import Contact, Roster
from bot.onwiki import messages
from bot.parse import safetypage
from bot.parse.contacts import TEAM
from bot.plan import contacts, notices, placement
from bot.plan.contacts import WantedTeam
from bot.plan.wanted import Page
from bot.read.session import Session
from bot.tasks import removed
from bot.tasks.event import About
from bot.tasks.notices import address

GROUP = "contacts"
_NO_ROSTER = "The safety contacts are left as they are: no roster was given (--roster, or contacts.rosters)."
_PAGE_IS_RIGHT = "The safety contacts are left as they are: the settings call the page right (contacts.source)."
_OVER = (
    "The safety contacts are left as they are: the team answered until {days} days after the event, and that is past."
)
_RENEW = "The list of contacts on the page has to be renewed on {at:%Y-%m-%d %H:%M} UTC; plan it again then."
_NOBODY = "The safety contacts are left as they are: the roster has nobody for the time {phase} the event."


def will_show(session: Session, about: About) -> bool:
    """Tell whether this task puts contacts on the page, or keeps those that are there. Requests: as ``on_page``."""
    return about.team.call is not None or on_page(session, about, about.page.text).text != about.page.text


def on_page(session: Session, about: About, text: str) -> Page:
    """Return what the event page is to be; ``text`` is the page as other tasks leave it.

    Where the page gets a list, the bot's own edits of it are read: what a person took off is not put back.
    """
    if why := _why_not(session, about):
        return Page(text, "", (), (why,))
    said = wanted(session, about)
    page = safetypage.read(text, about.site, session.settings.notices, about.page.title)
    place = placement.place(text, about.site, page, "contacts")
    draft = contacts.next_text(text, about.site, said, place.at)
    if about.team.call is None and draft.text != text and (why := removed.note(session, about, TEAM)):
        return Page(text, "", (), (why,))
    notes = draft.notes if place.at is not None or about.team.call else (*draft.notes, place.why)
    return Page(draft.text, summary(about, said), draft.reasons, notes)


def wanted(session: Session, about: About) -> WantedTeam:
    """Return what the page is to show: the contacts of the present phase."""
    settings, said = session.settings.contacts, (about.roster or Roster()).event
    return WantedTeam(
        event=about.event.title,
        lang=messages.chosen(about.language, GROUP),
        form=about.team.form or "full",
        timezone=about.event.timezone,
        phase=about.phase.value if about.phase else "",
        number=said.emergency_number,
        emergency=address(settings.emergency, about),
        trust=address(settings.trust_and_safety, about),
        contacts=_team(about),
        others=(about.roster or Roster()).contacts,
    )


def summary(about: About, said: WantedTeam) -> str:
    """Return the summary of an edit, in the language of the page."""
    return notices.summary(messages.text(said.lang, "contacts-summary", about.name))


def due(session: Session, about: About) -> tuple[str, ...]:
    """Return a sentence about when the list has to be renewed; none when nothing will change any more by date."""
    if session.settings.contacts.source == "page" or about.roster is None:
        return ()
    event = about.event
    everybody = about.roster.contacts
    at = phases.next_change(event.start, event.end, about.after_days, about.now, everybody, event.timezone)
    return (_RENEW.format(at=at),) if at else ()


def _team(about: About) -> tuple[Contact, ...]:
    return phases.of((about.roster or Roster()).contacts, about.phase, about.today)


def _why_not(session: Session, about: About) -> str:
    if session.settings.contacts.source == "page":
        return _PAGE_IS_RIGHT
    if about.roster is None or not about.roster.contacts:
        return _NO_ROSTER
    if about.phase is None:
        return _OVER.format(days=about.after_days)
    return "" if _team(about) else _NOBODY.format(phase=about.phase.value)
