"""The memory between runs: as a whole or not at all, and never guessed at."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot import memory
from bot.errors import ConfigError
from bot.model import Rename

NOW = datetime(2026, 11, 21, tzinfo=UTC)
FULL = memory.Memory(
    lists={"w L": memory.ListSeen(41, 640, NOW)},
    renames={"w Old": memory.RenameSeen((Rename("Old", "New", "log 23"),), NOW)},
)


def test_what_is_saved_is_loaded(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "memory.json"
    memory.save(FULL, path)
    assert memory.load(path) == FULL
    assert [p.name for p in path.parent.iterdir()] == ["memory.json"]


def test_there_is_none_at_first(tmp_path: Path) -> None:
    assert memory.load(tmp_path / "none.json") == memory.Memory()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        pytest.param(b"{", "is damaged", id="cut off"),
        pytest.param(b"[]", "is damaged", id="another shape"),
        pytest.param(b'{"schema": "eventsafety/memory@9"}', "another version", id="from the future"),
    ],
)
def test_a_file_that_is_no_memory_is_refused(tmp_path: Path, content: bytes, words: str) -> None:
    (tmp_path / "m.json").write_bytes(content)
    with pytest.raises(ConfigError, match=words):
        memory.load(tmp_path / "m.json")


def test_a_place_that_cannot_be_written_or_read_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ConfigError, match="Cannot write"):
        memory.save(FULL, tmp_path / "file" / "memory.json")
    with pytest.raises(ConfigError, match="Cannot read"):
        memory.load(tmp_path)


@pytest.mark.parametrize(
    ("environ", "path"),
    [
        pytest.param({"TOOL_DATA_DIR": "/data"}, "/data/eventsafety/memory.json", id="Toolforge"),
        pytest.param({"XDG_STATE_HOME": "/state"}, "/state/eventsafety/memory.json", id="the user's own place"),
        pytest.param({}, str(Path.home() / ".local/state/eventsafety/memory.json"), id="nothing said"),
    ],
)
def test_where_it_lies(environ: dict[str, str], path: str) -> None:
    assert memory.default_path(environ) == Path(path)
