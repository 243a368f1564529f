"""The file of a sealed list: nothing of it is believed that its seal does not cover, and nothing absurd that it does."""

from __future__ import annotations

import base64
import hmac
import json
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.errors import BadInputError
from bot.private import sealed_format as fmt
from bot.private import sealed_hash as hashing
from bot.private import unlock
from bot.private.marks import SEALED_LIST
from bot.private.marks import read as mark
from bot.private.model import Entry
from bot.private.sealed_hash import COST, Cost
from tests.private.sealing import CHEAP, EVENT, EXPIRES, SECRET, made

DATA, _ = made([Entry(2, user="Marsh Troll")])
OTHER = bytes(reversed(SECRET))


def refused(data: bytes, secret: bytes = SECRET, least: Cost = CHEAP) -> str:
    """Return the one sentence with which a file is refused; it chains to nothing that holds content."""
    with pytest.raises(BadInputError) as caught:
        fmt.decode(data, secret, least)
    assert "\n" not in str(caught.value)
    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__ or caught.value.__context__ is None
    return str(caught.value)


def resealed(change: Callable[[dict[str, object]], object]) -> bytes:
    """Return a file whose seal is right and whose document was changed by somebody who has the secret."""
    document = json.loads(DATA)
    del document["mac"]
    change(document)
    covered = json.dumps(document, separators=(",", ":")).encode()[:-1]
    return covered + b',"mac":"' + hashing.mac(SECRET, covered).hex().encode() + b'"}\n'


def test_a_file_is_one_json_document_that_other_parts_know_as_ours() -> None:
    assert json.loads(DATA)["format"] == fmt.FORMAT
    assert unlock.kind(DATA) is unlock.Kind.SEALED
    known = mark(DATA)
    assert known is not None
    assert (known.kind, known.delete_after, known.title) == (SEALED_LIST, EXPIRES, EVENT.title)


def test_what_was_encoded_is_decoded() -> None:
    document = fmt.decode(DATA, SECRET, CHEAP)
    assert fmt.encode(document, SECRET) == DATA
    for end in (b"", b"\n", b"\r\n"):
        assert fmt.decode(DATA.removesuffix(b"\n") + end, SECRET, CHEAP) == document


@pytest.mark.parametrize(
    ("data", "said"),
    [
        pytest.param(b"", "not a sealed list", id="nothing"),
        pytest.param(b"name\nAda\n", "not a sealed list", id="a table"),
        pytest.param(b'{"format":"eventsafety/plan@1"}', "not a sealed list", id="another document"),
        pytest.param(b" " + DATA, "not a sealed list", id="a blank before it"),
        pytest.param(DATA.replace(b"list@1", b"list@2", 1), "format 2, and this program reads 1", id="a newer version"),
        pytest.param(DATA[:-1000], "cut off", id="cut off"),
        pytest.param(DATA[:400], "cut off", id="cut off early"),
        pytest.param(DATA + b"\n", "cut off or was changed at its end", id="an empty line after it"),
        pytest.param(DATA + b"x", "cut off or was changed at its end", id="something after it"),
        pytest.param(DATA.replace(b'"id":12', b'"id":13'), "was changed", id="another event"),
        pytest.param(DATA.replace(b"2026-11-30", b"2027-11-30"), "was changed", id="a later end"),
        pytest.param(DATA.replace(b'"n":2,', b'"n":4,'), "was changed", id="another cost"),
        pytest.param(DATA.replace(b",", b", "), "not a sealed list", id="blanks put in by a program that tidies JSON"),
        pytest.param(DATA.replace(b'"event"', b'"event" '), "was changed", id="a blank put in"),
        pytest.param(DATA + b" " * (41 * 2**20), "too large", id="endless"),
    ],
)
def test_what_is_no_whole_file_is_one_sentence(data: bytes, said: str) -> None:
    assert said in refused(data)


def test_another_secret_is_told_from_a_changed_file() -> None:
    assert "secret belongs to another sealed list" in refused(DATA, OTHER)
    claimed = DATA.replace(hashing.fingerprint(SECRET).encode(), hashing.fingerprint(OTHER).encode(), 1)
    assert "was changed" in refused(claimed, OTHER)


@settings(max_examples=200)
@given(st.integers(0, len(DATA) - 2), st.integers(1, 255))
def test_no_byte_can_be_changed(at: int, by: int) -> None:
    refused(DATA[:at] + bytes([DATA[at] ^ by]) + DATA[at + 1 :])


