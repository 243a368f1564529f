"""The bytes of a record: what adding needs, what is told of every change, and that nothing is lost by a torn end."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.errors import BadInputError, ConfigError, UsageError
from bot.private import extras
from bot.private import incident_chain as chain
from bot.private.incident import IncidentEntry

pyrage = extras.load("pyrage")
WHEN = datetime(2026, 12, 24, 14, 30, tzinfo=timezone(timedelta(hours=1)))
PASSPHRASE = "correct horse"
# Made with a work factor of 16 instead of some hundred thousands, by the format that https://age-encryption.org/v1 has.
HEAD = b"""\
Event Safety Bot: incident record, version 1
record: 2026-12-24-k7m2
public key: age1gjs2s4e9dgedtyqpav5f7vn28wgpje25hr9r3s64ah5pjywjjanq4mudq2
secret key, for the passphrase:
-----BEGIN AGE ENCRYPTED FILE-----
YWdlLWVuY3J5cHRpb24ub3JnL3YxCi0+IHNjcnlwdCBSUGllbVhKbTNvblptc3lu
em84RkRnIDQKWHg5OW9kREF6OEdjcmZMcFFTT2JtNm1tYkJKQ1BkaUZYYlRyUXRp
cTZrawotLS0gRmVhNkZGc1lUMURWMmtUbWp4QUJRTVVmQ2duMzduZ3RHUFRkWmRt
Z25mNApVgre8rn1Wn03Rd1VB0EQ95Bw3MACtk0YOLz5k8OcOnAR74BEJVpkMouWq
O2MrBZdg6dKFD7V5fxfRuVpedVwW8aJM+Q3wG51xN/RLYw/V+ftkgVHFkTNogXsj
VFV1vcStnYpbg9dLp0qHEQ==
-----END AGE ENCRYPTED FILE-----
"""


def entry(text: str, name: str = "note") -> IncidentEntry:
    return IncidentEntry(0, WHEN, "Ada", name, text)


def record(*texts: str, head: bytes = HEAD) -> bytes:
    data = head
    for text in texts:
        data += chain.addition(data, entry(text))[0]
    return data


def read(data: bytes) -> tuple[list[tuple[int, str]], tuple[str, ...]]:
    file = chain.parse(data)
    found, notes = chain.entries(file, chain.secret_by_passphrase(file, PASSPHRASE))
    return [(one.number, one.text) for one in found], notes


def blocks(data: bytes) -> list[bytes]:
    """The head, and each block with its line."""
    return re.split(rb"(?m)^(?=entry )", data)


FOUR = record("one", "two", "three", "four")


def test_what_was_added_is_read() -> None:
    first = IncidentEntry(99, WHEN, "Ada Абакус", "police", "\x1b[31m no\n\u202e", 3, 4)
    data = HEAD + chain.addition(HEAD, first)[0]
    file = chain.parse(data)
    ((found,), notes) = chain.entries(file, chain.secret_by_passphrase(file, PASSPHRASE))
    assert (found.number, found.at, found.by, found.field, found.text, found.corrects, found.about) == (
        (1, WHEN, "Ada Абакус", "police", "\x1b[31m no\n\u202e", 3, 4)
    )
    assert found.at.utcoffset() == timedelta(hours=1)
    assert not notes


@settings(max_examples=30, deadline=None)
@given(st.lists(st.text(max_size=50), max_size=5))
def test_any_text_comes_back(texts: list[str]) -> None:
    assert read(record(*texts)) == (list(enumerate(texts, 1)), ())


def test_an_opened_entry_has_no_words_for_itself() -> None:
    file = chain.parse(record("Dieter Dachs"))
    key = pyrage.x25519.Identity.from_str(chain.secret_by_passphrase(file, PASSPHRASE))
    opened = chain._opened(file.blocks[0], key)
    assert opened
    assert opened.text == "Dieter Dachs"
    assert "Dieter" not in f"{opened!r}{opened}"


def test_nothing_is_in_clear_and_short_answers_look_alike() -> None:
    data = record("Dieter Dachs", "no")
    assert b"Dieter" not in data
    file = chain.parse(data)
    key = pyrage.x25519.Identity.from_str(chain.secret_by_passphrase(file, PASSPHRASE))
    assert {len(pyrage.decrypt(one.armored, [key])) for one in file.blocks} == {chain.PADDED_TO}


def test_adding_needs_no_key_and_says_a_receipt() -> None:
    added, number, receipt = chain.addition(FOUR, entry("five"))
    file = chain.parse(FOUR + added)
    assert number == 5
    assert receipt == chain.receipt(file.blocks[-1].digest)
    assert re.fullmatch(r"[0-9A-F]{4}-[0-9A-F]{4}", receipt)


@pytest.mark.parametrize(
    ("change", "numbers", "notes"),
    [
        pytest.param(lambda p: p, [1, 2, 3, 4], [], id="nothing"),
        pytest.param(lambda p: [p[0], p[1], p[3], p[4]], [1, 3, 4], ["Entry 2 is missing"], id="one removed"),
        pytest.param(lambda p: [p[0], p[1], p[4]], [1, 4], ["Entries 2 to 3 are missing"], id="two removed"),
        pytest.param(lambda p: [p[0], *p[2:]], [2, 3, 4], ["Entry 1 is missing"], id="the first removed"),
        pytest.param(
            lambda p: [p[0], p[2], p[1], *p[3:]],
            [2, 1, 3, 4],
            [
                "Entry 2 was not written behind the head",
                "Entry 1 is not where",
                "Entry 3 was not written behind entry 1",
            ],
            id="two changed places",
        ),
        pytest.param(lambda p: [*p[:3], p[2], *p[3:]], [1, 2, 2, 3, 4], ["Entry 2 is not where"], id="one repeated"),
        pytest.param(
            lambda p: [*p[:2], flipped(p[2]), *p[3:]], [1, 3, 4], ["Entry 2 cannot be read"], id="one letter changed"
        ),
        pytest.param(
            lambda p: [*p[:2], p[3].replace(b"entry 3", b"entry 2"), p[4]],
            [1, 2, 4],
            ["Entry 2 is not where", "Entry 3 is missing"],
            id="one removed and the next renumbered",
        ),
        pytest.param(
            lambda p: [*p[:2], forged(b"entry 2\n"), *p[3:]],
            [1, 2, 3, 4],
            ["Entry 2 was not written behind entry 1", "Entry 3 was not written behind entry 2"],
            id="one replaced by a forged one",
        ),
        pytest.param(
            lambda p: [p[0].replace(b"-k7m2", b"-k7m3"), *p[1:]],
            [1, 2, 3, 4],
            ["Entry 1 was not written behind the head"],
            id="another head",
        ),
        pytest.param(
            lambda p: [*p[:2], p[2].replace(b"entry 2", b"entry 999999999")],
            [1, 999999999],
            ["Entries 2 to 999999998 are missing", "Entry 999999999 is not where"],
            id="a number that cannot be",
        ),
        pytest.param(lambda p: p[:3], [1, 2], [], id="the end cut off: only the receipt tells"),
    ],
)
def test_changes_are_told(change: Callable[[list[bytes]], list[bytes]], numbers: list[int], notes: list[str]) -> None:
    found, told = read(b"".join(change(blocks(FOUR))))
    assert [number for number, _ in found] == numbers
    assert len(told) == len(notes), told
    for note, beginning in zip(told, notes, strict=True):
        assert note.startswith(beginning)


def flipped(block: bytes) -> bytes:
    """A block with one letter of its content changed."""
    at = len(block) // 2
    return block[:at] + (b"A" if block[at : at + 1] != b"A" else b"B") + block[at + 1 :]


def forged(line: bytes) -> bytes:
    """What somebody can write who knows the public key alone."""
    block = chain.addition(record("other"), entry("forged"))[0]
    return line + block.partition(b"\n")[2]


@pytest.mark.parametrize("part", range(12))
def test_a_torn_end_is_told_and_loses_nothing_else(part: int) -> None:
    cut = 1 + part * (len(blocks(FOUR)[4]) - 2) // 11
    torn = FOUR[:-cut]
    found, notes = read(torn)
    assert found[:3] == [(1, "one"), (2, "two"), (3, "three")]
    assert len(found) == 4 or any("missing" in note for note in notes)
    found, notes = read(record("five", head=torn))
    assert found[:3] == [(1, "one"), (2, "two"), (3, "three")]
    assert found[-1][1] == "five"
    assert len(found) == 5 or notes


@pytest.mark.parametrize(
    ("end", "number"),
    [
        pytest.param(b"entry 5\n-----BEGIN AGE ENC", 6, id="within the first line of a block"),
        pytest.param(b"entry 5\n", 6, id="behind its number"),
        pytest.param(b"entry", 5, id="within its number"),
        pytest.param(b"\0\0\0\0", 5, id="zeros, as a power cut leaves them"),
    ],
)
def test_a_number_is_never_given_twice(end: bytes, number: int) -> None:
    data = record("next", "and on", head=FOUR + end)
    found, notes = read(data)
    assert [one for one, _ in found] == [1, 2, 3, 4, number, number + 1]
    assert len(notes) == 1
    assert "is missing (the program was stopped" in notes[0]


def test_a_torn_end_right_behind_the_head() -> None:
    assert read(record("one", head=HEAD + b"ent"))[0] == [(1, "one")]


def test_line_ends_of_another_system_change_nothing() -> None:
    assert read(FOUR.replace(b"\n", b"\r\n")) == read(FOUR)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, len(FOUR)), st.binary(max_size=4), st.integers(0, 4))
def test_whatever_is_broken_is_told_or_harmless(at: int, put: bytes, taken: int) -> None:
    """No change of bytes makes a record say something else without a word about it, but for its end."""
    broken = FOUR[:at] + put + FOUR[at + taken :]
    try:
        found, notes = read(broken)
    except (BadInputError, UsageError, ConfigError):
        return
    assert notes or found == [(1, "one"), (2, "two"), (3, "three"), (4, "four")]


@pytest.mark.parametrize(
    ("data", "error"),
    [
        pytest.param(b"", "is no incident record", id="empty"),
        pytest.param(b"PK\x03\x04", "is no incident record", id="something else"),
        pytest.param(HEAD.replace(b"version 1", b"version 2"), "newer version", id="newer"),
        pytest.param(HEAD[:300], "head of this incident record is damaged", id="head cut"),
        pytest.param(HEAD.replace(b"age1", b"age2"), "head of this incident record is damaged", id="head changed"),
        pytest.param(HEAD.partition(b"secret")[0], "head of this incident record is damaged", id="no secret key"),
    ],
)
def test_what_is_no_record(data: bytes, error: str) -> None:
    with pytest.raises(BadInputError, match=error):
        chain.parse(data)


def test_what_is_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chain, "LONGEST", len(FOUR) - 1)
    with pytest.raises(BadInputError, match="too large"):
        chain.parse(FOUR)


def test_a_wrong_passphrase() -> None:
    with pytest.raises(UsageError, match=r"^This passphrase does not open record 2026-12-24-k7m2\.$") as caught:
        chain.secret_by_passphrase(chain.parse(FOUR), "correct hors")
    assert caught.value.__suppress_context__


def test_a_new_record_has_a_key_of_its_own_under_the_passphrase(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without age's scrypt, which takes seconds by design."""
    sealed: list[tuple[bytes, str]] = []

    def encrypt(secret: bytes, passphrase: str, *, armored: bool) -> bytes:
        assert armored
        sealed.append((secret, passphrase))
        return b"-----BEGIN AGE ENCRYPTED FILE-----\nAAAA\n-----END AGE ENCRYPTED FILE-----\n"

    fast = SimpleNamespace(x25519=pyrage.x25519, encrypt=pyrage.encrypt, passphrase=SimpleNamespace(encrypt=encrypt))
    with monkeypatch.context() as patched:
        patched.setattr(extras, "load", {"pyrage": fast}.__getitem__)
        heads = [chain.new("2026-12-24-aaaa", passphrase="Größe zählt", recipients=()) for _ in range(2)]
    (secret, passphrase), (other, _) = sealed
    assert passphrase == "Größe zählt"
    assert secret != other
    file = chain.parse(record("one", head=heads[0]))
    assert [one.text for one in chain.entries(file, secret.decode())[0]] == ["one"]
    assert secret.strip() not in heads[0]


