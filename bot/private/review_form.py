"""The post-incident review as a form of text: printed empty, read when filled in; knows no record and no terminal.

The questions are those of the training module "Keeping events safe", After the event: Conduct a post-incident review.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bot.private.incident_fields import REVIEW, Question

HINT = "#"
_ABOUT = (
    "The review of an incident, by the response team, once the event is over: a meeting, a call or notes.",
    "Write behind the colons, as many lines as you like; leave empty what does not apply.",
    "Lines that begin with # are not taken over. The answers become part of the record, which is confidential;",
    "for a public version: eventsafety incident anonymize. Delete this file when it was read in.",
)
_BY_ID = {one.id: one for one in REVIEW}


def questions() -> tuple[Question, ...]:
    """Return the questions of the review, in order."""
    return REVIEW


def blank(given: Mapping[str, str] | None = None) -> str:
    """Return the form to fill in, with the answers ``given`` so far."""
    return "\n".join(_lines(given or {})) + "\n"


def _lines(given: Mapping[str, str]) -> Iterator[str]:
    yield from (f"{HINT} {line}" for line in _ABOUT)
    for question in REVIEW:
        yield ""
        yield f"{HINT} {question.ask}"
        yield f"{HINT} {question.help}"
        first, *others = given.get(question.id, "").split("\n")
        yield f"{question.id}: {first}".rstrip()
        yield from (f"  {line}" if line else "" for line in others)


def read(form: str) -> tuple[tuple[str, str], ...]:
    """Return the ids of the questions that the form answers with the answers, in the order of the questions.

    A question that is answered twice has both answers; text before the first question is no answer.
    """
    answers: dict[str, list[str]] = {}
    current: list[str] | None = None
    for line in form.splitlines():
        if line.startswith(HINT):
            continue
        name, colon, rest = line.partition(":")
        if colon and name.strip().lower() in _BY_ID:
            current = answers.setdefault(name.strip().lower(), [])
            current.append(rest.strip())
        elif current is not None:
            current.append(line.strip())
    texts = {name: "\n".join(lines).strip() for name, lines in answers.items()}
    return tuple((one.id, text) for one in REVIEW if (text := texts.get(one.id)))
