"""``eventsafety apply -i`` at a real terminal: who is asked what, what each answer saves, and how it can be stopped."""

from __future__ import annotations

import json
import os
import pty
import select
import signal
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

import pytest

from bot import journal, onwiki
from bot.plan import stored
from bot.plan.edits import Edit, Plan
from tests.applying import BOT, STOP_PAGE, creation, histories, plan_of, title
from tests.sandbox.sandbox import Sandbox
from tests.sandbox.world import World
from tests.wiki.commandline import BIN, ROOT, CommandLine

OLD = "First line.\n\nSecond line.\n\nLast line."
QUESTION = "Save it? yes, no, all of the task review, quit (y, n, a, q): "
CTRL_C, CTRL_D = "\x03", "\x04"
PATIENCE = 60.0
WRITING = """
[writing]
put_throttle = {throttle}

[task_limits.review]
new_pages = 10
share_removed = 1.0
"""


class Terminal:
    """A person at a terminal of their own who runs ``eventsafety``; standard output may go into ``file`` instead."""

    def __init__(self, command: CommandLine, words: Sequence[str], file: Path | None = None) -> None:
        self._master, slave = pty.openpty()
        self._said = ""
        self.shown = ""
        out = os.open(file, os.O_WRONLY | os.O_CREAT) if file else os.dup(slave)
        environment = {**command.environment, "TERM": "dumb", "COLUMNS": "200"}
        self.process = subprocess.Popen(
            # Whoever opens a terminal in a session that has none gets it as its own, for Ctrl-C.
            ["/bin/sh", "-c", 'exec "$@" <"$0"', os.ttyname(slave), str(BIN / "eventsafety"), *words],
            cwd=ROOT,
            env=environment,
            stdin=slave,
            stdout=out,
            stderr=slave,
            start_new_session=True,
        )
        os.close(slave)
        os.close(out)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        os.close(self._master)

    def until(self, text: str) -> str:
        """Return what is shown up to ``text``, and take it off what is still to be looked at."""
        limit = time.monotonic() + PATIENCE
        while text not in self._said:
            assert time.monotonic() < limit, f"{text!r} did not come; there is {self.shown!r}"
            assert self._more(), f"It ended before {text!r} came: {self.shown!r}"
        shown, _, self._said = self._said.partition(text)
        return shown

    def say(self, keys: str) -> None:
        """Type something."""
        os.write(self._master, keys.encode())

    def answer(self, word: str) -> str:
        """Answer the next question; return what was shown before it."""
        shown = self.until(QUESTION)
        self.say(f"{word}\n")
        return shown

    def hang_up(self) -> None:
        """Close the window."""
        nothing = os.open(os.devnull, os.O_RDWR)
        os.dup2(nothing, self._master)
        os.close(nothing)

    def end(self) -> int:
        """Return the exit code when the process has ended; nobody is asked anything any more, no traceback is shown."""
        limit = time.monotonic() + PATIENCE
        while self._more():
            assert time.monotonic() < limit, f"It does not end; there is {self.shown!r}"
        assert "Traceback" not in self.shown
        assert QUESTION not in self._said
        return self.process.wait(PATIENCE)

    def _more(self) -> bool:
        ready, _, _ = select.select([self._master], [], [], 1.0)
        if not ready:
            return True
        with suppress(OSError):  # EIO: nobody has the other side open
            if read := os.read(self._master, 65536):
                text = read.decode(errors="replace").replace("\r\n", "\n")
                self._said, self.shown = self._said + text, self.shown + text
                return True
        return False


class Stage:
    """A wiki on which the bot may run, and a plan: update A, update B, create C."""

    def __init__(self, wiki: Sandbox, folder: Path) -> None:
        self.wiki, self.folder, self.file = wiki, folder, folder / "plan.json"
        self.command = CommandLine(wiki, folder)
        with wiki.world.batch():
            wiki.world.page(STOP_PAGE, "run", user="Admin")
        self.plan_for(plan_of(wiki, self.update("A"), self.update("B"), creation("C", self.new("C"))))

    def update(self, name: str) -> Edit:
        base = self.wiki.world.page(title(name), OLD)
        return Edit(title(name), 2, "review", base, OLD, self.new(name), f"Bring {name} up to date", ("It is a test.",))

    @staticmethod
    def new(name: str) -> str:
        return OLD.replace("Second line", f"What the bot says of {name}")

    def plan_for(self, plan: Plan) -> None:
        self.plan = plan
        self.file.write_text(stored.to_json(plan), encoding="utf-8")

    def apply(self, *words: str, file: Path | None = None) -> Terminal:
        return Terminal(self.command, ["apply", str(self.file), *words], file)

    def saved(self) -> str:
        """Return the letters of the pages that hold the new text, each made by just one edit of the bot."""
        found = histories(self.wiki.url, [title(name) for name in "ABC"])
        own = {name: [v for v in found[title(name)] if v.user == BOT] for name in "ABC"}
        assert all(len(versions) <= 1 for versions in own.values()), own
        assert all(version.text == self.new(name) for name in "ABC" for version in own[name])
        sent = [row for row in self.wiki.requests() if dict(row["post"]).get("action") == "edit"]
        assert len(sent) == sum(map(len, own.values()))
        return "".join(name for name in "ABC" if own[name])

    def ends(self) -> list[str]:
        path = self.folder / "eventsafety" / "journal.jsonl"
        return [record.end for record in journal.read(path) if record.what == journal.OUTCOME]


