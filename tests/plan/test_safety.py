"""The limits of a plan: at the limit it may go, one over it is refused, with the number in the sentence."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.config import Limits
from bot.plan.edits import Edit, as_saved
from bot.plan.safety import refusals
from tests.plan.invented import edit, edits, plan

WIDE = Limits(edits=1000, pages=1000, talk_pages=1000, new_pages=1000, bytes_removed=100_000, share_removed=1.0)


def anywhere(_title: str) -> bool:
    return True


def refused(
    made: Sequence[Edit],
    of_plan: Limits = WIDE,
    of_task: Limits = WIDE,
    titles: Callable[[str], bool] = anywhere,
) -> tuple[str, ...]:
    """Return why a plan of these edits of the task "review" is refused."""
    return refusals(plan(*made), {"": of_plan, "review": of_task}, {"review": titles})


def several(number: int, **other: Any) -> list[Edit]:
    return [edit(title=f"User:TestBot/{n}", **other) for n in range(number)]


def removing(number: int, size: int) -> list[Edit]:
    """Return edits that take ``size`` bytes away each."""
    return several(number, old_text="x" + "¡" * (size // 2) + "." * (size % 2), text="x\n" + "more " * size + "z")


COUNTED = [
    pytest.param("edits", 3, several(3), "make 3 edits", id="edits"),
    pytest.param("pages", 3, several(3), "write 3 pages", id="pages"),
    pytest.param("talk_pages", 2, several(2, namespace=3), "write 2 talk pages", id="talk pages"),
    pytest.param("talk_pages", 1, [edit(namespace=1729)], "write 1 talk pages", id="a talk page of events"),
    pytest.param("new_pages", 2, several(2, base_revid=0, old_text=""), "make 2 new pages", id="new pages"),
    pytest.param("bytes_removed", 14, removing(2, 7), "remove 14 bytes", id="bytes, not characters, in all"),
    pytest.param("bytes_removed", 1500, removing(1, 1500), "remove 1,500 bytes", id="many bytes"),
]


@pytest.mark.parametrize(("limit", "number", "made", "says"), COUNTED)
def test_a_limit_holds_for_the_plan_and_for_the_task(limit: str, number: int, made: list[Edit], says: str) -> None:
    at: dict[str, Any] = {limit: number}
    below: dict[str, Any] = {limit: number - 1}
    wide = {name: getattr(WIDE, name) for name in WIDE.__struct_fields__}
    assert refused(made, Limits(**wide | at), Limits(**wide | at)) == ()
    sentence = f"would {says}; the limit is {number - 1:,}"
    assert refused(made, of_plan=Limits(**wide | below)) == (f"The plan {sentence} (limits.{limit}).",)
    assert refused(made, of_task=Limits(**wide | below)) == (
        f'The task "review" {sentence} (task_limits.review.{limit}).',
    )


def test_every_limit_is_tested() -> None:
    assert {str(row.values[0]) for row in COUNTED} | {"share_removed"} == set(Limits.__struct_fields__)


def test_what_is_even_is_no_talk_page_and_what_is_edited_is_not_new() -> None:
    wide = {name: getattr(WIDE, name) for name in WIDE.__struct_fields__}
    none = Limits(**wide | {"talk_pages": 0, "new_pages": 0})
    assert refused([edit(namespace=2), edit(title="X", namespace=0), edit(title="Y", namespace=1728)], none, none) == ()


def test_what_one_page_gains_another_does_not_lose() -> None:
    made = [*removing(1, 10), edit(title="X", old_text="a", text="a" + " b" * 1000)]
    nine = Limits(edits=1000, new_pages=1000, bytes_removed=9)
    assert refused(made, of_plan=nine) == ("The plan would remove 10 bytes; the limit is 9 (limits.bytes_removed).",)


@pytest.mark.parametrize(
    ("text", "share", "says"),
    [
        pytest.param("." * 50, 0.5, None, id="half of it, and half is allowed"),
        pytest.param("." * 49, 0.5, "51% of its text; the limit is 50%", id="more than half"),
        pytest.param("!" + "." * 99, 0.0, None, id="moved, and nothing is allowed"),
        pytest.param("." * 99, 0.0, "1% of its text; the limit is 0%", id="one byte, and nothing is allowed"),
        pytest.param("." * 99 + "?" * 50, 0.0, "1% of its text; the limit is 0%", id="one byte, with others for it"),
        pytest.param("another text " * 20, 0.5, "100% of its text; the limit is 50%", id="replaced as a whole"),
        pytest.param(".", 1.0, None, id="nearly all, and all is allowed"),
        pytest.param("." * 150 + "!", 0.0, None, id="it grows"),
    ],
)
def test_the_share_of_a_page_that_goes(text: str, share: float, says: str | None) -> None:
    made = [edit(title="User:TestBot/Z", old_text="." * 99 + "!", text=text.strip())]
    found = refused(made, of_task=Limits(share_removed=share))
    assert found == ((f'"User:TestBot/Z" would lose {says}.',) if says else ())


def test_the_share_is_of_each_page() -> None:
    made = [edit(title="A", old_text="." * 1000, text="." * 999), edit(title="B", old_text="." * 10, text=".")]
    assert refused(made, of_task=Limits()) == ('"B" would lose 90% of its text; the limit is 50%.',)


def test_the_limits_of_one_task_are_not_those_of_another() -> None:
    made = plan(*several(3), edit(title="Template:X", task="templates", namespace=10))
    limits = {"": WIDE, "review": WIDE, "templates": Limits(edits=0, pages=0)}
    found = refusals(made, limits, {"review": anywhere, "templates": anywhere})
    assert found == (
        'The task "templates" would make 1 edits; the limit is 0 (task_limits.templates.edits).',
        'The task "templates" would write 1 pages; the limit is 0 (task_limits.templates.pages).',
    )


def test_a_task_that_there_is_not_may_write_nothing() -> None:
    unknown = ('There is no task "review", so nothing can be written for it.',)
    assert refusals(plan(edit()), {"": WIDE}, {"review": anywhere}) == unknown
    assert refusals(plan(edit()), {"": WIDE, "review": WIDE}, {}) == unknown


def test_a_task_writes_its_own_pages_alone() -> None:
    made = [edit(title="User:TestBot/Event review/X"), edit(title="Main Page")]
    found = refused(made, titles=lambda title: title.startswith("User:TestBot/"))
    assert found == ('The task "review" may not write the page "Main Page".',)


def test_a_page_is_edited_once() -> None:
    made = [edit(), edit(text="c"), edit(text="d"), edit(title="X")]
    (found,) = refused(made)
    assert found.startswith(f'"{edit().title}" would be edited more than once')


KEPT = 'The wiki would not keep the text for "X" as it is.'
EXPANDED = 'The text for "X" holds a signature or a substitution, which the wiki would expand.'
SUMMARY = 'The summary for "X" holds a link or a line break, or is too long.'
TEXTS = [
    pytest.param({"text": "a \n"}, KEPT, id="blanks at the end"),
    pytest.param({"text": "a\r\nb"}, KEPT, id="line ends of another system"),
    pytest.param({"text": "e\u0301"}, KEPT, id="not composed"),
    pytest.param({"text": "a\0b"}, KEPT, id="a control character"),
    pytest.param({"text": ""}, '"X" would be left without any text.', id="nothing left"),
    pytest.param({"text": "b"}, 'The edit of "X" changes nothing.', id="no change"),
    pytest.param({"text": "~~~"}, EXPANDED, id="a name"),
    pytest.param({"text": "-- ~~~~"}, EXPANDED, id="a signature"),
    pytest.param({"text": "~~~~~"}, EXPANDED, id="a time"),
    pytest.param({"text": "{{subst:X}}"}, EXPANDED, id="a substitution"),
    pytest.param({"text": "{{ Subst :X}}"}, EXPANDED, id="one with blanks and a capital"),
    pytest.param({"text": "{{\nSAFESUBST:X}}"}, EXPANDED, id="a safe one"),
    pytest.param({"text": "[[Ada (person)|]]"}, EXPANDED, id="the pipe trick"),
    pytest.param({"text": "[[|Ada]]"}, EXPANDED, id="the pipe trick backwards"),
    pytest.param({"old_text": "~~~", "text": "~~~ ~~~"}, EXPANDED, id="one more than there was"),
    pytest.param({"summary": "see [[User:Ada]]"}, SUMMARY, id="a link, which would ping"),
    pytest.param({"summary": "see ]]"}, SUMMARY, id="the end of a link"),
    pytest.param({"summary": "a\nb"}, SUMMARY, id="two lines"),
    pytest.param({"summary": "a\x1bb"}, SUMMARY, id="a control character in the summary"),
    pytest.param({"summary": "a" * 401}, SUMMARY, id="401 characters"),
]


@pytest.mark.parametrize(("other", "why"), TEXTS)
def test_a_text_that_is_refused(other: dict[str, Any], why: str) -> None:
    assert why in refused([edit(title="X", **other)])


@pytest.mark.parametrize(
    "other",
    [
        pytest.param({}, id="the usual edit"),
        pytest.param({"text": "~~ {{substance|X}} [[A|b]] [[A#b|c]] {{subst|X}}"}, id="what only looks like it"),
        pytest.param({"text": "[[Ada]]|]] [ [|a]]"}, id="pipes elsewhere"),
        pytest.param({"old_text": "<nowiki>~~~~</nowiki>", "text": "<nowiki>~~~~</nowiki>\nb"}, id="it was there"),
        pytest.param({"summary": "é" * 400}, id="400 characters"),
        pytest.param({"summary": ""}, id="no summary"),
        pytest.param({"base_revid": 0, "old_text": ""}, id="a new page"),
    ],
)
def test_a_text_that_is_left_alone(other: dict[str, Any]) -> None:
    assert refused([edit(title="X", **other)]) == ()


def test_an_empty_new_page_changes_nothing() -> None:
    assert refused([edit(title="X", base_revid=0, old_text="", text="")]) == ('The edit of "X" changes nothing.',)


def test_everything_is_said_at_once() -> None:
    made = [edit(title="X", text="", summary="[[X]]"), edit(title="X", namespace=3, task="other")]
    found = refused(made, of_plan=Limits(edits=0, pages=0, talk_pages=0))
    assert len(found) == 7
    assert all(one.endswith(".") for one in found)


def test_a_plan_without_edits_is_fine() -> None:
    empty = replace(plan(), edits=())
    nothing = Limits(edits=0, pages=0, new_pages=0, bytes_removed=0, share_removed=0.0)
    assert refusals(empty, {"": nothing}, {}) == ()


@given(st.lists(edits, max_size=5), st.integers(0, 5), st.integers(0, 5), st.integers(0, 40))
def test_what_is_let_through_keeps_within_every_limit(made: list[Edit], number: int, new: int, removed: int) -> None:
    limits = Limits(edits=number, pages=number, talk_pages=number, new_pages=new, bytes_removed=removed)
    tasks = {one.task for one in made}
    found = refusals(
        replace(plan(), edits=tuple(made)), {**dict.fromkeys(tasks, WIDE), "": limits}, dict.fromkeys(tasks, anywhere)
    )
    within = len(made) <= number and sum(one.creates for one in made) <= new
    if not found:
        assert within
        assert len({one.title for one in made}) == len(made)
        assert all(one.text == as_saved(one.text) != one.old_text for one in made)
        assert sum(max(0, len(one.old_text.encode()) - len(one.text.encode())) for one in made) <= removed
    if not within:
        assert any(one.startswith("The plan would") for one in found)
