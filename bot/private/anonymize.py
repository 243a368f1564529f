"""A text without the people in it: each is User A, B … all through; knows no file, no record and no clock.

Whatever is known to lead to somebody goes. What is left must be nothing: ``left`` says otherwise, and a text with
anything in ``left`` is not to be written.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import count

from bot.match.units import fold_key
from bot.model import NameState
from bot.parse.sites import META
from bot.parse.usernames import canonical
from bot.private import (
    anonymize_check,
    anonymize_dates,
    anonymize_marks,
    anonymize_names,
    anonymize_numbers,
    anonymize_users,
)
from bot.private.anonymize_check import Alike, Leftover, Likeness
from bot.private.anonymize_choice import Spans, chosen_of, kept_spans
from bot.private.anonymize_dates import Coarseness, is_only_date
from bot.private.anonymize_hints import LookAt, look_at, told
from bot.private.anonymize_names import Form, Named
from bot.private.anonymize_view import Claim, Common, Rank, View, common, humps_of, view
from bot.private.incident_people import PersonNamed

PLACE = "[place]"
_JOINERS = "\u200c\u200d"
# Between two names of one person, which are told as one: with what must stand behind the second.
_AGAIN = {"": "", " (": ")", "(": ")", " [": "]"}
_KEPT = "kept as you said: a known name, or the word"
_LABEL = re.compile(r"\bUser ([A-Z]{1,3})\b")


@dataclass(frozen=True, slots=True, repr=False)
class Anonymized:
    """The public text, and what stands in the way of publishing it.

    ``letters`` says who is who, and is as confidential as the record; ``look_at`` is for a person to read.
    """

    text: str
    letters: tuple[tuple[str, PersonNamed], ...]
    left: tuple[Leftover, ...]
    look_at: tuple[LookAt, ...]


def anonymize(
    text: str,
    people: Sequence[Named],
    places: Sequence[str] = (),
    *,
    coarseness: Coarseness = "month",
    keep: Sequence[str] = (),
) -> Anonymized:
    """Return ``text`` without ``people`` and ``places``, and without whoever its links and chat lines name.

    ``keep`` are pieces of the text, as they stand there, in which nothing is a name; links and addresses in them go.
    """
    text = _tidy(text)
    everyone = [PersonNamed(_bare(person.names), person.role) for person in people]
    given = len(everyone)
    linked = anonymize_marks.users(text)
    everyone += _others(everyone, (*linked.accounts, *linked.nicks, *anonymize_users.names(text)))
    of = view(text)
    known = common(of, (part for person in everyone for name in person.names for part in humps_of(name)))
    discovered = range(given, len(everyone))
    forms = anonymize_names.forms(everyone, known, whole_only=discovered)
    alike = Alike(everyone, known, whole_only=discovered)
    claims = [*_certain(text, everyone, coarseness), *anonymize_names.find(of, forms, known)]
    claims += _at_places(of, places, known)
    kept = kept_spans(text, map(_tidy, keep))
    named = [*claims, *anonymize_names.find(of, forms, known, undecided=True)]
    stays = [c for c in named if c.rank > Rank.ADDRESS and kept.hold(c)]
    chosen = chosen_of(text, (c for c in claims if c.rank <= Rank.ADDRESS or not kept.hold(c)))
    likely = list(_alike(text, alike, chosen))
    stays += [claim for claim, _ in likely if kept.hold(claim)]
    chosen = chosen_of(
        text, [*chosen, *(c for c, likeness in likely if likeness is Likeness.TAKEN and not kept.hold(c))]
    )
    gone = Spans((c.start, c.end) for c in chosen)
    stays = chosen_of(text, [c._replace(unsure=_KEPT) for c in stays if c.owners and not gone.hold(c)])
    labels = _labels(text, chosen)
    pieces = list(_pieces(text, chosen, labels, kept))
    public = "".join(piece for piece, _ in pieces)
    shown = "".join(re.sub(r"[^\n]", "¤", piece) if ours else piece for piece, ours in pieces)
    return Anonymized(
        text=public,
        letters=tuple((label, everyone[owner]) for owner, label in labels.items()),
        left=anonymize_check.left(public, shown, everyone, forms, alike, known),
        look_at=(
            *told(text, ((c.start, c.end, c.unsure) for c in sorted([*chosen, *stays]) if c.unsure), alone=True),
            *look_at(public, shown, everyone, forms, alike, known, places),
        ),
    )


def _tidy(text: str) -> str:
    """Return ``text`` in NFC, without what is invisible but for what joins letters of scripts that need it."""
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n").replace("\x85", "\n"))
    kept: list[str] = []
    for c in text:
        is_hidden = unicodedata.category(c) in {"Cf", "Cc", "Co", "Cs", "Cn"} and c not in "\n\t"
        joins = c in _JOINERS and bool(kept) and not kept[-1].isascii() and unicodedata.category(kept[-1])[0] in "LM"
        if not is_hidden or joins:
            kept.append("*" if c == "¤" else c)
    return "".join(kept)


def _bare(names: Iterable[str]) -> tuple[str, ...]:
    """Return names without what makes a link of them, and the first part of an e-mail address as a further name."""
    found: list[str] = []
    for name in names:
        user = canonical(_tidy(name).strip("[]").partition("|")[0], META)
        plain = user.name if user.state is not NameState.IMPOSSIBLE else _tidy(name)
        local, at, _ = plain.partition("@")
        found += [local, plain] if at and len(local) > 2 else [plain]
    return tuple(dict.fromkeys(" ".join(name.split()) for name in found if name.strip()))


def _others(people: Sequence[Named], linked: Iterable[str]) -> list[PersonNamed]:
    """Return those of ``linked`` who are nobody of ``people``."""
    known = {fold_key(name) for person in people for name in person.names}
    parts = {part for person in people for name in person.names for part in humps_of(name)}
    fresh: dict[str, str] = {}
    for name in linked:
        key = fold_key(name)
        if key not in known and key not in parts:
            fresh.setdefault(key, name)
    return [PersonNamed((name,), "mentioned") for name in fresh.values()]


def _certain(text: str, people: Sequence[Named], coarseness: Coarseness) -> Iterator[Claim]:
    by_key: dict[str, set[int]] = {}
    by_part: dict[str, set[int]] = {}
    for owner, person in enumerate(people):
        for name in person.names:
            by_key.setdefault(fold_key(name), set()).add(owner)
            for part in humps_of(name):
                by_part.setdefault(part, set()).add(owner)

    def owners(name: str) -> frozenset[int]:
        key = fold_key(name)
        return frozenset(by_key.get(key) or by_part.get(key) or ())

    yield from anonymize_marks.claims(text, owners)
    yield from anonymize_users.claims(text, owners)
    yield from anonymize_numbers.claims(text)
    yield from anonymize_dates.claims(text, coarseness)


def _at_places(of: View, places: Sequence[str], known: Common) -> Iterator[Claim]:
    """Yield where places are named; of several words of a place also each that stands with a capital."""
    named = [PersonNamed((one.strip(),), "") for place in places for one in re.split(r"[;\n]", place) if one.strip()]
    forms: Sequence[Form] = anonymize_names.forms(named, known)
    for claim in anonymize_names.find(of, forms, known):
        if claim.rank == Rank.FORM:  # initials, and names with the last word first
            continue
        first = of.text[claim.start]
        if claim.rank in {Rank.PART, Rank.ENDING} and first.lower() == first and not _is_whole(of, claim, named):
            continue
        yield claim._replace(owners=frozenset(), shown=PLACE, unsure="")


def _is_whole(of: View, claim: Claim, places: Sequence[PersonNamed]) -> bool:
    key = fold_key(of.text[claim.start : claim.end])
    return any(key == fold_key(name) for place in places for name in place.names)


def _alike(text: str, alike: Alike, chosen: Sequence[Claim]) -> Iterator[tuple[Claim, Likeness]]:
    """Yield what stands for a name without being written as it, or may, and which of both."""
    masked = list(text)
    for claim in chosen:
        masked[claim.start : claim.end] = ["\n" if c == "\n" else "¤" for c in text[claim.start : claim.end]]
    hidden = "".join(masked)
    for window in alike.windows(view(hidden)):
        owners, likeness = alike.ask(hidden, window)
        claim = Claim(window.start, window.end, Rank.ALIKE, owners, unsure="taken for another spelling of a name")
        if likeness in {Likeness.TAKEN, Likeness.NEAR}:
            yield claim, likeness


def _labels(text: str, chosen: Iterable[Claim]) -> dict[int, str]:
    """Return what people are called, by where they first appear; letters that the text uses already stay free."""
    taken = {match[1] for match in _LABEL.finditer(text)}
    free = (letters for letters in map(_letters, count()) if letters not in taken)
    labels: dict[int, str] = {}
    for claim in chosen:
        for owner in sorted(claim.owners):
            if owner not in labels:
                labels[owner] = f"User {next(free)}"
    return labels


def _letters(number: int) -> str:
    """Return A … Z, AA, AB … for 0, 1 …"""
    letters = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _pieces(text: str, chosen: Iterable[Claim], labels: dict[int, str], kept: Spans) -> Iterator[tuple[str, bool]]:
    """Yield the public text in pieces, each with whether it is ours or kept; a person is told once in a row."""
    at, before = 0, ""
    for claim in chosen:
        label, gap = _label(claim, labels), text[at : claim.start]
        gap = gap if gap.strip(" ") else ""
        behind = text[claim.end : claim.end + 1] if gap else ""
        if label and label == before and gap in _AGAIN and behind == _AGAIN[gap]:
            at = claim.end + len(behind)
            yield claim.mark, True
            continue
        yield from _plain(text, at, claim.start, kept)
        yield label + claim.mark, bool(claim.owners) or label[:1] in {"", "["} or is_only_date(label)
        at, before = claim.end, label if claim.owners and not claim.mark else ""
    yield from _plain(text, at, len(text), kept)


def _plain(text: str, start: int, end: int, kept: Spans) -> Iterator[tuple[str, bool]]:
    for one, other in kept.between(start, end):
        if start <= one:
            yield text[start:one], False
            yield text[one:other], True
            start = other
    yield text[start:end], False


def _label(claim: Claim, labels: dict[int, str]) -> str:
    if not claim.owners:
        return claim.shown
    names = [labels[owner] for owner in sorted(claim.owners, key=lambda o: (len(labels[o]), labels[o]))]
    return (", " if claim.is_all else " or ").join(names)
