"""Edits, plans and looks that the tests of this room are made from."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from hypothesis import strategies as st

from bot.config import Limits
from bot.model import SiteInfo
from bot.plan.edits import Edit, Input, Plan
from bot.plan.gate import Seen

BOT = "TestBot"
STOP_PAGE = "User:TestBot/Run"
META = SiteInfo(
    dbname="metawiki",
    server="https://meta.wikimedia.org",
    article_path="/wiki/$1",
    script_path="/w",
    language="en",
    namespaces={0: ("",), 2: ("User",), 3: ("User talk",), 10: ("Template",)},
    special_pages={},
)


def edit(**other: Any) -> Edit:
    """Return an edit of a page from one line to two, with the fields that are given instead."""
    usual: dict[str, Any] = {
        "title": "User:TestBot/Event review/X",
        "namespace": 2,
        "task": "review",
        "base_revid": 9,
        "old_text": "b",
        "text": "b\nline",
        "summary": "Bot: sample",
    }
    return Edit(**usual | other)


def plan(*edits: Edit, **other: Any) -> Plan:
    """Return a plan of these edits, or of two."""
    two = (edit(), edit(title="User:TestBot/Event review/Y", base_revid=0, old_text="", tags=("bot tag",)))
    usual: dict[str, Any] = {
        "site": "meta:meta",
        "server": "https://meta.wikimedia.org",
        "user": BOT,
        "software": "eventsafety 0.1.0",
        "read_at": datetime(2026, 11, 21, 12, 0, tzinfo=UTC),
        "inputs": (Input("page", "Event:X", 871, "meta:meta"), Input("registration", "#12", None, "meta:meta")),
        "limits": {"": Limits(), "review": Limits(new_pages=5, share_removed=1.0)},
        "edits": edits or two,
        "notes": ("Something was left alone.",),
    }
    return Plan(**usual | other)


def seen(**other: Any) -> Seen:
    """Return a look that shows nothing against the usual edit."""
    usual: dict[str, Any] = {
        "user": BOT,
        "is_blocked": False,
        "has_message": False,
        "stop_text": "run",
        "revid": 9,
        "token": "0123+\\",
    }
    return Seen(**usual | other)


# What a page can hold; lone surrogates stand in no answer of a wiki.
texts = st.text(st.characters(codec="utf-8"), max_size=40)
limits = st.builds(
    Limits,
    edits=st.integers(0, 100_000),
    new_pages=st.integers(0, 100_000),
    share_removed=st.floats(0, 1),
)
edits = st.builds(
    Edit,
    title=texts,
    namespace=st.integers(0, 3000),
    task=texts,
    base_revid=st.integers(0, 2**40),
    old_text=texts,
    text=texts,
    summary=texts,
    reasons=st.lists(texts, max_size=3).map(tuple),
    minor=st.booleans(),
    bot=st.booleans(),
    tags=st.lists(texts, max_size=2).map(tuple),
)
plans = st.builds(
    Plan,
    site=texts,
    server=texts,
    user=texts,
    software=texts,
    read_at=st.datetimes(timezones=st.just(UTC)),
    inputs=st.lists(st.builds(Input, texts, texts, st.none() | st.integers(0, 2**40), texts), max_size=3).map(tuple),
    limits=st.dictionaries(texts, limits, max_size=3),
    edits=st.lists(edits, max_size=3).map(tuple),
    notes=st.lists(texts, max_size=2).map(tuple),
)
