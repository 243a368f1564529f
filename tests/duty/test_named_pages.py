"""Which pages of its wiki a roster names: its own alone can be asked about, and what is missing is told by its key."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.duty import named_pages
from bot.duty.named_pages import NamedPage
from bot.model import RosterEvent
from bot.parse.sites import META

SITE = replace(
    META,
    namespaces={**META.namespaces, 10: ("Vorlage", "Template")},
    special_pages={**META.special_pages, "MyLanguage": ("Meine Sprache",)},
)


@pytest.mark.parametrize(
    ("written", "title"),
    [
        pytest.param("Event:Clinic/Rules", "Event:Clinic/Rules", id="a page"),
        pytest.param("event:clinic/Rules#Who", "Event:Clinic/Rules", id="a section, in other letters"),
        pytest.param(":Template:Rules_of us", "Vorlage:Rules of us", id="as the wiki writes it"),
        pytest.param("m:Friendly space", "Friendly space", id="this wiki by its prefix"),
        pytest.param("Special:MyLanguage/Friendly space", "Friendly space", id="in the reader's language"),
        pytest.param("Spezial:Meine Sprache/Rules", "Spezial:Meine Sprache/Rules", id="no namespace of this wiki"),
        pytest.param("Special:Meine Sprache/Rules", "Rules", id="in the reader's language, by the local name"),
        pytest.param("Talk:Rules", "Talk:Rules", id="a talk page"),
        pytest.param("Rules: a draft", "Rules: a draft", id="a colon within a title"),
    ],
)
def test_a_page_of_this_wiki_is_asked_about_by_its_title(written: str, title: str) -> None:
    found = named_pages.of(RosterEvent(policy=written, report_page=written), SITE)
    assert found == (NamedPage("policy", written, title), NamedPage("report_page", written, title))


@pytest.mark.parametrize(
    "written",
    [
        pytest.param("", id="nothing"),
        pytest.param("foundation:Policy:Friendly space policy", id="another wiki"),
        pytest.param("mw:Special:MyLanguage/Code of Conduct", id="another wiki, in the reader's language"),
        pytest.param("de:Wikipedia:Regeln", id="a language"),
        pytest.param("phab:T1", id="a prefix of something else"),
        pytest.param("Special:Contact", id="a special page"),
        pytest.param("Special:MyLanguage/foundation:Policy:X", id="another wiki behind a special page"),
        pytest.param("Special:MyLanguage", id="no page behind it"),
        pytest.param("/Rules", id="a page below the one that links to it"),
        pytest.param("File:Rules.pdf", id="a file, which may be elsewhere"),
        pytest.param("MediaWiki:Rules", id="a message"),
        pytest.param("#Rules", id="a section of the page itself"),
        pytest.param("A|B", id="no title"),
    ],
)
def test_what_is_no_page_of_this_wiki_is_not_asked_about(written: str) -> None:
    site = replace(SITE, interwikis=SITE.interwikis | {"phab"})
    assert named_pages.of(RosterEvent(policy=written), site) == ()


def test_what_is_missing_is_told_with_its_key_unless_it_is_begun_when_needed() -> None:
    named = named_pages.of(RosterEvent(policy="event:A/Rules", report_page="Event talk:A"), SITE)
    missing = {"Event:A/Rules", "Event talk:A"}
    [policy] = named_pages.absent(named, missing, made=["Event talk:A"])
    assert policy.text == (
        'The roster names "event:A/Rules" as the event\'s own policy, but there is no such page on this wiki.'
    )
    assert policy.advice == "Make that page, or correct policy in [event] of the roster."
    [_, report] = named_pages.absent(named, missing)
    assert '"Event talk:A" as the page for reports in public' in report.text
    assert "correct report_page in" in report.advice
    assert named_pages.absent(named, []) == ()


@given(st.text(max_size=30))
def test_whatever_is_written_each_title_is_one_that_this_wiki_can_have(text: str) -> None:
    for one in named_pages.of(RosterEvent(policy=text), SITE):
        assert one.title
        assert not set("#<>[]|{}_") & set(one.title)
        assert named_pages.of(RosterEvent(policy=one.title), SITE) in ((NamedPage("policy", one.title, one.title),), ())
