"""Which rule meets which request, and what a note of a request may hold."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.proxy.rules import Deed, Phase, Rule, Rules, seen

FORM = "application/x-www-form-urlencoded"


def drop(match: str, *, skip: int = 0, times: int = 1) -> Rule:
    return Rule(match, Deed.DROP, Phase.BEFORE, skip, times)


@pytest.mark.parametrize(
    ("rules", "requests", "met"),
    [
        pytest.param([], ["a"], [None], id="no rule"),
        pytest.param([drop("a")], ["b", "a", "a"], [None, 0, None], id="once, by default"),
        pytest.param([drop("a", times=2)], ["a", "b", "a", "a"], [0, None, 0, None], id="twice"),
        pytest.param([drop("a", skip=2)], ["a", "b", "a", "a"], [None, None, None, 0], id="the third that matches"),
        pytest.param([drop("", skip=2)], ["a", "b", "c", "d"], [None, None, 0, None], id="the third of all"),
        pytest.param([drop("a"), drop("a")], ["a", "a", "a"], [0, 1, None], id="one after the other"),
        pytest.param([drop("a", skip=1), drop("ab")], ["ab", "ab"], [1, 0], id="a skipping rule hides none behind it"),
        pytest.param([drop("a"), drop("ab", skip=1)], ["ab", "ab", "ab"], [0, None, 1], id="met before it counts"),
    ],
)
def test_rules_are_met_in_order(rules: list[Rule], requests: list[str], met: list[int | None]) -> None:
    book = Rules(rules)
    assert [book.take(request) for request in requests] == [None if i is None else rules[i] for i in met]


@given(st.integers(0, 5), st.integers(0, 5), st.integers(0, 15))
def test_a_rule_alone_meets_exactly_its_share(skip: int, times: int, requests: int) -> None:
    book = Rules([drop("x", skip=skip, times=times)])
    met = [book.take("x") is not None for _ in range(requests)]
    assert met == [skip <= number < skip + times for number in range(requests)]


def test_a_note_says_what_was_asked_and_posted() -> None:
    note = seen(3, "POST", "/w/api.php?format=json&x=%C3%A4", FORM, "action=edit&title=Event%3AÄ b&text=".encode())
    assert (note.number, note.method, note.path) == (3, "POST", "/w/api.php")
    assert note.query == {"format": "json", "x": "ä"}
    assert note.post == {"action": "edit", "title": "Event:Ä b", "text": ""}
    assert note.text == 'POST /w/api.php?format=json&x=ä {"action":"edit","title":"Event:Ä b","text":""}'


@pytest.mark.parametrize("name", ["lgpassword", "lgtoken", "token", "password", "loginToken"])
def test_no_secret_is_noted(name: str) -> None:
    note = seen(1, "POST", f"/w/api.php?{name}=s3cret", FORM, f"{name}=s3cret&action=login".encode())
    assert "s3cret" not in repr(note) + note.text
    assert note.post == {"action": "login"}


@pytest.mark.parametrize("kind", ["multipart/form-data", "application/json", ""])
def test_only_forms_are_decoded(kind: str) -> None:
    assert seen(1, "POST", "/x", kind, b"action=edit").post == {}
