"""Who gets no message on their talk page, and why: one reason each, told in numbers; must not know the message.

The order is that of the reasons below: first what somebody is, then how their account stands, then what their page
says. Nothing here knows what a check found: whoever is left gets the same message.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

from bot.model import (
    AccountState,
    Existence,
    NameState,
    NotKnown,
    Registrant,
    Restriction,
    Severity,
    SiteInfo,
    TalkPage,
)
from bot.parse import exclusion
from bot.parse.calls import find

# What ``{{bots|optout=…}}`` may call such a message.
OPTOUTS = frozenset({"eventsafety", "notices", "registrants", "massmessage"})

_EXCLUSIONS = ("Bots", "Nobots")
_INDIRECT = "A page that the talk page shows has {{bots}} or {{nobots}}, so it may deny this bot."
_BOTS = frozenset({"bot", "flow-bot", "copyviobot"})
_NEEDS = {"global-lock": "CentralAuth", "global-block": "GlobalBlocking"}


class Skip(StrEnum):
    """Why somebody gets no message; ``sentence`` says it to an operator."""

    UNNAMED = "unnamed"
    IP = "ip"
    TEMPORARY = "temporary"
    IMPOSSIBLE = "impossible name"
    ELSEWHERE = "of another wiki"
    WITHDRAWN = "withdrawn"
    UNCHECKED = "account not checked"
    MISSING = "no account"
    LOCKED = "locked"
    BLOCKED = "blocked"
    GLOBALLY_BLOCKED = "globally blocked"
    BOT = "bot"
    UNREADABLE = "page not readable"
    REDIRECT = "redirect"
    NOT_WIKITEXT = "not wikitext"
    OPTED_OUT = "opted out"
    EXCLUDED = "bots excluded"
    TOLD = "told before"
    TOLD_ELSEWHERE = "told before, not on the page"
    DELETED = "page deleted"
    MALFORMED = "notice not readable"
    SWALLOWED = "page not closed"

    @property
    def sentence(self) -> str:
        """Return what to tell of all who are skipped for this reason."""
        return _SENTENCES[self]


_SENTENCES = {
    Skip.UNNAMED: "The wiki hides the name, or the account is gone.",
    Skip.IP: "An address is nobody's account.",
    Skip.TEMPORARY: "A temporary account: its talk page may be somebody else's tomorrow.",
    Skip.IMPOSSIBLE: "No account can have this name.",
    Skip.ELSEWHERE: "The name was given as that of an account on another wiki.",
    Skip.WITHDRAWN: "They are struck out of the list, or took their name back.",
    Skip.UNCHECKED: "It could not be told whether the account is locked or blocked, or whose it is; try again later.",
    Skip.MISSING: "There is no account of this name on this wiki.",
    Skip.LOCKED: "The account is locked.",
    Skip.BLOCKED: "The account is blocked on this wiki.",
    Skip.GLOBALLY_BLOCKED: "The account is blocked on all wikis.",
    Skip.BOT: "The account is a bot.",
    Skip.UNREADABLE: "The talk page could not be read.",
    Skip.REDIRECT: "The talk page is a redirect.",
    Skip.NOT_WIKITEXT: "The talk page is not in wikitext.",
    Skip.OPTED_OUT: "The talk page is in the category of those who want no mass messages.",
    Skip.EXCLUDED: "The talk page asks bots to stay away ({{bots}} or {{nobots}}).",
    Skip.TOLD: "The notice for this event, in this version, is on the talk page.",
    Skip.TOLD_ELSEWHERE: "They had this notice before; it was archived, or somebody took it off the page.",
    Skip.DELETED: "The talk page was deleted after the event was announced, perhaps with this notice; it stays so.",
    Skip.MALFORMED: "The talk page holds a notice that cannot be read, which may be this one.",
    Skip.SWALLOWED: "Something on the talk page is not closed, and would swallow what is added at its end.",
}

_RESTRICTED = {Severity.LOCK: Skip.LOCKED, Severity.GLOBAL_BLOCK: Skip.GLOBALLY_BLOCKED}


def why(
    person: Registrant, state: AccountState | None, page: TalkPage | None, site: SiteInfo, bot: str
) -> tuple[Skip, str] | None:
    """Return why ``person`` gets no message from the account ``bot``, with what is particular to them, or None.

    ``state`` and ``page`` are None where there was nothing to ask for, or no answer.
    """
    if skip := _by_name(person) or _by_account(state, site):
        return skip, ""
    if page is None:
        return Skip.UNREADABLE, ""
    return next(_by_page(page, site, bot), None)


def _by_name(person: Registrant) -> Skip | None:
    if person.name is None:
        return Skip.UNNAMED
    forms = {NameState.IP: Skip.IP, NameState.TEMPORARY: Skip.TEMPORARY, NameState.IMPOSSIBLE: Skip.IMPOSSIBLE}
    if skip := forms.get(person.state):
        return skip
    return Skip.ELSEWHERE if person.prefix else Skip.WITHDRAWN if person.withdrawn else None


def _by_account(state: AccountState | None, site: SiteInfo) -> Skip | None:
    """Return why the account gets none; a block from a part of the wiki alone is no reason."""
    if state is None or state.existence is Existence.UNANSWERED:
        return Skip.UNCHECKED
    if state.existence is Existence.TEMPORARY:
        return Skip.TEMPORARY
    if state.existence is not Existence.EXISTS:
        return Skip.MISSING
    found = {fact.severity for fact in state.facts.values() if isinstance(fact, Restriction)}
    if found - {Severity.PARTIAL_BLOCK}:
        return next((skip for severity, skip in _RESTRICTED.items() if severity in found), Skip.BLOCKED)
    # What the wiki cannot tell of anybody, for want of the extension, keeps nobody from being told.
    asked = (fact for source, fact in state.facts.items() if _NEEDS.get(source, "") in {"", *site.extensions})
    return Skip.UNCHECKED if any(isinstance(fact, NotKnown) for fact in asked) else None


def _by_page(page: TalkPage, site: SiteInfo, bot: str) -> Iterator[tuple[Skip, str]]:
    if page.has_account is False:
        yield Skip.MISSING, ""
    if page.name == bot or _BOTS & (page.groups or frozenset()):
        yield Skip.BOT, ""
    if page.redirect_to:
        yield Skip.REDIRECT, f'It leads to "{page.redirect_to}".'
    if page.content_model != "wikitext":
        yield Skip.NOT_WIKITEXT, f"Its content model is {page.content_model}."
    if page.revision is None and not page.absent:
        yield Skip.UNREADABLE, page.trouble
    if page.opted_out:
        yield Skip.OPTED_OUT, ""
    text = page.revision.text if page.revision else ""
    if found := exclusion.excluded(text, site, bot, optouts=OPTOUTS):
        yield Skip.EXCLUDED, found.why
    elif page.uses_bots and find(text, _EXCLUSIONS, site) == ((), ()):
        yield Skip.EXCLUDED, _INDIRECT
