"""Every way in which an edit can end, made to happen on a real wiki: what is told, what is saved, what goes on."""

from __future__ import annotations

import fcntl
import os
import signal
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot import journal
from bot.plan.edits import Plan
from bot.plan.outcomes import End
from tests.applying import (
    BOT,
    POST,
    STOP_PAGE,
    Applied,
    Applying,
    creation,
    histories,
    look,
    now,
    plan_of,
    title,
    updates,
)
from tests.forks import Cut, Forks
from tests.proxy.proxy import Proxy
from tests.proxy.rules import Phase
from tests.sandbox.sandbox import Sandbox
from tests.sandbox.world import World

OLD = "{{Heading}}\n\nFirst line.\n\nSecond line.\n\nLast line."
ELSEWHERE = OLD.replace("Heading", "Heading, meanwhile by another")
SAME_LINE = OLD.replace("Second line", "Second line, meanwhile by another")
SAVED, MISSING, CONFLICT = End.SAVED, End.MISSING, End.CONFLICT


def new(name: str) -> str:
    return OLD.replace("Second line", f"What the bot says of {name}")


@dataclass
class Stage(Applying):
    """A wiki on which the bot may run, and a plan: update A, update B, create C."""

    world: World
    plan: Plan

    def __init__(self, wiki: Sandbox, proxy: Proxy, forks: Forks, folder: Path) -> None:
        super().__init__(wiki, proxy, forks, folder)
        self.world = wiki.world
        with self.world.batch():
            self.world.page(STOP_PAGE, "run", user="Admin")
            self.world.page(title("A"), OLD)
        self.plan_for(OLD, new("B"))

    def plan_for(self, old: str, text: str) -> None:
        """Plan other texts for B."""
        with self.world.batch():
            self.world.page(title("B"), old)
        texts = {"A": (OLD, new("A")), "B": (old, text)}
        self.plan = plan_of(self.wiki, *updates(self.wiki, texts), creation("C", new("C")))


Act = Callable[[Stage], object]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("runs")


@pytest.fixture(scope="module")
def running(wiki: Sandbox, folder: Path) -> Iterator[tuple[Proxy, Forks]]:
    with Proxy(wiki.url) as proxy, Forks(proxy.environment(wiki, folder), folder) as forks:
        yield proxy, forks


@pytest.fixture
def stage(wiki: Sandbox, world: World, running: tuple[Proxy, Forks], tmp_path: Path) -> Stage:
    running[0].clear()
    return Stage(wiki, *running, tmp_path)


def run(stage: Stage, act: Act, match: str = "", skip: int = 0) -> Applied:
    """Apply the plan, and act before it or while the request that matches is held."""
    if not match:
        act(stage)
        return stage(stage.plan)
    stage.proxy.pause(match, skip=skip)
    run = stage.start(stage.plan)
    run.go()
    stage.proxy.held()
    act(stage)
    stage.proxy.go()
    return stage.finish(run)


def verify(stage: Stage, applied: Applied, ends: Sequence[str]) -> None:
    """Check what holds for every run: reports, journal and wiki say the same, and nobody else's edit is undone."""
    stage.proxy.idle()
    edits = stage.plan.edits
    assert applied.ends == list(ends), applied
    every = all(end in {SAVED, End.SAVED_BEFORE, End.NO_CHANGE} for end in ends)
    assert applied.code == (0 if every and len(ends) == len(edits) else 1)
    assert stage.records(journal.OUTCOME)[-len(ends) :] == [(e.title, end) for e, end in zip(edits, ends, strict=False)]
    assert len(stage.records(journal.INTENT)) == stage.posts()
    history = histories(stage.wiki.url, [edit.title for edit in edits])
    for edit, end in zip(edits, [*ends, *[None] * len(edits)], strict=False):
        versions = history[edit.title]
        own = [v for v in versions if v.user == BOT and v.summary == edit.summary]
        if end == End.LOST:
            assert len(own) <= 1
        elif end in {SAVED, End.SAVED_BEFORE, End.NO_CHANGE}:
            assert [(v.parent, v.text) for v in own] == [(edit.base_revid, edit.text)], end
        else:
            assert len(own) == (end is not None and end == End.MERGED), (edit.title, end)
        others = [v for v in versions if "meanwhile" in v.text]
        assert not others or "meanwhile" in versions[-1].text


