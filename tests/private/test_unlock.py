"""Taking locks off: what is locked how, wrong passwords and keys, damaged files, and locks that cost too much."""

import hashlib
import io
import logging
import sys
import time
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ed25519
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import BadInputError, ConfigError, EventSafetyError, UsageError
from bot.private import extras, sheets, unlock
from bot.private.unlock import Kind
from tests.private import locked
from tests.private.tracing import traced
from tests.private.workbooks import names, with_part

pyrage = extras.load("pyrage")
NAME = "Zyxwvut"
SECRET = "korrekt häst 🐴"
PLAIN = with_part("docProps/thumbnail.jpeg", hashlib.shake_256(b"").digest(6_000), names(NAME))
KEY = pyrage.x25519.Identity.generate()
IDENTITY = f"# created: 2026-11-21\n# public key: {KEY.to_public()}\n{KEY}\r\n\n".encode()
SSH_KEY = b"""-----BEGIN OPENSSH PRIVATE KEY-----
KEY_HERE
-----END OPENSSH PRIVATE KEY-----
"""
BY_KEY = pyrage.encrypt(PLAIN, [KEY.to_public()])
OF_EXCEL = locked.excel(PLAIN, SECRET)
OF_AGE = locked.age(PLAIN, SECRET)
DAMAGED = "damaged or not whole"


def opened(data: bytes, password: str | None = SECRET, identity: bytes | None = IDENTITY) -> bytes:
    return unlock.unlock(data, unlock.kind(data), password=password, identity=identity)


def said(data: bytes, password: str | None = SECRET, identity: bytes | None = IDENTITY) -> str:
    """Return the sentence in which opening ``data`` ends, which must tell nothing."""
    with pytest.raises(BadInputError) as caught:
        opened(data, password, identity)
    error = caught.value
    assert error.__cause__ is None
    assert error.__suppress_context__ or error.__context__ is None
    assert "\n" not in str(error)
    assert NAME not in str(error)
    assert SECRET not in str(error)
    return str(error)


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        pytest.param(b"", Kind.CSV, id="nothing"),
        pytest.param(b"Name,Until\n", Kind.CSV, id="CSV"),
        pytest.param("Name\n".encode("utf-16"), Kind.CSV, id="CSV in UTF-16"),
        pytest.param(b'{"names": []}', Kind.CSV, id="any JSON"),
        pytest.param(PLAIN, Kind.XLSX, id="XLSX"),
        pytest.param(OF_EXCEL, Kind.ENCRYPTED_XLSX, id="encrypted XLSX"),
        pytest.param(OF_AGE, Kind.AGE_PASSPHRASE, id="age by a passphrase"),
        pytest.param(locked.armored(OF_AGE), Kind.AGE_PASSPHRASE, id="the same, armored"),
        pytest.param(
            b"\n " + locked.armored(OF_AGE).replace(b"\n", b"\r\n"), Kind.AGE_PASSPHRASE, id="with line ends of Windows"
        ),
        pytest.param(BY_KEY, Kind.AGE_KEY, id="age by a key"),
        pytest.param(locked.armored(BY_KEY), Kind.AGE_KEY, id="age by a key, armored"),
        pytest.param(b"-----BEGIN AGE ENCRYPTED FILE-----\n!", Kind.AGE_KEY, id="armor around nothing"),
        pytest.param(b"-----BEGIN AGE ENCRYPTED FILE-----\nA", Kind.AGE_KEY, id="armor around too little"),
        pytest.param(b"-----BEGIN AGE ENCRYPTED FILE-----\nAA!A", Kind.AGE_KEY, id="armor of other characters"),
        pytest.param(b'\xef\xbb\xbf {"a": 1, "format" : "eventsafety/sealed-list@7"}', Kind.SEALED, id="sealed"),
        pytest.param(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Book\0".encode("utf-16-le"), Kind.OLD_XLS, id="Excel 95"),
        pytest.param(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Kind.OTHER, id="any OLE file"),
        pytest.param(b"%PDF-1.4", Kind.OTHER, id="PDF"),
        pytest.param(b"\x7fELF\x00", Kind.OTHER, id="binary"),
    ],
)
def test_kinds(data: bytes, kind: Kind) -> None:
    assert unlock.kind(data) is kind


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(OF_EXCEL, id="Excel"),
        pytest.param(locked.excel_2007(PLAIN, SECRET), id="Excel 2007"),
        pytest.param(OF_AGE, id="age by a passphrase"),
        pytest.param(locked.armored(OF_AGE), id="armored"),
        pytest.param(b"\n" + locked.armored(OF_AGE).replace(b"\n", b"\r\n"), id="armored on Windows"),
        pytest.param(BY_KEY, id="age by a key"),
        pytest.param(locked.armored(BY_KEY), id="age by a key, armored"),
        pytest.param(PLAIN, id="not locked"),
    ],
)
def test_what_was_locked_comes_back(data: bytes) -> None:
    assert opened(data) == PLAIN
    assert sheets.read(opened(data)).rows[0].cells == (NAME,)


