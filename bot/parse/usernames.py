"""User names exactly as MediaWiki canonicalises them, from text, link targets and URLs; knows no account.

The rules are those of MediaWiki's UserNameUtils and MediaWikiTitleCodec with Wikimedia's configuration.
"""

from __future__ import annotations

import html
import ipaddress
import re
import unicodedata
from dataclasses import dataclass
from urllib.parse import parse_qs, unquote, urlsplit

from bot.model import NameState, SiteInfo
from bot.parse.sites import SPECIAL, USER, USER_TALK, Names, fold, multilingual

LONGEST_TEXT = 4000  # a name has 255 bytes: even fully percent-coded it is far shorter
_ENTITY = re.compile(r"&(?:#[0-9]+|#[xX][0-9a-fA-F]+|[A-Za-z0-9]+);")
_PERCENT = re.compile(r"(?:%[0-9A-Fa-f]{2})+")
_BIDI = re.compile("[\u200e\u200f\u202a-\u202e]+")
_SPACES = re.compile("[ _\xa0\u1680\u180e\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+")
_ILLEGAL = re.compile(
    "[\x00-\x1f#<>\\[\\]|{}/\x7f-\x9f\xa0\u2000-\u200f\u2028-\u202f\u3000\ud800-\udfff\ue000-\uf8ff\ufffd-\uffff]"
    "|%[0-9A-Fa-f]{2}|&[A-Za-z0-9\x80-\U0010ffff]+;|~~~|^:|^\\.\\.?$"
)
_TEMPORARY = re.compile(r"~\d{4}-\d+(?:-\d+)*", re.ASCII)  # Wikimedia's $wgAutoCreateTempUser
_LIKE_IPV4 = re.compile(r"\d{1,3}\.\d{1,3}\.\d{1,3}\.(?:xxx|\d{1,3}(?:/\d{1,2})?)", re.ASCII)
_LIKE_IPV6 = re.compile(r"([0-9A-Fa-f]*:[0-9A-Fa-f:]+)(/\d{1,3})?", re.ASCII)
_PREFIX = re.compile(r"[a-z][a-z0-9-]{0,40}")

# $wgOverrideUcfirstCharacters of Wikimedia: these keep their form; so does what grows to several letters (ß, ﬁ, ŉ, ǰ).
_KEPT_FIRST = re.compile(
    "[\u01c5\u01c8\u01cb\u01f2\u0345\u10d0-\u10fa\u10fd-\u10ff\u2170-\u217f\u24d0-\u24e9\ua7b9\U00016e60-\U00016e7f]"
)
_DOTTED_I = frozenset({"tr", "az", "kaa", "kk"})


@dataclass(frozen=True, slots=True)
class UserName:
    """A canonical name; of an impossible one ``name`` is the cleaned text."""

    name: str
    state: NameState


@dataclass(frozen=True, slots=True)
class UserTarget:
    """The user that a link leads to: ``how`` is "user", "talk", "contribs", "centralauth" or "email".

    ``prefix`` is the interwiki prefix ("w:de") or the host of a URL to another wiki; ``subpage`` is what follows "/".
    """

    name: str
    state: NameState
    how: str
    prefix: str = ""
    subpage: str = ""


def canonical(text: str, site: SiteInfo) -> UserName:
    """Return the canonical name for ``text``, which may carry the user namespace's prefix in any language.

    Entities and percent codes are decoded, whatever their depth, since no name can hold them. Idempotent.
    """
    if len(text) > LONGEST_TEXT:
        return UserName(text, NameState.IMPOSSIBLE)
    names = multilingual(site)
    plain = cleaned(text)
    judged = _judge(_without_user_prefix(plain, names), names)
    return judged if judged.state is not NameState.IMPOSSIBLE else UserName(plain, NameState.IMPOSSIBLE)


def cleaned(text: str) -> str:
    """Return ``text`` decoded, in NFC, without bidi marks, with single spaces and trimmed, until nothing changes."""
    if text.isascii() and "&" not in text and "%" not in text:
        return _SPACES.sub(" ", text).strip()
    while True:
        before = text
        text = _PERCENT.sub(_percent, _ENTITY.sub(_entity, text))
        text = _SPACES.sub(" ", _BIDI.sub("", unicodedata.normalize("NFC", text))).strip()
        if text == before:
            return text


def _entity(match: re.Match[str]) -> str:
    return html.unescape(match[0])


def _percent(match: re.Match[str]) -> str:
    try:
        return unquote(match[0], errors="strict")
    except UnicodeDecodeError:
        return match[0]


def _without_user_prefix(plain: str, names: Names) -> str:
    head, colon, rest = plain.removeprefix(":").partition(":")
    key = fold(head)
    own = names.own.get(key) == USER
    if colon and (own or (names.foreign.get(key) == USER and len(key) > 1)):
        return rest.strip()
    return plain


def _judge(plain: str, names: Names) -> UserName:
    """Judge cleaned text without a namespace prefix."""
    if ip := _ip(plain):
        return UserName(ip, NameState.IP)
    name = unicodedata.normalize("NFC", first_upper(plain, names.language))
    if not _possible(name, names):
        return UserName(name, NameState.IMPOSSIBLE)
    return UserName(name, NameState.TEMPORARY if _TEMPORARY.fullmatch(name) else NameState.ACCOUNT)


def first_upper(text: str, language: str = "") -> str:
    """Return ``text`` with its first letter as MediaWiki's Language::ucfirst makes it on Wikimedia's wikis."""
    first = text[:1]
    if "a" <= first <= "z":
        upper = "İ" if first == "i" and language in _DOTTED_I else first.upper()
    elif first.isascii() or _KEPT_FIRST.match(first):
        return text
    else:
        upper = next((form for form in (first.upper(), first.title()) if len(form) == 1), first)
    return upper + text[1:]


