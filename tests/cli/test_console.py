import io
import sys

import pytest

from bot.cli import console, progress
from bot.errors import EventSafetyError


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


class Failing(io.StringIO):
    """A stream that takes nothing."""

    def __init__(self, error: OSError) -> None:
        super().__init__()
        self._error = error

    def flush(self) -> None:
        raise self._error


@pytest.mark.parametrize(
    ("error", "why"),
    [
        pytest.param(OSError(5, "Input/output error"), "Input/output error", id="the disk"),
        pytest.param(OSError("odd"), "odd", id="without a number"),
    ],
)
def test_a_result_that_cannot_be_printed_says_why(error: OSError, why: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", Failing(error))
    with pytest.raises(EventSafetyError, match=f"Cannot print to standard output: {why};"):
        console.result("text")


def test_a_reader_who_left_is_no_such_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", Failing(BrokenPipeError(32, "Broken pipe")))
    with pytest.raises(BrokenPipeError):
        console.result("text")


def test_without_standard_output_there_is_neither_result_nor_colour(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", None)
    assert not console.colour()
    with pytest.raises(EventSafetyError, match="is closed"):
        console.result("text")


@pytest.mark.parametrize(
    ("environ", "coloured"),
    [
        pytest.param({}, True, id="a terminal"),
        pytest.param({"NO_COLOR": "1"}, False, id="NO_COLOR"),
        pytest.param({"NO_COLOR": ""}, True, id="an empty NO_COLOR means nothing"),
        pytest.param({"TERM": "dumb"}, False, id="a terminal without codes"),
    ],
)
def test_colour_on_a_terminal(environ: dict[str, str], monkeypatch: pytest.MonkeyPatch, *, coloured: bool) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    for name, value in environ.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(sys, "stdout", Terminal())
    assert console.colour() is coloured


def test_no_colour_in_a_pipe(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", io.StringIO())
    assert not console.colour()


@pytest.mark.parametrize(("columns", "width"), [("40", 40), ("1", console.NARROWEST), ("132", 132)])
def test_width_is_that_of_the_window(columns: str, width: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    assert console.width() == width


def test_progress_is_one_line_that_goes_away(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = Terminal()
    monkeypatch.setattr(sys, "stderr", stream)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "40")
    with progress.on_terminal() as line:
        line("Reading registrants", 1020)
        line("Asking about accounts", 50, 1020)
        line("Finding \x1b[31m" + "x" * 100)
    shown = stream.getvalue().split(progress.CLEAR_LINE)
    assert shown[:3] == ["", "Reading registrants 1,020", "Asking about accounts 50 of 1,020"]
    assert len(shown[3]) == 39
    assert "\x1b" not in "".join(shown)
    assert shown[4:] == [""]


def test_progress_goes_away_also_when_the_work_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = Terminal()
    monkeypatch.setattr(sys, "stderr", stream)
    monkeypatch.setenv("TERM", "xterm")

    def work() -> None:
        with progress.on_terminal() as line:
            line("Working")
            raise ValueError("trouble")

    with pytest.raises(ValueError, match="trouble"):
        work()
    assert stream.getvalue().endswith(progress.CLEAR_LINE)


@pytest.mark.parametrize(("stream", "term"), [(io.StringIO(), "xterm"), (Terminal(), "dumb")])
def test_no_progress_without_a_terminal(stream: io.StringIO, term: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", stream)
    monkeypatch.setenv("TERM", term)
    with progress.on_terminal() as line:
        line("Working", 3, 4)
    assert stream.getvalue() == ""
