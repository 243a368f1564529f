"""Tells what kind of file some bytes are and takes a lock off in memory; must not know what the file says.

The libraries that decrypt say in their errors what they found; nothing of that leaves this module.
"""

from __future__ import annotations

import base64
import binascii
import io
import re
from enum import StrEnum, auto
from typing import Any

from bot.errors import BadInputError, UsageError
from bot.private import extras

MOST_BYTES = 32 * 2**20
MOST_SPINS = 1_000_000  # Excel and LibreOffice write 100,000; ten million, the format's own limit, take half a minute
MOST_DESCRIPTION = 2**16  # of how a workbook is encrypted; Excel writes 1.5 kB
MOST_WORK = 20  # age writes 18, rage 18 to 20; every step doubles memory and time, 20 is 1 GiB
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_AGE = b"age-encryption.org/v1\n"
_ARMOR = b"-----BEGIN AGE ENCRYPTED FILE-----"
_SEALED = re.compile(rb'"format"\s*:\s*"eventsafety/sealed-list@')
# Excel encrypts with this password a workbook that is only protected against changes ([MS-XLS] 2.2.10).
_OF_EXCEL = "VelvetSweatshop"
_DAMAGED = "The encrypted file is damaged or not whole: get it anew."
_FOREIGN = "The spreadsheet is encrypted in a way that only its own organization can open: save it with a password."
# On hostile bytes the libraries raise whatever their parsers do, and its text may be the file's.
_ANY = (Exception,)


class Kind(StrEnum):
    """What kind of file it is, as far as its first bytes and its parts tell."""

    CSV = auto()
    XLSX = auto()
    ENCRYPTED_XLSX = auto()
    AGE_PASSPHRASE = auto()
    AGE_KEY = auto()
    OLD_XLS = auto()
    SEALED = auto()
    OTHER = auto()


LOCKED = frozenset({Kind.ENCRYPTED_XLSX, Kind.AGE_PASSPHRASE, Kind.AGE_KEY})
BY_PASSWORD = frozenset({Kind.ENCRYPTED_XLSX, Kind.AGE_PASSPHRASE})


def kind(data: bytes) -> Kind:
    """Return what ``data`` is; text is CSV, any ZIP is XLSX, and what reads them says more. Raises nothing."""
    if data.startswith(_ZIP):
        return Kind.XLSX
    if data.startswith(OLE):
        return _kind_of_ole(data)
    if data.startswith(_AGE) or data.lstrip()[: len(_ARMOR)] == _ARMOR:
        return Kind.AGE_PASSPHRASE if _age_header(data).startswith(b"-> scrypt ") else Kind.AGE_KEY
    if data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"{" and _SEALED.search(data):
        return Kind.SEALED
    is_text = data.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\x00" not in data
    return Kind.CSV if is_text and not data.startswith(b"%PDF") else Kind.OTHER


def unlock(data: bytes, kind: Kind, *, password: str | None = None, identity: bytes | None = None) -> bytes:
    """Return the plain bytes inside ``data``, which may be locked again; what is not locked comes back as it is.

    ``identity`` is the text of an age identity file, or of an OpenSSH private key without a passphrase. Raises
    UsageError where the password or the identity is missing, BadInputError for a wrong password or key, for a damaged
    file, and for one whose lock would cost too much memory or time. Nothing touches the disk.
    """
    if kind not in LOCKED:
        return data
    if len(data) > MOST_BYTES:
        raise BadInputError(
            f"The file is larger than {MOST_BYTES // 2**20} MiB: a list of names is not; is it the right one?"
        )
    if kind is Kind.ENCRYPTED_XLSX:
        return _unlock_workbook(data, password)
    data = data if data.startswith(_AGE) else data.lstrip()
    if kind is Kind.AGE_PASSPHRASE:
        return _unlock_by_passphrase(data, password)
    return _unlock_by_key(data, identity)


def _kind_of_ole(data: bytes) -> Kind:
    if "EncryptedPackage".encode("utf-16-le") in data:
        return Kind.ENCRYPTED_XLSX
    is_xls = any(name.encode("utf-16-le") in data for name in ("Workbook", "Book\x00"))
    return Kind.OLD_XLS if is_xls else Kind.OTHER


