"""People who signed up, and what an entry says that names nobody; knows nothing of sections."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from bot.model import NameState
from bot.parse.markup import plain
from bot.parse.signup_marks import Marks
from bot.parse.signup_words import folded

PLAIN_NAME = "plain name without link"
OTHER_LINK = "link to something else than a user"
NO_USER = "text without a user"
LONGEST_NAME = 80
SEPARATORS = re.compile(r"[,;/&+|、，；،·•\n]|(?:^|\s)-\s*$")


def letters(text: str) -> list[str]:
    """Return the words of ``text``, folded."""
    return folded(text).split()


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who signed up, found at the offset ``start``."""

    name: str
    state: NameState
    kind: str
    start: int
    prefix: str = ""
    withdrawn: bool = False
    maybe: bool = False


@dataclass(slots=True)
class Reading:
    """What one entry says; ``unparsed``: it holds a sign-up, or may hold one, that cannot be read."""

    signed: dict[str, Person] = field(default_factory=dict)
    excluded: dict[str, str] = field(default_factory=dict)
    unparsed: bool = False

    @property
    def people(self) -> list[Person]:
        """Return those who signed up, in order."""
        return list(self.signed.values())

    def exclude(self, name: str, why: str) -> None:
        """Note a name once, unless it is somebody who signed up."""
        if name not in self.signed:
            self.excluded.setdefault(name, why)


def plain_reading(marks: Marks) -> Reading:
    """Read an entry that mentions nobody: unparsed when it may be a lost sign-up, else excluded with a reason."""
    reading = Reading()
    text = marks.words(0, len(marks.text)).strip()
    seen = plain(marks.text)
    if marks.broken or marks.times or (marks.unknown and not letters(seen)):
        reading.unparsed = True
    elif not letters(text):
        why = OTHER_LINK if marks.links else "no name"
        reading.exclude(seen[:LONGEST_NAME], why)
    elif marks.links:
        reading.exclude(seen[:LONGEST_NAME], OTHER_LINK)
    else:
        label, _, rest = text.rpartition(":") if len(letters(text.partition(":")[0])) <= 3 else ("", "", text)
        names = [piece.strip(" .*'") for piece in SEPARATORS.split(rest)] if letters(rest) else [label]
        for name in names:
            if name:
                reading.exclude(name[:LONGEST_NAME], PLAIN_NAME if len(name.split()) <= 4 else NO_USER)
    return reading