def test_another_public_key_in_the_head_is_told() -> None:
    """Whoever changes it would get all that is added from then on."""
    other = str(pyrage.x25519.Identity.generate().to_public()).encode()
    file = chain.parse(re.sub(rb"age1[0-9a-z]+", other, FOUR))
    with pytest.raises(BadInputError, match="public key of record 2026-12-24-k7m2 was changed"):
        chain.entries(file, chain.secret_by_passphrase(file, PASSPHRASE))


def test_a_key_that_is_none() -> None:
    with pytest.raises(BadInputError, match="is damaged"):
        chain.entries(chain.parse(FOUR), "AGE-SECRET-KEY-1")


def test_a_record_for_age_keys() -> None:
    mine, other = pyrage.x25519.Identity.generate(), pyrage.x25519.Identity.generate()
    head = chain.new("2026-12-24-aaaa", passphrase="", recipients=[str(mine.to_public()), str(other.to_public())])
    file = chain.parse(record("one", head=head))
    for identity in (mine, other):
        keys = f"# created: today\n# public key: x\n{identity}\n".encode()
        assert [one.text for one in chain.entries(file, chain.secret_by_identity(file, keys))[0]] == ["one"]
    with pytest.raises(UsageError, match="has no passphrase"):
        chain.secret_by_passphrase(file, PASSPHRASE)


