from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.errors import BadInputError
from bot.escape import csv_cell
from bot.model import Agreed, NameState, Signups
from bot.parse import registrants_csv
from bot.parse.sites import META


def read(text: str | bytes, column: str | None = None) -> Signups:
    return registrants_csv.read(text if isinstance(text, bytes) else text.encode(), META, column)


def names(found: Signups) -> list[str | None]:
    return [one.name for one in found.registrants]


AB = [("Ada Example", 2), ("Bo Example", 3)]


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"username\nAda Example\nBo Example\n", id="one column"),
        pytest.param(b"username,date\nAda Example,2026-01-01\nBo Example,2026-01-02\n", id="comma"),
        pytest.param(b"username;date\nAda Example;2026-01-01\nBo Example;2026-01-02\n", id="semicolon"),
        pytest.param(b"username\tdate\nAda Example\t1\nBo Example\t2\n", id="tab"),
        pytest.param(b"username|date\nAda Example|1\nBo Example|2\n", id="pipe"),
        pytest.param(b"date;username\n1, 2;Ada Example\n2, 3;Bo Example\n", id="commas inside of cells"),
        pytest.param(b"username\r\nAda Example\r\nBo Example\r\n", id="CRLF"),
        pytest.param(b"username\rAda Example\rBo Example\r", id="CR alone"),
        pytest.param(b"username\nAda Example\nBo Example", id="no line end at the end"),
        pytest.param(b"\xef\xbb\xbfusername\nAda Example\nBo Example\n", id="UTF-8 with mark"),
        pytest.param("\ufeffusername\tx\nAda Example\t1\nBo Example\t2\n".encode("utf-16-le"), id="UTF-16 little"),
        pytest.param("\ufeffusername\tx\nAda Example\t1\nBo Example\t2\n".encode("utf-16-be"), id="UTF-16 big"),
        pytest.param(b'"username","date"\n"Ada Example","1"\n"Bo Example","2"\n', id="all quoted"),
        pytest.param(b"Username (required)\nAda Example\nBo Example\n", id="brackets in the header"),
        pytest.param(b"What is your Wikimedia username?,Timestamp\nAda Example,1\nBo Example,2\n", id="a question"),
        pytest.param(b"User\nada_Example\nUser:Bo Example\n", id="weak header, names to be cleaned"),
        pytest.param(b"Name\nAda Example\nBo Example\n", id="the weakest header, alone"),
        pytest.param(b"Participant,City\nAda Example,X\nBo Example,Y\n", id="participant"),
        pytest.param(b"Name,Username\nAda,Ada Example\nBo,Bo Example\n", id="real names beside"),
        pytest.param(
            b"Telegram username,Username\n@ada,Ada Example\n@bo,Bo Example\n", id="another site's names beside"
        ),
        pytest.param(b"Username,Wikimedia username\nx,Ada Example\ny,Bo Example\n", id="the surer header"),
        pytest.param(b"sep=;\nusername;a,b\nAda Example;1\n", id="sep line"),
        pytest.param(
            b"username\n[[User:Ada Example|Ada]]\nhttps://en.wikipedia.org/wiki/User:Bo_Example\n", id="links"
        ),
        pytest.param(b"username,\nAda Example,\nBo Example,\n", id="a delimiter at the end"),
        pytest.param(b'username\n"=""Ada Example"""\nBo Example\n', id="text as a formula"),
        pytest.param(b"  username ; date\n  Ada Example ; 1\n\xc2\xa0Bo Example ; 2\n", id="blanks"),
    ],
)
def test_forms(data: bytes) -> None:
    found = read(data)
    lines = [(one.name, one.origin.line) for one in found.registrants]
    expected = AB if not data.startswith(b"sep=") else [("Ada Example", 3)]
    assert lines == expected
    assert not found.unparsed
    assert {one.origin.kind for one in found.registrants} == {"csv"}
    header = 1 if expected is AB else 2
    assert [(one.line, one.why) for one in found.excluded] == [(header, "header of the column")]


