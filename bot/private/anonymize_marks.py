"""What leads to a person without being a name: links, templates, addresses, handles; knows names only by a lookup.

Every address of the web goes, except plain pages of Wikimedia wikis: those say what a policy says, not who somebody is.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from bot.model import NameState
from bot.parse import signup_templates
from bot.parse.signup_templates import Use
from bot.parse.sites import META, SPECIAL, multilingual
from bot.parse.sites import fold as fold_title
from bot.parse.usernames import UserTarget, canonical, cleaned, from_target, from_url, host_of
from bot.private.anonymize_view import Claim, Rank

LINK, PICTURE, HANDLE, MAIL = "[link]", "[picture]", "[handle]", "[e-mail address]"
IP, TEMPORARY = "[IP address]", "[temporary account]"

# Whose a name is; nobody's where it is empty.
Owners = Callable[[str], frozenset[int]]

_INNER = re.compile(r"\[\[([^\[\]|\n]{1,600})(?:\|((?:[^\[\]\n]|\[(?!\[)|\](?!\])){0,600}))?\]\]")
_TEMPLATE = re.compile(r"\{\{([^{}]{1,800})\}\}")
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_URL = re.compile(
    r"(?P<open>\[)?(?P<url>(?:(?:https?|ftps?|ircs?|xmpp|matrix|tg|signal|sgnl|whatsapp|skype|geo|sip|tel|sms|mailto|bitcoin):"
    r"(?://)?|//(?=\w)|\bwww\.|(?<![\w@.-])(?:[\w-]+\.){1,4}[a-z]{2,10}(?=/[~\w]))[^\s<>\"\[\]{}|「」（），。]*[^\s<>\"\[\]{}|「」（），。.,;:!?'’)])"
    r"(?(open)(?P<label>[^\]\n]*)\]|)",
    re.IGNORECASE,
)
_AT, _DOT = r"(?:@|＠|\s?[\[({]\s?(?:at|ät|arroba)\s?[\])}]\s?)", r"(?:\.|\s?[\[({]\s?(?:dot|punkt|punto)\s?[\])}]\s?)"
_MAIL = re.compile(
    rf"(?<![\w.+%'-])(?:~?[\w.+%'-]*[\w+%]{_AT}[\w-]+(?:{_DOT}[\w-]+)+|[\w.+-]*\w at [\w-]+(?: dot [\w-]+)+"
    r"|[\w.+-]*\w at (?:[\w-]+\.){1,3}"
    r"(?:com|org|net|edu|gov|info|io|eu|de|fr|uk|pt|es|it|pl|ru|ua|in|jp|cn|br|me)(?!\w))",
    re.IGNORECASE,
)
_IN_HANDLE = r"[\w\u0300-\u036f\u064b-\u065f\u0900-\u0fff\u1000-\u109f-]"
_HANDLE = re.compile(
    rf"(?<![\w./])@{_IN_HANDLE}(?:{_IN_HANDLE}|\.(?=\w))*(?::[\w.-]+|@[\w-]+(?:\.[\w-]+)+)?"
    r"|(?<!\w)/?u/[\w-]{3,}|\b[\w.]{2,32}#\d{4}\b"
)
# WeChat: wxming_88; a word behind the name of a network that only looks like a word is none.
_NETWORK = re.compile(
    r"(?<!\w)(?i:we\s?chat|weixin|微信号?|微信號|telegram|tg|signal|skype|irc|discord|insta(?:gram)?|whats\s?app|line|viber"
    r"|facebook|fb|twitter|tiktok|threads|bluesky|mastodon|snapchat|reddit|qq|vk|linkedin|libera(?:\.?chat)?)"
    r"(?:\s(?i:id|nick(?:name)?|user(?:name)?|handle|name|account|号))?\s?(?P<said>[:=：]?)\s?"
    r"(?P<handle>(?:live:)?[A-Za-z0-9](?:[\w-]|\.(?=\w)){2,40})(?!\w)"
)
_ON_NETWORK = re.compile(
    r"(?<![\w@.])(?P<handle>[A-Za-z0-9](?:[\w-]|\.(?=\w)){2,40})\son\s"
    r"(?:WeChat|Telegram|Signal|Skype|IRC|Discord|Insta(?:gram)?|WhatsApp|Line|Viber|Facebook|Twitter|Mastodon|Libera)(?!\w)"
)
_NICK = re.compile(r"(?m)^[ \t]*(?:[\[(]?\d{1,2}[:.]\d{2}(?::\d{2})?[\])]?[ \t]*)?<[@+%&~]?([^\s<>/=\"]{2,40})>(?=\s)")
_SPEAKER = re.compile(r"(?m)^[ \t]*[\[(]?\d{1,2}:\d{2}(?::\d{2})?[\])]?[ \t]*(?:-[ \t]*)?([^\s:<>\[\]()]{2,40}):(?=\s)")
_TAGS = frozenset(
    [
        "br",
        "code",
        "del",
        "div",
        "hr",
        "ins",
        "li",
        "nowiki",
        "ol",
        "pre",
        "ref",
        "small",
        "span",
        "sub",
        "sup",
        "td",
        "ul",
    ]
)
_IP4 = re.compile(r"(?<![\w.])(?:\d{1,3}\.){3}(?:\d{1,3}|x{1,3}|\*)(?:/\d{1,2})?(?![\w.]*\w)")
_IP6 = re.compile(
    r"(?<![\w:.])(?=[0-9A-Fa-f]*:[0-9A-Fa-f]*:)(?:[0-9A-Fa-f]{0,4}:){2,7}[0-9A-Fa-f]{0,4}(?:/\d{1,3})?(?![\w:])"
)
_TEMP = re.compile(r"~\d{4}(?:-\d+)+")
_LISTED = re.compile(
    r"\b(?:\w*diff|oldid|revid|curid|pageid|logid|revision|rev|ticket|otrs|vrts?)\b ?(?:id|no\.?|nr\.?|number)?"
    r"\s?[=:#№/]?\s?#?\d{3,}\b|\bT\d{5,}\b",
    re.IGNORECASE,
)
_PICTURES = frozenset(
    ["file", "image", "media", "datei", "bild", "fichier", "archivo", "ficheiro", "файл", "fil", "plik"]
)
_LINKED = frozenset(
    ["diff", "diff2", "dif", "oldid", "permalink", "perma", "ticket", "vrt ticket", "ticket:", "revision", "diffs"]
)


class Users(NamedTuple):
    """Who is linked in a text: names of accounts, and names by which a chat shows them."""

    accounts: tuple[str, ...]
    nicks: tuple[str, ...]


def users(text: str) -> Users:
    """Return whom the links, templates and chat lines of ``text`` name, each once."""
    found: list[str] = []
    for match in _INNER.finditer(text):
        found += _named(from_target(match[1], META))
    for match in _URL.finditer(text):
        found += _named(from_url(match["url"], META))
    for match in _TEMPLATE.finditer(text):
        found += [name for value in _template(match[1])[1] if (name := _account(value))]
    nicks = [m[1] for pattern in (_NICK, _SPEAKER) for m in pattern.finditer(text) if m[1].lower() not in _TAGS]
    return Users(tuple(dict.fromkeys(found)), tuple(dict.fromkeys(n for n in nicks if not n.isdigit())))


def _named(target: UserTarget | None) -> list[str]:
    return [target.name] if target and target.state in {NameState.ACCOUNT, NameState.TEMPORARY} else []


def _account(value: str) -> str:
    user = canonical(value.partition("/")[0], META)
    return user.name if user.state in {NameState.ACCOUNT, NameState.TEMPORARY} else ""


def claims(text: str, owners: Owners) -> Iterator[Claim]:
    """Yield what has to go of ``text``; ``owners`` says whose a name is."""
    for match in _COMMENT.finditer(text):
        yield Claim(*match.span(), Rank.LINK)
    for match in _INNER.finditer(text):
        yield from _inner(match, owners)
    for match in _TEMPLATE.finditer(text):
        yield from _called(match, owners)
    for match in _URL.finditer(text):
        yield from _url(match, owners)
    for match in _NICK.finditer(text):
        if owned := owners(match[1]):
            yield Claim(*match.span(1), Rank.LINK, owned)
    for match in _SPEAKER.finditer(text):
        if owned := owners(match[1]):
            yield Claim(*match.span(1), Rank.LINK, owned)
    yield from _addresses(text, owners)


def pages(text: str) -> Iterator[tuple[int, int]]:
    """Yield where addresses of plain pages stand, which may stay unless a name is in them."""
    for match in _URL.finditer(text):
        if _may_stay(match["url"]):
            yield match.span("url")
    for match in _INNER.finditer(text):
        yield match.span(1)


def _inner(match: re.Match[str], owners: Owners) -> Iterator[Claim]:
    target = from_target(match[1], META)
    head = fold_title(cleaned(match[1]).lstrip(": ").partition(":")[0])
    if target is not None:
        yield _person(match.span(), target, owners)
    elif head in _PICTURES:
        yield Claim(*match.span(), Rank.LINK, shown=PICTURE)
    elif _is_special(match[1]):
        yield Claim(*match.span(), Rank.LINK, shown=LINK)


def _person(span: tuple[int, int], target: UserTarget, owners: Owners) -> Claim:
    if owned := owners(target.name):
        return Claim(*span, Rank.LINK, owned)
    return Claim(*span, Rank.LINK, shown=IP if target.state is NameState.IP else LINK)


def _is_special(target: str) -> bool:
    names = multilingual(META)
    heads = [fold_title(head) for head in cleaned(target).lstrip(": ").split(":")[:-1]]
    return any((names.own.get(head) or names.foreign.get(head)) == SPECIAL for head in heads)


def _template(inside: str) -> tuple[Use, tuple[str, ...], str]:
    read = signup_templates.read(inside)
    named = signup_templates.users(read) if read.use in {Use.USER, Use.PING} else ()
    return read.use, named, fold_title(read.name)


def _called(match: re.Match[str], owners: Owners) -> Iterator[Claim]:
    _, named, name = _template(match[1])
    owned = [owners(_account(value) or value) for value in named]
    if owned and all(owned):
        yield Claim(*match.span(), Rank.LINK, frozenset().union(*owned), is_all=len(owned) > 1)
    elif named or name in _LINKED:
        yield Claim(*match.span(), Rank.LINK, shown=LINK)


def _url(match: re.Match[str], owners: Owners) -> Iterator[Claim]:
    start, end = match.span()
    if not match["open"]:
        start, end = match.span("url")
    target = from_url(match["url"], META)
    if target is not None:
        yield _person((start, end), target, owners)
        return
    if _may_stay(match["url"]):
        return
    if match["url"].lower().startswith("mailto:"):
        yield Claim(*match.span("url"), Rank.LINK, owners(match["url"][7:]), "" if owners(match["url"][7:]) else MAIL)
        return
    if not match["open"]:
        yield Claim(*match.span("url"), Rank.LINK, shown=LINK)
        return
    yield Claim(match.start(), match.end("url"), Rank.LINK, shown=LINK)
    yield Claim(match.end() - 1, match.end(), Rank.LINK)


def _may_stay(url: str) -> bool:
    """Whether an address is that of a plain page on a wiki of Wikimedia: no revision, no section, nobody's page."""
    host, _, path = url.partition("://")[2].partition("/")
    if not host or any(c in path for c in "?#") or not path.startswith("wiki/"):
        return False
    title = path.removeprefix("wiki/")
    known = host_of(url).endswith((".wikimedia.org", ".wikipedia.org", ".mediawiki.org", ".wikidata.org"))
    return known and not _is_special(title) and fold_title(title.partition(":")[0]) not in _PICTURES


