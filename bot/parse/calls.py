"""Template calls of given names in a page, with exact offsets; must not know what the templates are for.

It reads braces, links and headings with a stack, in the way of MediaWiki's own preprocessor (Preprocessor_Hash.php):
what that one takes for a call is one here, and what it leaves as text is reported when it looks like a wanted call.
A node tree would have to be searched for its offsets again; the scanner has them. Held against a real MediaWiki by
its parse tree (``action=expandtemplates&prop=parsetree``) on some ten thousand mixtures of brackets and tags.
"""

from __future__ import annotations

import html
import re
from bisect import bisect_left
from collections.abc import Collection
from dataclasses import dataclass, field

from bot.model import SiteInfo
from bot.parse import titles
from bot.parse.markup import mask
from bot.parse.sites import META

TEMPLATE = 10
BLANKS = " \t\n\r\v\0"  # what MediaWiki trims from names and values
DEEPEST = 40  # calls within calls: every level holds its values once more
MOST_PARAMETERS = 1000
_LONGEST_NAME = 400  # a title has 255 bytes; the rest is for comments
_SHOWN = 200
_HEADING = "\n"
_VARIANT = "-"  # -{…}- of the language converter

_TOKEN = re.compile(r"-?\{+|\}{1,3}|\[+|\]{1,2}|\||=|\n=*|\A=+")
_ENTITY = re.compile(r"&(?:#[0-9]+|#[xX][0-9a-fA-F]+|[A-Za-z0-9]+);")
_FIRST_LINE = re.compile(r"\s*([^|{}\[\]\n]*)")


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter: ``name`` and ``value`` as MediaWiki sees them, the value with character references resolved.

    ``start`` and ``end`` are the offsets of the raw value, blanks and comments included; ``pipe`` is the offset of the
    "|" before it. A parameter without "=" has its number for a name.
    """

    name: str
    value: str
    start: int
    end: int
    pipe: int


@dataclass(frozen=True, slots=True)
class Call:
    """One call: ``name`` as it was wanted, offsets of "{{" and just after "}}", ``line`` from 1."""

    name: str
    start: int
    end: int
    line: int
    parameters: tuple[Parameter, ...]

    def get(self, name: str) -> str:
        """Return the value of the last parameter of that name, as MediaWiki does, empty if there is none."""
        found = self.last(name)
        return found.value if found else ""

    def last(self, name: str) -> Parameter | None:
        """Return the last parameter of that name."""
        return next((parameter for parameter in reversed(self.parameters) if parameter.name == name), None)


@dataclass(frozen=True, slots=True)
class Broken:
    """A call that is opened and cannot be read: ``text`` is its beginning, ``why`` one sentence."""

    line: int
    text: str
    start: int
    why: str


def find(text: str, names: Collection[str], site: SiteInfo) -> tuple[tuple[Call, ...], tuple[Broken, ...]]:
    """Return the calls of the templates ``names``, wherever they stand, and the calls that cannot be read, by offset.

    Names match as in MediaWiki: first letter of either case, underscores, any name of the template namespace.
    What is in comments, nowiki and their like is no call.
    """
    scanner = _Scanner(text, mask(text), _Names(names, site))
    scanner.run()
    calls = sorted(scanner.calls, key=lambda call: call.start)
    return tuple(calls), tuple(sorted(scanner.broken, key=lambda broken: broken.start))


def bracketed(text: str, masked: str) -> list[tuple[int, int]]:
    """Return the outermost calls, links and language variants of any name, by offset; ``masked`` is ``mask(text)``."""
    scanner = _Scanner(text, masked, _Names((), META))
    scanner.run()
    outer: list[tuple[int, int]] = []
    for start, end in sorted(scanner.closed, key=lambda span: (span[0], -span[1])):
        if not outer or start >= outer[-1][1]:
            outer.append((start, end))
    return outer


def decoded(raw: str) -> str:
    """Return a raw value as a reader gets it: comments out, trimmed, character references resolved once."""
    return _ENTITY.sub(lambda found: html.unescape(found[0]), without_comments(raw).strip(BLANKS))


def without_comments(raw: str) -> str:
    """Return ``raw`` without its closed comments."""
    kept: list[str] = []
    done = 0
    while (start := raw.find("<!--", done)) >= 0 and (end := raw.find("-->", start + 4)) >= 0:
        kept.append(raw[done:start])
        done = end + 3
    return "".join((*kept, raw[done:]))


class _Names:
    """Tells which wanted template a call's first part names; remembers the answers for one page."""

    def __init__(self, names: Collection[str], site: SiteInfo) -> None:
        self._namespaces = {TEMPLATE: ("Template", *site.namespaces.get(TEMPLATE, ()))}
        self._wanted = {titles.normal(name, self._namespaces): name for name in names}
        self._kept: dict[str, str | None] = {}

    def wanted(self, raw: str) -> str | None:
        if "{" in raw:
            return None
        if raw not in self._kept:
            self._kept[raw] = self._look_up(without_comments(raw).strip(BLANKS))
        return self._kept[raw]

    def _look_up(self, name: str) -> str | None:
        title = None if "\n" in name else titles.normal(name, self._namespaces)
        if title is None or (name.startswith(":") and not title.startswith("Template:")):
            return None  # {{:X}} is the page X, {{:Template:X}} the template
        return self._wanted.get(title.removeprefix("Template:"))


@dataclass(slots=True)
class _Part:
    start: int
    end: int
    equals: int | None = None


