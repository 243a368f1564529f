"""The task "notices": the notice of an event on its page and its talk page; reads and plans, saves nothing."""

from __future__ import annotations

from dataclasses import replace

from bot import escape, tasks
from bot.config import Settings
from bot.duty import phases
from bot.duty.policies import holding
from bot.model import Contact, PolicyKind, Role, Roster
from bot.onwiki import messages
from bot.parse import safetypage
from bot.plan import notice_memory, notices, placement, registrants
from bot.plan.edits import Edit, as_saved
from bot.plan.notice_memory import Before
from bot.plan.notices import Talk, WantedNotice
from bot.plan.wanted import Page
from bot.read import delivered, history
from bot.read import messages as interface
from bot.read.session import Session
from bot.tasks.event import About

GROUP = "notice"
ANCHOR = "event-safety-contacts"
_OF_ROSTER = frozenset({PolicyKind.OWN.value, PolicyKind.TECHNICAL.value, "public", "number"})


def wanted(session: Session, about: About, team: tuple[Contact, ...], *, has_contacts: bool) -> WantedNotice:
    """Return what the notice of this event is to say; ``has_contacts``: the page shows, or will show, its contacts."""
    settings, said = session.settings, (about.roster or Roster()).event
    return WantedNotice(
        event=about.event.title,
        version=settings.notices.version,
        language=messages.chosen(about.language, GROUP),
        policies=policies(settings, about),
        public=said.report_page or about.talk_title,
        contacts=_who_takes_reports(phases.of(team, about.phase, about.today)),
        contacts_at=f"{about.event.title}#{ANCHOR}" if has_contacts else "",
        number=said.emergency_number,
        emergency=address(settings.contacts.emergency, about),
        unasked=frozenset() if about.roster else _OF_ROSTER if team else _OF_ROSTER | {*notices.CONTACTS},
    )


def policies(settings: Settings, about: About) -> dict[PolicyKind, str]:
    """Return the targets of links to the policies of this event."""
    return holding((about.roster or Roster()).event, settings.notices)


def address(plain: str, about: About) -> str:
    """Return an e-mail address with its sign kept from harvesters, where the wiki has a template for that."""
    return plain.replace("@", notices.AT_SIGN) if about.has_at_sign else plain


def on_page(session: Session, about: About, text: str, said: WantedNotice) -> Page:
    """Return what the event page is to be; ``text`` is the page as other tasks leave it.

    Two more requests, for what the bot itself wrote there, only where there is a notice or anything to be changed.
    """
    page = safetypage.read(text, about.site, session.settings.notices, about.page.title)
    place = placement.place(text, about.site, page, "notice")
    draft = notices.next_page(text, about.site, page, said, place, Before())
    asked = page.notices or draft.text != text or draft.notes
    known = before(session, about, about.page.title) if asked else Before()
    draft = notices.next_page(text, about.site, page, said, place, known) if known != Before() else draft
    return replace(draft, summary=notices.summary(_told("page-summary", about, said), _key(about, said)))


def on_talk_page(session: Session, about: About, said: WantedNotice) -> tuple[tuple[Edit, ...], tuple[str, ...]]:
    """Return the edit of the talk page, if one is to be made, and what was left alone.

    A notice that went into an archive was told: it is looked for among the bot's own edits, wherever they stand now.
    """
    user, title = tasks.account(session), about.talk_title
    text = about.talk.text if about.talk else ""
    page = safetypage.read(text, about.site, session.settings.notices, title)
    heading = escape.wikitext(messages.text(said.language, "talk-heading", about.name))
    unsigned = Talk(heading, "")
    draft = notices.next_talk_page(text, about.site, page, said, Before(), unsigned)
    if draft.text == text and not draft.notes and not page.notices:
        return (), ()
    known = before(session, about, title) if about.talk else Before()
    if known.values is None and delivered.to_page(session, about.site, title, _key(about, said)):
        return (), (f'"{title}" had the notice, and somebody archived it; it is not put up again.',)
    draft = notices.next_talk_page(text, about.site, page, said, known, unsigned)
    if draft.text == text:
        return (), draft.notes
    signed = registrants.signature(user, about.site, about.now, interface.months(session, about.site))
    draft = notices.next_talk_page(text, about.site, page, said, known, Talk(heading, signed))
    edit = Edit(
        title=title,
        namespace=tasks.namespace(title, about.site),
        task=tasks.NOTICES,
        base_revid=about.talk.revid if about.talk else 0,
        old_text=text,
        text=as_saved(draft.text),
        summary=notices.summary(_told("talk-summary", about, said), _key(about, said)),
        reasons=draft.reasons,
        tags=session.settings.writing.tags,
    )
    return (edit,), draft.notes


def before(session: Session, about: About, title: str) -> Before:
    """Return what the bot itself wrote on a page, by two requests for each ``session.limit`` of its edits there."""
    found = Before()
    for texts in history.steps(session, title, tasks.account(session)):
        old, new = (safetypage.read(text or "", about.site, session.settings.notices) for text in texts)
        found = notice_memory.remember(found, None if texts[0] is None else old, new, about.event.title, about.site)
    return found


def _told(message: str, about: About, said: WantedNotice) -> str:
    return messages.text(said.language, message, about.name, said.version)


def _key(about: About, said: WantedNotice) -> str:
    return notices.key(about.event, GROUP, said.version)


def _who_takes_reports(team: tuple[Contact, ...]) -> tuple[str, ...]:
    takers = tuple(contact.name for contact in team if Role.REPORTS in contact.roles)
    return (takers or tuple(contact.name for contact in team))[: notices.MOST_CONTACTS]
