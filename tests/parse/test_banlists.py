from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.model import Banlist
from bot.parse import banlists
from bot.parse.sites import META

LISTS = Path(__file__).parent / "lists"
PAGES = sorted(LISTS.glob("*.wiki"))
META_SECTIONS = {
    "Currently banned by the community": "community",
    "Currently banned by the Wikimedia Foundation": "wmf",
}


def flat(line: str, *, before: str = "") -> Banlist:
    """Read a page whose list holds ``line`` as line 3, behind one plain entry."""
    text = (
        f"{before}{{{{div col}}}}\n* [[m:Special:CentralAuth/Ada|Ada]], since 1 May 2015\n{line}\n{{{{div col end}}}}\n"
    )
    return banlists.read(text, META)


def entries(found: Banlist) -> list[tuple[str, str]]:
    return [(entry.name, entry.since) for entry in found.entries]


def added(found: Banlist) -> list[tuple[str, str]]:
    return entries(found)[1:]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
@pytest.mark.parametrize("line_end", ["\n", "\r\n"], ids=["LF", "CRLF"])
def test_pages(page: Path, line_end: str) -> None:
    expected = json.loads(page.with_suffix(".expected.json").read_text(encoding="utf-8"))
    found = banlists.read(page.read_text(encoding="utf-8").replace("\n", line_end), META)
    assert [
        {"name": one.name, "line": one.line, "authority": one.authority, "since": one.since} for one in found.entries
    ] == expected["entries"]
    ignored = {(one.name, one.line) for one in found.ignored}
    assert {(one["name"], one["line"]) for one in expected["not_entries"]} <= ignored
    assert all(one.why for one in found.ignored)
    assert [one.line for one in found.unrecognised] == expected.get("unrecognised", [])


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("* [[m:Special:CentralAuth/Bo_Example|Bo]], since 8 February 2026", id="the office tool's form"),
        pytest.param("* [[:m:Special:CentralAuth/Bo Example|Bo]], since 8 February 2026", id="leading colon"),
        pytest.param("* [[Special:CentralAuth/bo Example]], since 8 February 2026", id="no prefix, no label"),
        pytest.param("*[[meta:Special:CentralAuth/Bo Example|Bo]] – since 8 February 2026", id="prefix meta, dash"),
        pytest.param("# [[User:Bo Example]] since 8 February 2026", id="numbered"),
        pytest.param("* [[:User:Bo Example|Bo]], 8 February 2026", id="only a date"),
        pytest.param("* '''[[User:Bo Example|Bo]]''' (banned on 8 February 2026)", id="bold, brackets"),
        pytest.param("* {{user|Bo Example}}, since 8 February 2026", id="template"),
        pytest.param("* {{User| 1 = Bo_Example }}, since 8 February 2026", id="template with 1="),
        pytest.param("* {{u|Bo Example}} since 8 February 2026", id="u"),
        pytest.param("* {{noping|Bo Example}} since 8 February 2026", id="noping"),
        pytest.param("* {{LockHide|Bo Example}} since 8 February 2026", id="LockHide"),
        pytest.param("* {{Benutzer|Bo Example}} since 8 February 2026", id="a template of another language"),
        pytest.param("* [[User:Bo Example|Bo]] ([[User talk:Bo Example|talk]] • [[Special:Contributions/Bo Example|c]]), since 8 February 2026", id="talk and contributions"),
        pytest.param("* [https://meta.wikimedia.org/wiki/Special:CentralAuth/Bo_Example Bo], since 8 February 2026", id="address"),
        pytest.param("* 8 February 2026: [[User:Bo Example|Bo]]", id="date first"),
        pytest.param("* Account: [[User:Bo Example|Bo]], since 8 February 2026", id="the word account first"),
        pytest.param("* {{flag|XX}} [[User:Bo Example|Bo]], since 8 February 2026", id="an icon first"),
        pytest.param("* <span id=\"Bo\"></span>[[User:Bo Example|Bo]], since 8 February 2026", id="an anchor first"),
        pytest.param("* <!-- new --> [[User:Bo Example|Bo]], since 8 February 2026", id="a comment first"),
        pytest.param("<li>[[User:Bo Example|Bo]], since 8 February 2026</li>", id="HTML item"),
        pytest.param("[[User:Bo Example|Bo]], since 8 February 2026", id="no list marker"),
        pytest.param(": [[User:Bo Example|Bo]], since 8 February 2026".replace(":", "*", 1), id="blank"),
        pytest.param("* [[User:Bo Example|Bo]], since [[Special:Log/WMFOffice|8 February 2026]]", id="the date is a link"),
        pytest.param("* [[User:Bo Example|Bo]], since 8&nbsp;February 2026", id="hard blank"),
        pytest.param("* [[User:Bo Example|Bo]], since <s>7 July 2025</s> 8 February 2026", id="a date struck out"),
        pytest.param("* [[User:Bo Example|Bo]] ([[RfC 2019|RfC of 1 July 2019]]), since 8 February 2026", id="the date of an RfC is not it"),
        pytest.param("* [[User:Bo Example|Bo]], RfC opened 1 July 2025, closed on 8 February 2026", id="closed goes before opened"),
        pytest.param("* [[User:Bo Example|Bo]], since 8 February 2026 (appeal declined 3 March 2026)", id="an appeal that was declined"),
        pytest.param("* [[User:Bo Example|Bo]], since 8 February 2026{{div col end}}", id="end of the block behind it"),
        pytest.param("<translate><!--T:7--> * [[User:Bo Example|Bo]], since 8 February 2026</translate>", id="translate tags"),
    ],
)  # fmt: skip
def test_forms_of_a_line(line: str) -> None:
    found = flat(line)
    assert added(found) == [("Bo Example", "8 February 2026")]
    assert (found.entries[1].line, found.entries[1].authority) == (3, "wmf")
    assert not found.unrecognised


