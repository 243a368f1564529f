from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.config import META_LISTS, Settings
from bot.doctor.facts import Clocks, Door, Facts, Wiki
from bot.doctor.judge import findings
from bot.model import FindingState, Severity, SiteInfo, Source, SourceKind, SourceState

NOW = datetime(2026, 11, 21, 1, 2, 3, tzinfo=UTC)
SITE = SiteInfo(
    dbname="metawiki",
    server="https://meta.example.org",
    article_path="/wiki/$1",
    script_path="/w",
    language="en",
    namespaces={},
    special_pages={},
    extensions=frozenset({"CampaignEvents", "CentralAuth", "GlobalBlocking"}),
)
LOCK = Source("global-lock", SourceKind.ACCOUNT, "stewards", Severity.LOCK, SourceState.OK, detail="list=globalusers")
BANS = Source(
    "wmf-global-bans", SourceKind.LIST, "wmf", Severity.BAN, SourceState.OK, title="Bans", revid=640, entries=1041
)
WIKI = Wiki(
    name="meta:meta",
    user_agent="eventsafety/0.1.0 (a@example.org)",
    username="ExampleBot",
    rights=frozenset({"apihighlimits", "bot", "createpage", "edit"}),
    site=SITE,
    clocks=Clocks(NOW, NOW),
    accounts=(LOCK,),
    lists=(BANS,),
)
DOOR = Door("User:ExampleBot/Run", "run", ())
GOOD = Facts((3, 11, 7), Settings(contact="a@example.org"), WIKI, {"/home/me/user-password.py": 0o600})


def with_wiki(**changes: Any) -> Facts:
    return replace(GOOD, wiki=replace(WIKI, **changes))


def test_a_good_set_up_is_fine_in_every_point() -> None:
    found = findings(GOOD)
    assert {finding.state for finding in found} == {FindingState.OK}
    assert [finding.name for finding in found] == [
        "Python",
        "Configuration",
        "Contact",
        "Password file",
        "Wiki",
        "Login",
        "Rights",
        "Clock",
        "CampaignEvents",
        "CentralAuth",
        "GlobalBlocking",
        "Source global-lock",
        "Source wmf-global-bans",
    ]
    assert not any(finding.advice for finding in found)


