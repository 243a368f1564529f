"""The command ``incident``, typed at a pseudo terminal, piped, killed between answers."""

from __future__ import annotations

import os
import pty
import re
import select
import stat
import subprocess
import sys
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
from tests.private.tracing import WATCHABLE, traced

pyrage = extras.load("pyrage")
IDENTITY = pyrage.x25519.Identity.generate()
PATIENCE = 20.0
# Standard input becomes the terminal of the process: there a passphrase is asked for, from there it is hung up.
AT_TERMINAL = "import fcntl, termios; fcntl.ioctl(0, termios.TIOCSCTTY, 0); from bot.cli import main; main()"


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
            [sys.executable, "-c", AT_TERMINAL, "incident", *words],
            stdin=slave,
            stdout=slave,
            stderr=slave,
            env=desk.environ | {"TERM": term},
            start_new_session=True,
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

    def waits(self, seconds: float) -> str:
        """Read until the process ends or the time is over, and return all that was not yet waited for."""
        until = time.monotonic() + seconds
        while self.process.poll() is None and time.monotonic() < until:
            if self.master < 0 or not select.select([self.master], [], [], 0.05)[0]:
                time.sleep(0.01)
                continue
            try:
                self.seen += os.read(self.master, 65536).decode("utf-8", "replace")
            except OSError:
                time.sleep(0.01)
        return self.seen

    def end(self) -> int:
        self.waits(PATIENCE)
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
    assert "Affiliations Committee" not in result.stderr, "it was said what applies"
    assert re.search(r"Last entry: 16, receipt [0-9A-F]{4}-[0-9A-F]{4}\.", result.stderr)


