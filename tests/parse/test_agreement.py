"""Who agreed is read from sign-up pages of many forms and languages, and nobody is taken to have agreed in doubt."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.model import Agreed
from bot.parse import agreement, signups
from bot.parse.sites import META

PAGES = sorted((Path(__file__).parent / "agreement_pages").glob("*.wiki"))


def read(text: str) -> dict[str | None, str]:
    found = signups.read(text, META)
    agreed = agreement.read(text, META, found)
    return {r.name: agreed.get(r.origin.line or 0, Agreed.NOT_ASKED).value for r in found.registrants}


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_pages(path: Path) -> None:
    assert read(path.read_text(encoding="utf-8")) == json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))


def agreed(text: str, **expected: Agreed) -> None:
    assert read(text) == {name: meant.value for name, meant in expected.items()}


AGREED, NOT_AGREED, UNKNOWN, NOT_ASKED = Agreed.AGREED, Agreed.NOT_AGREED, Agreed.UNKNOWN, Agreed.NOT_ASKED
TIME = "12:00, 1 May 2026 (UTC)"
TABLE = "== Participants ==\n{{|\n! User !! UCoC\n|-\n| [[User:Ada]] || {}\n|}}\n"


@pytest.mark.parametrize(
    ("cell", "meant"),
    [
        pytest.param("{{yes}}", AGREED, id="template"),
        pytest.param("{{Yes|agreed}}", AGREED, id="template that says what it shows"),
        pytest.param("{{yes|no}}", UNKNOWN, id="template that shows the contrary"),
        pytest.param("{{yes}} no", UNKNOWN, id="template and the contrary"),
        pytest.param("{{no}}", NOT_AGREED, id="no"),
        pytest.param("{{No|not yet}}", NOT_AGREED, id="not yet"),
        pytest.param("{{some flag}}", UNKNOWN, id="another template"),
        pytest.param("{{yes", UNKNOWN, id="broken template"),
        pytest.param("'''yes'''", AGREED, id="bold"),
        pytest.param("<span style='x'>yes</span>", AGREED, id="tag"),
        pytest.param("[[File:Symbol confirmed yes.svg|20px]]", AGREED, id="picture"),
        pytest.param("[[File:X mark.svg|20px]]", NOT_AGREED, id="picture of a cross"),
        pytest.param("[[File:Flag of Ghana.svg]]", UNKNOWN, id="picture of something else"),
        pytest.param(f"[[User:Ada|A.]] {TIME}", AGREED, id="own signature"),
        pytest.param(f"yes, {TIME}", AGREED, id="yes and a time"),
        pytest.param("[[User:Bo]]", UNKNOWN, id="another's name"),
        pytest.param("no [[User:Ada]]", UNKNOWN, id="own name and a no"),
        pytest.param("<!-- yes -->", NOT_AGREED, id="comment"),
        pytest.param("<nowiki>yes</nowiki>", NOT_AGREED, id="nowiki"),
        pytest.param("<s>yes</s>", NOT_AGREED, id="struck"),
        pytest.param("<s>no</s> yes", AGREED, id="struck and said anew"),
        pytest.param("[[Policy:UCoC|I agree to the UCoC]]", AGREED, id="link"),
        pytest.param("yes " * 1000, UNKNOWN, id="far too long"),
    ],
)
def test_cells(cell: str, meant: Agreed) -> None:
    agreed(TABLE.format(cell), Ada=meant)


@pytest.mark.parametrize(
    ("line", "meant"),
    [
        pytest.param("{{participant|Ada|UCoC=yes}}", AGREED, id="parameter"),
        pytest.param("{{participant|Ada|friendly_space=yes}}", AGREED, id="underscore"),
        pytest.param("{{participant|Ada|UCoC=yes|friendly space=no}}", NOT_AGREED, id="to one of two"),
        pytest.param("{{participant|Ada|accepted=yes}}", NOT_ASKED, id="accepted by somebody"),
        pytest.param("{{participant|Ada|topic=code of conduct|photos=agree}}", NOT_ASKED, id="values are no remark"),
        pytest.param("[[User:Ada]], {{participant|Bo|UCoC=yes}}", UNKNOWN, id="two people"),
        pytest.param(f"[[User:Ada]] {TIME} <s>I agree to the UCoC</s>", NOT_ASKED, id="remark struck"),
        pytest.param(f"<s>[[User:Ada]] {TIME} I agree to the UCoC</s>", AGREED, id="all struck: withdrawn as agreed"),
        pytest.param(f"[[User:Ada]] {TIME} <nowiki>I agree to the UCoC</nowiki>", NOT_ASKED, id="remark in nowiki"),
        pytest.param(f"[[User:Ada]] {TIME}\n#: I agree to the UCoC", NOT_ASKED, id="a reply is nobody's remark"),
    ],
)
def test_entries(line: str, meant: Agreed) -> None:
    assert read(f"== Participants ==\n# {line}\n")["Ada"] == meant.value


def test_a_parameter_that_others_have_is_missed() -> None:
    rows = "{{participant|Ada|UCoC=yes|coc=yes}}, hi!\n{{participant|Bo|UCoC=yes}}\n{{Participant|Cy}}\n{{user|Di}}\n"
    agreed(f"== Participants ==\n{rows}", Ada=AGREED, Bo=UNKNOWN, Cy=NOT_AGREED, Di=NOT_ASKED)


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        pytest.param("* [[User:Bo]]", {"Ada": NOT_AGREED, "Bo": AGREED}, id="who stands there and who does not"),
        pytest.param("* [[User:Zoe]]", {"Ada": NOT_AGREED, "Bo": NOT_AGREED}, id="somebody else alone"),
        pytest.param("", {"Ada": NOT_ASKED, "Bo": NOT_ASKED}, id="nobody"),
        pytest.param(f"* [[User:Zoe]]\n*: hi [[User:Bo]] {TIME}", {"Ada": NOT_AGREED, "Bo": NOT_AGREED}, id="reply"),
        pytest.param(f"[[User:Bo]] {TIME}", {"Ada": NOT_AGREED, "Bo": AGREED}, id="signed without a list"),
        pytest.param("Ask [[User:Bo]].", {"Ada": NOT_ASKED, "Bo": NOT_ASKED}, id="named in prose"),
        pytest.param("Report to:\n* [[User:Bo]]", {"Ada": NOT_ASKED, "Bo": NOT_ASKED}, id="contacts"),
        pytest.param("<!--\n* [[User:Bo]]\n-->", {"Ada": NOT_ASKED, "Bo": NOT_ASKED}, id="comment"),
    ],
)
def test_a_list_of_those_who_agree(rows: str, expected: dict[str, Agreed]) -> None:
    people = "== Participants ==\n* [[User:Ada]]\n* [[User:Bo]]\n"
    agreed(f"{people}== I agree to the code of conduct ==\n{rows}\n", **expected)


def test_a_condition_in_bold_says_nothing_of_other_lists() -> None:
    page = (
        "== Signups ==\n* [[User:Ada]]\n== Signups online ==\n'''By signing you agree to the UCoC'''\n* [[User:Bo]]\n"
    )
    assert read(page)["Ada"] == NOT_ASKED.value


def test_a_list_of_those_who_agree_ends_with_the_next_label() -> None:
    people = "== Participants ==\n* [[User:Ada]]\n* [[User:Bo]]\n"
    page = f"{people}== I agree to the UCoC ==\n* [[User:Ada]]\n'''Witnesses'''\n* [[User:Bo]]\n"
    agreed(page, Ada=AGREED, Bo=NOT_AGREED)


def test_a_list_of_those_who_do_not_agree_says_nothing_of_others() -> None:
    page = "== Participants ==\n* [[User:Ada]]\n* [[User:Bo]]\n== I do not agree to the UCoC ==\n* [[User:Bo]]\n"
    agreed(page, Ada=NOT_ASKED, Bo=NOT_AGREED)


def test_one_line_for_two_people_is_agreed_where_both_are_listed() -> None:
    people = "== Participants ==\n* [[User:Ada]] & [[User:Bo]]\n* [[User:Cy]] & [[User:Di]]\n"
    page = f"{people}== I agree to the UCoC ==\n* [[User:Ada]]\n* [[User:Bo]]\n* [[User:Cy]]\n"
    agreed(page, Ada=AGREED, Bo=AGREED, Cy=UNKNOWN, Di=UNKNOWN)


def test_what_somebody_says_goes_before_what_the_page_makes_of_everybody() -> None:
    page = "== Participants ==\nBy signing below you agree to the UCoC.\n" + TABLE.format("no").partition("\n")[2]
    agreed(page, Ada=NOT_AGREED)


def test_who_signed_before_a_condition_stood_there_may_have_agreed() -> None:
    page = "== Participants ==\n# [[User:Ada]]\nBy signing below you agree to the UCoC.\n# [[User:Bo]]\n"
    agreed(page, Ada=UNKNOWN, Bo=AGREED)


CONDITION = "By signing below you agree to the [[UCoC]]."


@pytest.mark.parametrize(
    "line",
    [
        pytest.param(CONDITION, id="a line"),
        pytest.param(f"* {CONDITION}", id="an item"),
        pytest.param(f"<div style='x'>{CONDITION}</div>", id="a box"),
        pytest.param(f"<small>''{CONDITION}''</small>", id="small"),
        pytest.param(f"[[File:Icon.svg|20px]] {CONDITION}", id="behind a picture"),
        pytest.param(f"{{{{notice|{CONDITION}}}}}", id="a template"),
        pytest.param(f"{{{{notice\n|text={CONDITION}\n}}}}", id="a template over several lines"),
        pytest.param(f"<translate><!--T:1--> {CONDITION}</translate>", id="translate"),
        pytest.param(f"Please sign.<br>{CONDITION} Thanks!", id="among other sentences"),
        pytest.param("By signing below you agree to [[foundation:Policy:UCoC|this policy]].", id="named by the link"),
        pytest.param("By signing below you agree to:\n* the [[UCoC]]\n* the [[FSP]]", id="in points"),
    ],
)
def test_forms_of_a_condition(line: str) -> None:
    agreed(f"== Participants ==\n{line}\n# [[User:Ada]]\n", Ada=AGREED)


@pytest.mark.parametrize(
    "before",
    [
        pytest.param("By signing below you agree to the UCoC.\n== Participants ==\n", id="in the lead"),
        pytest.param("= Event =\nBy signing you agree to the UCoC.\n== Participants ==\n", id="under the title"),
        pytest.param("== Volunteers ==\nBy signing you agree to the UCoC.\n== Participants ==\n", id="elsewhere"),
        pytest.param("== Participants ==\n* I agree to the UCoC\n", id="an item that nobody signed"),
        pytest.param(f"== Participants ==\n: By signing I agree to the UCoC. {TIME}\n", id="said by somebody"),
    ],
)
def test_no_condition_of_the_list(before: str) -> None:
    agreed(f"{before}# [[User:Ada]]\n", Ada=NOT_ASKED)


SNIPPETS = st.sampled_from(
    [
        "== Participants ==", "== I agree to the UCoC ==", "=== Online ===", "'''We agree to the UCoC:'''", "{|", "|}", "|-",
        "! User !! UCoC", "| [[User:Ada]] || yes", "| rowspan=2 | [[User:Bo]] || {{no}}", "# [[User:Cy]] I agree to the UCoC",
        "By signing below you agree to the UCoC.", "Please write that you agree to the UCoC.", "{{participant|Di|coc=yes}}",
        "{{participant", "|name=Ed", "|agree=", "}}", "* <s>[[User:Fay]]</s>", "<nowiki>", "</nowiki>", "<!--", "-->", "<s>",
    ]
)  # fmt: skip
PAGE = st.lists(SNIPPETS | st.text(max_size=20)).map("\n".join)


@given(PAGE)
@settings(max_examples=300)
def test_nothing_raises_and_only_entries_are_told_of(text: str) -> None:
    found = signups.read(text, META)
    told = agreement.read(text, META, found)
    assert told.keys() <= {registrant.origin.line for registrant in found.registrants}
    assert set(told.values()) <= {AGREED, NOT_AGREED, UNKNOWN}


@given(PAGE)
@settings(max_examples=100)
def test_a_page_without_words_of_agreement_asks_nobody(text: str) -> None:
    text = text.replace("agree", "walk").replace("UCoC", "Nile").replace("coc", "nile")
    assert set(read(text).values()) <= {"not asked"}


@given(PAGE.filter(lambda text: not any(tag in text for tag in ("nowiki", "<!--", "-->"))))
@settings(max_examples=100)
def test_what_is_hidden_says_nothing(text: str) -> None:
    people = "== Participants ==\n# [[User:Zoe]]\n"
    for hidden in (f"<!-- {text} -->", f"<nowiki> {text} </nowiki>"):
        assert read(f"{people}{hidden}\n# [[User:Yan]]\n{hidden}") == {"Zoe": "not asked", "Yan": "not asked"}
