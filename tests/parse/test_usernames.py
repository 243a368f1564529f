"""User names are canonicalised as MediaWiki does it, and links give the name of their target."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.model import NameState, SiteInfo
from bot.parse import usernames
from bot.parse.sites import META, multilingual

TURKISH = dataclasses.replace(META, dbname="trwiki", server="https://tr.wikipedia.org", language="tr")
GERMAN = SiteInfo(
    dbname="dewiki",
    server="//de.wikipedia.org",
    article_path="/wiki/$1",
    script_path="/w",
    language="de",
    namespaces={
        -1: ("Spezial", "Special"),
        0: ("",),
        2: ("Benutzer", "Benutzerin", "User"),
        3: ("BD",),
        4: ("Wikipedia",),
    },
    special_pages={"Contributions": ("Beiträge",), "CentralAuth": ("Konten",), "Emailuser": ("E-Mail",)},
    interwikis=frozenset({"m", "en", "w"}),
)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        pytest.param("quillfeather", "Quillfeather", id="first letter"),
        pytest.param("ibis_and_otter", "Ibis and otter", id="underscores"),
        pytest.param("  Teodora   Vint ", "Teodora Vint", id="blanks collapse"),
        pytest.param("Marrow\u00a0Lake", "Marrow Lake", id="no-break space"),
        pytest.param("Teodora\u3000Vint", "Teodora Vint", id="ideographic space"),
        pytest.param("E\u0301clair Bleue", "Éclair Bleue", id="decomposed letters are composed"),
        pytest.param("\u200eOrdinal Heron\u200e", "Ordinal Heron", id="left-to-right marks"),
        pytest.param("\u200fزيتونة الحقل\u200e", "زيتونة الحقل", id="right-to-left mark"),
        pytest.param("a\u202dbc\u202c", "Abc", id="bidi embedding inside"),
        pytest.param("Ordinal\u00ad Heron", "Ordinal\u00ad Heron", id="a soft hyphen is another name"),
        pytest.param("Ordinal\u2060 Heron", "Ordinal\u2060 Heron", id="a word joiner is another name"),
        pytest.param("\ufeffOrdinal", "\ufeffOrdinal", id="a byte order mark is another name"),
        pytest.param("Percent%20Coded", "Percent Coded", id="percent code"),
        pytest.param("%E4%B8%AD", "中", id="percent-coded UTF-8"),
        pytest.param("100% Sample", "100% Sample", id="a lone percent sign"),
        pytest.param("Amp &amp; Entity", "Amp & Entity", id="entity"),
        pytest.param("&#x41;da&#32;B", "Ada B", id="numeric entities"),
        pytest.param("R&D", "R&D", id="ampersand"),
        pytest.param("Plus = Minus", "Plus = Minus", id="equals sign"),
        pytest.param("old@name", "Old@name", id="@ is refused for new accounts only"),
        pytest.param("A:b", "A:b", id="a colon after what is no prefix"),
        pytest.param("User:Quillfeather", "Quillfeather", id="prefix"),
        pytest.param("user_:_quillfeather", "Quillfeather", id="prefix with blanks"),
        pytest.param(":User:Quillfeather", "Quillfeather", id="leading colon"),
        pytest.param("Benutzerin:Zoë", "Zoë", id="prefix of another language, gender form"),
        pytest.param("ব্যবহারকারী:নৌকা", "নৌকা", id="Bengali prefix"),
        pytest.param("ßenjamin", "ßenjamin", id="sharp s stays on Wikimedia"),
        pytest.param("ıpek", "Ipek", id="dotless i"),
        pytest.param("ipek", "Ipek", id="dotted i"),
        pytest.param("ǆemal", "Ǆemal", id="digraph"),
        pytest.param("ǅemal", "ǅemal", id="titlecase digraph stays"),
        pytest.param("ﬁona", "ﬁona", id="ligature stays"),
        pytest.param("ŉame", "ŉame", id="n with apostrophe stays"),
        pytest.param("ǰan", "ǰan", id="j with caron stays"),
        pytest.param("აna", "აna", id="Georgian stays"),
        pytest.param("ᾀthos", "ᾈthos", id="Greek with iota subscript has one capital"),
        pytest.param("ⅷ", "ⅷ", id="Roman numeral stays"),
        pytest.param("ⓐ", "ⓐ", id="circled letter stays"),
        pytest.param("œil", "Œil", id="oe"),
        pytest.param("яна", "Яна", id="Cyrillic"),
        pytest.param("𐐨x", "𐐀x", id="outside the basic plane"),
        pytest.param("1984172", "1984172", id="digits only"),
    ],
)
def test_accounts(text: str, name: str) -> None:
    assert usernames.canonical(text, META) == usernames.UserName(name, NameState.ACCOUNT)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="empty"),
        pytest.param(" _ ", id="blank"),
        pytest.param("a<b", id="<"),
        pytest.param("a#b", id="#"),
        pytest.param("a|b", id="pipe"),
        pytest.param("[a]", id="brackets"),
        pytest.param("{{{1}}}", id="braces"),
        pytest.param("X/Sandbox", id="subpage"),
        pytest.param("Mah\u200cno", id="zero-width non-joiner"),
        pytest.param("a\u200bb", id="zero-width space"),
        pytest.param("a\ue000", id="private use"),
        pytest.param("a\tb", id="control character"),
        pytest.param("a\x85b", id="C1 control character"),
        pytest.param("a\ufffdb", id="replacement character"),
        pytest.param("a\ud800b", id="lone surrogate"),
        pytest.param("%FF", id="percent code that is no UTF-8"),
        pytest.param("a &nosuchentity; b", id="what looks like an entity"),
        pytest.param("a~~~b", id="tildes"),
        pytest.param("..", id="relative path"),
        pytest.param("it:Ponte", id="interwiki prefix"),
        pytest.param("Talk:Ponte", id="other namespace"),
        pytest.param("User:User:X", id="prefix twice"),
        pytest.param("é" * 128, id="256 bytes"),
        pytest.param("x" * 5000, id="far too long"),
    ],
)
def test_impossible_names(text: str) -> None:
    assert usernames.canonical(text, META).state is NameState.IMPOSSIBLE


def test_255_bytes_are_possible() -> None:
    assert usernames.canonical("é" * 127 + "x", META).state is NameState.ACCOUNT


@pytest.mark.parametrize(
    ("text", "name"),
    [
        pytest.param("203.0.113.7", "203.0.113.7", id="IPv4"),
        pytest.param("203.000.113.007", "203.0.113.7", id="leading zeros"),
        pytest.param("300.300.300.300", "300.300.300.300", id="looks like one"),
        pytest.param("10.20.30.xxx", "10.20.30.xxx", id="cloaked by UseMod"),
        pytest.param("203.0.113.0/24", "203.0.113.0/24", id="range"),
        pytest.param("2001:db8::1", "2001:DB8:0:0:0:0:0:1", id="IPv6 is expanded"),
        pytest.param("::1", "0:0:0:0:0:0:0:1", id="IPv6 with leading colons"),
        pytest.param("2001:db8::/32", "2001:DB8:0:0:0:0:0:0/32", id="IPv6 range"),
        pytest.param("User:203.0.113.7", "203.0.113.7", id="with prefix"),
    ],
)
def test_addresses(text: str, name: str) -> None:
    assert usernames.canonical(text, META) == usernames.UserName(name, NameState.IP)


def test_what_only_resembles_an_address_is_an_account() -> None:
    assert usernames.canonical("face:b00c:cafe", META).state is NameState.ACCOUNT


@pytest.mark.parametrize("text", ["~2026-31415", "~2025-12345-67", "User:~2026-31415"])
def test_temporary_accounts(text: str) -> None:
    assert usernames.canonical(text, META) == usernames.UserName(text.removeprefix("User:"), NameState.TEMPORARY)


def test_a_turkish_wiki_has_its_own_capital_i() -> None:
    assert usernames.canonical("ipek", TURKISH).name == "İpek"


def test_a_prefix_of_another_wikis_namespace_is_only_impossible_where_it_exists() -> None:
    assert usernames.canonical("Meta:X", META).state is NameState.IMPOSSIBLE
    assert usernames.canonical("Meta:X", GERMAN).state is NameState.ACCOUNT


@pytest.mark.parametrize("sample", ["globalusers_invisible_characters.json", "globalusers_mix.json"])
def test_the_same_names_as_the_server(sample: str) -> None:
    recorded = json.loads((Path(__file__).parent / "answers" / sample).read_text(encoding="utf-8"))
    asked = recorded["request"].get("params", recorded["request"].get("body"))["gususers"].split("|")
    expected = {row["name"]: row.get("invalid", False) for row in recorded["response"]["query"]["globalusers"]}
    got: dict[str, bool] = {}
    for text in asked:
        found = usernames.canonical(text, META)
        got[found.name] = found.state in (NameState.IMPOSSIBLE, NameState.IP)
    assert got == expected


def target(name: str, how: str, prefix: str = "", subpage: str = "") -> usernames.UserTarget:
    return usernames.UserTarget(name, NameState.ACCOUNT, how, prefix, subpage)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("User:X", target("X", "user"), id="user page"),
        pytest.param("user talk:x y", target("X y", "talk"), id="talk page"),
        pytest.param("User:X#about", target("X", "user"), id="fragment"),
        pytest.param("User:X/a/b", target("X", "user", subpage="a/b"), id="subpage"),
        pytest.param("Special:Contributions/X", target("X", "contribs"), id="contributions"),
        pytest.param("Special:Contribs/User:X", target("X", "contribs"), id="contributions with prefix"),
        pytest.param(
            "m:Special:CentralAuth/obsidian rook", target("Obsidian rook", "centralauth", "m"), id="CentralAuth"
        ),
        pytest.param("Special:GlobalAccount/X", target("X", "centralauth"), id="CentralAuth alias"),
        pytest.param("Special:EmailUser/X", target("X", "email"), id="e-mail"),
        pytest.param("বিশেষ:অবদান/কুয়াশা", target("কুয়াশা", "contribs"), id="contributions in Bengali"),
        pytest.param("m:User talk:X", target("X", "talk", "m"), id="interwiki"),
        pytest.param(":en:User:X", target("X", "user", "en"), id="leading colon"),
        pytest.param("W:de:Benutzer:Zwei Präfixe", target("Zwei Präfixe", "user", "w:de"), id="two prefixes"),
        pytest.param(":pt:Usuário(a):Nome", target("Nome", "user", "pt"), id="name with brackets"),
        pytest.param("w::de:Benutzer:X", target("X", "user", "w:de"), id="colon between prefixes"),
        pytest.param("m:wikix:User:X", target("X", "user", "m:wikix"), id="a prefix that only the other wiki knows"),
        pytest.param("Special:MyLanguage/User:X", target("X", "user"), id="MyLanguage"),
        pytest.param("Discussion Utilisatrice:Éloge du Thé", target("Éloge du Thé", "talk"), id="gender form of talk"),
        pytest.param("U:X", target("X", "user"), id="short alias"),
        pytest.param("User:&#88;", target("X", "user"), id="entity"),
        pytest.param("User%3AX", target("X", "user"), id="percent-coded colon"),
    ],
)
def test_targets(text: str, expected: usernames.UserTarget) -> None:
    assert usernames.from_target(text, META) == expected


@pytest.mark.parametrize(
    "text",
    ["X", "it:Ponte Vecchio", "m:Event:Other", "Event:X", "User:", "User:/x", "Special:Contributions", "Special:Log/X",
     "Special:MyLanguage/Policy:X", "nosuch:User:X", "Category:User:X", "a:" * 3000],
)  # fmt: skip
def test_targets_that_are_no_users(text: str) -> None:
    assert usernames.from_target(text, META) is None


@pytest.mark.parametrize(
    ("text", "name", "state"),
    [
        ("User:203.0.113.7", "203.0.113.7", NameState.IP),
        ("User:203.0.113.0/24", "203.0.113.0/24", NameState.IP),
        ("Special:Contributions/2001:db8::/32", "2001:DB8:0:0:0:0:0:0/32", NameState.IP),
        ("User:~2026-31415/x", "~2026-31415", NameState.TEMPORARY),
        ("User:{{{1}}}", "{{{1}}}", NameState.IMPOSSIBLE),
        ("User:Talk:X", "Talk:X", NameState.IMPOSSIBLE),
    ],
)
def test_targets_that_are_no_accounts(text: str, name: str, state: NameState) -> None:
    found = usernames.from_target(text, META)
    assert found is not None
    assert (found.name, found.state) == (name, state)


def test_a_wikis_own_names_go_first() -> None:
    assert usernames.from_target("Benutzerin:X", GERMAN) == target("X", "user")
    assert usernames.from_target("Spezial:Konten/X", GERMAN) == target("X", "centralauth")
    assert multilingual(GERMAN) is multilingual(GERMAN)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://fr.wikipedia.org/wiki/Utilisateur:Lien_Externe", target("Lien Externe", "user", "fr.wikipedia.org")),
        ("https://meta.wikimedia.org/wiki/User:X?uselang=de#top", target("X", "user")),
        ("//meta.m.wikimedia.org/wiki/User_talk:X", target("X", "talk")),
        ("meta.wikimedia.org/wiki/User:X", target("X", "user")),
        ("https://meta.wikimedia.org/w/index.php?title=User:X_Y&action=edit", target("X Y", "user")),
        (
            "https://en.wikipedia.org/w/index.php?title=Special:Contributions&target=X",
            target("X", "contribs", "en.wikipedia.org"),
        ),
        ("https://zh.wikipedia.org/zh-hans/User:%E4%B8%AD", target("中", "user", "zh.wikipedia.org")),
        ("https://www.wikidata.org/wiki/User:X", target("X", "user", "www.wikidata.org")),
        ("https://meta.wikimedia.org/wiki/w:de:Benutzer:X", target("X", "user", "w:de")),
    ],
)
def test_urls(url: str, expected: usernames.UserTarget) -> None:
    assert usernames.from_url(url, META) == expected


@pytest.mark.parametrize(
    "url",
    ["", "https://example.org/wiki/User:X", "https://evilwikipedia.org/wiki/User:X", "http://[broken", "https://en.wikipedia.org/",
     "https://en.wikipedia.org/wiki/Ponte", "https://en.wikipedia.org/zh/", "https://meta.wikimedia.org/" + "x" * 5000],
)  # fmt: skip
def test_urls_that_are_no_users(url: str) -> None:
    assert usernames.from_url(url, META) is None


PIECES = st.sampled_from(
    ["%", "25", "41", "&", "amp;", "#38;", "\u037e", "User:", ":", " ", "_", "\u200e", "i\u0307", "~", "/", "ß", "ﬁ"]
)


@given(st.one_of(st.text(), st.lists(PIECES).map("".join)))
@settings(max_examples=200)
def test_canonical_is_idempotent(text: str) -> None:
    once = usernames.canonical(text, META)
    assert usernames.canonical(once.name, META) == once


@given(st.one_of(st.text(), st.lists(PIECES).map("".join)))
@settings(max_examples=200)
def test_targets_and_urls_never_crash_and_give_canonical_names(text: str) -> None:
    for found in (
        usernames.from_target("User:" + text, META),
        usernames.from_url("https://en.wikipedia.org/wiki/" + text, META),
    ):
        if found is not None and found.state is not NameState.IMPOSSIBLE:
            assert usernames.canonical(found.name, META) == usernames.UserName(found.name, found.state)
