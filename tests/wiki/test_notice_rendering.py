"""The notice, the reminder, the contacts and the checklist on a real wiki: what readers see, and that values are text."""

from __future__ import annotations

import unicodedata
from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from bot import escape
from bot.onwiki import messages
from tests.onwiki.calls import HOSTILE
from tests.onwiki.elements import Element, blocks, links, tree
from tests.onwiki.notices import (
    CONTACTS,
    ITEMS,
    PARAMETERS,
    POLICIES,
    checklist,
    notice,
    person,
    reminder,
    team,
)
from tests.onwiki.shown import Shown
from tests.sandbox.sandbox import Sandbox

NOBODY = dict.fromkeys((*POLICIES, "public", *CONTACTS, "contacts", "number", "emergency", "event"), "")
PERSON = {
    "reports": "yes",
    "on site": "yes",
    "language 1": "en",
    "language 2": "hi",
    "language 3": "ar",
    "email": "safety@example.org",
    "phone": "+91 1 234",
    "chat": "#safety:example.org",
    "hours": "2026-12-24 09:00-18:00; 09:00-17:00",
    "phases": "before, during",
    "from": "2026-12-01",
    "until": "2027-01-07",
    "training": "Keeping events safe (2026-01-02); First aid",
    "affiliation": "Wikimedia Example",
    "order": "1",
}
FORMS = ("page", "talk", "addition")


@pytest.fixture(scope="module")
def shown(wiki: Sandbox) -> Shown:
    wiki.reset()
    wiki.world.page("Event:Learning Clinic", "An event.")
    return Shown(wiki)


def box(shown: Shown, text: str) -> Element:
    """The one thing that a call shows."""
    (found,) = blocks(shown.show(text))
    return found


def headings(element: Element) -> list[str]:
    return [div.text for div in element.all("div") if div.attributes.get("role") == "heading"]


def people(element: Element) -> list[Element]:
    return [div for div in element.all("div") if div.attributes.get("role") == "listitem"]


def facts(row: Element) -> dict[str, str]:
    """What a person's card says, by its labels."""
    lines = [div.elements for div in row.elements[1:]]
    return {label.text: value.text.strip() for label, value in lines}


def marks(row: Element) -> list[str]:
    return [span.text for span in row.elements[0].elements]


def hrefs(element: Element) -> dict[str, str]:
    return {text: unquote(href or "").replace("_", " ") for href, text in links(element)}


def as_shown(value: str) -> str:
    """A value as the bot writes it and the wiki shows it: composed (NFC), no blank made unbreakable before a colon."""
    return unicodedata.normalize("NFC", escape.terminal(value))


def text_of(root: Element) -> str:
    return root.text.replace("\xa0", " ")


def say(key: str, *arguments: str, language: str = "en") -> str:
    return messages.text(language, key, *arguments)


# --- the pages of the templates


@pytest.mark.parametrize("title", list(PARAMETERS))
def test_the_wiki_takes_the_description_of_the_parameters(shown: Shown, title: str) -> None:
    (data,) = shown.client.api(action="templatedata", titles=title, lang="en")["pages"].values()
    assert tuple(data["paramOrder"]) == PARAMETERS[title]
    assert data["format"]
    assert all(parameter["description"] for parameter in data["params"].values())


# --- the notice


def test_a_notice_says_what_holds_how_to_report_and_what_to_do_in_danger(shown: Shown) -> None:
    found = box(shown, notice())
    assert headings(found) == [say("notice-title")]
    assert [item.text for item in found.all("ul")[0].all("li")] == [say(f"policy-{kind}") for kind in POLICIES]
    for key in ("notice-intro", "notice-report", "notice-report-who", "notice-report-public-care"):
        assert say(key) in found.text
    assert say("notice-report-private", "Ashen Courier · Copper Ferret · All safety contacts") in found.text
    assert say("notice-report-public", "Event talk:Learning Clinic") in found.text
    assert say("notice-danger-number", "112") in found.text
    assert say("notice-threats", "emergency@wikimedia.org") in found.text
    assert say("notice-general") not in found.text


