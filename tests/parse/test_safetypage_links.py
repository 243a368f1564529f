"""Links lead to policies under many names; addresses are hidden in many ways."""

from __future__ import annotations

from dataclasses import replace
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.config import Notices
from bot.model import PolicyKind, SiteInfo
from bot.parse.markup import mask
from bot.parse.safety_addresses import addresses
from bot.parse.safety_links import Policies, links
from bot.parse.sites import META

UCOC, FRIENDLY, TECHNICAL, OWN = PolicyKind.UCOC, PolicyKind.FRIENDLY, PolicyKind.TECHNICAL, PolicyKind.OWN
TITLE = "Event:Tarn Days/Spring"
MEDIAWIKI = SiteInfo(
    "mediawikiwiki", "https://www.mediawiki.org", "/wiki/$1", "/w", "en", META.namespaces, META.special_pages
)


def kinds(text: str, site: SiteInfo = META, notices: Notices | None = None) -> list[PolicyKind | None]:
    reader = Policies(site, notices or Notices(), TITLE)
    return [reader.kind(link) for link in links(mask(text))]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("[[Universal Code of Conduct]]", UCOC),
        ("[[universal_code of conduct|x]]", UCOC),
        ("[[UCoC]]", UCOC),
        ("[[m:UCOC|x]]", UCOC),
        ("[[:m:Universal Code of Conduct/fr|x]]", UCOC),
        ("[[Special:MyLanguage/Universal Code of Conduct|x]]", UCOC),
        ("[[foundation:Policy:Universal Code of Conduct|x]]", UCOC),
        ("[[:foundation:Special:MyLanguage/Policy:Universal Code of Conduct|x]]", UCOC),
        ("[[wmf:Policy:Universal_Code_of_Conduct/zh-hans#2|x]]", UCOC),
        ("[[Universal Code of Conduct/Policy text|x]]", UCOC),
        ("[[<tvar name=1>Special:MyLanguage/Universal Code of Conduct</tvar>|x]]", UCOC),
        ("[[<tvar|1>Universal Code of Conduct</>|x]]", UCOC),
        ("[[w:de:Wikipedia:Universeller Verhaltenskodex|x]]", UCOC),
        ("[https://foundation.wikimedia.org/wiki/Policy:Universal_Code_of_Conduct x]", UCOC),
        ("https://foundation.wikimedia.org/wiki/Special:MyLanguage/Policy:Universal_Code_of_Conduct", UCOC),
        ("[//meta.m.wikimedia.org/wiki/Universal%20Code%20of%20Conduct/es x]", UCOC),
        ("[https://meta.wikimedia.org/w/index.php?title=Universal_Code_of_Conduct&oldid=1 x]", UCOC),
        ("[https://w.wiki/4Bp Universal Code of Conduct]", UCOC),
        ("[[Friendly space policies]]", FRIENDLY),
        ("[[Grants:Friendly Space Policies|x]]", FRIENDLY),
        ("[[foundation:Policy:Friendly space policy/pt-br|x]]", FRIENDLY),
        ("[[Wikipedia:Política de espacios amigables|x]]", FRIENDLY),
        ("[[mw:Code of Conduct|x]]", TECHNICAL),
        ("[[mw:Special:MyLanguage/Code_of_Conduct|x]]", TECHNICAL),
        ("[[Code of Conduct for technical spaces]]", TECHNICAL),
        ("[https://www.mediawiki.org/wiki/Code_of_Conduct/de x]", TECHNICAL),
        ("[[Code of Conduct]]", OWN),
        ("[[/Code of Conduct|x]]", OWN),
        ("[[/CoC/]]", OWN),
        ("[[../Safety|x]]", OWN),
        ("[[Event:Tarn Days/Friendly_Space_Policy|x]]", OWN),
        ("[[Other Conference/COC|x]]", OWN),
        ("[[Universal Code of Conduct/Enforcement guidelines|Universal Code of Conduct]]", None),
        ("[[Universal Code of Conduct/FAQ|x]]", None),
        ("[[Training modules/Universal Code of Conduct workshop|x]]", None),
        ("[[Event:UCoC conversations]]", None),
        ("[[Event:Tarn Days/Schedule|x]]", None),
        ("[[User:Ada|x]]", None),
        ("[https://example.org x]", None),
        ("[https://example.org]", None),
    ],
)  # fmt: skip
def test_where_links_lead(text: str, kind: PolicyKind | None) -> None:
    assert kinds(text)[:1] == [kind]


@pytest.mark.parametrize(
    "text",
    ["<nowiki>[[UCoC]]</nowiki>", "<!-- [[UCoC]] -->", "[[UCoC", "[UCoC]", "[[]]", "<pre>[[UCoC]]</pre>", "UCoC"],
)
def test_no_links(text: str) -> None:
    assert kinds(text) == []


def test_on_another_wiki() -> None:
    assert kinds("[[Code of Conduct]] [[m:Code of Conduct]]", MEDIAWIKI) == [TECHNICAL, OWN]


