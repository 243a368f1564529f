from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.model import NameState
from bot.parse import usernames
from bot.parse.sites import META
from bot.private import cells


@pytest.mark.parametrize(
    ("cell", "users"),
    [
        pytest.param("Ada Example", "Ada Example", id="a name"),
        pytest.param(" ada_Example ", "Ada Example", id="blanks"),
        pytest.param("User:Ada", "Ada", id="prefix"),
        pytest.param("Benutzerin:Ada", "Ada", id="a prefix of another language"),
        pytest.param("w:de:Benutzer:Ada", "Ada", id="interwiki"),
        pytest.param("[[User:Ada|somebody]]", "Ada", id="link"),
        pytest.param("[[Ada]]", "Ada", id="a link without prefix"),
        pytest.param(
            "[[User:Ada|Ada]] ([[User talk:Ada|talk]] · [[Special:Contributions/Ada|contribs]])", "Ada", id="signed"
        ),
        pytest.param("[[User:Ada]] / talk", "Ada", id="the talk beside a link"),
        pytest.param("[[User:Ada]] and [[User:Bo]]", "Ada|Bo|And", id="links and a word, which may be a name"),
        pytest.param("{{u|Ada}} {{user|1=Bo}}", "Ada|Bo", id="templates"),
        pytest.param("https://en.wikipedia.org/wiki/User:Ada_Example", "Ada Example", id="address"),
        pytest.param("meta.wikimedia.org/wiki/Special:CentralAuth/Ada", "Ada", id="an address without https"),
        pytest.param("[https://meta.wikimedia.org/wiki/User:Ada Ada]", "Ada", id="an address in brackets"),
        pytest.param("@Ada", "Ada|@Ada", id="at"),
        pytest.param("*Ada", "Ada|*Ada", id="a star that may belong to the name"),
        pytest.param("Bo ex Machina", "Bo ex Machina", id="a word that may belong to the name"),
        pytest.param("\u200fAda\u200f", "Ada", id="marks of direction"),
        pytest.param("Ada@enwiki", "Ada", id="the wiki behind it"),
        pytest.param("* Ada", "Ada", id="bullet"),
        pytest.param("• Ada\n• Bo", "Ada|Bo", id="bullets"),
        pytest.param("1. Ada", "Ada|1. Ada", id="a number that may belong to the name"),
        pytest.param("“Ada”", "Ada|“Ada”", id="quotation marks"),
        pytest.param("Username: Ada", "Ada", id="a label"),
        pytest.param("Ada; Bo ; Cy", "Ada|Bo|Cy|Ada; Bo ; Cy", id="semicolons, which a name may hold"),
        pytest.param("Ada | Bo", "Ada|Bo", id="bars"),
        pytest.param("Ada/Bo", "Ada|Bo", id="a slash"),
        pytest.param("Ada, aka Bo", "Ada|Bo|Ada, aka Bo", id="aka"),
        pytest.param("Ada (formerly Bo)", "Ada|Bo|Ada (formerly Bo)", id="formerly"),
        pytest.param("Ada (früher Bo)", "Ada|Bo|Ada (früher Bo)", id="formerly in German"),
        pytest.param("Ada alias Bo", "Ada|Bo|Ada alias Bo", id="alias"),
        pytest.param("Ada (now Bo)", "Ada|Bo|Ada (now Bo)", id="now"),
        pytest.param("Ada (was: Bo)", "Ada|Bo|Ada (was: Bo)", id="was"),
        pytest.param("Ada (ex-Bo)", "Ada|Bo|Ada (ex-Bo)", id="ex with a hyphen"),
        pytest.param("Ada renamed to Bo", "Ada|Bo|Ada renamed to Bo", id="renamed"),
        pytest.param("Sun•Moon", "Sun|Moon|Sun•Moon", id="a bullet that a name may hold"),
        pytest.param("Ada (talk)", "Ada|Ada (talk)", id="the talk of a signature"),
        pytest.param("Ada (talk · contribs)", "Ada", id="the tools of a signature"),
        pytest.param("Ada (talk | contribs | block log)", "Ada", id="tools between bars"),
        pytest.param("[[User:Ada]] (CA)", "Ada", id="one tool behind a link"),
        pytest.param("Ada (enwiki)", "Ada|Ada (enwiki)", id="a wiki behind a name"),
        pytest.param("Ada (de.wikipedia)", "Ada|Ada (de.wikipedia)", id="the address of a wiki"),
        pytest.param("Ada (she/her)", "Ada", id="pronouns"),
        pytest.param("User:Ada (until 2028-05-01)", "Ada|Ada (until 2028-05-01)", id="a day behind a name"),
        pytest.param("User:Ada (until 2028)", "Ada|Ada (until 2028)", id="a year behind a name"),
        pytest.param("Ada (WMF)", "Ada (WMF)", id="brackets of a name"),
        pytest.param("架空太郎、架空次郎", "架空太郎|架空次郎|架空太郎、架空次郎", id="a Japanese comma"),
        pytest.param("'=Ada", "=Ada", id="guarded from being a formula"),
        pytest.param('="Ada"', "Ada", id="a text as a formula"),
        pytest.param("n/a", "", id="none"),
        pytest.param("なし", "", id="none in Japanese"),
        pytest.param("???", "", id="marks"),
        pytest.param("192.0.2.1", "192.0.2.1", id="an address of the network"),
    ],
)
def test_users_of_a_cell(cell: str, users: str) -> None:
    found = cells.user_names(cell, META)
    assert found.users == tuple(filter(None, users.split("|")))
    assert found.bad == 0


