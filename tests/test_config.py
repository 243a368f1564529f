"""Settings: defaults for Meta, a TOML file, the environment; and one sentence for everything that cannot be used."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot import config
from bot.config import Limits, Settings
from bot.errors import ConfigError
from bot.model import Severity


def test_the_defaults_are_meta_s() -> None:
    settings = config.load(None, {})
    assert settings.site == "meta:meta"
    assert [one.title for one in settings.lists] == ["WMF Global Ban Policy/List", "List of globally banned users"]
    assert {one.severity for one in settings.lists} == {Severity.BAN}


def test_the_environment_beats_the_file_and_names_it(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_text('\ufeffsite = "wikipedia:de"\ncontact = "a@example.org"\n', encoding="utf-8")
    environ = {"EVENTSAFETY_CONFIG": str(path), "EVENTSAFETY_SITE": "wikipedia:fr"}
    settings = config.load(None, environ)
    assert (settings.site, settings.contact) == ("wikipedia:fr", "a@example.org")


@pytest.mark.parametrize(
    ("toml", "words"),
    [
        pytest.param('site = "meta:meta\nsite = 1', "line 1", id="malformed, with the line"),
        pytest.param('a = 1\nsite = "x:y"\nsite = "x:y"\n', "line 3", id="a key twice, with the line"),
        pytest.param('site = "meta"', '"site" must be', id="a wiki without its family"),
        pytest.param("stie = 1", "stie", id="unknown key"),
        pytest.param("site = 1", '"site" must be', id="wrong type"),
        pytest.param("network = {read_timeout = 'x'}", '"network.read_timeout" must be', id="wrong type further in"),
        pytest.param("network = {read_timeout = 0}", '"network.read_timeout" must be', id="no time at all"),
        pytest.param("network = {retries = -1}", '"network.retries" must be', id="less than none"),
        pytest.param("network = {longest_wait = nan}", '"network.longest_wait" must be', id="not a number"),
        pytest.param('[[lists]]\nid = "x"\nauthority = "a"', '"lists" has no "title"', id="a list without a title"),
        pytest.param(
            '[[lists]]\nid="x"\ntitle="X"\nauthority="a"\nseverity="death"', "severity", id="unknown severity"
        ),
        pytest.param('off = ["no-such-source"]', "no-such-source", id="a source that there is not"),
        pytest.param(
            '[[lists]]\nid="x"\ntitle="X"\nauthority="a"\n[[lists]]\nid="x"\ntitle="Y"\nauthority="a"',
            '"x" twice',
            id="an id twice",
        ),
        pytest.param('[[lists]]\nid="global-lock"\ntitle="X"\nauthority="a"', "global-lock", id="an id that is taken"),
    ],
)
def test_what_cannot_be_used_is_named(tmp_path: Path, toml: str, words: str) -> None:
    (tmp_path / "s.toml").write_text(toml, encoding="utf-8")
    with pytest.raises(ConfigError, match=words) as caught:
        config.load(tmp_path / "s.toml", {})
    assert "s.toml" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_all_that_is_wrong_is_said_at_once_and_where(tmp_path: Path) -> None:
    path = tmp_path / "s.toml"
    path.write_text('stie = 1\n[run]\napproved = ["contact", "notices", "reviews"]\n[limit]\nedits = 1\n')
    with pytest.raises(ConfigError) as caught:
        config.load(path, {})
    assert str(caught.value).split("\n") == [
        f"{path} has 4 mistakes:",
        '  There is no "stie"; do you mean "site"?',
        '  "run.approved (1)" cannot be "contact"; do you mean "contacts"?',
        '  "run.approved (3)" cannot be "reviews"; do you mean "review"?',
        '  There is no "limit"; do you mean "limits"?',
    ]
    path.write_text('off = ["global_lock"]\n[task_limits.reviews]\nedits = 1\n')
    with pytest.raises(ConfigError, match=r'2 mistakes:\n.*mean "global-lock"\?\n.*mean "review"\?$'):
        config.load(path, {})


def test_a_mistake_in_the_environment_is_not_said_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / "s.toml"
    path.write_text('contact = "a@example.org"\n')
    with pytest.raises(ConfigError, match=r'^The environment: "site" must be a wiki, such as "wikipedia:de", not "de"'):
        config.load(path, {"EVENTSAFETY_SITE": "de"})


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"none\.toml: No such file"):
        config.load(tmp_path / "none.toml", {})
    (tmp_path / "binary.toml").write_bytes(b"\xff\x00")
    with pytest.raises(ConfigError, match="not valid TOML"):
        config.load(tmp_path / "binary.toml", {})


def test_by_default_writing_is_slow_stoppable_and_on_hardly_any_talk_page() -> None:
    settings = config.load(None, {})
    assert settings.writing.stop_page == "User:{bot}/Run"
    assert (settings.writing.put_throttle, settings.writing.edits_per_hour) == (10.0, 360)
    assert settings.writing.plan_hours == 24
    assert (settings.writing.maxlag, settings.writing.retries, settings.writing.failures) == (5, 2, 3)
    assert (settings.limits.talk_pages, settings.limits.share_removed) == (2, 0.5)
    assert settings.review.page == "User:{bot}/Event review/{event}"


WRITING = """\
[writing]
stop_page = "User:{bot}/Stop"
put_throttle = 0
maxlag = -2
tags = ["bot edit"]
[limits]
edits = 7
[task_limits.review]
new_pages = 1
"""


def test_writing_and_its_limits_come_from_the_file(tmp_path: Path) -> None:
    (tmp_path / "s.toml").write_text(WRITING, encoding="utf-8")
    settings = config.load(tmp_path / "s.toml", {})
    assert settings.writing.stop_page == "User:{bot}/Stop"
    assert (settings.writing.put_throttle, settings.writing.maxlag, settings.writing.tags) == (0.0, -2, ("bot edit",))
    assert settings.writing.edits_per_hour == 360
    assert settings.limits == Limits(edits=7)
    assert settings.task_limits == {"review": Limits(new_pages=1)}


SEVEN, NONE = Limits(edits=7), Limits(edits=0, pages=0, new_pages=0, bytes_removed=0, share_removed=0.0)


@pytest.mark.parametrize(
    ("settings", "task", "limits"),
    [
        pytest.param(Settings(), "review", config.TASK_LIMITS["review"], id="those of the task"),
        pytest.param(Settings(), "another", Limits(), id="a task without its own: those of a plan"),
        pytest.param(Settings(limits=SEVEN), "another", SEVEN, id="a task without its own: the operator's for a plan"),
        pytest.param(
            Settings(limits=SEVEN), "review", config.TASK_LIMITS["review"], id="those of a plan hold beside the task's"
        ),
        pytest.param(Settings(task_limits={"review": SEVEN}), "review", SEVEN, id="the operator's for the task"),
        pytest.param(Settings(task_limits={"review": NONE}), "review", NONE, id="nothing at all is a limit too"),
        pytest.param(
            Settings(task_limits={"review": SEVEN}), "templates", config.TASK_LIMITS["templates"], id="of another task"
        ),
    ],
)
def test_the_limits_of_a_task(settings: Settings, task: str, limits: Limits) -> None:
    assert settings.limits_of(task) == limits


@pytest.mark.parametrize(
    ("toml", "words"),
    [
        pytest.param("writing = {stop_pages = 'X'}", "stop_pages", id="unknown key"),
        pytest.param("writing = {put_throttle = -1}", '"writing.put_throttle" must be', id="faster than at once"),
        pytest.param("writing = {put_throttle = nan}", '"writing.put_throttle" must be', id="not a number"),
        pytest.param("writing = {edits_per_hour = -1}", '"writing.edits_per_hour" must be', id="less than none"),
        pytest.param(
            "writing = {edits_per_hour = 0}", '"writing.edits_per_hour" must be', id="no edits, which limits say"
        ),
        pytest.param('review = {page = "Project:Reviews"}', '"review.page" must be', id="a page for all events"),
        pytest.param("writing = {plan_hours = 0}", '"writing.plan_hours" must be', id="a plan that is always too old"),
        pytest.param("writing = {plan_hours = 9000}", '"writing.plan_hours" must be', id="a plan of more than a year"),
        pytest.param("[task_limits.reviews]\nedits = 1", "no task .reviews.*do you mean .review.", id="no task"),
        pytest.param("writing = {edits_per_hour = 1.5}", '"writing.edits_per_hour" must be', id="half an edit"),
        pytest.param("writing = {maxlag = -3}", '"writing.maxlag" must be', id="a lag that there cannot be"),
        pytest.param("writing = {maxlag = 61}", '"writing.maxlag" must be', id="a lag that is no limit any more"),
        pytest.param("writing = {failures = 0}", '"writing.failures" must be', id="a run that ends before it begins"),
        pytest.param("writing = {tags = 'one'}", '"writing.tags" must be', id="one tag for a list"),
        pytest.param("limits = {edits = -1}", '"limits.edits" must be', id="less than no edits"),
        pytest.param("limits = {edits = inf}", '"limits.edits" must be', id="without end"),
        pytest.param("limits = {share_removed = 1.1}", '"limits.share_removed" must be', id="more than all"),
        pytest.param("limits = {share_removed = 50}", '"limits.share_removed" must be', id="percent"),
        pytest.param("limits = {talkpages = 1}", "talkpages", id="an unknown limit"),
        pytest.param("[task_limits.review]\npage = 1", "page", id="an unknown limit of a task"),
        pytest.param("task_limits = 5", '"task_limits" must be', id="a number for limits"),
        pytest.param("review = {groups = 'steward'}", '"review.groups" must be', id="one group for a list"),
    ],
)
def test_settings_for_writing_that_cannot_be_used_are_named(tmp_path: Path, toml: str, words: str) -> None:
    (tmp_path / "s.toml").write_text(toml, encoding="utf-8")
    with pytest.raises(ConfigError, match=words) as caught:
        config.load(tmp_path / "s.toml", {})
    assert "\n" not in str(caught.value)
