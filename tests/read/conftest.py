"""An open Meta-Wiki in memory; no test of this room sleeps or leaves the machine."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from bot.config import Network, Settings
from bot.read.session import Session
from tests.read.memory import MemoryWiki

QUICK = Settings(network=Network(between_reads=0.0))


@pytest.fixture
def waits() -> list[float]:
    """The seconds that the reader wanted to wait."""
    return []


@pytest.fixture
def wiki(pywikibot: Any) -> MemoryWiki:
    """A wiki in memory that Pywikibot takes for any wiki on https."""
    memory = MemoryWiki()
    pywikibot.comms.http.session.mount("https://", memory)
    return memory


@pytest.fixture
def open_session(wiki: MemoryWiki, waits: list[float]) -> Callable[..., Session]:
    """Open a session on the wiki in memory, by default on Meta."""

    def open_(settings: Settings = QUICK, site: str | None = None) -> Session:
        return Session.open(settings, site, wait=waits.append)

    return open_


@pytest.fixture
def session(open_session: Callable[..., Session]) -> Session:
    """An open Meta-Wiki."""
    return open_session()