@pytest.mark.parametrize(
    "keys",
    [
        pytest.param(f"{pyrage.x25519.Identity.generate()}\n".encode(), id="another key"),
        pytest.param(b"AGE-SECRET-KEY-1NONSENSE\n", id="no key"),
        pytest.param(b"\xff\xfe", id="not text"),
        pytest.param(b"", id="nothing"),
    ],
)
def test_no_key_that_fits(keys: bytes) -> None:
    recipient = str(pyrage.x25519.Identity.generate().to_public())
    file = chain.parse(chain.new("2026-12-24-aaaa", passphrase="", recipients=[recipient]))
    with pytest.raises(UsageError, match="No key of the --identity file opens record 2026-12-24-aaaa"):
        chain.secret_by_identity(file, keys)


def test_a_key_for_a_record_with_a_passphrase() -> None:
    with pytest.raises(UsageError, match="opens with its passphrase"):
        chain.secret_by_identity(chain.parse(HEAD), f"{pyrage.x25519.Identity.generate()}".encode())


def test_a_record_that_nobody_could_open_is_not_made() -> None:
    with pytest.raises(UsageError, match="needs a passphrase, or age keys"):
        chain.new("2026-12-24-aaaa", passphrase="", recipients=[])


def test_what_is_no_age_key_is_told_by_its_place() -> None:
    good = str(pyrage.x25519.Identity.generate().to_public())
    with pytest.raises(ConfigError, match=r"Key 2 of private\.recipients"):
        chain.new("2026-12-24-aaaa", passphrase="", recipients=[good, "age1nonsense"])
    with pytest.raises(UsageError, match="--to is no age key"):
        chain.encrypted("text", [good, "age1nonsense"])


def test_encrypted_for_somebody() -> None:
    identity = pyrage.x25519.Identity.generate()
    sealed = chain.encrypted("Dieter\n", [str(identity.to_public())])
    assert "Dieter" not in sealed
    assert pyrage.decrypt(sealed.encode(), [identity]) == b"Dieter\n"
    assert "Dieter" not in repr(chain.parse(FOUR))
