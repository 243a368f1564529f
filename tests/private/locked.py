"""Locks files as other programs do, at little cost: what age writes for a passphrase, and both encryptions of Excel."""

from __future__ import annotations

import base64
import hashlib
import hmac
import io
import struct

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from msoffcrypto.method.container.ecma376_encrypted import ECMA376Encrypted
from msoffcrypto.method.ecma376_agile import ECMA376Agile
from msoffcrypto.method.ecma376_standard import ECMA376Standard

SALT = bytes(range(16))


def age(plain: bytes, password: str, work: int = 1, told: str | None = None) -> bytes:
    """Return ``plain`` as age locks it with a passphrase (age-encryption.org/v1); ``told`` is another work factor."""
    key = hashlib.scrypt(password.encode(), salt=b"age-encryption.org/v1/scrypt" + SALT, n=2**work, r=8, p=1, dklen=32)
    inner = SALT
    body = ChaCha20Poly1305(key).encrypt(bytes(12), inner, None)
    header = f"age-encryption.org/v1\n-> scrypt {_text(SALT)} {told or work}\n{_text(body)}\n---".encode()
    mac = hmac.digest(_derived(inner, b"", b"header"), header, "sha256")
    payload = ChaCha20Poly1305(_derived(inner, SALT, b"payload"))
    pieces = [plain[begin : begin + 2**16] for begin in range(0, len(plain), 2**16)] or [b""]
    sealed = [
        payload.encrypt(struct.pack(">xxxQB", i, i == len(pieces) - 1), piece, None) for i, piece in enumerate(pieces)
    ]
    return header + f" {_text(mac)}\n".encode() + SALT + b"".join(sealed)


def armored(binary: bytes) -> bytes:
    """Return ``binary`` between the lines that mark an age file as text."""
    text = base64.b64encode(binary)
    lines = [text[begin : begin + 64] for begin in range(0, len(text), 64)]
    return b"\n".join([b"-----BEGIN AGE ENCRYPTED FILE-----", *lines, b"-----END AGE ENCRYPTED FILE-----", b""])


def excel(plain: bytes, password: str, spins: int = 10) -> bytes:
    """Return ``plain`` as Excel has locked it since 2010 (agile encryption)."""
    assert len(plain) > 4096, "msoffcrypto writes shorter streams wrong"
    return bytes(ECMA376Agile.encrypt(password, io.BytesIO(plain), spin_count=spins))


def excel_2007(plain: bytes, password: str) -> bytes:
    """Return ``plain`` as Excel 2007 locked it (standard encryption: AES-128, SHA-1)."""
    key = ECMA376Standard.makekey_from_password(password, 0x660E, 0x8004, 0x18, 128, 16, SALT)
    verifier = _aes(key, SALT) + _aes(key, hashlib.sha1(SALT).digest() + bytes(12))
    provider = "Microsoft Enhanced RSA and AES Cryptographic Provider\0".encode("utf-16-le")
    header = struct.pack("<8I", 0x24, 0, 0x660E, 0x8004, 128, 0x18, 0, 0) + provider
    info = struct.pack("<HHII", 4, 2, 0x24, len(header)) + header + struct.pack("<I", 16) + SALT
    info += verifier[:16] + struct.pack("<I", 20) + verifier[16:]
    assert len(plain) > 4096, "msoffcrypto writes shorter streams wrong"
    package = struct.pack("<Q", len(plain)) + _aes(key, plain + bytes(-len(plain) % 16))
    return container(package, info)


def container(package: bytes, info: bytes) -> bytes:
    """Return an OLE file with what is encrypted and how; ``info`` is anything."""
    out = io.BytesIO()
    ECMA376Encrypted(package, info).write_to(out)
    return out.getvalue()


def _aes(key: bytes, text: bytes) -> bytes:
    encryptor = Cipher(algorithms.AES(key), modes.ECB()).encryptor()
    return encryptor.update(text) + encryptor.finalize()


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode().rstrip("=")


def _derived(key: bytes, salt: bytes, what: bytes) -> bytes:
    return HKDF(SHA256(), 32, salt, what).derive(key)
