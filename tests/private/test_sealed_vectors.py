"""Known answers of the sealed format, and a second reader written from docs/sealed-lists.md alone, which uses no code of ours.

``python -m tests.private.test_sealed_vectors`` writes the vectors anew: only when the format gets another version.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from pathlib import Path
from typing import Any

import pytest

from bot.private import sealed_hash as hashing
from bot.private import secret as secrets
from bot.private.model import Entry
from bot.private.sealed_hash import COST, Cost, Mark, Try, Work
from bot.private.sealed_marks import left
from tests.private.sealing import CHEAP, SECRET, made

FILE = Path(__file__).with_name("sealed_vectors.json")
VECTORS: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8")) if FILE.exists() else {}
ENTRIES = [
    Entry(2, user="Grеybeard Troll", central_id=771234),
    Entry(3, real_name="Wilhelmina Quagmire", email="w.quag+list@googlemail.com"),
    Entry(5, user="Grеybeard Troll"),
]
TRIES = [("name", "breybeardtroii", CHEAP), ("central id", "771234", Cost(16, 2, 3)), ("name", "breybeardtroii", COST)]
NAMES = ["Greybeard Troll", "Müller77", "Иван5", "Clark", "P0pcorn!", "山田太郎"]
REAL_NAMES = ["Ada Abacus", "王小明", "김철수", "Li Ming (李明)"]


class Reader:
    """The reader of the document's sections 3 to 6: bytes in, references out."""

    def __init__(self, data: bytes, secret: bytes) -> None:
        covered, tail = data[:-75], data[-75:]
        mac = hmac.new(self.key(secret, b"mac"), covered, hashlib.sha256).hexdigest()
        assert tail == b',"mac":"' + mac.encode() + b'"}\n', "not the secret of this file, or changed"
        self.document = json.loads(data)
        self.secret = secret
        rows = base64.b64decode(self.document["rows"])
        self.rows = {
            rows[at : at + 16]: int.from_bytes(rows[at + 16 : at + 20], "big") for at in range(0, len(rows), 20)
        }

    @staticmethod
    def key(secret: bytes, use: bytes) -> bytes:
        return hmac.new(secret, b"eventsafety/sealed-list@1/" + use, hashlib.sha256).digest()

    @staticmethod
    def joined(*parts: str) -> bytes:
        return b"".join(len(p.encode()).to_bytes(4, "big") + p.encode() for p in parts)

    def digest(self, kind: str, text: str) -> bytes:
        keyed = hmac.new(self.key(self.secret, b"try"), self.joined(kind, text), hashlib.sha256).digest()
        kdf = self.document["kdf"]
        salt = base64.b64decode(self.document["salt"])
        n, r, p = kdf["n"], kdf["r"], kdf["p"]
        return hashlib.scrypt(keyed, salt=salt, n=n, r=r, p=p, maxmem=2**30, dklen=32)

    def ask(self, kind: str, text: str, *mark: str) -> list[tuple[str, int]]:
        digest, count = self.digest(kind, text), 0
        found: list[tuple[str, int]] = []
        while True:
            whole = hmac.new(digest, self.joined(*mark) + count.to_bytes(4, "big"), hashlib.sha256).digest()
            if whole[:16] not in self.rows:
                return found
            box = self.rows[whole[:16]] ^ int.from_bytes(whole[16:20], "big")
            number = box >> 12
            letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
            reference = "".join(letters[number >> shift & 31] for shift in (15, 10, 5, 0))
            found.append((reference, box & 4095))
            count += 1


