"""Tables become rows of cells with their lines, and headings say what a column holds."""

from __future__ import annotations

import pytest

from bot.parse import signups
from bot.parse.markup import lines, mask
from bot.parse.signup_tables import Column, Row, column, columns, rows
from bot.parse.sites import META


def table(text: str) -> list[Row]:
    page = "{| class=x\n" + text + "\n|}"
    return rows(lines(page, mask(page)))


def texts(found: list[Row]) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("! a !! b\n|-\n| c || d", [["a", "b"], ["c", "d"]], id="on one line"),
        pytest.param("|-\n| a\n| b\n|-\n|c", [["a", "b"], ["c"]], id="a line each"),
        pytest.param("| style=x | a || b=1 | c", [["a", "c"]], id="attributes"),
        pytest.param("| [[x|a]] || {{y|b}}", [["a", ""]], id="pipes of links and templates"),
        pytest.param("| a\nb\n| c", [["a b", "c"]], id="a cell over lines"),
        pytest.param("|+ caption\n! a || b", [["a", "b"]], id="caption; || in a header line"),
        pytest.param("| rowspan=2 | a || b\n|-\n| c", [["a", "b"], ["a", "c"]], id="rowspan"),
        pytest.param("| colspan=2 | a || b", [["a", "a", "b"]], id="colspan"),
        pytest.param(
            "| a || rowspan=3 | b\n|-\n| c\n|-\n| d", [["a", "b"], ["c", "b"], ["d", "b"]], id="rowspan at the end"
        ),
        pytest.param("| a\n{| \n| inner\n|}\n| b", [["a {| | inner |}", "b"]], id="a table inside"),
        pytest.param("|-\n|-\n", [], id="empty rows"),
    ],
)
def test_rows(text: str, expected: list[list[str]]) -> None:
    assert texts(table(text)) == expected


def test_hostile_spans_are_bounded() -> None:
    found = table("\n".join("| colspan=99999 rowspan=9999 | a" for _ in range(200)))
    assert len(found[0].cells) < 300


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        *(
            (text, Column.PERSON)
            for text in ("Editor", "Participants", "Signature & date", "Участник", "参加者", "Teilnehmerin")
        ),
        *(
            (text, Column.USERNAME)
            for text in ("Wikimedia username", "用户名", "User", "Nom d'utilisateur", "Benutzer", "Account")
        ),
        *((text, Column.NAME) for text in ("Name", "Nombre", "姓名")),
        *((text, Column.ROLE) for text in ("Mentor", "Reviewed by", "Number of participants", "Speakers", "Проверил")),
        *((text, Column.STATUS) for text in ("Status", "Attending?", "状态")),
        *((text, Column.OTHER) for text in ("Real name", "Full name", "Participant's country", "City", "Articles", "")),
    ],
)
def test_column(text: str, kind: Column) -> None:
    assert column(text) is kind


@pytest.mark.parametrize(
    ("text", "kinds", "headers"),
    [
        pytest.param("! User !! Mentor\n|-\n| a || b", [Column.USERNAME, Column.ROLE], 1, id="header cells"),
        pytest.param("| '''User''' || City\n|-\n| a || b", [Column.USERNAME, Column.OTHER], 1, id="bold first row"),
        pytest.param(
            "! x !! y\n|-\n! User !! City\n|-\n| a || b", [Column.USERNAME, Column.OTHER], 2, id="two header rows"
        ),
        pytest.param("| a || b", [], 0, id="no header"),
        pytest.param("! [[x|a]] || 3\n|-\n! [[y|b]] || 4", [], 0, id="every row begins with a header"),
    ],
)
def test_columns(text: str, kinds: list[Column], headers: int) -> None:
    assert columns(table(text), lambda _: False) == (kinds, headers)


