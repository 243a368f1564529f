"""The notice of an event on its page or talk page: what it is to say, and the smallest change that makes it say so.

Laws: one notice for an event on a page. What people wrote about safety is completed, not said twice. What somebody
changed in a notice, or took away, stays as they left it.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from bot import escape
from bot.model import Event, PolicyKind, SiteInfo
from bot.parse.calls import decoded, find
from bot.parse.safetypage import NOTICE, NoticeCall, SafetyPage
from bot.plan import notice_words, placement, rewrite
from bot.plan.notice_memory import Before, own
from bot.plan.placement import Place
from bot.plan.rewrite import Change
from bot.plan.wanted import Page

PAGE, TALK, ADDITION = "page", "talk", "addition"
AT_SIGN = "{{@}}"
MOST_CONTACTS = 6
_MARK = "(event-safety"
_LONGEST_SUMMARY = 400  # characters; the gate refuses more
CONTACTS = tuple(f"contact {number}" for number in range(1, MOST_CONTACTS + 1))
_POLICIES = tuple(kind.value for kind in PolicyKind)
ORDER = ("event", "version", "lang", *_POLICIES, "public", *CONTACTS, "contacts", "number", "emergency", "form")
_REPORTS = ("public", *CONTACTS, "contacts")

_BROKEN = "A notice on this page cannot be read (line {line}: {why}); it is left alone. Mend it by hand."
_REMOVED = (
    "Somebody took the notice off this page, so it is not put there again; to have it kept again, put"
    " {{Event safety notice}} there by hand, and the next plan fills it in."
)
_KEPT = "Somebody changed {what} in the notice; it stays as it is ({value})."
_TRANSLATED = "The notice stands in text that is marked for translation; it is left alone. Move it out of <translate>."
_NO_ROOM = "The talk page is a redirect, or has a comment that is never closed; nothing is added to it."
_NOBODY = "No safety contacts are known, so the notice names nobody: give a roster, or put {{{{{name}}}}} on the page."
_ALREADY = "The page has everything that the notice would say; nothing is added."


@dataclass(frozen=True, slots=True)
class WantedNotice:
    """What a notice is to say, as plain text; the address ``emergency`` may be spelt with {{@}}.

    ``policies`` are targets of links, ``public`` is a page for reports, ``contacts`` are user names of those who take
    reports, ``contacts_at`` is where all contacts stand, ``number`` is an emergency number. ``unasked`` are parameters
    that nobody was asked about: what a notice says there stays.
    """

    event: str
    version: str
    language: str
    policies: Mapping[PolicyKind, str]
    public: str = ""
    contacts: tuple[str, ...] = ()
    contacts_at: str = ""
    number: str = ""
    emergency: str = ""
    unasked: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Talk:
    """What stands around a notice on a talk page, as wikitext: its heading, and who posted it when."""

    heading: str
    signed: str


def values(wanted: WantedNotice, form: str) -> dict[str, str]:
    """Return the parameters of a whole notice in their order, as escaped wikitext; empty ones are left out."""
    plain = {
        "event": wanted.event,
        "version": wanted.version,
        "lang": wanted.language,
        **{kind.value: target for kind, target in wanted.policies.items()},
        "public": wanted.public,
        **dict(zip(CONTACTS, wanted.contacts, strict=False)),
        "contacts": wanted.contacts_at,
        "number": wanted.number,
        "form": "" if form == PAGE else form,
    }
    written = {name: escape.wikitext(value) for name, value in plain.items()}
    for name, value, kept in (("emergency", wanted.emergency, AT_SIGN), ("contacts", wanted.contacts_at, "#")):
        written[name] = kept.join(map(escape.wikitext, value.split(kept)))
    return {name: written[name] for name in ORDER if written.get(name)}


def next_page(text: str, site: SiteInfo, page: SafetyPage, wanted: WantedNotice, place: Place, before: Before) -> Page:
    """Return what an event page is to be, with the reasons; the same text where nothing is to be done.

    ``page`` is what ``text`` says, ``place`` where a new notice would go, ``before`` what the bot had saved here.
    """
    draft = _Draft(text, site, page, wanted, before)
    if trouble := _unreadable(page):
        return Page(text, "", (), (trouble,))
    if draft.own:
        return draft.renewed()
    if before.values is not None:
        return Page(text, "", (), (_REMOVED,))
    return draft.begun(place)


def next_talk_page(
    text: str, site: SiteInfo, page: SafetyPage, wanted: WantedNotice, before: Before, talk: Talk
) -> Page:
    """Return what the talk page of an event is to be: a notice there is renewed, else a signed section is added.

    Threads of people on the same matter are theirs; they count for nothing.
    """
    if trouble := _unreadable(page):
        return Page(text, "", (), (trouble,))
    draft = _Draft(text, site, page, wanted, before)
    if draft.own:
        return draft.renewed()
    if before.values is not None:
        return Page(text, "", (), (_REMOVED,))
    block = f"== {talk.heading} ==\n{rewrite.render(NOTICE, values(wanted, TALK))}\n{talk.signed}"
    after = appended(text, block)
    shown = any(call.start >= len(after) - len(block) for call in find(after, [NOTICE], site)[0])
    if placement.is_redirect(text) or not shown:
        return Page(text, "", (), (_NO_ROOM,))
    return Page(after, "", (f"The talk page gets a notice, version {wanted.version}.",))


def appended(text: str, block: str) -> str:
    """Return ``text`` with a new section at its end, a blank line between."""
    kept = text.rstrip()
    return f"{kept}\n\n{block}" if kept else block


@dataclass(slots=True)
class _Draft:
    text: str
    site: SiteInfo
    page: SafetyPage
    wanted: WantedNotice
    before: Before
    reasons: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def own(self) -> tuple[NoticeCall, ...]:
        return own(self.page, (self.wanted.event, *self.before.events), self.site)

    def begun(self, place: Place) -> Page:
        """Put up a notice: a whole one, or what a section of people's does not say."""
        form = ADDITION if self.page.sections else PAGE
        said = self._wanted(form)
        if form == ADDITION and not said.keys() - {"event", "version", "lang", "form"}:
            return Page(self.text, "", (), (_ALREADY,))
        if place.at is None:
            return Page(self.text, "", (), (place.why,))
        if form == ADDITION:
            section = self.page.sections[0].heading.strip()
            new = {name: decoded(said[name]) for name in said if name not in ("event", "version", "lang", "form")}
            what = notice_words.words(new, {})
            self.reasons.append(f'The section "{section}" does not say all that it should; added: {what}.')
        else:
            self.reasons.append(f"The page has no notice; it gets one, version {self.wanted.version}.")
        if not self.wanted.contacts and not self.page.people:
            self.notes.append(_NOBODY.format(name="Event safety contacts"))
        return self._page([placement.insertion(self.text, place.at, rewrite.render(NOTICE, said))])

    def renewed(self) -> Page:
        """Make the first notice true, and take away its copies."""
        first, *copies = self.own
        form = first.values.get("form", "") or PAGE
        left = {"form"} | {name for name in self.wanted.unasked if first.values.get(name)}
        said = {name: value for name, value in self._wanted(form, first.values).items() if name not in left}
        changed = {name: value for name, value in said.items() if decoded(value) != first.values.get(name, "")}
        stale = [name for name in ORDER if first.values.get(name) and name not in {*said, *left}]
        changed |= {name: "" for name in stale if self._is_ours(name, first)}
        kept = {name for name in changed if not self._may_set(name, first)}
        for name in sorted(kept, key=ORDER.index):
            value = escape.terminal(first.values.get(name, "")) or "empty"
            self.notes.append(_KEPT.format(what=notice_words.word(name), value=value))
        wanted = {name: value for name, value in changed.items() if name not in kept}
        changes = [*rewrite.set_parameters(self.text, first.call, wanted, ORDER)] if wanted else []
        if wanted:
            new = {name: decoded(wanted[name]) for name in sorted(wanted, key=ORDER.index)}
            self.reasons.append(f"The notice is renewed: {notice_words.words(new, first.values)}.")
        for copy in copies:
            changes.append(rewrite.remove(self.text, copy.call))
            self.reasons.append(f"A second notice for the same event (line {copy.call.line}) is taken away.")
        return self._page(changes)

    def _page(self, changes: Iterable[Change]) -> Page:
        text = rewrite.edit(self.text, changes)
        if not placement.keeps_translations(self.text, text):
            return Page(self.text, "", (), (*self.notes, _TRANSLATED))
        return Page(text, "", tuple(self.reasons), tuple(self.notes))

    def _wanted(self, form: str, there: Mapping[str, str] | None = None) -> dict[str, str]:
        """Return what the notice is to say; in a section of people's, nothing that the section says itself.

        What such a notice says already (``there``) it goes on saying.
        """
        everything = values(self.wanted, form)
        if form != ADDITION:
            return everything
        kept = there or {}
        return {name: value for name, value in everything.items() if name in kept or not self._is_said(name)}

    def _is_said(self, name: str) -> bool:
        page = self.page
        if name in ("emergency", "number"):
            return page.emergency
        if name == "public":
            return page.public_report
        if name in _REPORTS:
            return page.private_report or bool(page.people)
        return name in page.policies

    def _is_ours(self, name: str, notice: NoticeCall) -> bool:
        """Tell whether a value stands as the bot had written it."""
        return self.before.values is not None and self.before.values.get(name, "") == notice.values.get(name, "")

    def _may_set(self, name: str, notice: NoticeCall) -> bool:
        """Tell whether nobody changed this value: it is the bot's own, or nobody ever gave one.

        A version is news to whatever there is, unless somebody put back what it was before this very one. A bare call
        is put up by hand to be filled in.
        """
        if not notice.values:
            return True
        given = self.before.values or {}
        if name == "version":
            return given.get(name) != self.wanted.version
        return self._is_ours(name, notice) if name in given else not notice.values.get(name)


def _unreadable(page: SafetyPage) -> str:
    return next((_BROKEN.format(line=one.line, why=one.why) for one in page.broken), "")


def key(event: Event, kind: str, version: str) -> str:
    """Return the mark in summaries by which a message (its ``kind`` and version) for this event is found again.

    A registration keeps its number under whatever title its page has; for an event without one the title counts.
    """
    named = str(event.id) if event.id is not None else hashlib.sha256(event.title.encode()).hexdigest()[:12]
    return f"{_MARK} {kind} {named}:{version})"


def summary(text: str, key: str = "") -> str:
    """Return a summary that holds no link and, at its end, the whole ``key`` by which the edit is found again.

    The text, in which an event is called by its name, holds no key, which could be that of another event.
    """
    room = _LONGEST_SUMMARY - len(key) - 1
    plain = re.sub(r"\[\[|\]\]|\s", " ", escape.terminal(text)).replace(_MARK, _MARK.replace("-", " "))
    said = plain[: max(0, room)].rstrip()
    return f"{said} {key}".strip()
