"""How fast edits follow each other, and that the wish to stop is heard at once and never cuts anything in half."""

from __future__ import annotations

import os
import pty
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.pace import Pace, Stopper

START = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)


class Clock:
    """Time that passes when told to; the wall's clock can be wrong, the other one never goes back."""

    def __init__(self) -> None:
        self.passed = 1000.0

    def now(self) -> datetime:
        return START + timedelta(seconds=self.passed - 1000)

    def monotonic(self) -> float:
        return self.passed


def ago(*seconds: float) -> list[datetime]:
    return [START - timedelta(seconds=number) for number in seconds]


def pace(clock: Clock, throttle: float = 10.0, per_hour: int = 360, earlier: list[datetime] | None = None) -> Pace:
    return Pace(throttle, per_hour, earlier or [], now=clock.now, monotonic=clock.monotonic)


def test_the_first_edit_waits_for_nothing_and_the_next_for_the_throttle() -> None:
    clock = Clock()
    steps = pace(clock)
    assert steps.seconds() == 0
    steps.edited()
    assert steps.seconds() == 10
    clock.passed += 4
    assert steps.seconds() == 6
    clock.passed += 6
    assert steps.seconds() == 0
    clock.passed += 100
    assert steps.seconds() == 0


def test_asking_is_not_editing() -> None:
    clock = Clock()
    steps = pace(clock, per_hour=1)
    assert [steps.seconds() for _ in range(3)] == [0, 0, 0]


EARLIER = [
    pytest.param(ago(3), 360, 7, id="three seconds ago"),
    pytest.param(ago(10), 360, 0, id="ten seconds ago"),
    pytest.param(ago(3000, 3, 50), 360, 7, id="in no order"),
    pytest.param(ago(3599, 100), 2, 1, id="as many as an hour may have: until the oldest is an hour old"),
    pytest.param(ago(3000, 100), 2, 600, id="as many, some time ago"),
    pytest.param(ago(3000, 100), 3, 0, id="one less than an hour may have"),
    pytest.param(ago(3000, 2000, 1000), 2, 1600, id="more than an hour may have: only the newest matter"),
    pytest.param(ago(3600, 100), 2, 0, id="an hour ago is no longer in the hour"),
    pytest.param(ago(90_000, 100), 2, 0, id="yesterday"),
    pytest.param(ago(3599.5, 4), 2, 6, id="both reasons: the longer wait"),
    pytest.param(ago(-50), 360, 10, id="in the future: the clock was set back, so it counts as now"),
    pytest.param(ago(-90_000, -5), 2, 3600, id="far in the future"),
    pytest.param(ago(-1, 100), 2, 3500, id="one in the future beside one of the past"),
    pytest.param(ago(1, 2, 3), 0, 9, id="no number for an hour: the throttle alone"),
]


@pytest.mark.parametrize(("earlier", "per_hour", "seconds"), EARLIER)
def test_what_earlier_runs_did_counts(earlier: list[datetime], per_hour: int, seconds: float) -> None:
    assert pace(Clock(), per_hour=per_hour, earlier=earlier).seconds() == pytest.approx(seconds)


def test_the_hour_s_number_holds_over_earlier_edits_and_those_of_this_run() -> None:
    clock = Clock()
    steps = pace(clock, per_hour=3, earlier=ago(1800))
    for _ in range(2):
        clock.passed += steps.seconds()
        steps.edited()
    assert clock.passed == 1010
    assert steps.seconds() == 1790
    clock.passed += 1790
    steps.edited()
    assert steps.seconds() == 1800


def test_setting_the_wall_clock_during_the_run_changes_nothing() -> None:
    clock = Clock()
    wall = [START]
    steps = Pace(10.0, 2, [], now=lambda: wall[0], monotonic=clock.monotonic)
    steps.edited()
    wall[0] = START - timedelta(days=1)
    assert steps.seconds() == 10
    wall[0] = START + timedelta(days=1)
    assert steps.seconds() == 10


@given(
    st.lists(st.floats(-7200, 7200), max_size=8),
    st.lists(st.floats(0, 2000), max_size=12),
    st.floats(0, 60),
    st.integers(1, 6),
)
def test_no_hour_has_more_edits_than_it_may(
    earlier: list[float], pauses: list[float], throttle: float, per_hour: int
) -> None:
    clock = Clock()
    steps = pace(clock, throttle, per_hour, ago(*earlier))
    before = [1000.0 - max(0.0, number) for number in earlier if number < 3600]
    sent: list[float] = []
    for pause in pauses:
        clock.passed += pause
        clock.passed += steps.seconds()
        assert steps.seconds() == pytest.approx(0, abs=1e-6)
        sent.append(clock.passed)
        steps.edited()
    for at in sent:
        assert sum(at - 3600 + 1e-6 < other <= at for other in before + sent) <= max(per_hour, 1)
    assert all(later - one >= throttle - 1e-6 for one, later in pairwise(sent))


def took(stopper: Stopper, seconds: float) -> float:
    began = time.monotonic()
    stopper.wait(seconds)
    return time.monotonic() - began


def test_a_wait_lasts_as_long_as_it_should() -> None:
    assert 0.05 <= took(Stopper(), 0.05) < 5


