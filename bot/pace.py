"""How fast the bot edits, and its ear for the wish to stop; waits that end at once, and knows no wiki.

Signals only raise a flag here, so that no save is ever cut in half: whoever saves looks at the flag before the next.
"""

from __future__ import annotations

import os
import select
import signal
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from types import FrameType

HOUR = timedelta(hours=1)


class Stopper:
    """A flag that Ctrl-C, SIGTERM or a closed terminal raises; ``signal`` is the number of the one that did, if any."""

    def __init__(self) -> None:
        # A pipe, because a handler may not take the lock that threading.Event holds while it waits.
        self._heard, self._said = os.pipe()
        self.stopped = False
        self.signal: int | None = None

    def stop(self, number: int | None = None, _frame: FrameType | None = None) -> None:
        """Ask to stop; once is enough."""
        if not self.stopped:
            self.stopped, self.signal = True, number
            os.write(self._said, b".")

    def wait(self, seconds: float) -> None:
        """Wait, at most until somebody asks to stop."""
        if seconds > 0:
            select.select([self._heard], [], [], seconds)

    def line(self, file: int) -> str | None:
        """Return the next whole line that is typed at a terminal; None when it ends, or somebody asks to stop first."""
        # Waiting in read() could miss a signal that comes just before it.
        ready, _, _ = select.select([file, self._heard], [], [])
        if self._heard in ready:
            return None
        try:
            typed = os.read(file, 4096)
        except OSError:  # the terminal is gone
            return None
        return typed.decode(errors="replace") or None

    @contextmanager
    def listening(self) -> Iterator[None]:
        """Take Ctrl-C, SIGTERM and SIGHUP for as long as the work lasts; only the main thread can.

        One that is ignored from the beginning stays so: nohup means it.
        """
        every = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
        numbers = [number for number in every if signal.getsignal(number) is not signal.SIG_IGN]
        kept = [signal.signal(number, self.stop) for number in numbers]
        try:
            yield
        finally:
            for number, handler in zip(numbers, kept, strict=True):
                signal.signal(number, handler)


class Pace:
    """Keeps edits ``throttle`` seconds apart and below ``per_hour`` in any hour, with those that earlier runs made.

    ``earlier`` are the times (UTC) of edits before this run; ``now`` gives the time in UTC.
    """

    def __init__(
        self,
        throttle: float,
        per_hour: int,
        earlier: Sequence[datetime],
        *,
        now: Callable[[], datetime],
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._throttle = throttle
        self._per_hour = per_hour
        self._monotonic = monotonic
        begin, zero = now(), monotonic()
        # Times of the present or the future are a clock that was set back: they count as now.
        ages = [max(0.0, (begin - at).total_seconds()) for at in earlier if begin - at < HOUR]
        self._edits = sorted(zero - age for age in ages)

    def seconds(self) -> float:
        """Return how long to wait before the next edit."""
        now = self._monotonic()
        self._edits = [at for at in self._edits if now - at < HOUR.total_seconds()]
        due = self._edits[-1] + self._throttle if self._edits else now
        if len(self._edits) >= self._per_hour > 0:
            due = max(due, self._edits[-self._per_hour] + HOUR.total_seconds())
        return max(0.0, due - now)

    def edited(self) -> None:
        """Note that an edit was just sent."""
        self._edits.append(self._monotonic())