@pytest.mark.parametrize(
    ("written", "since"),
    [
        ("since March 2014", "March 2014"),
        ("since 2026-02-08", "2026-02-08"),
        ("since February 8, 2026", "February 8, 2026"),
        ("since 8th February 2026", "8th February 2026"),
        ("since 8.2.2026", "8.2.2026"),
        ("since 08/02/2026", "08/02/2026"),
        ("since 2026/02/08", "2026/02/08"),
        ("since 2014", "2014"),
        ("since 2014-03", "2014-03"),
        ("seit 8. Februar 2026", "8. Februar 2026"),
        ("desde el 8 de febrero de 2026", "8 de febrero de 2026"),
        ("depuis le 1er février 2026", "1er février 2026"),
        ("с 8 февраля 2026 г.", "8 февраля 2026"),
        ("з 8 лютого 2026", "8 лютого 2026"),
        ("2026年2月8日から", "2026年2月8日"),
        ("2026년 2월 8일부터", "2026년 2월 8일"),
        ("८ फ़रवरी २०२६ से", "८ फ़रवरी २०२६"),
        ("৮ ফেব্রুয়ারি ২০২৬ থেকে", "৮ ফেব্রুয়ারি ২০২৬"),
        ("منذ 8 فبراير 2026", "8 فبراير 2026"),
        ("2014. március 5. óta", "2014. március 5."),
        ("từ 8 tháng 2 năm 2026", "8 tháng 2 năm 2026"),
        ("since {{dts|2026|2|8}}", "2026-02-08"),
        ("15:20, 1 February 2019 (UTC)", "1 February 2019"),
        ("closed on 14 April 2016 by consensus", "14 April 2016"),
        ("until 5 May 2030, since 8 February 2026", "8 February 2026"),
        pytest.param("until 5 May 2030", "", id="only an end"),
        pytest.param("case 2014", "", id="a number that is no date"),
        pytest.param("Wikimania 2014", "", id="a word that is no month"),
        pytest.param("", "", id="nothing"),
    ],
)
def test_since_is_the_list_s_own_text(written: str, since: str) -> None:
    assert added(flat(f"* [[User:Bo Example|Bo]], {written}")) == [("Bo Example", since)]


def test_a_name_that_holds_a_date_is_not_a_date() -> None:
    assert added(flat("* [[User:Bo 5 May 2015|Bo 5 May 2015]], since 8 February 2026")) == [
        ("Bo 5 May 2015", "8 February 2026")
    ]


