"""From hits to findings: only an account is a fact, and whoever could not be held against all is never CLEAR."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.config import MatchRules
from bot.model import NameState, Tier, VerdictKind
from bot.private import screening
from bot.private.force import comparable
from bot.private.matching import ListMatcher
from bot.private.model import Entry, Field, Finding, Hit, Person, Progress

FLAG, REVIEW, UNKNOWN, CLEAR = VerdictKind
USER, REAL, EMAIL, ID = Field.USER, Field.REAL_NAME, Field.EMAIL, Field.CENTRAL_ID
ONLY = {frozenset({USER}): 3}


def quiet(_done: int, _total: int) -> None:
    """Progress that nobody wants to see."""


class Fixed:
    """A list that says of everybody what it was told to say."""

    def __init__(self, *hits: Hit) -> None:
        self._hits = hits

    def match(self, people: Sequence[Person], progress: Progress) -> tuple[tuple[Hit, ...], ...]:
        progress(len(people), len(people))
        return (self._hits,) * len(people)


def hit(tier: Tier, by: Field = USER) -> Hit:
    return Hit("row 2", tier, by, "A sentence.")


def judged(
    person: Person, *hits: Hit, unread: int = 0, entries: Mapping[frozenset[Field], int] | None = None
) -> Finding:
    (found,) = screening.judge([person], Fixed(*hits), quiet, unread=unread, entries=entries)
    return found


SOMEBODY = Person("Quiet Pine", "row 1")


@pytest.mark.parametrize(
    ("hits", "verdict"),
    [
        pytest.param([], CLEAR, id="nothing"),
        pytest.param([hit(Tier.IDENTICAL)], FLAG, id="the name"),
        pytest.param([hit(Tier.RENAMED)], FLAG, id="an earlier name"),
        pytest.param([hit(Tier.IDENTICAL, ID)], FLAG, id="the central id"),
        pytest.param([hit(Tier.FOLD)], REVIEW, id="a fold"),
        pytest.param([hit(Tier.CONTAINS)], REVIEW, id="contains"),
        pytest.param([hit(Tier.FOLD, EMAIL)], REVIEW, id="an address"),
        pytest.param([hit(Tier.FOLD, REAL)], REVIEW, id="a real name"),
        pytest.param([hit(Tier.IDENTICAL, REAL)], REVIEW, id="a real name, however sure"),
        pytest.param([hit(Tier.IDENTICAL, EMAIL)], REVIEW, id="an address, however sure"),
        pytest.param([hit(Tier.CONTAINS), hit(Tier.IDENTICAL)], FLAG, id="the gravest counts"),
    ],
)
def test_verdicts(hits: list[Hit], verdict: VerdictKind) -> None:
    found = judged(SOMEBODY, *hits)
    assert (found.verdict, found.hits, found.person) == (verdict, tuple(hits), SOMEBODY)


def test_the_same_ip_address_is_a_hint_and_no_account() -> None:
    found = judged(Person("192.0.2.1", "row 1", state=NameState.IP), hit(Tier.IDENTICAL))
    assert (found.verdict, [one.tier for one in found.hits]) == (REVIEW, [Tier.FOLD])
    assert found.hits[0].text == "A sentence. Many people can have the same IP address."


@pytest.mark.parametrize(
    ("person", "told"),
    [
        pytest.param(Person(None, "row 1"), screening.UNNAMED, id="no account"),
        pytest.param(Person(None, "row 1", why_unnamed="Hidden."), "Hidden.", id="a hidden account"),
        pytest.param(Person("", "row 1"), screening.UNNAMED, id="an empty name"),
        pytest.param(Person("~2026-1-2", "row 1", state=NameState.TEMPORARY), screening.OPEN_TO_ALL, id="temporary"),
        pytest.param(Person("192.0.2.1", "row 1", state=NameState.IP), screening.ADDRESS, id="an IP address"),
        pytest.param(Person("A|B", "row 1", state=NameState.IMPOSSIBLE), screening.IMPOSSIBLE, id="impossible"),
    ],
)
def test_who_has_no_account_is_unknown(person: Person, told: str) -> None:
    found = judged(person)
    assert (found.verdict, found.unknown) == (UNKNOWN, (told,))


@pytest.mark.parametrize(
    ("person", "entries", "told"),
    [
        pytest.param(SOMEBODY, {frozenset({USER}): 9}, (), id="user names"),
        pytest.param(SOMEBODY, {frozenset({USER, REAL}): 9}, (), id="one of several will do"),
        pytest.param(
            SOMEBODY,
            {frozenset({USER}): 9, frozenset({REAL}): 1},
            ("1 entry of the list has only a real name, which is not known of this person.",),
            id="a real name alone",
        ),
        pytest.param(
            SOMEBODY,
            {frozenset({REAL, EMAIL}): 2000},
            (
                "2,000 entries of the list have only a real name and an e-mail address, which is not known of this person.",
            ),
            id="a real name and an address",
        ),
        pytest.param(
            SOMEBODY,
            {frozenset({ID}): 1},
            ("1 entry of the list has only a central id, which is not known of this person.",),
            id="a central id alone",
        ),
        pytest.param(
            SOMEBODY,
            {frozenset(): 1},
            ("1 entry of the list has nothing that anybody could be compared with.",),
            id="nothing at all",
        ),
        pytest.param(
            SOMEBODY,
            {frozenset({REAL}): 0},
            ("The entries of the list have only a real name, which is not known of this person.",),
            id="a sealed list does not tell how many",
        ),
        pytest.param(SOMEBODY, {frozenset({USER, REAL}): 0}, (), id="a sealed list of accounts"),
        pytest.param(Person("Quiet Pine", "row 1", central_id=5), {frozenset({ID}): 1}, (), id="the id is known"),
        pytest.param(
            Person("Quiet Pine", "row 1", real_name="A B"), {frozenset({REAL}): 1}, (), id="the name is known"
        ),
        pytest.param(Person("Quiet Pine", "row 1", email="a@b.org"), {frozenset({EMAIL}): 1}, (), id="the address is"),
        pytest.param(
            Person("Quiet Pine", "row 1", real_name="N/A", email="none"),
            {frozenset({EMAIL}): 1, frozenset({REAL}): 1},
            (
                "1 entry of the list has only an e-mail address, which is not known of this person.",
                "1 entry of the list has only a real name, which is not known of this person.",
            ),
            id="placeholders are nothing known",
        ),
    ],
)
def test_who_cannot_be_compared_with_an_entry_is_unknown(
    person: Person, entries: Mapping[frozenset[Field], int], told: tuple[str, ...]
) -> None:
    found = judged(person, entries=entries)
    assert (found.verdict, found.unknown) == (UNKNOWN if told else CLEAR, told)


def test_nobody_is_clear_of_a_list_that_was_not_read_to_the_end() -> None:
    one, many = judged(SOMEBODY, unread=1), judged(SOMEBODY, unread=1200)
    assert (one.verdict, many.verdict) == (UNKNOWN, UNKNOWN)
    assert one.unknown[0].startswith("One row of the list could not be read")
    assert many.unknown[0].startswith("1,200 rows of the list could not be read")


@pytest.mark.parametrize("tier", Tier)
def test_a_match_hides_no_gap(tier: Tier) -> None:
    found = judged(Person(None, "row 1"), hit(tier, REAL), unread=1, entries=ONLY)
    assert found.verdict is REVIEW
    assert len(found.unknown) == 3


def test_findings_keep_the_order_of_the_people() -> None:
    people = [Person("Grim Lantern", "row 1"), SOMEBODY, Person("Grіm Lantern", "row 3")]
    matcher = ListMatcher([Entry(2, user="Grim Lantern")], MatchRules())
    steps: list[tuple[int, int]] = []
    found = screening.judge(people, matcher, lambda done, total: steps.append((done, total)), entries=ONLY)
    assert [one.verdict for one in found] == [FLAG, CLEAR, REVIEW]
    assert steps[-1] == (3, 3)


@pytest.mark.parametrize(
    ("people", "told"),
    [
        pytest.param([Person("A", "row 1", earlier=())], "", id="asked, and there are none"),
        pytest.param([Person("A", "row 1")], "any account", id="nobody asked"),
        pytest.param([Person("A", "1"), Person("B", "2", earlier=("C",))], "1 of 2 accounts", id="asked of some"),
        pytest.param([Person(None, "row 1")], "", id="no account"),
        pytest.param([Person("192.0.2.1", "1", state=NameState.IP)], "", id="no account of this form"),
        pytest.param([], "", id="nobody"),
    ],
)
def test_that_former_names_were_not_looked_up_is_said_once(people: list[Person], told: str) -> None:
    notes = screening.remarks(people)
    assert len(notes) == bool(told)
    assert all(f"Former names of {told} were not looked up" in note for note in notes)


def test_what_a_sealed_list_cannot_find_is_said() -> None:
    (note,) = screening.remarks([], is_sealed=True)
    assert "It cannot find a name with a letter changed" in note
    assert note.endswith("Nor does it tell how many entries it has.")
    assert "names no account" not in note


ENTRIES = st.lists(
    st.builds(
        Entry,
        row=st.integers(2, 9),
        user=st.sampled_from(["", "Grim Lantern", "Ada Abacus"]),
        real_name=st.sampled_from(["", "Abacus, Ada", "N/A"]),
        central_id=st.none() | st.integers(1, 3),
    ),
    max_size=6,
)
PEOPLE = st.lists(
    st.builds(
        Person,
        name=st.none() | st.sampled_from(["Grim Lantern", "Ada Abacus", "Quiet Pine"]),
        where=st.just("row 1"),
        real_name=st.sampled_from(["", "Ada Abacus", "Bea Lantern"]),
        central_id=st.none() | st.integers(1, 3),
    ),
    max_size=4,
)


@given(ENTRIES, PEOPLE, st.integers(0, 2))
def test_clear_is_said_only_where_every_entry_was_compared(
    entries: list[Entry], people: list[Person], unread: int
) -> None:
    matcher = ListMatcher(entries, MatchRules())
    found = screening.judge(people, matcher, quiet, unread=unread, entries=comparable(entries))
    assert [one.person for one in found] == people
    for one in found:
        if one.verdict is CLEAR:
            assert one.person.name
            assert not unread
            assert not one.hits
            for entry in entries:
                assert (
                    entry.user
                    or (entry.central_id is not None and one.person.central_id is not None)
                    or (entry.real_name == "Abacus, Ada" and one.person.real_name)
                )
        if one.person.name and one.person.name in {entry.user for entry in entries}:
            assert one.verdict in {FLAG, REVIEW}
