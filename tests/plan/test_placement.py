"""A block stands where it breaks nothing, and where people look for it."""

from __future__ import annotations

import time
from typing import get_args

import pytest

from bot.config import Notices
from bot.parse.calls import find
from bot.parse.safetypage import NOTICE, read
from bot.parse.sites import META
from bot.plan.placement import Kind, Place, insertion, is_translation, keeps_translations, place
from bot.plan.rewrite import edit
from tests.parse.event_forms import Form, forms

BLOCK = "{{Event safety notice\n| event = X\n}}"


def placed(text: str, kind: Kind = "notice", title: str = "") -> Place:
    return place(text, META, read(text, META, Notices(), title), kind)


def around(text: str, kind: Kind = "notice") -> tuple[str, str] | None:
    at = placed(text, kind).at
    return None if at is None else (text[:at], text[at:])


@pytest.mark.parametrize("kind", get_args(Kind))
@pytest.mark.parametrize("form", forms(), ids=lambda form: form.name)
def test_between_which_lines(form: Form, kind: Kind) -> None:
    wanted = form.expected.get(kind, form.expected["notice"])
    found = placed(form.text, kind, form.title)
    if wanted is None:
        assert found.at is None
        return
    assert found.at is not None, found.why
    before = [line for line in form.text[: found.at].split("\n") if line.strip()]
    after = [line for line in form.text[found.at :].split("\n") if line.strip()]
    above, below = before[-1] if before else "", after[0] if after else ""
    assert wanted[0] in above, found.why
    assert below.startswith(wanted[1]), found.why
    assert bool(wanted[1]) == bool(below), found.why


@pytest.mark.parametrize("kind", get_args(Kind))
@pytest.mark.parametrize("form", forms(), ids=lambda form: form.name)
def test_all_else_stays(form: Form, kind: Kind) -> None:
    found = placed(form.text, kind, form.title)
    if found.at is None:
        return
    change = insertion(form.text, found.at, BLOCK)
    new = edit(form.text, [change])
    start = new.index(change.replacement, found.at)
    assert new[:start] + new[start + len(change.replacement) :] == form.text
    assert change.replacement.strip() == BLOCK
    assert f"\n{BLOCK}\n" in f"\n{new}\n"
    assert len(find(new, (NOTICE,), META)[0]) == len(find(form.text, (NOTICE,), META)[0]) + 1