@pytest.mark.parametrize(
    ("cell", "users", "perhaps"),
    [
        pytest.param("Ada (CA)", "Ada (CA)", "Ada", id="one tool"),
        pytest.param("Ada (log)", "Ada (log)", "Ada", id="another tool"),
        pytest.param("Ada (WMF)", "Ada (WMF)", "Ada", id="a word that belongs to the name"),
        pytest.param("Ada (Bo)", "Ada (Bo)", "Ada|Bo", id="a name, or none"),
        pytest.param("Ada (2001)", "Ada (2001)", "Ada|2001", id="a number that belongs to the name"),
        pytest.param(
            "Ada (enwiki) (appealed)", "Ada (enwiki) (appealed)", "Ada|Ada (enwiki)|Appealed", id="two brackets"
        ),
        pytest.param("Ada (appealed), Bo", "Ada (appealed)|Bo|Ada (appealed), Bo", "Ada|Appealed", id="in a list"),
        pytest.param("Rex & Max", "Rex & Max", "Rex|Max", id="an ampersand"),
        pytest.param("Rex and Max", "Rex and Max", "Rex|Max", id="and"),
        pytest.param("Rex und Max", "Rex und Max", "Rex|Max", id="and in German"),
        pytest.param("Rex + Max", "Rex + Max", "Rex|Max", id="plus"),
        pytest.param("Rex → Max", "Rex → Max", "Rex|Max", id="an arrow"),
        pytest.param("Rex - banned", "Rex - banned", "Rex|Banned", id="a dash"),
        pytest.param("Bo ex Machina", "Bo ex Machina", "Bo|Machina", id="a word of another language"),
        pytest.param("Bo&Co", "Bo&Co", "", id="no blanks"),
        pytest.param("Ada (now Bo)", "Ada|Bo|Ada (now Bo)", "", id="what is sure is not perhaps"),
        pytest.param("and", "And", "", id="a word alone"),
    ],
)
def test_parts_that_may_be_a_name_or_none_stand_apart(cell: str, users: str, perhaps: str) -> None:
    found = cells.user_names(cell, META)
    assert found.users == tuple(filter(None, users.split("|")))
    assert found.perhaps == tuple(filter(None, perhaps.split("|")))
    assert found.bad == 0


def test_a_list_in_one_cell_that_is_too_long_for_a_name_is_its_parts() -> None:
    every = [f"Name{number}" for number in range(100)]
    for between in (", ", "; ", " • "):
        found = cells.user_names(between.join(every), META)
        assert (list(found.users), found.bad, found.is_cut) == (every, 0, True)


