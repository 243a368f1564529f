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
    ],
)
def test_a_place_that_cannot_be_written_is_refused_beforehand(name: str, sentence: str, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(UsageError, match=sentence):
        files.refuse_unwritable(tmp_path / name)


def test_a_folder_that_forbids_it_is_refused_beforehand(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda *_: False)  # root may write everywhere
    with pytest.raises(UsageError, match="does not allow it"):
        files.refuse_unwritable(tmp_path / "report.html")


def test_a_new_name_in_a_folder_is_accepted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    files.refuse_unwritable(Path("report.html"))
    (tmp_path / "report.html").write_text("old")
    files.refuse_unwritable(Path("report.html"))
