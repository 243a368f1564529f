"""What an event page already says about safety, in any language: notices, policies, contacts; must not know the wiki.

What stands in the bot's own templates is told apart from what people wrote. A policy counts as there only where it is
put to participants: linked under a heading or label about conduct, in a line that tells them to follow it, by a
template of the settings, or as the event's own policy page. A page that merely talks about a policy has none.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from bot.config import Notices
from bot.model import PolicyKind, SiteInfo
from bot.parse import safety_words as words
from bot.parse.calls import Broken, Call, find
from bot.parse.markup import HIDDEN, hidden_spans, lines, mask, plain, visible
from bot.parse.safety_addresses import addresses
from bot.parse.safety_links import Link, Policies, links
from bot.parse.safety_reporting import Reporting, listed_people
from bot.parse.safety_sections import SafetySection, addressed, inside, sections

NOTICE = "Event safety notice"
REMINDER = "Event safety reminder"
CONTACTS = "Event safety contacts"
CONTACT = "Event safety contact"
CHECKLIST = "Event safety checklist"
OWN_TEMPLATES = (NOTICE, REMINDER, CONTACTS, CONTACT, CHECKLIST)

_VISIBLE = re.compile(r"[^\n]")
_TEMPLATE = re.compile(r"\{\{\s*(?:[Tt]emplate\s*:)?\s*([^{}|\[\]\n]{1,200}?)\s*(?=[|}\n])")
_DISPLAY_TITLE = re.compile(r"\{\{\s*DISPLAYTITLE\s*:([^{}]{1,300})\}\}", re.IGNORECASE)
_TALKS_OF_IT = 4  # lines outside sections about safety that name a policy: the page is about it


@dataclass(frozen=True, slots=True)
class NoticeCall:
    """One call of {{Event safety notice}} or {{Event safety reminder}}; ``values`` are all its parameters."""

    call: Call
    event: str
    version: str
    lang: str
    values: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class SafetyPage:
    """What a page says; all but the calls is what people wrote outside the bot's templates.

    ``policies`` maps a policy to the target of its link as found. ``addresses`` are all e-mail addresses of the page
    as a@b; ``people`` are the users named in a section about safety. ``names_policy`` are policies that such a
    section, or a line that tells participants to follow them, names without a link, with the line.
    """

    notices: tuple[NoticeCall, ...] = ()
    reminders: tuple[NoticeCall, ...] = ()
    broken: tuple[Broken, ...] = ()
    policies: Mapping[PolicyKind, str] = field(default_factory=dict)
    public_report: bool = False
    private_report: bool = False
    people: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    emergency: bool = False
    sections: tuple[SafetySection, ...] = ()
    names_policy: tuple[tuple[PolicyKind, int], ...] = ()


def read(text: str, site: SiteInfo, notices: Notices, title: str = "") -> SafetyPage:
    """Return what the page ``text`` says; ``title`` is that of the page, whose subpages may hold its own policy."""
    calls, broken = find(text, OWN_TEMPLATES, site)
    page = _People(text, calls, site, notices, title)
    return SafetyPage(
        notices=tuple(_notice(call) for call in calls if call.name == NOTICE),
        reminders=tuple(_notice(call) for call in calls if call.name == REMINDER),
        broken=broken,
        policies=page.policies,
        public_report=page.reporting.is_public(),
        private_report=page.reporting.is_private(),
        people=page.people(),
        addresses=page.addresses,
        emergency=any(one.startswith("emergency@") for one in page.addresses) or page.reporting.is_for_emergencies(),
        sections=page.sections,
        names_policy=page.named(),
    )


def _notice(call: Call) -> NoticeCall:
    values = {parameter.name: parameter.value for parameter in call.parameters}
    return NoticeCall(call, call.get("event"), call.get("version"), call.get("lang"), values)


class _People:
    """What people wrote on a page, read once."""

    def __init__(self, text: str, calls: Sequence[Call], site: SiteInfo, notices: Notices, title: str) -> None:
        self._site, self._notices, self._title = site, notices, title
        self._text = text
        self._masked = _without(mask(text), [(call.start, call.end) for call in calls] + _not_shown(text))
        self._lines = lines(text, self._masked)
        subject = self._subject()
        self.sections = sections(self._lines, subject)
        strictly = _is_about_policy(subject)
        self._addressed = addressed(self._lines, self.sections, strictly=strictly)
        if not strictly and self._talks_of_it():
            self.sections = sections(self._lines, "UCoC")
            self._addressed = addressed(self._lines, self.sections, strictly=True)
        self._reader = Policies(site, notices, title)
        numbers = frozenset(inside(self._lines, self.sections))
        self.reporting = Reporting([line for line in self._lines if line.number in numbers], site, self._reader)
        self.policies = self._policies()
        self.addresses = addresses(self._masked)

    def _subject(self) -> str:
        """Return what the page says that it is about; a page of an event's own policy is about the event."""
        above, _, last = self._title.rpartition("/")
        shown = " ".join(plain(found) for found in _DISPLAY_TITLE.findall(self._masked))
        return f"{above} {'' if words.is_own_page(last) else last} {shown}"

    def _talks_of_it(self) -> bool:
        """Tell whether the page speaks so often of a policy elsewhere that it is its subject."""
        others = (plain(line.text) for line in self._lines if line.number not in self._addressed)
        return sum(PolicyKind.UCOC in words.policies(said) for said in others if said) >= _TALKS_OF_IT

    def _policies(self) -> dict[PolicyKind, str]:
        found: dict[PolicyKind, str] = {}
        for line in self._lines:
            for link in links(line.text):
                kind = self._reader.kind(link)
                put = line.number in self._addressed or self._reader.is_events_own(link)
                if kind and put:
                    found.setdefault(kind, link.target.lstrip(": "))
        for kind, target in self._by_template():
            found.setdefault(kind, target)
        return found

    def _by_template(self) -> list[tuple[PolicyKind, str]]:
        """Return the policies that templates of the settings, or transcluded pages of the event, put on the page."""
        settings = {name: kind for kind in PolicyKind for name, to in self._notices.templates.items() if to == kind}
        found = [(settings[call.name], f"Template:{call.name}") for call in self._shown(settings)]
        for name in self._template_names():
            target = name.removeprefix(":")
            if "/" in name and not name.startswith("#") and self._reader.is_events_own(Link(0, 0, target, "")):
                found.append((PolicyKind.OWN, target))
        return found

    def _shown(self, names: Collection[str]) -> list[Call]:
        return [call for call in find(self._text, names, self._site)[0] if self._masked[call.start] != HIDDEN]

    def _template_names(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(visible(found[1]).strip() for found in _TEMPLATE.finditer(self._masked)))

    def people(self) -> tuple[str, ...]:
        """Return the users named in sections about safety, and by templates that list whom to turn to."""
        teams = [name for name in self._template_names() if words.is_team(name)]
        listed = [who for call in self._shown(teams) for who in listed_people(call, self._site)] if teams else []
        return tuple(dict.fromkeys([*listed, *self.reporting.people()]))

    def named(self) -> tuple[tuple[PolicyKind, int], ...]:
        """Return the policies that are put to participants by name alone, each with its first line."""
        found: dict[PolicyKind, int] = {}
        titles = {one.line for one in self.sections if one.level < 7}
        for line in self._lines:
            if line.number in self._addressed and line.number not in titles:
                for kind in words.policies(plain(line.text)):
                    if kind not in self.policies and kind is not PolicyKind.OWN:
                        found.setdefault(kind, line.number)
        return tuple(found.items())


def _is_about_policy(subject: str) -> bool:
    return any(kind is not PolicyKind.OWN for kind in words.policies(subject))


def _not_shown(text: str) -> list[tuple[int, int]]:
    """Return what the page holds for other pages alone (includeonly)."""
    found: list[tuple[int, int]] = []
    opened: int | None = None
    for start, end in hidden_spans(text):
        tag = text[start:end].lower()
        if tag.startswith("<includeonly") and opened is None:
            opened = start
        elif tag.startswith("</includeonly") and opened is not None:
            found.append((opened, end))
            opened = None
    return found


def _without(masked: str, spans: Sequence[tuple[int, int]]) -> str:
    for start, end in spans:
        masked = masked[:start] + _VISIBLE.sub(HIDDEN, masked[start:end]) + masked[end:]
    return masked
