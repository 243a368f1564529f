"""How the edits of a plan ended: for the person who runs it, or as JSON; changes nothing."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence

from rich.table import Table
from rich.text import Text

from bot import escape
from bot.paper import Page
from bot.plan.edits import Plan
from bot.plan.outcomes import Again, End, Outcome
from bot.render import plans, words

OUTCOMES = "eventsafety/outcomes@1"
_GOOD, _DOUBTFUL, _BAD = "green", "bold yellow", "bold red"


def outcome(number: int, total: int, ended: Outcome, width: int, *, colour: bool) -> str:
    """Return how one edit ended, with the sentence about it below where "saved" does not say it all."""
    page = Page(width, colour=colour)
    revision = f" (revision {ended.revid})" if ended.revid else ""
    page.line(f"{number:,} of {total:,}  ", _text(ended.end.value, _style(ended)), f"  {ended.title}{revision}")
    if ended.end not in (End.SAVED, End.SAVED_BEFORE):
        page.line(_sentence(ended), indent=4)
    return str(page)


def summary(
    made: Plan, ended: Sequence[Outcome], width: int, *, colour: bool, file: str | None = None, asked: bool = False
) -> str:
    """Return the summary of a run: how many edits ended how, what was not tried, what may be tried again and how.

    ``asked``: it ended because the person who runs it said so.
    """
    page = Page(width, colour=colour)
    done, total = sum(one.meaning.done for one in ended), len(made.edits)
    untried = made.edits[len(ended) :]
    merged = [one for one in ended if one.end is End.MERGED]
    page.line(_text(_headline(made, done), _DOUBTFUL if merged or done < total else _GOOD))
    if ended and untried:
        page.line(f'The run ended at "{ended[-1].title}". {_sentence(ended[-1])}')
    page.table(_counts(ended, len(untried)))
    _ends(page, "Look at these pages", merged)
    open_ones = [one for one in ended if not one.meaning.done]
    _ends(page, "Needs a new plan", [one for one in open_ones if one.meaning.again is Again.NEVER])
    later = [one for one in open_ones if one.meaning.again is not Again.NEVER]
    _ends(page, "May be tried again with the same plan", later)
    page.sentences("Not tried", [edit.title for edit in untried])
    if not later and not untried:
        return str(page)
    no_cause = {End.DECLINED, *({End.STOPPED} if asked else ())}
    caused = any(one.end not in no_cause for one in later)
    page.heading(f"To go on with the same plan{', once the cause is gone' if caused else ''}")
    return f"{page}{plans.apply_command(made, file)}\n"


def as_json(made: Plan, ended: Sequence[Outcome]) -> str:
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


def _style(ended: Outcome) -> str:
    if ended.meaning.done:
        return _DOUBTFUL if ended.end is End.MERGED else _GOOD
    return _DOUBTFUL if ended.meaning.goes_on else _BAD


def _sentence(ended: Outcome) -> str:
    return ended.text if not ended.code or ended.code in ended.text else f"{ended.text} ({ended.code})"


def _headline(made: Plan, done: int) -> str:
    total = len(made.edits)
    if not total:
        return plans.nothing(made)
    if total == 1:
        return "The edit is done." if done else "The edit is not done."
    if done == total:
        return f"All {total:,} edits are done."
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
    page.sentences(title, [f"{one.title}: {_sentence(one)}" for one in ended])


def _text(text: str, style: str = "") -> Text:
    return Text(escape.terminal(text), style)
