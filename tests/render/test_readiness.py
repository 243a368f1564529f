import itertools
import json
import re
import unicodedata
from dataclasses import replace
from importlib import resources
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from rich.cells import cell_len

from bot.duty.contradictions import ADVICE
from bot.duty.readiness import Readiness
from bot.model import Event, ItemState, ReadinessItem
from bot.render import readiness, readiness_html
from tests.render import made_readiness
from tests.render.hostile import texts
from tests.render.made_readiness import READINESS, UNKNOWN
from tests.render.test_html import Outline
from tests.render.test_jsons import only_known_keys

SGR = re.compile(r"\x1b\[[0-9;]*m")
PAGE = Outline(readiness_html.page(READINESS))
both = pytest.mark.parametrize(
    "judged", [pytest.param(READINESS, id="some of everything"), pytest.param(UNKNOWN, id="nothing is known")]
)


def shown(judged: Readiness = READINESS, width: int = 80) -> str:
    return readiness.report(judged, width, colour=False)


def harmless(text: str) -> bool:
    return not {unicodedata.category(c) for c in text.replace("\n", "")} & {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


def schema() -> Any:
    return json.loads(resources.files("bot.render").joinpath("schema/readiness.json").read_text(encoding="utf-8"))


def with_states(*states: ItemState) -> Readiness:
    return replace(READINESS, items=tuple(ReadinessItem("printed", "Title.", state, "Where.") for state in states))


@both
def test_every_item_stands_below_its_state_with_where_and_advice(judged: Readiness) -> None:
    words = " ".join(shown(judged, 200).split())
    for item in judged.items:
        told = " ".join(part for part in (item.state.value, item.title, item.where) if part)
        assert told in words
        assert not item.advice or f"-> {item.advice}" in words


def test_the_list_comes_first_then_numbers_then_whom_to_report_to_then_courses() -> None:
    parts = [
        "5 of 17",
        "\nPreparation\n",
        "\nSummary\n",
        "\nWhom to report",
        "\nEmergency number",
        "emergency@",
        "\nCourses still",
    ]
    places = [shown().index(part) for part in parts]
    assert places == sorted(places)


@pytest.mark.parametrize(
    ("states", "headline", "worst"),
    [
        pytest.param([ItemState.DONE], "All 1 item is done.", ItemState.DONE, id="one"),
        pytest.param([ItemState.DONE, ItemState.NOT_APPLICABLE], "All 1 item is done.", ItemState.DONE, id="all asked"),
        pytest.param([ItemState.DONE] * 2, "All 2 items are done.", ItemState.DONE, id="two"),
        pytest.param(
            [ItemState.DONE, ItemState.MISSING], "1 of 2 items is done. 1 is missing.", ItemState.MISSING, id="missing"
        ),
        pytest.param(
            [ItemState.CANNOT_TELL] * 2,
            "0 of 2 items are done. 2 cannot be told from here.",
            ItemState.CANNOT_TELL,
            id="open",
        ),
        pytest.param(
            [ItemState.MISSING, ItemState.MISSING, ItemState.CANNOT_TELL],
            "0 of 3 items are done. 2 are missing. 1 cannot be told from here.",
            ItemState.MISSING,
            id="missing and open",
        ),
        pytest.param([ItemState.NOT_APPLICABLE], "All 0 items are done.", ItemState.NOT_APPLICABLE, id="nothing asked"),
    ],
)
def test_the_headline_calls_nothing_done_that_is_not(states: list[ItemState], headline: str, worst: ItemState) -> None:
    judged = with_states(*states)
    assert readiness.headline(judged) == headline
    assert readiness.worst(judged) is worst
    assert headline in shown(judged)


def test_how_to_declare_is_said_once_and_only_where_something_is_open() -> None:
    assert shown().count("[[declared]]") == 1
    assert "[[declared]]" not in shown(with_states(ItemState.DONE))


def test_who_gave_no_roster_is_told_first_how_to_begin() -> None:
    begin = "No roster was given."
    assert begin not in shown(READINESS) + readiness_html.page(READINESS)
    assert shown(UNKNOWN).index("cannot be told") < shown(UNKNOWN).index(begin) < shown(UNKNOWN).index("Preparation")
    assert begin in readiness_html.page(UNKNOWN)


def test_that_roster_and_registration_differ_is_said_before_what_rests_on_them() -> None:
    text = shown(width=200)
    assert text.index("are done.") < text.index(readiness.DIFFER) < text.index("Preparation\n")
    assert f"  - {made_readiness.APART}\n    -> {ADVICE}\n" in text
    assert json.loads(readiness.as_json(READINESS))["contradictions"] == [made_readiness.APART]
    assert made_readiness.APART in "".join(PAGE.text)
    assert readiness.DIFFER not in shown(UNKNOWN) + readiness_html.page(UNKNOWN)


@pytest.mark.parametrize(
    ("number", "words"),
    [
        pytest.param(12, "2026-12-25 17:00 UTC, by the registration", id="registered"),
        pytest.param(None, "2026-12-25 17:00 UTC, by the roster", id="not registered"),
    ],
)
def test_the_times_are_shown_with_whence_they_are_known(number: int | None, words: str) -> None:
    event = replace(READINESS.event, id=number)
    assert words in " · ".join(readiness.facts(replace(READINESS, event=event)))
    assert " by the " not in " · ".join(readiness.facts(replace(READINESS, event=replace(event, start=None, end=None))))


def test_who_has_no_address_is_named_all_the_same() -> None:
    keep = 'look up the address, and write it down in the settings as contacts.affiliations = "…"'
    assert f"Affiliations Committee (AffCom): {keep}. Only if" in shown(width=200)
    assert "River User Group: look up the address. Incidents" in shown(width=200)
    assert keep in "".join(PAGE.text)


def test_a_course_stands_with_where_to_apply() -> None:
    assert "    https://learn.example.org/first-aid\n" in shown()
    assert "    Where: Meta:Police\n" in shown()
    assert readiness.COURSES not in shown(UNKNOWN)


@pytest.mark.parametrize(
    ("event", "title", "page"),
    [
        pytest.param(Event("Event:X", name="X Day"), "X Day", "Page: Event:X", id="name and page"),
        pytest.param(Event("Event:X", name="Event:X"), "Event:X", "", id="the same"),
        pytest.param(Event("Event:X"), "Event:X", "", id="page only"),
        pytest.param(Event(""), "The event", "", id="neither"),
    ],
)
def test_what_the_event_is_called(event: Event, title: str, page: str) -> None:
    judged = replace(READINESS, event=event)
    assert readiness.title(judged) == title
    facts = readiness.facts(judged)
    assert facts == tuple(part for part in (page, "Looked at 2026-12-20 12:00 UTC") if part)


@pytest.mark.parametrize("width", [20, 40, 47, 48, 60, 80, 132])
@both
def test_no_line_is_wider_than_the_window_but_an_address(judged: Readiness, width: int) -> None:
    for line in shown(judged, width).splitlines():
        assert cell_len(line) <= width or re.fullmatch(r" *https?://\S+", line)


def test_colour_changes_no_word() -> None:
    coloured = SGR.sub("", readiness.report(READINESS, 80, colour=True))
    assert [line.rstrip() for line in coloured.splitlines()] == shown().splitlines()


@settings(max_examples=40, deadline=None)
@given(texts)
def test_hostile_words_leave_no_control_character_but_newline(text: str) -> None:
    judged = made_readiness.readiness(lambda _: text)
    assert harmless(shown(judged))
    assert harmless(shown(judged, 30))
    assert harmless(SGR.sub("", readiness.report(judged, 80, colour=True)))


@both
def test_the_json_is_what_its_schema_says_with_keys_in_order(judged: Readiness) -> None:
    document, rules = json.loads(readiness.as_json(judged)), schema()
    jsonschema.Draft202012Validator.check_schema(rules)
    jsonschema.validate(document, rules, cls=jsonschema.Draft202012Validator)
    only_known_keys(document, rules)


def test_the_json_counts_every_state_and_has_null_for_what_is_not_known() -> None:
    document = json.loads(readiness.as_json(READINESS))
    assert document["summary"] == {"done": 5, "missing": 5, "cannot tell": 7, "not applicable": 3}
    assert document["event"]["start"] == "2026-12-24T09:00:00Z"
    assert document["courses"][0]["apply_until"] == "2026-12-31"
    closed = next(need for need in document["courses"] if need["course"] == "Identifying harassment")
    assert (closed["cohort"], closed["where"], closed["apply_until"]) == (None, None, None)
    assert [one["name"] for one in document["report_to"] if one["address"] is None] == [
        "River User Group",
        "Affiliations Committee (AffCom)",
    ]
    unknown = json.loads(readiness.as_json(UNKNOWN))
    assert (unknown["event"]["start"], unknown["event"]["url"], unknown["courses"]) == (None, None, [])


def test_an_item_that_the_list_does_not_know_has_no_source() -> None:
    judged = replace(READINESS, items=(ReadinessItem("other", "Title.", ItemState.DONE),))
    assert json.loads(readiness.as_json(judged))["items"][0]["source"] == ""


@settings(max_examples=40, deadline=None)
@given(texts)
def test_hostile_words_arrive_in_json_unchanged_and_harm_no_terminal(text: str) -> None:
    document = readiness.as_json(made_readiness.readiness(lambda _: text))
    assert json.loads(document)["event"]["name"] == text
    assert harmless(document)


@settings(max_examples=80, deadline=None)
@given(texts)
def test_hostile_words_add_no_element_and_no_attribute(text: str) -> None:
    def structure(page: Outline) -> list[tuple[str, tuple[tuple[str, str | None], ...]]]:
        return [one for one in page.elements if one[0] != "bdi"]  # one for each place where a sentence names somebody

    hostile = Outline(readiness_html.page(made_readiness.readiness(lambda _: text or "x")))
    tame = Outline(readiness_html.page(made_readiness.readiness(lambda _: "tame")))
    assert structure(hostile) == structure(tame)
    assert not hostile.open
    assert not hostile.comments


@settings(max_examples=40, deadline=None)
@given(texts)
def test_the_page_holds_no_control_character_and_can_be_saved(text: str) -> None:
    page = readiness_html.page(made_readiness.readiness(lambda _: text))
    page.encode("utf-8")
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]", page)


