"""On the real file system: modes under every umask, links, full disks, and what is left when a write ends badly."""

import os
import resource
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.config import Private
from bot.errors import BadInputError, ConfigError, UsageError
from bot.private import vault

SECRET = b"Ada Abacus\n"


def mode(path: Path) -> int:
    return stat.S_IMODE(path.lstat().st_mode)


@pytest.fixture(params=[0o000, 0o022, 0o077, 0o777], ids="umask {:03o}".format)
def umask(request: pytest.FixtureRequest) -> Iterator[None]:
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
