"""How a contact is written in its row of a page, and what of it is not for the page; knows no page."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from bot import escape
from bot.model import ChannelKind, Contact, Phase, Role
from bot.parse import contact_fields as fields
from bot.parse import contacts_row
from bot.parse.contacts_row import ADDRESSED, LANGUAGES, NO, ROW, YES
from bot.parse.safety_addresses import addresses
from bot.plan import rewrite

PARAMETERS = (
    "name", "lang", *Role, *LANGUAGES, "mail", *ADDRESSED, "hours", "phases", "from", "until", "training",
    "affiliation", "order",
)  # fmt: skip
OF_PEOPLE = ("training", "affiliation")  # free text, in which an address may be hidden
_SHORTEST = 6  # letters and digits of an address; "112" is no secret
_TELEPHONE = re.compile(r"\d(?:[ ()+./\u2010-\u2013-]{0,3}\d){6,}")  # seven digits or more
_DAYS = re.compile(r"(?:(?:19|20)\d\d(?:-\d\d-\d\d)?[ ()+./\u2010-\u2013-]*)+")
_BLUR = re.compile(r"[^\w@]|_")


@dataclass(frozen=True, slots=True)
class Field:
    """Something that a row says: its parameters, and how it is taken from a contact to be compared."""

    name: str
    parameters: tuple[str, ...]
    of: Callable[[Contact], object]


def _role(role: Role) -> Field:
    return Field(role.value, (role.value,), lambda contact: role in contact.roles)


def _channel(kind: ChannelKind) -> Field:
    return Field(kind.value, (kind.value,), lambda contact: [one.value for one in contact.channels if one.kind is kind])


FIELDS = (
    *(_role(role) for role in Role),
    Field("languages", LANGUAGES, lambda contact: contact.languages),
    Field("mail", ("mail",), lambda contact: any(one.kind is ChannelKind.WIKI_MAIL for one in contact.channels)),
    *(_channel(kind) for kind in ADDRESSED),
    Field("hours", ("hours",), lambda contact: frozenset(contact.hours)),
    Field("phases", ("phases",), lambda contact: contact.phases),
    Field("from", ("from",), lambda contact: contact.begins),
    Field("until", ("until",), lambda contact: contact.ends),
    Field("training", ("training",), lambda contact: frozenset(contact.training)),
    Field("affiliation", ("affiliation",), lambda contact: contact.affiliation),
    Field("order", ("order",), lambda contact: contact.order),
)


class Secrets:
    """The channels of a team that are for nobody's eyes: addresses that none of its members made public."""

    def __init__(self, contacts: Iterable[Contact]) -> None:
        channels = [one for contact in contacts for one in contact.channels]
        public = {_blurred(one.value) for one in channels if one.public}
        hidden = {_blurred(one.value) for one in channels if not one.public} - public
        self._hidden = frozenset(one for one in hidden if len(one) >= _SHORTEST)
        self._public = frozenset(public)

    def are_in_words(self, text: str) -> bool:
        """Tell whether free text gives one away, or an address or a telephone that no channel makes public."""
        reached = (*addresses(text), *_telephones(text))
        return self.are_in(text) or any(_blurred(one) not in self._public for one in reached)

    def are_in(self, text: str) -> bool:
        """Tell whether ``text`` gives one of them away, however it is spaced."""
        seen = _blurred(text)
        return any(one in seen for one in self._hidden)


def _blurred(text: str) -> str:
    return _BLUR.sub("", unicodedata.normalize("NFKC", text).casefold())


def _telephones(text: str) -> list[str]:
    found = (one[0] for one in _TELEPHONE.finditer(unicodedata.normalize("NFKC", text)))
    return [one for one in found if not _DAYS.fullmatch(one)]


def plain(contact: Contact, secrets: Secrets) -> dict[str, str]:
    """Return every parameter of a row but its language as plain text, in order, empty where there is nothing to say.

    Of the channels only those that are public; free text that holds a secret is left out as a whole.
    """
    languages = (*contact.languages, *("" for _ in LANGUAGES))
    values = {
        "name": contact.name,
        **{role.value: YES if role in contact.roles else "" for role in Role},
        **dict(zip(LANGUAGES, languages, strict=False)),
        "mail": "" if _takes_mail(contact) else NO,
        **{kind.value: _addresses(contact, kind) for kind in ADDRESSED},
        "hours": fields.hours_text(contact.hours),
        "phases": "" if set(contact.phases) == set(Phase) else fields.phases_text(contact.phases),
        "from": contact.begins.isoformat() if contact.begins else "",
        "until": contact.ends.isoformat() if contact.ends else "",
        "training": fields.training_text(contact.training),
        "affiliation": contact.affiliation,
        "order": str(contact.order or ""),
    }
    return values | dict.fromkeys(kept_back(contact, secrets), "")


def kept_back(contact: Contact, secrets: Secrets) -> tuple[str, ...]:
    """Return the parameters of free text that hold a secret, or an address or a telephone that nobody made public."""
    free = {"training": "\n".join(one.course for one in contact.training), "affiliation": contact.affiliation}
    return tuple(name for name in OF_PEOPLE if secrets.are_in_words(free[name]))


def written(values: Mapping[str, str]) -> dict[str, str]:
    """Return plain ``values`` as wikitext for the parameters of a template."""
    return {name: escape.wikitext(unicodedata.normalize("NFC", value)) for name, value in values.items()}


def as_shown(values: Mapping[str, str], name: str) -> Contact:
    """Return what a page with these plain ``values`` says."""
    seen = {one: contacts_row.shown_value(one, raw) for one, raw in written(values).items()}
    return contacts_row.contact(seen, name)[0]


def differing(there: Contact, wanted: Contact) -> tuple[Field, ...]:
    """Return the fields in which two contacts, both as shown, say different things."""
    return tuple(field for field in FIELDS if field.of(there) != field.of(wanted))


def row(values: Mapping[str, str], language: str) -> str:
    """Return a new row with all that there is to say."""
    values = {"name": values["name"], "lang": language, **values}
    return rewrite.render(ROW, {name: value for name, value in written(values).items() if value})


def _takes_mail(contact: Contact) -> bool:
    """Tell whether they can be mailed on the wiki: as the roster says, or where it names no other public way."""
    named = any(one.kind is ChannelKind.WIKI_MAIL for one in contact.channels)
    return named or not any(one.public for one in contact.channels)


def _addresses(contact: Contact, kind: ChannelKind) -> str:
    return "; ".join(one.value for one in contact.channels if one.kind is kind and one.public)
