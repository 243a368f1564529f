from __future__ import annotations

from dataclasses import replace
from urllib.parse import quote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.errors import UsageError
from bot.parse import eventref
from bot.parse.eventref import EventRef, base_of_translation
from bot.parse.sites import META

HOST = "meta.wikimedia.org"
LOCAL = replace(META, server="http://127.0.0.1:8080", article_path="/index.php/$1", script_path="")
GERMAN = replace(
    META,
    server="//de.wikipedia.org",
    namespaces={-1: ("Spezial", "Special"), 4: ("Wikipedia", "Project"), 1728: ("Veranstaltung", "Event")},
    special_pages={"EventDetails": ("Veranstaltungsdetails", "EventDetails")},
)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Event:Sample Fair", "Event:Sample Fair"),
        ("event:sample_fair", "Event:Sample fair"),
        ("Meta:Sample", "Meta:Sample"),
        ("Project:Sample", "Meta:Sample"),
        ("Meetup/London/130", "Meetup/London/130"),
        ("Event:Sample#Participants", "Event:Sample"),
        ("Event:Caf%C3%A9", "Event:Café"),
        ("  Event:Sample\t\n", "Event:Sample"),
        ("[[Event:Sample]]", "Event:Sample"),
        ("[[:Event:Sample|the fair]]", "Event:Sample"),
        ("[[Event:Sample#top|the fair]]", "Event:Sample"),
        ('"Event:Sample"', "Event:Sample"),
        ("“Event:Sample”", "Event:Sample"),
        ("« Event:Sample »", "Event:Sample"),
        ("`Event:Sample`", "Event:Sample"),
        ("\u200eEvent:Sample\u200f\ufeff", "Event:Sample"),
        pytest.param('Event:The "Sample"', 'Event:The "Sample"', id="a quote that belongs to the title"),
        pytest.param('Event:Rock & Roll "n"', 'Event:Rock & Roll "n"', id="ampersand"),
        pytest.param(":12", "12", id="a number that is a page"),
        pytest.param("Event:12", "Event:12", id="a number in the namespace"),
        pytest.param("Special:MyLanguage/Event:Sample", "Event:Sample", id="MyLanguage"),
        pytest.param("Wiki Loves Example: final", "Wiki Loves Example: final", id="colon"),
        pytest.param("Node.js/Hacking", "Node.js/Hacking", id="looks a little like a host"),
        pytest.param("w.example/wiki", "W.example/wiki", id="looks like a host, but no path of a wiki"),
    ],
)
def test_titles(text: str, title: str) -> None:
    assert eventref.read(text, META) == EventRef(title=title)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("#12", EventRef(event_id=12)),
        (" # 12 ", EventRef(event_id=12)),
        ("#0012", EventRef(event_id=12)),
        ("Special:EventDetails/12", EventRef(event_id=12)),
        ("special:eventdetails/12", EventRef(event_id=12)),
        ("Special:RegisterForEvent/12", EventRef(event_id=12)),
        ("Special:CancelEventRegistration/12", EventRef(event_id=12)),
        ("Special:EditEventRegistration/12", EventRef(event_id=12)),
        ("Special:EventDetails/12/more", EventRef(event_id=12)),
        ("Spezial:Veranstaltungsdetails/12", EventRef(event_id=12)),
        ("特殊:活动详情/12", EventRef(event_id=12)),
        ("m:Special:EventDetails/12", EventRef(event_id=12, host=HOST)),
        ("[[:m:Special:EventDetails/12|details]]", EventRef(event_id=12, host=HOST)),
        ("Special:MyLanguage/Special:EventDetails/12", EventRef(event_id=12)),
        ("https://meta.wikimedia.org/wiki/Special:EventDetails/12", EventRef(event_id=12, host=HOST)),
        (
            "https://meta.wikimedia.org/w/index.php?title=Special:EventDetails/12&tab=X",
            EventRef(event_id=12, host=HOST),
        ),
        (
            "https://meta.wikimedia.org/w/rest.php/campaignevents/v0/event_registration/12/participants?include_private=0",
            EventRef(event_id=12, host=HOST),
        ),
        (
            "https://meta.wikimedia.org/w/rest.php/campaignevents/v0/event_registration/12",
            EventRef(event_id=12, host=HOST),
        ),
        (
            "https://de.wikipedia.org/wiki/Spezial:Veranstaltungsdetails/12",
            EventRef(event_id=12, host="de.wikipedia.org"),
        ),
    ],
)
def test_numbers(text: str, expected: EventRef) -> None:
    assert eventref.read(text, META) == expected


