"""Sections are found line by line, whatever decorates or wraps their headings."""

from __future__ import annotations

import pytest

from bot.parse import signups
from bot.parse.markup import lines, mask
from bot.parse.signup_markers import marked_regions
from bot.parse.signup_sections import blocks
from bot.parse.signup_strikes import inside, merged, struck_spans, within
from bot.parse.signup_templates import Use, read, split, use_of, users
from bot.parse.signup_words import Part
from bot.parse.sites import META


def parts(text: str, root: Part = Part.OTHER) -> list[tuple[str, Part]]:
    return [(block.title, block.part) for block in blocks(lines(text, mask(text)), META, frozenset(), root)][1:]


@pytest.mark.parametrize(
    "heading",
    [
        "== Participants ==", "=Participants=", "====== Participants ======", "== Participants (42) ==", "== 1. Participants ==",
        "== 🙋 Who's coming? ==", "==Participants==  {{anchor|x}}", "== [[Special:MyLanguage/X|Participants]] ==",
        "== <span id='a'></span>Participants: ==", "{{anchor|p}}\n== Participants ==", "<div>== Participants ==</div>",
        "<h3 class='x'>Participants</h3>", "<h2>\nParticipants\n</h2>", "<translate><!--T:1-->\n== Participants == <!--T:2--></translate>",
        "== '''Participants''' ==", "== <translate><!--T:7--> Participants</translate> ==", "; Participants", "'''Participants:'''",
        "<big>'''Participants'''</big>", "{{Collapse top|title=Participants}}", "{{students table}}", "{{Event\n|participants =",
        '== <span lang="en" dir="ltr" class="mw-content-ltr">Participants</span> ==',
    ],
)  # fmt: skip
def test_headings(heading: str) -> None:
    found = signups.read(heading + "\n# [[User:A]]\n# [[User:B]]\n", META)
    assert [who.name for who in found.registrants] == ["A", "B"]


@pytest.mark.parametrize(
    "line",
    [
        "By signing below, you agree to the Universal Code of Conduct",
        "I agree to the friendly space policy",
        "Everybody who comes has to follow the code of conduct of the venue",
        "Con tu firma aceptas el Código universal de conducta",
    ],
)
def test_a_bold_condition_takes_nobody_out_of_the_list_below_it(line: str) -> None:
    found = signups.read(f"== Participants ==\n'''{line}'''\n# [[User:A]]\n", META)
    assert [who.name for who in found.registrants] == ["A"]


def test_a_bold_label_of_something_else_still_does() -> None:
    assert signups.read("== Participants ==\n'''Code of conduct'''\n* [[User:A]]\n", META).registrants == ()


