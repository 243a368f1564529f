"""One try at a sealed list: the memory-hard digest of a text, and what is derived from it; knows no name and no file.

docs/sealed-lists.md tells every byte. The secret never goes into scrypt itself: what goes in is an HMAC under a key
that is derived from it, so that equal texts of two lists have nothing in common.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, replace
from pathlib import Path
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

    Raises ConfigError where this Python has no scrypt or there is no memory for even one try.
    """
    every = tuple(dict.fromkeys(tries))
    done: dict[Try, bytes] = {}
    work.progress(0, len(every))
    workers = affordable(work.workers, work.cost)
    try:
        _fill(done, every, workers, _key(secret, b"try"), salt, work)
    except _NoRoomError:
        if workers > 1:
            return stretched(every, secret, salt, replace(work, workers=1))
        need = work.cost.memory // 2**20
        said = f"A sealed list needs {need:,} MiB of free memory for each try; close other programs."
        raise ConfigError(said) from None
    return done


def affordable(workers: int, cost: Cost) -> int:
    """Return how many of ``workers`` have room for a try each, at least one."""
    free = _free_memory()
    return max(1, workers if free is None else min(workers, free // (cost.memory + cost.memory // 4)))


class _NoRoomError(Exception):
    """There is no memory for a try."""


def _fill(done: dict[Try, bytes], every: tuple[Try, ...], workers: int, key: bytes, salt: bytes, work: Work) -> None:
    with ThreadPoolExecutor(workers) as pool:  # scrypt runs without Python's lock
        waiting = {pool.submit(_digest, one, key, salt, work.cost): one for one in every}
        try:
            for future in as_completed(waiting):
                done[waiting[future]] = future.result()
                work.progress(len(done), len(every))
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


def _digest(one: Try, key: bytes, salt: bytes, cost: Cost) -> bytes:
    keyed = hmac.digest(key, _joined(*one), "sha256")
    room = cost.memory + 128 * cost.r * cost.p + 2**20
    try:
        return hashlib.scrypt(keyed, salt=salt, n=cost.n, r=cost.r, p=cost.p, maxmem=room, dklen=32)
    except AttributeError:
        raise ConfigError("This Python was built without scrypt, which sealed lists need.") from None
    except (MemoryError, ValueError):  # OpenSSL's own failure to get memory is a ValueError
        raise _NoRoomError from None


def _free_memory() -> int | None:
    """Return how many bytes can be had without swapping; None where the system does not say."""
    try:
        lines = Path("/proc/meminfo").read_text(encoding="ascii").splitlines()
        return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("MemAvailable:"))
    except (OSError, ValueError, StopIteration):
        return None


def _key(secret: bytes, use: bytes) -> bytes:
    return hmac.digest(secret, _DOMAIN + use, "sha256")


def _joined(*parts: str) -> bytes:
    """Return the parts as UTF-8, each behind its length, so that no two lists of parts give the same bytes."""
    encoded = [part.encode("utf-8", "surrogatepass") for part in parts]
    return b"".join(len(part).to_bytes(4, "big") + part for part in encoded)