@settings(max_examples=100)
@given(st.integers(0, len(DATA) - 2))
def test_nothing_can_be_cut_off(at: int) -> None:
    refused(DATA[:at])


@settings(max_examples=100)
@given(st.binary(max_size=300))
def test_anything_else_is_refused_in_a_sentence(data: bytes) -> None:
    refused(data)
    refused(DATA[:70] + data)


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda d: d.update(more=1), id="a member that the format does not have"),
        pytest.param(lambda d: d.pop("salt"), id="a member that is not there"),
        pytest.param(lambda d: d.update(expires="2026-11-30T00:00:00"), id="a time without a zone"),
        pytest.param(lambda d: d.update(expires="2026-11-30T00:00:00+05:00"), id="a time of another zone"),
        pytest.param(lambda d: d.update(expires="soon"), id="no time"),
        pytest.param(lambda d: d.update(salt="AAAA"), id="a short salt"),
        pytest.param(lambda d: d.update(salt="*"), id="a salt that is no base64"),
        pytest.param(lambda d: d.update(rows=""), id="no rows"),
        pytest.param(lambda d: d.update(rows=fmt.text(bytes(20 * 1025))), id="rows that are no power of two"),
        pytest.param(lambda d: d.update(rows=fmt.text(bytes(20 * 1024 + 1))), id="part of a row"),
        pytest.param(lambda d: d.update(rows=fmt.text(bytes(20 * 512))), id="fewer rows than any file has"),
        pytest.param(lambda d: d.update(kinds=[["shoe size"]]), id="an unknown kind"),
        pytest.param(lambda d: d["kdf"].update(name="md5"), id="another function"),
        pytest.param(lambda d: d["kdf"].update(n=2.5), id="a fraction"),
        pytest.param(lambda d: d.update(event=[[]] * 3), id="another shape"),
    ],
)
def test_what_the_format_does_not_know_is_refused_even_with_the_right_seal(
    change: Callable[[dict[str, object]], object],
) -> None:
    assert "not made as the format says" in refused(resealed(change))


@pytest.mark.parametrize(
    ("cost", "is_borne"),
    [
        pytest.param(COST, True, id="the usual cost"),
        pytest.param(Cost(2**19, 8, 2), True, id="twice the memory"),
        pytest.param(Cost(2**18, 8, 16), True, id="eight times the time"),
        pytest.param(Cost(2**17, 8, 4), False, id="half the memory, though it takes as long"),
        pytest.param(Cost(2**18, 8, 1), False, id="half the time"),
        pytest.param(Cost(2**10, 8, 2), False, id="next to nothing"),
        pytest.param(Cost(2**18 + 2, 8, 2), False, id="no power of two"),
        pytest.param(Cost(2**21, 8, 1), False, id="two gigabytes"),
        pytest.param(Cost(2**18, 8, 2**20), False, id="days"),
        pytest.param(Cost(2**18, -8, -2), False, id="negative"),
        pytest.param(Cost(0, 8, 2), False, id="nothing"),
        pytest.param(Cost(2**1000, 2**1000, 2**1000), False, id="no machine has it"),
    ],
)
def test_a_cost_is_neither_too_low_nor_absurd(cost: Cost, is_borne: bool) -> None:
    assert fmt.is_bearable(cost, COST) is is_borne


def test_a_file_with_a_low_cost_is_refused_before_any_work() -> None:
    assert "out of bounds" in refused(DATA, least=COST)
    assert "out of bounds" in refused(resealed(lambda d: d.update(kdf={"name": "scrypt", "n": 2**40, "r": 8, "p": 1})))


def test_rows_are_read_by_their_tags() -> None:
    document = fmt.decode(DATA, SECRET, CHEAP)
    raw = base64.b64decode(document.rows)
    rows = fmt.rows_of(document)
    assert len(rows) == len(raw) // 20
    assert rows[raw[:16]] == int.from_bytes(raw[16:20], "big")
    assert len(fmt.salt_of(document)) == 16


def test_secrets_and_seals_are_compared_in_constant_time(monkeypatch: pytest.MonkeyPatch) -> None:
    compared: list[int] = []
    real = hmac.compare_digest

    def counted(a: bytes, b: bytes) -> bool:
        compared.append(len(a))
        return real(a, b)

    monkeypatch.setattr(hmac, "compare_digest", counted)
    fmt.decode(DATA, SECRET, CHEAP)
    assert compared == [8, 64]
