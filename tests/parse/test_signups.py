"""Sign-up pages of real forms give the people who signed up, and nothing on them is lost."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.model import NameState, Registrant, Signups
from bot.parse import signups
from bot.parse.markup import Line
from bot.parse.signup_ledger import Ledger
from bot.parse.signup_people import Reading
from bot.parse.sites import META

HERE = Path(__file__).parent
SAMPLES = sorted(path for path in (HERE / "pages").glob("*.wiki") if "ban_list" not in path.name)
OWN = sorted((HERE / "own_pages").glob("*.wiki"))


def read(text: str, *headings: str, whole_page: bool = False) -> Signups:
    return signups.read(text, META, headings, whole_page=whole_page)


def names(text: str, *headings: str, whole_page: bool = False) -> list[str | None]:
    return [registrant.name for registrant in read(text, *headings, whole_page=whole_page).registrants]


def as_row(registrant: Registrant) -> dict[str, object]:
    row: dict[str, object] = {
        "name": registrant.name,
        "line": registrant.origin.line,
        "kind": registrant.origin.kind,
        "withdrawn": registrant.withdrawn,
    }
    if registrant.prefix:
        row["prefix"] = registrant.prefix
    if registrant.maybe:
        row["status"] = "maybe"
    return row


OWN_CALLS = [
    pytest.param(
        "{{Event safety checklist\n| event = X\n| updated = 2026-11-21\n| training = done\n}}", id="checklist"
    ),
    pytest.param(
        "{{Event safety contacts\n| team =\n{{Event safety contact\n| name = [[User:Ada]]\n* [[User:Bo]]\n}}\n}}",
        id="contacts",
    ),
    pytest.param("{{event_safety notice\n| contact 1 = [[User:Ada]]\n}}", id="notice, written otherwise"),
]


@pytest.mark.parametrize("call", OWN_CALLS)
def test_nobody_signs_up_in_the_templates_of_the_bot(call: str) -> None:
    mine = "== Participants ==\n# [[User:Amber]]\n"
    found, plain = read(f"{mine}\n{call}\n# [[User:Bea]]\n"), read(f"{mine}\n\n# [[User:Bea]]\n")
    assert [one.name for one in found.registrants] == [one.name for one in plain.registrants] == ["Amber", "Bea"]
    assert not found.unparsed
    assert not found.excluded
    assert found.registrants[1].origin.line == f"{mine}\n{call}\n#".count("\n") + 1


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_samples(path: Path) -> None:
    expected = json.loads(path.with_suffix("").with_suffix(".expected.json").read_text(encoding="utf-8"))
    found = read(path.read_text(encoding="utf-8"))
    assert [as_row(registrant) for registrant in found.registrants] == expected["registrants"]
    assert bool(found.sections) == bool(expected["registrants"])
    registered = {registrant.name for registrant in found.registrants}
    for row in expected["not_registrants"]:
        if row["name"] not in {other["name"] for other in expected["registrants"]}:
            assert row["name"] not in registered
        if "unparsed" in row["why"]:
            assert row["line"] in {unparsed.line for unparsed in found.unparsed}


@pytest.mark.parametrize("path", OWN, ids=lambda path: path.stem)
def test_own_pages(path: Path) -> None:
    expected = json.loads(path.with_suffix(".expected.json").read_text(encoding="utf-8"))
    found = read(path.read_text(encoding="utf-8"))
    rows = [as_row(registrant) for registrant in found.registrants]
    assert rows == [
        {"withdrawn": False}
        | {key: value for key, value in row.items() if key != "maybe"}
        | ({"status": "maybe"} if row.get("maybe") else {})
        for row in expected["registrants"]
    ]
    assert [[out.name, out.line, out.why] for out in found.excluded] == expected["excluded"]
    assert [unparsed.line for unparsed in found.unparsed] == expected["unparsed"]
    assert list(found.sections) == expected["sections"]


def test_what_is_told_of_a_registrant() -> None:
    found = read("== Participants ==\n* {{user|~2026-31415}}\n* {{user|}}\n")
    (registrant,) = found.registrants
    assert (registrant.name, registrant.state) == ("~2026-31415", NameState.TEMPORARY)
    assert (registrant.origin.kind, registrant.origin.line, registrant.origin.section) == (
        "user_template",
        2,
        "Participants",
    )
    assert registrant.central_id is None
    assert [(unparsed.line, unparsed.text) for unparsed in found.unparsed] == [(3, "* {{user|}}")]


def test_a_page_that_is_a_list_needs_no_heading() -> None:
    page = "* [[User:A]]\n== Europe ==\n* [[User:B]]\n== Apologies ==\n* [[User:C]]\n"
    assert names(page) == []
    assert read(page, whole_page=True).sections == ("the page itself", "Europe")
    assert names(page, whole_page=True) == ["A", "B"]


def test_further_headings_can_be_configured() -> None:
    page = "== The brave ==\n* [[User:A]]\n"
    assert names(page) == []
    assert names(page, "the brave!") == ["A"]


@pytest.mark.parametrize(
    ("text", "line", "withdrawn", "maybe"),
    [
        pytest.param("* <s>[[User:A]]</s>\n* [[User:A]]", 3, False, False, id="who signs again is coming"),
        pytest.param(
            "* [[User:A]]\n* <s>[[User:A]]</s>", 2, False, False, id="a second entry struck takes nothing back"
        ),
        pytest.param("* <s>[[User:A]]</s>\n* <s>[[User:A]]</s>", 2, True, False, id="both struck"),
        pytest.param("* maybe [[User:A]]\n* [[User:A]]", 3, False, False, id="from maybe to yes"),
        pytest.param("* [[User:A]]\n* {{u|a}}", 2, False, False, id="the first line counts"),
    ],
)
def test_one_person_twice(text: str, line: int, withdrawn: bool, maybe: bool) -> None:
    found = read(f"== Participants ==\n{text}\n")
    (registrant,) = found.registrants
    assert (registrant.name, registrant.origin.line, registrant.withdrawn, registrant.maybe) == (
        "A",
        line,
        withdrawn,
        maybe,
    )
    assert [out.why for out in found.excluded] == [f"signed up twice, see line {line}"]


def test_an_entry_of_which_nothing_was_said_does_not_count_as_read() -> None:
    ledger = Ledger()
    ledger.add(Reading(), Line(1, 0, "x", "x"), "")
    assert not ledger.touched


def test_a_line_that_nobody_spoke_of_is_reported() -> None:
    page = "== Participants ==\n[[User:A]] and\n{{x|\n[[Category:12:00, 1 May 2026 (UTC)]]\n"
    assert 4 in {unparsed.line for unparsed in read(page).unparsed}


def test_ten_thousand_registrants() -> None:
    page = "== Participants ==\n" + "".join(f"# [[User:P{i}|P]] ([[User talk:P{i}|t]])\n" for i in range(10_000))
    assert len(read(page).registrants) == 10_000


HOSTILE = {
    "braces": "{{" * 50_000,
    "nested templates": "{{u|" * 20_000 + "}}" * 20_000,
    "open links": "[[User:A|" * 10_000,
    "links": "[[User:A]]," * 10_000,
    "struck": "<s>[[User:A]]" * 5_000,
    "spans": "\n{|\n" + "| rowspan=1000 colspan=1000 | [[User:A]]\n" * 500 + "|}",
    "nested tables": "\n" + "{|\n" * 10_000 + "|}\n" * 10_000,
    "bare names": "User:" * 10_000,
    "list tags": "<li>" * 20_000,
    "control characters": "\x00\x1b[31m\u202e" * 10_000,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_pages_end(text: str) -> None:
    read("== Participants ==\n# " + text)


# What a line of a list may hold; every snippet that says "mark" must be accounted for, see `marks_of`.
SNIPPETS = st.sampled_from(
    [
        "[[User:Ada One|Ada]]", "[[User:Bo Two]]", "([[User talk:Bo Two|talk]])", "[[m:User:Cy]]", "{{u|Di Four}}", "{{user|}}",
        "{{user|Salt=Pepper}}", "{{ping|Ed Five}}", "@[[User:Fi Six]]", "12:00, 1 May 2026 (UTC)", "2026-05-01", "~~~~", "<s>", "</s>",
        "<br>", "User:Gil Seven", "User:", "{{", "}}", "[[", "]]", "|", "||", "!", "''", " ", ", ", " & ", " and ", " – ", "(", ")", "maybe",
        "withdrawn", "Ravi", "with", "I would love to come and bring a cake", "[[:en:Bridge]]", "[https://example.org x]", "{{done}}",
        "{{some|x}}", "<nowiki>[[User:No]]</nowiki>", "<!-- [[User:No]] -->", "[[User:Hal/x|x]]", "[[Special:Contributions/Ida]]", ":", "?",
        "[[User:{{{1}}}]]", "'''", "<span>", "=", "Organizers:", "__TOC__", "\u200f",
    ]
)  # fmt: skip
STARTS = st.sampled_from(
    ["# ", "* ", "#: ", "** ", ":", ": ", "; ", "", " ", "## ", "| ", "! ", "|-", "{|", "|}", "=== Europe ===", "<li>"]
)
LINES = st.lists(
    st.builds(
        lambda start, parts: start if start[:1] == "=" else start + "".join(parts),
        STARTS,
        st.lists(SNIPPETS, max_size=6),
    ),
    max_size=12,
)


def raw_marks(line: str) -> list[str]:
    """Count the raw marks of a line without understanding it."""
    seen = re.sub(r"<nowiki>.*?</nowiki>|<!--.*?-->", "", line)
    marks = re.findall(r"\[\[(?:m:)?[Uu]ser:[A-Z][^\]|{]*", seen) + re.findall(r"\{\{u(?:ser)?\|[^{}]*\}\}", seen)
    if re.match(r"[*#]", seen):
        marks.append("item")
    if re.match(r"[*#]", seen) and re.search(r"\d\d:\d\d, \d", seen):
        marks.append("time")
    return marks


def test_a_definition_line_with_a_lost_user_template_is_no_heading() -> None:
    assert [u.line for u in read("== Participants ==\n; {{user|}}maybe").unparsed] == [2]


@given(LINES)
@settings(max_examples=200, deadline=None)
def test_no_mark_is_lost(lines: list[str]) -> None:
    page = "== Participants ==\n" + "\n".join(lines)
    found = read(page)
    spoken = {out.line for out in found.excluded} | {out.line for out in found.unparsed}
    spoken |= {registrant.origin.line or 0 for registrant in found.registrants}
    joined = {
        number
        for unparsed in found.unparsed
        for number in range(unparsed.line, unparsed.line + unparsed.text.count("\n") + 1)
    }
    for number, line in enumerate(page.replace("\r", "\n").split("\n"), 1):
        if line[:1] in ";'" and "Organizers:" in line:
            break  # a heading that ends the sign-up section: what follows signs nobody up
        if number > 1 and raw_marks(line) and not line.startswith("==="):
            assert number in spoken | joined, (number, line)


@given(LINES)
@settings(max_examples=200, deadline=None)
def test_every_user_link_of_an_item_is_somebody_or_has_a_reason(lines: list[str]) -> None:
    page = "== Participants ==\n" + "\n".join(lines)
    found = read(page)
    registered = {registrant.name for registrant in found.registrants}
    reasons = {(out.line, out.name.partition("/")[0]) for out in found.excluded}
    unread = {unparsed.line for unparsed in found.unparsed}
    for number, line in enumerate(page.split("\n"), 1):
        seen = re.sub(r"<nowiki>.*?</nowiki>|<!--.*?-->", "", line)
        for name in re.findall(r"\[\[User:([A-Z][a-z ]*(?: [A-Z][a-z]+)?)(?:/x)?(?:\|[A-Za-z]*)?\]\]", seen):
            assert name in registered or (number, name) in reasons or number in unread, (number, name)


@given(LINES, st.text())
@settings(max_examples=100, deadline=None)
def test_nobody_is_counted_twice_and_nothing_crashes(lines: list[str], noise: str) -> None:
    for page in ("\n".join(lines), noise, f"== Participants ==\n# {noise}\n" + "\n".join(lines)):
        found = read(page, whole_page=True)
        counted = [registrant.name for registrant in found.registrants]
        assert len(counted) == len(set(counted))
        assert all(registrant.state is not NameState.IMPOSSIBLE for registrant in found.registrants)
        last = len(re.split("\r\n|\r|\n", page))
        assert all(1 <= out.line <= last for out in found.excluded)
        assert all(1 <= lost.line <= last for lost in found.unparsed)