@pytest.mark.parametrize("form", forms(), ids=lambda form: form.name)
def test_contacts_come_behind_a_notice_that_was_placed(form: Form) -> None:
    found = placed(form.text, "notice", form.title)
    if found.at is None or read(form.text, META, Notices(), form.title).notices:
        return
    new = edit(form.text, [insertion(form.text, found.at, BLOCK)])
    at = placed(new, "contacts", form.title).at
    assert at is not None
    assert new[:at].endswith(BLOCK)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        pytest.param("#REDIRECT [[X]]", "The page is a redirect.", id="redirect"),
        pytest.param("  #weiterleitung[[X]]\n", "The page is a redirect.", id="in another language"),
        pytest.param("#перенаправление: [[X]]\n", "The page is a redirect.", id="in another script"),
        pytest.param(
            "<translate>a", "The page has no safe place: its <translate> tags are not balanced.", id="never closed"
        ),
        pytest.param(
            "a</translate>", "The page has no safe place: its <translate> tags are not balanced.", id="never opened"
        ),
        pytest.param(
            "<translate>a<translate>b</translate></translate>",
            "The page has no safe place: its <translate> tags are not balanced.",
            id="nested",
        ),
        pytest.param(
            "{|\n|-\n| a", "The page has no safe place: all of it is inside tables or tags.", id="table without an end"
        ),
        pytest.param(
            "<!-- a\n\nb",
            "The page has no safe place: all of it is inside tables or tags.",
            id="comment without an end",
        ),
        pytest.param(
            "<noinclude>a\n\nb", "The page has no safe place: all of it is inside tables or tags.", id="not included"
        ),
        pytest.param("<s>a\n\nb", "The page has no safe place: all of it is inside tables or tags.", id="struck"),
    ],
)
def test_no_place(text: str, why: str) -> None:
    assert [placed(text, kind) for kind in get_args(Kind)] == [Place(None, why)] * 3


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("", ("", ""), id="empty page"),
        pytest.param("\n\n", ("", "\n\n"), id="blank page"),
        pytest.param("a", ("a", ""), id="one line"),
        pytest.param("a\n\n\n", ("a", "\n\n\n"), id="blank lines stay behind"),
        pytest.param("# see [[X]]\n", ("# see [[X]]", "\n"), id="a list is no redirect"),
        pytest.param("a\n<div>\nb\n", ("a\n<div>\nb", "\n"), id="an element without an end"),
        pytest.param("a\n<s>\nb\n</s>", ("a\n<s>\nb\n</s>", ""), id="a struck part with an end"),
        pytest.param("a {{b\n\nc", ("a {{b\n\nc", ""), id="braces without an end are text"),
        pytest.param("a {{b\n\nc}}\n", ("a {{b\n\nc}}", "\n"), id="behind a call"),
        pytest.param("a\n[[Category:X]] b\n", ("a\n[[Category:X]] b", "\n"), id="a category in the text"),
        pytest.param("a [[Category:X]]\n[[Category:Y]]", ("a [[Category:X]]", "\n[[Category:Y]]"), id="on a line of text"),
        pytest.param("a\n[[Kategorie:X]]\n", ("a", "\n[[Kategorie:X]]\n"), id="category of another wiki"),
        pytest.param("a\n[[:Category:X]]\n", ("a\n[[:Category:X]]", "\n"), id="a link to a category"),
        pytest.param("a\n[[User:X]]\n", ("a\n[[User:X]]", "\n"), id="a link to a user"),
        pytest.param("a\n{{reflist}}\n", ("a\n{{reflist}}", "\n"), id="references are no foot"),
        pytest.param("a\n{{/People}}\n", ("a\n{{/People}}", "\n"), id="a page of the event is no foot"),
        pytest.param("a\n{{Books table}}\n", ("a\n{{Books table}}", "\n"), id="a table is no foot"),
        pytest.param("a {{Nav}}\n", ("a {{Nav}}", "\n"), id="a template on a line of text is no foot"),
        pytest.param("a\n{{Nav}}{{Nav2}}\n", ("a", "\n{{Nav}}{{Nav2}}\n"), id="two templates on a line"),
        pytest.param("a\n<noinclude>\n[[Category:X]]\n</noinclude>", ("a", "\n<noinclude>\n[[Category:X]]\n</noinclude>"), id="categories that are not included"),
        pytest.param("a\n<noinclude>b\n</noinclude>", ("a\n<noinclude>b\n</noinclude>", ""), id="text that is not included"),
        pytest.param("a\n<nowiki><noinclude></nowiki>[[Category:X]]</noinclude>", ("a\n<nowiki><noinclude></nowiki>[[Category:X]]</noinclude>", ""), id="the end of nothing"),
        pytest.param("a\n[[Category:X]]</noinclude>", ("a\n[[Category:X]]</noinclude>", ""), id="an end without a beginning"),
        pytest.param("a\n<!-- b -->\n", ("a", "\n<!-- b -->\n"), id="a last comment"),
        pytest.param("a\n__NOTOC__\n__NOINDEX__", ("a", "\n__NOTOC__\n__NOINDEX__"), id="switches"),
        pytest.param("* a\n\n* b\n== Sign up ==\n* [[User:X]]", ("* a\n\n* b", "\n== Sign up ==\n* [[User:X]]"), id="behind a list"),
        pytest.param("a\n== Sign up ==\n", ("a", "\n== Sign up ==\n"), id="no blank line"),
        pytest.param("a\n{{anchor|x}}\n== Sign up ==\n", ("a", "\n{{anchor|x}}\n== Sign up ==\n"), id="an anchor belongs to its heading"),
        pytest.param("a\n{{anchor|x}}\n\n== Sign up ==\n", ("a\n{{anchor|x}}", "\n\n== Sign up ==\n"), id="unless a blank line parts them"),
        pytest.param("== A ==\n{|\n| a\n== Sign up ==\n|}", ("== A ==\n{|\n| a\n== Sign up ==\n|}", ""), id="never a section of a table's cell"),
        pytest.param("b\n== A ==\n<div>x\n== Sign up ==\n</div>", ("b\n== A ==\n<div>x\n== Sign up ==\n</div>", ""), id="never above another heading"),
        pytest.param("== Safety ==\n<div>\na\n</div>\n== B ==", ("== Safety ==\n<div>\na\n</div>", "\n== B =="), id="behind an element"),
        pytest.param("== Safety ==\na\n\n[[Category:X]]", ("== Safety ==\na", "\n\n[[Category:X]]"), id="before the foot in a last section"),
        pytest.param("== Safety ==\n\n== B ==", ("== Safety ==", "\n\n== B =="), id="an empty section"),
        pytest.param("<translate>\n== Safety ==\na\n</translate>\nb\n== B ==", ("<translate>\n== Safety ==\na\n</translate>\nb", "\n== B =="), id="outside translate"),
        pytest.param("<div>\n== Safety ==\na\n</div>\n\nb\n== B ==", ("<div>\n== Safety ==\na\n</div>\n\nb", "\n== B =="), id="a section that leaves its element"),
        pytest.param("== Safety ==\na\n\n== Code of conduct ==\nb\n\nc", ("== Safety ==\na\n\n== Code of conduct ==\nb\n\nc", ""), id="a policy's section first"),
        pytest.param("== Safety ==\na\n=== Team ===\nb\n=== Participants ===\nc", ("== Safety ==\na\n=== Team ===\nb", "\n=== Participants ===\nc"), id="with its subsections, but for sign-ups"),
        pytest.param("'''Code of conduct''': x\ny\n\nz", ("'''Code of conduct''': x\ny", "\n\nz"), id="a label's paragraph"),
        pytest.param("'''Code of conduct''':\n* x\n\n* y\n\nz", ("'''Code of conduct''':\n* x\n\n* y", "\n\nz"), id="a label's list"),
        pytest.param("a\n-{zh-hans:b\n\nc}-\n", ("a\n-{zh-hans:b\n\nc}-", "\n"), id="behind a language variant"),
        pytest.param("a\n<nowiki>{{</nowiki>\nb", ("a\n<nowiki>{{</nowiki>\nb", ""), id="braces that are no wikitext"),
    ],
)  # fmt: skip
def test_where(text: str, expected: tuple[str, str]) -> None:
    assert around(text) == expected


