"""In one entry the leading user or the signer is the registrant; others are excluded with a reason."""

from __future__ import annotations

import pytest

from bot.parse.signup_entries import IN_ANOTHERS_ENTRY, IN_PROSE, SPOKEN_TO, read_entry
from bot.parse.signup_marks import scan
from bot.parse.signup_people import NO_USER, OTHER_LINK, PLAIN_NAME, Reading, plain_reading
from bot.parse.signup_strikes import struck_spans
from bot.parse.sites import META

TIME = "12:00, 1 May 2026 (UTC)"


def entry(text: str, *, prose: bool = False) -> Reading:
    return read_entry(scan(text, META), META, struck_spans(text), prose=prose)


@pytest.mark.parametrize(
    ("text", "people", "excluded"),
    [
        pytest.param("[[User:A]] and [[User:B]]", "A B", {}, id="and"),
        pytest.param("Team X: [[User:A]], [[User:B]] & [[User:C]]", "A B C", {}, id="label and enumeration"),
        pytest.param("[[User:A]], Halim, [[User:B]]", "A B", {"Halim": PLAIN_NAME}, id="plain name between"),
        pytest.param("[[User:A]] (DE), [[User:B]] (FR)", "A B", {}, id="remarks in brackets"),
        pytest.param("[[User:A]] mit [[User:B]]", "A", {"B": IN_ANOTHERS_ENTRY}, id="with another"),
        pytest.param("[[User:A]], thanks to [[User:B]]", "A", {"B": IN_ANOTHERS_ENTRY}, id="thanks"),
        pytest.param("[[User:A]], with him, [[User:B]]", "A", {"B": IN_ANOTHERS_ENTRY}, id="not a plain name"),
        pytest.param("[[User:A]] (bringing [[User:B]])", "A", {"B": IN_ANOTHERS_ENTRY}, id="guest in brackets"),
        pytest.param(f"[[User:A]] {TIME} Hi! [[User:B]] {TIME}", "A", {"B": IN_ANOTHERS_ENTRY}, id="reply in the line"),
        pytest.param(f"[[User:A]] {TIME} [[User:B]] {TIME}", "A B", {}, id="two signatures"),
        pytest.param(f"[[User:A]] {TIME} // [[User:B]] ok", "A", {"B": IN_ANOTHERS_ENTRY}, id="a note after the time"),
        pytest.param(f"[[User:A]] told me. --[[User:B]] {TIME}", "B", {"A": IN_ANOTHERS_ENTRY}, id="the signer"),
        pytest.param(f"[[User:A]], [[User:B]] {TIME}", "A B", {}, id="signed for two"),
        pytest.param(f"[[User:A]] ([[User talk:A|t]]) says [[User:B]] {TIME}", "A", {"B": IN_ANOTHERS_ENTRY}, id="signed first"),
        pytest.param(f"[[User:A]], added by [[User:B]] {TIME}", "A", {"B": IN_ANOTHERS_ENTRY}, id="signed by another"),
        pytest.param("Ravi Kumar ([[User:A]])", "A", {}, id="real name first"),
        pytest.param("@[[User:A]]", "A", {}, id="nothing but @"),
        pytest.param("@[[User:A]] hello", "", {"A": SPOKEN_TO}, id="spoken to"),
        pytest.param("{{ping|A}}", "", {"A": SPOKEN_TO}, id="pinged"),
        pytest.param("Contact: [[User:A]]", "", {"A": "section of organizers, jury or helpers"}, id="label of a role"),
        pytest.param("Reviewed by: [[User:A]]", "", {"A": "section of organizers, jury or helpers"}, id="column word as label"),
        pytest.param("Please ask [[User:A]] first", "", {"A": IN_PROSE}, id="preposition"),
        pytest.param("[[User:A/x|page]]", "", {"A/x": "a subpage of a user, not a sign-up"}, id="subpage"),
        pytest.param("[[User:A/x|page]] [[User:B]]", "B", {"A/x": "a subpage of a user, not a sign-up"}, id="subpage first"),
        pytest.param("a<br>[[User:A]]<br>[[User:B]]<br>by [[User:C]]", "A B", {"C": IN_PROSE}, id="line breaks"),
        pytest.param("Hello :( [[User:A]], [[User:B]]", "A B", {}, id="a smiley is no bracket"),
    ],
)  # fmt: skip
def test_who(text: str, people: str, excluded: dict[str, str]) -> None:
    reading = entry(text)
    assert [person.name for person in reading.people] == people.split()
    assert reading.excluded == excluded
    assert not reading.unparsed


