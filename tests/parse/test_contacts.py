"""Safety contacts are read as a reader of the page sees them; what cannot be read is named with its line."""

from __future__ import annotations

from datetime import date, time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.model import Channel, ChannelKind, Contact, Hours, Phase, Role, Training
from bot.parse import calls, contacts, contacts_row
from bot.parse.contacts import PageTeam
from bot.parse.sites import META

PAGE = """\
Welcome!

{{Event safety contacts
| event = Event:Learning Clinic
| lang = en
| form = compact
| timezone = Asia/Kolkata
| phase = during
| number = 112; 100
| emergency = emergency{{@}}wikimedia.org
| trust = ca&#64;wikimedia.org
| team =
Our team:
{{Event safety contact
| name = user:ada_L
| lang = en
| reports = yes
| on site = Yes
| decides =
| removes = no
| language 1 = en
| language 2 = PT-BR
| email = ada{{@}}example.org
| phone = +91 11 2345; +91 11 2346
| chat = #safety on Matrix
| hours = 2026-12-24 09:00–18:00; 22:00-02:00
| phases = during, before
| from = 2026-12-20
| until = 2026-12-26
| training = Keeping events safe (2026-01-02); First aid
| affiliation = [[m:WMIN|Wikimedia '''India''']]<!-- new -->
| order = 1
| mine = 4
}} – call me!
<!-- {{Event safety contact|name=Nobody}} -->
* {{event_safety contact|name=Bob|mail=no|venue=yes}}
}}
"""


def read(text: str) -> PageTeam:
    return contacts.read(text, META, "Event:Learning Clinic")


def listed(rows: str) -> str:
    return f"{{{{Event safety contacts\n| team =\n{rows}\n}}}}"


def row(more: str, name: str = "Ada") -> str:
    return listed(f"{{{{Event safety contact|name={name}\n|{more}\n}}}}")


def only(text: str) -> Contact:
    page = read(text)
    assert page.unparsed == ()
    [contact] = page.roster.contacts
    return contact


def test_a_page_with_everything() -> None:
    page = read(PAGE)
    assert page.unparsed == ()
    event = page.roster.event
    assert (event.title, event.timezone, event.emergency_number) == (
        "Event:Learning Clinic",
        "Asia/Kolkata",
        "112; 100",
    )
    assert (page.lang, page.form, page.phase) == ("en", "compact", "during")
    assert (page.emergency, page.trust) == ("emergency@wikimedia.org", "ca@wikimedia.org")
    assert page.roster.source == "Event:Learning Clinic"
    assert page.roster.contacts == (
        Contact(
            name="Ada L",
            roles=(Role.REPORTS, Role.ON_SITE),
            languages=("en", "pt-br"),
            channels=(
                Channel(ChannelKind.WIKI_MAIL, public=True),
                Channel(ChannelKind.EMAIL, "ada@example.org", public=True),
                Channel(ChannelKind.PHONE, "+91 11 2345", public=True),
                Channel(ChannelKind.PHONE, "+91 11 2346", public=True),
                Channel(ChannelKind.CHAT, "#safety on Matrix", public=True),
            ),
            phases=(Phase.BEFORE, Phase.DURING),
            hours=(Hours(time(9), time(18), date(2026, 12, 24)), Hours(time(22), time(2))),
            begins=date(2026, 12, 20),
            ends=date(2026, 12, 26),
            training=(Training("Keeping events safe", date(2026, 1, 2)), Training("First aid")),
            affiliation="Wikimedia India",
            order=1,
            line=14,
        ),
        Contact(name="Bob", roles=(Role.VENUE,), line=36),
    )
    assert [PAGE[call.start : call.start + 7] for _, call in page.rows] == ["{{Event", "{{event"]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="an empty page"),
        pytest.param("Safety contacts: Ada", id="words"),
        pytest.param(f"<!-- {PAGE.replace('<!--', '').replace('-->', '')} -->", id="in a comment"),
        pytest.param(f"<nowiki>{PAGE}</nowiki>", id="in nowiki"),
        pytest.param("{{Event safety notice|event=X}}", id="another template"),
        pytest.param("[[Template:Event safety contacts]]", id="a link to the template"),
    ],
)
def test_a_page_without_a_list(text: str) -> None:
    page = read(text)
    assert page.call is None
    assert (page.roster.contacts, page.unparsed, page.again, page.strays) == ((), (), (), ())


def test_rows_may_stand_in_tables_and_templates() -> None:
    text = listed(
        "{{{!}}\n{{!}}-\n{{!}} {{Event safety contact|name=Ada}}\n{{!}}}\n{{div|1={{Event safety contact|name=Bob}}}}"
    )
    assert [contact.name for contact in read(text).roster.contacts] == ["Ada", "Bob"]


