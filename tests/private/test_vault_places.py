"""Which folders are fit: on the real file system, with links, modes and repositories as they are."""

import os
import subprocess
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from unittest.mock import Mock

import pytest

from bot.config import Private
from bot.errors import UsageError
from bot.private import places, repository, vault


def refused(path: Path) -> str:
    """Return the sentence with which a place is refused, "" for a fit one; writing does as it was said before."""
    try:
        vault.refuse(path)
    except UsageError as error:
        with pytest.raises(UsageError):
            vault.write(path, b"Ada")
        return str(error)
    vault.write(path, b"Ada")
    path.unlink()
    return ""


def git(*words: str, cwd: Path) -> None:
    identity = ("-c", "user.name=T", "-c", "user.email=t@example.org", "-c", "protocol.file.allow=always")
    subprocess.run(["git", *identity, *words], cwd=cwd, check=True, capture_output=True)


@pytest.fixture
def folders(tmp_path: Path) -> Path:
    """A fit folder with one below it, and links to both, in all the ways in which a path can go through them."""
    (tmp_path / "fit" / "below").mkdir(parents=True)
    (tmp_path / "link").symlink_to("fit")
    (tmp_path / "fit" / "up").symlink_to(tmp_path)
    (tmp_path / "circle").symlink_to("circle")
    (tmp_path / "dangling").symlink_to("none")
    (tmp_path / "file").write_text("")
    return tmp_path


@pytest.mark.parametrize(
    ("path", "sentence"),
    [
        pytest.param("fit/out", "", id="fit"),
        pytest.param("fit/below/out", "", id="further below"),
        pytest.param("fit/below/../out", "", id="up again"),
        pytest.param("fit/./below//out", "", id="more words than are needed"),
        pytest.param("fit/x" + "x" * 200, "", id="a long name"),
        pytest.param("fit/ Ada\n\x1b[31m", "", id="a strange name"),
        pytest.param("link/out", '"link" is a symbolic link; give the folder that it leads to', id="a link"),
        pytest.param("link/below/out", '"link" is a symbolic link', id="a link further up"),
        pytest.param("link/../out", '"link" is a symbolic link', id="up again through a link"),
        pytest.param("fit/up/fit/out", '"up" is a symbolic link', id="round about"),
        pytest.param("circle/out", '"circle" is a symbolic link', id="a circle"),
        pytest.param("dangling/out", '"dangling" is a symbolic link', id="a link to nothing"),
        pytest.param("none/out", 'there is no folder "none"', id="no folder"),
        pytest.param("file/out", "Not a directory", id="a file for a folder"),
        pytest.param("fit/..", "is not the name of a file", id="the folder above"),
        pytest.param("-", "is not the name of a file", id="standard input"),
        pytest.param("a\0b", "is not the name of a file", id="a NUL"),
        pytest.param("fit/" + "x" * 256, "File name too long", id="too long a name"),
    ],
)
def test_the_words_of_a_path_are_walked_one_by_one(path: str, sentence: str, folders: Path) -> None:
    told = refused(folders / path)
    assert sentence in told
    assert bool(told) == bool(sentence)
    assert sorted(one.name for one in (folders / "fit").iterdir()) == ["below", "up"]


def test_a_path_may_be_relative(folders: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folders / "fit")
    assert refused(Path("out")) == refused(Path("below/out")) == refused(Path("../out")) == ""
    assert "symbolic link" in refused(Path("up/out"))
    assert "not the name of a file" in refused(Path("..")) + refused(Path())


def links_of_root() -> list[Path]:
    """Return the links to folders that a system has in its root folder, such as /bin."""
    return [path for path in Path("/").iterdir() if path.is_symlink() and path.is_dir() and not path.lstat().st_uid]


def test_a_link_that_root_put_into_the_root_folder_is_no_trap() -> None:
    for link in links_of_root():
        with places.opened(link / "out") as where:
            assert os.path.samestat(os.fstat(where.folder), link.stat())


def test_a_link_that_somebody_else_put_there_is_one(monkeypatch: pytest.MonkeyPatch) -> None:
    looked = os.stat

    def of_somebody(path: str, **more: Any) -> object:
        info = looked(path, **more)
        return SimpleNamespace(st_mode=info.st_mode, st_uid=1000)

    for link in links_of_root():
        with monkeypatch.context() as patch:
            patch.setattr(os, "stat", of_somebody)
            with pytest.raises(UsageError, match="is a symbolic link"), places.opened(link / "out"):
                pass


