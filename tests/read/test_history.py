"""The history of a page: every revision once, with what is hidden as hidden, and no further back than is wanted."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from bot.errors import AnswerError, WikiError
from bot.read import history
from bot.read.history import Past
from bot.read.session import Session
from tests.read.memory import MemoryWiki, Reply

TITLE = "User:TestBot/Event review/Event:Learning Clinic"


def revision(revid: int, **more: Any) -> dict[str, Any]:
    """A row as the API gives it."""
    text = {"slots": {"main": {"contentmodel": "wikitext", "content": f"Text {revid}."}}}
    usual = {"revid": revid, "parentid": revid - 1, "user": "Admin", "timestamp": f"2026-11-21T00:00:{revid:02}Z"}
    return {**usual, **text, **more}


def past(revid: int, **more: Any) -> Past:
    """What is made of such a row."""
    usual = {"user": "Admin", "text": f"Text {revid}.", "parent": revid - 1}
    return Past(revid=revid, timestamp=datetime(2026, 11, 21, 0, 0, revid, tzinfo=UTC), **{**usual, **more})


def answer(*rows: dict[str, Any], more: str = "") -> Reply:
    """One answer with these rows; ``more`` is where the next one begins."""
    body: dict[str, Any] = {"query": {"pages": [{"pageid": 1, "ns": 2, "title": TITLE, "revisions": list(rows)}]}}
    return Reply(body | ({"continue": {"rvcontinue": more, "continue": "||"}} if more else {"batchcomplete": True}))


def test_a_short_history_is_one_request(wiki: MemoryWiki, session: Session) -> None:
    wiki.script(answer(revision(3), revision(2), revision(1)), prop="revisions")
    assert list(history.batches(session, TITLE)) == [((past(3), past(2), past(1)), True)]
    [sent] = wiki.asked(prop="revisions")
    asked = {"titles": TITLE, "rvprop": "ids|user|timestamp|content", "rvslots": "main", "rvlimit": "max"}
    assert asked.items() <= sent.params.items()
    assert "redirects" not in sent.params


def test_a_long_history_comes_in_batches_each_only_when_it_is_wanted(wiki: MemoryWiki, session: Session) -> None:
    wiki.script(answer(revision(3), revision(2), more="20261121|1"), answer(revision(1)), prop="revisions")
    batches = history.batches(session, TITLE)
    assert next(batches) == ((past(3), past(2)), False)
    assert len(wiki.asked(prop="revisions")) == 1
    assert next(batches) == ((past(1),), True)
    assert wiki.sent[-1].params["rvcontinue"] == "20261121|1"
    assert list(batches) == []


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        pytest.param(revision(1, parentid=0), past(1, parent=0), id="the first one"),
        pytest.param(
            {key: value for key, value in revision(2, userhidden=True).items() if key != "user"},
            past(2, user=None),
            id="who made it is hidden",
        ),
        pytest.param(
            revision(2, slots={"main": {"contentmodel": "wikitext", "texthidden": True}}),
            past(2, text=None),
            id="its text is hidden",
        ),
        pytest.param(revision(2, slots={"main": {"content": ""}}), past(2, text=""), id="an empty text is a text"),
        pytest.param(revision(2, user="192.0.2.1", anon=True), past(2, user="192.0.2.1"), id="without an account"),
    ],
)
def test_rows(wiki: MemoryWiki, session: Session, row: dict[str, Any], expected: Past) -> None:
    wiki.script(answer(row), prop="revisions")
    assert list(history.batches(session, TITLE)) == [((expected,), True)]


def test_a_page_that_does_not_exist_has_no_history(wiki: MemoryWiki, session: Session) -> None:
    wiki.script(Reply({"query": {"pages": [{"ns": 2, "title": TITLE, "missing": True}]}}), prop="revisions")
    assert list(history.batches(session, TITLE)) == []


@pytest.mark.parametrize(
    "answers",
    [
        pytest.param([answer(revision(2), more="x"), answer(revision(1), more="x")], id="the same place again"),
        pytest.param([answer(revision(2), more="x"), answer(more="y")], id="more of nothing"),
        pytest.param([answer(more="x")], id="nothing, and more"),
    ],
)
def test_a_history_that_does_not_go_on_is_given_up(wiki: MemoryWiki, session: Session, answers: list[Reply]) -> None:
    wiki.script(*answers, prop="revisions")
    with pytest.raises(AnswerError, match="repeats itself"):
        list(history.batches(session, TITLE))


@pytest.mark.parametrize(
    "bad",
    [
        pytest.param(Reply({"error": {"code": "readapidenied", "info": "No."}}), id="refused"),
        pytest.param(answer({"revid": "seven"}), id="another shape"),
        pytest.param(answer({key: value for key, value in revision(1).items() if key != "timestamp"}), id="no time"),
    ],
)
def test_what_cannot_be_read_is_an_error(wiki: MemoryWiki, session: Session, bad: Reply) -> None:
    wiki.script(bad, prop="revisions")
    with pytest.raises(WikiError):
        list(history.batches(session, TITLE))


# --- what somebody made of a page


def test_every_edit_of_somebody_with_what_it_was_made_of(wiki: MemoryWiki, session: Session) -> None:
    mine = [revision(5), revision(3), revision(1, parentid=0)]
    wiki.script(answer(*mine), answer(revision(2), revision(4)), prop="revisions")
    assert history.steps(session, TITLE, "Admin") == (("", "Text 1."), ("Text 2.", "Text 3."), ("Text 4.", "Text 5."))
    first, second = wiki.asked(prop="revisions")
    assert first.params["rvuser"] == "Admin"
    assert second.params["revids"] == "2|4"
    assert "titles" not in second.params


def test_the_texts_before_come_in_as_many_answers_as_it_takes(wiki: MemoryWiki, session: Session) -> None:
    mine = answer(revision(5), revision(3))
    wiki.script(mine, answer(revision(2), more="2"), answer(revision(4)), prop="revisions")
    assert [old for old, _ in history.steps(session, TITLE, "Admin")] == ["Text 2.", "Text 4."]
    assert [sent.params.get("revids") for sent in wiki.asked(prop="revisions")] == [None, "2|4", "4"]


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        pytest.param(
            [revision(2, slots={"main": {"contentmodel": "wikitext", "texthidden": True}})], None, id="hidden"
        ),
        pytest.param([], None, id="deleted"),
        pytest.param([revision(2, slots={"main": {"content": ""}})], "", id="empty"),
    ],
)
def test_a_text_before_that_cannot_be_told_is_none(
    wiki: MemoryWiki, session: Session, before: list[dict[str, Any]], expected: str | None
) -> None:
    wiki.script(answer(revision(3)), answer(*before), prop="revisions")
    assert history.steps(session, TITLE, "Admin") == ((expected, "Text 3."),)


def test_who_never_edited_a_page_made_nothing_of_it(wiki: MemoryWiki, session: Session) -> None:
    wiki.script(answer(), prop="revisions")
    assert history.steps(session, TITLE, "Admin") == ()
    assert len(wiki.asked(prop="revisions")) == 1


def test_texts_that_never_come_are_given_up(wiki: MemoryWiki, session: Session) -> None:
    wiki.script(answer(revision(3)), answer(more="2"), prop="revisions")
    with pytest.raises(AnswerError, match="repeats itself"):
        history.steps(session, TITLE, "Admin")


# --- what somebody undid

OLD, NEW, OTHER = "0" * 40, "1" * 40, "2" * 40


@pytest.mark.parametrize(
    ("steps", "expected"),
    [
        pytest.param([("Ada", OLD), ("Bot", NEW), ("Ada", OLD)], 3, id="taken back"),
        pytest.param([("Ada", OLD), ("Bot", NEW), ("Ada", OLD), ("Bea", OLD)], 3, id="taken back, then only touched"),
        pytest.param([("Ada", OLD), ("Bot", NEW), ("Ada", OTHER), ("Bea", OLD)], 4, id="taken back in two steps"),
        pytest.param([("Ada", OLD), ("Bot", NEW), (None, OLD)], 3, id="by somebody who is hidden"),
        pytest.param([("Ada", OLD), ("Bot", NEW), ("Ada", OLD), ("Bot", NEW), ("Ada", OLD)], 5, id="twice"),
        pytest.param([("Ada", OLD), ("Bot", NEW), ("Bot", OLD)], None, id="by the bot itself"),
        pytest.param(
            [("Ada", OLD), ("Bot", NEW), ("Ada", OTHER), ("Bot", OLD)], None, id="by the bot, after a decision"
        ),
        pytest.param([("Bot", NEW), ("Ada", OLD)], None, id="another step to the same text"),
        pytest.param([("Ada", OTHER), ("Bot", NEW), ("Ada", OLD)], None, id="from another text"),
        pytest.param([("Ada", OLD), ("Bea", NEW), ("Ada", OLD)], None, id="a step of somebody else"),
        pytest.param([("Ada", OLD), ("Bot", NEW), ("Ada", OTHER)], None, id="something else stands there now"),
        pytest.param([("Ada", OLD)], None, id="never made"),
        pytest.param([("Ada", None), ("Bot", None), ("Ada", OLD)], None, id="hidden texts"),
        pytest.param([], None, id="no page"),
    ],
)
def test_what_somebody_undid(
    wiki: MemoryWiki, session: Session, steps: list[tuple[str | None, str | None]], expected: int | None
) -> None:
    rows = [{"revid": number, "user": user, "sha1": sha1} for number, (user, sha1) in enumerate(steps, 1)]
    wiki.script(answer(*reversed([{k: v for k, v in row.items() if v is not None} for row in rows])), prop="revisions")
    assert history.undone(session, TITLE, OLD, NEW, "Bot") == (expected and (expected, steps[expected - 1][0]))
    [sent] = wiki.asked(prop="revisions")
    assert sent.params["rvprop"] == "ids|user|sha1"


def test_when_a_page_began(wiki: MemoryWiki, session: Session) -> None:
    wiki.script(answer(revision(1)), Reply({"query": {"pages": [{"title": TITLE, "missing": True}]}}), prop="revisions")
    assert history.begun(session, TITLE) == datetime(2026, 11, 21, 0, 0, 1, tzinfo=UTC)
    assert history.begun(session, TITLE) is None
    asked = {"titles": TITLE, "rvdir": "newer", "rvlimit": "1"}
    assert asked.items() <= wiki.asked(prop="revisions")[0].params.items()