def test_the_links_of_a_notice_lead_to_pages_and_forms_and_never_to_a_person(shown: Shown) -> None:
    page = shown.parse(notice(form="talk"), "text|links|externallinks")
    found = hrefs(tree(page["text"]))
    ends = {
        "Universal Code of Conduct": "foundation.wikimedia.org/wiki/Special:MyLanguage/Policy:Universal Code of Conduct",
        "Friendly space policy": "foundation.wikimedia.org/wiki/Special:MyLanguage/Policy:Friendly space policy",
        say("policy-technical"): "mediawiki.org/wiki/Special:MyLanguage/Code of Conduct",
        "Ashen Courier": "/wiki/Special:EmailUser/Ashen Courier",
        "Copper Ferret": "/wiki/Special:EmailUser/Copper Ferret",
        "Event:Learning Clinic": "/wiki/Event:Learning Clinic",
        say("notice-contacts"): "#event-safety-contacts",
    }
    for text, end in ends.items():
        assert found[text].endswith(end)
    assert {link["title"] for link in page["links"] if link["ns"] != 10} == {
        *("Event:Learning Clinic", "Event talk:Learning Clinic", "Event:Learning Clinic/Policy")
    }


def test_a_notice_on_a_talk_page_names_the_event_and_is_about_nobody(shown: Shown) -> None:
    found = box(shown, notice(form="talk"))
    assert say("notice-intro-talk", "Event:Learning Clinic") in found.text
    assert found.elements[-1].text == say("notice-general")
    assert say("notice-intro") in box(shown, notice(form="talk", event="")).text


def test_an_addition_has_neither_title_nor_frame(shown: Shown) -> None:
    found = box(shown, notice(form="addition", own="", technical=""))
    assert headings(found) == []
    assert "border" not in (found.attributes["style"] or "")
    assert say("notice-intro-addition") in found.text
    assert len(found.all("ul")[0].all("li")) == 2


def test_an_addition_shows_only_what_it_is_given(shown: Shown) -> None:
    found = box(shown, notice(NOBODY, form="addition", friendly="foundation:Policy:Friendly space policy"))
    assert found.text == f"{say('notice-intro-addition')}{say('policy-friendly')}"
    assert box(shown, notice(NOBODY, form="addition")).text == ""
    only_number = box(shown, notice(NOBODY, form="addition", number="112"))
    assert only_number.text == say("notice-danger-number", "112")


@pytest.mark.parametrize("form", ["", "page", "talk", "another word"])
def test_an_empty_notice_still_says_what_to_do_in_danger_and_has_no_empty_heading(shown: Shown, form: str) -> None:
    found = box(shown, notice(NOBODY, form=form))
    rest = say("notice-general") if form == "talk" else ""
    assert found.text == f"{say('notice-title')}{say('notice-danger')}{rest}"
    assert found.all("ul") == found.all("a") == []


@pytest.mark.parametrize(
    ("given", "line"),
    [
        pytest.param(("contact 1",), "In private: Ashen Courier", id="the first"),
        pytest.param(("contact 6",), "In private: Ashen Courier", id="the last alone"),
        pytest.param(("contact 2", "contact 5"), "In private: Ashen Courier · Ashen Courier", id="two with gaps"),
        pytest.param(("contacts",), "In private: All safety contacts", id="the list alone"),
        pytest.param(("contact 3", "contacts"), "In private: Ashen Courier · All safety contacts", id="both"),
    ],
)
def test_dots_stand_only_between_what_is_there(shown: Shown, given: tuple[str, ...], line: str) -> None:
    found = box(shown, notice(NOBODY, **dict.fromkeys(given, "Ashen Courier")))
    assert [item.text for item in found.all("li")] == [line]


