"""The bytes of an incident record: a head, then one age block for each entry, bound to the one before; knows no disk.

The head has a key pair of the record's own: the public half in clear, so that whoever adds needs no passphrase and
never reads what is there; the secret half encrypted by a passphrase, to age keys, or both. Everything is age's armor
between plain lines, so that ``age`` alone can open a record. An entry holds the SHA-256 of the block before it, or of
the head: what was removed, changed or moved in the middle is told. Whoever may write the file can still cut off its
end, or add to it: against that stands the receipt of the last entry, if somebody noted it.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from datetime import datetime

import msgspec

from bot.errors import BadInputError, ConfigError, UsageError
from bot.private import extras
from bot.private.incident import IncidentEntry

TITLE = "Event Safety Bot: incident record, version 1"
LONGEST = 64 * 1024 * 1024
PADDED_TO = 512  # so that the length of a block does not tell a "no" from a name
_ARMOR = rb"-----BEGIN AGE ENCRYPTED FILE-----\n[A-Za-z0-9+/=\n]*?-----END AGE ENCRYPTED FILE-----(?=\n|\Z)"
_BLOCK = re.compile(rb"(?m:^)entry ([1-9][0-9]{0,8})\n(" + _ARMOR + rb")")
_BEGUN = re.compile(rb"(?m)^entry ([1-9][0-9]{0,8})$")
_HEAD = re.compile(
    TITLE.encode() + rb"\nrecord: (?P<id>[0-9a-z-]{1,40})\npublic key: (?P<public>age1[0-9a-z]{1,4000})"
    rb"(?:\nsecret key, for the passphrase:\n(?P<passphrase>" + _ARMOR + rb"))?"
    rb"(?:\nsecret key, for age keys:\n(?P<keys>" + _ARMOR + rb"))?"
)
_VERSION = re.compile(rb"\AEvent Safety Bot: incident record, version ([0-9]{1,6})\n")


@dataclass(frozen=True, slots=True, repr=False)
class Block:
    """An entry as it lies in the file; ``digest`` is the SHA-256 of its bytes, which the next one holds."""

    number: int
    armored: bytes
    digest: str


@dataclass(frozen=True, slots=True, repr=False)
class RecordFile:
    """What can be said of a record without its key; ``torn`` are the numbers of blocks that have no end, 0 unknown."""

    id: str
    public: str
    by_passphrase: bytes
    by_keys: bytes
    head_digest: str
    blocks: tuple[Block, ...]
    torn: tuple[int, ...]

    @property
    def last_digest(self) -> str:
        """The digest that the next entry has to hold."""
        return self.blocks[-1].digest if self.blocks else self.head_digest

    @property
    def next_number(self) -> int:
        """The number of the next entry: no number comes twice, not even that of a torn one."""
        return max((*(one.number for one in self.blocks), *self.torn), default=0) + 1


class _Content(msgspec.Struct, frozen=True):
    """An entry as it is encrypted."""

    entry: int
    at: datetime
    by: str
    field: str
    text: str
    before: str
    corrects: int = 0
    about: int = 0

    def __repr__(self) -> str:
        return "an entry"


def new(record: str, *, passphrase: str, recipients: Sequence[str]) -> bytes:
    """Return the head of a new record, which opens with the passphrase (if there is one) or a key of ``recipients``.

    Raises UsageError if there is neither, ConfigError for a recipient that is no age key, by its place.
    """
    pyrage = extras.load("pyrage")
    if not passphrase and not recipients:
        raise UsageError("A record needs a passphrase, or age keys in private.recipients of the settings.")
    to = [_recipient(key, place) for place, key in enumerate(recipients, 1)]
    identity = pyrage.x25519.Identity.generate()
    secret = f"{identity}\n".encode()
    parts = [f"{TITLE}\nrecord: {record}\npublic key: {identity.to_public()}\n".encode()]
    if passphrase:
        sealed = pyrage.passphrase.encrypt(secret, passphrase, armored=True)
        parts.append(b"secret key, for the passphrase:\n" + sealed.strip() + b"\n")
    if to:
        parts.append(b"secret key, for age keys:\n" + pyrage.encrypt(secret, to, armored=True).strip() + b"\n")
    return b"".join(parts)


def parse(data: bytes) -> RecordFile:
    """Return what the bytes of a record say without its key; raises BadInputError for what is no record."""
    if len(data) > LONGEST:
        raise BadInputError("This file is too large for an incident record.")
    data = data.replace(b"\r\n", b"\n")
    if not (version := _VERSION.match(data)):
        raise BadInputError("This file is no incident record of eventsafety.")
    if int(version[1]) != 1:
        raise BadInputError("This incident record was made by a newer version of eventsafety; use that one.")
    head = _HEAD.match(data)
    if not head or not (head["passphrase"] or head["keys"]):
        raise BadInputError("The head of this incident record is damaged; take it from a copy of the file.")
    return RecordFile(
        id=head["id"].decode(),
        public=head["public"].decode(),
        by_passphrase=head["passphrase"] or b"",
        by_keys=head["keys"] or b"",
        head_digest=_digest(head[0]),
        blocks=tuple(Block(int(one[1]), one[2], _digest(one[0])) for one in _BLOCK.finditer(data, head.end())),
        torn=tuple(_torn(data[head.end() :])),
    )


def addition(data: bytes, entry: IncidentEntry) -> tuple[bytes, int, str]:
    """Return what to add to the bytes of a record, the number that the entry got, and its receipt.

    ``number`` of the entry does not count. A torn end is closed first, so that the new block stands on its own lines.
    Raises BadInputError for what is no record, and for an entry that makes it too long to be read.
    """
    file = parse(data)
    number = file.next_number
    content = _Content(
        number, entry.at, entry.by, entry.field, entry.text, file.last_digest, entry.corrects, entry.about
    )
    plain = msgspec.json.encode(content)
    padded = plain + b" " * (-len(plain) % PADDED_TO)
    armored = extras.load("pyrage").encrypt(padded, [_recipient(file.public)], armored=True)
    block = f"entry {number}\n".encode() + armored.strip()
    added = (b"" if data.endswith(b"\n") else b"\n") + block + b"\n"
    if len(data) + len(added) > LONGEST:
        raise BadInputError("This is too long for the record, and is not in it; the record is as it was.")
    return added, number, receipt(_digest(block))


def receipt(digest: str) -> str:
    """Return the first letters of a digest as somebody can note them down: "4F2A-91C0"."""
    return f"{digest[:4]}-{digest[4:8]}".upper()


def secret_by_passphrase(file: RecordFile, passphrase: str) -> str:
    """Return the secret key of a record; raises UsageError where the passphrase does not open it."""
    pyrage = extras.load("pyrage")
    if not file.by_passphrase:
        raise UsageError(f"Record {file.id} has no passphrase; give the age key that opens it with --identity.")
    try:
        return _text(pyrage.passphrase.decrypt(file.by_passphrase, passphrase))
    except pyrage.DecryptError:
        raise UsageError(f"This passphrase does not open record {file.id}.") from None


def secret_by_identity(file: RecordFile, identity: bytes) -> str:
    """Return the secret key of a record, by a file of age keys; raises UsageError where none of them opens it."""
    pyrage = extras.load("pyrage")
    if not file.by_keys:
        raise UsageError(f"Record {file.id} is not for age keys; it opens with its passphrase.")
    lines = identity.decode("utf-8", "replace").splitlines()
    try:
        keys = [pyrage.x25519.Identity.from_str(line.strip()) for line in lines if line.startswith("AGE-SECRET-KEY-")]
        if keys:
            return _text(pyrage.decrypt(file.by_keys, keys))
    except (pyrage.DecryptError, pyrage.IdentityError):
        pass
    raise UsageError(f"No key of the --identity file opens record {file.id}.")


def entries(file: RecordFile, secret: str) -> tuple[tuple[IncidentEntry, ...], tuple[str, ...]]:
    """Return the entries that can be read, and sentences on everything that is not as it was written.

    Raises BadInputError if the secret key is not that of the record.
    """
    pyrage = extras.load("pyrage")
    try:
        identity = pyrage.x25519.Identity.from_str(secret.strip())
    except pyrage.IdentityError:
        raise BadInputError(f"The key in the head of record {file.id} is damaged.") from None
    if str(identity.to_public()) != file.public:
        raise BadInputError(
            f"The public key of record {file.id} was changed: nothing more should be added to this file, and what was "
            "added since may be for somebody else. Put the head back from a copy of the file."
        )
    read: list[IncidentEntry] = []
    notes = list(_about_torn(file))
    before, last = file.head_digest, 0
    there = {*file.torn, *(one.number for one in file.blocks)}
    for block in file.blocks:
        content = _opened(block, identity)
        if content is None:
            notes.append(f"Entry {block.number} cannot be read: it was changed, or it is damaged.")
        else:
            read.append(_entry(content, block.number))
        notes += _about_place(block, content, before, last, there)
        # What follows a changed block cannot agree with it: that was said already.
        before, last = (block.digest if content else ""), block.number
    return tuple(read), tuple(notes)


def encrypted(content: str, recipients: Sequence[str]) -> str:
    """Return a text encrypted to age keys, in armor; raises UsageError for what is no such key."""
    pyrage = extras.load("pyrage")
    try:
        to = [pyrage.x25519.Recipient.from_str(key) for key in recipients]
    except pyrage.RecipientError:
        raise UsageError("What is given with --to is no age key of the kind that is supported (age1…).") from None
    armored: bytes = pyrage.encrypt(content.encode("utf-8", "backslashreplace"), to, armored=True)
    return armored.decode().strip() + "\n"


def _about_torn(file: RecordFile) -> Iterator[str]:
    for number in file.torn:
        which = f"entry {number}" if number else "an entry"
        why = "the program was stopped while it wrote, or the file was cut"
        yield f"The end of {which} is missing ({why}); the others are whole."


def _about_place(block: Block, content: _Content | None, before: str, last: int, there: Set[int]) -> Iterator[str]:
    """Yield what is wrong with where a block stands; ``before`` is empty behind a block that cannot be read."""
    missing = _gap(last, block.number, there)
    if missing:
        yield _missing(missing)
    if block.number <= last or (content and content.entry != block.number):
        yield f"Entry {block.number} is not where it was written: entries were moved, repeated or renumbered."
    elif content and before and content.before != before and not missing:
        what = "the head of the record" if not last else f"entry {last}"
        yield f"Entry {block.number} was not written behind {what} as it is now: something was changed or replaced."


def _gap(last: int, number: int, there: Set[int]) -> list[int]:
    """Return the numbers between two that are nowhere; of a gap that no record can have, both ends."""
    if number - last > LONGEST // PADDED_TO:
        return [last + 1, number - 1]
    return [one for one in range(last + 1, number) if one not in there]


def _missing(numbers: Sequence[int]) -> str:
    if len(numbers) == 1:
        return f"Entry {numbers[0]} is missing: it was removed."
    return f"Entries {numbers[0]} to {numbers[-1]} are missing: they were removed."


def _opened(block: Block, identity: object) -> _Content | None:
    pyrage = extras.load("pyrage")
    try:
        return msgspec.json.decode(pyrage.decrypt(block.armored, [identity]), type=_Content)
    except (pyrage.DecryptError, msgspec.MsgspecError, UnicodeDecodeError):
        return None


def _entry(content: _Content, number: int) -> IncidentEntry:
    return IncidentEntry(number, content.at, content.by, content.field, content.text, content.corrects, content.about)


def _torn(data: bytes) -> Iterator[int]:
    """Yield what stands between whole blocks, as the number of the block that it began, 0 where that is lost."""
    position = 0
    for start, end in (*(one.span() for one in _BLOCK.finditer(data)), (len(data), len(data))):
        if piece := data[position:start].strip():
            found = [int(one) for one in _BEGUN.findall(piece)]
            yield from found or [0]
        position = end


def _recipient(key: str, place: int = 0) -> object:
    pyrage = extras.load("pyrage")
    try:
        recipient: object = pyrage.x25519.Recipient.from_str(key)
    except pyrage.RecipientError:
        where = f"Key {place} of private.recipients" if place else "The public key of this record"
        raise ConfigError(f"{where} is no age key of the kind that is supported (age1…).") from None
    return recipient


def _text(secret: bytes) -> str:
    return secret.decode("ascii", "replace").strip()


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