@pytest.mark.parametrize(
    ("line", "names", "ignored"),
    [
        ("* [[User:Bo]] (also [[User:Cy]]), since 1 May 2015", ["Bo", "Cy"], []),
        ("* [[User:Bo]], also known as [[User:Cy]] and [[User:Di]]", ["Bo", "Cy", "Di"], []),
        ("* [[User:Bo]], [[User:Cy]] & [[User:Di]], since 1 May 2015", ["Bo", "Cy", "Di"], []),
        ("* [[User:Bo]] / [[User:Cy]], since 1 May 2015", ["Bo", "Cy"], []),
        ("* [[User:Bo]] (formerly [[User:Cy]]), since 1 May 2015", ["Bo", "Cy"], []),
        ("* [[User:Bo]] (sockpuppets: [[User:Cy]], [[User:Di]]), since 1 May 2015", ["Bo", "Cy", "Di"], []),
        ("* [[User:Bo]] = [[User:Cy]], since 1 May 2015", ["Bo", "Cy"], []),
        ("* {{MultiLock|Bo|Cy}}, since 1 May 2015", ["Bo", "Cy"], []),
        ("* [[Benutzer:Bo]], auch [[Benutzer:Cy]], seit 1. Mai 2015", ["Bo", "Cy"], []),
        ("* [[User:Bo]], closed on 1 May 2015 by [[User:Cy]]", ["Bo"], ["Cy"]),
        ("* [[User:Bo]], closed on 1 May 2015 by [[User:Cy]] and [[User:Di]]", ["Bo"], ["Cy", "Di"]),
        ("* [[User:Bo]] (closer: [[User:Cy]]), 1 May 2015", ["Bo"], ["Cy"]),
        ("* [[User:Bo]], by [[User:Cy]] after a long debate with [[User:Di]]", ["Bo"], ["Cy", "Di"]),
        ("* [[User:Bo]], requested by [[User:Cy]], also [[User:Di]]", ["Bo", "Di"], ["Cy"]),
        ("* [[User:Bo]] (not to be confused with [[User:Cy]]), since 1 May 2015", ["Bo"], ["Cy"]),
        ("* [[User:Bo]], gesperrt von [[User:Cy]]", ["Bo"], ["Cy"]),
        ("* [[User:Bo]], since 1 May 2015 -- [[User:Cy|Cy]] ([[User talk:Cy|talk]]) 12:00, 2 June 2021 (UTC)", ["Bo"], ["Cy"]),
        ("* [[User:Bo]] -- [[User:Cy|Cy]] 12:00, 2 June 2021 (UTC)", ["Bo"], ["Cy"]),
        ("* [[User:Bo]], since 1 May 2015 ([[User:Cy/Evidence|evidence]])", ["Bo"], ["Cy"]),
        ("* <s>[[User:Bo]]</s> [[User:Cy]], since 1 May 2015", ["Cy"], ["Bo"]),
        ("* {{s|[[User:Bo|Bo]], since 1 May 2015}} lifted by [[User:Cy]]", [], ["Bo", "Cy"]),
        ("* {{strike|{{user|Bo}}, since 1 May 2015}}", [], ["Bo"]),
        ("* <del>[[User:Bo]], since 1 May 2015</del>", [], ["Bo"]),
        ("* <s>[[User:Bo]], since 1 May 2015", [], ["Bo"]),
        ("* {{s|[[User:Bo]], since 1 May 2015", [], ["Bo"]),
        ("* https://meta.wikimedia.org/wiki/User:Bo and https://meta.wikimedia.org/wiki/User:Cy since 1 May 2015", ["Bo", "Cy"], []),
        ("* [[User:Bo]], 1 May 2015 (ban lifted 3 June 2018)", [], ["Bo"]),
        ("* [[User:Bo]], unbanned 3 June 2018 by [[User:Cy]]", [], ["Bo", "Cy"]),
        ("* [[User:Bo]], 1 May 2015, no longer banned", [], ["Bo"]),
        ("* [[User:Bo]], closed on 1 May 2015 with no ban", [], ["Bo"]),
        ("* [[User:Bo]], seit 1. Mai 2015 (aufgehoben)", [], ["Bo"]),
        ("* [[User:Bo]], lifted 1 May 2015, reinstated 3 June 2018", ["Bo"], []),
        ("* [[User:Bo]], since 1 May 2015 (request to lift the ban was declined)", ["Bo"], []),
        ("** [[User:Bo]], an other account", [], ["Bo"]),
        ("*: see [[User:Bo]]", [], ["Bo"]),
        ("This list is kept by [[User:Bo]].", [], ["Bo"]),
        ("<!-- * [[User:Bo]], since 1 May 2015 -->", [], ["Bo"]),
        ("<nowiki>* {{user|Bo}}</nowiki>", [], ["Bo"]),
        ("<syntaxhighlight>* [[User:Bo]]</syntaxhighlight>", [], ["Bo"]),
        ("* [[User:Ada]], since 3 June 2018", ["Ada"], []),
    ],
)  # fmt: skip
def test_who_on_a_line_is_banned(line: str, names: list[str], ignored: list[str]) -> None:
    found = flat(line)
    assert [name for name, _ in added(found)] == names
    assert sorted(one.name for one in found.ignored) == sorted(ignored)
    assert not found.unrecognised