def _possible(name: str, names: Names) -> bool:
    if not name or _ILLEGAL.search(name) or len(name.encode()) > 255:
        return False
    head, colon, _ = name.partition(":")
    if not colon:
        return True
    key = fold(head)
    return not (key in names.own or key in names.other or key in names.interwikis)


def _ip(plain: str) -> str:
    """Return the canonical form of an address or a range, of what looks like one, or nothing."""
    if _LIKE_IPV4.fullmatch(plain):
        return re.sub(r"(?:^|(?<=\.))0+(?=\d)", "", plain)
    if (match := _LIKE_IPV6.fullmatch(plain)) is None:
        return ""
    try:
        words = ipaddress.IPv6Address(match[1]).exploded.upper().split(":")
    except ValueError:
        return ""
    return ":".join(word.lstrip("0") or "0" for word in words) + (match[2] or "")


def from_target(target: str, site: SiteInfo) -> UserTarget | None:
    """Return the user that a link target names (``m:User talk:X``, ``Special:Contributions/X``), None for other pages.

    A name that no account can have is returned with its state, never dropped.
    """
    if ":" not in target and "&" not in target and "%" not in target:
        return None
    if len(target) > LONGEST_TEXT:
        return None
    names = multilingual(site)
    rest = cleaned(target).partition("#")[0].strip()
    prefixes: list[str] = []
    while True:
        head, colon, tail = rest.lstrip(": ").partition(":")
        if not colon:
            return None
        key, tail = fold(head), tail.strip()
        number = names.own.get(key)
        foreign_only = number is None and key not in names.interwikis and key not in names.other
        if foreign_only or (prefixes and number is None):
            number = names.foreign.get(key)
        if number is not None:
            break
        if not (key in names.interwikis or (prefixes and _PREFIX.fullmatch(key))):
            return None
        prefixes.append(key)
        rest = tail
    prefix = ":".join(prefixes)
    if number == SPECIAL:
        return _from_special_page(tail, prefix, names, site)
    return _from_user_page(tail, prefix, "talk" if number == USER_TALK else "user", names)


def _from_special_page(text: str, prefix: str, names: Names, site: SiteInfo) -> UserTarget | None:
    page, slash, value = text.partition("/")
    if fold(page) == "mylanguage" and slash:
        found = from_target(value, site)
        return found and UserTarget(found.name, found.state, found.how, prefix or found.prefix, found.subpage)
    kind = names.pages.get(fold(page))
    if kind is None or not value.strip():
        return None
    judged = _judge(_without_user_prefix(value.strip(), names), names)
    return UserTarget(judged.name, judged.state, kind, prefix)


def _from_user_page(text: str, prefix: str, how: str, names: Names) -> UserTarget | None:
    base, _, subpage = text.partition("/")
    if subpage and (whole := _ip(text)):
        return UserTarget(whole, NameState.IP, how, prefix)
    if not base.strip():
        return None
    judged = _judge(base.strip(), names)
    return UserTarget(judged.name, judged.state, how, prefix, subpage)


_WIKIMEDIA = re.compile(
    r"(?:[a-z0-9-]+\.)*(?:wiki(?:pedia|media|books|data|news|quote|source|versity|voyage|functions)|wiktionary|"
    r"mediawiki|wikimediafoundation)\.org"
)
_MOBILE = re.compile(r"(?<=\.)m\.|^m\.(?=wiki)")


def host_of(url: str) -> str:
    """Return the host of ``url`` (or of ``//host/…``, ``host/…``) in lower case, mobile hosts as their desktop twin."""
    return _MOBILE.sub("", _split(url)[0], count=1)


def _split(url: str) -> tuple[str, str, str]:
    text = url.strip()
    if not re.match(r"(?:[a-z]+:)?//", text, re.IGNORECASE):
        text = "//" + text
    try:
        parts = urlsplit(text)
        return (parts.hostname or "").lower(), parts.path, parts.query
    except ValueError:
        return "", "", ""


def from_url(url: str, site: SiteInfo) -> UserTarget | None:
    """Return the user whose page, talk page or contributions ``url`` shows on this wiki or on a Wikimedia wiki.

    ``prefix`` is empty on this wiki, else the host.
    """
    if len(url) > LONGEST_TEXT:
        return None
    host, own_host = host_of(url), host_of(site.server)
    if not host or not (host == own_host or _WIKIMEDIA.fullmatch(host)):
        return None
    _, path, query = _split(url)
    title = _title_of(path, query, site if host == own_host else None)
    found = from_target(title, site) if title else None
    if found is None:
        return None
    outside = "" if host == own_host else host
    prefix = ":".join(part for part in (outside, found.prefix) if part)
    return UserTarget(found.name, found.state, found.how, prefix, found.subpage)


def _title_of(path: str, query: str, site: SiteInfo | None) -> str:
    values = parse_qs(query)
    if "title" in values:
        title = values["title"][0]
    else:
        stem = site.article_path.partition("$1")[0] if site else "/wiki/"
        starts = [stem, "/wiki/", "/w/index.php/"]
        title = next((path.removeprefix(start) for start in starts if start and path.startswith(start)), "")
        variant = re.match(r"/(?:zh|sr|kk|iu|uz|ku|tg|shi|crh|gan|ban|sh)(?:-[a-z]+)?/", path)
        title = title or (path[variant.end() :] if variant else "")
    if "target" in values and "/" not in title:
        title += "/" + values["target"][0]
    return title