@pytest.mark.parametrize(
    ("typed", "entries"),
    [
        pytest.param("no", [("danger", "no", 0, 0)], id="the end without a line end"),
        pytest.param("?\n?\nno\n", [("danger", "no", 0, 0)], id="help"),
        pytest.param(
            "no\r\nAda\r\n", [("danger", "no", 0, 0), ("taken-by", "Ada", 0, 0)], id="line ends of another system"
        ),
        pytest.param("yes\n<\nno\n", [("danger", "yes", 0, 0), ("danger", "no", 1, 0)], id="back, another answer"),
        pytest.param("yes\n<\n\nAda\n", [("danger", "yes", 0, 0), ("taken-by", "Ada", 0, 0)], id="back, and kept"),
        pytest.param("yes\n<\n-\n", [("danger", "yes", 0, 0), ("danger", "", 1, 0)], id="back, and taken back"),
        pytest.param(
            "yes\nAda\n<\n<\nno\nEve\n",
            [("danger", "yes", 0, 0), ("taken-by", "Ada", 0, 0), ("danger", "no", 1, 0), ("taken-by", "Eve", 2, 0)],
            id="back twice",
        ),
        pytest.param("<\nno\n", [("danger", "no", 0, 0)], id="back where there is nothing before"),
        pytest.param(
            "\n<\nno\nAda\n", [("danger", "no", 0, 0), ("taken-by", "Ada", 0, 0)], id="back to what was skipped"
        ),
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


@pytest.mark.parametrize(
    "typed", [pytest.param("", id="the end at once"), pytest.param("\n" * 40, id="everything skipped")]
)
def test_a_record_of_nothing_is_not_kept(run: Run, desk: Desk, typed: str) -> None:
    result = run("new", typed=typed)
    assert result.exit_code == 0
    assert "no record is kept" in result.stderr
    assert "To go on" not in result.stderr
    assert not desk.records


@pytest.mark.parametrize(
    ("typed", "field", "text", "words"),
    [
        pytest.param(
            "\n\nAda, Bo and Eve\n", "handlers", "Ada, Bo and Eve", "understood: 3 people: Ada; Bo; Eve", id="three"
        ),
        pytest.param("\nAda\nme and Bo\n", "handlers", "Ada and Bo", "understood: 2 people: Ada; Bo", id="me"),
        pytest.param(
            "\n" * 16 + "4, 10\n4, 9\n", "kind", "affiliate, banned", "not understood", id="a list, once more"
        ),
        pytest.param("\n" * 16 + "4, 10\nbanana\n", "kind", "banana", "not understood", id="a list, twice"),
        pytest.param("\n" * 16 + "4, 10\n\n", "kind", "4, 10", "not understood", id="a list, kept"),
    ],
)
def test_what_is_understood_is_said(run: Run, desk: Desk, typed: str, field: str, text: str, words: str) -> None:
    result = run("new", typed=typed)
    assert desk.read().texts(field) == (text,)
    assert words in result.stderr


def test_going_back_in_a_text_shows_the_line_and_can_take_it_back(run: Run, desk: Desk) -> None:
    result = run("new", typed="\n" * 10 + "one\ntwo\n<\n-\n?\nthree\n.\n")
    assert "Once more this line (- takes it back): two" in result.stderr
    assert desk.read().texts("what") == ("one\nthree",)


def test_only_what_applies_is_told(run: Run) -> None:
    none = run("new", typed="\n" * 16 + "no\n").stderr
    assert "ca@wikimedia.org" in none
    assert "emergency@wikimedia.org" not in none
    assert "emergency@wikimedia.org" in run("new", typed="no\n").stderr, "nobody said"


def test_bytes_that_are_no_utf8_are_kept(run: Run, desk: Desk) -> None:
    assert run("new", typed="no\nRené\n".encode("latin-1")).exit_code == 0
    assert desk.said()[1] == ("taken-by", "René")


def test_danger_is_answered_with_help_first(run: Run) -> None:
    assert "Help comes first" in run("new", typed="yes, hall 2\n").stderr
    assert "Help comes first" in run("new", typed="no idea\n").stderr
    for word in ("No", "NO!", "no, she is safe now"):
        assert "Help comes first" not in run("new", typed=f"{word}\n").stderr


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        pytest.param("\n\nAda\n", "two are better", id="one"),
        pytest.param("\n\nAda = User:Ada\n", "two are better", id="one with two names"),
        pytest.param("\n\n\n", "Nobody is noted yet", id="none"),
        pytest.param("\n\nAda; Bob\n", "", id="two"),
    ],
)
def test_fewer_than_two_handlers_is_said_not_refused(run: Run, typed: str, words: str) -> None:
    result = run("new", typed=typed)
    assert result.exit_code == 0
    assert [one for one in ("two are better", "Nobody is noted yet") if one in result.stderr] == [words][: len(words)]


def test_whoever_stopped_goes_on_where_they_were(run: Run, desk: Desk) -> None:
    stopped = run("new", typed="\n" * 12 + "no\n")
    assert re.search(r"To go on: eventsafety incident add \w{4}, and there 14\+\n", stopped.stderr)
    result = run("add", typed="\n14+\nno police\n\n\n\n\nAda\nnote\ndone\n.\n\n")
    assert desk.said() == [("medical", "no"), ("police", "no police"), ("told", "Ada"), ("note", "done")]
    assert "and there" not in result.stderr


def test_who_writes_is_who_took_the_report(run: Run, desk: Desk) -> None:
    run("new", typed="no\nAda\n<\nEve = User:Eve\nBob\n")
    assert [one.by for one in desk.read().entries] == ["ada", "ada", "Ada", "Eve"]


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
        pytest.param(lambda typist: typist.process.terminate(), 143, id="ended from outside"),
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


def test_a_new_passphrase_typed_differently_can_be_typed_again(desk: Desk, sit: Callable[..., Typist]) -> None:
    typist = sit("new", "--passphrase")
    typist.types("one\r", after="Passphrase: ")
    typist.types("two\r", after="once more: ")
    for words in ("short", "correct horse"):
        for prompt in ("Passphrase: ", "once more: "):
            typist.types(f"{words}\r", after=prompt)
    typist.sees("Is anybody in danger")
    typist.types("no\r")
    typist.sees("saved: entry 1")
    typist.types("\x03")
    assert typist.end() == 130
    (path,) = desk.records
    assert incident_chain.parse(path.read_bytes()).by_passphrase


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


