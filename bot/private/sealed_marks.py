"""What an entry leaves in a sealed list, and what is asked of one for a person; knows no digest, no file and no secret.

Both sides are here because they must agree: whatever is asked was left by the same rule.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice, product

from bot.match.units import ways_shown
from bot.model import NameState, Tier
from bot.private import sealed_keys as by
from bot.private.matching import mailboxes
from bot.private.model import Entry, Field, Person
from bot.private.realnames import in_scripts, orders, words
from bot.private.sealed_hash import Mark, Try

_MOST_SPELLED, _MOST_LATIN, _MOST_SOUNDS = 16, 16, 8
_ASKED_SPELLED, _ASKED_SOUNDS = 2, 2
_ORDINARY, _FIVE, _OWN, _HAS_ID = 1, 2, 4, 8
_NEITHER_NAME_NOR_WORD = (NameState.TEMPORARY, NameState.IP)


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
    own, five, ordinary = _OWN * bool(form.own), _FIVE * form.ends_in_5, _ORDINARY * form.is_ordinary
    return by.script_byte(form.script) << 4 | own | five | ordinary


def counts(asked: Asked, flags: int) -> bool:
    """Whether a row that was found says something, by the flags of both names."""
    same_script = asked.mine >> 4 == flags >> 4
    both_ordinary = bool(asked.mine & flags & _ORDINARY)
    if asked.like == "look":
        return not both_ordinary and not (asked.mine & _OWN and same_script)
    if asked.like == "leet":
        return not (both_ordinary and (asked.mine | flags) & _FIVE)
    return asked.like != "other script" or not same_script


def has_central_id(flags: int) -> bool:
    """Whether the entry of a row that was found by the same user name gives a central id too."""
    return bool(flags & _HAS_ID)


def left(entry: Entry) -> Iterator[Left]:
    """Yield the rows of an entry; some may come twice."""
    if entry.user:
        flags = _HAS_ID * (entry.central_id is not None)
        for one in by.look_tries(entry.user):
            yield Left(one, Mark(Field.USER, "same", entry.user), flags)
        yield from _names_left(Field.USER, entry.user)
    for order in orders(words(entry.real_name)):
        yield from _names_left(Field.REAL_NAME, order)
    for mailbox in sorted(mailboxes(entry.email)):
        yield Left(Try(by.EMAIL, mailbox), Mark(Field.EMAIL, "same", ""))
    if entry.central_id is not None:
        yield Left(Try(by.CENTRAL_ID, str(entry.central_id)), Mark(Field.CENTRAL_ID, "same", ""))


def asked(person: Person, kinds: frozenset[Field]) -> Iterator[Asked]:
    """Yield what is asked for a person of a list whose entries give ``kinds``."""
    if person.central_id is not None and Field.CENTRAL_ID in kinds:
        one, mark = Try(by.CENTRAL_ID, str(person.central_id)), Mark(Field.CENTRAL_ID, "same", "")
        yield Asked(one, mark, Tier.IDENTICAL, Field.CENTRAL_ID, str(person.central_id))
    if person.name:
        yield from _accounts_asked(person, person.name, kinds)
    for mailbox in sorted(mailboxes(person.email)) if Field.EMAIL in kinds else ():
        mark = Mark(Field.EMAIL, "same", "")
        yield Asked(Try(by.EMAIL, mailbox), mark, Tier.FOLD, Field.EMAIL, person.email)
    if given := words(person.real_name):
        for part in in_scripts(given):
            yield from _names_asked(kinds, Field.REAL_NAME, " ".join(part))


def _accounts_asked(person: Person, present: str, kinds: frozenset[Field]) -> Iterator[Asked]:
    for name in dict.fromkeys((present, *(person.earlier or ()))):
        tier = Tier.IDENTICAL if name == present else Tier.RENAMED
        for one in by.look_tries(name) if Field.USER in kinds else ():
            yield Asked(one, Mark(Field.USER, "same", name), tier, Field.USER, name)
        if person.state not in _NEITHER_NAME_NOR_WORD:
            yield from _names_asked(kinds, Field.USER, name)


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


def _names_asked(kinds: frozenset[Field], of: Field, name: str) -> Iterator[Asked]:
    """Yield what is asked for one name of listed user names and of listed real names, where the list has them."""
    for field in (Field.USER, Field.REAL_NAME):
        if field not in kinds:
            continue
        compared = Field.REAL_NAME if Field.REAL_NAME in {field, of} else Field.USER
        for shown in ways_shown(name):
            form = by.form(shown)
            mine = flags_of(form)
            for one, (key, value, tier, like) in product(form.tries, _questions(form)):
                yield Asked(one, Mark(field, key, value), tier, compared, name, mine, like)
        for spelling in by.spelled(name, _ASKED_SPELLED):
            for one in by.look_tries(spelling):
                yield Asked(one, Mark(field, "spelled", spelling), Tier.TRANSLIT, compared, name)
        if form.script != by.LATIN:
            for one, heard in islice(by.sound_tries(name).items(), _ASKED_SOUNDS):
                for sound in heard:
                    mark = Mark(field, "sound", sound)
                    yield Asked(one, mark, Tier.TRANSLIT, compared, name, mine, "other script")


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