def _age_header(data: bytes) -> bytes:
    """Return the beginning of the header behind its first line, empty where armor cannot be read."""
    if not data.startswith(_AGE):
        begin = b"".join(data.lstrip()[len(_ARMOR) :][:400].partition(b"-")[0].split())
        try:
            data = base64.b64decode(begin[: len(begin) // 4 * 4])
        except binascii.Error:
            return b""
    return data[len(_AGE) : len(_AGE) + 200]


def _unlock_by_passphrase(data: bytes, password: str | None) -> bytes:
    if not password:
        raise UsageError("The file is encrypted with a passphrase: give it.")
    stanza = re.match(rb"-> scrypt [A-Za-z0-9+/]{22} ([1-9][0-9]?)\n", _age_header(data))
    if stanza is None:
        raise BadInputError(_DAMAGED)
    if int(stanza[1]) > MOST_WORK:
        raise BadInputError(
            "The file asks for more memory to open it than this computer should give: have it made anew by age."
        )
    pyrage = extras.load("pyrage")
    try:
        plain = pyrage.passphrase.decrypt(data, password)
    except _ANY:
        raise BadInputError("The passphrase is wrong, or the file is damaged or not whole.") from None
    return bytes(plain)


def _unlock_by_key(data: bytes, identity: bytes | None) -> bytes:
    if identity is None:
        raise UsageError("The file is encrypted to a key: give the file with the identity (AGE-SECRET-KEY-1…).")
    pyrage = extras.load("pyrage")
    keys = _identities(pyrage, identity)
    try:
        return bytes(pyrage.decrypt(data, keys))
    except _ANY as error:
        is_for_another = "No matching keys" in str(error)
    message = "The file is not encrypted to this identity, or it is damaged." if is_for_another else _DAMAGED
    raise BadInputError(message)


def _identities(pyrage: Any, identity: bytes) -> list[Any]:
    """Return the keys in an identity file; plugins are never run."""
    if identity.lstrip().startswith((_AGE.strip(), _ARMOR)):
        raise BadInputError("The identity is itself encrypted: decrypt it first (age -d).")
    try:
        if b"-----BEGIN" in identity:
            return [pyrage.ssh.Identity.from_buffer(identity)]
        lines = [line.strip() for line in identity.decode().splitlines()]
        found = [pyrage.x25519.Identity.from_str(line) for line in lines if line and not line.startswith("#")]
    except _ANY:
        found = []
    if not found:
        raise BadInputError(
            "The identity cannot be read: it holds lines AGE-SECRET-KEY-1…, or is an OpenSSH key without a passphrase."
        )
    return found


def _unlock_workbook(data: bytes, password: str | None) -> bytes:
    _refuse_costly(data)
    ooxml = extras.load("msoffcrypto.format.ooxml")
    errors = extras.load("msoffcrypto.exceptions")
    plain = io.BytesIO()
    try:
        workbook = ooxml.OOXMLFile(io.BytesIO(data))
        workbook.load_key(password=password or _OF_EXCEL, verify_password=True)
    except errors.InvalidKeyError:
        _refuse_password(password)
    except _ANY:
        raise BadInputError(_DAMAGED) from None
    try:
        workbook.decrypt(plain, verify_integrity=workbook.type == "agile")
    except _ANY:
        raise BadInputError(_DAMAGED) from None
    return plain.getvalue()


def _refuse_password(password: str | None) -> None:
    if not password:
        raise UsageError("The spreadsheet is protected by a password: give it.") from None
    raise BadInputError("The password is wrong.") from None


def _refuse_costly(data: bytes) -> None:
    """Refuse a description of the encryption that holds entities, or that asks for too many rounds."""
    if "DRMEncrypted".encode("utf-16-le") in data:
        raise BadInputError(_FOREIGN)
    olefile = extras.load("olefile")
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as ole:
            description = ole.openstream("EncryptionInfo").read()
    except _ANY:
        raise BadInputError(_DAMAGED) from None
    if description[:4] != b"\x04\x00\x04\x00":
        if description[2:4] == b"\x03\x00":
            raise BadInputError(_FOREIGN)
        return  # the older way has a number of rounds of its own, 50,000
    xml = description[8:]
    spins = [int(number) for number in re.findall(rb'spinCount="([0-9]{1,10})"', xml)]
    hides = re.search(rb'<!|\x00|encoding="(?!utf-8")', xml, re.IGNORECASE) is not None
    if hides or len(xml) > MOST_DESCRIPTION or not spins or len(spins) < xml.count(b"spinCount"):
        raise BadInputError(_DAMAGED)
    if max(spins) > MOST_SPINS:
        raise BadInputError("The spreadsheet asks for more rounds to open it than any program writes: save it anew.")