@pytest.mark.parametrize(
    ("mode", "sentence"),
    [
        pytest.param(0o700, "", id="one's own"),
        pytest.param(0o755, "", id="others may look"),
        pytest.param(0o777, "Everybody may change the folder", id="everybody's"),
        pytest.param(0o702, "Everybody may change the folder", id="everybody's, unseen"),
        pytest.param(0o1777, "", id="everybody's, each their own files"),
    ],
)
def test_a_folder_that_everybody_may_change_is_refused(mode: int, sentence: str, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder").chmod(mode)
    told = refused(tmp_path / "folder" / "out")
    assert sentence in told
    assert bool(told) == bool(sentence)


def test_a_folder_of_a_group_of_others_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder").chmod(0o770)
    assert refused(tmp_path / "folder" / "out") == ""
    if not os.getuid():
        os.chown(tmp_path / "folder", -1, 12345)
    monkeypatch.setattr(os, "getegid", lambda: 54321)
    assert "A group of others may change" in refused(tmp_path / "folder" / "out")


def test_a_folder_of_somebody_else_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if not os.getuid():
        os.chown(tmp_path, 12345, -1)
    monkeypatch.setattr(os, "geteuid", lambda: 54321)
    assert "belongs to somebody else" in refused(tmp_path / "out")


def test_a_folder_that_does_not_allow_it_is_refused_beforehand(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", Mock(return_value=False))
    assert "its folder does not allow it" in refused(tmp_path / "out")


@pytest.mark.parametrize(
    ("path", "sentence"),
    [
        pytest.param("/dev/stdout", "is there already|is a device", id="standard output"),
        pytest.param("/dev/tty", "is there already|is a device", id="the terminal"),
        pytest.param("/dev/null", "is there already|is a device", id="nothing"),
        pytest.param("/dev/eventsafety-none", "is a device, not a file", id="a new device"),
        pytest.param("/dev/fd/1", "symbolic link", id="a descriptor"),
        pytest.param("/proc/self/fd/1", "symbolic link", id="a descriptor of the process"),
        pytest.param("/proc/eventsafety-none", "is a device, not a file", id="a process"),
        pytest.param("/sys/eventsafety-none", "is a device, not a file", id="the system"),
    ],
)
def test_what_is_no_disk_is_refused(path: str, sentence: str) -> None:
    with pytest.raises(UsageError, match=sentence):
        vault.refuse(Path(path))


def test_toolforges_network_folders_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for folder in ("/data/project/tool", "/data/project", "/data/scratch/x", "/mnt/nfs/dumps"):
        monkeypatch.setattr(os.path, "realpath", Mock(return_value=folder))
        assert "is in a shared network folder; confidential data may not be there" in refused(tmp_path / "out")
    monkeypatch.setattr(os.path, "realpath", Mock(return_value="/data/projects"))
    assert refused(tmp_path / "out") == ""


def test_every_kind_of_git_repository_is_seen(tmp_path: Path) -> None:
    git("init", "work", cwd=tmp_path)
    git("commit", "--allow-empty", "-m", "x", cwd=tmp_path / "work")
    git("worktree", "add", "../tree", cwd=tmp_path / "work")
    git("clone", "--bare", "work", "bare.git", cwd=tmp_path)
    git("init", "whole", cwd=tmp_path)
    git("submodule", "add", str(tmp_path / "work"), "part", cwd=tmp_path / "whole")
    git("init", "--separate-git-dir", str(tmp_path / "elsewhere"), "apart", cwd=tmp_path)
    for folder in ("work", "work/.git", "work/.git/info", "tree", "bare.git", "bare.git/info", "whole/part", "apart"):
        assert f"{folder}/out is inside a git repository" in refused(tmp_path / folder / "out")
    (tmp_path / "work" / "ignored" / "deep").mkdir(parents=True)
    (tmp_path / "work" / ".gitignore").write_text("ignored/\n")
    assert "git repository" in refused(tmp_path / "work" / "ignored" / "deep" / "out")
    assert refused(tmp_path / "out") == ""


def test_a_repository_is_seen_from_where_one_stands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    git("init", "work", cwd=tmp_path)
    (tmp_path / "work" / "below").mkdir()
    monkeypatch.chdir(tmp_path / "work" / "below")
    monkeypatch.setenv("GIT_DIR", "/nowhere")
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path / "work"))
    assert "git repository" in refused(Path("out"))
    assert "git repository" in refused(Path("../out"))
    assert refused(Path("../../out")) == ""


