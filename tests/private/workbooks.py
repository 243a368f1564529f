"""Makes workbooks part by part, also such as no program writes: broken, lying and meant to do harm."""

from __future__ import annotations

import io
import re
import struct
import zipfile
from collections.abc import Iterable, Mapping

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STRICT_RELATIONS = "http://purl.oclc.org/ooxml/officeDocument/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
SHEET = "xl/worksheets/sheet1.xml"


def packed(
    parts: Mapping[str, str | bytes] | Iterable[tuple[str, str | bytes]], how: int = zipfile.ZIP_DEFLATED
) -> bytes:
    """Return an archive of ``parts``; pairs may name a part twice."""
    pairs = parts.items() if isinstance(parts, Mapping) else parts
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", how, compresslevel=1) as archive:
        for name, content in pairs:
            archive.writestr(name, content)
    return out.getvalue()


def parts(*sheets: str, main: str = MAIN, relations: str = _RELATIONS, **more: str) -> dict[str, str | bytes]:
    """Return the parts of a workbook with ``sheets`` (what is inside <worksheet>).

    ``strings`` and ``styles`` are the insides of those parts.
    """
    links = [
        f'<Relationship Id="r{i}" Type="{relations}/worksheet" Target="worksheets/sheet{i}.xml"/>'
        for i, _ in _numbered(sheets)
    ]
    named = [f'<sheet name="Tab {i}" sheetId="{i}" r:id="r{i}"/>' for i, _ in _numbered(sheets)]
    made: dict[str, str | bytes] = {
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}"><Relationship Id="a" Type="{relations}/officeDocument" '
        'Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{relations}"><sheets>{"".join(named)}</sheets></workbook>',
    }
    for i, sheet in _numbered(sheets):
        made[f"xl/worksheets/sheet{i}.xml"] = f'<worksheet xmlns="{main}">{sheet}</worksheet>'
    for kind, part, root in (("sharedStrings", "strings", "sst"), ("styles", "styles", "styleSheet")):
        if part in more:
            inside = more.pop(part)
            links.append(f'<Relationship Id="{part}" Type="{relations}/{kind}" Target="/xl/{part}.xml"/>')
            made[f"xl/{part}.xml"] = f'<{root} xmlns="{main}">{inside}</{root}>'
    made["xl/_rels/workbook.xml.rels"] = f'<Relationships xmlns="{_PACKAGE}">{"".join(links)}</Relationships>'
    return made


def workbook(*sheets: str, **more: str) -> bytes:
    """Return a workbook with ``sheets``, each the inside of its <worksheet>."""
    return packed(parts(*sheets, main=MAIN, relations=_RELATIONS, **more))


def strict(*sheets: str) -> bytes:
    """Return a workbook in the strict form of the standard."""
    return packed(parts(*sheets, main=STRICT, relations=_STRICT_RELATIONS))


def data(*rows: str) -> str:
    """Return the inside of a sheet with ``rows``, each the inside of its <row>."""
    return "<sheetData>" + "".join(f'<row r="{i}">{row}</row>' for i, row in _numbered(rows)) + "</sheetData>"


def cell(place: str, text: str, kind: str = "inlineStr", more: str = "") -> str:
    """Return one cell."""
    if kind == "inlineStr":
        return f'<c r="{place}" t="inlineStr"{more}><is><t>{text}</t></is></c>'
    return f'<c r="{place}" t="{kind}"{more}><v>{text}</v></c>'


def names(*texts: str) -> bytes:
    """Return a workbook with one column of ``texts``."""
    return workbook(data(*(cell(f"A{i}", text) for i, text in _numbered(texts))))


def with_part(part: str, content: str | bytes, base: bytes | None = None) -> bytes:
    """Return a good workbook with one part put in its place, or added."""
    source = zipfile.ZipFile(io.BytesIO(base or names("Ada")))
    return packed({**{name: source.read(name) for name in source.namelist()}, part: content})


def lying(size: int) -> bytes:
    """Return a workbook whose sheet says that it is ``size`` bytes long, while it is 65 MiB."""
    made = bytearray(with_part(SHEET, b" " * (65 * 2**20)))
    at = next(
        found.start()
        for found in re.finditer(rb"PK\x01\x02", made)
        if made[found.start() + 46 :].startswith(SHEET.encode())
    )
    struct.pack_into("<I", made, at + 24, size)
    return bytes(made)


def overlapping(times: int) -> bytes:
    """Return an archive in which ``times`` parts are one and the same 1 MiB (as in D. Fifield, A better zip bomb)."""
    made = packed({SHEET: b" " * 2**20})
    begin, end = made.index(b"PK\x01\x02"), made.index(b"PK\x05\x06")
    entry = made[begin:end]
    entries = b"".join(
        entry.replace(SHEET.encode(), f"xl/worksheets/shee{i:04d}".encode()[: len(SHEET)].ljust(len(SHEET), b"x"))
        for i in range(times)
    )
    tail = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, times, times, len(entries), begin, 0)
    return made[:begin] + entries + tail


def _numbered(sheets: Iterable[str]) -> Iterable[tuple[int, str]]:
    return enumerate(sheets, 1)
