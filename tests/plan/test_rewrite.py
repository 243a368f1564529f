"""The smallest change: what is asked for is set, every other byte of the page stays as people left it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from bot.parse import calls
from bot.parse.calls import Call
from bot.parse.sites import META
from bot.plan import rewrite
from bot.plan.rewrite import Change

NAME = "Flag"


def found(text: str) -> tuple[Call, ...]:
    return calls.find(text, (NAME,), META)[0]


def put(text: str, values: Mapping[str, str], order: Sequence[str] = ()) -> str:
    return rewrite.edit(text, rewrite.set_parameters(text, found(text)[0], values, order))


def without(text: str, number: int = 0) -> str:
    return rewrite.edit(text, [rewrite.remove(text, found(text)[number])])


def with_row(text: str, at: int, rendered: str = "{{Flag|new}}") -> str:
    return rewrite.edit(text, [rewrite.insert(text, at, rendered)])


@pytest.mark.parametrize(
    ("text", "values"),
    [
        pytest.param("{{Flag|a=1}}", {"a": "1"}, id="the same"),
        pytest.param("{{Flag|a= 1 }}", {"a": "1"}, id="blanks around it"),
        pytest.param("{{Flag|a=&#49;}}", {"a": "1"}, id="a character reference for it"),
        pytest.param("{{Flag|a=1}}", {"a": "&#x31;"}, id="a character reference asked for"),
        pytest.param("{{Flag|a=<!-- x -->1<!-- y -->}}", {"a": "1"}, id="comments around it"),
        pytest.param("{{Flag|a=}}", {"a": ""}, id="nothing"),
        pytest.param("{{Flag|a=2|a=1}}", {"a": "1"}, id="the last of two"),
        pytest.param("{{Flag|1}}", {"1": "1"}, id="without a name"),
        pytest.param("{{Flag|a=1}}", {}, id="nothing asked for"),
    ],
)
def test_left_alone(text: str, values: Mapping[str, str]) -> None:
    assert rewrite.set_parameters(text, found(text)[0], values) == ()


@pytest.mark.parametrize(
    ("text", "values", "expected"),
    [
        pytest.param("x {{Flag|a=1|b=2}} y", {"a": "3"}, "x {{Flag|a=3|b=2}} y", id="on one line"),
        pytest.param("{{Flag | a = 1 | b = 2 }}", {"b": "3"}, "{{Flag | a = 1 | b = 3 }}", id="on one line, spaced"),
        pytest.param(
            "{{Flag\n|  a   =  1 \n| b = 2\n}}", {"a": "3"}, "{{Flag\n|  a   =  3 \n| b = 2\n}}", id="odd spacing"
        ),
        pytest.param("{{Flag\n| a =\n| b = 2\n}}", {"a": "3"}, "{{Flag\n| a = 3\n| b = 2\n}}", id="an empty value"),
        pytest.param("{{Flag\n| a = \n}}", {"a": "3"}, "{{Flag\n| a = 3\n}}", id="an empty value with a blank"),
        pytest.param("{{Flag\n|a=\n}}", {"a": "3"}, "{{Flag\n|a=3\n}}", id="an empty value without blanks"),
        pytest.param(
            "{{Flag | a = | b = 2 }}", {"a": "3"}, "{{Flag | a = 3 | b = 2 }}", id="an empty value on one line"
        ),
        pytest.param("{{Flag|a=}}", {"a": "3"}, "{{Flag|a=3}}", id="an empty value at the end"),
        pytest.param("{{Flag\n| a = 1\n}}", {"a": ""}, "{{Flag\n| a =\n}}", id="to nothing"),
        pytest.param("{{Flag | a = 1 | b }}", {"a": ""}, "{{Flag | a = | b }}", id="to nothing on one line"),
        pytest.param("{{Flag|a=1}}", {"a": ""}, "{{Flag|a=}}", id="to nothing without blanks"),
        pytest.param(
            "{{Flag|a = <!-- x --> 1 <!-- y -->\n}}",
            {"a": "3"},
            "{{Flag|a = <!-- x --> 3 <!-- y -->\n}}",
            id="comments around",
        ),
        pytest.param("{{Flag|a = 1<!-- x -->2\n}}", {"a": "3"}, "{{Flag|a = 3<!-- x -->\n}}", id="comment in a value"),
        pytest.param("{{Flag|a = <!-- x -->\n}}", {"a": "3"}, "{{Flag|a = 3 <!-- x -->\n}}", id="comment for a value"),
        pytest.param("{{Flag|a=<!-- x -->1}}", {"a": ""}, "{{Flag|a=<!-- x -->}}", id="to nothing beside a comment"),
        pytest.param("{{Flag|a=\n1\n|b=2}}", {"a": "3"}, "{{Flag|a=\n3\n|b=2}}", id="a value on a line of its own"),
        pytest.param("{{Flag|a={{b|c=1}}|d}}", {"a": "3"}, "{{Flag|a=3|d}}", id="a call for a value"),
        pytest.param("{{Flag|a=1|a=2}}", {"a": "3"}, "{{Flag|a=1|a=3}}", id="the last of two"),
        pytest.param("{{Flag| 1 |b=2}}", {"1": "3"}, "{{Flag| 3 |b=2}}", id="without a name"),
        pytest.param("{{Flag||b=2}}", {"1": "3"}, "{{Flag|3|b=2}}", id="without a name or a value"),
        pytest.param("{{Flag|b=2|a=1}}", {"a": "3", "b": "4"}, "{{Flag|b=4|a=3}}", id="two, in another order"),
        pytest.param("{{Flag|a=1}}", {"a": "https://x.org/?y=z"}, "{{Flag|a=https://x.org/?y=z}}", id="web address"),
        pytest.param("{{Flag|a=1}}", {"a": "[[x|{{y|z}}]]"}, "{{Flag|a=[[x|{{y|z}}]]}}", id="closed markup"),
    ],
)
def test_rewritten(text: str, values: Mapping[str, str], expected: str) -> None:
    assert put(text, values) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("{{Flag\n| a = 1\n| b = 2\n}}", "{{Flag\n| a = 1\n| new = 3\n| b = 2\n}}", id="one a line"),
        pytest.param("{{Flag|a=1|b=2}}", "{{Flag|a=1|new=3|b=2}}", id="on one line"),
        pytest.param("{{Flag | a = 1 | b = 2 }}", "{{Flag | a = 1 | new = 3 | b = 2 }}", id="on one line, spaced"),
        pytest.param("{{Flag\n  |a= 1\n  |b= 2\n}}", "{{Flag\n  |a= 1\n  |new= 3\n  |b= 2\n}}", id="indented"),
        pytest.param("{{Flag|\n a = 1|\n b = 2\n}}", "{{Flag|\n a = 1|\n new = 3|\n b = 2\n}}", id="pipes at the ends"),
        pytest.param("{{Flag\n| a =\n| b = 2\n}}", "{{Flag\n| a =\n| new = 3\n| b = 2\n}}", id="behind an empty value"),
        pytest.param(
            "{{Flag | a = | b = 2 }}", "{{Flag | a = | new = 3 | b = 2 }}", id="behind an empty value on one line"
        ),
        pytest.param(
            "{{Flag\n| a = 1 <!-- x -->\n}}", "{{Flag\n| a = 1 <!-- x -->\n| new = 3\n}}", id="behind a comment"
        ),
        pytest.param("{{Flag\n| a = 1\n}}", "{{Flag\n| a = 1\n| new = 3\n}}", id="behind the only one"),
        pytest.param(
            "{{Flag|\n a = 1\n}}", "{{Flag|\n a = 1|\n new = 3\n}}", id="behind the only one, pipe at the end"
        ),
        pytest.param("{{Flag|a=1}}", "{{Flag|a=1|new=3}}", id="behind the only one on one line"),
        pytest.param(
            "{{Flag\n| b = 2\n| c = 4\n}}", "{{Flag\n| b = 2\n| c = 4\n| new = 3\n}}", id="none precedes: at the end"
        ),
        pytest.param(
            "{{Flag\n| a = 1\n\n| b = 2\n}}", "{{Flag\n| a = 1\n| new = 3\n\n| b = 2\n}}", id="before an empty line"
        ),
        pytest.param("{{Flag}}", "{{Flag\n| new = 3\n}}", id="no parameters"),
        pytest.param("{{Flag\n}}", "{{Flag\n| new = 3\n}}", id="no parameters, over two lines"),
        pytest.param("{{Flag|x}}", "{{Flag|x|new=3}}", id="behind one without a name"),
        pytest.param("{{Flag | x }}", "{{Flag | x | new = 3 }}", id="behind one without a name, spaced"),
        pytest.param("{{Flag\n| a = 1\n|}}", "{{Flag\n| a = 1\n| new = 3\n|}}", id="before a pipe that is too many"),
        pytest.param(
            "{{Flag\r\n| a = 1\r\n| b = 2\r\n}}", "{{Flag\r\n| a = 1\r\n| new = 3\r\n| b = 2\r\n}}", id="CR and LF"
        ),
    ],
)
def test_a_missing_parameter_is_written_as_its_neighbours_are(text: str, expected: str) -> None:
    assert put(text, {"new": "3"}, ("a", "new", "b")) == expected


def test_missing_parameters_keep_the_order_of_the_template() -> None:
    text = "{{Flag|b=2|d=4}}"
    assert put(text, {"e": "5", "c": "3", "b": "9"}, "abcde") == "{{Flag|b=9|c=3|d=4|e=5}}"
    assert put(text, {"b": "2", "x": "8", "y": "9"}) == "{{Flag|b=2|x=8|y=9|d=4}}"
    assert put("{{Flag\n| b =\n}}", {"b": "1", "c": "", "d": "2"}) == "{{Flag\n| b = 1\n| c =\n| d = 2\n}}"
    assert put("{{Flag | b = | z = 1}}", {"b": "1", "c": "2"}) == "{{Flag | b = 1 | c = 2 | z = 1}}"


def test_several_calls_are_changed_at_once() -> None:
    text = "{{Flag|a=1}} é {{Flag|a=2}}\n{{Flag|a=3}}\n"
    first, second, third = found(text)
    changes = [
        rewrite.remove(text, third),
        *rewrite.set_parameters(text, second, {"a": "22", "b": "x"}),
        *rewrite.set_parameters(text, first, {"a": "11"}),
        rewrite.insert(text, third.start, "{{Flag|a=4}}"),
    ]
    assert rewrite.edit(text, changes) == "{{Flag|a=11}} é {{Flag|a=22|b=x}}\n\n{{Flag|a=4}}\n\n"


@pytest.mark.parametrize(
    "value",
    [
        "a|b",
        "}}",
        "{{x",
        "[[x",
        "}",
        pytest.param("\n== x", id="heading"),
        pytest.param("=x=", id="heading at the start of a line"),
        "<!--",
        "<nowiki>",
        "<b>x</b>",
        "-{",
    ],
)
def test_a_value_that_would_leave_its_parameter_is_refused(value: str) -> None:
    text = "{{Flag|a=1}}"
    with pytest.raises(ValueError, match="the value of a is not escaped"):
        rewrite.set_parameters(text, found(text)[0], {"a": value})
    with pytest.raises(ValueError, match="the value of a is not escaped"):
        rewrite.render("Flag", {"a": value})


def test_an_equals_sign_cannot_stand_in_a_parameter_without_a_name() -> None:
    text = "{{Flag|x}}"
    with pytest.raises(ValueError, match="the value of 1 is not escaped"):
        rewrite.set_parameters(text, found(text)[0], {"1": "a=b"})


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("{{Flag}}", "", id="the whole page"),
        pytest.param("a {{Flag}} b", "a  b", id="text beside it"),
        pytest.param("a\n{{Flag}} b\nc", "a\n b\nc", id="a remark behind it"),
        pytest.param("* {{Flag}}\nc", "* \nc", id="list item"),
        pytest.param("a\n{{Flag\n|b=1\n}}\nc", "a\nc", id="its own lines"),
        pytest.param("a\n  {{Flag}} \nc", "a\nc", id="blanks beside it"),
        pytest.param("a\n\n{{Flag}}\n\nc", "a\n\nc", id="one of two blank lines"),
        pytest.param("a\n\n\n{{Flag}}\n\n\nc", "a\n\n\n\nc", id="not all blank lines"),
        pytest.param("a\n\n{{Flag}}\nc", "a\n\nc", id="paragraphs are not joined, blank line above"),
        pytest.param("a\n{{Flag}}\n\nc", "a\n\nc", id="paragraphs are not joined, blank line below"),
        pytest.param("a\n\n{{Flag}}", "a", id="end of the page"),
        pytest.param("a\n\n{{Flag}}\n", "a\n", id="last line of the page"),
        pytest.param("{{Flag}}\n\na", "a", id="start of the page"),
        pytest.param("a\n{{Flag}}", "a", id="end of the page without a blank line"),
        pytest.param("a <!--\n-->{{Flag}}\nb", "a <!--\n-->\nb", id="end of a comment beside it"),
    ],
)
def test_removed(text: str, expected: str) -> None:
    assert without(text) == expected


def test_neighbours_that_both_go_share_a_blank_line() -> None:
    text = "{{Flag|1}}\n\n{{Flag|2}}\n\n{{Flag|3}}\n\na\n\n{{Flag|4}}\n\n{{Flag|5}}\n"
    calls_of_page = found(text)
    assert rewrite.edit(text, [rewrite.remove(text, call) for call in calls_of_page]).strip("\n") == "a"
    assert rewrite.edit(text, [rewrite.remove(text, call) for call in calls_of_page[1:3]]) == (
        "{{Flag|1}}\n\na\n\n{{Flag|4}}\n\n{{Flag|5}}\n"
    )


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        pytest.param("", "", "{{Flag|new}}", id="an empty page"),
        pytest.param("a", "", "a\n\n{{Flag|new}}", id="end of the page"),
        pytest.param("a\n", "", "a\n\n{{Flag|new}}", id="end of the page behind a line end"),
        pytest.param("{{A}}", "\n", "{{A}}\n\n{{Flag|new}}\n", id="before the last line end"),
        pytest.param("{{A}}", "\n\n{{B}}", "{{A}}\n\n{{Flag|new}}\n\n{{B}}", id="between two, at the end of the first"),
        pytest.param(
            "{{A}}\n\n", "{{B}}", "{{A}}\n\n{{Flag|new}}\n\n{{B}}", id="between two, at the start of the second"
        ),
        pytest.param("{{A}}\n", "{{B}}", "{{A}}\n\n{{Flag|new}}\n\n{{B}}", id="between two lines"),
        pytest.param("{{A}}", "{{B}}", "{{A}}\n\n{{Flag|new}}\n\n{{B}}", id="between two on one line"),
        pytest.param(
            "{{A}}", " I doubt it\nb", "{{A}} I doubt it\n\n{{Flag|new}}\n\nb", id="a remark stays beside its call"
        ),
        pytest.param(
            "{{A}}",
            " No. --[[User:X|X]] <small>([[User talk:X|t]])</small>",
            "{{A}} No. --[[User:X|X]] <small>([[User talk:X|t]])</small>\n\n{{Flag|new}}",
            id="a signed remark stays beside its call",
        ),
        pytest.param("{{A}}", " <!-- x\n-->", "{{A}}\n\n{{Flag|new}}\n\n <!-- x\n-->", id="a comment over lines"),
        pytest.param("| {{A}}", "||b", "| {{A}}\n\n{{Flag|new}}\n\n||b", id="a cell of a table"),
        pytest.param("{{A}}", " [[a\n]]", "{{A}}\n\n{{Flag|new}}\n\n [[a\n]]", id="a link over lines"),
        pytest.param("x [[User:X]]: ", "{{B}}", "{{Flag|new}}\n\nx [[User:X]]: {{B}}", id="a remark before its call"),
        pytest.param("a\n* ", "{{B}}\n", "a\n\n{{Flag|new}}\n\n* {{B}}\n", id="a list item stays one"),
        pytest.param("", "{{B}}", "{{Flag|new}}\n\n{{B}}", id="start of the page"),
        pytest.param("{{A}}", "  \nb", "{{A}}  \n\n{{Flag|new}}\n\nb", id="blanks at the end of the line"),
    ],
)
def test_inserted(before: str, after: str, expected: str) -> None:
    assert with_row(before + after, len(before)) == expected


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        pytest.param("", "", "1\n\n2\n\n3", id="an empty page"),
        pytest.param("{{A}}", "", "{{A}}\n\n1\n\n2\n\n3", id="end of the page"),
        pytest.param("{{A}}\n", "", "{{A}}\n\n1\n\n2\n\n3", id="end of the page behind a line end"),
        pytest.param("{{A}}", "{{B}}", "{{A}}\n\n1\n\n2\n\n3\n\n{{B}}", id="between two on one line"),
        pytest.param("{{A}}\n\n", "{{B}}", "{{A}}\n\n1\n\n2\n\n3\n\n{{B}}", id="before a row"),
    ],
)
def test_several_rows_at_one_place_are_kept_apart(before: str, after: str, expected: str) -> None:
    text = before + after
    assert rewrite.edit(text, [rewrite.insert(text, len(before), row) for row in "123"]) == expected


@pytest.mark.parametrize("end", ["", "\n"])
def test_the_last_row_goes_and_another_comes_at_the_end(end: str) -> None:
    text = "a\n\n{{Flag}}" + end
    changes = [
        rewrite.insert(text, len(text), "b"),
        rewrite.remove(text, found(text)[0]),
        rewrite.insert(text, len(text), "c"),
    ]
    assert rewrite.edit(text, changes) == "a\n\nb\n\nc"


def test_rendered() -> None:
    assert rewrite.render("Flag", {"a": "x", "b": "", "c": " y "}) == "{{Flag\n| a = x\n| b =\n| c = y\n}}"
    assert rewrite.render("Flag", {}) == "{{Flag\n}}"


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        pytest.param([], "abcdef", id="none"),
        pytest.param([Change(4, 5, "E"), Change(0, 1, "A")], "AbcdEf", id="in any order"),
        pytest.param([Change(2, 2, "1"), Change(2, 2, "2")], "ab12cdef", id="insertions at one place keep their order"),
        pytest.param(
            [Change(2, 4, "X"), Change(2, 2, "1"), Change(4, 4, "2")], "ab1X2ef", id="insertions at the borders"
        ),
        pytest.param([Change(0, 3, ""), Change(2, 4, "")], "ef", id="deletions are joined"),
        pytest.param([Change(0, 5, ""), Change(2, 4, "")], "f", id="a deletion within another"),
        pytest.param([Change(6, 6, "g")], "abcdefg", id="at the end"),
    ],
)
def test_edit(changes: list[Change], expected: str) -> None:
    assert rewrite.edit("abcdef", changes) == expected


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param([Change(0, 3, "x"), Change(2, 4, "y")], id="two that cross"),
        pytest.param([Change(0, 3, "x"), Change(0, 3, "x")], id="one twice"),
        pytest.param([Change(0, 3, ""), Change(2, 4, "y")], id="a deletion and another"),
        pytest.param([Change(0, 3, "x"), Change(2, 4, "")], id="another and a deletion"),
        pytest.param([Change(0, 5, ""), Change(2, 2, "y")], id="an insertion in a deletion"),
        pytest.param(
            [Change(0, 5, ""), Change(2, 3, ""), Change(4, 4, "y")], id="an insertion behind a deletion within"
        ),
        pytest.param([Change(5, 7, "x")], id="beyond the page"),
        pytest.param([Change(3, 2, "x")], id="end before start"),
        pytest.param([Change(-1, 2, "x")], id="before the page"),
    ],
)
def test_changes_that_overlap_are_a_bug(changes: list[Change]) -> None:
    with pytest.raises(ValueError, match="overlaps another one or leaves the page"):
        rewrite.edit("abcdef", changes)


def escaped(text: str) -> str:
    return "".join(c if c.isalnum() else f"&#{ord(c)};" for c in text)


BLANKS = st.sampled_from(["", "", " ", "\n", "  ", " <!-- note | }} -->", "<!--x-->\n", "\n\n"])
NAMES = st.sampled_from(["id", "status", "comment", "x", "1"])
OLD = st.sampled_from(
    ["", "open", "a b", "[[a|b]]", "{{c|d=e}}", "&#124;", "<nowiki>|</nowiki>", "o<!-- n -->p", "{{{y|z}}}", "\n* q"]
)
VALUES = st.dictionaries(NAMES, st.text(max_size=12).map(escaped), min_size=1)
PARAMETERS = st.one_of(
    st.builds("|{}{}{}={}{}{}".format, BLANKS, NAMES, BLANKS, BLANKS, OLD, BLANKS),
    st.builds("|{}{}{}".format, BLANKS, OLD, BLANKS),
)
ROWS = st.builds(
    lambda blank, parameters: f"{{{{flag{blank}{''.join(parameters)}}}}}", BLANKS, st.lists(PARAMETERS, max_size=5)
)
BETWEEN = st.sampled_from(
    [
        "",
        "\n",
        "\n\n",
        " ",
        "text\n",
        "\nA remark. --[[User:X|X]]\n",
        "* ",
        "<div>",
        "</div>",
        "{|\n|-\n| ",
        "\n|}\n",
        "{{flag|id=q",
        "[[",
        "é",
    ]
)
PAGES = st.lists(ROWS | BETWEEN | BETWEEN, max_size=8).map("".join)


@given(PAGES, VALUES)
@settings(max_examples=500)
def test_what_was_set_is_read_and_nothing_else_changed(text: str, values: Mapping[str, str]) -> None:
    before = found(text)
    innermost = [call for call in before if not any(call.start < other.start < call.end for other in before)]
    for call in innermost:
        changes = rewrite.set_parameters(text, call, values)
        after = found(rewrite.edit(text, changes))
        assert len(after) == len(before)
        changed = after[before.index(call)]
        wanted = {name: calls.decoded(value) for name, value in values.items()}
        assert {name: changed.get(name) for name in wanted} == wanted
        kept = [p.name for p in call.parameters]
        assert [p.name for p in changed.parameters if p.name in kept] == kept
        assert all(changed.get(name) == call.get(name) for name in kept if name not in values)
        assert rewrite.set_parameters(rewrite.edit(text, changes), changed, values) == ()
        for other, same in zip(before, after, strict=True):
            assert other is call or not call.start <= other.start < call.end or other.parameters == same.parameters
        assert _comments(rewrite.edit(text, changes)) == _comments(text)


def _comments(text: str) -> int:
    return text.count("<!--")


@given(PAGES, VALUES)
@settings(max_examples=300)
def test_changes_name_only_values(text: str, values: Mapping[str, str]) -> None:
    for call in found(text):
        for change in rewrite.set_parameters(text, call, values):
            inside = [p for p in call.parameters if p.start <= change.start and change.end <= p.end]
            assert inside or (change.start == change.end and call.start < change.start < call.end)
            assert not change.replacement or change.end == change.start or any(p.name in values for p in inside)


@given(PAGES, VALUES)
@settings(max_examples=300)
def test_all_rows_at_once(text: str, values: Mapping[str, str]) -> None:
    before = found(text)
    assume(not any(left.start < right.start < left.end for left in before for right in before))
    changes = [change for call in before for change in rewrite.set_parameters(text, call, values)]
    after = found(rewrite.edit(text, changes))
    assert len(after) == len(before)
    assert all(call.get(name) == calls.decoded(value) for call in after for name, value in values.items())


@given(PAGES, VALUES)
@settings(max_examples=300)
def test_what_was_inserted_can_be_taken_away(text: str, values: Mapping[str, str]) -> None:
    rendered = rewrite.render("New row", values)
    places = [offset for call in found(text) for offset in (call.start, call.end)] + [len(text)]
    for at in places:
        there = with_row(text, at, rendered)
        (new,) = calls.find(there, ("New row",), META)[0]
        assert there[new.start : new.end] == rendered
        assert len(found(there)) == len(found(text))
        away = rewrite.edit(there, [rewrite.remove(there, new)])
        assert _squeezed(away) == _squeezed(text)
        assert abs(away.count("\n") - text.count("\n")) <= 2 or not text.strip()


def _squeezed(text: str) -> str:
    return "".join(text.split())


@given(PAGES)
@settings(max_examples=300)
def test_taking_away_leaves_what_people_wrote(text: str) -> None:
    for call in found(text):
        gone = rewrite.edit(text, [rewrite.remove(text, call)])
        assert _squeezed(gone) == _squeezed(text[: call.start] + text[call.end :])


def test_a_page_of_many_calls_is_changed_in_one_pass() -> None:
    text = "{{Flag|a=1}}\n\n" * 5_000
    complete = found(text)
    changes = [change for call in complete for change in rewrite.set_parameters(text, call, {"a": "2", "b": "3"})]
    assert rewrite.edit(text, changes) == "{{Flag|a=2|b=3}}\n\n" * 5_000
    changes = [rewrite.remove(text, call) for call in complete]
    assert rewrite.edit(text, changes).strip() == ""