@pytest.mark.parametrize(
    ("line", "names"),
    [
        pytest.param("* Bo Example, since 1 May 2015", [], id="a name without link"),
        pytest.param("* {{user|Bo=Example}}, since 1 May 2015", [], id="a name that the template loses"),
        pytest.param("* {{user|}}, since 1 May 2015", [], id="no name in the template"),
        pytest.param("* {{banned|Bo Example|2015}}", [], id="a template that is not known"),
        pytest.param("* [[User:Bo Example, since 1 May 2015", [], id="a link that is not closed"),
        pytest.param("[[User:Bo Example, since 1 May 2015", [], id="the same without marker"),
        pytest.param("* [[User:Bo#x|Bo]] {{user|Cy", ["Bo"], id="a template that is not closed"),
        pytest.param("* [[User:A{b]], since 1 May 2015", [], id="an impossible name"),
        pytest.param("* User:Bo Example, since 1 May 2015", [], id="a prefix without link"),
        pytest.param("* [[User:Bo]] and User:Cy, since 1 May 2015", ["Bo"], id="a second account without link"),
        pytest.param("* [[User:Bo]] fought with [[User:Cy]] in 2015", ["Bo"], id="words that are not understood"),
        pytest.param("* Some person --[[User:Cy]] 12:00, 2 June 2021 (UTC)", [], id="only the signature has a link"),
        pytest.param("* [[Bo Example]], since 1 May 2015", [], id="a link to an article"),
        pytest.param("[[User:Bo]] likes lists.", [], id="a sentence that begins with an account"),
        pytest.param("{{/Recent}}", [], id="a part of the list on another page"),
        pytest.param("{{WMF Global Ban Policy/List/2015}}", [], id="the same by its title"),
        pytest.param("{{#invoke:Bans|list}}", [], id="a list made by a module"),
        pytest.param(
            "* [[User:Bo]], since 1 May 2015<br>[[User:Cy]], since 2 May 2015", ["Bo"], id="two entries on a line"
        ),
    ],
)
def test_what_is_not_understood_makes_the_page_unrecognised(line: str, names: list[str]) -> None:
    found = flat(line)
    assert [name for name, _ in added(found)] == names
    assert [(one.line, one.text) for one in found.unrecognised] == [(3, line)]
    assert found.unrecognised[0].why


@pytest.mark.parametrize(
    "line",
    [
        "", "* ", "----", "Newest last.", "{{clear}}", "* {{div col end}}", "[[Category:Bans]]", "__NOTOC__", "{{TOC right}}", "; 2015",
        "'''2015'''", "* —", "For all see [[Special:Log/WMFOffice|the log]].", "*: a remark", "** a remark", "<br>", "}}",
    ],
)  # fmt: skip
def test_left_alone(line: str) -> None:
    found = flat(line)
    assert (added(found), found.ignored, found.unrecognised) == ([], (), ())


def test_a_note_below_gives_the_date() -> None:
    assert added(flat("* [[User:Bo]]\n*: since 8 February 2026\n*: since 9 March 2026")) == [("Bo", "8 February 2026")]
    assert added(flat("; [[User:Bo]]\n: banned since 8 February 2026")) == [("Bo", "8 February 2026")]