def test_a_plan_is_saved_as_it_was_shown(stage: Stage) -> None:
    applied = stage(stage.plan)
    verify(stage, applied, [SAVED, SAVED, SAVED])
    assert stage.posts() == 3
    newest = histories(stage.wiki.url, [title("B")])[title("B")][-1]
    assert (newest.user, newest.summary, newest.text) == (BOT, "Bring B up to date", new("B"))


# --- what stands in the way from the beginning


def edited(name: str, text: str, user: str = "Other") -> Act:
    return lambda stage: stage.world.page(title(name), text, user=user, at=now())


def deleted(name: str) -> Act:
    return lambda stage: stage.world.delete_page(title(name), at=now())


def protected(name: str) -> Act:
    return lambda stage: stage.world.protect(title(name))


def moved(name: str, *, redirect: bool) -> Act:
    return lambda stage: stage.world.move_page(title(name), "User:Other/Elsewhere", redirect=redirect)


def filtering(pages: str, **how: bool) -> Act:
    """Make a filter; the bot logs in anew, since its session would remember the warnings of other tests."""
    rule = f'user_name == "{BOT}" & page_title rlike "Event review/({pages})"'
    return then(lambda stage: stage.world.end_sessions(BOT), lambda stage: stage.world.abuse_filter(rule, **how))


def said(page: str, text: str, user: str = "Steward") -> Act:
    return lambda stage: stage.world.page(page, text, user=user, at=now())


def with_setting(name: str, value: object) -> Act:
    return lambda stage: stage.world.switch(settings={name: value})


def wanting(old: str, text: str) -> Act:
    return lambda stage: stage.plan_for(old, text)


def then(*acts: Act) -> Act:
    def every(stage: Stage) -> None:
        for act in acts:
            act(stage)

    return every


LINK = new("B") + "\n\nhttps://evil.example/page"


