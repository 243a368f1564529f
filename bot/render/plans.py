"""Plans, and how each edit of them ended: for the person who approves them, or as JSON; changes nothing.

All text of a page, a title or a summary goes through ``bot.escape``; Rich gets Text objects only, as in
``render.terminal``. A diff is not laid out: its lines stay whole.
"""

from __future__ import annotations

import json
import shlex
from collections import Counter
from collections.abc import Iterable, Sequence
from types import MappingProxyType

from rich.color import ColorSystem
from rich.style import Style
from rich.table import Table
from rich.text import Text

from bot import escape
from bot.config import Limits
from bot.plan import diffs, uses
from bot.plan.edits import Edit, Input, Plan
from bot.plan.outcomes import Again, End, Outcome
from bot.render import words
from bot.render.terminal import Page

NOTHING = "Nothing is to be written: the wiki is as it should be."
OUTCOMES = "eventsafety/outcomes@1"
_DIFF = {"+": Style.parse("green"), "-": Style.parse("red"), "@": Style.parse("cyan"), " ": Style()}
_TRAILING = Style.parse("reverse")
_GOOD, _DOUBTFUL, _BAD = "green", "bold yellow", "bold red"

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
        page.line(NOTHING)
        _sentences(page, "Seen and left alone", made.notes)
        return str(page)
    page.line(_text(f"{words.count(len(made.edits), 'edit', 'edits')} to {made.site} as {made.user}", "bold"))
    page.line(f"{made.server}, read {words.moment(made.read_at)}")
    _sentences(page, "Made from", [_input(one) for one in made.inputs])
    page.heading("Edits")
    page.table(_edits(made.edits))
    _reasons(page, made.edits)
    page.heading("Limits")
    page.table(_limits(made))
    _sentences(page, "Seen and left alone", made.notes)
    page.heading("To apply exactly this")
    if file is None:
        page.line("The plan was not stored; -o FILE stores it.")
    return f"{page}{apply_command(made, file)}\n"


def apply_command(made: Plan, file: str | None) -> str:
    """Return the command that applies exactly this plan, on one line, for a shell."""
    name = "FILE" if file is None else shlex.quote(file)
    return escape.terminal(f"eventsafety apply {name} --digest {made.digest}")


def diff(made: Plan, *, colour: bool) -> str:
    """Return what the plan changes: equal diffs once, under all their titles; lines are never broken."""
    return "\n".join("".join(f"{line}\n" for line in _diff(one, colour=colour)) for one in diffs.grouped(made.edits))


def edit(one: Edit, *, colour: bool) -> str:
    """Return one edit for the person who is asked about it: where from, summary, reasons, and its diff."""
    facts = (
        f"Task {one.task}, {_base(one)}, {_size(one)} bytes",
        f'Summary: "{one.summary}"{_marks(one)}',
        *(f"Reason: {reason}" for reason in one.reasons),
    )
    (found,) = diffs.grouped([one])
    (title, *lines) = _diff(found, colour=colour)
    return "".join(f"{line}\n" for line in (title, *map(escape.terminal, facts), *lines))


def outcome(number: int, total: int, ended: Outcome, width: int, *, colour: bool) -> str:
    """Return how one edit ended, with the sentence about it below where it was not plainly saved."""
    page = Page(width, colour=colour)
    revision = f" (revision {ended.revid})" if ended.revid else ""
    page.line(f"{number:,} of {total:,}  ", _text(ended.end.value, _style(ended)), f"  {ended.title}{revision}")
    if ended.end is not End.SAVED:
        page.line(_sentence(ended), indent=4)
    return str(page)


