"""When a list page may be believed: read, recognised, not empty, not older, and not sharply changed."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.config import ListSource
from bot.match.lists import LastTime, assess, switched_off
from bot.model import BanEntry, Banlist, Revision, SourceState, Unparsed

NOW = datetime(2026, 11, 21, tzinfo=UTC)
WANTED = ListSource(id="bans", title="Ban list", authority="wmf", shrink=0.2, grow=0.5)
PAGE = Revision("Ban list", 640, NOW, "text")


def banlist(count: int) -> Banlist:
    return Banlist(tuple(BanEntry(f"Person {i}", i, "", "wmf") for i in range(count)))


def last(entries: int, revid: int = 600) -> LastTime:
    return LastTime(entries, revid, NOW)


@pytest.mark.parametrize(
    ("read", "before", "state", "words"),
    [
        pytest.param(banlist(40), None, "ok", "", id="the first time"),
        pytest.param(banlist(40), last(40), "ok", "", id="as it was"),
        pytest.param(banlist(33), last(40), "ok", "", id="shrank within the share"),
        pytest.param(banlist(31), last(40), "unrecognised", "shrank from 40 entries", id="shrank too much"),
        pytest.param(banlist(60), last(40), "ok", "", id="grew within the share"),
        pytest.param(banlist(61), last(40), "unrecognised", "grew from 40 entries", id="grew too much"),
        pytest.param(banlist(3), last(5), "ok", "", id="two of a short list may go"),
        pytest.param(banlist(2), last(5), "unrecognised", "--accept-list bans", id="three of a short list may not"),
        pytest.param(banlist(0), None, "unrecognised", "lists nobody", id="empty"),
        pytest.param(banlist(40), last(40, revid=641), "stale", "older than 641", id="an older revision came back"),
        pytest.param(
            Banlist(banlist(3).entries, (), (Unparsed(7, "* ???"), Unparsed(8, "* !"))),
            None,
            "unrecognised",
            'line 7, "* ???" and 1 more',
            id="a line that fits nothing",
        ),
    ],
)
def test_assess(read: Banlist, before: LastTime | None, state: str, words: str) -> None:
    source = assess(WANTED, PAGE, read, before)
    assert source.state == state
    assert words in source.detail
    assert (source.revid, source.entries) == (640, len(read.entries))


def test_a_page_that_could_not_be_read_has_no_entries_and_says_why() -> None:
    source = assess(WANTED, "the page does not exist", Banlist(), last(40))
    assert (source.state, source.entries, source.detail) == (SourceState.FAILED, None, "the page does not exist")


def test_switched_off_is_a_state_of_its_own() -> None:
    assert switched_off(WANTED).state is SourceState.OFF
