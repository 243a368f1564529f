"""People held against a sealed list: which tries they need, and what a row that is found says; shows no listed name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.model import Tier
from bot.private.matching import NAMESAKES, SHARED
from bot.private.model import Field, Hit, Person, Progress
from bot.private.sealed import Opened, reference, unboxed
from bot.private.sealed_hash import Try, Work, row_keys, stretched
from bot.private.sealed_marks import Asked, asked, counts, has_central_id

_ORDER = {tier: at for at, tier in enumerate(Tier)}
_HOW = {
    Tier.FOLD: "is the same, once accents, case, spacing, punctuation and invisible characters are set aside, as",
    Tier.CONFUSABLE: "looks like",
    Tier.TRANSLIT: "may be another spelling of",
}


@dataclass(frozen=True, slots=True, repr=False)
class _Found:
    """A question that was answered: the number of the entry's reference, and the flags of its name."""

    question: Asked
    number: int
    flags: int


class SealedMatcher:
    """A sealed list with its secret: the Matcher of people who must not see the list."""

    def __init__(self, opened: Opened, secret: bytes, workers: int = 2) -> None:
        self._opened = opened
        self._secret = secret
        self._workers = workers

    def tries(self, people: Sequence[Person]) -> int:
        """Return how many tries ``people`` need; each takes the cost of the list."""
        return len({q.one for person in people for q in asked(person, self._opened.kinds)})

    def match(self, people: Sequence[Person], progress: Progress) -> tuple[tuple[Hit, ...], ...]:
        """Return the hits of each of ``people``, in their order, the surest first; ``progress`` counts tries."""
        opened = self._opened
        questions = [tuple(asked(person, opened.kinds)) for person in people]
        tries = [q.one for of in questions for q in of]
        work = Work(opened.cost, self._workers, progress)
        digests = stretched(tries, self._secret, opened.salt, work)
        return tuple(self._hits(of, digests) for of in questions)

    def _hits(self, questions: Sequence[Asked], digests: Mapping[Try, bytes]) -> tuple[Hit, ...]:
        found = [one for question in questions for one in self._found(question, digests[question.one])]
        best: dict[tuple[int, Field], Hit] = {}
        for hit, at in _told(found, has_id=any(q.by is Field.CENTRAL_ID for q in questions)):
            if at not in best or _ORDER[hit.tier] < _ORDER[best[at].tier]:
                best[at] = hit
        return tuple(sorted(best.values(), key=lambda hit: (_ORDER[hit.tier], hit.entry)))

    def _found(self, question: Asked, digest: bytes) -> Iterator[_Found]:
        count = 0
        while True:
            tag, pad = row_keys(digest, question.mark, count)
            masked = self._opened.rows.get(tag)
            if masked is None:
                return
            number, flags = unboxed(masked ^ pad)
            if counts(question, flags):
                yield _Found(question, number, flags)
            count += 1


def _told(found: Sequence[_Found], *, has_id: bool) -> Iterator[tuple[Hit, tuple[int, Field]]]:
    """Yield what was found as hits, each with the entry and the field that it is about."""
    by_id = {one.number for one in found if one.question.by is Field.CENTRAL_ID}
    for one in found:
        question, entry = one.question, f"reference {reference(one.number)}"
        tier, text = question.tier, _text(question, entry)
        is_name = question.by is Field.USER and tier in (Tier.IDENTICAL, Tier.RENAMED)
        if is_name and has_id and has_central_id(one.flags) and one.number not in by_id:
            tier, text = (
                Tier.FOLD,
                f"{text} Lowered from {tier}: the entry gives another central id than this account has.",
            )
        yield Hit(entry, tier, question.by, text), (one.number, question.by)


def _text(question: Asked, entry: str) -> str:
    name, tier, by = question.name, question.tier, question.by
    if by is Field.CENTRAL_ID:
        return f"The central id {name} is listed ({entry})."
    if by is Field.EMAIL:
        return f"“{name}” goes to a listed mailbox ({entry}). {SHARED}"
    if tier is Tier.IDENTICAL:
        return f"“{name}” is a listed user name ({entry})."
    if tier is Tier.RENAMED:
        return f"The account was called “{name}”, which is a listed user name ({entry})."
    said = f"“{name}” {_HOW[tier]} a listed {question.mark.field} ({entry})."
    return f"{said} {NAMESAKES}" if by is Field.REAL_NAME else said
