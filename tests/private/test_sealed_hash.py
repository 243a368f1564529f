"""One try: what it depends on, that equal ones are made once, and what happens where memory is short."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import ConfigError
from bot.private import sealed_hash as hashing
from bot.private.sealed_hash import COST, Cost, Mark, Try, Work
from tests.private.sealing import CHEAP, SECRET

SALT = bytes(16)
ADA, BEA = Try("name", "ada"), Try("name", "bea")
MARK = Mark("user name", "fold", "ada")
ROOT = Path(__file__).parents[2]


def digest(one: Try, secret: bytes = SECRET, salt: bytes = SALT, cost: Cost = CHEAP) -> bytes:
    return hashing.stretched([one], secret, salt, Work(cost, 1))[one]


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(digest(BEA), id="the text"),
        pytest.param(digest(Try("sound", "ada")), id="the kind"),
        pytest.param(digest(Try("nam", "eada")), id="where the kind ends"),
        pytest.param(digest(ADA, secret=bytes(20)), id="the secret"),
        pytest.param(digest(ADA, salt=b"\x01" + bytes(15)), id="the salt"),
        pytest.param(digest(ADA, cost=Cost(4, 1, 1)), id="the cost"),
    ],
)
def test_a_digest_depends_on(other: bytes) -> None:
    assert other != digest(ADA)
    assert len(other) == 32


@pytest.mark.parametrize(
    ("mark", "count"),
    [
        pytest.param(MARK, 1, id="the count"),
        pytest.param(MARK._replace(field="real name"), 0, id="the field"),
        pytest.param(MARK._replace(key="own"), 0, id="the key"),
        pytest.param(MARK._replace(value="adá"), 0, id="the value"),
        pytest.param(Mark("user name", "folda", "da"), 0, id="where the key ends"),
    ],
)
def test_a_row_is_found_by_exactly_its_mark(mark: Mark, count: int) -> None:
    mine, other = hashing.row_keys(bytes(32), MARK, 0), hashing.row_keys(bytes(32), mark, count)
    assert mine[0] != other[0]
    assert mine[1] != other[1]


@given(st.binary(min_size=32, max_size=32), st.integers(0, 2**32 - 1))
def test_a_row_is_a_tag_and_a_box_that_its_digest_opens(key: bytes, box: int) -> None:
    row = hashing.row(key, MARK, 3, box)
    tag, pad = hashing.row_keys(key, MARK, 3)
    assert (row[:16], int.from_bytes(row[16:], "big") ^ pad, len(row)) == (tag, box, hashing.ROW)


def test_equal_tries_are_made_once_and_told(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[bytes] = []
    real = hashlib.scrypt

    def counted(password: bytes, *, salt: bytes, n: int, r: int, p: int, maxmem: int, dklen: int) -> bytes:
        made.append(password)
        return real(password, salt=salt, n=n, r=r, p=p, maxmem=maxmem, dklen=dklen)

    monkeypatch.setattr(hashlib, "scrypt", counted)
    said: list[tuple[int, int]] = []
    work = Work(CHEAP, 2, lambda done, of: said.append((done, of)))
    assert len(hashing.stretched([ADA, BEA, ADA], SECRET, SALT, work)) == 2
    assert (len(made), len(set(made)), said) == (2, 2, [(0, 2), (1, 2), (2, 2)])
    assert not any(b"ada" in password or SECRET in password for password in made)


def test_nothing_to_try_is_no_work() -> None:
    assert hashing.stretched([], SECRET, SALT, Work(CHEAP)) == {}


@pytest.mark.parametrize(
    ("free", "wanted", "workers"),
    [
        pytest.param(2**34, 2, 2, id="room for all"),
        pytest.param(2**34, 100, 51, id="room for some"),
        pytest.param(400 * 2**20, 2, 1, id="room for one"),
        pytest.param(2**20, 2, 1, id="room for none: try all the same"),
        pytest.param(None, 2, 2, id="the system does not say"),
        pytest.param(None, 0, 1, id="nobody"),
    ],
)
def test_no_more_work_at_once_than_memory_allows(
    monkeypatch: pytest.MonkeyPatch, free: int | None, wanted: int, workers: int
) -> None:
    monkeypatch.setattr(hashing, "_free_memory", lambda: free)
    assert hashing.affordable(wanted, COST) == workers


def test_the_system_says_how_much_memory_is_free() -> None:
    assert (hashing._free_memory() or 0) > 2**20


def test_without_proc_nobody_says(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(*_: object, **__: object) -> str:
        raise FileNotFoundError

    monkeypatch.setattr(Path, "read_text", missing)
    assert hashing._free_memory() is None


@pytest.mark.parametrize("failure", [MemoryError(), ValueError("malloc failure")])
def test_where_two_have_no_room_one_goes_on(monkeypatch: pytest.MonkeyPatch, failure: Exception) -> None:
    real, failures = hashlib.scrypt, [failure]

    def short(password: bytes, *, salt: bytes, n: int, r: int, p: int, maxmem: int, dklen: int) -> bytes:
        if failures:
            raise failures.pop()
        return real(password, salt=salt, n=n, r=r, p=p, maxmem=maxmem, dklen=dklen)

    monkeypatch.setattr(hashlib, "scrypt", short)
    assert set(hashing.stretched([ADA, BEA], SECRET, SALT, Work(CHEAP, 2))) == {ADA, BEA}


def test_where_not_even_one_has_room_it_is_one_sentence_without_a_cause(monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_: object, **__: object) -> bytes:
        raise MemoryError("ada")

    monkeypatch.setattr(hashlib, "scrypt", never)
    with pytest.raises(ConfigError, match="free memory") as refused:
        hashing.stretched([ADA, BEA], SECRET, SALT, Work(CHEAP, 2))
    assert refused.value.__cause__ is None
    assert "ada" not in str(refused.value)


def test_a_python_without_scrypt_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(hashlib, "scrypt")
    with pytest.raises(ConfigError, match="without scrypt"):
        digest(ADA)


def test_no_memory_at_all_is_one_sentence() -> None:
    program = (
        "import resource, sys\n"
        "from bot.errors import ConfigError\n"
        "from bot.private.sealed_hash import Try, Work, stretched\n"
        "resource.setrlimit(resource.RLIMIT_AS, (250 * 2**20,) * 2)\n"
        "try:\n"
        "    stretched([Try('name', 'ada')], bytes(20), bytes(16), Work(workers=1))\n"
        "except ConfigError as error:\n"
        "    sys.exit(str(error))\n"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr.strip()) == (
        1,
        "A sealed list needs 256 MiB of free memory for each try; close other programs.",
    )


def test_one_try_takes_256_mib() -> None:
    assert COST.memory == 256 * 2**20
