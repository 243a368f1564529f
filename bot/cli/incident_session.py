"""Questions of an incident record asked at the terminal, each answer saved before the next is asked.

It must not read a record: whoever adds to one needs no passphrase.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from bot import escape
from bot.cli.incident_line import Lines, say
from bot.private import incident, incident_fields, incident_people, incident_store, incident_where
from bot.private.incident_fields import Form, Question

__all__ = ["HELP", "HOW", "Given", "Session", "is_no", "say", "show_choices"]

HOW = "Enter skips, ? explains, < goes back, Ctrl-D ends. Every answer is saved at once."
BACK, HELP, END, TAKE_BACK = "<", "?", ".", "-"
PROMPT, LINE_PROMPT = "> ", "| "
NO = {"no", "n", "nein", "non", "nej", "não", "нет", "ні", "nie", "いいえ", "否", "不", "لا"}
_NOT_YET = re.compile(r"(?:not yet|not done|still open|noch nicht|pas encore|todavía no|ainda não|ещё нет)\b")
_ME = re.compile(r"(?:^|(?<=[,;&]\s)|(?<=\band\s))(?:me|myself)(?=\s*(?:$|[,;&=]|and\b))", re.IGNORECASE)
HELP_FIRST = "Help comes first: local emergency services, venue security. The record can wait; all so far is saved."


@dataclass
class Given:
    """What was answered to a question in this session; ``number`` is 0 where it was skipped."""

    question: Question
    about: int
    number: int = 0
    text: str = ""


@dataclass
class Session:
    """A record that is being written to. ``given`` are the questions asked so far, in order."""

    path: Path
    lines: Lines
    clock: Callable[[], datetime]
    by: str = ""
    given: list[Given] = field(default_factory=list)
    receipt: incident_store.Receipt | None = None
    # The question that is open: where half a line goes when somebody stops.
    open: Given | None = None
    is_over: bool = False
    # The number of the question at which somebody stopped, 0 for none.
    at: int = 0
    _place: str = ""

    def save(self, name: str, text: str, *, corrects: int = 0, about: int = 0) -> int:
        """Write an entry, say so, and return its number."""
        entry = incident.IncidentEntry(0, self.clock(), self.by, name, text, corrects, about)
        self.receipt = incident_store.add(self.path, entry)
        say(f"  saved: entry {self.receipt.number} ({self.receipt.code})")
        return self.receipt.number

    def ask(self, question: Question, *, about: int = 0, corrects: int = 0) -> Given:
        """Ask a question, also those before it again if that is wanted; ``is_over`` says that nothing more will come.

        Raises StoppedError; ``keep_half`` then saves what was typed of the line.
        """
        here = Given(question, about, corrects)
        while not self.is_over:
            if self._answered(here):
                self.given.append(here)
                break
            self._correct_last()
        return here

    def ask_all(self, questions: Sequence[Question], first: int = 1) -> None:
        """Ask questions one after the other, from the one with number ``first`` on, as long as somebody answers."""
        for number, question in list(enumerate(questions, 1))[first - 1 :]:
            self.at = number if question in incident_fields.QUESTIONS else 0
            self._place = f"({number}/{len(questions)}) "
            answer = self.ask(question)
            self._place = ""
            if self.is_over:
                return
            if question.id == "danger" and answer.text and not is_no(answer.text):
                say(HELP_FIRST)
        self.at = 0

    def keep_half(self, half: str) -> None:
        """Save what was typed of a line when somebody stopped, as far as a question was open."""
        if half.strip() and self.open and half.strip() not in {BACK, HELP, END, TAKE_BACK}:
            here = self.open
            goes_on = here.number and here.question.form is Form.TEXT and here.text
            self.save(
                here.question.id,
                half,
                corrects=0 if goes_on else here.number,
                about=here.number if goes_on else here.about,
            )

    def _correct_last(self) -> None:
        """Ask the question before once more; its answer is replaced, taken back, or kept."""
        if not self.given:
            say("  There is no question before this one.")
            return
        place, self._place = self._place, ""
        last = self.given.pop()
        again = Given(last.question, last.about, last.number)
        if last.number:
            whole = "; what you write takes its place as a whole" if last.question.form is Form.TEXT else ""
            say(f"  Until now: {escape.terminal(last.text)}  (Enter keeps it, - takes it back{whole})")
        while not self._answered(again) and not self.is_over:
            self._correct_last()
        self.given.append(again if again.text or not last.number else last)
        self._place = place

    def _answered(self, here: Given) -> bool:
        """Ask a question once; False when somebody wants to go back. Nothing is asked after the end."""
        self.open = here
        say(f"{self._place}{escape.terminal(here.question.ask)}")
        if here.question.form is Form.CHOICE:
            show_choices()
        if here.question.form is Form.TEXT:
            say(f"  As many lines as you like; a line with only {END} ends it.")
        line = self._line(LINE_PROMPT if here.question.form is Form.TEXT else PROMPT, here.question)
        if line is not None and self._is_unclear(here.question, line):
            say('  That was not understood: numbers of the list, or "no". Other words are kept, but decide nothing.')
            again = self._line(PROMPT, here.question)
            line = line if again is None or not again.strip() else again
        if line is None or line.strip() == BACK:
            return line is None
        self._take(here, line)
        self.open = None
        return True

    def _take(self, here: Given, line: str) -> None:
        """Save the answer that a line is, or begins."""
        if here.number and line.strip() == TAKE_BACK:
            here.text = "(taken back)"
            self.save(here.question.id, "", corrects=here.number, about=here.about)
        elif not line.strip() or (here.question.form is Form.TEXT and line.strip() == END):
            return
        elif here.question is incident_fields.FOLLOW_UP_DONE and (is_no(line) or _NOT_YET.match(line.strip().lower())):
            say("  Then it stays open; nothing was saved.")
        else:
            text = self._kept_as(here.question, line)
            here.number = self.save(here.question.id, text, corrects=here.number, about=here.about)
            here.text = text
            if here.question.form is Form.PEOPLE:
                say(f"  understood: {escape.terminal(incident_people.understood(text))}")
            if here.question.id == "taken-by" and (writers := incident_people.read(text, "")):
                self.by = writers[0].names[0]
            if here.question.form is Form.TEXT:
                self._further_lines(here)

    def _further_lines(self, here: Given) -> None:
        """Save the lines of a text one by one, until "." or the end; "<" replaces the line before."""
        last, shown, corrects, blank = here.number, here.text, 0, ""
        while (line := self._line(LINE_PROMPT, here.question)) is not None and line.strip() != END:
            if line.strip() == BACK:
                corrects = last
                say(f"  Once more this line (- takes it back): {escape.terminal(shown.strip())}")
            elif corrects and corrects != here.number and line.strip() == TAKE_BACK:
                self.save(here.question.id, "", corrects=corrects, about=here.number)
                last, shown, corrects = here.number, here.text, 0
            elif not line.strip():
                blank += "\n"
            elif corrects and corrects == here.number:  # nothing goes on with it yet
                here.number = last = self.save(here.question.id, line, corrects=corrects)
                here.text, shown, corrects = line, line, 0
            else:
                last = self.save(here.question.id, blank + line, corrects=corrects, about=here.number)
                here.text, shown, corrects, blank = f"{here.text} / {line}", line, 0, ""

    def _kept_as(self, question: Question, line: str) -> str:
        """Return an answer as the record keeps it: numbers of a list as what they mean, a day as a date."""
        if question.form is Form.CHOICE and (ids := incident_where.read(line)) is not None:
            return incident_where.written(ids)
        if question.form is Form.PEOPLE and self.by:
            return _ME.sub(lambda _: self.by, line)
        if question.id == incident_fields.FOLLOW_UP_DUE.id:
            return incident.due(line, self.clock().date())
        return line

    def _is_unclear(self, question: Question, line: str) -> bool:
        is_word = line.strip() not in {"", BACK, TAKE_BACK}
        return question.form is Form.CHOICE and is_word and incident_where.read(line) is None

    def _line(self, prompt: str, question: Question | None = None) -> str | None:
        """Return the next line; help is shown as often as it is asked for."""
        while (line := self.lines.next(prompt)) is not None:
            if question is None or line.strip() != HELP:
                return line
            say(f"  {escape.terminal(question.help)}")
            say(f"  {HOW}")
        say("")
        self.is_over = True
        return None


def is_no(text: str) -> bool:
    """Whether an answer is no, with or without more behind a comma: "no idea" is none."""
    return re.split(r"[,.;:!–]", text.strip().casefold())[0].strip() in NO


def show_choices() -> None:
    """Print what decides who else is told, each with the number by which it is said."""
    for number, one in enumerate(incident_where.CIRCUMSTANCES, 1):
        say(f"  {number}  {one.text}")
    say('  Numbers, such as "1 5"; no for none of them; Enter where nobody knows.')
