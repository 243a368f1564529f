"""The task "checklist": the preparation list on an event's page, states alone; reads and plans, saves nothing."""

from __future__ import annotations

from collections.abc import Mapping

from bot import escape
from bot.duty import readiness
from bot.onwiki import messages
from bot.parse import calls, safetypage
from bot.parse.calls import Call
from bot.parse.safetypage import CHECKLIST
from bot.plan import placement, rewrite
from bot.plan.notices import summary
from bot.plan.wanted import Page
from bot.read.session import Session
from bot.tasks import removed
from bot.tasks.event import About
from bot.tasks.readiness import Preparation

GROUP = "checklist"
_NO_ROSTER = (
    "The checklist is left as it is: no roster was given (--roster, or contacts.rosters), and without one it would "
    "call missing in public what is only not known here."
)
_BROKEN = "The checklist on this page cannot be read (line {line}: {why}); it is left alone."
_TRANSLATED = "The checklist on this page is marked for translation, so it is left alone; put it outside <translate>."


def on_page(session: Session, about: About, text: str, preparation: Preparation) -> Page:
    """Return what the event page is to be; ``text`` is the page as other tasks leave it.

    Where the page gets a checklist, the bot's own edits of it are read: what a person took off is not put back.
    """
    if about.roster is None and session.settings.contacts.source == "roster":
        return Page(text, "", (), (_NO_ROSTER,))
    language = messages.chosen(about.language, GROUP)
    told = summary(messages.text(language, "checklist-summary", about.name))
    states = readiness.checklist_values(preparation.readiness)
    title = escape.wikitext(about.event.title)
    values = {"event": title, "lang": language, "updated": about.today.isoformat(), **states}
    found, broken = calls.find(text, [CHECKLIST], about.site)
    if broken:
        return Page(text, told, (), (_BROKEN.format(line=broken[0].line, why=broken[0].why),))
    return _renewed(text, told, found[0], values, states) if found else _new(session, about, text, told, values)


def _new(session: Session, about: About, text: str, told: str, values: Mapping[str, str]) -> Page:
    page = safetypage.read(text, about.site, session.settings.notices, about.page.title)
    place = placement.place(text, about.site, page, "checklist")
    if place.at is None:
        return Page(text, told, (), (place.why,))
    if why := removed.note(session, about, CHECKLIST):
        return Page(text, told, (), (why,))
    change = placement.insertion(text, place.at, rewrite.render(CHECKLIST, values))
    return Page(rewrite.edit(text, [change]), told, ("The page gets a checklist.",))


def _renewed(text: str, told: str, call: Call, values: Mapping[str, str], states: Mapping[str, str]) -> Page:
    """Return the page with the states of now; the day alone is no reason for an edit."""
    changed = [name for name, state in states.items() if call.get(name) != state]
    if not changed and call.get("lang") == values["lang"]:
        return Page(text, told)
    new = rewrite.edit(text, rewrite.set_parameters(text, call, values, tuple(values)))
    if not placement.keeps_translations(text, new):
        return Page(text, told, (), (_TRANSLATED,))
    return Page(new, told, (f"The checklist is brought up to date: {', '.join(changed) or 'its language'}.",))
