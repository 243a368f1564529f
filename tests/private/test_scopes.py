from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.private import scopes
from bot.private.model import Scope
from bot.private.scopes import Said


@pytest.mark.parametrize(
    ("texts", "scope"),
    [
        pytest.param(
            "in person only|In-person events|offline|on-site|solo eventos presenciales|presencial|présentiel uniquement|"
            "en présentiel|nur Präsenzveranstaltungen|vor Ort|somente presencial|solo in presenza|alleen fysieke evenementen|"
            "tylko stacjonarne|только очные мероприятия|лише очні заходи|حضوري فقط|فقط حضوری|פיזי בלבד|"
            "केवल प्रत्यक्ष कार्यक्रम|শুধু সরাসরি|tatap muka saja|ana kwa ana|yüz yüze|trực tiếp|対面のみ|대면 행사만|"
            "仅限线下活动|僅限實體活動|all in-person events",
            Scope.IN_PERSON,
            id="in person",
        ),
        pytest.param(
            "all events|All|any event|global|*|todos los eventos|tous les événements|alle Veranstaltungen|"
            "todos os eventos|tutti gli eventi|alle evenementen|wszystkie wydarzenia|все мероприятия|всі заходи|"
            "جميع الفعاليات|همه رویدادها|כל האירועים|सभी कार्यक्रम|সব অনুষ্ঠান|semua acara|matukio yote|tüm etkinlikler|"
            "tất cả các sự kiện|すべてのイベント|모든 행사|所有活动|所有活動|online and in person|hybrid",
            Scope.ALL,
            id="all",
        ),
        pytest.param(
            "this event|This event only|este evento|cet événement|nur diese Veranstaltung|esse evento|questo evento|"
            "dit evenement|to wydarzenie|только это мероприятие|цей захід|هذه الفعالية|این رویداد|אירוע זה|यह कार्यक्रम|"
            "এই অনুষ্ঠান|acara ini|tukio hili|bu etkinlik|sự kiện này|このイベントのみ|이 행사|本次活动|僅此活動",
            Scope.EVENT,
            id="one event",
        ),
        pytest.param("|-|n/a|unbekannt|不明", None, id="nothing"),
    ],
)
def test_scopes_are_read_in_many_languages(texts: str, scope: Scope | None) -> None:
    wrong = {text: scopes.scope(text) for text in texts.split("|") if scopes.scope(text).scope is not scope}
    assert not wrong
    assert all(scopes.scope(text).is_sure for text in texts.split("|") if text != "hybrid")


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("in person in Europe", id="a place besides"),
        pytest.param("in person and on Zoom", id="more than in person"),
        pytest.param("not in person", id="the opposite"),
        pytest.param("online only", id="a scope that is not known"),
        pytest.param("see notes by Ada", id="something else"),
        pytest.param("WikiExample 2026", id="the name of an event"),
        pytest.param("in person only " * 40, id="too long"),
    ],
)
def test_what_is_not_understood_holds_for_all_events(text: str) -> None:
    assert scopes.scope(text) == Said(Scope.ALL, is_sure=False)


@given(st.text(max_size=400))
def test_no_text_but_known_words_is_narrow(text: str) -> None:
    found = scopes.scope("in person " + text)
    assert found.scope is Scope.ALL or found.scope is Scope.IN_PERSON
    assert found.is_sure or found.scope is Scope.ALL


@pytest.mark.parametrize(
    ("text", "scope"),
    [
        pytest.param("These bans hold for in-person events only.", Scope.IN_PERSON, id="in person"),
        pytest.param("These bans hold online and in person.", Scope.ALL, id="both"),
        pytest.param("List: bans from in person events; some also from calls (see scope)", Scope.ALL, id="also"),
        pytest.param("Nur Präsenzveranstaltungen", Scope.IN_PERSON, id="German"),
        pytest.param("Präsenzveranstaltungen, teils auch Videokonferenzen", Scope.ALL, id="German also"),
        pytest.param("Confidential", None, id="nothing"),
    ],
)
def test_a_sentence_on_the_whole_list(text: str, scope: Scope | None) -> None:
    assert scopes.whole(text) is scope


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Wikimania 2026", id="a name and a year"),
        pytest.param("WikiExample", id="made like a name"),
        pytest.param("Riverside Meetup", id="a word for an event"),
        pytest.param("Treffen am Fluss", id="a German one"),
        pytest.param("Викимания 2026", id="Russian"),
        pytest.param("ウィキマニア2026", id="Japanese"),
        pytest.param("Encuentro de Bibliotecas 2026", id="Spanish"),
        pytest.param("Event:Riverside", id="a page"),
        pytest.param("https://meta.wikimedia.org/wiki/Event:Riverside", id="an address"),
        pytest.param("1234", id="a registration"),
    ],
)
def test_one_event_is_surely_named(text: str) -> None:
    assert scopes.is_one_event(text)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(one, id=one)
        for one in [
            "All Wikimedia events in Europe",
            "Any WMF-funded event",
            "Everything until further notice",
            "all Wikimania events",
            "Various",
            "multiple",
            "Europe",
            "see e-mail",
            "yes",
            "x",
            "?",
            "2026",
            "Meetup",
            "Event in Berlin and all later events",
            "Wikimania 2025 onwards",
            "Wikimania since 2024",
            "Wikimania 2024-",
            "alle Treffen",
            "tous les hackathons",
            "toda Wikimania y otros eventos",
            "все конференции",
            "すべてのウィキマニア",
            "所有维基媒体国际会议",
            "Wikimedia Foundation events",
            "Wikimania 2025 and other conferences",
            "Foundation list of event bans",
            "Wikimania…",
        ]
    ],
)
def test_what_names_no_one_event(text: str) -> None:
    assert not scopes.is_one_event(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Wikimania 2026", False, id="one"),
        pytest.param("Wikimania 2026, Riverside Meetup", True, id="a comma"),
        pytest.param("Wikimania und WikiCon", True, id="a word"),
    ],
)
def test_several_events(text: str, expected: bool) -> None:
    assert scopes.are_several(text) is expected


@given(st.text(max_size=60))
def test_all_of_something_is_never_one_event(text: str) -> None:
    assert not scopes.is_one_event(f"all {text} events")