def test_the_page_needs_nothing_from_anywhere_and_is_not_for_search_engines() -> None:
    assert not PAGE.tags("script", "img", "link", "iframe", "object", "embed", "form", "base")
    assert any("default-src 'none'" in str(meta.get("content")) for meta in PAGE.tags("meta"))
    assert {"name": "robots", "content": "noindex"} in PAGE.tags("meta")


@both
def test_headings_skip_no_level_ids_are_unique_and_tables_have_captions(judged: Readiness) -> None:
    page = Outline(readiness_html.page(judged))
    levels = [int(tag[1]) for tag, _ in page.elements if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))
    ids = [dict(attrs)["id"] for _, attrs in page.elements if "id" in dict(attrs)]
    assert len(ids) == len(set(ids))
    assert {section["aria-labelledby"] for section in page.tags("section")} <= set(ids)
    assert len(page.tags("table")) == len(page.tags("caption"))
    assert all(cell.get("scope") in {"row", "col", "colgroup"} for cell in page.tags("th"))
    assert page.tags("a")[0]["href"] == f"#{page.tags('main')[0]['id']}"


def test_each_part_of_the_training_module_is_named_once() -> None:
    words = [text.strip() for text in PAGE.text]
    for part in ("Before the event: Event organizing team", "After the event: Get self-care"):
        assert words.count(part) == 1


def test_every_word_from_right_to_left_is_isolated() -> None:
    page = readiness_html.page(READINESS)
    assert page.count("محمد الميناء") == page.count("<bdi>محمد الميناء</bdi>") > 5


def test_a_state_is_a_word_and_not_a_colour_only() -> None:
    words = [text.strip() for text in PAGE.text]
    assert [words.count(state.value) for state in ItemState] == [6, 6, 8, 4]  # once more each, in the table of numbers


def test_only_an_address_of_the_web_becomes_a_link() -> None:
    links = {link["href"] for link in PAGE.tags("a")}
    assert links == {
        "#report",
        "https://meta.example.org/wiki/Event:River_Meetup",
        "https://learn.example.org/first-aid",
    }
    needs = tuple(
        replace(need, cohort=need.cohort and replace(need.cohort, where="javascript:alert(1)"))
        for need in READINESS.courses
    )
    page = Outline(readiness_html.page(replace(READINESS, courses=needs)))
    assert not [link for link in page.tags("a") if "javascript" in str(link["href"])]