def test_what_cannot_be_a_title_or_is_a_person_is_text_and_no_link(shown: Shown) -> None:
    odd = {"own": "[[Not]] <a>", "public": "User:Other", "contacts": "a<b", "contact 1": "{{x}}", "event": "a [b]"}
    page = shown.parse(notice(odd, form="talk"), "text|links")
    assert {link["ns"] for link in page["links"]} <= {10}
    assert "User:Other" in tree(page["text"]).text
    for text in ("{{x}}", "a [b]", say("policy-own"), say("notice-contacts")):
        assert text in tree(page["text"]).text
        assert text not in hrefs(tree(page["text"]))


# --- the reminder


def test_a_reminder_asks_kindly_and_says_where(shown: Shown) -> None:
    found = box(shown, reminder())
    assert headings(found) == [say("reminder-title")]
    assert [item.text for item in found.all("li")] == [say(f"policy-{kind}") for kind in POLICIES]
    for words in (say("reminder-intro", "Event:Learning Clinic"), say("reminder-where", "Event:Learning Clinic")):
        assert words in found.text
    assert found.text.endswith(f"{say('reminder-done')} {say('reminder-everyone')}")


def test_a_reminder_without_values_has_nothing_empty(shown: Shown) -> None:
    found = box(shown, reminder(**dict.fromkeys((*POLICIES, "event", "where"), "")))
    assert found.all("ul") == found.all("a") == []
    assert "$" not in found.text
    assert found.text.startswith(f"{say('reminder-title')}{say('reminder-why')}{say('reminder-done')}")


# --- the contacts


def test_a_person_s_card_says_all_that_is_known(shown: Shown) -> None:
    (row,) = people(box(shown, team([person(PERSON)])))
    assert marks(row) == ["Ashen Courier", "First call", "Takes reports", "Responds on site"]
    assert facts(row) == {
        "Languages": "English · हिन्दी · العربية",
        "Contact": "Email through the wiki Email: safety@example.org Phone: +91 1 234 Chat: #safety:example.org",
        "Hours": "2026-12-24 09:00-18:00; 09:00-17:00",
        "Available": "Before the event · During the event · 2026-12-01 to 2027-01-07",
        "Training": "Keeping events safe (2026-01-02); First aid",
        "Affiliation": "Wikimedia Example",
    }
    assert links(row) == [("/wiki/Special:EmailUser/Ashen_Courier", "Email through the wiki")]


@pytest.mark.parametrize(("role", "key"), [("reports", "reports"), ("on site", "on-site"), ("decides", "decides"),
                                           ("removes", "removes"), ("venue", "venue")])  # fmt: skip
@pytest.mark.parametrize(("value", "there"), [("yes", True), ("Yes", True), ("", False), ("no", False)])
def test_a_role_is_a_mark(shown: Shown, role: str, key: str, value: str, there: bool) -> None:
    (row,) = people(box(shown, team([person({role: value})])))
    assert marks(row) == ["Ashen Courier", *([say(f"role-{key}")] if there else [])]


@pytest.mark.parametrize(("order", "mark"), [("1", "First call"), ("2", "Call no. 2"), ("12", "Call no. 12")])
def test_the_order_of_escalation_is_a_mark(shown: Shown, order: str, mark: str) -> None:
    (row,) = people(box(shown, team([person(order=order)])))
    assert marks(row) == ["Ashen Courier", mark]