def test_struck_out_over_several_lines() -> None:
    found = flat("<s>\n* [[User:Bo]], 2015-01-01\n* [[User:Cy]], 2015-01-01\n</s>\n* [[User:Di]], 2015-01-01")
    assert added(found) == [("Di", "2015-01-01")]
    assert [(one.name, one.line, one.why) for one in found.ignored] == [
        ("Bo", 4, "struck out"),
        ("Cy", 5, "struck out"),
    ]


def test_authority_and_source() -> None:
    found = banlists.read("* [[User:Ada]], 2015", META, authority="wmxx", source="wmxx-list")
    assert [(one.authority, one.source, one.section) for one in found.entries] == [("wmxx", "wmxx-list", "")]


THREE = (LISTS / "18_ban_list_three_sections.wiki").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "sections",
    [
        META_SECTIONS,
        {
            "CURRENTLY BANNED by the '''community''' (2):": "community",
            "Currently  banned by the Wikimedia Foundation": "wmf",
        },
        {
            '<span id="x"></span>Currently banned by the community{{anchor|c}}': "community",
            list(META_SECTIONS)[1]: "wmf",
        },
    ],
    ids=["as configured by default", "case, markup, counts, blanks", "anchors"],
)
def test_given_sections(sections: dict[str, str]) -> None:
    found = banlists.read(THREE, META, sections=sections)
    assert [(one.name, one.authority) for one in found.entries] == [
        ("Sour Almanac", "community"),
        ("Pale Ledger", "community"),
        ("Grim Lantern", "wmf"),
        ("Velvet Marauder", "wmf"),
    ]
    assert not found.unrecognised


def test_a_section_that_is_missing_makes_the_page_unrecognised() -> None:
    found = banlists.read(
        THREE.replace("Currently banned by the community", "Banned people"), META, sections=META_SECTIONS
    )
    assert 'the section "currently banned by the community" is missing' in [one.why for one in found.unrecognised]


def test_another_section_that_lists_bans_makes_the_page_unrecognised() -> None:
    text = THREE.replace(
        "== See also ==", "== Currently banned by somebody new ==\n* [[User:Bo]], since 2015\n== See also =="
    )
    for sections in (META_SECTIONS, None):
        found = banlists.read(text, META, sections=sections)
        assert [one.text for one in found.unrecognised] == ["* [[User:Bo]], since 2015"]
        assert "Bo" not in [one.name for one in found.entries]
    ok = banlists.read(text, META, sections={**META_SECTIONS, "Currently banned by somebody new": ""})
    assert not ok.unrecognised
    assert "Bo" in [one.name for one in ok.ignored]


def test_a_section_of_the_third_authority_is_known() -> None:
    text = THREE.replace(
        "== See also ==", "== Currently banned by the U4C ==\n* [[User:Bo]], since 2015\n== See also =="
    )
    assert [(one.name, one.authority) for one in banlists.read(text, META).entries][-1] == ("Bo", "u4c")


HEAD = "== Currently banned by the community ==\n* [[User:Ada]], closed on 1 May 2015\n"


