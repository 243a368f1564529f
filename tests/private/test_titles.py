from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.private import titles
from bot.private.model import Row
from tests.private.tables import grid


def row(text: str) -> Row:
    return grid(text).rows[0]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Total: 1 entry", id="a total"),
        pytest.param("Total | 3", id="a total in two cells"),
        pytest.param("Confidential – do not forward", id="what not to do"),
        pytest.param("Prepared by Trust and Safety", id="who made it"),
        pytest.param("Page 1 of 3", id="a page"),
        pytest.param("Total: 12 registrants", id="of registrants"),
        pytest.param("Gesamt: 3", id="German"),
        pytest.param("Vertraulich, nicht weitergeben", id="German sentence"),
        pytest.param("Total : 3 inscrits", id="French"),
        pytest.param("Итого: 3 записи", id="Russian"),
        pytest.param("合計：3件", id="Japanese"),
        pytest.param("Koniec listy", id="Polish"),
    ],
)
def test_words_on_a_table_below_it(text: str) -> None:
    assert titles.is_footer(row(text))
    assert titles.is_title(row(text))


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Total", id="one word may be a name"),
        pytest.param("Confidential", id="another"),
        pytest.param("Total Eclipse", id="a word that is not known"),
        pytest.param("Secret Agent: 3", id="a label of other words"),
        pytest.param("Ada Abacus", id="a name"),
        pytest.param("User:Total", id="a link"),
        pytest.param("Total | 2027 | x", id="three cells"),
        pytest.param("3", id="a number"),
    ],
)
def test_what_may_be_a_name_is_no_footer(text: str) -> None:
    assert not titles.is_footer(row(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Total", True, id="one word"),
        pytest.param("Expires 2026-11-20", True, id="a day"),
        pytest.param("Bis 2026", True, id="an end in a year"),
        pytest.param("Contact: ca", True, id="a label"),
        pytest.param("Ada 2026", False, id="a name with a year"),
        pytest.param("Ada", False, id="a name"),
        pytest.param("Username: Ada", False, id="a label of people"),
        pytest.param("Total | 2027", False, id="two cells"),
    ],
)
def test_what_may_be_words_on_the_table(text: str, expected: bool) -> None:
    assert titles.may_be_footer(row(text)) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Secret", True, id="a word"),
        pytest.param("Event bans of 2026", True, id="a title"),
        pytest.param("Riverside Meetup 2026", True, id="an event"),
        pytest.param("For in-person events only", True, id="a scope"),
        pytest.param("Contact: | ca@example.org", True, id="a label"),
        pytest.param("Event | WikiX", True, id="a heading and what it says"),
        pytest.param("2026-10-01", True, id="a day"),
        pytest.param("x" * 90, True, id="longer than a name"),
        pytest.param("Ada Abacus", False, id="a name"),
        pytest.param("Ada 2026", False, id="a name with a year"),
        pytest.param("User:Ada", False, id="a link"),
        pytest.param("Benutzer: Ada", False, id="a German label of people"),
        pytest.param("Discord Fan", False, id="a name with a word of headings"),
        pytest.param("Ada | Total: 3", False, id="a label in another cell"),
        pytest.param("Secret | x | y", False, id="three cells"),
    ],
)
def test_what_is_a_title(text: str, expected: bool) -> None:
    assert titles.is_title(row(text)) is expected


@given(st.text(max_size=30))
def test_names_that_are_not_known_words_stay(text: str) -> None:
    assert not titles.is_footer(Row(1, (f"{text} Zzada",)))
