"""A list sealed and opened: what a file shows, what it does not, for which event and how long."""

from __future__ import annotations

import base64
import json
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.errors import BadInputError, UsageError
from bot.private import sealed
from bot.private.model import Entry, Field, Occasion
from bot.private.sealed_hash import Work
from bot.private.sealed_keys import RULES
from tests.private.sealing import CHEAP, EVENT, EXPIRES, NOW, SECRET, WIKI, made, opened, stream

ENTRIES = [
    Entry(4, user="Marsh Troll", central_id=771234),
    Entry(7, real_name="Wilhelmina Quagmire", email="quag@example.org"),
]
DATA, ROWS = made(ENTRIES)


def test_a_file_says_its_event_its_time_and_what_can_be_asked() -> None:
    found = opened(DATA)
    assert (found.title, found.id, found.wiki) == (EVENT.title, EVENT.id, WIKI)
    assert (found.made, found.expires) == (NOW.date(), EXPIRES)
    assert found.kinds == {Field.USER, Field.REAL_NAME, Field.EMAIL, Field.CENTRAL_ID}
    assert (found.cost, len(found.salt), found.notes) == (CHEAP, 16, ())


def test_a_file_says_what_its_entries_give_together_but_not_how_often() -> None:
    entries = [Entry(n, user=f"Ada {n}", central_id=n) for n in range(1, 9)]
    mixed = [*entries, Entry(20, email="a@example.org"), Entry(21, real_name="n/a", email="b@example.org")]
    found = opened(made(mixed)[0])
    assert found.combinations == {frozenset({Field.USER, Field.CENTRAL_ID}), frozenset({Field.EMAIL})}
    assert found.kinds == {Field.USER, Field.CENTRAL_ID, Field.EMAIL}
    assert json.loads(made(mixed)[0])["kinds"] == [["e-mail"], ["user name", "central id"]]


def test_an_entry_that_gives_nothing_to_compare_is_told_too() -> None:
    assert opened(made([Entry(1, real_name="n/a")])[0]).combinations == {frozenset()}
    assert opened(made([])[0]).combinations == frozenset()


@pytest.mark.parametrize("word", ["Marsh", "Troll", "marshtroll", "771234", "Wilhelmina", "Quagmire", "quag"])
def test_no_part_of_an_entry_stands_in_a_file(word: str) -> None:
    rows = base64.b64decode(json.loads(DATA)["rows"])
    for form in (word, word.lower(), word.upper()):
        assert form.encode() not in DATA.replace(json.loads(DATA)["rows"].encode(), b"")
        assert form.encode() not in rows


def test_references_are_different_and_lead_to_the_rows() -> None:
    assert sorted(ROWS.values()) == [4, 7]
    _, many = made([Entry(n, email=f"p{n}@example.org") for n in range(2, 302)])
    assert sorted(many.values()) == list(range(2, 302))
    assert all(len(ref) == 4 for ref in many)
    assert [many[ref] for ref in sorted(many)] != list(range(2, 302)), "their order says nothing of the list"


@pytest.mark.parametrize(
    ("count", "rows"),
    [
        pytest.param(0, 1024, id="nobody"),
        pytest.param(1, 1024, id="one"),
        pytest.param(1000, 1024, id="just as many as fit"),
        pytest.param(1025, 2048, id="one more than fit"),
    ],
)
def test_the_number_of_rows_says_little_of_the_number_of_entries(count: int, rows: int) -> None:
    data, _ = made([Entry(n, email=f"p{n}@example.org") for n in range(count)])
    assert len(opened(data).rows) == rows


def test_rows_are_sorted_so_that_their_order_says_nothing() -> None:
    raw = base64.b64decode(json.loads(DATA)["rows"])
    rows = [raw[at : at + 20] for at in range(0, len(raw), 20)]
    assert rows == sorted(rows)
    assert len(set(rows)) == len(rows)


def test_two_files_of_one_list_have_no_row_in_common() -> None:
    other, _ = made(ENTRIES, b"another salt")
    assert not opened(DATA).rows.keys() & opened(other).rows.keys()


def test_the_same_randomness_gives_the_same_file() -> None:
    assert made(ENTRIES)[0] == DATA


def test_progress_counts_tries_to_the_end() -> None:
    said: list[tuple[int, int]] = []
    work = Work(CHEAP, 2, lambda done, of: said.append((done, of)))
    sealed.seal(ENTRIES, EVENT, WIKI, expires=EXPIRES, made=NOW, secret=SECRET, random=stream(b""), work=work)
    assert said == [(n, said[-1][1]) for n in range(len(said))]
    assert said[-1][0] == said[-1][1] > 3


