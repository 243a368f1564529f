"""People held against a sealed list: who is found, how sure, and what the person at the terminal learns of the entry."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.match.screening import canonical
from bot.model import NameState, Tier, VerdictKind
from bot.private import screening
from bot.private.matching import NAMESAKES, SHARED
from bot.private.model import Entry, Field, Hit, Person
from bot.private.sealed_match import SealedMatcher
from tests.match.cases import SURE, TIERS, cases, share
from tests.match.cases import tier as open_tier
from tests.private.sealing import SECRET, held, made, opened, tiers

WORDS = st.text(st.sampled_from("abcdefghijklmnoprstuvwyzABCDEFGHI 0135лджя"), min_size=3, max_size=14).map(str.strip)

ALIKE = st.text(st.sampled_from("lI1iоoа0akK5sS6bgrnmd"), min_size=2, max_size=5)


def hits(person: Person, *entries: Entry) -> list[tuple[str, Field]]:
    ((found),) = held([person], entries)
    return [(hit.tier, hit.by) for hit in found]


@pytest.mark.parametrize(
    ("name", "listed", "found"),
    [
        pytest.param("Greybeard Troll", "Greybeard Troll", ["IDENTICAL"], id="the same"),
        pytest.param("greybeard-troll", "Greybeard Troll", ["FOLD"], id="case and punctuation"),
        pytest.param("Grеybeard Troll", "Greybeard Troll", ["CONFUSABLE"], id="a Cyrillic letter"),
        pytest.param("Greybeard Troll", "Grеybeard Troll", ["CONFUSABLE"], id="a Cyrillic letter in the list"),
        pytest.param("Gr3yb34rd Tr0ll", "Greybeard Troll", ["CONFUSABLE"], id="digits for letters"),
        pytest.param("Greybeard Troll", "Gr3yb34rd Tr0ll", ["CONFUSABLE"], id="digits for letters in the list"),
        pytest.param("P0pcom", "Popcorn", ["CONFUSABLE"], id="a digit and a sequence"),
        pytest.param("PaypaI Fan", "Paypal Fan", ["CONFUSABLE"], id="capital i for l"),
        pytest.param("Strasse Mann", "Straße Mann", ["FOLD"], id="ss for ß"),
        pytest.param("Straße Mann", "Strasse Mann", ["FOLD"], id="ß for ss"),
        pytest.param("Mueller Max", "Müller Max", ["TRANSLIT"], id="ue for ü"),
        pytest.param("Müller Max", "Mueller Max", ["TRANSLIT"], id="ü for ue"),
        pytest.param("Ivan Petrov", "Иван Петров", ["TRANSLIT"], id="Latin for Cyrillic"),
        pytest.param("Иван Петров", "Ivan Petrov", ["TRANSLIT"], id="Cyrillic for Latin"),
        pytest.param("Ivan Petrov77", "Иван Петров77", ["TRANSLIT"], id="Latin for Cyrillic, with a number"),
        pytest.param("Хрущёв Злой", "Khrushchev Zloy", ["TRANSLIT"], id="a letter that is written in many ways"),
        pytest.param("Ali", "All", [], id="i is no l"),
        pytest.param("Gill", "Bill", [], id="g is no b"),
        pytest.param("Mike66", "Mike99", [], id="one digit is not another"),
        pytest.param("User68", "User69", [], id="nor one that a letter could be both of"),
        pytest.param("Clark", "Dark", [], id="words that happen to look alike"),
        pytest.param("Marks", "Mark5", [], id="a number that looks like a plural"),
        pytest.param("Иван Петров", "Иван Петрова", [], id="another name in another script"),
        pytest.param("Greybeard Trol", "Greybeard Troll", [], id="a letter less: cannot be found sealed"),
        pytest.param("Greybeard Troll 2", "Greybeard Troll", [], id="more than the name: cannot be found sealed"),
        pytest.param("Lililililili", "LiliIiliIili", ["CONFUSABLE"], id="more ways of reading than are tried"),
        pytest.param("Iiiiiiiiii", "IIIIIIIIII", ["FOLD"], id="the same letters"),
        pytest.param("iliiiiiiii", "IIIIIIIIII", ["CONFUSABLE"], id="more ways than are tried, in the list alone"),
        pytest.param("IIIIIIIIII", "iliiiiiiii", ["CONFUSABLE"], id="more ways than are tried, not in the list"),
        pytest.param("Kim lan", "Kim Ian", ["CONFUSABLE"], id="words that are drawn alike, letter by letter"),
        pytest.param("Ab", "AЬ", ["CONFUSABLE"], id="two letters"),
        pytest.param("A", "А", [], id="one letter says nothing"),
        pytest.param("Kaос", "Каос", ["CONFUSABLE"], id="mixed scripts beside one script"),
    ],
)
def test_a_user_name_against_a_listed_one(name: str, listed: str, found: list[str]) -> None:
    assert tiers(name, listed) == found


def test_what_is_drawn_or_written_alike_is_found_as_in_an_open_list() -> None:
    lost = [
        case
        for case in cases()
        if open_tier(canonical(case.left), canonical(case.right)) in SURE
        and tiers(canonical(case.left), canonical(case.right))
        != [open_tier(canonical(case.left), canonical(case.right))]
    ]
    assert lost == []


def test_no_benign_pair_is_found() -> None:
    assert [
        case for case in cases() if not case.is_evasion and tiers(canonical(case.left), canonical(case.right))
    ] == []


def test_three_of_four_other_spellings_are_found() -> None:
    spelled = [case for case in cases() if open_tier(case.left, case.right) is Tier.TRANSLIT]
    assert share(tiers(case.left, case.right) == ["TRANSLIT"] for case in spelled) >= 0.75


@settings(max_examples=150, deadline=None)
@given(ALIKE, ALIKE)
def test_a_sealed_list_finds_nobody_whom_an_open_one_would_not(name: str, listed: str) -> None:
    mine, other = canonical(name), canonical(listed)
    if mine == other or not mine or not other:
        return
    sealed, in_the_open = tiers(mine, other), open_tier(mine, other)
    assert not sealed or in_the_open is not None
    assert Tier.IDENTICAL not in sealed


@settings(max_examples=60, deadline=None)
@given(WORDS)
def test_a_listed_name_is_identical_and_with_other_punctuation_folds(name: str) -> None:
    listed = canonical(name)
    if listed:
        assert tiers(listed, listed) == ["IDENTICAL"]
        assert tiers(f"{listed}.", listed) == tiers(listed, f"{listed}.") == ["FOLD"]


@pytest.mark.parametrize(
    ("person", "entry", "found"),
    [
        pytest.param(
            Person("New", "row 1", earlier=("Marsh Troll",)),
            Entry(2, user="Marsh Troll"),
            [(Tier.RENAMED, Field.USER)],
            id="an earlier name",
        ),
        pytest.param(
            Person("New", "row 1", earlier=("marsh_troll",)),
            Entry(2, user="Marsh Troll"),
            [(Tier.FOLD, Field.USER)],
            id="like an earlier name",
        ),
        pytest.param(
            Person("Marsh-Troll", "row 1", earlier=("Other", "Marsh Troll")),
            Entry(2, user="Marsh Troll"),
            [(Tier.RENAMED, Field.USER)],
            id="an earlier name is surer than the look of the present one",
        ),
        pytest.param(
            Person("New", "row 1", central_id=77),
            Entry(2, central_id=77),
            [(Tier.IDENTICAL, Field.CENTRAL_ID)],
            id="the same account under another name",
        ),
        pytest.param(
            Person("Marsh Troll", "row 1", central_id=77),
            Entry(2, user="Marsh Troll", central_id=77),
            [(Tier.IDENTICAL, Field.CENTRAL_ID), (Tier.IDENTICAL, Field.USER)],
            id="name and account",
        ),
        pytest.param(
            Person("Marsh Troll", "row 1", central_id=78),
            Entry(2, user="Marsh Troll", central_id=77),
            [(Tier.FOLD, Field.USER)],
            id="the name, but another account",
        ),
        pytest.param(
            Person("Marsh Troll", "row 1"),
            Entry(2, user="Marsh Troll", central_id=77),
            [(Tier.IDENTICAL, Field.USER)],
            id="the name, of an account that is not known",
        ),
        pytest.param(
            Person("Marsh Troll", "row 1", central_id=78),
            Entry(2, user="Marsh Troll"),
            [(Tier.IDENTICAL, Field.USER)],
            id="the name, where the list gives no account",
        ),
        pytest.param(
            Person(None, "row 1", email="Ada.L+meet@googlemail.com"),
            Entry(2, email="adal@gmail.com"),
            [(Tier.FOLD, Field.EMAIL)],
            id="the same mailbox",
        ),
        pytest.param(
            Person(None, "row 1", email="ada@example.org"), Entry(2, email="bea@example.org"), [], id="another mailbox"
        ),
        pytest.param(
            Person(None, "row 1", real_name="Quagmire, Mina Jo"),
            Entry(2, real_name="Mina Jo Quagmire"),
            [(Tier.FOLD, Field.REAL_NAME)],
            id="a real name in another order",
        ),
        pytest.param(
            Person("MinaQuagmire", "row 1"),
            Entry(2, real_name="Quagmire, Mina"),
            [(Tier.FOLD, Field.REAL_NAME)],
            id="a user name like a listed real name",
        ),
        pytest.param(
            Person(None, "row 1", real_name="Mina Quagmire"),
            Entry(2, user="Mina Quagmire"),
            [(Tier.FOLD, Field.REAL_NAME)],
            id="a real name like a listed user name is no fact",
        ),
        pytest.param(
            Person("192.0.2.7", "row 1", state=NameState.IP),
            Entry(2, user="192O27"),
            [],
            id="an address looks like nobody",
        ),
        pytest.param(Person(None, "row 1"), Entry(2, user="Ada", email="a@example.org"), [], id="nothing is known"),
    ],
)
def test_a_person_against_an_entry(person: Person, entry: Entry, found: list[tuple[Tier, Field]]) -> None:
    assert sorted(hits(person, entry)) == sorted(found)


def test_a_hit_names_the_reference_and_nothing_of_the_entry() -> None:
    data, rows = made([Entry(9, user="Greybeard Troll"), Entry(12, user="Somebody Else", real_name="Secret Person")])
    people = [Person("Grеybeard-Troll", "row 3"), Person("Bystander", "row 4")]
    (hit,), none = SealedMatcher(opened(data), SECRET, 1).match(people, lambda _done, _of: None)
    assert none == ()
    assert rows[hit.entry.removeprefix("reference ")] == 9
    assert hit.entry in hit.text
    assert "Greybeard Troll" not in hit.text
    assert "Grеybeard-Troll" in hit.text


def test_entries_that_share_a_name_are_each_told() -> None:
    data, rows = made([Entry(n, user="Marsh Troll") for n in (3, 4, 5)])
    ((found),) = SealedMatcher(opened(data), SECRET, 1).match([Person("Marsh Troll", "row 1")], lambda _d, _o: None)
    assert sorted(rows[hit.entry.removeprefix("reference ")] for hit in found) == [3, 4, 5]


def test_the_surest_hit_comes_first_and_no_pair_is_told_twice() -> None:
    person = Person("Ada Lovelace", "row 1", real_name="Ada Lovelace", email="a@example.org", central_id=5)
    entry = Entry(2, "Ada Lovelace", "Lovelace Ada", "a@example.org", 5)
    ((found),) = held([person], [entry])
    assert len({(hit.entry, hit.by) for hit in found}) == len(found) == 4
    assert all(TIERS.index(a.tier) <= TIERS.index(b.tier) for a, b in pairwise(found))


def test_only_what_the_list_has_is_tried() -> None:
    person = Person("Ada", "row 1", real_name="Ada L", email="a@example.org", central_id=5)
    data, _ = made([Entry(2, email="b@example.org")])
    matcher = SealedMatcher(opened(data), SECRET, 1)
    assert matcher.tries([person]) == 1
    said: list[tuple[int, int]] = []
    matcher.match([person, person], lambda done, of: said.append((done, of)))
    assert said == [(0, 1), (1, 1)]


def test_an_ordinary_latin_name_is_one_try() -> None:
    data, _ = made([Entry(2, user="Ada", real_name="Ada")])
    people = [Person(name, "row 1") for name in ("Grace Hopper", "Ada1990", "XxX_Sniper_XxX", "J. R. Hartley", "!")]
    assert SealedMatcher(opened(data), SECRET).tries(people) == len(people)


def test_another_secret_finds_nothing() -> None:
    data, _ = made([Entry(2, user="Ada")])
    matcher = SealedMatcher(opened(data), bytes(20), 1)
    assert matcher.match([Person("Ada", "row 1")], lambda _done, _of: None) == ((),)


def test_real_names_and_addresses_say_that_they_may_be_another_persons() -> None:
    person = Person("Ada L", "row 1", real_name="Ada Lovelace", email="a@example.org")
    ((found),) = held([person], [Entry(2, real_name="Ada Lovelace", email="a@example.org")])
    said = {hit.by: hit.text for hit in found}
    assert said[Field.REAL_NAME].endswith(NAMESAKES)
    assert said[Field.EMAIL].endswith(SHARED)


@pytest.mark.parametrize(
    ("person", "verdict"),
    [
        pytest.param(Person("Marsh Troll", "row 1", earlier=()), VerdictKind.FLAG, id="the listed name"),
        pytest.param(Person("marsh-troll", "row 1", earlier=()), VerdictKind.REVIEW, id="a look-alike is a hint"),
        pytest.param(
            Person("Bea", "row 1", real_name="Marsh Troll", earlier=()), VerdictKind.REVIEW, id="a real name is a hint"
        ),
        pytest.param(Person("Bea", "row 1", earlier=()), VerdictKind.CLEAR, id="somebody else"),
    ],
)
def test_verdicts_are_those_of_an_open_list(person: Person, verdict: VerdictKind) -> None:
    data, _ = made([Entry(2, user="Marsh Troll")])
    matcher = SealedMatcher(opened(data), SECRET, 1)
    found: tuple[tuple[Hit, ...], ...] = matcher.match([person], lambda _done, _of: None)
    assert screening._verdict(found[0], ()) is verdict


@pytest.mark.parametrize(
    ("name", "listed", "found"),
    [
        pytest.param("Xiaoming Wang", "王小明", [("TRANSLIT", Field.REAL_NAME)], id="Han, the given name first"),
        pytest.param("Wang Xiaoming", "王小明", [("TRANSLIT", Field.REAL_NAME)], id="Han, the family name first"),
        pytest.param("小明 王", "王小明", [("FOLD", Field.REAL_NAME)], id="Han in another order"),
        pytest.param("王小明", "Xiaoming Wang", [("TRANSLIT", Field.REAL_NAME)], id="Latin in the list"),
        pytest.param("Gim Cheolsu", "김철수", [("TRANSLIT", Field.REAL_NAME)], id="Hangul, the family name first"),
        pytest.param("Cheolsu Gim", "김철수", [("TRANSLIT", Field.REAL_NAME)], id="Hangul, the given name first"),
        pytest.param("王小明", "Wang Xiaoming (王小明)", [("FOLD", Field.REAL_NAME)], id="the list has both scripts"),
        pytest.param("李明 (Ming Li)", "李明", [("FOLD", Field.REAL_NAME)], id="the registrant gives both scripts"),
        pytest.param("Ming Wang", "王小明", [], id="half of a given name"),
    ],
)
def test_names_that_are_written_without_a_blank(name: str, listed: str, found: list[tuple[str, Field]]) -> None:
    assert hits(Person("Quiet Pine", "row 1", real_name=name), Entry(2, real_name=listed)) == found
