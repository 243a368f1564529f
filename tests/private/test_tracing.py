"""The harness must see what it is there to see: each way in which a name could leave a process is tried."""

import os
import sys
from pathlib import Path

import pytest

from tests.private.tracing import guises, traced
from tests.sandbox import install
from tests.sandbox.errors import SandboxError

pytestmark = pytest.mark.traced

NAME = "Ada Abacus"


@pytest.mark.parametrize(
    ("code", "what"),
    [
        pytest.param("open('out', 'w').write(name)", "write", id="a file"),
        pytest.param("open('out', 'wb').write(b'%PDF' + name.encode('utf-16-le'))", "utf-16-le", id="UTF-16"),
        pytest.param(
            "open('out', 'wb').write(__import__('base64').b64encode(b'[' + name.encode()))", "base64", id="base64"
        ),
        pytest.param(
            "open('out', 'w').write(__import__('hashlib').sha1(name.encode()).hexdigest())", "sha1", id="digest"
        ),
        pytest.param(
            "f = open('out', 'wb', 0); [f.write(name[i:i+1].encode()) for i in range(10)]", "write", id="letters"
        ),
        pytest.param(
            "import os; f = os.open('out', 66); os.unlink('out'); os.write(f, name.encode())", "write", id="gone"
        ),
        pytest.param("open(name, 'w')", "open", id="the name of a file"),
        pytest.param("import os; os.mkdir(name)", "mkdir", id="a folder"),
        pytest.param("import os; os.symlink(name, 'out')", "symlink", id="a link"),
        pytest.param("import os; open('out', 'w'); os.rename('out', name)", "rename", id="a new name"),
        pytest.param("import subprocess as s; s.run(['true', name])", "execve", id="an argument"),
        pytest.param("import subprocess as s; s.run(['true'], env={'N': name})", "execve", id="the environment"),
        pytest.param(
            "import tempfile as t; f = t.TemporaryFile(); f.write(name.encode()); f.flush()", "write", id="unnamed"
        ),
        pytest.param("import sys; sys.stderr.write(name)", "write", id="standard error"),
        pytest.param("import socket as s; a, b = s.socketpair(); a.send(name.encode())", "sendto", id="a socket"),
        pytest.param(
            "import os; os.writev(os.open('out', 66), [name[:5].encode(), name[5:].encode()])", "writev", id="parts"
        ),
        pytest.param("import os; os.fork() or open('out', 'w').write(name)", "write", id="another process"),
        pytest.param(
            "import threading as t; t.Thread(target=lambda: open('out', 'w').write(name)).start()", "write", id="thread"
        ),
    ],
)
def test_a_name_that_leaves_is_seen(code: str, what: str, tmp_path: Path) -> None:
    (tmp_path / "name").write_text(NAME)
    read = "name = open('name').read(); "
    done = traced([sys.executable, "-c", read + code], folder=tmp_path / "trace", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert any(what in leak for leak in done.leaks(NAME, but={1})), done.calls[-5:]


def test_what_may_show_a_name_is_not_told_and_the_rest_is(tmp_path: Path) -> None:
    code = "name = open('name').read(); print(name); open('out', 'w').write(name); open('made', 'w').close()"
    (tmp_path / "name").write_text(NAME)
    done = traced([sys.executable, "-c", code], folder=tmp_path / "trace", cwd=tmp_path)
    assert done.leaks(NAME, but={1, tmp_path / "out"}) == []
    assert len(done.leaks(NAME, but={1})) == len(done.leaks(NAME, but={tmp_path / "out"})) > 0
    assert done.stdout == f"{NAME}\n"
    assert done.written()[str(tmp_path / "out")] == NAME.encode()
    assert {path for path in done.made() if path.suffix != ".pyc"} == {tmp_path / "out", tmp_path / "made"}


def test_memory_of_a_file_that_is_shared_is_told(tmp_path: Path) -> None:
    code = "import mmap, os; f = os.open('out', 66); os.ftruncate(f, 9); mmap.mmap(f, 9)"
    done = traced([sys.executable, "-c", code], folder=tmp_path / "trace", cwd=tmp_path)
    assert len(done.copied()) == 1


def test_files_that_are_gone_in_the_end_were_made(tmp_path: Path) -> None:
    code = "import os; os.close(os.open('a', 65)); os.rename('a', 'b'); os.unlink('b'); os.mkdir('c'); os.rmdir('c')"
    done = traced([sys.executable, "-c", code], folder=tmp_path / "trace", cwd=tmp_path)
    assert done.made() == {tmp_path / name for name in "abc"}
    assert list(tmp_path.iterdir()) == [tmp_path / "trace"]


def test_a_trace_that_could_not_see_is_no_trace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    strace = tmp_path / "strace"
    strace.write_text("#!/bin/sh\necho 'write(1, 0x7ff5d5c5ad50, 113) = 113' > trace/of.1\n")
    strace.chmod(0o700)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    with pytest.raises(AssertionError, match="Only root can watch"):
        traced(["true"], folder=tmp_path / "trace", cwd=tmp_path)


def test_every_guise_is_another_and_none_is_short() -> None:
    assert all(len(data) >= 6 for data in guises(NAME).values())
    assert len(set(guises("Ångström Ödland").values())) > 30


def test_without_strace_it_is_said_how_to_get_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    install.require_strace()
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(SandboxError, match=r"need strace: as root on Debian run `apt-get install .* strace`"):
        install.require_strace()
    with pytest.raises(AssertionError, match="scripts/sandbox install"):
        traced(["true"], folder=tmp_path / "trace")
