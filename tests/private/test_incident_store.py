"""Records on the disk: made, found, added to by several at once, read again."""

from __future__ import annotations

import os
import stat
import threading
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from bot.errors import BadInputError, ConfigError, UsageError
from bot.private import incident_chain, incident_store
from bot.private.incident import IncidentEntry
from tests.private.test_incident_chain import FOUR, HEAD, PASSPHRASE

DAY = date(2026, 12, 24)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    home = tmp_path / "kept"
    home.mkdir(mode=0o700)
    return home


def put(folder: Path, data: bytes = FOUR, name: str = "2026-12-24-k7m2") -> Path:
    path = folder / f"incident-{name}.record"
    path.touch(mode=0o600)
    path.write_bytes(data)
    return path


def entry(text: str) -> IncidentEntry:
    return IncidentEntry(0, datetime(2026, 12, 24, tzinfo=UTC), "Ada", "note", text)


def secret(file: incident_chain.RecordFile) -> str:
    return incident_chain.secret_by_passphrase(file, PASSPHRASE)


def test_a_new_record(folder: Path) -> None:
    recipient = incident_chain.parse(HEAD).public
    path = incident_store.create(folder, DAY, bytes([0, 1, 30, 31]), passphrase="", recipients=[recipient])
    assert path.name == "incident-2026-12-24-23z2.record"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert incident_store.last_receipt(path) is None
    receipt = incident_store.add(path, entry("one"))
    assert (receipt.number, incident_store.last_receipt(path)) == (1, receipt)
    with pytest.raises(UsageError, match="already"):
        incident_store.create(folder, DAY, bytes([0, 1, 30, 31]), passphrase="", recipients=[recipient])


def test_adding_only_adds(folder: Path) -> None:
    path = put(folder)
    assert incident_store.add(path, entry("five")).number == 5
    assert path.read_bytes().startswith(FOUR)
    assert [one.text for one in incident_store.read(path, secret).entries] == ["one", "two", "three", "four", "five"]
    assert [one.name for one in folder.iterdir()] == [path.name]


def test_several_write_at_once(folder: Path) -> None:
    path = put(folder)
    writers = [threading.Thread(target=incident_store.add, args=(path, entry(str(n)))) for n in range(12)]
    for one in writers:
        one.start()
    for one in writers:
        one.join()
    found = incident_store.read(path, secret)
    assert [one.number for one in found.entries] == list(range(1, 17))
    assert {one.text for one in found.entries[4:]} == {str(n) for n in range(12)}
    assert not found.notes


def test_notes_come_with_what_is_read(folder: Path) -> None:
    found = incident_store.read(put(folder, FOUR[:-100]), secret)
    assert len(found.entries) == 3
    assert len(found.notes) == 1


def test_an_answer_too_long_is_refused_before_it_is_written(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = put(folder)
    monkeypatch.setattr(incident_chain, "LONGEST", len(FOUR) + 100)
    with pytest.raises(BadInputError, match="too long for the record"):
        incident_store.add(path, entry("five"))
    assert path.read_bytes() == FOUR


def test_a_record_is_deleted_and_nothing_else(folder: Path) -> None:
    path, other = put(folder), put(folder, b"something else\n", "2026-12-24-aaaa")
    incident_store.delete(path)
    with pytest.raises(BadInputError, match="no incident record"):
        incident_store.delete(other)
    assert list(folder.iterdir()) == [other]


def test_a_number_that_no_entry_has_is_refused(folder: Path) -> None:
    path = put(folder)
    incident_store.refuse_number(path, 4)
    with pytest.raises(UsageError, match="has no entry 5; its entries go up to 4"):
        incident_store.refuse_number(path, 5)


def test_adding_to_nothing_makes_nothing(folder: Path) -> None:
    with pytest.raises(UsageError, match="moved or deleted"):
        incident_store.add(folder / "incident-2026-12-24-aaaa.record", entry("one"))
    assert not list(folder.iterdir())


def test_adding_to_something_else_changes_nothing(folder: Path) -> None:
    path = put(folder, b"something else\n")
    with pytest.raises(BadInputError, match="no incident record"):
        incident_store.add(path, entry("one"))
    assert path.read_bytes() == b"something else\n"


def test_a_record_that_others_may_read_is_refused(folder: Path) -> None:
    path = put(folder)
    path.chmod(0o644)
    with pytest.raises(ConfigError, match="600"):
        incident_store.read(path, secret)


@pytest.mark.parametrize(
    ("word", "name"),
    [
        pytest.param("2026-12-24-k7m2", "2026-12-24-k7m2", id="its name"),
        pytest.param("k7m2", "2026-12-24-k7m2", id="the end"),
        pytest.param("K7M2", "2026-12-24-k7m2", id="in capitals"),
        pytest.param("2026-12-25", "2026-12-25-aaaa", id="the day"),
        pytest.param("./some/where.record", "", id="a path"),
        pytest.param("other.record", "", id="a file"),
    ],
)
def test_find(folder: Path, word: str, name: str) -> None:
    for one in ("2026-12-24-k7m2", "2026-12-25-aaaa", "2026-12-26-baaa"):
        put(folder, name=one)
    found = incident_store.find(folder, word)
    assert found == (folder / f"incident-{name}.record" if name else Path(word))


@pytest.mark.parametrize(
    ("names", "word", "error"),
    [
        pytest.param([], "", "There is no incident record yet", id="none"),
        pytest.param(["2026-12-24-k7m2"], "aaaa", "There is no such record; there are: 2026-12-24-k7m2", id="another"),
        pytest.param(
            ["2026-12-24-k7m2", "2026-12-24-k7m3"],
            "",
            "which record is meant: 2026-12-24-k7m2, 2026-12-24-k7m3",
            id="two",
        ),
        pytest.param([f"2026-12-{n}-aaaa" for n in range(10, 25)], "aaaa", "and 5 earlier", id="many"),
    ],
)
def test_find_none_or_several(folder: Path, names: list[str], word: str, error: str) -> None:
    for one in names:
        put(folder, name=one)
    with pytest.raises(UsageError, match=error):
        incident_store.find(folder, word)


def test_the_only_one_needs_no_name(folder: Path) -> None:
    path = put(folder)
    assert incident_store.find(folder, "") == path


def test_listing(folder: Path) -> None:
    late, early = put(folder), put(folder, FOUR[:-100], "2026-12-20-aaaa")
    broken = put(folder, b"?", "2026-99-99-bbbb")
    (folder / "refusals.jsonl").touch(mode=0o600)
    for path, age in ((late, 0), (early, 1000), (broken, 2000)):
        os.utime(path, (1798000000 - age,) * 2)
    third, second, first = incident_store.listing(folder)
    assert (first.id, first.made, first.entries, first.trouble) == ("2026-12-24-k7m2", DAY, 4, "")
    assert (second.id, second.entries, second.trouble) == ("2026-12-20-aaaa", 3, "an entry has no end")
    late.chmod(0o644)
    assert "chmod 600" in incident_store.listing(folder)[-1].trouble
    assert (third.id, third.entries) == ("2026-99-99-bbbb", -1)
    assert "no incident record" in third.trouble
