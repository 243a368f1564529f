from __future__ import annotations

import csv
import io
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.errors import BadInputError
from bot.model import Channel, ChannelKind, Contact, Phase, Role, Training
from bot.parse import contact_fields as fields
from bot.parse import roster
from bot.parse.sites import META

ADA = Contact("Ada", roles=(Role.REPORTS, Role.DECIDES), languages=("en", "hi"), order=1, line=2)


def read(text: str | bytes) -> tuple[Contact, ...]:
    return roster.read(text if isinstance(text, bytes) else text.encode(), "team.csv", META).contacts


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b'name,roles,languages,order\nAda,"takes reports, decides","en, hi",1\n', id="comma"),
        pytest.param(b"name;roles;languages;order\nAda;takes reports, decides;en, hi;1\n", id="semicolon"),
        pytest.param(b"name\troles\tlanguages\torder\nAda\treports; decides\ten; hi\t1\n", id="tab"),
        pytest.param(b"Order;NAME;Languages; Roles \r\n1;ada;hi;\r\n".replace(b"hi;", b"EN, hi;decides, reports"),
                     id="any order and case, CRLF"),
        pytest.param("\ufeffname;roles;languages;order\nAda;reports, decides;en, hi;1\n".encode("utf-16-le"), id="UTF-16"),
        pytest.param(b"name;roles;languages;order;;\nAda;reports, decides;en, hi;1;;\n", id="empty columns at the end"),
    ],
)  # fmt: skip
def test_forms(data: bytes) -> None:
    assert read(data) == (ADA,)


def test_only_the_name_is_needed() -> None:
    assert read("name\nAda\n\nBo\n") == (Contact("Ada", line=2), Contact("Bo", line=4))


def test_all_columns() -> None:
    text = (
        "name|roles|languages|phases|hours|from|until|affiliation|order|training|channels\n"
        "Ada|on site|en|before|09:00-10:00|2026-12-01|2026-12-24|A|7|Aid (2026-01-02)|chat: x (public); wiki mail\n"
    )
    assert read(text) == (
        Contact(
            "Ada",
            (Role.ON_SITE,),
            ("en",),
            (Channel(ChannelKind.CHAT, "x", public=True), Channel(ChannelKind.WIKI_MAIL)),
            (Phase.BEFORE,),
            fields.hours("09:00-10:00"),
            date(2026, 12, 1),
            date(2026, 12, 24),
            (Training("Aid", date(2026, 1, 2)),),
            "A",
            7,
            2,
        ),
    )


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        pytest.param(
            "name;langauges\nAda;en\n", ['line 1: There is no column "langauges"; do you mean "languages"?'],
            id="unknown column",
        ),
        pytest.param(
            "user;order\nAda;1\n", ['line 1: The header has no column "name"; it has "user", "order".'], id="no name"
        ),
        pytest.param("name;order;Order\nAda;1;2\n", ['line 1: There are two columns "order"; leave one out.'], id="twice"),
        pytest.param(
            "name;order\n", ["line 1: There is a header and no row; write a row for each member of the response team."],
            id="no rows",
        ),
        pytest.param(
            "name;order\nAda;1;x\n",
            ['line 2: "x" stands in no column of the header; put a cell with the delimiter in quotes.'], id="wide row",
        ),
        pytest.param(
            "name;;order\nAda;x;1\n",
            ['line 2: "x" stands in no column of the header; put a cell with the delimiter in quotes.'],
            id="a column without a name",
        ),
        pytest.param(
            "name;order\n;1\nA[b];2\n",
            ['line 2: The row has no "name"; write the user name of the contact.',
             'line 3: "A[b]" cannot be a user name; write it as it stands on the wiki.'], id="names",
        ),
        pytest.param(
            'name;hours\nAda;"09:00-12:00;\n11:00-13:00"\nBo;9-18\n',
            ['line 2: "11:00-13:00" overlaps with "09:00-12:00"; put both in one.',
             'line 4: "9-18" is not from and to; write "09:00-18:00", or "2026-12-24 09:00-18:00" for one day.'],
            id="hours, behind a line break in a cell",
        ),
        pytest.param(
            "name;from;until\nAda;2026-02-30;\nBo;2026-12-25;2026-12-24\n",
            ['line 2: "2026-02-30" is no day of the calendar; write it as "2026-12-24".',
             "line 3: The contact's days end (2026-12-24) before they begin (2026-12-25)."], id="days",
        ),
        pytest.param(
            "name;order\nAda;1\nBo;1\nada;2\nCy;first\n",
            ['line 3: Place 1 in the escalation is that of "Ada" on line 2 already.',
             ('line 4: "Ada" stands on line 2 already for the same days (before, during, after);'
              " put both in one, or give them other phases or days."),
             'line 5: "order" must be a whole number from 1 to 99, not "first".'], id="twice, and no number",
        ),
    ],
)  # fmt: skip
def test_bad_rosters_are_named_by_line(text: str, sentences: list[str]) -> None:
    with pytest.raises(BadInputError) as caught:
        read(text)
    assert list(caught.value.problems) == sentences


