"""What is to be written: an edit, and a plan of edits with a digest over all of it; must not know how it is saved."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime

import msgspec

from bot.config import Limits

SCHEMA = "eventsafety/plan@1"
_TRAILING = " \t\n"  # what PHP's rtrim takes away, less what was replaced before
_FORBIDDEN = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")  # UtfNormal\\Validator::cleanUp


def as_saved(text: str) -> str:
    """Return ``text`` as MediaWiki keeps it: NFC, line feeds alone, no control characters, no blanks at its end."""
    lines = _FORBIDDEN.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))
    return unicodedata.normalize("NFC", lines).rstrip(_TRAILING)


def text_digest(text: str) -> str:
    """Return the SHA-1 of a page's text in hex, as ``rvprop=sha1`` gives it for a page with one slot."""
    return hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest()


@dataclass(frozen=True, slots=True)
class Input:
    """Something that the plan was made from: a page in a revision, or a registration (no revision).

    ``site`` is the wiki of the page (Pywikibot's family:code).
    """

    kind: str
    title: str
    revid: int | None = None
    site: str = ""


@dataclass(frozen=True, slots=True)
class Edit:
    """One page, from ``old_text`` (of ``base_revid``) to ``text``; base revision 0 makes a page that does not exist.

    ``text`` is as MediaWiki would keep it; ``namespace`` is the page's number. ``reasons`` are sentences for the person
    who approves, ``summary`` is what the wiki shows.
    """

    title: str
    namespace: int
    task: str
    base_revid: int
    old_text: str
    text: str
    summary: str
    reasons: tuple[str, ...] = ()
    minor: bool = False
    bot: bool = True
    tags: tuple[str, ...] = ()

    @property
    def creates(self) -> bool:
        """Tell whether the page must not exist (createonly); any other must (nocreate)."""
        return self.base_revid == 0

    @property
    def old_digest(self) -> str:
        """Return the digest of the text that is there, empty where there is no page."""
        return "" if self.creates else text_digest(self.old_text)

    @property
    def new_digest(self) -> str:
        """Return the digest by which the saved text is recognised."""
        return text_digest(self.text)


@dataclass(frozen=True, slots=True)
class Plan:
    """The edits that would make the wiki right, and everything that they were made from.

    ``site`` is Pywikibot's family:code, ``server`` the wiki's address, ``user`` the account that is to save.
    ``read_at`` is the wiki's clock, in UTC, before the first page was read. ``limits`` are those that the plan was held
    to, by task ("" for all together). ``notes`` say what was seen and left alone.
    """

    site: str
    server: str
    user: str
    software: str
    read_at: datetime
    inputs: tuple[Input, ...]
    limits: dict[str, Limits]
    edits: tuple[Edit, ...]
    notes: tuple[str, ...] = ()

    @property
    def digest(self) -> str:
        """Return SHA-256 in hex over every field; what was shown and what is applied have the same."""
        return hashlib.sha256(msgspec.json.encode(self, order="sorted")).hexdigest()
