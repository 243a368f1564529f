from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.errors import BadInputError
from bot.model import Channel, ChannelKind, Contact, Hours, ItemState, Phase, Role, Roster, RosterEvent, Training
from bot.parse import roster
from bot.parse.sites import META

FOLDER = Path(__file__).parent / "rosters"


def read(text: str | bytes, name: str = "team.toml") -> Roster:
    return roster.read(text if isinstance(text, bytes) else text.encode(), name, META)


def problems(text: str | bytes, name: str = "team.toml") -> tuple[str, ...]:
    with pytest.raises(BadInputError) as caught:
        read(text, name)
    return caught.value.problems


def sample(name: str) -> Roster:
    return read((FOLDER / name).read_bytes(), name)


def test_the_sample_says_what_it_says() -> None:
    found = sample("learning_clinic.toml")
    assert found.source == "learning_clinic.toml"
    assert found.event == RosterEvent(
        title="Event:Learning Clinic",
        start=datetime.fromisoformat("2026-12-24 13:00"),
        end=datetime.fromisoformat("2026-12-25 18:00"),
        timezone="Asia/Kolkata",
        languages=("en", "hi", "ta"),
        country="IN",
        online=True,
        in_person=True,
        small=False,
        technical=False,
        affiliates=("CIS-A2K",),
        organizers=("Ada Example", "Dev Example"),
        policy="Event:Learning Clinic/Friendly space policy",
        report_page="Event talk:Learning Clinic",
        emergency_number="112",
        after_days=21,
    )
    assert [one.name for one in found.contacts] == [f"{name} Example" for name in ("Ada", "Bo", "Cy", "Dev", "Eve")]
    assert found.contacts[0] == Contact(
        name="Ada Example",
        roles=(Role.REPORTS, Role.DECIDES),
        languages=("en", "hi"),
        channels=(
            Channel(ChannelKind.WIKI_MAIL),
            Channel(ChannelKind.EMAIL, "ada@example.org", public=True),
            Channel(ChannelKind.PHONE, "+91 11 2345 6789"),
        ),
        phases=tuple(Phase),
        hours=(
            Hours(time(12), time(19), date(2026, 12, 24)),
            Hours(time(9), time(19), date(2026, 12, 25)),
        ),
        training=(Training("Keeping events safe", date(2026, 1, 2)), Training("First aid")),
        affiliation="CIS-A2K",
        order=1,
        line=21,
    )
    third = found.contacts[2]
    assert (third.begins, third.ends, third.phases) == (
        date(2026, 12, 24),
        date(2027, 1, 10),
        (Phase.DURING, Phase.AFTER),
    )
    course = found.courses[0]
    assert (course.cohort, course.begins, course.apply_until) == (
        "Winter 2026",
        date(2026, 11, 30),
        date(2026, 11, 20),
    )
    assert course.roles == (Role.REPORTS, Role.ON_SITE)
    assert [(one.item, one.state, one.line) for one in found.declared] == [
        ("quiet-room", ItemState.DONE, 93),
        ("printed", ItemState.MISSING, 98),
        ("venue-security", ItemState.NOT_APPLICABLE, 102),
    ]


def test_the_lines_of_the_sample_are_those_of_its_tables() -> None:
    lines = (FOLDER / "learning_clinic.toml").read_text(encoding="utf-8").splitlines()
    found = sample("learning_clinic.toml")
    assert {lines[one.line - 1] for one in found.contacts} == {"[[contact]]"}
    assert {lines[one.line - 1] for one in found.courses} == {"[[course]]"}
    assert {lines[one.line - 1] for one in found.declared} == {"[[declared]]"}


def test_the_same_team_in_csv_is_the_same() -> None:
    toml, table = sample("learning_clinic.toml"), sample("learning_clinic.csv")
    assert [replace(one, line=0) for one in toml.contacts] == [replace(one, line=0) for one in table.contacts]
    assert [one.line for one in table.contacts] == [2, 3, 4, 5, 6]
    assert (table.event, table.courses, table.declared) == (RosterEvent(), (), ())


