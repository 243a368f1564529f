"""What all tasks about an event's page need to know, read once: the event, its page, its roster, its team."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from bot import tasks
from bot.check import event as events
from bot.duty import contradictions, hours, named_pages, phases
from bot.duty.named_pages import NamedPage
from bot.errors import ConfigError, UsageError, WikiError
from bot.model import Contact, Event, Phase, Revision, Roster, SiteInfo, Training
from bot.parse import contacts, eventref, roster, safetypage, training
from bot.parse.contacts import PageTeam
from bot.parse.safetypage import SafetyPage
from bot.plan import discreet, placement
from bot.plan.contacts_values import Secrets
from bot.plan.edits import Input
from bot.read import wiki
from bot.read.session import Session

# The template that keeps the sign of an address from harvesters; not every wiki has it.
AT_SIGN = "Template:@"


@dataclass(frozen=True, slots=True)
class InputFile:
    """A file that somebody gave: its name, which says what it is, and its bytes."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class About:
    """An event, its page and talk page (None: there is none yet), and what the page says; times are UTC.

    ``language`` is that of the page. ``roster`` is None where nobody gave one. ``now`` is when it was read.
    ``completed`` are courses by the canonical name of who took them. ``contradictions`` are sentences about where
    roster and registration differ, ``absent`` the pages that the roster names and that this wiki does not have,
    ``uninstalled`` the bot's templates that it does not have.
    """

    site: SiteInfo
    event: Event
    page: Revision
    talk_title: str
    talk: Revision | None
    language: str
    roster: Roster | None
    team: PageTeam
    safety: SafetyPage
    has_at_sign: bool
    now: datetime
    completed: Mapping[str, tuple[Training, ...]]
    notes: tuple[str, ...] = ()
    inputs: tuple[Input, ...] = ()
    contradictions: tuple[str, ...] = ()
    absent: tuple[NamedPage, ...] = ()
    uninstalled: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """What the event is called: the name of its registration, else the title of its page without the namespace."""
        title = self.event.title
        return self.event.name or (title.partition(":")[2] if tasks.namespace(title, self.site) else title)

    @property
    def after_days(self) -> int:
        """For how many days after the event the team still answers."""
        return (self.roster or Roster()).event.after_days

    @property
    def phase(self) -> Phase | None:
        """Where the event stands now; None: its team answers no longer."""
        return phases.now(self.event.start, self.event.end, self.after_days, self.now)

    @property
    def today(self) -> date:
        """The day where the event is, in UTC where its time zone is not known."""
        return self.now.astimezone(hours.zone(self.event.timezone) or UTC).date()


def read(
    session: Session,
    text: str,
    given: InputFile | None,
    trained: Sequence[InputFile] = (),
    *,
    site: SiteInfo | None = None,
    now: datetime,
) -> About:
    """Return what the wiki and the roster say of the event that ``text`` means; ``now`` is UTC.

    ``site`` is the wiki, if it was read before.

    Raises EventSafetyError: no such event or page, a translation of its page, a roster that cannot be used.
    """
    site = site or wiki.site_info(session)
    located = events.locate(session, site, text)
    event = located.event
    talk_title = tasks.talk_page(event.title, site)
    base = eventref.base_of_translation(event.title)
    rostered = _roster(session, given, event.title, site)
    if rostered and (trouble := _another_event(rostered, event, eventref.read(text, site).title, site)):
        raise UsageError(trouble)
    named = named_pages.of(rostered.event, site) if rostered else ()
    templates = [tasks.local(f"Template:{name}", site) for name in safetypage.OWN_TEMPLATES]
    asked = [event.title, talk_title, AT_SIGN, *templates, *([base] if base else []), *(one.title for one in named)]
    pages = wiki.pages(session, asked, redirects=False)
    page = pages.found.get(event.title)
    if page is None:
        raise WikiError(f"The page of the event could not be read: {pages.missing.get(event.title)}")
    _refuse_translation(event.title, base, pages.found.get(base or ""))
    if talk_title not in pages.found and talk_title not in pages.absent:
        raise WikiError(f"The talk page of the event could not be read: {pages.missing.get(talk_title)}")
    talk = pages.found.get(talk_title)
    known = [Input(tasks.EVENT_PAGE, page.title, page.revid, session.name)]
    known += [Input("talk page", talk.title, talk.revid, session.name)] if talk else []
    known += [Input("roster", rostered.source, None, session.name)] if rostered else []
    return About(
        site=site,
        event=_with_times(event, rostered),
        page=page,
        talk_title=talk_title,
        talk=talk,
        language=wiki.language(session, event.title),
        roster=rostered,
        team=contacts.read(page.text, site, page.title),
        safety=safetypage.read(page.text, site, session.settings.notices, page.title),
        has_at_sign=AT_SIGN in pages.found,
        now=now,
        completed=_completed(trained, site),
        notes=located.notes,
        inputs=tuple(known),
        contradictions=contradictions.between(event, rostered.event) if rostered else (),
        absent=named_pages.absent(named, pages.absent, made=[talk_title]),
        uninstalled=tuple(title for title in templates if title in pages.absent),
    )


