"""How the people of an event meet the entries of an open list; judges nobody.

Laws: only the same account is IDENTICAL or RENAMED, by its name or its central id. A real name and an e-mail address
can belong to two people and never say more than "please look". What contradicts a hit lowers it and is told.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from bot.config import MatchRules
from bot.errors import UsageError
from bot.match.likeness import told
from bot.match.screen import Index
from bot.model import BanEntry, NameState, Tier
from bot.private import addresses
from bot.private.model import Entry, Field, Hit, Person, Progress
from bot.private.realnames import Likeness, RealNames, orders, words

NAMESAKES = "Two people can have the same real name."
SHARED = "People of one household or office can share an address."

_TIERS = {tier: at for at, tier in enumerate(Tier)}
_FIELDS = (Field.CENTRAL_ID, Field.USER, Field.EMAIL, Field.REAL_NAME)
_ADDRESS = re.compile(r"[^\s<>;,\"()]+@[^\s<>;,\"()]+")
_NEITHER_NAME_NOR_WORD = (NameState.TEMPORARY, NameState.IP)


class ListMatcher:
    """A list indexed once; to match a person then costs the same however long it is."""

    def __init__(self, entries: Sequence[Entry], rules: MatchRules) -> None:
        self._by_user: dict[str, list[Entry]] = defaultdict(list)
        self._by_id: dict[int, list[Entry]] = defaultdict(list)
        self._by_email: dict[str, list[Entry]] = defaultdict(list)
        for entry in entries:
            if entry.user:
                self._by_user[entry.user].append(entry)
            if entry.central_id is not None:
                self._by_id[entry.central_id].append(entry)
            for key in mailboxes(entry.email):
                self._by_email[key].append(entry)
        self._users = Index.build([BanEntry(e.user, e.row, "", "") for e in entries if e.user], rules)
        self._real_names = RealNames([(e.row, e.real_name) for e in entries if e.real_name], rules)

    def match(self, people: Sequence[Person], progress: Progress) -> tuple[tuple[Hit, ...], ...]:
        """Return the hits of each of ``people``, in their order, the surest first."""
        found: list[tuple[Hit, ...]] = []
        for person in people:
            found.append(self._hits(person))
            progress(len(found), len(people))
        return tuple(found)

    def _hits(self, person: Person) -> tuple[Hit, ...]:
        """Return one hit, the surest, for each row and each thing that was compared."""
        best: dict[tuple[int, Field], tuple[Tier, str]] = {}
        for row, tier, by, text in self._all(person):
            if (row, by) not in best or _TIERS[tier] < _TIERS[best[row, by][0]]:
                best[row, by] = tier, text
        ordered = sorted(best.items(), key=lambda one: (_TIERS[one[1][0]], _FIELDS.index(one[0][1]), one[0][0]))
        return tuple(Hit(f"row {row}", tier, by, text) for (row, by), (tier, text) in ordered)

    def _all(self, person: Person) -> Iterator[tuple[int, Tier, Field, str]]:
        for entry in self._by_id.get(person.central_id, ()) if person.central_id is not None else ():
            yield entry.row, Tier.IDENTICAL, Field.CENTRAL_ID, _same_id(person, entry)
        if person.name:
            yield from self._by_names(person, person.name)
        for key in mailboxes(person.email):
            for entry in self._by_email.get(key, ()):
                yield entry.row, Tier.FOLD, Field.EMAIL, f"{_same_mailbox(person.email, entry.email)} {SHARED}"
        if person.real_name:
            yield from _namesakes("Real name: ", self._real_names.like(person.real_name))
            yield from _namesakes("Real name against a listed user name: ", self._users_like(person.real_name))

    def _by_names(self, person: Person, name: str) -> Iterator[tuple[int, Tier, Field, str]]:
        for entry in self._by_user.get(name, ()):
            yield entry.row, *_lowered(person, entry, Tier.IDENTICAL, f"“{name}” is the listed user name.")
        for old in person.earlier or ():
            for entry in self._by_user.get(old, ()):
                text = f"“{name}” was called “{old}”, which is the listed user name."
                yield entry.row, *_lowered(person, entry, Tier.RENAMED, text)
        if person.state in _NEITHER_NAME_NOR_WORD:
            return
        for known in (name, *(person.earlier or ())):
            before = "" if known == name else f"“{name}” had another name before: "
            for match in self._users.look_alikes(known):
                yield match.entry.line, match.tier, Field.USER, before + match.text
            like = self._real_names.like_user(known)
            yield from _namesakes(f"{before}User name against a listed real name: ", like)

    def _users_like(self, real_name: str) -> Iterator[Likeness]:
        given = words(real_name)
        for way in dict.fromkeys(orders(given)):
            for same in self._users.identical(way):
                yield same.line, Tier.FOLD, told(real_name, same.name, Tier.FOLD, "fold", ())
            for match in self._users.look_alikes(way):
                if match.tier is not Tier.CONTAINS or (match.key == "contained" and len(given) > 1):
                    text = told(real_name, match.entry.name, match.tier, match.key, match.parts)
                    yield match.entry.line, match.tier, text


def mailboxes(text: str) -> frozenset[str]:
    """Return a key for each address in ``text``; what most servers deliver to one mailbox has one key."""
    return frozenset(key for found in _ADDRESS.findall(text) if (key := _mailbox(found)))


def _mailbox(text: str) -> str:
    try:
        key = addresses.read(text.removeprefix("mailto:"), "").key
    except UsageError:
        key = unicodedata.normalize("NFKC", text).casefold()
    local, _, domain = key.rpartition("@")
    return f"{local.partition('+')[0] or local}@{domain}"


def _lowered(person: Person, entry: Entry, tier: Tier, text: str) -> tuple[Tier, Field, str]:
    """Return the hit by a user name; lower where list and registration give two different global accounts."""
    if None in (person.central_id, entry.central_id) or person.central_id == entry.central_id:
        return tier, Field.USER, text
    against = f"the list gives the central id {entry.central_id} and this account has {person.central_id}"
    return Tier.FOLD, Field.USER, f"{text} Lowered from {tier}: {against}, so it may be another account."


def _same_id(person: Person, entry: Entry) -> str:
    text = f"The account has the listed central id {entry.central_id}"
    if entry.user and entry.user != person.name and entry.user not in (person.earlier or ()):
        return f"{text}; the list calls it “{entry.user}”: it was renamed, or the number in the list is wrong."
    return f"{text}."


def _same_mailbox(mine: str, listed: str) -> str:
    same = mine.strip().casefold() == listed.strip().casefold()
    return (
        f"“{mine}” is the listed address." if same else f"“{mine}” goes to the same mailbox as the listed “{listed}”."
    )


def _namesakes(before: str, found: Iterable[Likeness]) -> Iterator[tuple[int, Tier, Field, str]]:
    return ((row, tier, Field.REAL_NAME, f"{before}{text} {NAMESAKES}") for row, tier, text in found)
