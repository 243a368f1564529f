"""What the entries of a sign-up page say of agreement, place by place, and what is seen of their text.

It knows lines and people, not what a table, a section or a template is.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from bot.model import Agreed, Signups, SiteInfo
from bot.parse import agreement_words as words
from bot.parse.markup import Line, visible
from bot.parse.signup_marks import Marks, scan
from bot.parse.signup_strikes import Span, within
from bot.parse.signup_templates import read as read_template

_LINK = re.compile(r"\[\[([^\[\]|]*)(?:\|([^\[\]]*))?\]\]")
_EXTERNAL = re.compile(r"\[((?:https?:)?//[^\s\[\]]*)([^\[\]]*)\]")
_ASIDE = re.compile(r"\s*:?\s*(?:File|Image|Category|Datei|Fichier|Archivo|Ficheiro|Файл)\s*:", re.IGNORECASE)
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_BREAK = re.compile(r"<br\b[^<>]*>", re.IGNORECASE)
_TEMPLATE_NAME = re.compile(r"\{\{[^{}|\[\]]*\|?|\}\}")
_PARAMETER = re.compile(r"\|\s*(?:[^|=\[\]{}<>]{1,40}=)?")


@dataclass(slots=True)
class Said:
    """What was found: ``own`` by the line of an entry, ``under`` what conditions of signing make of it, ``absent``.

    ``absent`` are entries that lack what others at the same place have.
    """

    own: defaultdict[int, list[Agreed]] = field(default_factory=lambda: defaultdict(list))
    under: dict[int, Agreed] = field(default_factory=dict)
    absent: set[int] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Entries:
    """The entries of a page by line: who stands there, and for further entries of somebody the line that counts.

    ``lines`` are those of a name.
    """

    names: Mapping[int, tuple[str, ...]]
    lines: Mapping[str, tuple[int, ...]]
    counted: Mapping[int, int]
    withdrawn: frozenset[int]

    @classmethod
    def of(cls, signups: Signups) -> Entries:
        """Return the entries that ``signups`` found, with those that it left out as a person's second."""
        names: defaultdict[int, list[str]] = defaultdict(list)
        home: dict[str, int] = {}
        withdrawn: set[int] = set()
        for registrant in signups.registrants:
            if (line := registrant.origin.line) is not None and registrant.name is not None:
                names[line].append(registrant.name)
                home[registrant.name] = line
                if registrant.withdrawn:
                    withdrawn.add(line)
        counted = {line: line for line in names}
        for other in signups.excluded:
            if other.name in home and other.line not in counted and other.why.endswith(f" line {home[other.name]}"):
                counted[other.line] = home[other.name]
                names[other.line].append(other.name)
        lines: defaultdict[str, list[int]] = defaultdict(list)
        for number, found in names.items():
            for name in found:
                lines[name].append(number)
        return cls(
            {number: tuple(found) for number, found in names.items()},
            {name: tuple(numbers) for name, numbers in lines.items()},
            counted,
            frozenset(withdrawn),
        )

    def alone(self, line: int) -> bool:
        """Tell whether one person stands on the line."""
        return len(self.names[line]) == 1


@dataclass(frozen=True, slots=True)
class Page:
    """What all parts of the reading need: lines with struck spans, the wiki, the entries."""

    lines: list[Line]
    struck: list[Span]
    site: SiteInfo
    entries: Entries

    def marks(self, line: Line) -> Marks:
        """Return the marks of a line."""
        return scan(line.text, self.site)

    def standing(self, line: Line, *, withdrawn: bool = False) -> str:
        """Return the text of a line without what is struck; of an entry that is ``withdrawn`` as it was."""
        text = line.text
        if self.struck and not withdrawn:
            for start, end in within(self.struck, line.start, line.start + len(text)):
                text = text[:start] + "\x00" * (end - start) + text[end:]
        return text


def without_people(text: str, marks: Marks) -> str:
    """Return ``text`` without the people and times in it; offsets stay."""
    for start, end in (*((mention.start, mention.end) for mention in marks.mentions), *marks.times):
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def seen(text: str) -> str:
    """Return what is said in masked wikitext: links with their targets, the values of templates, no tags."""
    text = _BREAK.sub("\n", visible(text)).replace("'''", "").replace("''", "")
    text = _LINK.sub(_link, text)
    text = _EXTERNAL.sub(lambda match: match[2] or match[1].replace("_", " "), text)
    if "{{" in text or "}}" in text:
        text = _PARAMETER.sub(". ", _TEMPLATE_NAME.sub(" ", text))
    return _TAG.sub(" ", text).replace("&nbsp;", " ")


def _link(match: re.Match[str]) -> str:
    if _ASIDE.match(match[1]):
        return " "
    target = match[1].replace("_", " ").replace(":", " ").replace("/", " ").replace("#", " ")
    return f"{match[2]} {target}" if match[2] else target


_LONGEST_ANSWER = 2000
_CALL = re.compile(r"\{\{((?:[^{}]|\{\{[^{}]*+\}\})*+)\}\}")
_FILE = re.compile(
    r"\[\[\s*(?:File|Image|Datei|Fichier|Archivo|Ficheiro|Файл)\s*:([^\[\]|]*)[^\[\]]*\]\]", re.IGNORECASE
)
_FILE_ANSWERS = (
    (re.compile(r"\b(?:no|not|cross|x mark|oppose)\b", re.IGNORECASE), Agreed.NOT_AGREED),
    (re.compile(r"\b(?:yes|tick|check|checkmark|ok|done|agree)\b", re.IGNORECASE), Agreed.AGREED),
)


def answer(text: str, site: SiteInfo, owners: Iterable[str]) -> Agreed:
    """Return what a cell or value of masked wikitext says; the signature of its ``owners`` is a yes."""
    text = visible(text)
    if len(text) > _LONGEST_ANSWER:
        return Agreed.UNKNOWN
    marks = scan(text, site)
    said: list[Agreed] = []
    if marks.mentions:
        own = {mention.name for mention in marks.mentions} <= set(owners)
        said.append(Agreed.AGREED if own else Agreed.UNKNOWN)
        text = without_people(text, marks)
    elif marks.times:
        text = without_people(text, marks)
    for match in _CALL.finditer(text):
        said.extend(_template(match[1]))
    said.extend(_file(match[1]) for match in _FILE.finditer(text))
    text = _FILE.sub(" ", _CALL.sub(" ", text))
    if "{{" in text or "}}" in text:  # a call that is broken, or too deep to be an answer
        said.append(Agreed.UNKNOWN)
    rest = seen(text)
    if not said or any(char.isalnum() for char in rest) or not rest.isascii():
        said.append(words.answer(rest))
    return words.together(said)


def _file(name: str) -> Agreed:
    return next((meant for form, meant in _FILE_ANSWERS if form.search(name.replace("_", " "))), Agreed.UNKNOWN)


def _template(inside: str) -> list[Agreed]:
    called = read_template(inside)
    meant = words.template(called.name)
    if meant is None:
        return [Agreed.UNKNOWN] if called.name else []
    shown = [words.answer(seen(value)) for value in called.positional if value]
    against = Agreed.NOT_AGREED if meant is Agreed.AGREED else Agreed.AGREED
    return [meant, Agreed.UNKNOWN] if against in shown else [meant]
