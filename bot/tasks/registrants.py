"""The task "registrants": one message to everybody who registered, all alike; reads and plans, saves nothing.

What a check found about somebody is not read here, so it cannot make a difference.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot import check, escape, tasks
from bot.check import Progress, people
from bot.errors import NoRegistrationError, UsageError, WikiError
from bot.model import Agreed, NameState, PolicyKind, Registrant, Unparsed
from bot.onwiki import messages
from bot.parse import usernames
from bot.parse.safetypage import NOTICE, REMINDER
from bot.plan import notices, registrants
from bot.plan.edits import Edit
from bot.plan.registrants import Deliveries, Message, Skipped
from bot.plan.skips import Skip
from bot.read import accounts, campaignevents, talkpages, wiki
from bot.read import messages as interface
from bot.read.session import Session
from bot.render import massmessage, words
from bot.render.massmessage import Letter
from bot.tasks import event as events
from bot.tasks import notices as notice_task
from bot.tasks import team, told
from bot.tasks.event import About

_REMINDER_ORDER = ("event", "version", "lang", *(kind.value for kind in PolicyKind), "where")
_NAMED = 5  # how many are named of those who are skipped for one reason
_NAMES_NOBODY = "No safety contacts are known, so the message names nobody who takes reports: give a roster."
_NOBODY_ASKED = "Nothing on the sign-up pages asks people to agree to the policies, so there is nobody to be reminded."


class Kind(StrEnum):
    """Which message is meant: the notice to all, or the reminder to those who were asked to agree and have not."""

    NOTICE = "notice"
    REMINDER = "reminder"


@dataclass(frozen=True, slots=True)
class Delivery:
    """What a person needs who sends the messages in the bot's place: the list as wikitext, and what to fill in."""

    list: str
    letter: Letter
    targets: int
    notes: tuple[str, ...]


def planned(session: Session, about: About, kind: Kind, progress: Progress = check.silent) -> tasks.Planned:
    """Return the edits of the talk pages, and counted for each reason who gets nothing.

    Requests for N registrants: as many as a check asks for them and their accounts, one more for each ``session.limit``
    of them for their talk pages, one for each 500 of the bot's own edits there, eight for all else, and what ``told``
    asks about who left the list.

    Raises WikiError when the list of registrants, the talk pages or the bot's own contributions cannot be read: a part
    is never taken for the whole.
    """
    message, found, notes = _deliveries(session, about, kind, progress)
    said = messages.text(message.values["lang"], _SUMMARY[kind], about.name, message.version)
    edits = tuple(
        Edit(
            title=draft.title,
            namespace=tasks.namespace(draft.title, about.site),
            task=tasks.REGISTRANTS,
            base_revid=draft.base_revid,
            old_text=draft.old_text,
            text=draft.text,
            summary=notices.summary(said, _marks(about, kind, message)[0]),
            reasons=(draft.reason,),
            tags=session.settings.writing.tags,
        )
        for draft in found.drafts
    )
    return tasks.Planned(edits, about.inputs, (*notes, *_counted(found)))


def delivery(session: Session, about: About, kind: Kind, sender: str, progress: Progress = check.silent) -> Delivery:
    """Return the same messages for a human ``sender``; raises as ``planned`` does, UsageError for a name of nobody."""
    name = usernames.canonical(sender, about.site)
    if name.state is not NameState.ACCOUNT or not _exists(session, name.name, about):
        raise UsageError(
            f'There is no account "{sender}" on {session.name}; --sender is who sends and signs the message.'
        )
    message, found, notes = _deliveries(session, about, kind, progress)
    letter = massmessage.letter(message, name.name, about.site)
    fresh = [draft.title for draft in found.drafts]
    return Delivery(
        massmessage.delivery_list(fresh, message, about.site),
        letter,
        len(fresh),
        (*notes, *_counted(found)),
    )


def _exists(session: Session, name: str, about: About) -> bool:
    return talkpages.read(session, [name], about.site)[name].has_account is not False


_SUMMARY = {Kind.NOTICE: "talk-summary", Kind.REMINDER: "reminder-summary"}
_HEADING = {Kind.NOTICE: "talk-heading", Kind.REMINDER: "reminder-heading"}