@pytest.mark.parametrize(
    ("act", "ends"),
    [
        pytest.param(protected("B"), [SAVED, CONFLICT, SAVED], id="protected, which leaves a revision"),
        pytest.param(then(protected("B"), wanting(OLD, new("B"))), [SAVED, End.PROTECTED, SAVED], id="protected page"),
        pytest.param(protected("C"), [SAVED, SAVED, End.PROTECTED], id="protected title"),
        pytest.param(deleted("B"), [SAVED, MISSING, SAVED], id="deleted"),
        pytest.param(moved("B", redirect=False), [SAVED, MISSING, SAVED], id="moved away"),
        pytest.param(moved("B", redirect=True), [SAVED, CONFLICT, SAVED], id="moved, redirect left"),
        pytest.param(edited("C", "Made meanwhile."), [SAVED, SAVED, End.EXISTS], id="created by another"),
        pytest.param(edited("C", new("C")), [SAVED, SAVED, End.EXISTS], id="created by another with our text"),
        pytest.param(edited("B", ELSEWHERE), [SAVED, CONFLICT, SAVED], id="edited by another"),
        pytest.param(edited("B", new("B")), [SAVED, CONFLICT, SAVED], id="edited by another to our text"),
        pytest.param(edited("B", ELSEWHERE, BOT), [SAVED, CONFLICT, SAVED], id="edited by the bot's own account"),
        pytest.param(lambda s: s.world.block(BOT), [End.BLOCKED], id="blocked"),
        pytest.param(
            lambda s: s.world.block(BOT, pages=[title("B")]), [SAVED, End.BLOCKED_HERE, SAVED], id="blocked from a page"
        ),
        pytest.param(
            lambda s: s.world.block(BOT, namespaces=[2]), [End.BLOCKED_HERE] * 3, id="blocked from the namespace"
        ),
        pytest.param(lambda s: s.set(writing="maxlag = -2"), [End.MAXLAG], id="maxlag"),
        pytest.param(filtering("B", disallow=True), [SAVED, End.FILTERED, SAVED], id="filter disallows"),
        pytest.param(
            filtering("B", warn=True, disallow=True), [SAVED, End.FILTER_WARNED, SAVED], id="filter warns and disallows"
        ),
        pytest.param(filtering("[AB]", warn=True), [End.FILTER_WARNED, End.FILTER_WARNED], id="two hits of a filter"),
        pytest.param(filtering("B"), [SAVED, SAVED, SAVED], id="filter that only logs"),
        pytest.param(
            then(said("MediaWiki:Spam-blacklist", r"evil\.example"), wanting(OLD, LINK)),
            [SAVED, End.SPAM_LIST, SAVED],
            id="spam list",
        ),
        pytest.param(
            said("MediaWiki:Titleblacklist", ".*Event review.C"), [SAVED, SAVED, End.TITLE_LIST], id="title list"
        ),
        pytest.param(with_setting("wgMaxArticleSize", 0.05), [End.REFUSED] * 3, id="too big"),
        pytest.param(
            with_setting("wgRevokePermissions", {"bot": {"bot": True}}), [End.SESSION_LOST], id="bot right taken away"
        ),
        pytest.param(wanting("{{nobots}}\n" + OLD, new("B")), [SAVED, End.EXCLUDED, SAVED], id="nobots"),
        pytest.param(wanting("{{bots|deny=TestBot}}\n" + OLD, new("B")), [SAVED, End.EXCLUDED, SAVED], id="bots|deny"),
        pytest.param(said(STOP_PAGE, "stop"), [End.STOPPED], id="stop page"),
        pytest.param(said(STOP_PAGE, "run?"), [End.STOPPED], id="stop page with a question"),
        pytest.param(lambda s: s.world.delete_page(STOP_PAGE), [End.STOPPED], id="stop page missing"),
        pytest.param(said(f"User talk:{BOT}", "Please stop.", "Other"), [End.STOPPED], id="message for the bot"),
    ],
)
def test_what_is_so_before_the_run(stage: Stage, act: Act, ends: Sequence[str]) -> None:
    verify(stage, run(stage, act), ends)


def test_a_read_only_wiki_ends_the_run_before_it_begins(stage: Stage) -> None:
    applied = run(stage, with_setting("wgReadOnly", "Maintenance"))
    # Logging in writes too: the run does not even begin, or not its first edit where cookies were left.
    assert applied.ends in ([], [End.SESSION_LOST])
    assert (applied.code, stage.posts()) == (1, 0)
    assert "readonly" in applied.done.stderr + "".join(applied.texts)


def test_pages_that_want_no_bots_do_not_keep_the_bot_from_the_others(stage: Stage) -> None:
    names = ("D", "E", "F", "G")
    with stage.world.batch():
        for name in names:
            stage.world.page(title(name), OLD if name == "G" else "{{nobots}}" + OLD)
    texts = {name: (OLD if name == "G" else "{{nobots}}" + OLD, new(name)) for name in names}
    stage.plan = plan_of(stage.wiki, *updates(stage.wiki, texts))
    verify(stage, stage(stage.plan), [End.EXCLUDED, End.EXCLUDED, End.EXCLUDED, SAVED])


def test_pages_that_cannot_be_saved_one_after_the_other_end_the_run(stage: Stage) -> None:
    stage.set(writing="failures = 2")
    stage.world.switch(settings={"wgMaxArticleSize": 0.05})
    verify(stage, stage(stage.plan), [End.REFUSED, End.REFUSED])


def test_a_wiki_that_says_later_is_asked_again_only_so_often(stage: Stage) -> None:
    stage.set(writing="retries = 3")
    # The wiki's counter outlives a reset, so nothing else here may be limited.
    with_setting("wgRateLimits", {"edit": {"user": [1, 10]}})(stage)
    verify(stage, stage(stage.plan), [SAVED, End.RATE_LIMITED])
    assert stage.posts() == 1 + 1 + 3


# AbuseFilter takes a second try in the same session, of the same account on the same page, for a person's "yes, I mean it".


