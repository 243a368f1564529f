"""The user names that a piece of a cell may hold, with what people write beside and between them; it knows no table.

A name that can be one is kept whole, whatever else is read in it. What is surely a name of the person is among the
names; what may be a part of a name, or a word about it, is apart.
"""

from __future__ import annotations

import re

from bot.model import NameState, SiteInfo
from bot.parse import usernames
from bot.private import dates
from bot.private.column_words import folded, words

SURE_CUT = re.compile(r"[\n\r|\t/]+")  # no user name holds any of them
_LIKELY_CUT = re.compile(r"[;；,،、，•]")
# Words between two names of one person: the first say it wherever they stand, the others behind a comma or a bracket.
_SAME = (
    r"a\.?\s?k\.?\s?a\.?|f\.?\s?k\.?\s?a\.?|also known as|known as|formerly|previously|alias|renamed to|renamed from|"
    r"ehemals|voorheen|anciennement|dawniej|ранее|раніше|="
)
_PERHAPS_SAME = (
    r"also|former|previous|ex|née|né|geb\.|alt|socks?(?: of)?|auch|früher|anche|già|ook|aussi|antes|también|tambien|"
    r"também|także|также|також"
)
_THEN = (
    r"now|was|today|jetzt|nun|heute|war|ahora|maintenant|agora|adesso|ora|nu|teraz|теперь|сейчас|бывший|бывшая|тепер"
)
_KNOWN_AS = re.compile(
    rf"(?<![\s,(（\[])(?:[\s,(（\[]++(?:{_SAME})[:\s]+"
    rf"|(?=\s*+[,(（\[])[\s,(（\[]++(?:{_PERHAPS_SAME}|{_THEN})(?:\s*:\s*|\s+|-(?=\w)))",
    re.IGNORECASE,
)
CALLED = re.compile(rf"(?<![\s,(\[])[\s,(\[]++(?:{_SAME}|{_PERHAPS_SAME})[:\s]+", re.IGNORECASE)
_JOINED = re.compile(
    rf"\s+(?:{_PERHAPS_SAME}|[&+/–—→⇒-]|[-=]+>|and|und|et|en|y|e|i|og|och|ja|ve|dan|и|і|та|or|oder|ou)\s+",
    re.IGNORECASE,
)
_BEHIND = re.compile(r"(.*[^\s(（\[])\s*[(（\[]([^()（）\[\]]*)[)）\]]", re.DOTALL)
_LONGEST_NAME = 255
BULLET = re.compile(r"^(?:[*•●▪◦‣·]+|[-–—](?=\s)|#(?=\s))\s*")
_MAYBE_NAME = re.compile(r"^[*•●▪◦‣·@\"“”„«»「『](?=\S)")  # signs in front that may belong to the name
NUMBERED = re.compile(r"^\(?\d{1,4}[.)]\s+")
_AT_WIKI = re.compile(r"@[a-z_]{2,20}wiki(?:[a-z]*)$", re.IGNORECASE)
_TALK = (
    r"talk|contrib(?:s|utions)?|disc(?:uss(?:ion[ei]?|ão|ie)?|usión|uter)?|beiträge|diskussion|обс(?:уждение)?|вклад"
)
_TOOL = rf"(?:{_TALK}|blocks?|logs?|ca|centralauth|e-?mail|diff)"
_NO_NAME = re.compile(rf"(?i:{_TOOL}|{_PERHAPS_SAME}|{_THEN})|[A-Z]{{2,5}}")  # of an account, or of its employer
TOOLS = re.compile(rf"[(（\[]\s*+{_TOOL}(?:(?:\s*+[·•|,/]\s*+|\s++){_TOOL})*\s*+[)）\]]", re.IGNORECASE)
SEVERAL_TOOLS = re.compile(rf"[(（\[]\s*+{_TOOL}(?:(?:\s*+[·•|,/]\s*+|\s++){_TOOL})+\s*+[)）\]]", re.IGNORECASE)
_BESIDE = re.compile(
    rf"(?i:{_TALK})|@?(?:[a-z]{{2,3}}|simple|commons|meta|species|wikidata)(?:wiki(?:[a-z]*))|[\w-]+\.wik[a-z]+(?:\.org)?"
)
_LABEL = re.compile(
    r"^(?:user\s?name|account|benutzername|usuario|utilisateur|login|nick(?:name)?|sul)\s*[:：]\s*", re.I
)
QUOTES = "\"“”„«»‹›‘’'`´「」『』"
EDGES = " \t\r\n,;،、。\u200b\ufeff\u00a0"
PRONOUNS = re.compile(
    r"[(（\[]\s*(?:she|he|they|her|him|them|sie|er|elle|il|iel|ella|él|any|ze|xe)\b[^()（）\[\]]*[)）\]]", re.I
)
_NAMELESS = re.compile(r"[\W_]*")