def outcomes(made: Plan, ended: Sequence[Outcome], width: int, *, colour: bool, file: str | None = None) -> str:
    """Return the summary of a run: how many edits ended how, what was not tried, what may be tried again and how."""
    page = Page(width, colour=colour)
    done, total = sum(one.meaning.done for one in ended), len(made.edits)
    untried = made.edits[len(ended) :]
    merged = [one for one in ended if one.end is End.MERGED]
    page.line(_text(_headline(done, total), _DOUBTFUL if merged or done < total else _GOOD))
    if ended and untried:
        page.line(f'The run ended after "{ended[-1].title}". {_sentence(ended[-1])}')
    page.table(_counts(ended, len(untried)))
    _ends(page, "Look at these pages", merged)
    open_ones = [one for one in ended if not one.meaning.done]
    _ends(page, "Needs a new plan", [one for one in open_ones if one.meaning.again is Again.NEVER])
    later = [one for one in open_ones if one.meaning.again is not Again.NEVER]
    _ends(page, "May be tried again with the same plan", later)
    _sentences(page, "Not tried", [edit.title for edit in untried])
    if not later and not untried:
        return str(page)
    page.heading("To go on with the same plan, once the cause is gone")
    return f"{page}{apply_command(made, file)}\n"


def outcomes_json(made: Plan, ended: Sequence[Outcome]) -> str:
    """Return ``eventsafety/outcomes@1``; "saved" counts the edits that this run saved."""
    document = {
        "schema": OUTCOMES,
        "plan": made.digest,
        "saved": sum(one.end in (End.SAVED, End.MERGED) for one in ended),
        "edits": [
            {
                "title": one.title,
                "end": one.end.value,
                "done": one.meaning.done,
                "again": one.meaning.again.value,
                "goes_on": one.meaning.goes_on,
                "revid": one.revid,
                "code": one.code,
                "filter_id": one.filter_id,
                "text": one.text,
            }
            for one in ended
        ],
        "not_tried": [edit.title for edit in made.edits[len(ended) :]],
    }
    return escape.json_text(json.dumps(document, ensure_ascii=False, indent=2)) + "\n"


def _text(text: str, style: str = "") -> Text:
    return Text(escape.terminal(text), style)


def _sentences(page: Page, title: str, sentences: Sequence[str]) -> None:
    if sentences:
        page.heading(title)
        for sentence in sentences:
            page.item(sentence)


def _input(one: Input) -> str:
    return f"{one.title} ({one.kind}{f', revision {one.revid}' if one.revid else ''})"


def _table(headings: Sequence[str], rows: Iterable[Sequence[Text]], right: Sequence[str] = ()) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style="underline")
    for heading in headings:
        table.add_column(_text(heading), overflow="fold", justify="right" if heading in right else "left")
    for row in rows:
        table.add_row(*row)
    return table


def _edits(edits: Sequence[Edit]) -> Table:
    rows = ((str(number), edit.title, edit.task, _base(edit), _size(edit)) for number, edit in enumerate(edits, 1))
    return _table(
        ("No.", "Page", "Task", "From", "Bytes"), (tuple(map(_text, row)) for row in rows), right=("No.", "Bytes")
    )


def _reasons(page: Page, edits: Sequence[Edit]) -> None:
    """Print summary and reasons of each edit, where they are the same for several edits once."""
    alike: dict[tuple[str, tuple[str, ...], str], list[int]] = {}
    for number, edit in enumerate(edits, 1):
        alike.setdefault((edit.summary, edit.reasons, _marks(edit)), []).append(number)
    page.heading("Why, and what the wiki will show")
    for (summary, reasons, marks), numbers in alike.items():
        title = edits[numbers[0] - 1].title if len(numbers) == 1 else f"{len(numbers):,} pages"
        page.line(_text(f"{_ranges(numbers)}. {title}", "bold"))
        page.line(f'Summary: "{summary}"{marks}', indent=2)
        for reason in reasons:
            page.item(reason)


def _marks(edit: Edit) -> str:
    marks = ["minor"] * edit.minor + ["without the bot mark"] * (not edit.bot) + [f"tagged {tag}" for tag in edit.tags]
    return f" ({', '.join(marks)})" if marks else ""


