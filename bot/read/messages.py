"""Messages of a wiki's own interface, in the language of its content; must not know what they are for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from bot.model import SiteInfo
from bot.read.batches import joined
from bot.read.session import Session


class _Message(msgspec.Struct):
    name: str
    missing: bool = False
    content: str = ""


class _Messages(msgspec.Struct):
    allmessages: list[_Message] = []


def texts(session: Session, site: SiteInfo, keys: Sequence[str]) -> Mapping[str, str]:
    """Return messages by key, with what they hold of magic words expanded, by one request; a missing one is left out.

    Raises WikiError when they cannot be read.
    """
    asked = {"ammessages": joined(keys), "amlang": site.language, "amenableparser": True}
    read = session.read(_Messages, meta="allmessages", **asked)
    return {row.name: row.content.strip() for row in read.allmessages if not row.missing}