@dataclass(slots=True)
class _Piece:
    """Something open: ``mark`` is "{", "[", "-" or a line end (a heading), ``count`` how many brackets are left.

    ``hyphen`` says that one stands before it, with which a last brace would open "-{".
    """

    mark: str
    start: int
    count: int
    parts: list[_Part] = field(default_factory=list)
    hyphen: bool = False

    @property
    def finds_equals(self) -> bool:
        return self.mark == "{" and len(self.parts) > 1 and self.parts[-1].equals is None


class _Scanner:
    def __init__(self, text: str, masked: str, names: _Names) -> None:
        self.calls: list[Call] = []
        self.broken: list[Broken] = []
        self.closed: list[tuple[int, int]] = []
        self._text, self._masked, self._names = text, masked, names
        self._line_ends = [match.start() for match in re.finditer("\n", masked)]
        self._stack: list[_Piece] = []

    def run(self) -> None:
        position = 0
        while token := _TOKEN.search(self._masked, position):
            position = self._read(token[0], token.start())
        self._report_unclosed()

    def _read(self, token: str, at: int) -> int:
        """Take one token, return where to go on."""
        top = self._stack[-1] if self._stack else None
        mark = token[0]
        if mark == "|":
            if top and top.mark == "{":
                top.parts[-1].end = at
                top.parts.append(_Part(at + 1, at + 1))
        elif mark == "\n" or (mark == "=" and at == 0):
            return self._line(token, at)
        elif mark == "=":
            if top and top.finds_equals:
                top.parts[-1].equals = at
        elif mark in "{[-":
            return self._open(token, at)
        elif top and top.mark in "{[-":
            return self._close(top, token, at)
        return at + len(token)

    def _line(self, token: str, at: int) -> int:
        """A line that begins with "=" may be a heading: to its end no bracket of an outer call is closed."""
        if self._stack and self._stack[-1].mark == _HEADING:
            self._stack.pop()
        start = at + token.startswith("\n")
        signs = min(token.count("="), 6)
        if signs == 0 or (signs == 1 and self._stack and self._stack[-1].finds_equals):
            return start
        self._stack.append(_Piece(_HEADING, start, signs))
        return start + signs

    def _open(self, run: str, at: int) -> int:
        end = at + len(run)
        if run == "-{":
            self._stack.append(_Piece(_VARIANT, at, 2))
            return end
        hyphen, run = run[0] == "-", run.removeprefix("-")
        start = end - len(run)
        if len(run) > 1:
            self._stack.append(_Piece(run[0], start, len(run), [_Part(end, end)], hyphen))
        elif run == "{" and self._begins_wanted(end):
            self._break(start, "it is opened with one brace, not with two")
        return end

    def _close(self, top: _Piece, token: str, at: int) -> int:
        if top.mark == _VARIANT:
            end = at + len(token)
            if token[0] != "}" or self._masked[end : end + 1] != "-":
                return end
            self._stack.pop()
            self.closed.append((top.start, end + 1))
            return end + 1
        if token[0] != {"{": "}", "[": "]"}[top.mark]:
            return at + len(token)
        run = min(len(token), top.count)
        if run < 2:
            return at + 1
        taken = 2 if top.mark == "[" else min(run, 3)
        if top.mark == "{":
            top.parts[-1].end = at
            self._take(top, top.start + top.count - taken, at + taken, braces=taken)
        self._stack.pop()
        self.closed.append((top.start + top.count - taken, at + taken))
        top.count -= taken
        if top.count > 1:
            inside = top.start + top.count
            self._stack.append(_Piece(top.mark, top.start, top.count, [_Part(inside, inside)], top.hyphen))
        elif top.count == 1 and top.hyphen:
            self._stack.append(_Piece(_VARIANT, top.start - 1, 2))
        return at + taken

    def _take(self, piece: _Piece, start: int, end: int, *, braces: int) -> None:
        first = piece.parts[0]
        if first.end - first.start > _LONGEST_NAME:
            return
        name = self._names.wanted(self._text[first.start : first.end])
        if name is None:
            return
        if braces == 3:
            self._break(start, "it stands in three braces, which is a parameter and no call")
        elif len(self._stack) > DEEPEST:
            self._break(start, f"it stands in more than {DEEPEST} other calls")
        elif len(piece.parts) > MOST_PARAMETERS:
            self._break(start, f"it has more than {MOST_PARAMETERS} parameters")
        else:
            self.calls.append(Call(name, start, end, self._line_of(start), self._parameters(piece.parts)))

    def _parameters(self, parts: list[_Part]) -> tuple[Parameter, ...]:
        found: list[Parameter] = []
        number = 0
        for part in parts[1:]:
            if part.equals is None:
                number += 1
                name, start = str(number), part.start
            else:
                name = without_comments(self._text[part.start : part.equals]).strip(BLANKS)
                start = part.equals + 1
            value = decoded(self._text[start : part.end])
            found.append(Parameter(name, value, start, part.end, part.start - 1))
        return tuple(found)

    def _report_unclosed(self) -> None:
        for piece in self._stack:
            if piece.mark == "{" and self._begins_wanted(piece.start + piece.count):
                self._break(
                    piece.start + piece.count - 2, "it is not closed: a }} or a ]] is missing in it or after it"
                )

    def _begins_wanted(self, at: int) -> bool:
        beginning = without_comments(self._text[at : at + _LONGEST_NAME])
        line = _FIRST_LINE.match(beginning)
        return line is not None and self._names.wanted(line[1]) is not None

    def _break(self, start: int, why: str) -> None:
        self.broken.append(Broken(self._line_of(start), self._text[start : start + _SHOWN], start, why))

    def _line_of(self, offset: int) -> int:
        return bisect_left(self._line_ends, offset) + 1
