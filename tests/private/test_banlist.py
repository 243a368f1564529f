from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.errors import BadInputError
from bot.parse.sites import META
from bot.private import banlist, columns, people, sheets
from bot.private.model import BanList, Entry, Field, Grid, Row, Scope, UnreadRow
from tests.private.tables import grid

LISTS = Path(__file__).parent / "lists"


def read(text: str, **columns_: str) -> BanList:
    return banlist.read(grid(text), META, columns={Field(key.replace("_", " ")): one for key, one in columns_.items()})


def shown(entry: Entry) -> str:
    rest = (entry.email, entry.central_id or "", entry.until or "", entry.scope or "", entry.event)
    return " | ".join(map(str, (entry.row, entry.user, entry.real_name, *rest)))


@pytest.mark.parametrize("path", [pytest.param(path, id=path.stem) for path in sorted(LISTS.glob("*.csv"))])
def test_lists_as_people_keep_them(path: Path) -> None:
    expected = json.loads(path.with_suffix(".expected.json").read_text(encoding="utf-8"))
    table = sheets.read(path.read_bytes())
    found = banlist.read(table, META)
    assert {
        "entries": [shown(entry) for entry in found.entries],
        "unread": {str(one.row): one.why for one in found.unread},
        "ends": str(found.ends or ""),
        "notes": list(found.notes),
        "columns": columns.describe(found.columns, table),
    } == expected


@pytest.mark.parametrize(
    ("text", "entries"),
    [
        pytest.param("Ada Abacus\nBo", ["1 Ada Abacus", "2 Bo"], id="names without a header"),
        pytest.param("Username\nAda Abacus\nBo", ["2 Ada Abacus", "3 Bo"], id="names below one"),
        pytest.param("Username\nAda; Bo", ["2 Ada", "2 Bo", "2 Ada; Bo"], id="two in a cell"),
        pytest.param("Username\nAda¶Bo", ["2 Ada", "2 Bo"], id="two lines in a cell"),
        pytest.param("Username\nAda / Bo", ["2 Ada", "2 Bo"], id="no name holds a slash"),
        pytest.param("Username\nAda;Bo", ["2 Ada", "2 Bo", "2 Ada;Bo"], id="a name may hold a semicolon"),
        pytest.param("Username\nAda, Bo", ["2 Ada", "2 Bo", "2 Ada, Bo"], id="a name may hold a comma"),
        pytest.param("Username\nAda (aka Bo)", ["2 Ada", "2 Bo", "2 Ada (aka Bo)"], id="also known as"),
        pytest.param("Username\nAda (WMF)", ["2 Ada (WMF)", "2 Ada (WMF)"], id="brackets in a name"),
        pytest.param("Username\nRex & Max", ["2 Rex & Max", "2 Rex & Max", "2 Rex & Max"], id="what may be two names"),
        pytest.param("Username\nuser:ada_Abacus", ["2 Ada Abacus"], id="as MediaWiki writes it"),
        pytest.param("Username | Known as\nAda | Bo", ["2 Ada", "2 Bo"], id="a column of other names"),
        pytest.param("Username | Until\nAda |\nAda |", ["2 Ada"], id="twice the same"),
        pytest.param("Username\nAda\nUsername\nBo", ["2 Ada", "4 Bo"], id="a header again"),
        pytest.param("Username | Notes\n192.0.2.1 |", ["2 192.0.2.1"], id="an address of the network"),
        pytest.param("Name | Email\nada_1 | a@example.org", ["2 Ada 1"], id="a name that is rather an account's"),
        pytest.param("x | [[User:Ada]]\ny | [[User:Bo]]", ["1 Ada", "2 Bo"], id="links tell the column"),
    ],
)
def test_the_users_of_a_list(text: str, entries: list[str]) -> None:
    assert [f"{one.row} {one.user}" for one in read(text).entries] == entries