@pytest.mark.parametrize(("marker", "kind"), repository.MARKERS.items())
@pytest.mark.parametrize("form", ["folder", "file", "link"])
def test_other_repositories_are_seen_in_every_form(marker: str, kind: str, form: str, tmp_path: Path) -> None:
    (tmp_path / "below").mkdir()
    {
        "folder": lambda path: path.mkdir(),
        "file": lambda path: path.write_text("gitdir: /elsewhere"),
        "link": lambda path: path.symlink_to("nowhere"),
    }[form](tmp_path / marker)
    assert f"is inside a {kind} repository" in refused(tmp_path / "below" / "out")


def test_what_only_resembles_a_repository_is_none(tmp_path: Path) -> None:
    for name in (".github", "git", ".gitignore", "HEAD", "objects"):
        (tmp_path / name).mkdir()
    assert refused(tmp_path / "out") == ""


def test_a_folder_that_cannot_be_seen_may_be_in_a_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    looked = os.stat

    def refuse(path: object, **more: Any) -> os.stat_result:
        if path == ".hg":
            raise PermissionError(13, "Permission denied")
        return looked(str(path), **more)

    monkeypatch.setattr(os, "stat", refuse)
    told = refused(tmp_path / "out")
    assert f"The folder {tmp_path}, or one above it, cannot be looked into" in told
    assert "give a file in a folder of your own" in told
    (tmp_path / "below" / ".git").mkdir(parents=True)
    assert "is inside a git repository" in refused(tmp_path / "below" / "out")


def test_what_is_above_a_folder_that_may_not_be_passed_is_not_known(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened, seen = os.open, os.stat

    def no_way_up(path: Any, *args: Any, **more: Any) -> int:
        if path == "..":
            raise PermissionError(13, "Permission denied")
        return opened(path, *args, **more)

    def unseen(path: Any, **more: Any) -> os.stat_result:
        if "dir_fd" in more:
            raise PermissionError(13, "Permission denied")
        return seen(path, **more)

    (tmp_path / ".git").mkdir()
    (tmp_path / "below").mkdir()
    monkeypatch.setattr(os, "open", no_way_up)
    for folder, kind in ((tmp_path, "git"), (tmp_path / "below", repository.UNSEEN)):
        handle = opened(folder, repository.FOLDER)
        assert repository.around(handle) == kind
        os.close(handle)
    monkeypatch.setattr(os, "stat", unseen)
    with pytest.raises(UsageError, match=rf"The folder {tmp_path}, or one above it, cannot be looked into.*private"):
        vault.folder(Private(folder=str(tmp_path / "new")), {})


@pytest.mark.parametrize(
    ("mode", "sentence"),
    [
        pytest.param(0o777, "Everybody may change the folder {}; make it yours alone, with mode 700", id="everybody's"),
        pytest.param(0o702, "Everybody may change the folder {}; make it yours alone", id="everybody's, unseen"),
    ],
)
def test_the_folder_of_what_is_kept_is_called_by_its_name(mode: int, sentence: str, tmp_path: Path) -> None:
    (tmp_path / "kept").mkdir()
    (tmp_path / "kept").chmod(mode)
    for folder in (tmp_path / "kept", tmp_path / "kept" / "to be made"):
        with pytest.raises(UsageError, match=r"set private\.folder") as raised:
            vault.folder(Private(folder=str(folder)), {})
        assert sentence.format(tmp_path / "kept") in str(raised.value)


def test_a_repository_around_what_is_kept_is_told(tmp_path: Path) -> None:
    (tmp_path / ".hg").mkdir()
    (tmp_path / "kept").mkdir()
    with pytest.raises(UsageError) as raised:
        vault.folder(Private(folder=str(tmp_path / "kept")), {})
    assert str(raised.value) == (
        f"{tmp_path / 'kept'} is inside a Mercurial repository, from which it could be shared; set private.folder."
    )


def test_no_descriptor_stays_open(folders: Path) -> None:
    before = len(list(Path("/dev/fd").iterdir()))
    for path in ("fit/out", "link/out", "none/out", "file/out", "fit/up/fit/out"):
        refused(folders / path)
    assert len(list(Path("/dev/fd").iterdir())) == before
