"""Every event has a review page with a title that the wiki takes, and the bot knows it for its own."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.parse import reviewpage
from bot.parse.sites import META

USUAL = "User:{bot}/Event review/{event}"
BOT = "TestBot"
EVENT = "Event:Learning Clinic"
LONG = "Event:" + "é" * 120
GERMAN = replace(META, namespaces={**META.namespaces, 2: ("Benutzer", "User", "Benutzerin")})


@pytest.mark.parametrize(
    ("template", "event", "title"),
    [
        pytest.param(USUAL, EVENT, "User:TestBot/Event review/Event:Learning Clinic", id="the usual one"),
        pytest.param("user:{bot}/{event}_review", EVENT, "User:TestBot/Event:Learning Clinic review", id="underscores"),
        pytest.param("User:Others/{event}/{bot}", EVENT, "User:Others/Event:Learning Clinic/TestBot", id="behind it"),
        pytest.param("Project:{event}", EVENT, "Meta:Event:Learning Clinic", id="in the wiki's own words"),
        pytest.param(
            USUAL, "2026 meetup/Registration", f"User:{BOT}/Event review/2026 meetup/Registration", id="a page"
        ),
        pytest.param(USUAL, "{bot}", None, id="no title"),
        pytest.param("User:{bot}/<{event}>", EVENT, None, id="a template that makes no title"),
    ],
)
def test_the_title(template: str, event: str, title: str | None) -> None:
    assert reviewpage.title_for(template, BOT, event, META) == title
    assert title is None or reviewpage.is_own(title, template, BOT, META)


def test_the_namespace_is_the_wikis() -> None:
    title = reviewpage.title_for(USUAL, BOT, EVENT, GERMAN)
    assert title == "Benutzer:TestBot/Event review/Event:Learning Clinic"
    assert reviewpage.is_own(title, USUAL, BOT, GERMAN)
    assert not reviewpage.is_own(title, USUAL, BOT, META)


def test_a_title_that_is_too_long_is_cut_and_stays_its_own() -> None:
    title = reviewpage.title_for(USUAL, BOT, LONG, META)
    other = reviewpage.title_for(USUAL, BOT, f"{LONG}!", META)
    assert title is not None
    assert other is not None
    assert title != other
    assert len(title.removeprefix("User:").encode()) <= 255
    assert title.startswith("User:TestBot/Event review/Event:ééé")
    assert title == reviewpage.title_for(USUAL, BOT, LONG, META)
    assert reviewpage.is_own(title, USUAL, BOT, META)


@pytest.mark.parametrize(
    ("title", "template"),
    [
        pytest.param("User:TestBot", USUAL, id="the bot's own page"),
        pytest.param("User:TestBot/Event review/", USUAL, id="no event"),
        pytest.param("User:TestBot/Event review", USUAL, id="the page above"),
        pytest.param("User:TestBot/Run", USUAL, id="the stop page"),
        pytest.param("User:OtherBot/Event review/Event:X", USUAL, id="another bot's"),
        pytest.param("User talk:TestBot/Event review/Event:X", USUAL, id="its talk page"),
        pytest.param("TestBot/Event review/Event:X", USUAL, id="another namespace"),
        pytest.param("Event:Learning Clinic", USUAL, id="the event"),
        pytest.param("User:TestBot/Event:X", "User:{bot}/{event}/review", id="the end is missing"),
        pytest.param("User:TestBot/review", "User:{bot}/{event}/review", id="nothing between beginning and end"),
        pytest.param("User:A", "User:<{event}", id="a template that makes no title"),
    ],
)
def test_somebody_elses(title: str, template: str) -> None:
    assert not reviewpage.is_own(title, template, BOT, META)


_PAGES = st.text(
    st.characters(codec="utf-8", exclude_characters="#<>[]{}|_%&~:/\n\ufffd", exclude_categories=("C", "Z"))
)
_TEMPLATES = st.sampled_from((USUAL, "Project:{event}", "User:{bot}/{event}/X_x", "User:X/{event}/{bot}"))


@given(_PAGES.filter(bool), _TEMPLATES)
def test_every_title_is_its_own_and_made_alike_again(event: str, template: str) -> None:
    title = reviewpage.title_for(template, BOT, f"Event:{event}", META)
    if title is not None:
        assert reviewpage.is_own(title, template, BOT, META)
        assert len(title.partition(":")[2].encode()) <= 255
        assert not reviewpage.is_own(f"Talk:{title}", template, BOT, META)


@given(_PAGES.filter(bool), st.integers(0, 300))
def test_an_event_of_any_length_has_a_page(event: str, length: int) -> None:
    whole = f"Event:A{event}{'x' * length}"
    if reviewpage.title_for("{event}", BOT, whole, META):
        assert reviewpage.title_for(USUAL, BOT, whole, META)
