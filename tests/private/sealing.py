"""Sealed lists for tests: cheap tries, randomness that repeats itself; ``held`` is a whole check of some people."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from itertools import chain, count, islice

from bot.private import sealed
from bot.private.model import Entry, Hit, Occasion, Person
from bot.private.sealed_hash import Cost, Work
from bot.private.sealed_match import SealedMatcher

CHEAP = Cost(n=2, r=1, p=1)
SECRET = bytes(range(20))
WIKI = "meta.wikimedia.org"
NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
EXPIRES = NOW + timedelta(days=9)
EVENT = Occasion("Event:Riverside Meetup", 12)


def stream(seed: bytes) -> Callable[[int], bytes]:
    """Return a source of bytes: SHA-256 of the seed and a counter of eight bytes, one block after the other."""
    blocks = (hashlib.sha256(seed + at.to_bytes(8, "big")).digest() for at in count())
    every = chain.from_iterable(blocks)
    return lambda size: bytes(islice(every, size))


def made(entries: Sequence[Entry], seed: bytes = b"test") -> tuple[bytes, dict[str, int]]:
    """Return the file, and the row of each reference."""
    data, references = sealed.seal(
        entries,
        EVENT,
        WIKI,
        expires=EXPIRES,
        made=NOW,
        secret=SECRET,
        random=stream(seed),
        work=Work(CHEAP, 1),
    )
    return data, {one.ref: one.row for one in references}


def opened(data: bytes) -> sealed.Opened:
    return sealed.open_(data, SECRET, least=CHEAP)


def held(people: Sequence[Person], entries: Sequence[Entry]) -> tuple[tuple[Hit, ...], ...]:
    """Return the hits of each of ``people``, as the organizers see them."""
    data, _ = made(entries)
    return SealedMatcher(opened(data), SECRET, workers=1).match(people, lambda _done, _of: None)


def tiers(name: str, listed: str) -> list[str]:
    """Return the tiers of a user name against a listed one."""
    ((hits),) = held([Person(name, "row 1")], [Entry(2, user=listed)])
    return [hit.tier for hit in hits]
