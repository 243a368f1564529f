"""The templates on a real wiki: what they show, what they refuse to show, and that nothing breaks out of a row."""

from __future__ import annotations

import pytest

from bot.onwiki import templates
from tests.onwiki.calls import FLAG, HEADER, HOSTILE, SETTLED, call, flag, header, written
from tests.onwiki.contract import PARAMETERS, SEVERITIES, STATUSES
from tests.onwiki.elements import Element, blocks, links, tree
from tests.onwiki.shown import Shown
from tests.sandbox.sandbox import Sandbox


@pytest.fixture(scope="module")
def shown(wiki: Sandbox) -> Shown:
    wiki.reset()
    return Shown(wiki)


def facts(row: Element) -> dict[str, str]:
    """The table of a row: what its lines are called and what they say."""
    (table,) = row.all("table")
    return {line.all("th")[0].text: line.all("td")[0].text.strip() for line in table.all("tr")}


def badge(row: Element) -> str:
    return row.elements[0].elements[1].text


# --- pages of the templates


@pytest.mark.parametrize("title", list(templates()))
def test_a_page_of_a_template_is_whole(shown: Shown, title: str) -> None:
    page = shown.client.api(action="parse", page=title, prop="text|links|templates|categories|parsewarnings")["parse"]
    assert [link["title"] for link in page["links"] if not link["exists"]] == []
    assert [template["title"] for template in page["templates"] if not template["exists"]] == []
    assert {category["category"] for category in page["categories"]} <= {"Noindexed_pages"}
    assert page["parsewarnings"] == []
    classes = {
        word for element in tree(page["text"]).all("span") + tree(page["text"]).all("div")
        for word in (element.attributes.get("class") or "").split()
    }  # fmt: skip
    assert not classes & {"error", "errorbox", "scribunto-error"}
    assert "{{{" not in page["text"]


@pytest.mark.parametrize("title", list(PARAMETERS))
def test_the_wiki_takes_the_description_of_the_parameters(shown: Shown, title: str) -> None:
    (data,) = shown.client.api(action="templatedata", titles=title, lang="en")["pages"].values()
    assert tuple(data["paramOrder"]) == PARAMETERS[title]
    assert set(data["params"]) == set(PARAMETERS[title])
    assert data["format"]
    assert all(parameter["description"] for parameter in data["params"].values())


# --- a row


def test_a_row_says_everything_that_is_known(shown: Shown) -> None:
    (row,) = blocks(shown.show(flag(until="1 January 2027", reopened="not this person", comment="Seen.")))
    assert facts(row) == {
        "Finding": "On a public list of bans, since 12 May 2015, until 1 January 2027",
        "Source": "WMF Global Ban Policy/List",
        "Event": "Event:Learning Clinic, 2026-12-24",
        "Reopened": "The facts have changed since the status was: not this person",
        "Comment": "Seen.",
    }
    assert links(row) == [(FLAG["account"], FLAG["name"]), (FLAG["link"], FLAG["source"])]
    assert row.elements[-1].text == "Flag k7m2xq4d"
    assert row.attributes["data-event-safety-facts"] == FLAG["facts"]


def test_a_row_is_named_for_screen_readers(shown: Shown) -> None:
    (row,) = blocks(shown.show(flag()))
    assert row.attributes["role"] == "group"
    (named,) = [span for span in row.all("span") if span.attributes.get("id") == row.attributes["aria-labelledby"]]
    assert named.text == FLAG["name"]
    assert {head.attributes["scope"] for head in row.all("th")} == {"row"}


def test_what_is_empty_is_not_shown(shown: Shown) -> None:
    (row,) = blocks(shown.show(flag(account="", link="", since="", date="")))
    assert facts(row) == {
        "Finding": "On a public list of bans",
        "Source": "WMF Global Ban Policy/List",
        "Event": "Event:Learning Clinic",
    }
    assert links(row) == []
    assert row.elements[0].elements[0].text == FLAG["name"]


@pytest.mark.parametrize(("severity", "words"), [*SEVERITIES.items(), ("partial block", "partial block")])
def test_a_severity_is_said_in_neutral_words(shown: Shown, severity: str, words: str) -> None:
    (row,) = blocks(shown.show(flag(severity=severity, since="")))
    assert facts(row)["Finding"] == words


@pytest.mark.parametrize("template", ["Event safety flag", "Event safety settled"])
@pytest.mark.parametrize("status", STATUSES)
def test_a_status_is_a_label_in_words(shown: Shown, template: str, status: str) -> None:
    values = FLAG if template == "Event safety flag" else {"id": "z3kd81pq", "facts": "77aa01bc42d0"}
    assert f"Status: {status}" in shown.show(call(template, {**values, "status": status})).text


