import re
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from bot.model import Banlist, CheckResult, Signups
from bot.render import terminal
from tests.render import made_up
from tests.render.hostile import texts

SGR = re.compile(r"\x1b\[[0-9;]*m")


def harmless(text: str) -> bool:
    return not {unicodedata.category(c) for c in text.replace("\n", "")} & {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


def everything(text: str, width: int, *, colour: bool) -> str:
    def word(_: str) -> str:
        return text

    return "\n".join(
        (
            terminal.check(made_up.result(word), width, colour=colour, everything=True),
            terminal.signups(made_up.signups(word), width, colour=colour),
            terminal.banlist(made_up.banlist(word), width, colour=colour),
        )
    )


@settings(max_examples=60, deadline=None)
@given(texts, st.sampled_from([20, 40, 80, 200]))
def test_hostile_words_leave_no_control_character_but_newline(text: str, width: int) -> None:
    assert harmless(everything(text, width, colour=False))


@settings(max_examples=30, deadline=None)
@given(texts)
def test_in_colour_there_is_nothing_but_the_codes_of_colour(text: str) -> None:
    coloured = everything(text, 80, colour=True)
    assert SGR.search(coloured)
    assert harmless(SGR.sub("", coloured))


def test_colour_changes_no_word() -> None:
    plain = terminal.check(made_up.RESULT, 80, colour=False)
    coloured = SGR.sub("", terminal.check(made_up.RESULT, 80, colour=True))
    assert [line.rstrip() for line in coloured.splitlines()] == plain.splitlines()


@pytest.mark.parametrize("width", [20, 40, 60, 80, 132])
@pytest.mark.parametrize("result", [made_up.RESULT, made_up.BAD_DAY, made_up.EMPTY])
def test_no_line_is_wider_than_the_window_but_an_address(result: CheckResult, width: int) -> None:
    for line in terminal.check(result, width, colour=False, everything=True).splitlines():
        assert cell_len(line) <= width or re.fullmatch(r" *https?://\S+", line)


def test_markup_of_the_layout_library_is_shown_as_it_is() -> None:
    shown = terminal.signups(made_up.signups(lambda _: "[bold]x[/bold] :smile:"), 200, colour=False)
    assert "[bold]x[/bold] :smile:" in shown


@pytest.mark.parametrize("variable", ["FORCE_COLOR", "TTY_COMPATIBLE", "COLORTERM"])
def test_the_environment_adds_no_colour(variable: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(variable, "1")
    assert "\x1b" not in terminal.check(made_up.RESULT, 80, colour=False)


def test_a_page_without_any_list_says_so() -> None:
    assert terminal.signups(Signups(), 80, colour=False) == "0 registrants\nNo sign-up list was found on this page.\n"
    assert terminal.banlist(Banlist(), 80, colour=False) == "0 entries\n"


def test_flags_come_first_and_the_clear_are_only_counted() -> None:
    shown = terminal.check(made_up.RESULT, 80, colour=False)
    order = [
        "need a decision",
        "Needs a decision (2)",
        "Needs a look (1)",
        "\nNot checked\n",
        "could not be read (2)",
        "Sources",
    ]
    places = [shown.index(part) for part in order]
    assert places == sorted(places)
    assert "সবুজ নদী" not in shown
    assert "সবুজ নদী" in terminal.check(made_up.RESULT, 80, colour=False, everything=True)


def test_a_long_list_of_names_is_cut_with_the_number_of_the_rest() -> None:
    names = tuple(f"Heron {n}" for n in range(50))
    cut = terminal.names(names, everything=False)
    assert cut.endswith("Heron 19 and 30 more (-v lists all)")
    assert terminal.names(names, everything=True).endswith("Heron 49")
