"""The journal: on the disk before the next step, for one run alone, and readable after any accident."""

from __future__ import annotations

import errno
import fcntl
import os
import stat
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import journal
from bot.errors import ConfigError, UsageError
from bot.journal import INTENT, OUTCOME, Record, open_journal

AT = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)


def record(**other: Any) -> Record:
    usual: dict[str, Any] = {
        "what": INTENT,
        "at": AT,
        "plan": "a" * 64,
        "site": "meta:meta",
        "user": "TestBot",
        "number": 1,
        "title": "Event:Café",
        "base": 9,
        "sha1": "b" * 40,
        "task": "review",
    }
    return Record(**usual | other)


DONE = record(what=OUTCOME, end="saved", revid=12)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "new" / "state" / "journal.jsonl"


def test_what_was_written_is_read_in_its_order(path: Path) -> None:
    with open_journal(path) as book:
        book.write(record())
        book.write(DONE)
    with open_journal(path) as book:
        book.write(record(number=2))
        assert journal.read(path) == (record(), DONE, record(number=2))


def test_a_line_is_one_object_with_its_schema(path: Path) -> None:
    with open_journal(path) as book:
        book.write(record(title="a\nb"))
    (line,) = path.read_text(encoding="utf-8").splitlines()
    fields = msgspec.json.decode(line)
    assert fields["schema"] == "eventsafety/journal@1"
    assert (fields["title"], fields["what"], fields["at"]) == ("a\nb", "intent", "2026-11-21T12:00:00Z")


def test_it_holds_no_text_and_names_no_registrant() -> None:
    assert set(Record.__struct_fields__) == {
        *("what", "at", "plan", "site", "user", "number", "title", "base", "sha1", "task", "end", "revid", "code"),
        "schema",
    }


def test_nobody_else_may_read_it(path: Path) -> None:
    kept = os.umask(0)
    try:
        with open_journal(path):
            assert stat.S_IMODE(path.stat().st_mode) == 0o600
    finally:
        os.umask(kept)


def test_a_second_run_is_refused_until_the_first_has_ended(path: Path) -> None:
    with open_journal(path) as book:
        with pytest.raises(UsageError, match=r"Another run is writing just now.*journal\.jsonl"), open_journal(path):
            pass
        book.write(record())
    with open_journal(path) as book:
        book.write(DONE)
    assert journal.read(path) == (record(), DONE)


def test_another_process_is_refused_too(path: Path) -> None:
    code = "import sys; from pathlib import Path; from bot.journal import open_journal\n"
    code += "with open_journal(Path(sys.argv[1])): pass"
    words = [sys.executable, "-c", code, str(path)]
    with open_journal(path):
        second = subprocess.run(words, capture_output=True, text=True, check=False)
        assert "UsageError" in second.stderr
    assert subprocess.run(words, check=False).returncode == 0


def test_a_killed_run_holds_it_no_longer(path: Path) -> None:
    code = "import os, sys; from pathlib import Path; from bot.journal import open_journal\n"
    code += "with open_journal(Path(sys.argv[1])): os.kill(os.getpid(), 9)"
    assert subprocess.run([sys.executable, "-c", code, str(path)], check=False).returncode == -9
    with open_journal(path) as book:
        book.write(record())


def test_an_error_in_the_run_lets_it_go(path: Path) -> None:
    with pytest.raises(KeyboardInterrupt), open_journal(path):
        raise KeyboardInterrupt
    with open_journal(path):
        pass