def test_a_roster_need_not_say_much() -> None:
    assert read('[event]\ncountry = "de"\n').event == RosterEvent(country="DE")
    assert read('[[contact]]\nname = "ada_Example"\n').contacts == (Contact("Ada Example", line=1),)
    assert read('contact = [\n  {name = "Ada"},\n  {name = "Bo", order = 1},\n]\n').contacts == (
        Contact("Ada", line=2),
        Contact("Bo", order=1, line=3),
    )


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_the_sample_reads_the_same_with_any_line_end_and_a_mark(newline: str) -> None:
    text = (FOLDER / "learning_clinic.toml").read_text(encoding="utf-8")
    again = read(b"\xef\xbb\xbf" + text.replace("\n", newline).encode(), "learning_clinic.toml")
    assert again == sample("learning_clinic.toml")


CONTACT = '[[contact]]\nname = "Ada"\n'


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        # Keys in no table
        pytest.param(
            'title = "Event:Some"\n[event]\ncountry = "DE"\n',
            ['line 1: "title" stands in no table; write it below "[event]".'], id="a key of the event in no table",
        ),
        pytest.param(
            "hours = ['09:00-10:00']\n" + CONTACT,
            ['line 1: "hours" stands in no table; write it below "[[contact]]".'], id="a key of a contact in no table",
        ),
        pytest.param(
            "name = 'Ada'\n\nstate = 'done'\nwhere = 'here'\n",
            ['line 1: "name" stands in no table; write it below "[[contact]]".',
             'line 3: "state" stands in no table; write it below "[[declared]]".',
             'line 4: "where" stands in no table; write it below "[[course]]".'], id="keys of three tables in none",
        ),
        pytest.param(
            "titel = 'x'\nevents = []\n" + CONTACT,
            ['line 1: "titel" stands in no table; write it below the line of the table that it belongs to.',
             'line 2: "events" stands in no table; write it below the line of the table that it belongs to.'],
            id="keys of no table in none",
        ),
        pytest.param(
            "[[title]]\nx = 1\n",
            ['line 1: There is no table "title"; there are "event", "contact", "course", "declared".'],
            id="a table with the name of a key",
        ),
        # Unknown keys
        pytest.param(
            CONTACT + 'langauges = ["en"]\n',
            ['line 3: There is no "langauges" in [[contact]]; do you mean "languages"?'], id="unknown key, a near one",
        ),
        pytest.param(
            CONTACT + "\n[event]\n\nwhatnot = 1\n",
            [('line 6: There is no "whatnot" in [event]; there are "title", "start", "end", "timezone", "languages",'
             ' "country", "online", "in_person", "small", "technical", "affiliates", "organizers", "policy",'
             ' "report_page", "emergency_number", "after_days".')], id="unknown key, none near",
        ),
        pytest.param(
            "[[contacts]]\nname = 'Ada'\n", ['line 1: There is no table "contacts"; do you mean "contact"?'],
            id="unknown table",
        ),
        pytest.param(
            CONTACT + "[[contact.channel]]\nkind = 'wiki mail'\nopen = true\n",
            ['line 5: There is no "open" in [[contact.channel]]; there are "kind", "value", "public".'],
            id="unknown key of a channel",
        ),
        pytest.param(
            CONTACT + "channel = [\n  {kind = 'wiki mail'},\n  {kind = 'phone', value = '112', pubic = true},\n]\n",
            ['line 5: There is no "pubic" in [[contact.channel]]; do you mean "public"?'],
            id="unknown key in an inline table on a line of its own",
        ),
        pytest.param(
            "event.title = 'Event:X'\nevent.tilte = 'Event:Y'\n",
            ['line 2: There is no "tilte" in [event]; do you mean "title"?'], id="unknown dotted key",
        ),
        pytest.param(
            "[event]\r\ntitle = '''\r\nEvent:X\r\n'''\r\naffter_days = 3\r\n",
            ['line 5: There is no "affter_days" in [event]; do you mean "after_days"?'],
            id="unknown key behind a text on several lines, CRLF",
        ),
        # Days and times
        pytest.param(
            CONTACT + "from = '2026-02-30'\n",
            ['line 3: "2026-02-30" is no day of the calendar; write it as "2026-12-24".'], id="bad date, text",
        ),
        pytest.param(
            CONTACT + "from = 2026-02-30\n",
            ['line 3: This is no day or time of TOML; write "2026-12-24" or "2026-12-24 13:00", in quotation marks.'],
            id="bad date, TOML",
        ),
        pytest.param(
            CONTACT + "until = 24.12.2026\n",
            ["line 3: This is no TOML: Expected newline or end of document after a statement."], id="bad date, bare",
        ),
        pytest.param(
            CONTACT + "from = 2026-12-24T09:00:00\n",
            ['line 3: "from" must be a day without a time; write "2026-12-24".'], id="a time beside the day",
        ),
        pytest.param(
            CONTACT + "from = 2026\n", ['line 3: "from" must be text, not the number 2026.'], id="a year for a day"
        ),
        pytest.param(
            "[event]\nstart = '2026-12-24 25:00'\n",
            ['line 2: "2026-12-24 25:00" is no day and time; write "start" as "2026-12-24 13:00".'], id="bad time",
        ),
        pytest.param(
            "[event]\nstart = 'Christmas'\n",
            ['line 2: "Christmas" is no day and time; write "start" as "2026-12-24 13:00".'], id="no time at all",
        ),
        pytest.param(
            "[event]\nend = 2026-12-24\n", ['line 2: "end" needs a time beside the day; write "2026-12-24 09:00".'],
            id="no time beside the day",
        ),
        pytest.param(
            "[event]\nstart = 2026-12-24T13:00:00+05:30\nend = '2026-12-24 18:00Z'\n",
            [('line 2: "start" holds the offset "+05:30"; write the time that clocks at the event show, and name their'
             ' zone in "timezone".'),
             ('line 3: "end" holds the offset "Z"; write the time that clocks at the event show, and name their'
             ' zone in "timezone".')], id="offsets",
        ),
        pytest.param(
            "[event]\nstart = 2026-12-24 18:00:00\nend = '2026-12-24 13:00'\n",
            ["line 3: The event ends at 2026-12-24 13:00, and begins at 2026-12-24 18:00; it must end later."], id="end before start",
        ),
        pytest.param(
            CONTACT + "until = 2026-12-24\nfrom = 2026-12-25\n",
            ["line 3: The contact's days end (2026-12-24) before they begin (2026-12-25)."], id="until before from",
        ),
        pytest.param(
            "[event]\ntimezone = 'Asia/Kolkatta'\n",
            ['line 2: There is no time zone "Asia/Kolkatta"; do you mean "Asia/Kolkata"?'], id="unknown time zone",
        ),
        pytest.param(
            "[event]\ntimezone = '../../etc'\n",
            ['line 2: There is no time zone "../../etc"; write a name of the IANA database such as "Asia/Kolkata".'],
            id="a time zone that is a path",
        ),
        # Hours
        pytest.param(
            CONTACT + "hours = [\n  '09:00-10:00',\n\n  '9-18', # late\n]\n",
            ['line 6: "9-18" is not from and to; write "09:00-18:00", or "2026-12-24 09:00-18:00" for one day.'],
            id="bad hours in an array on several lines",
        ),
        pytest.param(
            CONTACT + "hours = [\n  '09:00-12:00',\n  '11:00-13:00',\n]\n",
            ['line 5: "11:00-13:00" overlaps with "09:00-12:00" of line 4; put both in one.'], id="overlapping ranges",
        ),
        pytest.param(
            CONTACT + "hours = '2026-12-24 22:00-06:00; 2026-12-25 05:59-09:00'\n",
            ['line 3: "2026-12-25 05:59-09:00" overlaps with "2026-12-24 22:00-06:00"; put both in one.'],
            id="overlapping over midnight",
        ),
        pytest.param(
            CONTACT + "hours = '05:00-07:00; 22:00-06:00'\n",
            ['line 3: "22:00-06:00" overlaps with "05:00-07:00"; put both in one.'], id="overlapping every midnight",
        ),
        pytest.param(
            CONTACT + "hours = ['09:00-12:00', '09:00-12:00']\n",
            ['line 3: "09:00-12:00" overlaps with "09:00-12:00"; put both in one.'], id="the same hours twice",
        ),
        pytest.param(
            CONTACT + f"hours = {['2026-12-24 09:00-10:00'] * 501}\n",
            ["line 3: There are 501 hours; a contact has 500 at most."], id="too many hours",
        ),
        # To the public
        pytest.param(
            "[event]\nemergency_number = '112 or Ada, 0555-01 99 1'\n" + CONTACT + "channels = 'phone: (0555) 01-99 1'\n",
            [("line 3: The emergency number of the event is the telephone of Ada, which is not public; mark it public,"
             " or write another number.")], id="a private telephone as the emergency number",
        ),
        # Twice
        pytest.param(
            CONTACT + "\n" + CONTACT.replace("Ada", "ada"),
            [('line 4: "Ada" stands on line 1 already for the same days (before, during, after); put both in one, or'
             " give them other phases or days.")], id="duplicate person",
        ),
        pytest.param(
            CONTACT + "phases = 'before, during'\nfrom = 2026-12-01\n" + CONTACT + "phases = 'during'\n",
            [('line 5: "Ada" stands on line 1 already for the same days (during); put both in one, or give them other'
             " phases or days.")], id="duplicate in one phase",
        ),
        pytest.param(
            CONTACT + "order = 1\n[[contact]]\nname = 'Bo'\norder = 1\n",
            ['line 4: Place 1 in the escalation is that of "Ada" on line 1 already.'], id="duplicate order",
        ),
        pytest.param(
            "[[course]]\nname = 'Safe'\n[[course]]\nname = 'SAFE'\n",
            ['line 3: The course "SAFE" stands on line 1 already; leave one out.'], id="duplicate course",
        ),
        pytest.param(
            "[[declared]]\nitem = 'printed'\nstate = 'done'\n[[declared]]\nitem = 'printed'\nstate = 'missing'\n",
            ['line 4: The item "printed" is declared on line 1 already; leave one out.'], id="duplicate item",
        ),
        pytest.param(
            CONTACT + "name = 'Bo'\n", ["line 3: This is no TOML: Cannot overwrite a value."], id="duplicate key"
        ),
        # Words
        pytest.param(
            CONTACT + "roles = [\n 'reports',\n 'boss',\n]\n",
            [('line 5: "boss" is no role; there are "reports" (or "takes reports"), "on site" (or "responds on site"),'
             ' "decides", "removes" (or "removes people"), "venue" (or "speaks with the venue").')], id="role",
        ),
        pytest.param(
            CONTACT + "phases = 'whilst'\n", ['line 3: "whilst" is no phase; there are "before", "during", "after".'],
            id="phase",
        ),
        pytest.param(
            "[[declared]]\nitem = 'quietroom'\nstate = 'doen'\n",
            ['line 2: There is no item "quietroom"; do you mean "quiet-room"?',
             'line 3: There is no state "doen"; do you mean "done"?'], id="item and state",
        ),
        pytest.param(
            "[event]\ncountry = 'UK'\n", ['line 2: There is no country code "UK"; do you mean "GB"?'], id="country"
        ),
        pytest.param(
            "[event]\ncountry = 'India'\n",
            ['line 2: There is no country code "India"; write two letters of ISO 3166-1 such as "IN".'],
            id="the name of a country",
        ),
        pytest.param(
            "[event]\nlanguages = ['en', 'English']\n",
            ['line 2: "English" is no language code of MediaWiki; write one such as "en" or "pt-br".'], id="language",
        ),
        pytest.param(
            "[[contact]]\nname = 'A[b]'\n",
            ['line 2: "A[b]" cannot be a user name; write it as it stands on the wiki.'], id="impossible name",
        ),
        pytest.param(
            "[event]\norganizers = ['Ada', '192.0.2.7']\n",
            ['line 2: "192.0.2.7" is an IP address; write the user name of an account.'], id="an address for a name",
        ),
        pytest.param(
            "[event]\ntitle = '[[Event:X]]'\npolicy = 'https://example.org/x'\n",
            ['line 2: "[[Event:X]]" is no title of a page; write it as it stands above the page.',
             'line 3: "https://example.org/x" is no title of a page; write it as it stands above the page.'],
            id="titles",
        ),
        pytest.param(
            "[event]\nemergency_number = 'ask the desk'\n",
            ['line 2: "ask the desk" is no emergency number; write "112", or "100 (police), 108".'], id="emergency",
        ),
        pytest.param(
            CONTACT + "channels = 'wiki mail; email: ada'\n",
            ['line 3: This is no e-mail address; write one such as "ada@example.org".'], id="channels in a text",
        ),
        pytest.param(
            CONTACT + "[[contact.channel]]\nkind = 'email'\nvalue = 'ada'\n[[contact.channel]]\nkind = 'pigeon'\n",
            ['line 5: This is no e-mail address; write one such as "ada@example.org".',
             'line 7: "pigeon" is no way to reach somebody; there are "wiki mail", "email", "phone", "chat".'],
            id="channels in tables",
        ),
        # Kinds of values
        pytest.param(
            CONTACT + "order = '-1'\n",
            ['line 3: "order" must be a whole number from 1 to 99, not the number -1.'], id="order as text",
        ),
        pytest.param(
            CONTACT + "order = 0\n", ['line 3: "order" must be a whole number from 1 to 99, not the number 0.'],
            id="order 0",
        ),
        pytest.param(
            CONTACT + "order = true\n", ['line 3: "order" must be a whole number from 1 to 99, not true.'],
            id="order true",
        ),
        pytest.param(
            CONTACT + "affiliation = ['x']\norder = {a = 1}\nroles = 2026-01-01\n",
            ['line 3: "affiliation" must be text, not a list.',
             'line 4: "order" must be a whole number from 1 to 99, not a table.',
             'line 5: "roles" must be text or a list of texts, not a date or time.'], id="kinds",
        ),
        pytest.param(
            "[[contact]]\nname = 7\n[[course]]\nname = ['x']\n",
            ['line 2: "name" must be text, not the number 7.', 'line 4: "name" must be text, not a list.'],
            id="a name that is no text",
        ),
        pytest.param(
            CONTACT + "roles = [\n  'reports',\n  3,\n]\n", ['line 5: "roles" must hold texts, not the number 3.'],
            id="a number in a list",
        ),
        pytest.param(
            "[event]\nonline = 'perhaps'\nafter_days = 1e300\n",
            ['line 2: "online" must be true or false, not "perhaps".',
             'line 3: "after_days" must be a whole number from 0 to 365, not a number as large as that.'], id="flag",
        ),
        pytest.param(
            "[contact]\nname = 'Ada'\n",
            ['line 1: There may be several of these; write "[[contact]]" in double brackets.'], id="single brackets",
        ),
        pytest.param(
            "[[event]]\ntitle = 'X'\n", ['line 1: There is one event; write "[event]" in single brackets.'],
            id="double brackets",
        ),
        pytest.param("course = [1]\n", ['line 1: "course" must hold tables; write "[[course]]".'], id="no tables"),
        # What is not there
        pytest.param(
            "[[contact]]\norder = 1\n[[contact]]\nname = ' '\n",
            ['line 1: [[contact]] has no "name"; write the user name of the contact.',
             'line 3: [[contact]] has no "name"; write the user name of the contact.'], id="no name",
        ),
        pytest.param(
            "[[course]]\ncohort = 'x'\n[[declared]]\nitem = ' '\n",
            ['line 1: [[course]] has no "name"; write the name of the course.',
             'line 3: [[declared]] has no "item"; write which item is meant.',
             'line 3: [[declared]] has no "state"; write which state is meant.'], id="no course, item, state",
        ),
        pytest.param(
            CONTACT + "[[contact.channel]]\nvalue = 'x'\n",
            ['line 3: [[contact.channel]] has no "kind"; write which way it is.'], id="no kind",
        ),
        pytest.param(
            "[[contact]]\nname = Ada\norder = 'x'\n",
            ["line 2: This is no TOML: Invalid value.",
             'line 3: "order" must be a whole number from 1 to 99, not "x".'],
            id="a name that cannot be read is not called missing",
        ),
        pytest.param(
            "# nothing\n", ["line 1: The roster is empty; write a [[contact]] for each member of the response team."],
            id="empty",
        ),
        pytest.param(
            CONTACT + "[[contact.channel]]\nkind = ' '\n[[contact.channel]]\nkind = 'email'\n",
            ['line 3: [[contact.channel]] has no "kind"; write which way it is.',
             'line 6: There is no address behind "email"; write "email: " and the address.'], id="empty kind, no value",
        ),
        # Files
        pytest.param(b"# a\n# \xff\n", ["line 2: This is not UTF-8; save the file as UTF-8."], id="not UTF-8"),
        pytest.param(
            CONTACT + "[[contact]\nname = 'Bo'\n",
            ["line 3: This is no TOML: Expected ']]' at the end of an array declaration."], id="bad TOML",
        ),
    ],
)  # fmt: skip
def test_bad_rosters_are_named_by_line(text: str | bytes, sentences: list[str]) -> None:
    assert list(problems(text)) == sentences


