"""The tasks about an event's page, each on the text that the one before it leaves: one edit of a page, not three."""

from __future__ import annotations

from collections.abc import Collection

from bot import tasks
from bot.duty import emergency
from bot.model import Roster
from bot.plan.edits import Edit, as_saved
from bot.plan.wanted import Page
from bot.read.session import Session
from bot.tasks import checklist, contacts, event, notices, readiness, team
from bot.tasks.event import About


def planned(session: Session, about: About, chosen: Collection[str]) -> tasks.Planned:
    """Return the edits of the event page and its talk page for the ``chosen`` tasks.

    The checklist is judged by the page as the other tasks leave it. Requests: what each task says of itself.
    """
    text = about.page.text
    edits: list[Edit] = []
    done: list[tuple[str, Page]] = []
    notes: list[str] = [*about.contradictions, *(f"{one.text} {one.advice}" for one in about.absent), *about.notes]
    if tasks.NOTICES in chosen:
        shown = about.team.call is not None or (tasks.CONTACTS in chosen and contacts.will_show(session, about))
        said = notices.wanted(session, about, event.team(session, about), has_contacts=shown)
        done.append((tasks.NOTICES, notices.on_page(session, about, text, said)))
        talk, why = notices.on_talk_page(session, about, said)
        edits += talk
        notes += why
    if tasks.CONTACTS in chosen:
        before = _last(done, text)
        done.append((tasks.CONTACTS, contacts.on_page(session, about, before)))
        notes += contacts.due(session, about) if about.team.call or done[-1][1].text != before else ()
    if tasks.CHECKLIST in chosen:
        then = event.with_text(session, about, _last(done, text))
        done.append((tasks.CHECKLIST, checklist.on_page(session, about, then.page.text, readiness.look(session, then))))
    notes += _number(about) if {tasks.NOTICES, tasks.CONTACTS} & set(chosen) else []
    if edit := _one_edit(session, about, done):
        edits.insert(0, edit)
    if edits and {tasks.NOTICES, tasks.CONTACTS} & set(chosen):
        notes += [*event.red_links(about), *team.warnings(session, about)]
    notes += (note for _, page in done for note in page.notes)
    return tasks.Planned(tuple(edits), about.inputs, tuple(dict.fromkeys(notes)))


def _number(about: About) -> list[str]:
    """Return which emergency number could be shown: one that nobody checked for this event goes to no page."""
    said = (about.roster or Roster()).event
    missing = about.roster is not None and about.event.in_person and not said.emergency_number
    return [emergency.sentence(said)] if missing else []


def _last(done: list[tuple[str, Page]], text: str) -> str:
    return done[-1][1].text if done else text


def _one_edit(session: Session, about: About, done: list[tuple[str, Page]]) -> Edit | None:
    """Return the edit that all tasks make together; it is known by the first task that changes something."""
    text, made = about.page.text, []
    for task, page in done:
        if page.text != text:
            made.append((task, page))
        text = page.text
    if not made or as_saved(text) == about.page.text:
        return None
    return Edit(
        title=about.page.title,
        namespace=tasks.namespace(about.page.title, about.site),
        task=made[0][0],
        base_revid=about.page.revid,
        old_text=about.page.text,
        text=as_saved(text),
        summary="; ".join(page.summary for _, page in made)[:400],
        reasons=tuple(reason for _, page in made for reason in page.reasons),
        tags=session.settings.writing.tags,
    )
