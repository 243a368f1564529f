"""On the real file system: modes under every umask, links, full disks, and what is left when a write ends badly."""

import os
import pwd
import resource
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from bot.config import Private
from bot.errors import BadInputError, ConfigError, EventSafetyError, UsageError
from bot.private import vault

SECRET = b"Ada Abacus\n"


def mode(path: Path) -> int:
    return stat.S_IMODE(path.lstat().st_mode)


@pytest.fixture(params=[0o000, 0o022, 0o077, 0o777], ids="umask {:03o}".format)
def umask(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[None]:
    assert tmp_path.exists()  # made before
    before = os.umask(request.param)
    yield
    os.umask(before)


@pytest.mark.usefixtures("umask")
def test_a_new_file_is_for_its_owner_alone_under_every_umask(tmp_path: Path) -> None:
    vault.write(tmp_path / "out.txt", SECRET)
    vault.append(tmp_path / "log", SECRET)
    vault.replace(tmp_path / "log", SECRET)
    assert (tmp_path / "out.txt").read_bytes() == SECRET
    assert {path.name: mode(path) for path in tmp_path.iterdir()} == {"out.txt": 0o600, "log": 0o600}


@pytest.mark.usefixtures("umask")
def test_the_folder_of_what_is_kept_is_made_for_its_owner_alone(tmp_path: Path) -> None:
    folder = vault.folder(Private(), {"XDG_DATA_HOME": str(tmp_path / "data" / "here")})
    assert folder == tmp_path / "data" / "here" / "eventsafety"
    assert {mode(folder), mode(folder.parent), mode(folder.parent.parent)} == {0o700}


def test_what_is_there_is_never_overwritten(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("kept")
    (tmp_path / "link").symlink_to("file")
    (tmp_path / "dangling").symlink_to("none")
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipe")
    for name, sentence in (
        ("file", "is there already; nothing"),
        ("link", "is there already as a symbolic link"),
        ("dangling", "is there already as a symbolic link"),
        ("folder", "is there already; nothing"),
        ("pipe", "is there already; nothing"),
    ):
        for step in (vault.refuse, lambda path: vault.write(path, SECRET)):
            with pytest.raises(UsageError, match=sentence):
                step(tmp_path / name)
    assert (tmp_path / "file").read_text() == "kept"
    assert not (tmp_path / "none").exists()


def test_a_file_that_appears_in_the_last_moment_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def somebody_writes(*_: object, **more: object) -> bool:
        (tmp_path / "out").symlink_to("elsewhere")
        return True

    monkeypatch.setattr(os, "access", somebody_writes)
    with pytest.raises(UsageError, match="is there already"):
        vault.write(tmp_path / "out", SECRET)
    assert not (tmp_path / "elsewhere").exists()


@pytest.mark.parametrize("ended_by", [KeyboardInterrupt(), OSError(28, "No space left on device"), MemoryError()])
def test_nothing_is_left_of_a_file_that_could_not_be_written(
    ended_by: BaseException, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(file: int) -> None:
        assert os.fstat(file).st_size == len(SECRET)
        raise ended_by

    monkeypatch.setattr(os, "fsync", fail)
    for step in (vault.write, vault.append, vault.replace):
        with pytest.raises((KeyboardInterrupt, BadInputError, MemoryError)):
            step(tmp_path / "out", SECRET)
        assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("is_done", [False, True], ids=["before", "behind"])
@pytest.mark.parametrize("old", [b"", b"old"], ids=["a new file", "an old one"])
def test_a_replacement_that_is_stopped_leaves_the_old_or_the_new(
    old: bytes, is_done: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(*args: str, **folders: Any) -> None:
        if is_done:
            rename(*args, **folders)
        raise KeyboardInterrupt

    if old:
        vault.write(tmp_path / "kept", old)
    rename = os.rename
    monkeypatch.setattr(os, "replace", stop)
    with pytest.raises(KeyboardInterrupt):
        vault.replace(tmp_path / "kept", b"new")
    left = [(path.name, path.read_bytes()) for path in tmp_path.iterdir()]
    assert left == ([("kept", b"new")] if is_done else [("kept", old)] if old else [])


def test_an_error_of_the_disk_holds_no_content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **more: object) -> int:
        del more
        raise OSError(5, "Input/output error")

    vault.write(tmp_path / "kept", SECRET)
    for name, step, sentence in (
        ("pread", lambda: vault.read(tmp_path / "kept"), "Cannot read .*kept: Input/output error"),
        ("open", lambda: vault.write(tmp_path / "new", SECRET), "Cannot write .*new: Input/output error"),
        ("mkdir", lambda: vault.folder(Private(folder=str(tmp_path / "a/b")), {}), "Cannot make the folder .*a/b"),
    ):
        with monkeypatch.context() as patch:
            patch.setattr(os, name, fail if name != "open" else only_new(fail))
            with pytest.raises(EventSafetyError, match=sentence) as raised:
                step()
        assert raised.value.__cause__ is None
        assert raised.value.__suppress_context__


def only_new(fail: Callable[..., int]) -> Callable[..., int]:
    """Return an ``os.open`` that fails for new files alone."""
    opened = os.open
    return lambda *args, **more: (fail if args[1] & os.O_CREAT else opened)(*args, **more)


def limited(code: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run code in a process whose files may grow to 4096 bytes."""
    begin = "from pathlib import Path; from bot.private import vault; from bot.errors import BadInputError\n"
    return subprocess.run(
        [sys.executable, "-c", begin + code],
        capture_output=True,
        check=False,
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(Path.cwd())},
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096)),
        text=True,
    )


@pytest.mark.parametrize("verb", ["write", "append", "replace"])
def test_a_disk_that_takes_only_a_part_is_left_as_it_was(verb: str, tmp_path: Path) -> None:
    if verb != "write":
        vault.write(tmp_path / "out", b"before" * 500)
    done = limited(
        f"""
try:
    vault.{verb}(Path("out"), b"x" * 10_000)
except BadInputError as error:
    print(error, error.__cause__, error.__suppress_context__)
""",
        tmp_path,
    )
    left = "nothing of it is left there" if verb == "write" else "it is as it was, and what was new is not in it"
    assert f"Cannot write out: File too large; {left}. None" in done.stdout, done.stderr
    assert done.stdout.endswith(" None True\n")
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == (
        [] if verb == "write" else [("out", b"before" * 500)]
    )


def test_a_mistake_of_whoever_changes_a_file_leaves_it_as_it_was(tmp_path: Path) -> None:
    def wrong(content: bytes) -> bytes:
        raise KeyError(len(content))

    vault.write(tmp_path / "out", SECRET)
    for step in (vault.append, vault.replace):
        for name in ("out", "new"):
            with pytest.raises(KeyError):
                step(tmp_path / name, wrong)
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("out", SECRET)]


def test_what_is_added_comes_behind_and_may_depend_on_what_is_there(tmp_path: Path) -> None:
    vault.append(tmp_path / "log", b"1\n")
    vault.append(tmp_path / "log", b"2\n")
    vault.append(tmp_path / "log", lambda before: before.replace(b"\n", b"+"))
    assert vault.read(tmp_path / "log") == b"1\n2\n1+2+"
    vault.replace(tmp_path / "log", lambda before: before[:2])
    assert vault.read(tmp_path / "log") == b"1\n"


def test_of_what_is_replaced_nothing_stays_in_its_blocks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    vault.write(tmp_path / "register", SECRET)
    seen: list[bytes] = []
    with (tmp_path / "register").open("rb") as old:
        monkeypatch.setattr(os, "ftruncate", lambda *_: seen.append(old.read()))
        vault.replace(tmp_path / "register", b"new")
    assert seen == [bytes(len(SECRET))]
    assert [path.read_bytes() for path in tmp_path.iterdir()] == [b"new"]


def test_another_name_of_what_is_replaced_keeps_its_content(tmp_path: Path) -> None:
    vault.write(tmp_path / "register", SECRET)
    os.link(tmp_path / "register", tmp_path / "copy")
    vault.replace(tmp_path / "register", b"new")
    assert (tmp_path / "copy").read_bytes() == SECRET


@pytest.mark.parametrize(
    ("name", "error", "sentence"),
    [
        pytest.param("none", UsageError, "No such file", id="none"),
        pytest.param("link", UsageError, "symbolic links", id="a link"),
        pytest.param("folder", UsageError, "not an ordinary file", id="a folder"),
        pytest.param("pipe", UsageError, "not an ordinary file", id="a pipe, which would wait for ever"),
        pytest.param("open", ConfigError, "Others may read .*open: run chmod 600", id="for all to read"),
        pytest.param("group", ConfigError, "run chmod 600", id="for a group to read"),
    ],
)
def test_what_is_kept_is_read_only_where_it_is_kept_well(
    name: str, error: type[Exception], sentence: str, tmp_path: Path
) -> None:
    vault.write(tmp_path / "file", SECRET)
    (tmp_path / "link").symlink_to("file")
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipe", 0o600)
    for other, its_mode in (("open", 0o604), ("group", 0o640)):
        (tmp_path / other).write_bytes(SECRET)
        (tmp_path / other).chmod(its_mode)
    with pytest.raises(error, match=sentence):
        vault.read(tmp_path / name)
    if name != "none":
        before = sorted(path.name for path in tmp_path.iterdir())
        for step in (vault.append, vault.replace):
            with pytest.raises((UsageError, ConfigError)):
                step(tmp_path / name, b"more")
        assert sorted(path.name for path in tmp_path.iterdir()) == before
    assert (tmp_path / "open").read_bytes() == SECRET


def started(code: str, folder: Path) -> subprocess.Popen[bytes]:
    begin = "from pathlib import Path; from bot.private import vault\n"
    environ = {**os.environ, "PYTHONPATH": str(Path.cwd())}
    return subprocess.Popen([sys.executable, "-c", begin + code], cwd=folder, env=environ, stdout=subprocess.PIPE)


def test_processes_that_write_at_once_lose_nothing_of_each_other(tmp_path: Path) -> None:
    count = "str(old.count(b'\\n')).encode() + b'\\n'"
    add = f"[vault.append(Path('log'), lambda old: {count}) for _ in range(40)]"
    put = f"[vault.replace(Path('log'), lambda old: old + {count}) for _ in range(40)]"
    processes = [started(code, tmp_path) for code in (add, put, add, put)]
    for process in processes:
        process.communicate(timeout=30)
    assert (tmp_path / "log").read_bytes().split() == [str(number).encode() for number in range(160)]
    assert [path.name for path in tmp_path.iterdir()] == ["log"]


def test_a_process_that_is_killed_leaves_the_old_or_the_new_as_a_whole(tmp_path: Path) -> None:
    code = "print(flush=True)\nfor n in range(10**9): vault.replace(Path('kept'), bytes([65 + n % 26]) * 300_000)"
    for pause in (0.0, 0.003, 0.008, 0.02):
        process = started(code, tmp_path)
        assert process.stdout
        process.stdout.readline()
        time.sleep(pause)
        process.send_signal(signal.SIGKILL)
        process.communicate()
        kept = (tmp_path / "kept").read_bytes() if (tmp_path / "kept").exists() else b""
        assert (len(kept), len(set(kept))) in {(0, 0), (300_000, 1)}
        assert all(mode(path) == 0o600 for path in tmp_path.iterdir())
    vault.replace(tmp_path / "kept", b"end")
    assert [path.name for path in tmp_path.iterdir()] == ["kept"]


def test_a_polite_kill_takes_away_what_is_half_written(tmp_path: Path) -> None:
    code = (
        "from bot.cli import confidential; import os, time\n"
        "os.fsync = lambda file: (print(flush=True), time.sleep(60))\n"
        "with confidential.kept(): vault.write(Path('out'), b'x')"
    )
    for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
        process = started(code, tmp_path)
        assert process.stdout
        process.stdout.readline()
        assert [path.name for path in tmp_path.iterdir()] == ["out"]
        process.send_signal(number)
        process.communicate(timeout=10)
        assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("environ", "settings", "expected"),
    [
        pytest.param({"XDG_DATA_HOME": "{}/data"}, "", "data/eventsafety", id="where data are"),
        pytest.param({"HOME": "{}"}, "", ".local/share/eventsafety", id="at home"),
        pytest.param({"HOME": "{}", "XDG_DATA_HOME": "data"}, "", ".local/share/eventsafety", id="XDG: absolute only"),
        pytest.param({"HOME": "{}", "XDG_DATA_HOME": ""}, "", ".local/share/eventsafety", id="XDG: empty is unset"),
        pytest.param({"HOME": "{}", "XDG_DATA_HOME": "{}/data"}, "{}/safe", "safe", id="as the settings say"),
        pytest.param({"HOME": "{}"}, "~/safe/place", "safe/place", id="at home, as the settings say"),
    ],
)
def test_what_is_kept_has_its_folder(environ: dict[str, str], settings: str, expected: str, tmp_path: Path) -> None:
    private = Private(folder=settings.format(tmp_path))
    given = {name: value.format(tmp_path) for name, value in environ.items()}
    folder = vault.folder(private, given)
    assert folder == tmp_path / expected
    assert mode(folder) == 0o700
    assert vault.folder(private, given) == folder


@pytest.mark.parametrize(
    "home", [pytest.param("", id="empty"), pytest.param("here", id="relative"), pytest.param(None, id="none")]
)
def test_a_home_that_is_none_is_not_believed(home: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    environ = {} if home is None else {"HOME": home}
    for real, sentence in ((str(tmp_path / "real"), ""), ("", "HOME does not name"), ("here", "HOME does not name")):
        monkeypatch.setattr(pwd, "getpwuid", lambda _, real=real: SimpleNamespace(pw_dir=real))
        if not sentence:
            Path(real).mkdir()
            assert vault.folder(Private(), environ) == Path(real, ".local/share/eventsafety")
            assert vault.folder(Private(folder="~/safe"), environ) == Path(real, "safe")
            continue
        with pytest.raises(ConfigError, match=sentence):
            vault.folder(Private(), environ)
        assert vault.folder(Private(folder=str(tmp_path / "said")), environ) == tmp_path / "said"
    assert not (tmp_path / "here").exists()


def test_a_home_that_nobody_knows_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pwd, "getpwuid", lambda number: {}[number])
    with pytest.raises(ConfigError, match=r"set private\.folder"):
        vault.folder(Private(), {})


def test_a_folder_that_others_may_look_into_is_refused(tmp_path: Path) -> None:
    for its_mode in (0o755, 0o750, 0o701):
        (tmp_path / "kept").mkdir(exist_ok=True)
        (tmp_path / "kept").chmod(its_mode)
        with pytest.raises(ConfigError, match=r"run chmod 700 on it, or set private\.folder"):
            vault.folder(Private(folder=str(tmp_path / "kept")), {})


def test_a_folder_is_made_in_no_place_that_is_unfit(tmp_path: Path) -> None:
    (tmp_path / "work" / ".git").mkdir(parents=True)
    (tmp_path / "link").symlink_to(tmp_path)
    (tmp_path / "file").write_text("")
    for name, sentence in (
        ("work/a/b", "git repository"),
        ("link/a/b", "symbolic link"),
        ("file/a/b", "Not a directory"),
    ):
        with pytest.raises(UsageError, match=sentence):
            vault.folder(Private(folder=str(tmp_path / name)), {})
    assert sorted(path.name for path in tmp_path.rglob("*")) == [".git", "file", "link", "work"]