def test_all_problems_of_a_file_are_named_in_the_order_of_lines() -> None:
    text = "[event]\ncountry = 'XX'\ntimezone = 'Mars/Base'\n[[contact]]\nnmae = 'Ada'\nroles = 'boss'\nfrom = 2026-02-30\n"
    found = problems(text)
    assert [sentence.partition(":")[0] for sentence in found] == [f"line {n}" for n in (2, 3, 5, 6, 7)]
    with pytest.raises(BadInputError, match=r"^The roster a\.toml has 5 problems; nothing of it is used"):
        read(text, "a.toml")
    with pytest.raises(BadInputError, match=r"^The roster a\.toml has a problem; nothing of it is used"):
        read("x = 1", "a.toml")


def test_a_file_that_is_too_large_is_refused() -> None:
    with pytest.raises(BadInputError, match="more than 1000000 bytes"):
        read(b"#" * 1_000_001)
    with pytest.raises(BadInputError, match="is empty"):
        read(b"#" * 1_000_000)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("phases = 'before'\n[[contact]]\nname = 'Ada'\nphases = 'during, after'\n", id="other phases"),
        pytest.param("until = 2026-12-24\n[[contact]]\nname = 'Ada'\nfrom = 2026-12-25\n", id="other days"),
        pytest.param(
            "order = 1\nphases = 'before'\n[[contact]]\nname = 'Bo'\norder = 1\nphases = 'after'\n",
            id="the same order in other phases",
        ),
        pytest.param("order = 1\n[[contact]]\nname = '1'\norder = 2\n", id="a name like an order"),
        pytest.param("hours = '09:00-12:00; 12:00-13:00'\n", id="hours that touch"),
        pytest.param("hours = '22:00-06:00; 06:00-22:00'\n", id="hours that touch at both ends"),
        pytest.param("hours = '09:00-18:00; 2026-12-24 09:00-18:00'\n", id="a day beside every day"),
        pytest.param("hours = '2026-12-24 22:00-06:00; 2026-12-26 05:00-07:00'\n", id="days apart"),
        pytest.param("from = 2026-12-24\nuntil = '2026-12-24'\n", id="one day"),
        pytest.param("[event]\ncountry = 'xk'\nemergency_number = 112\nonline = 'no'\nafter_days = '0'\ntechnical = ''\n", id="forms"),
        pytest.param("[event]\nstart = '2026-12-24T9:00:00'\nend = 2026-12-24T09:01:00\n[[course]]\nname = 'x'\n"
                     "cohort = 'a'\n[[course]]\nname = 'x'\ncohort = 'b'\n", id="a course with two cohorts"),
    ],
)  # fmt: skip
def test_what_is_not_wrong(text: str) -> None:
    assert read(CONTACT + text).contacts[0].name == "Ada"


