"""One try at a sealed list: the memory-hard digest of a text, and what is derived from it; knows no name and no file.

docs/sealed-lists.md tells every byte. The secret never goes into scrypt itself: what goes in is an HMAC under a key
that is derived from it, so that equal texts of two lists have nothing in common.
"""

from __future__ import annotations

import hashlib
import hmac
import os
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from typing import NamedTuple

from bot.errors import ConfigError
from bot.private.model import Progress

TAG = 16
BOX = 4
ROW = TAG + BOX
SALT = 16
_DOMAIN = b"eventsafety/sealed-list@1/"


@dataclass(frozen=True, slots=True)
class Cost:
    """The parameters of scrypt: a try takes 128 * n * r bytes of memory and time in proportion to n * r * p."""

    n: int
    r: int
    p: int

    @property
    def memory(self) -> int:
        """Return how many bytes one try takes."""
        return 128 * self.n * self.r


# 256 MiB and more than a second of a processor of 2026; scripts/bench sealed measures it.
COST = Cost(n=2**18, r=8, p=2)


@dataclass(frozen=True, slots=True)
class Work:
    """What a run of tries costs, on how many processors at most, and who is told how far it is (in tries)."""

    cost: Cost = COST
    workers: int = 2
    progress: Progress = lambda _done, _of: None


class Try(NamedTuple):
    """What costs one try: a text of a kind ("name", "sound", "central id", "e-mail")."""

    kind: str
    text: str


class Mark(NamedTuple):
    """What is compared once a try was made: of which field of an entry, by which key, and the value of the key."""

    field: str
    key: str
    value: str


def mac(secret: bytes, covered: bytes) -> bytes:
    """Return the seal over the bytes of a file."""
    return hmac.digest(_key(secret, b"mac"), covered, "sha256")


def fingerprint(secret: bytes) -> str:
    """Return the eight digits by which a file says which secret it wants."""
    return hmac.digest(_key(secret, b"fingerprint"), b"", "sha256")[:4].hex()


def row(digest: bytes, mark: Mark, count: int, box: int) -> bytes:
    """Return the row of a file for ``mark``; ``count`` tells apart the entries that share it, ``box`` is 32 bits."""
    tag, pad = row_keys(digest, mark, count)
    return tag + (box ^ pad).to_bytes(BOX, "big")


def row_keys(digest: bytes, mark: Mark, count: int) -> tuple[bytes, int]:
    """Return by which tag the row of ``mark`` is found, and what its box is masked with."""
    whole = hmac.digest(digest, _joined(*mark) + count.to_bytes(4, "big"), "sha256")
    return whole[:TAG], int.from_bytes(whole[TAG : TAG + BOX], "big")


def stretched(tries: Iterable[Try], secret: bytes, salt: bytes, work: Work) -> dict[Try, bytes]:
    """Return the digest of each try, every one computed once, on as many processors as memory allows.

    Raises ConfigError where this Python has no scrypt or the memory for one try is not there.
    """
    every = tuple(dict.fromkeys(tries))
    key = _key(secret, b"try")
    done: dict[Try, bytes] = {}
    work.progress(0, len(every))
    with ThreadPoolExecutor(affordable(work.workers, work.cost)) as pool:
        waiting = {pool.submit(_digest, one, key, salt, work.cost): one for one in every}
        try:
            for future in as_completed(waiting):
                done[waiting[future]] = future.result()
                work.progress(len(done), len(every))
        finally:
            pool.shutdown(wait=True, cancel_futures=True)
    return done


def affordable(workers: int, cost: Cost) -> int:
    """Return how many of ``workers`` have room for a try each, at least one."""
    try:
        free = os.sysconf("SC_AVPHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (ValueError, OSError, AttributeError):  # not every system tells
        return max(1, workers)
    return max(1, min(workers, free // (cost.memory + cost.memory // 4)))


def _digest(one: Try, key: bytes, salt: bytes, cost: Cost) -> bytes:
    keyed = hmac.digest(key, _joined(*one), "sha256")
    room = cost.memory + 128 * cost.r * cost.p + 2**20
    try:
        return hashlib.scrypt(keyed, salt=salt, n=cost.n, r=cost.r, p=cost.p, maxmem=room, dklen=32)
    except AttributeError:
        raise ConfigError("This Python was built without scrypt, which sealed lists need.") from None
    except (MemoryError, ValueError):
        need = cost.memory // 2**20
        raise ConfigError(
            f"A sealed list needs {need:,} MiB of free memory for each try; close other programs."
        ) from None


def _key(secret: bytes, use: bytes) -> bytes:
    return hmac.digest(secret, _DOMAIN + use, "sha256")


def _joined(*parts: str) -> bytes:
    """Return the parts as UTF-8, each behind its length, so that no two lists of parts give the same bytes."""
    encoded = [part.encode("utf-8", "surrogatepass") for part in parts]
    return b"".join(len(part).to_bytes(4, "big") + part for part in encoded)