@pytest.mark.parametrize("seconds", [0.0, -1.0])
def test_a_wait_of_nothing_is_none(seconds: float) -> None:
    assert took(Stopper(), seconds) < 1


def test_after_the_wish_no_wait_lasts() -> None:
    stopper = Stopper()
    assert (stopper.stopped, stopper.signal) == (False, None)
    stopper.stop()
    assert (stopper.stopped, stopper.signal) == (True, None)
    assert took(stopper, 30) < 5
    assert took(stopper, 30) < 5


def test_a_wait_ends_when_somebody_asks_from_elsewhere() -> None:
    stopper = Stopper()
    other = threading.Timer(0.05, stopper.stop)
    other.start()
    assert took(stopper, 30) < 5
    other.join()
    assert stopper.stopped


def test_the_first_signal_is_the_one_that_is_told_and_many_do_no_harm() -> None:
    stopper = Stopper()
    for number in (signal.SIGTERM, *[signal.SIGINT] * 100_000):
        stopper.stop(number)
    assert stopper.signal == signal.SIGTERM


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_signal_raises_the_flag_and_ends_a_wait_at_once(number: signal.Signals) -> None:
    stopper = Stopper()
    with stopper.listening():
        killer = threading.Timer(0.05, os.kill, (os.getpid(), number))
        killer.start()
        assert took(stopper, 30) < 5
        killer.join()
    assert (stopper.stopped, stopper.signal) == (True, number)


def test_work_is_not_cut_by_a_signal() -> None:
    stopper, done = Stopper(), list[int]()
    with stopper.listening():
        for step in range(3):
            os.kill(os.getpid(), signal.SIGTERM)
            done.append(step)
    assert done == [0, 1, 2]


def handlers() -> list[object]:
    return [signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)]


def test_the_handlers_are_put_back() -> None:
    before = handlers()
    with Stopper().listening():
        assert all(now is not then for now, then in zip(handlers(), before, strict=True))
    assert handlers() == before
    with pytest.raises(ValueError, match="a bug"), Stopper().listening():
        raise ValueError("a bug")
    assert handlers() == before


def test_a_signal_that_is_ignored_stays_so() -> None:
    kept = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        stopper = Stopper()
        with stopper.listening():
            signal.raise_signal(signal.SIGHUP)
            assert not stopper.stopped
            signal.raise_signal(signal.SIGTERM)
            assert stopper.signal == signal.SIGTERM
        assert signal.getsignal(signal.SIGHUP) is signal.SIG_IGN
    finally:
        signal.signal(signal.SIGHUP, kept)


@pytest.fixture
def terminal() -> Iterator[tuple[int, int]]:
    """The two sides of a terminal: the person's, and the program's."""
    sides = pty.openpty()
    yield sides
    for side in sides:
        os.close(side)


@pytest.mark.parametrize(
    ("typed", "line"),
    [
        pytest.param(b"y\n", "y\n", id="a line"),
        pytest.param("é\n".encode(), "é\n", id="a letter"),
        pytest.param(b"\xff\n", "\ufffd\n", id="no letter"),
        pytest.param(b"y\nn\n", "y\n", id="one line of two"),
        pytest.param(b"y\x04", "y", id="half a line"),
        pytest.param(b"\x04", None, id="the end"),
    ],
)
def test_what_is_typed_is_a_line(terminal: tuple[int, int], typed: bytes, line: str | None) -> None:
    person, program = terminal
    os.write(person, typed)
    assert Stopper().line(program) == line


def test_a_line_is_waited_for(terminal: tuple[int, int]) -> None:
    person, program = terminal
    typing = threading.Timer(0.3, os.write, (person, b"n\n"))
    typing.start()
    assert Stopper().line(program) == "n\n"
    typing.join()


def test_a_signal_ends_the_waiting_for_a_line(terminal: tuple[int, int]) -> None:
    stopper = Stopper()
    signalling = threading.Timer(0.3, os.kill, (os.getpid(), signal.SIGTERM))
    with stopper.listening():
        signalling.start()
        assert stopper.line(terminal[1]) is None
    assert stopper.signal == signal.SIGTERM
    signalling.join()


def test_whoever_asked_to_stop_is_not_waited_for(terminal: tuple[int, int]) -> None:
    stopper = Stopper()
    with stopper.listening():
        signal.raise_signal(signal.SIGINT)
        assert stopper.line(terminal[1]) is None
    assert stopper.signal == signal.SIGINT


def test_a_terminal_that_is_gone_is_the_end() -> None:
    person, program = pty.openpty()
    os.close(person)
    assert Stopper().line(program) is None
    os.close(program)


CHILD = """\
import sys, time
from bot.pace import Stopper
stopper = Stopper()
with stopper.listening():
    print("ready", flush=True)
    began = time.monotonic()
    stopper.wait(60)
    print(stopper.stopped, stopper.signal, time.monotonic() - began < 30, flush=True)
print("after", flush=True)
"""


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_process_that_waits_ends_in_order(number: signal.Signals) -> None:
    with subprocess.Popen([sys.executable, "-c", CHILD], stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == "ready\n"
        child.send_signal(number)
        rest, _ = child.communicate(timeout=30)
    assert rest == f"True {int(number)} True\nafter\n"
    assert child.returncode == 0
