"""A delivery list and the words for a human sender: each page once, names harmless, and nothing private."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.model import NameState
from bot.parse.calls import find
from bot.parse.sites import META
from bot.parse.usernames import canonical, cleaned
from bot.plan.registrants import Message
from bot.render import massmessage
from bot.render.massmessage import Letter
from tests.plan.crowd import MESSAGE, SECTION
from tests.render.hostile import texts

LIST = """\
== Keeping Event:Clinic safe ==
Made by eventsafety for Event:Clinic: the talk pages of people who registered in public, to be sent its notice, \
version 2. Please blank this page after sending.

* {{#target:User talk:Ada|meta.wikimedia.org}}
* {{#target:User talk:A&#61;B|meta.wikimedia.org}}
* {{#target:User talk:Тихий Шторм|meta.wikimedia.org}}
* {{#target:User talk:So&#173;ft|meta.wikimedia.org}}
"""


def test_the_list() -> None:
    titles = ["User talk:Ada", "User talk:A=B", "User talk:Ada", "User talk:Тихий Шторм", "User talk:So\u00adft"]
    assert massmessage.delivery_list(titles, MESSAGE, META) == LIST


@pytest.mark.parametrize(
    ("server", "host"),
    [
        ("https://meta.wikimedia.org", "meta.wikimedia.org"),
        ("//de.wikipedia.org", "de.wikipedia.org"),
        ("http://127.0.0.1:8239", "127.0.0.1:8239"),
    ],
)
def test_the_wiki_is_named_by_its_host(server: str, host: str) -> None:
    made = massmessage.delivery_list(["User talk:Ada"], MESSAGE, replace(META, server=server))
    assert f"{{{{#target:User talk:Ada|{host}}}}}" in made


def test_nobody_to_be_told_makes_a_list_without_targets() -> None:
    assert "#target" not in massmessage.delivery_list([], MESSAGE, META)


REMINDING = replace(MESSAGE, template="Event safety reminder", heading="A reminder")


def test_a_list_says_which_message_it_is_for_and_not_why() -> None:
    made = massmessage.delivery_list(["User talk:Ada"], REMINDING, META)
    assert "people who registered in public, to be sent its reminder, version 2." in made
    assert "notice" not in made
    assert "agree" not in made


def test_the_letter_is_the_bots_own_section_signed_by_the_sender() -> None:
    letter = massmessage.letter(MESSAGE, "Wendy O'Brien", META)
    assert letter.subject == "Keeping Event:Clinic safe"
    name = "Wendy O&#39;Brien"
    signed = f"[[User:{name}|{name}]] ([[User talk:{name}|talk]]) ~~~~~"
    assert f"== {letter.subject} ==\n{letter.body}" == SECTION.replace(MESSAGE.signature, signed)


names = st.one_of(st.from_regex(r"[A-ZÀ-ž][ -~]{0,20}", fullmatch=True), texts)


@given(st.lists(names, max_size=4))
def test_each_line_leads_to_just_that_page_whatever_the_name(people: list[str]) -> None:
    known = [name for name in (canonical(text, META) for text in people) if name.state is NameState.ACCOUNT]
    titles = [f"User talk:{one.name}" for one in known]
    made = massmessage.delivery_list(titles, MESSAGE, META)
    lines = [line for line in made.split("\n")[3:] if line]
    targets = [line.removeprefix("* {{#target:").partition("|")[0] for line in lines]
    assert [cleaned(target) for target in targets] == list(dict.fromkeys(map(cleaned, titles)))
    assert all(find(line, ["Event safety notice"], META) == ((), ()) for line in lines)
    assert all(line.count("{{") == line.count("}}") == line.count("|") == 1 for line in lines)


@given(texts)
def test_an_events_title_brings_no_markup_into_the_list(event: str) -> None:
    made = massmessage.delivery_list(["User talk:Ada"], replace(MESSAGE, event=event, heading="A"), META)
    assert not {"<", "[", "]"} & set(made)
    assert made.count("{{") == made.count("}}") == 1


LETTER = Letter("Keeping Event:Clinic safe", "{{Event safety notice\n| event = Event:Clinic\n}}\nAda ~~~~~")


def test_what_to_do_is_told_with_subject_and_body_and_who_is_left_out() -> None:
    told = massmessage.told(LETTER, 1200, ["Skipped, 1: Locked. (Bo)"], "list.txt")
    assert told.startswith("1,200 talk pages are in list.txt. Who may send")
    assert f"\n\nSubject: {LETTER.subject}\n\n{LETTER.body}\n\nSeen and left alone\n  - Skipped, 1" in told
    assert massmessage.told(LETTER, 1, [], "list.txt").startswith("1 talk page is in list.txt.")
    assert "Seen" not in massmessage.told(LETTER, 1, [], "list.txt")


@pytest.mark.parametrize(
    ("message", "targets", "warns"),
    [
        pytest.param(REMINDING, 2, True, id="a reminder"),
        pytest.param(REMINDING, 0, False, id="a reminder for nobody"),
        pytest.param(MESSAGE, 2, False, id="a notice, which all get"),
    ],
)
def test_who_sends_a_reminder_is_told_whom_the_list_names(message: Message, targets: int, *, warns: bool) -> None:
    told = massmessage.told(massmessage.letter(message, "Wendy", META), targets, [], "list.txt")
    assert ("The list names just those who were asked to agree and have not: keep it off the wiki" in told) is warns
    assert ("administrator to delete that page" in told) is warns


def test_where_nobody_is_to_be_told_there_is_nothing_to_send() -> None:
    told = massmessage.told(LETTER, 0, ["Skipped, 1: Locked. (Bo)"], "list.txt")
    assert told.startswith("Nobody is to be told: the list in list.txt is empty.\n\nSeen and left alone\n")
    assert "Subject" not in told


@given(texts)
def test_nothing_that_is_told_controls_a_terminal(text: str) -> None:
    told = massmessage.told(replace(LETTER, subject=text, body=f"{text}\n{text}"), 1, [text], f"{text}.txt")
    assert not set("\x1b\x07\u202e\r\x9b") & set(told)
