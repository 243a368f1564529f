"""Whether an edit may be sent now: the stop switches in their order, pages that moved on, and our own earlier saves."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.plan.edits import Edit, text_digest
from bot.plan.gate import Later, misread, moved_on, switches, unwanted, what_came
from bot.plan.outcomes import End
from tests.plan.invented import BOT, META, STOP_PAGE, edit, seen

EDIT = edit()
NEW = edit(base_revid=0, old_text="")


def test_nothing_stops_a_bot_that_may_run() -> None:
    assert switches(EDIT, seen(), STOP_PAGE) is None


MESSAGE = "somebody wrote on the talk page of TestBot"
UNREADABLE = 'the page "User:TestBot/Run" cannot be read'
SAYS_NO = 'the page "User:TestBot/Run" does not say "run"'
NO_PAGE = f'the page "{EDIT.title}" cannot be read'
STOPS = [
    pytest.param({"is_blocked": True}, End.BLOCKED, "blocked", id="a block"),
    pytest.param({"has_message": True}, End.STOPPED, MESSAGE, id="a message"),
    pytest.param({"stop_text": None}, End.STOPPED, UNREADABLE, id="no stop page, or none that can be read"),
    pytest.param({"stop_text": "stop"}, End.STOPPED, SAYS_NO, id="the stop page says something else"),
    pytest.param({"revid": None}, End.STOPPED, NO_PAGE, id="the page of the edit cannot be read"),
    pytest.param({"is_blocked": True, "has_message": True}, End.BLOCKED, "blocked", id="a block before a message"),
    pytest.param({"is_blocked": True, "stop_text": None}, End.BLOCKED, "blocked", id="a block before the stop page"),
    pytest.param({"has_message": True, "stop_text": None}, End.STOPPED, MESSAGE, id="a message before the stop page"),
    pytest.param({"is_blocked": True, "revid": 10}, End.BLOCKED, "blocked", id="a block, whatever the page"),
    pytest.param({"stop_text": "stop", "revid": None}, End.STOPPED, SAYS_NO, id="the stop page, whatever the page"),
]


@pytest.mark.parametrize(("shown", "end", "says"), STOPS)
def test_a_stop_switch(shown: dict[str, Any], end: End, says: str) -> None:
    found = switches(EDIT, seen(**shown), STOP_PAGE)
    assert found is not None
    assert found.end is end
    assert says in found.text
    assert found.title == EDIT.title
    assert not found.meaning.goes_on


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("run", id="the word"),
        pytest.param("Run", id="as a title begins"),
        pytest.param("  RUN\n", id="with blanks"),
        pytest.param("<!-- Write anything else here to stop the bot. -->\nrun", id="after a comment"),
        pytest.param("run<!-- a\nb --><!-- c -->", id="before comments"),
        pytest.param("<noinclude>run</noinclude>", id="not for inclusion"),
        pytest.param("<NOINCLUDE><!-- x --></NOINCLUDE>run", id="capital tags"),
    ],
)
def test_what_counts_as_the_word(text: str) -> None:
    assert switches(EDIT, seen(stop_text=text), STOP_PAGE) is None


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="empty"),
        pytest.param("stop", id="the opposite"),
        pytest.param("run?", id="a doubt"),
        pytest.param("do not run", id="the word in a sentence"),
        pytest.param("run\n\nPlease stop! ~~~~", id="a person below the word"),
        pytest.param("runs", id="more than the word"),
        pytest.param("r un", id="a gap"),
        pytest.param("<!-- run -->", id="commented out"),
        pytest.param("run <!-- not closed", id="a comment that never ends"),
        pytest.param("<nowiki>run</nowiki>", id="another tag"),
        pytest.param("{{run}}", id="a template"),
        pytest.param("#REDIRECT [[User:TestBot/Run it]]", id="a redirect"),
        pytest.param("\u200brun", id="a character that shows nothing"),
        pytest.param("ｒｕｎ", id="wide letters"),
    ],
)
def test_what_does_not(text: str) -> None:
    found = switches(EDIT, seen(stop_text=text), STOP_PAGE)
    assert found is not None
    assert found.end is End.STOPPED


@given(st.text(alphabet="run <!->/\n", max_size=12))
def test_only_the_word_alone_lets_the_bot_run(text: str) -> None:
    if switches(EDIT, seen(stop_text=text), STOP_PAGE) is None:
        assert "run" in "".join(text.lower().split()) or "<!--" in text
        assert text.replace("run", "", 1).strip() == "" or "-->" in text


@given(st.booleans(), st.booleans(), st.none() | st.sampled_from(["run", "stop", ""]), st.none() | st.integers(0, 12))
def test_any_switch_stops_whatever_the_others_say(
    blocked: bool, message: bool, text: str | None, revid: int | None
) -> None:
    shown = seen(is_blocked=blocked, has_message=message, stop_text=text, revid=revid)
    may_run = not blocked and not message and text == "run" and revid is not None
    assert (switches(EDIT, shown, STOP_PAGE) is None) == may_run


@pytest.mark.parametrize(
    ("base", "revid", "moved"),
    [
        pytest.param(9, 9, False, id="as planned"),
        pytest.param(9, 10, True, id="a later revision"),
        pytest.param(9, 8, True, id="an earlier one: another page took the name"),
        pytest.param(9, 0, True, id="deleted or moved away"),
        pytest.param(9, None, True, id="cannot be read"),
        pytest.param(0, 0, False, id="still no page"),
        pytest.param(0, 9, True, id="somebody made it"),
        pytest.param(0, None, True, id="whether there is a page cannot be read"),
    ],
)
def test_a_page_that_moved_on(base: int, revid: int | None, moved: bool) -> None:
    assert moved_on(edit(base_revid=base), seen(revid=revid)) is moved


@pytest.mark.parametrize(
    ("made", "digest", "differs"),
    [
        pytest.param(EDIT, text_digest("b"), False, id="the text that the plan shows"),
        pytest.param(EDIT, text_digest("b "), True, id="a blank more"),
        pytest.param(EDIT, EDIT.new_digest, True, id="the planned text already"),
        pytest.param(EDIT, "", True, id="the text is hidden"),
        pytest.param(NEW, "", False, id="no page, and the plan shows none"),
        pytest.param(NEW, text_digest(""), True, id="an empty page for none"),
    ],
)
def test_a_plan_that_shows_another_text_than_the_page_has(made: Edit, digest: str, differs: bool) -> None:
    found = misread(made, seen(digest=digest))
    assert (found is not None) is differs
    assert found is None or (found.end is End.REFUSED and "another text" in found.text)


OURS = Later(12, 9, BOT, EDIT.new_digest)
FIRST = Later(12, 0, BOT, NEW.new_digest)
THEIRS = Later(13, 12, "Ada", "f" * 40)
CAME = [
    pytest.param((OURS,), True, End.SAVED_BEFORE, id="our own save"),
    pytest.param((OURS, THEIRS), True, End.SAVED_BEFORE, id="our own, and another after it"),
    pytest.param((OURS, replace(OURS, revid=14, parent=13)), True, End.SAVED_BEFORE, id="our own, twice"),
    pytest.param((OURS, THEIRS), False, End.SAVED_BEFORE, id="our own, deleted since"),
    pytest.param((replace(OURS, user="Ada"),), True, End.CONFLICT, id="somebody else's same text"),
    pytest.param((replace(OURS, user="testBot"),), True, End.CONFLICT, id="somebody of nearly the same name"),
    pytest.param((replace(OURS, user=None),), True, End.CONFLICT, id="whose it is, is hidden"),
    pytest.param((replace(OURS, sha1="f" * 40),), True, End.CONFLICT, id="ours, with another text"),
    pytest.param((replace(OURS, sha1=None),), True, End.CONFLICT, id="ours, with a hidden text"),
    pytest.param((replace(OURS, parent=8),), True, End.CONFLICT, id="ours, on another base"),
    pytest.param((THEIRS, replace(OURS, parent=13)), True, End.CONFLICT, id="ours, but not right after the base"),
    pytest.param((THEIRS,), True, End.CONFLICT, id="somebody's edit"),
    pytest.param((), True, End.CONFLICT, id="the page is there, and nothing after the base: another page"),
    pytest.param((), False, End.MISSING, id="deleted, or moved without a redirect"),
]


@pytest.mark.parametrize(("later", "exists", "end"), CAME)
def test_what_came_to_a_page(later: tuple[Later, ...], exists: bool, end: End) -> None:
    found = what_came(EDIT, later, BOT, exists=exists)
    assert (found.end, found.title) == (end, EDIT.title)
    assert found.revid == (12 if end is End.SAVED_BEFORE else None)


@pytest.mark.parametrize(
    ("later", "exists", "end"),
    [
        pytest.param((FIRST,), True, End.SAVED_BEFORE, id="our own new page"),
        pytest.param((FIRST, THEIRS), True, End.SAVED_BEFORE, id="our own, edited since"),
        pytest.param((replace(FIRST, user="Ada"),), True, End.EXISTS, id="somebody else's same text"),
        pytest.param((replace(FIRST, sha1="f" * 40),), True, End.EXISTS, id="ours, with another text"),
        pytest.param((replace(FIRST, parent=3),), True, End.EXISTS, id="not the first revision"),
        pytest.param((THEIRS, FIRST), True, End.SAVED_BEFORE, id="our own, by the clock of a server that is late"),
        pytest.param((), True, End.EXISTS, id="there, and nothing can be seen"),
        pytest.param((), False, End.MISSING, id="gone again"),
    ],
)
def test_what_came_to_a_page_that_was_to_be_made(later: tuple[Later, ...], exists: bool, end: End) -> None:
    assert what_came(NEW, later, BOT, exists=exists).end is end


later_ones = st.builds(
    Later,
    st.integers(10, 14),
    st.sampled_from([0, 8, 9, 10]),
    st.none() | st.sampled_from([BOT, "Ada"]),
    st.none() | st.sampled_from([EDIT.new_digest, EDIT.old_digest]),
)


@given(st.lists(later_ones, max_size=3), st.booleans())
def test_only_the_revision_right_after_the_base_can_be_ours(later: list[Later], exists: bool) -> None:
    found = what_came(EDIT, later, BOT, exists=exists)
    ours = bool(later) and (later[0].user, later[0].parent, later[0].sha1) == (BOT, 9, EDIT.new_digest)
    assert (found.end is End.SAVED_BEFORE) == ours
    assert found.meaning.done == ours


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("{{nobots}}", id="no bots"),
        pytest.param("a\n{{bots|deny=TestBot}}", id="not this bot"),
        pytest.param("{{bots|allow=OtherBot}}", id="only another"),
        pytest.param("{{bots|optout=review}}", id="not what this task does"),
        pytest.param("{{bots|optout=eventsafety}}", id="nothing from this program"),
        pytest.param("{{bots|optout=all}}", id="no messages at all"),
    ],
)
def test_a_page_that_wants_no_bots_gets_no_edit(text: str) -> None:
    found = unwanted(edit(old_text=text), META, BOT)
    assert found is not None
    assert found.end is End.EXCLUDED
    assert "bot" in found.text
    assert found.meaning.goes_on


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="nothing"),
        pytest.param("{{bots|deny=OtherBot}}", id="not another bot"),
        pytest.param("{{bots|allow=TestBot}}", id="only this one"),
        pytest.param("{{bots|optout=templates}}", id="not what another task does"),
        pytest.param("<nowiki>{{nobots}}</nowiki>", id="shown as text"),
    ],
)
def test_any_other_page_may_be_edited(text: str) -> None:
    assert unwanted(edit(old_text=text), META, BOT) is None


def test_what_the_new_text_says_does_not_count() -> None:
    assert unwanted(edit(old_text="", text="{{nobots}}"), META, BOT) is None
