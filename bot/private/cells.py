"""What one cell of a list of people names: users, real names, addresses, ids; it knows no column and no row."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from bot.model import NameState, SiteInfo
from bot.parse import usernames
from bot.private.column_words import folded, words

LONGEST_CELL = 4000
_GUARDED = re.compile(r"'(?=[=+\-@\t\r\n])")  # how spreadsheets and bot.escape keep a text from being a formula
_TEXT_FORMULA = re.compile(r'="([^"]*)"')
_DIRECTIONS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_BLANKS = re.compile(r"[^\S\r\n]{2,}")
_LINK = re.compile(r"\[\[([^\[\]|]*)(?:\|[^\[\]]*)?\]\]")
_CALL = re.compile(r"\{\{[^{}|]*\|\s*(?:1\s*=\s*)?([^{}|]+)[^{}]*\}\}")
_URL = re.compile(
    r"(?:[a-z]+:)?//[^\s\"<>]+|(?<![\w.-])(?:[\w-]+\.)+(?:org|com|net)/[^\s\"<>]+|\[(?:https?:)?//[^\s\]]+ [^\]]*\]",
    re.IGNORECASE,
)
_EMAIL = re.compile(
    r"(?<![^\s@<>()\[\]{},;:|\"“”„])[^\s@<>()\[\]{},;:|\"“”„]+@[^\s@<>()\[\]{},;:|\"“”„]+\.[^\W\d_][^\s@<>()\[\]{},;:|\"“”„.]+"
)
_AT = re.compile(r"\s*(?:\(at\)|\[at\]|\{at\}|\(a\)|<at>|\bat\b(?=\s+[\w-]+(?:\.|\s*[(\[]))|＠)\s*", re.IGNORECASE)
_DOT = re.compile(r"\s*(?:\(dot\)|\[dot\]|\{dot\}|<dot>|(?<=\w) dot (?=\w))\s*", re.IGNORECASE)
_SURE_CUT = re.compile(r"[\n\r|\t]+|\s+/\s+|/|\s*•\s*|;\s+|;$|；")
_LIKELY_CUT = re.compile(r";|,|،|、|，")
_KNOWN_AS = re.compile(
    r"[\s,(\[]+(?:a\.?\s?k\.?\s?a\.?|f\.?\s?k\.?\s?a\.?|also known as|known as|also|formerly|former|previously|"
    r"previous|ex|alias|née|né|geb\.|alt|sock|socks|auch|alias|ehemals|früher|anche|già|ook|voorheen|aussi|anciennement|antes|"
    r"también|tambien|também|także|dawniej|также|ранее|також|раніше|=)[:\s]+",
    re.IGNORECASE,
)
_BULLET = re.compile(r"^(?:[*•●▪◦‣·]+|[-–—](?=\s)|#(?=\s))\s*")
_MAYBE_NAME = re.compile(r"^[*•●▪◦‣·@\"“”„«»「『](?=\S)")  # signs in front that may belong to the name
_NUMBERED = re.compile(r"^\(?\d{1,4}[.)]\s+")
_AT_WIKI = re.compile(r"@[a-z_]{2,20}wiki(?:[a-z]*)$", re.IGNORECASE)
_TOOLS = re.compile(
    r"[(（\[]\s*(?:(?:talk|contribs?|contributions|block|block log|logs?|ca|centralauth|email|e-mail|disc\w*|diff|"
    r"beiträge|diskussion|contrib|обс|обсуждение|вклад)[\s·•|,/]*)+[)）\]]",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"^(?:user\s?name|account|benutzername|usuario|utilisateur|login|nick(?:name)?|sul)\s*[:：]\s*", re.I
)
_QUOTES = "\"“”„«»‹›‘’'`´「」『』"
_EDGES = " \t\r\n,;،、。\u200b\ufeff\u00a0"
_PRONOUNS = re.compile(
    r"[(（\[]\s*(?:she|he|they|her|him|them|sie|er|elle|il|iel|ella|él|any|ze|xe)\b[^()（）\[\]]*[)）\]]", re.I
)
_TITLES = re.compile(
    r"^(?:(?:dr|prof|mr|mrs|ms|miss|mx|sir|dame|herr|frau|hr|fr|m|mme|mlle|sr|sra|srta|dott|dottssa|ing|dhr|mevr|pan|pani|"
    r"г-н|г-жа|пан|пані)\.|(?:dr|prof|mr|mrs|ms|miss|mx|herr|frau|mme|mlle|sra|srta)\b)\s*(?=\S)",
    re.IGNORECASE,
)
_HONOURS = re.compile(r"(?:さん|様|氏|先生|님|씨|先生|女士)$")
_NICKNAME = re.compile(r"[\"“„«「『]([^\"“”„«»「」『』]+)[\"”“»」』]|[(（]([^()（）]*)[)）]")
_ID = re.compile(r"(?:#|id|no\.?|nr\.?)?\s*:?\s*([1-9]\d{0,17})(?:\.0+)?", re.IGNORECASE)
_NAMELESS = re.compile(r"[\W_]*")


@dataclass(frozen=True, slots=True, repr=False)
class Named:
    """What a cell names; ``bad`` parts can be no such thing, ``is_cut``: one name may have been taken for several."""

    users: tuple[str, ...] = ()
    real_names: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    bad: int = 0
    is_cut: bool = False


def tidy(cell: str) -> str:
    """Return the text that a cell shows: without the sign that keeps it from being a formula, trimmed."""
    text = cell[1:] if _GUARDED.match(cell) else cell
    formula = _TEXT_FORMULA.fullmatch(text)
    return _BLANKS.sub(" ", _DIRECTIONS.sub("", formula[1] if formula else text)).strip(_EDGES)


def at(row: Sequence[str], index: int) -> str:
    """Return the text of a cell in ``row``, empty where the row is too short for it."""
    return tidy(row[index]) if index < len(row) else ""


def is_blank(cell: str) -> bool:
    """Whether a cell says nothing, or in some language that there is nothing to say ("-", "unknown", "なし")."""
    return not cell or bool(_NAMELESS.fullmatch(cell)) or folded(cell) in words("list_words")["nobody"]


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
    """Return the ids in a cell, and how many parts of it are none."""
    if len(cell) > LONGEST_CELL:
        return (), 1
    parts = [part for part in re.split(r"[;,/|\n]", tidy(cell)) if not is_blank(part.strip())]
    matches = [_ID.fullmatch(unicodedata.normalize("NFKC", part).strip()) for part in parts]
    return tuple(dict.fromkeys(int(match[1]) for match in matches if match)), sum(match is None for match in matches)


def user_names(cell: str, site: SiteInfo) -> Named:
    """Return the canonical names of the users that a cell names, and the e-mail addresses in it.

    It may hold links, addresses of user pages, templates and several names; where it is not sure whether a comma stands
    between two names or in one, all are returned.
    """
    text = tidy(cell)
    if is_blank(text):
        return Named()
    if len(text) > LONGEST_CELL:
        return Named(bad=1)
    linked, text, bad = _linked(text, site)
    mails, text = emails(text)
    found = _Names(site, list(linked), bad)
    for piece in _SURE_CUT.split(_TOOLS.sub(" ", text)):
        found.take(piece)
    return Named(tuple(dict.fromkeys(found.names)), (), mails, found.bad, found.is_cut)


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


class _Names:
    """Collects the user names in the pieces of one cell."""

    def __init__(self, site: SiteInfo, names: list[str], bad: int) -> None:
        self._site = site
        self._linked = bool(names)
        self.names = names
        self.bad = bad
        self.is_cut = False

    def take(self, piece: str) -> None:
        """Take every name that ``piece`` may hold, where it is not sure what belongs to one with the whole of it."""
        parts = list(map(self._clean, _KNOWN_AS.split(piece)))
        for part in parts:
            if _NUMBERED.match(part):
                self._add(_NUMBERED.sub("", part))
            cut = [one for one in map(self._clean, _LIKELY_CUT.split(part)) if one]
            if len(cut) > 1:
                self.is_cut = True
                for one in cut:
                    self._add(one)
            self._add(part)
        whole = piece.strip(_EDGES)
        if _MAYBE_NAME.match(whole) or (len(parts) > 1 and "(" not in whole and "," not in whole):
            self._add(whole)

    def _clean(self, part: str) -> str:
        text = _BULLET.sub("", part.strip(_EDGES)).strip(_EDGES)
        if text.count("(") != text.count(")"):
            text = text.strip("()")
        text = _LABEL.sub("", text.strip(_QUOTES + _EDGES)).strip(_QUOTES + _EDGES)
        return _AT_WIKI.sub("", text).removeprefix("@").strip()

    def _add(self, text: str) -> None:
        if self._linked and _TOOLS.fullmatch(f"({text})"):
            return
        if is_blank(text) and (not text or self._linked or _NAMELESS.fullmatch(text)):
            return
        target = usernames.from_target(text, self._site)
        name = target or usernames.canonical(text, self._site)
        if name.state is NameState.IMPOSSIBLE:
            self.bad += 1
        else:
            self.names.append(name.name)


def real_names(cell: str, site: SiteInfo) -> Named:
    """Return the real names in a cell in the order of speech ("Last, First" is turned), and what else it names."""
    text = tidy(cell)
    if is_blank(text):
        return Named()
    if len(text) > LONGEST_CELL:
        return Named(bad=1)
    linked, text, bad = _linked(text, site)
    mails, text = emails(text)
    pieces = [part for piece in re.split(r"[\n\r|;；]+|\s+/\s+|\s*•\s*", text) for part in _KNOWN_AS.split(piece)]
    found = [name for piece in pieces for name in _real(piece)]
    return Named(tuple(dict.fromkeys(linked)), tuple(dict.fromkeys(found)), mails, bad)


def _real(piece: str) -> list[str]:
    """Return the name in ``piece``; with a nickname in quotation marks or brackets, also the name that has it."""
    text = _PRONOUNS.sub(" ", _NUMBERED.sub("", _BULLET.sub("", piece.strip(_EDGES))))
    nicknames = [(one or other).strip() for one, other in _NICKNAME.findall(text)]
    name = _turned(_spaced(_NICKNAME.sub(" ", text)))
    if is_blank(name):
        return [nick for nick in map(_spaced, nicknames) if not is_blank(nick)]
    last = name.split()[-1]
    called = [nick if " " in nick else f"{nick} {last}" for nick in map(_spaced, nicknames) if not is_blank(nick)]
    return [name, *(one for one in called if one != name)]


def _spaced(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).strip(_EDGES + _QUOTES + "()[]").split())


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