@pytest.mark.parametrize(
    ("values", "label", "text"),
    [
        pytest.param({"from": "2026-12-01"}, "Available", "From 2026-12-01", id="from"),
        pytest.param({"until": "2026-12-01"}, "Available", "Until 2026-12-01", id="until"),
        pytest.param({"phases": "before"}, "Available", "Before the event", id="one phase"),
        pytest.param({"phases": "before, after"}, "Available", "Before the event · After the event", id="two phases"),
        pytest.param({"phases": "at night"}, "Available", "at night", id="a phase by hand"),
        pytest.param({"phases": "after", "until": "2026-12-01"}, "Available", "After the event · Until 2026-12-01",
                     id="a phase and a day"),
        pytest.param({"mail": "no", "phone": "1"}, "Contact", "Phone: 1", id="no mail"),
        pytest.param({"mail": "No", "chat": "c", "email": "a@b"}, "Contact", "Email: a@b Chat: c", id="two channels"),
        pytest.param({"language 6": "sw"}, "Languages", "Kiswahili", id="the last language alone"),
        pytest.param({"language 1": "no such"}, "Languages", "no such", id="a language that nobody knows"),
    ],
)  # fmt: skip
def test_a_line_of_a_card(shown: Shown, values: dict[str, str], label: str, text: str) -> None:
    (row,) = people(box(shown, team([person(values)])))
    assert facts(row)[label] == text


def test_a_card_without_values_has_only_the_way_through_the_wiki(shown: Shown) -> None:
    (row,) = people(box(shown, team([person()])))
    assert facts(row) == {"Contact": "Email through the wiki"}
    (mute,) = people(box(shown, team([person(mail="no")])))
    assert (marks(mute), facts(mute)) == (["Ashen Courier"], {})


def test_a_row_without_a_name_is_nothing(shown: Shown) -> None:
    assert people(box(shown, team([person({**PERSON, "name": ""})]))) == []


def test_the_list_can_be_linked_to_and_says_whom_else_to_call(shown: Shown) -> None:
    found = box(shown, team([person(), person(name="Copper Ferret")]))
    assert found.attributes["id"] == "event-safety-contacts"
    assert headings(found) == ["Safety contacts · During the event"]
    assert [marks(row)[0] for row in people(found)] == ["Ashen Courier", "Copper Ferret"]
    (rows,) = [div for div in found.all("div") if div.attributes.get("role") == "list"]
    assert [row for row in rows.elements if row.attributes.get("class") != "mw-empty-elt"] == people(found)
    assert say("contacts-timezone", "Asia/Kolkata") in found.text
    assert say("contacts-trust", "ca@wikimedia.org") in found.text
    assert say("contacts-danger-number", "112") in found.text
    assert say("contacts-threats", "emergency@wikimedia.org") in found.text


def test_a_list_without_anybody_shows_no_empty_list(shown: Shown) -> None:
    found = box(shown, team([], timezone="Asia/Kolkata", phase="", number="", emergency="", trust=""))
    assert found.text == f"{say('contacts-title')}{say('contacts-danger')}"
    assert people(found) == []


def test_the_compact_list_is_the_same_in_lines(shown: Shown) -> None:
    full, compact = (box(shown, team([person(PERSON)], form=form)) for form in ("full", "compact"))
    assert marks(people(full)[0]) == marks(people(compact)[0])
    assert "--event-safety-more:none" in (compact.attributes["style"] or "")
    assert "--event-safety" not in (full.attributes["style"] or "")
    assert say("contacts-timezone", "Asia/Kolkata") not in compact.text


def test_blank_lines_and_remarks_between_rows_leave_no_gap(shown: Shown) -> None:
    rows = f"{person()}\n\n<!-- the next one helps at night -->\n{person(name='Copper Ferret')}"
    (rows_shown,) = [e for e in box(shown, team([rows])).all("div") if e.attributes.get("role") == "list"]
    names = [e.name for e in rows_shown.elements if e.attributes.get("class") != "mw-empty-elt"]
    assert names == ["div", "div"]


# --- the checklist


def test_every_line_of_the_checklist_has_its_state_in_words(shown: Shown) -> None:
    states = {item: ("done", "missing", "unknown", "na")[n % 4] for n, item in enumerate(ITEMS)}
    signs = {"done": "✓", "missing": "○", "unknown": "?", "na": "–"}
    found = box(shown, checklist(states))
    assert [[part.text for part in line.elements] for line in found.all("li")] == [
        [f"{signs[state]} {say(f'state-{state}')}", say(f"item-{item}")] for item, state in states.items()
    ]
    assert headings(found) == [say("checklist-title")]
    assert say("checklist-intro", "Event:Learning Clinic") in found.text
    assert found.elements[-1].text == say("checklist-updated", "2026-12-01")


