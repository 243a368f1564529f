"""A plan is applied only while what it was made from is as it was, and not for long."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from bot import tasks
from bot.config import Network, Settings, Writing
from bot.errors import BadInputError
from bot.plan.edits import Input
from bot.read.session import Session
from tests.plan.invented import edit, plan
from tests.read.memory import MemoryWiki, Reply

SITE = "meta:meta"
MADE_FROM = (
    Input("event page", "Event:X", 871, SITE),
    Input("list", "Old list", 640, SITE),
    Input("registration", "#12", None, SITE),
    Input("review page", edit().title, 9, SITE),
)
PLAN = plan(edit(), inputs=MADE_FROM)


@pytest.fixture
def wiki(pywikibot: Any) -> MemoryWiki:
    memory = MemoryWiki()
    pywikibot.comms.http.session.mount("https://", memory)
    return memory


@pytest.fixture
def session(wiki: MemoryWiki) -> Session:
    settings = Settings(network=Network(between_reads=0.0), writing=Writing(plan_hours=24))
    return Session.open(settings, wait=lambda _: None)


def present(wiki: MemoryWiki, *, event: int = 871, list_: int = 640) -> None:
    """Let the wiki have these newest revisions; the list is met by way of a redirect."""
    pages = [{"title": "Event:X", "lastrevid": event}, {"title": "List", "lastrevid": list_}]
    wiki.script(Reply({"query": {"redirects": [{"from": "Old list", "to": "List"}], "pages": pages}}), prop="info")


def test_a_plan_whose_sources_stand_still_is_taken_with_one_request(wiki: MemoryWiki, session: Session) -> None:
    present(wiki)
    tasks.refuse_stale(PLAN, session, PLAN.read_at + timedelta(hours=24))
    [sent] = wiki.asked(prop="info")
    assert set(sent.values("titles")) == {"Event:X", "Old list"}, "the page that it edits is guarded by its base"


@pytest.mark.parametrize(
    ("moved", "named"),
    [
        pytest.param({"event": 872}, '"Event:X" changed', id="the event's page"),
        pytest.param({"list_": 641}, '"Old list" changed', id="a list"),
        pytest.param({"list_": 0}, '"Old list" changed', id="a list that is gone"),
    ],
)
def test_a_plan_whose_sources_moved_is_refused(
    wiki: MemoryWiki, session: Session, moved: dict[str, int], named: str
) -> None:
    present(wiki, **moved)
    with pytest.raises(BadInputError, match=named):
        tasks.refuse_stale(PLAN, session, PLAN.read_at)


def test_an_old_plan_is_refused_before_the_wiki_is_asked(wiki: MemoryWiki, session: Session) -> None:
    with pytest.raises(BadInputError, match="25 hours old; make a new plan"):
        tasks.refuse_stale(PLAN, session, PLAN.read_at + timedelta(hours=25))
    assert not wiki.asked(prop="info")
