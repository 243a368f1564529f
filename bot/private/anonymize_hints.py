"""What a person must still look at in a text that is to be public, since no rule can decide it; writes nothing.

Each word is told once, with how often and where it stands besides: a long list is not read.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from bot.match.ordinary import is_name
from bot.private import anonymize_cjk, anonymize_names, anonymize_strangers
from bot.private.anonymize_check import Alike, Likeness, apart, excerpt_of, parts_of, words_in
from bot.private.anonymize_names import Form, Named
from bot.private.anonymize_resembling import Resembling
from bot.private.anonymize_view import Common, View, view, words_of
from bot.private.incident_people import PersonNamed

_QUOTED = re.compile(r"[\"“„«「『]([^\"“”„«»「」『』\n]{12,400})[\"”“»」』]")
_SPEAKING = re.compile(
    r"(?i)(?<!\w)(?:aged \d{1,2}|\d{1,2}[- ]?(?:years?[- ]old|Jahre alt|jährige[nrsm]?|ans|años|anos|anni|jaar|år|lat"
    r"|latka|let(?:á|ý)?|vuotias|yaşında|год(?:а|у)?|лет(?:няя|ний)?|рок(?:и|ів|у)|歳|岁|歲|세))(?!\w)"
)
_NUMBERS = re.compile(r"(?<![\w.,-])\d{4,}(?!\w|[.,]\d)")
_NOT_YEARS = re.compile(r"(?:19|20)\d\d")
_MOST_LINES = 12

# Where something stands, and why it is told.
Place = tuple[int, int, str]


@dataclass(frozen=True, slots=True, repr=False)
class LookAt:
    """Something that no rule can decide, for a person to look at before the text is public."""

    line: int
    excerpt: str
    why: str


def look_at(
    text: str,
    shown: str,
    people: Sequence[Named],
    forms: Sequence[Form],
    alike: Alike,
    known: Common,
    places: Sequence[str] = (),
) -> tuple[LookAt, ...]:
    """Return what a person should look at in ``text``: possible names, quotations, numbers, descriptions.

    ``shown`` is the text with "¤" for each character that the program itself put there; both have one length.
    """
    of = view(shown)
    found: list[Place] = [*_like_names(of, shown, people, forms, alike, known)]
    found += [*_like_places(of, places, known), *anonymize_cjk.strangers(shown)]
    found += [*_initials(of, people), *anonymize_strangers.strangers(of, text, known), *_small(of, people, known)]
    found += [(*m.span(), "an age tells who somebody is") for m in _SPEAKING.finditer(shown)]
    found += [
        (*m.span(), "a number may lead to somebody") for m in _NUMBERS.finditer(shown) if not _NOT_YEARS.fullmatch(m[0])
    ]
    found += [(*m.span(), "words that were written on a wiki can be searched for") for m in _QUOTED.finditer(shown)]
    return tuple(told(text, apart(found)))


def told(text: str, found: Iterable[Place], *, alone: bool = False) -> Iterator[LookAt]:
    """Yield each word once, with the lines in which it stands besides; ``alone`` without the words around it."""
    starts = [0, *accumulate(map(len, text.splitlines(keepends=True)))]
    same: dict[tuple[str, str], list[tuple[int, int]]] = {}
    for start, end, why in found:
        same.setdefault((text[start:end].casefold(), why), []).append((start, end))
    for (_, why), spans in same.items():
        lines = [bisect_right(starts, start) for start, _ in spans]
        start, end = spans[0]
        excerpt = text[start:end] if alone else excerpt_of(text, start, end)
        yield LookAt(lines[0], excerpt, why + _more(lines[1:]))


def _more(lines: Sequence[int]) -> str:
    if not lines:
        return ""
    where = list(map(str, dict.fromkeys(lines)))
    shown = ", ".join(where[:_MOST_LINES]) + (" …" if len(where) > _MOST_LINES else "")
    return f"; {len(lines)} more in line{'s' if len(where) > 1 else ''} {shown}"


def _like_names(
    of: View, shown: str, people: Sequence[Named], forms: Sequence[Form], alike: Alike, known: Common
) -> Iterator[Place]:
    for window in alike.windows(of):
        if alike.ask(shown, window)[1] is Likeness.HINT:
            yield window.start, window.end, "resembles a known name"
    names = [name for person in people for name in person.names]
    yield from Resembling(names, known).places(of, "name")
    yield from anonymize_cjk.resembling(shown, names, "name")
    joining = [form for form in forms if form.may_begin]
    for claim in anonymize_names.find(of, joining, known, undecided=True):
        yield claim.start, claim.end, "a known name, or the word"


def _like_places(of: View, places: Sequence[str], known: Common) -> Iterator[Place]:
    given = [PersonNamed((one.strip(),), "") for place in places for one in re.split(r"[;\n]", place) if one.strip()]
    names = [name for place in given for name in place.names]
    alike = Alike(given, known)
    for window in alike.windows(of) if given else ():
        if alike.ask(of.text, window)[1] > Likeness.NONE and of.text[window.start].lower() != of.text[window.start]:
            yield window.start, window.end, "resembles a known place"
    yield from Resembling(names, known).places(of, "place")
    yield from anonymize_cjk.resembling(of.text, names, "place")


def _initials(of: View, people: Sequence[Named]) -> Iterator[Place]:
    initials = {"".join(w[0] for w in words_of(n)) for p in people for n in p.names if len(words_of(n)) > 1}
    for start, end in words_in(of.folded):
        at, to = of.piece(start, end)
        if of.folded[start:end] in initials and of.text[at:to].isupper():
            yield at, to, "the initials of a known name"


def _small(of: View, people: Sequence[Named], known: Common) -> Iterator[Place]:
    """Yield where a name that is a word too stands with a small letter."""
    every = {word for p in people for n in p.names for word in words_of(n) if len(words_of(n)) == 1 or is_name(word)}
    wanted = {word for word in every if len(word) > 1 and known.holds(word)} - parts_of(people, known)
    for start, end in words_in(of.folded):
        if of.folded[start:end] in wanted:
            yield *of.piece(start, end), "a known name, or the word"
