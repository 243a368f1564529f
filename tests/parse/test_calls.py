"""Calls are found as MediaWiki finds them, with offsets that hold in the page as it stands."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.parse import calls
from bot.parse.calls import Broken, Call
from bot.parse.sites import META

NAMES = ("Event safety flag", "Other")


def found(text: str) -> tuple[Call, ...]:
    return calls.find(text, NAMES, META)[0]


def broken(text: str) -> tuple[Broken, ...]:
    return calls.find(text, NAMES, META)[1]


def pairs(text: str) -> list[list[tuple[str, str]]]:
    """The parameters of every call, as names and values."""
    return [[(parameter.name, parameter.value) for parameter in call.parameters] for call in found(text)]


@pytest.mark.parametrize(
    "text",
    [
        "{{Event safety flag}}",
        pytest.param("{{event safety flag}}", id="first letter"),
        pytest.param("{{Event_safety__flag|a}}", id="underscores"),
        pytest.param("{{ \n Event safety flag \n | a }}", id="blanks"),
        pytest.param("{{Template:Event safety flag}}", id="namespace"),
        pytest.param("{{ template : event safety flag }}", id="namespace, odd spelling"),
        pytest.param("{{:Template:Event safety flag}}", id="leading colon and namespace"),
        pytest.param("{{Event safety <!-- x --> flag<!-- | -->|a}}", id="comments in the name"),
        pytest.param("{{Event&#32;safety flag}}", id="character reference in the name"),
        pytest.param("{{\u200eEvent safety flag}}", id="bidi mark in the name"),
        pytest.param("{|\n| {{Event safety flag}} || x\n|}", id="in a table"),
        pytest.param("* {{Event safety flag}}", id="in a list item"),
        pytest.param("<div class=x>{{Event safety flag}}</div>", id="in a tag"),
        pytest.param("<nowiki>{{Event safety flag}}", id="an unclosed nowiki is text"),
        pytest.param("<noinclude>{{Event safety flag}}</noinclude>", id="inclusion tags are only brackets"),
        pytest.param("{{div|{{#if:x|{{Event safety flag}}}}}}", id="in other calls and parser functions"),
        pytest.param("{{{a|{{Event safety flag}}}}}", id="in the default of a parameter"),
        pytest.param("[[a|{{Event safety flag}}]]", id="in a link"),
        pytest.param("[[a {{Event safety flag}}", id="behind an unclosed link"),
        pytest.param("{{a {{Event safety flag}}", id="behind an unclosed call"),
        pytest.param("{ {{Event safety flag}} }", id="single braces around"),
        pytest.param("{{{{Event safety flag}}|x}}", id="as the name of another call"),
        pytest.param("-{{Event safety flag}}-", id="between hyphens"),
        pytest.param("== {{Event safety flag}} ==", id="in a heading at the start of the page"),
        pytest.param("x\n== {{Event safety flag}} ==\n", id="in a heading"),
    ],
)
def test_a_call(text: str) -> None:
    (call,) = found(text)
    assert call.name == "Event safety flag"
    assert text[call.start : call.end].startswith("{{")
    assert text[call.start : call.end].endswith("}}")
    assert broken(text) == ()


@pytest.mark.parametrize(
    "text",
    [
        "",
        pytest.param("Event safety flag", id="no braces"),
        pytest.param("{{Event Safety Flag}}", id="other letters in capitals"),
        pytest.param("{{Event safety flag/doc}}", id="subpage"),
        pytest.param("{{:Event safety flag}}", id="page of the main namespace"),
        pytest.param("{{User:Event safety flag}}", id="other namespace"),
        pytest.param("{{Template:Template:Event safety flag}}", id="namespace twice"),
        pytest.param("{{Event\nsafety flag}}", id="line break in the name"),
        pytest.param("{{Event safety flag|<nowiki>}}</nowiki>", id="hidden end: see the broken ones"),
        pytest.param("<nowiki>{{Event safety flag}}</nowiki>", id="nowiki"),
        pytest.param("<pre>{{Event safety flag}}</pre>", id="pre"),
        pytest.param("<!-- {{Event safety flag}} -->", id="comment"),
        pytest.param("{<!-- -->{Event safety flag}}", id="braces with a comment between"),
        pytest.param("{{Event safety flag<nowiki/>}}", id="a tag in the name"),
        pytest.param("{{{{{x}}} safety flag}}", id="a parameter in the name"),
        pytest.param("{{" + "x" * 500 + "}}", id="longer than any title"),
    ],
)
def test_no_call(text: str) -> None:
    assert found(text) == ()


@pytest.mark.parametrize(
    ("inside", "expected"),
    [
        pytest.param("", [], id="none"),
        pytest.param("|a=1|b=2", [("a", "1"), ("b", "2")], id="on one line"),
        pytest.param("\n| a = 1\n| b =\n", [("a", "1"), ("b", "")], id="one a line"),
        pytest.param("|\n a = 1|\n b = 2\n", [("a", "1"), ("b", "2")], id="pipes at the line ends"),
        pytest.param("|x|a=1|y", [("1", "x"), ("a", "1"), ("2", "y")], id="numbered"),
        pytest.param("|a=1|", [("a", "1"), ("1", "")], id="a pipe at the end"),
        pytest.param("|a=1|a=2", [("a", "1"), ("a", "2")], id="repeated"),
        pytest.param("|a=b=c", [("a", "b=c")], id="a second equals sign"),
        pytest.param("|a=[[x|y]] z", [("a", "[[x|y]] z")], id="link with a label"),
        pytest.param("|a={{b|c=d|{{e|f}}}}", [("a", "{{b|c=d|{{e|f}}}}")], id="calls"),
        pytest.param("|a={{{b|c}}}", [("a", "{{{b|c}}}")], id="parameter with default"),
        pytest.param("|a={{#if:x|y|z}}", [("a", "{{#if:x|y|z}}")], id="parser function"),
        pytest.param("|{{b|c=d}}=e", [("{{b|c=d}}", "e")], id="a call as a name"),
        pytest.param("|a=<nowiki>|}}</nowiki>", [("a", "<nowiki>|}}</nowiki>")], id="nowiki"),
        pytest.param("|a=1<!-- | b = }} -->|c=2", [("a", "1"), ("c", "2")], id="comment in a value"),
        pytest.param("<!-- | x=1 -->\n|<!-- y -->a<!-- = -->= 1", [("a", "1")], id="comments around a name"),
        pytest.param("|a=&#124;&amp;&lt;&#x41;", [("a", "|&<A")], id="character references"),
        pytest.param("|a=&amp;#124;", [("a", "&#124;")], id="resolved once"),
        pytest.param("|a=&ampere &copy", [("a", "&ampere &copy")], id="without a semicolon it is text"),
        pytest.param("|a=&#32;x", [("a", " x")], id="an escaped blank is no blank"),
        pytest.param("|a=\u00a0x", [("a", "\u00a0x")], id="only MediaWiki's blanks are trimmed"),
        pytest.param(
            "|a=\n{|\n! x\n|}\n", [("a", "{"), ("1", "! x"), ("2", "}")], id="a table is split, as in MediaWiki"
        ),
        pytest.param("|a={x} ", [("a", "{x}")], id="single braces"),
        pytest.param("|a=x}y", [("a", "x}y")], id="a single brace"),
        pytest.param("|a=x]]y[z]", [("a", "x]]y[z]")], id="brackets that close nothing"),
        pytest.param("|a=-{x|y}-|b=1", [("a", "-{x|y}-"), ("b", "1")], id="language converter"),
        pytest.param("|a\n=1", [("a", "1")], id="a line with one equals sign is no heading"),
        pytest.param("|a\n==1|b==\n|c=2", [("1", "a\n==1|b=="), ("c", "2")], id="a heading hides its pipes and signs"),
        pytest.param("|a=\n== b }} ==\n|c=2", [("a", "== b }} =="), ("c", "2")], id="a heading hides the end"),
        pytest.param("|a=<b class=x>y</b>", [("a", "<b class=x>y</b>")], id="tag"),
    ],
)
def test_parameters(inside: str, expected: list[tuple[str, str]]) -> None:
    assert pairs("x {{Other" + inside + "}} y") == [expected]
    (call,) = found("x {{Other" + inside + "}} y")
    assert (call.start, call.end) == (2, 2 + len("{{Other" + inside + "}}"))


def test_the_offsets_of_a_value_hold_its_blanks_and_comments() -> None:
    text = "é {{Other\n| a = <!-- b --> c &#38; d <!-- e -->\n|f}}"
    (call,) = found(text)
    first, second = call.parameters
    assert text[first.start : first.end] == " <!-- b --> c &#38; d <!-- e -->\n"
    assert (text[first.pipe : first.start], text[second.pipe : second.end]) == ("| a =", "|f")
    assert (first.value, second.value) == ("c & d", "f")


def test_the_last_of_a_repeated_parameter_counts() -> None:
    (call,) = found("{{Other|a=1|b=2|a=3}}")
    assert (call.get("a"), call.get("b"), call.get("c")) == ("3", "2", "")
    assert call.last("c") is None


def test_calls_come_in_order_with_their_lines() -> None:
    text = "{{Other\n|a={{event safety flag\n}}\n}}\r\n<!--\n--> {{Other}}"
    assert [(call.name, call.line) for call in found(text)] == [
        ("Other", 1),
        ("Event safety flag", 2),
        ("Other", 6),
    ]


def test_the_template_namespace_has_the_names_of_the_wiki() -> None:
    german = META.__class__(
        **{name: getattr(META, name) for name in META.__slots__ if name != "namespaces"},
        namespaces={**META.namespaces, 10: ("Vorlage", "V")},
    )
    text = "{{Vorlage:Other}}{{v:other}}{{Template:Other}}{{T:Other}}"
    assert [call.start for call in calls.find(text, NAMES, german)[0]] == [0, 17, 28]


@pytest.mark.parametrize(
    ("text", "line", "beginning", "why"),
    [
        pytest.param("x\n{{Other\n| a = 1", 2, "{{Other", "not closed", id="unclosed"),
        pytest.param("{{Other", 1, "{{Other", "not closed", id="unclosed without parameters"),
        pytest.param("{{ \n Other\nmore text", 1, "{{ \n Other", "not closed", id="name on the next line"),
        pytest.param("{{Other|a=[[x}} y", 1, "{{Other|a=[[x", "]]", id="open link in it"),
        pytest.param("{{Other|a={{x}} y", 1, "{{Other|a={{x", "not closed", id="open call in it"),
        pytest.param("{{Other|a=-{x}} y", 1, "{{Other|a=-{x", "not closed", id="open language converter in it"),
        pytest.param("{{Other|a=<nowiki>}}</nowiki>", 1, "{{Other", "not closed", id="its end is hidden"),
        pytest.param("{{Other|a=<!-- }}", 1, "{{Other", "not closed", id="an unclosed comment hides the end"),
        pytest.param("{{Other|\n== a }}", 1, "{{Other", "not closed", id="a heading hides the end"),
        pytest.param("{{Other|a=1}", 1, "{{Other", "not closed", id="one brace at the end"),
        pytest.param("x {Other|a=1}}", 1, "{Other", "one brace", id="one brace at the start"),
        pytest.param("{{{Other|a=1}}}", 1, "{{{Other", "three braces", id="three braces"),
        pytest.param("{{{Other|a=1", 1, "{{Other", "not closed", id="three braces, unclosed"),
        pytest.param("{{Other" + "|" * 1001 + "}}", 1, "{{Other", "1000 parameters", id="too many parameters"),
    ],
)
def test_a_broken_call(text: str, line: int, beginning: str, why: str) -> None:
    assert found(text) == ()
    (entry,) = broken(text)
    assert entry.line == line
    assert entry.text.startswith(beginning)
    assert text[entry.start :].startswith(entry.text)
    assert why in entry.why


def test_behind_an_unclosed_call_the_next_ones_are_read() -> None:
    text = "{{Other|a=1\n\n{{Event safety flag|b=2}}\n{{Other|c=3}}"
    assert [call.line for call in found(text)] == [3, 4]
    assert [entry.line for entry in broken(text)] == [1]


def test_a_brace_that_is_left_behind_a_hyphen_opens_the_language_converter() -> None:
    assert [call.start for call in found("{{Other|-{{{Other}} }}")] == [10]
    assert [call.start for call in found("{{Other|-{{{Other}}x}- }}")] == [0, 10]


def test_the_first_two_closing_braces_end_a_call() -> None:
    text = "{{Other|a={x}}}"
    (call,) = found(text)
    assert (call.get("a"), text[call.end :]) == ("{x", "}")


def test_an_extra_brace_on_the_left_stays_outside() -> None:
    text = "{{{Other|a=1}}"
    (call,) = found(text)
    assert text[call.start : call.end] == "{{Other|a=1}}"


def test_the_text_of_a_broken_call_is_cut() -> None:
    assert len(broken("{{Other|" + "x" * 1000)[0].text) == 200


def test_calls_within_more_calls_than_anybody_writes_are_broken() -> None:
    text = "{{Other|" * 50 + "}}" * 50
    assert len(found(text)) == calls.DEEPEST
    assert {entry.why for entry in broken(text)} == {"it stands in more than 40 other calls"}


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("{{Other|x=" * 9_000 + "}}" * 9_000, id="nested"),
        pytest.param("{{Other|" * 40_000, id="unclosed"),
        pytest.param("{{Other|<nowiki>" * 20_000, id="unclosed nowiki"),
        pytest.param("{{x{" * 80_000 + "}}" * 40_000, id="braces only"),
        pytest.param("{{Other|a=<nowiki>" + "<!--" * 100_000 + "</nowiki>}}", id="comments in nowiki"),
        pytest.param("{{Other" + "|" * 400_000 + "}}", id="pipes"),
        pytest.param("{{Other|id = abcdef}}\n" * 12_000, id="rows"),
    ],
)
def test_large_pages_end(text: str) -> None:
    """A scanner that goes back over what it has read would need hours for these."""
    assert all(text[call.start : call.start + 2] == "{{" for call in found(text))


PIECES = st.sampled_from(
    [
        *(
            "{{",
            "}}",
            "{{{",
            "}}}",
            "{",
            "}",
            "[[",
            "]]",
            "[",
            "]",
            "|",
            "=",
            "\n",
            "\n==",
            " ",
            "-{",
            "}-",
            "-",
            "x",
            "é",
        ),
        *(
            "{{Other",
            "{{Other|a=",
            "{{event_safety flag\n| id = ",
            "<!--",
            "-->",
            "<nowiki>",
            "</nowiki>",
            "&#124;",
            "\r\n",
            "\0",
        ),
    ]
)
PAGES = st.lists(PIECES, max_size=40).map("".join)


@given(PAGES | st.text(max_size=30))
@settings(max_examples=500)
def test_every_offset_holds_in_the_page(text: str) -> None:
    complete, ruins = calls.find(text, NAMES, META)
    for call in complete:
        assert text.startswith("{{", call.start)
        assert text.endswith("}}", call.start, call.end)
        assert call.line == text[: call.start].replace("\r\n", "\n").replace("\r", "\n").count("\n") + 1
        ends = [call.start + 2, *(parameter.end for parameter in call.parameters)]
        for parameter, end in zip(call.parameters, ends, strict=False):
            assert end <= parameter.pipe < parameter.start <= parameter.end <= call.end - 2
            assert text[parameter.pipe] == "|"
            assert calls.decoded(text[parameter.start : parameter.end]) == parameter.value
        assert ends[-1] == call.end - 2 or not call.parameters
    for entry in ruins:
        assert text.startswith("{", entry.start)
        assert entry.text == text[entry.start : entry.start + 200]


@given(PAGES)
@settings(max_examples=500)
def test_calls_lie_beside_or_within_each_other(text: str) -> None:
    complete = found(text)
    for left in complete:
        for right in complete:
            assert left is right or left.end <= right.start or right.end <= left.start or left.start != right.start
            assert not left.start < right.start < left.end < right.end


@given(st.lists(st.tuples(st.sampled_from("abc"), st.text(max_size=12)), max_size=4), PAGES)
@settings(max_examples=300)
def test_escaped_values_are_read_as_they_were(values: list[tuple[str, str]], behind: str) -> None:
    escaped = [(name, "".join(c if c.isalnum() else f"&#{ord(c)};" for c in value)) for name, value in values]
    text = "{{Other" + "".join(f"\n| {name} = {value}" for name, value in escaped) + "\n}}" + behind
    call = found(text)[0]
    assert (call.start, call.name) == (0, "Other")
    read = [(parameter.name, parameter.value) for parameter in call.parameters]
    assert read == [(name, calls.decoded(value)) for name, value in escaped]
