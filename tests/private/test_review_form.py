"""The form of the review: what is printed can be filled in and read again."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.private import review_form
from bot.private.incident_fields import REVIEW


def test_an_empty_form_has_every_question_and_no_answer() -> None:
    form = review_form.blank()
    assert [one.ask for one in REVIEW if f"# {one.ask}\n" not in form] == []
    assert [one.id for one in REVIEW if f"\n{one.id}:\n" not in form] == []
    assert review_form.read(form) == ()
    assert review_form.questions() == REVIEW


@pytest.mark.parametrize(
    ("form", "answers"),
    [
        pytest.param("review-better: more rooms", (("review-better", "more rooms"),), id="one line"),
        pytest.param(
            "review-worked:\n a\n\n b\n# hint\n c",
            (("review-worked", "a\n\nb\nc"),),
            id="several lines, hints left out",
        ),
        pytest.param("Review-Worked : a", (("review-worked", "a"),), id="case and blanks"),
        pytest.param(
            "review-worked: b\nreview-effective: yes",
            (("review-effective", "yes"), ("review-worked", "b")),
            id="in the order of the questions",
        ),
        pytest.param("review-worked: a\nreview-worked: b", (("review-worked", "a\nb"),), id="twice"),
        pytest.param("so be it: no\nreview-worked: at 12:30", (("review-worked", "at 12:30"),), id="other colons"),
        pytest.param("hello\nworld", (), id="no form"),
        pytest.param("review-worked:   \n \n", (), id="blank"),
    ],
)
def test_read(form: str, answers: tuple[tuple[str, str], ...]) -> None:
    assert review_form.read(form) == answers


_LINES = st.lists(st.from_regex(r"[a-z][a-z ,.]{0,20}[a-z]", fullmatch=True), min_size=1, max_size=4)


@given(st.dictionaries(st.sampled_from([one.id for one in REVIEW]), _LINES))
def test_what_is_filled_in_is_read_again(given_answers: dict[str, list[str]]) -> None:
    answers = {name: "\n".join(lines) for name, lines in given_answers.items()}
    assert dict(review_form.read(review_form.blank(answers))) == answers
