"""What counts as said: put to participants, under any heading or label, and not merely talked about."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.config import Notices
from bot.model import PolicyKind
from bot.parse.enclosed import enclosed
from bot.parse.safetypage import SafetyPage, read
from bot.parse.sites import META

UCOC, FRIENDLY, TECHNICAL, OWN = PolicyKind.UCOC, PolicyKind.FRIENDLY, PolicyKind.TECHNICAL, PolicyKind.OWN
LINK = "[[foundation:Policy:Universal Code of Conduct|UCoC]]"


def page(text: str, title: str = "Event:Tarn Days", notices: Notices | None = None) -> SafetyPage:
    return read(text, META, notices or Notices(), title)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(f"== Code of conduct ==\n{LINK}", id="under a heading"),
        pytest.param(f"== Code of conduct ==\n=== At the venue ===\n{LINK}", id="under a heading's heading"),
        pytest.param(f"<translate>\n== Safety == <!--T:1-->\n\n<!--T:2-->\n{LINK}</translate>", id="in translate"),
        pytest.param(f"'''Safe space:''' {LINK}", id="behind a label"),
        pytest.param(f"* '''Code of conduct''' – {LINK}", id="behind a label in a list"),
        pytest.param(f"Safe space policy: {LINK}", id="behind a plain label"),
        pytest.param(f";Code of conduct\n:{LINK}", id="behind a definition term"),
        pytest.param(f"{{|\n! Code of conduct\n| {LINK}\n|}}", id="behind a table's header"),
        pytest.param(f"{{|\n| Safety || {LINK}\n|}}", id="in the next cell"),
        pytest.param(f"{{{{Event\n|code_of_conduct = {LINK}\n}}}}", id="in a parameter"),
        pytest.param(f"Please follow the {LINK}.", id="told to follow"),
        pytest.param(f"Participants must abide by:\n* kindness\n* the {LINK}", id="in a list of what to follow"),
        pytest.param(f"Please follow\nthe {LINK}.", id="on the next line of the sentence"),
        pytest.param(f"The {LINK} applies to this event.", id="it applies"),
        pytest.param(f"<noinclude>Please follow the {LINK}.</noinclude>", id="not transcluded"),
        pytest.param(f"<div>\nPlease follow the {LINK}.", id="in an element without an end"),
    ],
)
def test_a_policy_is_put_to_participants(text: str) -> None:
    assert page(text).policies == {UCOC: "foundation:Policy:Universal Code of Conduct"}


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(f"We talk about the {LINK}.", id="prose"),
        pytest.param(f"== Programme ==\n* 10:00 Introduction to the {LINK}", id="a talk of the programme"),
        pytest.param(f"* Learn how the {LINK} applies to events", id="something to learn"),
        pytest.param(f"== What is the UCoC? ==\nThe {LINK} is a policy.", id="a question"),
        pytest.param(f"See also\n* {LINK}", id="a list of links"),
        pytest.param(f"Please follow the rules.\n\nThe {LINK} was written in 2020.", id="another paragraph"),
        pytest.param(f"Please follow the rules.\nThe {LINK} was written in 2020.", id="another sentence"),
        pytest.param(f"== Safety ==\nx\n== Links ==\n{LINK}", id="another section"),
        pytest.param(f"'''Safety''': x\n\n{LINK}", id="behind a label's paragraph"),
        pytest.param(f"<!-- Please follow the {LINK}. -->", id="comment"),
        pytest.param(f"<nowiki>Please follow the {LINK}.</nowiki>", id="nowiki"),
        pytest.param(f"<includeonly>Please follow the {LINK}.</includeonly>", id="shown elsewhere"),
        pytest.param("Please follow the Universal Code of Conduct.", id="without a link"),
        pytest.param("Please follow the [[Universal Code of Conduct/FAQ|FAQ]].", id="a page about it"),
        pytest.param("{{UCoC/Navigation}}", id="a template about it"),
        pytest.param("{{tl|UCoC}} <nowiki>{{UCoC}}</nowiki> <!-- {{UCoC}} -->", id="a template's name"),
        pytest.param("{{Event safety notice|own=Please follow the [[UCoC]]}}", id="in the bot's own template"),
        pytest.param("", id="nothing"),
    ],
)
def test_a_policy_is_merely_there(text: str) -> None:
    assert page(text).policies == {}


@pytest.mark.parametrize(
    "title",
    [
        "Event:Introduction to the UCoC",
        "Universal Code of Conduct/Round table",
        "Event:Curso Código universal de conducta",
    ],
)
@pytest.mark.parametrize(
    ("text", "met"),
    [
        (f"== Code of conduct ==\n{LINK}", False),
        (f"== Universal Code of Conduct ==\nThe {LINK} applies everywhere.", False),
        (f"Please read the {LINK} before the session.", False),
        (f"Code of conduct: {LINK}", False),
        (f"== Code of conduct ==\nAll participants must follow the {LINK}.", True),
        (f"By registering you agree to the {LINK}.", True),
        (f"== Safety ==\nThis event follows the {LINK}.", True),
    ],
)  # fmt: skip
def test_a_page_about_a_policy_must_say_that_it_binds(title: str, text: str, met: bool) -> None:
    assert (UCOC in page(text, title).policies) is met
    assert UCOC in page(text).policies or "before the session" in text


def test_a_page_that_speaks_of_little_else_is_about_it() -> None:
    text = f"== Code of conduct ==\n{LINK}\n== Programme ==\n" + "* The UCoC and you\n" * 4
    assert page(text).policies == {}
    assert page(text).sections == ()
    assert page(text.replace("* The UCoC and you\n", "", 1)).policies == {UCOC: LINK[2:45]}
    assert page("{{DISPLAYTITLE:UCoC day}}\nSafety: " + LINK).policies == {}


def test_an_events_own_policy_counts_wherever_it_is_linked() -> None:
    assert page("Home · [[/Code of Conduct|CoC]]").policies == {OWN: "/Code of Conduct"}
    assert page("[[Event:Tarn Days/Friendly_Space|x]]").policies == {OWN: "Event:Tarn Days/Friendly_Space"}
    assert page("{{/Safety}}").policies == {OWN: "/Safety"}
    assert page("{{:Event:Tarn Days/COC}}").policies == {OWN: "Event:Tarn Days/COC"}
    assert page("[[Other/Code of Conduct|x]] {{Other/Safety}} {{/Schedule}}").policies == {}
    assert page("== Code of conduct ==\n[[Other/Code of Conduct|x]]").policies == {OWN: "Other/Code of Conduct"}


def test_templates_of_the_settings_are_notices() -> None:
    notices = Notices(templates={"Be nice": "friendly", "Hack rules": "technical"})
    found = page("{{be nice|x=y}} {{Hack rules}} {{Odd}} {{UCoC}}", notices=notices)
    assert found.policies == {FRIENDLY: "Template:Be nice", TECHNICAL: "Template:Hack rules"}


def test_the_first_link_is_the_one_that_is_given() -> None:
    found = page("== Safety ==\n[[m:UCoC]] [[Universal Code of Conduct]] [[:mw:Code of Conduct]]")
    assert found.policies == {UCOC: "m:UCoC", TECHNICAL: "mw:Code of Conduct"}


def test_calls_of_the_bot() -> None:
    text = (
        "{{Event safety notice|event=Event:X|version=2|lang=de|ucoc=a|odd=b}}\n{{event_safety_reminder|event=Event:X}}\n"
        "{{Event safety contacts|team={{Event safety contact|name=Ada|mail=ada@example.org}}}}\n{{Event safety notice|"
    )
    found = page(text)
    (notice,) = found.notices
    assert (notice.event, notice.version, notice.lang) == ("Event:X", "2", "de")
    assert notice.values == {"event": "Event:X", "version": "2", "lang": "de", "ucoc": "a", "odd": "b"}
    assert [reminder.event for reminder in found.reminders] == ["Event:X"]
    assert [broken.line for broken in found.broken] == [4]
    assert found.addresses == ()


@pytest.mark.parametrize(
    ("text", "people"),
    [
        (
            "== Safety ==\n[[User:Ada]], {{u|Bo}}, [[User talk:Cy|Cy]] and [[Special:EmailUser/Di|Di]]",
            ("Ada", "Bo", "Cy", "Di"),
        ),
        ("== Safety ==\n[[User:Ada]]\n== Jury ==\n[[User:Bo]]", ("Ada",)),
        ("[[User:Ada]] is on site.", ()),
        ("== Safety ==\n[[Special:EmailUser/Emergency]]", ()),
        ("{{Safety contacts|name1=Ada|user 2=[[User:Bo]]|3=Cy|phone=1|note=Di|4=}}", ("Ada", "Bo", "Cy")),
        ("{{Safety contacts|Ada|<nowiki>}}</nowiki>}}", ("Ada",)),
        ("<!-- {{Safety contacts|Ada}} -->", ()),
    ],
)
def test_people(text: str, people: tuple[str, ...]) -> None:
    assert page(text).people == people


@pytest.mark.parametrize(
    ("text", "private", "public"),
    [
        ("Report to a@example.org.", True, False),
        ("Report by [https://forms.example.org/1 this form].", True, False),
        ("Report to [[Special:EmailUser/Ada|Ada]].", True, False),
        ("Report by telephone: +49 30 1234567.", True, False),
        ("Report to:\n* a@example.org", True, False),
        ("Report on the [[Event talk:Tarn Days|talk page]].", False, True),
        ("Write to us on [[Event:Tarn Days/Incidents]].", False, True),
        ("Report to [[User:Ada]] or a [[User talk:Bo|helper]].", False, False),
        ("Report breaches of the [https://meta.wikimedia.org/wiki/UCoC UCoC].", False, False),
        ("We are 12,000 and 030 strong.", False, False),
        ("Ask a@example.org for the key.", False, False),
        ("Report to us.\n\n* a@example.org", False, False),
    ],
)
def test_where_to_report(text: str, private: bool, public: bool) -> None:
    found = page(f"== Safety ==\n{text}")
    assert (found.private_report, found.public_report) == (private, public)
    elsewhere = page(f"== Programme ==\n{text}")
    assert (elsewhere.private_report, elsewhere.public_report) == (False, False)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Write to emergency@wikimedia.org", True),
        ("{{nospam|emergency|wikimedia.org}}", True),
        ("== Safety ==\nEmergency number: 112", True),
        ("== Safety ==\nIm Notfall: 110.", True),
        ("== Safety ==\nEmergencies: +44 20 1234567", True),
        ("== Safety ==\nEmergencies: ask us on 1/12, at 11:20", False),
        ("== Safety ==\nRoom 112", False),
        ("Emergency number: 112", False),
    ],
)
def test_emergency(text: str, expected: bool) -> None:
    assert page(text).emergency is expected


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Please follow the UCoC.", ((UCOC, 1),)),
        ("== Friendly space ==\nThe UCoC applies,\nand the UCoC.", ((UCOC, 2),)),
        (f"Please follow the UCoC.\n\nPlease follow the {LINK}.", ()),
        ("The UCoC is old.", ()),
        ("Please follow the code of conduct.", ()),
    ],
)
def test_policies_named_without_a_link(text: str, named: tuple[tuple[PolicyKind, int], ...]) -> None:
    assert page(text).names_policy == named


@pytest.mark.parametrize(
    ("text", "bodies"),
    [
        ("a\n== Safety ==\nb\nc\n== D ==\n", ["\nb\nc\n"]),
        ("== Safety ==\nb\n=== C ===\nd\n= E =", ["\nb\n=== C ===\nd\n"]),
        ("== Safety ==\nb\n=== Participants ===\nd", ["\nb\n"]),
        ("== Code of conduct ==\nb\n\n{|\n|}\n", ["\nb\n\n"]),
        ("== Safety ==\nb\n\n{|\n|}\n", ["\nb\n\n{|\n|}\n"]),
        ("'''Safety'''\n\nb\nc\n\nd", ["\n\nb\nc\n"]),
        ("'''Safety''': b\nc\n\nd", ["'''Safety''': b\nc\n"]),
        ("'''Safety'''\n* b\n\n* c\n\nd", ["\n* b\n\n* c\n"]),
        ("'''Safety'''\nb\n</div>\nc", ["\nb\n"]),
        ("== Safety ==", [""]),
        ("<h2>\nSafety</h2>\nb", ["\nb"]),
    ],
)
def test_bodies_of_sections(text: str, bodies: list[str]) -> None:
    assert [text[section.start : section.end] for section in page(text).sections] == bodies


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ("a {{b|c}} d", ["{{b|c}}"]),
        ("{|\n| {{b}}\n|}", ["{|\n| {{b}}\n|}"]),
        ("{|\n{|\n|}\n| a\n|}", ["{|\n{|\n|}\n| a\n|}"]),
        ("<b>a</b> <br> <i>b", ["<b>a</b>"]),
        ("<b><i>a</b></i>", ["<b><i>a</b>"]),
        ("{{x|<b>}}a</b>", ["{{x|<b>}}"]),
        ("<ref name=a />b", []),
        (
            "</noinclude>a<includeonly>b<includeonly>c</includeonly>",
            ["</noinclude>", "<includeonly>b<includeonly>c</includeonly>"],
        ),
        ("<noinclude/>b<onlyinclude>c</onlyinclude>", ["<noinclude/>", "<onlyinclude>c</onlyinclude>"]),
        ("{{cot}}a{{hat}}b{{cob}}c", ["{{cot}}a{{hat}}b{{cob}}"]),
        ("{{div col}}a{{div col end}}", ["{{div col}}a{{div col end}}"]),
        ("{{students table}}a{{end of students table}}", ["{{students table}}a{{end of students table}}"]),
        ("{{x/start}}a{{x/end}}", ["{{x/start}}a{{x/end}}"]),
        ("{{cob}}", ["{{cob}}"]),
        ("{{cot}}a{{hat}}b{{hab}}c{{cob}}", ["{{cot}}a{{hat}}b{{hab}}c{{cob}}"]),
        ("* a\n* b\n\nc\n# d", ["* a\n* b", "# d"]),
        ("-{a}-", ["-{a}-"]),
        ("<!--a-->", ["<!--a-->"]),
        (
            "<section begin=a />b<section end=a /><section end=c />",
            ["<section begin=a />b<section end=a />", "<section end=c />"],
        ),
    ],
)
def test_what_is_inside_something(text: str, inside: list[str]) -> None:
    found = enclosed(text)
    assert [text[start:end] for start, end in found.spans if end - start > 1] == inside
    assert not found.trouble
    for start, end in found.spans:
        assert not found.holds(start)
        assert not found.holds(end)
        assert end - start == 1 or found.holds(start + 1)


@given(st.lists(st.sampled_from(["== Safety ==\n", "'''Safety''': ", LINK, "\n", "{{", "}}", "[[", "User:A]]", "<!--", "-->", "* ", "a@b.de ", "<translate>", "Please follow ", "{|\n"]), max_size=16).map("".join))  # fmt: skip
def test_any_page_is_read(text: str) -> None:
    found = page(text)
    assert read(text, META, Notices(), "Event:Tarn Days") == found
    assert all(0 <= section.start <= section.end <= len(text) for section in found.sections)
    assert [section.start for section in found.sections] == sorted(section.start for section in found.sections)
    assert all(target in text for target in found.policies.values())
    assert not set(found.policies) & {kind for kind, _ in found.names_policy}
