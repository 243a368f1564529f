"""What a review page is to say, and what it is to become; must not know how that is written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.plan.flags import Flag


@dataclass(frozen=True, slots=True)
class Present:
    """Whether a flag that is no longer found may be believed to be gone.

    ``known``: this very account is registered and its source was asked about it. ``registered``: it is registered.
    """

    registered: bool
    known: bool


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the page is to say; ``account_urls`` and ``presence`` are by id of a flag.

    ``presence`` lacks who is not registered. Names are as a terminal shows them: ``registered`` can be seen to be so,
    of ``unsure`` the account is not known this time, of ``hidden`` the wiki says that there is none to be seen.
    ``everybody_read`` tells whether the list of registrants is whole but for the lines in ``unread_lines``. ``title``
    and ``registration`` are of the event, ``unchecked`` counts by cause.
    """

    title: str
    registration: int | None
    date: str
    flags: Sequence[Flag]
    account_urls: Mapping[str, str]
    presence: Mapping[str, Present]
    registered: frozenset[str]
    unsure: frozenset[str]
    hidden: frozenset[str]
    everybody_read: bool
    unread_lines: str
    unchecked: Mapping[str, int]
    stop_page: str


@dataclass(frozen=True, slots=True)
class Page:
    """The next text of the page with its summary, a sentence for each change, and what was left alone."""

    text: str
    summary: str
    reasons: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
