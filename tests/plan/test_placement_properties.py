"""Whatever a page is made of, a block breaks nothing: held against readers of their own for Translate and wikitext."""

from __future__ import annotations

import re
from typing import get_args

import mwparserfromhell
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.config import Notices
from bot.parse.calls import bracketed, find
from bot.parse.markup import mask
from bot.parse.safetypage import NOTICE, read
from bot.parse.sites import META
from bot.plan.placement import Kind, insertion, place
from bot.plan.rewrite import edit
from tests.parse.event_forms import Form, forms

BLOCK = "{{Event safety notice\n| event = X\n| version = 1\n}}"

# Whole pieces of pages, and halves of them that a mixture may or may not put together.
WHOLE = [
    "Text of people.", "", "", "* item", "# [[User:A]] 10:00, 1 May 2026 (UTC)", ": answer", " preformatted", "----",
    "== Safety ==", "== Participants ==", "=== Code of conduct ===", "== About ==", "<h2>Friendly space</h2>",
    "'''Safe space policy''': see [[Universal Code of Conduct]].", "{{Nav}}", "{{Box|a=b\n|c=[[d]]\n}}",
    "{|\n! a\n|-\n| b\n|}", "[[Category:X]]", "[[de:X]]", "<!-- a comment -->", "<!--\n{{x}}\n-->", "__NOTOC__",
    "<translate>\n<!--T:1-->\nA unit.\n\n<!--T:2-->\nAnother one.\n</translate>",
    "<translate>\n== Participants == <!--T:3-->\n</translate>", "== <translate><!--T:4--> Safety</translate> ==",
    "<div>\nin a box\n</div>", "<gallery>\nFile:A.jpg\n</gallery>", "<nowiki>{{</nowiki>", "<pre>\n{{x\n</pre>",
    "<noinclude>\n{{doc}}\n</noinclude>", "<includeonly>{{x}}</includeonly>", "<languages/>",
    "-{zh-hans:a;zh-hant:b}-", "{{#invoke:x|y\n|z}}", "<section begin=a />\nx\n<section end=a />",
    "<!-- participants start -->\n* [[User:B]]\n<!-- participants end -->", BLOCK.replace("X", "Y"),
]  # fmt: skip
HALVES = [
    "<div>", "</div>", "{{cot}}", "{{cob}}", "{|", "|}", "|-", "{{Box|", "}}", "[[File:A.jpg|", "]]", "<s>", "</s>",
    "<translate>", "</translate>", "<!--", "-->", "<noinclude>", "</noinclude>", "<nowiki>", "</nowiki>", "{{{", "}}}",
    "<b>", "=", "{", "[", "<center>", "</center>", "<onlyinclude>", "<ref>", "</ref>", "-{", "}-", "<tvar|x>", "</>",
]  # fmt: skip
ENDS = ["\n", "\n", "\n\n", "\n\n\n", " ", ""]


def pages(pieces: list[str]) -> st.SearchStrategy[str]:
    part = st.tuples(st.sampled_from(pieces), st.sampled_from(ENDS)).map("".join)
    return st.lists(part, max_size=14).map("".join)


def units(text: str) -> tuple[list[list[str]], str]:
    """Read a page as Translate does: the units of each <translate>, and the page without them.

    Only <nowiki> hides a tag; a blank line parts two units. Raises ValueError where Translate refuses the page.
    """
    hidden: list[str] = []

    def keep(found: re.Match[str]) -> str:
        hidden.append(found[0])
        return f"\x7f{len(hidden) - 1}\x7f"

    armoured = re.sub(r"(?s)<nowiki>.*?</nowiki>", keep, text)
    parts = re.split(r"(?s)<translate(?: nowrap)?>(.*?)</translate>", armoured)
    if any(re.search(r"</?translate[ >]", part) for part in parts):
        raise ValueError("the tags are not balanced")
    read = [[unit for unit in re.split(r"\n\s*\n", body.strip()) if unit] for body in parts[1::2]]
    outside = "<translate/>".join(parts[::2])
    return read, re.sub("\x7f(\\d+)\x7f", lambda found: hidden[int(found[1])], outside)