def test_without_a_reading_the_sections_of_people_are_not_known() -> None:
    text = "== Safety ==\na\n\n== B ==\nb"
    assert place(text, META, None, "notice").at == len(text)
    assert place(text, META, None, "contacts").at == len(text)


def test_contacts_do_not_follow_a_notice_inside_something() -> None:
    assert around("{|\n|\n" + BLOCK + "\n|}\n\na", "contacts") == ("{|\n|\n" + BLOCK + "\n|}\n\na", "")
    assert around(BLOCK + " x\n\na", "contacts") == (BLOCK + " x\n\na", "")


@pytest.mark.parametrize(
    ("text", "at", "expected"),
    [
        ("", 0, "{{x}}"),
        ("a", 1, "a\n\n{{x}}"),
        ("a\n", 1, "a\n\n{{x}}\n"),
        ("a\n\n\nb", 1, "a\n\n{{x}}\n\n\nb"),
        ("a\nb", 1, "a\n\n{{x}}\n\nb"),
        ("== B ==\nb", 0, "{{x}}\n\n== B ==\nb"),
        ("\n\na", 0, "{{x}}\n\na"),
        (" ", 0, "{{x}}\n "),
        (" \n\na", 0, "{{x}}\n \n\na"),
    ],
)
def test_a_block_is_set_off_by_blank_lines(text: str, at: int, expected: str) -> None:
    assert edit(text, [insertion(text, at, "{{x}}")]) == expected


@pytest.mark.parametrize(
    ("title", "markup", "expected"),
    [
        ("Event:X/es", True, True),
        ("Event:X/zh-hans", True, True),
        ("Event:X/es", False, False),
        ("Event:X", True, False),
        ("Event:X/Participants", True, False),
    ],
)
def test_translations(title: str, markup: bool, expected: bool) -> None:
    assert is_translation(title, has_base_markup=markup) is expected


def test_a_page_of_very_many_links_is_read_in_one_pass() -> None:
    text = "Hi\n\n== Participants ==\n" + "".join(
        f"# [[User:Ada {n}]] ([[User talk:Ada {n}|talk]])\n" for n in range(20_000)
    )
    began = time.process_time()
    assert place(text, META, None, "notice").at == len("Hi")
    assert time.process_time() - began < 10


@pytest.mark.parametrize(
    ("old", "new", "keeps"),
    [
        pytest.param("a <translate>b</translate>", "A <translate>b</translate>", True, id="outside"),
        pytest.param("a <translate>b</translate>", "a <translate>B</translate>", False, id="inside"),
        pytest.param("<translate><!--T:1-->\nb</translate>", "<translate>\nb</translate>", False, id="a marker"),
        pytest.param("a <translate>b</translate>", "a b", False, id="taken away"),
        pytest.param("a", "a <translate>b</translate>", False, id="added"),
        pytest.param("<nowiki><translate></nowiki> a", "<nowiki><translate></nowiki> b", True, id="no tag"),
        pytest.param("<translate>a", "<translate>b", False, id="never closed"),
        pytest.param("<translate>a", "<translate>a", True, id="the same, whatever it is"),
        pytest.param("a", "b", True, id="nothing to translate"),
    ],
)
def test_whether_what_is_translated_stays_the_same(old: str, new: str, *, keeps: bool) -> None:
    assert keeps_translations(old, new) is keeps
