"""An edit knows its digests and its guard; a plan has one digest over everything that it says."""

from __future__ import annotations

import hashlib
import unicodedata
from dataclasses import fields, replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given

from bot.config import Limits
from bot.plan.edits import Edit, Input, Plan, as_saved, text_digest
from tests.plan.invented import edit, edits, plan, plans, texts


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        pytest.param("a\nb", "a\nb", id="nothing to do"),
        pytest.param("a \t\n\n", "a", id="blanks at the end go"),
        pytest.param("\n a", "\n a", id="those at the beginning stay"),
        pytest.param("a  \nb", "a  \nb", id="those within stay"),
        pytest.param("a\r\nb\rc", "a\nb\nc", id="line ends of other systems"),
        pytest.param("a\r\n", "a", id="a line end of another system at the end"),
        pytest.param("e\u0301", "\u00e9", id="a letter and its accent"),
        pytest.param("\u212b", "\u00c5", id="a sign that is a letter"),
        pytest.param("a\u00a0", "a\u00a0", id="PHP's rtrim knows no blanks beyond ASCII"),
        pytest.param("a\u2028", "a\u2028", id="nor line ends beyond it"),
        pytest.param("a\0b\x0cc\x1fd", "a\ufffdb\ufffdc\ufffdd", id="control characters are replaced"),
        pytest.param("a\0", "a\ufffd", id="so that none is left to be cut off"),
        pytest.param("a\x7f\x85", "a\x7f\x85", id="but not these"),
        pytest.param("\ufffe\uffff\ufffd", "\ufffd\ufffd\ufffd", id="no characters at all"),
        pytest.param(" \n\t", "", id="nothing is left"),
    ],
)
def test_what_the_wiki_keeps_of_a_text(text: str, kept: str) -> None:
    assert as_saved(text) == kept


@given(texts)
def test_a_text_that_was_saved_is_saved_as_it_is(text: str) -> None:
    kept = as_saved(text)
    assert as_saved(kept) == kept
    assert unicodedata.is_normalized("NFC", kept)
    assert "\r" not in kept
    assert kept == kept.rstrip(" \t\n")


def test_the_digest_of_a_text_is_the_one_that_the_wiki_gives() -> None:
    assert text_digest("") == "da39a3ee5e6b4b0d3255bfef95601890afd80709"
    assert text_digest("é") == hashlib.sha1("é".encode()).hexdigest()


def test_a_base_of_nought_makes_a_page() -> None:
    new, old = edit(base_revid=0, old_text=""), edit()
    assert (new.creates, new.old_digest) == (True, "")
    assert (old.creates, old.old_digest) == (False, text_digest("b"))
    assert new.new_digest == old.new_digest == text_digest("b\nline")


OTHER: dict[str, Any] = {
    "site": "meta:test",
    "server": "https://test.example",
    "user": "OtherBot",
    "software": "eventsafety 0.2.0",
    "read_at": plan().read_at + timedelta(seconds=1),
    "inputs": (Input("page", "Event:X", 872),),
    "limits": {"": Limits(edits=99)},
    "edits": (edit(),),
    "notes": (),
}
OTHER_EDIT: dict[str, Any] = {
    "title": "User:TestBot/Event review/Z",
    "namespace": 3,
    "task": "templates",
    "base_revid": 10,
    "old_text": "c",
    "text": "b\nlime",
    "summary": "Bot: example",
    "reasons": ("Because.",),
    "minor": True,
    "bot": False,
    "tags": ("tag",),
}


def test_the_tables_below_name_every_field() -> None:
    assert list(OTHER) == [field.name for field in fields(Plan)]
    assert list(OTHER_EDIT) == [field.name for field in fields(Edit)]


@pytest.mark.parametrize("name", OTHER)
def test_the_digest_covers_every_field_of_a_plan(name: str) -> None:
    assert replace(plan(), **{name: OTHER[name]}).digest != plan().digest


@pytest.mark.parametrize("name", OTHER_EDIT)
def test_the_digest_covers_every_field_of_an_edit(name: str) -> None:
    assert plan(replace(edit(), **{name: OTHER_EDIT[name]})).digest != plan(edit()).digest


def test_the_order_of_edits_counts_and_that_of_limits_does_not() -> None:
    one, two = plan().edits
    assert plan(one, two).digest != plan(two, one).digest
    limits = plan().limits
    assert plan(limits=dict(reversed(limits.items()))).digest == plan(limits=limits).digest


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(Input("list", "Event:X", 871, "meta:meta"), id="kind"),
        pytest.param(Input("page", "Event:Y", 871, "meta:meta"), id="title"),
        pytest.param(Input("page", "Event:X", None, "meta:meta"), id="revid"),
        pytest.param(Input("page", "Event:X", 871, "meta:test"), id="site"),
    ],
)
def test_the_digest_covers_every_field_of_an_input(other: Input) -> None:
    one, registration = plan().inputs
    assert plan(inputs=(one, registration)).digest == plan().digest
    assert plan(inputs=(other, registration)).digest != plan().digest


@given(plans)
def test_the_digest_is_64_hex_digits_and_the_same_each_time(made: Plan) -> None:
    assert len(made.digest) == 64
    assert int(made.digest, 16) >= 0
    assert replace(made).digest == made.digest


@given(edits, edits)
def test_two_plans_have_one_digest_only_if_they_are_equal(one: Edit, two: Edit) -> None:
    assert (plan(one).digest == plan(two).digest) == (one == two)
