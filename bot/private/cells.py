"""What one cell of a list of people names: users, real names, addresses, ids; it knows no column and no row."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import unquote

from bot.model import NameState, SiteInfo
from bot.parse import usernames
from bot.private.cell_names import (
    BULLET,
    CALLED,
    EDGES,
    NUMBERED,
    PRONOUNS,
    QUOTES,
    SEVERAL_TOOLS,
    SURE_CUT,
    TOOLS,
    Names,
    is_blank,
)

__all__ = ["Named", "at", "central_ids", "emails", "is_blank", "linked", "real_names", "tidy", "user_names"]

LONGEST_CELL = 4000
_GUARDED = re.compile(r"'(?=[=+\-@\t\r\n])")  # how spreadsheets and bot.escape keep a text from being a formula
_TEXT_FORMULA = re.compile(r'="([^"]*)"')
_DIRECTIONS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_BLANKS = re.compile(r"[^\S\r\n]{2,}")
_LINES = re.compile(r"[\r\n]\s+")
_LINK = re.compile(r"\[\[([^\[\]|]*)(?:\|[^\[\]]*)?\]\]")
_CALL = re.compile(r"\{\{[^{}|]*+\|\s*+(?:1\s*+=\s*+)?([^{}|]++)[^{}]*+\}\}")
_URL = re.compile(
    r"(?:(?<![a-z])[a-z]++:)?//[^\s\"<>]+|(?<![\w.-])(?:[\w-]+\.)+(?:org|com|net)/[^\s\"<>]+|"
    r"\[(?:https?:)?//[^\s\]]+ [^\]]*\]",
    re.IGNORECASE,
)
_EMAIL = re.compile(
    r"(?<![^\s@<>()\[\]{},;:|\"“”„])[^\s@<>()\[\]{},;:|\"“”„]+@[^\s@<>()\[\]{},;:|\"“”„]+\.[^\W\d_][^\s@<>()\[\]{},;:|\"“”„.]+"
)
_AT = re.compile(r"\s*(?:\(at\)|\[at\]|\{at\}|\(a\)|<at>|\bat\b(?=\s+[\w-]+(?:\.|\s*[(\[]))|＠)\s*", re.IGNORECASE)
_DOT = re.compile(r"\s*(?:\(dot\)|\[dot\]|\{dot\}|<dot>|(?<=\w) dot (?=\w))\s*", re.IGNORECASE)
_TITLES = re.compile(
    r"^(?:(?:dr|prof|mr|mrs|ms|miss|mx|sir|dame|herr|frau|hr|fr|m|mme|mlle|sr|sra|srta|dott|dottssa|ing|dhr|mevr|pan|pani|"
    r"г-н|г-жа|пан|пані)\.|(?:dr|prof|mr|mrs|ms|miss|mx|herr|frau|mme|mlle|sra|srta)\b)\s*(?=\S)",
    re.IGNORECASE,
)
_HONOURS = re.compile(r"(?:さん|様|氏|先生|님|씨|先生|女士)$")
_NICKNAME = re.compile(r"[\"“„«「『]([^\"“”„«»「」『』]+)[\"”“»」』]|[(（]([^()（）]*)[)）]")
_ID = re.compile(r"(?:#|id|no\.?|nr\.?)?\s*+:?\s*+([1-9]\d{0,17})(?:\.0{1,2}|\.0{4,})?", re.IGNORECASE)
_GROUPED = re.compile(
    r"(?<![\d.,'’_])([1-9]\d{0,2})(?!\.000(?!\.?\d))((?P<by>[.,'’_ ])\d{3}(?:(?P=by)\d{3})*)(?![.,'’_ ]?\d)"
)


@dataclass(frozen=True, slots=True, repr=False)
class Named:
    """What a cell names; ``bad`` parts can be no such thing, ``is_cut``: one name may have been taken for several.

    ``perhaps`` are parts of a cell of user names that may be a name of the person and may be none: what meets them is
    for a person to look at, where the same user name would be a fact.
    """

    users: tuple[str, ...] = ()
    real_names: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    bad: int = 0
    is_cut: bool = False
    perhaps: tuple[str, ...] = ()


def tidy(cell: str) -> str:
    """Return the text that a cell shows: without the sign that keeps it from being a formula, trimmed."""
    text = cell[1:] if _GUARDED.match(cell) else cell
    formula = _TEXT_FORMULA.fullmatch(text)
    shown = _BLANKS.sub(" ", _DIRECTIONS.sub("", formula[1] if formula else text))
    return _LINES.sub("\n", shown).strip(EDGES)


def at(row: Sequence[str], index: int) -> str:
    """Return the text of a cell in ``row``, empty where the row is too short for it."""
    return tidy(row[index]) if index < len(row) else ""


def emails(text: str) -> tuple[tuple[str, ...], str]:
    """Return the e-mail addresses in ``text``, also those written "name (at) example (dot) org", and the rest."""
    if len(text) > LONGEST_CELL:
        return (), text
    plain = unicodedata.normalize("NFKC", text) if "＠" in text else text
    if "@" not in plain:
        respelled = _AT.sub("@", _DOT.sub(".", plain))
        if not _EMAIL.search(respelled):
            return (), text
        plain = respelled
    plain = re.sub("mailto:", " ", plain, flags=re.IGNORECASE)
    found = tuple(dict.fromkeys(one.strip(".'") for one in _EMAIL.findall(plain)))
    return (found, _EMAIL.sub(" ", plain).replace("<", " ").replace(">", " ")) if found else ((), text)


def central_ids(cell: str) -> tuple[tuple[int, ...], int]:
    """Return the ids in a cell, and how many parts of it are none; groups of three digits are one number."""
    if len(cell) > LONGEST_CELL:
        return (), 1
    text = _GROUPED.sub(lambda match: re.sub(r"\D", "", match[0]), unicodedata.normalize("NFKC", tidy(cell)))
    parts = [part for part in re.split(r"[;,/|\n]", text) if not is_blank(part.strip())]
    matches = [_ID.fullmatch(part.strip()) for part in parts]
    return tuple(dict.fromkeys(int(match[1]) for match in matches if match)), sum(match is None for match in matches)


def user_names(cell: str, site: SiteInfo) -> Named:
    """Return the canonical names of the users that a cell names, and the e-mail addresses in it.

    It may hold links, addresses of user pages, templates and several names; where it is not sure whether a comma stands
    between two names or in one, all are returned. What may be a name of theirs or none is apart.
    """
    text = tidy(cell)
    if is_blank(text):
        return Named()
    if len(text) > LONGEST_CELL:
        return Named(bad=1)
    linked, text, bad = _linked(text, site)
    mails, text = emails(text)
    found = Names(site, list(linked), bad)
    text = PRONOUNS.sub(lambda match: " " if "/" in match[0] else match[0], text)
    for piece in SURE_CUT.split((TOOLS if linked else SEVERAL_TOOLS).sub(" ", text)):
        found.take(piece)
    users = tuple(dict.fromkeys(found.names))
    perhaps = tuple(name for name in dict.fromkeys(found.perhaps) if name not in users)
    return Named(users, (), mails, found.bad, found.is_cut, perhaps)


def _linked(text: str, site: SiteInfo) -> tuple[list[str], str, int]:
    """Return the users that the links in ``text`` lead to, the text without them, and how many lead elsewhere."""
    found: list[str] = []
    bad = 0

    def link(match: re.Match[str]) -> str:
        nonlocal bad
        target = usernames.from_target(match[1], site)
        name = target or usernames.canonical(match[1], site)
        if name.state is NameState.IMPOSSIBLE:
            bad += 1
        else:
            found.append(name.name)
        return "\n"

    def url(match: re.Match[str]) -> str:
        nonlocal bad
        address = match[0].strip("[]").partition(" ")[0].rstrip(".,;)")
        target = usernames.from_url(address, site)
        if target is None or target.state is NameState.IMPOSSIBLE:
            bad += 1
        else:
            found.append(target.name)
        return "\n"

    rest = _URL.sub(url, _CALL.sub(link, _LINK.sub(link, text)))
    return found, rest, bad


def linked(target: str, site: SiteInfo) -> Named:
    """Return whom the link of a cell leads to: a user by their own pages and contributions, or a mailbox.

    A page below that of a user may be about anybody. All else is ``bad``.
    """
    scheme, _, rest = target.strip().partition(":")
    if scheme.casefold() == "mailto":
        mails, _ = emails(unquote(rest.partition("?")[0]))
        return Named(emails=mails, bad=int(not mails))
    found = usernames.from_url(target.strip(), site)
    if found is None or found.state is NameState.IMPOSSIBLE or found.subpage:
        return Named(bad=1)
    return Named((found.name,))


def real_names(cell: str, site: SiteInfo) -> Named:
    """Return the real names in a cell in the order of speech ("Last, First" is turned), and what else it names."""
    text = tidy(cell)
    if is_blank(text):
        return Named()
    if len(text) > LONGEST_CELL:
        return Named(bad=1)
    linked, text, bad = _linked(text, site)
    mails, text = emails(text)
    pieces = [part for piece in re.split(r"[\n\r|;；]+|\s+/\s+|\s*•\s*", text) for part in CALLED.split(piece)]
    found = [name for piece in pieces for name in _real(piece)]
    return Named(tuple(dict.fromkeys(linked)), tuple(dict.fromkeys(found)), mails, bad)


def _real(piece: str) -> list[str]:
    """Return the name in ``piece``; with a nickname in quotation marks or brackets, also the name that has it."""
    text = PRONOUNS.sub(" ", NUMBERED.sub("", BULLET.sub("", piece.strip(EDGES))))
    nicknames = [(one or other).strip() for one, other in _NICKNAME.findall(text)]
    name = _turned(_spaced(_NICKNAME.sub(" ", text)))
    if is_blank(name):
        return [nick for nick in map(_spaced, nicknames) if not is_blank(nick)]
    last = name.split()[-1]
    called = [nick if " " in nick else f"{nick} {last}" for nick in map(_spaced, nicknames) if not is_blank(nick)]
    return [name, *(one for one in called if one != name)]


def _spaced(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).strip(EDGES + QUOTES + "()[]").split())


def _turned(name: str) -> str:
    """Return "Last, First" as "First Last", without titles."""
    parts = [part.strip() for part in re.split("[,،，]", name) if part.strip()]
    if len(parts) == 2:
        name = f"{parts[1]} {parts[0]}"
    elif len(parts) > 2:
        name = " ".join((*parts[1:], parts[0]))
    while (bare := _TITLES.sub("", name)) != name:
        name = bare
    return _HONOURS.sub("", name).strip()
