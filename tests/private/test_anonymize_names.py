"""A name is found in every form in which it is written, and not within other words."""

from __future__ import annotations

import pytest

from bot.private.anonymize_names import find, forms
from bot.private.anonymize_view import Claim, Common, common, humps_of, is_boundary, view
from bot.private.incident_people import PersonNamed


def marked(name: str, text: str, known: Common | None = None) -> str:
    """Return the text with the longest claims of the first rank as brackets."""
    of = view(text)
    known = known or common(of, humps_of(name))
    found = sorted(find(of, forms([PersonNamed((name,), "")], known), known), key=lambda c: (c.rank, c.start - c.end))
    chosen: list[Claim] = []
    for claim in found:
        if not any(other.start < claim.end and claim.start < other.end for other in chosen):
            chosen.append(claim)
    for claim in sorted(chosen, reverse=True):
        end = claim.end - len(claim.mark)
        text = f"{text[: claim.start]}‹{text[claim.start : end]}›{text[end:]}"
    return text


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        pytest.param("Ada Byrd", "Ada Byrd came", "‹Ada Byrd› came", id="as it is"),
        pytest.param("Ada Byrd", "ada_byrd ADA BYRD AdaByrd", "‹ada_byrd› ‹ADA BYRD› ‹AdaByrd›", id="case and blanks"),
        pytest.param("AdaByrd", "Ada Byrd, adabyrd", "‹Ada Byrd›, ‹adabyrd›", id="capitals part words"),
        pytest.param("Ada Byrd", "Byrd, Ada; Byrd Ada", "‹Byrd, Ada›; ‹Byrd Ada›", id="turned"),
        pytest.param("Ada Byrd", "Ada's, Byrd’s, Byrds'", "‹Ada›'s, ‹Byrd›’s, ‹Byrds›'", id="possessive"),
        pytest.param("Ada Byrd", "A. Byrd / Ada B. / A. B. / A.B.", "‹A. Byrd› / ‹Ada B.› / ‹A. B.› / ‹A.B.›", id="initials"),
        pytest.param("Ada Byrd", "AB: yes\n* AB: no, AB is", "‹AB›: yes\n* ‹AB›: no, AB is", id="initials that speak"),
        pytest.param("Ada Byrd", "Ada Lynn Byrd", "‹Ada› Lynn ‹Byrd›", id="parts"),
        pytest.param("Ada Lynn Byrd", "Ada Byrd / Ada Lynn", "‹Ada Byrd› / ‹Ada Lynn›", id="some of three"),
        pytest.param("Ada Byrd", "A d a  B y r d; A-d-a", "‹A d a  B y r d›; ‹A-d-a›", id="spaced out"),
        pytest.param("Ada Byrd", "A\u200bda\u00ad By\u2060rd", "‹A\u200bda\u00ad By\u2060rd›", id="invisible characters"),
        pytest.param("Ada Byrd", "Ada&#32;B&yacute;rd %41da", "‹Ada&#32;B&yacute;rd› ‹%41da›", id="coded"),
        pytest.param("Zoë Ångström", "Zoe Angstrom, ZOË", "‹Zoe Angstrom›, ‹ZOË›", id="accents"),
        pytest.param("Straßer", "STRASSER, Strasser", "‹STRASSER›, ‹Strasser›", id="sharp s"),
        pytest.param("Ina", "in a final Ina, China", "in a final ‹Ina›, China", id="no words made of words"),
        pytest.param("An Li", "an angel and Li, Lia, plan", "an angel and ‹Li›, Lia, plan", id="short names"),
        pytest.param("Will Hunt", "I will go hunt; ask Will. Hunt", "I will go hunt; ask ‹Will›. ‹Hunt›", id="words besides"),
        pytest.param("von der Leyen", "von der Bar, Leyen", "von der Bar, ‹Leyen›", id="what joins names"),
        pytest.param("Ben Carter", "saw Ben. Ben left, ben", "saw ‹Ben›. ‹Ben› left, ben", id="a name that joins names"),
        pytest.param("Thi Le", "that Ms Le and le chat", "that Ms ‹Le› and le chat", id="the last word joins names"),
        pytest.param("Ana de la Cruz", "de Ana y de La Paz", "de ‹Ana› y de La Paz", id="joins in the middle"),
        pytest.param("Wiki Bot", "the Bot on a Wiki", "the Bot on a Wiki", id="never a name alone"),
        pytest.param("გიორგი", "ვნახე გიორგის", "ვნახე ‹გიორგის›", id="Georgian"),
        pytest.param("서울", "서울에서", "‹서울›에서", id="Korean place"),
        pytest.param("王小明", "王先生和老王，国王", "‹王›先生和老‹王›，国王", id="Chinese family name"),
        pytest.param("陈静", "陈女士说，陈年", "‹陈›女士说，陈年", id="Chinese name of two"),
        pytest.param("佐藤健", "佐藤さんと健さん、健康", "‹佐藤›さんと‹健›さん、健康", id="Japanese titles"),
        pytest.param("김민수", "김씨가, 김치", "‹김›씨가, 김치", id="Korean family name"),
        pytest.param("Иван Достоевский", "Достоевского, Достоевским", "‹Достоевского›, ‹Достоевским›", id="adjective"),
        pytest.param("Лев Заяц", "Львом. Зайца", "‹Львом›. ‹Зайца›", id="vowels that flee"),
        pytest.param("Matti Virtanen", "Matin ja Virtasta", "‹Matin› ja ‹Virtasta›", id="Finnish gradation"),
        pytest.param("Marta Nowak", "Marcie", "‹Marcie›", id="Polish soft consonant"),
        pytest.param("Pavel Dvořák", "Dvo-\nřák a Anna-\nPavel", "‹Dvo-\nřák› a Anna-\n‹Pavel›", id="over a line's end"),
        pytest.param("Pavel Dvořák", "<span>Pa</span>vel P''avel", "<span>‹Pa</span>vel› ‹P''avel›", id="markup within"),
        pytest.param("Ada Byrd", "<br>Ada<br>Byrd", "<br>‹Ada›<br>‹Byrd›", id="markup between"),
        pytest.param("★★", "the ★★ account", "the ‹★★› account", id="no letters"),
        pytest.param("C++", "the C++ account", "the ‹C++› account", id="one letter and marks"),
        pytest.param("Иван Петров", "Ивана / Петрову / Петровичу", "‹Ивана› / ‹Петрову› / Петровичу", id="Russian cases"),
        pytest.param("Marek Kowalski", "Markiem Kowalskim", "‹Markiem Kowalskim›", id="Polish cases"),
        pytest.param("Virtanen", "Virtasella, Virtaset", "‹Virtasella›, ‹Virtaset›", id="Finnish cases"),
        pytest.param("李小龙", "他说李小龙来了，小龙也是", "他说‹李小龙›来了，‹小龙›也是", id="Chinese"),
        pytest.param("サクラ", "サクラは。サクランボ", "‹サクラ›は。サクランボ", id="Japanese"),
        pytest.param("김철수", "김철수가, 철수는, 김철수다움", "‹김철수›가, ‹철수›는, 김철수다움", id="Korean"),
        pytest.param("سامر", "وسامر قال لسامر", "و‹سامر› قال ل‹سامر›", id="Arabic prefixes"),
        pytest.param("रहीम", "रहीमने कहा", "‹रहीम›ने कहा", id="Marathi"),
    ],
)  # fmt: skip
def test_found(name: str, text: str, expected: str) -> None:
    assert marked(name, text) == expected


