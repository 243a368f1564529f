"""What a workbook holds and what of it is read: against openpyxl where that can make it, by hand where it cannot."""

import datetime as dt
import io
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.comments import Comment
from openpyxl.styles import Font
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.worksheet.hyperlink import Hyperlink

from bot.errors import BadInputError, UsageError
from bot.private import dates, sheets, tables, xlsx_sheet, xlsx_values
from bot.private.model import Row
from tests.private.workbooks import SHEET, cell, data, names, packed, parts, strict, with_part, workbook

NAME = "Zyxwvut"
LINKS = "Cells hold links: those of people's columns to pages of users and to mailboxes were read, no others."


def made(*rows: list[Any], change: Any = None) -> bytes:
    """Return a workbook as openpyxl writes it, after ``change`` was made to its first sheet."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    if change:
        change(sheet)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def rows(found: bytes, sheet: str | None = None) -> list[tuple[int, tuple[str, ...]]]:
    return [(row.number, row.cells) for row in sheets.read(found, sheet=sheet).rows]


def only(inside: str, **more: str) -> Row:
    """Return the only row of a workbook whose first row holds ``inside``."""
    [row] = sheets.read(workbook(data(inside), **more)).rows
    return row


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        pytest.param("Ada", "Ada", id="text"),
        pytest.param(" Ada\n", "Ada", id="text with blanks around"),
        pytest.param("Ada\nBob", "Ada\nBob", id="two lines"),
        pytest.param("Æðel<&>'\"", "Æðel<&>'\"", id="marks of XML"),
        pytest.param("𝒜da 王", "𝒜da 王", id="beyond the BMP"),
        pytest.param("007", "007", id="digits typed as text"),
        pytest.param(345, "345", id="a whole number"),
        pytest.param(345.0, "345", id="a float that is whole"),
        pytest.param(-12, "-12", id="below nought"),
        pytest.param(0, "0", id="nought"),
        pytest.param(1.5, "1.5", id="a part"),
        pytest.param(0.1, "0.1", id="a part that binary has not"),
        pytest.param(123456789012345, "123456789012345", id="fifteen digits"),
        pytest.param(True, "TRUE", id="yes"),
        pytest.param(False, "FALSE", id="no"),
        pytest.param(dt.date(2026, 12, 31), "2026-12-31", id="a date"),
        pytest.param(dt.datetime.fromisoformat("2026-12-31"), "2026-12-31", id="midnight"),
        pytest.param(dt.datetime.fromisoformat("2026-12-31T23:59"), "2026-12-31T23:59", id="a date and time"),
        pytest.param(dt.datetime.fromisoformat("2026-12-31T23:59:05"), "2026-12-31T23:59:05", id="with seconds"),
        pytest.param(dt.time(18, 30), "18:30", id="a time"),
        pytest.param(dt.date(1900, 2, 28), "1900-02-28", id="before the day that never was"),
        pytest.param(dt.date(1900, 3, 1), "1900-03-01", id="after it"),
        pytest.param(dt.date(9999, 12, 31), "9999-12-31", id="the last date"),
    ],
)
def test_values_come_as_the_text_that_a_person_sees(value: Any, shown: str) -> None:
    assert rows(made([None, value])) == [(1, ("", shown))]


@given(st.lists(st.lists(st.one_of(st.none(), st.integers(-(10**14), 10**14), st.dates(dt.date(1900, 3, 1)), st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "S", "Zs"]), max_size=12).filter(lambda text: not text.startswith("=") and "_x" not in text)), max_size=6), max_size=6))  # fmt: skip
def test_a_table_that_openpyxl_wrote_is_read_whole(table: list[list[Any]]) -> None:
    texts = [["" if value is None else str(value).strip("\ufeff \u00a0\u200b") for value in row] for row in table]
    full = [(number, row) for number, row in enumerate(texts, 1) if any(row)]
    file = made(*table)
    if not full:
        with pytest.raises(BadInputError, match="is empty"):
            rows(file)
        return
    assert [(number, tuple(cells)) for number, cells in rows(file)] == [
        (number, tuple(row[: max(i for i, text in enumerate(row) if text) + 1])) for number, row in full
    ]


def test_old_macs_count_days_from_1904() -> None:
    assert xlsx_values.moment(2_958_465, from_1904=True) == ""
    assert xlsx_values.moment(60, from_1904=True) == "1904-03-01"
    book = openpyxl.Workbook()
    book.epoch = CALENDAR_MAC_1904
    assert book.active is not None
    book.active["A1"] = dt.date(2026, 12, 31)
    out = io.BytesIO()
    book.save(out)
    assert rows(out.getvalue()) == [(1, ("2026-12-31",))]


@pytest.mark.parametrize(
    ("code", "stored", "shown"),
    [
        pytest.param("000", "7", "007", id="leading noughts"),
        pytest.param("dd/mm/yyyy", "45658", "2025-01-01", id="a date"),
        pytest.param('[$-409]d"th" mmm;@', "45658", "2025-01-01", id="a date with words"),
        pytest.param("[Red]0.00", "7", "7", id="a colour is no date"),
        pytest.param('0" days"', "7", "7", id="a unit is no date"),
        pytest.param("0\\d", "7", "7", id="an escaped letter is no date"),
        pytest.param("[h]:mm", "1.5", "1.5", id="a duration is no date"),
        pytest.param("General", "45658", "45658", id="general"),
        pytest.param("Standard", "45658", "45658", id="general in German"),
        pytest.param("#,##0 Kčs", "45658", "45658", id="a currency without quotation marks"),
        pytest.param("yyyy\\-mm\\-dd hh:mm:ss.000", "45658.5", "2025-01-01T12:00", id="parts of seconds"),
        pytest.param("[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy", "45658", "2025-01-01", id="the long date of Windows"),
        pytest.param("mmm-yy", "46357", "2026-12", id="Dec 2026, as Excel stores it"),
        pytest.param("[$-409]mmmm\\ yyyy;@", "46357", "2026-12", id="a month with its year"),
        pytest.param("mm/yyyy", "46357", "2026-12", id="a month in figures"),
        pytest.param('yyyy"年"m"月"', "46357", "2026-12", id="a month of East Asia"),
        pytest.param("yyyy", "46357", "2026", id="a year"),
        pytest.param("mmmm", "46357", "2026-12", id="a month alone"),
        pytest.param("dddd", "46357", "2026-12-01", id="a day of the week"),
        pytest.param("dddd mmmm yyyy", "46357", "2026-12", id="a day of the week in a month"),
        pytest.param("d-mmm", "46357", "2026-12-01", id="a day without its year"),
        pytest.param("mmm yyyy hh:mm", "46357.5", "2026-12", id="a month and a time"),
        pytest.param("yyyy hh:mm:ss", "46357.5", "2026", id="minutes are no months"),
        pytest.param("h:mm am/pm", "46357.5", "2026-12-01T12:00", id="a time of a day"),
        pytest.param("mm:ss", "0.5", "12:00", id="a time alone"),
        pytest.param("@", "7", "7", id="text"),
        pytest.param("#,##0", "45658", "45658", id="thousands"),
        pytest.param("0.0E+00", "45658", "45658", id="scientific"),
    ],
)
def test_own_number_formats(code: str, stored: str, shown: str) -> None:
    styles = f"<numFmts><numFmt numFmtId='164' formatCode='{code.replace(chr(34), '&quot;')}'/></numFmts>"
    styles += "<cellStyleXfs><xf numFmtId='14'/></cellStyleXfs><cellXfs><xf/><xf numFmtId='164'/></cellXfs>"
    assert only(cell("A1", stored, "n", " s='1'"), styles=styles).cells == (shown,)


@pytest.mark.parametrize("code", ["mmm-yy", "yyyy"])
def test_a_date_in_words_of_the_standard_is_cut_too(code: str) -> None:
    styles = f"<numFmts><numFmt numFmtId='164' formatCode='{code}'/></numFmts><cellXfs><xf numFmtId='164'/></cellXfs>"
    row = only(cell("A1", "2026-12-01T00:00:00", "d") + cell("B1", "soon", "d"), styles=styles)
    assert row.cells == ("2026-12" if code == "mmm-yy" else "2026", "soon")


@pytest.mark.parametrize(
    ("code", "last"),
    [
        pytest.param("mmm-yy", dt.date(2026, 12, 31), id="a month"),
        pytest.param("yyyy", dt.date(2026, 12, 31), id="a year"),
        pytest.param("yyyy-mm-dd", dt.date(2026, 12, 1), id="a day"),
    ],
)
def test_what_a_date_does_not_show_ends_nothing_sooner(code: str, last: dt.date) -> None:
    styles = f"<numFmts><numFmt numFmtId='164' formatCode='{code}'/></numFmts><cellXfs><xf numFmtId='164'/></cellXfs>"
    [shown] = only(cell("A1", "46357", "n"), styles=styles).cells
    assert dates.until(shown) == dates.Until(last)


@pytest.mark.parametrize("number", [17, 27, 36, 50, 57])
def test_months_that_every_program_knows_by_number(number: int) -> None:
    styles = f"<cellXfs><xf numFmtId='{number}'/></cellXfs>"
    assert only(cell("A1", "45658", "n"), styles=styles).cells == ("2025-01",)


@pytest.mark.parametrize("number", [14, 15, 16, 22, 28, 45, 47, 51, 58])
def test_dates_that_every_program_knows_by_number(number: int) -> None:
    styles = f"<cellXfs><xf numFmtId='{number}'/></cellXfs>"
    assert only(cell("A1", "45658", "n"), styles=styles).cells == ("2025-01-01",)
    assert xlsx_values.shape(number, {number: "0"}) == ""


@pytest.mark.parametrize(
    ("inside", "why"),
    [
        pytest.param("<c r='B1'><f>1+1</f><v>2</v></c>", "is a formula", id="a formula"),
        pytest.param("<c r='B1' t='str'><f>[1]Tab!A1</f><v>Ada</v></c>", "is a formula", id="a link to another file"),
        pytest.param("<c r='B1' t='str'><f>HYPERLINK(\"x\")</f><v>Ada</v></c>", "is a formula", id="a link"),
        pytest.param("<c r='B1'><f t='shared' si='0'/><v>2</v></c>", "is a formula", id="a shared formula"),
        pytest.param("<c r='B1'><f/></c>", "is a formula", id="a formula without value"),
        pytest.param(cell("B1", "#REF!", "e"), "is an error", id="an error"),
        pytest.param(cell("B1", "NaN", "n"), "is a number of more than 15 digits", id="no number"),
        pytest.param(cell("B1", "x", "n"), "is not a number", id="letters"),
        pytest.param(cell("B1", "1E+400", "n"), "is a number of more than 15 digits", id="infinite"),
        pytest.param(cell("B1", "1234567890123456789", "n"), "is a number of more than 15 digits", id="rounded"),
        pytest.param(cell("B1", "60", "n", " s='1'"), "is a date that no calendar has", id="29 February 1900"),
        pytest.param(cell("B1", "-1", "n", " s='1'"), "is a date that no calendar has", id="before all dates"),
        pytest.param(cell("B1", "2958466", "n", " s='1'"), "is a date that no calendar has", id="after all dates"),
        pytest.param(cell("B1", "x" * 32_768), "holds more than a cell can", id="too long"),
        pytest.param(cell("B1", "0", "s"), "holds more than a cell can", id="too long, shared"),
    ],
)
def test_a_cell_that_cannot_be_believed_comes_empty_and_is_named(inside: str, why: str) -> None:
    styles = "<cellXfs><xf/><xf numFmtId='14'/></cellXfs>"
    row = only(cell("A1", "Ada") + inside + cell("C1", "x"), styles=styles, strings=f"<si><t>{'x' * 40_000}</t></si>")
    assert row.cells == ("Ada", "", "x")
    assert row.doubtful == (1,)
    assert row.trouble.startswith(f"column B {why}")


def test_of_many_such_cells_three_are_named() -> None:
    row = only("".join(f"<c r='{column}1'><f/></c>" for column in ("A", "C", "Z", "AA", "AB")))
    assert row.trouble == "column A is a formula; column C is a formula; column Z is a formula and 2 more"
    assert row.doubtful == (0, 2, 25, 26, 27)


@pytest.mark.parametrize(
    ("inside", "shown"),
    [
        pytest.param(cell("A1", "0", "s"), "Ada Byron", id="rich text"),
        pytest.param(cell("A1", "1", "s"), "王", id="without its reading"),
        pytest.param(cell("A1", "2", "s"), "a\rb_x0041_", id="what XML cannot hold"),
        pytest.param(
            "<c><is><r><t>A</t></r><r><t>da</t></r></is></c>".replace("<c>", "<c t='inlineStr'>"), "Ada", id="inline"
        ),
        pytest.param(cell("A1", "a_x0041_b", "str"), "aAb", id="text of a formula"),
        pytest.param(cell("A1", "a_xD83D_b_x0000_c"), "a_xD83D_b_x0000_c", id="half a character"),
        pytest.param(cell("A1", "2026-12-31T00:00:00.000Z", "d"), "2026-12-31", id="a date as text"),
        pytest.param(cell("A1", "2026-12-31T18:30", "d"), "2026-12-31T18:30", id="a time as text"),
        pytest.param("<c t='str'><v><![CDATA[<Ada>]]></v></c>", "<Ada>", id="CDATA"),
        pytest.param("<c t='str'><v>A</v><x:v xmlns:x='other'>B</x:v></c>", "A", id="an element of another kind"),
    ],
)
def test_the_ways_in_which_texts_are_stored(inside: str, shown: str) -> None:
    strings = "<si><r><t>Ada </t></r><r><rPr/><t>Byron</t></r></si><si><t>王</t><rPh><t>ワン</t></rPh></si><si><t>a_x000D_b_x005F_x0041_</t></si>"
    assert only(inside, strings=strings).cells == (shown,)


def test_rows_and_cells_need_no_places_of_their_own() -> None:
    found = workbook(
        "<sheetData><row/><row><c t='str'><v>a</v></c><c/><c t='str'><v>b</v></c></row><row r='9'><c r='C9' t='str'><v>c</v></c></row></sheetData>"
    )
    assert rows(found) == [(2, ("a", "", "b")), (9, ("", "", "c"))]


@pytest.mark.parametrize(
    "inside",
    [
        pytest.param("<row r='2'/><row r='2'/>", id="a row twice"),
        pytest.param("<row r='2'/><row r='1'/>", id="rows backwards"),
        pytest.param("<row r='x'/>", id="a row that is no number"),
        pytest.param("<row r='-1'/>", id="a row below nought"),
        pytest.param("<row r='1'><c r='A2'/></row>", id="a cell of another row"),
        pytest.param("<row r='1'><c r='1'/></row>", id="a cell without a column"),
        pytest.param("<row r='1'><c r='AAAA1'/></row>", id="a column beyond all"),
        pytest.param("<row r='1'><c s='x'/></row>", id="a style that is no number"),
        pytest.param(f"<row>{cell('A1', 'a') * 2}</row>", id="a cell twice"),
        pytest.param(f"<row>{cell('A1', '7', 's')}</row>", id="a text that is not there"),
        pytest.param(f"<row>{cell('A1', 'x', 's')}</row>", id="a text that is no number"),
        pytest.param(cell("A1", "a"), id="a cell outside rows"),
        pytest.param("<mergeCell ref='A1:'/><mergeCell ref='x'/>", id="a merge of nothing"),
        pytest.param("<col hidden='1'/>", id="a hidden column that is none"),
    ],
)
def test_a_sheet_that_contradicts_itself_is_damaged(inside: str) -> None:
    with pytest.raises(BadInputError, match="damaged"):
        sheets.read(workbook(f"<sheetData>{inside}</sheetData>"))


def test_what_is_hidden_is_read_and_said() -> None:
    def hide(sheet: Any) -> None:
        sheet.row_dimensions[2].hidden = True
        sheet.row_dimensions[9].hidden = True
        sheet.column_dimensions["B"].hidden = True
        sheet.column_dimensions["F"].hidden = True

    grid = sheets.read(made(["a", "b"], [NAME, "d"], ["e", "f"], change=hide))
    assert [row.cells for row in grid.rows] == [("a", "b"), (NAME, "d"), ("e", "f")]
    assert grid.notes == ("Hidden rows (1) and hidden columns (1) were read too.",)


def test_a_merged_cell_counts_for_each_of_its_rows() -> None:
    def merge(sheet: Any) -> None:
        sheet.merge_cells("A1:C1")
        sheet.merge_cells("B2:C4")
        sheet.merge_cells("A5:A7")

    grid = sheets.read(made(["title"], ["a", "until"], ["b"], ["c"], ["=1+1", "x"], [None, "y"], change=merge))
    assert [row.cells for row in grid.rows] == [
        ("title",), ("a", "until"), ("b", "until"), ("c", "until"), ("", "x"), ("", "y"),
    ]  # fmt: skip
    assert [row.doubtful for row in grid.rows] == [(), (), (), (), (0,), (0,)]
    assert grid.notes == ("What stands in a merged cell was read for each of its rows.",)


def test_too_many_merged_cells_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx_sheet, "MOST_MERGED", 3)
    with pytest.raises(BadInputError, match="more than 3 merged"):
        sheets.read(workbook(data(cell("A1", "a")) + "<mergeCell ref='A1:A2'/>" * 4))


def test_too_many_hidden_columns_are_no_workbook(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx_sheet, "MOST_WIDTHS", 3)
    with pytest.raises(BadInputError, match="damaged"):
        sheets.read(workbook("<col min='1' max='2' hidden='1'/>" * 4 + data(cell("A1", "a"))))


def test_too_much_text_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.private.xlsx.MOST_CHARACTERS", 10)
    with pytest.raises(BadInputError, match="too much text"):
        sheets.read(workbook(data(cell("A1", "0", "s")), strings="<si><t>123456</t></si>" * 2))


@pytest.mark.parametrize(
    ("part", "note"),
    [
        pytest.param("xl/vbaProject.bin", "holds macros; they were not run", id="macros"),
        pytest.param("xl/macrosheets/sheet1.xml", "holds macros; they were not run", id="old macros"),
        pytest.param("xl/externalLinks/externalLink1.xml", "nothing was fetched", id="links to files"),
        pytest.param("xl/connections.xml", "nothing was fetched", id="data elsewhere"),
        pytest.param("xl/comments1.xml", "comments on cells; they were not read", id="comments"),
        pytest.param("xl/threadedComments/threadedComment1.xml", "they were not read", id="threads"),
        pytest.param("xl/media/image1.png", "what they show was not read", id="pictures"),
    ],
)
def test_what_is_not_read_is_said(part: str, note: str) -> None:
    grid = sheets.read(with_part(part, NAME))
    assert [row.cells for row in grid.rows] == [("Ada",)]
    assert len(grid.notes) == 1
    assert note in grid.notes[0]


def test_comments_and_struck_out_names_as_openpyxl_writes_them() -> None:
    def write(sheet: Any) -> None:
        sheet["A1"].comment = Comment(NAME, NAME)
        sheet["A1"].font = Font(strike=True)

    grid = sheets.read(made(["Ada", "Bob"], ["Cy"], change=write))
    assert [row.cells for row in grid.rows] == [("Ada", "Bob"), ("Cy",)]
    assert grid.notes == (
        (
            "Something is struck through in rows 1; people there were read like all others, but an end, a scope or an "
            "event that is struck through limits nothing."
        ),
        "The file holds comments on cells; they were not read.",
    )


def test_of_many_rows_that_are_struck_through_ten_are_named() -> None:
    def strike(sheet: Any) -> None:
        for row in sheet.iter_rows(max_row=12):
            for one in row:
                one.font = Font(strike=True)

    [note] = sheets.read(made(*(["Ada", "Bob"] for _ in range(13)), change=strike)).notes
    assert note.startswith(
        "Something is struck through in rows 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 …; people there were read"
    )


RICH = "<si><r><rPr>{}</rPr><t>2024-01-01</t></r><r><t> 2027-01-01</t></r></si>"


@pytest.mark.parametrize(
    ("inside", "strings", "struck"),
    [
        pytest.param(cell("A1", "Ada") + cell("B1", "Bo", more=" s='1'"), "", (1,), id="a style"),
        pytest.param(cell("A1", "0", "s"), RICH.format("<strike/>"), (0,), id="a part of a shared text"),
        pytest.param(cell("A1", "0", "s"), RICH.format("<strike val='0'/>"), (), id="a part that says no"),
        pytest.param(cell("A1", "1", "s"), RICH.format("<strike/>") + "<si><t>Ada</t></si>", (), id="another text"),
        pytest.param(
            "<c r='A1' t='inlineStr'><is><r><rPr><strike/></rPr><t>Ada</t></r></is></c>" + cell("B1", "Bo"),
            "",
            (0,),
            id="a part of a text in the cell",
        ),
        pytest.param(cell("A1", "Ada") + "<c r='B1' s='1'/>", "", (), id="nothing that could be struck"),
    ],
)
def test_the_columns_of_what_is_struck_through(inside: str, strings: str, struck: tuple[int, ...]) -> None:
    styles = "<fonts><font/><font><strike/></font></fonts><cellXfs><xf/><xf fontId='1'/></cellXfs>"
    row = only(inside, styles=styles, strings=strings)
    assert (row.struck, row.doubtful) == (struck, ())
    assert all(row.cells)


def test_a_merged_cell_is_struck_through_in_each_of_its_rows() -> None:
    def write(sheet: Any) -> None:
        sheet["B1"].font = Font(strike=True)
        sheet.merge_cells("B1:B2")

    grid = sheets.read(made(["Ada", "2027"], ["Bo", None], change=write))
    assert [row.struck for row in grid.rows] == [(1,), (1,)]


PAGE = "https://meta.wikimedia.org/wiki/User:Zyxwvut"


def test_links_as_openpyxl_writes_them() -> None:
    def write(sheet: Any) -> None:
        sheet["A1"].hyperlink = PAGE
        sheet["B2"].hyperlink = "mailto:zy@example.org"
        sheet["A2"].hyperlink = Hyperlink(ref="A2", location="Tab!B2")

    grid = sheets.read(made(["Ada", "x"], ["Bo", "y"], ["Cy"], change=write))
    assert [row.links for row in grid.rows] == [((0, PAGE),), ((1, "mailto:zy@example.org"),), ()]
    assert grid.notes == (LINKS,)
    assert NAME not in "".join(grid.notes)


def linked(*links: str, target: str = PAGE, merged: str = "") -> bytes:
    """Return a workbook of three rows and two columns; each of ``links`` is the inside of a <hyperlink>."""
    inside = data(*(cell(f"A{i}", "Ada") + (cell(f"B{i}", "x") if i == 2 else "") for i in (1, 2, 3)))
    inside += f"{merged}<hyperlinks>{''.join(f'<hyperlink {link}/>' for link in links)}</hyperlinks>"
    made_of = parts(inside, relations="http://schemas.openxmlformats.org/officeDocument/2006/relationships")
    made_of["xl/worksheets/_rels/sheet1.xml.rels"] = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="r1" Type="http://x/hyperlink" Target="{target}" TargetMode="External"/>'
        '<Relationship Id="r2" Type="http://x/hyperlink" Target="sheet2.xml"/>'
        '<Relationship Id="r3" Type="http://x/drawing" Target="http://x" TargetMode="External"/></Relationships>'
    )
    named = "xmlns:r='http://schemas.openxmlformats.org/officeDocument/2006/relationships'"
    sheet = str(made_of["xl/worksheets/sheet1.xml"])
    made_of["xl/worksheets/sheet1.xml"] = sheet.replace("<worksheet ", f"<worksheet {named} ")
    return packed(made_of)


@pytest.mark.parametrize(
    ("links", "merged", "expected"),
    [
        pytest.param(("ref='A2' r:id='r1'",), "", [(), (0,), ()], id="a cell"),
        pytest.param(("ref='A1:B2' r:id='r1'",), "", [(0,), (0, 1), ()], id="cells that hold something"),
        pytest.param(("ref='A1:XFD1048576' r:id='r1'",), "", [(0,), (0, 1), (0,)], id="the whole sheet"),
        pytest.param(("ref='C2' r:id='r1'",), "", [(), (), ()], id="a cell that shows nothing"),
        pytest.param(("ref='A2' r:id='r2'", "ref='A2' r:id='r3'", "ref='A2'"), "", [(), (), ()], id="not out of it"),
        pytest.param(
            ("ref='A1' r:id='r1'",),
            "<mergeCells><mergeCell ref='A1:A2'/></mergeCells>",
            [(0,), (0,), ()],
            id="cells that are one",
        ),
    ],
)
def test_which_cells_a_link_is_of(links: tuple[str, ...], merged: str, expected: list[tuple[int, ...]]) -> None:
    found = sheets.read(linked(*links, merged=merged))
    assert [tuple(column for column, _ in row.links) for row in found.rows] == expected
    assert {target for row in found.rows for _, target in row.links} <= {PAGE}


@pytest.mark.parametrize("ref", ["", "A", "1", "A1 A2"])
def test_a_link_of_no_place_is_damage(ref: str) -> None:
    with pytest.raises(BadInputError, match="damaged"):
        sheets.read(linked(f"ref='{ref}' r:id='r1'"))


def test_too_many_links_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx_sheet, "MOST_LINKS", 2)
    with pytest.raises(BadInputError, match="more than 2 links"):
        sheets.read(linked(*["ref='A1' r:id='r1'"] * 3))


@pytest.mark.parametrize(
    "styles",
    [
        pytest.param("<fonts><font/><font><strike val='0'/></font></fonts>", id="a font that says no"),
        pytest.param("<fonts><font><strike/></font><font/></fonts>", id="another font"),
        pytest.param("<fonts><font/><font/></fonts>", id="none"),
    ],
)
def test_what_is_not_struck_through(styles: str) -> None:
    styles += "<cellXfs><xf fontId='1'/></cellXfs><dxfs><dxf><font><strike/></font></dxf></dxfs>"
    assert sheets.read(workbook(FULL, styles=styles)).notes == ()


FULL, EMPTY, MORE = data(cell("A1", "a")), "", data(cell("A1", "b"), cell("A2", "c"))


def hidden(*tabs: str) -> bytes:
    """Return a workbook whose second sheet is hidden."""
    book = parts(*tabs)
    book["xl/workbook.xml"] = str(book["xl/workbook.xml"]).replace('sheetId="2"', 'sheetId="2" state="veryHidden"')
    return packed(book)


@pytest.mark.parametrize(
    ("file", "sheet", "expected", "notes"),
    [
        pytest.param(workbook(FULL), None, "a", (), id="one"),
        pytest.param(
            workbook(EMPTY, FULL), None, "a", ("Sheet 2 of 2 was read; the others are empty.",), id="the full one"
        ),
        pytest.param(workbook(FULL, MORE), "2", "b", ("Sheet 2 of 2 was read; not read: 1.",), id="by number"),
        pytest.param(workbook(FULL, MORE), "Tab 2", "b", ("Sheet 2 of 2 was read; not read: 1.",), id="by name"),
        pytest.param(
            workbook(FULL, MORE), " tab 1 ", "a", ("Sheet 1 of 2 was read; not read: 2.",), id="nearly by name"
        ),
        pytest.param(
            workbook(MORE, FULL, EMPTY, FULL), "1", "b", ("Sheet 1 of 4 was read; not read: 2, 4.",), id="of many"
        ),
        pytest.param(
            hidden(EMPTY, FULL),
            None,
            "a",
            ("Sheet 2 of 2, which is hidden, was read; the others are empty.",),
            id="hidden",
        ),
    ],
)
def test_which_sheet_is_read(file: bytes, sheet: str | None, expected: str, notes: tuple[str, ...]) -> None:
    grid = sheets.read(file, sheet=sheet)
    assert grid.rows[0].cells == (expected,)
    assert grid.notes == notes


def test_of_several_sheets_one_must_be_named_and_none_is_called_by_its_name() -> None:
    with pytest.raises(BadInputError) as caught:
        sheets.read(hidden(FULL, MORE))
    assert (
        str(caught.value)
        == "The spreadsheet has several sheets: say which with --sheet NUMBER, of 1 (1 row), 2 (hidden, 2 rows)."
    )
    with pytest.raises(UsageError, match=r"no such sheet: those with rows are 1 \(1 row\)"):
        sheets.read(workbook(FULL), sheet="Tab 7")
    with pytest.raises(UsageError, match="Sheet 2 of the spreadsheet is empty"):
        sheets.read(workbook(FULL, EMPTY), sheet="2")


def test_charts_are_counted_as_sheets_and_not_read() -> None:
    book = parts(EMPTY, FULL)
    links = "xl/_rels/workbook.xml.rels"
    book[links] = str(book[links]).replace("relationships/worksheet", "relationships/chartsheet", 1)
    assert sheets.read(packed(book)).notes == ("Sheet 2 of 2 was read; the others are empty.",)


def test_the_strict_form_of_the_standard_is_read() -> None:
    assert rows(strict(FULL)) == [(1, ("a",))]


def test_a_workbook_in_utf_16_is_read() -> None:
    text = str(parts(FULL)[SHEET])
    assert rows(with_part(SHEET, text.encode("utf-16"), workbook(FULL))) == [(1, ("a",))]


@pytest.mark.parametrize(
    "target",
    [
        pytest.param("../../../../etc/passwd", id="above the archive"),
        pytest.param("file:///etc/passwd", id="a file"),
        pytest.param("http://127.0.0.1:9/", id="the web"),
        pytest.param("", id="nothing"),
    ],
)
def test_a_relation_leads_to_parts_of_the_archive_alone(target: str) -> None:
    book = parts(FULL)
    links = "xl/_rels/workbook.xml.rels"
    book[links] = str(book[links]).replace("worksheets/sheet1.xml", target)
    with pytest.raises(BadInputError, match="damaged"):
        sheets.read(packed(book))
    book[links] = str(parts(FULL)[links]).replace("<Relationship ", '<Relationship TargetMode="External" ')
    with pytest.raises(BadInputError, match="damaged"):
        sheets.read(packed(book))


def test_a_cell_far_from_the_table_is_told_by_its_place() -> None:
    assert only(cell("SF1", "a")).cells[-1] == "a"
    with pytest.raises(BadInputError, match="in row 1, beyond column SF: delete"):
        only(cell("SG1", NAME))
    assert only(cell("A1", "a") + "<c r='XFD1' s='0'/>").cells == ("a",)


@pytest.mark.parametrize(
    ("column", "letters"),
    [(0, "A"), (25, "Z"), (26, "AA"), (51, "AZ"), (52, "BA"), (701, "ZZ"), (702, "AAA"), (16_383, "XFD")],
)
def test_the_letters_of_columns(column: int, letters: str) -> None:
    assert tables.letters(column) == letters
    assert xlsx_sheet.place(f"{letters}7") == (7, column)


@given(st.dates(dt.date(1904, 1, 2)), st.integers(0, 86_399), st.booleans())
def test_every_second_of_every_day_comes_back(day: dt.date, second: int, from_1904: bool) -> None:
    first = dt.date(1904, 1, 1) if from_1904 else dt.date(1899, 12, 30)
    shown = xlsx_values.moment((day - first).days + second / 86_400, from_1904=from_1904)
    assert dt.datetime.fromisoformat(shown) == dt.datetime.combine(day, dt.time()) + dt.timedelta(seconds=second)


@given(st.text(max_size=20))
def test_escaped_texts_come_back(text: str) -> None:
    escaped = "".join(f"_x{ord(one):04X}_" if 0 < ord(one) < 0xD800 else one for one in text)
    assert xlsx_values.text(escaped) == text or "_x" in text


def test_numbers_of_many_forms_never_fail() -> None:
    for stored in ("", " 7 ", "1_000", "٣", "0x10", "1e308", "-0", "1e-300"):
        shown, why = xlsx_values.number(stored, "", from_1904=False)
        assert bool(shown) != bool(why)


def test_names_are_made_for_these_tests() -> None:
    assert rows(names("a", "b")) == [(1, ("a",)), (2, ("b",))]
