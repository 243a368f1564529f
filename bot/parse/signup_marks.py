"""The marks in one line of a list: who is mentioned how and where, time stamps, what is broken; decides nothing.

Works on masked text and keeps offsets. A mark is a hint to a person: a link to a user, talk, contributions or
CentralAuth page, a user template, a URL of a user page, a bare ``User:X``, four tildes.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field

from bot.model import NameState, SiteInfo
from bot.parse import signup_templates as templates
from bot.parse.markup import HIDDEN, visible
from bot.parse.signup_strikes import Span, inside, merged
from bot.parse.signup_templates import Template, Use
from bot.parse.signup_times import stamps
from bot.parse.signup_words import conjunctions, folded
from bot.parse.sites import USER, USER_TALK, fold, multilingual
from bot.parse.usernames import UserTarget, canonical, from_target, from_url


@dataclass(frozen=True, slots=True)
class Mention:
    """A person is named here; ``how`` is as in UserTarget, or "template", "external", "bare", "broken"."""

    start: int
    end: int
    name: str
    state: NameState
    how: str
    prefix: str = ""
    subpage: str = ""
    label: str = ""
    ping: bool = False


@dataclass(slots=True)
class Marks:
    """Everything found in ``text``, in the order of the text; built once, then only read.

    ``broken`` are the places that hold a name which is lost; ``struck`` are spans of strike templates; ``cover`` are
    the spans of all marks and of other links, which are no words of the line.
    """

    text: str
    mentions: list[Mention] = field(default_factory=list)
    times: list[tuple[int, int]] = field(default_factory=list)
    broken: list[int] = field(default_factory=list)
    struck: list[tuple[int, int]] = field(default_factory=list)
    cover: list[tuple[int, int]] = field(default_factory=list)
    unknown: list[Template] = field(default_factory=list)
    links: int = 0

    def words(self, start: int, end: int) -> str:
        """Return the text between two offsets without marks, links, times and tags."""
        pieces = []
        for index in range(max(0, bisect_right(self.cover, (start,)) - 1), len(self.cover)):
            left, right = self.cover[index]
            if left >= end:
                break
            if left > start:
                pieces.append(self.text[start:left])
            start = max(start, right)
        pieces.append(self.text[start:end])
        words = visible(" ".join(pieces))
        return words if words.isspace() else _MARKUP.sub(" ", words)

    def without(self, spans: list[Span]) -> Marks:
        """Return the same line with further spans that hold no words."""
        return Marks(self.text, cover=merged([*self.cover, *spans]))


_MARKUP = re.compile(r"</?[a-zA-Z][^<>]*>|'{2,}|\{\{[^{}|\[\]]*\|?|\}\}|__[A-Z]+__")
_NESTED = r"\[\[[^\[\]]*\]\]"
_LINK = re.compile(rf"\[\[([^\[\]|]*)(?:\|((?:[^\[\]]|{_NESTED}|\[[^\[\]]*\]|\](?!\]))*+))?\]\]")
_OPEN_LINK = re.compile(r"\[\[([^\[\]|{}<>]{1,300})([|\]]?)")
_SINGLE = re.compile(r"\[([^\[\]|]{1,300}:[^\[\]|]{1,300})(?:\|[^\[\]]*)?\]")
_EXTERNAL = re.compile(r"\[((?:https?:)?//[^\s\[\]<>]+)(\s[^\[\]]*)?\]|https?://[^\s\[\]<>|{}]+")
_START = re.compile(r"\[\[|\[|\{\{|https?://|~{4}")
_BRACES = re.compile(r"\{\{+|\}\}+")
_OPEN_TEMPLATE = re.compile(r"\{\{\s{0,5}([^{}|\[\]]{1,60})\|")
DEEPEST = 40  # MediaWiki's own limit for templates in templates
_ASIDE = re.compile(r"@\s*$")


def scan(text: str, site: SiteInfo) -> Marks:
    """Return the marks of one line (or cell) of masked ``text``."""
    marks = Marks(text)
    if "{{" in text or "[" in text or "~~~~" in text or "//" in text:
        _scan_markup(marks, site)
    if ":" in text or "：" in text:
        _scan_bare(marks, site)
    marks.times = [span for span in stamps(text) if not inside(span[0], marks.cover)] if len(text) > 9 else []
    if marks.times:
        marks.cover = sorted([*marks.cover, *marks.times])
    return marks


def _scan_markup(marks: Marks, site: SiteInfo) -> None:
    text = marks.text
    closing = _closing_braces(text) if "{{" in text else {}
    position = 0
    while match := _START.search(text, position):
        start = match.start()
        if match[0] == "[[":
            position = _link(marks, start, site)
        elif match[0] == "{{":
            position = _template(marks, start, closing.get(start), site)
        elif match[0] == "~~~~":
            position = match.end()
            marks.broken.append(start)
            marks.cover.append((start, position))
        else:
            position = _external(marks, start, site)


def _closing_braces(text: str) -> dict[int, int]:
    """Return for each ``{{`` the end of its ``}}``, but for braces that are never closed or stand far too deep."""
    opened: list[int] = []
    closing: dict[int, int] = {}
    for match in _BRACES.finditer(text):
        if match[0][0] == "{":
            opened.extend(range(match.start() + len(match[0]) % 2, match.end() - 1, 2))
        else:
            for offset in range(match.start(), match.end() - 1, 2):
                if opened:
                    start = opened.pop()
                    if len(opened) < DEEPEST:
                        closing[start] = offset + 2
    return closing


def _add(marks: Marks, start: int, end: int, found: UserTarget, how: str = "", label: str = "") -> None:
    if found.state is NameState.IMPOSSIBLE:
        marks.broken.append(start)
    else:
        ping = bool(_ASIDE.search(marks.text, max(0, start - 3), start))
        mention = Mention(
            start, end, found.name, found.state, how or found.how, found.prefix, found.subpage, label, ping
        )
        marks.mentions.append(mention)
    marks.cover.append((start, end))


def _link(marks: Marks, start: int, site: SiteInfo) -> int:
    match = _LINK.match(marks.text, start)
    if match:
        label = visible(match[2] or "")
        if found := from_target(visible(match[1]), site):
            _add(marks, start, match.end(), found, label=label)
            return match.end()
        if "[[" not in label:
            marks.links += 1
            marks.cover.append((start, match.end()))
            return match.end()
    return _open_link(marks, start, site)


def _open_link(marks: Marks, start: int, site: SiteInfo) -> int:
    match = _OPEN_LINK.match(marks.text, start)
    found = from_target(visible(match[1]), site) if match else None
    if match and found:
        if match[2]:
            _add(marks, start, match.end(), found, "broken")
        else:
            marks.broken.append(start)
    return match.end() if match else start + 2


def _external(marks: Marks, start: int, site: SiteInfo) -> int:
    match = _EXTERNAL.match(marks.text, start)
    if match:
        if found := from_url(visible(match[1] or match[0]), site):
            _add(marks, start, match.end(), found, "external", visible(match[2] or ""))
        else:
            marks.links += 1
            marks.cover.append((start, match.end()))
        return match.end()
    single = _SINGLE.match(marks.text, start)
    if single and (found := from_target(visible(single[1]), site)):
        _add(marks, start, single.end(), found, "broken")
        return single.end()
    return start + 1


def _template(marks: Marks, start: int, end: int | None, site: SiteInfo) -> int:
    """Take up the template that starts here; return where to go on, which is inside it unless it is all read."""
    if end is None:
        head = _OPEN_TEMPLATE.match(marks.text, start)
        if head and templates.use_of(visible(head[1]).strip()) is Use.USER:
            marks.broken.append(start)
        return start + 2
    template = templates.read(marks.text[start + 2 : end - 2])
    inner = marks.text.find("|", start, end) + 1 or start + 2
    if page := from_target(template.name, site):
        _add(marks, start, end, page, "template")
    elif template.use is Use.PING:
        _ping(marks, start, end, template, site)
    elif template.use is Use.USER:
        return _user_template(marks, start, end, template, site)
    elif template.use is Use.STRIKE:
        marks.struck.append((start, end))
        return inner
    elif template.positional or template.named or "{{" in template.name:
        if template.use is Use.UNKNOWN:
            marks.unknown.append(template)
        return inner
    else:
        marks.cover.append((start, end))
    return end


def _ping(marks: Marks, start: int, end: int, template: Template, site: SiteInfo) -> None:
    for value in templates.users(template):
        found = canonical(value, site)
        if found.state is not NameState.IMPOSSIBLE:
            marks.mentions.append(Mention(start, end, found.name, found.state, "template", ping=True))
    marks.cover.append((start, end))


def _user_template(marks: Marks, start: int, end: int, template: Template, site: SiteInfo) -> int:
    named = templates.users(template)
    if named and ("[[" in named[0] or "{{" in named[0]):
        return marks.text.find("|", start) + 1
    if named:
        found = from_target(named[0], site) or canonical(named[0], site)
        prefix = found.prefix if isinstance(found, UserTarget) else ""
        _add(marks, start, end, UserTarget(found.name, found.state, "user", prefix), "template")
    else:
        marks.broken.append(start)
        marks.cover.append((start, end))
    return end


_COLON = re.compile(r"[:：]")
_LAST_WORDS = re.compile(
    rf"[^\s:：,;,、|(){HIDDEN}\[\]{{}}'\"*#]+(?: [^\s:：,;,、|(){HIDDEN}\[\]{{}}'\"*#]+){{0,2}}\s?$"
)
_NAME_END = re.compile(
    r"[,;،、，；|/\[\]{}<>()（）&\n+·•*=]|\.\s|\s[-–—~]+(?:\s|$)|--|\s{2,}|\s?\d{1,2}[:.]\d\d|\.$|\s\d{4}-\d\d|~~~|''"
)


def _scan_bare(marks: Marks, site: SiteInfo) -> None:
    """Find ``User:X`` written as plain text."""
    names = multilingual(site)
    text = marks.text
    found: list[tuple[int, int, str]] = []
    for match in _COLON.finditer(text):
        if text[match.start() - 1 : match.start()].isdecimal() or inside(match.start(), marks.cover):
            continue
        words = _LAST_WORDS.search(text, max(0, match.start() - 60), match.start())
        if words is None:
            continue
        parts = words[0].split()
        for count in range(len(parts), 0, -1):
            key = fold(" ".join(parts[-count:]))
            number = names.own.get(key) or (names.foreign.get(key) if len(key) > 1 else None)
            if number in (USER, USER_TALK):
                begin = text.rfind(parts[-count], 0, match.start())
                found.append((begin, match.end(), "user" if number == USER else "talk"))
                break
    limits = sorted([start for start, _ in marks.cover] + [begin for begin, *_ in found]) if found else []
    for begin, value, how in found:
        index = bisect_left(limits, value)
        _bare_name(marks, (begin, value, limits[index] if index < len(limits) else len(text)), how, site)
    if found:
        marks.mentions.sort(key=lambda mention: mention.start)
        marks.cover.sort()


def _bare_name(marks: Marks, span: tuple[int, int, int], how: str, site: SiteInfo) -> None:
    begin, value, limit = span
    stop = _NAME_END.search(marks.text, value + 1, limit)
    end = stop.start() if stop else limit
    words = visible(marks.text[value:end]).split()
    cut = next((i for i, word in enumerate(words) if i and folded(word).strip() in conjunctions()), len(words))
    if cut < len(words):
        end = marks.text.find(words[cut - 1], value) + len(words[cut - 1])
    name = canonical(" ".join(words[:cut]), site)
    prefix = re.search(r"(?:^|[\s(\[])((?:[a-z][a-z-]{0,12}:){1,2})$", marks.text[max(0, begin - 30) : begin])
    if not words or name.state is NameState.IMPOSSIBLE or cut > 4:
        marks.broken.append(begin)
        marks.cover.append((begin, max(end, value)))
        return
    target = UserTarget(name.name, name.state, how, prefix[1].rstrip(":") if prefix else "")
    _add(marks, begin, end, target, "bare")


def list_items(text: str) -> Iterator[tuple[int, str]]:
    """Yield (offset, text) of what stands between the ``<li>`` tags of a line."""
    for match in re.finditer(r"<li\b[^<>]*>((?:(?!<li\b).)*)", text, re.IGNORECASE):
        yield match.start(1), match[1]
