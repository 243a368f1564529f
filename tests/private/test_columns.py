from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import BadInputError
from bot.parse.sites import META
from bot.private import columns
from bot.private.column_words import Kind
from bot.private.columns_guess import Source
from bot.private.columns_header import parts, score, upright
from bot.private.model import ColumnUse, Field, Grid, Row
from tests.private.tables import grid

LIST = Source("The list", "--column")


def find(text: str, **said: str) -> tuple[columns.Layout, ...]:
    return columns.find(grid(text), META, {Field(key.replace("_", " ")): one for key, one in said.items()}, LIST)


def uses(text: str, **said: str) -> str:
    return " ".join(
        f"{one.index}:{one.meaning}".replace(" ", "_") for layout in find(text, **said) for one in layout.uses
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Username\nAda", "0:user_name", id="one column"),
        pytest.param("Ada Abacus\nBo", "0:user_name", id="no header"),
        pytest.param("Notes | Username\nx | Ada", "1:user_name", id="the second"),
        pytest.param("Username | Name\nx | Ada", "0:user_name 1:real_name", id="a name beside a user name"),
        pytest.param("Name | City\nAda | X", "0:user_name", id="a name alone"),
        pytest.param("Name | Mail\nAda Abacus | a@x.org", "0:real_name 1:e-mail", id="a name beside an address"),
        pytest.param("Name | Mail\nada_1 | a@x.org", "0:user_name 1:e-mail", id="a handle beside an address"),
        pytest.param("Name | City\nAbacus, Ada | X\nByte, Bo | Y", "0:real_name", id="last name, first name"),
        pytest.param("Name | City\n[[User:Ada]] | X", "0:user_name", id="a name that is a link"),
        pytest.param("Name | Real name\nAda | Ada Abacus", "0:user_name 1:real_name", id="a name beside a real one"),
        pytest.param(
            "Name | City\nhttps://meta.wikimedia.org/wiki/User:Ada | Y", "0:user_name", id="a name that is a URL"
        ),
        pytest.param("Name | Surname\nAda | Abacus", "0:real_name 1:real_name", id="a name and a family name"),
        pytest.param("Name | Known as\nAda | Bo", "0:real_name 1:user_name", id="a name and other accounts"),
        pytest.param("User ID | Username\n12 | Ada", "1:user_name", id="numbers of no register"),
        pytest.param("User ID | City\nAda | X", "0:user_name", id="an id that is a name"),
        pytest.param("Central ID | City\n12 | X", "0:central_id", id="ids alone"),
        pytest.param("Telegram username | Username\n@a | Ada", "1:user_name", id="a name elsewhere"),
        pytest.param("Banned by | Username\nZed | Ada", "1:user_name", id="who banned is not banned"),
        pytest.param("User | Last event banned\nAda | X", "0:user_name", id="an event of which more is said"),
        pytest.param("User | Review date\nAda | 2020-01-01", "0:user_name", id="the day of a review is no end"),
        pytest.param("From | To | Username\n2020 | 2027 | Ada", "1:until 2:user_name", id="first and last day"),
        pytest.param("Ada | a@x.org\nBo | b@x.org", "0:user_name 1:e-mail", id="addresses tell themselves"),
        pytest.param("Ada | 2020-01-01\nBo | 2020-01-02", "0:user_name", id="days may be the first ones"),
        pytest.param("1 | Ada\n2 | Bo", "1:user_name", id="numbers of rows"),
        pytest.param("a@x.org | 1\nb@x.org | 2", "0:e-mail", id="addresses alone"),
        pytest.param("x | y | [[User:Ada]]\nz | w | [[User:Bo]]", "2:user_name", id="links tell themselves"),
        pytest.param("List | of | people\nUsername | Until |\nAda | 2027 |", "0:user_name 1:until", id="rows above"),
        pytest.param("USERNAME | UNTIL\nAda | 2027", "0:user_name 1:until", id="capitals"),
        pytest.param("Username: | Until:\nAda | 2027", "0:user_name 1:until", id="colons"),
        pytest.param("Username | User who complained\nAda | Bo", "0:user_name", id="a user among other words"),
        pytest.param("Username | Zzq user\nAda | Bo", "0:user_name", id="a user among words nobody knows"),
        pytest.param("Zzq user | Notes\nAda | x", "0:user_name", id="among words nobody knows, and no other"),
        pytest.param("Username | Your username 2\nAda | Bo", "0:user_name 1:user_name", id="a second name"),
        pytest.param("Username | Until | Zzq until\nAda | 2027 | 2026", "0:user_name 1:until", id="an end of more"),
        pytest.param("Username | Blocked until\nAda | 2026", "0:user_name", id="a block is no ban"),
        pytest.param("Username | Reason | Username | Reason\nAda | x | Bo | y", "0:user_name 2:user_name", id="twice"),
    ],
)
def test_columns_are_found(text: str, expected: str) -> None:
    assert uses(text) == expected


