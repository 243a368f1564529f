"""A made-up plan with one of everything, how its edits ended, and a way to put hostile text into every part of them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from bot.config import Limits
from bot.plan.edits import Edit, Input, Plan
from bot.plan.outcomes import End, Outcome, outcome
from tests.render.made_up import same

OLD = "<languages/>\n== Programme ==\n* 13:00 Welcome\n* 14:00 Sources\n\n== Participants ==\n# [[User:Heron]]\n"


def plan(word: Callable[[str], str] = same) -> Plan:
    """Return a plan; ``word`` is called on every text that can come from a wiki, a file or the settings."""
    old = word(OLD).rstrip()
    notice = f"{{{{Event conduct notice|version=3}}}}\n{old}"
    why = (word("The page has no conduct notice."), word("The event opted in."))
    return Plan(
        site=word("meta:meta"),
        server=word("https://meta.example.org"),
        user=word("TestBot"),
        software=word("MediaWiki 1.45.1"),
        read_at=datetime(2026, 11, 21, 1, 2, 3, tzinfo=UTC),
        inputs=(
            Input("page", word("Event:Learning Clinic"), 871),
            Input(word("registration"), word("Registration 12")),
        ),
        limits={
            "": Limits(talk_pages=0, new_pages=20),
            word("notices"): Limits(edits=2, talk_pages=1, new_pages=20),
            word("review"): Limits(share_removed=0.25, talk_pages=0, new_pages=20),
        },
        edits=(
            Edit(word("Event:Learning Clinic"), 1728, word("notices"), 871, old, notice, word("Conduct notice"), why),
            Edit(
                word("User:TestBot/Event review/Learning Clinic"),
                2,
                word("review"),
                0,
                "",
                word("__NOINDEX__\n{{Event safety flag|id=5}}"),
                word("Event review: one account needs a look"),
                (word("One registrant stands on a public list."),),
                tags=(word("event-safety"),),
            ),
            Edit(
                word("Event talk:Learning Clinic"), 1729, word("notices"), 874, old, notice, word("Conduct notice"), why
            ),
            Edit(
                word("Event:出典 Clinic"),
                1728,
                word("contacts"),
                880,
                old,
                old[:-1],
                word("Contacts"),
                minor=True,
                bot=False,
            ),
        ),
        notes=(word('"Event:Old Clinic" is over, so it was left alone.'),),
    )


def ended(made: Plan, word: Callable[[str], str] = same) -> tuple[Outcome, ...]:
    """Return how the first three edits of ``plan`` ended; the fourth was not tried."""
    first, second, third, _ = made.edits
    return (
        outcome(first, End.SAVED, revid=901),
        outcome(second, End.FILTERED, code=word("abusefilter-disallowed"), filter_id=word("17")),
        outcome(third, End.STOPPED, text=word('Stopped: the page "User:TestBot/Run" does not say "run".')),
    )


PLAN = plan()
ENDED = ended(PLAN)
EMPTY = Plan("meta:meta", "https://meta.example.org", "TestBot", "", PLAN.read_at, (), {}, (), PLAN.notes)
