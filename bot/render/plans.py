"""Plans, for the person who approves them; changes nothing, and must not know how one is applied.

All text of a page, a title or a summary goes through ``bot.escape``; Rich gets Text objects only, as in
``render.terminal``. A diff is not laid out: its lines stay whole.
"""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Sequence
from types import MappingProxyType

from rich.color import ColorSystem
from rich.style import Style
from rich.table import Table
from rich.text import Text

from bot import escape
from bot.config import Limits
from bot.paper import Page
from bot.plan import diffs, uses
from bot.plan.edits import Edit, Input, Plan
from bot.render import words

NOTHING = "Nothing is to be written: the wiki is as it should be."
NOTED = "Nothing is proposed; look at what was left alone."
_DIFF = {"+": Style.parse("green"), "-": Style.parse("red"), "@": Style.parse("cyan"), " ": Style()}
_TRAILING = Style.parse("reverse")
_BAD = "bold red"

_LIMITS = MappingProxyType(
    {
        "edits": "Edits",
        "pages": "Pages",
        "talk_pages": "Talk pages",
        "new_pages": "New pages",
        "bytes_removed": "Bytes removed",
        "share_removed": "Of a page removed",
    }
)


def plan(made: Plan, width: int, *, colour: bool, file: str | None = None) -> str:
    """Return a plan for the person who is to approve it; ``file`` is where it is stored, None where it is not."""
    page = Page(width, colour=colour)
    if not made.edits:
        page.line(nothing(made))
        page.sentences("Seen and left alone", made.notes)
        return str(page)
    page.line(_text(f"{words.count(len(made.edits), 'edit', 'edits')} to {made.site} as {made.user}", "bold"))
    page.line(f"{made.server}, read {words.moment(made.read_at)}")
    page.sentences("Made from", [_input(one) for one in made.inputs])
    page.heading("Edits")
    for number, one in enumerate(made.edits, 1):
        page.line(f"{number:,}. {one.title}")
        page.line(_facts(one), indent=3)
    _reasons(page, made.edits)
    page.heading("Limits")
    page.table(_limits(made))
    page.sentences("Seen and left alone", made.notes)
    page.heading("To apply exactly this")
    if file is None:
        page.line("The plan was not stored; -o FILE stores it.")
    return f"{page}{apply_command(made, file)}\n"


def nothing(made: Plan) -> str:
    """Return the sentence about a plan without edits, which is not all where it has notes."""
    return NOTED if made.notes else NOTHING


def apply_command(made: Plan, file: str | None) -> str:
    """Return the command that applies exactly this plan, on one line, for a shell."""
    name = "FILE" if file is None else shlex.quote(file)
    return escape.terminal(f"eventsafety apply {name} --digest {made.digest}")


def diff(made: Plan, *, colour: bool, file: str | None = None) -> str:
    """Return what the plan changes, equal diffs once below all their pages, and the command that applies it.

    Lines are never broken. A plan without edits has no diff.
    """
    edits = {one.title: one for one in made.edits}
    parts = [
        _joined(_diff(one, [edits[title] for title in one.titles], colour=colour)) for one in diffs.grouped(made.edits)
    ]
    return "\n".join([*parts, f"To apply exactly this\n{apply_command(made, file)}\n"] if parts else [])


def edit(one: Edit, *, colour: bool) -> str:
    """Return one edit for the person who is asked about it: where from, summary, reasons, and its diff."""
    (found,) = diffs.grouped([one])
    title, summary, *lines = _diff(found, [one], colour=colour)
    facts = (f"Task {_facts(one)}", *(f"Reason: {reason}" for reason in one.reasons))
    return _joined((title, summary, *map(escape.terminal, facts), *lines))


def _text(text: str, style: str = "") -> Text:
    return Text(escape.terminal(text), style)


def _input(one: Input) -> str:
    return f"{one.title} ({one.kind}{f', revision {one.revid}' if one.revid else ''})"


