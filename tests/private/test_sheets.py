"""What is no spreadsheet that can be read: one sentence that says what to do. And tables as CSV."""

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import BadInputError, EventSafetyError, UsageError
from bot.private import sheets, tables
from bot.private.model import Grid
from tests.private.workbooks import SHEET, names, packed, parts, with_part, workbook

NAME = "Zyxwvut"
GOOD = names(NAME, "Ada", "Bob")
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def rows(data: bytes) -> list[tuple[int, tuple[str, ...]]]:
    return [(row.number, row.cells) for row in sheets.read(data).rows]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        pytest.param(b"%PDF-1.7", "is a PDF", id="PDF"),
        pytest.param(b"{\\rtf1 a}", "text document", id="RTF"),
        pytest.param(b"-----BEGIN PGP MESSAGE-----\n", "decrypt it with gpg", id="PGP"),
        pytest.param(b"\xef\xbb\xbf<?xml version='1.0'?><Workbook/>", "is XML", id="Excel 2003 XML"),
        pytest.param(b"MIME-Version: 1.0\n", "web archive", id="MHTML"),
        pytest.param(b"7z\xbc\xaf\x27\x1c\x00", "unpack it", id="7z"),
        pytest.param(b"Rar!\x1a\x07", "unpack it", id="RAR"),
        pytest.param(b"\x1f\x8b\x08\x00", "unpack it", id="gzip"),
        pytest.param(b"SQLite format 3\x00", "a database", id="database"),
        pytest.param(b"\x89PNG\r\n", "a picture", id="PNG"),
        pytest.param(b"\xff\xd8\xff\xe0", "a picture", id="JPEG"),
        pytest.param(b"<!DOCTYPE html><p>Ada", "web page", id="HTML"),
        pytest.param(b"\n<html><table><tr><td>Ada", "web page", id="HTML that calls itself .xls"),
        pytest.param(OLE + "Workbook".encode("utf-16-le"), "old Excel format (.xls)", id="old Excel"),
        pytest.param(OLE + "WordDocument".encode("utf-16-le"), "Office file of another kind", id="old Word"),
        pytest.param(OLE + "EncryptedPackage".encode("utf-16-le"), "still locked", id="encrypted"),
        pytest.param(b"age-encryption.org/v1\n-> X25519 a\n", "still locked", id="age"),
        pytest.param(b'{"format": "eventsafety/sealed-list@1"}', "sealed list", id="sealed"),
        pytest.param(b"a\x00b", "neither a spreadsheet", id="binary"),
        pytest.param(b"", "is empty", id="empty"),
        pytest.param(b"\n \n,,\n", "is empty", id="blank"),
        pytest.param("Jörg".encode("latin-1"), "not UTF-8 (line 1)", id="Latin-1"),
        pytest.param(f'a,b\n"{NAME}'.encode(), "line 2", id="open quotation mark"),
        pytest.param(packed({"mimetype": "x", "content.xml": "<a/>"}), "OpenDocument", id="ODS"),
        pytest.param(packed({"word/document.xml": NAME}), "Word document", id="DOCX"),
        pytest.param(packed({"ppt/presentation.xml": NAME}), "presentation", id="PPTX"),
        pytest.param(packed({"xl/workbook.bin": NAME}), ".xlsb", id="XLSB"),
        pytest.param(packed({"Index/Document.iwa": NAME}), "Numbers", id="Numbers"),
        pytest.param(packed({f"{NAME}.csv": NAME}), "ZIP archive: unpack", id="ZIP"),
        pytest.param(packed({}), "ZIP archive: unpack", id="ZIP without parts"),
        pytest.param(packed({SHEET: NAME}, zipfile.ZIP_LZMA), "damaged", id="packed by LZMA"),
        pytest.param(packed({SHEET: NAME}, zipfile.ZIP_BZIP2), "damaged", id="packed by bzip2"),
        pytest.param(GOOD[: len(GOOD) // 2], "damaged or not whole", id="half a workbook"),
        pytest.param(GOOD[:-1], "damaged or not whole", id="all but the last byte"),
        pytest.param(packed({"xl/a.xml": ""}), "damaged", id="no workbook in it"),
        pytest.param(packed(parts()), "damaged", id="no sheets"),
        pytest.param(with_part(SHEET, ""), "empty", id="a sheet of nothing"),
        pytest.param(with_part(SHEET, f"<worksheet>{NAME}"), "damaged", id="a sheet that breaks off"),
        pytest.param(with_part(SHEET, f"<worksheet>&{NAME};</worksheet>"), "damaged", id="an entity of nowhere"),
        pytest.param(
            with_part(SHEET, f'<?xml version="1.0" encoding="{NAME}"?><a/>'), "damaged", id="no such encoding"
        ),
        pytest.param(with_part(SHEET, b"\xff\xfe<\x00"), "damaged", id="half of UTF-16"),
        pytest.param(workbook(""), "is empty", id="an empty workbook"),
    ],
)
def test_what_cannot_be_read_is_told_in_one_sentence_without_content(data: bytes, said: str) -> None:
    with pytest.raises(BadInputError) as caught:
        sheets.read(data)
    text = str(caught.value)
    assert said in text
    assert "\n" not in text
    assert NAME not in text
    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__ or caught.value.__context__ is None


