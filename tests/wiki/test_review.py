"""The review page from end to end: a real MediaWiki, real processes, and people who decide, edit and change their minds."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.onwiki import message_pages, templates
from tests.applying import BOT, STOP_PAGE, histories, now
from tests.sandbox.sandbox import Sandbox
from tests.sandbox.seed import WMF_LIST
from tests.sandbox.world import World
from tests.wiki.client import Client
from tests.wiki.reviewing import BLOCKED, CLEAR, EVENT, FLAGGED, GLOBALLY_BLOCKED, LOCKED, ON_LIST, Reviewing, decided


@pytest.fixture
def review(wiki: Sandbox, world: World, tmp_path: Path) -> Reviewing:
    reviewing = Reviewing(wiki, tmp_path)
    reviewing.open()
    return reviewing


@pytest.fixture
def written(review: Reviewing) -> Reviewing:
    """The same, with its review page on the wiki."""
    review.apply(review.plan())
    return review


# --- templates


def test_the_templates_are_installed_by_a_plan_and_then_as_they_should_be(review: Reviewing) -> None:
    planned = review.plan("templates", "install")
    assert {edit["title"] for edit in planned.edits} == set(templates())
    review.apply(planned)
    assert review.plan("templates", "install").edits == []
    for title in templates():
        if not title.endswith("/doc") and title not in message_pages.pages():
            answer = Client(review.wiki.url).api(action="templatedata", titles=title, lang="en")
            [data] = answer["pages"].values()
            assert data["params"]


def test_a_template_that_somebody_changed_is_left_alone_until_it_is_wanted(review: Reviewing) -> None:
    review.apply(review.plan("templates", "install"))
    title = "Template:Event safety flag"
    revid = review.world.page(title, "Mine.", at=now())
    left = review.plan("templates", "install")
    assert left.edits == []
    assert f'"{title}" was changed by somebody else (revision {revid})' in left.notes
    assert "--replace-changed" in left.shown
    taken = review.plan("templates", "install", "--replace-changed")
    assert [edit["title"] for edit in taken.edits] == [title]
    review.apply(taken)
    assert review.plan("templates", "install").notes == ""


def test_a_template_of_an_older_version_is_renewed(review: Reviewing) -> None:
    title = "Template:Event safety settled/doc"
    review.apply(review.plan("templates", "install"))
    review.world.page(title, "What an older version said.", user=BOT, at=now())
    assert [edit["title"] for edit in review.plan("templates", "install").edits] == [title]


# --- the plan


def test_a_page_is_planned_shown_applied_and_then_as_it_should_be(review: Reviewing) -> None:
    planned = review.update()
    assert planned.summary == "4 added"
    assert review.title in review.run("diff", planned.file)
    review.apply(planned)  # once more, and still there is one revision
    assert [edit["title"] for edit in planned.edits] == [review.title]
    assert review.names() == list(FLAGGED)
    assert {row["status"] for row in review.rows()} == {"open"}
    assert [row["severity"] for row in review.rows()] == ["ban", "lock", "global block", "sitewide block"]
    assert review.header()["stop"] == STOP_PAGE
    [version] = histories(review.wiki.url, [review.title])[review.title]
    assert (version.user, version.summary) == (BOT, "Event review: 4 added")


def test_the_order_is_severity_and_a_new_flag_finds_its_place(written: Reviewing) -> None:
    written.world.lock(CLEAR)
    written.update()
    assert written.names() == [ON_LIST, CLEAR, LOCKED, GLOBALLY_BLOCKED, BLOCKED]


def test_an_event_without_flags_gets_no_page(review: Reviewing) -> None:
    review.event = "Event:Reading Circle"
    assert review.plan().edits == []


def test_each_event_minds_its_own_page(written: Reviewing) -> None:
    before, title = written.text(), written.title
    written.event = "Event:Second"
    written.open(LOCKED)
    assert written.update().summary == "1 added"
    assert written.names() == [LOCKED]
    assert histories(written.wiki.url, [title])[title][-1].text == before
    written.event = EVENT
    assert written.plan().edits == []


def test_the_number_of_requests_is_small_and_known(review: Reviewing) -> None:
    check = review.command.check
    check(EVENT)  # logs in, and asks the rename log about names that are gone
    assert check(EVENT)["requests"] == {"api": 9, "rest": 2, "html": 1}
    first = requests(review, review.plan)
    review.apply(review.plan())
    assert requests(review, review.plan) == first - 2  # no lock to date, and no deletion to look for
    assert check(EVENT)["requests"] == {"api": 9, "rest": 2, "html": 1}
    review.decide(ON_LIST, "confirmed")
    assert check(EVENT)["requests"] == {"api": 9 + 3, "rest": 2, "html": 1}
    # The history, groups, and whether the administrator is locked.
    assert requests(review, review.plan) == first - 2 + 3
    assert first == 16


def requests(review: Reviewing, act: Callable[[], object]) -> int:
    before = len(review.wiki.requests())
    act()
    return len(review.wiki.requests()) - before


# --- who decides


def test_decisions_count_keep_their_place_and_reach_the_organizer(written: Reviewing) -> None:
    written.decide(ON_LIST, "confirmed", "Seen by two of us.")
    written.decide(LOCKED, "confirmed")
    before = written.text()
    assert written.plan().edits == []
    assert written.text() == before
    shown = " ".join(written.run("check", EVENT, code=10).split())
    assert f"confirmed, said Admin on {now()[:4]}" in shown
    assert "Seen by two of us." in shown


def test_a_status_in_another_case_counts_as_it_is(written: Reviewing) -> None:
    written.decide(LOCKED, "Not this Person <!-- surely -->")
    assert written.plan().edits == []
    assert written.verdict(LOCKED) == "CLEAR"


@pytest.mark.parametrize("status", ["confirmed", "not this person", "handled"])
def test_a_status_of_somebody_in_no_reviewer_group_is_listed_and_left_alone(written: Reviewing, status: str) -> None:
    revid = written.decide(ON_LIST, status, "I know better.", user="Other")
    row = written.row(ON_LIST)
    planned = written.update()
    assert planned.summary == "overview updated"
    assert f'The status "{status}" of flag {row["id"]} does not count' in planned.notes
    assert f"in no reviewer group (revision {revid})" in planned.notes
    assert written.header()["not counted"] == f"[[Special:Diff/{revid}|{row['id']}]]"
    assert written.row(ON_LIST) == row
    assert written.verdict(ON_LIST) == "FLAG"


def test_a_status_that_does_not_count_counts_once_a_reviewer_says_the_same(written: Reviewing) -> None:
    written.decide(ON_LIST, "handled", user="Other")
    written.update()
    written.decide(ON_LIST, "open", user="Other")
    assert written.update().summary == "overview updated"
    assert written.header()["not counted"] == ""
    written.decide(ON_LIST, "handled")
    assert written.update().summary == "1 handled"


def test_a_word_that_is_no_status_is_told(written: Reviewing) -> None:
    written.decide(ON_LIST, "done")
    planned = written.update()
    assert "it is none of: open, confirmed, not this person, handled" in planned.notes
    assert written.row(ON_LIST)["status"] == "done"


def nothing(_world: World) -> None:
    """Leave the world as it is."""


def steward(world: World) -> None:
    world.accounts(["Global Gwen"])
    world.global_groups("Global Gwen", ["steward"])


def locked_steward(world: World) -> None:
    steward(world)
    world.lock("Global Gwen")


@pytest.mark.parametrize(
    ("who", "act", "counts"),
    [
        pytest.param("Global Gwen", steward, True, id="a steward globally"),
        pytest.param("Global Gwen", locked_steward, False, id="a steward who is locked"),
        pytest.param("Named Nora", lambda world: world.accounts(["Named Nora"]), True, id="named in the settings"),
        pytest.param("Admin", lambda world: world.block("Admin"), False, id="an administrator who is blocked"),
        pytest.param("Other", nothing, False, id="anybody"),
    ],
)
def test_who_may_decide(
    wiki: Sandbox, world: World, tmp_path: Path, who: str, act: Callable[[World], object], *, counts: bool
) -> None:
    review = Reviewing(wiki, tmp_path)
    review.command.add('[review]\nreviewers = ["Named Nora"]')
    review.open()
    review.apply(review.plan())
    act(world)
    review.decide(ON_LIST, "handled", user=who)
    assert review.update().summary == ("1 handled" if counts else "overview updated")
    assert (ON_LIST in review.names()) is not counts


def test_groups_of_the_settings_take_the_place_of_the_usual_ones(wiki: Sandbox, world: World, tmp_path: Path) -> None:
    review = Reviewing(wiki, tmp_path)
    review.command.add('[review]\ngroups = ["event-reviewer"]\nglobal_groups = []')
    review.open()
    review.apply(review.plan())
    world.accounts(["Local Lena"], groups=["event-reviewer"])
    review.decide(ON_LIST, "handled", user="Local Lena")
    review.decide(LOCKED, "handled", user="Admin")
    assert review.update().summary == "1 handled, overview updated"
    assert LOCKED in review.names()


@pytest.mark.parametrize("name", ["Admin", "Somebody else"], ids=["by the name on the row", "who changed that name"])
def test_nobody_decides_about_themselves(wiki: Sandbox, world: World, tmp_path: Path, name: str) -> None:
    review = Reviewing(wiki, tmp_path)
    world.lock("Admin")
    review.open("Admin")
    review.apply(review.plan())
    text = decided(review.text(), "Admin", "handled").replace("| name = Admin\n", f"| name = {name}\n")
    review.save(text)
    planned = review.update()
    assert "nobody decides about themselves" in planned.notes
    assert review.names() == ["Admin"]


def test_the_setter_is_found_however_many_edits_came_after(written: Reviewing) -> None:
    revid = written.decide(ON_LIST, "confirmed", "Long ago.")
    text = written.text()
    with written.world.batch():
        for number in range(60):
            written.world.page(written.title, f"{text}\nRemark {number}.", user="Other", at=now())
    for other in (text, f"{text}\nMore."):
        written.save(other, "Other")
    written.command.add(f'[review]\nbot = "{BOT}"')
    written.command.anonymous()  # fifty revisions a request
    found = written.command.check(EVENT)
    assert found["requests"]["api"] == 9 + 5  # two batches of history, groups, and two accounts
    shown = " ".join(written.run("check", EVENT, code=10).split())
    assert "confirmed, said Admin" in shown
    assert f"Special:Diff/{revid}" in shown


def test_revisions_count_in_the_order_in_which_they_replaced_each_other(written: Reviewing) -> None:
    world, title = written.world, written.title
    world.page(title, decided(written.text(), ON_LIST, "handled"), user="Other", at="20260901000000")
    world.page(title, written.text() + "\nA remark.", user="Admin", at="20260902000000")
    planned = written.update()
    assert (planned.summary, written.names()[0]) == ("overview updated", ON_LIST)


def test_a_decision_and_a_comment_are_told_with_who_said_them(written: Reviewing) -> None:
    written.decide(ON_LIST, "not this person", "Met in person.")
    found = written.registrant(ON_LIST)
    assert (found["verdict"], found["evidence"]) == ("CLEAR", [])
    shown = " ".join(written.run("check", EVENT, code=10).split())
    assert f'"{ON_LIST}" is not the person meant by globally-banned-users; Admin said so on' in shown
    assert "Met in person." in shown
    assert written.plan().edits == []


def test_a_comment_of_somebody_else_is_not_told_as_the_reviewers(written: Reviewing) -> None:
    written.decide(ON_LIST, "confirmed")
    written.decide(ON_LIST, "confirmed", "They are a villain.", user="Other")
    assert "villain" not in written.run("check", EVENT, code=10)


def test_another_source_stands_when_one_is_not_this_person(wiki: Sandbox, world: World, tmp_path: Path) -> None:
    review = Reviewing(wiki, tmp_path)
    review.open("Ashen Courier")
    review.apply(review.plan())
    assert [row["severity"] for row in review.rows()] == ["ban", "lock"]
    review.decide("Ashen Courier", "not this person")  # the first of the two
    found = review.registrant("Ashen Courier")
    assert (found["verdict"], [one["source"] for one in found["evidence"]]) == ("FLAG", ["global-lock"])


# --- facts change


def test_locked_since(written: Reviewing) -> None:
    written.world.lock(CLEAR)
    assert written.update().summary == "1 added"
    assert written.row(CLEAR)["severity"] == "lock"
    assert written.row(CLEAR)["since"].endswith("UTC")


@pytest.mark.parametrize("status", ["open", "confirmed", "not this person"])
def test_unlocked(written: Reviewing, status: str) -> None:
    written.decide(LOCKED, status)
    written.world.unlock(LOCKED)
    assert written.update().summary == "1 removed (no longer so)"
    assert LOCKED not in written.text()


def test_unblocked(written: Reviewing) -> None:
    written.world.unblock(BLOCKED)
    assert written.update().summary == "1 removed (no longer so)"
    assert BLOCKED not in written.text()


def test_a_block_that_ran_out(review: Reviewing) -> None:
    end = datetime.now(UTC) + timedelta(seconds=8)
    review.world.globally_block(CLEAR, expiry=end.strftime("%Y-%m-%dT%H:%M:%SZ"))
    review.apply(review.plan())
    assert review.row(CLEAR)["until"] == end.strftime("%Y-%m-%d %H:%M UTC")
    time.sleep(max(0.0, (end - datetime.now(UTC)).total_seconds()) + 1.5)
    assert review.update().summary == "1 removed (no longer so)"
    assert CLEAR not in review.names()


@pytest.mark.parametrize(
    ("status", "summary"),
    [
        pytest.param("open", "1 updated (facts changed)", id="open"),
        pytest.param("confirmed", "1 reopened (facts changed)", id="confirmed"),
        pytest.param("not this person", "1 reopened (facts changed)", id="not this person"),
    ],
)
def test_a_block_that_another_replaced(written: Reviewing, status: str, summary: str) -> None:
    written.decide(BLOCKED, status, "Why.")
    before = written.row(BLOCKED)
    written.world.unblock(BLOCKED)
    written.world.block(BLOCKED, expiry="2099-01-01T00:00:00Z")
    assert written.update().summary == summary
    after = written.row(BLOCKED)
    assert after["id"] == before["id"]
    assert after["facts"] != before["facts"]
    assert (after["status"], after["reopened"]) == ("open", "" if status == "open" else status)
    assert (after["comment"], after["until"]) == ("Why.", "2099-01-01 00:00 UTC")
    assert written.verdict(BLOCKED) == "FLAG"


def test_a_reopened_flag_is_decided_again(written: Reviewing) -> None:
    written.decide(BLOCKED, "confirmed")
    written.world.unblock(BLOCKED)
    written.world.block(BLOCKED)
    written.update()
    written.decide(BLOCKED, "handled")
    assert written.update().summary == "1 handled"


def test_what_does_not_count_is_not_reopened_and_not_fought_over(written: Reviewing) -> None:
    written.decide(BLOCKED, "confirmed", user="Other")
    written.world.unblock(BLOCKED)
    written.world.block(BLOCKED)
    assert written.update().summary == "1 updated (facts changed), overview updated"
    assert written.row(BLOCKED)["status"] == "confirmed"


@pytest.mark.parametrize("name", [ON_LIST, GLOBALLY_BLOCKED, BLOCKED])
def test_renamed(written: Reviewing, name: str) -> None:
    written.decide(name, "confirmed", "Why.")
    before = written.row(name)
    written.world.rename(name, "Fresh Paint Tin")
    assert written.update().summary == "1 renamed"
    after = written.row("Fresh Paint Tin")
    kept = ("id", "facts", "status", "comment", "since", "reopened")
    assert [after[key] for key in kept] == [before[key] for key in kept]
    assert "Fresh_Paint_Tin" in after["account"]
    assert name not in written.names()


def test_renamed_while_locked(written: Reviewing) -> None:
    """The lock's log entry stands under the old name, so that it cannot be told whether it is still that lock."""
    written.decide(LOCKED, "confirmed")
    before = written.row(LOCKED)
    written.world.rename(LOCKED, "Fresh Paint Tin")
    assert written.update().summary == "1 reopened (facts changed)"
    assert written.row("Fresh Paint Tin")["id"] == before["id"]


