"""The command ``incident``, typed at a pseudo terminal, piped, killed between answers."""

from __future__ import annotations

import fcntl
import json
import os
import pty
import re
import select
import signal
import stat
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.cli import cli
from bot.private import extras, incident_chain, incident_store
from bot.private.incident import Incident
from tests.private.test_incident_chain import FOUR, PASSPHRASE

pyrage = extras.load("pyrage")
IDENTITY = pyrage.x25519.Identity.generate()
PATIENCE = 4.0


@dataclass(frozen=True)
class Desk:
    """A home with a settings file that names an age key, so that no passphrase slows a test down."""

    home: Path

    @property
    def environ(self) -> dict[str, str]:
        return {
            "HOME": str(self.home),
            "PATH": os.environ["PATH"],
            "EVENTSAFETY_CONFIG": str(self.home / "config.toml"),
            "LOGNAME": "ada",
            "LC_ALL": "C.UTF-8",
        }

    @property
    def records(self) -> list[Path]:
        return sorted(self.home.glob("kept/incident-*.record"))

    def read(self) -> Incident:
        (path,) = self.records
        keys = str(IDENTITY).encode()
        return incident_store.read(path, lambda file: incident_chain.secret_by_identity(file, keys))

    def said(self) -> list[tuple[str, str]]:
        return [(one.field, one.text) for one in self.read().entries]

    def put(self, data: bytes = FOUR, name: str = "2026-12-24-k7m2") -> Path:
        path = self.home / "kept" / f"incident-{name}.record"
        path.parent.mkdir(mode=0o700, exist_ok=True)
        path.touch(mode=0o600)
        path.write_bytes(data)
        return path


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    (tmp_path / "keys.txt").write_text(f"{IDENTITY}\n", encoding="utf-8")
    (tmp_path / "config.toml").write_text(
        f'[private]\nfolder = "{tmp_path}/kept"\nrecipients = ["{IDENTITY.to_public()}"]\n', encoding="utf-8"
    )
    return Desk(tmp_path)


Run = Callable[..., Result]


@pytest.fixture
def run(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Run:
    for name, value in desk.environ.items():
        monkeypatch.setenv(name, value)

    def runner(*words: str, typed: str | bytes = "", passphrase: str = "") -> Result:
        if passphrase:
            reading, writing = os.pipe()
            os.write(writing, passphrase.encode())
            os.close(writing)
            words += ("--password-fd", str(reading))
        return CliRunner().invoke(cli, ["incident", *words], input=typed)

    return runner


class Typist:
    """Somebody at a terminal."""

    def __init__(self, desk: Desk, *words: str, term: str = "xterm") -> None:
        self.master, slave = pty.openpty()
        self.seen = ""
        self.process = subprocess.Popen(
            [sys.executable, "-c", "from bot.cli import main; main()", "incident", *words],
            stdin=slave,
            stdout=slave,
            stderr=slave,
            env=desk.environ | {"TERM": term},
            start_new_session=True,
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),
        )
        os.close(slave)

    def sees(self, text: str) -> str:
        """Wait for a text behind all that was seen before, and return what came until then."""
        until = time.monotonic() + PATIENCE
        while text not in self.seen:
            ready, _, _ = select.select([self.master], [], [], max(0.0, until - time.monotonic()))
            assert ready, f"{text!r} did not come; there is {self.seen!r}"
            try:
                data = os.read(self.master, 65536)
            except OSError:
                data = b""
            assert data, f"{text!r} did not come before the end; there is {self.seen!r}"
            self.seen += data.decode("utf-8", "replace")
        before, _, self.seen = self.seen.partition(text)
        return before

    def types(self, text: str, *, after: str = "> ") -> None:
        self.sees(after)
        os.write(self.master, text.encode())

    def hangs_up(self) -> None:
        os.close(self.master)
        self.master = -1

    def end(self) -> int:
        until = time.monotonic() + PATIENCE
        while self.process.poll() is None and time.monotonic() < until:
            if self.master >= 0 and select.select([self.master], [], [], 0.05)[0]:
                try:
                    self.seen += os.read(self.master, 65536).decode("utf-8", "replace")
                except OSError:
                    time.sleep(0.01)
        return self.process.wait(timeout=PATIENCE)


@pytest.fixture
def sit(desk: Desk) -> Iterator[Callable[..., Typist]]:
    there: list[Typist] = []

    def sitting(*words: str, **more: str) -> Typist:
        there.append(Typist(desk, *words, **more))
        return there[-1]

    yield sitting
    for one in there:
        one.process.kill()
        one.process.wait()
        if one.master >= 0:
            os.close(one.master)


