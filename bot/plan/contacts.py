"""The list of safety contacts on a page: what it is to say, and the smallest change that makes it say so.

Laws: rows stay where people put them, and so does everything that is not a row or a known parameter. A channel that is
not public is never written. A list that cannot be read for sure is left alone. The text that comes out, planned again,
gives itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from bot.model import Contact, NameState, SiteInfo
from bot.parse import contacts, contacts_row, titles
from bot.parse.calls import Call, decoded
from bot.parse.contacts import ROWS, TEAM, PageTeam
from bot.parse.contacts_row import ADDRESSED, LANGUAGES
from bot.parse.usernames import canonical
from bot.plan import contacts_rows, contacts_values, placement, rewrite
from bot.plan.contacts_values import OF_PEOPLE, Secrets
from bot.plan.rewrite import Change

ORDER = ("event", "lang", "form", "timezone", "phase", "number", "emergency", "trust", ROWS)

_BROKEN = "Line {line} of the list of safety contacts cannot be read, so the list is left alone: {why}."
_MISREAD = "On line {line} of the list of safety contacts, {parameter} is left as it is: {why}"
_AGAIN = "There is another list of safety contacts on line {line}; it is left alone. Take one of them away."
_STRAY = "A safety contact on line {line} stands in no list; it is left alone. Move it into the list."
_NO_PLACE = "The page has no list of safety contacts, and there is no safe place for one."
_NO_NAME = "One of the contacts has a name that no account can have and cannot be shown; correct the roster."
_TAKEN_OFF = "Line {line} shows a channel of {name} ({what}) that the roster does not make public; it is taken off."
_KEPT_BACK = "{what} of {name} is not shown: a telephone or an address that is not public stands in it. Take it out."
_LEFT = "Line {line} of the list of safety contacts shows a channel that the roster does not make public; take it off."
_TRANSLATED = (
    "The list of safety contacts stands in text that is marked for translation; it is left alone. Move it out of "
    "<translate>."
)
_TOLD = 20  # places of one kind; who mends these will find the others
_BLANK = re.compile(r"[^\n]")
_JOINED = (
    "The list of safety contacts is left alone: beside what people wrote, a change would be misread. Mend it by hand."
)


@dataclass(frozen=True, slots=True)
class WantedTeam:
    """What the list is to say; all plain text, only addresses may be spelt with {{@}}.

    ``contacts`` are those of this phase in their order, their names canonical; ``others`` are further members of the
    team, none of whom is to be shown, for what of theirs is private. An empty text about the event says nothing, and
    what the page says there stays.
    """

    event: str
    lang: str
    form: str
    timezone: str
    phase: str
    number: str
    emergency: str
    trust: str
    contacts: tuple[Contact, ...]
    others: tuple[Contact, ...] = ()


@dataclass(frozen=True, slots=True)
class TeamDraft:
    """The page as it is to be, why, and what was seen and left alone; no reasons: nothing is to be done."""

    text: str
    reasons: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def next_text(text: str, site: SiteInfo, wanted: WantedTeam, at: int | None) -> TeamDraft:
    """Return what the page is to be; where it has no list, one is put ``at`` an offset (None: no safe place).

    A list is not begun for nobody.
    """
    secrets = Secrets((*wanted.contacts, *wanted.others))
    team = _Team(site, wanted, secrets, tuple(_nameable(wanted.contacts, site)))
    for apart in (False, True):
        draft = team.draft(text, at, apart=apart)
        if not placement.keeps_translations(text, draft.text):
            return TeamDraft(text, (), (*draft.notes, _TRANSLATED))
        if draft.text == text or team.is_settled(draft.text):
            return draft
    return TeamDraft(text, (), (_JOINED,))


def _nameable(wanted: Sequence[Contact], site: SiteInfo) -> Iterator[Contact]:
    """Give the contacts whose name can be written on a page and read back."""
    for contact in wanted:
        shown = canonical(decoded(contacts_values.written({"name": contact.name})["name"]), site)
        if shown.name == contact.name and shown.state in (NameState.ACCOUNT, NameState.TEMPORARY):
            yield contact


@dataclass(frozen=True, slots=True)
class _Team:
    """What is wanted of one page, and the drafts made for it."""

    site: SiteInfo
    wanted: WantedTeam
    secrets: Secrets
    contacts: tuple[Contact, ...]

    def draft(self, text: str, at: int | None, *, apart: bool) -> TeamDraft:
        """Return the page as it is to be; ``apart``: something stays in the place of a row that goes."""
        page = contacts.read(text, self.site)
        if page.broken:
            return TeamDraft(text, (), tuple(_BROKEN.format(line=one.line, why=one.why) for one in page.broken[:_TOLD]))
        notes = [*_seen(page), *self._about_roster()]
        if page.call is None:
            return self._begun(text, at, notes)
        changed = _Draft(text, self, page)
        changed.event(page.call)
        changed.rows(apart=apart)
        left = _lines_with_secrets(changed.text, contacts.read(changed.text, self.site), self.secrets)
        notes += [*changed.notes, *(_LEFT.format(line=line) for line in left)]
        return TeamDraft(changed.text, tuple(changed.reasons), tuple(notes))

    def is_settled(self, text: str) -> bool:
        """Tell whether a page reads as wanted, and a plan for it would change nothing."""
        page = contacts.read(text, self.site)
        names = sorted(contact.name for contact, _ in page.rows)
        settled = not page.broken and names == sorted(contact.name for contact in self.contacts)
        return settled and self.draft(text, None, apart=False).text == text

    def said(self) -> dict[str, str]:
        """Return what the list is to say of the event, as plain text."""
        named = {name: str(getattr(self.wanted, name)) for name in ORDER if name != ROWS}
        return {name: contacts_row.shown_value(name, value) if name in contacts_row.ADDRESSES else value
                for name, value in named.items() if value}  # fmt: skip

    def _begun(self, text: str, at: int | None, notes: list[str]) -> TeamDraft:
        if not self.contacts:
            return TeamDraft(text, (), tuple(notes))
        if at is None:
            return TeamDraft(text, (), (*notes, _NO_PLACE))
        rows = [
            contacts_values.row(contacts_values.plain(one, self.secrets), self.wanted.lang) for one in self.contacts
        ]
        opened = rewrite.render(TEAM, contacts_values.written(self.said())).removesuffix("}}")
        block = "\n".join((f"{opened}| {ROWS} =", *rows, "}}"))
        why = f"The page gets a list of safety contacts: {', '.join(one.name for one in self.contacts)}."
        return TeamDraft(rewrite.edit(text, [placement.insertion(text, at, block)]), (why,), tuple(notes))

    def _about_roster(self) -> Iterator[str]:
        if len(self.contacts) < len(self.wanted.contacts):
            yield _NO_NAME
        for contact in self.contacts:
            for name in contacts_values.kept_back(contact, self.secrets):
                yield _KEPT_BACK.format(what=name.capitalize(), name=contact.name)


@dataclass(slots=True)
class _Draft:
    """A page whose list is made true in two steps, since a new parameter may border on the rows."""

    text: str
    team: _Team
    page: PageTeam
    reasons: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def event(self, call: Call) -> None:
        """Make true what the list says of the event, and give it a place for rows."""
        shown = contacts_row.shown(self.text, call)
        said = {name: value for name, value in self.team.said().items() if not self._says(name, value, shown)}
        values = contacts_values.written(said)
        if call.last(ROWS) is None:
            values[ROWS] = ""
        if changes := rewrite.set_parameters(self.text, call, values, ORDER):
            what = ", ".join(name for name in values if name != ROWS)
            self.reasons += (
                [f"What the list of safety contacts says of the event is put right: {what}."] if what else []
            )
            self.text = rewrite.edit(self.text, changes)
            self.page = contacts.read(self.text, self.team.site)

    def _says(self, name: str, value: str, shown: Mapping[str, str]) -> bool:
        there = shown.get(name, "")
        wanted = contacts_row.shown_value(name, contacts_values.written({name: value})[name])
        if name == "event":
            spaces = self.team.site.namespaces
            return there == wanted or (titles.normal(there, spaces) or there) == (titles.normal(value, spaces) or value)
        return there == wanted

    def rows(self, *, apart: bool) -> None:
        """Complete the rows that stay, take away those that go, and add those that are missing."""
        team = self.page.call.last(ROWS) if self.page.call else None
        if team is None or self.page.broken:
            return
        match = contacts_rows.matched(self.page.rows, self.team.contacts)
        changes = [change for number, row in match.staying.items() for change in self._completed(number, row)]
        added = {n: self._row(one) for n, one in enumerate(self.team.contacts) if n not in match.staying}
        changes += contacts_rows.splices(self.text, team, match, added, apart=apart)
        self.reasons += [f"{self.team.contacts[number].name} is added to the safety contacts." for number in added]
        self.reasons += [_gone(gone, self.team.contacts) for gone, _ in match.leaving]
        self.text = rewrite.edit(self.text, changes)

    def _row(self, contact: Contact) -> str:
        return contacts_values.row(contacts_values.plain(contact, self.team.secrets), self.team.wanted.lang)

    def _completed(self, number: int, row: tuple[Contact, Call]) -> tuple[Change, ...]:
        """Return the changes that make a row true, and tell of them."""
        there, call = row
        contact = self.team.contacts[number]
        plain = contacts_values.plain(contact, self.team.secrets)
        fields = contacts_values.differing(there, contacts_values.as_shown(plain, contact.name))
        named = {parameter.name for parameter in call.parameters}
        values = {name: plain[name] for one in fields for name in one.parameters if plain[name] or name in named}
        shown = contacts_row.shown(self.text, call)
        values |= {
            name: plain[name] for name in (*ADDRESSED, *OF_PEOPLE) if self.team.secrets.are_in(shown.get(name, ""))
        }
        if shown.get("lang", "") != self.team.wanted.lang:
            values["lang"] = self.team.wanted.lang
        self._tell_of_secrets(contact, call, shown)
        self._tell_of_misread(call, shown, values)
        changes = rewrite.set_parameters(self.text, call, contacts_values.written(values), contacts_values.PARAMETERS)
        if changes:
            what = ", ".join(_fields(values))
            self.reasons.append(f"What the list says of {contact.name} is put right: {what}.")
        return changes

    def _tell_of_secrets(self, contact: Contact, call: Call, shown: Mapping[str, str]) -> None:
        what = [kind for kind in ADDRESSED if self.team.secrets.are_in(shown.get(kind, ""))]
        if what:
            self.notes.append(_TAKEN_OFF.format(line=call.line, name=contact.name, what=", ".join(what)))

    def _tell_of_misread(self, call: Call, shown: Mapping[str, str], values: Mapping[str, str]) -> None:
        """Tell which values are not in the notation and stay, since the roster has nothing to put in their place."""
        for one in contacts_row.contact(shown, "")[1]:
            if one.parameter not in values:
                why = "it cannot be shown here." if self.team.secrets.are_in(one.value) else one.why
                self.notes.append(_MISREAD.format(line=call.line, parameter=one.parameter, why=why))


def _fields(parameters: Iterable[str]) -> Iterator[str]:
    """Give what the parameters of a row are about, each once."""
    yield from dict.fromkeys("languages" if name in LANGUAGES else name for name in parameters)


def _gone(gone: Contact, wanted: Sequence[Contact]) -> str:
    if any(one.name == gone.name for one in wanted):
        return f"A further row of {gone.name} is taken off the safety contacts."
    return f"{gone.name} is taken off the safety contacts: the roster does not name them for this phase."


def _seen(page: PageTeam) -> Iterator[str]:
    yield from (_AGAIN.format(line=line) for line in page.again[:_TOLD])
    yield from (_STRAY.format(line=line) for line in page.strays[:_TOLD])


def _lines_with_secrets(text: str, page: PageTeam, secrets: Secrets) -> Iterator[int]:
    """Give the lines of the list on which a secret stands that no known parameter holds; names are no secret."""
    if page.call is None:
        return
    names = [name for _, call in page.rows if (name := call.last("name"))]
    hidden = rewrite.edit(
        text, [Change(name.start, name.end, _BLANK.sub(" ", text[name.start : name.end])) for name in names]
    )
    for line, part in enumerate(hidden[page.call.start : page.call.end].split("\n"), page.call.line):
        if secrets.are_in(part):
            yield line
