"""Who set a status is read from the history: what counts, what does not and why, whatever others did in between."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.model import Status
from bot.parse import reviews
from bot.parse.sites import META
from bot.plan import decisions
from bot.plan.decisions import Decisions, Uncounted, Version
from bot.plan.edits import text_digest

BOT = "TestBot"
REVIEWERS = frozenset({"Rita", "Rob"})
BEGINNING = datetime(2026, 11, 1, tzinfo=UTC)
FLAG = "k7m2xq4d"
Step = tuple[str | None, str | None]  # who saved what; None: it is hidden


def row(status: str = "open", comment: str = "", identity: str = FLAG, facts: str = "f1", name: str = "Ada") -> str:
    return (
        f"{{{{Event safety flag\n| id = {identity}\n| name = {name}\n| facts = {facts}\n"
        f"| status = {status}\n| comment = {comment}\n}}}}"
    )


def settled(identity: str = FLAG, status: str = "handled", facts: str = "f1", revision: int = 2) -> str:
    return (
        f"{{{{Event safety settled | id = {identity} | facts = {facts} | status = {status} | revision = {revision} }}}}"
    )


OPEN = row()
BROKEN = row().removesuffix("}}")


def history(*steps: Step) -> list[Version]:
    """Return revisions 1, 2, 3 … of a page, the newest first."""
    versions = [
        Version(
            number,
            user,
            BEGINNING + timedelta(hours=number),
            None if text is None else reviews.read(text, META),
            "" if text is None else text_digest(text),
        )
        for number, (user, text) in enumerate(steps, 1)
    ]
    return versions[::-1]


def read(*steps: Step) -> Decisions:
    return decisions.read(history(*steps), REVIEWERS.__contains__, BOT, lambda revid: f"https://x.example/{revid}")


def accepted(*steps: Step) -> dict[str, tuple[str, str, int]]:
    """Return of each flag whose decision counts the status, who set it and in which revision."""
    return {flag: (one.status.value, one.by, one.revid) for flag, one in read(*steps).accepted.items()}


def whys(*steps: Step) -> list[tuple[str, int, str]]:
    return [(one.flag, one.revid, one.why) for one in read(*steps).uncounted]


NO_REVIEWER = "who set it is in no reviewer group"
FORGED = "it was not put there by the bot"
SELF = "nobody decides about themselves"


def test_a_decision_says_everything() -> None:
    [decision] = read((BOT, OPEN), ("Rita", row("Confirmed", "I met her"))).accepted.values()
    assert decision.flag == FLAG
    assert decision.status is Status.CONFIRMED
    assert (decision.by, decision.revid, decision.when) == ("Rita", 2, BEGINNING + timedelta(hours=2))
    assert (decision.facts, decision.comment, decision.url) == ("f1", "I met her", "https://x.example/2")


MOVED = f"{row(identity='zzzzzz')}\n\nA remark of mine. --Nora\n\n"
ONE_LINE = "{{event safety flag|status=confirmed|comment=|id=k7m2xq4d|name=Ada|facts=f1}}"


@pytest.mark.parametrize(
    ("steps", "status", "by", "revid"),
    [
        pytest.param(
            [(BOT, OPEN), ("Rita", row("confirmed"))], "confirmed", "Rita", 2, id="set in the newest revision"
        ),
        pytest.param([("Rita", row("handled"))], "handled", "Rita", 1, id="the page begins with it"),
        pytest.param(
            [(BOT, OPEN), ("Rita", row("Not this PERSON"))], "not this person", "Rita", 2, id="another spelling"
        ),
        pytest.param(
            [(BOT, OPEN), ("Rita", row("handled")), ("Nora", row("Handled")), ("Rob", row(" HANDLED "))],
            "handled",
            "Rita",
            2,
            id="others spelt it otherwise since",
        ),
        pytest.param(
            [(BOT, OPEN), ("Rita", row("confirmed")), ("Nora", f"{MOVED}{ONE_LINE}")],
            "confirmed",
            "Rita",
            2,
            id="others moved and reformatted it since",
        ),
        pytest.param(
            [(BOT, OPEN), ("Rita", row("confirmed")), ("Nora", row("confirmed", name="Somebody", facts="f9"))],
            "confirmed",
            "Rita",
            2,
            id="others changed the bot's parameters since",
        ),
        pytest.param(
            [(BOT, OPEN), ("Rita", row("confirmed")), (BOT, row("confirmed", name="New")), (BOT, row("confirmed"))],
            "confirmed",
            "Rita",
            2,
            id="the bot brought it up to date since",
        ),
        pytest.param(
            [(BOT, OPEN), ("Nora", row("confirmed")), ("Rob", OPEN), ("Rita", row("confirmed"))],
            "confirmed",
            "Rita",
            4,
            id="open again in between",
        ),
        pytest.param(
            [(BOT, OPEN), ("Rita", row("confirmed")), ("Nora", OPEN), ("Otto", row("confirmed"))],
            "confirmed",
            "Rita",
            2,
            id="somebody took back that somebody had opened it",
        ),
        pytest.param(
            [("Rita", row("confirmed")), ("Nora", ""), ("Nora", row("confirmed"))],
            "confirmed",
            "Rita",
            1,
            id="somebody took back that the page was emptied",
        ),
        pytest.param(
            [("Rob", row("confirmed")), ("Rita", row("handled")), ("Rob", row("confirmed"))],
            "confirmed",
            "Rob",
            3,
            id="another status in between",
        ),
        pytest.param(
            [("Rob", row("confirmed")), (None, "blanked"), ("Rita", row("confirmed"))],
            "confirmed",
            "Rita",
            3,
            id="a reviewer brought it back after it was gone",
        ),
        pytest.param(
            [(BOT, OPEN), ("Rita", row("handled")), ("Nora", BROKEN), ("Nora", row("handled"))],
            "handled",
            "Rita",
            2,
            id="broken and repaired by others since",
        ),
        pytest.param(
            [("Rita", row("handled")), ("Nora", row("handled") * 2), ("Nora", row("handled"))],
            "handled",
            "Rita",
            1,
            id="there twice for a while",
        ),
        pytest.param(
            [("Rita", row("handled")), ("Nora", None), (None, row("handled"))],
            "handled",
            "Rita",
            1,
            id="the text of a revision in between is hidden",
        ),
    ],
)
def test_it_counts(steps: Sequence[Step], status: str, by: str, revid: int) -> None:
    assert accepted(*steps) == {FLAG: (status, by, revid)}
    assert whys(*steps) == []


UNKNOWN_STATUS = "it is none of: open, confirmed, not this person, handled"


@pytest.mark.parametrize(
    ("steps", "revid", "why"),
    [
        pytest.param([(BOT, OPEN), ("Nora", row("handled"))], 2, NO_REVIEWER, id="by somebody else"),
        pytest.param(
            [(BOT, OPEN), ("Nora", row("handled")), ("Rita", f"{row('handled')}\nSigned --Rita")],
            2,
            NO_REVIEWER,
            id="a reviewer edited something else since",
        ),
        pytest.param(
            [("Rita", row("confirmed")), ("Rob", OPEN), ("Nora", row("confirmed"))],
            3,
            NO_REVIEWER,
            id="somebody else went back to what a reviewer had said",
        ),
        pytest.param(
            [(BOT, OPEN), ("Nora", row("confirmed")), ("Otto", ""), ("Rita", row("confirmed"))],
            2,
            NO_REVIEWER,
            id="a reviewer took back that the page was emptied",
        ),
        pytest.param(
            [
                (BOT, OPEN),
                ("Nora", row("handled")),
                (BOT, f"{row('handled')}x"),
                ("Nora", ""),
                ("Rob", f"{row('handled')}x"),
            ],
            2,
            NO_REVIEWER,
            id="the same with the bot in between",
        ),
        pytest.param(
            [(BOT, OPEN), ("Rita", row("handled")), ("Rob", OPEN), ("Nora", row("handled"))],
            4,
            NO_REVIEWER,
            id="a reviewer had opened it again before somebody else took that back",
        ),
        pytest.param([(BOT, OPEN), (None, row("handled"))], 2, "who set it is hidden", id="the user is hidden"),
        pytest.param([(BOT, OPEN), ("Rita", row("hanled"))], 2, UNKNOWN_STATUS, id="no known status"),
        pytest.param([(BOT, OPEN), ("Rita", row("not-this person"))], 2, UNKNOWN_STATUS, id="with a hyphen"),
        pytest.param([(BOT, OPEN), (None, row("done"))], 2, UNKNOWN_STATUS, id="no known status, and hidden"),
        pytest.param([(BOT, OPEN), ("rita", row("handled"))], 2, NO_REVIEWER, id="a like name"),
        pytest.param([(BOT, OPEN), (BOT, row("handled"))], 2, NO_REVIEWER, id="the bot is no reviewer"),
        pytest.param(
            [(BOT, OPEN), ("Nora", row("handled").removesuffix("}}")), ("Rita", row("handled"))],
            2,
            NO_REVIEWER,
            id="set and broken at once, repaired by a reviewer",
        ),
        pytest.param(
            [(BOT, OPEN), ("Nora", None), ("Rita", row("handled"))],
            2,
            NO_REVIEWER,
            id="the text that may have set it is hidden",
        ),
        pytest.param(
            [(BOT, row(name="Rita")), ("Rita", row("handled", name="Rita"))], 2, SELF, id="a reviewer about themselves"
        ),
        pytest.param(
            [(BOT, row(name="Rita")), ("Rita", row("handled", name="Somebody"))],
            2,
            SELF,
            id="a reviewer about themselves, under another name",
        ),
        pytest.param(
            [(BOT, row(name="Rita")), ("Rita", row(name="")), ("Rita", row("handled", name=""))],
            3,
            SELF,
            id="a reviewer about themselves, in two steps",
        ),
        pytest.param(
            [(BOT, row(name="Old")), ("Rita", row("handled", name="Old")), (BOT, row("handled", name="Rita"))],
            2,
            SELF,
            id="a reviewer about themselves, renamed since",
        ),
    ],
)
def test_it_does_not_count(steps: Sequence[Step], revid: int, why: str) -> None:
    assert accepted(*steps) == {}
    assert whys(*steps) == [(FLAG, revid, why)]


def test_a_name_with_invisible_characters_is_known_as_it_is_written() -> None:
    name = "R\ufe00"
    page = row(name="R&#60;U&#43;FE00&#62;")
    versions = history((BOT, page), (name, page.replace("open", "handled")))
    found = decisions.read(versions, lambda _: True, BOT, str)
    assert [one.why for one in found.uncounted] == [SELF]


def test_a_name_that_others_wrote_into_a_row_keeps_nobody_from_deciding() -> None:
    assert accepted((BOT, OPEN), ("Nora", row(name="Rita")), (BOT, OPEN), ("Rita", row("handled"))) == {
        FLAG: ("handled", "Rita", 4)
    }


OTHER = "b8n4vc2s"
BOTH = f"{OPEN}\n\n{row(identity=OTHER, name='Bea', facts='f2')}"
SWAPPED = f"{row(identity=OTHER)}\n\n{row(name='Bea', facts='f2')}"


@pytest.mark.parametrize(
    ("steps", "why"),
    [
        pytest.param(
            [(BOT, BOTH), ("Nora", SWAPPED), ("Rita", SWAPPED.replace("status = open", "status = not this person", 1))],
            [(OTHER, 3, "somebody had changed what the flag says")],
            id="the ids of two flags were swapped",
        ),
        pytest.param(
            [(BOT, OPEN), ("Nora", row(name="Bea")), ("Rita", row("confirmed", name="Bea")), (BOT, row("confirmed"))],
            [(FLAG, 3, "somebody had changed what the flag says")],
            id="another name, put right by the bot since",
        ),
        pytest.param(
            [("Nora", OPEN), ("Rita", row("confirmed"))], [(FLAG, 2, "the bot did not write this flag")], id="made up"
        ),
        pytest.param([("Rob", OPEN), ("Rita", row("confirmed"))], [], id="written by a reviewer"),
        pytest.param(
            [(BOT, OPEN), ("Nora", row(name="Bea")), (BOT, OPEN), ("Rita", row("confirmed"))], [], id="put right before"
        ),
    ],
)
def test_nobody_decides_about_what_others_wrote_into_a_flag(
    steps: Sequence[Step], why: list[tuple[str, int, str]]
) -> None:
    assert whys(*steps) == why


def test_facts_are_those_on_which_it_was_decided() -> None:
    changed_since = read(
        (BOT, row(facts="f1")), ("Rita", row("confirmed", facts="f1")), (BOT, row("confirmed", facts="f2"))
    )
    assert changed_since.accepted[FLAG].facts == "f1"
    broken_then = read((BOT, BROKEN), (BOT, row("x")), ("Rita", row("handled")), ("Nora", row("handled", facts="f9")))
    assert broken_then.accepted[FLAG].facts == "f1"
    behind_a_hidden_one = read(("Rita", None), ("Rob", row("handled")), ("Nora", row("handled", facts="f9")))
    assert behind_a_hidden_one.accepted[FLAG].facts == "f1"


@pytest.mark.parametrize(
    ("steps", "comment"),
    [
        pytest.param([("Rita", row("handled", "Hers"))], "Hers", id="with the status"),
        pytest.param([("Rita", row("handled")), ("Rob", row("handled", "His"))], "His", id="another reviewer's, later"),
        pytest.param([("Rita", row("handled")), ("Nora", row("handled", "No"))], "", id="somebody else's"),
        pytest.param([("Rita", row("handled")), (None, row("handled", "No"))], "", id="somebody's who is hidden"),
        pytest.param(
            [(BOT, OPEN), ("Nora", row(comment="No")), ("Rita", row("handled", "No"))],
            "",
            id="somebody else's before the status",
        ),
        pytest.param(
            [("Rita", row("handled", "Hers")), ("Nora", row("handled", "x")), ("Rita", row("handled", "Hers"))],
            "Hers",
            id="put right by the reviewer",
        ),
        pytest.param([("Rita", row("handled", "Hers")), ("Nora", row("handled"))], "", id="taken away"),
    ],
)
def test_a_comment_is_told_when_a_reviewer_wrote_it(steps: Sequence[Step], comment: str) -> None:
    assert read(*steps).accepted[FLAG].comment == comment


@pytest.mark.parametrize(
    ("steps", "by", "revid"),
    [
        pytest.param(
            [(BOT, OPEN), ("Rita", row("handled")), (BOT, settled())],
            "Rita",
            2,
            id="settled by the bot, known who said it",
        ),
        pytest.param([(BOT, settled(revision=99))], BOT, 99, id="the decision is out of sight"),
        pytest.param([("Rita", settled(revision=99))], "Rita", 99, id="put back by a reviewer"),
        pytest.param(
            [(BOT, settled(revision=99)), ("Nora", "words\n" + settled(revision=99))],
            BOT,
            99,
            id="moved by others since",
        ),
        pytest.param(
            [
                (BOT, settled(revision=99)),
                ("Nora", "{{event_safety_settled\n|status=Handled|id=k7m2xq4d|facts=f1|revision=99}}"),
            ],
            BOT,
            99,
            id="reformatted by others since",
        ),
    ],
)
def test_settled(steps: Sequence[Step], by: str, revid: int) -> None:
    found = read(*steps)
    decision = found.settled[FLAG]
    assert (decision.by, decision.revid, decision.status) == (by, revid, Status.HANDLED)
    assert (decision.facts, decision.url) == ("f1", f"https://x.example/{revid}")
    assert (found.accepted, found.uncounted) == ({}, ())


@pytest.mark.parametrize(
    ("steps", "revid", "why"),
    [
        pytest.param([(BOT, ""), ("Nora", settled())], 2, FORGED, id="forged"),
        pytest.param([(BOT, ""), (None, settled())], 2, FORGED, id="by somebody hidden"),
        pytest.param(
            [("Nora", settled()), (BOT, settled()), (BOT, settled())], 1, FORGED, id="the bot edited it since"
        ),
        pytest.param([(BOT, settled()), ("Nora", settled(facts="f2"))], 2, FORGED, id="other facts written into it"),
        pytest.param(
            [(BOT, settled()), ("Nora", settled(revision=1))], 2, FORGED, id="another decision written into it"
        ),
        pytest.param([(BOT, settled(identity="zzzzzz")), ("Nora", settled())], 2, FORGED, id="made another flag's"),
        pytest.param(
            [(BOT, settled()), ("Rita", settled(status="open"))],
            2,
            "only what was handled is settled",
            id="opened again",
        ),
        pytest.param(
            [(BOT, settled(status="")), (BOT, "x"), ("Nora", settled(status=""))],
            1,
            "only what was handled is settled",
            id="without a status",
        ),
    ],
)
def test_not_settled(steps: Sequence[Step], revid: int, why: str) -> None:
    assert read(*steps).settled == {}
    assert whys(*steps) == [(FLAG, revid, why)]


def test_a_settled_line_of_the_bot_is_not_the_forged_one_that_it_replaced() -> None:
    forged = settled(revision=1)
    steps = (("Nora", f"{OPEN}\n{forged}"), ("Rita", f"{row('handled')}\n{forged}"), (BOT, settled(revision=2)))
    assert read(*steps).settled[FLAG].by == "Rita"


def test_a_row_and_a_settled_line_of_one_flag_are_told_apart() -> None:
    found = read((BOT, settled()), ("Nora", f"{row('handled')}\n{settled()}"))
    assert list(found.settled) == [FLAG]
    assert [one.revid for one in found.uncounted] == [2]
    both = f"{OPEN}\n{settled()}"
    assert list(read((BOT, both), ("Nora", f"{both}\nwords")).settled) == [FLAG]


def test_what_is_there_twice_or_broken_is_nobodys_decision() -> None:
    assert read(("Rita", row("handled") * 2)) == Decisions({}, {}, ())
    assert read(("Rita", row("handled").removesuffix("}}"))) == Decisions({}, {}, ())


def test_every_flag_has_its_own_setter() -> None:
    other = "zzzzzz"
    steps = (
        (BOT, f"{OPEN}\n{row(identity=other)}"),
        ("Rita", f"{row('confirmed')}\n{row(identity=other)}"),
        ("Nora", f"{row('handled', identity=other)}\n{row('confirmed')}"),
    )
    assert accepted(*steps) == {FLAG: ("confirmed", "Rita", 2)}
    assert read(*steps).uncounted == (Uncounted(other, 3, "handled", NO_REVIEWER),)


@pytest.mark.parametrize(
    ("text", "nobody"),
    [
        pytest.param("", True, id="an empty page"),
        pytest.param(OPEN, True, id="an open flag"),
        pytest.param(row(""), True, id="a status that was taken away"),
        pytest.param(row("OPEN", "a comment"), True, id="a comment alone"),
        pytest.param(row("confirmed"), False, id="a decision"),
        pytest.param(row("whatever"), False, id="some other word"),
        pytest.param(settled(), False, id="a settled flag"),
    ],
)
def test_undecided(text: str, *, nobody: bool) -> None:
    assert decisions.undecided(reviews.read(text, META)) is nobody


@pytest.mark.parametrize(
    ("steps", "enough"),
    [
        pytest.param([("Nora", OPEN)], True, id="nothing decided"),
        pytest.param([("Nora", row("handled"))], False, id="decided, and nothing before it is known"),
        pytest.param([(BOT, OPEN), ("Rita", row("handled"))], True, id="the setter is known"),
        pytest.param([("Nora", OPEN), ("Rita", row("handled"))], False, id="what the bot had written is not known"),
        pytest.param([("Nora", row("handled")), ("Rita", row("handled"))], False, id="somebody earlier"),
        pytest.param(
            [("Nora", row(comment="x")), ("Rita", row("handled", "x"))], False, id="somebody earlier wrote the comment"
        ),
        pytest.param([("Nora", row(comment="x")), ("Rita", row(comment="x"))], True, id="a comment on nothing decided"),
        pytest.param([("Nora", None), ("Rita", row("handled"))], False, id="what is before it is hidden"),
        pytest.param([("Nora", BROKEN), ("Rita", row("handled"))], False, id="what is before it cannot be read"),
        pytest.param([(BOT, settled()), ("Nora", settled())], False, id="settled earlier"),
        pytest.param([(BOT, settled(status=""))], False, id="settled without a status"),
        pytest.param([(BOT, OPEN), (BOT, settled())], True, id="settled here"),
    ],
)
def test_a_history_is_long_enough(steps: Sequence[Step], *, enough: bool) -> None:
    before = [("Rob", f"Before {number}.") for number in range(50)] if enough else []
    assert decisions.is_complete(history(*before, *steps), BOT, whole=False) is enough
    assert decisions.is_complete(history(*steps), BOT, whole=True)


def test_everybody_who_edited_is_asked_about_but_the_bot_and_who_is_hidden() -> None:
    steps: tuple[Step, ...] = ((BOT, OPEN), ("Bert", row("handled")), (None, OPEN), ("Cleo", None), ("Bert", OPEN))
    assert decisions.people(history(*steps), BOT) == {"Bert", "Cleo"}


# Whatever people do to a page: a decision that counts was made by a reviewer, in a revision that made it so.

_USERS = st.sampled_from(("Rita", "Rob", "Nora", BOT, None))
_STATUSES = st.sampled_from(("open", "", "confirmed", "Handled", "not-this person", "done"))
_NAMES = st.sampled_from(("Ada", "Rita"))
_ROWS = st.builds(row, _STATUSES, st.sampled_from(("", "x", "y")), st.sampled_from((FLAG, "zzzzzz")), name=_NAMES)
_PARTS = st.one_of(_ROWS, st.just(settled()), st.just(BROKEN), st.just("words"))
_TEXTS = st.none() | st.lists(_PARTS, max_size=3).map("\n\n".join)


@st.composite
def histories(draw: st.DrawFn) -> list[Step]:
    steps = draw(st.lists(st.tuples(_USERS, _TEXTS), max_size=6))
    last = draw(st.tuples(_USERS, _TEXTS.map(lambda text: text or "")))
    return [*steps, last]


def _status_in(version: Version, flag: str) -> str | None:
    rows = version.page.rows if version.page else ()
    return next((one.status for one in rows if one.id == flag), None)


@given(histories())
def test_only_a_reviewer_who_changed_it_is_believed(steps: list[Step]) -> None:
    versions = history(*steps)
    by_revid: Mapping[int, Version] = {version.revid: version for version in versions}
    found = read(*steps)
    for flag, decision in found.accepted.items():
        setter = by_revid[decision.revid]
        assert decision.by == setter.user in REVIEWERS
        assert _status_in(versions[0], flag) == decision.status.value
        before = by_revid.get(decision.revid - 1)
        assert before is None or _status_in(before, flag) != decision.status.value
        since = [version for version in versions if version.revid > decision.revid]
        assert {_status_in(version, flag) for version in since} <= {decision.status.value, None}
    present = versions[0].page or reviews.ReviewPage()
    told = [*found.accepted, *found.settled, *(one.flag for one in found.uncounted)]
    expected = [*(one.id for one in present.rows if one.status != "open"), *(one.id for one in present.settled)]
    assert sorted(told) == sorted(expected)


@given(histories())
def test_more_history_than_is_needed_changes_nothing(steps: list[Step]) -> None:
    whole = history(*steps)
    newest = next(
        whole[:length]
        for length in range(1, len(whole) + 1)
        if decisions.is_complete(whole[:length], BOT, whole=length == len(whole))
    )
    short = decisions.read(newest, REVIEWERS.__contains__, BOT, str)
    long = decisions.read(whole, REVIEWERS.__contains__, BOT, str)
    assert short.accepted.keys() >= long.accepted.keys()
    assert short.settled.keys() == long.settled.keys()
    for flag, decision in long.accepted.items():
        assert short.accepted[flag] == decision
