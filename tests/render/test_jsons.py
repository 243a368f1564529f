import json
from importlib import resources
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings

from bot.model import CheckResult
from bot.plan import stored
from bot.render import jsons, runs
from tests.render import made_plans, made_up
from tests.render.golden_files import FINDINGS
from tests.render.hostile import texts

ALL = {
    "check": lambda: jsons.check(made_up.RESULT),
    "signups": lambda: jsons.signups(made_up.SIGNUPS),
    "banlist": lambda: jsons.banlist(made_up.BANLIST),
    "doctor": lambda: jsons.doctor(FINDINGS),
    "plan": lambda: stored.to_json(made_plans.PLAN),
    "outcomes": lambda: runs.as_json(made_plans.PLAN, made_plans.ENDED),
}


def schema(name: str) -> Any:
    return json.loads(resources.files("bot.render").joinpath(f"schema/{name}.json").read_text(encoding="utf-8"))


def only_known_keys(found: Any, rules: Any) -> None:
    if rules.get("type") == "object" and "properties" in rules:
        assert list(found) == list(rules["properties"])
        for key, inner in rules["properties"].items():
            only_known_keys(found[key], inner)
    elif rules.get("type") == "array":
        for one in found:
            only_known_keys(one, rules["items"])


@pytest.mark.parametrize("name", ALL)
def test_it_is_what_its_schema_says_with_keys_in_order(name: str) -> None:
    document, rules = json.loads(ALL[name]()), schema(name)
    jsonschema.Draft202012Validator.check_schema(rules)
    jsonschema.validate(document, rules, cls=jsonschema.Draft202012Validator)
    only_known_keys(document, rules)


@pytest.mark.parametrize(
    "result", [pytest.param(made_up.BAD_DAY, id="sources failed"), pytest.param(made_up.EMPTY, id="nobody")]
)
def test_other_days_fit_the_schema_too(result: CheckResult) -> None:
    jsonschema.validate(json.loads(jsons.check(result)), schema("check"))


def test_the_summary_counts_every_verdict_also_those_that_did_not_occur() -> None:
    assert json.loads(jsons.check(made_up.RESULT))["summary"] == {"FLAG": 2, "REVIEW": 1, "UNKNOWN": 2, "CLEAR": 2}
    assert json.loads(jsons.check(made_up.EMPTY))["summary"] == {"FLAG": 0, "REVIEW": 0, "UNKNOWN": 0, "CLEAR": 0}


def test_times_are_utc_and_a_hidden_account_has_no_name() -> None:
    document = json.loads(jsons.check(made_up.RESULT))
    assert document["event"]["start"] == "2026-12-24T13:00:00Z"
    assert document["checked_at"] == "2026-11-21T01:02:03Z"
    assert [r["central_id"] for r in document["registrants"] if r["name"] is None] == [8]


@settings(max_examples=40, deadline=None)
@given(texts)
def test_hostile_words_arrive_unchanged_and_harm_no_terminal(text: str) -> None:
    document = jsons.check(made_up.result(lambda _: text))
    assert json.loads(document)["registrants"][0]["name"] == text
    assert not any(ord(c) < 0x20 or 0x7F <= ord(c) < 0xA0 for c in document.replace("\n", ""))
    assert "\u202e" not in document