@pytest.mark.parametrize("length", [0, 1, 2**16 - 1, 2**16, 2**16 + 1])
def test_age_files_of_many_lengths(length: int) -> None:
    assert opened(locked.age(bytes(length), SECRET)) == bytes(length)


def test_a_file_may_be_locked_twice() -> None:
    once = opened(locked.age(OF_EXCEL, SECRET))
    assert unlock.kind(once) in unlock.LOCKED
    assert opened(once) == PLAIN


def test_a_file_for_several_keys_and_an_ssh_key() -> None:
    other = pyrage.x25519.Identity.generate()
    both = pyrage.encrypt(PLAIN, [other.to_public(), KEY.to_public()])
    assert opened(both) == PLAIN
    assert opened(both, identity=f"{pyrage.x25519.Identity.generate()}\n{other}".encode()) == PLAIN
    private = ed25519.Ed25519PrivateKey.generate()
    text = private.private_bytes(Encoding.PEM, PrivateFormat.OpenSSH, NoEncryption())
    public = private.public_key().public_bytes(Encoding.OpenSSH, PublicFormat.OpenSSH).decode()
    for_ssh = pyrage.encrypt(PLAIN, [pyrage.ssh.Recipient.from_str(public)])
    assert opened(for_ssh, identity=text) == PLAIN
    assert "without a passphrase" in said(for_ssh, identity=text[:200])


def test_a_workbook_that_is_only_protected_against_changes_asks_for_no_password() -> None:
    assert opened(locked.excel(PLAIN, "VelvetSweatshop"), password=None) == PLAIN


@pytest.mark.parametrize(
    ("data", "missing"),
    [
        pytest.param(OF_EXCEL, "protected by a password: give it", id="Excel"),
        pytest.param(OF_AGE, "with a passphrase: give it", id="age by a passphrase"),
        pytest.param(BY_KEY, "give the file with the identity", id="age by a key"),
    ],
)
@pytest.mark.parametrize("nothing", [None, ""])
def test_a_missing_password_is_asked_for(data: bytes, missing: str, nothing: str | None) -> None:
    with pytest.raises(UsageError, match=missing):
        opened(data, nothing, None)


def test_wrong_passwords_and_keys() -> None:
    assert said(OF_EXCEL, "no") == "The password is wrong."
    assert said(locked.excel_2007(PLAIN, SECRET), "no") == "The password is wrong."
    assert said(OF_AGE, "no") == "The passphrase is wrong, or the file is damaged or not whole."
    other = str(pyrage.x25519.Identity.generate()).encode()
    assert said(BY_KEY, identity=other) == "The file is not encrypted to this identity, or it is damaged."