@pytest.mark.parametrize("status", ["open", "confirmed", "not this person"])
def test_unregistered_and_registered_again(written: Reviewing, status: str) -> None:
    written.decide(ON_LIST, status)
    before = written.row(ON_LIST)
    written.world.unregister(written.id, [ON_LIST])
    assert written.update().summary == "1 removed (no longer registered)"
    assert ON_LIST not in written.text()
    written.world.register(written.id, [ON_LIST])
    assert written.update().summary == "1 added"
    after = written.row(ON_LIST)
    assert (after["id"], after["status"], after["comment"]) == (before["id"], "open", "")
    assert written.names()[0] == ON_LIST


def test_everybody_unregistered(written: Reviewing) -> None:
    written.world.unregister(written.id, (*FLAGGED, CLEAR))
    assert written.update().summary == "4 removed (no longer registered)"
    assert written.rows() == []


def test_handled(written: Reviewing) -> None:
    row = written.row(ON_LIST)
    revid = written.decide(ON_LIST, "handled", "Told them by mail.")
    assert written.update().summary == "1 handled"
    assert ON_LIST not in written.text()
    [settled] = written.settled()
    assert settled == {"id": row["id"], "facts": row["facts"], "status": "handled", "revision": str(revid)}
    assert "handled, said Admin" in " ".join(written.run("check", EVENT, code=10).split())


