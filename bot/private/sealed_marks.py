"""What an entry leaves in a sealed list, and what is asked of one for a person; knows no digest, no file and no secret.

Both sides are here because they must agree: whatever is asked was left by the same rule.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from bot.match.units import ways_shown
from bot.model import Tier
from bot.private import sealed_keys as by
from bot.private.model import Entry, Field, Person
from bot.private.sealed_hash import Mark, Try

_MOST_SPELLED, _MOST_LATIN, _MOST_SOUNDS = 16, 16, 8
_ASKED_SPELLED, _ASKED_SOUNDS = 2, 2
_ORDINARY, _FIVE, _OWN = 1, 2, 4


@dataclass(frozen=True, slots=True, repr=False)
class Left:
    """One row to be: the try that finds it, what is compared, and the flags that its box holds (12 bits)."""

    one: Try
    mark: Mark
    flags: int = 0


@dataclass(frozen=True, slots=True, repr=False)
class Asked:
    """One question: the row to look for, what it means if it is there, and of whom (``by``, ``name``) it was asked.

    ``mine`` are the flags of the name asked; ``like`` says which rows of that kind count ("look", "leet", "other
    script", or "" for all).
    """

    one: Try
    mark: Mark
    tier: Tier
    by: Field
    name: str
    mine: int = 0
    like: str = ""


def flags_of(form: by.Form) -> int:
    """Return what a row says of its name to whoever has found it: ordinary or not, a 5 at its end, its scripts."""
    return (
        by.script_byte(form.script) << 3 | _OWN * bool(form.own) | _FIVE * form.ends_in_5 | _ORDINARY * form.is_ordinary
    )


def counts(asked: Asked, flags: int) -> bool:
    """Whether a row that was found says something, by the flags of both names."""
    mine = asked.mine
    same_script = mine >> 3 == flags >> 3
    both_ordinary = bool(mine & flags & _ORDINARY)
    ends_in_5 = bool((mine | flags) & _FIVE)
    return {
        "": True,
        "look": not both_ordinary and not (mine & _OWN and same_script),
        "leet": not (both_ordinary and ends_in_5),
        "other script": not same_script,
    }[asked.like]


def left(entry: Entry) -> Iterator[Left]:
    """Yield the rows of an entry; some may come twice."""
    if entry.user:
        yield from _names_left(Field.USER, entry.user)
        for one in by.look_tries(entry.user):
            yield Left(one, Mark(Field.USER, "same", entry.user))
    if entry.real_name:
        for order in by.orders(entry.real_name):
            yield from _names_left(Field.REAL_NAME, order)
    if entry.email:
        yield Left(Try(by.EMAIL, by.mailbox(entry.email)), Mark(Field.EMAIL, "mailbox", ""))
    if entry.central_id is not None:
        yield Left(Try(by.CENTRAL_ID, str(entry.central_id)), Mark(Field.CENTRAL_ID, "same", ""))


def asked(person: Person, kinds: frozenset[Field]) -> Iterator[Asked]:
    """Yield what is asked for a person of a list whose entries give ``kinds``, the surest first."""
    if person.central_id is not None and Field.CENTRAL_ID in kinds:
        one = Try(by.CENTRAL_ID, str(person.central_id))
        mark = Mark(Field.CENTRAL_ID, "same", "")
        yield Asked(one, mark, Tier.IDENTICAL, Field.CENTRAL_ID, str(person.central_id))
    fields = [field for field in (Field.USER, Field.REAL_NAME) if field in kinds]
    present = (person.name,) if person.name else ()
    for name in (*present, *(person.earlier or ())):
        if Field.USER in kinds:
            tier = Tier.IDENTICAL if name == person.name else Tier.RENAMED
            for one in by.look_tries(name):
                yield Asked(one, Mark(Field.USER, "same", name), tier, Field.USER, name)
        yield from _names_asked(fields, Field.USER, name)
    if person.real_name:
        yield from _names_asked(fields, Field.REAL_NAME, " ".join(person.real_name.replace(",", " ").split()))
    if person.email and Field.EMAIL in kinds:
        one = Try(by.EMAIL, by.mailbox(person.email))
        yield Asked(one, Mark(Field.EMAIL, "mailbox", ""), Tier.FOLD, Field.EMAIL, person.email)


def _names_left(field: Field, name: str) -> Iterator[Left]:
    for shown in ways_shown(name):
        form = by.form(shown)
        flags = flags_of(form)
        for one in form.tries:
            yield from (Left(one, Mark(field, key, value), flags) for key, value in _values(form))
    for spelling in by.spelled(name, _MOST_SPELLED):
        yield from (Left(one, Mark(field, "spelled", spelling), flags) for one in by.look_tries(spelling))
    if form.script != by.LATIN:
        for way in by.latin(name, _MOST_LATIN):
            yield from (Left(one, Mark(field, "latin", way), flags) for one in by.look_tries(way))
    for one, heard in islice(by.sound_tries(name).items(), _MOST_SOUNDS):
        yield from (Left(one, Mark(field, "sound", sound), flags) for sound in heard)


def _values(form: by.Form) -> Iterator[tuple[str, str]]:
    yield "fold", form.fold
    if form.tr39:
        yield "tr39", form.tr39
    if form.own:
        yield from (("own", way) for way in sorted(form.own))
    if not form.coarse:
        return
    yield "coarse", form.coarse
    if form.literal is None or form.leet is None:
        yield "wide", form.coarse
    for key, ways in (("literal", form.literal), ("leet", form.leet)):
        yield from ((key, way) for way in sorted(by.merged(ways or ())))
    if form.is_ordinary:
        yield from (("shape", way) for way in sorted(form.literal or ()))


def _names_asked(fields: Iterable[Field], of: Field, name: str) -> Iterator[Asked]:
    for field in fields:
        for shown in ways_shown(name):
            form = by.form(shown)
            mine = flags_of(form)
            for one in form.tries:
                for key, value, tier, like in _questions(form):
                    yield Asked(one, Mark(field, key, value), tier, of, name, mine, like)
        for spelling in by.spelled(name, _ASKED_SPELLED):
            for one in by.look_tries(spelling):
                yield Asked(one, Mark(field, "spelled", spelling), Tier.TRANSLIT, of, name)
        if form.script != by.LATIN:
            for one, heard in islice(by.sound_tries(name).items(), _ASKED_SOUNDS):
                for sound in heard:
                    yield Asked(one, Mark(field, "sound", sound), Tier.TRANSLIT, of, name, mine, "other script")


def _questions(form: by.Form) -> Iterator[tuple[str, str, Tier, str]]:
    yield "fold", form.fold, Tier.FOLD, ""
    sure = Tier.CONFUSABLE
    for way in sorted(form.own):
        yield "own", way, sure, ""
    if form.tr39:
        yield "tr39", form.tr39, sure, "look"
    if form.coarse:
        yield "wide", form.coarse, sure, "look"
        if form.literal is None or form.leet is None:
            yield "coarse", form.coarse, sure, "look"
    looks = [("literal", "literal", "look"), ("leet", "literal", "leet"), ("literal", "leet", "leet")]
    for asked_key, mine, like in looks:
        for way in sorted(by.merged((form.literal if mine == "literal" else form.leet) or ())):
            yield asked_key, way, sure, like
    if form.is_ordinary:
        for way in sorted(form.literal or ()):
            yield "shape", way, sure, ""
    if form.script == by.LATIN:
        yield "latin", form.fold, Tier.TRANSLIT, ""