def test_a_name_without_hours_is_always_there_and_takes_mail() -> None:
    assert only(row("")) == Contact("Ada", channels=(Channel(ChannelKind.WIKI_MAIL, public=True),), line=3)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        pytest.param("ada", "Ada", id="first letter"),
        pytest.param("User:Ada_L", "Ada L", id="namespace and underscore"),
        pytest.param("Benutzerin:ada", "Ada", id="namespace of another language"),
        pytest.param("E&#61;mc2", "E=mc2", id="character reference"),
        pytest.param("Ada<!-- she -->", "Ada", id="comment"),
    ],
)
def test_names_are_canonical(name: str, expected: str) -> None:
    assert only(row("", name)).name == expected


@pytest.mark.parametrize(
    "spelt",
    [
        pytest.param("ada@example.org", id="plain"),
        pytest.param("ada{{@}}example.org", id="template of the sign"),
        pytest.param("ada {{at}} example.org", id="template of the word"),
        pytest.param("{{nospam|ada|example.org}}", id="template of both parts"),
        pytest.param("ada[[File:At sign.svg|16x16px|link=|(_AT_)]]example.org", id="picture"),
        pytest.param("ada(_AT_)example.org", id="brackets"),
        pytest.param("ada (at) example.org", id="round brackets"),
        pytest.param("ada[@]example.org", id="square brackets"),
        pytest.param("ada<nowiki>@</nowiki>example.org", id="nowiki"),
        pytest.param("ada&#64;example.org", id="character reference"),
        pytest.param("[mailto:ada@example.org write to Ada]", id="link"),
        pytest.param("'''ada@example.org'''", id="bold"),
    ],
)
def test_mail_addresses_however_they_are_spelt(spelt: str) -> None:
    assert only(row(f"mail=no|email={spelt}")).channels == (Channel(ChannelKind.EMAIL, "ada@example.org", public=True),)
    assert read(f"{{{{Event safety contacts|trust={spelt}|team=}}}}").trust == "ada@example.org"


@pytest.mark.parametrize(
    ("parameter", "value", "why"),
    [
        pytest.param("reports", "ja", '"ja" is neither yes nor no.', id="role"),
        pytest.param("mail", "never", '"never" is neither yes nor no.', id="mail"),
        pytest.param("language 2", "Klingonese", '"Klingonese" is no language code', id="language"),
        pytest.param("email", "ask me", "This is no e-mail address", id="address"),
        pytest.param("phone", "at the desk", "This is no telephone number", id="telephone"),
        pytest.param("hours", "mornings", '"mornings" is not from and to', id="hours"),
        pytest.param("phases", "always", '"always" is no phase', id="phase"),
        pytest.param("from", "24 December", '"24 December" is no day', id="first day"),
        pytest.param("until", "2026-02-30", '"2026-02-30" is no day', id="last day"),
        pytest.param("training", "First aid (2026-02-30)", '"2026-02-30" is no day', id="training"),
        pytest.param("order", "first", '"first" is no place in the escalation', id="order"),
    ],
)
def test_a_value_that_is_not_in_the_notation_is_named_and_counts_as_nothing(
    parameter: str, value: str, why: str
) -> None:
    page = read(row(f"affiliation = X\n| {parameter} = {value}"))
    [one] = page.unparsed
    assert (one.line, one.text, one.title) == (5, f"{parameter} = {value}", "Event:Learning Clinic")
    assert one.why.startswith(f"{parameter}: {why}")
    assert page.broken == ()
    mail = (Channel(ChannelKind.WIKI_MAIL, public=True),)
    assert page.roster.contacts == (Contact("Ada", affiliation="X", channels=mail, line=3),)


def test_an_unknown_time_zone_is_named() -> None:
    for zone in ("Mars/Phobos", "../etc/passwd", "Europe", "/"):
        page = read(f"{{{{Event safety contacts\n|timezone={zone}|team=}}}}")
        assert [(one.line, one.why.split(";")[0]) for one in page.unparsed] == [
            (2, f'timezone: "{zone}" is no time zone')
        ]
        assert page.broken == ()
        assert page.roster.event.timezone == zone