@pytest.mark.parametrize(
    "address",
    [
        "https://meta.wikimedia.org/wiki/Event:Sample_Café",
        "http://meta.wikimedia.org/wiki/Event:Sample_Caf%C3%A9",
        "HTTPS://META.wikimedia.org:443/wiki/Event:Sample_Caf%C3%A9",
        "//meta.wikimedia.org/wiki/Event:Sample_Café",
        "meta.wikimedia.org/wiki/Event:Sample_Café",
        "https://meta.m.wikimedia.org/wiki/Event:Sample_Café",
        "meta.m.wikimedia.org/wiki/Event:Sample_Café?action=history",
        "https://meta.wikimedia.org/wiki/Event:Sample_Café#Participants",
        "https://meta.wikimedia.org/wiki/Event:Sample_Café?uselang=de",
        "https://meta.wikimedia.org/wiki/event:Sample_Café?oldid=17",
        "https://meta.wikimedia.org/w/index.php?title=Event:Sample_Caf%C3%A9&action=edit&section=2",
        "https://meta.wikimedia.org/w/index.php?title=Event%3ASample+Caf%C3%A9",
        "https://meta.wikimedia.org/w/index.php?oldid=7&title=Event:Sample_Café",
        "https://meta.wikimedia.org/w/index.php/Event:Sample_Café",
        "https://meta.wikimedia.org/?title=Event:Sample_Café",
        "https://meta.wikimedia.org/w/index.php?title=Event:Sample_Café&amp;action=edit",
        "https://meta.wikimedia.org/wiki/Special:MyLanguage/Event:Sample_Café",
        "https://meta.wikimedia.org/zh-hans/Event:Sample_Café",
        "https://meta.wikimedia.org/wiki/m:Event:Sample_Café",
        "<https://meta.wikimedia.org/wiki/Event:Sample_Café>",
        "[https://meta.wikimedia.org/wiki/Event:Sample_Café the fair]",
        "[https://meta.wikimedia.org/wiki/Event:Sample_Café]",
        "  “https://meta.wikimedia.org/wiki/Event:Sample_Café”\u200f ",
        "[[m:Event:Sample Café|X]]",
        "meta:Event:Sample Café".replace("meta:", "metawiki:"),
    ],
)
def test_addresses(address: str) -> None:
    assert eventref.read(address, META) == EventRef(title="Event:Sample Café", host=HOST)


@pytest.mark.parametrize(
    ("text", "title", "host"),
    [
        ("https://en.m.wikipedia.org/wiki/Event:X", "Event:X", "en.wikipedia.org"),
        ("https://m.wikidata.org/wiki/Event:X", "Event:X", "www.wikidata.org"),
        ("https://www.wikidata.org/wiki/event:x", "Event:X", "www.wikidata.org"),
        ("https://zh.wikipedia.org/zh-hant/Event:X", "Event:X", "zh.wikipedia.org"),
        ("https://sr.wikipedia.org/sr-el/Event:X", "Event:X", "sr.wikipedia.org"),
        ("https://wiki.example.org/wiki/Event:X", "Event:X", "wiki.example.org"),
        ("wiki.example.org/w/index.php?title=Event:X", "Event:X", "wiki.example.org"),
        ("w:de:Veranstaltung:X y", "Veranstaltung:X y", "de.wikipedia.org"),
        pytest.param(
            "https://en.wikipedia.org/wiki/project:X", "Project:X", "en.wikipedia.org", id="its aliases are not ours"
        ),
    ],
)
def test_other_wikis(text: str, title: str, host: str) -> None:
    assert eventref.read(text, META) == EventRef(title=title, host=host)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("http://127.0.0.1:8080/index.php/Event:X", EventRef("Event:X", host="127.0.0.1:8080")),
        ("127.0.0.1:8080/index.php?title=Event:X&action=edit", EventRef("Event:X", host="127.0.0.1:8080")),
        ("http://127.0.0.1:8080/index.php/Special:EventDetails/3", EventRef(event_id=3, host="127.0.0.1:8080")),
        (
            "http://127.0.0.1:8080/rest.php/campaignevents/v0/event_registration/3",
            EventRef(event_id=3, host="127.0.0.1:8080"),
        ),
    ],
)
def test_a_wiki_with_paths_of_its_own(text: str, expected: EventRef) -> None:
    assert eventref.read(text, LOCAL) == expected


def test_a_wiki_with_a_script_path_of_its_own() -> None:
    site = replace(META, server="https://wiki.example.org", article_path="/$1", script_path="/mediawiki")
    found = eventref.read("https://wiki.example.org/mediawiki/index.php?title=Event:X", site)
    assert found == EventRef("Event:X", host="wiki.example.org")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Event:x", EventRef("Veranstaltung:X")),
        ("veranstaltung:x", EventRef("Veranstaltung:X")),
        ("https://de.wikipedia.org/wiki/Event:X", EventRef("Veranstaltung:X", host="de.wikipedia.org")),
        ("Spezial:Veranstaltungsdetails/12", EventRef(event_id=12)),
    ],
)
def test_a_wiki_with_names_of_its_own(text: str, expected: EventRef) -> None:
    assert eventref.read(text, GERMAN) == expected