def test_add_asks_what_it_is_about(run: Run, desk: Desk) -> None:
    run("new", typed="no\n")
    result = run("add", typed="Bob\nwitnesses\nEve\n11\nhe left\n.\nnonsense\npol\nno\n\n")
    assert result.exit_code == 0, result.stderr
    assert desk.said()[1:] == [("witnesses", "Eve"), ("what", "he left"), ("police", "no")]
    assert {one.by for one in desk.read().entries[1:]} == {"Bob"}
    assert "medical" in result.stderr, "what nobody knows is answered with the list"


@pytest.mark.parametrize(
    ("words", "typed", "entries"),
    [
        pytest.param(
            ["--field", "what"],
            "\nhe left\nslowly\n",
            [("what", "he left", 0, 0), ("what", "slowly", 0, 2)],
            id="a field",
        ),
        pytest.param(
            ["--field", "police", "--correct", "1"], "\ncalled\n", [("police", "called", 1, 0)], id="corrected"
        ),
        pytest.param(["--correct", "1"], "\ndanger\n-\n", [("danger", "", 1, 0)], id="taken back"),
        pytest.param(["--reopen"], "\n\n", [("reopened", "opened again", 0, 0)], id="opened again"),
        pytest.param([], "", [], id="nothing"),
        pytest.param(
            [],
            "\nfollow-up\ncall\nBob\n\n\n",
            [("follow-up", "call", 0, 0), ("follow-up-who", "Bob", 0, 2)],
            id="a follow-up",
        ),
    ],
)
def test_add(run: Run, desk: Desk, words: list[str], typed: str, entries: list[tuple[str, str, int, int]]) -> None:
    run("new", typed="no\n")
    result = run("add", *words, typed=typed)
    assert result.exit_code == 0, result.stderr
    assert [(one.field, one.text, one.corrects, one.about) for one in desk.read().entries[1:]] == entries


@pytest.mark.parametrize(
    ("words", "error"),
    [
        pytest.param(["add", "aaaa"], "There is no such record; there are: 2026-12-24-k7m2", id="another record"),
        pytest.param(
            ["add", "--field", "shoe-size"], "There is no such field; there are: danger, taken-by", id="field"
        ),
        pytest.param(
            ["add", "--from-file", "-", "--correct", "1"], "leave out --field and --correct", id="file and entry"
        ),
        pytest.param(["add", "--from-file", "-"], "The form holds no answer", id="an empty form"),
        pytest.param(["add", "/etc/passwd"], "/etc/passwd is no incident record", id="another file"),
        pytest.param(["follow-up", "--done", "3", "--open"], "either --done or --open", id="done and open"),
        pytest.param(["show"], "There is no terminal to ask", id="no terminal"),
        pytest.param(["show", "--identity", "keys.txt"], "is not for age keys", id="a key for a passphrase"),
        pytest.param(["export", "-o", "x"], "There is no terminal to ask", id="export"),
        pytest.param(["export", "--to", "age1x", "-o", "x"], "is no age key", id="export to no key"),
        pytest.param(["add", "--correct", "5"], "has no entry 5; its entries go up to 4", id="a correction of nothing"),
        pytest.param(["follow-up", "--done", "77"], "has no entry 77", id="done: no entry"),
    ],
)
def test_one_sentence(run: Run, desk: Desk, monkeypatch: pytest.MonkeyPatch, words: list[str], error: str) -> None:
    monkeypatch.chdir(desk.home)
    monkeypatch.setattr("bot.cli.confidential._typed", _no_terminal)
    path = desk.put()
    result = run(*words)
    assert result.exit_code in (1, 2)
    assert re.search(error, result.stderr), result.stderr
    assert len(result.stderr.strip().splitlines()) == 1
    assert path.read_bytes() == FOUR


