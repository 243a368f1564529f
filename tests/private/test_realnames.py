"""Real names against the real names of a list: every order, spelling and script, and never more than a hint."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.config import MatchRules
from bot.model import Tier
from bot.private.realnames import RealNames, in_scripts, orders, words
from tests.match.cases import DRAWN, TIERS, Case, cases

TWO_WORDS = [
    case
    for case in cases()
    if case.is_evasion and case.group in DRAWN and len(case.right.split()) == 2 and len(words(case.left)) == 2
]


def tiers(name: str, *listed: str) -> list[Tier]:
    """Return the surest tier for each listed name that ``name`` may be, in the order of the list."""
    best: dict[int, Tier] = {}
    for row, tier, _ in RealNames(list(enumerate(listed)), MatchRules()).like(name):
        best[row] = min(best.get(row, tier), tier, key=TIERS.index)
    return [tier for _, tier in sorted(best.items())]


def tiers_of_user(name: str, *listed: str) -> set[Tier]:
    return {tier for _, tier, _ in RealNames(list(enumerate(listed)), MatchRules()).like_user(name)}


@pytest.mark.parametrize(
    ("name", "listed", "tier"),
    [
        pytest.param("Ada Abacus", "Ada Abacus", Tier.FOLD, id="the same"),
        pytest.param("Abacus, Ada", "Ada Abacus", Tier.FOLD, id="family name first"),
        pytest.param("ada abacus", "ABACUS Ada", Tier.FOLD, id="in capitals"),
        pytest.param("Dr. Ada Abacus", "Ada Abacus", Tier.FOLD, id="with a title"),
        pytest.param("Ada Abacus", "Mrs. Ada Abacus, PhD", Tier.FOLD, id="listed with titles"),
        pytest.param("Ada Abacus 1965", "Ada Abacus", Tier.FOLD, id="with the year of birth"),
        pytest.param("Adá Abäcus", "Ada Abacus", Tier.FOLD, id="with accents"),
        pytest.param("Jean Luc Lantern", "Jean-Luc Lantern", Tier.FOLD, id="without the hyphen"),
        pytest.param("Lantern Jeanluc", "Jean-Luc Lantern", Tier.FOLD, id="as one word"),
        pytest.param("Moira O'Heron", "Oheron, Moira", Tier.FOLD, id="without the apostrophe"),
        pytest.param("Ana Bel de Lantern", "de Lantern, Ana Bel", Tier.FOLD, id="four words"),
        pytest.param("Lantern Ana Bel Maria", "Ana Bel Maria Lantern", Tier.FOLD, id="four words, the last first"),
        pytest.param("Maria Lantern Bel Ana", "Ana Bel Maria Lantern", Tier.FOLD, id="four words in any order"),
        pytest.param("山田太郎", "山田 太郎", Tier.FOLD, id="Han without a space"),
        pytest.param("太郎 山田", "山田 太郎", Tier.FOLD, id="Han, given name first"),
        pytest.param("小明王", "王小明", Tier.FOLD, id="Han without a space, given name first"),
        pytest.param("王小明 先生", "王小明", Tier.FOLD, id="Han with a title"),
        pytest.param("Dr. 王小明", "王小明", Tier.FOLD, id="Han with a Latin title"),
        pytest.param("Xiaoming Wang", "王小明", Tier.TRANSLIT, id="Han, and in Latin the given name first"),
        pytest.param("Wang Xiaoming", "王小明", Tier.TRANSLIT, id="Han, and in Latin the family name first"),
        pytest.param("王小明", "Xiaoming Wang", Tier.TRANSLIT, id="the list is the Latin one, the name is Han"),
        pytest.param("Ming Li", "李明", Tier.TRANSLIT, id="two signs"),
        pytest.param("Xiaoming Ouyang", "欧阳小明", Tier.TRANSLIT, id="a family name of two signs"),
        pytest.param("健 佐々木", "佐々木健", Tier.FOLD, id="a family name of three signs"),
        pytest.param("Chulsoo Kim", "김철수", Tier.TRANSLIT, id="Hangul, and in Latin the given name first"),
        pytest.param("Cheol-su Gim", "김철수", Tier.TRANSLIT, id="Hangul in the official spelling"),
        pytest.param("철수 김", "김철수", Tier.FOLD, id="Hangul, given name first"),
        pytest.param("\u1100\u1175\u11b7철수", "김철수", Tier.FOLD, id="Hangul in single letters"),
        pytest.param("王小明", "Wang Xiaoming (王小明)", Tier.FOLD, id="the list has both scripts"),
        pytest.param("小明 王", "Wang Xiaoming (王小明)", Tier.FOLD, id="the list has both scripts, given name first"),
        pytest.param("Xiaoming Wang", "Wang Xiaoming (王小明)", Tier.FOLD, id="the list has both, the name is Latin"),
        pytest.param("李明 (Ming Li)", "李明", Tier.FOLD, id="the registrant gives both scripts"),
        pytest.param("成龙成 Jackie", "成龙成", Tier.FOLD, id="a whole name beside another word"),
        pytest.param("Yulia Sokolova", "Соколова Юлия / Yulia Sokolova", Tier.FOLD, id="Cyrillic and Latin"),
        pytest.param("Аdа Abacus", "Ada Abacus", Tier.CONFUSABLE, id="Cyrillic letters"),
        pytest.param("Abacus Аdа", "Ada Abacus", Tier.CONFUSABLE, id="Cyrillic letters in another order"),
        pytest.param("Ada Аbаcus", "Abacus Ada", Tier.CONFUSABLE, id="both listed and given turned"),
        pytest.param("A\u200bda Abacus", "Ada Abacus", Tier.FOLD, id="zero width"),
        pytest.param("\u202esucabA adA", "Ada Abacus", Tier.FOLD, id="written from right to left"),
        pytest.param("Yulia Sokolova", "Соколова Юлия", Tier.TRANSLIT, id="another script, another order"),
        pytest.param("Соколова Юлия", "Yulia Sokolova", Tier.TRANSLIT, id="the list is the Latin one"),
        pytest.param("Juergen Moerser", "Mörser, Jürgen", Tier.TRANSLIT, id="umlauts"),
        pytest.param("Grimelda Abacuss", "Grimelda Abacus", Tier.NEAR, id="a letter more"),
        pytest.param("Ada Maria Abacus", "Ada Abacus", Tier.CONTAINS, id="a middle name more"),
        pytest.param("Ada Abacus", "Abacus, Ada Maria", Tier.CONTAINS, id="a middle name less"),
        pytest.param("Ada (Heron) Abacus", "Ada Abacus", Tier.CONTAINS, id="a name in brackets"),
        pytest.param("Li Na Wang", "Li Na", Tier.CONTAINS, id="short words"),
        pytest.param("王 小 明", "王 明", Tier.CONTAINS, id="words of one Han letter"),
        pytest.param("Ada B. Abacus", "Ada Abacus", Tier.CONTAINS, id="a middle initial more"),
        pytest.param("A. Abacus", "Ada Abacus", Tier.CONTAINS, id="an initial"),
        pytest.param("B. Li", "Bo Li", Tier.CONTAINS, id="an initial beside short words"),
        pytest.param("Ana Bel Ada Maria Eva de Lantern", "Ana Lantern", Tier.CONTAINS, id="the ends of a long name"),
        pytest.param("Ada Abacus", "Abacus, A.", Tier.CONTAINS, id="the list has an initial"),
    ],
)
def test_ways_to_write_a_name(name: str, listed: str, tier: Tier) -> None:
    assert tiers(name, listed) == [tier]


@pytest.mark.parametrize(
    ("name", "listed"),
    [
        pytest.param("Ada Abacus", "Bela Abacus", id="a family"),
        pytest.param("Ada Abacus", "Ada Lantern", id="a given name"),
        pytest.param("Ada", "Ada Abacus", id="a given name alone"),
        pytest.param("Abacus", "Ada Abacus", id="a family name alone"),
        pytest.param("Ada Abacus", "Abacus", id="a listed family name alone"),
        pytest.param("B. Abacus", "Ada Abacus", id="another initial"),
        pytest.param("A. A.", "Ada Abacus", id="only initials"),
        pytest.param("A. B. Abacus", "A. B.", id="listed by initials alone"),
        pytest.param("A. Abacus", "A. Lantern", id="an initial and another name"),
        pytest.param("Maria Lopez", "Mario Lopez", id="a woman and a man"),
        pytest.param("Ming Wang", "王小明", id="half of a given name"),
        pytest.param("철수 Lee", "철수 Kim", id="a Korean given name with two family names"),
        pytest.param("Li Na", "李明", id="a Chinese family name alone"),
        pytest.param("", "Ada Abacus", id="nothing"),
        pytest.param("-", "-", id="a dash on both sides"),
        pytest.param("N/A", "n/a", id="a placeholder on both sides"),
        pytest.param("Unknown", "unknown", id="a word for nobody on both sides"),
        pytest.param("12345", "12345", id="a number on both sides"),
        pytest.param("Dr.", "Mr.", id="titles alone"),
    ],
)
def test_ordinary_neighbours(name: str, listed: str) -> None:
    assert tiers(name, listed) == []


def test_a_name_that_is_a_title_stays_a_name() -> None:
    assert tiers("Frau", "frau") == [Tier.FOLD]


@pytest.mark.parametrize(
    ("name", "listed", "expected"),
    [
        pytest.param("AdaAbacus", "Abacus, Ada", {Tier.FOLD}, id="made of the name"),
        pytest.param("Abacus Ada", "Ada Abacus", {Tier.FOLD}, id="in another order"),
        pytest.param("XiaomingWang", "王小明", {Tier.TRANSLIT}, id="made of a Han name"),
        pytest.param("Аda Abacus", "Ada Abacus", {Tier.CONFUSABLE}, id="with a Cyrillic letter"),
        pytest.param("Real Ada Abacus", "Ada Abacus", {Tier.CONTAINS}, id="around the name"),
        pytest.param("Abacus", "Ada Abacus", set(), id="a part of the name"),
        pytest.param("The Great Abacus", "Abacus", set(), id="around a single word"),
        pytest.param("Tall Heron", "Ada Abacus", set(), id="something else"),
    ],
)
def test_user_names_made_of_a_real_name(name: str, listed: str, expected: set[Tier]) -> None:
    assert tiers_of_user(name, listed) == expected


@pytest.mark.parametrize("case", TWO_WORDS, ids=lambda case: f"{case.group}: {case.right}")
def test_what_is_drawn_alike_is_found_in_either_order(case: Case) -> None:
    first, last = words(case.left)
    found = tiers(f"{last}, {first}", case.right)
    assert found, case
    assert TIERS.index(found[0]) <= TIERS.index(Tier.CONFUSABLE), case


def test_there_are_such_pairs() -> None:
    assert len(TWO_WORDS) > 10


def test_each_row_of_a_name_is_told() -> None:
    assert tiers("Ada Abacus", "Ada Abacus", "Tall Heron", "Abacus Ada") == [Tier.FOLD, Tier.FOLD]


def test_the_sentence_names_both_as_they_are_written() -> None:
    index = RealNames([(7, "Abacus, Ada")], MatchRules())
    assert {(row, text) for row, _, text in index.like("ada abacus")} == {
        (7, "“ada abacus” has the same words as the listed “Abacus, Ada”, in another order.")
    }
    assert {text for _, _, text in index.like("Abacus, Ada")} == {"“Abacus, Ada” is the listed name."}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Ada Abacus", ("Ada", "Abacus"), id="two"),
        pytest.param("  Abacus ,Ada ", ("Abacus", "Ada"), id="blanks and a comma"),
        pytest.param("यशोदा कुमारी", ("यशोदा", "कुमारी"), id="vowel signs part no word"),
        pytest.param("Prof. Dr. Ada Abacus jr", ("Ada", "Abacus"), id="titles"),
        pytest.param("Ada_Abacus", ("Ada", "Abacus"), id="underscore"),
        pytest.param("A\u200bda O'Heron", ("Ada", "OHeron"), id="what parts no word"),
        pytest.param("Ad4 Abacus", ("Ad4", "Abacus"), id="a digit for a letter"),
        pytest.param("🙂", (), id="no letters"),
        pytest.param("_", (), id="a mark"),
    ],
)
def test_words(text: str, expected: tuple[str, ...]) -> None:
    assert words(text) == expected


def test_a_title_beside_a_single_name_stays() -> None:
    assert words("Dr. Abacus") == ("Dr", "Abacus")


@pytest.mark.parametrize(
    ("given_name", "expected"),
    [
        pytest.param((), [], id="nothing"),
        pytest.param(("Ada",), ["Ada"], id="one"),
        pytest.param(("Ada", "Abacus"), ["Ada Abacus", "Abacus Ada"], id="two"),
        pytest.param(("李明",), ["李明", "明 李"], id="two signs without a blank"),
        pytest.param(
            ("欧阳小明",), ["欧阳小明", "阳小明 欧", "小明 欧阳", "明 欧阳小"], id="four signs without a blank"
        ),
        pytest.param(("王",), ["王"], id="one sign"),
        pytest.param(("王小明李小明李",), ["王小明李小明李"], id="too many signs for a name"),
        pytest.param(("アダム",), ["アダム"], id="Katakana, which a foreign name is written in"),
        pytest.param(
            ("d", "a", "c", "b"),
            ["d a c b", "b d a c", "a c b d", "a b c d"],
            id="of four only the usual, and by letter",
        ),
    ],
)
def test_orders(given_name: tuple[str, ...], expected: list[str]) -> None:
    assert list(orders(given_name)) == expected


def test_a_name_in_one_of_its_scripts_is_told_as_such() -> None:
    index = RealNames([(7, "Wang Xiaoming (王小明)")], MatchRules())
    assert "“王小明” and the listed “Wang Xiaoming (王小明)” have a name in one script in common." in {
        text for _, _, text in index.like("王小明")
    }


@pytest.mark.parametrize(
    ("given_name", "expected"),
    [
        pytest.param((), [()], id="nothing"),
        pytest.param(("Ada", "Abacus"), [("Ada", "Abacus")], id="one script"),
        pytest.param(("Ада", "Abacus"), [("Ада", "Abacus")], id="a word of each"),
        pytest.param(("Li", "Ming", "李明"), [("Li", "Ming", "李明"), ("Li", "Ming"), ("李明",)], id="a name in each"),
        pytest.param(("Li", "王", "明"), [("Li", "王", "明"), ("王", "明")], id="words of one sign"),
        pytest.param(("A", "B", "王小明"), [("A", "B", "王小明"), ("王小明",)], id="initials are no name"),
        pytest.param(("Kim", "철수"), [("Kim", "철수")], id="perhaps a given name alone"),
        pytest.param(("Аda", "Abacus", "Heron"), [("Аda", "Abacus", "Heron"), ("Abacus", "Heron")], id="a mixed word"),
    ],
)
def test_parts_in_one_script(given_name: tuple[str, ...], expected: list[tuple[str, ...]]) -> None:
    assert list(in_scripts(given_name)) == expected


def test_accents_are_told_as_such() -> None:
    index = RealNames([(7, "Adá Abacus")], MatchRules())
    assert next(text for _, _, text in index.like("Ada Abacus")).startswith("“Ada Abacus” is the same, once accents")


def test_endless_names_cost_little() -> None:
    endless = " ".join(f"Wordy{n}" for n in range(50_000))
    assert tiers(endless, endless, "Ada Abacus") == [Tier.FOLD]
    assert len(list(orders(words(endless)))) == 4


NAMES = st.text(max_size=40) | st.lists(
    st.sampled_from(["Ada", "Abacus", "Lantern", "de", "A", "Юлия", "王", "王小明", "철수", "123", "Dr"]), max_size=8
).map(" ".join)


@given(NAMES, NAMES)
def test_any_text_is_taken_and_nothing_is_more_than_a_hint(name: str, listed: str) -> None:
    index = RealNames([(1, listed)], MatchRules())
    for row, tier, text in (*index.like(name), *index.like_user(name)):
        assert row == 1
        assert tier not in {Tier.IDENTICAL, Tier.RENAMED}
        assert text.endswith((".", ")"))


@given(NAMES)
def test_a_name_is_always_found_under_itself(name: str) -> None:
    assert bool(tiers(name, name)) is bool(words(name))


@given(st.permutations(["Ada", "Grimelda", "Abacus"]), st.permutations(["Ada", "Grimelda", "Abacus"]))
def test_order_does_not_matter(name: list[str], listed: list[str]) -> None:
    assert tiers(" ".join(name), ", ".join(listed)) == [Tier.FOLD]
