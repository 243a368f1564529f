"""E-mail addresses as a person gives them, and which of them are one mailbox; knows no letter and asks no server.

No address stands in an error: the sentence says which of the given ones it is.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from bot import escape
from bot.errors import UsageError

LONGEST_NAME = 200
LONGEST_LOCAL = 64  # octets (RFC 5321, 4.5.3.1)
LONGEST = 254
EXAMPLE = '"Ada Abacus <ada@example.org>" or "ada@example.org"'

_NAMED = re.compile(r"(?P<name>[^<>]*)<(?P<spec>[^<>]*)>")
_ATOM = r"[0-9A-Za-z!#$%&'*+/=?^_`{|}~\x80-\U0010ffff-]+"
_DOTTED = re.compile(rf"{_ATOM}(?:\.{_ATOM})*")
_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"')
_LABEL = r"[0-9a-z](?:[0-9a-z-]{0,61}[0-9a-z])?"
_DOMAIN = re.compile(rf"{_LABEL}(?:\.{_LABEL})*\.(?=[0-9-]*[a-z]){_LABEL}")
# Servers that deliver "ada+event" to "ada": by their domains, each with the first of those that share mailboxes, and
# with the signs in a name that count for nothing (help pages of Google, Microsoft, Proton, Fastmail and Apple).
_SHARED = {
    **dict.fromkeys(("gmail.com", "googlemail.com"), ("gmail.com", ".")),
    **dict.fromkeys(("proton.me", "protonmail.com", "protonmail.ch", "pm.me"), ("proton.me", "._-")),
    **dict.fromkeys(("icloud.com", "me.com", "mac.com"), ("icloud.com", "")),
    **{domain: (domain, "") for domain in ("outlook.com", "hotmail.com", "live.com", "msn.com")},
    **{domain: (domain, "") for domain in ("fastmail.com", "fastmail.fm")},
}


@dataclass(frozen=True, slots=True, repr=False)
class Address:
    """One address: the name before it as it was given, its local part unquoted, its domain in ASCII (``xn--``)."""

    name: str
    local: str
    domain: str

    @property
    def spec(self) -> str:
        """The address itself, as a header holds it."""
        local = self.local
        if not _DOTTED.fullmatch(local):
            local = '"' + re.sub(r'(["\\])', r"\\\1", local) + '"'
        return f"{local}@{self.domain}"

    @property
    def key(self) -> str:
        """What two addresses have in common that are one mailbox, however they are written.

        No server of today tells upper case from lower. What follows a plus sign is kept where it is not known that
        the server does without it.
        """
        local = unicodedata.normalize("NFKC", self.local).casefold()
        if self.domain not in _SHARED:
            return f"{local}@{self.domain}"
        domain, nothing = _SHARED[self.domain]
        name = local.partition("+")[0].translate(dict.fromkeys(map(ord, nothing)))
        return f"{name or local}@{domain}"


def read(text: str, what: str) -> Address:
    """Return the one address that ``text`` is, with or without a name before it.

    ``what`` says which one it is ("--cc number 2"). Raises UsageError, whose sentence does not repeat the text.
    """
    text = unicodedata.normalize("NFC", text).strip()  # before any look at it: U+037E becomes a semicolon
    named = _NAMED.fullmatch(text)
    name, spec = (_unquoted(named["name"].strip()), named["spec"].strip()) if named else ("", text)
    local, at, domain = spec.rpartition("@")
    if not at or not local or len(name) > LONGEST_NAME or escape.terminal(spec) != spec:
        raise _refused(what)
    local, domain = _local(local, what), _domain(domain, what)
    found = Address(" ".join(name.split()), local, domain)
    if len(local.encode()) > LONGEST_LOCAL or len(found.spec.encode()) > LONGEST:
        raise _refused(what)
    return found


def twice(named: Sequence[tuple[str, Address]]) -> tuple[str, str] | None:
    """Return which two of the addresses are one mailbox, by the words they come with; None when all differ."""
    seen: dict[str, str] = {}
    for what, one in named:
        if one.key in seen:
            return seen[one.key], what
        seen[one.key] = what
    return None


def header(address: Address) -> str:
    """Return the address for a header: the name as words that cannot end it, the address in angle brackets."""
    return f"{escape.email_header(address.name)} <{address.spec}>" if address.name else address.spec


def _local(local: str, what: str) -> str:
    """Return what stands before the "@", without quotes and backslashes; raises UsageError when it can be no such."""
    if _DOTTED.fullmatch(local) and not re.search(r"\s", local):
        return local
    if _QUOTED.fullmatch(local) and local.isascii():
        return _unquoted(local)
    raise _refused(what)


def _domain(domain: str, what: str) -> str:
    """Return a domain in ASCII and lower case; raises UsageError for one that has none which is sure to be the same.

    Python knows the names of 2003 alone, in which "ß" is "ss": the letter would go to somebody else.
    """
    plain = domain.lower()
    try:
        coded = plain.encode("idna").decode()
        same = coded.encode().decode("idna") == plain or coded == plain
    except UnicodeError:
        raise _refused(what) from None
    if not same:
        raise UsageError(f"The domain of {what} can be read in two ways; give it in its ASCII form, which has xn--.")
    if not _DOMAIN.fullmatch(coded):
        raise _refused(what)
    return coded


def _unquoted(text: str) -> str:
    found = _QUOTED.fullmatch(text)
    return re.sub(r"\\(.)", r"\1", found[1]) if found else text


def _refused(what: str) -> UsageError:
    return UsageError(f"{what} is not one e-mail address; give it as {EXAMPLE}.")