class Disk:
    """Notes what is done to files, writes at most ``most`` bytes at a time, and fails at ``full`` with its number."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, most: int = 10_000, full: int = 0) -> None:
        self.done: list[str] = []
        self.full = full
        write, fsync = os.write, os.fsync

        def short(file: int, data: bytes) -> int:
            if self.full:
                raise OSError(self.full, os.strerror(self.full))
            self.done.append("write")
            return write(file, data[:most])

        def noted(file: int) -> None:
            self.done.append("fsync")
            fsync(file)

        monkeypatch.setattr(os, "write", short)
        monkeypatch.setattr(os, "fsync", noted)


def test_a_record_is_on_the_disk_before_the_next_step(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with open_journal(path) as book:
        disk = Disk(monkeypatch)
        book.write(record())
        disk.done.append("POST")
        book.write(DONE)
    assert disk.done == ["write", "fsync", "POST", "write", "fsync"]


def test_a_disk_that_takes_little_at_a_time_gets_all_of_it(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with open_journal(path) as book:
        disk = Disk(monkeypatch, most=100)
        book.write(record())
    assert len(disk.done) > 2
    assert disk.done == ["write"] * (len(disk.done) - 1) + ["fsync"]
    assert journal.read(path) == (record(),)


def test_a_disk_that_fails_ends_the_run(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with open_journal(path) as book:
        Disk(monkeypatch, full=errno.ENOSPC)
        with pytest.raises(ConfigError, match=r"Cannot write .*journal\.jsonl: No space left on device; nothing more"):
            book.write(record())


def test_a_record_that_cannot_be_brought_to_the_disk_is_not_written(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_file: int) -> None:
        raise OSError(errno.EIO, "Input/output error")

    with open_journal(path) as book:
        monkeypatch.setattr(os, "fsync", broken)
        with pytest.raises(ConfigError, match="Input/output error"):
            book.write(record())


LINE = msgspec.json.encode(record())
TORN = [pytest.param(LINE[:length], id=f"after {length} bytes") for length in (1, 10, len(LINE) - 1)]


@pytest.mark.parametrize("torn", [*TORN, pytest.param(b"\0\0\0", id="zeros of a lost block")])
def test_a_torn_last_line_costs_no_other(path: Path, torn: bytes) -> None:
    path.parent.mkdir(parents=True)
    path.write_bytes(LINE + b"\n" + torn)
    assert journal.read(path) == (record(),)
    with open_journal(path) as book:
        book.write(DONE)
    assert journal.read(path) == (record(), DONE)


def test_a_whole_line_without_its_end_counts(path: Path) -> None:
    path.parent.mkdir(parents=True)
    path.write_bytes(LINE)
    with open_journal(path) as book:
        book.write(DONE)
    assert journal.read(path) == (record(), DONE)


def test_a_journal_that_is_whole_is_not_touched_by_opening_it(path: Path) -> None:
    path.parent.mkdir(parents=True)
    path.write_bytes(LINE + b"\n")
    with open_journal(path):
        pass
    assert path.read_bytes() == LINE + b"\n"


def test_a_torn_line_that_cannot_be_ended_ends_the_run(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path.parent.mkdir(parents=True)
    path.write_bytes(LINE[:9])
    disk = Disk(monkeypatch, full=errno.ENOSPC)
    with pytest.raises(ConfigError, match="No space left on device; nothing is saved"), open_journal(path):
        pass
    disk.full = 0
    with open_journal(path):
        pass


DAMAGED = [
    pytest.param(b"", id="an empty line"),
    pytest.param(b"\xff\xfe", id="no UTF-8"),
    pytest.param(LINE.replace(b"Event", b"\xff"), id="no UTF-8 in a value"),
    pytest.param(b"[]", id="a list"),
    pytest.param(b"{}", id="an object without anything"),
    pytest.param(b"null", id="null"),
    pytest.param(LINE.replace(b'"number":1', b'"number":"one"'), id="a value of another kind"),
    pytest.param(LINE.replace(b"12:00:00Z", b"12:00:00"), id="a time without a zone"),
    pytest.param(LINE + LINE, id="two records in one line"),
]


@pytest.mark.parametrize("line", DAMAGED)
def test_a_damaged_line_is_passed_over(path: Path, line: bytes) -> None:
    assert line not in (LINE, LINE + b"\n")
    path.parent.mkdir(parents=True)
    path.write_bytes(b"\n".join((LINE, line, msgspec.json.encode(DONE), b"")))
    assert journal.read(path) == (record(), DONE)


@given(st.binary(max_size=60), st.integers(0, len(LINE)))
def test_no_damage_makes_reading_fail(data: bytes, cut: int) -> None:
    lines = [found for line in (LINE + b"\n" + LINE[:cut] + data).splitlines() if (found := journal._record(line))]
    assert lines[0] == record()


@given(
    st.builds(
        Record,
        what=st.sampled_from([INTENT, OUTCOME]),
        at=st.datetimes(timezones=st.just(UTC)),
        plan=st.text(st.characters(codec="utf-8")),
        site=st.text(st.characters(codec="utf-8")),
        user=st.text(st.characters(codec="utf-8")),
        number=st.integers(0, 2**40),
        title=st.text(st.characters(codec="utf-8")),
        base=st.integers(0, 2**40),
        sha1=st.text(st.characters(codec="utf-8")),
        task=st.text(st.characters(codec="utf-8")),
        end=st.text(st.characters(codec="utf-8")),
        revid=st.none() | st.integers(0, 2**40),
    )
)
def test_any_record_is_one_line_and_survives_it(one: Record) -> None:
    line = msgspec.json.encode(one)
    assert len(line.splitlines()) == 1
    assert journal._record(line) == one


def test_no_journal_is_an_empty_one(path: Path) -> None:
    assert journal.read(path) == ()


def test_a_journal_that_cannot_be_read_is_not_an_empty_one(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=f"Cannot read {tmp_path}: Is a directory"):
        journal.read(tmp_path)


def test_a_folder_that_cannot_be_written_is_a_setting(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for path in (tmp_path / "file" / "journal.jsonl", tmp_path, Path("/proc/nowhere/journal.jsonl")):
        with pytest.raises(ConfigError, match=r"^Cannot write .*; set writing\.journal_file\.$"), open_journal(path):
            pass


def test_a_folder_without_the_right_to_write(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def denied(*_args: object) -> int:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(os, "open", denied)
    with pytest.raises(ConfigError, match="Permission denied; set writing"), open_journal(path):
        pass


def test_a_file_system_without_locks_is_not_another_run(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_locks(*_args: object) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr(fcntl, "flock", no_locks)
    with pytest.raises(ConfigError, match=r"Cannot lock .*: No locks available"), open_journal(path):
        pass


def test_times_keep_their_fractions(path: Path) -> None:
    times = [AT + timedelta(microseconds=n) for n in (0, 1, 999_999)]
    with open_journal(path) as book:
        for at in times:
            book.write(record(at=at))
    assert [one.at for one in journal.read(path)] == times
