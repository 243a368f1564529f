"""The index of a list: tiers, order, and that nothing is compared with everything."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.config import MatchRules
from bot.match import near
from bot.match.align import Taken
from bot.match.screen import Index
from bot.model import BanEntry, Tier


def index_of(*names: str) -> Index:
    entries = [BanEntry(name, line, "", "wmf", source="list") for line, name in enumerate(names, 1)]
    return Index.build(entries, MatchRules())


@pytest.mark.parametrize(
    ("name", "listed", "tier", "parts"),
    [
        pytest.param("GREY-BEARD", "Greybeard", Tier.FOLD, (), id="fold"),
        pytest.param("Grey\u200bbeard", "Greybeard", Tier.FOLD, (Taken("\u200b", ""),), id="zero-width"),
        pytest.param("\u202edraebyerG", "Greybeard", Tier.FOLD, (Taken("\u202e", ""),), id="shown from right to left"),
        pytest.param("Greybeard", "\u202edraebyerG", Tier.FOLD, (Taken("", "\u202e"),), id="listed from right to left"),
        pytest.param("Grеybeard", "Greybeard", Tier.CONFUSABLE, (Taken("е", "e"),), id="TR39"),
        pytest.param(
            "Gr3yb34rd", "Greybeard", Tier.CONFUSABLE, (Taken("3", "e"), Taken("3", "e"), Taken("4", "a")), id="leet"
        ),
        pytest.param("Greybeard", "Gr3ybeard", Tier.CONFUSABLE, (Taken("e", "3"),), id="the listed one is leet"),
        pytest.param("Юлия", "Yulia", Tier.TRANSLIT, (), id="Cyrillic registrant"),
        pytest.param("Yulia", "Юлия", Tier.TRANSLIT, (), id="Cyrillic entry"),
        pytest.param("Mueller", "Müller", Tier.TRANSLIT, (), id="umlaut"),
        pytest.param("Greybaerd", "Greybeard", Tier.NEAR, (Taken("ae", "ea"),), id="near"),
        pytest.param("Greeeybeard", "Greybeard", Tier.NEAR, (Taken("eee", "e"),), id="stretched"),
        pytest.param("Storm Corner", "Storm Comer", Tier.NEAR, (Taken("rn", "m"),), id="words that only look alike"),
        pytest.param("Greybeard2", "Greybeard", Tier.CONTAINS, (Taken("2", ""),), id="number"),
        pytest.param("Real Greybeard", "Greybeard", Tier.CONTAINS, (), id="contains"),
        pytest.param("Greybeard", "Real Greybeard", Tier.CONTAINS, (), id="contained"),
        pytest.param("xx Grеybeard xx", "Greybeard", Tier.CONTAINS, (), id="contains what looks like it"),
    ],
)
def test_tiers(name: str, listed: str, tier: Tier, parts: tuple[Taken, ...]) -> None:
    (match,) = index_of(listed).look_alikes(name)
    assert (match.tier, match.parts, match.name, match.entry.name) == (tier, parts, name, listed)


@pytest.mark.parametrize(
    ("name", "listed"),
    [
        pytest.param("Greybeard", "Greybeard", id="the same name is no likeness"),
        pytest.param("Ali", "All", id="small i and l"),
        pytest.param("Ian", "Lan", id="capital i and l"),
        pytest.param("A1", "Al", id="two characters of leet"),
        pytest.param("Mark5", "Marks", id="a number and a plural"),
        pytest.param("Burns", "Bums", id="two short words"),
        pytest.param("Anna1990", "Anna1991", id="years"),
        pytest.param("王伟", "王薇", id="two Han names of one sound"),
        pytest.param("", "Greybeard", id="empty"),
        pytest.param("I", "l", id="one character"),
    ],
)
def test_chance(name: str, listed: str) -> None:
    assert index_of(listed).look_alikes(name) == ()


def test_each_entry_is_told_once_with_its_surest_tier_first() -> None:
    index = index_of("Real Greybeard", "Greybeard", "GREYBEARD", "Greybaerd", "Greybeard")
    found = index.look_alikes("Grеybeard")
    assert [(m.tier, m.entry.line) for m in found] == [
        (Tier.CONFUSABLE, 2),
        (Tier.CONFUSABLE, 5),
        (Tier.CONFUSABLE, 3),
        (Tier.NEAR, 4),
        (Tier.CONTAINS, 1),
    ]


def test_identical_is_only_the_same_text() -> None:
    index = index_of("Greybeard", "GREYBEARD")
    assert [e.line for e in index.identical("Greybeard")] == [1]
    assert index.identical("greybeard") == ()


def test_an_empty_name_is_never_listed() -> None:
    assert index_of("", "Greybeard").look_alikes("") == ()


def test_thresholds_come_from_the_rules() -> None:
    rules = MatchRules(near_shortest=20, contains_shortest=20, leet_shortest=20, tail_shortest=20)
    index = Index.build([BanEntry("Greybeard", 1, "", "wmf")], rules)
    assert all(index.look_alikes(n) == () for n in ("Greybaerd", "The real Greybeard", "Gr3ybeard", "Greybeard2"))


def test_names_with_very_many_words_are_not_taken_apart() -> None:
    assert index_of(" ".join("abcdefghijklmn")).look_alikes("abcdefg") == ()


def test_nothing_is_compared_with_everything(monkeypatch: pytest.MonkeyPatch) -> None:
    compared: list[tuple[str, str]] = []
    edit = near.single_edit

    def counting(left: str, right: str) -> near.Edit | None:
        compared.append((left, right))
        return edit(left, right)

    monkeypatch.setattr(near, "single_edit", counting)
    index = index_of(*(f"Greybeard{n}" for n in range(300)), *(f"Nobody{n:03}known" for n in range(300)))
    found = [index.look_alikes(f"{name}{n:03}known") for name in ("Nobody", "Greybeard") for n in range(300, 600)]
    assert len(compared) < 1_000
    assert not any(found)


@settings(max_examples=150)
@given(st.lists(st.text(alphabet=st.characters(exclude_categories=()), max_size=12), max_size=5), st.text(max_size=12))
def test_any_texts_can_be_screened(listed: list[str], name: str) -> None:
    for match in index_of(*listed).look_alikes(name):
        assert match.entry.name != name
        assert match.tier not in {Tier.IDENTICAL, Tier.RENAMED}
        assert match.name in match.text


@settings(max_examples=100)
@given(
    st.text(alphabet="GreybadIl10оеrnm", min_size=3, max_size=10),
    st.text(alphabet="GreybadIl10оеrnm", min_size=3, max_size=10),
)
def test_looking_alike_is_the_same_both_ways(left: str, right: str) -> None:
    sure = {Tier.FOLD, Tier.CONFUSABLE}
    there = {m.tier for m in index_of(right).look_alikes(left)} & sure
    assert there == {m.tier for m in index_of(left).look_alikes(right)} & sure
