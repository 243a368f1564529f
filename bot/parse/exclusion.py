"""Whether a page asks this bot not to edit it, by ``{{nobots}}`` or ``{{bots}}``; must not know what the edit is.

Sources: https://en.wikipedia.org/wiki/Template:Bots/doc, https://de.wikipedia.org/wiki/Vorlage:Bots/Doku and
pywikibot's ``botMayEdit``. Where they leave a doubt or contradict each other, the bot does not edit. That decides:

- Several calls, or several parameters of one: each can forbid, and none lifts what another forbids, so
  ``{{bots|deny=all|allow=ThisBot}}`` forbids. Of a parameter that is given twice the last counts, as in MediaWiki.
- ``{{nobots|A,B}}`` is ``{{bots|deny=A,B}}`` (dewiki, pywikibot), where A may be a script. With an empty list, or with
  a named parameter (``{{nobots|deny=A}}``, as in pywikibot), it forbids everybody.
- ``deny=`` without a name forbids nobody, ``allow=`` without a name everybody; "none" outweighs names in ``allow``.
- ``deny`` finds a name in any case, in a link, behind any separator; ``allow`` only between commas, in exact letters.
- ``allowscript`` and ``denyscript`` mean ``SCRIPTS``; in ``denyscript`` the account's name counts too.
- Another parameter is an instruction for others (Meta) unless it names this bot or all; text without a name forbids.
- What cannot be read forbids: a call that is open, absurdly long or coded, or holds templates, braces, broken links.
- What a condition or ``<includeonly>`` may leave out counts; what MediaWiki shows as text (nowiki, comments) does not.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from html import unescape
from urllib.parse import unquote

from bot.model import SiteInfo
from bot.parse.markup import mask, visible
from bot.parse.signup_templates import split
from bot.parse.sites import fold
from bot.parse.usernames import canonical, cleaned

SCRIPTS = frozenset({"eventsafety", "check registrations"})  # pywikibot's names for what runs, folded
LONGEST_SHOWN = 200
LONGEST_NAME = 1000  # a title has 255 bytes
LONGEST_CALL = 4000
_TEMPLATE = 10

# What may stand before a template's name, beside the wiki's own names of the namespace.
_FRONTS = frozenset({"", "template", "subst", "safesubst", "msg", "msgnw", "raw"})
# The front may be computed, as in {{{{{|safesubst:}}}nobots}}. A lookahead, because calls stand in each other.
_CALL = re.compile(
    r"(?=\{\{(?:[\s\x00]*(?:\{\{\{[^{}]*\}\}\}|\{\{[^{}]*\}\})|(?!\{))"
    r"(?P<name>[^{}|\[\]<>]*)(?P<body>[^{}]*)(?P<close>\}\})?)"
)
_NAME = re.compile(r"(?P<no>no ?)?bots(?!\S)")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_LINK = re.compile(r"\[\[[^\[\]]*\]\]")
_SEPARATORS = re.compile("[][,;|<>'\"()*#/\t\n\u060c\u061b\u3001\uff0c\uff1b]")

_EVERY = "The page denies every bot by {}."
_THIS = "The page denies this bot by {}."
_NONE = "The page allows no bot by {}."
_OTHERS = "The page allows only other bots by {}."
_SCRIPT = "The page denies this bot's script by {}."
_OTHER_SCRIPTS = "The page allows only other scripts by {}."
_MESSAGE = "The page opts out of this kind of message by {}."
_UNKNOWN = "The page may deny this bot by {}, which says something that this bot does not know."
_UNREADABLE = "The page may deny this bot by {}, which cannot be read."


@dataclass(frozen=True, slots=True)
class Exclusion:
    """Why a page may not be edited: ``line`` and ``text`` of the template, and ``why`` as one sentence for a person.

    Lines count from 1; ``text`` is the template as it stands, of one that is not closed its first line, cut to
    ``LONGEST_SHOWN`` characters.
    """

    line: int
    text: str
    why: str


@dataclass(frozen=True, slots=True)
class _Call:
    """``nobots`` tells the two templates apart; ``parameters`` is None when the call cannot be read."""

    start: int
    end: int
    nobots: bool
    parameters: Mapping[str, str] | None


@dataclass(frozen=True, slots=True)
class _Asker:
    site: SiteInfo
    name: str
    optouts: frozenset[str]


def excluded(text: str, site: SiteInfo, bot: str, *, optouts: frozenset[str] = frozenset()) -> Exclusion | None:
    """Return the first reason in wikitext ``text`` why the account ``bot`` must leave the page alone, None without one.

    ``optouts`` are the types of the message that the edit delivers, for ``{{bots|optout=…}}``; ``optout=all`` always
    forbids. Never raises. What other templates bring into the page is not seen.
    """
    if "bots" not in text.lower():
        return None
    asker = _Asker(site, canonical(bot, site).name, frozenset(fold(cleaned(kind)) for kind in optouts) | {"all"})
    masked = mask(text)
    for call in _calls(text, masked, site):
        if why := _judge(call, asker):
            shown = text[call.start : call.end][:LONGEST_SHOWN]
            return Exclusion(masked.count("\n", 0, call.start) + 1, shown, why.format(" ".join(shown.split())))
    return None


def _calls(text: str, masked: str, site: SiteInfo) -> Iterator[_Call]:
    fronts = _FRONTS | {fold(name) for name in site.namespaces.get(_TEMPLATE, ())}
    for match in _CALL.finditer(masked):
        name = _name(match["name"], fronts)
        if name is None:
            continue
        start, nobots, body = match.start(), bool(name["no"]), match["body"]
        closed = match["close"] is not None and (not body or body.startswith("|"))
        if closed or body.startswith("|"):
            another = name.end() < len(name.string)  # whose name only begins so
            if another or _shown_as_text(text[start : match.end("name")]):
                continue
        if not closed:
            first_line = text[start : start + LONGEST_SHOWN].splitlines()[0]
            yield _Call(start, start + len(first_line), nobots, None)
        elif not _is_argument(masked, start, match.end("close")):
            yield _Call(start, match.end("close"), nobots, _parameters(visible(body)))


def _name(text: str, fronts: frozenset[str]) -> re.Match[str] | None:
    """Return the template's name in ``text`` without what stands before it; what follows it is left to the caller."""
    if "bots" not in (text := visible(text).lower()):
        return None
    text = text.strip(" _\n")[:LONGEST_NAME]
    if _is_layered(text):
        return None
    name = fold(cleaned(text))
    while (match := _NAME.match(name)) is None:
        front, colon, rest = name.partition(":")
        if not colon or front.strip() not in fronts:
            return None
        name = rest.strip()
    return match


