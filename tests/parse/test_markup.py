"""Masking hides what MediaWiki does not read as wikitext and keeps every offset."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.parse import markup


def seen(text: str) -> str:
    return markup.visible(markup.mask(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("a<!-- [[User:X]] -->b", "ab", id="comment"),
        pytest.param("a<!-- b\nc -->d", "a\nd", id="comment over two lines"),
        pytest.param("a<!-- b\nc", "a\n", id="an unclosed comment hides the rest"),
        pytest.param("a<nowiki># ~~~~</nowiki>b", "ab", id="nowiki"),
        pytest.param("~~<nowiki/>~~", "~~~~", id="empty nowiki"),
        pytest.param("a<nowiki>b", "a<nowiki>b", id="an unclosed nowiki is text"),
        pytest.param("<nowiki>a<nowiki>b</nowiki>c", "c", id="nowiki does not nest"),
        pytest.param("<pre class=x>{{user|X}}</pre >y", "y", id="pre"),
        pytest.param("<SyntaxHighlight lang=json>{{</syntaxhighlight>y", "y", id="syntaxhighlight, any case"),
        pytest.param("<math>x</math><source>y</source>z", "z", id="math, source"),
        pytest.param("<pre>a<!-- </pre>b", "b", id="a comment inside pre is text"),
        pytest.param("<!-- <pre> -->b</pre>", "b</pre>", id="pre inside a comment is none"),
        pytest.param("<translate><!--T:1-->a</translate>", "a", id="translate tags"),
        pytest.param('[[<tvar name="1">User:O</tvar>|x]]', "[[User:O|x]]", id="tvar"),
        pytest.param("[[<tvar|org>User:O</>|x]]", "[[User:O|x]]", id="old tvar"),
        pytest.param("<languages/><noinclude>a</noinclude><includeonly>b</includeonly>", "ab", id="inclusion tags"),
        pytest.param("<preface>a</preface>", "<preface>a</preface>", id="other tags stay"),
        pytest.param("a\r\nb\rc\0d", "a\nb\nc d", id="line ends and NUL"),
    ],
)
def test_what_is_seen(text: str, expected: str) -> None:
    assert seen(text) == expected


def test_lines_are_numbered_as_the_wiki_does() -> None:
    text = "a\r\n<!-- b\nc -->d\re"
    found = markup.lines(text, markup.mask(text))
    assert [(line.number, line.raw.strip("\r"), markup.visible(line.text)) for line in found] == [
        (1, "a", "a"),
        (2, "<!-- b", ""),
        (3, "c -->d", "d"),
        (4, "e", "e"),
    ]
    assert all(text[line.start :].startswith(line.raw) for line in found)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("[[User:X|'''Y''']] z", "Y z", id="link with label"),
        pytest.param("[[User:X]]", "User:X", id="link"),
        pytest.param("a {{b|{{c}}|d}} e", "a e", id="templates"),
        pytest.param("a {{b|c", "a {{b|c", id="unclosed template"),
        pytest.param("a }} b", "a }} b", id="stray braces"),
        pytest.param("<span lang=en>a</span> [https://x.org y] [//z]", "a y", id="tags and external links"),
        pytest.param("<br>" * 5000 + "a", "", id="only the beginning counts"),
    ],
)
def test_plain(text: str, expected: str) -> None:
    assert markup.plain(text) == expected


TOKENS = st.sampled_from(
    [
        "<!--",
        "-->",
        "<nowiki>",
        "</nowiki>",
        "<nowiki/>",
        "<pre>",
        "</pre>",
        "<tvar|x>",
        "</>",
        "<translate>",
        "\n",
        "\r",
        "{{",
        "}}",
        "[[",
        "]]",
        "x",
    ]
)


@given(st.one_of(st.text(), st.lists(TOKENS).map("".join)))
@settings(max_examples=200)
def test_masking_keeps_length_and_lines_and_never_crashes(text: str) -> None:
    masked = markup.mask(text)
    assert len(masked) == len(text)
    assert masked.count("\n") == text.replace("\r\n", "\n").replace("\r", "\n").count("\n")
    assert all(new in (old, markup.HIDDEN, "\n", " ") for old, new in zip(text, masked, strict=True))
    markup.plain(masked)
