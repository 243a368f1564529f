from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import BadInputError
from bot.model import NameState
from bot.parse.sites import META
from bot.private import people
from bot.private.model import ColumnUse, Field, Grid, Person, Row, UnreadRow
from tests.private.tables import grid


def read(text: str, **said: str) -> tuple[tuple[Person, ...], tuple[UnreadRow, ...], tuple[ColumnUse, ...]]:
    return people.read(grid(text), META, columns={Field(key.replace("_", " ")): one for key, one in said.items()})


NAMELESS = people.NO_NAME


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Username\nAda", [Person("Ada", "row 2")], id="a user name"),
        pytest.param("Ada\nBo", [Person("Ada", "row 1"), Person("Bo", "row 2")], id="no header"),
        pytest.param(
            "First name | Last name | Email\nAda | Abacus | a@example.org",
            [Person(None, "row 2", "Ada Abacus", "a@example.org", why_unnamed=NAMELESS)],
            id="a ticket shop knows no user names",
        ),
        pytest.param(
            "Username | Full name | E-mail\nada_abacus | Abacus, Ada | a@example.org",
            [Person("Ada abacus", "row 2", "Ada Abacus", "a@example.org")],
            id="all three",
        ),
        pytest.param("Username | Central ID\nAda | 7", [Person("Ada", "row 2", central_id=7)], id="central id"),
        pytest.param("Username\nAda\nAda\nBo", [Person("Ada", "row 2"), Person("Bo", "row 4")], id="registered twice"),
        pytest.param(
            "Username | Real name\n~2026-1-2 | Ada",
            [Person("~2026-1-2", "row 2", "Ada", state=NameState.TEMPORARY)],
            id="a temporary account",
        ),
        pytest.param("Username\n192.0.2.1", [Person("192.0.2.1", "row 2", state=NameState.IP)], id="an address"),
        pytest.param(
            "Username | Real name\n- | Ada Abacus",
            [Person(None, "row 2", "Ada Abacus", why_unnamed=NAMELESS)],
            id="no account",
        ),
        pytest.param("Username\nAda / Bo", [Person("Ada", "row 2"), Person("Bo", "row 2")], id="two people in a row"),
        pytest.param(
            "Zed | DE\nUsername | Country\nAda | FR",
            [Person("Zed", "row 1"), Person("Ada", "row 3")],
            id="a header that was sorted into the middle",
        ),
        pytest.param("Username | City\nAda | X\nTotal: 1 registrant |", [Person("Ada", "row 2")], id="a total"),
        pytest.param(
            "Username | Username of the mentor | User who invited\nAda | Bo | Cy", [Person("Ada", "row 2")], id="others"
        ),
        pytest.param("用户名 | 姓名\n示例 | 示例甲", [Person("示例", "row 2", "示例甲")], id="Chinese"),
        pytest.param(
            "Имя участника | ФИО\nПример | Примеров П.", [Person("Пример", "row 2", "Примеров П.")], id="Russian"
        ),
        pytest.param(
            "First name | Middle name | Last name\nAda | M. | Abacus",
            [
                Person(None, "row 2", "Ada Abacus", why_unnamed=NAMELESS),
                Person(None, "row 2", "Ada M. Abacus", why_unnamed=NAMELESS),
            ],
            id="with and without a middle name",
        ),
    ],
)
def test_people_are_read(text: str, expected: list[Person]) -> None:
    assert list(read(text)[0]) == expected


@pytest.mark.parametrize(
    ("text", "unread"),
    [
        pytest.param("Username | City\n | X\nAda | Y", [UnreadRow(2, people.NOBODY)], id="nobody"),
        pytest.param("Username | City\nA#B | X", [UnreadRow(2, people.IMPOSSIBLE)], id="impossible"),
        pytest.param("Nr | Username\n1 | Ada\n2 |", [], id="a row that is only numbered"),
        pytest.param("ID | Username\n1 | Ada\n2 |", [], id="a row that is only counted"),
        pytest.param("Name | User ID\nAda | 1\n | 777", [UnreadRow(3, people.NOBODY)], id="an id alone"),
        pytest.param(
            "Zed | DE\n | FR\nUsername | Country\nAda | X", [UnreadRow(2, people.NOBODY)], id="above the header"
        ),
        pytest.param("Username | City\nAda | X\nUsername | City", [], id="the header again"),
    ],
)
def test_rows_that_name_nobody(text: str, unread: list[UnreadRow]) -> None:
    assert list(read(text)[1]) == unread