@pytest.mark.parametrize("name", ["a.toml", "a.csv", "A.CSV"])
@given(data=st.binary(max_size=80) | st.text(max_size=60).map(str.encode))
@settings(max_examples=150)
def test_any_bytes_are_read_or_refused(name: str, data: bytes) -> None:
    try:
        read(data, name)
    except BadInputError:
        return


KEYS = st.sampled_from(
    ["name", "roles", "hours", "from", "until", "order", "channel", "channels", "start", "title", "x"]
)
VALUES = st.recursive(
    st.sampled_from(
        ["'Ada'", "''", "'09:00-18:00'", "1", "true", "2026-12-24", "2026-12-24T09:00:00Z", "09:00:00", "1.5"]
    ),
    lambda inner: (
        st.lists(inner, max_size=3).map(lambda some: f"[{', '.join(some)}]")
        | st.tuples(KEYS, inner).map(lambda pair: f"{{{pair[0]} = {pair[1]}}}")
    ),
    max_leaves=4,
)
TABLES = st.sampled_from(
    ["[event]", "[[contact]]", "[[course]]", "[[declared]]", "[contact]", "[[contact.channel]]", "[x]"]
)


@given(st.lists(TABLES | st.tuples(KEYS, VALUES).map(" = ".join), max_size=12))
@settings(max_examples=300)
def test_any_toml_is_read_or_refused_with_lines(lines: list[str]) -> None:
    try:
        found = read("\n".join(lines))
    except BadInputError as error:
        numbers = [int(one.split(":")[0].removeprefix("line ")) for one in error.problems]
        assert numbers == sorted(numbers)
        assert numbers
        assert numbers[-1] <= max(len(lines), 1)
        return
    assert all(lines[one.line - 1] == "[[contact]]" for one in found.contacts)