@pytest.mark.parametrize(
    ("text", "entry"),
    [
        pytest.param(
            "Username | Real name\n- | Abacus, Ada", Entry(2, real_name="Ada Abacus"), id="last name in front"
        ),
        pytest.param("First name | Last name\nAda | Abacus", Entry(2, real_name="Ada Abacus"), id="two columns"),
        pytest.param(
            "Name | Email\nAda Abacus | a@example.org", Entry(2, "", "Ada Abacus", "a@example.org"), id="e-mail"
        ),
        pytest.param("Username | Email\nAda | a[at]example[dot]org", Entry(2, "Ada", email="a@example.org"), id="at"),
        pytest.param("Username | Central ID\nAda | #345", Entry(2, "Ada", central_id=345), id="central id"),
        pytest.param("Username | Until\nAda | 31.12.2027", Entry(2, "Ada", until=date(2027, 12, 31)), id="until"),
        pytest.param("Username | Until\nAda | soon", Entry(2, "Ada"), id="an end that cannot be read is none"),
        pytest.param(
            "Username | Until | Until\nAda | 2026 | 2027", Entry(2, "Ada", until=date(2027, 12, 31)), id="later"
        ),
        pytest.param("Username | Until | Expiry\nAda | 2026 | never", Entry(2, "Ada"), id="of two ends none is later"),
        pytest.param("Username | Scope\nAda | in person", Entry(2, "Ada", scope=Scope.IN_PERSON), id="scope"),
        pytest.param("Username | Scope\nAda | Europe", Entry(2, "Ada", scope=Scope.ALL), id="a scope not understood"),
        pytest.param("Username | Scope\nAda |", Entry(2, "Ada"), id="no scope"),
        pytest.param("Username | Event\nAda | WikiX", Entry(2, "Ada", scope=Scope.EVENT, event="WikiX"), id="event"),
        pytest.param("Username | Event\nAda | all", Entry(2, "Ada", scope=Scope.ALL), id="all events by their column"),
        pytest.param(
            "Username | Scope | Event\nAda | all events | WikiX",
            Entry(2, "Ada", scope=Scope.ALL),
            id="the wider counts",
        ),
        pytest.param(
            "Username | Scope | Event\nAda | this event | WikiX",
            Entry(2, "Ada", scope=Scope.EVENT, event="WikiX"),
            id="this event, named beside",
        ),
        pytest.param(
            "Username | Scope\nAda | this event", Entry(2, "Ada", scope=Scope.ALL), id="this event, not named"
        ),
        pytest.param(
            "Event: WikiX 2026\nUsername | Scope\nAda | this event",
            Entry(3, "Ada", scope=Scope.EVENT, event="WikiX 2026"),
            id="this event, named above",
        ),
        pytest.param(
            "Event | WikiX 2026\nUsername | Until\nAda |",
            Entry(3, "Ada", scope=Scope.EVENT, event="WikiX 2026"),
            id="above",
        ),
        pytest.param(
            "Username | Event\nAda | All Wikimedia events in Europe", Entry(2, "Ada", scope=Scope.ALL), id="many events"
        ),
        pytest.param("Username | Event\nAda | Europe", Entry(2, "Ada", scope=Scope.ALL), id="a region"),
        pytest.param("Username | Event\nAda | see e-mail", Entry(2, "Ada", scope=Scope.ALL), id="no name of an event"),
        pytest.param("Username | Event\nAda | 2026", Entry(2, "Ada", scope=Scope.ALL), id="a year is no event"),
        pytest.param(
            "Username | Event\nAda | WikiX; Europe", Entry(2, "Ada", scope=Scope.ALL), id="one event and a region"
        ),
        pytest.param(
            "Username | Scope | Event\nAda | in person | Europe",
            Entry(2, "Ada", scope=Scope.IN_PERSON),
            id="a scope beside no name of an event",
        ),
        pytest.param(
            "Conference: | Foundation list of event bans\nUsername | Until\nAda |",
            Entry(3, "Ada"),
            id="no event is named above",
        ),
        pytest.param(
            "Event: WikiX 2026 and all others\nUsername | Until\nAda |", Entry(3, "Ada"), id="more than one above"
        ),
        pytest.param(
            "Event: WikiX 2026\nEvent: WikiY 2026\nUsername | Until\nAda |", Entry(4, "Ada"), id="two events above"
        ),
        pytest.param(
            "Bans from in person events; some also from calls\nUsername | Until\nAda |",
            Entry(3, "Ada", scope=Scope.ALL),
            id="in person and more",
        ),
        pytest.param(
            "Username | Banned until | Until\nAda | | 2024-01-01", Entry(2, "Ada"), id="a blank end is for ever"
        ),
        pytest.param(
            "Username | Banned until | Appeal until\nAda | 2027 | 2024-01-01",
            Entry(2, "Ada", until=date(2027, 12, 31)),
            id="the end of something else",
        ),
        pytest.param(
            "For in-person events only\nUsername | Until\nAda |", Entry(3, "Ada", scope=Scope.IN_PERSON), id="in person"
        ),
    ],
)
def test_what_an_entry_says(text: str, entry: Entry) -> None:
    assert read(text).entries == (entry,)


