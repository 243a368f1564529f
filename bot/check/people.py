"""Who registered, from all the places where people put themselves down, each person once; must not fetch anything."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from bot.model import Excluded, Registrant, Revision, Signups, SiteInfo, Unparsed
from bot.parse import signups


@dataclass(frozen=True, slots=True)
class People:
    """The registrants of an event with everything that was read beside them."""

    registrants: tuple[Registrant, ...] = ()
    excluded: tuple[Excluded, ...] = ()
    unparsed: tuple[Unparsed, ...] = ()


def from_pages(
    pages: Sequence[tuple[Revision, bool]], site: SiteInfo, headings: tuple[str, ...]
) -> tuple[Signups, ...]:
    """Return what each page says, every line with its title and revision; the bool marks a page that is all list."""
    return tuple(_located(signups.read(page.text, site, headings, whole_page=whole), page) for page, whole in pages)


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

    Somebody who withdrew in one place and stands in another is coming: a missed registrant is the graver mistake.
    """
    found = tuple(lists)
    everybody: dict[tuple[str, object], Registrant] = {}
    for number, registrant in enumerate((*registered, *(r for read in found for r in read.registrants))):
        key = ("name", registrant.name) if registrant.name is not None else ("row", number)
        first = everybody.setdefault(key, registrant)
        if first.withdrawn and not registrant.withdrawn:
            everybody[key] = replace(first, withdrawn=False, maybe=registrant.maybe)
    return People(
        tuple(everybody.values()),
        tuple(e for read in found for e in read.excluded),
        tuple(u for read in found for u in read.unparsed),
    )
