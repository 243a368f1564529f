"""What cannot be a setting is told in words; what can is told nothing of, just as msgspec takes it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.config import Settings
from bot.settings_file import all_of, nearest, refused, troubles

WHOLE = "a whole number from 0 to 100000"
SEVERITIES = '"ban", "lock", "global block", "sitewide block", "partial block", "name form"'
A_LIST = {"id": "x", "title": "X", "authority": "a"}
EXEMPT = {"central_id": 1, "source": "a", "entry": "b", "who": "c", "why": "d", "when": date(2026, 1, 2), "facts": "e"}


@pytest.mark.parametrize(
    ("values", "sentences"),
    [
        pytest.param({}, [], id="nothing"),
        pytest.param({"site": "de"}, ['"site" must be a wiki, such as "wikipedia:de", not "de".'], id="a pattern"),
        pytest.param({"site": 5}, ['"site" must be a wiki, such as "wikipedia:de", not the number 5.'], id="no text"),
        pytest.param({"contact": []}, ['"contact" must be text, not a list.'], id="a list for text"),
        pytest.param({"contact": {}}, ['"contact" must be text, not a table.'], id="a table for text"),
        pytest.param({"contact": date(2026, 1, 2)}, ['"contact" must be text, not a date or time.'], id="a day"),
        pytest.param({"rename_lookups": True}, [f'"rename_lookups" must be {WHOLE}, not true.'], id="yes for a number"),
        pytest.param({"rename_lookups": 1.5}, [f'"rename_lookups" must be {WHOLE}, not the number 1.5.'], id="a half"),
        pytest.param({"rename_lookups": 10**30}, [f'"rename_lookups" must be {WHOLE}, not a number like that.'], id="large"),
        pytest.param(
            {"network": {"read_timeout": 0}},
            ['"network.read_timeout" must be a number above 0, and at most 3600, not the number 0.'],
            id="a bound that is not in it",
        ),
        pytest.param(
            {"network": {"patience": float("nan")}},
            ['"network.patience" must be a number from 0 to 3600, not a number like that.'],
            id="not a number",
        ),
        pytest.param({"network": 5}, ['"network" must be a table, not the number 5.'], id="a number for a table"),
        pytest.param({"task_limits": "x"}, ['"task_limits" must be a table, not "x".'], id="a text for a table"),
        pytest.param({"off": "x"}, ['"off" must be a list, not "x".'], id="a text for a list"),
        pytest.param({"off": ["x", 5]}, ['"off (2)" must be text, not the number 5.'], id="an element"),
        pytest.param({"off": ["x" * 99, "y"]}, [], id="long, and well"),
        pytest.param({"limits": {"page": 1}}, ['There is no "page" in "limits"; do you mean "pages"?'], id="a key"),
        pytest.param(
            {"run": {"zzz": 1}}, ['There is no "zzz" in "run"; there are "tasks", "approved".'], id="a key like none"
        ),
        pytest.param(
            {"task_limits": {"a\nb": {"edits": -1}}},
            [f'"task_limits.a b.edits" must be {WHOLE}, not the number -1.'],
            id="in a table of tables",
        ),
        pytest.param(
            {"contacts": {"source": "file"}}, ['"contacts.source" cannot be "file"; there are "page", "roster".'],
            id="none of the words",
        ),
        pytest.param(
            {"contacts": {"source": ["page"]}}, ['"contacts.source" cannot be a list; there are "page", "roster".'],
            id="a list for a word",
        ),
        pytest.param(
            {"lists": [{**A_LIST, "severity": "death"}]}, [f'"lists.severity" cannot be "death"; there are {SEVERITIES}.'],
            id="none of the severities",
        ),
        pytest.param({"lists": [{**A_LIST, "severity": "lock", "enabled": False}]}, [], id="a list that is well"),
        pytest.param(
            {"lists": [{**A_LIST, "enabled": 1}]}, ['"lists.enabled" must be true or false, not the number 1.'],
            id="a number for yes",
        ),
        pytest.param(
            {"lists": [A_LIST, {"id": "y", "title": "Y"}]}, ['"lists (2)" has no "authority"; write one.'],
            id="something is missing",
        ),
        pytest.param({"exemptions": [{**EXEMPT, "until": date(2026, 1, 3)}]}, [], id="a day that is well"),
        pytest.param({"exemptions": [{**EXEMPT, "until": "2026-01-03"}]}, [], id="a day in quotation marks"),
        pytest.param(
            {"exemptions": [{**EXEMPT, "until": datetime(2026, 1, 3, 12, tzinfo=UTC)}]},
            ['"exemptions.until" must be a day, such as 2026-12-24, not a date or time.'], id="a time for a day",
        ),
        pytest.param(
            {"exemptions": [{**EXEMPT, "when": "soon"}]},
            ['"exemptions.when" must be a day, such as 2026-12-24, not "soon".'], id="no day",
        ),
        pytest.param(
            {"contact": 1, "stie": "x" * 99},
            ['"contact" must be text, not the number 1.', 'There is no "stie"; do you mean "site"?'], id="two mistakes",
        ),
    ],
)  # fmt: skip
def test_every_mistake_is_a_sentence(values: Mapping[str, object], sentences: list[str]) -> None:
    assert list(troubles(values, Settings)) == sentences
    if sentences:
        with pytest.raises(msgspec.ValidationError):
            msgspec.convert(values, Settings, strict=True)
    else:
        msgspec.convert(values, Settings, strict=True)


LEAVES = st.one_of(
    st.booleans(),
    st.integers(-5, 200_000),
    st.floats(),
    st.text(max_size=5),
    st.sampled_from(["meta:meta", "contacts", "page", "ban", "2026-01-02", "20260102", "User:{bot}/{event}"]),
    st.dates(),
)
NAMES = "site network retries read_timeout lists severity off limits edits run tasks contacts source minimum rosters"
NAMES += " task_limits exemptions until notices version"
KEYS = st.sampled_from([*NAMES.split(), *A_LIST, *EXEMPT])
VALUES = st.recursive(
    LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=4), max_leaves=8
)


@given(st.dictionaries(KEYS, VALUES, max_size=4))
def test_what_is_taken_and_what_is_told_are_the_same(values: dict[str, object]) -> None:
    try:
        msgspec.convert(values, Settings, strict=True)
    except msgspec.ValidationError:
        assert troubles(values, Settings)
    else:
        assert troubles(values, Settings) == ()


def test_a_message_names_where_and_holds_each_sentence_once() -> None:
    assert all_of(["A.", "A."], "s.toml") == "s.toml: A."
    assert all_of(["A.", "B."], "s.toml") == "s.toml has 2 mistakes:\n  A.\n  B."


def test_the_first_source_with_a_mistake_is_named() -> None:
    wrong = refused({"The environment": {"site": "meta:meta"}, "s.toml": {"off": 1}, "other": {"off": 2}}, Settings)
    assert str(wrong) == 's.toml: "off" must be a list, not the number 1.'
    assert "holds a value that cannot be" in str(refused({"s.toml": {}}, Settings))


@given(st.text(max_size=300), st.lists(st.text(min_size=1, max_size=5), min_size=1, max_size=5))
def test_what_may_have_been_meant_is_one_of_what_there_is(word: str, known: list[str]) -> None:
    said = nearest(word, known)
    assert said.startswith("there are ") or any(said == f'do you mean "{one}"?' for one in known)