@pytest.mark.parametrize(
    "text",
    ["== Participants", "Participants ==", "<!-- == Participants == -->", "<nowiki>\n== Participants ==\n</nowiki>",
     "'''Participants''' are welcome", "{{Participants}}", "====", "== ==", "== " + "x" * 2000 + " ==", "<h2>Participants"],
)  # fmt: skip
def test_what_is_no_heading(text: str) -> None:
    assert not [part for _, part in parts(text) if part is Part.JOIN]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "== Participants ==\n=== Europe ===\n=== Jury ===\n==== Africa ====\n== Links ==",
            [
                ("Participants", Part.JOIN),
                ("Europe", Part.JOIN),
                ("Jury", Part.ROLE),
                ("Africa", Part.ROLE),
                ("Links", Part.INFO),
            ],
            id="subsections take after their section unless they say otherwise",
        ),
        pytest.param(
            "== Not attending ==\n=== Participants ===\n== Waiting list ==\n=== Sign up ===",
            [
                ("Not attending", Part.NOT),
                ("Participants", Part.NOT),
                ("Waiting list", Part.MAYBE),
                ("Sign up", Part.MAYBE),
            ],
            id="a list inside a section of absentees is theirs",
        ),
        pytest.param(
            "== Past meetups ==\n=== Attending ===\n== Organisation ==\n=== Participants ===",
            [
                ("Past meetups", Part.PAST),
                ("Attending", Part.PAST),
                ("Organisation", Part.ROLE),
                ("Participants", Part.JOIN),
            ],
            id="the past stays past",
        ),
        pytest.param(
            "== Participants 2025 ==\n== Participants 2026 ==\n== Other 2020 ==",
            [("Participants 2025", Part.PAST), ("Participants 2026", Part.JOIN), ("Other 2020", Part.OTHER)],
            id="only the newest of sections that differ by the year",
        ),
        pytest.param(
            "== Participants ==\n=== Online ===\n# [[User:A]] 12:00, 1 May 2026 (UTC)\n== Participants 2025 ==\n",
            [("Participants", Part.JOIN), ("Online", Part.JOIN), ("Participants 2025", Part.PAST)],
            id="a section that names no year is of the year of its signatures",
        ),
        pytest.param(
            "== Participants ==\n# [[User:A]]\n== Participants 2025 ==\n# [[User:B]] 12:00, 1 May 2026 (UTC)\n",
            [("Participants", Part.JOIN), ("Participants 2025", Part.JOIN)],
            id="a section without year and signatures says nothing of the others",
        ),
        pytest.param(
            "== Attending ==\n{{hat|Previous meetup}}\n{{cot|Map}}\n{{cob}}\n=== Attended ===\n{{hab}}\n=== Online ===\n",
            [
                ("Attending", Part.JOIN),
                ("Previous meetup", Part.PAST),
                ("Previous meetup", Part.PAST),
                ("Attended", Part.PAST),
                ("Attending", Part.JOIN),
                ("Online", Part.JOIN),
            ],
            id="a box of the past holds the headings inside it",
        ),
        pytest.param(
            "{{hat|Previous meetup}}\n== Attending ==\n",
            [("Previous meetup", Part.PAST), ("Attending", Part.JOIN)],
            id="a box that is never closed holds nothing",
        ),
        pytest.param(
            "{{hat|Previous meetup}}\n== Attending ==\n{{cot|Map}}\n{{cob}}\n",
            [("Previous meetup", Part.PAST), ("Attending", Part.JOIN), ("Attending", Part.JOIN)],
            id="the end of another box does not close it",
        ),
        pytest.param(
            "== Participants ==\n{{Collapse top|Previous participants}}\n{{Collapse bottom}}\n'''Jury'''\n'''Bold'''",
            [
                ("Participants", Part.JOIN),
                ("Previous participants", Part.PAST),
                ("Participants", Part.JOIN),
                ("Jury", Part.ROLE),
            ],
            id="boxes and bold lines",
        ),
        pytest.param(
            "{{Box\n|participants=\n|name=x\n}}\n}}\n|loose=\n",
            [("participants", Part.JOIN), ("", Part.OTHER)],
            id="parameters of a template",
        ),
        pytest.param(
            "{{Box\n|participants=\nx\n}}\n",
            [("participants", Part.JOIN), ("", Part.OTHER)],
            id="the end of the template ends its parameter",
        ),
        pytest.param("{|\n'''Participants'''\n|}", [], id="a bold line in a table's cell"),
    ],
)
def test_what_sections_are(text: str, expected: list[tuple[str, Part]]) -> None:
    assert parts(text) == expected


