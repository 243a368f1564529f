"""What can be known of a set-up; a str in the place of a value is the sentence that says why it could not be had."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bot.config import Settings
from bot.model import SiteInfo, Source


@dataclass(frozen=True, slots=True)
class Clocks:
    """The time of the server and ours, both UTC, taken together."""

    server: datetime
    ours: datetime


@dataclass(frozen=True, slots=True)
class Door:
    """What the bot needs on the wiki to write: ``stop_text`` is None when the page is not there or cannot be read.

    ``templates`` are those that are missing or have another text than this version.
    """

    stop_page: str
    stop_text: str | None
    templates: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Wiki:
    """An open wiki; ``username`` is None for anonymous reading, ``accounts`` are the account sources as probed."""

    name: str
    user_agent: str
    username: str | None
    rights: frozenset[str]
    site: SiteInfo | str
    clocks: Clocks | str
    accounts: tuple[Source, ...] | str
    lists: tuple[Source, ...] | str
    door: Door | str | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything that was looked at; ``wiki`` is None where nothing could be asked for want of settings."""

    python: tuple[int, int, int]
    settings: Settings | str
    wiki: Wiki | str | None = None
    password_files: Mapping[str, int] = field(default_factory=dict)
