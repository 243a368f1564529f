"""What a name is compared by, sealed: the coarse text, the readings, the sounds; and what an entry leaves."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.model import NameState, Tier
from bot.private import sealed_keys as by
from bot.private.model import Entry, Field, Person
from bot.private.sealed_hash import Try
from bot.private.sealed_marks import Asked, asked, counts, flags_of, left

EVERY = frozenset({Field.USER, Field.REAL_NAME, Field.EMAIL, Field.CENTRAL_ID})
ANY = st.text(max_size=40)


@pytest.mark.parametrize(
    ("name", "texts"),
    [
        pytest.param("Greybeard Troll", ["breybeardtroii"], id="l is i, g is b"),
        pytest.param(
            "6r3yb34rd 7r0||", ["breybeardtroii", "breybeardtro"], id="digits and symbols are letters, or not"
        ),
        pytest.param("Grеybeаrd_Тroll", ["breybeardtroii"], id="letters of another script"),
        pytest.param("Popcom", ["popcom"], id="a letter"),
        pytest.param("Popcorn", ["popcom"], id="a sequence like the letter"),
        pytest.param("Ada1990", ["adaibbo"], id="a year is letters"),
        pytest.param("山田太郎", ["山田太郎"], id="letters like no others"),
        pytest.param("!!!", ["iii"], id="symbols alone"),
    ],
)
def test_the_coarse_texts_of_a_name(name: str, texts: list[str]) -> None:
    assert [one.text for one in by.look_tries(name)][: len(texts)] == texts
    assert {one.kind for one in by.look_tries(name)} == {by.NAME}


@pytest.mark.parametrize(
    ("name", "literal", "leet"),
    [
        pytest.param("Bob", {"bob"}, set(), id="one way"),
        pytest.param("Al", {"al", "aǀ"}, set(), id="l may be a stroke"),
        pytest.param("AI7", {"ai7", "aǀ7"}, {"ait", "aǀt"}, id="a digit is read as a letter in leet only"),
        pytest.param("Bo6", {"bo6"}, {"bob", "bog"}, id="a digit that is like two letters"),
        pytest.param("No!", {"no"}, {"noi", "nol"}, id="a symbol is nothing or a letter"),
        pytest.param("Mum", {"mum"}, set(), id="a sequence that it looks like is no other way"),
        pytest.param("Do55", {"do55"}, {"doss", "dos5"}, id="of a number at the end the first digit alone"),
        pytest.param("A", set(), set(), id="one letter says nothing"),
        pytest.param("B0", {"b0"}, set(), id="two are too few for leet"),
        pytest.param("", set(), set(), id="nothing"),
    ],
)
def test_the_ways_of_reading_a_name(name: str, literal: set[str], leet: set[str]) -> None:
    form = by.form(name)
    assert (set(form.literal or ()), set(form.leet or ())) == (literal, leet)


def test_a_name_with_too_many_ways_has_none_and_meets_all_of_its_text() -> None:
    form = by.form("lililililililil")
    assert (form.literal, form.coarse) == (None, "i" * 15)
    assert by.form("l1l1l1l1l1l1").leet is None


@pytest.mark.parametrize(
    ("name", "own"),
    [
        pytest.param("Лёва", {"лева"}, id="Cyrillic in its own letters"),
        pytest.param("Leva", set(), id="Latin has none"),
        pytest.param("Лева L", set(), id="mixed has none"),
        pytest.param("123", set(), id="no script has none"),
    ],
)
def test_readings_in_the_own_script(name: str, own: set[str]) -> None:
    assert by.form(name).own >= own
    assert bool(by.form(name).own) == bool(own)


def test_a_long_name_of_another_script_has_one_own_reading_when_there_are_too_many() -> None:
    assert len(by.form("علیرضا کریمی علیرضا کریمی علیرضا").own) in range(1, 65)


@pytest.mark.parametrize(
    ("way", "seen"),
    [("corner", "comer"), ("vvin", "win"), ("uuin", "win"), ("clark", "dark"), ("cǀark", "dark"), ("anna", "ama")],
)
def test_sequences_are_the_letter_that_they_look_like(way: str, seen: str) -> None:
    assert by.merged([way]) == {seen}


@pytest.mark.parametrize(
    ("name", "tries"),
    [
        pytest.param("Ivan Petrov", {Try("sound", "ivanpitruv "): ("ivanpetrov",)}, id="Latin"),
        pytest.param("Denitsa 68", {Try("sound", "dinisa 68"): ("denitsa",)}, id="with its number"),
        pytest.param("Денница", {Try("sound", "dinisa "): ("deniza", "denitsa"), Try("sound", "dinika "): ("denika",)},
                     id="in many ways, but few texts"),
        pytest.param("محمد", {}, id="consonants alone are no try"),
        pytest.param("77", {}, id="a number has no sound"),
    ],
)  # fmt: skip
def test_sounds_and_their_tries(name: str, tries: dict[Try, tuple[str, ...]]) -> None:
    assert by.sound_tries(name) == tries


def test_ways_of_writing_are_bounded_and_in_order() -> None:
    assert by.spelled("Jörg Müller", 2) == ("joergmueller", "joergmuller")
    assert by.spelled("Ada", 2) == ("ada",)
    assert by.latin("Иван77", 16) == ("ivan77",)
    assert by.latin("А", 16) == ()
    assert len(by.latin("Хрущёв Хрущёв", 16)) == 16


def test_the_scripts_of_a_name_are_told_apart_by_a_byte() -> None:
    scripts = ["LATIN", "CYRILLIC", "GREEK", "ARABIC", "HEBREW", "HAN", "HANGUL", "THAI", "DEVANAGARI", ""]
    assert len(set(map(by.script_byte, scripts))) == len(scripts)


@given(ANY, ANY)
def test_flags_fit_into_their_bits(name: str, other: str) -> None:
    assert flags_of(by.form(name)) < 2**12
    entry = Entry(1, user=name, real_name=other, email=other, central_id=5)
    assert all(one.flags < 2**12 for one in left(entry))


@given(ANY)
def test_whatever_is_asked_of_the_same_name_was_left(name: str) -> None:
    rows = {(one.one, one.mark) for one in left(Entry(1, user=name))}
    questions = list(asked(Person(name, "row 1"), frozenset({Field.USER})))
    surest = [one for one in questions if one.tier is Tier.IDENTICAL]
    folds = [one for one in questions if one.tier is Tier.FOLD]
    assert all((one.one, one.mark) in rows for one in surest + folds)
    assert bool(name) == bool(surest)


@given(ANY)
def test_the_tries_of_one_person_are_few(name: str) -> None:
    person = Person(name or None, "row 1", real_name=name, email="a@example.org", central_id=1)
    assert len({one.one for one in asked(person, EVERY)}) <= 2 + 2 * 10


@pytest.mark.parametrize(
    ("person", "kinds", "tries"),
    [
        pytest.param(Person("Ada", ""), {Field.EMAIL}, set(), id="no user name in the list"),
        pytest.param(Person("Ada", ""), {Field.REAL_NAME}, {"name"}, id="a user name against real names"),
        pytest.param(Person("Ada", "", central_id=5), {Field.USER}, {"name"}, id="no ids in the list"),
        pytest.param(Person("Ada", "", central_id=0), EVERY, {"name", "central id"}, id="an id of 0 is one"),
        pytest.param(Person(None, "", email="a@x.org b@x.org"), EVERY, {"e-mail"}, id="addresses"),
        pytest.param(Person(None, "", real_name="n/a"), EVERY, set(), id="a placeholder is no name"),
        pytest.param(Person("Иван", ""), EVERY, {"name", "sound"}, id="another script, by sound too"),
        pytest.param(Person("2001:DB8::1", "", state=NameState.IP), EVERY, {"name"}, id="an address"),
    ],
)
def test_only_what_can_be_found_is_asked(person: Person, kinds: set[Field], tries: set[str]) -> None:
    assert {one.one.kind for one in asked(person, frozenset(kinds))} == tries


@pytest.mark.parametrize(
    ("like", "mine", "flags", "says"),
    [
        pytest.param("", 0x181, 0x181, True, id="what always counts"),
        pytest.param("look", 0x181, 0x181, False, id="two ordinary names"),
        pytest.param("look", 0x181, 0x180, True, id="one ordinary name"),
        pytest.param("look", 0x244, 0x244, False, id="two of one script that is not Latin"),
        pytest.param("look", 0x244, 0x180, True, id="of two scripts"),
        pytest.param("leet", 0x181, 0x183, False, id="two ordinary names, one with a 5"),
        pytest.param("leet", 0x181, 0x181, True, id="two ordinary names, one with another digit"),
        pytest.param("leet", 0x182, 0x180, True, id="a 5 in a name that is not ordinary"),
        pytest.param("other script", 0x180, 0x181, False, id="by sound in one script"),
        pytest.param("other script", 0x244, 0x181, True, id="by sound across scripts"),
    ],
)
def test_when_a_row_counts(like: str, mine: int, flags: int, says: bool) -> None:
    (any_question,) = list(asked(Person(None, "", central_id=1), EVERY))
    question = Asked(any_question.one, any_question.mark, Tier.CONFUSABLE, Field.USER, "Ada", mine, like)
    assert counts(question, flags) is says
