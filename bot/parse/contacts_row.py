"""One row of a response team: from the parameters of {{Event safety contact}} to a contact; must not know its page.

The notation of the values is that of ``contact_fields``; what is not in it is reported and counts as not there.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

from bot.model import Channel, ChannelKind, Contact, Phase, Role
from bot.parse import contact_fields as fields
from bot.parse.calls import Call, decoded, without_comments
from bot.parse.markup import mask, plain

ROW = "Event safety contact"
YES, NO = "yes", "no"
LANGUAGES = tuple(f"language {number}" for number in range(1, 7))
ADDRESSED = (ChannelKind.EMAIL, ChannelKind.PHONE, ChannelKind.CHAT)  # parameters of the same names
ADDRESSES = frozenset({"email", "emergency", "trust"})

# How pages of Wikimedia write the sign of an address that no robot should find.
_AT = re.compile(
    r"\{\{\s*(?:@|at)\s*\}\}|<nowiki>\s*@\s*</nowiki>|\[\[(?:File|Image):At[ _]sign[^\[\]]*\]\]|\(_?at_?\)|\[@\]",
    re.IGNORECASE,
)
_NOSPAM = re.compile(r"\{\{\s*no ?spam\s*\|([^{}|]*)\|([^{}|]*)\}\}", re.IGNORECASE)
_MAILTO = re.compile(r"\[mailto:([^\s\[\]]+)[^\[\]]*\]", re.IGNORECASE)
_ROUND_AT = re.compile(r"\s*@\s*")
_NO_CODES: tuple[str, ...] = ()
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Misread:
    """A value that is not in the notation: its parameter, what stands there and a sentence about it."""

    parameter: str
    value: str
    why: str


def shown(text: str, call: Call) -> dict[str, str]:
    """Return the values of ``call``, a call in ``text``, as a reader sees them: without comments and markup.

    Of a repeated parameter the last one counts, as in MediaWiki. Mail addresses get their "@", however it is spelt.
    """
    return {one.name: shown_value(one.name, text[one.start : one.end]) for one in call.parameters}


def shown_value(name: str, raw: str) -> str:
    """Return a raw value as a reader sees it; one that is all template is given as it is spelt."""
    raw = without_comments(raw)
    if name in ADDRESSES:
        raw = _AT.sub("@", _NOSPAM.sub(r"\1@\2", _MAILTO.sub(r"\1", raw)))
    seen = fields.spaced(decoded(plain(mask(raw))) or decoded(raw))
    return _ROUND_AT.sub("@", seen) if name in ADDRESSES else seen


def contact(values: Mapping[str, str], name: str, line: int = 0) -> tuple[Contact, tuple[Misread, ...]]:
    """Return the contact that a row with these shown ``values`` is, and what of it is not in the notation.

    Whatever a page shows is public. ``name`` is canonical.
    """
    row = _Row(values, [])
    languages = [code for parameter in LANGUAGES for code in row.read(parameter, fields.languages, _NO_CODES)]
    found = Contact(
        name=name,
        roles=tuple(role for role in Role if row.read(role.value, _yes_or_no, otherwise=False)),
        languages=tuple(dict.fromkeys(languages)),
        channels=row.channels(),
        phases=row.read("phases", fields.phases, tuple(Phase)),
        hours=row.read("hours", fields.hours, ()),
        begins=row.read("from", fields.day, None),
        ends=row.read("until", fields.day, None),
        training=row.read("training", fields.training, ()),
        affiliation=values.get("affiliation", ""),
        order=row.read("order", fields.escalation_order, None),
        line=line,
    )
    return found, tuple(row.misread)


@dataclass(frozen=True, slots=True)
class _Row:
    values: Mapping[str, str]
    misread: list[Misread]

    def read(self, parameter: str, parse: Callable[[str], _T], otherwise: _T) -> _T:
        """Return a parameter as ``parse`` reads it, ``otherwise`` where there is nothing or it cannot be read."""
        value = self.values.get(parameter, "")
        try:
            return parse(value) if value else otherwise
        except ValueError as error:
            self.misread.append(Misread(parameter, value, str(error)))
            return otherwise

    def channels(self) -> tuple[Channel, ...]:
        """Return the ways that the row shows; several of one kind stand in one parameter, with ";" between."""
        found = [Channel(ChannelKind.WIKI_MAIL, public=True)] if self.read("mail", _yes_or_no, otherwise=True) else []
        for kind in ADDRESSED:
            found += self.read(kind.value, partial(_channels, kind), [])
        return tuple(found)


def _channels(kind: ChannelKind, value: str) -> list[Channel]:
    parts = (fields.spaced(part) for part in value.split(";"))
    return [fields.channel(kind.value, part, public=True) for part in parts if part]


def _yes_or_no(value: str) -> bool:
    if value.lower() not in (YES, NO):
        raise ValueError(f"{fields.quoted(value)} is neither yes nor no.")
    return value.lower() == YES