def vectors() -> dict[str, Any]:
    """Return what the vectors are by the code of today; everything but the digest at full cost is quick."""
    data, rows = made(ENTRIES, b"vectors")
    reader = Reader(data, SECRET)
    return {
        "about": "Known answers of docs/sealed-lists.md; bytes are hexadecimal unless they are text.",
        "secrets": [{"bytes": s.hex(), "text": secrets.text(s)} for s in (SECRET, bytes(20), b"\xff" * 20)],
        "keys": {use: Reader.key(SECRET, use.encode()).hex() for use in ("mac", "try", "fingerprint")}
        | {"secret": SECRET.hex(), "shown": hashing.fingerprint(SECRET)},
        "tries": [
            {"kind": kind, "text": text, "salt": bytes(range(16)).hex(), "n": cost.n, "r": cost.r, "p": cost.p}
            for kind, text, cost in TRIES
        ],
        "row": {
            "digest": bytes(32).hex(),
            "mark": ["user name", "fold", "greybeardtroll"],
            "count": 1,
            "box": 0x12345678,
            "row": hashing.row(bytes(32), Mark("user name", "fold", "greybeardtroll"), 1, 0x12345678).hex(),
        },
        "names": {
            name: sorted([*one.one, *one.mark, one.flags] for one in set(left(Entry(1, user=name)))) for name in NAMES
        },
        "real names": {
            name: sorted([*one.one, *one.mark, one.flags] for one in set(left(Entry(1, real_name=name))))
            for name in REAL_NAMES
        },
        "file": {
            "text": data.decode(),
            "references": rows,
            "asked": [
                {"ask": question, "found": [list(one) for one in reader.ask(*question)]}
                for question in (
                    ["central id", "771234", "central id", "same", ""],
                    ["central id", "771235", "central id", "same", ""],
                    ["name", "breybeardtroii", "user name", "same", "Grеybeard Troll"],
                    ["name", "breybeardtroii", "user name", "same", "Greybeard Troll"],
                    ["name", "breybeardtroii", "user name", "literal", "greybeardtroll"],
                    ["name", "breybeardtroii", "real name", "literal", "greybeardtroll"],
                    ["e-mail", "wquag@gmail.com", "e-mail", "same", ""],
                    ["name", "buabmirewiiheimina", "real name", "fold", "quagmirewilhelmina"],
                )
            ],
        },
    }


def test_everything_quick_is_as_it_was_frozen() -> None:
    frozen = json.loads(FILE.read_text(encoding="utf-8"))
    for one in frozen["tries"]:
        del one["digest"]
    assert frozen == json.loads(json.dumps(vectors()))


@pytest.mark.parametrize("at", [pytest.param(n, id=f"n={cost.n}") for n, (_, _, cost) in enumerate(TRIES)])
def test_digests_are_the_known_ones(at: int) -> None:
    one = VECTORS["tries"][at]
    cost = Cost(one["n"], one["r"], one["p"])
    found = hashing.stretched([Try(one["kind"], one["text"])], SECRET, bytes.fromhex(one["salt"]), Work(cost, 1))
    assert [digest.hex() for digest in found.values()] == [one["digest"]]


def test_the_second_reader_finds_in_a_frozen_file_what_it_should() -> None:
    file = VECTORS["file"]
    reader = Reader(file["text"].encode(), SECRET)
    found = {json.dumps(one["ask"]): one["found"] for one in file["asked"]}
    assert {ask: [list(one) for one in reader.ask(*json.loads(ask))] for ask in found} == found
    assert sum(bool(one) for one in found.values()) == 5
    assert {ref for one in found.values() for ref, _ in one} == set(file["references"])


def test_the_second_reader_refuses_another_secret() -> None:
    with pytest.raises(AssertionError, match="not the secret"):
        Reader(VECTORS["file"]["text"].encode(), bytes(20))


def test_the_document_holds_the_constants_and_one_example() -> None:
    document = (Path(__file__).parents[2] / "docs/sealed-lists.md").read_text(encoding="utf-8")
    words = ["eventsafety/sealed-list@1/", "eventsafety/secret@1", *VECTORS["keys"].values(), VECTORS["row"]["row"]]
    words += [VECTORS["secrets"][0]["text"], *(one["digest"] for one in VECTORS["tries"])]
    assert [word for word in words if word not in document] == []
    assert (f"n = {COST.n}", f"r = {COST.r}", f"p = {COST.p}") == tuple(
        word for word in (f"n = {COST.n}", f"r = {COST.r}", f"p = {COST.p}") if word in document
    )


def main() -> None:
    """Write the vectors anew."""
    fresh = vectors()
    for one in fresh["tries"]:
        cost = Cost(one["n"], one["r"], one["p"])
        work = Work(cost, 1)
        (digest,) = hashing.stretched(
            [Try(one["kind"], one["text"])], SECRET, bytes.fromhex(one["salt"]), work
        ).values()
        one["digest"] = digest.hex()
    FILE.write_text(json.dumps(fresh, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
