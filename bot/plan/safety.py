"""Whether a plan keeps within its limits, asked before anything is saved; knows the plan alone, no wiki."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence

from bot.config import Limits
from bot.parse import markup
from bot.plan import uses
from bot.plan.edits import Edit, Plan, as_saved

# Which titles a task may write, by its name.
Titles = Mapping[str, Callable[[str], bool]]

# What the wiki would turn into something else while saving: signatures, substitutions, links completed by the wiki.
_EXPANDED = re.compile(r"~~~|\{\{\s*(?:safe)?subst\s*:|\[\[(?:[^\[\]|\n]*\|\]\]|\|[^\[\]|\n]+\]\])", re.IGNORECASE)


_COUNTED = {
    "edits": "make {} edits",
    "pages": "write {} pages",
    "talk_pages": "write {} talk pages",
    "new_pages": "make {} new pages",
    "bytes_removed": "remove {} bytes",
}


def refusals(plan: Plan, limits: Mapping[str, Limits], titles: Titles) -> tuple[str, ...]:
    """Return why the plan as a whole is refused, a sentence for each limit with its number; empty: it may be applied.

    ``limits`` has those of the run under "" and those of each task under its name.
    """
    tasks = dict.fromkeys(edit.task for edit in plan.edits)
    return (
        *_over(plan.edits, limits[""], "The plan", "limits"),
        *(why for task in tasks for why in _task(task, plan.edits, limits, titles)),
        *_twice(plan.edits),
        *(why for edit in plan.edits for why in _text(edit)),
    )


def _task(task: str, edits: Sequence[Edit], limits: Mapping[str, Limits], titles: Titles) -> Iterable[str]:
    own = [edit for edit in edits if edit.task == task]
    if task not in limits or task not in titles:
        yield f'There is no task "{task}", so nothing can be written for it.'
        return
    yield from _over(own, limits[task], f'The task "{task}"', f"task_limits.{task}")
    for edit in own:
        if not titles[task](edit.title):
            yield f'The task "{task}" may not write the page "{edit.title}".'
        share, limit = uses.share_removed(edit), limits[task].share_removed
        if share > limit:
            yield f'"{edit.title}" would lose {share:.0%} of its text; the limit is {limit:.0%}.'


def _over(edits: Sequence[Edit], limits: Limits, who: str, table: str) -> Iterable[str]:
    used = uses.of(edits)
    for name, what in _COUNTED.items():
        number, limit = used[name], getattr(limits, name)
        if number > limit:
            yield f"{who} would {what.format(f'{number:,}')}; the limit is {limit:,} ({table}.{name})."


def _twice(edits: Sequence[Edit]) -> Iterable[str]:
    titles = [edit.title for edit in edits]
    for title in dict.fromkeys(title for title in titles if titles.count(title) > 1):
        yield f'"{title}" would be edited more than once; the second edit could not have the base that it was made for.'


def _text(edit: Edit) -> Iterable[str]:
    if edit.text != as_saved(edit.text):
        yield f'The wiki would not keep the text for "{edit.title}" as it is.'
    if not edit.text and not edit.creates:
        yield f'"{edit.title}" would be left without any text.'
    if edit.text == edit.old_text:
        yield f'The edit of "{edit.title}" changes nothing.'
    if len(_EXPANDED.findall(markup.mask(edit.text))) > len(_EXPANDED.findall(markup.mask(edit.old_text))):
        yield f'The text for "{edit.title}" holds a signature or a substitution, which the wiki would expand.'
    if re.search(r"\[\[|\]\]|[\x00-\x1f]", edit.summary) or len(edit.summary) > 400:
        yield f'The summary for "{edit.title}" holds a link or a line break, or is too long.'