def test_handled_and_then_so_anew(written: Reviewing) -> None:
    row = written.row(LOCKED)
    written.decide(LOCKED, "handled")
    written.update()
    written.world.unlock(LOCKED)
    assert written.update().summary == "1 settled before, forgotten"
    written.world.lock(LOCKED)
    assert written.update().summary == "1 added"
    assert (written.row(LOCKED)["id"], written.row(LOCKED)["status"]) == (row["id"], "open")


def test_handled_and_locked_anew_between_two_runs(written: Reviewing) -> None:
    written.decide(LOCKED, "handled")
    written.update()
    written.world.unlock(LOCKED)
    written.world.lock(LOCKED)
    assert written.update().summary == "1 reopened (facts changed), 1 settled before, forgotten"
    assert (written.row(LOCKED)["status"], written.row(LOCKED)["reopened"]) == ("open", "handled")
    assert written.settled() == []


def test_handled_unregistered_and_registered_again(written: Reviewing) -> None:
    written.decide(ON_LIST, "handled")
    written.update()
    written.world.unregister(written.id, [ON_LIST])
    assert written.update().summary == "1 settled before, forgotten"
    written.world.register(written.id, [ON_LIST])
    assert written.update().summary == "1 added"


def test_a_settled_line_that_anybody_puts_there_hides_nobody(written: Reviewing) -> None:
    row = written.row(ON_LIST)
    whole = written.text()
    start, end = whole.index("{{Event safety flag"), whole.index("}}", whole.index(ON_LIST)) + 2
    line = (
        f"{{{{Event safety settled | id = {row['id']} | facts = {row['facts']} | status = handled | revision = 1 }}}}"
    )
    written.save(whole[:start] + line + whole[end:], "Other")
    planned = written.update()
    assert "1 added" in planned.summary
    assert "it was not put there by the bot" in planned.notes
    assert written.row(ON_LIST)["status"] == "open"
    assert line in written.text()