@pytest.mark.parametrize(
    ("text", "said", "expected"),
    [
        pytest.param("Ada | Bo\nCy | Di", {"user_name": "B"}, "1:user_name", id="a letter"),
        pytest.param("Ada | Bo\nCy | Di", {"user_name": "b"}, "1:user_name", id="a small letter"),
        pytest.param("Ada | Bo\nCy | Di", {"real_name": "2"}, "1:real_name", id="a number"),
        pytest.param("x | yzy\nCy | Di", {"user_name": "yzy"}, "1:user_name", id="a heading that nobody knows"),
        pytest.param(
            "A | Username\nCy | Di", {"real_name": "A"}, "0:real_name 1:user_name", id="a heading of one letter"
        ),
        pytest.param("Username | Old\nCy | Di", {"user_name": "A+B"}, "0:user_name 1:user_name", id="two"),
        pytest.param("Username | Event\nCy | Di", {"event": "-"}, "0:user_name", id="not this one"),
        pytest.param("Username | Name\nCy | Di", {"user_name": "Name"}, "1:user_name", id="another one instead"),
        pytest.param(
            "Username | Until\nCy | Di", {"real_name": "B"}, "0:user_name 1:real_name", id="as something else"
        ),
        pytest.param(
            "User ID | City\n12 | X", {"central id".replace(" ", "_"): "A"}, "0:central_id", id="numbers said"
        ),
    ],
)
def test_the_person_may_say_it(text: str, said: dict[str, str], expected: str) -> None:
    assert uses(text, **said) == expected


@pytest.mark.parametrize(
    ("text", "said", "problem"),
    [
        pytest.param(
            "Zzada | Zzbo\nZzcy | Zzdi", {}, "A: 2 cells that may be names; B: 2 cells", id="two columns of names"
        ),
        pytest.param(
            "City | Username\nZzx | 12", {"user_name": "-"}, "“City”, 1 cells that may be names", id="none left"
        ),
        pytest.param("Zzada | 12\nZzbo | 13", {"user_name": "Q"}, "its letter, A to B", id="no such letter"),
        pytest.param("Zzada | 12\nZzbo | 13", {"user_name": "3"}, "its letter, A to B", id="no such number"),
        pytest.param("Zzada | 12\nZzbo | 13", {"user_name": "0"}, "its letter, A to B", id="no column 0"),
        pytest.param("Zzada | 12\nZzbo | 13", {"user_name": "Zznew"}, "its letter, A to B", id="no such heading"),
        pytest.param(
            "Username | zzq | zzq\nZzada | x | y", {"real_name": "zzq"}, "several columns", id="two of one name"
        ),
        pytest.param("Username | Until", {}, "a header and no rows", id="a header alone"),
        pytest.param(
            "E-mail | Username\na@zz.example | [[User:Zz]]",
            {"user_name": "-", "e-mail": "-"},
            "“E-mail”, 1 e-mail addresses; B: “Username”, 1 links to users",
            id="nothing is to be read",
        ),
        pytest.param("2020-01-01 | 12\n2020-01-02 | 13", {}, "A: 2 dates; B: 2 numbers", id="no names"),
    ],
)
def test_what_cannot_be_told_is_said_without_content(text: str, said: dict[str, str], problem: str) -> None:
    with pytest.raises(BadInputError) as caught:
        find(text, **said)
    assert problem in str(caught.value)
    assert "zz" not in str(caught.value).casefold()
    assert caught.value.__cause__ is None


