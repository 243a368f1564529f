"""From hits to findings: who is on the list, who may be, and who could not be checked; knows no file and no clock.

Laws: only a user name or a central id makes a FLAG, and only if it is the account's own, now or before; everything else
is a REVIEW. Whoever could not be held against every entry is UNKNOWN, never CLEAR. A graver verdict hides no gap. What
is not known of the run as a whole (former names, private registrations) is said once, and ``report`` ends it with no 0.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from bot.model import NameState, Tier, VerdictKind
from bot.private.matching import mailboxes
from bot.private.model import Field, Finding, Hit, Matcher, Person, Progress
from bot.private.realnames import words

UNNAMED = "The registration names no account."
OPEN_TO_ALL = "This is a temporary account: nobody can tell who is behind it."
ADDRESS = "This entry was made by an IP address, which cannot be checked."
IMPOSSIBLE = "No account can have this name, so it is not the name of this person's account."

_FACTS = frozenset({Tier.IDENTICAL, Tier.RENAMED})
_ACCOUNT = frozenset({Field.USER, Field.CENTRAL_ID})
_STATES = {NameState.TEMPORARY: OPEN_TO_ALL, NameState.IP: ADDRESS, NameState.IMPOSSIBLE: IMPOSSIBLE}
_NOTHING = "nothing that anybody could be compared with"
_HAVE = {
    Field.USER: "a user name",
    Field.CENTRAL_ID: "a central id",
    Field.REAL_NAME: "a real name",
    Field.EMAIL: "an e-mail address",
}


def judge(
    people: Sequence[Person],
    matcher: Matcher,
    progress: Progress,
    *,
    unread: int = 0,
    entries: Mapping[frozenset[Field], int] | None = None,
) -> tuple[Finding, ...]:
    """Return the finding on each of ``people``, in their order.

    ``unread`` is how many rows of the list could not be read, ``entries`` by what its entries can be told (see
    ``force.comparable``; 0 where a sealed list does not tell how many): with either, somebody whom nothing meets may be
    on the list all the same.
    """
    gap = (_rows_unread(unread),) if unread else ()
    hits = matcher.match(people, progress)
    return tuple(
        _finding(person, found, (*_gaps(person), *_blind(person, entries or {}), *gap))
        for person, found in zip(people, hits, strict=True)
    )


def remarks(people: Sequence[Person], *, is_sealed: bool = False) -> tuple[str, ...]:
    """Return what this check could not do for anybody, or for many, in sentences for the whole run."""
    return tuple(_remarks(people, is_sealed=is_sealed))


def not_looked_up(people: Sequence[Person]) -> int:
    """Return of how many accounts nobody looked up the former names."""
    return sum(person.earlier is None for person in people if _has_account(person))


def _has_account(person: Person) -> bool:
    return bool(person.name) and person.state is NameState.ACCOUNT


def _remarks(people: Sequence[Person], *, is_sealed: bool) -> Iterator[str]:
    if is_sealed:
        yield (
            "A sealed list finds the listed name and what looks or sounds like it. It cannot find a name with a letter "
            "changed, or a listed name inside a longer one: the holder of the list can. Nor does it tell how many "
            "entries it has."
        )
    if unasked := not_looked_up(people):
        accounts = sum(map(_has_account, people))
        whose = "any account" if unasked == accounts else f"{unasked:,} of {accounts:,} accounts"
        yield f"Former names of {whose} were not looked up: who was renamed is found by the present name alone."


def _finding(person: Person, hits: tuple[Hit, ...], unknown: tuple[str, ...]) -> Finding:
    if person.state is NameState.IP:
        hits = tuple(_lowered(hit) for hit in hits)
    return Finding(person, _verdict(hits, unknown), hits, tuple(dict.fromkeys(unknown)))


def _lowered(hit: Hit) -> Hit:
    """Return a hit of an IP address, which is no account: the same one is a likeness at most."""
    if hit.tier not in _FACTS:
        return hit
    return replace(hit, tier=Tier.FOLD, text=f"{hit.text} Many people can have the same IP address.")


def _verdict(hits: Sequence[Hit], unknown: Sequence[str]) -> VerdictKind:
    if any(hit.tier in _FACTS and hit.by in _ACCOUNT for hit in hits):
        return VerdictKind.FLAG
    if hits:
        return VerdictKind.REVIEW
    return VerdictKind.UNKNOWN if unknown else VerdictKind.CLEAR


def _gaps(person: Person) -> Iterator[str]:
    """Yield why the account of a person is not known."""
    if not person.name:
        yield person.why_unnamed or UNNAMED
    elif person.state is not NameState.ACCOUNT:
        yield _STATES[person.state]
    elif person.trouble:
        yield person.trouble


def _blind(person: Person, entries: Mapping[frozenset[Field], int]) -> Iterator[str]:
    """Yield how many entries say nothing that could be compared with what is known of a person, and what they say."""
    known = frozenset(_known(person))
    for fields, count in sorted(entries.items(), key=lambda item: sorted(item[0])):
        if known.isdisjoint(fields):
            what = " and ".join(_HAVE[field] for field in Field if field in fields)
            only = f"only {what}, which is not known of this person" if what else _NOTHING
            yield f"{_entries(count)} {only}."


def _entries(count: int) -> str:
    if not count:
        return "The entries of the list have"
    return f"{count:,} {'entry of the list has' if count == 1 else 'entries of the list have'}"


def _known(person: Person) -> Iterator[Field]:
    if _has_account(person):
        yield Field.USER
    if person.central_id is not None:
        yield Field.CENTRAL_ID
    if words(person.real_name):
        yield Field.REAL_NAME
    if mailboxes(person.email):
        yield Field.EMAIL


def _rows_unread(count: int) -> str:
    if count == 1:
        return "One row of the list could not be read: whoever stands there was not looked for."
    return f"{count:,} rows of the list could not be read: whoever stands there was not looked for."