def _no_terminal(prompt: str) -> str:
    from bot.errors import UsageError

    raise UsageError("There is no terminal to ask for the password at; give --password-fd N.")


def test_a_form_is_filled_in(run: Run, desk: Desk) -> None:
    form = run("new", "--form")
    assert form.exit_code == 0
    assert not desk.records
    filled = (
        form.stdout.replace("reported:", "reported: Dieter")
        .replace("handlers:", "handlers: Ada")
        .replace("kind:\n", "kind: 1 9\n")
    )
    filled += "follow-up: call Carla | Bob | 24.12.2026 | by telephone\nfollow-up: write\nwhat: one\ntwo\n"
    result = run("new", "--from-file", "-", typed=filled)
    assert result.exit_code == 0, result.stderr
    assert "two are better" in result.stderr
    assert (
        "Read from the form: Handled by, Reported person, Applies, Follow-up, Follow-up, What happened."
        in result.stderr
    )
    assert "delete its file" in result.stderr
    assert result.stderr.index("emergency@wikimedia.org") < result.stderr.index("ca@wikimedia.org")
    assert desk.said() == [
        ("handlers", "Ada"),
        ("reported", "Dieter"),
        ("kind", "threat, banned"),
        ("follow-up", "call Carla | by telephone"),
        ("follow-up-who", "Bob"),
        ("follow-up-due", "2026-12-24"),
        ("follow-up", "write"),
        ("what", "one\ntwo"),
    ]


def test_follow_ups_are_added_and_done(run: Run, desk: Desk) -> None:
    run("new", typed="no\n")
    assert run("follow-up", typed="\ncall\nBob\n2026-12-31\nwrite\n\n\n\n").exit_code == 0
    assert [one.what.text for one in desk.read().follow_ups] == ["call", "write"]
    assert run("follow-up", "--done", "2", typed="\nshe is well\n").exit_code == 0
    result = run("follow-up", "--open", "--identity", str(desk.home / "keys.txt"), typed="\nsent\n")
    assert result.exit_code == 0
    assert "call" not in result.stderr
    assert [(one.number, one.is_open, one.done and one.done.text) for one in desk.read().follow_ups] == [
        (2, False, "she is well"),
        (5, False, "sent"),
    ]


@pytest.mark.parametrize(
    ("typed", "code", "closed"),
    [
        pytest.param("\ndone so\nhe was sent home\n.\n", 0, "nothing is left to do", id="all done"),
        pytest.param("\n\nhe was sent home\n.\nyes\n", 0, "with open follow-ups: 2", id="said to be open"),
        pytest.param("\n\nhe was sent home\n.\nno\n", 1, None, id="not closed"),
        pytest.param("\n\nhe was sent home\n.\n\n", 1, None, id="nothing said"),
        pytest.param("\n\nhe was sent home\n", 1, None, id="the end in the middle"),
    ],
)
def test_close(run: Run, desk: Desk, typed: str, code: int, closed: str | None) -> None:
    run("new", typed="no\n")
    run("follow-up", typed="\ncall\n")
    result = run("close", "--identity", str(desk.home / "keys.txt"), typed=typed)
    assert result.exit_code == code, result.stderr
    found = desk.read()
    assert found.is_closed == (closed is not None)
    assert found.texts("closed") == ((closed,) if closed else ())
    assert found.texts("outcome") == ("he was sent home",), "what was said is kept either way"
    if closed:
        assert "closed already" in run("close", "--identity", str(desk.home / "keys.txt")).stderr
        run("add", "--reopen")
        assert not desk.read().is_closed


def test_close_asks_once_more_where_there_is_no_outcome(run: Run, desk: Desk) -> None:
    run("new", typed="yes, she bleeds\n")
    keys = str(desk.home / "keys.txt")
    result = run("close", "--identity", keys, typed="\n\n\n")
    assert result.exit_code == 1
    assert "There is no outcome" in result.stderr
    assert "yes, she bleeds" in result.stderr
    assert run("close", "--identity", keys, typed="\n\nyes\n").exit_code == 0
    assert desk.read().is_closed
    run("add", "--field", "note", typed="\nmore\n")
    assert "came after that" in run("show", "--identity", keys).stdout