@pytest.mark.parametrize(
    ("text", "names", "odd"),
    [
        pytest.param("=== 2016 ===\n* [[User:Bo]], 2016-01-01\n", ["Ada", "Bo"], 0, id="subsection"),
        pytest.param(
            "=== Unsuccessful ===\n* [[User:Bo]], 2016-01-01\n", ["Ada"], 0, id="subsection of something else"
        ),
        pytest.param(
            "=== Lifted ===\n* [[User:Bo]]\n=== 2016 ===\n* [[User:Cy]], 2016-01-01\n", ["Ada", "Cy"], 0, id="and on"
        ),
        pytest.param("; Lifted bans\n* [[User:Bo]], 2016-01-01\n", ["Ada"], 0, id="heading by semicolon"),
        pytest.param("'''Declined requests'''\n* [[User:Bo]], 2016-01-01\n", ["Ada"], 0, id="heading in bold"),
        pytest.param(
            "; Lifted\n* [[User:Bo]]\n; 2016\n* [[User:Cy]], 2016-01-01\n", ["Ada", "Cy"], 0, id="semicolon and on"
        ),
        pytest.param(
            "=== [[User:Bo]] ===\nBanned since 1 May 2015.\n", ["Ada", "Bo"], 0, id="a heading for each person"
        ),
        pytest.param("<h2>Unsuccessful requests</h2>\n* [[User:Bo]], 2016-01-01\n", ["Ada"], 0, id="HTML heading"),
        pytest.param(
            "== Declined ==\n=== 2016 ===\n* [[User:Bo]], 2016-01-01\n", ["Ada"], 0, id="subsection of another one"
        ),
        pytest.param(
            "== Requests ==\n=== 2016 ===\n* [[User:Bo]], 2016-01-01\n", ["Ada"], 1, id="requests may be granted"
        ),
        pytest.param("== Something ==\n* [[User:Bo]], 2016-01-01\n", ["Ada"], 1, id="a section that is not known"),
        pytest.param(
            "== Something ==\n{|\n|-\n| [[User:Bo]] || 2016\n|}\n", ["Ada"], 1, id="a table in such a section"
        ),
        pytest.param("== Something ==\nAsk [[User:Bo]].\n", ["Ada"], 0, id="running text in such a section"),
        pytest.param(
            "<translate>\n== See also == <!--T:3-->\n</translate>\n* [[User:Bo]]\n", ["Ada"], 0, id="translate"
        ),
    ],
)
def test_sections_of_meta_s_list(text: str, names: list[str], odd: int) -> None:
    found = banlists.read(HEAD + text, META)
    assert [one.name for one in found.entries] == names
    assert len(found.unrecognised) == odd


@pytest.mark.parametrize(
    ("text", "names", "odd"),
    [
        pytest.param("* [[User:Ada]], 2015\n* [[User:Bo]], 2016\n", ["Ada", "Bo"], 0, id="no heading at all"),
        pytest.param("== Banned users ==\n* [[User:Ada]], 2015\n", ["Ada"], 0, id="a heading that speaks of bans"),
        pytest.param(
            "== List ==\n=== A ===\n* [[User:Ada]], 2015\n=== B–C ===\n* [[User:Bo]]\n", ["Ada", "Bo"], 0, id="letters"
        ),
        pytest.param(
            "== 2015 ==\n* [[User:Ada]], 2015\n== 2016 ==\n* [[User:Bo]], 2016\n", ["Ada", "Bo"], 0, id="years"
        ),
        pytest.param("* [[User:Ada]], 2015\n== See also ==\n* [[User:Bo/List]]\n", ["Ada"], 0, id="see also"),
        pytest.param(
            "* [[User:Ada]], 2015\n== Lifted bans ==\n=== 2016 ===\n* [[User:Bo]]\n", ["Ada"], 0, id="lifted bans"
        ),
        pytest.param(
            "* [[User:Ada]], 2015\n== Board ==\n* [[User:Bo]]\n", ["Ada"], 1, id="a section that is not known"
        ),
        pytest.param(
            "* [[User:Ada]], 2015\n== Board ==\n=== A ===\n* [[User:Bo]]\n", ["Ada"], 1, id="and a letter in it"
        ),
        pytest.param(
            "== People ==\n{{div col}}\n* [[User:Ada]], 2015\n{{div col end}}\n", ["Ada"], 0, id="block in any section"
        ),
        pytest.param(
            "{{div col}}\n* [[User:Ada]], 2015\n{{div col end}}\n* [[User:Bo]], 2016\n",
            ["Ada"],
            1,
            id="behind the block",
        ),
        pytest.param('<div style="column-count:2">\n* [[User:Ada]], 2015\n</div>\n', ["Ada"], 0, id="block by style"),
        pytest.param("{{columns-list|colwidth=20em|\n* [[User:Ada]], 2015\n}}\n", ["Ada"], 0, id="block by template"),
        pytest.param("{{div col}}\n* [[User:Ada]], 2015\n", ["Ada"], 0, id="a block that is not closed"),
        pytest.param(
            "== Lifted ==\n{{div col}}\n* [[User:Ada]], 2015\n{{div col end}}\n", [], 1, id="a block of lifted bans"
        ),
        pytest.param("Nothing here.", [], 1, id="no list"),
        pytest.param("", [], 1, id="an empty page"),
        pytest.param("#REDIRECT [[User:Ada/List]]", [], 1, id="a redirect"),
        pytest.param(
            "#WEITERLEITUNG [[Bans]]\n* [[User:Ada]], 2015\n", ["Ada"], 1, id="a redirect in another language"
        ),
    ],
)
def test_flat_lists(text: str, names: list[str], odd: int) -> None:
    found = banlists.read(text, META)
    assert [one.name for one in found.entries] == names
    assert len(found.unrecognised) >= odd
    assert bool(found.unrecognised) == bool(odd)


