"""People against an open list: what is a fact, what is a hint, and what contradicts a hit."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.config import MatchRules
from bot.match.screening import canonical, screen
from bot.model import BanEntry, NameState, Tier
from bot.private.matching import NAMESAKES, SHARED, ListMatcher, mailboxes
from bot.private.model import Entry, Field, Hit, Person
from tests.match.cases import Case, cases

RULES = MatchRules()
SAMPLE = cases()[::7]


def quiet(_done: int, _total: int) -> None:
    """Progress that nobody wants to see."""


def hits(person: Person, *entries: Entry) -> tuple[Hit, ...]:
    (found,) = ListMatcher(entries, RULES).match([person], quiet)
    return found


def told(person: Person, *entries: Entry) -> list[tuple[str, Tier, Field]]:
    return [(hit.entry, hit.tier, hit.by) for hit in hits(person, *entries)]


def person(name: str | None = "Quiet Pine", **known: object) -> Person:
    return Person(name, "row 1", **known)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("who", "entry", "tier", "by"),
    [
        pytest.param(person("Grim Lantern"), Entry(3, user="Grim Lantern"), Tier.IDENTICAL, Field.USER, id="name"),
        pytest.param(person(central_id=7), Entry(3, central_id=7), Tier.IDENTICAL, Field.CENTRAL_ID, id="central id"),
        pytest.param(
            person(earlier=("Old Fox", "Grim Lantern")),
            Entry(3, user="Grim Lantern"),
            Tier.RENAMED,
            Field.USER,
            id="an earlier name",
        ),
        pytest.param(person("Grіm Lantern"), Entry(3, user="Grim Lantern"), Tier.CONFUSABLE, Field.USER, id="drawn"),
        pytest.param(
            person(earlier=("Grіm Lantern",)),
            Entry(3, user="Grim Lantern"),
            Tier.CONFUSABLE,
            Field.USER,
            id="an earlier name is drawn alike",
        ),
        pytest.param(
            person(real_name="Ada Abacus"),
            Entry(3, real_name="Abacus, Ada"),
            Tier.FOLD,
            Field.REAL_NAME,
            id="real name",
        ),
        pytest.param(
            person("AdaAbacus"), Entry(3, real_name="Abacus, Ada"), Tier.FOLD, Field.REAL_NAME, id="user as real name"
        ),
        pytest.param(
            person(real_name="Abacus, Ada"), Entry(3, user="Ada Abacus"), Tier.FOLD, Field.REAL_NAME, id="real as user"
        ),
        pytest.param(
            person(None, real_name="Ada Abacus"),
            Entry(3, user="The Real Ada Abacus"),
            Tier.CONTAINS,
            Field.REAL_NAME,
            id="real name inside a user name",
        ),
        pytest.param(
            person(email="ADA@example.org"), Entry(3, email="ada@example.org"), Tier.FOLD, Field.EMAIL, id="e-mail"
        ),
        pytest.param(
            person("~2026-123-45", state=NameState.TEMPORARY),
            Entry(3, user="~2026-123-45"),
            Tier.IDENTICAL,
            Field.USER,
            id="the very temporary account",
        ),
        pytest.param(
            person("Grim Lantern/x", state=NameState.IMPOSSIBLE),
            Entry(3, user="Grim Lantern x"),
            Tier.FOLD,
            Field.USER,
            id="what no account can be called is still looked at",
        ),
    ],
)
def test_what_was_compared_and_how_sure_it_is(who: Person, entry: Entry, tier: Tier, by: Field) -> None:
    assert told(who, Entry(2, user="Somebody Else"), entry) == [("row 3", tier, by)]


@pytest.mark.parametrize(
    ("who", "entry"),
    [
        pytest.param(person("Tall Heron"), Entry(2, user="Grim Lantern"), id="another name"),
        pytest.param(person(central_id=7), Entry(2, central_id=8), id="another central id"),
        pytest.param(person(central_id=None), Entry(2, user="Grim Lantern", central_id=7), id="no central id known"),
        pytest.param(person(email="bea@example.org"), Entry(2, email="ada@example.org"), id="another address"),
        pytest.param(person(email="n/a"), Entry(2, email="n/a"), id="no address at all"),
        pytest.param(person(real_name="n/a"), Entry(2, real_name="n/a"), id="no real name at all"),
        pytest.param(person(real_name="Ada Lantern"), Entry(2, user="Lantern"), id="a family name as user name"),
        pytest.param(person(real_name="Ada Zorblat"), Entry(2, user="Zorblat"), id="a strange family name"),
        pytest.param(person(real_name="Great Zorblat"), Entry(2, user="Zorblat"), id="a strange name beside a word"),
        pytest.param(person(real_name="Zorblat"), Entry(2, user="Great Zorblat"), id="a word of a user name"),
        pytest.param(person("Zorblat"), Entry(2, real_name="Ada Zorblat"), id="a strange name as family name"),
        pytest.param(person("Lantern"), Entry(2, real_name="Ada Lantern"), id="a user name as family name"),
        pytest.param(
            person("~2026-123-4", state=NameState.TEMPORARY), Entry(2, user="~2026-123-45"), id="temporary accounts"
        ),
        pytest.param(person("192.0.2.1", state=NameState.IP), Entry(2, user="192.0.2.11"), id="addresses of machines"),
    ],
)
def test_strangers(who: Person, entry: Entry) -> None:
    assert told(who, entry) == []


def test_two_different_central_ids_speak_against_one_name() -> None:
    (hit,) = hits(person("Grim Lantern", central_id=7), Entry(2, user="Grim Lantern", central_id=8))
    assert (hit.tier, hit.by) == (Tier.FOLD, Field.USER)
    assert "Lowered from IDENTICAL: the list gives the central id 8 and this account has 7" in hit.text
    (hit,) = hits(person(earlier=("Grim Lantern",), central_id=7), Entry(2, user="Grim Lantern", central_id=8))
    assert hit.tier is Tier.FOLD
    assert "Lowered from RENAMED" in hit.text


def test_an_account_that_the_list_knows_under_another_name_is_told_so() -> None:
    (hit,) = hits(person("Quiet Pine", central_id=7), Entry(2, user="Grim Lantern", central_id=7))
    assert (hit.tier, hit.by) == (Tier.IDENTICAL, Field.CENTRAL_ID)
    assert "the list calls it “Grim Lantern”" in hit.text


@pytest.mark.parametrize(
    ("who", "entry"),
    [
        pytest.param(person("Grim Lantern", central_id=7), Entry(2, user="Grim Lantern", central_id=7), id="its name"),
        pytest.param(person(central_id=7, earlier=("Old Fox",)), Entry(2, user="Old Fox", central_id=7), id="before"),
        pytest.param(person(central_id=7), Entry(2, central_id=7), id="the list gives no name"),
    ],
)
def test_an_account_that_the_list_knows_by_its_name_is_told_in_a_word(who: Person, entry: Entry) -> None:
    (text,) = [hit.text for hit in hits(who, entry) if hit.by is Field.CENTRAL_ID]
    assert text == "The account has the listed central id 7."


def test_a_real_name_that_is_a_user_name_is_told_with_both() -> None:
    (hit,) = hits(person(real_name="Ada Abacus"), Entry(2, user="Ada Abacus"))
    assert hit.text.startswith("Real name against a listed user name: “Ada Abacus” is the same, once accents, case")


def test_every_thing_that_meets_is_told_the_surest_first() -> None:
    who = person("Grim Lantern", central_id=7, real_name="Ada Abacus", email="ada@example.org")
    entry = Entry(5, user="Grim Lantern", central_id=7, real_name="Abacus Ada", email="Ada@Example.org")
    assert told(who, Entry(2, user="GRIM LANTERN"), entry) == [
        ("row 5", Tier.IDENTICAL, Field.CENTRAL_ID),
        ("row 5", Tier.IDENTICAL, Field.USER),
        ("row 2", Tier.FOLD, Field.USER),
        ("row 5", Tier.FOLD, Field.EMAIL),
        ("row 5", Tier.FOLD, Field.REAL_NAME),
    ]


def test_of_one_row_and_one_thing_only_the_surest_is_told() -> None:
    who = person("Grim Lantern 2", earlier=("Grim Lantern", "GrimLantern"))
    assert told(who, Entry(2, user="Grim Lantern")) == [("row 2", Tier.RENAMED, Field.USER)]


def test_several_names_in_one_row_and_one_name_in_several_rows() -> None:
    entries = (Entry(2, user="Grim Lantern"), Entry(2, user="Tall Heron"), Entry(9, user="Tall Heron"))
    assert told(person("Tall Heron"), *entries) == [
        ("row 2", Tier.IDENTICAL, Field.USER),
        ("row 9", Tier.IDENTICAL, Field.USER),
    ]


@pytest.mark.parametrize(
    ("who", "entry", "said"),
    [
        pytest.param(person(real_name="Ada Abacus"), Entry(2, real_name="Ada Abacus"), NAMESAKES, id="namesakes"),
        pytest.param(person("Ada Abacus"), Entry(2, real_name="Ada Abacus"), NAMESAKES, id="a user name too"),
        pytest.param(person(email="a@b.org"), Entry(2, email="a@b.org"), SHARED, id="a shared address"),
    ],
)
def test_that_two_people_can_share_it_is_said(who: Person, entry: Entry, said: str) -> None:
    assert all(hit.text.endswith(said) for hit in hits(who, entry))


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [
        pytest.param("ada@example.org", "ADA@EXAMPLE.ORG", True, id="case"),
        pytest.param("ada+event@example.org", "ada@example.org", True, id="plus"),
        pytest.param("a.d.a@gmail.com", "ada@googlemail.com", True, id="Gmail"),
        pytest.param("a.da@example.org", "ada@example.org", False, id="dots elsewhere"),
        pytest.param("Ada <ada@example.org>", "ada@example.org", True, id="with a name"),
        pytest.param("mailto:ada@example.org", "ada@example.org", True, id="a link"),
        pytest.param("bea@example.org; ada@example.org", "ada@example.org", True, id="two in one cell"),
        pytest.param("ada@exämple.org", "ada@xn--exmple-cua.org", True, id="a domain with an umlaut"),
        pytest.param("ada@stra\u00dfe.example", "ADA@STRA\u00dfE.example", True, id="a domain of two readings"),
        pytest.param("ada@example.org", "ada@example.com", False, id="another domain"),
        pytest.param("", "", False, id="nothing"),
        pytest.param("none", "none", False, id="no address"),
        pytest.param("+x@example.org", "+y@example.org", False, id="nothing before the plus"),
    ],
)
def test_mailboxes(left: str, right: str, same: bool) -> None:
    assert bool(mailboxes(left) & mailboxes(right)) is same


@pytest.mark.parametrize("case", SAMPLE, ids=lambda case: f"{case.group}: {case.right}")
def test_user_names_meet_as_they_do_everywhere_else(case: Case) -> None:
    name, listed = canonical(case.left), canonical(case.right)
    expected = [match.tier for match in screen([name], [BanEntry(listed, 4, "", "")], RULES).matches]
    found = [hit.tier for hit in hits(person(name), Entry(4, user=listed))]
    assert found == expected


def test_progress_is_told_for_each_person() -> None:
    steps: list[tuple[int, int]] = []
    people = [person(f"Invented {n}") for n in range(4)]
    ListMatcher([Entry(2, user="Grim Lantern")], RULES).match(people, lambda done, total: steps.append((done, total)))
    assert steps == [(1, 4), (2, 4), (3, 4), (4, 4)]


def test_an_empty_list_meets_nobody() -> None:
    assert told(person("Grim Lantern", real_name="Ada Abacus", email="a@b.org", central_id=1)) == []


def test_hundreds_of_people_and_of_entries_take_seconds() -> None:
    entries = [Entry(n, user=f"Listed {n} Heron", real_name=f"Ada{n} Mid Abacus{n}") for n in range(400)]
    people = [person(f"Quiet {n} Pine", real_name=f"Bea{n} Lantern{n}") for n in range(400)]
    begun = time.perf_counter()
    ListMatcher(entries, RULES).match(people, quiet)
    assert time.perf_counter() - begun < 15


TEXT = st.text(max_size=25) | st.sampled_from(["Ada Abacus", "Grim Lantern", "ada@example.org", "~2026-1-2", "Юлия"])


@given(name=TEXT, real_name=TEXT, email=TEXT, listed=TEXT)
def test_a_real_name_or_an_address_is_never_a_fact(name: str, real_name: str, email: str, listed: str) -> None:
    entry = Entry(2, user=listed, real_name=listed, email=listed)
    for hit in hits(person(name, real_name=real_name, email=email), entry):
        if hit.tier in {Tier.IDENTICAL, Tier.RENAMED}:
            assert (hit.by, name) == (Field.USER, listed)
        assert hit.entry == "row 2"
        assert hit.text.endswith((".", ")"))
