"""The file of a sealed list, byte by byte: its document, its seal, its limits; knows no name and no clock.

Nothing of a file is believed before its seal is checked, but its first line, which says what it is.
"""

from __future__ import annotations

import base64
import hmac
import re
from datetime import date, datetime, timedelta

import msgspec

from bot.errors import BadInputError
from bot.private import sealed_hash as hashing
from bot.private.model import Field
from bot.private.sealed_hash import Cost

FORMAT = "eventsafety/sealed-list@1"
FEWEST_ROWS = 1024
_MOST_ROWS = 2**20
_MOST_BYTES = 40 * 2**20
_MOST_MEMORY = 2**30
_MOST_WORK = 2**22  # n * p
_HEAD = re.compile(rb'\{"format":"eventsafety/sealed-list@(\d{1,9})","secret":"([0-9a-f]{8})",')
_TAIL = re.compile(rb',"mac":"([0-9a-f]{64})"\}\r?\n?\Z')  # a mail program may have made the last newline its own
_TAIL_LENGTH = 77
_FAULTY = "The sealed list fits its secret but is not made as the format says; ask its holder for a new one."


class Event(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The event that a file is for."""

    title: str
    id: int | None
    wiki: str


class Kdf(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The cost of one try."""

    name: str
    n: int
    r: int
    p: int


class Document(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The members of a file in their order, without its seal.

    ``kinds`` are the different combinations of what entries give; ``salt`` and ``rows`` are base64.
    """

    format: str
    secret: str
    event: Event
    made: date
    expires: datetime
    kdf: Kdf
    rules: dict[str, int]
    unicode: str
    kinds: tuple[tuple[Field, ...], ...]
    salt: str
    rows: str

    @property
    def cost(self) -> Cost:
        """Return what one try costs."""
        return Cost(self.kdf.n, self.kdf.r, self.kdf.p)


def encode(document: Document, secret: bytes) -> bytes:
    """Return the bytes of a file."""
    covered = msgspec.json.encode(document)[:-1]
    return covered + b',"mac":"' + hashing.mac(secret, covered).hex().encode() + b'"}\n'


def decode(data: bytes, secret: bytes, least: Cost) -> Document:
    """Return the document of a file whose seal is right and whose cost is at least ``least``, and not absurd.

    Raises BadInputError: no sealed list, of a newer version, another secret, cut off or changed.
    """
    head = _HEAD.match(data[:200])
    if head is None:
        raise BadInputError("The file is not a sealed list.")
    if head[1] != b"1":
        raise BadInputError(f"The sealed list has format {int(head[1])}, and this program reads 1: update it.")
    if len(data) > _MOST_BYTES:
        raise BadInputError(f"The file is too large for a sealed list: {_MOST_BYTES // 2**20} MiB is the most.")
    if not hmac.compare_digest(head[2], hashing.fingerprint(secret).encode()):
        raise BadInputError("The secret belongs to another sealed list; ask whoever made this one for its secret.")
    tail = _TAIL.search(data[-_TAIL_LENGTH:])
    if tail is None:
        raise BadInputError("The sealed list is cut off or was changed at its end; get the file again.")
    covered = data[: len(data) - len(tail[0])]
    if not hmac.compare_digest(hashing.mac(secret, covered).hex().encode(), tail[1]):
        raise BadInputError("The sealed list was changed after it was made; get the file again, as an attachment.")
    return _believed(covered + b"}", least)


def rows_of(document: Document) -> dict[bytes, int]:
    """Return the rows by tag, with their boxes."""
    raw = _bytes(document.rows)
    size = hashing.ROW
    cut = (raw[at : at + size] for at in range(0, len(raw), size))
    return {row[: hashing.TAG]: int.from_bytes(row[hashing.TAG :], "big") for row in cut}


def salt_of(document: Document) -> bytes:
    """Return the salt."""
    return _bytes(document.salt)


def text(data: bytes) -> str:
    """Return bytes as they stand in a document."""
    return base64.b64encode(data).decode()


def is_bearable(cost: Cost, least: Cost) -> bool:
    """Whether a cost is neither below ``least`` nor so high that it could only be meant to do harm."""
    sane = cost.n > 1 and cost.n & (cost.n - 1) == 0 and cost.r > 0 and cost.p > 0
    enough = cost.memory >= least.memory and cost.n * cost.r * cost.p >= least.n * least.r * least.p
    return sane and enough and cost.memory <= _MOST_MEMORY and cost.n * cost.p <= _MOST_WORK


def _believed(document: bytes, least: Cost) -> Document:
    try:
        found = msgspec.json.decode(document, type=Document)
    except (msgspec.MsgspecError, RecursionError, UnicodeDecodeError):
        raise BadInputError(_FAULTY) from None
    rows = len(_bytes(found.rows))
    count = rows // hashing.ROW
    is_whole = rows == count * hashing.ROW and FEWEST_ROWS <= count <= _MOST_ROWS and count & (count - 1) == 0
    if found.kdf.name != "scrypt" or not is_whole or len(_bytes(found.salt)) != hashing.SALT:
        raise BadInputError(_FAULTY)
    if found.expires.utcoffset() != timedelta(0):
        raise BadInputError(_FAULTY)
    if not is_bearable(found.cost, least):
        raise BadInputError("The cost of a try in the sealed list is out of bounds; ask its holder for a new one.")
    return found


def _bytes(written: str) -> bytes:
    try:
        return base64.b64decode(written, validate=True)
    except ValueError:
        raise BadInputError(_FAULTY) from None