@pytest.fixture
def stage(wiki: Sandbox, world: World, tmp_path: Path) -> Stage:
    made = Stage(wiki, tmp_path)
    made.command.add(WRITING.format(throttle=0.0))
    return made


@pytest.fixture
def slow(wiki: Sandbox, world: World, tmp_path: Path) -> Stage:
    made = Stage(wiki, tmp_path)
    made.command.add(WRITING.format(throttle=30.0))
    return made


@pytest.mark.parametrize(
    ("answers", "saved", "code"),
    [
        pytest.param("yyy", "ABC", 0, id="yes to each"),
        pytest.param("nnn", "", 0, id="no to each"),
        pytest.param("yny", "AC", 0, id="no to one"),
        pytest.param("a", "ABC", 0, id="all"),
        pytest.param("na", "BC", 0, id="all of what follows"),
        pytest.param("q", "", 1, id="quit at once"),
        pytest.param("ynq", "A", 1, id="quit at the last"),
    ],
)
def test_what_is_saved_is_what_was_said_yes_to(stage: Stage, answers: str, saved: str, code: int) -> None:
    with stage.apply("-i") as terminal:
        for answer in answers:
            terminal.answer(answer)
        assert terminal.end() == code, terminal.shown
    assert stage.saved() == saved
    assert terminal.shown.count("eventsafety apply") == (saved != "ABC")


def test_all_is_all_of_one_task(stage: Stage) -> None:
    name = next(iter(onwiki.templates()))
    template = Edit(name, 10, "templates", 0, "", "Text.", "Templates")
    first, second, third = stage.plan.edits
    stage.plan_for(plan_of(stage.wiki, first, template, second, third))
    with stage.apply("-i") as terminal:
        terminal.answer("a")
        assert f"New page: {name}" in terminal.until("Save it? yes, no, all of the task templates, quit (y, n, a, q): ")
        assert stage.saved() == "A"
        terminal.say("n\n")
        assert terminal.end() == 0
    assert stage.saved() == "ABC"
    assert stage.ends() == ["saved", "declined", "saved", "saved"]


def test_each_edit_is_shown_before_its_question(stage: Stage) -> None:
    with stage.apply("-i") as terminal:
        first, second, third = (terminal.answer("n") for _ in range(3))
        assert terminal.end() == 0
    assert title("A") in first
    assert "\n-Second line.\n+What the bot says of A.\n" in first
    assert "Bring A up to date" in first
    assert "\n+What the bot says of B.\n" in second
    assert "saved" not in second
    assert f"New page: {title('C')}" in third
    assert stage.ends() == ["declined"] * 3


def test_nothing_is_saved_while_the_question_stands(stage: Stage) -> None:
    with stage.apply("-i") as terminal:
        terminal.until(QUESTION)
        assert stage.saved() == ""
        terminal.say("y\n")
        terminal.until(QUESTION)
        assert stage.saved() == "A"
        terminal.say("q\n")
        assert terminal.end() == 1
    assert stage.ends() == ["saved", "stopped"]


def test_a_wrong_answer_is_asked_again(stage: Stage) -> None:
    with stage.apply("-i") as terminal:
        for wrong in ("", "x", "Y", " y", "yes please", "yn", "all", "\x1b[A"):
            terminal.answer(wrong)
        terminal.until(QUESTION)
        terminal.say(f"y{CTRL_D}")
        terminal.until(QUESTION)
        assert stage.saved() == ""
        terminal.say("q\n")
        assert terminal.end() == 1
    assert stage.saved() == ""


@pytest.mark.parametrize(
    ("keys", "code"),
    [pytest.param(CTRL_C, 130, id="Ctrl-C"), pytest.param(CTRL_D, 1, id="Ctrl-D, the end of the input")],
)
@pytest.mark.parametrize("before", ["", "y"])
def test_a_key_at_the_question_ends_the_run(stage: Stage, keys: str, code: int, before: str) -> None:
    with stage.apply("-i") as terminal:
        for answer in before:
            terminal.answer(answer)
        terminal.until(QUESTION)
        terminal.say(keys)
        assert terminal.end() == code, terminal.shown
    assert stage.saved() == ("A" if before else "")
    assert stage.ends()[-1] == "stopped"
    assert f"eventsafety apply {stage.file} --digest {stage.plan.digest}" in terminal.shown