def test_an_empty_table_is_refused() -> None:
    with pytest.raises(BadInputError, match=r"The list is empty\."):
        columns.find(Grid(()), META, {}, LIST)


def test_what_is_only_likely_is_said() -> None:
    (layout,) = find("Name | City\nAda | X")
    assert layout.notes == (
        'Column A is called "name" only and is read as user names; if it is not, say --column "real name=A".',
    )
    (layout,) = find("User ID | Username\n12 | Ada")
    assert '--column "central id=A"' in layout.notes[0]


@pytest.mark.parametrize(
    ("text", "note"),
    [
        pytest.param(
            "Username | Zzq user\nAda | Bo", '--column "user name=…" with all letters, such as A+B', id="users"
        ),
        pytest.param(
            "Username | Until | Zzq until\nAda | 2027 | x",
            '--column "until=…" with all letters, such as A+C',
            id="ends",
        ),
    ],
)
def test_a_heading_that_is_known_in_part_beside_a_whole_one_is_told(text: str, note: str) -> None:
    (layout,) = find(text)
    assert len(layout.notes) == 1
    assert note in layout.notes[0]
    assert "zzq" not in layout.notes[0].casefold()


def test_headings_that_are_not_known_are_told_by_letter() -> None:
    table = grid("Username | Xyzzy | Notes\nAda | x | y")
    (layout,) = columns.find(table, META, {}, LIST)
    assert columns.describe(layout.uses, table).endswith(
        "columns B, C are not read; what the heading of B says is not known."
    )


def test_it_is_said_that_no_names_are_read() -> None:
    (layout,) = find("Wer | E-Mail\nAda | a@example.org")
    assert layout.notes == (
        'No column is read as names; if A holds them, say --column "user name=A" or "real name=A".',
    )


def test_a_second_table_has_columns_of_its_own() -> None:
    one, other = find("Secret\nUsername | Until\nAda | 2027\nReal name | Username\nBo Byte | Bo")
    assert [row.number for row in one.above] == [1]
    assert ([row.number for row in one.rows], [row.number for row in other.rows]) == ([3], [5])
    assert other.kinds == {0: Kind.REAL_NAME, 1: Kind.USER}
    assert other.above == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Username | Until", True, id="two headings"),
        pytest.param("Username | Zzz", True, id="one sure heading"),
        pytest.param("Name | Zzz", False, id="a name may be a word of its own"),
        pytest.param("Username | 2027-01-01", False, id="a day is no heading"),
        pytest.param("Username | a@example.org", False, id="an address is no heading"),
        pytest.param("Until | Scope", False, id="nobody is named"),
        pytest.param("Ada | Bo", False, id="names"),
        pytest.param("User:Ada | User:Bo", False, id="pages of users"),
        pytest.param("Benutzer: Ada | Username", False, id="a German one"),
        pytest.param("Your user name | Your e-mail address please", True, id="questions"),
        pytest.param("List of the banned users of 2026 | ", False, id="a title"),
    ],
)
def test_what_is_a_header(text: str, expected: bool) -> None:
    assert bool(score(grid(text).rows[0], 2)) is expected