def is_blank(cell: str) -> bool:
    """Whether a cell says nothing, or in some language that there is nothing to say ("-", "unknown", "なし")."""
    return not cell or bool(_NAMELESS.fullmatch(cell)) or folded(cell) in words("list_words")["nobody"]


class Names:
    """Collects the user names in the pieces of one cell, and in ``perhaps`` what may be one of the person or none."""

    def __init__(self, site: SiteInfo, names: list[str], bad: int) -> None:
        self._site = site
        self._linked = bool(names)
        self.names = names
        self.perhaps: list[str] = []
        self.bad = bad
        self.is_cut = False

    def take(self, piece: str) -> None:
        """Take every name that ``piece`` may hold, and the whole of it wherever that can be one."""
        parts = list(map(self._clean, _KNOWN_AS.split(piece)))
        for part in parts:
            if NUMBERED.match(part):
                self._one(NUMBERED.sub("", part))
            cut = [one for one in map(self._clean, _LIKELY_CUT.split(part)) if one]
            if len(cut) > 1:
                self.is_cut = True
                for one in cut:
                    self._one(one)
                self._keep(part)
            else:
                self._one(part)
        whole = piece.strip(EDGES)
        if _MAYBE_NAME.match(whole):
            self._keep(whole)
        elif len(parts) > 1:
            self._keep(self._clean(piece))

    def _one(self, text: str, *, is_sure: bool = True) -> None:
        """Take a name, what it is without the brackets behind it, and what a word like "and" may join in it."""
        behind = _BEHIND.fullmatch(text) if len(text) <= _LONGEST_NAME else None
        is_beside = behind is not None and _is_beside(behind[2])
        if behind:
            self._one(self._clean(behind[1]), is_sure=is_sure and is_beside)
            if not is_beside and not _NO_NAME.fullmatch(behind[2].strip()):
                self._one(self._clean(behind[2]), is_sure=False)
        elif len(joined := _JOINED.split(text)) > 1:
            for one in map(self._clean, joined):
                self._perhaps(one)
        if not is_sure:
            self._perhaps(text)
        elif is_beside:
            self._keep(text)
        else:
            self._add(text)

    def _clean(self, part: str) -> str:
        text = BULLET.sub("", part.strip(EDGES)).strip(EDGES)
        if text.count("(") != text.count(")"):
            text = text.strip("()")
        text = _LABEL.sub("", text.strip(QUOTES + EDGES)).strip(QUOTES + EDGES)
        return _AT_WIKI.sub("", text).removeprefix("@").strip()

    def _add(self, text: str) -> None:
        if self._linked and TOOLS.fullmatch(f"({text})"):
            return
        if is_blank(text) and (not text or self._linked or _NAMELESS.fullmatch(text)):
            return
        if name := self._possible(text):
            self.names.append(name)
        else:
            self.bad += 1

    def _keep(self, text: str) -> None:
        """Take the whole of what was cut, if it can be a name."""
        if not is_blank(text) and (name := self._possible(text)):
            self.names.append(name)

    def _perhaps(self, text: str) -> None:
        if not is_blank(text) and (name := self._possible(text)):
            self.perhaps.append(name)

    def _possible(self, text: str) -> str:
        target = usernames.from_target(text, self._site)
        name = target or usernames.canonical(text, self._site)
        return "" if name.state is NameState.IMPOSSIBLE else name.name


def _is_beside(text: str) -> bool:
    """Whether what stands in brackets behind a name is surely none: a wiki, a day, the talk of a signature."""
    said = text.strip()
    if is_blank(said) or _BESIDE.fullmatch(said) or PRONOUNS.fullmatch(f"({said})"):
        return True
    return not said.isdecimal() and bool(dates.days_in(said))