@pytest.mark.parametrize(
    ("text", "says"),
    [
        pytest.param("", "No event was named", id="nothing"),
        pytest.param(' "" ', "No event was named", id="empty quotes"),
        pytest.param("12", 'write "#12" .* or ":12"', id="page or registration"),
        pytest.param("#0", "must be positive", id="zero"),
        pytest.param("#" + "9" * 5000, "must be positive", id="a number of 5,000 digits"),
        pytest.param("#-3", "cannot be the title", id="negative"),
        pytest.param("Special:EventDetails", "does not say which registration", id="no number"),
        pytest.param("Special:EventDetails/Sample", "does not say which registration", id="a word for the number"),
        pytest.param("Special:AllEvents", "is a special page", id="another special page"),
        pytest.param("Special:MyLanguage/", "is a special page", id="MyLanguage of nothing"),
        pytest.param("https://meta.wikimedia.org/wiki/Special:RecentChanges", "is a special page", id="its address"),
        pytest.param("https://meta.wikimedia.org/?curid=12", "by a number only", id="curid"),
        pytest.param("https://meta.wikimedia.org/w/index.php?oldid=12", "by a number only", id="oldid"),
        pytest.param("https://meta.wikimedia.org/w/index.php?diff=12&oldid=7", "by a number only", id="diff"),
        pytest.param("https://w.wiki/AbC", "short link", id="short link"),
        pytest.param("w.wiki/AbC", "short link", id="short link without scheme"),
        pytest.param("https://meta.wikimedia.org/", "is not the address of a wiki page", id="no page"),
        pytest.param("https://meta.wikimedia.org/wiki/", "is not the address of a wiki page", id="no title"),
        pytest.param("https://www.example.org/events/12", "is not the address of a wiki page", id="another site"),
        pytest.param("ftp://meta.wikimedia.org/wiki/X", "is not the address of a wiki page", id="another scheme"),
        pytest.param("https:///wiki/X", "is not the address of a wiki page", id="no host"),
        pytest.param("https://[::1/wiki/X", "not an address that can be read", id="half an IPv6 address"),
        pytest.param("https://meta.wikimedia.org\u2100/wiki/X", "not an address that", id="a host that NFKC splits"),
        pytest.param("https://meta.wikimedia.org/wiki/Caf%E9", "not an address that can be read", id="Latin-1"),
        pytest.param("Event:Caf%E9", "cannot be the title", id="Latin-1 in a title"),
        pytest.param("Event:", "cannot be the title", id="only a namespace"),
        pytest.param("Event:A{{b}}", "cannot be the title", id="braces"),
        pytest.param("https://meta.wikimedia.org/wiki/A%00b", "cannot be the title", id="NUL"),
        pytest.param("Event:\x1b[31m", "cannot be the title", id="terminal escape"),
    ],
)
def test_refused(text: str, says: str) -> None:
    with pytest.raises(UsageError, match=says) as caught:
        eventref.read(text, META)
    assert "\x1b" not in str(caught.value)
    assert len(str(caught.value)) < 300


@given(st.text(max_size=80) | st.text(alphabet='#1:/[]|%<>.?=&mw "Event', max_size=40))
@settings(max_examples=200)
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        found = eventref.read(text, META)
    except UsageError:
        return
    assert (found.title is None) != (found.event_id is None)


@given(st.text(alphabet="aé漢 _'\"()!,.-&+?", min_size=1, max_size=30))
@settings(max_examples=200)
def test_every_form_of_a_title_means_the_same(text: str) -> None:
    title = "Event:Q" + text + "Q"
    plain = eventref.read(title, META).title
    assert eventref.read(plain or "", META).title == plain
    coded = quote(title.replace(" ", "_"))
    for form in (
        f"[[{title}]]",
        f"https://{HOST}/wiki/{coded}",
        f"https://{HOST}/w/index.php?title={coded}",
        f"m:{title}",
    ):
        assert eventref.read(form, META).title == plain


def test_huge_text_is_refused() -> None:
    for text in ("Special:MyLanguage/" * 50_000, "m:" * 100_000, "[" * 100_000, "https://" + "a." * 100_000):
        with pytest.raises(UsageError):
            eventref.read(text, META)


@pytest.mark.parametrize(
    ("title", "base"),
    [
        ("Event:X/es", "Event:X"),
        ("Event:X/zh-hans", "Event:X"),
        ("Event:X/pt-br", "Event:X"),
        ("Event:X/be-tarask", "Event:X"),
        ("Event:X/sr-ec", "Event:X"),
        ("Event:X/Day 1/hi", "Event:X/Day 1"),
        pytest.param("Event:X", None, id="no subpage"),
        pytest.param("Event:X/Participants", None, id="another subpage"),
        pytest.param("Event:X/ES", None, id="codes are in lower case"),
        pytest.param("Event:X/simple", None, id="no language"),
        pytest.param("Event:X/", None, id="nothing behind the slash"),
        pytest.param("Event:/es", None, id="nothing before the slash"),
        pytest.param("/es", None, id="nothing at all before the slash"),
    ],
)
def test_base_of_translation(title: str, base: str | None) -> None:
    assert base_of_translation(title) == base