def _deliveries(
    session: Session, about: About, kind: Kind, progress: Progress
) -> tuple[Message, Deliveries, tuple[str, ...]]:
    crowd, notes = _people(session, about, progress)
    notes = (*notes, *_agreement(crowd, kind))
    if kind is Kind.REMINDER:
        crowd = tuple(one for one in crowd if one.agreed is Agreed.NOT_AGREED)
    message = _message(session, about, kind, _where(crowd, about))
    if kind is Kind.NOTICE and "contact 1" not in message.values:
        notes = (_NAMES_NOBODY, *notes)
    names = [one.name for one in crowd if one.name is not None and one.state is NameState.ACCOUNT]
    # Also what the settings switch off for a check is asked: who is locked or blocked gets no message.
    states = accounts.states(session, names).states
    pages = talkpages.read(session, names, about.site)
    had = told.names(session, about, names, _marks(about, kind, message)) if names else frozenset()
    gone = told.deleted(session, about, pages.values())
    found = registrants.plan(crowd, states, pages, had, message, about.site, tasks.account(session), gone)
    if found.drafts:
        grave = team.warnings(session, about) if kind is Kind.NOTICE else ()
        notes = (*events.red_links(about), *grave, *notes)
    return message, found, notes


def _marks(about: About, kind: Kind, message: Message) -> tuple[str, ...]:
    return told.keys(about.event, kind, message.version, message.formerly)


def _where(crowd: Iterable[Registrant], about: About) -> str:
    """Return the title of the page on which to agree: the one that asks for it; the event's, where several do."""
    titles = {one.origin.title for one in crowd if one.origin.title}
    return titles.pop() if len(titles) == 1 else about.event.title


def _message(session: Session, about: About, kind: Kind, where: str) -> Message:
    shown_team = events.team(session, about)
    shown = about.team.call is not None
    said = notice_task.wanted(session, about, shown_team, has_contacts=shown)
    values = notices.values(said, notices.TALK)
    order: tuple[str, ...] = notices.ORDER
    if kind is Kind.REMINDER:
        kept = {name: value for name, value in values.items() if name in _REMINDER_ORDER}
        values = {
            **kept,
            "lang": messages.chosen(about.language, "reminder"),
            "where": escape.wikitext(where),
        }
        order = _REMINDER_ORDER
    names = interface.months(session, about.site)
    return Message(
        template=NOTICE if kind is Kind.NOTICE else REMINDER,
        event=about.event.title,
        version=session.settings.notices.version,
        heading=escape.wikitext(messages.text(values["lang"], _HEADING[kind], about.name)),
        values=values,
        signature=registrants.signature(tasks.account(session), about.site, about.now, names),
        order=order,
        formerly=told.former_titles(session, about),
    )


def _people(session: Session, about: About, progress: Progress) -> tuple[tuple[Registrant, ...], tuple[str, ...]]:
    """Return everybody who registered in public, and what could not be read; raises WikiError for a whole page."""
    settings, event = session.settings, about.event
    registered: tuple[Registrant, ...] = ()
    if event.id is not None:
        registered = campaignevents.participants(
            session, event.id, about.site, lambda done: progress("Reading registrants", done, None)
        )
    titles = people.signup_titles(settings, event.title)
    pages = wiki.pages(session, titles)
    if unread := [why for title, why in pages.missing.items() if title not in pages.absent]:
        raise WikiError(f"Not everybody who signed up is known, so nobody is written to. {unread[0]}")
    lists = people.from_pages(
        people.signup_pages(settings, event.title, pages.found), about.site, settings.signup_headings
    )
    if event.id is None and not any(one.sections for one in lists):
        raise NoRegistrationError(f'The page "{event.title}" has neither a registration nor a sign-up list.')
    crowd = people.merge(registered, lists)
    return crowd.registrants, _unread(crowd.unparsed)


def _unread(unparsed: Sequence[Unparsed]) -> tuple[str, ...]:
    if not unparsed:
        return ()
    count = words.count(len(unparsed), "line", "lines")
    lines = ", ".join(f'line {one.line} of "{one.title}"' for one in unparsed[:3])
    more = " and others" if len(unparsed) > 3 else ""
    return (f"{count} of sign-up lists cannot be read, and nobody there is written to: {lines}{more}.",)


def _agreement(crowd: Iterable[Registrant], kind: Kind) -> tuple[str, ...]:
    by = [one.agreed for one in crowd]
    if Agreed.NOT_AGREED not in by and Agreed.AGREED not in by:
        return (_NOBODY_ASKED,) if kind is Kind.REMINDER else ()
    counted = ", ".join(f"{by.count(state)} {state.value}" for state in Agreed if by.count(state))
    return (f"Agreement to the policies, of {len(by)} people: {counted}.",)


def _counted(found: Deliveries) -> tuple[str, ...]:
    """Return a sentence for each reason, with its number, some names and what is particular to them."""
    return tuple(
        f"Skipped, {number}: {why.sentence} ({_named(found.skipped, why)})" for why, number in found.counts.items()
    )


def _named(skipped: Iterable[Skipped], why: Skip) -> str:
    names = [_one(one) for one in skipped if one.why is why]
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    return "; ".join(names[:_NAMED]) + more


def _one(skipped: Skipped) -> str:
    return f"{skipped.name or 'a hidden name'}{': ' if skipped.detail else ''}{skipped.detail}"