def inserted(text: str, kind: Kind) -> tuple[str, int] | None:
    """Return the page with a block, and where the block is; None where there is no place for it."""
    found = place(text, META, read(text, META, Notices()), kind)
    assert found.why.endswith(".")
    if found.at is None:
        return None
    change = insertion(text, found.at, BLOCK)
    new = edit(text, [change])
    assert new == text[: found.at] + change.replacement + text[found.at :]
    return new, found.at + change.replacement.index(BLOCK)


@pytest.mark.parametrize("kind", get_args(Kind))
@given(text=pages(WHOLE + HALVES))
def test_a_block_stands_outside_everything(kind: Kind, text: str) -> None:
    done = inserted(text, kind)
    if done is None:
        return
    new, start = done
    end = start + len(BLOCK)
    assert (start, end) in bracketed(new, mask(new))
    calls, _ = find(new, (NOTICE,), META)
    assert [call.get("event") for call in calls if call.start == start] == ["X"]
    before, after = new[:start], new[end:]
    assert before.endswith("\n") or not before
    assert after.startswith("\n") or not after
    above = next((line for line in reversed(before.split("\n")) if line.strip()), "")
    below = next((line for line in after.split("\n") if line.strip()), "")
    assert not (above.startswith(("*", "#", ":")) and below.startswith(("*", "#", ":")))


@pytest.mark.parametrize("kind", get_args(Kind))
@given(text=pages(WHOLE + HALVES))
def test_what_is_hidden_stays_hidden(kind: Kind, text: str) -> None:
    done = inserted(text, kind)
    if done is None:
        return
    new, start = done
    end = start + len(BLOCK)
    masked, alone = mask(new), mask(text)
    assert masked[start:end] == BLOCK
    assert [char for char in masked[:start] + masked[end:] if char != "\n"] == [char for char in alone if char != "\n"]


@pytest.mark.parametrize("kind", get_args(Kind))
@given(text=pages([*WHOLE, "<translate>", "</translate>", "<!--", "-->", "<nowiki>", "</nowiki>"]))
def test_the_units_of_a_translatable_page_stay(kind: Kind, text: str) -> None:
    done = inserted(text, kind)
    try:
        before, outside = units(text)
    except ValueError:
        assert done is None
        return
    if done is not None:
        after, around = units(done[0])
        assert after == before
        assert around.count(BLOCK) == outside.count(BLOCK) + 1


@pytest.mark.parametrize("kind", get_args(Kind))
@given(text=pages([piece for piece in WHOLE if "'''" not in piece]))
def test_another_parser_sees_the_block_outside_everything(kind: Kind, text: str) -> None:
    done = inserted(text, kind)
    if done is None:
        return
    outermost = mwparserfromhell.parse(done[0]).nodes
    assert sum(str(node) == BLOCK for node in outermost) == 1


@given(text=pages(WHOLE))
def test_a_page_of_whole_pieces_has_a_place(text: str) -> None:
    assert all(inserted(text, kind) for kind in get_args(Kind))


@given(text=pages(WHOLE + HALVES))
def test_contacts_follow_the_notice(text: str) -> None:
    done = inserted(text, "notice")
    if done is None or read(text, META, Notices()).notices:
        return
    new, start = done
    assert place(new, META, read(new, META, Notices()), "contacts").at == start + len(BLOCK)


@pytest.mark.parametrize("kind", get_args(Kind))
@pytest.mark.parametrize("form", forms(), ids=lambda form: form.name)
def test_forms(form: Form, kind: Kind) -> None:
    text = form.text
    done = inserted(text, kind)
    if done is not None:
        assert units(done[0])[0] == units(text)[0]
        assert sum(str(node) == BLOCK for node in mwparserfromhell.parse(done[0]).nodes) == 1
