from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.parse import eventpage
from bot.parse.eventpage import EventPage

PAGES = Path(__file__).parent / "html"
CONFIG: dict[str, object] = {
    "wgPageName": "Event:Sample_Fair",
    "wgRevisionId": 7,
    "wgArticleId": 6,
    "wgIsRedirect": False,
    "wgCampaignEventsEventID": 3,
}
NEW_HEADER = (
    "<div dir='ltr' class='ext-campaignevents-eventpage-header oo-ui-panelLayout'><div>"
    '<div class="ext-campaignevents-textwithicon-widget">'
    '<span class="ext-campaignevents-textwithicon-widget-icon-clock" title="Time"></span>'
    '<span class="ext-campaignevents-textwithicon-widget-content">03:30, 5 December 2026</span></div>'
    '<div class="ext-campaignevents-textwithicon-widget">'
    '<span class="ext-campaignevents-textwithicon-widget-icon-user-group" title="Number of participants"></span>'
    '<span class="ext-campaignevents-textwithicon-widget-label">Number of participants</span>'
    '<span class="ext-campaignevents-textwithicon-widget-content">{count}</span></div></div></div>'
)
DIALOG = '<div id="ext-campaignevents-eventpage-details-dialog-content"><h2>Sample</h2>{}</div>'
PRIVATE = '<div><span class="ext-campaignevents-detailsdialog-private-participants-footer-text">{}</span></div>'


def page(
    config: dict[str, object] | str = CONFIG,
    *,
    before: str = "",
    header: str = NEW_HEADER.format(count="1,234 participants"),
    dialog: str = DIALOG.format(PRIVATE.format("1 participant registered privately")),
    body: str = "<p>Welcome.</p>",
) -> str:
    script = config if isinstance(config, str) else "RLCONF=" + json.dumps(config) + ';RLSTATE={"a":"ready"};'
    return (
        f"<!DOCTYPE html><html><head><title>Sample</title><script>(function(){{}}());{script}</script></head><body>"
        f'{before}<div id="mw-content-text" class="mw-body-content">{header}{dialog}'
        f'<div class="mw-content-ltr mw-parser-output" lang="en">{body}</div></div></body></html>'
    )


@pytest.mark.parametrize(
    ("file", "expected"),
    [
        ("open", EventPage("Event:Sample Safety Workshop", 3, 52, 3, 5, exists=True)),
        (
            "via_redirect",
            EventPage(
                "Event:Sample Safety Workshop", 3, 52, 3, 5, exists=True, redirected_from="Event:Sample Redirect"
            ),
        ),
        ("deleted_registration", EventPage("Event:Sample Cancelled Event", revid=7, exists=True)),
        ("subpage", EventPage("Event:Sample Safety Workshop/es", revid=11, exists=True)),
        ("without_registration", EventPage("Event:Sample Page Without Registration", revid=10, exists=True)),
    ],
)
def test_recorded_pages(file: str, expected: EventPage) -> None:
    assert eventpage.read((PAGES / f"{file}.html").read_text(encoding="utf-8")) == expected


def test_words_beside_the_counts_are_not_counts() -> None:
    assert eventpage.read(page(header="7<br>people", dialog=DIALOG.format("7 people"))).participants is None


def test_the_newer_header_without_ooui() -> None:
    assert eventpage.read(page()) == EventPage("Event:Sample Fair", 3, 1234, 1, 7, exists=True)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("0 participants", 0),
        ("1 participant", 1),
        ("12,345,678 participants", 12_345_678),
        ("1\u202f234 participants", 1234),
        ("many", None),
        ("", None),
    ],
)
def test_count_of_participants(text: str, count: int | None) -> None:
    assert eventpage.read(page(header=NEW_HEADER.format(count=text))).participants == count


def test_no_line_for_private_participants_means_none_of_them() -> None:
    assert eventpage.read(page(dialog=DIALOG.format(""))).private == 0


def test_without_the_extension_s_dialog_private_ones_are_not_known() -> None:
    assert eventpage.read(page(dialog="")).private is None