def test_a_header_deep_below_in_one_column_is_a_name() -> None:
    text = "\n".join(f"Ada {number}" for number in range(12)) + "\nUser\nBo"
    ((header, rows),) = parts(grid(text), ())
    assert header is None
    assert len(rows) == 14


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        pytest.param("Username: Ada\nUntil: 2027\nUsername: Bo", ["1 Ada 2027", "3 Bo "], id="lines with colons"),
        pytest.param(
            "Username | Ada\nUntil | 2027\nUsername | Bo\nUntil | x", ["1 Ada 2027", "3 Bo x"], id="two cells"
        ),
        pytest.param("Username | Ada | Bo\nUntil | 2027 | x", ["2 Ada 2027", "3 Bo x"], id="people in columns"),
    ],
)
def test_cards_and_tables_on_their_side_are_turned(text: str, rows: list[str]) -> None:
    found = upright(grid(text))
    assert found.rows[0].cells[:2] == ("Username", "Until")
    assert [" ".join((str(row.number), *row.cells)) for row in found.rows[1:]] == rows
    assert found.notes


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Username | Until\nAda | 2027", id="a header and a row"),
        pytest.param("Ada | Bo\nCy | Di", id="names"),
        pytest.param("Username: Ada\nx\ny\nz\nw", id="one label among names"),
        pytest.param("Username: Ada\nUsername: Bo", id="one kind of label"),
        pytest.param("Until: 2027\nScope: all events\nUsername\nAda\nBo", id="labels above a table"),
    ],
)
def test_other_tables_are_left_as_they_are(text: str) -> None:
    assert upright(grid(text)) == grid(text)


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        pytest.param("Username | Ada\nUntil | 2024\nUsername | Bo\nUntil | 2027", (1, 3), id="cards"),
        pytest.param("Username | Ada | Bo\nUntil | 2024 | 2027\nScope | all | all", (2, 3), id="on its side"),
    ],
)
def test_what_is_struck_through_and_linked_is_turned_with_its_cells(text: str, numbers: tuple[int, ...]) -> None:
    rows = list(grid(text).rows)
    rows[0] = replace(rows[0], links=((1, "mailto:ada@example.org"),))
    rows[1] = replace(rows[1], struck=(1,))
    ada, bo = upright(Grid(tuple(rows))).rows[1:]
    assert (ada.number, bo.number) == numbers
    assert (ada.cells[:2], ada.struck, ada.links) == (("Ada", "2024"), (1,), ((0, "mailto:ada@example.org"),))
    assert (bo.cells[:2], bo.struck, bo.links) == (("Bo", "2027"), (), ())


def test_lines_between_cards_are_not_lost() -> None:
    found = upright(grid("Secret\nUsername: Ada\nUntil: 2027\nUsername: Bo\nUntil: 2027\nUsername: Cy\nfree text"))
    assert [row.number for row in found.rows] == [1, 0, 2, 4, 6, 7]
    assert found.rows[-1].trouble == "it is on no card"


def test_columns_are_described() -> None:
    table = grid("Nr | Username | Until | Reason\n1 | Ada | 2027 | x")
    (layout,) = columns.find(table, META, {}, LIST)
    assert columns.describe(layout.uses, table) == (
        "Column B (heading “Username”) is read as user name; column C (heading “Until”) is read as until; "
        "columns A, D are not read."
    )


def test_columns_without_headings_are_described() -> None:
    table = grid("1 | Ada\n2 | Bo")
    assert (
        columns.describe((ColumnUse(Field.USER, 1),), table) == "Column B is read as user name; column A is not read."
    )


@given(st.text(max_size=30), st.text(max_size=10))
def test_whatever_is_said_of_a_column_only_bad_input_is_raised(said: str, cell: str) -> None:
    table = Grid((Row(1, ("Username", "Until")), Row(2, (cell or "x", "2027"))))
    try:
        found = columns.find(table, META, {Field.USER: said}, LIST)
    except BadInputError:
        return
    assert all(0 <= index < 2 for layout in found for index in layout.kinds)
