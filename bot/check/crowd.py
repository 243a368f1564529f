"""Who registered for an event, from its registration, its pages and a file; judges nobody and remembers nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.check import people
from bot.check.event import Located
from bot.check.people import People
from bot.errors import NoRegistrationError, WikiError
from bot.model import Registrant, Signups, SiteInfo
from bot.read import campaignevents, wiki
from bot.read.session import Session
from bot.read.wiki import PagesRead


@dataclass(frozen=True, slots=True)
class Crowd:
    """Everybody, each once; ``rows`` is how many of them the registration gave, ``unread`` what pages were not read."""

    people: People
    rows: int
    unread: tuple[str, ...]


def read(
    session: Session,
    site: SiteInfo,
    located: Located,
    *,
    file: Signups | None = None,
    progress: Callable[[int], None] | None = None,
) -> Crowd:
    """Return who registered for the event, with ``file`` beside, by two kinds of request: registration and pages.

    Raises NoRegistrationError for an event with nobody to find, WikiError.
    """
    titles = people.signup_titles(session.settings, located.event.title)
    pages = try_pages(session, titles)
    registered = registrants(session, site, located, progress)
    everybody = together(session, site, located, registered, pages, file)
    return Crowd(everybody, len(registered), unread(session, located, pages))


def registrants(
    session: Session, site: SiteInfo, located: Located, progress: Callable[[int], None] | None = None
) -> tuple[Registrant, ...]:
    """Return who registered publicly with CampaignEvents; nobody where the event has no such registration."""
    if located.event.id is None:
        return ()
    return campaignevents.participants(session, located.event.id, site, progress)


def together(
    session: Session,
    site: SiteInfo,
    located: Located,
    registered: tuple[Registrant, ...],
    pages: PagesRead,
    file: Signups | None,
) -> People:
    """Return who registered together with who signed up on ``pages`` and who stands in ``file``.

    Raises NoRegistrationError, WikiError where there is nobody to check and no file.
    """
    settings, title = session.settings, located.event.title
    found = people.signup_pages(settings, title, pages.found)
    lists = list(people.from_pages(found, site, settings.signup_headings))
    if located.event.id is None and file is None and not any(one.sections for one in lists):
        raise _nobody(session, site, title, pages)
    return people.merge(registered, [*lists, *([file] if file else [])])


def unread(session: Session, located: Located, pages: PagesRead) -> tuple[str, ...]:
    """Return a sentence for each page on which people may have signed up and that is there but was not read."""
    lists = {one.title for one in session.settings.wanted_lists()}
    wanted = people.signup_titles(session.settings, located.event.title)
    return tuple(pages.missing[title] for title in wanted if title in pages.missing.keys() - pages.absent - lists)


def try_pages(session: Session, titles: Sequence[str]) -> PagesRead:
    """Return the pages of these titles; where the wiki does not answer, each with that as the reason."""
    try:
        return wiki.pages(session, titles)
    except WikiError as error:
        return PagesRead({}, dict.fromkeys(titles, str(error)))


def _nobody(session: Session, site: SiteInfo, title: str, pages: PagesRead) -> WikiError | NoRegistrationError:
    if title not in pages.found:
        return WikiError(f'The page "{title}" could not be read: {pages.missing.get(title, "no answer")}')
    also = "" if "CampaignEvents" in site.extensions else f" {session.name} does not have CampaignEvents."
    return NoRegistrationError(
        f'The page "{title}" has neither a registration nor a sign-up list that could be found.{also} Give the '
        "page that holds the list, or the names in a file with --registrants."
    )