@pytest.mark.parametrize(
    ("number", "channel"),
    [
        pytest.param("0555 01991", "{ kind = 'phone', value = '0555 01991', public = true }", id="public"),
        pytest.param("112", "{ kind = 'phone', value = '112' }", id="a short number is everybody's"),
        pytest.param("112", "{ kind = 'phone', value = '0555 01991' }", id="another number"),
    ],
)
def test_an_emergency_number_that_is_nobodys_secret_is_taken(number: str, channel: str) -> None:
    text = f"[event]\nemergency_number = '{number}'\n{CONTACT}channel = [{channel}]\n"
    assert roster.read(text.encode(), "r.toml", META).event.emergency_number == number


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("channels = 'phone: +47 555 01 99 ask Ada'", id="telephone with words"),
        pytest.param("channels = '+47 555 01 99'", id="telephone without a kind"),
        pytest.param("channels = 'email: ada@home.example; ada2@home.example'", id="address without a kind"),
        pytest.param("channels = 'email: ada at home.example'", id="address without its sign"),
        pytest.param("channels = 'wiki mail: ada@home.example'", id="address for wiki mail"),
        pytest.param("channel = [{ kind = 'phone', value = 'x +47 555 01 99' }]", id="in a table"),
        pytest.param("phone = '+47 555 01 99'", id="under a key that is unknown"),
    ],
)
def test_what_is_said_of_a_bad_roster_holds_no_way_to_reach_somebody(line: str) -> None:
    with pytest.raises(BadInputError) as raised:
        roster.read(f"{CONTACT}{line}\n".encode(), "r.toml", META)
    assert "line 3" in str(raised.value)
    assert "555" not in str(raised.value)
    assert "home" not in str(raised.value)