def test_a_warning_of_a_filter_is_not_confirmed_by_the_next_run(stage: Stage) -> None:
    filtering("B", warn=True)(stage)
    for ends in ([SAVED, End.FILTER_WARNED, SAVED], [End.SAVED_BEFORE, End.FILTER_WARNED, End.SAVED_BEFORE]):
        verify(stage, stage(stage.plan), ends)


def test_a_warning_of_a_filter_is_not_confirmed_by_the_next_plan(stage: Stage) -> None:
    filtering("B", warn=True)(stage)
    verify(stage, stage(stage.plan), [SAVED, End.FILTER_WARNED, SAVED])
    stage.plan_for(OLD, new("B") + "\n\nAnd more.")
    stage.plan = plan_of(stage.wiki, stage.plan.edits[1])
    verify(stage, stage(stage.plan), [End.FILTER_WARNED])


def test_a_warning_of_a_filter_is_not_confirmed_when_it_was_lost(stage: Stage) -> None:
    filtering("B", warn=True)(stage)
    stage.proxy.drop_after(POST, skip=1)
    verify(stage, stage(stage.plan), [SAVED, End.FILTER_WARNED, SAVED])


# --- what comes in the middle of the run


@pytest.mark.parametrize(
    ("act", "at_look", "at_post"),
    [
        pytest.param(edited("B", SAME_LINE), CONFLICT, CONFLICT, id="another edits the same line"),
        pytest.param(edited("B", SAME_LINE, BOT), CONFLICT, CONFLICT, id="the bot's account edits the same line"),
        pytest.param(edited("B", ELSEWHERE), CONFLICT, End.MERGED, id="another edits another line"),
        pytest.param(edited("B", ELSEWHERE, BOT), CONFLICT, End.MERGED, id="the bot's account edits another line"),
        pytest.param(
            then(with_setting("wgDiff3", ""), edited("B", ELSEWHERE)),
            CONFLICT,
            CONFLICT,
            id="a wiki that merges nothing",
        ),
        pytest.param(deleted("B"), MISSING, MISSING, id="deleted"),
        pytest.param(moved("B", redirect=False), MISSING, MISSING, id="moved"),
        pytest.param(moved("B", redirect=True), CONFLICT, CONFLICT, id="moved, redirect left"),
        pytest.param(protected("B"), CONFLICT, End.PROTECTED, id="protected"),
        pytest.param(
            lambda s: s.world.block(BOT, pages=[title("B")]), End.BLOCKED_HERE, End.BLOCKED_HERE, id="blocked from it"
        ),
        pytest.param(lambda s: s.world.end_sessions(BOT), SAVED, SAVED, id="logged out"),
    ],
)
@pytest.mark.parametrize("where", ["look", "post"])
def test_what_happens_to_one_page_while_it_is_edited(
    stage: Stage, act: Act, at_look: End, at_post: End, where: str
) -> None:
    match, skip = (look("B"), 0) if where == "look" else (POST, 1)
    applied = run(stage, act, match, skip)
    verify(stage, applied, [SAVED, at_look if where == "look" else at_post, SAVED])


@pytest.mark.parametrize("where", ["look", "post"])
def test_a_page_that_another_makes_first_is_left_to_them(stage: Stage, where: str) -> None:
    match, skip = (look("C"), 0) if where == "look" else (POST, 2)
    applied = run(stage, edited("C", "Made meanwhile."), match, skip)
    verify(stage, applied, [SAVED, SAVED, End.EXISTS])


@pytest.mark.parametrize(
    ("act", "at_look", "at_post"),
    [
        pytest.param(lambda s: s.world.block(BOT), [SAVED, End.BLOCKED], [SAVED, End.BLOCKED], id="blocked"),
        pytest.param(with_setting("wgReadOnly", "Now"), [SAVED, End.READ_ONLY], [SAVED, End.READ_ONLY], id="read-only"),
        # What is on its way is not called back: the next edit is not made.
        pytest.param(said(STOP_PAGE, "Stop!"), [SAVED, End.STOPPED], [SAVED, SAVED, End.STOPPED], id="stop page"),
        pytest.param(
            said(f"User talk:{BOT}", "Hello", "Other"),
            [SAVED, End.STOPPED],
            [SAVED, SAVED, End.STOPPED],
            id="message for the bot",
        ),
        pytest.param(
            lambda s: s.world.delete_page(STOP_PAGE),
            [SAVED, End.STOPPED],
            [SAVED, SAVED, End.STOPPED],
            id="stop page gone",
        ),
    ],
)
@pytest.mark.parametrize("where", ["look", "post"])
def test_what_ends_a_run_in_the_middle(
    stage: Stage, act: Act, at_look: Sequence[str], at_post: Sequence[str], where: str
) -> None:
    match, skip = (look("B"), 0) if where == "look" else (POST, 1)
    applied = run(stage, act, match, skip)
    verify(stage, applied, at_look if where == "look" else at_post)


