"""Opens the archive that a workbook is, with all that may be hostile in one refused; must not know what its parts say.

What an archive says of the sizes inside it is never believed: parts come in pieces, and the pieces are counted.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator

from bot.errors import BadInputError

MOST_PARTS = 2_000
MOST_INFLATED = 64 * 2**20
PIECE = 2**16
DAMAGED = "The spreadsheet is damaged or not whole: get it anew, or open it and save it again as .xlsx."
_ENTRY = b"PK\x01\x02"  # begins each entry of an archive's table of contents
_BROKEN = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, ValueError, LookupError, RuntimeError)


class Archive:
    """The parts of a workbook by name; names are told apart without regard to case, as the format has it.

    Raises BadInputError for what is no archive, for more than MOST_PARTS, for a part twice, encrypted or packed in a
    way that no spreadsheet program uses, and, while parts are read, when MOST_INFLATED bytes of them were read.
    """

    def __init__(self, data: bytes) -> None:
        if data.count(_ENTRY) > MOST_PARTS:
            raise BadInputError("The file is an archive of too many parts to be a spreadsheet: is it the right one?")
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except _BROKEN:
            raise BadInputError(DAMAGED) from None
        self._parts = {entry.filename.casefold(): entry for entry in self._zip.infolist()}
        self._left = MOST_INFLATED
        if len(self._parts) < len(self._zip.infolist()):
            raise BadInputError(
                "The spreadsheet holds a part twice, so that programs read it differently: save it again."
            )
        for entry in self._parts.values():
            _refuse(entry)

    @property
    def names(self) -> frozenset[str]:
        """The names of the parts, in lower case."""
        return frozenset(self._parts)

    def pieces(self, name: str) -> Iterator[bytes]:
        """Yield what the part ``name`` holds, piece by piece, nothing for a part that is not there."""
        entry = self._parts.get(name.casefold())
        if entry is None:
            return
        try:
            with self._zip.open(entry) as part:
                while piece := part.read(PIECE):
                    self._left -= len(piece)
                    if self._left < 0:
                        break
                    yield piece
        except _BROKEN:
            raise BadInputError(DAMAGED) from None
        if self._left < 0:
            size = MOST_INFLATED // 2**20
            raise BadInputError(
                f"The spreadsheet grows beyond {size} MiB when it is unpacked: a list of names does not."
            )


def _refuse(entry: zipfile.ZipInfo) -> None:
    if entry.flag_bits & 0x1:
        raise BadInputError(
            "The file is an archive with a password of its own: unpack it and give the spreadsheet inside."
        )
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise BadInputError(DAMAGED)
