"""Files that are meant to do harm: each ends in one sentence, with little memory and in little time."""

import json
import resource
import subprocess
import sys
import time

import pytest

from bot.errors import BadInputError
from bot.private import sheets
from tests.private import workbooks
from tests.private.workbooks import SHEET, cell, data, with_part, workbook

ROOM = 450 * 2**20  # for all of a process, which makes the bombs too
LAUGHS = "<!DOCTYPE lolz [<!ENTITY a 'lol'>" + "".join(
    f"<!ENTITY {new} '{f'&{old};' * 10}'>" for old, new in zip("abcdefghi", "bcdefghij", strict=True)
)
MAIN = f'xmlns="{workbooks.MAIN}"'


def sheet_of(inside: str | bytes) -> bytes:
    whole = inside if isinstance(inside, bytes) else inside.encode()
    return with_part(SHEET, f"<worksheet {MAIN}>".encode() + whole + b"</worksheet>")


def doctype(part: str, root: str) -> bytes:
    return with_part(part, f"{LAUGHS}]><{root} {MAIN}>&j;</{root}>")


def cells(count: int, what: str) -> bytes:
    return sheet_of(b"<sheetData><row>" + what.encode() * count + b"</row></sheetData>")


def references(count: int) -> bytes:
    rows = "".join(f'<row r="{row}">' + '<c t="s"><v>0</v></c>' * 100 + "</row>" for row in range(1, count // 100 + 1))
    return workbook(f"<sheetData>{rows}</sheetData>", strings=f"<si><t>{'x' * 30_000}</t></si>")


BOMBS = {
    "huge part": lambda: with_part(SHEET, b" " * (65 * 2**20)),
    "huge strings": lambda: with_part(
        "xl/strings.xml", b" " * (65 * 2**20), workbook(data(cell("A1", "0", "s")), strings="")
    ),
    "small size told": lambda: workbooks.lying(10),
    "large size told": lambda: workbooks.lying(2**31),
    "overlapping parts": lambda: workbooks.overlapping(1_900),
    "too many parts": lambda: workbooks.overlapping(3_000),
    "laughs in a sheet": lambda: doctype(SHEET, "worksheet"),
    "laughs in the workbook": lambda: doctype("xl/workbook.xml", "workbook"),
    "laughs in the relations": lambda: doctype("_rels/.rels", "Relationships"),
    "quadratic": lambda: with_part(
        SHEET, f"<!DOCTYPE x [<!ENTITY a '{'a' * 100_000}'>]><worksheet>{'&a;' * 100_000}</worksheet>"
    ),
    "external entity": lambda: with_part(
        SHEET, '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><worksheet>&a;</worksheet>'
    ),
    "external type": lambda: with_part(SHEET, '<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd"><worksheet/>'),
    "deep": lambda: sheet_of(b"<a>" * 1_000_000),
    "one long tag": lambda: sheet_of(b"<c x='" + b"x" * (8 * 2**20) + b"'/>"),
    "one long comment": lambda: sheet_of(b"<!--" + b"x" * (8 * 2**20) + b"-->"),
    "many attributes": lambda: sheet_of("<c " + " ".join(f"a{i}=''" for i in range(200_000)) + "/>"),
    "many names": lambda: sheet_of("".join(f"<n{i}/>" for i in range(200_000))),
    "many cells": lambda: cells(2_000_000, "<c><v>1</v></c>"),
    "wide rows": lambda: sheet_of(
        "<sheetData>"
        + "".join(f'<row r="{i}"><c r="XFD{i}"><v>1</v></c></row>' for i in range(1, 20_001))
        + "</sheetData>"
    ),
    "many rows": lambda: sheet_of(b"<sheetData>" + b"<row><c><v>1</v></c></row>" * 100_001 + b"</sheetData>"),
    "one text many times": lambda: references(100_000),
    "merged upon merged": lambda: sheet_of(
        "<sheetData>"
        + "<row><c><v>1</v></c><c><v>1</v></c></row>" * 20_000
        + "</sheetData><mergeCells>"
        + "<mergeCell ref='A1:A20000'/>" * 20_000
        + "</mergeCells>"
    ),
    "many styles": lambda: workbook(
        "",
        styles="<numFmts>"
        + "".join(f"<numFmt numFmtId='{i}' formatCode='{'_' * 250}'/>" for i in range(20_000))
        + "</numFmts><fonts>"
        + "<font><strike/></font>" * 60_000
        + "</fonts><cellXfs>"
        + "".join(f"<xf numFmtId='{i}' fontId='{i}'/>" for i in range(60_000))
        + "</cellXfs>",
    ),
    "many sheets of one part": lambda: with_part(
        "xl/workbook.xml",
        f'<workbook {MAIN} xmlns:r="x"><sheets>' + '<sheet name="a" r:id="r1"/>' * 100_000 + "</sheets></workbook>",
    ),
    "archive in archive": lambda: workbooks.packed({"a.zip": workbooks.packed({"b.zip": b"PK" * 10_000_000})}),
    "CSV of delimiters": lambda: b"a" + b"," * (30 * 2**20),
    "CSV of marks": lambda: b'"' * (4 * 2**20),
    "CSV of lines": lambda: b"a\n" * (15 * 2**20),
    "CSV on one line": lambda: b"a" * (4 * 2**20),
    "too large": lambda: b"a" * (33 * 2**20),
}


# What each of them is told for; the rest is refused as too large.
HARM = "meant to do harm"
TOLD = {
    "small size told": "damaged",
    "overlapping parts": "damaged",
    "too many parts": "too many parts",
    "laughs in a sheet": HARM,
    "laughs in the workbook": HARM,
    "laughs in the relations": HARM,
    "quadratic": HARM,
    "external entity": HARM,
    "external type": HARM,
    "deep": HARM,
    "one long tag": HARM,
    "one long comment": HARM,
    "many attributes": HARM,
    "many names": HARM,
    "many cells": "beyond column SF",
    "wide rows": "beyond column SF",
    "many styles": "is empty",
    "many sheets of one part": "more than 255 sheets",
    "archive in archive": "ZIP archive",
    "CSV of marks": "cannot be read as CSV",
    "CSV on one line": "cannot be read as CSV",
}


@pytest.fixture(scope="module")
def results() -> dict[str, tuple[str, float]]:
    """What was told of each bomb, and after how long, by a process that may not take more than ROOM."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.private.test_sheets_bombs"],
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    assert not done.stderr
    return {name: (text, seconds) for name, (text, seconds) in json.loads(done.stdout).items()}


@pytest.mark.parametrize("name", [pytest.param(name, id=name) for name in BOMBS])
def test_a_bomb_ends_in_one_sentence(name: str, results: dict[str, tuple[str, float]]) -> None:
    text, seconds = results[name]
    assert TOLD.get(name, "is it the right one?") in text or (name not in TOLD and "grows beyond 64 MiB" in text)
    assert "\n" not in text
    assert len(text) < 200
    assert seconds < 10


def _told(name: str) -> tuple[str, float]:
    made = BOMBS[name]()
    begun = time.process_time()
    try:
        sheets.read(made)
    except BadInputError as error:
        return str(error), time.process_time() - begun
    return "", time.process_time() - begun


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_AS, (ROOM, ROOM))
    print(json.dumps({name: _told(name) for name in BOMBS}))