def test_a_small_word_at_the_beginning_is_undecided() -> None:
    of = view("Will you? We saw Will. Will left")
    known = Common(frozenset(), frozenset({"will"}))
    wanted = forms([PersonNamed(("Will",), "")], known)
    assert [c.start for c in find(of, wanted, known)] == [17]
    assert [c.start for c in find(of, wanted, known, undecided=True)] == [0, 23]


def test_what_joins_names_is_not_undecided_at_the_beginning_of_every_sentence() -> None:
    known = Common(frozenset(), frozenset({"la"}))
    wanted = forms([PersonNamed(("La Fleur",), "")], known)
    assert [form.may_begin for form in wanted if form.is_small] == [True]
    of = view("La rue La Paix")
    assert [c.start for c in find(of, wanted, known)] == [7]


def test_of_those_whom_only_links_name_the_whole_name_alone_counts() -> None:
    of = view("Third Party, and Party alone")
    wanted = forms([PersonNamed(("Third Party",), "")], Common(), whole_only=[0])
    assert {(c.start, c.end) for c in find(of, wanted, Common())} == {(0, 11)}


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        pytest.param("a", "b", False, id="letters"),
        pytest.param("a", " ", True, id="blank"),
        pytest.param("a", "1", False, id="digit"),
        pytest.param("龙", "说", True, id="no blanks in Chinese"),
        pytest.param("ク", "ラ", False, id="within kana"),
        pytest.param("ラ", "は", True, id="between kana"),
        pytest.param("k", "은", True, id="Latin and Korean"),
        pytest.param("a", "а", False, id="Cyrillic for Latin"),
    ],
)
def test_boundaries(before: str, after: str, expected: bool) -> None:
    assert is_boundary(before, after) is expected


@pytest.mark.parametrize(
    ("text", "word"),
    [
        pytest.param("he said that she was at the bar and will not come", "will", id="English"),
        pytest.param("er hat das nicht gesagt und sie war auch da", "da", id="German"),
        pytest.param("dia tidak ada di ruangan itu dan kami pergi", "ada", id="Indonesian"),
    ],
)
def test_common_words_are_those_of_the_language(text: str, word: str) -> None:
    known = common(view(text))
    assert known.holds(word)
    assert [w for w in ("will", "da", "ada") if w in known.small] == [word]