@pytest.mark.parametrize(
    ("text", "withdrawn", "maybe"),
    [
        pytest.param("<s>[[User:A]]</s>", True, False, id="struck"),
        pytest.param("{{s|[[User:A]]}}", True, False, id="struck by a template"),
        pytest.param("<span style='text-decoration:line-through'>[[User:A]]</span>", True, False, id="struck by style"),
        pytest.param(f"[[User:A]] {TIME} '''withdrawn'''", True, False, id="said after"),
        pytest.param(f"I can't make it [[User:A]] {TIME}", True, False, id="said before"),
        pytest.param(f"I cancelled my trip! [[User:A]] {TIME}", False, False, id="a word before is not enough"),
        pytest.param("''(withdrawn)'' [[User:A]]", True, False, id="a word alone before"),
        pytest.param("[[User:A]] – not attending", True, False, id="says no after"),
        pytest.param("[[User:A]] – not attending the dinner on Friday", False, False, id="says no to something else"),
        pytest.param("I am <s>not</s> coming [[User:A]]", False, False, id="another word is struck"),
        pytest.param("[[User:A]] <s>withdrawn</s>", False, False, id="the remark is struck"),
        pytest.param("Withdrawn: [[User:A]]", True, False, id="label"),
        pytest.param("maybe [[User:A]]", False, True, id="maybe"),
        pytest.param("[[User:A]] (?)", False, True, id="question mark"),
        pytest.param("Peut-être – [[User:A]]", False, True, id="French"),
        pytest.param("Maybe: [[User:A]]", False, True, id="label maybe"),
        pytest.param("[[User:A]] in May", False, False, id="a month"),
    ],
)
def test_withdrawn_and_maybe(text: str, withdrawn: bool, maybe: bool) -> None:
    (person,) = entry(text).people
    assert (person.name, person.withdrawn, person.maybe) == ("A", withdrawn, maybe)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("[[User:A]]", "user_link"),
        ("--[[User:A]]", "signature"),
        (f"[[User:A]] {TIME}", "signature"),
        ("[[User:A]] ([[User talk:A|t]])", "signature"),
        ("[[User talk:A]]", "talk_link"),
        ("[[Special:Contributions/A]]", "contribs_link"),
        ("[[m:Special:CentralAuth/A]]", "centralauth_link"),
        ("[[Special:EmailUser/A]]", "email_link"),
        ("{{u|A}}", "user_template"),
        ("[[m:User:A]]", "interwiki_link"),
        ("[https://meta.wikimedia.org/wiki/User:A A]", "external_link"),
        ("User:A", "bare_prefix"),
        ("[User:A]", "broken_link"),
        ("[[User:203.0.113.7]]", "ip"),
    ],
)
def test_kinds(text: str, kind: str) -> None:
    (person,) = entry(text).people
    assert person.kind == kind


def test_prefixes() -> None:
    assert [person.prefix for person in entry("[[w:de:Benutzer:A]]").people] == ["w:de"]
    assert [person.prefix for person in entry("[[m:Special:CentralAuth/A]]").people] == [""]


@pytest.mark.parametrize(
    ("text", "people"),
    [
        pytest.param("[[User:A]], [[User:B]]", "A B", id="an enumeration"),
        pytest.param("[[User:A]] – online", "A", id="a short remark"),
        pytest.param("Participants: [[User:A]]", "A", id="a label"),
        pytest.param("Notes taken by [[User:A]].", "", id="named in a sentence"),
        pytest.param(
            "[[User:A]] will open the event with a speech about the rivers of Europe", "", id="a sentence about"
        ),
        pytest.param(f"Thanks! [[User:A]] {TIME}", "", id="a signed remark"),
    ],
)
def test_prose(text: str, people: str) -> None:
    assert [person.name for person in entry(text, prose=True).people] == people.split()


def test_a_name_deep_in_a_sentence_is_not_guessed() -> None:
    reading = entry("We were all very happy when [[User:A]] came along")
    assert reading.unparsed
    assert not reading.people


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Ravi, Mohan", {"Ravi": PLAIN_NAME, "Mohan": PLAIN_NAME}, id="names"),
        pytest.param("India: Ravi", {"Ravi": PLAIN_NAME}, id="label"),
        pytest.param("India:", {"India": PLAIN_NAME}, id="label alone"),
        pytest.param("I hope that we will meet again", {"I hope that we will meet again": NO_USER}, id="sentence"),
        pytest.param("[[:it:Ponte|P]] is mine", {"P is mine": OTHER_LINK}, id="other link"),
        pytest.param("[[:it:Ponte|P]]", {"P": OTHER_LINK}, id="only another link"),
        pytest.param("–", {"–": "no name"}, id="dash"),
    ],
)
def test_entries_without_users(text: str, expected: dict[str, str]) -> None:
    reading = plain_reading(scan(text, META))
    assert reading.excluded == expected
    assert not reading.unparsed


@pytest.mark.parametrize("text", ["~~~~", f"Ravi {TIME}", "{{user|}}", "{{odd thing|Ravi}}"])
def test_entries_that_may_be_lost_sign_ups(text: str) -> None:
    assert plain_reading(scan(text, META)).unparsed