def with_text(session: Session, about: About, text: str) -> About:
    """Return the same event as it is once its page has this text; asks nothing."""
    page = replace(about.page, text=text)
    return replace(
        about,
        page=page,
        team=contacts.read(text, about.site, page.title),
        safety=safetypage.read(text, about.site, session.settings.notices, page.title),
    )


def red_links(about: About) -> tuple[str, ...]:
    """Return a sentence when readers would see red links instead of what the bot writes."""
    if not about.uninstalled:
        return ()
    missing = ", ".join(about.uninstalled)
    return (f"This wiki does not have {missing}: apply the plan of `eventsafety templates install` first.",)


def team(session: Session, about: About) -> tuple[Contact, ...]:
    """Return the response team by the side that the settings call right; the other one where that side has nobody.

    Free text in it holds nothing that is not public.
    """
    both = (about.roster.contacts if about.roster else (), about.team.roster.contacts)
    secrets = Secrets(both[0] or both[1])  # what a page shows may be what its roster keeps private
    rostered, shown = (discreet.contacts(one, secrets) for one in both)
    return (rostered or shown) if session.settings.contacts.source == "roster" else (shown or rostered)


def _refuse_translation(title: str, base: str | None, above: Revision | None) -> None:
    if above is not None and placement.is_translation(title, has_base_markup="<translate>" in above.text):
        raise UsageError(f'"{title}" is a translation, which no bot may edit; give the page itself, "{base}".')


def _roster(session: Session, given: InputFile | None, title: str, site: SiteInfo) -> Roster | None:
    """Return the roster that was given, or the one that the settings name for this event."""
    if given is None and (file := session.settings.contacts.rosters.get(title)):
        try:
            given = InputFile(file, Path(file).read_bytes())
        except OSError as error:
            raise ConfigError(f'Cannot read {file}, the roster of "{title}": {error.strerror}.') from error
    if given is None:
        return None
    found = roster.read(given.data, given.name, site)
    return replace(found, declared=discreet.declared(found.declared, Secrets(found.contacts)))


def _completed(trained: Sequence[InputFile], site: SiteInfo) -> Mapping[str, tuple[Training, ...]]:
    found: dict[str, tuple[Training, ...]] = {}
    for file in trained:
        for name, courses in training.read(file.data, file.name, site).items():
            found[name] = (*found.get(name, ()), *courses)
    return found


def _another_event(rostered: Roster, event: Event, asked: str | None, site: SiteInfo) -> str:
    """Return a sentence when the roster is for another event than the one that was asked for.

    A title that was ``asked`` for and led here, by a redirect, is one that the page had before.
    """
    named = rostered.event.title
    if not named or tasks.local(named, site) in (event.title, asked):
        return ""
    return (
        f'{rostered.source} is the roster of "{named}", not of "{event.title}"; give the right one, or write the new '
        "title into it if the page was moved."
    )


def _with_times(event: Event, rostered: Roster | None) -> Event:
    """Add what the registration does not say, or there is none to say it."""
    said = rostered.event if rostered else None
    if said is None:
        return event
    zone = said.timezone or event.timezone
    in_person = True if said.in_person else event.in_person if event.in_person is not None else said.in_person
    event = replace(event, timezone=zone, in_person=in_person)
    if event.start is None and event.end is None and said.timezone and said.start and said.end:
        where = ZoneInfo(zone)
        return replace(event, start=hours.moment(said.start, where), end=hours.moment(said.end, where))
    return event