def test_brackets_without_end_are_no_name() -> None:
    found = cells.user_names("a(b)" * 300, META)
    assert (found.users, found.perhaps, found.bad) == ((), (), 1)


@given(st.from_regex(r"\A[A-Z][a-z0-9 .;,&+()•=-]{0,20}[a-z)]\Z"))
def test_a_name_is_kept_whole_whatever_else_is_read_in_it(name: str) -> None:
    whole = usernames.canonical(name, META)
    if whole.state is NameState.ACCOUNT and not cells.is_blank(name) and "_" not in name and cells.tidy(name) == name:
        found = cells.user_names(name, META)
        balanced = name.count("(") == name.count(")")
        tools = "(talk" in name
        assert whole.name in found.users or not balanced or tools


@pytest.mark.parametrize(
    ("cell", "bad"),
    [
        pytest.param("a#b", 1, id="a character that no name has"),
        pytest.param("Ada; a#b", 1, id="beside a name"),
        pytest.param("https://example.org/Ada", 1, id="another site"),
        pytest.param("[[File:Ada.png]]", 1, id="a file"),
        pytest.param("x" * 5000, 1, id="too long"),
        pytest.param("x" * 300, 1, id="too long for a name"),
    ],
)
def test_parts_that_are_no_user_are_counted(cell: str, bad: int) -> None:
    assert cells.user_names(cell, META).bad == bad


def test_an_address_among_users_is_an_address() -> None:
    found = cells.user_names("Ada <ada@example.org>", META)
    assert (found.users, found.emails) == (("Ada",), ("ada@example.org",))


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        pytest.param("Ada Abacus", "Ada Abacus", id="as it is"),
        pytest.param("Abacus, Ada", "Ada Abacus", id="last name in front"),
        pytest.param("مثال، ألف", "ألف مثال", id="an Arabic comma"),
        pytest.param("  Ada\u00a0 Abacus ", "Ada Abacus", id="blanks"),
        pytest.param("Dr. Ada Abacus", "Ada Abacus", id="title"),
        pytest.param("Prof. Dr. Ada Abacus", "Ada Abacus", id="titles"),
        pytest.param("Frau Ada Abacus", "Ada Abacus", id="address"),
        pytest.param("架空 太郎様", "架空 太郎", id="a Japanese honour"),
        pytest.param("Ada Abacus (she/her)", "Ada Abacus", id="pronouns"),
        pytest.param('Ada "Bo" Abacus', "Ada Abacus|Bo Abacus", id="nickname"),
        pytest.param("Ada (Bo) Abacus", "Ada Abacus|Bo Abacus", id="nickname in brackets"),
        pytest.param("Abacus, Ada, M.", "Ada M. Abacus", id="two commas"),
        pytest.param("Ada Abacus; Bo Byte", "Ada Abacus|Bo Byte", id="two people"),
        pytest.param("Ada Abacus aka Bo Byte", "Ada Abacus|Bo Byte", id="two names"),
        pytest.param("Ada Abacus¶Bo Byte".replace("¶", "\n"), "Ada Abacus|Bo Byte", id="two lines"),
        pytest.param("unbekannt", "", id="unknown"),
        pytest.param("-", "", id="a dash"),
        pytest.param("Msgr Example", "Msgr Example", id="a name that only begins like a title"),
    ],
)
def test_real_names(cell: str, names: str) -> None:
    assert cells.real_names(cell, META).real_names == tuple(filter(None, names.split("|")))


def test_a_text_that_is_too_long_is_no_real_name() -> None:
    found = cells.real_names("Ada " * 2000, META)
    assert (found.real_names, found.bad) == ((), 1)


def test_a_real_name_may_stand_with_an_address_and_a_link() -> None:
    found = cells.real_names("Ada Abacus <ada@example.org> [[User:Ada]]", META)
    assert (found.real_names, found.emails, found.users) == (("Ada Abacus",), ("ada@example.org",), ("Ada",))