PAGE = '<!DOCTYPE html>\n<html lang="en">\n<p>Ada = Bo</p>\n' + "<p>And more.</p>\n" * 70
NAMES = "Ada Example\nBo Example\n"
TABLE = "name;roles\nAda Example;reports\n# Bo\nCy;decides\n"
PROSE = "The contact is Ada.\n\nevent: Learning Clinic\n* [[User:Ada]]\n== Team ==\n"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(PAGE, id="a web page"),
        pytest.param(NAMES, id="a list of names"),
        pytest.param(TABLE, id="CSV"),
        pytest.param("name,roles\r\nAda,reports\r\n", id="CSV with CRLF"),
        pytest.param(PROSE, id="prose"),
        pytest.param("ok = 1\n" + PAGE, id="a web page with a line that is TOML"),
        pytest.param("x", id="a letter"),
        pytest.param("\0\n\x01", id="no text"),
    ],
)
def test_what_is_no_toml_at_all_is_said_once(text: str) -> None:
    with pytest.raises(BadInputError) as caught:
        read(text, "team.txt")
    assert str(caught.value) == (
        "The roster team.txt is no TOML, in which a roster is written; "
        "if it is a table in CSV, give it a name that ends in .csv."
    )


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        pytest.param(CONTACT + NAMES, [3, 4], id="names below a contact"),
        pytest.param("[event\n" + NAMES, [1], id="a broken header, which ends the reading"),
        pytest.param("  [[ contact ]]\n" + PAGE, [*range(2, 52)], id="a web page below a table of ours"),
        pytest.param("[evnt]\ntitle = 'x'\nAda\nBo\n", [1, 3, 4], id="half of it is TOML"),
        pytest.param("title = x\n", [1], id="a key with a wrong value"),
        pytest.param('"title"  = x\n', [1], id="a key in quotation marks"),
    ],
)
def test_what_is_meant_as_toml_has_each_bad_line_named(text: str, lines: list[int]) -> None:
    assert [int(one.removeprefix("line ").partition(":")[0]) for one in problems(text)] == lines