def test_a_part_twice_is_refused_since_programs_choose_differently() -> None:
    with pytest.warns(UserWarning, match="Duplicate"):
        twice = packed([*parts("").items(), (SHEET.upper(), ""), (SHEET, "")])
    with pytest.raises(BadInputError, match="a part twice"):
        sheets.read(twice)


def test_an_archive_with_a_password_says_that_it_is_one() -> None:
    locked = bytearray(GOOD)
    at = locked.index(b"PK\x01\x02")
    locked[at + 8] |= 1
    with pytest.raises(BadInputError, match="password of its own"):
        sheets.read(bytes(locked))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("a,b\n1,2\n", [(1, ("a", "b")), (2, ("1", "2"))], id="commas"),
        pytest.param("a;b\n1,5;2\n", [(1, ("a", "b")), (2, ("1,5", "2"))], id="semicolons, decimal commas"),
        pytest.param("a\tb\n1\t2\n", [(1, ("a", "b")), (2, ("1", "2"))], id="tabs"),
        pytest.param("sep=|\na|b\n", [(2, ("a", "b"))], id="sep="),
        pytest.param(
            "Ada\nBob, Jr\nCy\n", [(1, ("Ada",)), (2, ("Bob, Jr",)), (3, ("Cy",))], id="one column, one comma"
        ),
        pytest.param(
            "Valid until 2026\n\nName,Until\nAda,\nBob,2026\n",
            [(1, ("Valid until 2026",)), (3, ("Name", "Until")), (4, ("Ada", "")), (5, ("Bob", "2026"))],
            id="lines above the header",
        ),
        pytest.param('a,"b\nc"\n1,2\n', [(1, ("a", "b\nc")), (3, ("1", "2"))], id="a cell of two lines"),
        pytest.param("\ufeffa,b\n", [(1, ("a", "b"))], id="byte order mark"),
        pytest.param('a,b\n"=""007""",\'=x\n', [(1, ("a", "b")), (2, ("007", "=x"))], id="guarded texts"),
        pytest.param("a,'b\n'90s,-c\n", [(1, ("a", "'b")), (2, ("'90s", "-c"))], id="marks that guard nothing"),
        pytest.param("#,b\n1,2\n", [(1, ("#", "b")), (2, ("1", "2"))], id="a column of running numbers"),
    ],
)
def test_csv_becomes_rows_with_the_numbers_of_their_lines(
    text: str, expected: list[tuple[int, tuple[str, ...]]]
) -> None:
    assert rows(text.encode()) == expected
    assert rows(text.removeprefix("\ufeff").encode("utf-16")) == expected


@pytest.mark.parametrize(
    ("cell", "why"),
    [
        pytest.param('=HYPERLINK("x";"Zyxwvut")', "is a formula", id="a formula"),
        pytest.param("=A1+SUM(B1)", "is a formula", id="a sum"),
        pytest.param("#NAME?", "is an error", id="a name that became a formula"),
        pytest.param("#REF!", "is an error", id="a lost reference"),
        pytest.param("#N/A", "is an error", id="not available"),
        pytest.param("#####", "is an error", id="a column too narrow"),
        pytest.param("1.23457E+19", "is a number that was rounded", id="a long number"),
        pytest.param("1,2E+11", "is a number that was rounded", id="a long number with a decimal comma"),
    ],
)
def test_what_a_spreadsheet_put_in_place_of_a_text_is_doubtful(cell: str, why: str) -> None:
    quoted = '"' + cell.replace('"', '""') + '"'
    [_, row] = sheets.read(f"a\tb\nAda\t{quoted}\n".encode()).rows
    assert row.cells == ("Ada", "")
    assert (row.trouble, row.doubtful) == (f"column B {why}", (1,))


def test_a_line_of_too_many_cells_is_in_trouble_alone() -> None:
    first, second, third = sheets.read(b"a,b\n" + b"x," * 600 + b"\nc,d\n").rows
    assert (first.trouble, third.cells) == ("", ("c", "d"))
    assert second.trouble == "the line has more than 500 cells"
    assert second.cells == ()


def test_too_many_lines_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "MOST_ROWS", 100)
    assert len(sheets.read(b"a\n" * 100).rows) == 100
    assert len(sheets.read(b"a\n\n" * 100).rows) == 100
    for lines in (b"a\n" * 101, b"\n" * 201):
        with pytest.raises(BadInputError, match="larger than 100,000 rows"):
            sheets.read(lines)