@pytest.mark.parametrize(
    "header",
    [
        "Benutzername", "Nom d'utilisateur", "Nom d’utilisateur·rice", "Usuario", "Nome de usuário(a)", "Nome utente", "имя участника",
        "Ім’я користувача", "用户名", "利用者名", "사용자 이름", "اسم المستخدم", "نام کاربری", "שם משתמש", "Kullanıcı Adı", "सदस्यनाम",
        "ব্যবহারকারী নাম", "பயனர் பெயர்", "వాడుకరి పేరు", "Tên người dùng", "Nama pengguna", "Jina la mtumiaji", "käyttäjätunnus",
        "Wikimedia_Username", "USERNAME *", "Benutzer", "Utilisateur", "Gebruiker", "利用者", "Nome de usuario/a en Wikipedia",
    ],
)  # fmt: skip
def test_headers_of_many_languages(header: str) -> None:
    assert names(read(f"No.;{header};Date\n1;Ada Example;x\n2;Bo Example;y\n")) == ["Ada Example", "Bo Example"]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Ada Example\nBo Example\n", id="one column"),
        pytest.param("Ada Example,2026-01-01\nBo Example,2026-01-02\n", id="only one column can hold names"),
        pytest.param(
            "1;Ada Example;ada@example.org;yes\n2;Bo Example;bo@example.org;no\n", id="numbers, mail, yes or no"
        ),
        pytest.param("Ada;User:Ada Example\nBo;User:Bo Example\n", id="only one column points to users"),
        pytest.param("x,//meta.wikimedia.org/wiki/User:Ada_Example\ny,[[User:Bo Example]]\n", id="addresses and links"),
        pytest.param("sep=,\nAda Example,1\nBo Example,2\n", id="sep line"),
    ],
)
def test_no_header(text: str) -> None:
    assert names(read(text)) == ["Ada Example", "Bo Example"]


def test_a_comma_in_one_name_is_no_delimiter() -> None:
    assert names(read("Ada Example\nBo, the second\nCy Example\n")) == ["Ada Example", "Bo, the second", "Cy Example"]


@pytest.mark.parametrize(
    "column",
    [
        pytest.param("Handle", id="as written"),
        pytest.param(" handle ", id="case and blanks"),
        pytest.param("2", id="number"),
    ],
)
def test_a_named_column(column: str) -> None:
    assert names(read("Username,Handle\nAda Example,Di Example\n", column))[-1:] == ["Di Example"]


def test_a_numbered_column_whose_first_cell_is_a_header() -> None:
    found = read("Real name,Username\nAda,Ada Example\n", "2")
    assert names(found) == ["Ada Example"]
    assert found.excluded[0].line == 1


def test_a_named_column_decides_the_delimiter() -> None:
    assert names(read("Handle;a,b\nAda Example;1,2\n", "handle")) == ["Ada Example"]


@pytest.mark.parametrize(
    ("cell", "why"),
    [
        pytest.param("", "holds no user name", id="nothing"),
        pytest.param("-", "holds no user name", id="a dash"),
        pytest.param("A[b]", "holds what cannot be a user name", id="brackets"),
        pytest.param("ada@example.org/x", "holds what cannot be a user name", id="slash"),
        pytest.param("#12", "holds what cannot be a user name", id="number sign"),
        pytest.param('"Ada\nBo"', "holds several lines in the cell for the user name", id="two lines"),
        pytest.param('"=HYPERLINK(""x"")"', "holds a formula instead of a user name", id="formula"),
        pytest.param("https://example.org/ada", "holds an address that is not a user page's", id="another site"),
        pytest.param(
            "https://meta.wikimedia.org/wiki/Event:X", "holds an address that is not a user page's", id="a page"
        ),
        pytest.param("[[Event:Ada]]", "holds what cannot be a user name", id="a link to a page"),
        pytest.param("Ada Example,3,4", "has more cells than the header", id="a delimiter that was not quoted"),
    ],
)
def test_bad_rows_are_named(cell: str, why: str) -> None:
    found = read(f"username,place\nBo Example,here\n{cell},there\nCy Example,here\n")
    assert [(one.line, one.why) for one in found.unparsed] == [(3, why)]
    assert found.unparsed[0].text.endswith("there")
    assert names(found) == ["Bo Example", "Cy Example"]


def test_a_short_row_is_a_bad_row() -> None:
    found = read("place,username\nhere\nthere,Ada Example\n")
    assert [(one.line, one.text, one.why) for one in found.unparsed] == [(2, "here", "holds no user name")]


def test_line_numbers_count_line_breaks_inside_of_cells_and_blank_rows() -> None:
    found = read('username,remark\nAda Example,"one\ntwo\nthree"\n,\n\nBo Example,x\n-,y\n')
    assert [(one.name, one.origin.line) for one in found.registrants] == [("Ada Example", 2), ("Bo Example", 7)]
    assert [one.line for one in found.unparsed] == [8]


