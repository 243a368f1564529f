"""A review page is read back as people left it: what can be read, what cannot, and which ids must be left alone."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.parse import reviews
from bot.parse.reviews import ReviewPage, status_of
from bot.parse.sites import META

PAGE = """\
{{Event safety review
| event = Event:Learning Clinic
| registration = 12
| unchecked = global-lock: 3; private: 9
| stop = User:TestBot/Run
}}
__NOINDEX__

{{Event safety flag
| id = k7m2xq4d
| name = Ashen Courier
| account = https://meta.wikimedia.org/w/index.php?title=Special:CentralAuth/Ashen_Courier
| severity = ban
| until =
| status = Handled
| comment = Seen by two of us, see [[Talk:X|there]]
}}
I looked at it. --Somebody

{{Event safety settled | id = z3kd81pq | facts = 77aa01bc42d0 | status = handled | revision = 4711 }}
"""


def read(text: str) -> ReviewPage:
    return reviews.read(text, META)


def flag(identity: str, rest: str = "") -> str:
    return f"{{{{Event safety flag\n| id = {identity}\n{rest}}}}}"


def ids(page: ReviewPage) -> list[str]:
    return [row.id for row in page.rows]


def reasons(page: ReviewPage) -> list[tuple[int, str]]:
    return [(entry.line, entry.why) for entry in page.broken]


def test_a_page_as_the_bot_makes_it() -> None:
    page = read(PAGE)
    assert page.header is not None
    assert page.header.get("unchecked") == "global-lock: 3; private: 9"
    (row,) = page.rows
    assert (row.id, row.status, row.call.line) == ("k7m2xq4d", "handled", 9)
    assert row.comment == "Seen by two of us, see [[Talk:X|there]]"
    assert row.call.get("account").endswith("title=Special:CentralAuth/Ashen_Courier")
    (settled,) = page.settled
    assert (settled.id, settled.status, settled.call.get("revision")) == ("z3kd81pq", "handled", "4711")
    assert (page.broken, page.unreadable_ids) == ((), frozenset())


def test_an_empty_page() -> None:
    assert read("") == ReviewPage()


@pytest.mark.parametrize(
    ("value", "status"),
    [
        ("open", "open"),
        pytest.param("", "open", id="nothing"),
        pytest.param("   ", "open", id="blanks"),
        pytest.param("Not this person ", "not this person", id="capital"),
        pytest.param("NOT this PERSON", "not this person", id="capitals"),
        pytest.param("not  this person", "not  this person", id="two blanks are another word, as for the template"),
        pytest.param("\u200ehandled\u200f", "handled", id="bidi marks that came with a copy"),
        pytest.param("handled!", "handled!", id="something else stays something else"),
    ],
)
def test_status(value: str, status: str) -> None:
    assert status_of(value) == status


@pytest.mark.parametrize(
    ("rest", "status", "comment"),
    [
        pytest.param("", "open", "", id="no status"),
        pytest.param("| status = confirmed\n", "confirmed", "", id="status"),
        pytest.param("| status = open\n| status = handled\n", "handled", "", id="the last one counts, as on the wiki"),
        pytest.param("| Status = handled\n", "open", "", id="another parameter"),
        pytest.param("| status = <!-- open, confirmed --> handled\n", "handled", "", id="comment"),
        pytest.param("| status = handled | comment = a {{b|c}}\n", "handled", "a {{b|c}}", id="call in a comment"),
        pytest.param("| comment = a<br>\n* b\n", "open", "a<br>\n* b", id="comment over lines"),
        pytest.param("| comment = a &#124; b\n", "open", "a | b", id="character reference"),
    ],
)
def test_what_a_reviewer_changes(rest: str, status: str, comment: str) -> None:
    (row,) = read(flag("abc123", rest)).rows
    assert (row.status, row.comment) == (status, comment)


@pytest.mark.parametrize(
    ("text", "why", "unreadable"),
    [
        pytest.param("{{Event safety flag}}", "it has no id", [], id="no id"),
        pytest.param("{{Event safety flag|id=}}", "it has no id", [], id="empty id"),
        pytest.param(flag("abc"), "its id is none that the bot gives", [], id="short id"),
        pytest.param(flag("ABC123"), "its id is none that the bot gives", [], id="id in capitals"),
        pytest.param(flag("abc 123"), "its id is none that the bot gives", [], id="id with a blank"),
        pytest.param(
            flag("abc123\nI doubt it"), "its id is none that the bot gives", ["abc123"], id="a remark in the id"
        ),
        pytest.param(flag("a" * 33), "its id is none that the bot gives", [], id="long id"),
        pytest.param("{{Event safety flag\n| id = abc123\n| status = open", "not closed", ["abc123"], id="unclosed"),
        pytest.param("{{Event safety flag|id=abc123}", "not closed", ["abc123"], id="one brace at the end"),
        pytest.param("{Event safety flag|id=abc123}}", "one brace", ["abc123"], id="one brace at the start"),
        pytest.param("{" + flag("abc123") + "}", "three braces", ["abc123"], id="three braces"),
        pytest.param("{{Event safety flag|<!-- x -->id=<!-- -->abc123", "not closed", ["abc123"], id="comments"),
        pytest.param("{{Event safety flag|comment=[[x|id=abc123}}", "]]", ["abc123"], id="open link"),
        pytest.param("{{Event safety flag|comment=x", "not closed", [], id="unclosed without an id"),
        pytest.param("{{Event safety settled|id=abc123", "not closed", ["abc123"], id="settled, unclosed"),
        pytest.param("{{Event safety settled|facts=1}}", "it has no id", [], id="settled without id"),
        pytest.param("{{Event safety review\n| event = x", "not closed", [], id="header, unclosed"),
    ],
)
def test_what_cannot_be_read(text: str, why: str, unreadable: list[str]) -> None:
    page = read(text)
    (entry,) = page.broken
    assert why in entry.why
    assert (page.header, page.rows, page.settled) == (None, (), ())
    assert page.unreadable_ids == set(unreadable)


def test_the_other_rows_of_a_page_with_a_broken_one_are_read() -> None:
    page = read("{{Event safety flag\n| id = abc123\n\n" + flag("def456") + "\n" + flag("ghi789"))
    assert ids(page) == ["def456", "ghi789"]
    assert [line for line, _ in reasons(page)] == [1]
    assert page.unreadable_ids == {"abc123"}


def test_a_row_that_swallowed_others_is_broken_and_they_are_not() -> None:
    page = read("{{Event safety flag\n| id = abc123\n\n" + flag("def456") + "\n" + flag("ghi789") + "\n}}")
    assert ids(page) == ["def456", "ghi789"]
    assert reasons(page) == [(1, "another row or header stands inside it: a }} is missing")]
    assert page.unreadable_ids == {"abc123"}


def test_a_header_that_swallowed_rows_is_broken() -> None:
    page = read("{{Event safety review\n| event = x\n" + flag("def456") + "}}")
    assert (page.header, ids(page)) == (None, ["def456"])
    assert reasons(page) == [(1, "another row or header stands inside it: a }} is missing")]


def test_a_second_header_is_broken() -> None:
    page = read("{{Event safety review|event=1}}\n{{event safety review|event=2}}")
    assert page.header is not None
    assert page.header.get("event") == "1"
    assert reasons(page) == [(2, "the page has a header already")]


def test_an_id_in_two_rows_makes_both_unreadable() -> None:
    page = read(flag("abc123") + "\n" + flag("def456") + "\n" + flag("abc123", "| status = handled\n"))
    assert ids(page) == ["def456"]
    why = "the id abc123 stands in more than one row: lines 1 and 7; take one away"
    assert reasons(page) == [(1, why), (7, why)]
    assert page.unreadable_ids == {"abc123"}


def test_many_rows_of_one_id_are_not_all_named() -> None:
    page = read("\n".join(["{{Event safety flag|id=abc123}}"] * 9))
    assert len(page.broken) == 9
    assert "lines 1 and 2 and 3 and 4 and 5 and more;" in page.broken[0].why


def test_an_id_that_stands_also_in_a_broken_row_is_unreadable() -> None:
    page = read(flag("abc123") + "\n{{Event safety flag|id=abc123")
    assert page.rows == ()
    assert page.broken[0].why == "the id abc123 stands also in a row that cannot be read; repair or take away that one"
    assert page.unreadable_ids == {"abc123"}


def test_a_flag_and_a_settled_one_may_share_an_id() -> None:
    page = read(flag("abc123") + "\n{{Event safety settled|id=abc123}}")
    assert (ids(page), [row.id for row in page.settled], page.broken) == (["abc123"], ["abc123"], ())


def test_an_id_in_plain_text_keeps_no_flag_away() -> None:
    page = read("| id = abc123\n" + flag("def456") + "\n| id = ghi789")
    assert (page.unreadable_ids, page.broken) == (frozenset(), ())


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("{| class=wikitable\n|-\n| " + flag("abc123") + " || x\n|}", id="table"),
        pytest.param("<div>\n* " + flag("abc123") + "</div>", id="list item in a tag"),
        pytest.param("{{box|1=" + flag("abc123") + "}}", id="parameter of another template"),
        pytest.param("{{Template:event_safety_flag|id=abc123}}", id="another spelling"),
        pytest.param("{{ Event safety flag | status = open | id = abc123 }}", id="on one line, in another order"),
    ],
)
def test_a_row_counts_wherever_it_stands(text: str) -> None:
    assert ids(read(text)) == ["abc123"]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("<nowiki>" + flag("abc123") + "</nowiki>", id="nowiki"),
        pytest.param("<!--" + flag("abc123") + "-->", id="comment"),
        pytest.param("<pre>" + flag("abc123") + "</pre>", id="pre"),
        pytest.param("{{Event safety flags|id=abc123}}", id="another template"),
    ],
)
def test_what_is_no_row(text: str) -> None:
    assert read(text) == ReviewPage()


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("{{Event safety flag|id=abcdef}}\n" * 12_000, id="one id"),
        pytest.param("{{Event safety flag|id=abcdef" * 12_000, id="unclosed"),
        pytest.param("{{Event safety flag|id=" + " " * 400_000, id="blanks"),
        pytest.param("{{Event safety flag" + "| id " * 80_000, id="almost ids"),
        pytest.param("".join(f"{{{{Event safety flag|id=a{n:06}}}}}\n" for n in range(12_000)), id="many flags"),
    ],
)
def test_large_pages_end(text: str) -> None:
    """A reader that compares every row with every other would need hours for these."""
    page = read(text)
    assert len(page.rows) + len(page.broken) in (1, 12_000)


PIECES = st.sampled_from(
    [
        *(
            flag("abc123"),
            flag("def456", "| status = handled\n"),
            "{{Event safety flag|id=abc123",
            "{{Event safety flag",
            "|id=ghi789",
        ),
        *(
            "{{Event safety settled|id=abc123}}",
            "{{Event safety review|event=x}}",
            "{{Event safety review",
            "{",
            "}",
            "{{",
            "}}",
            "[[",
        ),
        *("<!--", "-->", "<nowiki>", "</nowiki>", "text", "\n", "|", "| id = jkl012\n", "\n=="),
    ]
)


@given(st.lists(PIECES, max_size=14).map("".join))
@settings(max_examples=500)
def test_what_is_promised_of_any_page(text: str) -> None:
    page = read(text)
    for rows in (page.rows, page.settled):
        assert len({row.id for row in rows}) == len(rows)
        assert not {row.id for row in rows} & page.unreadable_ids
    whole = [row.call for row in (*page.rows, *page.settled)] + ([page.header] if page.header else [])
    for left in whole:
        assert all(right is left or right.end <= left.start or left.end <= right.start for right in whole)
        assert left.start not in {entry.start for entry in page.broken}
    assert page.broken or not page.unreadable_ids
    assert list(page.broken) == sorted(page.broken, key=lambda entry: entry.start)