@pytest.mark.parametrize(
    "status",
    [
        pytest.param("", id="empty"),
        pytest.param("done", id="another word"),
        pytest.param("not_this_person", id="underscores"),
        pytest.param("#default", id="the template's own word"),
        pytest.param("</span></div>'''x''' <b>", id="markup"),
        pytest.param('open" onmouseover="x', id="quotation marks"),
        pytest.param("\n* open\n* handled\n", id="a list"),
        pytest.param("[[User:Other]] ~~~~", id="a signature"),
    ],
)
def test_any_other_status_is_said_to_be_none_and_not_repeated(shown: Shown, status: str) -> None:
    (plain,) = blocks(shown.show(flag(status="unheard of")))
    (row,) = blocks(shown.show(flag(status=status)))
    assert badge(row) == "Status: not a known status"
    assert row.skeleton() == plain.skeleton()
    assert row.text == plain.text


@pytest.mark.parametrize("value", HOSTILE)
def test_a_hostile_value_is_text_and_nothing_else(shown: Shown, value: str) -> None:
    hostile = {"name": value, "source": value, "since": value, "until": value, "event": value, "date": value}
    plain = shown.show(flag(**dict.fromkeys(hostile, "plain")))
    page = shown.parse(flag(**hostile), "text|links|categories|externallinks|sections")
    (row,) = blocks(tree(page["text"]))
    assert tree(page["text"]).skeleton() == plain.skeleton()
    assert links(row) == [(FLAG["account"], value), (FLAG["link"], value)]
    assert facts(row)["Event"] == f"{value}, {value}"
    assert facts(row)["Finding"] == f"On a public list of bans, since {value}, until {value}"
    assert page["links"] == page["categories"] == page["sections"] == []
    assert set(page["externallinks"]) == {FLAG["account"], FLAG["link"]}


@pytest.mark.parametrize(
    "comment",
    [
        pytest.param("One line.", id="a line"),
        pytest.param("First.\n\nSecond.", id="paragraphs"),
        pytest.param("* one\n* two\n** three", id="a list"),
        pytest.param("# one\n\n\n\n# two", id="many blank lines"),
        pytest.param("== Heading ==\ntext", id="a heading"),
        pytest.param(" preformatted\n more", id="a leading space"),
        pytest.param("<div style='float:right'>open", id="an open div"),
        pytest.param("<b><i>'''open", id="open formatting"),
        pytest.param("</div></div></span></bdi></p></li>", id="closing what is not open in it"),
        pytest.param("</td></tr></table>", id="closing its table"),
        pytest.param("{{{!}}\n! a\n{{!}}-\n{{!}} b\n{{!}}}", id="a table"),
        pytest.param("{{!}}}\n{{!}}-\n{{!}} b", id="ends of tables"),
        pytest.param("https://example.org/" + "a" * 300, id="a long address"),
        pytest.param("a = b; {{=}}", id="equals signs"),
    ],
)
def test_a_comment_stays_in_its_row(shown: Shown, comment: str) -> None:
    (plain,) = blocks(shown.show(flag(id="next")))
    found = blocks(shown.show(f"{flag(comment=comment)}\n\n{flag(id='next')}"))
    assert len(found) == 2
    assert found[1].skeleton() == plain.skeleton()
    assert found[1].text == plain.text
    assert badge(found[0]) == "Status: open"


def test_a_comment_may_have_lines_and_lists(shown: Shown) -> None:
    (row,) = blocks(shown.show(flag(comment="Look:\n* one\n* two\n\nSo be it.")))
    (cell,) = row.all("tr")[-1].all("td")
    assert [(element.name, element.text.strip()) for element in cell.elements] == [
        ("p", "Look:"),
        ("ul", "one\ntwo"),
        ("p", "So be it."),
    ]


# --- the top of the page


def test_the_top_says_what_the_page_is_and_what_could_not_be_checked(shown: Shown) -> None:
    page = shown.parse(header(), "text|links|properties|categories")
    text = tree(page["text"]).text
    assert "Event safety review: Event:Learning Clinic" in text
    assert "Starts 2026-12-24, registration 12" in text
    assert "(what they mean): global-lock: 3; account: 2; line: 1; private: 9" in text
    assert (
        "(all reasons, and what to do). Flags, each with the revision that set its status (show a revision): k7m2xq4d: 123"
        in text
    )
    assert "The bot works only as long as that page says run." in text
    assert "noindex" in page["properties"]


def test_the_top_leads_to_the_event_the_stop_page_and_the_explanations(shown: Shown) -> None:
    found = {text: href or "" for href, text in links(shown.show(header()))}
    assert found["Event:Learning Clinic"].endswith("/wiki/Event:Learning_Clinic")
    assert found["User:TestBot/Run"].endswith("/wiki/User:TestBot/Run")
    assert found["edit this page"].endswith("title=User:TestBot/Event_review/Learning_Clinic&action=edit")
    assert found["what each status means"] == "/wiki/Template:Event_safety_flag#Statuses"
    assert found["what they mean"] == "/wiki/Template:Event_safety_review#Causes"
    assert found["show a revision"] == "/wiki/Special:Diff"
    assert found["all reasons, and what to do"] == "/wiki/Template:Event_safety_review#Not_counted"