@pytest.mark.parametrize("text", ["=Ada", "-Ada", "+Ada"])
def test_cells_guarded_against_formulas(text: str) -> None:
    assert names(read(f"username\n{csv_cell(text)}\n")) == [text]


def test_an_apostrophe_of_the_name_stays() -> None:
    assert names(read("username\n'Ada\n")) == ["'Ada"]


def test_duplicates_are_counted_once_under_their_canonical_name() -> None:
    found = read("username\nada Example\nAda_Example\nUser:Ada Example\nw:de:User:Ada Example\n")
    assert [(one.name, one.prefix) for one in found.registrants] == [("Ada Example", ""), ("Ada Example", "w:de")]
    assert [(one.line, one.why) for one in found.excluded[1:]] == [
        (3, "listed before, on line 2"),
        (4, "listed before, on line 2"),
    ]


def test_states_of_names_are_kept() -> None:
    found = read("username\n192.0.2.7\n~2026-31415\nAda\n")
    assert [one.state for one in found.registrants] == [NameState.IP, NameState.TEMPORARY, NameState.ACCOUNT]


@pytest.mark.parametrize(
    ("data", "column", "says"),
    [
        pytest.param(b"", None, "is empty", id="nothing"),
        pytest.param(b"\n , \n", None, "is empty", id="only blanks"),
        pytest.param(b"username\n", None, "a header and no rows", id="no rows"),
        pytest.param("username\nZoë\n".encode("latin-1"), None, r"not UTF-8 \(line 2\)", id="Latin-1"),
        pytest.param("username\nAda".encode("utf-16-le"), None, "not a text file", id="UTF-16 without mark"),
        pytest.param("\ufeffx".encode("utf-16-le")[:-1], None, "not UTF-8", id="half a UTF-16 character"),
        pytest.param(b"PK\x03\x04...", None, "a spreadsheet or ZIP file", id="xlsx"),
        pytest.param(b"\xd0\xcf\x11\xe0...", None, "an old Excel file", id="xls"),
        pytest.param(b"%PDF-1.7", None, "a PDF", id="pdf"),
        pytest.param(b"<!DOCTYPE html><html>", None, "a web page", id="html"),
        pytest.param(b"a,b\n1,2\n", "username", 'no column "username"; it has 1 "a", 2 "b"', id="no such column"),
        pytest.param(b"a,b\nx,y\n", "3", 'no column "3"', id="no such number"),
        pytest.param(b"a,b\nx,y\n", "", 'no column ""', id="an empty name"),
        pytest.param(b"a,a\nx,y\n", "a", "several columns", id="two columns of that name"),
        pytest.param(b"Username,Username\nx,y\n", None, "does not tell which column", id="two headers that fit"),
        pytest.param(
            b"Ada Example,Rome\nBo Example,Oslo\n", None, "does not tell which column", id="two columns that fit"
        ),
        pytest.param(b"1,2\n3,4\n", None, "does not tell which column", id="no column that fits"),
        pytest.param(b"Name,City\nAda,Rome\n", None, "does not tell which column", id="name may be the real name"),
        pytest.param(b"Ada,x\nBo,y,z\nCy,x\n", None, "does not tell which column", id="rows of different length"),
        pytest.param(b"a,b;c\nd,e;f\n", None, "split in several ways", id="two delimiters"),
        pytest.param(b'username\n"Ada\nBo\n', None, "line 2: unexpected end of data", id="a quote that never ends"),
        pytest.param(b'username\nAda\n"Bo" Example\n', None, "line 3: ", id="text behind a quoted cell"),
        pytest.param(b"username\n" + b"x" * 200_000, None, "field larger than field limit", id="a huge cell"),
        pytest.param(b'Ada\n"x;y",z\nBo\n', None, "does not tell which column", id="one delimiter only in one row"),
    ],
)
def test_files_that_cannot_be_used(data: bytes, column: str | None, says: str) -> None:
    with pytest.raises(BadInputError, match=says):
        read(data, column)


@given(st.binary(max_size=200) | st.text(alphabet="ab,;\t|\"\n\r= '[]:#", max_size=80).map(str.encode))
@settings(max_examples=200)
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        found = read(data)
    except BadInputError:
        return
    assert found.registrants or found.unparsed


CELLS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=12)