def test_sigterm_at_the_question_ends_the_run(stage: Stage) -> None:
    with stage.apply("-i") as terminal:
        terminal.answer("y")
        terminal.until(QUESTION)
        terminal.process.send_signal(signal.SIGTERM)
        assert terminal.end() == 143, terminal.shown
    assert stage.saved() == "A"


@pytest.mark.parametrize("before", ["", "y"])
def test_a_window_that_is_closed_ends_the_run(stage: Stage, before: str) -> None:
    with stage.apply("-i") as terminal:
        for answer in before:
            terminal.answer(answer)
        terminal.until(QUESTION)
        terminal.hang_up()
        assert terminal.process.wait(PATIENCE) != 0
    assert stage.saved() == ("A" if before else "")
    assert stage.ends()[-1] == "stopped"


def test_what_was_typed_too_early_answers_nothing(stage: Stage) -> None:
    with stage.apply("-i") as terminal:
        terminal.answer("y\ny\ny")
        terminal.until(QUESTION)
        time.sleep(1.0)
        assert stage.saved() == "A"
        terminal.say("q\n")
        assert terminal.end() == 1
    assert stage.saved() == "A"


def test_half_an_answer_and_ctrl_c_are_no_answer(stage: Stage) -> None:
    with stage.apply("-i") as terminal:
        terminal.until(QUESTION)
        terminal.say("y")
        terminal.say(CTRL_C)
        assert terminal.end() == 130
    assert stage.saved() == ""


@pytest.fixture
def waiting(slow: Stage) -> Iterator[Terminal]:
    """A run that has saved A and waits half a minute before B, to which there was a yes."""
    with slow.apply("-i") as terminal:
        terminal.answer("y")
        terminal.answer("y")
        time.sleep(1.0)
        assert terminal.process.poll() is None
        assert slow.saved() == "A"
        yield terminal


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_signal_ends_the_wait_between_two_edits(slow: Stage, waiting: Terminal, number: int, code: int) -> None:
    began = time.monotonic()
    if number == signal.SIGINT:
        waiting.say(CTRL_C)
    else:
        waiting.process.send_signal(number)
    assert waiting.end() == code, waiting.shown
    assert time.monotonic() - began < 10
    assert slow.saved() == "A"
    assert slow.ends() == ["saved", "stopped"]
    assert f"--digest {slow.plan.digest}" in waiting.shown


def test_the_same_plan_again_asks_only_for_what_is_left(stage: Stage) -> None:
    with stage.apply("-i") as terminal:
        for answer in "ynq":
            terminal.answer(answer)
        assert terminal.end() == 1
    with stage.apply("-i") as terminal:
        assert title("B") in terminal.answer("y")
        assert title("C") in terminal.answer("y")
        assert terminal.end() == 0
    with stage.apply("-i") as terminal:
        assert terminal.end() == 0
    assert stage.ends()[-3:] == ["saved before"] * 3
    assert stage.saved() == "ABC"


def test_a_page_that_moved_on_is_not_asked_about(stage: Stage) -> None:
    stage.wiki.world.page(title("A"), f"{OLD}\n\nSomebody else.", user="Other")
    with stage.apply("-i") as terminal:
        assert title("B") in terminal.answer("n")
        terminal.answer("n")
        assert terminal.end() == 1
    assert stage.ends() == ["conflict", "declined", "declined"]


def test_the_stop_page_is_heeded_after_the_answer_too(stage: Stage) -> None:
    with stage.apply("-i") as terminal:
        terminal.until(QUESTION)
        stage.wiki.world.page(STOP_PAGE, "stop", user="Admin")
        terminal.say("y\n")
        assert terminal.end() == 1
    assert stage.saved() == ""


@pytest.mark.parametrize("words", [("-i",), ("-i", "--json")])
def test_the_edit_is_shown_where_the_question_is(stage: Stage, words: Sequence[str]) -> None:
    file = stage.folder / "out"
    with stage.apply(*words, file=file) as terminal:
        assert "+What the bot says of A." in terminal.answer("y")
        terminal.answer("n")
        terminal.answer("n")
        assert terminal.end() == 0
    printed = file.read_text(encoding="utf-8")
    assert "What the bot says" not in printed
    if "--json" in words:
        assert [edit["end"] for edit in json.loads(printed)["edits"]] == ["saved", "declined", "declined"]


def test_a_wrong_digest_is_refused_with_questions_too(stage: Stage) -> None:
    with stage.apply("-i", "--digest", "0" * 64) as terminal:
        assert terminal.end() == 1
    assert "which is not the one of --digest" in terminal.shown
    assert stage.wiki.requests() == []