def test_a_signal_ends_the_wait_between_two_edits(stage: Stage) -> None:
    stage.set(throttle=600)
    running = stage.start(stage.plan)
    running.go()
    while not stage.records(journal.OUTCOME):
        time.sleep(0.05)
    began = time.monotonic()
    os.kill(running.pid, signal.SIGTERM)
    applied = stage.finish(running)
    assert (applied.ends, applied.code) == ([SAVED, End.STOPPED], 143)
    assert time.monotonic() - began < 20


@pytest.mark.parametrize(
    ("number", "code"), [pytest.param(signal.SIGTERM, 143, id="SIGTERM"), pytest.param(signal.SIGINT, 130, id="Ctrl-C")]
)
def test_a_signal_lets_the_edit_on_its_way_arrive_and_ends_the_run(stage: Stage, number: int, code: int) -> None:
    stage.proxy.pause(POST, skip=1)
    run = stage.start(stage.plan)
    run.go()
    stage.proxy.held()
    os.kill(run.pid, number)
    stage.proxy.go()
    applied = stage.finish(run)
    assert (applied.ends, applied.code) == ([SAVED, SAVED, End.STOPPED], code)
    verify(stage, stage(stage.plan), [End.SAVED_BEFORE, End.SAVED_BEFORE, SAVED])


# --- requests and answers that are lost, late, damaged or doubled


HERE = {"skip": 1}  # the second edit


@pytest.mark.parametrize(
    ("spoil", "end", "posts"),
    [
        pytest.param(lambda p: p.drop_after(POST, **HERE), End.SAVED_BEFORE, 3, id="answer lost"),
        pytest.param(lambda p: p.truncate(POST, 10, **HERE), End.SAVED_BEFORE, 3, id="answer cut off"),
        pytest.param(lambda p: p.truncate(POST, 0, **HERE), End.SAVED_BEFORE, 3, id="answer without content"),
        pytest.param(lambda p: p.html(POST, **HERE), End.SAVED_BEFORE, 3, id="web page for the answer"),
        pytest.param(lambda p: p.status(POST, 502, Phase.DURING, **HERE), End.SAVED_BEFORE, 3, id="502 for the answer"),
        pytest.param(lambda p: p.status(POST, 503, Phase.DURING, **HERE), End.SAVED_BEFORE, 3, id="503 for the answer"),
        pytest.param(lambda p: p.drop_before(POST, **HERE), SAVED, 4, id="request lost"),
        pytest.param(lambda p: p.html(POST, Phase.BEFORE, **HERE), SAVED, 4, id="web page, nothing done"),
        pytest.param(
            lambda p: p.status(POST, 503, headers={"Retry-After": "1"}, **HERE), SAVED, 4, id="503, nothing done"
        ),
        pytest.param(lambda p: p.duplicate(POST, keep_first=True, **HERE), SAVED, 3, id="sent twice, first answer"),
        pytest.param(lambda p: p.stray(POST, 0.5, **HERE), SAVED, 4, id="request late, after the second try"),
        pytest.param(lambda p: p.drop_before(look("B")), SAVED, 3, id="look lost"),
        pytest.param(lambda p: p.drop_after(look("B")), SAVED, 3, id="answer to the look lost"),
    ],
)
def test_what_is_spoilt_once_is_made_good(stage: Stage, spoil: Callable[[Proxy], None], end: End, posts: int) -> None:
    spoil(stage.proxy)
    verify(stage, stage(stage.plan), [SAVED, end, SAVED])
    assert stage.posts() == posts


