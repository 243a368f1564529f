"""The same notice for everybody who registered, on their talk pages: new, renewed, or none at all; asks nothing.

Laws: one message for each person, event and version, wherever the page or its sections went. What a check found about
somebody is not known here and cannot make a difference: all are told alike.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from bot import escape
from bot.model import AccountState, Registrant, SiteInfo, TalkPage
from bot.parse import titles
from bot.parse.calls import Call, find
from bot.plan import rewrite, skips
from bot.plan.edits import as_saved
from bot.plan.skips import Skip


@dataclass(frozen=True, slots=True)
class Message:
    """What everybody is told: a section with ``heading`` (wikitext), a call of ``template`` and ``signature``.

    ``values`` are the parameters of the call as escaped wikitext, ``order`` all that such a call may have.
    ``formerly`` are titles that the event had before.
    """

    template: str
    event: str
    version: str
    heading: str
    values: Mapping[str, str]
    signature: str
    order: tuple[str, ...] = ()
    formerly: frozenset[str] = frozenset()

    @property
    def section(self) -> str:
        """Return the whole section as wikitext."""
        return f"== {self.heading} ==\n{rewrite.render(self.template, self.values)}\n{self.signature}"


@dataclass(frozen=True, slots=True)
class Draft:
    """What one talk page is to become; ``base_revid`` 0 makes a page that does not exist."""

    name: str
    title: str
    base_revid: int
    old_text: str
    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class Skipped:
    """Somebody who gets no message, for the operator's eyes; ``name`` is empty for a hidden account."""

    name: str
    why: Skip
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Deliveries:
    """What would be written, and everybody who gets nothing, each once and with one reason."""

    drafts: tuple[Draft, ...]
    skipped: tuple[Skipped, ...]

    @property
    def counts(self) -> Counter[Skip]:
        """Return how many are skipped for each reason."""
        return Counter(one.why for one in self.skipped)


def signature(bot: str, site: SiteInfo, now: datetime, months: Sequence[str]) -> str:
    """Return the bot's signature with the time in UTC, from which archiving bots can tell how old a section is.

    ``months`` are the names of the twelve months in the language of the wiki.
    """
    now = now.astimezone(UTC)
    user, talk = (site.namespaces.get(number, (name,))[0] for number, name in ((2, "User"), (3, "User talk")))
    name = escape.wikitext(bot)
    when = f"{now:%H:%M}, {now.day} {escape.wikitext(months[now.month - 1])} {now.year}"
    return f"[[{user}:{name}|{name}]] ([[{talk}:{name}|talk]]) {when} (UTC)"


def plan(
    people: Iterable[Registrant],
    states: Mapping[str, AccountState],
    pages: Mapping[str, TalkPage],
    delivered: Collection[str],
    message: Message,
    site: SiteInfo,
    bot: str,
    deleted: Collection[str] = (),
) -> Deliveries:
    """Return the talk pages on which ``bot`` is to leave ``message``, and who gets none.

    ``states`` and ``pages`` are by canonical name, ``delivered`` are the names of those who had this very message
    before, ``deleted`` titles under which a page was deleted since the event was announced. Raises ValueError for a
    message that is not escaped for a template.
    """
    drafts: list[Draft] = []
    skipped: list[Skipped] = []
    for person in _once(people):
        name = person.name or ""
        page = pages.get(name)
        found = skips.why(person, states.get(name), page, site, bot)
        if found or page is None:
            skipped.append(Skipped(name, *(found or (Skip.UNREADABLE, ""))))
            continue
        gone = page.absent and page.title in deleted
        draft = _draft(page, delivered, message, site, gone=gone)
        if isinstance(draft, Skip):
            skipped.append(Skipped(name, draft))
        else:
            drafts.append(draft)
    return Deliveries(tuple(drafts), tuple(skipped))


def _once(people: Iterable[Registrant]) -> list[Registrant]:
    """Return everybody once, though they stand in several lists; who is struck out of one may stand in another."""
    unnamed: list[Registrant] = []
    by_name: dict[tuple[str, str], Registrant] = {}
    for person in people:
        if person.name is None:
            unnamed.append(person)
            continue
        key = person.name, person.prefix
        if key not in by_name or by_name[key].withdrawn:
            by_name[key] = person
    return [*by_name.values(), *unnamed]


def _draft(page: TalkPage, delivered: Collection[str], message: Message, site: SiteInfo, *, gone: bool) -> Draft | Skip:
    text = page.revision.text if page.revision else ""
    calls, broken = find(text, (message.template,), site)
    events = {titles.normal(event, site.namespaces) for event in (message.event, *message.formerly)}
    own = [call for call in calls if titles.normal(call.get("event"), site.namespaces) in events]
    if any(call.get("version") == message.version for call in own):
        return Skip.TOLD
    if page.name in delivered:
        return Skip.TOLD_ELSEWHERE
    if gone:
        return Skip.DELETED
    if broken:
        return Skip.MALFORMED
    if own:
        return _renewed(page, text, own[-1], message)
    return _added(page, text, message, site)


def _renewed(page: TalkPage, text: str, call: Call, message: Message) -> Draft:
    """Replace the values of an older version, and nothing else on the page."""
    gone = {name: "" for name in message.order if call.get(name) and name not in message.values}
    changes = rewrite.set_parameters(text, call, {**gone, **message.values}, message.order)
    why = f"The message of version {call.get('version') or 'none'} becomes version {message.version}, in its place."
    return _made(page, text, rewrite.edit(text, changes), why)


def _added(page: TalkPage, text: str, message: Message, site: SiteInfo) -> Draft | Skip:
    """Put the section at the end of the page, whatever stands there."""
    kept = as_saved(text)
    front = f"{kept}\n\n" if kept else ""
    after = front + message.section
    calls, _ = find(after, (message.template,), site)
    if not any(call.start > len(front) for call in calls):
        return Skip.SWALLOWED
    return _made(page, text, after, f"They registered and have not had this message, version {message.version}.")


def _made(page: TalkPage, old: str, new: str, why: str) -> Draft:
    return Draft(page.name, page.title, page.revision.revid if page.revision else 0, old, as_saved(new), why)