def test_pages_of_the_settings() -> None:
    notices = Notices(ucoc="m:Rules of the house", friendly="", technical="Bot rules")
    assert kinds("[[Rules of the house/de]] [[m:Rules_of_the_house|x]] [[bot rules]] [[Bots]]", META, notices) == [
        UCOC, UCOC, TECHNICAL, None,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("target", "own"),
    [
        ("/Safety", True),
        ("../CoC", True),
        ("Event:Tarn Days/Code of Conduct", True),
        ("Event:Tarn_Days/Spring/Friendly Space/es", True),
        ("m:Event:Tarn Days/Safety", True),
        ("Event:Tarn Days/Schedule", False),
        ("Event:Other/Safety", False),
        ("w:Event:Tarn Days/Safety", False),
        ("Safety", False),
        ("Universal Code of Conduct", False),
    ],
)
def test_an_events_own_page(target: str, own: bool) -> None:
    (link,) = links(f"[[{target}|x]]")
    assert Policies(META, Notices(), TITLE).is_events_own(link) is own


@pytest.mark.parametrize(
    ("title", "target", "own"),
    [
        ("Event talk:Tarn Days", "Event:Tarn Days/Safety", True),
        ("event_talk:Tarn Days/Spring", "Event:Tarn Days/Safety", True),
        ("Talk:Tarn Days", "Tarn Days/CoC", True),
        ("Event talk:Tarn Days", "/Safety", True),
        ("Event talk:Tarn Days", "Event:Other/Safety", False),
        ("Talk:", "Event:Tarn Days/Safety", False),
        ("", "Event:Tarn Days/Safety", False),
    ],
)
def test_a_talk_page_belongs_to_its_event(title: str, target: str, own: bool) -> None:
    (link,) = links(f"[[{target}|x]]")
    assert Policies(META, Notices(), title).is_events_own(link) is own
    # As a wiki gives it: the main namespace is there and has no name.
    asked = replace(META, namespaces={0: (), **META.namespaces})
    assert Policies(asked, Notices(), title).is_events_own(link) is own


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("a@example.org", ("a@example.org",), id="plain"),
        pytest.param("A.B+c@Example.ORG.", ("a.b+c@example.org",), id="any case"),
        pytest.param("[mailto:a@example.org x]", ("a@example.org",), id="mailto"),
        pytest.param("ca{{@}}wikimedia.org", ("ca@wikimedia.org",), id="template"),
        pytest.param("ca{{ at }}wikimedia.org", ("ca@wikimedia.org",), id="another template"),
        pytest.param("{{nospam|emergency|wikimedia.org}}", ("emergency@wikimedia.org",), id="template with two values"),
        pytest.param("{{No spam|1=ca|2=wikimedia.org}}", ("ca@wikimedia.org",), id="with names"),
        pytest.param("u4c[[File:At sign.svg|16x16px|link=|(_AT_)]]wikimedia.org", ("u4c@wikimedia.org",), id="image"),
        pytest.param("[[Special:EmailUser/Emergency]]", ("emergency@wikimedia.org",), id="mail on the wiki"),
        pytest.param("[[m:Special:EmailUser/Emergency|x]]", ("emergency@wikimedia.org",), id="on Meta"),
        pytest.param("cawikimedia.org", ("ca@wikimedia.org",), id="copied from the rendered page"),
        pytest.param("ca(_AT_)wikimedia.org", ("ca@wikimedia.org",), id="copied, with text"),
        pytest.param("a [at] b.example", ("a@b.example",), id="spelt in brackets"),
        pytest.param("a(at)b.example a[@]c.example", ("a@b.example", "a@c.example"), id="without blanks"),
        pytest.param("safety at tarn dot example", ("safety@tarn.example",), id="spelt in words"),
        pytest.param("a&#64;b.example", ("a@b.example",), id="character reference"),
        pytest.param("a@b.example, a@b.example", ("a@b.example",), id="once"),
        pytest.param("<nowiki>a@b.example</nowiki> <!-- c@d.example -->", (), id="hidden"),
        pytest.param("Photo@2x.png", (), id="file"),
        pytest.param("@ada at the door", (), id="no address"),
        pytest.param("we meet at noon", (), id="at"),
        pytest.param("mywikimedia.org vocawikimedia.org", (), id="a word that ends so"),
    ],
)
def test_addresses(text: str, expected: tuple[str, ...]) -> None:
    assert addresses(mask(text)) == expected


@given(st.text(alphabet="a@.[]{}|(at) dot", max_size=60))
def test_any_text_has_addresses_of_one_form(text: str) -> None:
    assert all(one.count("@") == 1 and " " not in one for one in addresses(mask(text)))


@pytest.mark.parametrize(
    "text", ["a-" * 50_000, "a." * 20_000 + "@" + "a." * 20_000, "{{nospam|" * 20_000, " at at dot" * 10_000]
)
def test_hostile_text_takes_no_time(text: str) -> None:
    before = perf_counter()
    addresses(text)
    assert perf_counter() - before < 5
