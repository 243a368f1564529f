"""Who is named in the answers of an incident record: names of one person together; knows no record and no terminal."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from bot.private import incident_names

# Dieter and Dietmar are one name that was misheard; Tom and Bob are two people.
_MISHEARD = 0.6


@dataclass(frozen=True, slots=True, repr=False)
class PersonNamed:
    """Somebody in a record: every name that the record has for them, and what they are in it ("witness")."""

    names: tuple[str, ...]
    role: str


def read(text: str, role: str) -> tuple[PersonNamed, ...]:
    """Return the people of an answer: "Ada Abacus = User:Ada = Ada; Bob" are two, the first with two further names.

    Commas and "and" divide people, too; "nobody" and a description without a name are none of them.
    """
    has_capitals = incident_names.begins_with_capitals(text)
    found = (incident_names.of_person(one, has_capitals=has_capitals) for one in incident_names.split(text))
    return tuple(PersonNamed(tuple(names), role) for names in found if names)


def understood(text: str) -> str:
    """Return how an answer was understood, for whoever typed it: how many people, and what is taken for no name."""
    has_capitals = incident_names.begins_with_capitals(text)
    parts = incident_names.split(text)
    none = [part for part in parts if not incident_names.of_person(part, has_capitals=has_capitals)]
    people = [" = ".join(one.names) for one in read(text, "")]
    count = "1 person" if len(people) == 1 else f"{len(people)} people"
    told = f"{count}: {'; '.join(people)}" if people else "nobody by name"
    return f"{told} (no name: {'; '.join(none)})" if none else told


def together(answers: Iterable[Sequence[PersonNamed]]) -> tuple[PersonNamed, ...]:
    """Return the people of several answers, each once with all names and roles.

    Two answers speak of one person when they share a name, or when a name of one is the beginning of a name of the
    other ("Ana", "Ana Sousa") and of nobody else's. Two people within one answer stay two, whatever they are called,
    and a name that two people have already joins with neither, unless whoever wrote it said "one = other".
    """
    known: list[tuple[PersonNamed, frozenset[int]]] = []
    for number, answer in enumerate(answers):
        before = tuple(known)
        for person in answer:
            same = [one for one in before if one in known and _keys(one[0]) & _keys(person)]
            here = (person, frozenset({number}))
            if _says_who(same, person):
                for one in reversed(same):
                    here = (_joined(one[0], here[0]), one[1] | here[1])
                known[known.index(same[0])] = here
                known = [one for one in known if one not in same[1:]]
            else:
                known.append(here)
    return _shortened_names_joined(known)


def of_correction(now: Sequence[PersonNamed], before: Iterable[PersonNamed]) -> tuple[PersonNamed, ...]:
    """Return the people of an answer, with the names that an earlier wording of it had for them.

    Whom an earlier wording named and nobody means now stays known, without a role: the name is not to be published.
    """
    people = list(now)
    gone: list[PersonNamed] = []
    for old in before:
        alike = [one for one in people if _are_alike(one, old)]
        if alike:
            people[people.index(alike[0])] = _with_names(alike[0], old)
        else:
            gone.append(PersonNamed(old.names, ""))
    return (*people, *gone)


def key(name: str) -> str:
    """Return what two spellings of one name share: letter case, underscores and blanks aside."""
    return " ".join(unicodedata.normalize("NFC", name).replace("_", " ").casefold().split())


def _says_who(same: Sequence[tuple[PersonNamed, frozenset[int]]], person: PersonNamed) -> bool:
    """Whether a person is the one that is known, or is said to be several that were taken for different ones."""
    if len(same) < 2:
        return bool(same)
    counts = [sum(one in _keys(other) for other, _ in same) for one in _keys(person)]
    return all(count < 2 for count in counts) and not frozenset.intersection(*(of for _, of in same))


def _shortened_names_joined(known: Sequence[tuple[PersonNamed, frozenset[int]]]) -> tuple[PersonNamed, ...]:
    people = list(known)
    for short in known:
        fitting = [one for one in people if one != short and _begins(short[0], one[0])]
        if short in people and len(fitting) == 1 and not fitting[0][1] & short[1]:
            joined = (_joined(fitting[0][0], short[0]), fitting[0][1] | short[1])
            people[people.index(fitting[0])] = joined
            people.remove(short)
    return tuple(one for one, _ in people)


def _begins(short: PersonNamed, long: PersonNamed) -> bool:
    return any(name.startswith(f"{begin} ") for begin in _keys(short) for name in _keys(long))


def _are_alike(one: PersonNamed, other: PersonNamed) -> bool:
    return any(
        set(a.split()) & set(b.split()) or SequenceMatcher(None, a, b).ratio() >= _MISHEARD
        for a in _keys(one)
        for b in _keys(other)
    )


def _keys(person: PersonNamed) -> set[str]:
    return {key(name) for name in person.names}


def _with_names(one: PersonNamed, other: PersonNamed) -> PersonNamed:
    known = _keys(one)
    return PersonNamed((*one.names, *(name for name in other.names if key(name) not in known)), one.role)


def _joined(one: PersonNamed, other: PersonNamed) -> PersonNamed:
    roles = dict.fromkeys(role for role in (*one.role.split(", "), *other.role.split(", ")) if role)
    return PersonNamed(_with_names(one, other).names, ", ".join(roles))