def _ranges(numbers: Sequence[int]) -> str:
    """Return ascending numbers as "1-3, 7"."""
    ranges: list[list[int]] = []
    for number in numbers:
        if ranges and ranges[-1][1] == number - 1:
            ranges[-1][1] = number
        else:
            ranges.append([number, number])
    return ", ".join(str(first) if first == last else f"{first}-{last}" for first, last in ranges)


def _base(edit: Edit) -> str:
    return "new page" if edit.creates else f"revision {edit.base_revid}"


def _size(edit: Edit) -> str:
    old, growth = uses.old_bytes(edit), uses.growth(edit)
    return f"{old:,} → {old + growth:,} ({growth:+,})"


def _limits(made: Plan) -> Table:
    """Return what each task and all together use of their limits; what is beyond one says so."""
    tasks = tuple(dict.fromkeys(("", *(edit.task for edit in made.edits))))
    used = {task: uses.of([edit for edit in made.edits if task in ("", edit.task)]) for task in tasks}
    rows = (
        (_text(words), *(_used(name, used[task][name], made.limits.get(task)) for task in tasks))
        for name, words in _LIMITS.items()
    )
    return _table(("", *(task or "All" for task in tasks)), rows)


def _used(name: str, number: float, limits: Limits | None) -> Text:
    form = "{:.0%}" if name == "share_removed" else "{:,}"
    if limits is None:
        return _text(f"{form.format(number)}, no limit set", _BAD)
    limit = getattr(limits, name)
    used = f"{form.format(number)} of {form.format(limit)}"
    return _text(f"{used}, beyond it", _BAD) if number > limit else _text(used)


def _diff(found: diffs.Diff, *, colour: bool) -> Iterable[str]:
    for title in found.titles:
        head = escape.terminal(f"{'New page' if found.creates else 'Page'}: {title}")
        yield _paint(head, Style(bold=True)) if colour else head
    for line in found.lines:
        yield _painted(line) if colour else line[0] + escape.terminal(line[1:])


def _painted(line: str) -> str:
    """Return a line of a diff in colour, with the white space at its end in reverse where it is added or removed."""
    style, body = _DIFF[line[0]], line[1:]
    text = body.rstrip() if line[0] in "+-" else body
    end = escape.terminal(body[len(text) :])
    return _paint(line[0] + escape.terminal(text), style) + (_paint(end, style + _TRAILING) if end else "")


def _paint(text: str, style: Style) -> str:
    return style.render(text, color_system=ColorSystem.STANDARD)


def _style(ended: Outcome) -> str:
    if ended.meaning.done:
        return _DOUBTFUL if ended.end is End.MERGED else _GOOD
    return _DOUBTFUL if ended.meaning.goes_on else _BAD


def _sentence(ended: Outcome) -> str:
    return ended.text if not ended.code or ended.code in ended.text else f"{ended.text} ({ended.code})"


def _headline(done: int, total: int) -> str:
    if not total:
        return NOTHING
    if done == total:
        return "The edit is done." if total == 1 else f"All {total:,} edits are done."
    return f"{done:,} of {words.count(total, 'edit', 'edits')} {'is' if done == 1 else 'are'} done."


def _counts(ended: Sequence[Outcome], untried: int) -> Table:
    counts = Counter(one.end for one in ended)
    styles = {one.end: _style(one) for one in ended}
    rows = [(_text(f"{counts[end]:,}"), _text(end.value, styles[end])) for end in End if counts[end]]
    if untried:
        rows.append((_text(f"{untried:,}"), _text("not tried")))
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(justify="right", no_wrap=True)
    for row in rows:
        table.add_row(*row)
    return table


def _ends(page: Page, title: str, ended: Sequence[Outcome]) -> None:
    _sentences(page, title, [f"{one.title}: {_sentence(one)}" for one in ended])