@pytest.mark.parametrize(
    "anchor",
    [
        "Event_safety_flag#Statuses",
        "Event_safety_review#Causes",
        "Event_safety_review#Not_counted",
        "Event_safety_review#Stopping_the_bot",
    ],
)
def test_the_explanations_are_where_the_links_lead(shown: Shown, anchor: str) -> None:
    title, _, section = anchor.partition("#")
    page = shown.client.api(action="parse", page=f"Template:{title}", prop="sections")["parse"]
    assert section in [found["anchor"] for found in page["sections"]]


def test_the_top_without_values_claims_nothing(shown: Shown) -> None:
    root = shown.show(header(registration="", start="", unchecked="", not_counted="", stop=""))
    for words in ("Starts", "registration", "Not everything", "Not counted", "To stop"):
        assert words not in root.text


@pytest.mark.parametrize(
    ("start", "registration", "line"),
    [("2026-12-24", "", "Starts 2026-12-24"), ("", "12", "registration 12")],
)
def test_what_is_known_of_the_event_stands_alone_too(shown: Shown, start: str, registration: str, line: str) -> None:
    root = shown.show(header(start=start, registration=registration))
    assert blocks(root)[0].elements[1].text == line


def test_links_that_the_bot_built_are_links(shown: Shown) -> None:
    text = header().replace(written(HEADER["not counted"]), "[[Special:Diff/123|k7m2xq4d]]")
    assert ("/wiki/Special:Diff/123", "k7m2xq4d") in links(shown.show(text))


@pytest.mark.parametrize("value", HOSTILE)
def test_a_hostile_value_at_the_top_is_text(shown: Shown, value: str) -> None:
    hostile = {"registration": value, "start": value, "unchecked": value, "not_counted": value}
    plain = shown.show(header(**dict.fromkeys(hostile, "plain")))
    root = shown.show(header(**hostile))
    assert root.skeleton() == plain.skeleton()
    assert f"Starts {value}, registration {value}" in root.text


def test_an_event_that_can_be_no_title_is_text(shown: Shown) -> None:
    root = shown.show(header(event="[[Not]] | a <title>"))
    assert "Event safety review: [[Not]] | a <title>" in root.text
    assert "[[Not]] | a <title>" not in [text for _, text in links(root)]


@pytest.mark.parametrize("event", ["User:Other", "User talk:Other", "Category:Sorted", "File:A.png", "de:Seite"])
def test_the_page_of_an_event_is_never_linked_as_a_person_a_category_or_a_file(shown: Shown, event: str) -> None:
    page = shown.parse(f"{header(event=event)}\n\n{flag(event=event)}", "text|links|categories|images|langlinks")
    assert {link["ns"] for link in page["links"]} == {10}
    assert {category["category"] for category in page["categories"]} <= {"Noindexed_pages"}
    assert page["images"] == page["langlinks"] == []
    assert f"Event safety review: {event}" in tree(page["text"]).text


# --- a line for what is settled


def test_a_settled_flag_is_one_line_with_the_decision(shown: Shown) -> None:
    (line,) = blocks(shown.show(SETTLED))
    assert line.text == "Flag z3kd81pq has left this page. Status: handled (the edit that decided)"
    assert links(line) == [("/wiki/Special:Diff/4711", "the edit that decided")]
    assert line.attributes["data-event-safety-facts"] == "77aa01bc42d0"


def test_a_settled_flag_without_a_revision_has_no_link(shown: Shown) -> None:
    (line,) = blocks(shown.show(SETTLED.replace("4711", "")))
    assert line.text == "Flag z3kd81pq has left this page. Status: handled"


# --- the whole page


def test_a_whole_page_keeps_its_order_without_gaps_between_rows(shown: Shown) -> None:
    rows = [flag(id="one"), flag(id="two", comment="* a\n* b"), flag(id="three"), SETTLED, SETTLED.replace("z3", "z4")]
    page = shown.parse("\n\n".join([f"{header()}\n__NOINDEX__", *rows]), "text|links|categories")
    found = blocks(tree(page["text"]))
    ids = ["flag-one", "flag-two", "flag-three", "flag-z3kd81pq", "flag-z4kd81pq"]
    assert [element.attributes.get("id") for element in found if element.name == "div"] == [None, *ids]
    # The line of __NOINDEX__ leaves one blank paragraph below the top, and nothing else does.
    assert [element.name for element in found] == ["div", "p", *["div"] * len(ids)]
    assert [element.name for element in found[1].elements] == ["br"]
    assert {link["ns"] for link in page["links"]} == {10}
    assert {category["category"] for category in page["categories"]} <= {"Noindexed_pages"}


def test_the_styles_reach_the_reader(shown: Shown) -> None:
    (row,) = blocks(shown.show(flag()))
    style = row.attributes["style"] or ""
    assert "background:var(--background-color-neutral-subtle,#f8f9fa)" in style
    assert "overflow-wrap:anywhere" in style
