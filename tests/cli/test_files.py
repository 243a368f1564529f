import os
from pathlib import Path

import pytest

from bot.cli import files
from bot.errors import BadInputError, UsageError


def test_a_file_is_read_without_its_byte_order_mark(tmp_path: Path) -> None:
    file = tmp_path / "page.wiki"
    file.write_bytes(b"\xef\xbb\xbf* \xd9\x85")
    assert files.read_text(str(file)) == "* م"


def test_a_file_of_another_encoding_is_refused_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "page.wiki"
    file.write_bytes(b"one\ntwo\nMar\xeda\n")
    with pytest.raises(BadInputError, match="is not UTF-8 text: line 3"):
        files.read_text(str(file))


def test_what_is_written_is_there_as_a_whole_and_nothing_else(tmp_path: Path) -> None:
    files.write(tmp_path / "report.html", "first")
    files.write(tmp_path / "report.html", "second \ud800")
    assert (tmp_path / "report.html").read_text(encoding="utf-8") == "second \\ud800"
    assert list(tmp_path.iterdir()) == [tmp_path / "report.html"]


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").write_text("old")
    (tmp_path / "link").symlink_to("real")
    files.write(tmp_path / "link", "new")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_text() == "new"


def test_what_cannot_be_written_leaves_what_was_there(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "kept").write_text("kept")
    with pytest.raises(BadInputError, match="Cannot write"):
        files.write(tmp_path / "folder", "text")
    with pytest.raises(BadInputError, match="File name too long"):
        files.write(tmp_path / ("x" * 300), "text")
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["folder", "kept"]


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        pytest.param("", "is a folder", id="a folder"),
        pytest.param("none/report.html", "there is no folder", id="no folder"),
        pytest.param("pipe", "not an ordinary file", id="a pipe"),
        pytest.param("circle", "lead in a circle", id="a link to itself"),
    ],
)
def test_a_place_that_cannot_be_written_is_refused_beforehand(name: str, sentence: str, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "circle").symlink_to("circle")
    with pytest.raises(UsageError, match=sentence):
        files.refuse_unwritable(tmp_path / name)


def test_the_name_of_standard_input_is_no_place_to_write() -> None:
    with pytest.raises(UsageError, match="standard input"):
        files.refuse_unwritable(Path(files.STDIN))


def other(folder: Path) -> Path:
    """Return a file with a link to it, a second name, a link to nothing and one that leads in a circle beside it."""
    (folder / "file").write_text("text")
    (folder / "link").symlink_to("file")
    os.link(folder / "file", folder / "second")
    (folder / "dangling").symlink_to("none")
    (folder / "circle").symlink_to("circle")
    return folder / "file"


@pytest.mark.parametrize(
    ("path", "used"),
    [
        pytest.param("file", "file", id="the same name"),
        pytest.param("link", "file", id="a link is written"),
        pytest.param("file", "link", id="a link is read"),
        pytest.param("second", "link", id="a second name"),
        pytest.param("dangling", "none", id="a link to what is not there yet"),
        pytest.param("../{folder}/file", "file", id="a way around"),
    ],
)
def test_a_file_in_use_is_refused_by_any_name(
    path: str, used: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(other(tmp_path).parent)
    with pytest.raises(UsageError, match="is also the second, which would be lost; give the output another name"):
        files.refuse_in_use(Path(path.format(folder=tmp_path.name)), [("x", "the first"), (used, "the second")])


@pytest.mark.parametrize("used", ["none", "dangling", "circle", "a\0b", "file/below", "x" * 5000])
def test_a_file_that_nothing_else_uses_is_accepted(used: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(other(tmp_path).parent)
    files.refuse_in_use(Path("file"), [(used, "something"), (Path(used), "something")])
    files.refuse_in_use(Path("new"), [(used, "something")])


def test_a_folder_that_forbids_it_is_refused_beforehand(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda *_: False)  # root may write everywhere
    with pytest.raises(UsageError, match="does not allow it"):
        files.refuse_unwritable(tmp_path / "report.html")


def test_a_new_name_in_a_folder_is_accepted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    files.refuse_unwritable(Path("report.html"))
    (tmp_path / "report.html").write_text("old")
    files.refuse_unwritable(Path("report.html"))


def test_a_file_that_is_too_large_is_refused_before_it_is_read_whole() -> None:
    with pytest.raises(UsageError, match="/dev/zero is larger than 1 MiB"):
        files.read_bytes("/dev/zero", 1 << 20)