def test_a_row_that_somebody_took_away_comes_back_once(written: Reviewing) -> None:
    whole = written.text()
    start, end = whole.index("{{Event safety flag"), whole.index("}}", whole.index(ON_LIST)) + 2
    shorter = whole[:start] + whole[end:].lstrip("\n")
    written.save(shorter)
    assert written.update().summary == "1 added"
    assert written.names() == list(FLAGGED)
    revid = written.save(shorter)
    left = written.plan()
    assert left.edits == []
    assert f"somebody undid it in revision {revid}" in left.notes


def test_who_has_no_say_takes_no_flag_off_the_page(written: Reviewing) -> None:
    whole = written.text()
    start, end = whole.index("{{Event safety flag"), whole.index("}}", whole.index(ON_LIST)) + 2
    for _ in range(2):
        written.save(whole[:start] + whole[end:].lstrip("\n"), "Other")
        assert written.update().summary == "1 added"
    assert written.names() == list(FLAGGED)


def test_a_page_that_somebody_deleted_is_not_made_again(written: Reviewing) -> None:
    written.world.delete_page(written.title, at=now())
    left = written.plan()
    assert left.edits == []
    assert "it was deleted on" in left.notes


# --- sources that fail


@pytest.fixture
def listed(wiki: Sandbox, world: World, tmp_path: Path) -> Reviewing:
    """A page with one ban, from a list of nine, and the lock that goes with it."""
    review = Reviewing(wiki, tmp_path)
    review.open("Ashen Courier", CLEAR)
    review.apply(review.plan())
    return review


