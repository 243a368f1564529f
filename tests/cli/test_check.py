import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

import bot.check
from bot.check import CheckRequest
from bot.cli import cli
from bot.cli.check import exit_code
from bot.config import Settings
from bot.errors import UnreachableError
from bot.model import CheckResult, Coverage, Judged, Origin, Registrant, SourceState, VerdictKind
from tests.render.made_up import BAD_DAY, EMPTY, RESULT

HEALTHY = replace(
    EMPTY,
    judged=(Judged(Registrant("Willow Quill", Origin("csv", line=2)), VerdictKind.CLEAR),),
    sources=RESULT.sources,
    coverage=Coverage(1, 1, 0),
)


class Checker:
    """Stands for the check itself: keeps what it was asked and answers with a given result."""

    def __init__(self, result: CheckResult) -> None:
        self.result = result
        self.asked: list[tuple[CheckRequest, Settings]] = []

    def run(self, request: CheckRequest, settings: Settings, **_: Any) -> CheckResult:
        self.asked.append((request, settings))
        return self.result


@pytest.fixture
def checker(monkeypatch: pytest.MonkeyPatch) -> Checker:
    checker = Checker(HEALTHY)
    monkeypatch.setattr(bot.check, "run", checker.run)
    for name in ("EVENTSAFETY_CONFIG", "EVENTSAFETY_SITE", "EVENTSAFETY_CENTRAL_SITE", "EVENTSAFETY_CONTACT"):
        monkeypatch.delenv(name, raising=False)
    return checker


def check(*words: str, **more: Any) -> Result:
    return CliRunner().invoke(cli, ["check", *words], **more)


def unknown(result: CheckResult) -> CheckResult:
    one = Judged(Registrant("Heron", Origin("csv")), VerdictKind.UNKNOWN, unknown=("No answer.",))
    return replace(result, judged=(*result.judged, one))


def with_state(state: SourceState) -> CheckResult:
    first, *others = HEALTHY.sources
    return replace(HEALTHY, sources=(replace(first, state=state), *others))


@pytest.mark.parametrize(
    ("result", "code"),
    [
        pytest.param(HEALTHY, 0, id="everybody clear"),
        pytest.param(EMPTY, 0, id="nobody there"),
        pytest.param(RESULT, 10, id="flags beat everything else"),
        pytest.param(BAD_DAY, 10, id="flags and failed sources"),
        pytest.param(unknown(HEALTHY), 11, id="somebody not checked"),
        pytest.param(replace(HEALTHY, judged=(RESULT.judged[2],)), 11, id="a review: a person must look"),
        pytest.param(replace(HEALTHY, unparsed=RESULT.unparsed), 11, id="a line not read"),
        pytest.param(with_state(SourceState.FAILED), 11, id="a source failed"),
        pytest.param(with_state(SourceState.STALE), 11, id="a list too old"),
        pytest.param(with_state(SourceState.UNRECOGNISED), 11, id="a list not understood"),
        pytest.param(with_state(SourceState.OFF), 0, id="a source switched off is the operator's wish"),
        pytest.param(replace(HEALTHY, coverage=Coverage(1, 1, 9)), 11, id="private registrants nobody checked"),
        pytest.param(replace(HEALTHY, coverage=Coverage(1, 1, None)), 0, id="a page that shows no count"),
    ],
)
def test_exit_codes(result: CheckResult, code: int, checker: Checker) -> None:
    checker.result = result
    assert exit_code(result) == code
    assert check("Event:X").exit_code == code
    assert check("Event:X", "--json").exit_code == code


def test_what_was_asked_reaches_the_check(checker: Checker, tmp_path: Path) -> None:
    (tmp_path / "people.csv").write_bytes(b"user\nHeron\n")
    check("#12", "--registrants", str(tmp_path / "people.csv"), "--column", "user", "--only-csv", "--accept-list", "a")
    check("--registrants", "-", input="user\nFinch\n")
    check("X", "--site", "wikipedia:de")
    first, second, third = checker.asked
    assert first[0] == CheckRequest("#12", b"user\nHeron\n", "user", csv_only=True, accept_lists=frozenset({"a"}))
    assert second[0] == CheckRequest(None, b"user\nFinch\n")
    assert (third[0], third[1].site) == (CheckRequest("X"), "wikipedia:de")


def test_settings_come_from_the_file_before_the_option(checker: Checker, tmp_path: Path) -> None:
    (tmp_path / "bot.toml").write_text('site = "wikipedia:fr"\ncontact = "a@example.org"\n')
    check("X", "--config", str(tmp_path / "bot.toml"))
    check("X", "--config", str(tmp_path / "bot.toml"), "--site", "wikipedia:de")
    assert [(asked.site, asked.contact) for _, asked in checker.asked] == [
        ("wikipedia:fr", "a@example.org"),
        ("wikipedia:de", "a@example.org"),
    ]


def test_a_broken_settings_file_is_named_with_its_line(checker: Checker, tmp_path: Path) -> None:
    (tmp_path / "bot.toml").write_text('site = "meta:meta"\noff = ?\n')
    result = check("X", "--config", str(tmp_path / "bot.toml"))
    assert result.exit_code == 1
    assert "bot.toml" in result.stderr
    assert "line 2" in result.stderr
    assert not checker.asked


def test_the_report_goes_to_standard_output_and_nothing_else_does(checker: Checker) -> None:
    result = check("X")
    assert result.stdout.startswith("Event:Nobody yet\n")
    assert "None of 1 registrant needs a decision." in result.stdout
    assert "Willow Quill" not in result.stdout
    assert "Willow Quill" in check("X", "-v").stdout
    assert result.stderr == ""


def test_json_is_json_and_nothing_else(checker: Checker) -> None:
    result = check("X", "--json", "-v")
    assert json.loads(result.stdout)["schema"] == "eventsafety/check@1"
    assert result.stderr == ""


def test_the_page_is_written_beside_the_result(checker: Checker, tmp_path: Path) -> None:
    result = check("X", "--json", "--html", str(tmp_path / "report.html"))
    assert (tmp_path / "report.html").read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    assert json.loads(result.stdout)
    assert "report.html" in result.stderr


def test_a_page_that_cannot_be_written_is_refused_before_the_wiki_is_asked(checker: Checker, tmp_path: Path) -> None:
    assert check("X", "--html", str(tmp_path)).exit_code == 2
    assert not checker.asked


def test_an_error_of_the_check_leaves_no_page(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def fail(*_: Any, **__: Any) -> None:
        raise UnreachableError("meta:meta does not answer.")

    monkeypatch.setattr(bot.check, "run", fail)
    result = check("X", "--html", str(tmp_path / "report.html"))
    assert (result.exit_code, result.stderr) == (1, "eventsafety: meta:meta does not answer.\n")
    assert not list(tmp_path.iterdir())
