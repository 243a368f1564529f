"""What is read from a wiki and its pages: the wiki itself, revisions, registrants, list entries."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.model.safety import Agreed
from bot.model.words import NameState


@dataclass(frozen=True, slots=True)
class SiteInfo:
    """What the pure rooms need to know of a wiki.

    ``namespaces`` maps a namespace number to all its names and aliases; ``special_pages`` maps the canonical name of
    a special page to its aliases; ``interwikis`` are the prefixes that lead to other wikis.
    """

    dbname: str
    server: str
    article_path: str
    script_path: str
    language: str
    namespaces: Mapping[int, tuple[str, ...]]
    special_pages: Mapping[str, tuple[str, ...]]
    interwikis: frozenset[str] = frozenset()
    extensions: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a registrant was read; ``kind`` is "campaignevents", "csv" or a wikitext kind of parse/signups."""

    kind: str
    title: str | None = None
    revid: int | None = None
    line: int | None = None
    section: str = ""


@dataclass(frozen=True, slots=True)
class Registrant:
    """A person who put themselves down for the event.

    ``name`` is canonical, None for a hidden or vanished account, which is never named. ``prefix`` is the interwiki
    prefix under which the name was given ("w:de"), empty for an account of this wiki. ``why_unnamed`` says why there
    is no name. ``agreed`` is about the event's policies.
    """

    name: str | None
    origin: Origin
    central_id: int | None = None
    state: NameState = NameState.ACCOUNT
    withdrawn: bool = False
    maybe: bool = False
    prefix: str = ""
    why_unnamed: str = ""
    agreed: Agreed = Agreed.NOT_ASKED


@dataclass(frozen=True, slots=True)
class Excluded:
    """A name that stands in or near a list and is no registrant or entry, with the reason."""

    name: str
    line: int
    why: str
    section: str = ""


@dataclass(frozen=True, slots=True)
class Unparsed:
    """A line that plainly holds something and could not be read; ``why`` is empty where that says everything."""

    line: int
    text: str
    title: str | None = None
    revid: int | None = None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Signups:
    """What a sign-up page says; ``sections`` are the headings (or marker pairs) that were taken for sign-up lists."""

    registrants: tuple[Registrant, ...] = ()
    excluded: tuple[Excluded, ...] = ()
    unparsed: tuple[Unparsed, ...] = ()
    sections: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BanEntry:
    """One listed account; ``since`` is the list's own text. ``central_id`` is filled in once the name is resolved.

    ``until`` is the ISO date on which the entry runs out, empty for never; ``in_person_only`` is an entry that holds
    for events in person alone.
    """

    name: str
    line: int
    section: str
    authority: str
    since: str = ""
    source: str = ""
    central_id: int | None = None
    now_named: str = ""
    until: str = ""
    in_person_only: bool = False


@dataclass(frozen=True, slots=True)
class Banlist:
    """What a list page says; with anything in ``unrecognised`` the page must not be believed."""

    entries: tuple[BanEntry, ...] = ()
    ignored: tuple[Excluded, ...] = ()
    unrecognised: tuple[Unparsed, ...] = ()


@dataclass(frozen=True, slots=True)
class Revision:
    """One page as read; ``text`` is its wikitext, ``timestamp`` is UTC."""

    title: str
    revid: int
    timestamp: datetime
    text: str
