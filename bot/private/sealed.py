"""Sealed lists: makes one of entries, opens one, and says whether it is for this event and this day; knows no matching.

Whoever has the file and its secret can ask whether a name is listed, at a cost for each; nobody can read a name out.
docs/sealed-lists.md is the format, with what it promises and what it does not.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from bot.errors import BadInputError, UsageError
from bot.parse import titles
from bot.private import sealed_format as fmt
from bot.private import sealed_hash as hashing
from bot.private import secret as secrets
from bot.private.force import comparable
from bot.private.model import Entry, Field, Occasion
from bot.private.sealed_hash import COST, Cost, Mark, Try, Work
from bot.private.sealed_keys import RULES, UNICODE
from bot.private.sealed_marks import Left, left

_REFERENCE_LETTERS = 4
_REFERENCES = 32**_REFERENCE_LETTERS
_MOST_ENTRIES = 20_000
_FLAGS = 12  # bits of a box, below the reference
_CLOCK_MAY_BE_OFF = timedelta(days=1)
_WORK = Work()


@dataclass(frozen=True, slots=True, repr=False)
class Reference:
    """By what the organizers ask about an entry, and the row of the list where its holder finds it."""

    ref: str
    row: int


@dataclass(frozen=True, slots=True, repr=False)
class Opened:
    """A sealed list whose seal is right: the event (``title``, ``id``, ``wiki``), its time, and what can be asked.

    ``combinations`` are what entries give, each once: who is known by nothing of one of them cannot be held against
    those entries. ``rows`` are all rows by tag, decoys included. ``notes`` are to be told with every result.
    """

    title: str
    id: int | None
    wiki: str
    made: date
    expires: datetime
    combinations: frozenset[frozenset[Field]]
    cost: Cost
    salt: bytes
    rows: dict[bytes, int]
    notes: tuple[str, ...] = ()

    @property
    def kinds(self) -> frozenset[Field]:
        """What some entry gives; nothing else need be asked."""
        return frozenset(field for fields in self.combinations for field in fields)


def seal(
    entries: Sequence[Entry],
    occasion: Occasion,
    wiki: str,
    *,
    expires: datetime,
    made: datetime,
    secret: bytes,
    random: Callable[[int], bytes],
    work: Work = _WORK,
) -> tuple[bytes, tuple[Reference, ...]]:
    """Return the file for one event, and by which reference each entry is asked about (for the holder alone).

    ``entries`` are those in force at the event. ``random`` gives as many random bytes as it is asked for. Raises
    UsageError where the file would have run out when it is made, or where there are too many entries.
    """
    if expires <= made:
        raise UsageError("The sealed list would have run out before it is made: the event, or the list, is over.")
    if len(entries) > _MOST_ENTRIES:
        raise UsageError(f"A sealed list holds at most {_MOST_ENTRIES:,} entries.")
    salt = random(hashing.SALT)
    numbers = _references(len(entries), random)
    rows = _rows(entries, numbers, lambda tries: hashing.stretched(tries, secret, salt, work))
    document = fmt.Document(
        format=fmt.FORMAT,
        secret=hashing.fingerprint(secret),
        event=fmt.Event(occasion.title, occasion.id, wiki),
        made=made.astimezone(UTC).date(),
        expires=expires.astimezone(UTC).replace(microsecond=0),
        kdf=fmt.Kdf("scrypt", work.cost.n, work.cost.r, work.cost.p),
        rules=RULES,
        unicode=UNICODE,
        kinds=_kinds(entries),
        salt=fmt.text(salt),
        rows=fmt.text(_padded(rows, random)),
    )
    references = zip(numbers, entries, strict=True)
    return fmt.encode(document, secret), tuple(Reference(reference(n), entry.row) for n, entry in references)


def open_(data: bytes, secret: bytes, *, least: Cost = COST) -> Opened:
    """Return what a file says, its seal checked; ``least`` is the lowest cost of a try that is taken.

    Raises BadInputError, one sentence: no sealed list, a newer one, another secret, cut off, changed, made by other
    rules of matching.
    """
    document = fmt.decode(data, secret, least)
    if document.rules != RULES:
        raise BadInputError(
            "The sealed list was made by another version of this program, which compares names in another way: "
            "the holder of the list and you must use the same version."
        )
    notes: tuple[str, ...] = ()
    if document.unicode != UNICODE:
        sealed_with = f"The list was sealed with Unicode {document.unicode} and is read with {UNICODE}: "
        notes = (f"{sealed_with}names with the newest characters may be missed.",)
    event = document.event
    return Opened(
        title=event.title,
        id=event.id,
        wiki=event.wiki,
        made=document.made,
        expires=document.expires,
        combinations=frozenset(map(frozenset, document.kinds)),
        cost=document.cost,
        salt=fmt.salt_of(document),
        rows=fmt.rows_of(document),
        notes=notes,
    )


def check_event(opened: Opened, occasion: Occasion, wiki: str | None, now: datetime) -> None:
    """Raise UsageError unless the list is for this event of this wiki, and ``now`` within its time.

    ``wiki`` is None where no wiki is asked, so that nobody knows on which one the event is.
    """
    if now >= opened.expires:
        raise UsageError(
            f"The sealed list ran out at {opened.expires:%Y-%m-%d %H:%M} UTC: delete the file, its secret and every "
            "result made with it (eventsafety event-bans purge)."
        )
    if now < datetime.combine(opened.made, datetime.min.time(), UTC) - _CLOCK_MAY_BE_OFF:
        raise UsageError(
            f"The sealed list was made on {opened.made}, which is still to come: set this machine's clock."
        )
    if wiki not in (None, opened.wiki) or not _is_same(opened, occasion):
        number = f" (#{opened.id})" if opened.id is not None else ""
        raise UsageError(f'The sealed list is for "{opened.title}"{number} on {opened.wiki}, not for this event.')


def reference(number: int) -> str:
    """Return the reference of a box's number, as people say it."""
    return secrets.base32(number, _REFERENCE_LETTERS)


