import json
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.errors import UsageError
from bot.private import deletion, marks, purge
from bot.private.deletion import Identity
from bot.private.purge import Found

NOW = datetime(2026, 12, 24, 15, tzinfo=UTC)
OVER, RUNNING = NOW - timedelta(hours=1), NOW + timedelta(days=2)


def result(until: datetime, title: str = "Event:E") -> bytes:
    return f"{marks.head(marks.EVENT_BANS, until, title)}\nAda Abacus\n".encode()


def document(until: datetime) -> bytes:
    schema = {"schema": "eventsafety/event-bans@1", "delete_after": marks.time_text(until)}
    return json.dumps({**schema, "event": {"title": "Event:E"}, "findings": ["Ada"]}).encode()


def sealed(until: datetime) -> bytes:
    return json.dumps({"format": "eventsafety/sealed-list@1", "expires": marks.time_text(until), "rows": ""}).encode()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Ours and others', over and not, in all corners of a folder, with links out of it."""
    top = tmp_path / "top"
    (top / "deep" / ".hidden").mkdir(parents=True)
    for name, data in (
        ("over.txt", result(OVER)),
        ("running.txt", result(RUNNING)),
        ("deep/over.json", document(OVER)),
        ("deep/.hidden/.over", sealed(OVER)),
        ("deep/running.sealed", sealed(RUNNING)),
        ("deep/cut.json", document(RUNNING)[:-20]),
        ("list.csv", b"user name\nAda Abacus\n"),
        ("notes.txt", b"\n" + result(OVER)),
        ("empty", b""),
    ):
        (top / name).write_bytes(data)
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "over.txt").write_bytes(result(OVER))
    (top / "link").symlink_to("../outside")
    (top / "link.txt").symlink_to("../outside/over.txt")
    (top / "circle").symlink_to(".")
    (top / "dangling").symlink_to("none")
    os.mkfifo(top / "pipe")
    return top


def names(found: tuple[Found, ...], folder: Path, *, due: bool) -> list[str]:
    return sorted(str(one.path.relative_to(folder)) for one in found if one.is_due is due)


OVER_NAMES = ["deep/.hidden/.over", "deep/over.json", "over.txt"]
RUNNING_NAMES = ["deep/cut.json", "deep/running.sealed", "running.txt"]


def test_what_is_ours_is_found_and_what_is_over_is_due(folder: Path) -> None:
    search = purge.find([folder], NOW)
    assert names(search.found, folder, due=True) == OVER_NAMES
    assert names(search.found, folder, due=False) == RUNNING_NAMES
    assert (search.looked_at, search.unseen) == (12, ())


def test_everything_is_due_when_it_is_asked_for(folder: Path) -> None:
    search = purge.find([folder], NOW, everything=True)
    assert names(search.found, folder, due=True) == sorted(OVER_NAMES + RUNNING_NAMES)


def test_what_is_due_is_deleted_and_nothing_else_is_touched(folder: Path) -> None:
    before = {path: path.lstat() for path in folder.parent.rglob("*") if not path.is_dir()}
    for found in purge.find([folder], NOW).found:
        if found.is_due:
            assert purge.delete(found) == 0
    after = {path: path.lstat() for path in folder.parent.rglob("*") if not path.is_dir()}
    assert sorted(str(path.relative_to(folder)) for path in before.keys() - after.keys()) == OVER_NAMES
    assert all(
        (before[path].st_mtime_ns, before[path].st_size) == (info.st_mtime_ns, info.st_size)
        for path, info in after.items()
    )
    assert purge.find([folder], NOW).found == tuple(one for one in purge.find([folder], NOW).found if not one.is_due)


def test_the_end_itself_is_over(tmp_path: Path) -> None:
    (tmp_path / "out").write_bytes(result(NOW))
    assert purge.find([tmp_path], NOW).found[0].is_due
    assert not purge.find([tmp_path], NOW - timedelta(seconds=1)).found[0].is_due


def test_a_file_is_found_once_whichever_way_it_is_named(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    search = purge.find([folder, folder / "deep", Path("over.txt"), Path()], NOW)
    assert len(search.found) == 6


def test_a_file_of_two_names_is_deleted_once(tmp_path: Path) -> None:
    (tmp_path / "one").write_bytes(result(OVER))
    os.link(tmp_path / "one", tmp_path / "two")
    (found,) = purge.find([tmp_path], NOW).found
    assert purge.delete(found) == 1
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("two", b"")]


def test_a_file_that_is_named_and_is_not_ours_is_told(folder: Path) -> None:
    search = purge.find([folder / "list.csv", folder / "link.txt", folder / "pipe"], NOW)
    assert search.found == ()
    assert [(one.path.name, one.why) for one in search.unseen] == [
        ("list.csv", "it does not say that it is one of ours"),
        ("link.txt", "it is a symbolic link, and links are not followed"),
        ("pipe", "it does not say that it is one of ours"),
    ]


def test_a_path_that_is_not_there_ends_it(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"Cannot look at .*none: No such file or directory"):
        purge.find([tmp_path / "none"], NOW)


def test_what_is_too_large_or_cannot_be_read_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, beginning in (("large", b'{"'), ("others", b"\0")):
        with (tmp_path / name).open("wb") as file:
            file.write(beginning)
            file.truncate(purge.LARGEST + 1)
    (tmp_path / "shut").write_bytes(b"")
    (tmp_path / "folder").mkdir()
    opened, listed = os.open, os.scandir

    def refuse(path: object, *args: int, **more: int) -> int:
        if str(path).endswith("shut"):
            raise PermissionError(13, "Permission denied", str(path))
        return opened(str(path), *args, **more)

    def refuse_folder(path: str) -> object:
        if str(path).endswith("folder"):
            raise PermissionError(13, "Permission denied", str(path))
        return listed(path)

    monkeypatch.setattr(os, "open", refuse)
    monkeypatch.setattr(os, "scandir", refuse_folder)
    search = purge.find([tmp_path], NOW)
    assert sorted((one.path.name, one.why) for one in search.unseen) == [
        ("folder", "Permission denied"),
        ("large", "it is larger than 64 MiB"),
        ("shut", "Permission denied"),
    ]


def test_a_file_that_breaks_off_while_it_is_read_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(info: os.stat_result) -> Identity:
        raise OSError(5, "Input/output error")

    (tmp_path / "out").write_bytes(result(OVER))
    monkeypatch.setattr(deletion, "identity", fail)
    assert [(one.path.name, one.why) for one in purge.find([tmp_path], NOW).unseen] == [("out", "Input/output error")]


def test_each_deletion_is_told_with_its_event_and_its_time(tmp_path: Path) -> None:
    (tmp_path / "out").write_bytes(result(OVER, "Event:\x1b[2JE"))
    (tmp_path / "sealed").write_bytes(sealed(RUNNING))
    (tmp_path / "cut").write_bytes(document(RUNNING)[:44])
    cut, out, kept = purge.find([tmp_path], NOW).found
    assert purge.told_deleted(out) == (
        f"Deleted {tmp_path}/out: event bans of Event:<U+001B>[2JE, to be deleted after 2026-12-24 14:00 UTC."
    )
    assert purge.told_deleted(out, others=2).endswith(" It has 2 other names, empty now.")
    assert purge.told_kept(kept) == (
        f"Kept {tmp_path}/sealed: sealed list of an event without a title, may be kept until 2026-12-26 15:00 UTC."
    )
    assert purge.told_deleted(cut) == (
        f"Deleted {tmp_path}/cut: event bans of an event without a title, cut off, to be deleted at once."
    )
    assert cut.is_due