@given(st.lists(st.tuples(CELLS, CELLS), min_size=1, max_size=12), st.sampled_from(",;\t|"))
@settings(max_examples=200)
def test_no_row_is_lost(rows: list[tuple[str, str]], delimiter: str) -> None:
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, delimiter=delimiter, quoting=csv.QUOTE_ALL)
    writer.writerows([("Wikimedia username", "remark"), *rows])
    kept = [n for n, row in enumerate(rows, 2) if any(cell.strip("\ufeff \t\r\n\u00a0\u200b") for cell in row)]
    if not kept:
        return
    found = read(buffer.getvalue())
    lines = [one.origin.line or 0 for one in found.registrants]
    lines += [one.line for one in found.unparsed]
    lines += [one.line for one in found.excluded[1:]]
    assert sorted(lines) == kept


def test_reading_what_was_read_changes_nothing() -> None:
    first = names(read("username\nada_Example\nUser:Bo\n[[User:Cy]]\n'=Di\n"))
    again = names(read("username\n" + "\n".join(csv_cell(name or "") for name in first)))
    assert again == first == ["Ada Example", "Bo", "Cy", "=Di"]


AGREED, NOT_AGREED, NOT_ASKED, UNKNOWN = Agreed.AGREED, Agreed.NOT_AGREED, Agreed.NOT_ASKED, Agreed.UNKNOWN


@pytest.mark.parametrize(
    ("header", "cell", "agreed"),
    [
        pytest.param("I agree to the code of conduct", "Yes", AGREED, id="yes"),
        pytest.param("I agree to the code of conduct", "TRUE", AGREED, id="a ticked box of a spreadsheet"),
        pytest.param("I agree to the code of conduct", "FALSE", NOT_AGREED, id="a box not ticked"),
        pytest.param("I agree to the code of conduct", "", NOT_AGREED, id="nothing"),
        pytest.param("I agree to the code of conduct", "'-", NOT_AGREED, id="a dash, guarded"),
        pytest.param("I agree to the code of conduct", "I would like to talk", UNKNOWN, id="something else"),
        pytest.param(
            "Do you agree to abide by the Universal Code of Conduct and the Friendly Space Policy?",
            "I have read and agree to the Universal Code of Conduct and the Friendly Space Policy.",
            AGREED,
            id="a form repeats its question",
        ),
        pytest.param("UCoC", "✔", AGREED, id="mark"),
        pytest.param("Acepto el código de conducta (sí/no)", "Sí", AGREED, id="es"),
        pytest.param("Zustimmung zum Verhaltenskodex", "nein", NOT_AGREED, id="de"),
        pytest.param("我同意通用行为准则", "是", AGREED, id="zh"),
        pytest.param("Have you read the code of conduct?", "yes", UNKNOWN, id="who read it need not agree"),
        pytest.param("I agree to be photographed", "yes", NOT_ASKED, id="agreement to something else"),
        pytest.param("Code of conduct contact", "yes", NOT_ASKED, id="a column about a task"),
        pytest.param("City", "yes", NOT_ASKED, id="no such column"),
    ],
)
def test_agreement(header: str, cell: str, agreed: Agreed) -> None:
    text = io.StringIO()
    csv.writer(text).writerows([["username", header], ["Ada", cell]])
    assert [one.agreed for one in read(text.getvalue()).registrants] == [agreed]


@pytest.mark.parametrize(
    ("rows", "agreed"),
    [
        pytest.param("Ada,yes,yes\n", AGREED, id="to both"),
        pytest.param("Ada,yes,no\n", NOT_AGREED, id="to one of two"),
        pytest.param("Ada,yes,perhaps\n", UNKNOWN, id="in doubt"),
        pytest.param("Ada,yes\n", NOT_AGREED, id="a short row"),
        pytest.param("Ada,yes,yes\nAda,yes,yes\n", AGREED, id="twice the same"),
        pytest.param("Ada,yes,yes\nAda,no,no\n", UNKNOWN, id="first yes, then no"),
        pytest.param("Ada,no,no\nAda,yes,yes\n", UNKNOWN, id="first no, then yes"),
    ],
)
def test_agreement_to_several_policies_and_in_several_rows(rows: str, agreed: Agreed) -> None:
    found = read(f"username,UCoC,Friendly space policy\n{rows}")
    assert [(one.name, one.agreed) for one in found.registrants] == [("Ada", agreed)]


def test_a_table_without_a_header_asks_nobody() -> None:
    found = read("User:Ada,I agree to the UCoC\nUser:Bo,yes\n")
    assert {one.agreed for one in found.registrants} == {NOT_ASKED}
