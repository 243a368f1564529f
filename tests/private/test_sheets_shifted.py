"""Rows of a CSV that do not stand in their columns: commas and quotation marks that nobody quoted."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import BadInputError
from bot.private import sheets, tables
from bot.private.tables import ROWS_WITHIN, TOO_WIDE


def troubles(text: str) -> dict[int, str]:
    return {row.number: row.trouble for row in sheets.read(text.encode()).rows if row.trouble}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("User,Until\nDoe, Jane,2028\nRoe,2028\nFoo,2028\n", {2: TOO_WIDE}, id="a comma in a name"),
        pytest.param("User;Until\nDoe; Jane;2028\nRoe;2028\nFoo;2028\n", {2: TOO_WIDE}, id="a semicolon"),
        pytest.param(
            'User,Why\nFoo,"open\nVandal,x\nBaz,end"\nQux,y\n',
            {2: ROWS_WITHIN},
            id="rows behind an open quotation mark",
        ),
        pytest.param('User,Why\nFoo,"open\nBaz,end"\nQux,y\n', {2: ROWS_WITHIN}, id="one row behind it"),
        pytest.param(
            'User,Why,Until\nFoo,"open,1\nBaz,end",2\nQux,y,3\n', {2: ROWS_WITHIN}, id="one that closes in the middle"
        ),
        pytest.param(
            'User,Where,Until\nFoo,"Street 1\n12345 Berlin,Germany",y\nBaz,x,y\n', {2: ROWS_WITHIN}, id="or an address"
        ),
        pytest.param(
            'User, Why\nFoo, "open\nBaz, end"\nQux, y\n', {2: ROWS_WITHIN}, id="with blanks behind the commas"
        ),
        pytest.param('User\tWhy\nFoo\t"open\nBaz\tend"\nQux\ty\n', {2: ROWS_WITHIN}, id="with tabs"),
    ],
)
def test_a_row_that_may_be_shifted_or_hold_others_is_told(text: str, expected: dict[int, str]) -> None:
    assert troubles(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("User,Until,,\nFoo,2028,,\nBar,2028\n", id="empty cells at the end"),
        pytest.param("User,Until,Why,Who\nFoo,2028\nBar,2028\nBaz,2028,x,y\n", id="rows that stop early"),
        pytest.param("Banned from events\n\nUser,Until\nFoo,2028\n", id="a line above the table"),
        pytest.param('User,Why\nFoo,"Spam, again\nand insults, too"\nBar,x\n', id="commas of sentences"),
        pytest.param('User,Why,Until\n"Foo\nBar",x,y\nBaz,x,y\n', id="a cell of two lines in front"),
        pytest.param('"Foo\nBar, Jr\nBaz"\nQux\n', id="one column"),
        pytest.param("Foo\nBar, Jr\n", id="one column and one comma"),
    ],
)
def test_a_row_that_stands_in_its_columns_is_left_alone(text: str) -> None:
    assert troubles(text) == {}


def test_the_cells_of_such_a_row_are_read_all_the_same() -> None:
    row = sheets.read(b"User,Until\nDoe, Jane,2028\nRoe,2028\nFoo,2028\n").rows[1]
    assert (row.cells, row.doubtful) == (("Doe", "Jane", "2028"), ())


@given(st.lists(st.sampled_from(["Ada", "Bo", "Cy"]), min_size=2, max_size=6), st.integers(1, 4))
def test_no_row_is_lost_behind_an_open_quotation_mark_without_a_word(names: list[str], at: int) -> None:
    lines = ["User,Until,Why", *(f"{name},2028,x" for name in names)]
    first, last = min(at, len(names) - 1), len(names)
    lines[first] = lines[first].replace(",x", ',"x')
    lines[last] += '"'
    assert first + 1 in troubles("\n".join(lines))


def test_what_is_said_names_no_content_and_is_one_line() -> None:
    for why in (tables.TOO_WIDE, tables.ROWS_WITHIN):
        assert "\n" not in why
        assert not why.endswith(".")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param('User;Until\n"Bar" Baz;2028\n', "';' expected", id="semicolons"),
        pytest.param('User,Until\n"Bar" Baz,2028\n', "',' expected", id="commas"),
        pytest.param('User\tUntil\n"Bar" Baz\t2028\n', "'\t' expected", id="tabs"),
        pytest.param('"Bar" Baz\n', "expected after", id="none of them"),
    ],
)
def test_the_error_speaks_of_the_delimiter_of_the_file(text: str, said: str) -> None:
    with pytest.raises(BadInputError) as caught:
        sheets.read(text.encode())
    assert said in str(caught.value)
