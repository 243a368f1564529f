"""People held against a sealed list: which tries they need, and what a row that is found says; shows no listed name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from bot.model import Tier
from bot.private.model import Field, Hit, Person, Progress
from bot.private.sealed import Opened, reference, unboxed
from bot.private.sealed_hash import Try, Work, row_keys, stretched
from bot.private.sealed_marks import Asked, asked, counts

LIMITS = (
    (
        "The list is sealed: a name that differs from a listed one by a letter (NEAR), or that holds one among other "
        "letters (CONTAINS), cannot be found in it."
    ),
)
_ORDER = {tier: at for at, tier in enumerate(Tier)}
_SAID = {
    (Tier.IDENTICAL, Field.CENTRAL_ID): "The central id {name} is listed",
    (Tier.IDENTICAL, Field.USER): "“{name}” is a listed user name",
    (Tier.RENAMED, Field.USER): "The account was called “{name}”, which is a listed user name",
    (Tier.FOLD, Field.EMAIL): "The mailbox of {name} is listed",
}
_HOW = {
    Tier.FOLD: "is the same, once case, spacing, accents and punctuation are set aside, as",
    Tier.CONFUSABLE: "looks like",
    Tier.TRANSLIT: "may be another spelling of",
}


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
        best: dict[tuple[int, Field], tuple[Asked, Field]] = {}
        for question in questions:
            for number in self._found(question, digests[question.one]):
                at = number, question.by
                if at not in best or _ORDER[question.tier] < _ORDER[best[at][0].tier]:
                    best[at] = question, Field(question.mark.field)
        hits = (_hit(number, *found) for (number, _), found in best.items())
        return tuple(sorted(hits, key=lambda hit: (_ORDER[hit.tier], hit.entry)))

    def _found(self, question: Asked, digest: bytes) -> Iterator[int]:
        count = 0
        while True:
            tag, pad = row_keys(digest, question.mark, count)
            masked = self._opened.rows.get(tag)
            if masked is None:
                return
            number, flags = unboxed(masked ^ pad)
            if counts(question, flags):
                yield number
            count += 1


def _hit(number: int, question: Asked, of: Field) -> Hit:
    said = _SAID.get((question.tier, question.by))
    if said is None:
        mine = "The real name “{name}”" if question.by is Field.REAL_NAME else "“{name}”"
        said = f"{mine} {_HOW[question.tier]} a listed {of}"
    entry = f"reference {reference(number)}"
    return Hit(entry, question.tier, question.by, f"{said.replace('{name}', question.name)} ({entry}).")