@pytest.mark.parametrize("value", ["perhaps", "</li></ul>", "#default", "''done''"])
def test_any_other_state_is_not_known_and_not_repeated(shown: Shown, value: str) -> None:
    (line,) = box(shown, checklist({"tasks": value})).all("li")
    (plain,) = box(shown, checklist({"tasks": "unknown"})).all("li")
    assert (line.skeleton(), line.text) == (plain.skeleton(), plain.text)


def test_a_line_without_a_state_is_not_shown(shown: Shown) -> None:
    assert [line.text for line in box(shown, checklist({"chain": "Done"})).all("li")] == [
        f"✓ {say('state-done')}{say('item-chain')}"
    ]
    empty = box(shown, checklist({}, event="", updated=""))
    assert (empty.text, empty.all("ul")) == (say("checklist-title"), [])


# --- every box: languages, values, places


def every_box(language: str) -> list[str]:
    return [
        *(notice(lang=language, form=form) for form in FORMS),
        *(team([person(PERSON, lang=language)], lang=language, form=form) for form in ("full", "compact")),
        *(reminder(lang=language), checklist({"tasks": "done"}, lang=language)),
    ]


@pytest.mark.parametrize("language", messages.languages())
def test_a_box_is_marked_as_the_language_and_direction_that_it_shows(shown: Shown, language: str) -> None:
    found = blocks(shown.show("\n\n".join(every_box(language))))
    english = blocks(shown.show("\n\n".join(every_box("en"))))
    groups = ("notice", "notice", "notice", "contacts", "contacts", "reminder", "checklist")
    for element, plain, group in zip(found, english, groups, strict=True):
        used = messages.chosen(language, group)
        assert (element.attributes["lang"], element.attributes["dir"]) == (used, messages.direction(used))
        assert [child.name for child in element.all("div")] == [child.name for child in plain.all("div")]
        assert (element.text == plain.text) == (used == "en")
        assert "⧼" not in element.text
        assert "$" not in element.text


@pytest.mark.parametrize("language", ["", "qqx", "no such", "</div>", "EN"])
def test_a_language_that_nobody_knows_is_english(shown: Shown, language: str) -> None:
    for text, plain in zip(every_box(language), every_box("en"), strict=True):
        assert box(shown, text).text == box(shown, plain).text
        assert box(shown, text).attributes["lang"] == "en"


def test_names_and_titles_are_set_off_from_the_words_around_them(shown: Shown) -> None:
    found = blocks(shown.show("\n\n".join(every_box("ar"))))
    apart = {bdi.text for element in found for bdi in element.all("bdi")}
    assert {"Ashen Courier", "Copper Ferret", "Event:Learning Clinic", "Event talk:Learning Clinic", "112"} <= apart
    assert {"emergency@wikimedia.org", "ca@wikimedia.org", "safety@example.org", "+91 1 234", "Asia/Kolkata"} <= apart
    (own,) = {bdi.attributes["lang"] for element in found for bdi in element.all("bdi") if bdi.text == "हिन्दी"}
    assert own == "hi"


TEXTS = {
    "notice": ("number",),
    "person": ("email", "phone", "chat", "hours", "phases", "from", "until", "training", "affiliation", "order"),
    "team": ("timezone",),
    "checklist": ("updated",),
}


@pytest.mark.parametrize("value", HOSTILE)
def test_a_hostile_value_is_text_and_nothing_else(shown: Shown, value: str) -> None:
    def page(text: str) -> str:
        values = {kind: dict.fromkeys(names, text) for kind, names in TEXTS.items()}
        boxes = (notice(values["notice"]), team([person(values["person"])], timezone=text),
                 checklist(values["checklist"]))  # fmt: skip
        return "\n\n".join(boxes)

    plain = shown.show(page("plain"))
    found = shown.parse(page(value), "text|links|categories|externallinks|sections|images")
    root = tree(found["text"])
    assert root.skeleton() == plain.skeleton()
    assert text_of(root).count(as_shown(value)) == sum(len(names) for names in TEXTS.values())
    assert {link["ns"] for link in found["links"]} <= {10, 1728, 1729}
    assert found["categories"] == found["sections"] == found["images"] == []