def test_an_event_is_named_above_names_without_a_header() -> None:
    found = read("Event: WikiX\nValid until: 2026-12-31\nAda")
    assert found.entries == (Entry(3, "Ada", scope=Scope.EVENT, event="WikiX"),)
    assert found.ends == date(2026, 12, 31)


def test_several_events_in_a_cell_give_an_entry_each_and_one_for_the_whole() -> None:
    found = read("Username | Event\nAda | WikiX; WikiY")
    assert [one.event for one in found.entries] == ["WikiX", "WikiY", "WikiX; WikiY"]


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        pytest.param("Valid until: 2026-12-31\nUsername | Until\nAda |", date(2026, 12, 31), id="a label and a day"),
        pytest.param("Delete after | 31.12.2026\nUsername | Until\nAda |", date(2026, 12, 31), id="two cells"),
        pytest.param("Username | Until\nAda |\nDelete by 31 Dec 2026", date(2026, 12, 31), id="below"),
        pytest.param("Zu löschen am 31.12.2026\nBenutzername | Bis\nAda |", date(2026, 12, 31), id="German"),
        pytest.param("À supprimer après le 31/12/2026\nPseudo | Fin\nAda |", date(2026, 12, 31), id="French"),
        pytest.param("有効期限：2026年12月31日\n利用者名 | 期限\nAda |", date(2026, 12, 31), id="Japanese"),
        pytest.param("Удалить после 31.12.2026\nИмя участника | До\nAda |", date(2026, 12, 31), id="Russian"),
        pytest.param("Valid until 03/04/2026\nUsername | Until\nAda |", date(2026, 3, 4), id="the earlier reading"),
        pytest.param("Ada\nBo\nDelete after 2026-12-31", date(2026, 12, 31), id="below names without a header"),
        pytest.param(
            "Username | Until\nAda |\nList valid until | 2026-12-31", date(2026, 12, 31), id="as wide as a row"
        ),
        pytest.param("Username | Until\nAda |\nExpires: 2026-12-31", date(2026, 12, 31), id="a label below"),
        pytest.param("Username\nAda\nExpires: 2026-12-31", date(2026, 12, 31), id="a label below one column"),
        pytest.param("Username\nAda\nAccess expires 2026-12-31", date(2026, 12, 31), id="two words below"),
        pytest.param("Username | Until\nAda |\nExpires: | 2026-12-31", date(2026, 12, 31), id="a label in two cells"),
        pytest.param(
            "Access until the end of the event. List generated 2026-10-01\nUsername\nAda", None, id="next sentence"
        ),
        pytest.param("List generated 2026-10-01, access until it ends\nUsername\nAda", None, id="in front"),
        pytest.param(
            "Generated 2026-10-01. Access until 31 Dec. 2026.\nUsername\nAda", date(2026, 12, 31), id="one of two days"
        ),
        pytest.param(
            "Delete after 31.12.2026. Made 2026-10-01\nUsername\nAda", date(2026, 12, 31), id="a day and a sentence"
        ),
        pytest.param("2026年12月31日以降に削除\n利用者名 | 期限\nAda |", date(2026, 12, 31), id="Japanese, in front"),
        pytest.param("31.12.2026 tarihinden sonra silin\nKullanıcı | Bitiş\nAda |", date(2026, 12, 31), id="Turkish"),
        pytest.param("Made on 2026-01-01\nUsername | Until\nAda |", None, id="a day of something else"),
        pytest.param("Username | Until\nAda | 2026-12-31", None, id="the end of an entry is none of the list"),
    ],
)
def test_the_end_of_the_list_itself(text: str, ends: date | None) -> None:
    assert read(text).ends == ends


@pytest.mark.parametrize(
    ("row", "entries"),
    [
        pytest.param("Till | until 2026-12-31 |", 1, id="a user called Till"),
        pytest.param("Bis | 2026-12-31 |", 1, id="a user called Bis"),
        pytest.param("Expires | 2026-12-31 |", 1, id="a user called Expires"),
        pytest.param("Delete after 2026-12-31 | |", 0, id="a sentence"),
    ],
)
def test_an_entry_with_an_end_is_no_sentence(row: str, entries: int) -> None:
    found = read(f"Username | Until | Scope\n{row}")
    assert len(found.entries) == entries
    assert bool(found.ends) is (not entries)


