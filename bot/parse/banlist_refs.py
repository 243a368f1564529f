"""Finds the accounts that a piece of wikitext names, and what of it is struck out; must not judge why."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.model import NameState, SiteInfo
from bot.parse import sites, usernames

_LINK = re.compile(r"\[\[([^\[\]|\n]+)(?:\|[^\[\]\n]*)?\]\]")
_URL = re.compile(r"\[(?:https?:)?//[^\s\[\]<>|{}]+[^\[\]\n]*\]|(?:https?:)?//[^\s\[\]<>|{}]+")
_TEMPLATE = re.compile(r"\{\{([^{}|\n]+)\|([^{}]*)\}\}")
_USER_TEMPLATE = re.compile(
    r"u|ul|ut|uv|user(?:[ -]?(?:\d+|links?|check(?:-short)?|multi|summary|info|contribs?|toolbox|talk|log|name))?|"
    r"no ?ping|vandal|check ?user|cuser|global ?user|sul(?: ?tool)?|lock ?hide|multi ?lock|ca|central ?auth|"
    r"(?:banned|blocked|locked) ?user",
    re.IGNORECASE,
)
_OF_SEVERAL = re.compile(r"no ?ping|multi ?lock|user-multi", re.IGNORECASE)
_NAMED = re.compile(r"\s*(1|user|name|username|account)\s*=(.*)", re.IGNORECASE | re.DOTALL)
_STRIKE = re.compile(r"<(/?)(s|del|strike)\b[^<>]*>", re.IGNORECASE)
_STRIKE_TEMPLATE = re.compile(r"\{\{\s*(?:s|st|strike|stricken|strikethrough|del)\s*\|", re.IGNORECASE)
_BRACES = re.compile(r"\{\{|\}\}")


@dataclass(frozen=True, slots=True)
class Ref:
    """One mention of an account between two offsets; ``how`` is usernames' word or "template"."""

    start: int
    end: int
    name: str
    state: NameState
    how: str
    subpage: str = ""


def find(text: str, site: SiteInfo) -> list[Ref]:
    """Return the mentions of accounts in masked ``text``, in order: links, addresses and user templates."""
    found: list[Ref] = []
    if "[[" in text:
        for match in _LINK.finditer(text):
            found += _ref(match, usernames.from_target(match[1], site))
    if "//" in text:
        for match in _URL.finditer(text):
            url = re.split(r"[\s\]]", match[0].removeprefix("["), maxsplit=1)[0]
            found += _ref(match, usernames.from_url(url, site))
    if "{{" in text:
        for match in _TEMPLATE.finditer(text):
            found += _of_template(match, site)
    return sorted(found, key=lambda ref: ref.start)


def _ref(match: re.Match[str], target: usernames.UserTarget | None) -> Iterator[Ref]:
    if target is not None:
        yield Ref(match.start(), match.end(), target.name, target.state, target.how, target.subpage)


def _of_template(match: re.Match[str], site: SiteInfo) -> Iterator[Ref]:
    """Return the accounts of a user template; a lost name (``{{user|A=b}}``) is an impossible one."""
    template = sites.fold(match[1])
    if not (_USER_TEMPLATE.fullmatch(template) or template in sites.user_words()):
        return
    values: list[str] = []
    for parameter in match[2].split("|"):
        named = _NAMED.fullmatch(parameter)
        if named or "=" not in parameter:
            values.append(named[2] if named else parameter)
    for value in values if _OF_SEVERAL.fullmatch(template) else values[:1] or [""]:
        name = usernames.canonical(value, site)
        yield Ref(match.start(), match.end(), name.name, name.state, "template")


def struck(text: str) -> list[tuple[int, int]]:
    """Return the spans of masked ``text`` that are struck out, in order; an open element ends with its line."""
    spans: list[tuple[int, int]] = []
    opened: list[int] = []
    for match in _STRIKE.finditer(text):
        if not match[1]:
            opened.append(match.start())
        elif opened:
            spans.append((opened.pop(), match.end()))
    spans += [(start, _line_end(text, start)) for start in opened]
    spans += [(match.start(), _closing(text, match.end())) for match in _STRIKE_TEMPLATE.finditer(text)]
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _line_end(text: str, start: int) -> int:
    end = text.find("\n", start)
    return end if end >= 0 else len(text)


def _closing(text: str, start: int) -> int:
    """Return where the template ends that was opened before ``start``, at the latest where its line ends."""
    end, depth = _line_end(text, start), 1
    for match in _BRACES.finditer(text, start, end):
        depth += 1 if match[0] == "{{" else -1
        if not depth:
            return match.end()
    return end