def list_text(review: Reviewing) -> str:
    answer = Client(review.wiki.url).api(action="parse", page=WMF_LIST, prop="wikitext")
    return str(answer["parse"]["wikitext"])


def without(text: str, name: str) -> str:
    return "".join(line for line in text.splitlines(keepends=True) if name not in line)


def test_an_entry_that_was_taken_off_the_list(listed: Reviewing) -> None:
    listed.world.page(WMF_LIST, without(list_text(listed), "Ashen Courier"), at=now())
    assert listed.update().summary == "1 removed (no longer so)"
    assert [row["severity"] for row in listed.rows()] == ["lock"]


def test_an_entry_that_moved_on_the_list_is_the_same_fact(listed: Reviewing) -> None:
    listed.decide("Ashen Courier", "confirmed")
    listed.world.page(WMF_LIST, "Another first line.\n\n" + list_text(listed), at=now())
    assert listed.plan().edits == []


@pytest.mark.parametrize(
    "act",
    [
        pytest.param(lambda world: world.delete_page(WMF_LIST, at=now()), id="deleted"),
        pytest.param(lambda world: world.page(WMF_LIST, "* nobody", at=now()), id="not understood"),
        pytest.param(lambda world: world.page(WMF_LIST, "", at=now()), id="emptied"),
        pytest.param(lambda world: world.switch(off=["globalusers", "globaluserinfo"]), id="locks cannot be asked"),
    ],
)
def test_a_source_that_fails_takes_nothing_off_the_page(listed: Reviewing, act: Callable[[World], object]) -> None:
    before = listed.rows()
    act(listed.world)
    planned = listed.update()
    assert planned.summary == "overview updated"
    assert "could not be checked, so it stays" in planned.notes
    assert listed.rows() == before
    assert ": 2" in listed.header()["unchecked"]