def box(number: int, flags: int) -> int:
    """Return what stands behind a tag: a reference's number and the flags of the name."""
    return number << _FLAGS | flags


def unboxed(content: int) -> tuple[int, int]:
    """Return a reference's number and the flags."""
    return content >> _FLAGS, content & (1 << _FLAGS) - 1


def _is_same(opened: Opened, occasion: Occasion) -> bool:
    if opened.id is not None and occasion.id is not None:
        return opened.id == occasion.id
    return _normal(opened.title) == _normal(occasion.title)


def _normal(title: str) -> str:
    return titles.normal(title, titles.CANONICAL_EVENTS) or title


def _kinds(entries: Sequence[Entry]) -> tuple[tuple[Field, ...], ...]:
    """Return the different combinations of what entries give, without how often, in an order that says nothing."""
    return tuple(sorted(tuple(field for field in Field if field in fields) for fields in comparable(entries)))


def _references(count: int, random: Callable[[int], bytes]) -> list[int]:
    """Return different random numbers, so that a reference says nothing of the place in the list."""
    found: dict[int, None] = {}
    while len(found) < count:
        found[int.from_bytes(random(4), "big") % _REFERENCES] = None
    return list(found)


def _rows(
    entries: Sequence[Entry], numbers: Sequence[int], stretch: Callable[[list[Try]], dict[Try, bytes]]
) -> list[bytes]:
    every: list[tuple[int, Left]] = []
    for number, entry in zip(numbers, entries, strict=True):
        every += [(number, one) for one in dict.fromkeys(left(entry))]
    digests = stretch([one.one for _, one in every])
    shared: Counter[tuple[Try, Mark]] = Counter()
    rows: list[bytes] = []
    for number, one in every:
        at = (one.one, one.mark)
        rows.append(hashing.row(digests[one.one], one.mark, shared[at], box(number, one.flags)))
        shared[at] += 1
    return rows


def _padded(rows: list[bytes], random: Callable[[int], bytes]) -> bytes:
    """Return the rows among random ones, up to a power of two, in an order that says nothing."""
    size = fmt.FEWEST_ROWS
    while size < len(rows):
        size *= 2
    decoys = random((size - len(rows)) * hashing.ROW)
    return b"".join(sorted([*rows, *(decoys[at : at + hashing.ROW] for at in range(0, len(decoys), hashing.ROW))]))