def _shown_as_text(raw: str) -> bool:
    """Tell whether ``<nowiki/>`` breaks a template's name, which is how pages show a call instead of making it."""
    return "<nowiki" in _COMMENT.sub("", raw).lower()


def _is_argument(masked: str, start: int, end: int) -> bool:
    """Tell whether the call is the inside of ``{{{…}}}``, an argument of the page where it is a template."""
    before = masked[max(0, start - 2) : start]
    return before.endswith("{") and before != "{{" and masked[end : end + 1] == "}"


def _parameters(body: str) -> dict[str, str] | None:
    """Return the parameters by name or number as MediaWiki counts them, None when they cannot be read."""
    without_links = _LINK.sub("", body)
    if len(body) > LONGEST_CALL or _is_layered(body) or "[[" in without_links or "]]" in without_links:
        return None
    found: dict[str, str] = {}
    unnamed = 0
    for part in split(body)[1:]:
        key, equals, value = part.partition("=")
        if not equals:
            unnamed += 1
            key, value = str(unnamed), part
        found[key.strip()] = value.strip()
    return found


def _is_layered(text: str) -> bool:
    """Tell whether entities and percent codes code each other so often that nobody meant it: undoing it takes long."""
    for _ in range(3):
        before, text = text, unescape(unquote(text))
    return text != before


def _judge(call: _Call, asker: _Asker) -> str:
    """Return the sentence, with a place for the call, or nothing."""
    if call.parameters is None:
        return _UNREADABLE
    unnamed = ",".join(value for key, value in call.parameters.items() if _is_number(key))
    named = [(fold(key), value) for key, value in call.parameters.items() if not _is_number(key)]
    if call.nobots:
        return _EVERY if named or not _words(unnamed) else _deny(unnamed, asker) or _denyscript(unnamed, asker)
    for parameter, rule in _RULES.items():
        for key, value in named:
            if key == parameter and (why := rule(value, asker)):
                return why
    others = [value for key, value in named if key not in _RULES]
    return _UNKNOWN if _words(unnamed) or any(_denyscript(value, asker) for value in others) else ""


def _is_number(key: str) -> bool:
    return key.isascii() and key.isdecimal()


def _deny(value: str, asker: _Asker) -> str:
    if "all" in _words(value):
        return _EVERY
    return _THIS if asker.name.lower() in _names(value, asker.site) else ""


def _allow(value: str, asker: _Asker) -> str:
    parts = [part for part in map(cleaned, value.split(",")) if part]
    words = {fold(part) for part in parts}
    if words <= {"none"}:
        return _NONE
    known = "all" in words or any(canonical(part, asker.site).name == asker.name for part in parts)
    return "" if known and "none" not in words else _OTHERS


def _optout(value: str, asker: _Asker) -> str:
    return _MESSAGE if asker.optouts & _words(value) else ""


def _denyscript(value: str, asker: _Asker) -> str:
    if _words(value) & (SCRIPTS | {"all"}):
        return _SCRIPT
    return _deny(value, asker)


def _allowscript(value: str, _: _Asker) -> str:
    words = {fold(cleaned(part)) for part in value.split(",")}
    return "" if words & (SCRIPTS | {"all"}) and "none" not in words else _OTHER_SCRIPTS


_RULES: Mapping[str, Callable[[str, _Asker], str]] = {
    "deny": _deny,
    "allow": _allow,
    "optout": _optout,
    "denyscript": _denyscript,
    "allowscript": _allowscript,
}


def _parts(value: str) -> Iterator[str]:
    """Give what may be a name in a list that forbids: between commas, and between all that may separate."""
    yield from value.split(",")
    yield from _SEPARATORS.split(cleaned(value))


def _words(value: str) -> set[str]:
    return {word for part in _parts(value) if (word := fold(cleaned(part)))}


def _names(value: str, site: SiteInfo) -> set[str]:
    return {canonical(part, site).name.lower() for part in _parts(value) if part.strip()}