def test_what_is_not_done_stays_open(run: Run, desk: Desk) -> None:
    run("new", typed="yes\n")
    run("follow-up", typed="\ncall\n")
    assert "stays open" in run("follow-up", "--done", "2", typed="\nno\n").stderr
    assert desk.read().follow_ups[0].is_open


@pytest.mark.parametrize(
    ("typed", "words", "text"),
    [
        pytest.param("\n\nONE\n", ["--correct", "1"], "ONE\ntwo", id="the first line alone"),
        pytest.param("\nall\nnew\nlines\n.\n", ["--correct", "1"], "new\nlines", id="all of it"),
        pytest.param("\n\nTWO\n", ["--correct", "2"], "one\nTWO", id="another line"),
        pytest.param("\n\n-\n", ["--correct", "2"], "one", id="a line taken back"),
    ],
)
def test_a_text_is_corrected(run: Run, desk: Desk, typed: str, words: list[str], text: str) -> None:
    run("new", typed="\n" * 10 + "one\ntwo\n.\n")
    assert run("add", "--field", "what", *words, typed=typed).exit_code == 0
    assert desk.read().texts("what") == (text,)


@pytest.mark.parametrize(
    ("words", "error"),
    [
        pytest.param(
            ["add", "--correct", "1", "--field", "what"], "Entry 1 is of the field danger, not what", id="field"
        ),
        pytest.param(["follow-up", "--done", "1"], "Entry 1 is no follow-up; open ones: 2.", id="no follow-up"),
    ],
)
def test_what_is_answered_is_looked_at_where_a_key_is_given(run: Run, desk: Desk, words: list[str], error: str) -> None:
    run("new", typed="no\n")
    run("follow-up", typed="\ncall\n")
    before = desk.said()
    result = run(*words, "--identity", str(desk.home / "keys.txt"), typed="\nx\n")
    assert (result.exit_code, desk.said()) == (2, before)
    assert error in result.stderr


def test_a_key_spares_the_name_of_the_field(run: Run, desk: Desk) -> None:
    run("new", typed="yes\n")
    run("add", "--correct", "1", "--identity", str(desk.home / "keys.txt"), typed="\nno\n")
    assert desk.read().texts("danger") == ("no",)
    run("follow-up", typed="\ncall\n")
    run("follow-up", "--done", "3", "--identity", str(desk.home / "keys.txt"), typed="\ncalled\n")
    assert not desk.read().follow_ups[0].is_open


@pytest.mark.parametrize(
    ("words", "typed", "is_gone"),
    [
        pytest.param(["k7m2"], "k7m2\n", True, id="its end"),
        pytest.param(["k7m2", "--yes"], "", True, id="not asked"),
        pytest.param(["k7m2"], "yes\n", False, id="another word"),
        pytest.param(["k7m2"], "", False, id="the end"),
    ],
)
def test_purge(run: Run, desk: Desk, words: list[str], typed: str, is_gone: bool) -> None:
    path = desk.put()
    result = run("purge", *words, typed=typed)
    assert result.exit_code == (0 if is_gone else 1)
    assert path.exists() is not is_gone
    assert ("Deleted record 2026-12-24-k7m2." in result.stdout) is is_gone
    assert ("It is as it was." in result.stderr) is not is_gone


def test_purge_names_its_record(run: Run, desk: Desk) -> None:
    path = desk.put()
    assert run("purge", "--yes").exit_code == 2
    assert path.exists()


