import json
from dataclasses import replace
from typing import Any

import pytest
from click.testing import CliRunner, Result

from bot.cli import cli
from bot.config import Settings
from bot.doctor import gather
from bot.doctor.facts import Facts
from tests.doctor.test_judge import GOOD, with_wiki


@pytest.fixture
def doctor(monkeypatch: pytest.MonkeyPatch) -> Any:
    def run(facts: Facts, *words: str) -> Result:
        def found(settings: Settings | str, clock: object) -> Facts:
            return replace(facts, settings=settings) if isinstance(settings, str) else facts

        monkeypatch.setattr(gather, "gather", found)
        return CliRunner().invoke(cli, ["doctor", *words])

    return run


def test_a_good_set_up_exits_with_0(doctor: Any) -> None:
    result = doctor(GOOD)
    assert result.exit_code == 0
    assert 'ok    Login: Logged in as "ExampleBot".' in result.stdout


def test_a_warning_exits_with_0_and_says_what_to_do(doctor: Any) -> None:
    result = doctor(with_wiki(username=None))
    assert result.exit_code == 0
    assert "warn  Login: Reading anonymously" in result.stdout
    assert "-> Configure an account" in result.stdout


def test_a_failure_exits_with_1(doctor: Any) -> None:
    result = doctor(replace(GOOD, wiki="meta:meta does not answer."), "--json")
    assert result.exit_code == 1
    document = json.loads(result.stdout)
    assert document["schema"] == "eventsafety/doctor@1"
    assert [row["text"] for row in document["findings"] if row["state"] == "fail"] == ["meta:meta does not answer."]


def test_broken_settings_are_a_finding_and_no_error(doctor: Any, tmp_path: Any) -> None:
    (tmp_path / "bot.toml").write_text("contact = \n")
    result = doctor(GOOD, "--config", str(tmp_path / "bot.toml"))
    assert result.exit_code == 1
    assert "fail  Configuration" in result.stdout
    assert result.stderr == ""
