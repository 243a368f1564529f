"""Reads a table of any form that people send, as a Grid; must not know what its columns mean."""

from __future__ import annotations

from bot.errors import BadInputError, UsageError
from bot.private import tables, xlsx
from bot.private.model import Grid
from bot.private.unlock import LOCKED, MOST_BYTES, OLE, Kind, kind

_AS_CSV = 'save it as .xlsx or as "CSV UTF-8" and try again.'
# How files of other kinds begin; each with what to do.
_OTHERS = (
    (b"%PDF", f"The file is a PDF, from which no table can be read: ask for the spreadsheet itself, or {_AS_CSV}"),
    (b"{\\rtf", f"The file is a text document: {_AS_CSV}"),
    (
        b"-----BEGIN PGP",
        "The file is encrypted with PGP: decrypt it with gpg, to a place that is not kept, and try again.",
    ),
    (b"<?xml", f"The file is XML, not a table: {_AS_CSV}"),
    (b"MIME-Version:", f"The file is a web archive: {_AS_CSV}"),
    (b"7z\xbc\xaf\x27\x1c", "The file is a 7z archive: unpack it and give the spreadsheet inside."),
    (b"Rar!", "The file is a RAR archive: unpack it and give the spreadsheet inside."),
    (b"\x1f\x8b", "The file is compressed by gzip: unpack it and give the spreadsheet inside."),
    (b"SQLite format 3", f"The file is a database: {_AS_CSV}"),
    (b"\x89PNG", "The file is a picture, from which no table can be read: ask for the spreadsheet itself."),
    (b"\xff\xd8\xff", "The file is a picture, from which no table can be read: ask for the spreadsheet itself."),
)


def read(data: bytes, *, sheet: str | None = None) -> Grid:
    """Return the table in ``data``, plain XLSX or CSV; ``sheet`` is the name of a sheet, or its number from 1.

    Without ``sheet`` it is the only one that is not empty. Raises BadInputError, one sentence without content, for
    everything else: another format, a damaged file, one that is too large or would grow too large, several sheets;
    UsageError for a sheet that is not there. Memory and time are bounded whatever ``data`` is, and nothing that it
    refers to is fetched or run.
    """
    if len(data) > MOST_BYTES:
        raise BadInputError(f"The file is larger than {MOST_BYTES // 2**20} MiB: is it the right one?")
    for beginning, problem in _OTHERS:
        if data.startswith((beginning, b"\xef\xbb\xbf" + beginning)):
            raise BadInputError(problem)
    found = kind(data)
    if found is Kind.XLSX:
        return xlsx.read(data, sheet)
    if found is not Kind.CSV:
        raise BadInputError(_problem(found, data))
    if sheet is not None:
        raise UsageError("A CSV file has no sheets: leave --sheet away.")
    return tables.read(data)


def _problem(found: Kind, data: bytes) -> str:
    if found in LOCKED:
        return "The file is still locked: unlock it first."
    if found is Kind.OLD_XLS:
        return "The file is in the old Excel format (.xls): save it as .xlsx, again with a password if it had one."
    if found is Kind.SEALED:
        return "The file is a sealed list, not a table: give it as such."
    if data.startswith(OLE):
        return f"The file is an Office file of another kind, or not whole: get it anew, or {_AS_CSV}"
    return f"The file is neither a spreadsheet nor a text file: {_AS_CSV}"
