"""The contacts of a page are shown to people and to programs, all that could not be read included."""

from __future__ import annotations

import json
from importlib import resources
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings

from bot import escape
from bot.parse import contacts
from bot.parse.sites import META
from bot.render import contacts_page
from tests.render.hostile import texts

FULL = """\
{{Event safety contacts|event=Event:X|lang=en|form=full|timezone=Asia/Kolkata|phase=during|number=112
|emergency=emergency{{@}}wikimedia.org|trust=ca{{@}}wikimedia.org|team=
{{Event safety contact|name=Ada|reports=yes|language 1=en|language 2=hi|email=ada@example.org|hours=09:00-18:00
|phases=during|from=2026-12-24|until=2026-12-26|training=Keeping events safe (2026-01-02); First aid|order=1}}
{{Event safety contact|name=Bob|affiliation=Wikimedia India|hours=mornings}}
}}
{{Event safety contact|name=Zoe}}
{{Event safety contacts}}
"""


def as_json(text: str) -> Any:
    return json.loads(contacts_page.as_json(contacts.read(text, META)))


def as_text(text: str, width: int = 100) -> str:
    return contacts_page.as_text(contacts.read(text, META), width, colour=False)


def rules() -> Any:
    return json.loads(resources.files("bot.render").joinpath("schema/contacts-page.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(FULL, id="everything"),
        pytest.param("", id="nothing"),
        pytest.param(FULL.replace("name=Bob", "name=#"), id="a row not read"),
        pytest.param(FULL[:-5], id="a list not closed"),
    ],
)
def test_it_is_what_its_schema_says_with_keys_in_order(text: str) -> None:
    document = as_json(text)
    jsonschema.Draft202012Validator.check_schema(rules())
    jsonschema.validate(document, rules(), cls=jsonschema.Draft202012Validator)
    assert list(document) == list(rules()["properties"]) == rules()["required"]
    for one in document["contacts"]:
        assert list(one) == list(rules()["properties"]["contacts"]["items"]["properties"])


def test_everything_is_in_the_json() -> None:
    document = as_json(FULL)
    ada, bob = document["contacts"]
    assert (document["line"], document["event"], document["emergency"]) == (1, "Event:X", "emergency@wikimedia.org")
    assert ada == {
        "name": "Ada",
        "line": 3,
        "roles": ["reports"],
        "languages": ["en", "hi"],
        "channels": [{"kind": "wiki mail", "value": ""}, {"kind": "email", "value": "ada@example.org"}],
        "hours": ["09:00-18:00"],
        "phases": ["during"],
        "from": "2026-12-24",
        "until": "2026-12-26",
        "training": [{"course": "Keeping events safe", "on": "2026-01-02"}, {"course": "First aid", "on": None}],
        "affiliation": "",
        "order": 1,
    }
    assert (bob["hours"], bob["affiliation"], bob["order"], bob["from"]) == ([], "Wikimedia India", None, None)
    assert [(one["line"], one["text"]) for one in document["unparsed"]] == [(5, "hours=mornings")]
    assert (document["again"], document["strays"]) == ([8], [7])


def test_a_table_for_people() -> None:
    shown = as_text(FULL)
    assert shown.startswith("2 safety contacts during the event\n")
    assert "   3  Ada   reports  en, hi     09:00-18:00" in shown
    assert "line 5: hours=mornings (hours: " in shown
    assert "line 8: another list, which was not read" in shown
    assert "line 7: a safety contact that stands in no list" in shown


def test_a_page_without_a_list() -> None:
    assert as_text("Welcome!") == "no list of safety contacts\n"
    assert as_text("{{Event safety contacts|team=}}") == "0 safety contacts\n"


@settings(max_examples=60, deadline=None)
@given(texts)
def test_hostile_words_harm_no_terminal(text: str) -> None:
    page = FULL.replace("=Event:X", f"={escape.wikitext(text)}").replace("mornings", text).replace("during", text)
    for shown in (as_text(page, 40), contacts_page.as_json(contacts.read(page, META))):
        assert not any(ord(c) < 0x20 or 0x7F <= ord(c) < 0xA0 for c in shown.replace("\n", ""))
        assert "\u202e" not in shown
