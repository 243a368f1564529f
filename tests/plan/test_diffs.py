import random
import re
from collections.abc import Callable
from difflib import unified_diff

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.plan import diffs
from bot.plan.edits import Edit

HUNK = re.compile(r"@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@")
MANY = 50_000
few_lines = st.lists(st.sampled_from("abcd "), max_size=30).map("\n".join)
any_text = st.text(st.characters(codec="utf-8"), max_size=60)
edited = st.tuples(
    st.lists(st.integers(0, 200), max_size=120), st.lists(st.tuples(st.integers(0, 120), st.integers(0, 300)))
)


def edit(title: str, old: str, new: str, *, base: int = 7) -> Edit:
    return Edit(title, 0, "notices", base, old, new, "Summary")


def patched(old: str, hunks: tuple[str, ...]) -> str:
    """Apply a unified diff as the manual of GNU diff describes it, with nothing of ``bot.plan.diffs``."""
    before, after, at = old.split("\n") if old else [], [], 0
    wanted: list[int] = [0, 0]
    for line in hunks:
        if found := HUNK.fullmatch(line) if wanted == [0, 0] else None:
            start, length, new_start, new_length = (int(part or 1) for part in found.groups())
            wanted = [length, new_length]
            until = start - 1 if length else start
            assert until >= at
            after += before[at:until]
            at = until
            assert len(after) == (new_start - 1 if new_length else new_start)
            continue
        mark, text = line[0], line[1:]
        assert mark in "+- "
        if mark != "+":
            assert before[at] == text
            at, wanted[0] = at + 1, wanted[0] - 1
        if mark != "-":
            after.append(text)
            wanted[1] -= 1
    assert wanted == [0, 0]
    return "\n".join(after + before[at:])


def changed_lines(hunks: tuple[str, ...]) -> int:
    return sum(line[0] in "+-" for line in hunks)


@pytest.mark.parametrize(
    ("old", "new", "hunks"),
    [
        pytest.param("a", "a", (), id="nothing changed"),
        pytest.param("", "", (), id="nothing there"),
        pytest.param("", "a\nb", ("@@ -0,0 +1,2 @@", "+a", "+b"), id="from nothing"),
        pytest.param("a", "", ("@@ -1 +0,0 @@", "-a"), id="to nothing"),
        pytest.param("a", "\n", ("@@ -1 +1,2 @@", "-a", "+", "+"), id="empty lines are lines"),
        pytest.param("a\nb", "a\nc", ("@@ -1,2 +1,2 @@", " a", "-b", "+c"), id="removed stands before added"),
        pytest.param(
            "1\n2\n3\n4\n5\n6\n7\n8\n9",
            "1\n2\n3\n4\nx\n6\n7\n8\n9",
            ("@@ -2,7 +2,7 @@", " 2", " 3", " 4", "-5", "+x", " 6", " 7", " 8"),
            id="three lines of context",
        ),
        pytest.param(
            "a\n1\n2\n3\n4\n5\n6\n7\nb",
            "c\n1\n2\n3\n4\n5\n6\n7\nd",
            ("@@ -1,4 +1,4 @@", "-a", "+c", " 1", " 2", " 3", "@@ -6,4 +6,4 @@", " 5", " 6", " 7", "-b", "+d"),
            id="two hunks when seven lines lie between",
        ),
        pytest.param(
            "a\r\x0b\x85\u2028b", "b", ("@@ -1 +1 @@", "-a\r\x0b\x85\u2028b", "+b"), id="only a line feed ends a line"
        ),
        pytest.param("-- x", "++ x", ("@@ -1 +1 @@", "--- x", "+++ x"), id="lines that look like file names"),
    ],
)
def test_hunks(old: str, new: str, hunks: tuple[str, ...]) -> None:
    assert diffs.unified(old, new) == hunks


@given(st.one_of(few_lines, any_text), st.one_of(few_lines, any_text))
def test_the_diff_applied_to_the_old_text_gives_the_new(old: str, new: str) -> None:
    assert patched(old, diffs.unified(old, new)) == new


