"""Whether a person took off the event's page what the bot had put there; reads the bot's own edits, changes nothing."""

from __future__ import annotations

from bot import tasks
from bot.parse import calls
from bot.read import history
from bot.read.session import Session
from bot.tasks.event import About

_TAKEN_OFF = (
    "Somebody took {{{{{template}}}}} off this page, so it is not put there again; put it back by hand to have it kept."
)


def note(session: Session, about: About, template: str) -> str:
    """Return a sentence if the bot put this template, which the page does not hold now, there; else nothing.

    Requests: those of ``history.steps``. Raises WikiError when the bot's edits cannot be read.
    """
    for _, text in history.steps(session, about.page.title, tasks.account(session)):
        found, broken = calls.find(text, [template], about.site)
        if found or broken:
            return _TAKEN_OFF.format(template=template)
    return ""
