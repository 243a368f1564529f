"""What a test wiki knows when it is new, and what an event is unless a test says otherwise."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

Row = dict[str, Any]
WIKI = "metawiki"
# Local and central ids differ on purpose: a test then notices when one is taken for the other.
FIRST_CENTRAL_ID = 5001
INTERWIKIS = {
    "w": "https://en.wikipedia.org/wiki/$1",
    "c": "https://commons.wikimedia.org/wiki/$1",
    "commons": "https://commons.wikimedia.org/wiki/$1",
    "d": "https://www.wikidata.org/wiki/$1",
    "s": "https://en.wikisource.org/wiki/$1",
    "wikt": "https://en.wiktionary.org/wiki/$1",
    "mw": "https://www.mediawiki.org/wiki/$1",
    "foundation": "https://foundation.wikimedia.org/wiki/$1",
    **{
        code: f"https://{code}.wikipedia.org/wiki/$1"
        for code in ("en", "de", "es", "fr", "hi", "bn", "ar", "zh", "uk", "pt", "it", "id")
    },
}
EVENT_FIELDS: Mapping[str, Any] = {
    "status": "open",
    "timezone": "UTC",
    "start_time": "20261205090000",
    "end_time": "20261205170000",
    "types": [],
    "wikis": ["*"],
    "topics": [],
    "online_meeting": True,
    "inperson_meeting": False,
    "meeting_country_code": None,
    "meeting_address": None,
    "is_test_event": False,
    "tracks_contributions": False,
    "goal_type": None,
    "goal_target": None,
    "tracking_tools": [],
    "questions": [1, 2, 3, 4, 5],
    "meeting_url": None,
    "chat_url": None,
}


def new_world(names: Sequence[str]) -> Row:
    """Return the data of a world with nothing but ``names``, accounts that MediaWiki's own scripts make on the wiki."""
    ids = range(FIRST_CENTRAL_ID, FIRST_CENTRAL_ID + len(names))
    accounts = [
        account_row(central_id, name, [WIKI], "20200501080000") for central_id, name in zip(ids, names, strict=True)
    ]
    return {"accounts": accounts, "blocks": [], "events": {}, "next": {"account": ids.stop}}


def account_row(central_id: int, name: str, wikis: Sequence[str], registration: str) -> Row:
    """Return a central account, neither locked nor hidden, that is attached to ``wikis``; the first is its home."""
    return {
        "id": central_id,
        "name": name,
        "home": wikis[0] if wikis else WIKI,
        "wikis": list(wikis),
        "registration": registration,
        "editcount": 0,
        "locked": False,
        "hidden": "",
        "deleted": False,
    }
