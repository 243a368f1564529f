"""What a record is made of: an entry, and the answer that several of them are; knows no file and no clock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, repr=False)
class IncidentEntry:
    """One thing that was written down, with the time of whoever wrote it (aware, with their offset from UTC).

    ``field`` is the id of a question. ``corrects`` is the number of the entry that this one stands for, 0 for none;
    an empty ``text`` takes that entry back, and brings back what was before it. ``about`` is the number of the
    follow-up that this says something of, or of the text that this goes on with: a text is saved line by line. Where
    both are the same number, this stands for that one line, and the text goes on behind it as it was.
    """

    number: int
    at: datetime
    by: str
    field: str
    text: str
    corrects: int = 0
    about: int = 0


@dataclass(frozen=True, slots=True, repr=False)
class Answer:
    """What the record says now in answer to a question, and all that was written for it, the oldest first.

    What was taken back stands among ``earlier``, too, so that it may be younger than ``entry``.
    """

    entry: IncidentEntry
    earlier: tuple[IncidentEntry, ...] = ()

    @property
    def text(self) -> str:
        """The answer; empty where it was taken back."""
        return self.entry.text

    @property
    def first(self) -> int:
        """The number of the first entry of the answer."""
        return min(one.number for one in (self.entry, *self.earlier))