@pytest.mark.parametrize(
    ("facts", "name", "state", "part"),
    [
        pytest.param(replace(GOOD, python=(3, 10, 9)), "Python", "fail", "3.10.9", id="an old Python"),
        pytest.param(replace(GOOD, python=(3, 12, 0)), "Python", "ok", "3.12.0", id="a new Python"),
        pytest.param(replace(GOOD, settings="x.toml: line 3"), "Configuration", "fail", "line 3", id="broken settings"),
        pytest.param(replace(GOOD, settings=Settings()), "Contact", "warn", "names nobody", id="no contact"),
        pytest.param(
            replace(GOOD, settings=Settings(off=("global-lock",))),
            "Sources switched off",
            "warn",
            "global-lock",
            id="off",
        ),
        pytest.param(
            replace(GOOD, settings=Settings(lists=META_LISTS[:1])), "Configuration", "ok", "1 list page.", id="one list"
        ),
        pytest.param(
            replace(GOOD, password_files={"p": 0o644}), "Password file", "fail", "mode 0644", id="readable by all"
        ),
        pytest.param(replace(GOOD, password_files={"p": 0o640}), "Password file", "fail", "mode 0640", id="by a group"),
        pytest.param(replace(GOOD, wiki="No answer."), "Wiki", "fail", "No answer.", id="no wiki"),
        pytest.param(with_wiki(username=None), "Login", "warn", "anonymously", id="no account is no failure"),
        pytest.param(with_wiki(rights=frozenset()), "Rights", "warn", "50 names", id="low limits"),
        pytest.param(with_wiki(clocks="No time."), "Clock", "warn", "No time.", id="no time"),
        pytest.param(with_wiki(clocks=Clocks(NOW, NOW + timedelta(seconds=60))), "Clock", "ok", "60 s", id="a minute"),
        pytest.param(
            with_wiki(clocks=Clocks(NOW, NOW + timedelta(seconds=61))), "Clock", "warn", "61 s", id="too fast"
        ),
        pytest.param(
            with_wiki(clocks=Clocks(NOW, NOW - timedelta(hours=1))), "Clock", "warn", "3,600 s", id="too slow"
        ),
        pytest.param(with_wiki(site="Broken."), "Site information", "fail", "Broken.", id="no site information"),
        pytest.param(
            with_wiki(site=replace(SITE, extensions=frozenset())),
            "CampaignEvents",
            "warn",
            "sign-up pages",
            id="no events",
        ),
        pytest.param(with_wiki(accounts="No answer."), "Account states", "fail", "No answer.", id="no account states"),
        pytest.param(with_wiki(lists="No answer."), "List pages", "fail", "No answer.", id="no lists"),
        pytest.param(
            with_wiki(accounts=(replace(LOCK, state=SourceState.FAILED, detail="No CentralAuth."),)),
            "Source global-lock",
            "fail",
            "(failed): No CentralAuth.",
            id="a source failed",
        ),
        pytest.param(
            with_wiki(accounts=(replace(LOCK, state=SourceState.OFF),)),
            "Source global-lock",
            "ok",
            "off",
            id="source off",
        ),
        pytest.param(
            with_wiki(accounts=(replace(LOCK, detail="meta=globaluserinfo, one request for each name"),)),
            "Source global-lock",
            "warn",
            "one request for each name",
            id="the slow way",
        ),
        pytest.param(
            with_wiki(lists=(replace(BANS, state=SourceState.UNRECOGNISED, detail="a heading is gone"),)),
            "Source wmf-global-bans",
            "fail",
            "a heading is gone",
            id="a list not understood",
        ),
        pytest.param(GOOD, "Source wmf-global-bans", "ok", "revision 640: 1,041 entries", id="a list"),
        pytest.param(with_wiki(door=DOOR), "Writing", "ok", "may save", id="may write"),
        pytest.param(
            with_wiki(door=DOOR, rights=frozenset({"edit"})), "Writing", "warn", "createpage, bot", id="no bot"
        ),
        pytest.param(
            with_wiki(door="No answer."), "Writing", "warn", "No answer.", id="not known whether it may write"
        ),
        pytest.param(with_wiki(door=DOOR), "Stop page", "ok", 'says "run"', id="may run"),
        pytest.param(
            with_wiki(door=replace(DOOR, stop_text="Run!")), "Stop page", "warn", "does not say", id="stopped"
        ),
        pytest.param(with_wiki(door=replace(DOOR, stop_text=None)), "Stop page", "warn", "is not there", id="no page"),
        pytest.param(with_wiki(door=DOOR), "Templates", "ok", "As in", id="templates"),
        pytest.param(
            with_wiki(door=replace(DOOR, templates=("Template:X", "Template:Y"))),
            "Templates",
            "warn",
            "Template:X, Template:Y",
            id="templates that are missing",
        ),
    ],
)
def test_each_point(facts: Facts, name: str, state: str, part: str) -> None:
    finding = {finding.name: finding for finding in findings(facts)}[name]
    assert finding.state.value == state
    assert part in finding.text


@pytest.mark.parametrize(
    ("facts", "names"),
    [
        pytest.param(
            replace(GOOD, settings="broken", wiki=None), ["Python", "Configuration", "Password file"], id="no settings"
        ),
        pytest.param(
            replace(GOOD, wiki="No answer."),
            ["Python", "Configuration", "Contact", "Password file", "Wiki"],
            id="no wiki",
        ),
    ],
)
def test_what_could_not_be_asked_is_not_spoken_of(facts: Facts, names: list[str]) -> None:
    assert [finding.name for finding in findings(facts)] == names


def test_a_failure_that_can_be_mended_says_how() -> None:
    facts = replace(GOOD, python=(3, 10, 0), password_files={"p": 0o644}, wiki="No answer.")
    assert all(finding.advice for finding in findings(facts) if finding.state is FindingState.FAIL)