def test_an_account_source_that_does_not_answer(written: Reviewing) -> None:
    before = written.rows()
    written.world.fault("bgtargets", times=9)
    planned = written.plan()
    assert planned.summary == "overview updated"
    assert f"Whether flag {before[2]['id']} still holds could not be checked" in planned.notes
    written.apply(planned)
    assert written.rows() == before
    assert written.header()["unchecked"] == "global-block: 5"


def test_a_list_that_shrank_is_believed_once_somebody_looked(listed: Reviewing) -> None:
    before = listed.rows()
    kept = "* [[m:Special:CentralAuth/Grim Lantern|Grim Lantern]], since March 2014"
    listed.world.page(WMF_LIST, f"{{{{div col}}}}\n{kept}\n{{{{div col end}}}}", at=now())
    assert listed.update().summary == "overview updated"
    assert listed.rows() == before
    listed.run("check", EVENT, "--accept-list", "wmf-global-bans", code=10)
    assert listed.update().summary == "1 removed (no longer so), overview updated"


@pytest.mark.parametrize(
    "act",
    [
        pytest.param(lambda review: review.world.register(review.id, [GLOBALLY_BLOCKED], private=True), id="private"),
        pytest.param(lambda review: review.world.hide(GLOBALLY_BLOCKED), id="suppressed"),
        pytest.param(lambda review: review.world.hide(GLOBALLY_BLOCKED, "hidden"), id="hidden from lists"),
        pytest.param(lambda review: review.world.delete_central(GLOBALLY_BLOCKED), id="unmerged"),
    ],
)
def test_who_can_no_longer_be_seen_leaves_the_page(written: Reviewing, act: Callable[[Reviewing], object]) -> None:
    act(written)
    planned = written.update()
    assert planned.summary == "1 removed (no longer registered), overview updated"
    assert GLOBALLY_BLOCKED not in written.text()
    assert GLOBALLY_BLOCKED not in planned.summary + planned.notes + planned.data["edits"][0]["text"]
    assert written.header()["unchecked"] in ("private: 1", "account: 1")


def test_an_account_that_was_suppressed_leaves_the_page_of_an_event_with_a_list(
    wiki: Sandbox, world: World, tmp_path: Path
) -> None:
    review = Reviewing(wiki, tmp_path)
    review.event = "Meetup/Small"
    world.page(review.event, f"== Participants ==\n# [[User:{LOCKED}]]\n# [[User:{GLOBALLY_BLOCKED}]]\n")
    review.apply(review.plan())
    assert review.names() == [LOCKED, GLOBALLY_BLOCKED]
    world.hide(GLOBALLY_BLOCKED)
    review.update()
    assert GLOBALLY_BLOCKED not in review.text()


# --- people at work