def _reasons(page: Page, edits: Sequence[Edit]) -> None:
    """Print summary and reasons of each edit, where they are the same for several edits once."""
    alike: dict[tuple[str, tuple[str, ...]], list[int]] = {}
    for number, edit in enumerate(edits, 1):
        alike.setdefault((_summary(edit), edit.reasons), []).append(number)
    page.heading("Why, and what the wiki will show")
    for (summary, reasons), numbers in alike.items():
        title = edits[numbers[0] - 1].title if len(numbers) == 1 else f"{len(numbers):,} pages"
        page.line(_text(f"{_ranges(numbers)}. {title}", "bold"))
        page.line(summary, indent=2)
        for reason in reasons:
            page.item(reason)


def _ranges(numbers: Sequence[int]) -> str:
    """Return ascending numbers as "1-3, 7"."""
    ranges: list[list[int]] = []
    for number in numbers:
        if ranges and ranges[-1][1] == number - 1:
            ranges[-1][1] = number
        else:
            ranges.append([number, number])
    return ", ".join(str(first) if first == last else f"{first}-{last}" for first, last in ranges)


def _facts(edit: Edit) -> str:
    base = "new page" if edit.creates else f"revision {edit.base_revid}"
    old, growth = uses.old_bytes(edit), uses.growth(edit)
    return f"{edit.task}, {base}, {old:,} → {old + growth:,} ({growth:+,}) bytes"


def _summary(edit: Edit) -> str:
    marks = ["minor"] * edit.minor + ["without the bot mark"] * (not edit.bot) + [f"tagged {tag}" for tag in edit.tags]
    return f'Summary: "{edit.summary}"' + (f" ({', '.join(marks)})" if marks else "")


def _limits(made: Plan) -> Table:
    """Return what each task and all together use of their limits; what is beyond one says so."""
    tasks = tuple(dict.fromkeys(("", *(edit.task for edit in made.edits))))
    used = {task: uses.of([edit for edit in made.edits if task in ("", edit.task)]) for task in tasks}
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style="underline")
    for heading in ("", *(task or "All" for task in tasks)):
        table.add_column(_text(heading), overflow="fold")
    for name, heading in _LIMITS.items():
        table.add_row(_text(heading), *(_used(name, used[task][name], made.limits.get(task)) for task in tasks))
    return table


def _used(name: str, number: float, limits: Limits | None) -> Text:
    form = "{:.0%}" if name == "share_removed" else "{:,}"
    if limits is None:
        return _text(f"{form.format(number)}, no limit set", _BAD)
    limit = getattr(limits, name)
    used = f"{form.format(number)} of {form.format(limit)}"
    return _text(f"{used}, beyond it", _BAD) if number > limit else _text(used)


def _diff(found: diffs.Diff, edits: Sequence[Edit], *, colour: bool) -> Iterable[str]:
    """Yield the pages of a diff, those of one summary above it, and its hunks."""
    alike: dict[str, list[Edit]] = {}
    for edit in edits:
        alike.setdefault(_summary(edit), []).append(edit)
    for summary, pages in alike.items():
        for one in pages:
            head = escape.terminal(f"{'New page' if found.creates else 'Page'}: {one.title}")
            yield _paint(head, Style(bold=True)) if colour else head
        yield escape.terminal(summary)
    for line in found.lines:
        yield _painted(line) if colour else line[0] + escape.terminal(line[1:])


def _joined(lines: Iterable[str]) -> str:
    return "".join(f"{line}\n" for line in lines)


def _painted(line: str) -> str:
    """Return a line of a diff in colour, with the white space at its end in reverse where it is added or removed."""
    style, body = _DIFF[line[0]], line[1:]
    text = body.rstrip() if line[0] in "+-" else body
    end = escape.terminal(body[len(text) :])
    return _paint(line[0] + escape.terminal(text), style) + (_paint(end, style + _TRAILING) if end else "")


def _paint(text: str, style: Style) -> str:
    return style.render(text, color_system=ColorSystem.STANDARD)
