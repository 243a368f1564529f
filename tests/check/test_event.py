"""Which event is meant where the wiki has no such page: a hint for whoever left out the namespace, and no request more."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from bot.check import event
from bot.config import Network, Settings
from bot.errors import NoSuchPageError
from bot.model import SiteInfo
from bot.parse.sites import META
from bot.read.session import Session
from tests.read.memory import MemoryWiki, Reply

ELSEWHERE = replace(META, namespaces={0: ("",), 2: ("Benutzer", "User"), 1728: ("Veranstaltung", "Event")})
WITHOUT = replace(META, namespaces={0: ("",), 2: ("User",)})


@pytest.fixture
def wiki(pywikibot: Any) -> MemoryWiki:
    """A wiki without any page."""
    memory = MemoryWiki()
    memory.on(lambda sent: Reply("<html>no such page", 404) if sent.path == "/w/index.php" else None)
    pywikibot.comms.http.session.mount("https://", memory)
    return memory


@pytest.mark.parametrize(
    ("site", "text", "title", "hint"),
    [
        pytest.param(META, "Translated Fair", "Translated Fair", "Event:Translated Fair", id="left out"),
        pytest.param(META, "fair: the second", "Fair: the second", "Event:Fair: the second", id="a colon of the name"),
        pytest.param(
            META, "https://meta.wikimedia.org/wiki/Small_Talk", "Small Talk", "Event:Small Talk", id="an address"
        ),
        pytest.param(ELSEWHERE, "Small Talk", "Small Talk", "Veranstaltung:Small Talk", id="in the wiki's language"),
        pytest.param(META, "Event:Small Talk", "Event:Small Talk", "", id="in the namespace already"),
        pytest.param(META, "User:Ada/Meetup", "User:Ada/Meetup", "", id="in another namespace"),
        pytest.param(ELSEWHERE, "event:Talk", "Veranstaltung:Talk", "", id="in the namespace, by its other name"),
        pytest.param(WITHOUT, "Small Talk", "Small Talk", "", id="a wiki without that namespace"),
    ],
)
def test_a_page_that_does_not_exist(wiki: MemoryWiki, site: SiteInfo, text: str, title: str, hint: str) -> None:
    session = Session.open(Settings(network=Network(between_reads=0.0)), wait=lambda _seconds: None)
    with pytest.raises(NoSuchPageError) as caught:
        event.locate(session, site, text)
    sentence = f'There is no page "{title}" at https://meta.wikimedia.org/w/index.php'
    assert str(caught.value) == (f'{sentence}; do you mean "{hint}"?' if hint else f"{sentence}.")
    assert len([sent for sent in wiki.sent if sent.path == "/w/index.php"]) == 1