ALL = """no
Ada Abacus = User:Ada
Ada; Bob
Riverside Meetup
Carla
Dieter


today, about 14:30
hall 2
He said
things

again
.
that nobody else is told
.




threat banned


call Carla
Bob
2026-12-31

"""


def test_a_whole_report_typed_into_a_pipe(run: Run, desk: Desk) -> None:
    result = run("new", typed=ALL)
    assert result.exit_code == 0, result.stderr
    assert not result.stdout
    assert desk.said() == [
        ("danger", "no"),
        ("taken-by", "Ada Abacus = User:Ada"),
        ("handlers", "Ada; Bob"),
        ("event", "Riverside Meetup"),
        ("reporting", "Carla"),
        ("reported", "Dieter"),
        ("when", "today, about 14:30"),
        ("where", "hall 2"),
        ("what", "He said"),
        ("what", "things"),
        ("what", "\nagain"),
        ("agreed", "that nobody else is told"),
        ("kind", "threat, banned"),
        ("follow-up", "call Carla"),
        ("follow-up-who", "Bob"),
        ("follow-up-due", "2026-12-31"),
    ]
    found = desk.read()
    assert found.texts("what") == ("He said\nthings\n\nagain",)
    assert {one.by for one in found.entries[2:]} == {"Ada Abacus"}
    assert found.follow_ups[0].who
    assert all(one.at.utcoffset() is not None for one in found.entries)
    assert not found.notes
    (path,) = desk.records
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert b"Dieter" not in path.read_bytes()
    assert result.stderr.index("emergency@wikimedia.org") < result.stderr.index("ca@wikimedia.org")
    assert "look it up" in result.stderr
    assert re.search(r"Last entry: 16, receipt [0-9A-F]{4}-[0-9A-F]{4}\.", result.stderr)


@pytest.mark.parametrize(
    ("typed", "entries"),
    [
        pytest.param("", [], id="nothing at all"),
        pytest.param("\n" * 40, [], id="everything skipped"),
        pytest.param("no", [("danger", "no", 0, 0)], id="the end without a line end"),
        pytest.param("?\n?\nno\n", [("danger", "no", 0, 0)], id="help"),
        pytest.param("no\r\nAda\r\n", [("danger", "no", 0, 0), ("taken-by", "Ada", 0, 0)], id="line ends of another system"),
        pytest.param("yes\n<\nno\n", [("danger", "yes", 0, 0), ("danger", "no", 1, 0)], id="back, another answer"),
        pytest.param("yes\n<\n\nAda\n", [("danger", "yes", 0, 0), ("taken-by", "Ada", 0, 0)], id="back, and kept"),
        pytest.param("yes\n<\n-\n", [("danger", "yes", 0, 0), ("danger", "", 1, 0)], id="back, and taken back"),
        pytest.param(
            "yes\nAda\n<\n<\nno\nEve\n",
            [("danger", "yes", 0, 0), ("taken-by", "Ada", 0, 0), ("danger", "no", 1, 0), ("taken-by", "Eve", 2, 0)],
            id="back twice",
        ),
        pytest.param("<\nno\n", [("danger", "no", 0, 0)], id="back where there is nothing before"),
        pytest.param("\n<\nno\nAda\n", [("danger", "no", 0, 0), ("taken-by", "Ada", 0, 0)], id="back to what was skipped"),
        pytest.param(
            "\n" * 10 + "one\ntwo\n<\n2\nthree\n.\n",
            [("what", "one", 0, 0), ("what", "two", 0, 1), ("what", "2", 2, 1), ("what", "three", 0, 1)],
            id="a line of a text corrected",
        ),
        pytest.param(
            "\n" * 10 + "one\n<\n1\ntwo\n.\n",
            [("what", "one", 0, 0), ("what", "1", 1, 0), ("what", "two", 0, 2)],
            id="the first line of a text corrected",
        ),
        pytest.param(
            "\n" * 10 + "one\ntwo\n.\n<\nnew\nlines\n.\n",
            [("what", "one", 0, 0), ("what", "two", 0, 1), ("what", "new", 1, 0), ("what", "lines", 0, 3)],
            id="a text corrected as a whole",
        ),
        pytest.param("\n" * 16 + "somebody else\n", [("kind", "somebody else", 0, 0)], id="a list answered in words"),
        pytest.param(
            "\n" * 19 + "call\n\n\nwrite\nBob\nsoon\n\n",
            [
                ("follow-up", "call", 0, 0),
                ("follow-up", "write", 0, 0),
                ("follow-up-who", "Bob", 0, 2),
                ("follow-up-due", "soon", 0, 2),
            ],
            id="follow-ups",
        ),
    ],
)
def test_what_is_typed(run: Run, desk: Desk, typed: str, entries: list[tuple[str, str, int, int]]) -> None:
    result = run("new", typed=typed)
    assert result.exit_code == 0, result.stderr
    assert [(one.field, one.text, one.corrects, one.about) for one in desk.read().entries] == entries
    assert "To go on: eventsafety incident add" in result.stderr