def table(*rows: str, header: str = "! Account !! Since !! Closed by") -> Banlist:
    return banlists.read('{| class="wikitable"\n|+ Bans\n' + "\n|-\n".join([header, *rows]) + "\n|}\n", META)


@pytest.mark.parametrize(
    ("row", "names", "ignored"),
    [
        ("| [[User:Bo]] || 8 February 2026 || [[User:Cy]]", [("Bo", "8 February 2026")], ["Cy"]),
        ('| style="x" | [[User:Bo]]\n| 8 February 2026\n| [[User:Cy]]', [("Bo", "8 February 2026")], ["Cy"]),
        ("| Bo Example || 2026-02-08 || —", [("Bo Example", "2026-02-08")], []),
        ("| {{user|Bo}} || since 2014 || ", [("Bo", "2014")], []),
        ("| [[User:Bo]] (also [[User:Cy]]) || March 2014", [("Bo", "March 2014"), ("Cy", "March 2014")], []),
        ("| [[User:Bo]]<br>\n[[User:Cy]] || March 2014", [("Bo", "March 2014"), ("Cy", "March 2014")], []),
        ("| <s>[[User:Bo]]</s> || March 2014", [], ["Bo"]),
        ("| [[User:Bo]] || March 2014 || lifted 2016", [], ["Bo"]),
        ("! [[User:Bo]]\n| March 2014", [("Bo", "March 2014")], []),
    ],
)
def test_tables(row: str, names: list[tuple[str, str]], ignored: list[str]) -> None:
    found = table("| [[User:Ada]] || 1 May 2015 || x", row)
    assert added(found) == names
    assert sorted(one.name for one in found.ignored) == ignored
    assert not found.unrecognised
    assert found.entries[0].line == 5


@pytest.mark.parametrize(
    ("header", "row", "names"),
    [
        ("! No. !! User name !! Date", "| 1 || [[User:Bo]] || 2015-01-01", ["Bo"]),
        ("! Requested by !! Banned user !! Date", "| [[User:Cy]] || [[User:Bo]] || 2015-01-01", ["Bo"]),
        ("! Konto !! Seit", "| [[User:Bo]] || 2015-01-01", ["Bo"]),
        ("! User !! Other accounts", "| [[User:Bo]] || [[User:Cy]]", ["Bo", "Cy"]),
        ("! User !! Global account", "| [[User:Bo]] || [[Special:CentralAuth/Bo]]", ["Bo"]),
        ("! User !! Since !! Lifted", "| [[User:Bo]] || 2015-01-01 || 2016-01-01", []),
        ("! User !! Since !! Lifted", "| [[User:Bo]] || 2015-01-01 || –", ["Bo"]),
        ("|-", "| 1 || [[User:Bo]] || 2015-01-01", ["Bo"]),
    ],
)
def test_columns(header: str, row: str, names: list[str]) -> None:
    found = table(row, header=header)
    assert [one.name for one in found.entries] == names
    assert bool(found.unrecognised) == (not names)  # a page without any ban is not believed


@pytest.mark.parametrize(
    "row",
    [
        pytest.param("| [[Bo]] || 2015", id="no account, no name"),
        pytest.param("| A{{!}}b || 2015", id="nothing that can be read"),
        pytest.param("| [[User:Bo || 2015", id="a broken link"),
        pytest.param("| || 2015", id="an empty cell"),
    ],
)
def test_rows_that_are_not_understood(row: str) -> None:
    found = table("| [[User:Ada]] || 1 May 2015", row, header="! Konto !! Seit")
    assert [one.line for one in found.unrecognised] == [7]