@pytest.mark.parametrize(
    ("spoil", "end"),
    [
        pytest.param(lambda p: p.drop_after(POST, skip=2), End.SAVED_BEFORE, id="answer lost"),
        pytest.param(lambda p: p.drop_before(POST, skip=2), SAVED, id="request lost"),
        pytest.param(lambda p: p.duplicate(POST, skip=2), End.SAVED_BEFORE, id="sent twice, second answer"),
        pytest.param(lambda p: p.duplicate(POST, skip=2, keep_first=True), SAVED, id="sent twice, first answer"),
        pytest.param(lambda p: p.stray(POST, 0.5, skip=2), SAVED, id="request late, after the second try"),
    ],
)
def test_a_new_page_is_made_once(stage: Stage, spoil: Callable[[Proxy], None], end: End) -> None:
    spoil(stage.proxy)
    verify(stage, stage(stage.plan), [SAVED, SAVED, end])


def error(code: str, **more: object) -> dict[str, object]:
    return {"error": {"code": code, "info": "What the wiki says of it.", **more}}


@pytest.mark.parametrize(
    ("answer", "ends"),
    [
        pytest.param(error("autoblocked"), [SAVED, End.BLOCKED], id="autoblock"),
        pytest.param(error("globalblocking-blockedtext-user"), [SAVED, End.BLOCKED], id="global block"),
        pytest.param(error("cascadeprotected"), [SAVED, End.PROTECTED, SAVED], id="cascading protection"),
        pytest.param(error("pagedeleted"), [SAVED, MISSING, SAVED], id="deleted since the plan was read"),
        pytest.param(error("maxlag", lag=0.2), [SAVED, SAVED, SAVED], id="lag that passes"),
        pytest.param(error("ratelimited"), [SAVED, SAVED, SAVED], id="limit that passes"),
        pytest.param(error("badtoken"), [SAVED, SAVED, SAVED], id="token gone stale"),
        pytest.param(error("hookaborted"), [SAVED, End.REFUSED, SAVED], id="another extension says no"),
        pytest.param(error("never-heard-of"), [SAVED, End.REFUSED, SAVED], id="unknown error"),
        pytest.param(error("internal_api_error_DBQueryError"), [SAVED, SAVED, SAVED], id="database in trouble"),
        pytest.param(
            {"edit": {"result": "Failure", "captcha": {"type": "simple", "id": "1"}}},
            [SAVED, End.CAPTCHA],
            id="captcha",
        ),
        pytest.param({"edit": {"result": "Failure"}}, [SAVED, End.REFUSED, SAVED], id="failure without a reason"),
        pytest.param({"edit": {}}, [SAVED, End.REFUSED, SAVED], id="neither yes nor no"),
        pytest.param({}, [SAVED, SAVED, SAVED], id="empty answer"),
        pytest.param([], [SAVED, SAVED, SAVED], id="a list"),
        pytest.param("Success", [SAVED, SAVED, SAVED], id="a word"),
        pytest.param({"edit": {"result": "Success", "newrevid": "x"}}, [SAVED, SAVED, SAVED], id="wrong types"),
    ],
)
def test_what_this_wiki_would_not_say_by_itself(stage: Stage, answer: object, ends: Sequence[str]) -> None:
    stage.proxy.answer(POST, answer, skip=1)
    verify(stage, stage(stage.plan), ends)


def test_a_lag_of_a_day_is_not_waited_for(stage: Stage) -> None:
    stage.proxy.answer(POST, error("maxlag", lag=86400.0), skip=1)
    running = stage.start(stage.plan)
    running.go()
    done = running.wait(30)
    assert done.code == 1
    assert stage.records(journal.OUTCOME)[-1] == (title("B"), End.MAXLAG)


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(error("internal_api_error_DBQueryError"), id="database in trouble"),
        pytest.param(error("internal_api_error_MWException"), id="exception"),
        pytest.param(error("editconflict"), id="conflict with ourselves"),
        pytest.param(error("never-heard-of"), id="unknown error"),
        pytest.param({}, id="empty answer"),
        pytest.param([], id="a list"),
    ],
)
def test_what_is_said_after_the_edit_was_made_does_not_hide_it(stage: Stage, answer: object) -> None:
    stage.proxy.answer(POST, answer, Phase.DURING, skip=1)
    verify(stage, stage(stage.plan), [SAVED, End.SAVED_BEFORE, SAVED])
    assert stage.posts() == 3


