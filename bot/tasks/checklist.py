"""The task "checklist": the preparation list on an event's page, states alone; reads and plans, saves nothing."""

from __future__ import annotations

from bot import escape
from bot.duty import readiness
from bot.onwiki import messages
from bot.parse import calls, safetypage
from bot.parse.safetypage import CHECKLIST
from bot.plan import placement, rewrite
from bot.plan.notices import summary
from bot.plan.wanted import Page
from bot.read.session import Session
from bot.tasks.event import About
from bot.tasks.readiness import Preparation

GROUP = "checklist"


def on_page(session: Session, about: About, text: str, preparation: Preparation) -> Page:
    """Return what the event page is to be; ``text`` is the page as other tasks leave it."""
    language = messages.chosen(about.language, GROUP)
    states = readiness.checklist_values(preparation.readiness)
    title = escape.wikitext(about.event.title)
    values = {"event": title, "lang": language, "updated": about.today.isoformat(), **states}
    found, broken = calls.find(text, [CHECKLIST], about.site)
    told = summary(messages.text(language, "checklist-summary", about.name))
    if broken:
        why = f"The checklist on this page cannot be read (line {broken[0].line}: {broken[0].why}); it is left alone."
        return Page(text, told, (), (why,))
    if not found:
        page = safetypage.read(text, about.site, session.settings.notices, about.page.title)
        place = placement.place(text, about.site, page, "checklist")
        if place.at is None:
            return Page(text, told, (), (place.why,))
        change = placement.insertion(text, place.at, rewrite.render(CHECKLIST, values))
        return Page(rewrite.edit(text, [change]), told, ("The page gets a checklist.",))
    # The day alone is no reason for an edit.
    changed = [name for name, state in states.items() if found[0].get(name) != state]
    if not changed and found[0].get("lang") == language:
        return Page(text, told)
    changes = rewrite.set_parameters(text, found[0], values, tuple(values))
    return Page(rewrite.edit(text, changes), told, (f"The checklist is brought up to date: {', '.join(changed)}.",))