def test_a_heading_may_name_a_participant() -> None:
    text = "== Participants ==\n=== {{user|Ada}} ===\nx\n==== Week 2 ====\n=== [[:en:X]] ===\n"
    found = blocks(lines(text, mask(text)), META, frozenset(), Part.OTHER)[1:]
    assert [(block.title, bool(block.owner), block.claims) for block in found] == [
        ("Participants", False, False),
        ("Ada", True, True),
        ("Week 2", False, True),
        (":en:X", False, False),
    ]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("<!-- participants start -->x<!-- participants end -->", ["participants start"]),
        ("<!-- BEGIN SIGN-UP -->x<!-- END SIGN-UP -->", ["BEGIN SIGN-UP"]),
        ("<!-- début des participants -->x<!-- fin -->", ["début des participants"]),
        ("<!-- 参加者 開始 -->x<!-- 終了 -->", ["参加者 開始"]),
        ('<section begin="participants" />x<section end="participants" />', ["participants begin"]),
        ("<!-- LIST START -->x<!-- LIST END -->", ["LIST START"]),
        ("<!-- list of articles: start -->x<!-- end -->", []),
        ("<!-- participants start -->x", []),
        ("<!-- participants start -->x<!-- end of the jury -->y<!-- end -->", ["participants start"]),
        ("<!-- organizers start -->x<!-- organizers end -->", []),
        ("<!-- sign below: start with a hash and four tildes please -->x<!-- end of list -->", []),
    ],
)
def test_markers(text: str, names: list[str]) -> None:
    found = marked_regions(text)
    assert [name for name, *_ in found] == names
    assert all(text[start:end].startswith("x") for _, start, end in found)


@pytest.mark.parametrize(
    ("text", "struck"),
    [
        pytest.param("a<s>b</s>c", ["b"], id="one"),
        pytest.param("<s>a\nb</s>", ["a\nb"], id="over lines"),
        pytest.param("<s>a\nb", ["a"], id="never closed: its line"),
        pytest.param("<s>a", ["a"], id="never closed at the end"),
        pytest.param("<s>a\n== B ==\nc</s>", ["a"], id="not over a heading"),
        pytest.param("<s>a<s>b</s>c</s>", ["a<s>b</s>c"], id="nested"),
        pytest.param("<del>a</s></del>", ["a</s>"], id="a closing tag of another kind"),
        pytest.param("<span style='text-decoration:line-through'>a</span><span>b</span>", ["a"], id="style"),
        pytest.param("<small>a</small>", [], id="other tags"),
    ],
)
def test_strikes(text: str, struck: list[str]) -> None:
    assert [text[start:end] for start, end in struck_spans(text)] == struck


def test_spans() -> None:
    spans = merged([(8, 12), (0, 3), (2, 5)])
    assert spans == [(0, 5), (8, 12)]
    assert [inside(offset, spans) for offset in (0, 4, 5, 8, 12)] == [True, True, False, True, False]
    assert within(spans, 4, 10) == [(0, 1), (4, 6)]
    assert within([], 0, 10) == []


@pytest.mark.parametrize(
    ("name", "use"),
    [
        *(
            (name, Use.USER)
            for name in ("user", "User0", "u", "Benutzer", "সদস্য", "مس", "student table row", "Confirmed participant")
        ),
        *((name, Use.PING) for name in ("ping", "Reply to", "notif", "@")),
        *((name, Use.STRIKE) for name in ("s", "strike", "barré")),
        *((name, Use.QUIET) for name in ("#if:x", "userbox", "flag", "done", "participants header")),
        ("some thing", Use.UNKNOWN),
    ],
)
def test_what_templates_are_for(name: str, use: Use) -> None:
    assert use_of(name) is use


def test_reading_a_template() -> None:
    template = read("user|<!-- x -->a = b|1=[[x|y]]|{{z|w}}|c")
    assert template.named == {"<!-- x -->a": "b", "1": "[[x|y]]"} or template.named["1"] == "[[x|y]]"
    assert template.positional[-2:] == ("{{z|w}}", "c")
    assert users(read("participant|country=x|Benutzername=Ada")) == ("Ada",)
    assert users(read("ping||Ada|2=Bo")) == ("Ada", "Bo")
    assert users(read("user|Key=Value")) == ()
    assert split("a|b]]|{{c|d}}|e") == ["a", "b]]", "{{c|d}}", "e"]