def test_csv_has_no_sheets() -> None:
    with pytest.raises(UsageError, match="no sheets"):
        sheets.read(b"a,b\n", sheet="1")


def harmless(data: bytes) -> None:
    """Read ``data``, which may fail in one way alone; nothing that is said may hold the name in it."""
    try:
        grid: Grid | None = sheets.read(data)
        said = " ".join((*grid.notes, *(row.trouble for row in grid.rows))) if grid else ""
    except EventSafetyError as error:
        said = str(error)
    assert NAME not in said
    assert "\n" not in said


@given(st.binary(max_size=300))
def test_any_bytes_end_in_a_table_or_a_sentence(data: bytes) -> None:
    harmless(data)


@given(st.text(alphabet=st.sampled_from(f'{NAME},;\t|"\n\r=#\ufeff'), max_size=80))
def test_any_text_ends_in_a_table_or_a_sentence(text: str) -> None:
    harmless(text.encode())


@given(st.data())
def test_a_workbook_with_any_bytes_changed_ends_in_a_table_or_a_sentence(draw: st.DataObject) -> None:
    changed = bytearray(GOOD)
    for _ in range(draw.draw(st.integers(1, 6))):
        changed[draw.draw(st.integers(0, len(changed) - 1))] = draw.draw(st.integers(0, 255))
    harmless(bytes(changed[: draw.draw(st.integers(len(changed) // 2, len(changed)))]))


PIECES = ("<row>", "</row>", "<c>", "<c r='B1'>", "<c t='s'>", "<c t='d' s='1'>", "</c>", "<v>", "</v>", "<is>", "</is>", "<t>", "</t>", "<f>", "</f>", "<rPh>", "</rPh>", "<sheetData>", "</sheetData>", "<row r='7' hidden='1'>", "<mergeCell ref='A1:B9'/>", "<col min='1' max='x' hidden='1'/>", "0", "-1", "1e999", "nan", NAME, "&#xd;")  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=30))
def test_a_sheet_of_any_elements_ends_in_a_table_or_a_sentence(pieces: list[str]) -> None:
    harmless(
        with_part(
            SHEET,
            f'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">{"".join(pieces)}</worksheet>',
        )
    )


@given(st.lists(st.sampled_from(PIECES), max_size=12))
def test_a_sheet_of_elements_that_are_closed_ends_in_a_table_or_a_sentence(pieces: list[str]) -> None:
    closing: list[str] = []
    for piece in pieces:
        if piece.startswith("<") and not piece.startswith("</") and not piece.endswith("/>"):
            closing.insert(0, f"</{piece[1:].partition(' ')[0].rstrip('>')}>")
    opened = "".join(piece for piece in pieces if not piece.startswith("</"))
    harmless(workbook(opened + "".join(closing)))


def test_the_makers_of_these_files_make_what_they_say() -> None:
    assert zipfile.ZipFile(io.BytesIO(GOOD)).testzip() is None
    assert rows(GOOD) == [(1, (NAME,)), (2, ("Ada",)), (3, ("Bob",))]


@pytest.mark.parametrize(
    ("limit", "most", "said"),
    [
        pytest.param("sheets.MOST_BYTES", 100, "larger than 0 MiB", id="bytes"),
        pytest.param("xlsx_zip.MOST_PARTS", 3, "too many parts", id="parts"),
        pytest.param("xlsx_zip.MOST_INFLATED", 900, "when it is unpacked", id="bytes unpacked"),
        pytest.param("xlsx_xml.MOST_ELEMENTS", 12, "too many cells", id="elements"),
        pytest.param("xlsx_xml.MOST_NAMES", 5, "meant to do harm", id="names"),
        pytest.param("xlsx_xml.MOST_DEPTH", 4, "meant to do harm", id="depth"),
        pytest.param("xlsx_xml.MOST_TOKEN", -1, "meant to do harm", id="one tag"),
        pytest.param("xlsx_sheet.MOST_ROWS", 2, "holds more than 2 rows", id="rows"),
        pytest.param("xlsx_sheet.MOST_CELLS", 2, "too much in them", id="cells"),
        pytest.param("xlsx_sheet.MOST_CHARACTERS", 12, "too much in them", id="characters"),
        pytest.param("xlsx.MOST_SHEETS", 0, "more than 0 sheets", id="sheets"),
    ],
)
def test_every_limit_holds(limit: str, most: int, said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert len(sheets.read(GOOD).rows) == 3
    monkeypatch.setattr(f"bot.private.{limit}", most)
    with pytest.raises(BadInputError, match=said):
        sheets.read(GOOD)


def test_entities_are_refused_wherever_they_are() -> None:
    for part in ("_rels/.rels", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", SHEET):
        with pytest.raises(BadInputError, match="meant to do harm"):
            sheets.read(with_part(part, "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"))
