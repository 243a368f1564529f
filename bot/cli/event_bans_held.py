"""A confidential list as it is used for one event: open or sealed, with what of it holds; knows no registrant."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING

from bot.cli import event_bans_event, private_list
from bot.cli.event_bans_people import Everybody, Shown
from bot.cli.private_list import SealedFile
from bot.private.force import InForce
from bot.private.model import BanList, Field, Matcher, Occasion, Screening, UnreadRow

if TYPE_CHECKING:
    from bot.config import MatchRules
    from bot.model import SiteInfo

_OF_ACCOUNTS = (Field.USER, Field.CENTRAL_ID)
_MORE = (
    "Some entries of the list name no account: real names and e-mail addresses of registrants, from a form of your "
    "own, can be given with --registrants FILE."
)


@dataclass(frozen=True, slots=True, repr=False)
class Held:
    """A list, ready to hold people against; ``delete_after`` (UTC) is when it and all that comes of it must be gone."""

    occasion: Occasion
    matcher: Matcher
    entries: int
    delete_after: datetime
    now: datetime
    is_sealed: bool = False
    comparable: Mapping[frozenset[Field], int] = field(default_factory=dict)
    left_out: Mapping[str, int] = field(default_factory=dict)
    unread: tuple[UnreadRow, ...] = ()
    notes: tuple[str, ...] = ()

    def screened(self, everybody: Everybody, shown: Shown) -> Screening:
        """Return what the list says of ``everybody``."""
        from bot.private import screening

        found = screening.judge(
            everybody.people,
            self.matcher,
            lambda done, total: shown("Holding people against the list", done, total),
            unread=len(self.unread),
            entries=self.comparable,
        )
        remarks = screening.remarks(everybody.people, is_sealed=self.is_sealed)
        if any(fields.isdisjoint(_OF_ACCOUNTS) for fields in self.comparable):
            remarks = (*remarks, _MORE)
        return Screening(
            occasion=self.occasion,
            findings=found,
            entries=self.entries,
            delete_after=self.delete_after,
            checked_at=self.now,
            is_sealed=self.is_sealed,
            private_unseen=everybody.private_unseen,
            left_out=self.left_out,
            unread_entries=self.unread,
            unread_people=everybody.unread,
            unread_pages=everybody.pages,
            notes=(*self.notes, *everybody.notes, *remarks),
        )


def against(occasion: Occasion, site: SiteInfo, rules: MatchRules, now: datetime, password_fd: int | None) -> Held:
    """Return the list of --list, unlocked and read, as far as it holds for the event.

    Raises UsageError where it may not be used for it (any more), BadInputError for a list that cannot be read.
    """
    from bot.private import force

    if occasion.end is not None or not private_list.is_sealed(private_list.content()):  # before a password is asked for
        force.time_left(occasion, now, _ends())
    found = private_list.read(site, password_fd)
    if isinstance(found, SealedFile):
        return _sealed(found, occasion, site, now)
    from bot.private.matching import ListMatcher

    holding = in_force(found, occasion, now)
    return Held(
        occasion,
        ListMatcher(holding.entries, rules),
        len(holding.entries),
        holding.delete_after,
        now,
        comparable=force.comparable(holding.entries),
        left_out=holding.left_out,
        unread=found.unread,
        notes=(*found.notes, *holding.notes),
    )


def in_force(found: BanList, occasion: Occasion, now: datetime) -> InForce:
    """Return what of a list holds for the event, by what the options say too."""
    from bot.private import force

    return force.in_force(
        found,
        occasion,
        now=now,
        online_anyway=event_bans_event.given().online_anyway,
        list_ends=event_bans_event.list_ends(),
    )


def _sealed(file: SealedFile, occasion: Occasion, site: SiteInfo, now: datetime) -> Held:
    from bot.private import force, sealed
    from bot.private.sealed_match import SealedMatcher

    opened = sealed.open_(file.data, file.secret)
    sealed.check_event(opened, occasion, site.dbname, now)
    ends = [opened.expires]
    ends += [force.time_left(occasion, now, _ends())[0]] if occasion.end is not None else []
    return Held(
        occasion,
        SealedMatcher(opened, file.secret),
        0,  # a sealed list does not tell
        min(ends),
        now,
        is_sealed=True,
        comparable=dict.fromkeys(opened.combinations, 0),
        notes=opened.notes,
    )


def _ends() -> list[date]:
    ends = event_bans_event.list_ends()
    return [ends] if ends else []