def test_a_page_that_does_not_exist() -> None:
    found = eventpage.read(
        page({"wgPageName": "Event:Nothing", "wgRevisionId": 0, "wgArticleId": 0}, header="", dialog="")
    )
    assert found == EventPage("Event:Nothing")


def test_a_redirect_that_was_not_followed() -> None:
    assert eventpage.read(page({**CONFIG, "wgIsRedirect": True})).is_redirect


FORGED = page({"wgPageName": "Event:Forged", "wgCampaignEventsEventID": 99})


@pytest.mark.parametrize(
    "forged",
    [
        pytest.param('RLCONF={"wgPageName":"X","wgCampaignEventsEventID":99};', id="configuration in text"),
        pytest.param('<script>RLCONF={"wgPageName":"X","wgCampaignEventsEventID":99}</script>', id="in a script"),
        pytest.param('<a href="/wiki/Special:EventDetails/99">More details</a>', id="a link to another event"),
        pytest.param(NEW_HEADER.format(count="99 participants"), id="the header's classes"),
        pytest.param(DIALOG.format(PRIVATE.format("99 participants registered privately")), id="the dialog's classes"),
        pytest.param(
            '<div id="mw-content-text">' + NEW_HEADER.format(count="99 participants") + "</div>", id="content id"
        ),
        pytest.param(FORGED, id="a whole page"),
    ],
)
def test_what_anybody_can_write_is_not_believed(forged: str) -> None:
    bare = page(header="", dialog="")
    assert eventpage.read(page(header="", dialog="", body=forged)) == eventpage.read(bare)
    # Page status indicators and notices are wiki text that stands before the content.
    indicator = f'<div class="mw-indicators"><div class="mw-parser-output">{forged}</div></div>'
    assert eventpage.read(page(header="", dialog="", before=indicator)) == eventpage.read(bare)


def test_a_category_whose_name_looks_like_configuration() -> None:
    trap = 'RLCONF={"wgCampaignEventsEventID":99}'
    assert eventpage.read(page({"wgCategories": [trap], **CONFIG})).event_id == 3


@pytest.mark.parametrize("value", [None, True, "3", 0, -3, 3.5, [3]])
def test_an_event_id_of_another_shape_is_none(value: object) -> None:
    assert eventpage.read(page({**CONFIG, "wgCampaignEventsEventID": value})).event_id is None


@pytest.mark.parametrize(
    "html",
    [
        pytest.param("", id="nothing"),
        pytest.param("Service unavailable", id="plain text"),
        pytest.param(page("RLCONF={"), id="cut off in the configuration"),
        pytest.param(page('RLCONF=["wgPageName"];'), id="a list"),
        pytest.param(page("RLCONF=" + "[" * 100_000), id="nested too deeply"),
        pytest.param(page('RLCONF={"wgPageName":7};'), id="a name that is no text"),
        pytest.param(page('RLCONF={"wgCampaignEventsEventID":3};'), id="no page name"),
        pytest.param("</div></script><br/><p>stray", id="stray tags"),
        pytest.param("<!--" * 100_000, id="comments that never end"),
        pytest.param("<a " * 100_000, id="tags that never end"),
        pytest.param("<div>" * 100_000, id="deep nesting"),
        pytest.param("<script>" + "</" * 100_000, id="a script that never ends"),
        pytest.param("RLCONF=" + json.dumps(CONFIG), id="configuration outside of a script"),
        pytest.param("<body><script>RLCONF=" + json.dumps(CONFIG), id="configuration in the body"),
    ],
)
def test_what_is_no_page_of_mediawiki_says_nothing(html: str) -> None:
    assert eventpage.read(html) == EventPage()


def test_a_huge_page() -> None:
    assert eventpage.read(page(body="<p>x &amp; y</p>\n" * 200_000)).event_id == 3


PIECES = st.sampled_from(
    [*"<>/='\"&;!-[]{}:, wg1", "RLCONF=", "<script>", "</script>", "<!--", "<div class=mw-parser-output>"]
)


@given(st.lists(PIECES, max_size=60).map("".join))
@settings(max_examples=200)
def test_never_raises(text: str) -> None:
    eventpage.read(text)
    assert eventpage.read(page(body=text, dialog="")).event_id == 3
    assert eventpage.read(page(before=text)).event_id == 3