def _addresses(text: str, owners: Owners) -> Iterator[Claim]:
    for pattern, shown in ((_MAIL, MAIL), (_HANDLE, HANDLE), (_TEMP, TEMPORARY), (_IP4, IP), (_IP6, IP)):
        for match in pattern.finditer(text):
            if pattern is _IP6 and not _is_ip6(match[0]):
                continue
            owned = owners(match[0].removeprefix("@"))
            yield Claim(*match.span(), Rank.ADDRESS, owned, "" if owned else shown)
    for match in _networked(text):
        owned = owners(match["handle"])
        yield Claim(*match.span("handle"), Rank.ADDRESS, owned, "" if owned else HANDLE)
    for match in _LISTED.finditer(text):
        yield Claim(*match.span(), Rank.ADDRESS, shown="[number]")


def _networked(text: str) -> Iterator[re.Match[str]]:
    """Yield where a handle stands beside the name of a network: behind a colon, or no plain word."""
    for match in _NETWORK.finditer(text):
        if match["said"] or re.search(r"[\d_.:]", match["handle"]):
            yield match
    for match in _ON_NETWORK.finditer(text):
        if re.search(r"[\d_.]", match["handle"]):
            yield match


def _is_ip6(text: str) -> bool:
    try:
        return any(c.isdigit() for c in text) and bool(ipaddress.IPv6Address(text.partition("/")[0]))
    except ValueError:
        return False