@pytest.mark.parametrize(
    ("text", "unread"),
    [
        pytest.param("Username | Notes\nAda |\n | x", {3: "it names nobody"}, id="notes alone"),
        pytest.param("Username | Notes\nAda |\n? | x", {3: "it names nobody"}, id="a question mark"),
        pytest.param("Username | Notes\nunknown | x\nAda |", {2: "it names nobody"}, id="unknown"),
        pytest.param("Username\nA#B", {2: "a user name in it cannot be one"}, id="impossible"),
        pytest.param("Username\nhttps://example.org/x", {2: "a user name in it cannot be one"}, id="another address"),
        pytest.param("Username | Real name\nA#B | Ada", {2: "the rest of the row was read"}, id="in part"),
        pytest.param("Username | Until\nAda | x\n | 2027", {3: "it names nobody"}, id="an end alone"),
        pytest.param("Name | User ID\nAda | 1\n | 777", {3: "it names nobody"}, id="an id of no register alone"),
        pytest.param(
            "Zed | x\n | y\nUsername | Notes\nAda |", {2: "it names nobody"}, id="above a header in the middle"
        ),
    ],
)
def test_rows_that_give_nothing_are_told_by_number(text: str, unread: dict[int, str]) -> None:
    found = read(text)
    assert {one.row for one in found.unread} == set(unread)
    assert all(unread[one.row] in one.why for one in found.unread)


def test_a_cell_that_cannot_be_believed_makes_its_row_unread_where_it_would_name_somebody() -> None:
    rows = grid("Username | Until | Notes\n | 2027 |\nBo | | \nCy | 2027 |").rows
    doubted = (
        replace(rows[1], trouble="column A holds a formula", doubtful=(0,)),
        replace(rows[2], trouble="column B holds a formula", doubtful=(1,)),
        replace(rows[3], trouble="column C holds a formula", doubtful=(2,)),
    )
    found = banlist.read(Grid((rows[0], *doubted)), META)
    assert [(one.row, one.why) for one in found.unread] == [(2, "column A holds a formula")]
    assert [(one.user, one.until) for one in found.entries] == [("Bo", None), ("Cy", date(2027, 12, 31))]
    assert f"Row 3: {banlist.NO_END}" in found.notes


def test_a_scope_that_cannot_be_believed_holds_for_all_events() -> None:
    header, row = grid("Username | Scope\nAda |").rows
    found = banlist.read(Grid((header, replace(row, trouble="column B holds a formula", doubtful=(1,)))), META)
    assert found.entries == (Entry(2, "Ada", scope=Scope.ALL),)
    assert found.unread == ()


def test_what_is_struck_through_ends_and_narrows_nothing() -> None:
    header, *rows = grid("Username | Until | Event\nAda | 2024 | WikiX 2026\nBo | 2024 | WikiX 2026\nCy | 2024 |").rows
    changed = (replace(rows[0], struck=(0,)), replace(rows[1], struck=(0, 1, 2)), replace(rows[2], struck=(1,)))
    found = banlist.read(Grid((header, *changed)), META)
    assert found.entries == (
        Entry(2, "Ada", until=date(2024, 12, 31), scope=Scope.EVENT, event="WikiX 2026"),
        Entry(3, "Bo", scope=Scope.ALL),
        Entry(4, "Cy"),
    )
    assert {f"Rows 3–4: {banlist.NO_END}", f"Row 3: {banlist.NO_SCOPE}"} <= set(found.notes)
    assert found.unread == ()


def test_links_name_users_where_people_stand() -> None:
    header, *rows = grid("Username | E-mail | Reported by\nlink | | Zed\nBo | b@c.org | Zed\nCy | | Zed").rows
    page = "https://meta.wikimedia.org/wiki/User:"
    changed = (
        replace(rows[0], links=((0, page + "Ada_A"), (2, page + "Zed"))),
        replace(rows[1], links=((0, "https://example.org/Ada"), (1, "mailto:b@d.org"))),
        replace(rows[2], links=((0, page + "Cy"),)),
    )
    found = banlist.read(Grid((header, *changed)), META)
    assert [(one.row, one.user, one.email) for one in found.entries] == [
        (2, "Link", ""),
        (2, "Ada A", ""),
        (3, "Bo", "b@c.org"),
        (3, "", "b@d.org"),
        (4, "Cy", ""),
    ]
    assert f"Row 3: {people.LINK}" in found.notes
    assert found.unread == ()