def test_a_row_whose_user_name_cannot_be_believed_is_unread_in_part() -> None:
    table = Grid((Row(1, ("Username", "Real name")), Row(2, ("", "Ada Abacus"), "column A holds a formula", (0,))))
    found, unread, _ = people.read(table, META)
    assert [one.real_name for one in found] == ["Ada Abacus"]
    assert [one.why for one in unread] == ["column A holds a formula; the rest of the row was read"]


def test_a_row_with_more_cells_than_its_header_is_told_and_read() -> None:
    table = Grid((Row(1, ("Username", "City")), Row(2, ("Doe", "Jane", "X"), "it has more cells than the header", ())))
    found, unread, _ = people.read(table, META)
    assert [one.name for one in found] == ["Doe"]
    assert [(one.row, one.why) for one in unread] == [
        (2, "it has more cells than the header; the rest of the row was read")
    ]


def test_what_is_to_be_said_of_the_file() -> None:
    table = grid("Registrations\nNr | Name | Mail\n1 | Ada, Bo | zz\n2 | |\n3 | Cy | cy@example.org")
    assert people.notes(table, META, columns={Field.USER: "Name"}) == (
        f"Row 1: {people.ABOVE}",
        f"Row 3: {people.NO_ADDRESS}",
        f"Row 3: {people.CUT}",
        f"Row 4: {people.REPEATED}",
    )
    assert '"name" only' in people.notes(grid("Name | City\nAda | X"), META)[0]
    assert people.notes(Grid(grid("Username\nAda").rows, ("Sheet 1 of 2 was read.",)), META) == (
        "Sheet 1 of 2 was read.",
    )


@pytest.mark.parametrize(
    ("rows", "text"),
    [
        pytest.param({7}, "Row 7", id="one"),
        pytest.param({9, 3, 8, 7}, "Rows 3, 7–9", id="a span"),
        pytest.param({1, 3, 5}, "Rows 1, 3, 5", id="single ones"),
    ],
)
def test_rows_are_numbered(rows: set[int], text: str) -> None:
    assert people.numbered(rows) == text


def test_columns_are_told_and_may_be_said() -> None:
    assert read("x | yzy\nAda | Bo", user_name="yzy")[2] == (ColumnUse(Field.USER, 1, "yzy"),)


def test_only_columns_of_people_are_read() -> None:
    assert [use.index for use in read("Username | Until | Event\nAda | 2027 | WikiX")[2]] == [0]


def test_errors_name_the_file_of_registrants() -> None:
    with pytest.raises(BadInputError, match=r"^The file of registrants .* --registrants-column "):
        read("Zzada | Zzbo\nZzcy | Zzdi")


@given(
    st.lists(st.lists(st.sampled_from(["Ada", "Bo; Cy", "a@b.example", "", "-", "x#y", "7"]), max_size=3), max_size=8)
)
def test_every_row_is_a_person_or_unread(rows: list[list[str]]) -> None:
    header = Row(1, ("Username", "E-mail", "Real name"))
    table = Grid((header, *(Row(number, tuple(row)) for number, row in enumerate(rows, 2) if any(row))))
    if len(table.rows) == 1:
        return
    found, unread, _ = people.read(table, META)
    known = {(one.name, one.real_name, one.email) for one in found}
    for row in table.rows[1:]:
        alone, nobody, _ = people.read(Grid((header, row)), META)
        assert {(one.name, one.real_name, one.email) for one in alone} <= known
        assert [one.why for one in nobody] == [one.why for one in unread if one.row == row.number]
        assert alone or nobody or set(row.cells) <= {"", "-"} or not any(row.cells[:3])


def test_a_row_of_very_many_people_is_not_read() -> None:
    cell = "; ".join(f"Name Number {n}" for n in range(30))
    found, unread, _ = people.read(grid(f"Username\nAda Abacus\n{cell}"), META)
    assert [one.name for one in found] == ["Ada Abacus"]
    assert [(one.row, one.why) for one in unread] == [(3, "names more than 20 people, of whom none was read")]