@pytest.mark.parametrize(
    ("data", "says"),
    [
        pytest.param(b"", r"^The roster team\.csv is empty\.", id="empty"),
        pytest.param(b"name\nZo\xeb\n", r"^The roster team\.csv is not UTF-8 \(line 2\)", id="Latin-1"),
        pytest.param(b"PK\x03\x04", r"^The roster team\.csv is a spreadsheet", id="spreadsheet"),
        pytest.param(
            b"name\n" + b"x" * 200_000, r"^The roster team\.csv cannot be read as CSV: line 2", id="huge cell"
        ),
    ],
)
def test_files_that_are_no_table(data: bytes, says: str) -> None:
    with pytest.raises(BadInputError, match=says):
        read(data)


NAMES = st.sampled_from(["Ada", "Bo", "Cy", "Dev, the second", "Eve; again", '"F"'])
CONTACTS = st.builds(
    Contact,
    name=NAMES,
    roles=st.sets(st.sampled_from(Role)).map(lambda some: tuple(role for role in Role if role in some)),
    languages=st.lists(st.sampled_from(["en", "hi", "pt-br"]), unique=True).map(tuple),
    channels=st.lists(st.builds(Channel, st.just(ChannelKind.CHAT), NAMES, st.booleans()), max_size=2, unique=True).map(
        tuple
    ),
    phases=st.sets(st.sampled_from(Phase), min_size=1).map(lambda some: tuple(one for one in Phase if one in some)),
    training=st.lists(st.builds(Training, NAMES, st.none() | st.dates()), max_size=2, unique=True).map(tuple),
    affiliation=NAMES,
    begins=st.none() | st.dates(),
)


@given(st.lists(CONTACTS, min_size=1, max_size=4, unique_by=lambda one: one.name), st.sampled_from(",;\t|"))
@settings(max_examples=150)
def test_a_written_table_reads_as_what_it_was_written_from(contacts: list[Contact], delimiter: str) -> None:
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, delimiter=delimiter)
    writer.writerow(["name", "roles", "languages", "phases", "from", "training", "channels", "affiliation", "order"])
    for number, one in enumerate(contacts, 1):
        writer.writerow(
            [
                one.name,
                fields.roles_text(one.roles),
                fields.languages_text(one.languages),
                fields.phases_text(one.phases),
                one.begins or "",
                fields.training_text(one.training),
                fields.channels_text(one.channels),
                one.affiliation,
                number,
            ]
        )
    found = read(buffer.getvalue())
    assert [(one.name, one.order, one.line) for one in found] == [
        (one.name, number, number + 1) for number, one in enumerate(contacts, 1)
    ]
    for one, other in zip(found, contacts, strict=True):
        assert (one.roles, one.languages, one.phases, one.begins, one.training, one.channels, one.affiliation) == (
            *(other.roles, other.languages, other.phases, other.begins, other.training, other.channels),
            other.affiliation,
        )