@pytest.mark.parametrize("expires", [NOW, NOW - timedelta(seconds=1)])
def test_what_would_have_run_out_is_not_made(expires: datetime) -> None:
    with pytest.raises(UsageError, match="run out"):
        sealed.seal(ENTRIES, EVENT, WIKI, expires=expires, made=NOW, secret=SECRET, random=stream(b""))


def test_too_many_entries_are_refused_before_any_work() -> None:
    many = [Entry(n, user="Ada") for n in range(20_001)]
    with pytest.raises(UsageError, match="20,000"):
        sealed.seal(many, EVENT, WIKI, expires=EXPIRES, made=NOW, secret=SECRET, random=stream(b""))


def test_a_value_shows_no_name_by_mistake() -> None:
    assert "Riverside" not in repr(opened(DATA))
    assert "row=4" not in repr(sealed.Reference("ABCD", 4))


@pytest.mark.parametrize(
    ("occasion", "wiki"),
    [
        pytest.param(EVENT, WIKI, id="the same"),
        pytest.param(replace(EVENT, title="Event:Moved Meetup"), WIKI, id="the page was moved, the number is the same"),
        pytest.param(replace(EVENT, id=None), WIKI, id="the number is not known, the title is the same"),
        pytest.param(Occasion("event:riverside_Meetup"), WIKI, id="the title in another writing"),
        pytest.param(replace(EVENT, id=None), None, id="no wiki is asked, the title is the same"),
    ],
)
def test_a_file_is_for_its_event(occasion: Occasion, wiki: str | None) -> None:
    sealed.check_event(opened(DATA), occasion, wiki, NOW)


@pytest.mark.parametrize(
    ("occasion", "wiki"),
    [
        pytest.param(replace(EVENT, id=13), WIKI, id="another number with the same title"),
        pytest.param(Occasion("Event:Riverside Picnic"), WIKI, id="another title"),
        pytest.param(EVENT, "enwiki", id="another wiki"),
        pytest.param(Occasion("Event:Riverside Picnic"), None, id="no wiki is asked, and another title"),
    ],
)
def test_a_file_is_for_no_other_event(occasion: Occasion, wiki: str | None) -> None:
    with pytest.raises(UsageError, match=r'is for "Event:Riverside Meetup" \(#12\) on meta'):
        sealed.check_event(opened(DATA), occasion, wiki, NOW)


@pytest.mark.parametrize(
    ("now", "said"),
    [
        pytest.param(EXPIRES, "delete the file, its secret", id="at the moment it runs out"),
        pytest.param(EXPIRES + timedelta(days=400), "delete the file, its secret", id="long after"),
        pytest.param(NOW - timedelta(days=3), "clock", id="before it was made: the clock is wrong or was set back"),
    ],
)
def test_a_file_is_not_for_ever(now: datetime, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        sealed.check_event(opened(DATA), EVENT, WIKI, now)


@pytest.mark.parametrize("now", [NOW - timedelta(hours=20), NOW, EXPIRES - timedelta(seconds=1)])
def test_a_file_is_good_until_its_last_second_wherever_the_clock_is(now: datetime) -> None:
    sealed.check_event(opened(DATA), EVENT, WIKI, now)


def test_other_rules_of_matching_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sealed, "RULES", {**RULES, "look": 99})
    with pytest.raises(BadInputError, match="same version"):
        opened(DATA)


def test_another_unicode_is_a_note_with_every_result(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sealed, "UNICODE", "99.0.0")
    (note,) = opened(DATA).notes
    assert "99.0.0" in note


@given(st.integers(0, 32**4 - 1), st.integers(0, 2**12 - 1))
def test_a_box_holds_reference_and_flags(number: int, flags: int) -> None:
    assert sealed.unboxed(sealed.box(number, flags)) == (number, flags)
    assert sealed.box(number, flags) < 2**32


@settings(max_examples=30, deadline=None)
@given(st.lists(st.text(max_size=30), max_size=4))
def test_any_name_can_be_sealed(names: list[str]) -> None:
    data, rows = made([Entry(n, user=name, real_name=name, email=name) for n, name in enumerate(names)])
    assert len(rows) == len(names)
    assert len(opened(data).rows) >= 1024
