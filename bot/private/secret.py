"""The secret of a sealed list: 160 random bits, as text that can be read out and typed; knows no file.

The text is the 20 bytes in Crockford's base32 and a group of four that finds a typing error before anything is tried.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable

from bot.errors import UsageError

SIZE = 20
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_READ_AS = str.maketrans({"O": "0", "I": "1", "L": "1", "-": "", " ": "", "\t": "", "\u2010": "", "\u2011": ""})
_GROUPS = 9  # eight of the secret, one that checks them
_CHECKED = b"eventsafety/secret@1\0"


def new(random: Callable[[int], bytes]) -> bytes:
    """Return a new secret from ``random``, which gives as many bytes as it is asked for."""
    return random(SIZE)


def text(secret: bytes) -> str:
    """Return ``secret`` as nine groups of four letters and digits."""
    written = base32(int.from_bytes(secret, "big"), SIZE * 8 // 5) + _check(secret)
    return "-".join(written[at : at + 4] for at in range(0, len(written), 4))


def read(typed: str) -> bytes:
    """Return the secret that ``typed`` shows; case, blanks, hyphens, O for 0 and I or L for 1 do not matter.

    Raises UsageError for what cannot be one, without saying what it is.
    """
    bare = typed.strip().upper().translate(_READ_AS)
    if len(bare) != _GROUPS * 4 or not set(bare) <= set(_ALPHABET):
        raise UsageError(
            f"This is no secret of a sealed list: it has {_GROUPS} groups of four letters and digits (never U)."
        )
    value = 0
    for c in bare[:-4]:
        value = value << 5 | _ALPHABET.index(c)
    secret = value.to_bytes(SIZE, "big")
    if not hmac.compare_digest(_check(secret), bare[-4:]):
        raise UsageError("The secret has a typing error: its last group does not fit the others; type it again.")
    return secret


def base32(value: int, letters: int) -> str:
    """Return ``value`` in Crockford's base32, the highest digits first."""
    return "".join(_ALPHABET[value >> 5 * at & 31] for at in reversed(range(letters)))


def _check(secret: bytes) -> str:
    return base32(int.from_bytes(hashlib.sha256(_CHECKED + secret).digest()[:4], "big") >> 12, 4)
