"""No cell makes a regular expression run for ever: counted, not timed, and for each that is used on cells."""

from __future__ import annotations

import re

import pytest

from bot.parse.sites import META
from bot.private import cell_names, cells, dates, tables
from tests.private.regex_steps import TooManyStepsError, steps

MODULES = (cell_names, cells, dates, tables)
# Twice as long may take four times as many steps, and a few more: so much, and no power beyond.
_GROWTH = 5
REPEATED = {
    "one word of a tool": ("a (", "disc", ""),
    "words of a tool": ("a (", "block log ", ""),
    "a tool with marks": ("a (", "talk · ", "x"),
    "brackets": ("a", "(", ""),
    "brackets and blanks": ("a", "( ", ""),
    "square brackets": ("", "[[a", ""),
    "a link to nowhere": ("", "[//x ", ""),
    "blanks": ("a", " ", "b"),
    "lines": ("a", "\n", "b"),
    "commas": ("a", ", ", "b"),
    "commas without blanks": ("a", ",", "b"),
    "known as": ("a", " aka ", "b"),
    "a template of blanks": ("{{a|", " ", ""),
    "a template of letters": ("{{a|", "1 = ", "x"),
    "bars": ("{{", "|", ""),
    "letters": ("", "a", ""),
    "letters and full stops": ("", "a.", "@"),
    "at signs": ("", "a@", "b"),
    "at in words": ("", "at at ", ""),
    "dots in words": ("", "a dot ", ""),
    "digits": ("", "1", ""),
    "groups of digits": ("1", ",234", "x"),
    "digits and blanks": ("", "1 ", "x"),
    "days": ("", "1 may 1", ""),
    "a day and blanks": ("1 may", " ", "x"),
    "years": ("", "2024 ", ""),
    "quotation marks": ("", '"a', ""),
    "hashes": ("", "#", "x"),
    "a formula": ("=", "(", "\n"),
    "pronouns": ("a ", "(she ", ""),
    "titles": ("", "dr ", ""),
}


def patterns() -> dict[str, re.Pattern[str]]:
    named = {
        f"{module.__name__.rpartition('.')[2]}.{name}": value
        for module in MODULES
        for name, value in vars(module).items()
        if isinstance(value, re.Pattern)
    }
    forms = {f"dates form {at}": form for at, (form, _) in enumerate(dates._forms())}
    doubts = {f"tables doubt {at}": doubt for at, (doubt, _) in enumerate(tables._DOUBTS)}
    return named | forms | doubts


@pytest.mark.parametrize("repeated", [pytest.param(parts, id=name) for name, parts in REPEATED.items()])
def test_no_pattern_takes_more_than_the_square_of_the_steps(repeated: tuple[str, str, str]) -> None:
    before, again, behind = repeated
    times = max(5, 16 // len(again))
    slow = []
    for name, pattern in patterns().items():
        short, long = (before + again * count + behind for count in (times, 2 * times))
        try:
            few = steps(pattern, short)
            if steps(pattern, long, most=few * _GROWTH + 1000) > few * _GROWTH + 1000:
                slow.append(name)
        except TooManyStepsError:
            slow.append(name)
    assert slow == []


@pytest.mark.parametrize("repeated", [pytest.param(parts, id=name) for name, parts in REPEATED.items()])
def test_the_longest_cells_are_read_to_their_end(repeated: tuple[str, str, str]) -> None:
    before, again, behind = repeated
    cell = (before + again * (cells.LONGEST_CELL // len(again)))[: cells.LONGEST_CELL - 1] + behind
    assert cells.user_names(cell, META).emails == cells.emails(cells.tidy(cell))[0] or "[" in cell
    assert len(cells.real_names(cell, META).real_names) <= cells.LONGEST_CELL
    assert len(cells.central_ids(cell)[0]) <= cells.LONGEST_CELL
    assert dates.until(cell).doubt in dates.Doubt
    assert len(dates.days_in(cell)) <= cells.LONGEST_CELL


@pytest.mark.parametrize(
    ("pattern", "text", "least"),
    [
        pytest.param(r"\((?:disc\w*)+\)", "(" + "disc" * 12, 4_000, id="a word that is also its repetition"),
        pytest.param(
            r"\((?:(?:block|log|block log) ?)+\)", "(" + "block log " * 10, 4_000, id="two ways for two words"
        ),
        pytest.param(r"a\s*\s*\s*b", "a" + " " * 40 + "x", 10_000, id="three runs of blanks"),
    ],
)
def test_the_count_sees_what_is_slow(pattern: str, text: str, least: int) -> None:
    assert steps(re.compile(pattern), text) > least


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        pytest.param(r"a\s*+\s*+b", "a" + " " * 40 + "x", id="runs that give nothing back"),
        pytest.param(r"(?P<q>['\"])[^'\"]*(?P=q)|^\b$", "'abc' \"x\"", id="a group again"),
    ],
)
def test_the_count_sees_what_is_quick(pattern: str, text: str) -> None:
    assert steps(re.compile(pattern), text) < 10 * len(text)
