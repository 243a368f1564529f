"""The smallest change of a page: sets and adds parameters, adds and takes away rows; must not know what they say.

Every function answers with splices of the text that was read, so that one plan can touch many calls of one parse;
``edit`` applies them together. Every byte that no splice names stays.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.parse.calls import BLANKS, Call, Parameter, decoded, find
from bot.parse.sites import META

_SPACES = " \t"
# Links and the tags of signatures end on their line; what is left of markup may go on in the next one, or be a cell's.
_OF_ONE_LINE = re.compile(
    r"\[\[[^\[\]{}<>\n]*\]\]|</?(?:abbr|b|bdi|big|code|del|em|font|i|ins|s|small|span|strong|sub|sup|u)\b[^<>{}|\n]*>",
    re.IGNORECASE,
)
_MARKUP = re.compile(r"[{}|<>]|\[\[|\]\]")


@dataclass(frozen=True, slots=True)
class Change:
    """One splice: ``text[start:end]`` becomes ``replacement``; ``is_row`` is an insertion on lines of its own."""

    start: int
    end: int
    replacement: str
    is_row: bool = False


def edit(text: str, changes: Iterable[Change]) -> str:
    """Return ``text`` with all ``changes``; insertions at one place keep their order, rows with a blank line between.

    Deletions that overlap are joined, since neighbours that both go may share a blank line; any other overlap raises
    ValueError.
    """
    pieces: list[str] = []
    done = 0
    deleted = False
    row_at = -1
    for change in sorted(changes, key=lambda change: (change.start, change.end)):
        deletes = change.end > change.start and not change.replacement
        if not 0 <= change.start <= change.end <= len(text) or (change.start < done and not (deletes and deleted)):
            raise ValueError(f"the change of {change.start} to {change.end} overlaps another one or leaves the page")
        if change.is_row and change.start == row_at:
            pieces += (pieces.pop().rstrip("\n"), "\n\n", change.replacement.lstrip("\n"))
        else:
            pieces += (text[done : change.start], change.replacement)
        row_at = change.start if change.is_row else -1
        done = max(done, change.end)
        deleted = deletes
    return "".join((*pieces, text[done:]))


def set_parameters(text: str, call: Call, values: Mapping[str, str], order: Sequence[str] = ()) -> tuple[Change, ...]:
    """Return the changes after which ``call`` has the ``values``, which are escaped wikitext.

    A value that reads the same already stays as it is spelt; of a repeated parameter the last one is changed. Blanks
    and comments around a value stay. A missing parameter comes behind the nearest one that precedes it in ``order``
    (by default that of ``values``), at the end if there is none, written as its neighbours are. Raises ValueError for
    a value that would not stay in its parameter.
    """
    changes: list[Change] = []
    missing: dict[Parameter | None, list[str]] = {}
    for name, value in values.items():
        check(name, value)
        parameter = call.last(name)
        if parameter is None:
            missing.setdefault(_neighbour(call, name, order or tuple(values)), []).append(name)
        elif parameter.value != decoded(value):
            if _is_numbered(parameter) and "=" in value:
                raise ValueError(f"the value of {name} is not escaped for a parameter without a name: {value[:200]!r}")
            changes.append(_replaced(text, parameter, value))
    for neighbour, names in missing.items():
        names.sort(key=lambda name: order.index(name) if name in order else len(order))
        style = _Style.of(text, call, neighbour)
        written = "".join(style.written(name, values[name]) for name in names)
        changes.append(Change(style.at, style.at, written + style.closing))
    return tuple(changes)


def check(name: str, value: str) -> None:
    """Raise ValueError if ``value`` would not stay in the parameter ``name``, or holds a tag."""
    before = f"{{{{x|{name}=\n"
    calls, _ = find(f"{before}{value}}}}}", ("x",), META)
    outer = [(call.end, parameter.end) for call in calls[:1] for parameter in call.parameters]
    end = len(before) + len(value)
    if "<" in value or outer != [(end + 2, end)]:
        raise ValueError(f"the value of {name} is not escaped for a parameter: {value[:200]!r}")


def render(name: str, values: Mapping[str, str]) -> str:
    """Return a call with one parameter a line; raises ValueError for a value that would not stay in its parameter."""
    for parameter, value in values.items():
        check(parameter, value)
    lines = (f"| {parameter} = {value.strip(BLANKS)}".rstrip() for parameter, value in values.items())
    return "\n".join((f"{{{{{name}", *lines, "}}"))


def remove(text: str, call: Call) -> Change:
    """Return the change that takes ``call`` away.

    When nothing else stands on its lines they go too, and of two blank lines around them (or of one at the start or
    end of the page) one goes; else only the call goes.
    """
    start, end = _line_start(text, call.start), _line_end(text, call.end)
    if text[start : call.start].strip(BLANKS) or text[call.end : end].strip(BLANKS):
        return Change(call.start, call.end, "")
    above = _line_start(text, start - 1) if start else None
    below = _line_end(text, end + 1) if end < len(text) else None
    free_above = above is not None and not text[above:start].strip(BLANKS)
    free_below = below is not None and not text[end:below].strip(BLANKS)
    if above is not None and free_above and (free_below or not text[end:].strip(BLANKS)):
        start = above
    elif below is not None and free_below and above is None:
        end = below
    if end < len(text):
        return Change(start, end + 1, "")
    return Change(max(0, start - 1), end, "")


def insert(text: str, at: int, rendered: str) -> Change:
    """Return the change that puts ``rendered`` on lines of its own at ``at``, with one blank line on each side.

    ``at`` is the start or end of a call, or the end of the page. A remark beside that call stays beside it: the new
    lines go behind the end or before the start of that line.
    """
    start, end = _line_start(text, at), _line_end(text, at)
    if is_remark(text[at:end]):
        at = end
    elif is_remark(text[start:at]):
        at = start
    return Change(at, at, _break_before(text[:at]) + rendered + _break_after(text[at:]), is_row=True)


def is_remark(part: str) -> bool:
    """Tell whether a part of a line is text of people, which a line of its own may follow or precede."""
    return _MARKUP.search(_OF_ONE_LINE.sub("", part)) is None


def _break_before(before: str) -> str:
    kept = before.rstrip(BLANKS)
    return "\n" * max(0, 2 - before.count("\n", len(kept))) if kept else ""


def _break_after(after: str) -> str:
    kept = after.lstrip(BLANKS)
    return "\n" * max(0, 2 - after.count("\n", 0, len(after) - len(kept))) if kept else ""


def _line_start(text: str, at: int) -> int:
    return text.rfind("\n", 0, at) + 1


def _line_end(text: str, at: int) -> int:
    found = text.find("\n", at)
    return found if found >= 0 else len(text)


def _neighbour(call: Call, name: str, order: Sequence[str]) -> Parameter | None:
    """Return the parameter behind which a missing one belongs; None: the call has no parameters."""
    before = order[: order.index(name)] if name in order else ()
    found = (call.last(candidate) for candidate in reversed(before))
    last = call.parameters[-1] if call.parameters else None
    return next((parameter for parameter in found if parameter), last)


def _replaced(text: str, parameter: Parameter, value: str) -> Change:
    """Put ``value`` where the old one stands; comments inside the old one go behind the new one."""
    value = value.strip(BLANKS)
    start, end = _core(text, parameter)
    if not text[start:end].strip(BLANKS):
        return Change(start, end, _gap(text, parameter) + value)
    comments = "".join(text[first:last] for first, last in _comments(text, start, end))
    if not value and not text[parameter.start : start].strip(_SPACES):
        start = parameter.start
    return Change(start, end, value + comments)


def _gap(text: str, parameter: Parameter) -> str:
    """Return the blank between "=" and a value that takes the place of nothing."""
    return " " if not _is_numbered(parameter) and text[parameter.start - 2].isspace() else ""


def _is_numbered(parameter: Parameter) -> bool:
    return parameter.pipe + 1 == parameter.start


def _core(text: str, parameter: Parameter) -> tuple[int, int]:
    """Return the offsets of a value without the blanks and comments around it.

    Where there is no value: the place for one, with the blanks that would be left at the end of the line.
    """
    first, last, position = None, parameter.start, parameter.start
    for start, end in (*_comments(text, parameter.start, parameter.end), (parameter.end, parameter.end)):
        chunk = text[position:start]
        if chunk.strip(BLANKS):
            first = position + len(chunk) - len(chunk.lstrip(BLANKS)) if first is None else first
            last = position + len(chunk.rstrip(BLANKS))
        position = end
    if first is not None:
        return first, last
    raw = text[parameter.start : parameter.end]
    blanks = len(raw) - len(raw.lstrip(_SPACES))
    return parameter.start, parameter.start + (blanks if raw[blanks : blanks + 1] == "\n" else 0)


def _comments(text: str, start: int, end: int) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    while (first := text.find("<!--", start, end)) >= 0 and (last := text.find("-->", first + 4, end)) >= 0:
        start = last + 3
        found.append((first, start))
    return found


@dataclass(frozen=True, slots=True)
class _Style:
    """How a new parameter is written: at ``at``, ``separator`` before its pipe, and the blanks around its name."""

    at: int
    separator: str
    before: str = " "
    behind: str = " "
    gap: str = " "
    closing: str = ""

    def written(self, name: str, value: str) -> str:
        value = value.strip(BLANKS)
        return f"{self.separator}|{self.before}{name}{self.behind}={self.gap if value else ''}{value}"

    @classmethod
    def of(cls, text: str, call: Call, model: Parameter | None) -> _Style:
        """Take the style from ``model``, the parameter behind which the new one goes."""
        if model is None:
            at = call.start + len(text[call.start : call.end - 2].rstrip(BLANKS))
            return cls(at, "\n", closing="" if at < call.end - 2 else "\n")
        place = call.parameters.index(model)
        raw = text[model.start : model.end]
        at = max(_core(text, model)[1], model.start + len(raw.rstrip(BLANKS)))
        if place + 1 < len(call.parameters):
            separator = _trailing(raw)
        else:
            beginning = call.parameters[place - 1].start if place else call.start
            separator = _trailing(text[beginning : model.pipe])
        if _is_numbered(model):
            blank = " " if separator else ""
            return cls(at, separator, blank, blank, blank)
        name = text[model.pipe + 1 : model.start - 1]
        behind = _trailing(name)
        gap = raw[: len(raw) - len(raw.lstrip(_SPACES))] if model.value else behind[:1]
        return cls(at, separator, name[: len(name) - len(name.lstrip(BLANKS))], behind, gap)


def _trailing(raw: str) -> str:
    """Return the blanks at the end of ``raw``; of several line ends one."""
    blanks = raw[len(raw.rstrip(BLANKS)) :]
    _, line_end, indentation = blanks.rpartition("\r\n" if "\r\n" in blanks else "\n")
    return line_end + indentation