def test_an_empty_cell_under_user_is_not_understood() -> None:
    assert [one.line for one in table("| || 2015-01-01", header="! User !! Since").unrecognised] == [5]


def test_a_table_inside_of_a_cell_and_one_that_is_not_closed() -> None:
    found = table("| [[User:Bo]]\n{|\n| [[User:Cy]]\n|}\n| 2015-01-01")
    assert [one.name for one in found.entries] == ["Bo", "Cy"]
    assert [one.name for one in banlists.read("{|\n! User\n|-\n| [[User:Bo]]", META).entries] == ["Bo"]


def test_text_before_the_first_row_and_lines_that_go_on() -> None:
    found = banlists.read("{|\nmade by [[User:Cy]]\n|-\n! User\n|-\n| [[User:Bo]]\nsince 2015-01-01\n|}", META)
    assert [one.name for one in found.entries] == ["Bo"]
    assert [one.name for one in found.ignored] == ["Cy"]


def test_a_table_that_begins_with_cells() -> None:
    assert [one.name for one in banlists.read("{|\n| [[User:Bo]] || 2015\n|}", META).entries] == ["Bo"]


def test_accounts_in_the_head_of_a_table_are_ignored() -> None:
    found = banlists.read("{|\n|+ by [[User:Cy]]\n! User ([[User:Di]])\n|-\n| [[User:Bo]]\n|}", META)
    assert [one.name for one in found.entries] == ["Bo"]
    assert {one.name for one in found.ignored} == {"Cy", "Di"}


PIECES = st.sampled_from(
    [
        *"*#:;|-=!'{}[]<>/ \n", "\n* ", "\n** ", "\n== ", " ==\n", "[[User:Ada]]", "[[User:Bo|b]]", "{{user|Cy}}", "[[m:Special:CentralAuth/Di|d]]",
        "since 8 February 2026", "closed by ", "also ", "lifted", "<s>", "</s>", "<!--", "-->", "<nowiki>", "</nowiki>", "{{div col}}",
        "{{div col end}}", "\n{|\n", "\n|}\n", "\n|-\n| ", " || ", "Currently banned by the community", "Unsuccessful", "List", "User:Ed", "<br>",
    ]
)  # fmt: skip
MARKER = re.compile(r"\[\[(?:User:|m:Special:CentralAuth/)(\w+)(?:\|\w)?\]\]|\{\{user\|(\w+)\}\}")


@given(st.lists(PIECES, max_size=40).map("".join), st.sampled_from([None, META_SECTIONS]))
@settings(max_examples=200)
def test_no_account_is_lost(text: str, sections: dict[str, str] | None) -> None:
    found = banlists.read(text, META, sections=sections)
    accounted = {(one.name, one.line) for one in found.entries} | {(one.name, one.line) for one in found.ignored}
    odd = {one.line for one in found.unrecognised}
    for number, line in enumerate(text.split("\n"), 1):
        for marker in MARKER.finditer(line):
            name = marker[1] or marker[2]
            assert name in {one for one, _ in accounted} or odd
            if "{|" not in text:  # a row is one line of the reading, whatever its lines on the page
                assert (name, number) in accounted or number in odd
    assert found.entries or found.unrecognised or sections is None or "==" in text


@given(st.text(max_size=200))
@settings(max_examples=200)
def test_never_raises(text: str) -> None:
    banlists.read(text, META)
    banlists.read("* " + text + "\n{|\n" + text, META, sections=META_SECTIONS)


@pytest.mark.parametrize(
    "piece",
    [
        "<s>",
        "[[",
        "{{",
        "{|\n",
        "* [[User:A]] ",
        "== x ==\n",
        "<!--",
        "<!-- -->",
        "''",
        ",",
        "(",
        " 1 May",
        "lift ",
        "//x ",
        "[//x ",
    ],
)
def test_large_hostile_pages_end(piece: str) -> None:
    banlists.read("{{div col}}\n* [[User:Ada]], since 2015 " + piece * 50_000, META)


def test_a_large_line_of_different_accounts_ends() -> None:
    found = banlists.read("* " + "- ".join(f"[[User:Ada {n}]] " for n in range(20_000)), META)
    assert len(found.entries) == 20_000