@pytest.mark.parametrize("status", [302, 307])
@pytest.mark.parametrize("phase", [Phase.BEFORE, Phase.DURING])
def test_an_edit_that_is_sent_elsewhere_is_made_once(stage: Stage, status: int, phase: Phase) -> None:
    stage.proxy.status(POST, status, phase, {"Location": f"{stage.proxy.url}/w/api.php?format=json"}, skip=1)
    applied = stage(stage.plan)
    stage.proxy.idle()
    assert set(applied.ends) <= {SAVED, End.SAVED_BEFORE, End.NO_CHANGE}
    own = [v for v in histories(stage.wiki.url, [title("B")])[title("B")] if v.user == BOT]
    assert [version.text for version in own] == [new("B")]


@pytest.mark.parametrize("diff3", [pytest.param("/usr/bin/diff3", id="merging"), pytest.param("", id="not merging")])
def test_an_edit_that_arrives_twice_is_made_once(stage: Stage, diff3: str) -> None:
    stage.world.switch(settings={"wgDiff3": diff3})
    stage.proxy.duplicate(POST, skip=1)
    applied = stage(stage.plan)
    assert applied.ends[1] in {End.SAVED_BEFORE, End.NO_CHANGE}
    verify(stage, applied, [SAVED, applied.ends[1], SAVED])


@pytest.mark.parametrize("phase", [Phase.BEFORE, Phase.DURING])
def test_an_answer_that_takes_too_long_is_looked_for(stage: Stage, phase: Phase) -> None:
    stage.set(network="read_timeout = 0.8")
    stage.proxy.delay(POST, 1.5, phase, skip=1)
    applied = stage(stage.plan)
    verify(stage, applied, [SAVED, SAVED if phase is Phase.BEFORE else End.SAVED_BEFORE, SAVED])


@pytest.mark.parametrize(
    ("spoil", "end"),
    [
        pytest.param(lambda p: p.drop_before(POST, skip=1, times=99), End.UNREACHABLE, id="requests lost"),
        pytest.param(lambda p: p.status(POST, 503, skip=1, times=99), End.UNREACHABLE, id="503"),
        pytest.param(lambda p: p.html(POST, Phase.BEFORE, skip=1, times=99), End.UNREACHABLE, id="web pages"),
        pytest.param(lambda p: p.drop_before(look("B"), times=99), End.STOPPED, id="looks lost"),
        pytest.param(lambda p: p.html(look("B"), times=99), End.STOPPED, id="web pages for looks"),
        pytest.param(lambda p: p.truncate(look("B"), 99, times=99), End.STOPPED, id="looks cut off"),
        pytest.param(
            lambda p: (p.drop_after(POST, skip=1), p.drop_before(look("B"), skip=1, times=99)), End.LOST, id="wiki gone"
        ),
    ],
)
def test_a_wiki_that_stays_away_ends_the_run_and_the_next_run_finishes_it(
    stage: Stage, spoil: Callable[[Proxy], None], end: End
) -> None:
    spoil(stage.proxy)
    verify(stage, stage(stage.plan), [SAVED, end])
    sent = stage.posts()
    stage.proxy.clear()
    applied = stage(stage.plan)
    assert (applied.ends, applied.code) == (
        [End.SAVED_BEFORE, End.SAVED_BEFORE if end is End.LOST else SAVED, SAVED],
        0,
    )
    assert len(stage.records(journal.INTENT)) == sent + stage.posts()