def test_a_row_of_which_no_cell_is_known_is_unread() -> None:
    header, row = grid("Username | Until\nAda |").rows
    found = banlist.read(Grid((header, row, Row(3, (), "the line has more than 500 cells"))), META)
    assert [(one.row, one.why) for one in found.unread] == [(3, "the line has more than 500 cells")]


@pytest.mark.parametrize(
    ("text", "note"),
    [
        pytest.param(
            "Username | Until\nAda | 03/04/2026\nBo | 05/06/2026", f"Rows 2–3: {banlist.TWO_ENDS}", id="two ways"
        ),
        pytest.param("Username | Until\nAda | soon", f"Row 2: {banlist.NO_END}", id="no end"),
        pytest.param("Username | Scope\nAda | Mars", f"Row 2: {banlist.NO_SCOPE}", id="no scope"),
        pytest.param("Username | Scope\nAda | this event", f"Row 2: {banlist.NO_EVENT}", id="no event"),
        pytest.param("Username | E-mail\nAda | x", f"Row 2: {people.NO_ADDRESS}", id="no address"),
        pytest.param("Username\nAda\nAda\nBo\nAda", f"Rows 3, 5: {banlist.SAME}", id="repeated"),
        pytest.param("Username\nAda, Bo", f"Row 2: {people.CUT}", id="cut"),
        pytest.param("Secret\nUsername | Until\nAda |", f"Row 1: {people.ABOVE}", id="above"),
        pytest.param("Valid until: 2027\nUsername\nAda", f"Row 1: {banlist.SENTENCE}", id="a sentence above"),
        pytest.param("Username | Until\nAda |\nDelete after 2027", f"Row 3: {banlist.SENTENCE}", id="a sentence"),
        pytest.param("Nr | Username\n1 | Ada\n2 |", f"Row 3: {people.REPEATED}", id="a number alone"),
        pytest.param("Event: WikiX\nUsername | Until\nAda |", banlist.EVENT, id="for one event"),
        pytest.param("Event: WikiX\nEvent: WikiY\nUsername\nAda", banlist.EVENTS, id="for several"),
        pytest.param("Zed | \nUsername | Until\nAda |", f"Row 1: {people.ABOVE_READ}", id="perhaps a title"),
        pytest.param("Username | Until\nAda |\nTotal: 1 entry", f"Row 3: {people.BELOW}", id="a total"),
        pytest.param("Username\nAda\nConfidential – do not forward", f"Row 3: {people.BELOW}", id="a footer"),
        pytest.param("Username\nAda\nTotal", f"Row 3: {people.BELOW_READ}", id="perhaps a footer"),
        pytest.param("Username | Event\nAda | Europe", f"Row 2: {banlist.NO_EVENT}", id="a region"),
        pytest.param("Username | Until | Expiry\nAda | | 2024-01-01", f"Row 2: {banlist.BLANK_END}", id="a blank end"),
    ],
)
def test_notes_name_rows(text: str, note: str) -> None:
    assert note in read(text).notes


def test_a_column_of_events_is_told_unless_the_person_said_it() -> None:
    text = "Username | Event\nAda | WikiX"
    assert read(text).notes == (banlist.EVENT_COLUMN.format("B"),)
    assert read(text, event="B").notes == ()
    without = read(text, event="-")
    assert (without.notes, without.entries) == ((), (Entry(2, "Ada"),))


def test_notes_of_the_file_come_first() -> None:
    table = replace(grid("Username\nAda, Bo"), notes=("Sheet 2 of 3 was read.",))
    assert banlist.read(table, META).notes[0] == "Sheet 2 of 3 was read."


def test_rows_that_look_like_entries_above_the_header_are_read() -> None:
    found = read("Zed | 2027\nYve | 2027\nUsername | Until\nAda | 2027")
    assert [one.user for one in found.entries] == ["Zed", "Yve", "Ada"]


