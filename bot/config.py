"""Settings: defaults for Meta, then a TOML file, then the environment; frozen, and the same for every room.

It knows names of pages and numbers, and must not know how anything is read or shown.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from bot import settings_file
from bot.errors import ConfigError
from bot.model import Severity

ENVIRONMENT = {"EVENTSAFETY_SITE": "site", "EVENTSAFETY_CENTRAL_SITE": "central_site", "EVENTSAFETY_CONTACT": "contact"}
# The sources that are not pages; a list may not take their names.
ACCOUNT_SOURCES = ("global-lock", "global-block", "local-block", "rename-log", "name-form")

Seconds = Annotated[float, Meta(gt=0, le=3600)]
Pause = Annotated[float, Meta(ge=0, le=3600)]
Share = Annotated[float, Meta(ge=0, le=1000)]
Count = Annotated[int, Meta(ge=0, le=100_000)]
Task = Literal["review", "notices", "contacts", "checklist"]
Site = Annotated[str, Meta(pattern=r"^([a-z0-9_-]+:[a-z0-9_-]+)?$", description='a wiki, such as "wikipedia:de"')]


class Strict(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A table of the settings file: unknown keys and wrong types are refused."""


class ListSource(Strict, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One public page that lists banned accounts.

    ``sections`` maps a heading (any case, without markup) to the authority that its entries get; only these sections
    are read, and one that is not found makes the list unrecognised. Empty: the whole page, with ``authority``.
    ``in_person_only`` is a list that holds for events in person alone. ``shrink`` and ``grow`` are the shares of
    entries by which the list may change between two runs.
    """

    id: str
    title: str
    authority: str
    severity: Severity = Severity.BAN
    sections: dict[str, str] = {}
    shrink: Share = 0.2
    grow: Share = 0.5
    in_person_only: bool = False
    enabled: bool = True


class Network(Strict, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How long, how often and how fast the wiki is asked; all in seconds.

    ``patience`` is what may be lost in a row, over all requests, before a wiki that does not answer is given up.
    """

    connect_timeout: Seconds = 6.05
    read_timeout: Seconds = 20.0
    retries: Count = 2
    retry_wait: Pause = 3.0
    longest_wait: Pause = 20.0
    patience: Pause = 40.0
    between_reads: Pause = 0.1
    maxlag: Count = 30


class MatchRules(Strict, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """From when on a resemblance of names is worth a person's look; lengths are in letters and digits, folded.

    ``near_shortest_word`` is for the word that differs, ``near_shortest_beside`` for one beside a person's other names.
    ``crowd``: a stem that more listed names share than this says nothing about one of them.
    """

    look_shortest: int = 2
    leet_shortest: int = 3
    near_shortest: int = 7
    near_shortest_word: int = 3
    near_shortest_beside: int = 5
    stretched_shortest: int = 5
    contains_shortest: int = 6
    tail_shortest: int = 4
    tail_shortest_before_year: int = 5
    crowd: int = 20


class Limits(Strict, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What one plan, or its part for one task, may do at most; a plan beyond any of them is refused as a whole.

    ``bytes_removed`` is for all pages together, in UTF-8; ``share_removed`` is of each page. Both count what of the old
    text is gone, whatever came in its place.
    """

    edits: Count = 100
    pages: Count = 100
    talk_pages: Count = 2
    new_pages: Count = 50
    bytes_removed: Count = 50_000
    share_removed: Annotated[float, Meta(ge=0, le=1)] = 0.5


class Writing(Strict, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Whether and how fast pages are saved; seconds.

    The defaults are Meta's rules for bots as far as they are known: one edit in ten seconds, and no more than that for
    an hour. ``stop_page`` may hold {bot}; edits are made only as long as that page says "run". A plan older than
    ``plan_hours`` is not applied. ``failures`` is after how many edits in a row that the wiki refused a run ends.
    """

    stop_page: str = "User:{bot}/Run"
    put_throttle: Pause = 10.0
    edits_per_hour: Annotated[int, Meta(ge=1, le=100_000)] = 360
    plan_hours: Annotated[float, Meta(gt=0, le=24 * 365)] = 24.0
    maxlag: Annotated[int, Meta(ge=-2, le=60)] = 5
    retries: Count = 2
    failures: Annotated[int, Meta(ge=1, le=1000)] = 3
    journal_file: str = ""
    tags: tuple[str, ...] = ()


class Review(Strict, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The page on which flags are decided, and whose decisions count.

    ``bot`` is the account that keeps the page (empty: the one that is logged in); ``page`` holds
    {event} and may hold {bot}: each event has a page of its own.
    ``groups`` are those of the wiki that holds the page, ``global_groups`` those of global accounts.
    """

    bot: str = ""
    page: Annotated[str, Meta(pattern=r"\{event\}", description="a title with {event} in it")] = (
        "User:{bot}/Event review/{event}"
    )
    groups: tuple[str, ...] = ("steward", "sysop")
    global_groups: tuple[str, ...] = ("steward",)
    reviewers: tuple[str, ...] = ()


class Notices(Strict, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which policies a notice names, and where; each is the target of a link as wikitext has it, empty for none.

    ``version`` is raised when every notice should be renewed. ``templates`` are those of the wiki that count as a
    notice of the policy they are mapped to ("ucoc", "friendly", "technical").
    """

    version: Annotated[str, Meta(pattern=r"^[0-9A-Za-z.-]{1,20}$", description="1 to 20 of a-z, 0-9, . and -")] = "1"
    ucoc: str = "foundation:Special:MyLanguage/Policy:Universal Code of Conduct"
    friendly: str = "foundation:Special:MyLanguage/Policy:Friendly space policy"
    technical: str = "mw:Special:MyLanguage/Code of Conduct"
    templates: dict[str, Literal["ucoc", "friendly", "technical"]] = msgspec.field(
        default_factory=lambda: {"Friendly space": "friendly", "UCoC": "ucoc"}
    )


class Contacts(Strict, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The response team: which side is right where roster and page differ, and what its health is held to.

    ``source`` is "roster" (the file) or "page" (the template that organizers keep by hand). ``rosters`` maps titles of
    events to their files, for whoever gives none with --roster. ``published`` are, beside the four that have a name
    here, the addresses of the Foundation and its committees as they publish them now; they change.
    """

    source: Literal["roster", "page"] = "roster"
    rosters: dict[str, str] = {}
    minimum: Annotated[int, Meta(ge=2, le=20)] = 2
    inactive_days: Annotated[int, Meta(ge=1, le=3650)] = 60
    emergency: str = "emergency@wikimedia.org"
    trust_and_safety: str = "ca@wikimedia.org"
    technical: str = "techconduct@wikimedia.org"
    affiliations: str = ""
    published: tuple[str, ...] = ("u4c@wikimedia.org",)


class Run(Strict, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What `eventsafety run` plans for each event that has a roster in the settings, and what it may save unattended.

    Of ``tasks`` those that are ``approved`` are saved, the others only shown; nothing is approved by default.
    """

    tasks: tuple[Task, ...] = ("notices", "contacts")
    approved: tuple[Task, ...] = ()


class Private(Strict, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the confidential commands keep, and where; nothing that plans or writes reads this table.

    ``folder`` holds the register of refusals and the incident records (empty: ``eventsafety`` in the user's own data).
    ``recipients`` are public age keys ("age1…") that new incident records are encrypted to. ``sender`` is the address
    that letters are from, ``appeal`` a sentence in them that says where a refusal can be appealed.
    """

    folder: str = ""
    recipients: tuple[
        Annotated[str, Meta(pattern=r"^age1[0-9a-z]+$", description='a public age key ("age1…")')], ...
    ] = ()
    sender: str = ""
    appeal: str = ""


META_LISTS = (
    ListSource(id="wmf-global-bans", title="WMF Global Ban Policy/List", authority="wmf"),
    ListSource(
        id="globally-banned-users",
        title="List of globally banned users",
        authority="community",
        sections={
            "Currently banned by the community": "community",
            "Currently banned by the Wikimedia Foundation": "wmf",
        },
    ),
)


class Exemption(Strict, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who said of an account and a list entry that they are not the same person, why and when.

    ``source`` is the id of the list, ``entry`` the listed name, ``facts`` the digest that `check --json` gives beside
    the likeness. It holds until ``until`` (None: without end) and as long as the facts are the same.
    """

    central_id: int
    source: str
    entry: str
    who: str
    why: str
    when: date
    facts: str
    until: date | None = None


# A page of the bot's own may lose all it holds: everybody on it may have unregistered.
TASK_LIMITS = {
    "review": Limits(new_pages=5, share_removed=1.0),
    "templates": Limits(edits=60, pages=60, new_pages=60, bytes_removed=100_000, share_removed=1.0),
    "notices": Limits(edits=10, pages=10, new_pages=2, talk_pages=2),
    "contacts": Limits(edits=5, pages=5, new_pages=0),
    "checklist": Limits(edits=5, pages=5, new_pages=0),
    "registrants": Limits(edits=1000, pages=1000, new_pages=1000, talk_pages=1000),
}


class Settings(Strict, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Everything that an operator may set; the defaults are for Meta-Wiki.

    ``site`` is the wiki that holds the event (Pywikibot's family:code); ``central_site`` is the wiki that holds the
    lists and the rename log, by default the same. ``off`` names sources that are not to be asked.
    ``rename_lookups`` is how many registrants without an account are looked up in the rename log, one request each.
    ``limits`` hold for a plan as a whole, ``task_limits`` for each task in it.
    """

    site: Site = "meta:meta"
    central_site: Site = ""
    contact: str = ""
    lists: tuple[ListSource, ...] = META_LISTS
    off: tuple[str, ...] = ()
    rename_lookups: Count = 50
    signup_subpages: tuple[str, ...] = ("Participants", "Participants' list", "Participate", "Registration")
    signup_headings: tuple[str, ...] = ()
    state_file: str = ""
    network: Network = Network()
    matching: MatchRules = MatchRules()
    exemptions: tuple[Exemption, ...] = ()
    writing: Writing = Writing()
    review: Review = Review()
    notices: Notices = Notices()
    contacts: Contacts = Contacts()
    run: Run = Run()
    private: Private = Private()
    limits: Limits = Limits()
    task_limits: dict[str, Limits] = {}

    def wanted_lists(self) -> tuple[ListSource, ...]:
        """Return the lists that are to be read."""
        return tuple(one for one in self.lists if one.enabled and one.id not in self.off)

    def limits_of(self, task: str) -> Limits:
        """Return what the part of a plan for one task may do."""
        return self.task_limits.get(task) or TASK_LIMITS.get(task) or self.limits


def load(path: Path | None = None, environ: Mapping[str, str] = os.environ) -> Settings:
    """Return the settings of ``path`` (or of ``EVENTSAFETY_CONFIG``, or the defaults) with the environment on top.

    Raises ConfigError, which names the file, every key that cannot be taken and, for TOML itself, the line.
    """
    if path is None and (named := environ.get("EVENTSAFETY_CONFIG")):
        path = Path(named)
    data: dict[str, object] = {} if path is None else settings_file.read(path)
    given = {key: environ[variable] for variable, key in ENVIRONMENT.items() if variable in environ}
    try:
        settings = msgspec.convert(data | given, Settings, strict=True)
    except msgspec.ValidationError as error:
        raise settings_file.refused({"The environment": given, str(path): data}, Settings) from error
    if wrong := tuple(_contradictions(settings)):
        raise ConfigError(settings_file.all_of(wrong, str(path)))
    return settings


def _contradictions(settings: Settings) -> Iterator[str]:
    """Yield what is wrong with the settings as a whole, in sentences."""
    ids = [one.id for one in settings.lists]
    for one in ids:
        if ids.count(one) > 1:
            yield f'There is a list "{one}" twice; give each an id of its own.'
        if one in ACCOUNT_SOURCES:
            yield f'A list cannot have the id "{one}", which is that of another source.'
    known = (*ids, *ACCOUNT_SOURCES[:3])
    for one in settings.off:
        if one not in known:
            yield f'There is no source "{one}" that could be switched off; {settings_file.nearest(one, known)}'
    for task in settings.task_limits:
        if task not in TASK_LIMITS:
            told = settings_file.nearest(task, TASK_LIMITS)
            yield f'There is no task "{task}" to which task_limits could apply; {told}'