def test_show(run: Run, desk: Desk) -> None:
    desk.put()
    result = run("show", "k7m2", passphrase=PASSPHRASE)
    assert result.exit_code == 0
    assert "three" in result.stdout
    assert "History" not in result.stdout
    assert "History" in run("show", "--history", passphrase=PASSPHRASE).stdout
    wrong = run("show", passphrase="wrong")
    assert (wrong.exit_code, wrong.stdout) == (2, "")
    assert wrong.stderr == "eventsafety: This passphrase does not open record 2026-12-24-k7m2.\n"


def test_a_file_made_by_the_shell_is_refused_with_what_fits(desk: Desk, tmp_path: Path) -> None:
    desk.put()
    with (tmp_path / "out").open("wb") as out:
        done = subprocess.run(
            [sys.executable, "-c", "from bot.cli import main; main()", "incident", "show"],
            stdout=out,
            stderr=subprocess.PIPE,
            env=desk.environ,
            text=True,
            check=False,
        )
    assert done.returncode == 2
    assert "`eventsafety incident export -o FILE`" in done.stderr
    assert not (tmp_path / "out").read_bytes()


def test_a_question_at_the_name_or_at_where_is_answered(run: Run, desk: Desk) -> None:
    run("new", typed="no\n")
    result = run("add", "--field", "note", typed="?\nBob\nmore\n")
    assert "beside every entry" in result.stderr
    assert desk.read().entries[1].by == "Bob"
    where = run("where", typed="?\nno\n")
    assert "decides who else" in where.stderr
    assert len(where.stdout.splitlines()) == 2, "Trust and Safety alone"


def test_what_was_changed_is_shown_first_and_is_no_success(run: Run, desk: Desk) -> None:
    desk.put(FOUR.replace(b"entry 2\n", b"entry 7\n"))
    for words in (["show"], ["export", "--json"], ["export"]):
        result = run(*words, passphrase=PASSPHRASE)
        assert result.exit_code == 11, result.stderr
        assert "were removed" in result.stdout
        assert "one" in result.stdout


def test_list(run: Run, desk: Desk) -> None:
    assert run("list").stdout == "There is no incident record.\n"
    run("new", typed="no\n")
    run("follow-up", typed="\ncall\nBob\n2020-01-01\n")
    desk.put(FOUR[:-100])
    without = run("list")
    assert "call" not in without.stdout
    assert re.search(r"k7m2  3 entries, last written .* \(today\); an entry has no end\n", without.stdout)
    assert "only its passphrase or key tells" in without.stderr
    with_key = run("list", "--identity", str(desk.home / "keys.txt")).stdout
    assert "open, 4 entries" in with_key
    assert "k7m2  not opened by it, 3 entries" in with_key
    assert "[ ] 2  call; who: Bob; by 2020-01-01 (OVERDUE)" in with_key
    with_passphrase = run("list", passphrase=PASSPHRASE).stdout
    assert "k7m2  open, 3 entries" in with_passphrase
    assert "  ! The end of entry 4 is missing" in with_passphrase


@pytest.mark.parametrize("form", [[], ["--json"]])
def test_export(run: Run, desk: Desk, form: list[str]) -> None:
    desk.put()
    output = desk.home / "report"
    result = run("export", *form, "-o", str(output), passphrase=PASSPHRASE)
    assert (result.exit_code, result.stdout) == (0, "")
    assert stat.S_IMODE(output.stat().st_mode) == 0o600
    assert "three" in output.read_text(encoding="utf-8")
    assert (output.read_text(encoding="utf-8")[0] == "{") == bool(form)
    again = run("export", "-o", str(output), passphrase=PASSPHRASE)
    assert again.exit_code == 2, "nothing is overwritten"


def test_export_for_somebody_else(run: Run, desk: Desk) -> None:
    desk.put()
    result = run("export", "--json", "--to", str(IDENTITY.to_public()), passphrase=PASSPHRASE)
    assert "three" not in result.stdout
    assert b'"three"' in pyrage.decrypt(result.stdout.encode(), [IDENTITY])


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        pytest.param("1\n", "  Emergency address of the Wikimedia Foundation: emergency@wikimedia.org", id="a threat"),
        pytest.param("", "  Trust and Safety, Wikimedia Foundation: ca@wikimedia.org", id="nothing said"),
        pytest.param("perhaps\n", "  Trust and Safety, Wikimedia Foundation: ca@wikimedia.org", id="in words"),
    ],
)
def test_where(run: Run, desk: Desk, typed: str, first: str) -> None:
    result = run("where", typed=typed)
    assert result.exit_code == 0
    assert result.stdout.splitlines()[0] == first
    assert not desk.records