def read(text: str, heading: str = "Participants") -> list[tuple[str | None, str, bool, bool]]:
    found = signups.read(f"== {heading} ==\n{{|\n{text}\n|}}\n", META)
    return [(who.name, who.origin.kind, who.withdrawn, who.maybe) for who in found.registrants]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        pytest.param("! User !! Mentor\n|-\n| [[User:A]] || [[User:M]]", "A", id="user column"),
        pytest.param(
            "! Mentor !! City\n|-\n| [[User:M]] || [[User:A]]", "A", id="leading user, but never of a role column"
        ),
        pytest.param(
            "! Participant !! Username\n|-\n| [[User:A]] || –", "A", id="the other column where there is no name"
        ),
        pytest.param("! Name !! City\n|-\n| [[User:A]] || x\n|-\n| Ravi || y", "A", id="name column: links only"),
        pytest.param("! Username\n|-\n| Kora Strings\n|-\n| n/a\n|-\n|", "Kora Strings", id="plain names"),
        pytest.param("! User !! Status\n|-\n| [[User:A]] || No\n|-\n| [[User:B]] || yes", "B", id="status no"),
        pytest.param("! User !! Coming\n|-\n| [[User:A]] || {{no}}", "", id="status template"),
        pytest.param("! User\n|-\n! colspan=1 | x\n|-\n| [[User:A]]", "A", id="a header row inside"),
        pytest.param("! User !! City\n|-\n! colspan=2 | Not attending\n|-\n| [[User:A]] || x", "", id="label row"),
        pytest.param("! Members\n|-\n|\n* [[User:A]]\n** [[User:X]]\n* {{u|B}}", "A B", id="a list in a cell"),
        pytest.param("{{participant row|A}}\n{{participant row|user=B}}", "A B", id="template rows"),
        pytest.param("! User\n|-\n| [[User:A]]<br>[[User:B]]", "A B", id="two in a cell"),
        pytest.param("| 1 || [[User:A]] || [[User:X]]", "A", id="no header"),
    ],
)
def test_people_of_a_table(text: str, names: str) -> None:
    assert " ".join(str(name) for name, *_ in read(text)) == names


def test_what_a_row_says_of_its_user() -> None:
    text = "! User !! Status\n|-\n| <s>[[User:A]]</s> || \n|-\n| [[User:B]] || withdrew\n|-\n| {{u|C}} || maybe\n|-\n| <s>D</s> ||\n|-\n| 203.0.113.7 ||"
    assert read(text) == [
        ("A", "table_cell", True, False),
        ("B", "table_cell", True, False),
        ("C", "table_cell", False, True),
        ("D", "table_plain", True, False),
        ("203.0.113.7", "ip", False, False),
    ]


def test_tables_outside_sign_up_sections() -> None:
    assert [name for name, *_ in read("! Editor\n|-\n| [[User:A]]", "Hundred days")] == ["A"]
    assert read("! Speakers\n|-\n| [[User:A]]", "Hundred days") == []
    assert read("! Editor\n|-\n| [[User:A]]", "Jury") == []


def test_a_table_that_lays_out_the_page_is_read_by_its_headings() -> None:
    page = "{|\n|\n== Participants ==\n# [[User:A]]\n|\n== Jury ==\n# [[User:B]]\n|}\n"
    assert [who.name for who in signups.read(page, META).registrants] == ["A"]


def test_every_row_is_accounted_for() -> None:
    page = "== Participants ==\n{|\n! Username !! x\n|-\n| rowspan=2 | [[User:A]] || 1\n|-\n| 2\n|-\n| a{b || 3\n|-\n| || 4\n|-\n| (no account yet) || 5\n|}\n"
    found = signups.read(page, META)
    assert [(out.line, out.why) for out in found.excluded] == [
        (7, "further row of the user above"),
        (11, "table row without a user"),
    ]
    assert [unparsed.line for unparsed in found.unparsed] == [9, 13]


def test_tables_that_are_never_closed() -> None:
    page = "== Participants ==\n{|\n| [[User:A]]\n{|\n! User\n|-\n| [[User:B]]\n|}\n"
    assert [who.name for who in signups.read(page, META).registrants] == ["A", "B"]
