"""Who signed up in one entry of a list (an item, a cell, a line); knows nothing of sections and pages.

The leading user of an entry is the registrant, or the one who signed it; more than one only where the line is an
enumeration. Everybody else who is named is excluded with a reason.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass
from functools import cache
from itertools import groupby, pairwise

from bot.model import NameState, SiteInfo
from bot.parse.markup import plain
from bot.parse.signup_marks import Marks, Mention
from bot.parse.signup_people import PLAIN_NAME, SEPARATORS, Person, Reading, letters
from bot.parse.signup_strikes import Span, inside, merged
from bot.parse.signup_words import COUNTED, Part, classify, conjunctions, entries, folded, headings, words
from bot.parse.usernames import canonical

IN_ANOTHERS_ENTRY = "named in the entry of another"
IN_PROSE = "named in prose"
SPOKEN_TO = "spoken to in the entry of another"
FAR = 400  # how far before a name its remark may begin


@dataclass(slots=True, eq=False)
class _Group:
    """Neighbouring mentions of one person; ``end`` includes the time stamp, if there is one."""

    mentions: list[Mention]
    bracketed: bool
    gap: str = ""
    timed: bool = False
    end: int = 0
    following: int | None = None

    @property
    def name(self) -> str:
        return self.mentions[0].name

    @property
    def start(self) -> int:
        return self.mentions[0].start

    @property
    def signed(self) -> bool:
        """Whether it looks like a signature: a time, or the page and a second link of the same person."""
        return self.timed or len({mention.how for mention in self.mentions}) > 1


_BREAK = re.compile(r"<br\b[^<>]*>", re.IGNORECASE)
_DASHED = re.compile(r"[-–—−~→:：>»≈•·*,]\s*$")
_LABEL = re.compile(r"^[\W_]*([^:：]{1,80})[:：]\s*$")
_SMILEY = re.compile(r"[:;]['-]?[()]")
_BRACKETS = re.compile(r"[(（][^()（）]*[)）]")


def read_entry(marks: Marks, site: SiteInfo, struck: list[Span], *, prose: bool = False) -> Reading:
    """Read one entry; ``struck`` are the struck spans of its text; ``prose``: it is no list item but a paragraph."""
    reading = Reading()
    struck = merged([*struck, *marks.struck])
    seen = marks.without(struck) if struck else marks
    breaks = [match.start() for match in _BREAK.finditer(marks.text)]
    bounds = [0, *breaks, len(marks.text)]
    groups = _groups(marks, site, breaks, reading)
    for index, same in groupby(groups, key=lambda group: bisect_right(breaks, group.start)):
        start, end = bounds[index], bounds[index + 1]
        _Segment(marks, seen, struck, start, end, list(same)).read(reading, prose=prose or bool(reading.signed))
    for mention in marks.mentions:
        if mention.ping:
            reading.exclude(mention.name, SPOKEN_TO)
    reading.unparsed = reading.unparsed or bool(marks.broken)
    return reading


def _groups(marks: Marks, site: SiteInfo, breaks: list[int], reading: Reading) -> list[_Group]:
    """Return the people of an entry in order, without those who are only spoken to."""
    mentions = [mention for mention in marks.mentions if not mention.ping]
    if not mentions and not marks.words(0, len(marks.text)).strip(" @,;.&"):
        mentions = [mention for mention in marks.mentions if mention.how != "template"]
    groups: list[_Group] = []
    links = Counter(mention.name for mention in mentions)
    depth = end = 0
    for mention in mentions:
        gap = marks.words(end, mention.start)
        depth = max(0, depth + _depth(gap))
        same_line = not breaks or bisect_right(breaks, end) == bisect_right(breaks, mention.start)
        if groups and groups[-1].name == mention.name and same_line:
            groups[-1].mentions.append(mention)
        elif mention.subpage and links[mention.name] == 1 and _only_a_subpage(mention, site):
            reading.exclude(f"{mention.name}/{mention.subpage}", "a subpage of a user, not a sign-up")
            continue
        else:
            groups.append(_Group([mention], depth > 0))
        end = groups[-1].end = max(end, mention.end)
    if groups:
        _add_times(groups, marks)
    return groups


def _depth(gap: str) -> int:
    gap = _SMILEY.sub("", gap)
    return gap.count("(") + gap.count("（") - gap.count(")") - gap.count("）")


def _only_a_subpage(mention: Mention, site: SiteInfo) -> bool:
    """Tell whether a link to ``User:X/y``, the only one to X, is about that page: its label is not X."""
    return mention.how in ("user", "talk") and canonical(plain(mention.label), site).name != mention.name


def _add_times(groups: list[_Group], marks: Marks) -> None:
    times = iter(marks.times)
    time = next(times, None)
    for group, following in zip(groups, [*groups[1:], None], strict=True):
        group.following = following.start if following else None
        while time and time[0] < group.end:
            time = next(times, None)
        if time and (following is None or time[0] < following.start):
            group.timed = True
            group.end = time[1]


@dataclass(frozen=True, slots=True)
class _Segment:
    """What stands between two line breaks of an entry."""

    marks: Marks
    seen: Marks
    struck: list[Span]
    start: int
    end: int
    groups: list[_Group]

    def read(self, reading: Reading, *, prose: bool) -> None:
        before = self.marks.words(self.start, self.groups[0].start)
        part = _label_part(before)
        if part not in COUNTED and part is not Part.OTHER:
            for group in self.groups:
                reading.exclude(group.name, str(part))
            return
        candidates = [group for index, group in enumerate(self.groups) if index == 0 or not group.bracketed]
        first = self._first(candidates, before)
        refused = self._refused(first, before, prose=prose) if first is candidates[0] else ""
        if refused == "unclear":
            reading.unparsed = True
        chosen = [] if refused else self._enumerated(candidates[candidates.index(first) :], reading)
        for group in chosen:
            reading.signed.setdefault(group.name, self._person(group, part))
        for group in self.groups:
            reading.exclude(group.name, IN_PROSE if refused else IN_ANOTHERS_ENTRY)

    def _first(self, candidates: list[_Group], before: str) -> _Group:
        """Return the leading user, or the one who signed the entry."""
        lead = candidates[0]
        signer = next((group for group in candidates if group.timed), lead)
        if signer is lead or (lead.signed and not letters(before)):
            return lead
        index = candidates.index(signer)
        gaps = [self.marks.words(a.end, b.start) for a, b in pairwise(candidates[: index + 1])]
        if all(_is_separator(gap) for gap in gaps) and not letters(before):
            return lead
        return lead if words("added_by").match(folded(gaps[-1])) else signer

    def _refused(self, lead: _Group, before: str, *, prose: bool) -> str:
        """Say why the leading user is no registrant, or nothing."""
        count = len(letters(before))
        if not count or _label_part(before) in COUNTED:
            after = self.marks.words(lead.end, self.end)
            return "prose" if prose and not lead.signed and len(letters(after)) > 8 and len(self.groups) == 1 else ""
        if prose:
            return "prose"
        if lead.signed or _DASHED.search(before):
            return ""
        if folded(before).split()[-1:] and folded(before).split()[-1] in _before_others():
            return "prose"
        after = self.marks.words(lead.end, self.end)
        return "" if not letters(after) or count <= 4 else "unclear"

    def _enumerated(self, candidates: list[_Group], reading: Reading) -> list[_Group]:
        """Return the leading user and those who follow in the same enumeration; plain names between are noted."""
        chosen = candidates[:1]
        for group in candidates[1:]:
            gap = self.marks.words(chosen[-1].end, group.start)
            names = [] if _is_separator(gap) else _plain_names_between(gap)
            if names is None or (chosen[-1].timed and not group.timed) or (names and group.timed):
                break
            for name in names:
                reading.exclude(name, PLAIN_NAME)
            chosen.append(group)
        return chosen

    def _person(self, group: _Group, part: Part) -> Person:
        following = min(self.end, self.end if group.following is None else group.following)
        after = folded(self.seen.words(group.end, following))
        before = folded(self.seen.words(max(self.start, group.start - FAR), group.start))
        main = _main(group)
        return Person(
            name=group.name,
            state=main.state,
            kind=_kind(group, main, self.marks.words(max(self.start, group.start - 8), group.start)),
            start=group.start,
            prefix="" if main.how == "centralauth" else main.prefix,
            withdrawn=part is Part.WITHDRAWN or inside(main.start, self.struck) or _takes_back(before, after),
            maybe=part is Part.MAYBE or words("maybe").match(before + after) or self._questioned(group, following),
        )

    def _questioned(self, group: _Group, following: int) -> bool:
        return self.marks.words(group.end, following).strip(" ()") == "?"


def _takes_back(before: str, after: str) -> bool:
    """Tell whether the folded words around a name say that the person does not come after all."""
    if words("withdrawn").match(after) or words("withdrawn_anywhere").match(before + after):
        return True
    if len(after.split()) <= 4 and headings("not").match(after):
        return True
    return len(before.split()) <= 3 and words("withdrawn").match(before)


def _label_part(before: str) -> Part:
    """Return what the label before the first name says ("Organizers: …"); OTHER without a label."""
    label = _LABEL.match(before)
    if not label:
        return Part.OTHER
    if words("role_columns").match(folded(label[1])):
        return Part.ROLE
    return classify(label[1])


@cache
def _before_others() -> frozenset[str]:
    return frozenset(folded(entry).strip() for entry in entries("before_others"))


def _is_separator(gap: str) -> bool:
    pieces = SEPARATORS.split(_BRACKETS.sub("", gap))
    return all(not letters(piece) or folded(piece).strip() in conjunctions() for piece in pieces) and "@" not in gap


def _plain_names_between(gap: str) -> list[str] | None:
    """Return the plain names of "…, Ada, Bo & …", None when the gap is no part of an enumeration."""
    pieces = [piece.strip(" .") for piece in SEPARATORS.split(_BRACKETS.sub("", gap))]
    if len(pieces) < 2 or (pieces[-1] and folded(pieces[-1]).strip() not in conjunctions()):
        return None
    names = [piece for piece in pieces[:-1] if letters(piece)]
    if any(len(name.split()) > 3 or set(letters(name)) & _before_others() for name in names):
        return None
    return names


_RANK = {"user": 0, "template": 1, "talk": 2, "contribs": 3, "centralauth": 4, "email": 5, "external": 6, "bare": 7}
_KINDS = {
    "template": "user_template",
    "talk": "talk_link",
    "contribs": "contribs_link",
    "centralauth": "centralauth_link",
    "email": "email_link",
    "external": "external_link",
    "bare": "bare_prefix",
    "broken": "broken_link",
}


def _main(group: _Group) -> Mention:
    return min(group.mentions, key=lambda mention: _RANK.get(mention.how, 9))


def _kind(group: _Group, main: Mention, before: str) -> str:
    if main.state is NameState.IP:
        return "ip"
    if main.prefix and main.how in ("user", "talk", "contribs"):
        return "interwiki_link"
    if main.how == "user":
        return "signature" if group.signed or re.search(r"[-–—−~]\s*$", before) else "user_link"
    return _KINDS[main.how]