@pytest.mark.parametrize(
    ("cell", "addresses"),
    [
        pytest.param("ada@example.org", "ada@example.org", id="plain"),
        pytest.param("mailto:Ada@Example.org", "Ada@Example.org", id="mailto"),
        pytest.param("<ada@example.org>, bo@example.org", "ada@example.org bo@example.org", id="two"),
        pytest.param("ada (at) example (dot) org", "ada@example.org", id="words in brackets"),
        pytest.param("ada[at]example.org", "ada@example.org", id="square brackets"),
        pytest.param("ada at example dot org", "ada@example.org", id="words"),
        pytest.param("ada＠example.org", "ada@example.org", id="full width"),
        pytest.param("ada+tag@müller.example", "ada+tag@müller.example", id="a host that is not ASCII"),
        pytest.param("Ada@enwiki", "", id="a wiki is no host"),
        pytest.param("meet at noon", "", id="at in a sentence"),
        pytest.param("@ada", "", id="a handle"),
        pytest.param("x@" * 3000 + "y.org", "", id="too long"),
    ],
)
def test_addresses(cell: str, addresses: str) -> None:
    assert " ".join(cells.emails(cell)[0]) == addresses


@pytest.mark.parametrize(
    ("cell", "ids", "bad"),
    [
        pytest.param("345", (345,), 0, id="a number"),
        pytest.param("345.0", (345,), 0, id="as a spreadsheet writes it"),
        pytest.param("#345; ID 12", (345, 12), 0, id="two"),
        pytest.param("３４５", (345,), 0, id="full width"),
        pytest.param("1,234,567", (1234567,), 0, id="groups behind commas"),
        pytest.param("1.234.567", (1234567,), 0, id="groups behind full stops"),
        pytest.param("1 234 567", (1234567,), 0, id="groups behind blanks"),
        pytest.param("1\u202f234\u00a0567", (1234567,), 0, id="blanks that do not break"),
        pytest.param("1'234'567", (1234567,), 0, id="groups behind apostrophes"),
        pytest.param("1,234", (1234,), 0, id="one group"),
        pytest.param("1,234,567; 2,345,678", (1234567, 2345678), 0, id="two with groups"),
        pytest.param("12, 345", (12, 345), 0, id="two behind a comma and a blank"),
        pytest.param("12345,678", (12345, 678), 0, id="two behind a comma"),
        pytest.param("345.000", (), 1, id="a number with decimals, or a larger one"),
        pytest.param("345.00", (345,), 0, id="two decimals"),
        pytest.param("1 2345", (), 1, id="digits with a blank"),
        pytest.param("0", (), 1, id="no account has it"),
        pytest.param("Ada", (), 1, id="a name"),
        pytest.param("9" * 30, (), 1, id="too large"),
        pytest.param(" " * 9000 + "1", (1,), 0, id="blanks"),
        pytest.param("1" + " ;1" * 5000, (), 1, id="too long"),
        pytest.param("-", (), 0, id="none"),
    ],
)
def test_central_ids(cell: str, ids: tuple[int, ...], bad: int) -> None:
    assert cells.central_ids(cells.tidy(cell)) == (ids, bad)


@given(st.text(max_size=200))
def test_any_cell_gives_canonical_names_or_says_what_is_bad(text: str) -> None:
    found = cells.user_names(text, META)
    assert all(name and name == name.strip() for name in found.users)
    assert all(name for name in cells.real_names(text, META).real_names)
    if not (found.users or found.emails or found.bad):
        assert cells.is_blank(cells.tidy(text)) or not any(c.isalnum() for c in text) or "@" in text or "{" in text


@given(st.integers(1, 10**12), st.sampled_from([",", ".", " ", "'"]))
def test_an_id_with_groups_of_digits_is_that_id_or_bad(number: int, by: str) -> None:
    found, bad = cells.central_ids(f"{number:,}".replace(",", by))
    assert (found, bad) in {((number,), 0), ((), 1)}


@given(st.from_regex(r"\A[A-Z][a-z]{2,8} [A-Z][a-z]{2,8}\Z"))
def test_a_plain_name_is_read_as_it_is(name: str) -> None:
    if not cells.is_blank(name):
        assert cells.user_names(name, META).users[-1] == name