@pytest.mark.parametrize("depth", [0, 1, 8])
@given(old=few_lines, new=few_lines)
def test_it_does_so_too_where_lines_are_anchored_or_given_up(depth: int, old: str, new: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(diffs, "_SMALL", 0)
        patch.setattr(diffs, "_DEPTH", depth)
        assert patched(old, diffs.unified(old, new)) == new


@given(edited)
def test_a_text_with_many_edits_is_patched_too(given_lines: tuple[list[int], list[tuple[int, int]]]) -> None:
    numbers, changes = given_lines
    after = list(numbers)
    for place, value in changes:
        after[place : place + value % 3] = [value]
    old, new = "\n".join(map(str, numbers)), "\n".join(map(str, after))
    assert patched(old, diffs.unified(old, new)) == new


@given(st.integers(0, 30), st.integers(0, 30), st.integers(0, 5), st.integers(0, 5))
def test_where_one_passage_changes_the_diff_is_that_of_difflib(length: int, at: int, removed: int, added: int) -> None:
    before = [f"line {number}" for number in range(length)]
    after = [*before[:at], *(f"new {number}" for number in range(added)), *before[at + removed :]]
    theirs = tuple(unified_diff(before, after, lineterm=""))[2:]
    assert diffs.unified("\n".join(before), "\n".join(after)) == theirs


def every_other(lines: list[str]) -> list[str]:
    return [line if number % 2 else f"new {number}" for number, line in enumerate(lines)]


def letters(seed: int, kinds: int) -> list[str]:
    chance = random.Random(seed)
    return [str(chance.randrange(kinds)) for _ in range(MANY)]


LINES = [f"line {number}" for number in range(MANY)]


@pytest.mark.parametrize(
    ("make", "at_most"),
    [
        pytest.param(lambda: (LINES, [*LINES[:25_000], "x", *LINES[25_001:]]), 2, id="one line"),
        pytest.param(lambda: (LINES, ["x", *LINES[1:-1], "y"]), 4, id="first and last"),
        pytest.param(lambda: (LINES, every_other(LINES)), MANY, id="every other line"),
        pytest.param(lambda: (LINES, LINES[::-1]), 2 * MANY - 2, id="reversed"),
        pytest.param(lambda: (LINES, ["x"] * MANY), 2 * MANY, id="all"),
        pytest.param(lambda: (letters(1, 2), letters(2, 2)), 2 * MANY, id="two kinds of lines"),
        pytest.param(lambda: (letters(1, 300), letters(2, 300)), 2 * MANY, id="three hundred kinds of lines"),
        pytest.param(lambda: (["a", "b", "b"] * (MANY // 3), ["b", "a", "c"] * (MANY // 3)), 2 * MANY, id="periods"),
        pytest.param(
            lambda: (
                [line for k in range(500) for line in [f"u{k}", *["a", "b", "b"] * 32]],
                [line for k in range(500) for line in [f"u{k}", *["b", "a", "c"] * 32]],
            ),
            2 * MANY,
            id="periods between lines that occur once",
        ),
        pytest.param(lambda: (["x" * 2_000_000], ["x" * 1_999_999]), 2, id="a line of two megabytes"),
    ],
)
def test_bad_cases_end(make: Callable[[], tuple[list[str], list[str]]], at_most: int) -> None:
    before, after = make()
    old, new = "\n".join(before), "\n".join(after)
    found = diffs.unified(old, new)  # difflib alone takes minutes
    assert changed_lines(found) <= at_most
    assert patched(old, found) == new


def test_a_moved_table_row_is_one_line_out_and_one_in() -> None:
    rows = [line for number in range(2_000) for line in ("|-", f"| row {number}")]
    moved = [*rows[:101], *rows[103:3001], *rows[101:103], *rows[3001:]]
    assert changed_lines(diffs.unified("\n".join(rows), "\n".join(moved))) == 4


def test_lines_that_repeat_do_not_pull_rows_apart() -> None:
    rows = [line for number in range(1_000) for line in ("|-", f"| row {number}")]
    later = ["|-", "| new", *rows[:-2]]
    assert changed_lines(diffs.unified("\n".join(rows), "\n".join(later))) == 4


def test_where_every_line_repeats_the_equal_ones_are_still_found() -> None:
    block = [f"* {number % 40}" for number in range(400)]
    with_gaps = [line for number, line in enumerate(block) if number % 97]
    assert changed_lines(diffs.unified("\n".join(["a", *block, "b"]), "\n".join(["c", *with_gaps, "d"]))) < 400


def test_equal_diffs_are_one_with_all_titles_in_order_of_first_occurrence() -> None:
    edits = [edit("B", "a", "b"), edit("C", "x", "y"), edit("A", "a", "b")]
    found = diffs.grouped(edits)
    assert [(one.titles, one.creates) for one in found] == [(("B", "A"), False), (("C",), False)]
    assert found[0].lines == ("@@ -1 +1 @@", "-a", "+b")


def test_a_new_page_is_apart_from_one_that_was_empty() -> None:
    found = diffs.grouped([edit("New", "what an edit of nothing must not say", "b", base=0), edit("Empty", "", "b")])
    assert [(one.titles, one.creates, one.lines) for one in found] == [
        (("New",), True, ("@@ -0,0 +1 @@", "+b")),
        (("Empty",), False, ("@@ -0,0 +1 @@", "+b")),
    ]


def test_the_same_change_at_another_line_is_another_diff() -> None:
    assert len(diffs.grouped([edit("A", "a", "b"), edit("B", "x\na", "x\nb")])) == 2


def test_no_edits_no_diffs() -> None:
    assert diffs.grouped([]) == ()


@given(st.lists(st.tuples(few_lines, few_lines, st.booleans()), max_size=6))
def test_every_edit_is_in_one_group_and_its_diff_gives_its_text(texts: list[tuple[str, str, bool]]) -> None:
    edits = {
        str(n): edit(str(n), "" if new_page else old, new, base=0 if new_page else 7)
        for n, (old, new, new_page) in enumerate(texts)
    }
    found = diffs.grouped(list(edits.values()))
    assert sorted(title for one in found for title in one.titles) == sorted(edits)
    assert len({(one.creates, one.lines) for one in found}) == len(found)
    for one in found:
        assert list(one.titles) == sorted(one.titles, key=int)
        for title in one.titles:
            assert edits[title].creates == one.creates
            assert patched(edits[title].old_text, one.lines) == edits[title].text