@pytest.mark.parametrize(
    ("text", "users"),
    [
        pytest.param("Zed | x\nUsername | Reason\nAda | y", ["Zed", "Ada"], id="only one column is read"),
        pytest.param("Zed |\nUsername | Reason\nAda | y", ["Zed", "Ada"], id="one cell"),
        pytest.param("Zed | x\nTotal Eclipse |\nUsername | Notes\nAda |", ["Zed", "Total Eclipse", "Ada"], id="a word"),
        pytest.param("Zed | x\nNick |\nUsername | Notes\nAda |", ["Zed", "Nick", "Ada"], id="a heading's word"),
        pytest.param("User:Zed\nDiscord Fan\nUsername\nAda", ["Zed", "Discord Fan", "Ada"], id="one column"),
        pytest.param("Secret\nUsername | Until\nAda |", ["Ada"], id="a title"),
        pytest.param("Username | Until\nAda |\nTotal: 2\nBo | 2027", ["Ada", "Total: 2", "Bo"], id="not at the end"),
    ],
)
def test_no_row_above_or_below_is_lost(text: str, users: list[str]) -> None:
    found = read(text)
    told = {one.row for one in found.unread}
    assert [one.user for one in found.entries if one.row not in told] == users
    assert len({one.row for one in found.entries} | told) == len(users)


def test_names_above_a_heading_in_one_column_are_read_too() -> None:
    found = read("Valid until 2026-12-31\nAda Abacus\nUser\nBo")
    assert [one.user for one in found.entries] == ["Ada Abacus", "Bo"]
    assert found.ends == date(2026, 12, 31)


def test_a_user_whose_name_is_a_heading_does_not_hide_the_rows_above() -> None:
    names = [f"Ada {number}" for number in range(20)]
    found = read("\n".join([*names, "Account", "Bo"]))
    assert [one.user for one in found.entries] == [*names, "Account", "Bo"]


# Words that begin nothing a note would say, and stand in no heading.
NAMES = st.sampled_from(
    ["Zzada", "Zzbo", "Zz Cy", "zz#x", "Zzdi; Zzeo", "Zz, Zzfay", "zz@zz.example", "", "", "-", "7"]
)
CELLS = st.one_of(
    NAMES, st.sampled_from(["2027-01-01", "zzsoon", "03/04/2027", "in person", "zzwhere", "Username", "Until"])
)


@settings(max_examples=150)
@given(st.lists(st.lists(CELLS, min_size=1, max_size=4), max_size=12), st.sampled_from(["Zztop", "Notes", "Real name"]))
def test_no_row_is_lost_in_silence_and_no_content_is_told(rows: list[list[str]], third: str) -> None:
    header = Row(1, ("Username", "Until", "Scope", third))
    table = Grid((header, *(Row(number, tuple(row)) for number, row in enumerate(rows, 2) if any(row))))
    try:
        found = banlist.read(table, META)
    except BadInputError as error:
        refusal = str(error)
        found = BanList((), tuple(UnreadRow(row.number, refusal.replace("Zztop", "")) for row in table.rows))
    told = [*found.notes, *(one.why for one in found.unread)]
    assert not any("zz" in text.casefold() for text in told)
    known = {one.row for one in found.entries} | {one.row for one in found.unread}
    for note in found.notes:
        for first, last in re.findall(r"(\d+)(?:–(\d+))?", note.partition(":")[0]):
            known |= set(range(int(first), int(last or first) + 1))
    headers = {row.number for row in table.rows if "Username" in row.cells}
    assert {row.number for row in table.rows} <= known | headers


@settings(max_examples=60)
@given(st.lists(st.lists(st.text(max_size=12), min_size=1, max_size=4), min_size=1, max_size=8))
def test_any_table_is_read_or_refused(rows: list[list[str]]) -> None:
    table = Grid(tuple(Row(number, tuple(row)) for number, row in enumerate(rows, 1)))
    try:
        found = banlist.read(table, META)
    except BadInputError:
        return
    assert {one.row for one in found.entries} <= {row.number for row in table.rows}


def test_values_have_no_repr() -> None:
    found = read("Username | Real name\nAda Abacus | Ada Abacus")
    assert "Abacus" not in repr(found) + repr(found.entries) + repr(found.columns)


def test_an_id_that_is_none_leaves_its_row_unread_in_part() -> None:
    found = read("Username | Central id\nAda Abacus | 345\nBo Byte | 12x")
    assert [(one.row, one.why) for one in found.unread] == [(3, f"{people.NO_ID}; the rest of the row was read")]
    assert [(entry.user, entry.central_id) for entry in found.entries] == [("Ada Abacus", 345), ("Bo Byte", None)]