@pytest.mark.parametrize(
    "identity",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(b"# a comment\n", id="a comment"),
        pytest.param(str(KEY).encode()[:-1] + b"Q", id="a typing error"),
        pytest.param(b"\xff\xfe", id="no text"),
        pytest.param(str(KEY.to_public()).encode(), id="the public key"),
        pytest.param(b"AGE-PLUGIN-YUBIKEY-1QQQ", id="a plugin, which is never run"),
        pytest.param(SSH_KEY, id="no SSH key"),
    ],
)
def test_identities_that_cannot_be_read(identity: bytes) -> None:
    assert "holds lines AGE-SECRET-KEY-1" in said(BY_KEY, identity=identity)


def test_an_identity_with_a_passphrase_says_so() -> None:
    assert "decrypt it first (age -d)" in said(BY_KEY, identity=locked.age(IDENTITY, SECRET))
    assert "decrypt it first (age -d)" in said(BY_KEY, identity=locked.armored(locked.age(IDENTITY, SECRET)))


@pytest.mark.traced
@pytest.mark.parametrize(
    "data",
    [pytest.param(OF_EXCEL, id="Excel"), pytest.param(OF_AGE, id="age"), pytest.param(BY_KEY, id="age by a key")],
)
def test_a_file_that_was_cut_anywhere_is_told(data: bytes) -> None:
    for length in (*range(600, len(data) - 200, 400), len(data) - 1_000, len(data) - 600):
        with pytest.raises(BadInputError, match="not whole"):
            sheets.read(opened(data[:length]))


