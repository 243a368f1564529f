"""Who is named in the answers of an incident record: names of one person together; knows no record and no terminal."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.parse import sites

_LINK_END = re.compile(r"\s*(?:\|[^\]]*)?\]\]\s*$")


@dataclass(frozen=True, slots=True, repr=False)
class PersonNamed:
    """Somebody in a record: every name that the record has for them, and what they are in it ("witness")."""

    names: tuple[str, ...]
    role: str


def read(text: str, role: str) -> tuple[PersonNamed, ...]:
    """Return the people of an answer: "Ada Abacus = User:Ada = Ada; Bob" are two, the first with two further names."""
    found = (_names(one) for one in re.split(r"[;；\n]", text))
    return tuple(PersonNamed(names, role) for names in found if names)


def together(answers: Iterable[Sequence[PersonNamed]]) -> tuple[PersonNamed, ...]:
    """Return the people of several answers, each once with all names and roles.

    Two answers speak of one person when they share a name; two people within one answer stay two, whatever they are
    called, and a name that two people have already joins with neither.
    """
    known: list[PersonNamed] = []
    for answer in answers:
        before = tuple(known)
        for person in answer:
            same = [one for one in before if _keys(one) & _keys(person)]
            if len(same) == 1 and same[0] in known:
                known[known.index(same[0])] = _joined(same[0], person)
            else:
                known.append(person)
    return tuple(known)


def key(name: str) -> str:
    """Return what two spellings of one name share: letter case, underscores and blanks aside."""
    return " ".join(unicodedata.normalize("NFC", name).replace("_", " ").casefold().split())


def _names(text: str) -> tuple[str, ...]:
    names = (_bare(one) for one in text.split("="))
    return tuple(dict.fromkeys(name for name in names if name))


def _bare(name: str) -> str:
    """Return a name without what makes a link to a user page of it, in any language."""
    stripped = name.strip()
    inner = _LINK_END.sub("", stripped).removeprefix("[[")
    *prefixes, rest = inner.split(":")
    words = [sites.fold(one) for one in prefixes]
    if words and words[-1] in sites.user_words() | {"user"} and all(_is_prefix(one) for one in words[:-1]):
        return re.split(r"[/|]", rest)[0].strip()
    return stripped


def _is_prefix(word: str) -> bool:
    return not word or word in sites.INTERWIKIS


def _keys(person: PersonNamed) -> set[str]:
    return {key(name) for name in person.names}


def _joined(one: PersonNamed, other: PersonNamed) -> PersonNamed:
    known = _keys(one)
    names = (*one.names, *(name for name in other.names if key(name) not in known))
    roles = dict.fromkeys((*one.role.split(", "), *other.role.split(", ")))
    return PersonNamed(names, ", ".join(roles))