def test_rows_in_another_order_with_words_between_them_stay_so(written: Reviewing) -> None:
    head, *rows = written.text().split("{{Event safety flag")
    rows = [f"{{{{Event safety flag{row.rstrip()}" for row in rows]
    text = (
        f"{head}== Mine ==\n{rows[3]}\nA remark of [[User:Admin]].\n\n{rows[1]}<!-- quiet -->\n{rows[0]}\n\n{rows[2]}"
    )
    written.save(text, "Other")
    assert written.plan().edits == []
    written.world.lock(CLEAR)
    written.world.unblock(BLOCKED)
    assert written.update().summary == "1 added, 1 removed (no longer so)"
    after = written.text()
    for kept in ("== Mine ==\n", "A remark of [[User:Admin]].\n", rows[0], rows[1] + "<!-- quiet -->", rows[2]):
        assert kept in after
    assert set(written.names()) == {ON_LIST, LOCKED, GLOBALLY_BLOCKED, CLEAR}


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        pytest.param("| comment =\n}}", "| comment =\n", "", id="its end is missing"),
        pytest.param("| comment =\n}}", "| comment = {{Event safety flag\n}}", "", id="a call left open inside"),
        pytest.param("| id = ", "| id = X ", "its id is none that the bot gives", id="its id is spoilt"),
    ],
)
def test_a_broken_row_is_kept_as_it_is_and_reported(written: Reviewing, before: str, after: str, words: str) -> None:
    head, row = written.text().rsplit("{{Event safety flag", 1)
    broken = row.replace(before, after, 1)
    written.save(f"{head}{{{{Event safety flag{broken}")
    written.world.lock(CLEAR)
    planned = written.update()
    assert "cannot be read and was left alone" in planned.notes
    assert words in planned.notes
    assert "added" in planned.summary
    assert broken.rstrip() in written.text()


def test_two_copies_of_a_row_are_left_alone_and_reported(written: Reviewing) -> None:
    row = written.row(BLOCKED)
    copy = "{{Event safety flag" + written.text().rsplit("{{Event safety flag", 1)[1]
    written.save(f"{written.text()}\n\n{decided(copy, BLOCKED, 'handled')}")
    text = written.text()
    planned = written.plan()
    assert planned.edits == []
    assert planned.notes.count(f"the id {row['id']} stands in more than one row") == 2
    assert written.text() == text


def test_an_edit_between_plan_and_apply_is_never_undone(written: Reviewing) -> None:
    written.world.lock(CLEAR)
    planned = written.plan()
    revid = written.decide(ON_LIST, "confirmed", "Meanwhile.")
    shown = written.apply(planned, code=1)
    assert "conflict" in shown
    assert written.revid() == revid
    assert written.update().summary == "1 added"
    assert written.row(ON_LIST)["comment"] == "Meanwhile."
    assert CLEAR in written.names()


def test_a_lost_header_comes_back(written: Reviewing) -> None:
    text = written.text()
    written.save(text[text.index("{{Event safety flag") :])
    assert written.update().summary == "overview updated"
    assert written.text() == text


def test_what_is_the_bots_is_put_right_and_what_is_not_stays(written: Reviewing) -> None:
    changed = written.text().replace("| severity = lock", "|severity=ban<!-- surely -->|mine = [[x]]")
    written.save(changed, "Other")
    assert written.update().summary == "1 put right"
    assert "mine = [[x]]" in written.text()
    assert "|severity=lock<!-- surely -->|mine" in written.text() or "|severity=lock|mine" in written.text()


def test_a_page_that_became_a_redirect_is_not_touched(written: Reviewing) -> None:
    written.world.page("User:Other/Elsewhere", "Here.", at=now())
    written.save("#REDIRECT [[User:Other/Elsewhere]]")
    done = written.command("plan", EVENT)
    assert done.returncode == 1
    assert "redirect" in done.stderr


def test_without_history_nothing_is_planned_and_the_check_says_so(written: Reviewing) -> None:
    written.decide(ON_LIST, "handled")
    written.world.fault("rvlimit", times=9)
    done = written.command("plan", EVENT)
    assert (done.returncode, done.stdout) == (1, "")
    assert "What reviewers decided could not be read" in done.stderr
    written.world.fault("rvlimit", times=9)
    assert "What reviewers decided could not be read" in " ".join(written.run("check", EVENT, code=10).split())
