from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.parse import titles
from bot.parse.sites import META


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Event:Sample Fair", "Event:Sample Fair"),
        pytest.param("event:sample_fair", "Event:Sample fair", id="first letters"),
        pytest.param(" : Event : sample  fair_ ", "Event:Sample fair", id="blanks and a leading colon"),
        pytest.param("Project:Sample", "Meta:Sample", id="alias of a namespace"),
        pytest.param("Sample: Fair", "Sample: Fair", id="a colon without namespace"),
        pytest.param("Event:Sample#Participants", "Event:Sample", id="fragment"),
        pytest.param("Event:\u200eSample\u200f", "Event:Sample", id="bidi marks"),
        pytest.param("Event:Cafe\u0301", "Event:Café", id="NFC"),
        pytest.param("Event:ßample", "Event:ßample", id="a letter without capital of one letter"),
        pytest.param("Event:Caf%C3%A9 &amp; more", "Event:Café & more", id="percent codes and entities"),
        pytest.param("12", "12", id="a number"),
        pytest.param("", None, id="nothing"),
        pytest.param("Event:", None, id="only a namespace"),
        pytest.param("Event::X", None, id="two colons"),
        pytest.param("#12", None, id="only a fragment"),
        pytest.param("Event:A[b]", None, id="brackets"),
        pytest.param("Event:A|b", None, id="pipe"),
        pytest.param("Event:A\nb", None, id="line break"),
        pytest.param("Event:100%E9", None, id="percent code that is not UTF-8"),
        pytest.param("Event:A~~~b", None, id="signature"),
        pytest.param("Event:./A", None, id="relative path"),
        pytest.param("Event:A/..", None, id="relative path at the end"),
        pytest.param("Event:" + "é" * 128, None, id="256 bytes"),
        pytest.param("Event:" + "é" * 127, "Event:" + "É" + "é" * 126, id="254 bytes"),
        pytest.param("Event:\ud800", None, id="half a surrogate pair"),
    ],
)
def test_normal(text: str, title: str | None) -> None:
    assert titles.normal(text, META.namespaces) == title


def test_without_known_namespaces_only_the_first_letter_changes() -> None:
    assert titles.normal("project:x", titles.CANONICAL_EVENTS) == "Project:x"


@given(st.text(max_size=60) | st.text(alphabet="aZé:_ #/%41&;ß\u200e", max_size=20).map("event:".__add__))
@settings(max_examples=200)
def test_normal_is_idempotent(text: str) -> None:
    once = titles.normal(text, META.namespaces)
    assert once is None or titles.normal(once, META.namespaces) == once


@pytest.mark.parametrize(
    ("text", "host", "rest"),
    [
        ("Event:X", None, "Event:X"),
        ("m:Event:X", "meta.wikimedia.org", "Event:X"),
        (":m:Event:X", "meta.wikimedia.org", "Event:X"),
        ("w:Event:X", "en.wikipedia.org", "Event:X"),
        ("w:de:Veranstaltung:X", "de.wikipedia.org", "Veranstaltung:X"),
        (":de:Veranstaltung:X", "de.wikipedia.org", "Veranstaltung:X"),
        ("wikt:pt-br:X", "pt-br.wiktionary.org", "X"),
        ("c:Event:X", "commons.wikimedia.org", "Event:X"),
        ("m:w:Event:X", "en.wikipedia.org", "Event:X"),
        ("wikidata:Event:X", "www.wikidata.org", "Event:X"),
        pytest.param("Meta:X", None, "Meta:X", id="this wiki's namespace goes before the prefix"),
        pytest.param("commons:de:X", "commons.wikimedia.org", "de:X", id="a language has no sense behind Commons"),
        pytest.param("Node: a talk", None, "Node: a talk", id="not a prefix"),
        pytest.param("X", None, "X", id="no colon"),
    ],
)
def test_interwiki(text: str, host: str | None, rest: str) -> None:
    assert titles.without_interwiki(text, META) == (host, rest)
