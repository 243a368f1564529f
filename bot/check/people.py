"""Who registered, from all the places where people put themselves down, each person once; must not fetch anything."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.config import Settings
from bot.model import Agreed, Excluded, Registrant, Revision, Signups, SiteInfo, Unparsed
from bot.parse import agreement, signups

# Of what several places say about one person, the first in this order counts.
_AGREEMENT = (Agreed.AGREED, Agreed.REGISTERED, Agreed.NOT_AGREED, Agreed.UNKNOWN, Agreed.NOT_ASKED)


@dataclass(frozen=True, slots=True)
class People:
    """The registrants of an event with everything that was read beside them."""

    registrants: tuple[Registrant, ...] = ()
    excluded: tuple[Excluded, ...] = ()
    unparsed: tuple[Unparsed, ...] = ()


def signup_titles(settings: Settings, title: str) -> list[str]:
    """Return the titles of all pages on which people may have signed up for the event ``title``."""
    return [title, *(f"{title}/{sub}" for sub in settings.signup_subpages)] if title else []


def signup_pages(settings: Settings, title: str, found: Mapping[str, Revision]) -> list[tuple[Revision, bool]]:
    """Return the event's page and its sign-up subpages of ``found``, each once; the latter are lists as a whole."""
    pages = {page.title: page for asked in signup_titles(settings, title) if (page := found.get(asked))}
    ends = tuple(f"/{sub}" for sub in settings.signup_subpages)
    return [(page, page.title.endswith(ends)) for page in pages.values()]


def from_pages(
    pages: Sequence[tuple[Revision, bool]], site: SiteInfo, headings: tuple[str, ...]
) -> tuple[Signups, ...]:
    """Return what each page says, every line with its title and revision; the bool marks a page that is all list."""
    return tuple(
        _located(_with_agreement(signups.read(page.text, site, headings, whole_page=whole), page, site), page)
        for page, whole in pages
    )


def _with_agreement(read: Signups, page: Revision, site: SiteInfo) -> Signups:
    agreed = agreement.read(page.text, site, read)
    people = (replace(r, agreed=agreed.get(r.origin.line or 0, r.agreed)) for r in read.registrants)
    return replace(read, registrants=tuple(people))


def _located(read: Signups, page: Revision) -> Signups:
    return replace(
        read,
        registrants=tuple(
            replace(r, origin=replace(r.origin, title=page.title, revid=page.revid)) for r in read.registrants
        ),
        unparsed=tuple(replace(u, title=page.title, revid=page.revid) for u in read.unparsed),
    )


def merge(registered: Iterable[Registrant], lists: Iterable[Signups]) -> People:
    """Return everybody once, in the order given: who stands in several places keeps the first and surest of them.

    Somebody who withdrew in one place and stands in another is coming: a missed registrant is the graver mistake. Who
    agreed to the policies in one place has agreed.
    """
    found = tuple(lists)
    everybody: dict[tuple[str, object], Registrant] = {}
    for number, registrant in enumerate((*registered, *(r for read in found for r in read.registrants))):
        key = ("name", registrant.name) if registrant.name is not None else ("row", number)
        first = everybody.setdefault(key, registrant)
        agreed = min(first.agreed, registrant.agreed, key=_AGREEMENT.index)
        if first.withdrawn and not registrant.withdrawn:
            everybody[key] = replace(first, withdrawn=False, maybe=registrant.maybe, agreed=agreed)
        elif agreed is not first.agreed:
            everybody[key] = replace(first, agreed=agreed)
    return People(
        tuple(everybody.values()),
        tuple(e for read in found for e in read.excluded),
        tuple(u for read in found for u in read.unparsed),
    )
