"""The questions of an incident record, in the order in which they are asked; knows no record and no terminal.

What is asked is what the training module "Keeping events safe" tells to note (During the event; After the event), and
what Meta's checklists for a report of the event resource kit have lines for.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Form(StrEnum):
    """How an answer is written: which of its words are people, places, times."""

    LINE = "a line"
    TEXT = "a text of several lines"
    PEOPLE = "people"
    PLACE = "a place"
    WHEN = "a time"
    CHOICE = "some of a list"


@dataclass(frozen=True, slots=True)
class Question:
    """A field of the record: ``id`` for ever, ``label`` for whoever reads, ``ask`` for whoever is asked.

    With ``is_many`` a further answer stands beside the one before; else it takes its place. ``role`` is what the people
    of the answer are in the incident.
    """

    id: str
    label: str
    ask: str
    help: str
    form: Form = Form.LINE
    is_many: bool = False
    role: str = ""


_NAMES = "Several people: A, B and C. Several names of one person: Ada Abacus = User:Ada = Ada."

QUESTIONS = (
    Question(
        "danger",
        "Immediate danger",
        "Is anybody in danger right now?",
        "yes, no, or a few words. In danger, help comes first: local emergency services, venue security, a doctor. "
        "The record can wait.",
    ),
    Question(
        "taken-by",
        "Report taken by",
        "Who is taking this report? (your name)",
        f"Whoever listens and writes. {_NAMES}",
        Form.PEOPLE,
        role="took the report",
    ),
    Question(
        "handlers",
        "Handled by",
        "Who handles it? (two people, if you can)",
        f"Nobody should handle a report alone: one talks, the other helps and is a witness. {_NAMES}",
        Form.PEOPLE,
        is_many=True,
        role="handler",
    ),
    Question("event", "Event", "At which event?", "The title of its page, or the name that people use for it."),
    Question(
        "reporting",
        "Reporting person",
        "Who is telling you?",
        "Skip it where they would rather not be named. Ask whether they would rather talk to somebody else of the "
        f"team. {_NAMES}",
        Form.PEOPLE,
        is_many=True,
        role="reporting person",
    ),
    Question(
        "reported",
        "Reported person",
        "Who is it about?",
        f"A name, a badge, a description: whatever is known. {_NAMES}",
        Form.PEOPLE,
        is_many=True,
        role="reported person",
    ),
    Question(
        "target",
        "Person affected",
        "Who was affected, if it is somebody else?",
        f"Witnesses may report as well as those to whom it was done. {_NAMES}",
        Form.PEOPLE,
        is_many=True,
        role="person affected",
    ),
    Question(
        "witnesses",
        "Witnesses",
        "Who saw or heard it?",
        f"Witnesses are in general not kept up to date, for the sake of confidence. {_NAMES}",
        Form.PEOPLE,
        is_many=True,
        role="witness",
    ),
    Question(
        "when",
        "When",
        "When did it happen?",
        'As they say it: "today, about 14:30", "since yesterday evening". Say the day and the local time if you can.',
        Form.WHEN,
    ),
    Question(
        "where",
        "Where",
        "Where did it happen?",
        'The room, the street, the train, a page, a chat. Several places: "hall 2; the hotel".',
        Form.PLACE,
    ),
    Question(
        "what",
        "What happened",
        "What happened?",
        "In their own words, without judging; say it back to them and ask whether it is right. Write what was seen, "
        "heard and done, apart from what somebody feels or supposes.",
        Form.TEXT,
        is_many=True,
    ),
    Question(
        "agreed",
        "Agreed with the reporting person",
        "What did you agree with them? (what you will do; who may know)",
        "They should agree to what the team is about to do. Write down who may know of it, whether they want to be "
        "told how it ended, and how they can be reached.",
        Form.TEXT,
        is_many=True,
    ),
    Question(
        "medical",
        "Medical care",
        "Medical care: needed? given? by whom?",
        "no, or what was done: first aid, a doctor, an ambulance, which hospital, who went along.",
        is_many=True,
    ),
    Question(
        "police",
        "Police",
        "Police: wanted? called? (reference number)",
        "no, or what was done: when they were called, who came, the number of the report. Whether to report a crime "
        "is for the person affected to decide, unless somebody is in danger.",
        is_many=True,
    ),
    Question(
        "security",
        "Venue security",
        "Venue staff or security: told? did what?",
        "no, or whom of the venue you told, when, and what they did.",
        is_many=True,
    ),
    Question(
        "evidence",
        "Evidence",
        "Evidence: what is there, and where is it kept?",
        "Messages, pictures, pages, who saw what. Say where it is; do not copy it into this record or onto a wiki.",
        Form.TEXT,
        is_many=True,
    ),
    Question(
        "kind",
        "Applies",
        "Does any of this apply?",
        "It decides who else has to be told; see the list of addresses at the end.",
        Form.CHOICE,
    ),
    Question(
        "escalation",
        "Escalation",
        "Was it passed on? To whom, when, by which way?",
        "Lead organizer, Trust and Safety, a committee, an affiliate. The addresses come at the end, and with "
        "`eventsafety incident where`.",
        is_many=True,
    ),
    Question(
        "told",
        "Who was told",
        "Who else knows of it by now?",
        "As few as needed. Say who, when, and how much they were told.",
        is_many=True,
    ),
)

FOLLOW_UP = Question(
    "follow-up",
    "Follow-up",
    "What is still to be done?",
    "One thing at a time: talk to somebody, tell them how it ended, hand something over.",
    is_many=True,
)
# These say something of the follow-up whose number stands in the entry.
FOLLOW_UP_WHO = Question(
    "follow-up-who",
    "Who does it",
    "Who does it?",
    f"One of the team. {_NAMES}",
    Form.PEOPLE,
    role="does a follow-up",
)
FOLLOW_UP_DUE = Question(
    "follow-up-due",
    "By when",
    "By when?",
    'A day: 2026-12-31, or "today", "tomorrow", "on Monday", "in 3 days", "in 2 weeks".',
    Form.WHEN,
)
FOLLOW_UP_DONE = Question("follow-up-done", "Done", "How did it go?", "A few words: what was done, and when.")
FOLLOW_UPS = (FOLLOW_UP, FOLLOW_UP_WHO, FOLLOW_UP_DUE, FOLLOW_UP_DONE)

OUTCOME = Question(
    "outcome",
    "Outcome",
    "How did it end? (what was decided, by whom, who was told)",
    "What the team decided and why, what was said to the people involved, what the report could not settle.",
    Form.TEXT,
)
CLOSED = Question(
    "closed",
    "Closed",
    "Anything else before the record is closed?",
    "A record can be opened again: `eventsafety incident add --reopen`.",
)
REOPENED = Question("reopened", "Opened again", "Why is the record opened again?", "A few words.")
NOTE = Question(
    "note",
    "Note",
    "Note:",
    "Anything that has no question of its own.",
    Form.TEXT,
    is_many=True,
)

# The training module: After the event, Conduct a post-incident review.
REVIEW = (
    Question(
        "review-effective",
        "Review: handled effectively",
        "Were you able to handle the reported situation effectively?",
        "Say what makes you think so.",
        Form.TEXT,
    ),
    Question(
        "review-better",
        "Review: what could be better",
        "Could you have done anything better?",
        "Without blame: what would you do another time?",
        Form.TEXT,
    ),
    Question(
        "review-worked",
        "Review: what worked",
        "Which actions or steps worked?",
        "Also the small ones.",
        Form.TEXT,
    ),
    Question(
        "review-learned",
        "Review: what to share",
        "What did you learn that you could share with the community in some way?",
        "Something that helps other teams and tells nothing of those involved.",
        Form.TEXT,
    ),
    Question(
        "review-people",
        "Review: whom to follow up with",
        "Is there a need to follow up with any of the people involved?",
        "Whoever reported, was reported, was the target; other volunteers, participants or attendees.",
        Form.TEXT,
    ),
    Question(
        "review-issues",
        "Review: issues and bottlenecks",
        "Which issues or bottlenecks did you face, and how were they handled, if at all?",
        "Reports that found nobody, a room that was missing, an address that did not answer.",
        Form.TEXT,
    ),
    Question(
        "review-suggestions",
        "Review: suggestions",
        "What do you suggest, so that this is handled better or does not happen again?",
        "For the organizing team, the venue, the next event.",
        Form.TEXT,
    ),
)

ALL = {one.id: one for one in (*QUESTIONS, *FOLLOW_UPS, OUTCOME, CLOSED, REOPENED, NOTE, *REVIEW)}


def question(name: str) -> Question:
    """Return the question of a field, also of one that a later version of the program asks."""
    return ALL.get(name) or Question(name, name, name, "", Form.TEXT, is_many=True)