def test_bytes_that_are_no_utf8_are_kept(run: Run, desk: Desk) -> None:
    assert run("new", typed="no\nRené\n".encode("latin-1")).exit_code == 0
    assert desk.said()[1] == ("taken-by", "René")


def test_danger_is_answered_with_help_first(run: Run) -> None:
    assert "Help comes first" in run("new", typed="yes, hall 2\n").stderr
    assert "Help comes first" not in run("new", typed="No\n").stderr


def test_one_handler_is_said_not_refused(run: Run, desk: Desk) -> None:
    result = run("new", typed="\n\nAda\n")
    assert "two are better" in result.stderr
    assert desk.said() == [("handlers", "Ada")]


@pytest.mark.parametrize("term", ["xterm", "dumb"])
def test_typed_at_a_terminal(desk: Desk, sit: Callable[..., Typist], term: str) -> None:
    typist = sit("new", term=term)
    typist.sees("Is anybody in danger")
    typist.types("nö\x7fo\r")
    typist.types("Ада\r")
    typist.sees("saved: entry 2")
    typist.types("\x04")
    assert typist.end() == 0
    assert desk.said() == [("danger", "no"), ("taken-by", "Ада")]
    assert "Everything is saved" in typist.seen


@pytest.mark.parametrize(
    ("stop", "code"),
    [
        pytest.param(lambda typist: os.write(typist.master, b"\x03"), 130, id="Ctrl-C"),
        pytest.param(lambda typist: typist.process.send_signal(signal.SIGTERM), 143, id="ended from outside"),
        pytest.param(lambda typist: typist.hangs_up(), 129, id="the terminal closed"),
    ],
)
def test_half_a_line_is_not_lost(
    desk: Desk, sit: Callable[..., Typist], stop: Callable[[Typist], object], code: int
) -> None:
    typist = sit("new")
    typist.types("no\r")
    typist.types("Ada and th")
    typist.sees("Ada and th")
    time.sleep(0.2)  # CPython looks for signals only while it waits for the next key
    stop(typist)
    assert typist.end() == code
    assert desk.said() == [("danger", "no"), ("taken-by", "Ada and th")]
    assert code != 130 or "Everything is saved" in typist.seen


def test_killed_between_answers(desk: Desk, sit: Callable[..., Typist]) -> None:
    typist = sit("new")
    for line in ("no", "Ada", "Ada; Bob"):
        typist.types(f"{line}\r")
    typist.sees("saved: entry 3")
    typist.process.kill()
    typist.end()
    assert desk.said() == [("danger", "no"), ("taken-by", "Ada"), ("handlers", "Ada; Bob")]
    assert not desk.read().notes
    assert [one.name for one in (desk.home / "kept").iterdir()] == [desk.records[0].name]


def test_a_line_longer_than_a_terminal_takes(desk: Desk, sit: Callable[..., Typist]) -> None:
    typist = sit("new")
    typist.sees("> ")
    words = "x" * 6000
    for at in range(0, len(words), 500):
        os.write(typist.master, words[at : at + 500].encode())
        typist.sees("x" * 20)
    os.write(typist.master, b"\r")
    typist.sees("saved: entry 1")
    typist.types("\x04")
    assert typist.end() == 0
    assert desk.said() == [("danger", words)]


def test_a_passphrase_typed_wrong_can_be_typed_again(desk: Desk, sit: Callable[..., Typist]) -> None:
    desk.put()
    typist = sit("show")
    typist.types("wrong\r", after="Passphrase of 2026-12-24-k7m2: ")
    typist.sees("Once more:")
    typist.types(f"{PASSPHRASE}\r", after="Passphrase of 2026-12-24-k7m2: ")
    assert typist.end() == 0
    assert "three" in typist.seen
    assert PASSPHRASE not in typist.seen
    assert "Compare it with the one you noted" in typist.seen
