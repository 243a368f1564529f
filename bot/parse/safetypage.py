"""What an event page already says about safety, in any language: notices, policies, contacts; must not know the wiki.

What stands in the bot's own templates is told apart from what people wrote. A policy counts as there only where it is
put to participants: linked under a heading or label about conduct, in a line that tells them to follow it, by a
template of the settings, or as the event's own policy page. A page that merely talks about a policy has none.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.config import Notices
from bot.model import PolicyKind, SiteInfo
from bot.parse.calls import Broken, Call, find

NOTICE = "Event safety notice"
REMINDER = "Event safety reminder"
CONTACTS = "Event safety contacts"
CONTACT = "Event safety contact"
CHECKLIST = "Event safety checklist"
OWN_TEMPLATES = (NOTICE, REMINDER, CONTACTS, CONTACT, CHECKLIST)


@dataclass(frozen=True, slots=True)
class NoticeCall:
    """One call of {{Event safety notice}} or {{Event safety reminder}}; ``values`` are all its parameters."""

    call: Call
    event: str
    version: str
    lang: str
    values: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class SafetySection:
    """A section about conduct or safety: ``start`` and ``end`` are the offsets of its body.

    ``level`` is 7 for a bold line or label instead of a heading, whose body is the paragraph or list that follows.
    """

    heading: str
    level: int
    line: int
    start: int
    end: int


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
    return SafetyPage(
        notices=tuple(_notice(call) for call in calls if call.name == NOTICE),
        reminders=tuple(_notice(call) for call in calls if call.name == REMINDER),
        broken=broken,
    )


def _notice(call: Call) -> NoticeCall:
    values = {parameter.name: parameter.value for parameter in call.parameters}
    return NoticeCall(call, call.get("event"), call.get("version"), call.get("lang"), values)