def test_a_new_record_needs_a_way_to_open_it(run: Run, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    (desk.home / "config.toml").write_text(f'[private]\nfolder = "{desk.home}/kept"\n', encoding="utf-8")
    monkeypatch.setattr("bot.cli.confidential._typed", _no_terminal)
    result = run("new", typed=ALL)
    assert result.exit_code == 2
    assert "--password-fd" in result.stderr
    assert not desk.records


def test_a_folder_that_others_may_read_is_refused(run: Run, desk: Desk) -> None:
    (desk.home / "kept").mkdir(mode=0o755)
    result = run("new", typed="no\n")
    assert result.exit_code == 1
    assert "chmod 700" in result.stderr


def test_every_command_has_help(run: Run) -> None:
    overview = run("--help").stdout
    for name in ("new", "add", "follow-up", "close", "show", "list", "export", "where", "anonymize", "review", "purge"):
        assert f"  {name} " in overview
        assert "Usage:" in run(name, "--help").stdout


@pytest.mark.parametrize("number", [1, 6, 12])
def test_killed_in_the_middle_of_writing(run: Run, desk: Desk, number: int) -> None:
    """All lines are there at once, so that it writes and writes; what it said to be saved is there."""
    process = subprocess.Popen(
        [sys.executable, "-c", "from bot.cli import main; main()", "incident", "new"],
        stdin=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=desk.environ,
        text=True,
    )
    assert process.stdin
    assert process.stderr
    process.stdin.write("\n" * 10 + "".join(f"line {n}\n" for n in range(1, 2000)))
    process.stdin.flush()
    while f"saved: entry {number} " not in process.stderr.readline():
        pass
    process.kill()
    process.communicate()
    lines = desk.said()
    assert len(lines) >= number
    assert lines == [("what", f"line {n}") for n in range(1, len(lines) + 1)]
    assert len(desk.read().notes) <= 1
    assert run("add", "--field", "note", typed="\nand on\n").exit_code == 0
    assert desk.said()[-1] == ("note", "and on")


NAMES = ("Carla Calculus", "Dieter Dachs", "Riverside Meetup", "the quiet room")


@pytest.mark.traced
def test_nothing_of_a_report_is_written_in_clear(desk: Desk, tmp_path: Path) -> None:
    typed = f"no\nAda Abacus\n\n{NAMES[2]}\n{NAMES[0]}\n{NAMES[1]}\n<\n{NAMES[1]} = DD\n\n\n\n{NAMES[3]}\nwords\n.\n"
    command = [sys.executable, "-c", WATCHABLE + "from bot.cli import main; main()", "incident"]
    environ = desk.environ | {"PYTHONDONTWRITEBYTECODE": "1"}
    done = traced([*command, "new"], folder=tmp_path / "new", environ=environ, input_=typed)
    assert done.returncode == 0, done.stderr
    assert desk.read().texts("reported") == (f"{NAMES[1]} = DD",)
    assert done.made() - {desk.home / "kept", desk.home} == set(desk.records)
    for name in NAMES:
        assert done.leaks(name, but={2}) == [], "whoever goes back is shown, at the terminal, what they typed"
    assert not done.copied()
    shown = traced(
        [*command, "show", "--identity", str(desk.home / "keys.txt")], folder=tmp_path / "show", environ=environ
    )
    assert NAMES[1] in shown.stdout
    for name in NAMES:
        assert shown.leaks(name, but={1}) == []
    assert shown.made() <= {desk.home / "kept"}