@pytest.mark.parametrize("data", [pytest.param(OF_AGE, id="age"), pytest.param(BY_KEY, id="age by a key")])
def test_a_byte_that_was_changed_anywhere_is_told(data: bytes) -> None:
    for at in (*range(25, len(data), len(data) // 40), len(data) - 1):
        changed = data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]
        assert "damaged" in said(changed)


def test_a_package_that_was_changed_is_told() -> None:
    ole = extras.load("olefile").OleFileIO(io.BytesIO(OF_EXCEL))
    package = ole.openstream("EncryptedPackage").read()
    at = OF_EXCEL.index(package[1_000:1_100])
    assert DAMAGED in said(OF_EXCEL[:at] + bytes([OF_EXCEL[at] ^ 1]) + OF_EXCEL[at + 1 :])


def agile(xml: str) -> bytes:
    return locked.container(bytes(6_000), b"\x04\x00\x04\x00\x40\x00\x00\x00" + xml.encode())


@pytest.mark.parametrize(
    ("data", "text"),
    [
        pytest.param(agile('<a spinCount="1000001"/>'), "asks for more rounds", id="a million rounds and one"),
        pytest.param(agile('<a spinCount="9999999999"/>'), "asks for more rounds", id="all rounds"),
        pytest.param(agile('<a spinCount="1"/><b spinCount="&#57;999999"/>'), DAMAGED, id="rounds in disguise"),
        pytest.param(agile("<!DOCTYPE a [<!ENTITY b 'c'>]><a spinCount=\"1\"/>"), DAMAGED, id="entities"),
        pytest.param(agile('<?xml version="1.0" encoding="cp037"?><a spinCount="1"/>'), DAMAGED, id="an encoding"),
        pytest.param(agile('<a spinCount="1"/>\0'), DAMAGED, id="NUL"),
        pytest.param(agile("<a/>"), DAMAGED, id="no rounds"),
        pytest.param(agile('<a spinCount="1"/>'), DAMAGED, id="nothing else"),
        pytest.param(agile(f'<{NAME} spinCount="1">'), DAMAGED, id="broken XML"),
        pytest.param(
            locked.container(bytes(6_000), b"\x03\x00\x03\x00" + bytes(60)),
            "only its own organization",
            id="extensible",
        ),
        pytest.param(locked.container(bytes(6_000), b"\x09\x00\x09\x00" + bytes(60)), DAMAGED, id="another version"),
        pytest.param(locked.container(bytes(6_000), b"\x04\x00\x02\x00" + b"\xff" * 60), DAMAGED, id="2007, lying"),
        pytest.param(OF_EXCEL + "DRMEncryptedTransform".encode("utf-16-le"), "only its own organization", id="rights"),
        pytest.param(
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            DAMAGED,
            id="nothing but a name",
        ),
        pytest.param(locked.age(PLAIN, SECRET, told="21"), "asks for more memory", id="age, 2 GiB"),
        pytest.param(locked.age(PLAIN, SECRET, told="99"), "asks for more memory", id="age, all memory"),
        pytest.param(locked.age(PLAIN, SECRET, told="999"), DAMAGED, id="age, too many digits"),
        pytest.param(locked.age(PLAIN, SECRET, told="01"), DAMAGED, id="age, another form"),
        pytest.param(locked.age(PLAIN, SECRET, told="-1"), DAMAGED, id="age, below nought"),
        pytest.param(
            OF_AGE.replace(b"\n---", b"\n-> scrypt AAAAAAAAAAAAAAAAAAAAAA 30\nAAAA\n---"),
            DAMAGED,
            id="age, a second lock",
        ),
        pytest.param(OF_AGE + bytes(unlock.MOST_BYTES), "larger than 32 MiB", id="too large"),
    ],
)
def test_locks_that_cost_too_much_or_are_none(data: bytes, text: str) -> None:
    begun = time.process_time()
    assert text in said(data)
    assert time.process_time() - begun < 1


def test_a_lock_that_costs_more_is_opened() -> None:
    assert opened(locked.age(PLAIN, SECRET, work=14)) == PLAIN


def test_a_description_that_is_too_long_is_not_taken_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    assert opened(OF_EXCEL) == PLAIN
    monkeypatch.setattr(unlock, "MOST_DESCRIPTION", 1_000)
    assert DAMAGED in said(OF_EXCEL)


@given(st.data())
def test_a_locked_file_with_any_bytes_changed_ends_in_its_content_or_a_sentence(draw: st.DataObject) -> None:
    changed = bytearray(draw.draw(st.sampled_from((OF_EXCEL, OF_AGE, BY_KEY))))
    for _ in range(draw.draw(st.integers(1, 4))):
        changed[draw.draw(st.integers(0, min(len(changed), 3_000) - 1))] = draw.draw(st.integers(0, 255))
    try:
        told = ""
        opened(bytes(changed))
    except EventSafetyError as error:
        told = str(error)
    assert NAME not in told


def test_an_extra_package_that_is_missing_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyrage", None)
    with pytest.raises(ConfigError) as caught:
        opened(OF_AGE)
    assert (
        str(caught.value) == 'The package pyrage is missing, which this needs: run pip install "eventsafety[private]".'
    )


def test_no_library_logs_a_password(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    opened(locked.excel_2007(PLAIN, SECRET))
    opened(OF_EXCEL)
    assert caplog.records == []
    assert extras.load("msoffcrypto").__name__ == "msoffcrypto"


CODE = """
import sys
from bot.private import sheets, unlock
data = open(sys.argv[1], "rb").read()
identity = open(sys.argv[2], "rb").read()
password = open(sys.argv[3]).read()
plain = unlock.unlock(data, unlock.kind(data), password=password, identity=identity)
assert len(sheets.read(plain).rows) == 1
"""


@pytest.mark.parametrize(
    "data",
    [pytest.param(OF_EXCEL, id="Excel"), pytest.param(OF_AGE, id="age"), pytest.param(BY_KEY, id="age by a key")],
)
def test_opening_and_reading_touches_no_disk(data: bytes, tmp_path: Path) -> None:
    files = [tmp_path / name for name in ("list", "identity", "password")]
    for file, content in zip(files, (data, IDENTITY, SECRET.encode()), strict=True):
        file.write_bytes(content)
    done = traced([sys.executable, "-B", "-c", CODE, *map(str, files)], folder=tmp_path / "trace")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.made() == set()
    assert done.leaks(NAME) == []
    assert done.leaks(SECRET) == []
