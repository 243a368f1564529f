"""The nets under the rules: one slip of a name is always caught, and the words of a language seldom."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.match.ordinary import corpus
from bot.private.anonymize_cjk import resembling, strangers
from bot.private.anonymize_endings import inflected
from bot.private.anonymize_resembling import Resembling
from bot.private.anonymize_view import Common, view

_PROSE = (
    "We met at the registration desk before lunch. Somebody had taken a picture of another participant without asking, "
    "and refused to delete it. The Safety Team talked with both of them. Nobody was hurt. Later the organizers decided "
    "that the picture must go, and Wikimedia Commons was told. The Code of Conduct was read out again on Sunday."
)


def caught(text: str, *names: str) -> list[str]:
    return [text[start:end] for start, end, _ in Resembling(names, Common()).places(view(text), "name")]


@given(
    st.sampled_from(["Derek", "Halvorsen", "Zygmunt", "Дмитрук", "Ιωάννου"]),
    st.integers(1, 20),
    st.sampled_from("zxqк"),
)
def test_one_slip_is_caught(name: str, where: int, letter: str) -> None:
    at = 1 + where % (len(name) - 1)
    slips = (
        name[:at] + name[at + 1 :],
        name[:at] + letter + name[at:],
        name[:at] + letter + name[at + 1 :],
        name[: at - 1] + name[at : at + 1] + name[at - 1] + name[at + 1 :],
    )
    for slip in {one[:1].upper() + one[1:].lower() for one in slips} - {name}:
        assert caught(f"we saw {slip} there", name) == [slip]


def test_prose_is_hardly_ever_taken_for_a_name() -> None:
    names = corpus()[::9]
    words = sum(len(caught(_PROSE, name)) for name in names)
    assert words < 0.1 * len(names)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("王先生和老陈", ["王先生", "老陈"], id="Chinese"),
        pytest.param("田中さん、皆さん", ["田中さん"], id="Japanese"),
        pytest.param("김씨가 왔다. 선생님", ["김씨"], id="Korean"),
        pytest.param("陈¤¤¤手机", ["陈"], id="a family name beside a label"),
        pytest.param("国王来了", [], id="no title"),
    ],
)
def test_strangers(text: str, expected: list[str]) -> None:
    assert [text[start:end] for start, end, _ in strangers(text)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("在圆山大饭店", ["圆山大饭店"], id="simplified"),
        pytest.param("在圓山大飯店", [], id="itself"),
        pytest.param("在东京大饭庄", [], id="another"),
    ],
)
def test_other_characters(text: str, expected: list[str]) -> None:
    assert [text[start:end] for start, end, _ in resembling(text, ["圓山大飯店"], "place")] == expected


@pytest.mark.parametrize(
    ("word", "form"),
    [
        pytest.param("достоевскии", "достоевского", id="Russian adjective"),
        pytest.param("лев", "львом", id="Russian, fleeting"),
        pytest.param("петър", "петра", id="Bulgarian"),
        pytest.param("pekka", "pekalle", id="Finnish"),
        pytest.param("mehmet", "mehmedin", id="Turkish"),
        pytest.param("svec", "svca", id="Czech"),
    ],
)
def test_stems(word: str, form: str) -> None:
    assert re.fullmatch(inflected(word, ["ого", "ом", "а", "lle", "in", "a"]), form)
    assert not re.fullmatch(inflected(word, ["ого", "ом", "а", "lle", "in", "a"]), form + "xx")