def test_a_merge_whose_answer_was_lost_is_not_taken_for_done_and_not_made_again(stage: Stage) -> None:
    stage.proxy.pause(POST, skip=1)
    stage.proxy.drop_after(POST, skip=1)
    running = stage.start(stage.plan)
    running.go()
    stage.proxy.held()
    edited("B", ELSEWHERE)(stage)
    stage.proxy.go()
    assert stage.finish(running).ends == [SAVED, CONFLICT, SAVED]
    assert stage(stage.plan).ends == [End.SAVED_BEFORE, CONFLICT, End.SAVED_BEFORE]
    versions = histories(stage.wiki.url, [title("B")])[title("B")]
    assert [version.user for version in versions] == ["Other", "Other", BOT]
    assert "meanwhile" in versions[-1].text


# --- again, at once, and without a journal


def test_a_second_run_sends_nothing(stage: Stage) -> None:
    verify(stage, stage(stage.plan), [SAVED, SAVED, SAVED])
    stage.proxy.clear()
    again = stage(stage.plan)
    assert (again.ends, again.code, stage.posts()) == ([End.SAVED_BEFORE] * 3, 0, 0)


def test_what_others_did_after_the_first_run_stays(stage: Stage) -> None:
    verify(stage, stage(stage.plan), [SAVED, SAVED, SAVED])
    edited("A", OLD)(stage)
    deleted("B")(stage)
    deleted("C")(stage)
    stage.proxy.clear()
    again = stage(stage.plan)
    assert again.ends == [End.SAVED_BEFORE, MISSING, MISSING]
    left = histories(stage.wiki.url, [title(name) for name in "ABC"])
    assert [versions[-1].text if versions else None for versions in left.values()] == [OLD, None, None]


def test_two_runs_at_once_make_each_edit_once(stage: Stage, tmp_path: Path) -> None:
    runs = []
    for _ in range(2):
        runs.append(stage.start(stage.plan))
        stage.journal = tmp_path / "journal.of.another.machine"
        stage.set()
    for one in runs:
        one.go()
    for applied in map(stage.finish, runs):
        assert set(applied.ends) <= {SAVED, End.SAVED_BEFORE, End.NO_CHANGE}
        assert (len(applied.ends), applied.code) == (3, 0)
    for edit in stage.plan.edits:
        own = [v for v in histories(stage.wiki.url, [edit.title])[edit.title] if v.user == BOT]
        assert [(v.parent, v.text) for v in own] == [(edit.base_revid, edit.text)]


def test_nothing_is_sent_while_another_run_holds_the_journal(stage: Stage) -> None:
    with stage.journal.open("a") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        applied = stage(stage.plan)
    assert (applied.ends, applied.code, stage.posts()) == ([], 2, 0)
    assert "Another run" in applied.done.stderr


def test_nothing_is_sent_without_a_journal(stage: Stage) -> None:
    stage.journal.mkdir()
    applied = stage(stage.plan)
    assert (applied.ends, applied.code, stage.posts()) == ([], 1, 0)
    assert str(stage.journal) in applied.done.stderr


@pytest.mark.parametrize(
    ("number", "saved"),
    [pytest.param(3, 1, id="before the second edit"), pytest.param(4, 2, id="after the second edit")],
)
def test_a_full_disk_ends_the_run_and_the_next_run_finishes_it(stage: Stage, number: int, saved: int) -> None:
    running = stage.start(stage.plan, Cut(str(stage.journal.resolve()), "write", number, "full"))
    running.go()
    applied = stage.finish(running)
    assert (applied.ends, applied.code, stage.posts()) == (["saved"], 1, saved)
    assert "No space left" in applied.done.stderr
    verify(stage, stage(stage.plan), [*[End.SAVED_BEFORE] * saved, *[SAVED] * (3 - saved)])


@pytest.mark.parametrize(
    "left", [pytest.param(b"", id="empty"), pytest.param(b"#LWP-Cookies-2.0\nSet-Cook", id="cut off")]
)
def test_cookies_that_a_killed_run_left_half_written_do_not_matter(stage: Stage, folder: Path, left: bytes) -> None:
    verify(stage, stage(stage.plan), [SAVED, SAVED, SAVED])
    for kept in folder.glob("pywikibot/*.lwp"):
        kept.write_bytes(left)
    assert stage(stage.plan).code == 0