@pytest.mark.parametrize("value", HOSTILE)
def test_a_hostile_name_or_title_leads_to_no_person_and_breaks_nothing(shown: Shown, value: str) -> None:
    def page(text: str) -> str:
        titles = dict.fromkeys(("event", "own", "public", "contacts", "contact 1", "contact 6"), text)
        languages = dict.fromkeys(("language 1", "language 6"), text)
        rows = [person({"name": text, **languages})]
        boxes = [notice(titles, form=form) for form in FORMS]
        return "\n\n".join([*boxes, team(rows), reminder(event=text, own=text, where=text), checklist({}, event=text)])

    found = shown.parse(page(value), "text|links|categories|sections|images|langlinks")
    root, plain = tree(found["text"]), shown.show(page("plain"))
    assert [element.name for element in blocks(root)] == [element.name for element in blocks(plain)]
    assert [len(element.all("div")) for element in blocks(root)] == [len(e.all("div")) for e in blocks(plain)]
    assert as_shown(value) in text_of(root)
    assert not any(link["title"].startswith(("User:", "User talk:")) for link in found["links"])
    assert found["categories"] == found["sections"] == found["images"] == found["langlinks"] == []
    assert not any(root.all(name) for name in ("script", "b", "i", "img", "ref", "hr", "h2"))


@pytest.mark.parametrize("target", ["Category:Sorted", "File:A.png", "de:Seite", "User:Other", "Template:Nowhere"])
def test_a_target_of_another_kind_is_a_link_and_does_nothing_else(shown: Shown, target: str) -> None:
    titles = dict.fromkeys(("event", "own", "public", "contacts"), target)
    text = notice(titles, form="talk") + reminder(event=target, own=target, where=target) + checklist({}, event=target)
    found = shown.parse(text, "text|links|categories|images|langlinks|templates")
    assert found["categories"] == found["images"] == found["langlinks"] == []
    assert {link["ns"] for link in found["links"]} & {2, 3} == set()
    assert all(template["exists"] for template in found["templates"])


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("It's ''two'' & \"more\"", id="quotation marks and ampersands"),
        pytest.param("* list; (1) = 50%! $1 ~ x", id="signs"),
        pytest.param("ورشة عمل ١", id="right to left"),
        pytest.param("Ünïcödé 港の -- RFC 1", id="letters and magic links"),
    ],
)
def test_a_name_with_signs_is_linked_as_it_is(shown: Shown, name: str) -> None:
    title = f"Event:{name}"
    titles = {"event": title, "public": title, "contact 1": name}
    root = shown.show(notice(titles, form="talk") + team([person(name=name)]) + reminder(event=title, where=title))
    found = [(urlsplit(href or ""), text) for href, text in links(root)]
    there = [parse_qs(url.query).get("title", [unquote(url.path).removeprefix("/wiki/")])[0] for url, _ in found]
    assert [one.replace("_", " ") for one in there].count(title) == 4
    assert [one.replace("_", " ") for one in there].count(f"Special:EmailUser/{name}") == 2
    assert [text for _, text in found].count(title) == 4


@pytest.mark.parametrize("before", ["Text of people.", "* a list", "== Heading ==", "{|\n| a table\n|}", ""])
def test_a_box_stands_on_its_own_between_what_people_wrote(shown: Shown, before: str) -> None:
    alone = box(shown, notice())
    found = blocks(shown.show(f"{before}\n\n{notice()}\n\nText below."))
    assert found[-2].skeleton() == alone.skeleton()
    assert (found[-1].name, found[-1].text.strip()) == ("p", "Text below.")
