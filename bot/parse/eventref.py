"""Understands which event a person means: a title, an address, a link or a number; must not look anything up."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

from bot.errors import UsageError
from bot.escape import terminal
from bot.model import SiteInfo
from bot.parse import titles
from bot.parse.languages import LANGUAGES, VARIANT_LANGUAGES
from bot.parse.sites import SPECIAL, fold, multilingual
from bot.parse.usernames import cleaned

_QUOTES = {'"': '"', "'": "'", "“": "”", "„": "“", "‘": "’", "«": "»", "‹": "›", "`": "`", "<": ">", "「": "」"}
_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
_SCHEME = re.compile(r"(?:[a-z][a-z0-9+.-]*:)?//", re.IGNORECASE)
_HOST = re.compile(r"([a-z0-9-]+(?:\.[a-z0-9-]+)*(?::\d+)?)([/?].*)", re.IGNORECASE | re.DOTALL)
_WIKIMEDIA = re.compile(
    r"(?:^|\.)(?:wik(?:ipedia|imedia|tionary|ibooks|inews|iquote|isource|iversity|ivoyage|idata|ifunctions)|mediawiki)\.org$"
)
_REST = re.compile(r"/rest\.php/campaignevents/v\d+/event_registration/(\d+)(?:/|$)")
_VARIANT = re.compile(r"/([a-z]{2,3})(?:-[a-z]+)*/(.+)", re.DOTALL)
_INDEX = re.compile(r"(?:/w)?/index\.php(?:/(.*))?", re.DOTALL)
_BY_NUMBER = ("curid", "oldid", "diff")

# Special pages of one registration, with the names of CampaignEvents.alias.php in other languages.
_EVENT_PAGES = (
    "EventDetails",
    "RegisterForEvent",
    "CancelEventRegistration",
    "EditEventRegistration",
    "DeleteEventRegistration",
)
_OTHER_LANGUAGES = (
    "TədbirDetalları TədbirəQeydiyyat Veranstaltungsdetails Veranstaltungsanmeldung Ürituse_üksikasjad "
    "Üritusele_registreerumine פרטי_האירוע הרשמה_לאירוע 행사상세정보 행사등록 Arrangementsdetaljer "
    "Arrangementsdetaljar Arrangementspåmelding Szczegóły_wydarzenia Zarejestruj_się_na_wydarzenie Detalhes_do_evento "
    "Registrar_em_evento PodrobnostiPodujatia RegistrovaťSaNaPodujatie 活动详情 报名活动 活動詳情 報名活動"
)


@dataclass(frozen=True, slots=True)
class EventRef:
    """Which event is meant: a ``title`` (normalised) or an ``event_id``, never both.

    ``host`` is the wiki's desktop host when the reference names one ("meta.wikimedia.org"), else None; it may be
    another wiki than the one that is asked.
    """

    title: str | None = None
    event_id: int | None = None
    host: str | None = None


def read(text: str, site: SiteInfo) -> EventRef:
    """Return the event that ``text`` names: a title, a wikilink, an address of any form, or ``#12``.

    A bare number is refused, since it may be a page or a registration. Raises UsageError, one sentence that says what
    to write instead.
    """
    bare = _unwrap(text)
    if not bare:
        raise UsageError("No event was named: give the title or the address of its page, or #12 for registration 12.")
    if number := re.fullmatch(r"#\s*(\d+)", bare):
        return EventRef(event_id=_id(number[1]))
    if bare.isdecimal():
        raise UsageError(
            f'"{bare}" may be a page or a registration: write "#{bare}" (the registration) or ":{bare}" (the page).'
        )
    if address := _address(bare, site):
        return _from_address(address, bare, site)
    return _from_title(bare, None, site)


def base_of_translation(title: str) -> str | None:
    """Return "Event:X" for "Event:X/es" and every other language code of MediaWiki, None for a title without one."""
    base, slash, code = title.rpartition("/")
    return base if slash and base and not base.endswith(":") and code in LANGUAGES else None


def _unwrap(text: str) -> str:
    """Take off what copying and pasting leaves around a reference: blanks, marks, quotes, brackets of links."""
    bare = _INVISIBLE.sub("", text).strip()
    while len(bare) > 1 and _QUOTES.get(bare[0]) == bare[-1]:
        bare = bare[1:-1].strip()
    if bare.startswith("[[") and bare.endswith("]]"):
        return bare[2:-2].partition("|")[0].strip()
    if bare.startswith("[") and bare.endswith("]") and _SCHEME.match(bare, 1):
        return re.split(r"\s", bare[1:-1], maxsplit=1)[0]
    return bare


def _id(digits: str) -> int:
    if len(digits) > 18 or not int(digits):
        raise UsageError(f'"#{digits[:20]}" is no registration: the number must be positive, as in #12.')
    return int(digits)


def _bad(given: str, why: str) -> UsageError:
    short = terminal(given if len(given) <= 100 else given[:100] + "…")
    return UsageError(
        f'"{short}" {why}: give the title or the address of the event\'s page, or #12 for registration 12.'
    )


def _host(site: SiteInfo) -> str:
    return _desktop(urlsplit(site.server).netloc)


def _desktop(netloc: str) -> str:
    """Return the desktop host for ``en.m.wikipedia.org`` and ``m.wikidata.org``, without user and usual port."""
    host = netloc.rpartition("@")[2].lower().removesuffix(":80").removesuffix(":443").removesuffix(".")
    labels = host.split(".")
    if _WIKIMEDIA.search(host) and "m" in labels[:2]:
        labels = ["www", *labels[1:]] if labels[0] == "m" else [labels[0], *labels[2:]]
    return ".".join(labels)


def _address(text: str, site: SiteInfo) -> SplitResult | None:
    """Return ``text`` split as an address when it is one, with or without a scheme."""
    try:
        if scheme := _SCHEME.match(text):
            split = urlsplit(text)
            if scheme[0].lower() not in ("http://", "https://", "//") or not split.netloc:
                raise _bad(text, "is not the address of a wiki page")
            return split
        plain = _HOST.fullmatch(text)
        if not plain:
            return None
        split = urlsplit("//" + text)
    except ValueError as error:
        raise _bad(text, "is not an address that can be read") from error
    host = _desktop(plain[1])
    like_a_wiki = "." in host and plain[2].startswith(("/wiki/", "/w/", "/index.php"))
    known = host == _host(site) or _WIKIMEDIA.search(host) or host == "w.wiki"
    return split if known or like_a_wiki else None


def _from_address(address: SplitResult, given: str, site: SiteInfo) -> EventRef:
    host = _desktop(address.netloc)
    if host == "w.wiki":
        raise _bad(given, "is a short link, which must be opened to know where it leads")
    if registration := _REST.search(address.path):
        return EventRef(event_id=_id(registration[1]), host=host)
    try:
        query = parse_qs(address.query, errors="strict", max_num_fields=100)
        title = _path_title(unquote(address.path, errors="strict"), host, site) or query.get("title", [""])[0]
    except ValueError as error:
        raise _bad(given, "is not an address that can be read") from error
    if title:
        return _from_title(title, host, site)
    if any(key in query for key in _BY_NUMBER):
        raise _bad(given, "names its page by a number only, so the title cannot be known from it")
    raise _bad(given, "is not the address of a wiki page")


def _path_title(path: str, host: str, site: SiteInfo) -> str:
    prefixes = ["/wiki/"]
    if host == _host(site):
        prefixes.insert(0, site.article_path.partition("$1")[0])
        path = path.removeprefix(site.script_path) if path.startswith(f"{site.script_path}/index.php") else path
    for prefix in prefixes:
        if path.startswith(prefix) and len(prefix) > 1:
            return path[len(prefix) :]
    if index := _INDEX.fullmatch(path):
        return index[1] or ""
    variant = _VARIANT.fullmatch(path)
    return variant[2] if variant and variant[1] in VARIANT_LANGUAGES else ""


def _from_title(title: str, host: str | None, site: SiteInfo) -> EventRef:
    given, title = title, cleaned(title).partition("#")[0]
    while True:
        other, title = titles.without_interwiki(title, site)
        host = other or host
        special, page, behind = _special(title, site)
        if special and fold(page) == "mylanguage" and behind:
            title = behind
        else:
            break
    if fold(page) in _event_pages(site) and (special or behind.isdecimal()):
        if not behind.partition("/")[0].isdecimal():
            raise _bad(given, "does not say which registration")
        return EventRef(event_id=_id(behind.partition("/")[0]), host=host)
    if special:
        raise _bad(given, "is a special page, not the page of an event")
    own = host is None or host == _host(site)
    normal = titles.normal(title, site.namespaces if own else titles.CANONICAL_EVENTS)
    if normal is None:
        raise _bad(given, "cannot be the title of a page")
    return EventRef(title=normal, host=host)


def _special(title: str, site: SiteInfo) -> tuple[bool, str, str]:
    """Return whether ``title`` is a special page, and its name and what stands behind the first slash."""
    space, _, rest = title.lstrip(": ").partition(":")
    page, _, behind = rest.strip().partition("/")
    names = multilingual(site)
    return names.own.get(fold(space), names.foreign.get(fold(space))) == SPECIAL, page, behind.strip()


def _event_pages(site: SiteInfo) -> set[str]:
    local = (alias for name in _EVENT_PAGES for alias in site.special_pages.get(name, ()))
    return {fold(name) for name in (*_EVENT_PAGES, *_OTHER_LANGUAGES.split(), *local)}