@pytest.mark.parametrize(
    ("text", "line", "why"),
    [
        pytest.param(listed("{{Event safety contact}}"), 3, "it has no name", id="no name"),
        pytest.param(row("", "A<b>"), 3, "no account can have its name", id="impossible name"),
        pytest.param(row("", "[[User:Ada|Ada]]"), 3, "no account can have its name", id="a link for a name"),
        pytest.param(row("", "127.0.0.1"), 3, "no account can have its name", id="an address for a name"),
        pytest.param(listed("{{Event safety contact|name=Ada"), 1, "it is not closed", id="row not closed"),
        pytest.param("x\n{{Event safety contacts|team=", 2, "it is not closed", id="list not closed"),
        pytest.param("{{Event safety contacts|team=[[x}}", 1, "it is not closed", id="link not closed"),
        pytest.param(listed("{{{Event safety contact}}}"), 3, "it stands in three braces", id="three braces"),
        pytest.param(
            "{{Event safety contacts|{{Event safety contact|name=Ada}}}}",
            1,
            'it stands in the list, but not in its parameter "team"',
            id="row beside the team",
        ),
        pytest.param(
            "{{Event safety contacts|team={{Event safety contact|name=Ada}}|team=x}}",
            1,
            'it stands in the list, but not in its parameter "team"',
            id="row in a team that does not count",
        ),
        pytest.param(
            listed("{{Event safety contact|name=Ada\n|chat={{Event safety contact|name=Bob}}}}"),
            3,
            "another row stands inside it",
            id="row in a row",
        ),
        pytest.param(
            listed("{|\n|-\n| {{Event safety contact|name=Ada}}\n|}"),
            5,
            'it stands in the list, but not in its parameter "team"',
            id="row in a table with plain pipes",
        ),
        pytest.param(
            listed("{{Event safety contacts|team=}}"), 3, "another list stands inside the list", id="list in a list"
        ),
    ],
)
def test_what_no_plan_may_touch(text: str, line: int, why: str) -> None:
    page = read(text)
    assert page.broken[0].line == line
    assert page.broken[0].why.startswith(why)
    assert set(page.broken) <= set(page.unparsed)


def test_the_first_list_counts_and_others_are_named() -> None:
    page = read(f"{row('')}\n\n{row('', 'Bob')}\n{{{{event safety contacts}}}}")
    assert [contact.name for contact in page.roster.contacts] == ["Ada"]
    assert page.again == (8, 14)
    assert page.unparsed == ()


def test_rows_in_no_list_are_named() -> None:
    page = read("{{Event safety contact|name=Zoe}}\n" + row("") + "\n{{Event safety contact|name=Bob}}")
    assert [contact.name for contact in page.roster.contacts] == ["Ada"]
    assert page.strays == (1, 8)
    alone = read("x\n{{Event safety contact|name=Zoe}}")
    assert (alone.call, alone.strays) == (None, (2,))


def test_of_a_repeated_parameter_the_last_one_counts() -> None:
    assert only(row("affiliation=X|affiliation=Y")).affiliation == "Y"


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        pytest.param(" a  b\nc ", "a b c", id="blanks"),
        pytest.param("a<!-- b -->c", "ac", id="comment"),
        pytest.param("[https://example.org Wikimedia] ''India''", "Wikimedia India", id="markup"),
        pytest.param("{{flag|in}} India", "India", id="a template beside words"),
        pytest.param("{{flag|in}}", "{{flag|in}}", id="a template alone"),
        pytest.param("&#91;&#91;x]]", "[[x]]", id="markup that is escaped"),
        pytest.param("ada (at) home", "ada (at) home", id="no address"),
    ],
)
def test_values_as_a_reader_sees_them(raw: str, expected: str) -> None:
    assert contacts_row.shown_value("affiliation", raw) == expected


def test_a_value_of_all_is_cut_where_it_is_told() -> None:
    [one] = read(row(f"hours={'x' * 5000}")).unparsed
    assert len(one.text) <= 200


_PIECES = st.sampled_from(
    (
        *("{{Event safety contacts", "{{Event safety contact", "}}", "|team=", "|name=Ada", "|name=", "|", "=", "\n"),
        *("{{{", "}}}", "[[", "]]", "<!--", "-->", "<nowiki>", "</nowiki>", "{|", "|}", "-{", "}-", "x", "|hours=x"),
        *("{{Event safety contact|name=Bob}}", "|email=", "{{@}}", "|from=", "\u202e", "&#0;", "|timezone=", "\n="),
    )
)


@settings(max_examples=300, deadline=None)
@given(st.lists(_PIECES | st.text(st.characters(codec=None), max_size=3), max_size=20).map("".join))
def test_any_text_is_read_and_no_row_is_dropped_in_silence(text: str) -> None:
    page = read(text)
    found, ruins = calls.find(text, ("Event safety contacts", "Event safety contact"), META)
    rows = [call for call in found if call.name == "Event safety contact"]
    told = {call.start for _, call in page.rows}
    in_others = [one for one in found if one.line in page.again and page.call and one.start >= page.call.end]
    for call in rows:
        inside_other = any(one.start < call.start < one.end for one in in_others)
        lines = {one.line for one in page.broken} | set(page.strays)
        assert call.start in told or call.line in lines or inside_other
    assert len(page.broken) >= len(ruins)


def test_a_page_of_very_many_calls_is_read_in_one_pass() -> None:
    page = read("{{Event safety contacts}}{{Event safety contact}}" * 10_000)
    assert (len(page.again), len(page.strays)) == (9_999, 10_000)
    assert len(read(listed("{{Event safety contact|name=Ada}}\n" * 10_000)).rows) == 10_000
