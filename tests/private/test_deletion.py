import os
import subprocess
import sys
from pathlib import Path

import pytest

from bot.errors import BadInputError, UsageError
from bot.private import deletion
from bot.private.deletion import Identity
from tests.private.tracing import traced

SECRET = b"Ada Abacus\n" * 300_000


def seen(path: Path) -> Identity:
    return deletion.identity(path.stat())


def make_pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def file(folder: Path) -> Path:
    (folder / "file").write_bytes(SECRET)
    return folder / "file"


def test_a_file_is_gone_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "other").write_text("kept")
    assert deletion.delete(file(tmp_path), seen(tmp_path / "file")) == 0
    assert [path.name for path in tmp_path.iterdir()] == ["other"]


@pytest.mark.traced
def test_it_is_overwritten_as_a_whole(tmp_path: Path) -> None:
    path = file(tmp_path)
    code = "import sys; from pathlib import Path; from bot.private import deletion; p = Path(sys.argv[1]); "
    code += "deletion.delete(p, deletion.identity(p.stat()))"
    environ = {**os.environ, "PYTHONPATH": str(Path.cwd())}
    done = traced([sys.executable, "-c", code, str(path)], folder=tmp_path / "trace", environ=environ)
    assert done.returncode == 0, done.stderr
    assert done.written()[str(path)] == bytes(len(SECRET))
    assert list(tmp_path.iterdir()) == [tmp_path / "trace"]


def test_all_names_of_a_file_lose_its_content(tmp_path: Path) -> None:
    os.link(file(tmp_path), tmp_path / "copy")
    assert deletion.delete(tmp_path / "file", seen(tmp_path / "file")) == 1
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("copy", b"")]


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda path: path.write_bytes(b"mine"), id="another content"),
        pytest.param(lambda path: os.utime(path, (1, 1)), id="written again"),
        pytest.param(lambda path: (path.rename(path.with_name("x")), path.write_bytes(SECRET)), id="another file"),
        pytest.param(lambda path: (path.unlink(), path.mkdir()), id="a folder"),
        pytest.param(make_pipe, id="a pipe"),
        pytest.param(lambda path: path.unlink(), id="nothing"),
        pytest.param(lambda path: (path.rename(path.with_name("x")), path.symlink_to("x")), id="a link to it"),
    ],
)
def test_what_is_no_longer_what_was_seen_stays(change: object, tmp_path: Path) -> None:
    identity = seen(file(tmp_path))
    assert callable(change)
    change(tmp_path / "file")
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir() if path.is_file()}
    with pytest.raises((UsageError, BadInputError), match=r"it is as it was|is as it was; begin again"):
        deletion.delete(tmp_path / "file", identity)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir() if path.is_file()} == before


def test_a_file_is_not_deleted_through_a_link_to_its_folder(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    path = file(tmp_path / "folder")
    (tmp_path / "link").symlink_to("folder")
    with pytest.raises(UsageError, match="symbolic link"):
        deletion.delete(tmp_path / "link" / "file", seen(path))
    assert path.read_bytes() == SECRET


def test_where_a_file_would_not_be_written_it_is_still_deleted(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / "open").mkdir()
    (tmp_path / "open").chmod(0o777)
    path = file(tmp_path / "open")
    deletion.delete(path, seen(path))
    assert not path.exists()


def test_how_far_a_failed_deletion_came_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **more: object) -> int:
        del more
        raise PermissionError(1, "Operation not permitted")

    path = file(tmp_path)
    with monkeypatch.context() as patch:
        patch.setattr(os, "pwrite", fail)
        with pytest.raises(BadInputError, match=r"Cannot overwrite .* part of it is still there"):
            deletion.delete(path, seen(path))
    assert path.read_bytes() == SECRET
    with monkeypatch.context() as patch:
        patch.setattr(os, "unlink", fail)
        with pytest.raises(BadInputError, match="was overwritten and is empty, but its name cannot be removed"):
            deletion.delete(path, seen(path))
    assert path.read_bytes() == b""


def test_the_content_is_gone_before_the_name_is(tmp_path: Path) -> None:
    path = file(tmp_path)
    code = (
        "import os, signal, sys; from pathlib import Path; from bot.private import deletion; p = Path(sys.argv[1])\n"
        "os.unlink = lambda *a, **k: os.kill(os.getpid(), signal.SIGKILL)\n"
        "deletion.delete(p, deletion.identity(p.stat()))"
    )
    environ = {**os.environ, "PYTHONPATH": str(Path.cwd())}
    done = subprocess.run([sys.executable, "-c", code, str(path)], check=False, env=environ)
    assert done.returncode == -9
    assert path.read_bytes() == b""
